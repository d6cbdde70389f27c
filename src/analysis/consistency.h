/* consistency.h -- do the items of an index measure one thing? Information about a table of
 * scores, never a part of the index.
 *
 *   Cronbach's alpha  k/(k-1) (1 - sum of the items' variances / variance of their sum)
 *   first component   of the correlation matrix: its eigenvector e with the largest eigenvalue L
 * Only rows with every item count.
 * (Cronbach 1951, Psychometrika 16; OECD and JRC, Handbook, 2008, ch. 4 and 6.)
 *
 * Uses arena. */
#ifndef ANALYSIS_CONSISTENCY_H
#define ANALYSIS_CONSISTENCY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* consistency_alpha: of n rows of k scores.
 *   complete  rows with every score
 *   returns   NaN for one item, fewer than two such rows, or sums that are all the same */
double consistency_alpha(size_t n, size_t k, const double *x, size_t *complete);

struct component_first {
	size_t n;         /* rows with every score */
	double explained; /* L / k: share of the variance */
	double *loading;  /* k: correlations of the items with the component, e sqrt(L) */
	double *share;    /* k: e squared; they sum to 1 */
};

/* consistency_component: its sign is such that the loadings sum to 0 or more.
 *   returns  false: fewer than two items or three rows, an item without variance */
bool consistency_component(struct arena *a, size_t n, size_t k, const double *x,
			   struct component_first *out);

#endif
