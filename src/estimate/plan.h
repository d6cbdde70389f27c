/* plan.h -- how many people to ask, and what a given sample can show: formulas alone.
 *
 * For one share p in one place (a province), estimated from `clusters` clusters of `size`
 * people in `strata` strata. Shares and differences are between 0 and 1. Every function
 * gives NaN where its question has no answer: p outside 0 to 1 (both excluded), a width or
 * change of 0, no degrees of freedom. Numbers of people and clusters are whole, rounded up.
 *
 *   design effect    deff = 1 + (size - 1) icc (Kish 1965, section 5.4); unequal weights are not
 *                    in it
 *   half-width       t sqrt(deff p (1 - p) / n (1 - n / N)), t on clusters - strata degrees of
 *                    freedom
 *   people           n0 = z^2 p (1 - p) / d^2, n0 / (1 + (n0 - 1) / N) of a population of N
 *                    (Cochran 1977, section 4.4), times deff
 *   Yamane's rule    N / (1 + N e^2) (Yamane 1967): p = 1/2 and z = 2, a design of one stage
 *   change           (z + z_power)^2 deff (p q + p' q' - 2 rho sqrt(p q p' q')) / (p' - p)^2 people
 *                    in each year; rho is the correlation of the two years' estimates, 0 for
 *                    separate samples (Kish 1965, section 12.4). Variances of the two years are
 *                    not pooled.
 *
 * Not here: totals and means; allocation to strata.
 * Uses GSL's normal and t distributions. */
#ifndef ESTIMATE_PLAN_H
#define ESTIMATE_PLAN_H

#include <stdbool.h>

struct plan_sample {
	double clusters, size, strata; /* whole numbers; of one place */
	double icc;
	double population; /* people; infinite = no correction */
};

struct plan_goal {
	double p;     /* the share expected, of the first year */
	double level; /* of confidence */
	double power; /* chance to find a change; unused for one year */
	double rho;
};

/* plan_deff: also below 1, for an icc below 0. */
double plan_deff(double size, double icc);

/* plan_people: for a half-width, with the normal quantile and a given design effect (1 = simple
 *   random sample); at most the population. */
double plan_people(const struct plan_goal *g, double half_width, double deff, double population);

/* plan_yamane: for an error `e`. */
double plan_yamane(double population, double e);

/* plan_people_change: in each year, so that a change from p to p + `change` is found. */
double plan_people_change(const struct plan_goal *g, double change, double deff);

/* plan_clusters: the fewest (more than strata) that reach a half-width, with the t quantile that
 *   they allow; `s->clusters` is not used. plan_clusters_change: likewise for a change. */
double plan_clusters(const struct plan_sample *s, const struct plan_goal *g, double half_width);
double plan_clusters_change(const struct plan_sample *s, const struct plan_goal *g, double change);

/* plan_df: clusters - strata. plan_error: the standard error of p. */
double plan_df(const struct plan_sample *s);
double plan_error(const struct plan_sample *s, double p);

/* plan_half_width: of the interval that a sample gives. */
double plan_half_width(const struct plan_sample *s, const struct plan_goal *g);

/* plan_detectable: the smallest rise (or fall) from p that a sample of that kind in both years
 * finds with the power asked for; positive. NaN when even a change to 1 (or 0) is too small. */
double plan_detectable(const struct plan_sample *s, const struct plan_goal *g, bool rise);

#endif
