/* tally.h -- sums of a file of answers by group and sampling unit: all that estimates of means,
 * shares, totals, ratios and variances and their errors need.
 *
 * Filled while the file is read; memory grows with units, groups and variables, never
 * with rows (unless every row is a unit). Tallies of parts of a file merge; the order of
 * rows and of parts changes nothing but the last digits.
 *
 * Values of VARIABLE_NUMBER are summed about a shift near them, so that squares of large
 * numbers do not drown their differences.
 *
 * Not here: reading (answers), estimates (estimate).
 * Uses answers. */
#ifndef SURVEY_TALLY_H
#define SURVEY_TALLY_H

#include "survey/answers.h"

/* Sums over the rows of a group with a valid answer; y about the shift. */
struct moments {
	double n, w, ww; /* rows, sum of weights, of squared weights */
	double wy, wyy, wx, wxx, wxy;
	double ones;  /* rows with y = 1, of shares */
	double shift; /* y = value - shift */
};

/* Sums over the rows of one sampling unit; unused ones are 0. */
struct unit_sums {
	double w, wy, wyy, wx;
};

/* A group's part in one sampling unit. */
struct tally_slot {
	size_t cell, leaf;
};

/* Weight, and rows, by level of a VARIABLE_LEVELS variable. */
struct level_sums {
	size_t n;
	double *w, *rows;
};

struct tally {
	struct arena *arena;
	const struct plan *plan;
	const struct answers *answers;
	struct dict *index; /* of slots, by cell and leaf */
	struct tally_slot *slot;
	struct unit_sums *sums;    /* slot by slot, by variable */
	struct level_sums *levels; /* likewise */
	struct moments *moments;   /* cell by cell, by variable */
	struct level_sums *cell_levels;
	double *rows;  /* of each cell, with or without answers */
	bool *shifted; /* by variable: the shift is chosen */
	double *shift;
	size_t n_cells; /* with moments */
	size_t *order;  /* of slots, by cell and frame order; after tally_finish */
	size_t *first;  /* of each cell in `order`, and one behind the last */
};

/* tally_start: an empty tally for a plan. */
void tally_start(struct arena *a, const struct plan *p, const struct answers *from,
		 struct tally *out);

/* tally_add: an answer_fn; sink is a struct tally. */
void tally_add(void *sink, const struct answer *row);

/* tally_merge: adds the sums of another tally of the same plan, whose answers were read apart. */
bool tally_merge(struct tally *into, struct answers *into_answers, const struct tally *from,
		 struct diag *why);

/* tally_finish: orders the slots; behind answers_finish. */
void tally_finish(struct tally *t);

/* tally_slots: the slots of a cell, *n of them: positions in slot[] and sums[], in frame order. */
const size_t *tally_slots(const struct tally *t, size_t cell, size_t *n);

/* tally_moments: of a cell and variable; for VARIABLE_LEVELS of one level as a 0/1 share. */
struct moments tally_moments(const struct tally *t, size_t cell, size_t variable, size_t level);

/* tally_unit: likewise, of a slot. */
struct unit_sums tally_unit(const struct tally *t, size_t slot, size_t variable, size_t level);

#endif
