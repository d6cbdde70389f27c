/* index_robust.h -- --robustness: how far the ranks of a table's index hang on how it was made.
 *
 * Random numbers choose, as --vary lists them: `weights`, each weight times 1 + u with u between
 * -X and X; `normalise`, one of minmax, z (as 50 + 10 z) and percentile scores, all on the range,
 * and goalposts where asked for; `aggregate`, one of the arithmetic, geometric and harmonic
 * mean, and the power mean where asked for. One input of the sensitivity indices each.
 *
 * Rows, item `total` where nothing else is said:
 *   rank_median, rank_p05, rank_p95, rank_best, rank_worst   of a unit, over the draws
 *   rank_quarter1 .. rank_quarter4   share of the draws with a rank in that quarter
 *   rank_shift                       (no unit) mean over draws of the mean |rank - rank as asked|
 *   sobol_first, sobol_total         item the input: of a unit's index; without unit, of the shift
 *
 * Uses index_table, sensitivity, places. */
#ifndef CMD_INDEX_ROBUST_H
#define CMD_INDEX_ROBUST_H

#include "cmd/index_table.h"

/* index_robust: appends these rows; none when neither --robustness nor --vary is given.
 *   made   gets words for people; empty when nothing was asked
 *   fails  DIAG_USAGE: --seed alone; inputs that are not known, or do not go with the method;
 * scores that may be 0 under a mean that needs more */
bool index_robust(struct session *s, const struct composite *c, struct result *out,
		  struct text *made, struct diag *why);

#endif
