/* tally.h -- sums of answers by group and sampling unit: all that estimates of means, shares,
 * totals, ratios and variances and their errors need.
 *
 * The rows of one sampling unit that have the same levels of all factors are a part. Filled
 * while a file is read, or part by part from a tally file or a database; memory grows with
 * parts and variables, never with rows (unless every row is a unit): 16 bytes for each part
 * and share, 8 for each level, 48 or 64 for a number or pair, and 32 and more for each group
 * (levels of all factors) and variable; of every part where the plan says by_part.
 *
 * The order of rows, files, threads and parts changes nothing at all while sums are exact (sums).
 *
 * Not here: reading answers (reading), what estimates take from it (slots).
 * Uses tally_place, shares, sums. */
#ifndef SURVEY_TALLY_H
#define SURVEY_TALLY_H

#include "survey/tally_place.h"

/* A group's part in one sampling unit: some parts of the tally. */
struct tally_slot {
	size_t cell, leaf;
	size_t first, n; /* in member[] */
};

/* A part as it is written and read back. */
struct tally_part {
	size_t leaf;
	const size_t *level; /* by factor; NO_LEVEL = missing */
	bool selected;       /* meets the conditions; else only its leaf counts */
	uint64_t rows;
	bool exact;
	struct total w, ww; /* of all its rows */
};

struct tally {
	struct arena *arena, *records; /* records: of the sums */
	const struct plan *plan;
	struct answers *answers;
	struct sums sums;
	bool lacking;        /* records are as shares_add leaves them */
	struct dict *groups; /* by levels */
	struct tally_group *group;
	size_t n_parts;
	struct tally_place *part;
	struct dict *index; /* of parts by group and leaf; empty while no leaf came again behind a
			       later one: then a part is among the last, or new */
	size_t *key;        /* room for one */
	struct decimal *row_y, *row_x, *exact_y, *exact_x; /* of the row at work; scaled */
	uint16_t *code;
	/* after tally_finish (slots) */
	size_t n_cells, n_slots;
	double *rows; /* of each cell, with or without answers */
	uint64_t **cell_unit, **cell_group;
	int128 *about; /* exact numbers: the shift, scaled */
	struct tally_slot *slot;
	size_t *member, *order; /* parts of slots; slots, by cell and frame order */
	size_t *first;          /* of each cell in `order`, and one behind the last */
};

/* tally_start: an empty tally for a plan. */
void tally_start(struct arena *a, const struct plan *p, struct answers *from, struct tally *out);

/* tally_find: the part of a leaf, levels and cells; new when it was not there. */
size_t tally_find(struct tally *t, size_t leaf, const size_t *level, bool selected,
		  const size_t *cell);

/* tally_put: a row into a part.
 *   row     exact_y and exact_x are not looked at; code has shares_room
 *   weight  the exact one; y, x  exact numbers by variable, or NULL when there are none
 *   returns false, with nothing added, when the row has too many digits for exact sums */
bool tally_put(struct tally *t, size_t part, struct sums_row *row, struct decimal weight,
	       const struct decimal *y, const struct decimal *x);

/* tally_settle: rows of shares are added by what they lack (shares): from here on records are as
 *   sums has them. Before parts are read or written; tally_count and tally_join do so themselves.
 */
void tally_settle(struct tally *t);

/* tally_loosen: from here on sums are doubles. */
void tally_loosen(struct tally *t);

/* tally_lane: an empty tally of the same plan and answers, for another thread: its sums are in
 *   `sums`, the rest in `own`. tally_join: adds its parts, and takes over `sums`; `own` is no
 * longer needed. Both exact. */
void tally_lane(struct arena *own, struct arena *sums, const struct tally *t, struct tally *out);
void tally_join(struct tally *into, struct tally *lane);

/* tally_full: does it take more than so many bytes (0 = any), with what else is in its arenas? */
bool tally_full(const struct tally *t, size_t bytes);

/* tally_mean: of the numbers of a variable of an exact tally, scaled and rounded; 0 without any. */
int128 tally_mean(const struct tally *t, size_t variable);

/* tally_count: tells the answers how many rows and what weights were added. Behind the last row,
 *   before answers_finish.
 *   returns  false when exact sums have overflowed */
bool tally_count(struct tally *t);

/* tally_parts, tally_part, tally_part_sums: the parts, in the order in which they came. n, ones,
 * ww, wxx, wxy and rows are there by_part only. */
size_t tally_parts(const struct tally *t);
struct tally_part tally_part(const struct tally *t, size_t part);
struct part_sums tally_part_sums(const struct tally *t, size_t part, size_t variable, size_t level);

/* tally_add_part: adds rows and weights, not yet answers, to the part of the same leaf and levels;
 *   gives its number. tally_add_sums: answers (sums_put). Exact sums are scaled as needed; what has
 *   too many digits makes the tally inexact. */
size_t tally_add_part(struct tally *t, const struct tally_part *p);
void tally_add_sums(struct tally *t, size_t part, size_t variable, size_t level,
		    const struct part_sums *s);

#endif
