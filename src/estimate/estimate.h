/* estimate.h -- estimates of groups with their errors, as rows of a result.
 *
 * One row for each group, variable and (where asked) level: value, standard error by
 * Taylor linearisation, interval, degrees of freedom, design effect and effective size,
 * with the verdict of the presentation standard. A group keeps the whole design. Why a
 * number is missing stands in the row's reason.
 *
 * Not here: reading (answers, tally), what needs every row (rowwise).
 * Uses statistic, linear, overlap, interval, suppress, quantile, result. */
#ifndef ESTIMATE_ESTIMATE_H
#define ESTIMATE_ESTIMATE_H

#include "estimate/interval.h"
#include "estimate/linear.h"
#include "estimate/overlap.h"
#include "estimate/quantile.h"
#include "estimate/statistic.h"
#include "estimate/suppress.h"
#include "result/result.h"

enum df_rule {
	DF_DOMAIN,   /* first-stage units minus strata with members */
	DF_DESIGN,   /* of the whole design */
	DF_INFINITE, /* normal quantiles */
	DF_GIVEN
};

struct estimate_options {
	enum statistic statistic;
	enum interval_method interval; /* of shares; others take Wald */
	enum df_rule df;
	double df_given;
	enum deff deff;
	double level; /* of confidence */
	enum lonely lonely;
	enum domain_lonely domain_lonely;
	struct suppress_rules suppress;
	bool hide;          /* numbers of groups that the rules do not let pass; else a flag */
	size_t n_quantiles; /* STATISTIC_QUANTILE */
	const double *quantile;
	enum quantile_rule rule;
	bool grouped;                       /* quantiles inside levels, in place of the rule */
	int threads;                        /* that share the replicates; at least 1 */
	struct text survey, source, domain; /* domain: what holds for all rows */
};

/* A row in the making. */
struct estimated {
	struct result_row row;
	enum suppress_verdict verdict;
	size_t family; /* rows that add up to a shown whole */
};

struct estimates {
	struct arena *arena;
	const struct estimate_options *options;
	size_t n;
	struct estimated *at;
};

/* What a row is about. */
struct subject {
	size_t cell, variable, level; /* level of VARIABLE_LEVELS, or number of the quantile */
};

typedef void subject_fn(void *context, const struct subject *s, struct estimated *out);

/* estimate_each: calls `make` for every group, variable and level or quantile, groups in the order
 *   of their levels (numbers as numbers, else as the codebook or the alphabet has them), and
 *   fills in what the row is about. */
void estimate_each(struct estimates *e, const struct plan *p, const struct cells *cells,
		   subject_fn *make, void *context);

/* estimate_order: the rank of each level: those of a codebook in its order, then numbers by size,
 *   then words by the alphabet. */
size_t *estimate_order(struct arena *a, const struct dict *levels, const struct question *q);

/* estimate_finish: from value, variance and sums to interval, effects and verdict.
 *   variance  of the estimate; NaN with `reason` when there is none
 *   name      of the variance: "taylor", "jk1" */
void estimate_finish(const struct estimates *e, bool count, const struct moments *m, double value,
		     double variance, double df, const char *name, struct estimated *out);

/* estimate_nobody: value and variance of a group without answers: none; but a group without people
 *   has a total of 0, without error.
 *   people  rows of the group */
void estimate_nobody(const struct estimates *e, double people, double *value, double *variance);

/* estimate_result: complementary suppression, hides what must be hidden and appends the rows. */
void estimate_result(struct estimates *e, struct result *out);

/* estimate_tally: estimates from a finished tally. */
void estimate_tally(struct arena *a, const struct tally *t, const struct estimate_options *o,
		    struct result *out);

/* What a group's estimates are made from: a finished tally, and room for one of them. */
struct estimate_sides {
	const struct tally *t;
	const struct estimate_options *o;
	struct linear linear;
	size_t *leaf;
	double *z;
};

/* estimate_sides: for a tally that outlives it, as its options do. */
struct estimate_sides estimate_sides(struct arena *a, const struct tally *t,
				     const struct estimate_options *o);

/* estimate_side: influence totals, variance and degrees of freedom of a group's variable; lent
 *   until the next call.
 *   lonely   gets the number of strata with one unit that have members here
 *   returns  as linear_covariance */
bool estimate_side(const struct estimate_sides *x, const struct subject *s,
		   struct overlap_side *out, size_t *lonely);

/* estimate_df: degrees of freedom by the rule; `domain` are the leaves with members. */
double estimate_df(const struct estimate_options *o, const struct frame *f,
		   const struct leaves *domain);

/* estimate_df_told: are they infinite or a number, whatever the design? */
bool estimate_df_told(const struct estimate_options *o);

#endif
