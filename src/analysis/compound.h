/* compound.h -- a composite index of a table of indicators: scores, and their means by unit.
 *
 * Rows are units, year by year; bounds, standard deviations, ranks and percentiles of an
 * indicator are those of all rows of all years, so that scores of two years compare.
 * Copeland scores compare units of one year.
 *
 * Not here: reading (indicators), one score (normalise), one mean (powermean), ranks (places).
 * Uses indicators, normalise, powermean, places. */
#ifndef ANALYSIS_COMPOUND_H
#define ANALYSIS_COMPOUND_H

#include "analysis/normalise.h"
#include "base/arena.h"
#include "survey/indicators.h"

struct compound_rule {
	bool copeland;
	double power;         /* of the mean, else */
	double threshold;     /* weight that must be there, as a share */
	const double *weight; /* of each indicator */
};

/* compound_scores: every indicator by its rule.
 *   rule, out  t->items of each
 *   score      gets rows of items
 *   fails      DIAG_DATA: an indicator that cannot be normalised, with the reason */
bool compound_scores(const struct indicators *t, const struct normalise_rule *rule, double *score,
		     struct normalised *out, struct diag *why);

/* compound_index: of every row.
 *   index   gets a number for each row; NaN with a reason
 *   reason  (may be NULL) likewise; NULL where there is an index */
void compound_index(const struct indicators *t, const double *score, const struct compound_rule *r,
		    double *index, const char **reason);

/* compound_ranks: ranks of a number of each row, within its year. */
void compound_ranks(const struct indicators *t, const double *x, double *rank);

#endif
