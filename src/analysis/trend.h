/* trend.h -- the slope over several years: how much a value moves in a year.
 *
 * Least squares on the years, all counting the same: slope = sum c_t y_t with
 * c_t = (t - mean t) / sum (t - mean t)^2, and variance c' V c with the covariances of the
 * years' estimates.
 *
 * Uses nothing. */
#ifndef ANALYSIS_TREND_H
#define ANALYSIS_TREND_H

#include <stddef.h>

struct trend {
	double slope, variance; /* NaN when a value, or a covariance, is missing */
};

/* trend_find: of n years (at least two different ones, else NaN).
 *   covariance  n x n; NULL = not known */
struct trend trend_find(const double *year, const double *value, const double *covariance,
			size_t n);

#endif
