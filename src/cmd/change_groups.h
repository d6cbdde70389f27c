/* change_groups.h -- two groups of the people asked in one year of a survey, item by item.
 *
 * Uses changes, gather. */
#ifndef CMD_CHANGE_GROUPS_H
#define CMD_CHANGE_GROUPS_H

#include "cmd/changes.h"

/* change_groups_asked: are --from and --to conditions, as residence=urban? */
bool change_groups_asked(const struct session *s);

/* change_groups: --to against --from in --year, of the country or of --province; the error carries
 *   that both groups come from the same units.
 *   fails  as waves_plan and where_parse; a year of published scores */
bool change_groups(struct session *s, const struct change_options *o, struct diag *why);

#endif
