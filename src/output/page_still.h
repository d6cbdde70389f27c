/* page_still.h -- what an explorer page shows without a script: HTML.
 *
 * Uses change, tables, narrative, page_data. */
#ifndef OUTPUT_PAGE_STILL_H
#define OUTPUT_PAGE_STILL_H

#include "output/page_data.h"

/* page_escape: text as it stands in HTML, within an element or a quoted attribute. */
struct text page_escape(struct arena *a, struct text s);

/* page_still: of the first survey the items of the chosen province that year; without one, or when
 *   the year does not list it, the ranks of all. A sentence and a table, in the language of the
 *   survey's phrases. */
struct text page_still(struct arena *a, const struct page_order *o);

#endif
