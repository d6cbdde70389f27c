/* export.h -- results for machines: CSV, TSV, JSON.
 *
 * The columns and their order are a contract (ARCHITECTURE.md): nineteen every
 * result has, then those of its parts.
 *
 * Not here: how fields are written (fields), tables for people (sheet).
 * Uses fields, result and below. */
#ifndef OUTPUT_EXPORT_H
#define OUTPUT_EXPORT_H

#include "output/fields.h"
#include "result/result.h"

#include <stdio.h>

/* export_result: writes all rows; the caller checks the stream.
 *   fails  DIAG_DATA: TSV cannot hold a tab or line break inside a field */
bool export_result(const struct result *r, enum fields_format format, FILE *out, struct diag *why);

/* Makes row i; called by several threads. `row` is as result_row_init has it, or an earlier one. */
typedef void export_row_fn(const void *from, size_t i, struct result_row *row);

/* export_rows: likewise n rows that are made when they are written. Not of JSON.
 *   parts    as in struct result
 *   threads  that share the rows; at least 1 */
bool export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
		 enum fields_format format, int threads, FILE *out, struct diag *why);

#endif
