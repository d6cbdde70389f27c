/* where.h -- conditions on the columns of a row: "sex=1,age>=18".
 *
 * Parts are joined by commas and all must hold. A part is column, operator, value;
 * operators are = (or ==) != < <= > >=. A value may stand in double quotes (and must when it
 * holds a comma). = and != compare numbers as numbers and the rest as text; the
 * others need numbers. A missing cell meets no condition.
 *
 * Not here: which cells are missing (answers).
 * Uses arena, number. */
#ifndef SURVEY_WHERE_H
#define SURVEY_WHERE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum where_operator {
	WHERE_EQUAL,
	WHERE_NOT_EQUAL,
	WHERE_LESS,
	WHERE_AT_MOST,
	WHERE_MORE,
	WHERE_AT_LEAST,
	WHERE__COUNT
};

struct condition {
	struct text column, value;
	enum where_operator op;
	double number; /* the value as a number; NaN when it is none */
};

struct where {
	size_t n;
	struct condition *at;
};

/* where_parse: reads the text of an option.
 *   fails  DIAG_USAGE with the part that is wrong */
bool where_parse(struct arena *a, struct text s, struct where *out, struct diag *why);

/* where_join: adds conditions: all must hold. */
void where_join(struct arena *a, struct where *to, const struct where *more);

/* where_holds: does a cell that is not missing meet the condition? */
bool where_holds(const struct condition *c, struct text cell);

/* where_same: the same value, as numbers when both are numbers, else as text. */
bool where_same(struct text a, struct text b);

/* where_words: the conditions as a domain: "sex=1;age>=18". */
struct text where_words(struct arena *a, const struct where *w);

#endif
