/* indicators.h -- a table of indicators: a row for each unit (and year), a column for each
 * indicator.
 *
 * CSV: the units stand in a column `unit`, `province` or `name`, years in a column `year` that
 * may be absent; every other column is an indicator, its cells numbers. Blank, "NA" and "."
 * are missing.
 *
 * Not here: what the indicators mean (components).
 * Uses table and below. */
#ifndef SURVEY_INDICATORS_H
#define SURVEY_INDICATORS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/form.h"

#include <stdbool.h>
#include <stddef.h>

/* The rows of one year. */
struct indicators_year {
	long year; /* 0 = the table has none */
	size_t first, n;
};

struct indicators {
	const char *file;
	size_t rows, items, years;
	struct text *unit, *item;     /* names: of rows, of columns */
	double *value;                /* rows of items; NaN = missing */
	struct place *at;             /* likewise */
	struct indicators_year *year; /* ascending; rows are in the order of the file within each */
};

/* indicators_is_table: has the file, of a form that may be given, a column of units and none that
 * makes it scores or rows of answers of a survey (`code` and `score`)? False too when it cannot be
 * read. */
bool indicators_is_table(struct arena *a, const char *file, const struct form_asked *form);

/* indicators_read: the whole file.
 *   wanted  columns to keep, in this order; NULL = all
 *   fails   as table_read; no column of units; no indicator; a wanted column that is not there (at
 *           its place `wanted_at`); a year that is none; a unit twice in a year; a cell that is no
 *           number
 *   warns   columns that are not wanted */
bool indicators_read(struct arena *a, const char *file, const struct form_asked *form,
		     const struct text *wanted, const struct place *wanted_at, size_t n_wanted,
		     struct indicators *out, struct diag *why);

#endif
