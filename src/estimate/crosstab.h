/* crosstab.h -- two-way tables of answers and tests of independence under the design.
 *
 * Categories are numbers from 0. Rows of the file that are outside the domain, lack one of the
 * two categories or weigh 0 are dropped first and count nowhere: not in n, not in the degrees
 * of freedom (R survey counts them in both, so a p-value there changes with rows that say
 * nothing). Categories that nobody has are left out of a test; empty cells may stay.
 *
 * X2 is Pearson's, of the table scaled to sum to n. Rao and Scott (1981, 1984) compare it with
 * a sum of lambda_i chi2_1, lambda_i the generalised design effects; Wald tests after Koch,
 * Freeman and Freeman (1975), adjusted after Fellegi (1980). As R survey 4.5 (svychisq).
 *
 * Not here: codes and labels of answers, shares and their intervals, tail probabilities (tail).
 * Uses arena, diag, linear, rows, quadratic, tail. */
#ifndef ESTIMATE_CROSSTAB_H
#define ESTIMATE_CROSSTAB_H

#include "base/arena.h"
#include "base/diag.h"
#include "estimate/linear.h"
#include "estimate/rows.h"

#include <stdbool.h>
#include <stddef.h>

#define CROSSTAB_MISSING ((size_t)-1)

struct crosstab_input {
	size_t rows, columns;       /* categories of the two variables */
	const size_t *row, *column; /* of each row of the file; CROSSTAB_MISSING = none */
	const bool *in;             /* domain; NULL = all */
};

/* Tables are rows * columns cells, row by row; k stands for that number. */
struct crosstab {
	size_t rows, columns;
	double *weight; /* sum of weights by cell */
	size_t *count;  /* rows of the file by cell */
	double total;   /* of weight */
	size_t n;       /* of count */
	double x2;      /* NaN when n is 0 */
	double df;      /* of the design; infinite is allowed */
	/* k * k, set by crosstab_linear or by a caller with replicate weights: */
	const double *share_v; /* covariance of weight / total */
	const double *total_v; /* covariance of weight; only the Wald tests read it */
	size_t lonely;         /* strata of one unit with members */
};

enum crosstab_kind {
	CROSSTAB_F,               /* X2 / sum lambda, second order: the usual choice */
	CROSSTAB_CHISQ,           /* X2 against mean lambda * chi2, first order */
	CROSSTAB_WALD,            /* F of the differences from independence */
	CROSSTAB_ADJWALD,         /* the same, for few degrees of freedom */
	CROSSTAB_SADDLEPOINT,     /* X2 against the sum over a chi-square of the F test's ddf */
	CROSSTAB_SADDLEPOINT_INF, /* X2 against the sum; R's with replicate weights */
	CROSSTAB__COUNT
};

struct crosstab_test {
	double statistic, ndf, ddf; /* NaN where the test has none; statistic is X2 for
				       CHISQ and SADDLEPOINT, not divided by `effect` */
	double p;
	double effect; /* mean lambda: the generalised design effect; NaN for Wald */
};

/* crosstab_count: the table alone; r->leaf is not read, so that replicate weights can stand in
 *   r->weight. No covariance, df NaN. */
void crosstab_count(struct arena *a, const struct rows *r, const struct crosstab_input *in,
		    struct crosstab *out);

/* crosstab_linear: the table, its covariance by linearisation, and the degrees of freedom of the
 *   rows that count.
 *   fails  DIAG_DATA: a stratum of one unit under LONELY_FAIL */
bool crosstab_linear(struct arena *a, const struct linear *l, const struct rows *r,
		     const struct crosstab_input *in, struct crosstab *out, struct diag *why);

/* crosstab_test: a test of independence.
 *   fails  DIAG_DATA: fewer than two rows or columns have answers; so many empty cells that the
 *          test has no denominator; no degrees of freedom; no sampling variance; for the Wald
 *          tests a singular covariance (as many contrasts as units, say): use CROSSTAB_F */
bool crosstab_test(const struct crosstab *t, enum crosstab_kind kind, struct crosstab_test *out,
		   struct diag *why);

#endif
