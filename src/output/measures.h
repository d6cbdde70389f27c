/* measures.h -- what check counts, for machines: one measure a row, as CSV, TSV or JSON.
 *
 * year,section,column,province,level,measure,value: what does not apply is empty; a value is a
 * number, written as in results, or a word. Append sections and measures, never rename.
 *
 * Not here: results (export), tables for people (sheet).
 * Uses fields. */
#ifndef OUTPUT_MEASURES_H
#define OUTPUT_MEASURES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "output/fields.h"

#include <stdio.h>

/* What a measure is of; empty = of everything. */
struct measures_of {
	struct text column, province, level;
};

struct measures_row {
	long year; /* 0 = not known */
	const char *section, *name;
	struct measures_of of;
	double value;     /* NaN = none */
	struct text word; /* in its place, when there is one */
};

/* Start from {.arena = a}; year holds for what is added from then on. */
struct measures {
	struct arena *arena;
	long year;
	size_t n;
	struct measures_row *at;
};

/* measures_number, measures_word: add a row. */
void measures_number(struct measures *m, const char *section, struct measures_of of,
		     const char *name, double value);
void measures_word(struct measures *m, const char *section, struct measures_of of, const char *name,
		   struct text word);

/* measures_write: all rows; the caller checks the stream.
 *   fails  DIAG_DATA: TSV cannot hold a tab or line break inside a field */
bool measures_write(const struct measures *m, enum fields_format format, FILE *out,
		    struct diag *why);

#endif
