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

#endif
