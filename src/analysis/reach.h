/* reach.h -- what a province lacks to be among the best so many, the others staying as they are.
 *
 * Rank `count` is reached with the value of the count-th best of the others (equal values share a
 * rank). The distance is that value minus the province's own; negative: it stands inside already,
 * by so much. Where both carry errors the distance has one too: both are estimates of
 * independent samples, on t with Satterthwaite's degrees of freedom.
 *
 * Uses result and below. */
#ifndef ANALYSIS_REACH_H
#define ANALYSIS_REACH_H

#include "result/result.h"

struct reach {
	const struct result_row *self, *mark; /* the province, and who stands at the mark */
	double score;                         /* to be reached */
	double distance, se, low, high, df;   /* NaN without errors */
};

/* reach_find: among the n rows of a year and item.
 *   fails  false: the province has no value; fewer than `count` others have one */
bool reach_find(struct arena *a, const struct result_row *row, size_t n, struct text province,
		size_t count, double level, struct reach *out);

#endif
