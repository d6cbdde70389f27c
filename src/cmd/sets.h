/* sets.h -- how sure are the ranks: what the command line asks of confidence sets.
 *
 * Uses load. */
#ifndef CMD_SETS_H
#define CMD_SETS_H

#include "cmd/load.h"

/* The options that sets_rule reads, for the list of a command. */
#define SETS_OPTIONS OPT_CONFIDENCE, OPT_SIMULATIONS, OPT_SEED

/* sets_rule: --confidence (simultaneous when it is not given), --level, --simulations, --seed.
 *   fails  DIAG_USAGE */
bool sets_rule(struct session *s, struct rank_rule *out, struct diag *why);

/* sets_add: fills rank_low and rank_high of the loaded rows of a year (0 = every year) and of some
 *   items ("all" is every item), and under --intervals their limits. Published scores get none. */
bool sets_add(struct session *s, struct loaded *l, long year, const char *items, struct diag *why);

/* sets_comparison: does --intervals ask for those of Goldstein and Healy?
 *   fails  DIAG_USAGE: another word */
bool sets_comparison(struct session *s, bool *out, struct diag *why);

/* sets_items: what --item asks for, else `otherwise`. */
const char *sets_items(const struct session *s, const char *otherwise);

/* sets_keep: of --best K or --worst K, the rows whose set reaches so far; all rows without them.
 *   fails  DIAG_USAGE: both, not whole numbers; DIAG_DATA: there are no sets */
bool sets_keep(struct session *s, const struct result *from, struct result *out, struct diag *why);

/* sets_any: has a row a confidence set? */
bool sets_any(const struct result *r);

/* sets_say: how the sets of the table above were found. */
void sets_say(struct session *s, const struct rank_rule *rule);

#endif
