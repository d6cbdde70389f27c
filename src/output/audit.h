/* audit.h -- every number that a document prints: where it stands, what it is, whence it comes.
 *
 * One row for each number, in the order of the document; the columns are audit_columns. Numbers
 * that the ledger knows come with their row; of the others (years, codes, labels, numbers in names,
 * documents, phrases, the template, the words of a figure) the file is told where it is known.
 * `value` is before rounding, without the sign that a word carries; `file` is below the share
 * folder, or as it was named; `sha256` is that file's.
 *
 * Not here: reading it back (audit_doc, cmd_audit).
 * Uses printed, audit_known, digest and below. */
#ifndef OUTPUT_AUDIT_H
#define OUTPUT_AUDIT_H

#include "base/digest.h"
#include "output/audit_known.h"
#include "output/printed.h"

enum audit_column {
	AUDIT_NUMBER, /* 1, 2, ... */
	AUDIT_TEXT,   /* as printed */
	AUDIT_VALUE,  /* 17 digits */
	AUDIT_KIND,   /* measure_name; year, code, label, text, figure */
	AUDIT_UNIT,   /* points, percent, percentage_points, rank, places, units */
	AUDIT_SECTION,
	AUDIT_PLACE, /* meta, heading, paragraph, list, table, caption, note, alt */
	AUDIT_NAME,  /* "Bảng 3" */
	AUDIT_ID,    /* "tbl:peers" */
	AUDIT_ROW,
	AUDIT_COLUMN,
	AUDIT_PARAGRAPH, /* its number in the section */
	AUDIT_WORDS,     /* that stand around it */
	AUDIT_SURVEY,
	AUDIT_YEAR,
	AUDIT_YEAR_FROM, /* of a change: the earlier year */
	AUDIT_PROVINCE,
	AUDIT_ITEM,
	AUDIT_DOMAIN,
	AUDIT_STAT,
	AUDIT_N,
	AUDIT_METHOD,
	AUDIT_FILE,
	AUDIT_LINE,
	AUDIT_SHA256,
	AUDIT__COUNT
};

extern const char *const audit_columns[AUDIT__COUNT];

struct audit_order {
	const struct ledger *ledger;
	const struct known *known;
	const char *share;    /* paths are told below it */
	struct digests *sums; /* of input files */
	enum lang lang;       /* of the document */
};

/* audit_csv: the rows as a CSV file. */
struct text audit_csv(struct arena *a, const struct audit_order *o,
		      const struct printed_list *numbers);

#endif
