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
	int threads;                        /* that share replicates or groups; 0 = one */
	struct text survey, source, domain; /* domain: what holds for all rows */
};

/* What a row is about. */
struct subject {
	size_t cell, variable, level; /* level of VARIABLE_LEVELS, or number of the quantile */
};

/* A row in the making: what it does not share with its group, variable or level. Members are called
 * as in struct result_row; reason in English. */
struct estimated {
	struct subject about;
	double estimate, se, ci_low, ci_high, df, deff, n, n_eff, deff_kish;
	struct text method, reason;
	unsigned flags;
	enum suppress_verdict verdict;
	size_t family; /* rows that add up to a shown whole */
};

struct estimates {
	struct arena *arena;
	const struct estimate_options *options;
	struct text stat; /* empty: the statistic of the options */
	size_t n;
	struct estimated *at;

	/* Filled by estimate_list: words that rows share, by group, variable, quantile and
	 * interval; and the quantiles of t that were needed */
	const struct plan *plan;
	const struct cells *cells;
	struct text *domain, *item, *counted, *quantile;
	struct text method[INTERVAL__COUNT];
	const struct placed_cell *order;       /* groups; and their families */
	size_t *family, **level;               /* levels of variables in the order of their rows */
	struct interval_level asked, standard; /* of the options; of the presentation standard */
};

/* estimate_list: a row for every group, variable and level or quantile, of which only what it is
 *   about is known yet; groups in the order of their levels (numbers as numbers, else as the
 *   codebook or the alphabet has them), each with as many rows. */
void estimate_list(struct estimates *e, const struct plan *p, const struct cells *cells);

/* estimate_finish: from value, variance and sums to interval, effects and verdict.
 *   variance  of the estimate; NaN with `reason` when there is none
 *   name      of the variance: "taylor", "jk1"; the same for all rows */
void estimate_finish(struct estimates *e, bool count, const struct moments *m, double value,
		     double variance, double df, const char *name, struct estimated *out);

/* estimate_nobody: value and variance of a group without answers: none; but a group without people
 *   has a total of 0, without error.
 *   people  rows of the group */
void estimate_nobody(const struct estimates *e, double people, double *value, double *variance);

/* estimate_close: behind the last row: complementary suppression, and hides what must be hidden. */
void estimate_close(struct estimates *e);

/* estimate_row: fills in row i of `estimates`; an export_row_fn. Behind estimate_close. */
void estimate_row(const void *estimates, size_t i, struct result_row *out);

/* estimate_result: estimate_close, and all rows. */
void estimate_result(struct estimates *e, struct result *out);

/* estimate_tally: estimates from a finished tally. */
void estimate_tally(struct arena *a, const struct tally *t, const struct estimate_options *o,
		    struct result *out);

/* estimate_tally_rows: the same for estimate_row, in an eighth of the memory. */
struct estimates estimate_tally_rows(struct arena *a, const struct tally *t,
				     const struct estimate_options *o);

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
