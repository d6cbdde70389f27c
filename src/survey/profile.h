/* profile.h -- what one column of a file holds: values, kinds of missing, lowest and highest.
 *
 * With a question, blank and its listed codes are missing, and what is neither level nor in the
 * range is strange; a column that the codebook lacks has valid and blank cells. Without a codebook
 * "NA" and "." are blank too. The first PROFILE_VALUES different texts are kept with their counts,
 * so a column takes at most about 100 kB, however many rows there are; of a column with more
 * (`many`) those behind are counted without being told apart.
 *
 * Not here: rows (quality), what is doubtful (doubts).
 * Uses codebook, dict, number. */
#ifndef SURVEY_PROFILE_H
#define SURVEY_PROFILE_H

#include "base/arena.h"
#include "base/dict.h"
#include "base/span.h"
#include "survey/codebook.h"

#include <stdbool.h>
#include <stddef.h>

#define PROFILE_VALUES 1000

enum profile_state { PROFILE_BLANK, PROFILE_CODED, PROFILE_STRANGE, PROFILE_VALID };

/* What valid values are; profile_content_name gives the word for machines. */
enum profile_content {
	PROFILE_NOTHING,
	PROFILE_WHOLE,
	PROFILE_NUMBER,
	PROFILE_TEXT,
	PROFILE_CONTENT__COUNT
};

/* A text of the column and what it stands for. */
struct profile_value {
	enum profile_state state;
	size_t code;   /* of PROFILE_CODED: position among the question's missing codes */
	double number; /* of PROFILE_VALID: the number, NaN when it is none */
	size_t level;  /* of PROFILE_VALID with levels: position; else PROFILE_NO_LEVEL */
	size_t order;  /* among the texts of `seen`; PROFILE_VALUES behind them */
	size_t count;
};

#define PROFILE_NO_LEVEL ((size_t)-1)

struct profile {
	struct arena *arena;
	struct text name;
	const struct question *question; /* NULL = the codebook lacks the column */
	bool codebook;                   /* there is one */
	size_t valid, blank, coded, strange;
	size_t *by_code;  /* of the question's missing codes */
	size_t *by_level; /* of its levels */
	double low, high; /* of valid numbers; NaN without any */
	bool words, fractions;
	bool many; /* more than PROFILE_VALUES different texts */
	struct dict *seen;
	struct profile_value *value; /* by text of `seen` */
	size_t single[256];          /* 1 + position in `value` of a text of one byte; 0 = new */
};

/* profile_start: of a column without rows. */
void profile_start(struct arena *a, struct text name, const struct question *q, bool codebook,
		   struct profile *out);

/* profile_take: counts a cell and says what it is.
 *   answer  of a valid one the position of its level, of a column without levels the number, of
 *           words a number that no other of the first PROFILE_VALUES words has; else NaN
 * profile_answer: that, without counting. */
enum profile_state profile_take(struct profile *p, struct text cell, double *answer);
double profile_answer(struct profile *p, struct text cell);

/* profile_missing: blank and coded cells. profile_rows: all cells. */
size_t profile_missing(const struct profile *p);
size_t profile_rows(const struct profile *p);

/* profile_content: what the valid values are. profile_different: how many different valid texts;
 *   of a column with `many` a number that is too low. */
enum profile_content profile_content(const struct profile *p);
const char *profile_content_name(enum profile_content c);
size_t profile_different(const struct profile *p);

#endif
