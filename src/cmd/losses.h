/* losses.h -- the points a province lost, as the command line asks for them: from a file of marks,
 * or from published scores.
 *
 * Uses load and gaps. */
#ifndef CMD_LOSSES_H
#define CMD_LOSSES_H

#include "analysis/gaps.h"
#include "cmd/load.h"

struct losses {
	struct criteria criteria;
	struct targets targets;
	struct gaps_order order;
	struct result rows, domains, agencies; /* by criterion, domain, agency (gaps) */
	struct result_row total;
};

/* losses_read: the marks of --criteria (or of the file that SURVEY itself is), else of criteria.csv
 *   in the survey's folder, else the published scores; --targets, --shared; and their sums.
 *   l     its scores are loaded
 *   file  of marks; NULL = none is named
 *   fails  as criteria_read, gaps_of_scores, targets_read; DIAG_USAGE: --shared */
bool losses_read(struct session *s, const struct loaded *l, const struct province *self, long year,
		 const char *file, struct losses *out, struct diag *why);

/* losses_find: the same for a report: `found` is false where there is nothing to tell, because
 *   criteria.csv has no marks of the province and the scores of the year give no losses.
 *   fails  as losses_read, but for that */
bool losses_find(struct session *s, const struct loaded *l, const struct province *self, long year,
		 struct losses *out, bool *found, struct diag *why);

/* losses_targets: every row with a target: domains, the total, and criteria that are no domain. */
struct result losses_targets(struct session *s, const struct losses *x);

#endif
