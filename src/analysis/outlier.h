/* outlier.h -- does an indicator have values so far out that they would rule its scores, and the
 * remedy of setting the farthest to the next.
 *
 *   skew      sqrt(n) S3 / S2^1.5 sqrt(n (n-1)) / (n-2),  Sk = sum (x - mean)^k
 *   kurtosis  ((n+1) (n S4 / S2^2 - 3) + 6) (n-1) / ((n-2) (n-3)), in excess of the normal
 * both corrected for bias. Outlying: |skew| at least 2 and kurtosis at least 3.5.
 * (OECD and JRC, Handbook on Constructing Composite Indicators, 2008; as R COINr.)
 *
 * Uses arena. */
#ifndef ANALYSIS_OUTLIER_H
#define ANALYSIS_OUTLIER_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define OUTLIER_MOST 5 /* values that are ever set to another */

struct outlier {
	double skew, kurtosis; /* NaN: fewer than three, four values; all the same */
	bool outlying;
};

/* outlier_of: of n values x[0], x[step] ...; NaN is passed over. */
struct outlier outlier_of(size_t n, size_t step, const double *x);

/* outlier_winsorise: while the values are outlying, sets the largest (the smallest where skew is
 *   below 0), and those already set, to the next value; at most OUTLIER_MOST values in all.
 *     changed  (n flags, may be NULL) which were set
 *     returns  how many were set */
size_t outlier_winsorise(struct arena *a, size_t n, size_t step, double *x, bool *changed);

#endif
