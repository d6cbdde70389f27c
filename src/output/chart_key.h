/* chart_key.h -- the key above a plot: signs with words behind them, in as many lines as they need.
 *
 * Uses chart_base and below. */
#ifndef OUTPUT_CHART_KEY_H
#define OUTPUT_CHART_KEY_H

#include "output/chart_base.h"

#define KEY_MOST 8

struct key {
	struct {
		double kind; /* which sign the script draws */
		struct text words;
		double x; /* mm from the left border */
		size_t line;
	} at[KEY_MOST];
	size_t n, lines;
	double width, end; /* mm: of the page, and of what stands in the last line */
};

/* key_open: an empty key for a page so wide. key_add: one more sign, behind the last or in a new
 * line; one wider than the page is cut. key_height: mm of all lines. */
void key_open(const struct canvas *c, struct key *key, double width);
void key_add(const struct canvas *c, struct key *key, double kind, struct text words);
double key_height(const struct canvas *c, const struct key *key);

/* key_write: the key "key_lines" and the block "key". */
void key_write(struct canvas *c, const struct key *key);

#endif
