/* page.h -- one HTML page to explore surveys in: provinces, years, items, peers, both languages.
 *
 * The page is one file without a server: style, script and figures are in it, and its
 * Content-Security-Policy allows these and nothing else. What the script shows (values with the
 * decimals of their year, ranks, groups, changes, verdicts, intervals, who is near whom) was
 * computed here; it computes no figure of its own. Without a script a table of the chosen province
 * stands there. The files are reports/explore.html, .css and .js.
 *
 * Not here: pictures (chart), the annual report (report).
 * Uses page_data, page_still, page_policy, template and below. */
#ifndef OUTPUT_PAGE_H
#define OUTPUT_PAGE_H

#include "base/diag.h"
#include "output/page_data.h"

/* page_whole: the whole page.
 *   fails  DIAG_DATA: a file of reports/ is missing or has a hole that nothing fills; DIAG_USAGE as
 *          peers_choose for order->peers */
bool page_whole(struct arena *a, const struct page_order *o, struct text *out, struct diag *why);

#define PAGE_PROVINCE "data-province=\"\""

/* page_fragment: the same as a part of another HTML page: one <section> with its style, data and
 *   script, without a table for readers without script. Every id begins with "hx-"; nothing of the
 *   page around it is touched, but a #hash that names a province of the explorer.
 *   PAGE_PROVINCE in it takes the code of the province that it opens with when order->province is
 *   empty: one fragment serves the reports of all provinces. */
bool page_fragment(struct arena *a, const struct page_order *o, struct text *out, struct diag *why);

/* page_write: the page as a file; only when it is whole the folder is made.
 *   folder  made when missing; NULL: it is there
 *   fails   as page_whole, outfile_folder and outfile_write */
bool page_write(struct arena *a, const struct page_order *o, const char *folder, const char *path,
		bool force, struct diag *why);

#endif
