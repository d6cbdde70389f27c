/* guess.h -- what the name of a column, or the words of its levels, say to someone who has seen
 * other surveys. Only a guess: whoever uses it says so.
 *
 * Names and words are compared folded (text_fold): without case, accents and punctuation.
 *
 * Not here: what the values say (infer).
 * Uses text, translation. */
#ifndef SURVEY_GUESS_H
#define SURVEY_GUESS_H

#include "base/arena.h"
#include "base/span.h"
#include "base/translation.h"

#include <stdbool.h>
#include <stddef.h>

enum guess_role {
	GUESS_NONE,
	GUESS_YEAR,
	GUESS_PROVINCE,
	GUESS_WEIGHT,
	GUESS_STRATUM,
	GUESS_PSU,
	GUESS_FPC,
	GUESS__COUNT
};

/* As design.csv calls them; "" for none. */
extern const char *const guess_role_name[GUESS__COUNT];

/* guess_role: what a column of that name is for.
 *   rank  the lower, the plainer the name: 0 for PSW_psweight */
enum guess_role guess_role(struct arena *a, struct text name, size_t *rank);

enum guess_scale {
	GUESS_WORDS,        /* levels without a known order */
	GUESS_YESNO,        /* yes and no */
	GUESS_LIKERT,       /* agreement, quality; or satisfaction beside words of no answer */
	GUESS_SATISFACTION, /* satisfaction, and nothing else */
};

/* guess_scale: what the words of all n levels are.
 *   satisfied  n of them, set when the scale is GUESS_SATISFACTION: the levels that count */
enum guess_scale guess_scale(struct arena *a, const struct text *words, size_t n, bool *satisfied);

/* guess_no_answer: do the words say that there is no answer ("Don't know", "Từ chối")? */
bool guess_no_answer(struct arena *a, struct text words);

#endif
