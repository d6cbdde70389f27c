/* changes.h -- what the command line asks of changes, and how they are said.
 *
 * Uses sets. */
#ifndef CMD_CHANGES_H
#define CMD_CHANGES_H

#include "analysis/adjust.h"
#include "analysis/change.h"
#include "cmd/sets.h"

struct change_options {
	enum overlap_method covariance;
	enum adjust_method adjust;
	enum adjust_family family;
	bool constant; /* compare with `value` */
	double value;
};

/* changes_options: --covariance, --adjust, --comparisons, --constant.
 *   fails  DIAG_USAGE */
bool changes_options(struct session *s, struct change_options *out, struct diag *why);

/* changes_adjust: p_adjusted and verdicts of the rows shown. */
void changes_adjust(struct session *s, const struct change_options *o, struct result *r);

/* changes_say: under a table with tests: how they were made. */
void changes_say(struct session *s, const struct change_options *o, const struct result *r);

/* changes_pair: what estimates of two years of answers have in common, for the changes of year
 * `to`: fills paired_* , units_shared and covariance of the loaded rows and of those of the
 * country. Years of published scores are left as they are. */
void changes_pair(struct session *s, struct loaded *l, long from, long to, enum overlap_method m);

/* changes_ranks: confidence sets of the changes of ranks, of the rows of `r` that have ranks in
 * both years: [L1 - U2, U1 - L2] of the sets of both years at half the error each, so that it holds
 *   whatever the two years have in common. */
void changes_ranks(struct session *s, struct loaded *l, struct result *r);

/* changes_trend: the slope of every row of `r` over the survey's years from `from` to the row's. A
 *   year that cannot be compared, or has no value, makes it missing, with the reason. */
void changes_trend(struct session *s, struct loaded *l, long from, enum overlap_method m,
		   struct result *r);

#endif
