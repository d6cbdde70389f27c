/* form.h -- the form of a CSV file: encoding, delimiter, decimal mark, where its header is.
 *
 * Told by what is asked for, else by evidence over the first 64 KiB; the same bytes always have the
 * same form. Where two readings are possible the file is refused and the option named.
 *   delimiter   the mark that parts the header and the first hundred rows into as many fields each;
 *               of several the one that makes the most. A file of one column has commas.
 *   decimals    in a file parted by commas the point, as ever: commas in its quoted numbers mean
 *               what --decimal says, or are refused where a number is needed. In other files by
 *               figure.h.
 *   header      the first row, or the one behind `sep=;` and behind titles: rows with nothing but a
 *               first cell before a row with several, none of them a number but years.
 * A file is plain when it is UTF-8 with commas, points and a header in its first row: csvin and
 * csvscan read it as it is. What is not plain is told in a note.
 *
 * Refused are dates that a spreadsheet made of codes: a column of numbers or codes, some of which
 * are dates (2-Jan for 1-2).
 *
 * Not here: reading (lines, csvin).
 * Uses span, arena, diag, number, text, encoding, figure, record. */
#ifndef INPUT_FORM_H
#define INPUT_FORM_H

#include "base/diag.h"
#include "input/encoding.h"
#include "input/figure.h"

#define FORM_SAMPLE ((size_t)1 << 16)

/* What the command line says of a file; zeros are left to the evidence. */
struct form_asked {
	enum encoding encoding; /* ENCODING_UTF16LE: either UTF-16 */
	char delimiter, decimal;
	size_t header, header_last; /* lines; the first and last row of the header */
};

struct form {
	enum encoding encoding;
	char delimiter;
	size_t header, header_last; /* lines; those before are passed over */
	bool returns;               /* lines end with CR alone */
	bool formulas;              /* cells such as ="001" */
	bool spaced;                /* spaces part thousands */
	size_t titles;              /* rows before the header */
	struct figures figures;
	bool plain;
};

/* form_find: the form of a file that begins with `sample`, or is it when `whole`.
 *   asked  NULL: nothing
 *   fails  DIAG_DATA: several delimiters would do; no encoding speaks for itself; both decimal
 *          marks; dates among codes */
bool form_find(struct arena *a, const char *file, struct text sample, bool whole,
	       const struct form_asked *asked, struct form *out, struct diag *why);

/* form_asked_text: the same text for the same form that is given, and another for another. */
struct text form_asked_text(struct arena *a, const struct form_asked *asked);

/* form_tell: a note of what is not plain. */
void form_tell(const char *file, const struct form *f, struct diag *why);

#endif
