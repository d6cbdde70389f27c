/* guess.h -- what the name of a column, or the words of its levels, say to someone who has seen
 * other surveys. Only a guess: whoever uses it says so.
 *
 * What is known stands in share/surveys/guesses/guesses.csv. Names and words are compared by their
 * text_key: without case, accents, spaces and punctuation.
 *
 * Not here: what the values say (infer).
 * Uses catalog, table and below. */
#ifndef SURVEY_GUESS_H
#define SURVEY_GUESS_H

#include "base/arena.h"
#include "base/diag.h"
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
	GUESS__DESIGN, /* those above are roles of design.csv */
	GUESS_RESPONDENT = GUESS__DESIGN,
	GUESS_START, /* of the interview */
	GUESS_END,
	GUESS_DURATION,
	GUESS__COUNT
};

/* As design.csv and guesses.csv call them; "" for none. */
extern const char *const guess_role_name[GUESS__COUNT];

/* Rows of guesses.csv: what they are about, and what the word means there. */
struct guess_word;

struct guesses {
	size_t n;
	const struct guess_word *at;
};

/* guesses_read: share/surveys/guesses/guesses.csv.
 *   fails  as table_read; a word that is blank, stands twice, or has a meaning that is not known; a
 *          code that is no whole number */
bool guesses_read(struct arena *a, const char *share, struct guesses *out, struct diag *why);

/* guess_role: what a column of that name is for.
 *   rank  the lower, the plainer the name: 0 for PSW_psweight. A start and an end of one rank are
 *         a pair. Undefined for GUESS_NONE */
enum guess_role guess_role(struct arena *a, const struct guesses *g, struct text name,
			   size_t *rank);

/* guess_ranks: how many names have that role; ranks are below it. */
size_t guess_ranks(const struct guesses *g, enum guess_role role);

enum guess_scale {
	GUESS_WORDS,        /* levels without a known order */
	GUESS_YESNO,        /* yes and no */
	GUESS_LIKERT,       /* agreement, quality; or satisfaction beside words of no answer */
	GUESS_SATISFACTION, /* satisfaction, and nothing else */
};

/* guess_scale: what the words of all n levels are.
 *   satisfied  n of them, set when the scale is GUESS_SATISFACTION: the levels that count */
enum guess_scale guess_scale(struct arena *a, const struct guesses *g, const struct text *words,
			     size_t n, bool *satisfied);

/* guess_no_answer: do the words say that there is no answer ("Don't know", "Từ chối")? */
bool guess_no_answer(struct arena *a, const struct guesses *g, struct text words);

/* guess_missing_code: is it a number that questionnaires use for no answer (98)? */
bool guess_missing_code(const struct guesses *g, double value);

#endif
