/* rowwise.h -- estimates that need every row: quantiles, calibrated weights, replicate weights.
 *
 * The same rows of a result as from a tally, and the same numbers where both can make them.
 * Quantiles take Woodruff's interval. Under calibration the variance is that of residuals;
 * under replicate weights it is their spread. Degrees of freedom of replicate weights are
 * those of the design when its units are known, else the rank of the weights of the group's
 * rows minus one (as R survey).
 *
 * Not here: making weights (calibrate, replicate).
 * Uses estimate, rows, calibrate, replicate, columns. */
#ifndef ESTIMATE_ROWWISE_H
#define ESTIMATE_ROWWISE_H

#include "estimate/calibrate.h"
#include "estimate/estimate.h"
#include "estimate/replicate.h"
#include "survey/columns.h"

struct rowwise {
	const struct columns *columns;
	const struct answers *answers; /* finished */
	const double *weight;          /* final, by row */
	size_t n_calibrations;
	const struct calibration *calibration; /* in the order they were done */
	const struct replicates *replicates;   /* NULL = linearisation */
	const double *replicate_weight;        /* by row, then by replicate */
	const char *variance;                  /* its name in the method: "taylor", "jk1" */
};

/* rowwise_result: appends the estimates of every group, variable and level or quantile. */
void rowwise_result(struct arena *a, const struct rowwise *r, const struct estimate_options *o,
		    struct result *out);

/* rowwise_design_known: do units or strata tell degrees of freedom, or only the replicates? */
bool rowwise_design_known(const struct rowwise *r);

/* rowwise_replicate_df: independent columns among the replicate weights of n rows, by a pivoted
 *   Cholesky decomposition of their products, less 1. */
double rowwise_replicate_df(const struct rowwise *r, size_t n, const size_t *member);

#endif
