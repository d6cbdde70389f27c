/* fayherriot.h -- small areas: direct estimates joined with a regression over all areas.
 *
 * The model of Fay and Herriot (1979): y_d = x_d'beta + v_d + e_d, where y_d is the direct estimate
 * of area d, psi_d = Var e_d its sampling variance, taken as known, and A = Var v_d what the
 * regression leaves between areas. With V = diag(A + psi), P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1
 * and B_d = psi_d / (A + psi_d), gamma_d = 1 - B_d:
 *
 *   reml  A solves y'PPy = tr P     (Fisher scoring; A >= 0)
 *   ml    A solves y'PPy = tr V^-1  (likewise)
 *   fh    A solves y'Py = m - p     (moments of Fay and Herriot; Newton; A >= 0)
 *   areml A is the highest point of the residual likelihood times atan(sum gamma_d)^(1/m)
 * (Yoshimori and Lahiri 2014): always above 0
 *
 * Scoring starts at the median of psi and ends when A moves by less than 1e-12 of itself; where a
 * likelihood has several tops it may end at one that is not the highest, as in other programs
 * (fh_higher tells).
 * Where it goes to and fro without end, the highest point of the likelihood, which may be at 0, is
 * searched between 1e-12 and 1e12 times that median; so it is for areml. beta is
 * the generalised least squares estimate, Var beta = (X'V^-1 X)^-1. The estimate of an area is
 * x'beta + gamma (y - x'beta); its mean squared error (Prasad and Rao 1990, Datta and Lahiri 2000,
 * Datta, Rao and Smith 2005; as sae::mseFH of R) is
 *
 *   g1 + g2 + 2 g3 - b B^2, with g1 = gamma psi, g2 = B^2 x'Var(beta) x, g3 = B^2 Var(A)/(A + psi)
 *   Var(A) = 2 / sum (A+psi)^-2, for fh 2m / (sum (A+psi)^-1)^2
 *   b = 0 for reml and areml; the bias of A otherwise: -sum x'Var(beta)x (A+psi)^-2 / sum
 * (A+psi)^-2 for ml, 2 (m sum (A+psi)^-2 - (sum (A+psi)^-1)^2) / (sum (A+psi)^-1)^3 for fh
 *
 * An area without direct estimate gets x'beta, with A + x'Var(beta) x. At A = 0 every estimate is
 * x'beta: the fit says so by A, and the caller tells it.
 *
 * psi = 0 means an area that is known without error (gamma = 1); a zero from a sample is no such
 * knowledge, and the caller must not let it come here.
 *
 * Not here: where psi comes from, transformations, benchmarking (smallarea).
 * Uses span, arena, diag. */
#ifndef ESTIMATE_FAYHERRIOT_H
#define ESTIMATE_FAYHERRIOT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum fh_method { FH_REML, FH_ML, FH_MOMENTS, FH_ADJUSTED, FH__COUNT };

struct fh_areas {
	size_t m, p;       /* areas; columns of x */
	const double *y;   /* m; NaN = no direct estimate */
	const double *psi; /* m; not read where y is NaN */
	const double *x;   /* m rows of p, none NaN; the column of ones is the caller's */
	const struct text *area, *column; /* m, p names for messages; NULL: by number from 1 */
};

struct fh_fit {
	enum fh_method method;
	size_t used, p; /* areas with a direct estimate; columns */
	size_t steps;   /* of scoring, or of the search for the root */
	double A, var_A, bias_A;
	double loglik; /* of the y under A and beta */
	double *beta, *se;
	double *v; /* p * p: Var beta */
};

struct fh_area {
	double synthetic, estimate, gamma; /* x'beta; joined; weight of the direct estimate */
	double g1, g2, g3, mse;            /* g3 is NaN without a direct estimate */
};

/* fh_name, fh_find: as on the command line: "reml", "fh". */
const char *fh_name(enum fh_method method);
bool fh_find(struct text name, enum fh_method *out);

/* fh_fit: A and beta from the areas with a direct estimate.
 *   fails  DIAG_DATA: no more areas than columns; a psi that is missing or negative, or 0 in half
 *          of the areas or where A would be 0; collinear columns; a likelihood without highest
 *          point; numbers too large for the sums */
bool fh_fit(struct arena *a, const struct fh_areas *areas, enum fh_method method,
	    struct fh_fit *out, struct diag *why);

/* fh_higher: the A of a top of the likelihood that is higher than the one where scoring ended; NaN
 *   when there is none, and for fh and areml. Of a fit of these areas. */
double fh_higher(struct arena *a, const struct fh_areas *areas, const struct fh_fit *fit);

/* fh_area: an area with predictors x (p values); y NaN = without direct estimate. The mse is NaN
 * where the bias correction of ml or fh leaves nothing. */
struct fh_area fh_area(const struct fh_fit *fit, const double *x, double y, double psi);

#endif
