/* overlap.h -- the covariance of two estimates whose samples share first-stage units.
 *
 * Two years of a survey often go back to the same villages: their estimates are then correlated,
 * and the variance of a change is V1 + V2 - 2C. From the totals t_1i, t_2i of influence values by
 * first-stage unit i (0 for a unit without members):
 *
 *   berger-priam  units are grouped by stratum and by the years they were drawn in; a_i, b_i are
 *                 their totals less the means of their group; rho = sum a b / sqrt(sum a^2 sum
 *                 b^2) and C = rho sqrt(V1 V2) (Berger and Priam 2016; as ReGenesees' svyDelta).
 *                 Full overlap gives the covariance of one sample, none gives 0
 *   overlap       C = sum_h sqrt(n1/(n1-1) n2/(n2-1)) sum_both (t_1i - mean_1)(t_2i - mean_2),
 *                 means and n over the units of each year; a stratum with one unit in a year
 *                 gives nothing
 *   stacked       both years as one sample of all their units: V1, V2 and C over the n_h units
 *                 drawn in either year (as R survey when years are stacked; changes V1 and V2);
 *                 in a lone file, in any of its years
 *   independent   C = 0
 *
 * A unit is the same when its name and its stratum's name are the same in both years. Units
 * without names (every row a unit) are never the same. Two groups of one sample share every
 * unit: their C is exact, whatever the method. Stacked uses no finite population
 * correction; the others take V1 and V2 as they are. Later stages add nothing to C.
 *
 * Degrees of freedom: Satterthwaite's of V1 and V2; where units are shared at most those of the
 * union: units minus strata with answers of the group in either year. Those that are told, not
 * counted, are those of the pair.
 *
 * Not here: the influence values (statistic, index).
 * Uses linear. */
#ifndef ESTIMATE_OVERLAP_H
#define ESTIMATE_OVERLAP_H

#include "base/span.h"
#include "estimate/linear.h"

enum overlap_method {
	OVERLAP_BERGER_PRIAM,
	OVERLAP_INDEPENDENT,
	OVERLAP_STACKED,
	OVERLAP_OWN,
	OVERLAP__COUNT
};

/* overlap_name, overlap_find: as on the command line; OVERLAP_OWN is "overlap". */
const char *overlap_name(enum overlap_method m);
bool overlap_find(struct text name, enum overlap_method *out);

/* One estimate: its influence totals, variance and degrees of freedom. */
struct overlap_side {
	struct leaves leaves;  /* with answers */
	const double *z;       /* by leaf */
	struct leaves present; /* with people of the group, answering or not */
	double variance, df;
	bool df_told; /* infinite or a number, as asked for */
};

struct overlap; /* which units two samples share */

/* overlap_start: of two finished frames, which must outlive it. Twice the same frame: two groups
 *   of one sample. */
struct overlap *overlap_start(struct arena *a, const struct linear *from, const struct linear *to);

/* What is known of a pair of estimates. */
struct overlap_pair {
	double from, to, covariance; /* variances and covariance */
	double df;
	size_t shared; /* units with people of the group in both */
};

/* overlap_pair: variances and covariance of two estimates. */
struct overlap_pair overlap_pair(struct overlap *o, enum overlap_method m,
				 const struct overlap_side *from, const struct overlap_side *to);

/* overlap_variance: of `to` minus `from`; not below 0 but for rounding, where it is 0. */
double overlap_variance(const struct overlap_pair *p);

/* overlap_relative: of the relative change to/from - 1, whose influence value is
 *   z_to/x - y z_from/x^2 at from = x, to = y. */
double overlap_relative(const struct overlap_pair *p, double x, double y);

#endif
