/* statistic.h -- what is estimated: its value from sums of a group, and its influence values.
 *
 * Estimates are functions of the sums in struct moments; their Taylor linearisation
 * gives each row an influence value that is linear in w, w*y, w*y*y and w*x, so totals
 * by sampling unit follow from the sums by unit:
 *   mean, proportion, rate  (y - mean) w / W             (Hajek; W = sum of weights)
 *   total                   w y
 *   ratio                   (y - R x) w / sum w x
 *   variance                (n/(n-1) (y - mean)^2 - S2) w / W,
 *                           S2 = n/(n-1) sum w (y - mean)^2 / W
 * (Saerndal, Swensson and Wretman 1992, ch. 5; variance as R survey 4.5.)
 *
 * Not here: variances (linear, replicate), quantiles (quantile).
 * Uses tally. */
#ifndef ESTIMATE_STATISTIC_H
#define ESTIMATE_STATISTIC_H

#include "survey/slots.h"

#include <stdbool.h>

enum statistic {
	STATISTIC_MEAN,
	STATISTIC_PROPORTION, /* of a level or a set of levels */
	STATISTIC_RATE,       /* of satisfied levels */
	STATISTIC_TOTAL,
	STATISTIC_RATIO,
	STATISTIC_VARIANCE,
	STATISTIC_QUANTILE,
	STATISTIC_DISTRIBUTION, /* the proportion of every level */
	STATISTIC__COUNT
};

/* Reference design of a design effect: simple random sampling with or without replacement. */
enum deff { DEFF_WR, DEFF_WOR, DEFF__COUNT };

/* Coefficients of the influence value of a row. */
struct influence {
	double w, wy, wyy, wx;
};

/* statistic_name, statistic_find: as on the command line. */
const char *statistic_name(enum statistic s);
bool statistic_find(struct text name, enum statistic *out);

/* statistic_is_share: between 0 and 1. */
bool statistic_is_share(enum statistic s);

/* statistic_value: the estimate; NaN for a group without answers, or when it is not defined
 *   (variance of one row, ratio to 0). Not for quantiles. */
double statistic_value(enum statistic s, const struct moments *m);

/* statistic_influence: coefficients at the estimate. */
struct influence statistic_influence(enum statistic s, const struct moments *m);

/* influence_total: the influence total of a sampling unit. */
static inline double influence_total(const struct influence *i, const struct unit_sums *u)
{
	return i->w * u->w + i->wy * u->wy + i->wyy * u->wyy + i->wx * u->wx;
}

/* statistic_srs_variance: variance the estimate would have under simple random sampling of n rows
 *   (Kish 1965). With DEFF_WOR the population is the sum of weights; NaN when that is below n. NaN
 *   for a variance. */
double statistic_srs_variance(enum statistic s, const struct moments *m, enum deff reference);

/* moments_variance: S2 of the values. */
double moments_variance(const struct moments *m);

/* moments_kish: design effect of unequal weights, n sum w^2 / (sum w)^2 (Kish 1992). */
double moments_kish(const struct moments *m);

#endif
