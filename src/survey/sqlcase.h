/* sqlcase.h -- what the values of a column stand for, as an expression of SQL.
 *
 * A value is compared with others as where_same does: as text, and as a number where both are. In
 * a column of exact numbers the comparison is exact, in text it is one of doubles.
 *
 * Not here: which values stand for what (statement).
 * Uses dialect, where. */
#ifndef SURVEY_SQLCASE_H
#define SURVEY_SQLCASE_H

#include "base/arena.h"
#include "survey/dialect.h"

#include <stddef.h>

/* A column of the table. */
struct sql_column {
	struct text raw;     /* the column itself */
	struct text text;    /* as text */
	bool number, always; /* of exact numbers; every one of them is a number */
};

/* A value, and the SQL of what it stands for. */
struct sql_arm {
	struct text value, then;
};

struct sql_case {
	struct arena *arena;
	enum dialect dialect;
	struct sql_column of;
	bool codebook; /* else "NA" and "." are blank too */
	size_t n;
	const struct sql_arm *arm;        /* the first that is the same counts */
	struct text blank, number, other; /* SQL for no value, another number, anything else */
};

/* sqlcase: the expression. */
struct text sqlcase(const struct sql_case *c);

/* sqlcase_exact: the number in the column in exact decimals, where it is one: for
 * sql_case.number. */
struct text sqlcase_exact(const struct sql_case *c, enum digits digits);

/* sqlcase_real: likewise, for comparisons. */
struct text sqlcase_real(const struct sql_case *c);

#endif
