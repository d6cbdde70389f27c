/* csvin.h -- CSV bytes to rows of text, with the place of each field.
 *
 * Wraps libcsv: strict quoting, no trimming of spaces, a byte-order mark removed, physical line
 * numbers kept. A file that is not plain is read by its form: any delimiter and encoding, numbers
 * with a decimal point and no thousands, ="001" as 001, several rows of a header as one; places are
 * still those of the user's file, columns count characters of its text. Refused, with their place:
 * ragged rows, bytes that are not UTF-8, NUL, a quote inside an unquoted field, an unclosed quote,
 * no header. Blank lines hold no record and are passed over. Field and row length are limited by
 * memory only.
 *
 * A file of Stata, SPSS or SAS is read too, as statfile says; what it declares missing is blank.
 *
 * Not here: the form of a file (form), column types or meaning (table).
 * Uses span, diag, arena, text, form, lines, statfile. */
#ifndef INPUT_CSVIN_H
#define INPUT_CSVIN_H

#include "base/diag.h"
#include "base/span.h"
#include "input/form.h"

struct csvin_row {
	const char *file;
	size_t line;              /* physical line where the row begins, from 1 */
	size_t fields;            /* the same for every row of a file */
	const struct text *field; /* borrowed: valid during the call only */
	struct text raw;          /* the row's own text, for csvin_place; borrowed */
	char delimiter;           /* in it */
	bool plain;               /* fields are as they stand in the file: csvscan reads the same */
};

/* csvin_row_fn: one call per row, the header first.
 *   returns  false to stop reading (having added a problem) */
typedef bool csvin_row_fn(void *context, const struct csvin_row *row, struct diag *why);

/* csvin_read: calls `take` for every row of the file. Notes what is not plain.
 *   fails    DIAG_DATA: cannot be read, as form_find, not strict CSV, a number with thousands or
 *            decimals, or what `take` refused */
bool csvin_read(const char *file, csvin_row_fn *take, void *context, struct diag *why);

/* csvin_read_as: csvin_read of a file whose form is given, in parts or whole; NULL: not at all. */
bool csvin_read_as(const char *file, const struct form_asked *form, csvin_row_fn *take,
		   void *context, struct diag *why);

/* csvin_bytes: csvin_read on bytes in memory; `file` is the name for messages. */
bool csvin_bytes(const char *file, struct text bytes, csvin_row_fn *take, void *context,
		 struct diag *why);

/* csvin_bytes_fn: takes the next bytes, whole lines; false to stop, having added a problem. */
typedef bool csvin_bytes_fn(void *context, struct text bytes, struct diag *why);

/* csvin_source_fn: hands all bytes to `give`, from wherever they come.
 *   returns  false on a problem of its own or of `give` */
typedef bool csvin_source_fn(void *from, csvin_bytes_fn *give, void *context, struct diag *why);

/* csvin_pull: csvin_read on what a source hands over, which is plain; `file` is the name for
 *   messages. */
bool csvin_pull(const char *file, csvin_source_fn *source, void *from, csvin_row_fn *take,
		void *context, struct diag *why);

/* csvin_places: where each of the row's fields begins; `out` has room for row->fields of them. */
void csvin_places(const struct csvin_row *row, struct place *out);

/* csvin_place: where field `i` (from 0) of a row begins: line, and column in characters from 1. */
struct place csvin_place(const struct csvin_row *row, size_t i);

#endif
