/* rank_table.h -- ranks of a table of estimates: name, estimate, se, and perhaps n and df.
 *
 * Uses sets. */
#ifndef CMD_RANK_TABLE_H
#define CMD_RANK_TABLE_H

#include "cmd/gather.h"
#include "cmd/sets.h"

/* rank_table_is: is the word a file whose header has the columns `estimate` and `se`? False for a
 *   file that cannot be read; who reads it next will say so. */
bool rank_table_is(struct session *s, const char *word);

/* rank_table: ranks, sets, and the table or the rows. A name without estimate is not ranked.
 *   fails  as table_read; a column `name` or `province` is missing; an error that is missing or
 *          negative, degrees of freedom that are not positive, a name twice; --correlations with
 *          other names, or numbers that are no correlations */
bool rank_table(struct session *s, struct diag *why);

#endif
