/* powermean.h -- weighted power means of scores, and how they answer to each score.
 *
 *   M = (sum w x^p / sum w)^(1/p); p = 1 the arithmetic, p = 0 (the limit) the geometric
 *   exp(sum w ln x / sum w), p = -1 the harmonic mean sum w / sum (w / x)
 *   dM/dx_j = w_j / sum w (M / x_j)^(1 - p)
 * Scores that are missing (NaN) are left out and the weights of the others count as the
 * whole, where these are at least the share `threshold` of all weight; else there is no mean.
 *
 * Not here: scores from values (normalise), the error of a mean (composite, index).
 * Uses span, number. */
#ifndef ESTIMATE_POWERMEAN_H
#define ESTIMATE_POWERMEAN_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* powermean_find: "mean", "geometric", "harmonic", or "power:P" with P a number other than 0. */
bool powermean_find(struct text name, double *p);

/* powermean: of n scores x with weights w (above 0).
 *   threshold  between 0 and 1; 1 = every score must be there
 *   returns    NaN, with *reason: no score; too little weight; a score at 0 or below (below 0 for
 *              p above 0) where p is not 1 */
double powermean(double p, size_t n, const double *x, const double *w, double threshold,
		 const char **reason);

/* powermean_slopes: the n partial derivatives where the mean is `value`; 0 for a missing score. */
void powermean_slopes(double p, size_t n, const double *x, const double *w, double value,
		      double *slope);

#endif
