/* index_words.h -- a composite index of a table for people: units by rank, and how it was made.
 *
 * Uses index_table, load. */
#ifndef CMD_INDEX_WORDS_H
#define CMD_INDEX_WORDS_H

#include "cmd/index_table.h"
#include "output/narrative.h"
#include "output/sheet.h"

/* index_words_sheet: year, rank, unit, index; a mark where the index has a remark; with rows of
 *   index_robust the ranks over the draws. */
void index_words_sheet(const struct narrative *n, const struct result *r, struct sheet *out);

/* index_words_say: the remarks; method, weights, bounds; outlying values and what became of them;
 *   Cronbach's alpha; with --weights pca the first component.
 *   robust  words of index_robust; empty = not asked */
void index_words_say(struct session *s, const struct composite *c, const struct result *r,
		     struct text robust);

#endif
