/* workbook.h -- the annual report's figures as a workbook (.xlsx), with charts that the reader's
 * program draws.
 *
 * Pages: an overview of all indices; for every survey the index, all provinces, all years of the
 * total, the changes of every item, the peers, lost points (where they are known), charts; and a
 * data dictionary. What the pages hold is told in workbook_parts.h.
 *
 * Uses workbook_parts and below. */
#ifndef OUTPUT_WORKBOOK_H
#define OUTPUT_WORKBOOK_H

#include "base/diag.h"
#include "output/report_parts.h"

/* workbook_write: the file is written where nobody sees it before it is whole (a work folder).
 *   Surveys that are missing have a row in the overview, which says so, and no pages.
 *   fails  DIAG_FAILED: cannot be written whole; there is no file then */
bool workbook_write(struct arena *a, const struct report_book *b, const char *file,
		    struct diag *why);

#endif
