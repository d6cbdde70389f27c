/* suppress.h -- which estimates may be printed, which only with a warning, and which not.
 *
 * Rules, by the name the command line takes:
 *   none   everything is shown
 *   nchs   the presentation standards of the National Center for Health Statistics:
 *          proportions (Parker and others 2017, Series 2 no. 175): hidden with n or n* below 30
 *            (n* alone is not asked for at 0 and 1); else shown with a width of at most 0.05; else
 *            hidden with a width of 0.30 or more, or above 130 % of p; warned of when the width is
 *            above 130 % of 1-p, and wherever all answers or none are yes, or df < 8.
 *            Width is that of the capped Korn and Graubard interval at 95 %;
 *          counts (Parker and others 2023, Series 2 no. 200): hidden with n/deff_kish below 10, or
 *            a width above 160 % of the count; warned of with df < 8. The interval is
 *            N exp(-+ t[n/deff_kish - 1] se/N) at 95 %;
 *          other estimates, for which NCHS has no rule: hidden with n or n_eff below 30 (an n_eff
 *            that is not known is not asked for); warned of with df < 8
 *   rse30  the older rule: hidden with n below 30 or se/|estimate| of 0.30 and more
 *   n=50   hidden with n below 50, or any other whole number from 1
 * An estimate that is NaN is hidden by every rule but none; one without degrees of freedom or
 * variance is hidden by nchs (no interval says how far off it is), without a variance also by
 * rse30. Thresholds are compared as they are, without rounding.
 *
 * Not here: the numbers judged (statistic, interval), and the words a reader sees.
 * Uses span, number, interval. */
#ifndef ESTIMATE_SUPPRESS_H
#define ESTIMATE_SUPPRESS_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum suppress_rule {
	SUPPRESS_NONE,
	SUPPRESS_NCHS,
	SUPPRESS_RSE30,
	SUPPRESS_MIN_N,
	SUPPRESS__COUNT
};

enum suppress_verdict {
	SUPPRESS_SHOW,
	SUPPRESS_CAUTION, /* shown, with a warning: NCHS would review or footnote it */
	SUPPRESS_HIDE
};

/* What is known of an estimate; NaN is not known. */
struct suppress_input {
	double estimate, se; /* a proportion in [0, 1] */
	double n, df;        /* rows with an answer; of a count: rows counted */
	double n_eff;        /* of a proportion: interval_capped_n at 95 % */
	double kg_low, kg_high;
	double deff_kish; /* of the weights; for counts only */
	bool is_proportion, is_count;
};

struct suppress_rules {
	enum suppress_rule rule;
	double min_n; /* of SUPPRESS_MIN_N; 0 elsewhere */
};

/* suppress_decide: by the rule of `r`.
 *   reason  why not SUPPRESS_SHOW, English words, the first that applies; else NULL */
enum suppress_verdict suppress_decide(const struct suppress_rules *r,
				      const struct suppress_input *x, const char **reason);

/* suppress_find: rules by name; false, and *out as it was, when there are none such. */
bool suppress_find(struct text name, struct suppress_rules *out);

/* suppress_complement: when just one of the cells behind a printed total is hidden, it is the total
 * less the others: the shown cell with the smallest n is hidden too (of equals, the first).
 *   n        rows of each cell; a hidden cell of 0 rows gives nothing away, and hiding one would
 * hide nothing; one whose n is NaN is never the second verdict  one for each cell, changed in place
 */
void suppress_complement(size_t cells, const double *n, enum suppress_verdict *verdict);

#endif
