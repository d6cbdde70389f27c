/* weighting.h -- calibration and replicate weights, as the command line asks for them.
 *
 * Uses gather, rowwise, margins. */
#ifndef CMD_WEIGHTING_H
#define CMD_WEIGHTING_H

#include "cmd/gather.h"
#include "estimate/rowwise.h"

/* What calibration and replicates need of the plan, between planning and reading. */
struct weighting {
	size_t n_replicates; /* columns of replicate weights: the first numbers of the plan */
	struct calibrate_source *source; /* population files, in the order they are applied */
	size_t n_sources;
};

/* weighting_rows: do the options need every row: quantiles, calibration, replicate weights? */
bool weighting_rows(const struct session *s, const struct estimate_options *o);

/* weighting_columns: reads the population files and adds the columns they speak of to the plan.
 *   columns  of the file of answers
 *   fails    as the readers of the population files; a total of something that is no column */
bool weighting_columns(struct session *s, const struct heading *columns, struct plan *p,
		       struct weighting *out, struct diag *why);

/* weighting_make: final weights and replicates of rows that were read.
 *   fails  DIAG_USAGE: options that contradict each other; as calibrate and replicate */
bool weighting_make(struct session *s, const struct estimate_options *o, const struct weighting *w,
		    const struct columns *columns, const struct answers *answers,
		    struct rowwise *out, struct diag *why);

#endif
