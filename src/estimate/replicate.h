/* replicate.h -- variance from replicate weights: the spread of an estimate over weights that each
 * leave part of the sample out.
 *
 *   V = scale sum_r rscale_r (theta_r - c)(theta_r - c)'
 * where c is the mean of theta over the replicates, or with `mse` the estimate itself.
 * A replicate weight is a row's weight times a factor; factors are the same for all
 * rows of a first-stage unit, and are kept by unit, never by row. With n_h units drawn
 * in a stratum and f_h = n_h / N_h (0 without a population):
 *
 *   type        factor                                  scale              rscale
 *   JK1         0 for unit r, n/(n-1) for the others    (n-1)/n (1-f)      1
 *   JKn         0 and n_h/(n_h-1) in r's stratum, else 1  1        (n_h-1)/n_h (1-f_h)
 *   BRR, Fay    2 - rho or rho, by a Hadamard matrix    1/(R (1-rho)^2)    1
 *   bootstrap   1 - l + l (n_h/m) times drawn           1/(R-1)            1
 *   Canty       times drawn                    m/((m-1)(R-1)), m harmonic mean of n_h   1
 * bootstrap is that of Rao and Wu (1988) with m = n_h - 1 draws, raowu the same with any
 * m, both with l = sqrt(m (1-f_h)/(n_h-1)); Canty and Davison (1999) draw n_h units, and
 * where the population is known (and less than 100 n_h) from as many copies of the sample
 * as make it up, without replacement. (As R survey 4.5, which calls Canty-Davison
 * "bootstrap" and Rao-Wu "subbootstrap", and leaves f_h out of the latter.)
 *
 * Only the first stage counts, and its population. BRR and Fay leave f_h out. A stratum of which
 * all units were drawn has no replicates and factor 1 in those of the others.
 *
 * Not here: estimates under each replicate's weights; calibration, which is done anew
 * for each replicate (calibrate); intervals and degrees of freedom.
 * Uses span, diag, arena, frame, linear, hadamard. */
#ifndef ESTIMATE_REPLICATE_H
#define ESTIMATE_REPLICATE_H

#include "base/arena.h"
#include "base/diag.h"
#include "estimate/linear.h"
#include "survey/frame.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

enum replicate_type {
	REPLICATE_JK1,
	REPLICATE_JKN,
	REPLICATE_BRR,
	REPLICATE_FAY,
	REPLICATE_BOOTSTRAP, /* Rao-Wu, m = n_h - 1 */
	REPLICATE_RAOWU,     /* any m */
	REPLICATE_CANTY,
	REPLICATE_JK2,   /* these three are given, never made here */
	REPLICATE_SDR,   /* successive differences, as in the American Community Survey */
	REPLICATE_GIVEN, /* another kind */
	REPLICATE__COUNT
};

/* replicate_find: the type of that name, whatever its case.
 *   names  JK1, JKn, BRR, Fay, bootstrap, subbootstrap (= bootstrap), raowu, canty, JK2, SDR,
 *          ACS and successive-difference (= SDR), other, mrbbootstrap (= other) */
bool replicate_find(struct text name, enum replicate_type *out);

/* replicate_name: its first name above. */
const char *replicate_name(enum replicate_type type);

struct replicates {
	size_t n;
	double scale;
	double *rscale; /* n of them */
	bool mse;
};

/* replicate_covariance: of k statistics.
 *   theta0  k estimates under the full weights; read with mse only (else may be NULL)
 *   theta   r->n rows of k estimates, one row for each replicate
 *   v       gets k * k values
 *   NaN     in the rows and columns of a statistic that is NaN in any replicate: leaving that
 *           replicate out would make the variance too small without saying so. A replicate with
 *           rscale 0 is not looked at. Everything is NaN when there is none. */
void replicate_covariance(const struct replicates *r, size_t k, const double *theta0,
			  const double *theta, double *v);

/* replicate_defaults: fills in what came with given replicate columns, where it can be known.
 *   rho      of Fay, in [0, 1)
 *   out      in: scale (NaN = not given), rscale (NULL = not given; else n of them), mse;
 *            out: all set
 *   fails    DIAG_USAGE: no columns; rscale of JKn, scale of other not given; a scale or rscale
 *            negative or not finite; rho outside [0, 1) */
bool replicate_defaults(struct arena *a, enum replicate_type type, size_t n, double rho,
			struct replicates *out, struct diag *why);

struct replicate_plan {
	enum replicate_type type;
	size_t bootstrap_n; /* replicates of the bootstraps; at least 2 */
	double rho;         /* of Fay, in [0, 1) */
	double m;           /* draws of raowu, a whole number; 0 = n_h - 1 */
	gsl_rng *rng;       /* of the bootstraps */
	enum lonely lonely;
	bool mse;
};

/* replicate_make: replicates of a finished frame.
 *   out     n, scale, rscale, mse
 *   factor  gets one row of out->n factors for each first-stage unit of the frame
 *   lonely  strata with one unit (of several in the population): FAIL refuses; REMOVE, CERTAINTY
 *           and COLLAPSE (frame_collapse found none to join) have no replicates and factor 1;
 *           AVERAGE too, and multiplies the scale by strata / strata with replicates (R: by units);
 *           ADJUST (JKn only) has one replicate, 0 there and H/(H-1) in the other H - 1 strata,
 *           with rscale (H-1)/H
 *   fails   DIAG_USAGE: a type that cannot be made; bootstrap_n, rho, m out of range
 *           DIAG_DATA: several strata under JK1; another number than two units in a stratum of
 *           BRR or Fay; a lonely stratum under FAIL, or under ADJUST where there is none for the
 *           type; no stratum left to have replicates
 *   warns   BRR and Fay: populations were left out. raowu: factors may be negative */
bool replicate_make(struct arena *a, const struct frame *f, const struct replicate_plan *p,
		    struct replicates *out, double **factor, struct diag *why);

#endif
