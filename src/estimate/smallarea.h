/* smallarea.h -- what surrounds the model of fayherriot: sampling variances smoothed before it,
 * shares transformed for it, estimates that agree with a national one after it.
 *
 * Shares are parts of 1. `areas` are those of the model; psi is NaN where nothing is known of it.
 *
 * smooth deff  psi_d = deff p_d (1 - p_d) / n_d: deff is the mean of psi_d n_d / (y_d (1 - y_d))
 *              over the areas where that is defined, p_d the value at x_d of a regression of y on x
 *              with weights n
 * smooth gvf   a generalised variance function: psi_d = f exp(a + b log n_d), by least squares of
 *              log psi on log n where psi > 0; f = sum psi / sum exp(a + b log n), without which
 *              logarithms would make variances too small
 * arcsine      theta = asin sqrt p, psi = 1 / (4 n_eff). Back: given the data theta is taken as
 *              normal with mean t and variance v (gamma psi; A where there is no direct estimate),
 *              and E sin^2 theta = (1 - exp(-2v) cos 2t) / 2, the integral of Hadam, Wuerz and
 *              Kreutzmann 2020 over the whole line. Limits are sin^2 of t +- z sqrt(mse), kept in
 *              [0, pi/2]. The mse of the share is a parametric bootstrap: theta and y are drawn
 *              from the fitted model, all is fitted again, and squared errors are averaged.
 * benchmark    ratio: estimates times national / mean; difference: plus national - mean, where mean
 *              is that of the estimates weighted by population
 *
 * Not here: the model itself (fayherriot).
 * Uses span, arena, diag, fayherriot. */
#ifndef ESTIMATE_SMALLAREA_H
#define ESTIMATE_SMALLAREA_H

#include "estimate/fayherriot.h"

#include <gsl/gsl_rng.h>

struct smoothing {
	size_t used;    /* areas that tell about variances */
	double deff;    /* mean design effect; NaN under gvf */
	double a, b, f; /* of the variance function; NaN under deff */
};

enum benchmark { BENCHMARK_NONE, BENCHMARK_RATIO, BENCHMARK_DIFFERENCE };

/* smallarea_deff, smallarea_gvf: sampling variances of every area with a direct estimate.
 *   n        m answers; NaN = not known, which is an error where y is given
 *   psi      gets m variances; NaN without direct estimate
 *   fails    DIAG_DATA: a missing n; no area that tells about variances (gvf: not three of
 *            different n); deff: collinear columns, a regression that leaves 0 to 1 */
bool smallarea_deff(struct arena *a, const struct fh_areas *areas, const double *n, double *psi,
		    struct smoothing *out, struct diag *why);
bool smallarea_gvf(struct arena *a, const struct fh_areas *areas, const double *n, double *psi,
		   struct smoothing *out, struct diag *why);

/* An area under the arcsine transformation. */
struct arcsine_area {
	double estimate, synthetic, gamma; /* shares */
	double low, high;                  /* limits */
	double mse;                        /* by bootstrap; NaN before it */
	bool at_end;                       /* the model left 0 to pi/2: the end was taken */
};

/* smallarea_arcsine: the areas on the transformed scale.
 *   n_eff    m effective numbers of answers, above 0 where y is given
 *   out      y and psi are new; x and names are those of `areas` */
void smallarea_arcsine(struct arena *a, const struct fh_areas *areas, const double *n_eff,
		       struct fh_areas *out);

/* smallarea_back: an area from the transformed scale.
 *   z        quantile of the normal for the limits */
struct arcsine_area smallarea_back(const struct fh_fit *fit, const double *x, double y, double psi,
				   double z);

/* smallarea_bootstrap: mse of the shares of all areas.
 *   areas, fit   on the transformed scale; fit's method fits the replicates
 *   mse          gets m
 *   fails        DIAG_DATA when a replicate cannot be fitted */
bool smallarea_bootstrap(struct arena *a, const struct fh_areas *areas, const struct fh_fit *fit,
			 size_t replicates, gsl_rng *rng, double *mse, struct diag *why);

/* smallarea_benchmark: moves the m estimates; gives the factor, or the difference.
 *   population   above 0, of every area
 *   fails        DIAG_DATA: the mean of the estimates is not above 0 (ratio) */
bool smallarea_benchmark(enum benchmark kind, size_t m, const double *population, double national,
			 double *estimate, double *moved, struct diag *why);

#endif
