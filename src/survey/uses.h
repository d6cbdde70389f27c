/* uses.h -- what the columns of a file of answers are for, by a plan.
 *
 * Uses respondent. */
#ifndef SURVEY_USES_H
#define SURVEY_USES_H

#include "survey/respondent.h"

enum use_kind { USE_Y, USE_X, USE_WHERE, USE_WEIGHT, USE_KEY };

/* What a column is for; it may be for several things. */
struct use {
	enum use_kind kind;
	size_t which; /* variable or condition */
	size_t code;  /* where its code stands */
	struct use *next;
};

struct uses {
	struct arena *arena;
	size_t columns, codes; /* the last code is nobody's */
	struct use **first;    /* by column */
	size_t n_keys, *key_column;
};

/* uses_find: of a file with so many columns, whose header was read. */
void uses_find(struct arena *a, const struct respondent *r, size_t columns, struct uses *out);

#endif
