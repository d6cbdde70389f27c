/* regress.h -- linear and logistic regression under the sampling design.
 *
 * y = x'beta (linear), or logit P(y = 1) = x'beta (logistic; y in [0, 1]). x is n rows of k
 * columns; the column of ones is the caller's. Rows outside the domain, of weight 0, or with NaN
 * in y or x are dropped, but their sampling units still count in the design.
 *
 * Beta solves sum w x (y - mu) = 0; the variance is that of the influence values
 * A^-1 x w (y - mu), A = sum w x x' (times mu (1 - mu) when logistic), under the design, without
 * n / (n - k) (Binder 1983; as R survey 4.5, svyglm). Sums are taken as QR of the weighted rows,
 * so that a column such as the year loses nothing to its distance from 0. Degrees of freedom of
 * coefficients are those of the design + 1 - k, as R.
 *
 * Logistic fits start, step and stop as R's glm (deviance moves by less than 1e-8 of itself), and
 * go on when another step would move a row's logit by more than 1e-4. Like R's, their errors take
 * A and mu (1 - mu) from before the last step: up to some 1e-6 of an error away from those at the
 * end.
 * There is no estimate, and a sentence says so, when columns are collinear, when the fit has not
 * stopped after 50 steps, and when a column tells 0 from 1 without exception (separation: the
 * coefficient would be infinite).
 *
 * Not here: dummy columns and formulas, t tests of means (ttest), p-values (tail).
 * Uses span, arena, diag, linear, rows, quadratic, tail. */
#ifndef ESTIMATE_REGRESS_H
#define ESTIMATE_REGRESS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "estimate/linear.h"
#include "estimate/rows.h"

#include <stdbool.h>
#include <stddef.h>

enum regress_family { REGRESS_LINEAR, REGRESS_LOGISTIC, REGRESS__COUNT };

struct regress_model {
	enum regress_family family;
	size_t k;
	const double *x, *y;     /* rows * k, row by row; rows */
	const bool *in;          /* domain; NULL = all */
	const struct text *name; /* k names of columns for messages; NULL: by number from 1 */
};

struct regress {
	size_t n, k;     /* rows used, columns */
	double *beta;    /* k */
	double deviance; /* weights scaled to mean 1; the residual sum of squares when linear */
	size_t steps;    /* of the fit; 1 when linear */
	double *before;  /* k; beta one step before (logistic) */
	double *root;    /* k * k upper triangle R, R'R = A with weights as given, at `before` */
	/* Known after regress_linear or regress_infer: */
	double *v, *se, *t, *p; /* k * k; k; k; k two-sided */
	double df;              /* design + 1 - k; t and p are NaN when not positive */
	size_t lonely;          /* strata of one unit with members */
};

struct regress_contrast {
	double estimate, se, df, t, p;
};

struct regress_joint {
	double f, ndf, ddf, p;
};

/* regress_fit: coefficients only; r->leaf is not read, so that replicate weights can stand in
 *   r->weight.
 *   fails  DIAG_DATA: no more rows than columns; a negative weight; y outside [0, 1] (logistic);
 *          collinear columns; separation; no convergence */
bool regress_fit(struct arena *a, const struct rows *r, const struct regress_model *m,
		 struct regress *out, struct diag *why);

/* regress_linear: coefficients with errors by linearisation. A warning says when there are no
 *   degrees of freedom left.
 *   fails  as regress_fit; a stratum of one unit under LONELY_FAIL */
bool regress_linear(struct arena *a, const struct linear *l, const struct rows *r,
		    const struct regress_model *m, struct regress *out, struct diag *why);

/* regress_infer: errors and tests from a covariance found elsewhere (replicate weights).
 *   v          k * k, copied
 *   design_df  of the design; INFINITY is allowed */
void regress_infer(struct arena *a, struct regress *out, const double *v, double design_df);

/* regress_influence: influence values of the fitted coefficients, weight included.
 *   z  gets r->n rows of k values, 0 for dropped rows */
void regress_influence(const struct rows *r, const struct regress_model *m,
		       const struct regress *fit, double *z);

/* regress_contrast: of c'beta, c k values. A contrast without error (c = 0) has t NaN. */
struct regress_contrast regress_contrast(const struct regress *fit, const double *c);

/* regress_joint: Wald's F that n coefficients are all 0; which[] their numbers, none twice.
 *   fails  DIAG_DATA: no degrees of freedom; a singular covariance (more coefficients than units,
 *          say) */
bool regress_joint(const struct regress *fit, size_t n, const size_t *which,
		   struct regress_joint *out, struct diag *why);

#endif
