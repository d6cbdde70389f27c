/* merging.h -- what the command line asks of mergers: which map, which weights.
 *
 * Uses command, merge. */
#ifndef CMD_MERGING_H
#define CMD_MERGING_H

#include "analysis/merge.h"
#include "cmd/command.h"

/* merging_asked: --system, --population (else population.csv beside provinces.csv, when there is
 *   one), --base-year, --renormalise.
 *   dated   the units of all times; kept by `out`
 *   returns *out NULL without --system
 *   fails   DIAG_USAGE for a map that never was, an option without --system, a base year without
 *           populations or not among them; as population_read and mapping_check */
bool merging_asked(struct session *s, const struct provinces *dated, const struct mapping **out,
		   struct diag *why);

/* merging_reached: a year whose units have their place in the map.
 *   fails  DIAG_USAGE: units that were merged are not split again */
bool merging_reached(const struct mapping *m, long year, struct diag *why);

/* merging_province: --province among the units of the map.
 *   fails  as province_find; a unit of a year before is told what it became */
bool merging_province(struct session *s, const struct mapping *m, struct text word,
		      const struct province **out, struct diag *why);

/* merging_note: what is estimated in these rows, from what and how weighed, and that ranks are
 *   among estimates; "" when nothing is. */
struct text merging_note(struct session *s, const struct result *r);

#endif
