/* tail.h -- upper tail probabilities of test statistics: t, F, chi-square, sums of chi-squares.
 *
 * Degrees of freedom need not be whole and may be infinite in a denominator. NaN when a
 * statistic is NaN or degrees of freedom are not positive. Relative accuracy is 1e-12, also
 * of tails as far as doubles go; below 1e-300 a tail is 0.
 *
 * Not here: quantiles and intervals (interval).
 * Uses nothing. */
#ifndef ESTIMATE_TAIL_H
#define ESTIMATE_TAIL_H

#include <stddef.h>

/* tail_t: P(|T| > |t|), both sides. */
double tail_t(double t, double df);

/* tail_f: P(F > f) with ndf and ddf degrees of freedom. */
double tail_f(double f, double ndf, double ddf);

/* tail_chisq: P(X > x). */
double tail_chisq(double x, double df);

/* tail_sum: P(sum of lambda_i chi2_1 > x Y), Y an independent chi2_ddf / ddf (1 when ddf is
 *   infinite), by the saddlepoint approximation of Lugannani and Rice (1980) for quadratic forms
 *   (Kuonen 1999); where it is not defined (x near the mean, ddf < 1), Satterthwaite's F. As R
 *   survey 4.5, and like it with the whole part of ddf for the chi-square below the line: too
 *   large by up to 15 % when ddf is about 20.
 *   lambda  n values, not negative, at least one positive */
double tail_sum(double x, const double *lambda, size_t n, double ddf);

#endif
