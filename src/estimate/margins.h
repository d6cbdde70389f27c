/* margins.h -- what is known of a population, from CSV files: counts of groups, and totals.
 *
 * Counts: one column for each variable that makes the groups and a column `Freq`; a row
 * for each combination of levels, none twice. Totals: columns `variable` and `total`;
 * variables are named as R's model matrices name them: "(Intercept)" for 1, a column of
 * numbers by its name, an indicator by column and level in one word ("stypeH"). A total
 * that is blank, "NA" or "." is passed over with a warning.
 *
 * Not here: the rows of the sample (the caller asks for their groups and variables), and
 * what is done with both (calibrate).
 * Uses span, diag, arena, dict, table. */
#ifndef ESTIMATE_MARGINS_H
#define ESTIMATE_MARGINS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/dict.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define MARGINS_NONE ((size_t)-1)

struct margins {
	const char *file;
	struct text name; /* the variables, for messages: "stype and sch.wide" */
	size_t variables;
	const struct text *variable;
	size_t n; /* groups, in the order of the file */
	const double *population;
	const struct text *label; /* of each group, for messages: "E, No" */
	struct dict *path;        /* levels one after the other: (path so far, level) */
	const size_t *group;      /* at the end of each path */
};

/* margins_read: counts of groups.
 *   fails  as table_read; no column Freq, or no other; a level or a count that is blank; a count
 *          that is negative; a combination that stands twice */
bool margins_read(struct arena *a, const char *file, struct margins *out, struct diag *why);

/* margins_group: the group of these levels (m->variables of them); MARGINS_NONE when it is not in
 * the file. */
size_t margins_group(const struct margins *m, const struct text *level);

struct margins_totals {
	const char *file;
	size_t n;
	const struct text *name;
	const double *total;
	const struct place *at;
};

/* margins_totals_read: totals of variables.
 *   fails  as table_read; a column that is missing; a variable that is blank or stands twice; no
 *          total at all */
bool margins_totals_read(struct arena *a, const char *file, struct margins_totals *out,
			 struct diag *why);

/* A column of the sample, and the levels it has; none: it holds numbers. */
struct margins_column {
	struct text name;
	size_t levels;
	const struct text *level;
};

/* What a name of a total stands for. */
struct margins_term {
	size_t column; /* MARGINS_NONE: the number 1 */
	size_t level;  /* 1 on rows of this level, else 0; MARGINS_NONE: the column's number */
};

/* margins_term: reads such a name.
 *   at     where it stands, for messages
 *   fails  DIAG_DATA: no column or level of that name; a column of levels without a level; two
 *          readings ("a" + "b1" and "ab" + "1") */
bool margins_term(struct text name, struct place at, size_t n, const struct margins_column *column,
		  struct margins_term *out, struct diag *why);

#endif
