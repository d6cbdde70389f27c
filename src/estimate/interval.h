/* interval.h -- confidence intervals: for any estimate, and for proportions.
 *
 * An estimate, its standard error and its degrees of freedom become two limits.
 * Proportions lie in [0, 1] (not percent), `n` is the number of rows with an answer, `level` is
 * 0.95 and the like. Below, t is the two-sided quantile of Student's t with `df` degrees of
 * freedom, n_e = p(1-p)/se^2, and n* = n_e (t[n-1]/t[df])^2 (Korn and Graubard 1998).
 *
 *   wald             p +- t se: the only one that may leave [0, 1]
 *   logit, xlogit    symmetric in ln(p/(1-p)); one formula for both (in R they differ by 4e-10)
 *   asin             symmetric in arcsin(sqrt(p)), which is kept in [0, pi/2]
 *   beta             Korn and Graubard 1998 with n*, which may be more than n: as R survey 4.5
 *   kg               the same with min(n, n*), as NCHS publishes (Parker and others 2017)
 *   clopper-pearson  the same with min(n, n_e): the design counts, the degrees of freedom do not
 *   wilson           score interval with n_e and t, as R survey 4.5
 *   ac               Agresti and Coull 1998 with n_e and t, kept in [0, 1]
 *   jeffreys         quantiles of Beta(n* p + 1/2, n* (1-p) + 1/2), widened to hold p
 *   likelihood       scaled profile likelihood (Rao and Scott 1984): limits q with
 *                    2 n_e (n-1)/n [p ln(p/q) + (1-p) ln((1-p)/(1-q))] = t^2
 *
 * At p = 0 and p = 1 every variance is 0 and no formula above says anything: there every method
 * gives the bound of kg, [0, 1 - (alpha/2)^(1/n*)] or its mirror image, with
 * n* = min(n, n/deff0 (t[n-1]/t[df])^2), and says so in `used`. A p within 1e-12 of 0 or 1 counts
 * as 0 or 1. A standard error below 1e-12 counts as 0: inside (0, 1) the answer is then the limit,
 * [p, p], except for kg and clopper-pearson, whose n* is then n.
 *
 * There is no interval (NaN, and `reason`) for: no answers (n = 0, p NaN), df <= 0 or NaN, a level
 * outside (0, 1), a standard error that is NaN or negative, one answer with p inside (0, 1), and a
 * p outside [0, 1], which calibrated weights can give (but wald is given).
 *
 * Not here: estimates, standard errors and degrees of freedom (linear, statistic), and whether a
 * number may be shown (suppress).
 * Uses span. */
#ifndef ESTIMATE_INTERVAL_H
#define ESTIMATE_INTERVAL_H

#include "base/span.h"

#include <stdbool.h>

enum interval_method {
	INTERVAL_WALD,
	INTERVAL_LOGIT,
	INTERVAL_XLOGIT,
	INTERVAL_ASIN,
	INTERVAL_BETA, /* Korn and Graubard as R */
	INTERVAL_KG,   /* the same, capped at n */
	INTERVAL_WILSON,
	INTERVAL_AC,
	INTERVAL_JEFFREYS,
	INTERVAL_LIKELIHOOD,
	INTERVAL_CP, /* Clopper and Pearson on effective counts, capped at n */
	INTERVAL__COUNT
};

struct interval {
	double low, high;          /* NaN when there is none */
	const char *reason;        /* why there is none, English words; else NULL */
	enum interval_method used; /* KG in place of another at 0 and 1 */
};

/* interval_name: as the command line spells it: "xlogit", "kg", "clopper-pearson". */
const char *interval_name(enum interval_method m);

/* interval_find: the method of that name; false when there is none. */
bool interval_find(struct text name, enum interval_method *out);

/* interval_t: two-sided quantile of Student's t, of the normal at df = INFINITY; to 1e-12.
 *   returns  NaN when df <= 0 or NaN, or level is not in (0, 1); at some levels also when
 *            df < 0.8, where GSL finds none */
double interval_t(double level, double df);

/* A level of confidence, and quantiles of t that were found at it. */
#define INTERVAL_KNOWN 1024
struct interval_known {
	double df, t;
};

struct interval_level {
	double level;
	struct interval_known *known; /* INTERVAL_KNOWN of them, from {0}; NULL = none are kept */
};

/* interval_level_t, interval_level_wald, interval_level_proportion, interval_level_capped_n: as
 *   those without `level` in their names, for many intervals at one level: its quantiles of t are
 *   found once for each df. Not for several threads at a time. */
double interval_level_t(const struct interval_level *l, double df);

/* interval_wald: a mean, total, ratio or difference: estimate +- t se. A se of 0 gives two equal
 * limits. */
struct interval interval_wald(double estimate, double se, double df, double level);
struct interval interval_level_wald(const struct interval_level *l, double estimate, double se,
				    double df);

/* interval_proportion: of a proportion.
 *   n      rows with an answer
 *   deff0  design effect to suppose at 0 and 1, where the sample shows none; 1 when nothing is
 *          known, and taken as 1 when it is not a positive number */
struct interval interval_proportion(enum interval_method m, double p, double se, double n,
				    double df, double level, double deff0);
struct interval interval_level_proportion(const struct interval_level *l, enum interval_method m,
					  double p, double se, double n, double df, double deff0);

/* interval_effective_n: n_e, answers of a simple random sample with the same variance.
 *   returns  INFINITY at se = 0; NaN at p = 0 and 1, and for a p outside [0, 1] */
double interval_effective_n(double p, double se);

/* interval_adjusted_n: n*, not capped. NaN also when df <= 0 or n <= 1. */
double interval_adjusted_n(double p, double se, double n, double df, double level);

/* interval_capped_n: the n* that kg uses, at most n; also at p = 0 and 1. NaN when kg gives none.
 */
double interval_capped_n(double p, double se, double n, double df, double level, double deff0);
double interval_level_capped_n(const struct interval_level *l, double p, double se, double n,
			       double df, double deff0);

/* interval_kg_width: bounds of the width of kg at the level 0.95, for those to whom they tell
 *   enough: closed, where the quantiles take a hundred times as long. `n` is n* as kg uses it. No
 *   closer than 0 and 1 when fewer than four of n* answers are yes, or no. */
void interval_kg_width(double p, double n, double *least, double *most);

/* interval_counts: textbook interval of a simple random sample: x of n, x need not be whole.
 *   m  clopper-pearson, wilson, ac (kept in [0, 1]) or jeffreys (0 at x = 0, 1 at x = n: Brown, Cai
 *      and DasGupta 2001); for the others there is none */
struct interval interval_counts(double x, double n, enum interval_method m, double level);

#endif
