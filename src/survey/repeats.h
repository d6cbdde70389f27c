/* repeats.h -- rows that share a key: a respondent's id, or all of their answers.
 *
 * Takes about 70 bytes for each different key, and its length.
 *
 * Not here: what makes a key (quality).
 * Uses dict. */
#ifndef SURVEY_REPEATS_H
#define SURVEY_REPEATS_H

#include "base/arena.h"
#include "base/dict.h"
#include "base/span.h"

#include <stddef.h>

struct repeat_row {
	size_t key; /* position among the keys of `keys` */
	size_t line, place;
};

/* A key that several rows have. */
struct repeat_group {
	struct text key;
	size_t first, n; /* of its rows */
	bool across;     /* in more than one place */
};

struct repeat_first;

struct repeats {
	struct arena *arena;
	struct dict *keys;
	struct repeat_first *at; /* by key */
	size_t n_rows;           /* of groups: after repeats_finish by group, then by line */
	struct repeat_row *row;
	size_t n, across;           /* groups; those in more than one place */
	struct repeat_group *group; /* by their first line */
};

void repeats_start(struct arena *a, struct repeats *out);

/* repeats_add: a row; lines ascend. */
void repeats_add(struct repeats *r, struct text key, size_t line, size_t place);

/* repeats_finish: makes the groups; behind the last row. */
void repeats_finish(struct repeats *r);

#endif
