/* export.h -- results for machines: CSV, TSV, JSON.
 *
 * The columns and their order are a contract (ARCHITECTURE.md): nineteen every
 * result has, then those of its parts. UTF-8, LF, decimal point, as many digits as
 * read back to the same number; a missing number is an empty field, in JSON null.
 * The only writer of these formats.
 *
 * Not here: tables for people (sheet).
 * Uses result and below. */
#ifndef OUTPUT_EXPORT_H
#define OUTPUT_EXPORT_H

#include "base/diag.h"
#include "result/result.h"

#include <stdio.h>

enum export_format { EXPORT_CSV, EXPORT_TSV, EXPORT_JSON };

/* export_result: writes all rows; the caller checks the stream.
 *   fails  DIAG_DATA: TSV cannot hold a tab or line break inside a field */
bool export_result(struct arena *a, const struct result *r, enum export_format format, FILE *out,
		   struct diag *why);

/* Rows one by one. */
struct export
{
	struct arena *arena;
	unsigned parts, flags; /* of the result; of the last row, */
	struct text flag_words;
	bool tsv, failed;
	char *bytes; /* not yet in `out` */
	size_t n, room;
	FILE *out;
	struct diag *why;
};

/* export_start: the header. Not of JSON. `parts` as in struct result. */
struct export export_start(struct arena *a, unsigned parts, enum export_format format, FILE *out,
			   struct diag *why);

/* export_row: a row of a struct export. */
void export_row(void *export, const struct result_row *row);

/* export_finish: behind the last row; the caller checks the stream.
 *   fails  as export_result */
bool export_finish(struct export *x);

#endif
