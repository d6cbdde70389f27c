/* sqlvalue.h -- what a plan takes from a row of a table, as expressions of SQL: weight, names of
 * the design, groups, conditions, and what is counted.
 *
 * The same as answers makes of a row of a file.
 *
 * Not here: sums of it (statement).
 * Uses answers, sqlcase. */
#ifndef SURVEY_SQLVALUE_H
#define SURVEY_SQLVALUE_H

#include "survey/answers.h"
#include "survey/dialect.h"

/* What is known of a column's type. */
enum column_kind {
	COLUMN_ANY,     /* nothing: it is cast to text */
	COLUMN_TEXT,    /* text of any length */
	COLUMN_WHOLE,   /* whole numbers */
	COLUMN_DECIMAL, /* exact decimals, perhaps NaN */
	COLUMN_TRUTH,   /* true and false; "t" and "f" in files */
};

struct table_column {
	struct text name; /* as the engine has it; asked for in normal form C */
	enum column_kind kind;
	int digits, places; /* of numbers, when declared: all, and behind the point; else 0 */
};

struct answers_table {
	struct text schema, name; /* schema "" = none is named */
	size_t n;                 /* 0: the columns are not known, and named as asked */
	const struct table_column *column;
};

/* A column that expressions speak of by "c" and its number, from 1. */
struct sql_source {
	struct text name, sql; /* sql: the column of table "t", as text unless it is of numbers */
	bool nfc;
	enum column_kind kind;
};

struct sql_values {
	struct arena *arena;
	enum dialect dialect;
	const struct plan *plan;
	const struct answers_table *table;
	bool numbers; /* weights are multiplied with numbers */
	size_t n_sources;
	struct sql_source *source; /* filled by the functions below */
};

/* sqlvalue_weight: the weight; NULL when it is no number.
 *   square  its square
 *   scale   they are whole numbers, so many powers of ten above what they stand for; 0 = they are
 *           what they stand for
 *   fails   DIAG_DATA: no such column; DIAG_USAGE: a name the engine cannot be told (all below) */
bool sqlvalue_weight(struct sql_values *v, struct text *weight, struct text *square, int *scale,
		     int *square_scale, struct diag *why);

/* sqlvalue_key: a column of the design as text; '' when it is blank. */
bool sqlvalue_key(struct sql_values *v, struct text column, struct text *out, struct diag *why);

/* sqlvalue_no_count: 1 where a column is not a number above 0, else NULL. */
bool sqlvalue_no_count(struct sql_values *v, struct text column, struct text *out,
		       struct diag *why);

/* sqlvalue_factor: the level of a factor as text, '' when it is missing.
 *   strange  1 where the codebook does not know it, else NULL; empty when it knows all */
bool sqlvalue_factor(struct sql_values *v, const struct factor *f, struct text *out,
		     struct text *strange, struct diag *why);

/* sqlvalue_selected: 1 where the conditions hold, else 0. */
bool sqlvalue_selected(struct sql_values *v, struct text *out, struct diag *why);

/* sqlvalue_year: 1 in rows of the plan's year, 0 of another, -1 of none that is known; empty when
 * all rows are of the year. */
bool sqlvalue_year(struct sql_values *v, struct text *out, struct diag *why);

/* What is counted. Values that are not known: of shares and levels -1, of numbers NULL. */
struct sql_variable {
	struct text y, x; /* numbers: the number; shares: 1 or 0, and 2 of words where levels are
			     numbers; levels: from 1; NULL = missing; x only of pairs */
	struct text found_y, found_x; /* of numbers: 1 where there is an answer, a number or not */
	bool strange, words;          /* can there be a -1, a 2? */
};

/* sqlvalue_variable: of a variable. */
bool sqlvalue_variable(struct sql_values *v, const struct variable *of, struct sql_variable *out,
		       struct diag *why);

/* sqlvalue_levels: how many levels a variable of levels has: those it lists, else its question's.
 */
size_t sqlvalue_levels(const struct variable *of);

#endif
