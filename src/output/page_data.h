/* page_data.h -- the figures of an explorer page, as JSON.
 *
 * Numbers that are shown with decimals are whole numbers of their last digit (44.40 is 4440 in a
 * year of two decimals), rounded as everywhere. What one column of an item holds stands in one
 * array in the order of the year's units, or as one number where all are alike; null is "no
 * number". reports/explore.js tells the names.
 *
 * Not here: the page around them (page).
 * Uses page_cells, peers. */
#ifndef OUTPUT_PAGE_DATA_H
#define OUTPUT_PAGE_DATA_H

#include "base/diag.h"
#include "output/page_cells.h"

struct page_order {
	const struct page_survey *survey;
	size_t n;
	const char *share;
	enum lang lang;       /* that the page opens in */
	struct text province; /* code; empty: none is chosen */
	long year;            /* 0: the last */
	struct text peers;    /* as --peers; empty: the region */
	struct text maker;    /* "hailong 0.1.0" */
};

/* page_json: everything, with every "<" as \u003c, so that it may stand inside <script>.
 *   fails  as peers_choose for names in order->peers; DIAG_FAILED: not enough memory */
bool page_json(struct arena *a, const struct page_order *o, struct text *out, struct diag *why);

#endif
