/* modelled.h -- from areas and options to model estimates, as rows of a result.
 *
 * Shares are brought to parts of 1 for smoothing by design effects and for arcsine, and back.
 *
 * Not here: the options' words, the areas' files, what is said under a table (cmd_smallarea).
 * Uses areas, fayherriot, smallarea. */
#ifndef CMD_MODELLED_H
#define CMD_MODELLED_H

#include "cmd/areas.h"
#include "estimate/smallarea.h"

#define MODELLED_BOOTSTRAP 1000 /* replicates behind arcsine */

enum smooth { SMOOTH_NONE, SMOOTH_DEFF, SMOOTH_GVF };

/* What is asked, what is fitted, what came out. */
struct model {
	enum fh_method method;
	enum smooth smooth;
	enum benchmark benchmark;
	bool arcsine, fit_rows;
	double level, z, national;
	long seed;
	struct areas areas;
	struct fh_areas fh; /* on the scale that is fitted */
	struct fh_fit fit;
	struct smoothing smoothing;
	double moved;      /* by the benchmark */
	struct text words; /* of the column method */
};

/* modelled_rows: fits the areas and appends a row for each, in their order: stat `eblup`, flag
 *   `model`, the columns of PART_SMALLAREA; intervals by the normal distribution. Warns of a
 *   variance of 0 between areas, of few areas, of a likelihood with a higher top, and of a variance
 * function that rises with n. fails  DIAG_DATA with the area's place: a share outside its range, a
 * sampling variance that is missing or 0, no effective number of answers, no population, an
 * estimate that the benchmark puts outside the range; DIAG_USAGE: shares needed and not known, no
 * national value; as fh_fit and smallarea */
bool modelled_rows(struct arena *arena, struct model *m, struct result *out, struct diag *why);

/* modelled_few: are there too few areas for the number of terms (fewer than 10 more)? */
bool modelled_few(const struct model *m);

/* modelled_terms: appends the fit: stat `refvar`, `loglik`, `iterations`, `coefficient` (item is
 *   the column), then of smoothing and benchmark what there was; n is the number of areas with a
 *   direct estimate. */
void modelled_terms(struct arena *arena, const struct model *m, struct result *out);

#endif
