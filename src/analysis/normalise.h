/* normalise.h -- values of an indicator on one footing with those of others: scores.
 *
 * Where less is better (`down`) the value v is the negated one, else the value itself, and so
 * are the bounds lo and hi: as given, else the extremes of the values.
 *   minmax      low + (high - low) (v - lo) / (hi - lo)
 *   goalpost    the same with given bounds; what lies beyond them is set to them, and counted
 *   z           (v - mean) / sd, sd with n - 1
 *   rank        1 for the worst; equal values share the lowest;  borda: rank - 1
 *   percentile  (rank - 1) / (n - 1)
 *   distance    (v - lo) / (target - lo); the target is hi when none is given
 *   fraction    value / highest value;  none: the value itself (neither can be `down`)
 * (OECD and JRC, Handbook on Constructing Composite Indicators, 2008, ch. 5; as R COINr.)
 *
 * Uses span. */
#ifndef ANALYSIS_NORMALISE_H
#define ANALYSIS_NORMALISE_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum normalise {
	NORMALISE_MINMAX,
	NORMALISE_GOALPOST,
	NORMALISE_Z,
	NORMALISE_RANK,
	NORMALISE_BORDA,
	NORMALISE_PERCENTILE,
	NORMALISE_DISTANCE,
	NORMALISE_FRACTION,
	NORMALISE_NONE,
	NORMALISE__COUNT
};

/* normalise_name, normalise_find: as on the command line: the words above. */
const char *normalise_name(enum normalise m);
bool normalise_find(struct text name, enum normalise *out);

struct normalise_rule {
	enum normalise method;
	bool down;
	double low, high;        /* of the scores, for minmax and goalpost */
	double min, max, target; /* of the values; NaN = not given */
};

/* What was found out. */
struct normalised {
	size_t n;        /* values that are there */
	size_t clipped;  /* beyond a goalpost */
	double min, max; /* bounds in use, of the values as they stand; NaN where there are none */
};

/* normalise: n values, x[0], x[step], x[2 * step] ..., into y likewise; NaN stays NaN. y is not x.
 *   returns  NULL, or why it cannot be done (y is then NaN): no value; values that are all the
 *            same; a goalpost without bounds; a target that is not beyond the bound; a highest
 *            value that is not above 0; a method that cannot be `down` */
const char *normalise(const struct normalise_rule *r, size_t n, size_t step, const double *x,
		      double *y, struct normalised *out);

#endif
