/* dialect.h -- how engines write what a statement is made of: names, texts, casts, tests of text.
 *
 * Every name and every text of data comes into a statement through dialect_name and dialect_text.
 *
 * Not here: the statement (statement).
 * Uses arena, span. */
#ifndef SURVEY_DIALECT_H
#define SURVEY_DIALECT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

enum dialect {
	DIALECT_POSTGRES, /* 13 and later, and what speaks it */
	DIALECT_DUCKDB,
	DIALECT_SPARK,
	DIALECT_CLICKHOUSE,
	DIALECT__COUNT
};

/* In the order of the enum. */
extern const char *const dialect_words[DIALECT__COUNT];

/* dialect_can_name: can the engine be told this name? None with NUL, or without letters; for
 * Spark none that its shell would fill in ("${"). */
bool dialect_can_name(enum dialect d, struct text s);

/* dialect_name: an identifier in its quotes. */
struct text dialect_name(struct arena *a, enum dialect d, struct text s);

/* dialect_text: a literal in its quotes; s is without NUL. */
struct text dialect_text(struct arena *a, enum dialect d, struct text s);

/* Tests and casts of an expression x, which is SQL. Those of a text are behind dialect_column. */

/* dialect_column: a column as text that compares by its bytes, whatever the column's rules; with
 *   nfc also in normal form C, where the engine can (all but Spark). */
struct text dialect_column(struct arena *a, enum dialect d, struct text x, bool is_text, bool nfc);

/* dialect_is_number: is the text a number as number_parse reads it? */
struct text dialect_is_number(struct arena *a, enum dialect d, struct text x);

/* dialect_real: the number of such a text, in doubles. */
struct text dialect_real(struct arena *a, enum dialect d, struct text x);

/* How many digits a number may have for exact sums. */
enum digits {
	DIGITS_WEIGHT,        /* of which two are multiplied */
	DIGITS_NUMBER_WEIGHT, /* that is multiplied with two numbers */
	DIGITS_NUMBER,
	DIGITS__COUNT
};

/* dialect_digits: at most so many before and behind the point; 0 and 0 without such a limit. */
void dialect_digits(enum dialect d, enum digits digits, int *before, int *behind);

/* dialect_exact: the number of such a text in exact decimals; no value when it has more digits. */
struct text dialect_exact(struct arena *a, enum dialect d, enum digits digits, struct text x);

#endif
