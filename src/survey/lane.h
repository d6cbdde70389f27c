/* lane.h -- the rows of one thread, decoded into codes, on their way into its tally.
 *
 * The columns of the design and of the groups make a key: rows with the key of the row before
 * belong to the same part of the tally, other keys are looked up. What several threads share
 * (frame, groups, dictionaries of the plan) is looked up by one at a time.
 *
 * Not here: fields of a file into codes (decode).
 * Uses codes, uses, respondent, tally. */
#ifndef SURVEY_LANE_H
#define SURVEY_LANE_H

#include "survey/codes.h"
#include "survey/respondent.h"
#include "survey/tally.h"
#include "survey/uses.h"

struct column {
	struct codes table; /* of its use, when it has just one, with codes; else an empty one */
	uint16_t *code;     /* where its code goes */
	const struct use *use;
	bool key, weight; /* its use is to be part of the key, or the weight, and no other */
};

/* A number that a text stands for. */
struct number {
	double value;
	struct decimal exact;
};

/* A text that no table knows, kept until the row is whole. */
struct pending {
	const struct use *use;
	size_t at, n; /* in the lane's `texts` */
};

/* What the columns of the design and the groups say, looked up. */
struct profile {
	bool elsewhere; /* of another year */
	size_t leaf, *level;
	size_t part[2]; /* of rows that do not meet the conditions, and that do; SIZE_MAX */
};

struct bytes {
	char *at;
	size_t n, size;
};

/* A row whose key was just met, while memory comes: see lane.c. */
struct waiting {
	struct bytes key;
	uint64_t hash;
	size_t profile;
	uint16_t *code;
	struct decimal weight;
};

#define LANE_WAITING 4

/* What one thread knows. */
struct lane {
	struct column *next; /* of the next field */
	struct column *column, *end;
	size_t columns;
	uint16_t *code; /* by use: y of variables, x of variables, conditions, nothing */
	bool stop, full;
	/* the row so far */
	struct bytes key, texts;
	struct decimal weight;
	size_t n_pending;
	/* what was met so far */
	struct arena own, parts, records; /* of the lane, of its tally, of the sums, which stay */
	struct respondent *r;             /* shared: see look_up */
	struct tally tally;
	struct codes **table;   /* by use */
	struct number **number; /* by use, then code */
	size_t *n_numbers;
	struct pending *pending;
	size_t *cell, most_memory;
	struct dict *profiles;
	struct profile *profile;
	struct bytes last; /* the key of the row before, */
	size_t here;       /* and its profile, when it is known */
	struct waiting waiting[LANE_WAITING + 1];
	size_t n_waited; /* so far */
	size_t codes;
	struct text *field; /* a row of key columns */
	size_t n_keys;
	const size_t *key_column;
	struct decimal *exact_y, *exact_x;
	struct diag why;
};

/* lane_grow: makes room for `more` bytes. lane_room: the same, and takes them. */
void lane_grow(struct lane *l, struct bytes *b, size_t more);
static inline void *lane_room(struct lane *l, struct bytes *b, size_t more)
{
	if (b->n + more > b->size)
		lane_grow(l, b, more);
	b->n += more;
	return b->at + b->n - more;
}

/* lane_start: for a row of a header.
 *   most_memory  bytes that its tally may take; 0 = any */
void lane_start(struct lane *l, const struct uses *u, struct respondent *r, const struct tally *t,
		size_t most_memory);

/* lane_row: the row is whole. lane_drain: behind the last row.
 *   return  false at anything unusual */
bool lane_row(struct lane *l);
bool lane_drain(struct lane *l);

#endif
