/* chart_lines.h -- the province, its peers and the median over the years, as lines.
 *
 * Uses chart_tips, chart_parts and below. */
#ifndef OUTPUT_CHART_LINES_H
#define OUTPUT_CHART_LINES_H

#include "output/chart_parts.h"

/* One value a year, NaN where there is none. */
struct line {
	const double *value, *low, *high; /* limits: NULL without errors */
	double role; /* 1 the province, 2 a peer, 3 the national median, or the country */
	struct text name, province; /* province: its code, empty for the last */
};

struct trend {
	struct canvas *canvas;
	const long *year;
	const enum verdict *step; /* from year i to year i + 1 */
	size_t years;
	struct line *line; /* the province first, then peers, then the median when there is one */
	size_t lines;
	bool has_band; /* the last line is the median, or the country */
	const double *q1, *q3;
};

/* lines_find: fills in the lines and the band; year, step and years are the caller's. */
void lines_find(struct canvas *c, struct trend *t);

/* lines_joined: is year i joined to year i + 1 by a full line? */
bool lines_joined(const struct trend *t, const double *value, size_t i);

/* lines_tips: a tip for every year of every line, the province's on top. */
void lines_tips(struct trend *t);

#endif
