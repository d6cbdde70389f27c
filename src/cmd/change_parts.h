/* change_parts.h -- what the parts of an index gave to its change.
 *
 * Uses change_years. */
#ifndef CMD_CHANGE_PARTS_H
#define CMD_CHANGE_PARTS_H

#include "cmd/change_years.h"

/* changes_contributions: of every row of `r` (from change_result), what the parts of its item gave
 * to its change: rows with stat `contribution`, part by part, delta the amount. Of published sums
 *   without error; of answers with it.
 *   fails  DIAG_USAGE: an item without parts, or that is no sum of them; DIAG_DATA: no change is
 *          known */
bool changes_contributions(struct session *s, struct loaded *l, enum overlap_method m,
			   const struct result *r, struct result *out, struct diag *why);

#endif
