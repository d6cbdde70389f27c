/* forest_words.h -- what the chart of groups says in words: title, footer, labels.
 *
 * The title names differences beyond the error only. Hidden numbers are "x" with the number of
 * their reason, doubtful ones have "*"; both are explained in the footer, as are respondents in no
 * group and how the groups are compared.
 *
 * Uses chart_parts and below. */
#ifndef OUTPUT_FOREST_WORDS_H
#define OUTPUT_FOREST_WORDS_H

#include "output/chart_parts.h"

#define FOREST_REASONS 9 /* different reasons that have a number of their own */

struct forest_words {
	struct canvas *canvas;
	const struct breakdown *b;
	const struct result_row *self;
	const struct item *item;
	struct text why[FOREST_REASONS]; /* of hidden numbers, in the reader's language */
	size_t n_why;
	size_t judged, found; /* pairs with a verdict, and with one beyond the error */
	size_t shown;         /* groups with an estimate */
	struct text care;     /* reasons of doubtful ones */
	bool nobody;          /* a group has no answers */
};

/* forest_look: fills in what follows from the breakdown and the province's own row. */
void forest_look(struct forest_words *f);

/* forest_fill: title, subtitle, caption and footer of the chart. */
void forest_fill(struct forest_words *f);

const struct phrases *forest_phrases(const struct forest_words *f);

/* forest_label: a group in the reader's language. forest_value: "82,80", "82,80*", "x²", "–".
 * forest_note: what the differences of a variable come to, for its head. forest_hidden: is the
 * number hidden, other than missing? */
struct text forest_label(const struct forest_words *f, const struct breakdown_variable *v,
			 size_t group);
struct text forest_value(const struct forest_words *f, const struct result_row *row);
struct text forest_note(const struct forest_words *f, const struct breakdown_variable *v);
bool forest_hidden(const struct result_row *row);

#endif
