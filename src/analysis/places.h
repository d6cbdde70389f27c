/* places.h -- where units stand among one another: ranks, and scores from comparing them two by
 * two.
 *
 * Not here: ranks of published tables and of estimates (rank).
 * Uses nothing. */
#ifndef ANALYSIS_PLACES_H
#define ANALYSIS_PLACES_H

#include <stddef.h>

/* places_rank: 1 for the highest of n values; equal values share the best rank (1, 2, 2, 4); NaN
 *   has none and does not count. */
void places_rank(size_t n, const double *x, double *rank);

/* places_copeland: for each unit the number of units it beats less the number that beat it. j beats
 *   k when the items where it is better weigh more than those where it is worse; items that one of
 *   the two lacks are left out of that comparison (so that the order of the units does not matter).
 *     x      n rows of k scores
 *     w      of the k items
 *     out    n scores; a unit that is NaN there stays NaN and is compared with none
 * (Copeland's rule; OECD and JRC, Handbook on Constructing Composite Indicators, 2008, 6.9.) */
void places_copeland(size_t n, size_t k, const double *x, const double *w, double *out);

#endif
