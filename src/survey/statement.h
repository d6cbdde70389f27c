/* statement.h -- the tally of a plan as SQL: one GROUP BY over a table of answers, whose result is
 * a tally CSV, for the engine that holds the rows.
 *
 * Values mean what they mean in a file (answers, meaning): compared as text, and as numbers where
 * both are; columns may be of any type. No row is left out but those of other years: rows that do
 * not meet the conditions stand under `selected` 0. What a file would be refused for is counted,
 * in columns that begin with "bad", and refused by who reads the result (refused).
 *
 * Portable: COUNT, SUM, CASE, GROUP BY and casts, with exact decimals.
 *
 * Not here: running it (input/postgres), reading the result.
 * Uses answers, sqlvalue. */
#ifndef SURVEY_STATEMENT_H
#define SURVEY_STATEMENT_H

#include "survey/answers.h"
#include "survey/sqlvalue.h"

struct statement {
	struct text sql; /* without a semicolon */
	size_t first, n; /* its variables */
};

/* statement_make: the statements of a plan, one unless there are too many variables. Each has all
 *   keys, and gives a part of the sums: results of all of them are added.
 *   plan_row  tally_plan_text: becomes the row that tells what the columns are; "" = none
 *   fails     DIAG_DATA: a column that the table has not; DIAG_USAGE: levels that are not listed;
 *             provinces brought together; a name that the engine cannot be told; more than one
 *             statement where every row is a sampling unit */
bool statement_make(struct arena *a, enum dialect d, const struct plan *p,
		    const struct answers_table *table, struct text plan_row, struct statement **out,
		    size_t *n, struct diag *why);

/* statement_levels: the different values of a variable, one for each row, "" among them; at most
 *   `most`. For those of which no list is known.
 *   fails  as statement_make */
bool statement_levels(struct arena *a, enum dialect d, const struct plan *p,
		      const struct answers_table *table, const struct variable *v, size_t most,
		      struct text *out, struct diag *why);

/* statement_strange: the values of a variable that nobody knows, the most frequent first: `value`
 *   and how many `rows`; at most `most`.
 *   fails  as statement_make */
bool statement_strange(struct arena *a, enum dialect d, const struct plan *p,
		       const struct answers_table *table, const struct variable *v, size_t most,
		       struct text *out, struct diag *why);

#endif
