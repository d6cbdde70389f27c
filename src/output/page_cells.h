/* page_cells.h -- one item of one year of an explorer page, as JSON.
 *
 * Uses change, spread, narrative, reasons, cJSON. */
#ifndef OUTPUT_PAGE_CELLS_H
#define OUTPUT_PAGE_CELLS_H

#include "output/narrative.h"
#include "result/result.h"

#include <cjson/cJSON.h>

/* One survey of the page. */
struct page_survey {
	struct narrative narrative;
	const struct result *all;       /* ranked, with sets of ranks where there are errors */
	struct text sets[LANG__COUNT];  /* how these were found; empty without */
	struct text notes[LANG__COUNT]; /* what else must be told, such as of merged units */
};

/* Pairs of words that many figures share, each once. */
struct page_pool {
	struct arena *arena;
	size_t n;
	struct phrase *at; /* without keys */
};

/* page_pool_add: the position of the pair; -1 of one that is empty in both languages. */
int page_pool_add(struct page_pool *p, const struct text words[LANG__COUNT]);

/* A year of a survey, while it is written. */
struct page_wave {
	struct arena *arena;
	const struct page_survey *survey;
	const struct wave *wave;
	long from; /* the year before; 0 = none */
	size_t n;  /* units, by code */
	const struct province *const *unit;
	const struct result *families; /* n: change_province of each unit; NULL without errors */
	struct page_pool *reasons;
};

/* page_cells: the columns of an item that the year's table has; NULL when it has no row. */
cJSON *page_cells(const struct page_wave *w, struct text item);

#endif
