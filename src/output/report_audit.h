/* report_audit.h -- what a report writes down of its numbers, from the first to the last page.
 *
 * A book is opened before anything of it is made, and closed when its document is whole: until
 * then the numbers in its text are marked.
 *
 * Uses audit and below. */
#ifndef OUTPUT_REPORT_AUDIT_H
#define OUTPUT_REPORT_AUDIT_H

#include "output/audit.h"

/* report_audit_open: the book with a ledger in all its narratives. */
struct report_book report_audit_open(struct arena *a, const struct report_book *b,
				     struct ledger *ledger);

/* report_audit_close: takes the marks out of the document and tells of every number.
 *   sums  of input files; shared by several reports
 *   csv   gets the audit
 *   fails as outfile_read, of the templates in share/reports */
bool report_audit_close(struct arena *a, const struct report_book *b, const char *share,
			struct digests *sums, struct text *document, struct text *csv,
			struct diag *why);

#endif
