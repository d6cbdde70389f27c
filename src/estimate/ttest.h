/* ttest.h -- t tests of a mean and of the difference of two means under the design.
 *
 * A side is a mean over the rows of a domain with a value; the two sides of a difference may be
 * two domains (women and men), two items of the same rows, or both: their covariance under the
 * design counts. Rows of weight 0 and NaN values are dropped.
 *
 * Degrees of freedom are those of the rows used (linear_df) unless the caller gives others. R
 * survey's svyttest takes those of the whole design less one for both tests (for one mean, no
 * coefficient was spent on it): `less_one` with linear_design_df equals it.
 *
 * Not here: intervals (interval_wald from estimate, se and df), p-values (tail).
 * Uses diag, linear, rows, tail. */
#ifndef ESTIMATE_TTEST_H
#define ESTIMATE_TTEST_H

#include "base/diag.h"
#include "estimate/linear.h"
#include "estimate/rows.h"

#include <stdbool.h>
#include <stddef.h>

struct ttest_side {
	const double *y; /* of each row of the file; NaN = missing */
	const bool *in;  /* domain; NULL = all */
};

struct ttest_df {
	double df;     /* NaN: of the rows used; INFINITY: a z test */
	bool less_one; /* as R survey */
};

struct ttest {
	size_t n;        /* rows used */
	double estimate; /* the mean less the constant; second less first */
	double se, df, t, p;
	size_t lonely; /* strata of one unit with members */
};

/* ttest_one: is a mean `against`? t and p are NaN, and a warning says why, when there are no
 *   degrees of freedom or no sampling variance.
 *   fails  DIAG_DATA: no rows; a stratum of one unit under LONELY_FAIL */
bool ttest_one(const struct linear *l, const struct rows *r, const struct ttest_side *side,
	       double against, struct ttest_df df, struct ttest *out, struct diag *why);

/* ttest_two: is second - first 0? As ttest_one. */
bool ttest_two(const struct linear *l, const struct rows *r, const struct ttest_side *first,
	       const struct ttest_side *second, struct ttest_df df, struct ttest *out,
	       struct diag *why);

#endif
