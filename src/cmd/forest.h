/* forest.h -- a province's answers broken down by groups of people (breakdown).
 *
 * Uses load, asked, contrast and below. */
#ifndef CMD_FOREST_H
#define CMD_FOREST_H

#include "cmd/load.h"
#include "output/breakdown.h"

/* What is asked for, of one year. */
struct forest {
	struct session *session;
	const struct loaded *l;
	const struct wave *wave;
	const struct item *item;
	struct estimate_options o;
	enum index_method method;
	size_t n;
	const struct question *const *question; /* that make the groups */
	bool chosen;                            /* by --by */
	double **nation; /* by question and level, of the country; NULL before it is known */
};

/* forest_open: the questions of --by (columns or codes, joined by commas), else those about the
 *   person (traits).
 *   fails  DIAG_DATA: the year has published scores. DIAG_USAGE: provinces are brought together;
 *          design.csv names no column of provinces; a name that is no question with levels, or
 *          stands twice; no question is about the person: the hint names those that can be taken */
bool forest_open(struct session *s, const struct loaded *l, long year, struct text item,
		 struct forest *out, struct diag *why);

/* forest_find: of one province. fails  as waves_read; DIAG_DATA: nobody of it answered */
bool forest_find(struct forest *f, const struct province *self, struct breakdown *out,
		 struct diag *why);

#endif
