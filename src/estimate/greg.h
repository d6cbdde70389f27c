/* greg.h -- factors g for weights, as near to 1 as can be, that make the sample meet known totals
 * of variables: sum w g x = T.
 *
 *   linear  g = 1 + u      (generalised regression), cut off at the bounds
 *   exp     g = exp(u)     (raking ratio), cut off at the bounds
 *   logit   g runs from the lower bound to the upper one, both finite, along a logit curve
 * with u = x'b / variance (Deville and Saerndal 1992; as R survey 4.5, whose bounded and
 * curved fits stop at 1e-7 of the totals, where these go on to the end of a double's
 * digits). Newton's method, with shorter steps where a whole one does not help, in an
 * orthonormal basis of the variables, so that neither their scales nor their correlation
 * harm the equations. A row of weight 0 has g = 1 and does not count.
 *
 * Not here: variables made from columns and levels (margins), weights in groups
 * (calibrate).
 * Uses span, diag, arena. */
#ifndef ESTIMATE_GREG_H
#define ESTIMATE_GREG_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum greg_distance { GREG_LINEAR, GREG_EXP, GREG_LOGIT, GREG__COUNT };

struct greg_model {
	size_t n, k;             /* rows, variables */
	const double *w;         /* of each row; not negative */
	const double *x;         /* rows of k values, finite */
	const double *total;     /* in the population, of each variable; finite */
	const struct text *name; /* of each variable, for messages */
	const double *variance;  /* of each row, positive; NULL = 1 */
	enum greg_distance distance;
	double low, high; /* bounds of g, low < 1 < high; infinite = none */
};

struct greg {
	size_t n, k;   /* k: variables that were not combinations of those before */
	double *g;     /* of each row */
	double *basis; /* k columns of n values, orthonormal, spanning x sqrt(w / variance) */
	double *root;  /* of each row: g sqrt(w variance) */
	size_t rounds; /* iterations */
};

/* greg_fit: the factors; totals are met to 1e-9 relative. A variable that is a combination of those
 * before it is passed over when its total is the same combination of theirs.
 *   fails  DIAG_USAGE: bounds that do not hold 1, or that the logit curve lacks
 *          DIAG_DATA: a negative weight; no weights within the bounds meet the totals; a total that
 * contradicts those before it; a variable that is 0 in the sample but not in the population */
bool greg_fit(struct arena *a, const struct greg_model *m, struct greg *out, struct diag *why);

/* greg_residuals: influence values, made with the weights w g, without what the variables explain:
 * the residual of z / (w g) on x, weighted by w / variance, times w g.
 *   z  n rows of k values; changed in place; 0 where w g is 0 */
void greg_residuals(const struct greg *r, size_t k, double *z);

#endif
