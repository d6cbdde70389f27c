/* straight.h -- the same answer to every question of a block, and long runs of one answer.
 *
 * A block is STRAIGHT_LEAST or more questions that stand one behind another and have the same
 * levels. A row counts in a block when it has at least STRAIGHT_LEAST valid answers there, and is
 * straight when they are all the same. A run is one answer without another between; missing
 * answers neither make nor break it. Memory grows with blocks and places, not with rows.
 *
 * Not here: which questions make a block (quality), what share is doubtful (doubts).
 * Uses arena. */
#ifndef SURVEY_STRAIGHT_H
#define SURVEY_STRAIGHT_H

#include "base/arena.h"

#include <stddef.h>

#define STRAIGHT_LEAST 5

struct straight_count {
	size_t rows, straight;
};

struct straight {
	struct arena *arena;
	size_t n;                  /* questions */
	struct straight_count all; /* of everybody */
	size_t longest;            /* run */
	double runs;               /* sum of the longest run of every row */
	size_t n_places;           /* so far */
	struct straight_count *in; /* by place */
};

void straight_start(struct arena *a, size_t n, struct straight *out);

/* straight_take: the answers of a row to the block: n numbers, NaN = none valid. */
void straight_take(struct straight *s, const double *answer, size_t place);

/* straight_share: straight rows among those that count, from 0 to 1; NaN without any. */
double straight_share(const struct straight_count *c);

#endif
