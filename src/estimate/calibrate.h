/* calibrate.h -- weights changed as little as needed for the sample to add up to a known
 * population.
 *
 * Post-stratification to counts of groups, raking to several such margins, and
 * calibration to totals of any variables (greg). All arrays have one element for each row of the
 * sample, rows outside a domain included; weights are not negative, and a row of weight 0 keeps it.
 * One calibration may start from the weights of another. The sample and what describes the
 * population must live as long as the calibration.
 *
 * Its effect on variance: the influence values of an estimate, made with the final
 * weights, are replaced by their residuals (calibrate_residuals), for each calibration in
 * the order in which they were done, before the variance is taken. With replicate
 * weights, each replicate is calibrated instead. (As R survey 4.5.)
 *
 * A sample that cannot be made to add up is refused with DIAG_DATA, naming the group or
 * variable; nothing is collapsed or dropped silently.
 *
 * Not here: files of populations and the names in them (margins), variances (linear,
 * replicate).
 * Uses span, diag, arena, dict, greg. */
#ifndef ESTIMATE_CALIBRATE_H
#define ESTIMATE_CALIBRATE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "estimate/greg.h"

#include <stdbool.h>
#include <stddef.h>

struct calibrate_sample {
	size_t n;
	const double *w;
};

/* A population counted by groups. */
struct calibrate_groups {
	struct text name;         /* "sex", for messages */
	size_t n;                 /* groups */
	const size_t *of;         /* group of each row of the sample */
	const double *population; /* of each group; finite, not negative */
	const struct text *label; /* of each group, for messages */
};

struct calibrate_raking {
	size_t n; /* margins */
	const struct calibrate_groups *margin;
	double eps;    /* 0: until every margin is met to 1e-9. Else as R: until no cell of the
			  table of all margins changes by as much in a sweep, which may be long
			  before, or although the margins cannot be met (a warning says so) */
	size_t sweeps; /* give up behind as many; 0 = 200. R's own defaults are 1 and 10 */
};

struct calibrate_step; /* what the residuals need */

struct calibration {
	size_t n;
	double *weight;       /* the new ones */
	double g_low, g_high; /* extremes of new / old weight; NaN without a weighted row */
	size_t at_bound;      /* weighted rows with g at a bound */
	size_t rounds;        /* sweeps or iterations it took */
	size_t steps, residual_rounds;
	struct calibrate_step *step; /* groups */
	struct greg *model;          /* or a model */
};

/* calibrate_poststratify: new weights add up to the population in every group.
 *   fails  DIAG_DATA: a group with population but no weight in the sample, or the other way round;
 *          a row without group (of >= n) */
bool calibrate_poststratify(struct arena *a, const struct calibrate_sample *s,
			    const struct calibrate_groups *groups, struct calibration *out,
			    struct diag *why);

/* calibrate_rake: post-stratification to one margin after the other until nothing changes.
 *   fails  as calibrate_poststratify; margins of different totals (1e-9 relative); no end, naming
 *          the margin that is worst met */
bool calibrate_rake(struct arena *a, const struct calibrate_sample *s,
		    const struct calibrate_raking *r, struct calibration *out, struct diag *why);

/* calibrate_linear: new weights meet the totals of the model's variables (see greg).
 *   fails  as greg_fit
 *   warns  negative weights */
bool calibrate_linear(struct arena *a, const struct greg_model *m, struct calibration *out,
		      struct diag *why);

/* calibrate_residuals: what is left of influence values when that which the calibration fixes is
 * taken out.
 *   z  c->n rows of k values, made with the final weights; changed in place
 *   so  groups: z less w' times the mean of z/g in the group, weighted by old weights; raking: ten
 *       rounds over the margins with unweighted means of z/w' (as R; one round would leave the
 *       first margin uncorrected); model: residual of z/w' on x, weighted by old weights, times w'
 */
void calibrate_residuals(const struct calibration *c, size_t k, double *z);

#endif
