/* chart_series.h -- values over the years: the province, its peers, the middle of the country; and
 * where a line joins them.
 *
 * A line breaks where years cannot be compared or a year has no value; where they are to be
 * compared with care, the two years are joined by dashes instead. A year that no full line touches
 * is a point.
 *
 * The rows it writes are those of plots/README.md ("trend", "panels"): into a block that the caller
 * has begun, behind the number of the cell where a chart has several.
 *
 * Uses chart_tips, chart_parts and below. */
#ifndef OUTPUT_CHART_SERIES_H
#define OUTPUT_CHART_SERIES_H

#include "output/chart_parts.h"

/* One value a year, NaN where there is none. */
struct line {
	const double *value, *low, *high; /* limits: NULL without errors */
	double role; /* 1 the province, 2 a peer, 3 the national median, or the country */
	struct text name, province; /* province: its code, empty for the middle */
};

struct series {
	struct canvas *canvas;
	struct text item;
	struct steps steps;
	struct line *line; /* the province first, then peers, then the middle when there is one */
	size_t lines;
	bool has_middle;       /* the last line is the national median, or the country */
	const double *q1, *q3; /* of published scores, where the median is known; else NaN */
	size_t cell;           /* written in front of every row; 0 = the chart has one cell only */
};

/* series_find: an item's values up to the order's year, beside those of `peers` (may be NULL). The
 *   middle of published scores is the median of years whose table is complete, of estimates the
 *   country's own value. Years when a code stood for another unit have no value. */
void series_find(struct canvas *c, struct text item, const struct peers *peers, struct series *out);

/* series_middle: the line of the median or the country; NULL without. */
const struct line *series_middle(const struct series *s);

/* series_any: is there a value of anyone? */
bool series_any(const struct series *s);

/* series_spread: the least and greatest of all that is drawn; NaN when nothing is. */
void series_spread(const struct series *s, double *least, double *greatest);

/* series_crossed: does any line have values on both sides of the step from year i? */
bool series_crossed(const struct series *s, size_t i);

/* series_parted: has any line values before and behind that step, be they of neighbours or not? */
bool series_parted(const struct series *s, size_t i);

/* series_segments: years that full lines join: x, y, and of four columns the limits.
 * series_whiskers: the province's interval in every year that has one: x, low, high.
 * series_band: the quartiles: x, q1, q3.
 * series_boxes: the quartiles of years that the band joins to no other: x, q1, q3.
 * series_dashes: pairs of years to be compared with care: x, y, role.
 * series_points: years that no full line touches: x, y, role. */
void series_segments(const struct series *s, const struct line *line, size_t columns);
void series_whiskers(const struct series *s);
void series_band(const struct series *s);
void series_boxes(const struct series *s);
void series_dashes(const struct series *s);
void series_points(const struct series *s);

/* series_tips: a tip for every year of every line, the province's on top: in words what `raw` has,
 *   where `drawn` stands (x behind 10,000 times the cell). `item` is named where it is not "". */
void series_tips(const struct series *raw, const struct series *drawn, struct text item);

#endif
