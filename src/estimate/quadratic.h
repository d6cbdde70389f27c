/* quadratic.h -- y' V^-1 y of estimates y and their covariance V: the Wald statistic.
 *
 * V is scaled to a unit diagonal first; a pivot of its Cholesky factor below 1e-12 counts
 * as zero: far above rounding, far below what answers show.
 *
 * Not here: what y is, degrees of freedom, p-values (crosstab, regress).
 * Uses nothing. */
#ifndef ESTIMATE_QUADRATIC_H
#define ESTIMATE_QUADRATIC_H

#include <stdbool.h>
#include <stddef.h>

/* quadratic_form: y and v (n values, n * n) are overwritten.
 *   returns  false, and *form NaN, when v is singular, has no positive diagonal or holds NaN */
bool quadratic_form(size_t n, double *y, double *v, double *form);

#endif
