/* csvout.h -- rows of text as the bytes of a CSV file: commas, LF, quotes only where needed.
 *
 * Start from {.arena = a}; the bytes live there.
 *
 * Not here: numbers as text (number), writing files (outfile).
 * Uses span, arena, number. */
#ifndef BASE_CSVOUT_H
#define BASE_CSVOUT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

struct csvout {
	struct arena *arena;
	char *at;
	size_t n, room;
	bool begun; /* the row has a field */
};

/* csvout_quoted: a field as it stands in a file: `s` itself when it needs no quotes. */
struct text csvout_quoted(struct arena *a, struct text s);

/* csvout_is_formula: would a spreadsheet take the text for a formula, and run it? Those that begin
 *   with = + - @, tab or carriage return and are no number. */
bool csvout_is_formula(struct text s);

/* csvout_field: the next field of the row. */
void csvout_field(struct csvout *out, struct text s);

/* csvout_row: ends the row. */
void csvout_row(struct csvout *out);

/* csvout_line: a whole row of C strings. */
void csvout_line(struct csvout *out, const char *const *fields, size_t n);

/* csvout_bytes: what was written so far. */
struct text csvout_bytes(const struct csvout *out);

#endif
