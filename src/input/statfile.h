/* statfile.h -- files of Stata (.dta), SPSS (.sav, .zsav, .por) and SAS (.sas7bdat), through
 * ReadStat.
 *
 * What a file is its first bytes say; a name that says something else is refused, since one of the
 * two is a mistake. Rows come as texts, as csvin gives those of a CSV file: numbers with the
 * fewest of at most 17 digits that read back to the same double, dates as 2025-06-30 (with a time
 * of day as 2025-06-30T08:15:00), texts as they are. A value that the file declares missing, of
 * whatever kind, is blank; or, where codes are asked for, what it is called: ".a" of Stata and
 * SAS, the number of SPSS. What the file's software calls missing without a kind is always blank.
 *
 * Places: the line is the observation's number + 1, as if the file had been saved as CSV; the
 * column is the number of the variable.
 *
 * Text is UTF-8. Stata before version 14 does not tell the encoding of its text: it is UTF-8 when
 * all of it is, else Windows-1252, which is told.
 *
 * Not here: what a column means, how labels become a codebook (draft).
 * Uses span, diag, arena, number, text, form. */
#ifndef INPUT_STATFILE_H
#define INPUT_STATFILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/form.h"

#include <stdbool.h>
#include <stddef.h>

struct statfile_options {
	bool codes;           /* codes of missing answers stay */
	const char *encoding; /* of the file's text, as iconv calls it; NULL = as the file says */
};

/* statfile_asked: what is asked of a CSV (NULL: nothing), for a statistical file.
 *   fails  DIAG_USAGE: anything but the encodings UTF-8 and Windows-1258 */
bool statfile_asked(const char *file, const struct form_asked *asked, struct statfile_options *o,
		    struct diag *why);

/* statfile_is: do the first bytes, or the name, say that it is a statistical file? */
bool statfile_is(const char *file);

/* statfile_row_fn: one call for each row, the names of the variables first.
 *   line     1 for the names, 2 for the first observation
 *   field    `fields` of them, borrowed
 *   returns  false to stop reading */
typedef bool statfile_row_fn(void *context, size_t line, const struct text *field, size_t fields,
			     struct diag *why);

/* statfile_read: calls `take` for every row.
 *   fails    DIAG_DATA: cannot be read, not what its name says, cut short or damaged, text that is
 *            not in its encoding, a number without end, a date outside the years 1 to 9999; what
 *            `take` refused */
bool statfile_read(const char *file, struct statfile_options o, statfile_row_fn *take,
		   void *context, struct diag *why);

/* One labelled value; `value` as a cell of it reads. */
struct statfile_label {
	struct text value, words;
	double number; /* NaN of a text and of a missing code such as ".a" */
};

/* Values declared missing: those from `low` to `high`, or one text. */
struct statfile_range {
	double low, high;
	struct text word;
};

struct statfile_variable {
	struct text name, label; /* label "" = none */
	bool is_text, is_date;
	size_t n_labels, n_missing;
	const struct statfile_label *value; /* in the order of the file */
	struct statfile_range *missing;
	struct text set; /* name of its value labels; "" = none */
};

struct statfile {
	const char *kind;  /* "Stata", "SPSS", "SAS" */
	struct text title; /* the file's own label; "" = none */
	size_t n;
	struct statfile_variable *at; /* in the order of the file */
};

/* statfile_describe: what the file says of its variables.
 *   fails  as statfile_read
 *   warns  of value labels that a variable names and the file has not */
bool statfile_describe(struct arena *a, const char *file, struct statfile_options o,
		       struct statfile *out, struct diag *why);

#endif
