/* fields.h -- rows of named fields for machines, as CSV, TSV or JSON. The only writer of these
 * formats to standard output.
 *
 * UTF-8, LF, decimal point, as many digits as read back to the same number; a missing number is an
 * empty field, in JSON null. Every row has the same fields in the same order.
 *
 * Not here: which fields there are (export, measures), CSV files (csvout), tables for people
 * (sheet).
 * Uses csvout, number; cJSON. */
#ifndef OUTPUT_FIELDS_H
#define OUTPUT_FIELDS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdio.h>

enum fields_format { FIELDS_CSV, FIELDS_TSV, FIELDS_JSON };

/* fields_format_find: the format of that name, as --format has it; false when none has it. */
bool fields_format_find(const char *name, enum fields_format *out);

/* Rows in the making, of one thread. Start from {.format = ...}. */
struct fields {
	enum fields_format format;
	/* kept here */
	struct arena arena;
	char *bytes; /* lines since the last fields_write */
	size_t n, room;
	bool begun;          /* the row has a field */
	struct text bad;     /* the first text that TSV cannot hold; else nowhere */
	struct text formula; /* the first that a spreadsheet would run; else nowhere */
	struct cJSON *rows, *row;
};

/* fields_head: the row of names; nothing in JSON. */
void fields_head(struct fields *f, const char *name);

/* fields_text, fields_number: the next field of the row; `name` is for JSON. NaN = missing. */
void fields_text(struct fields *f, const char *name, struct text s);
void fields_number(struct fields *f, const char *name, double value);

/* fields_row: ends the row. */
void fields_row(struct fields *f);

/* fields_write: the rows since the last time; of JSON all of them, once, at the end. The caller
 * checks the stream.
 *   told   set when a note said that a text would be taken for a formula; one is told
 *   fails  DIAG_DATA: TSV cannot hold a tab or line break inside a field */
bool fields_write(struct fields *f, FILE *out, bool *told, struct diag *why);

/* fields_close: gives back what it took. */
void fields_close(struct fields *f);

#endif
