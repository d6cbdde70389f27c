/* spread.h -- how the provinces spread around one another: median, quartiles, extremes.
 *
 * Of the values that are there; the unpublished do not count. Provinces weigh the
 * same (the publishers' own "national mean" is that). Quartiles are those of R's
 * default (type 7, Hyndman and Fan 1996), as gsl_stats_quantile_from_sorted_data.
 *
 * Uses result and below. */
#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H

#include "result/result.h"

struct spread {
	size_t n; /* values; all below are NaN when 0 */
	double mean, min, q1, median, q3, max;
};

/* spread_of: over `n` values, NaN passed over. */
struct spread spread_of(struct arena *a, const double *values, size_t n);

/* spread_national: over every row of a year and item. */
struct spread spread_national(struct arena *a, const struct result *r, long year, struct text item);

/* spread_percentile: 100 (n - rank) / (n - 1): 100 for the best of n, 0 for the last; NaN for n
 * < 2. */
double spread_percentile(double rank, double n);

#endif
