/* slots.h -- what estimates take from a tally: sums of groups, and of their sampling units.
 *
 * A cell is a group that the plan asks for; a slot is what a cell has in one leaf of the frame.
 * Exact sums become doubles here, of numbers after their mean was taken off.
 *
 * Uses tally. */
#ifndef SURVEY_SLOTS_H
#define SURVEY_SLOTS_H

#include "survey/tally.h"

/* Sums over the rows of a group with a valid answer; y about the shift. */
struct moments {
	double n, w, ww; /* rows, sum of weights, of squared weights */
	double wy, wyy, wx, wxx, wxy;
	double ones;  /* rows with y = 1, of shares; of levels those of the level */
	double shift; /* y = value - shift */
};

/* Sums over the rows of one sampling unit; unused ones are 0. */
struct unit_sums {
	double w, wy, wyy, wx;
};

/* tally_finish: makes cells and slots; behind answers_finish. */
void tally_finish(struct tally *t);

/* tally_slots: the slots of a cell, *n of them: positions in slot[], in frame order. */
const size_t *tally_slots(const struct tally *t, size_t cell, size_t *n);

/* tally_moments: of a cell and variable; for VARIABLE_LEVELS of one level as a 0/1 share. */
struct moments tally_moments(const struct tally *t, size_t cell, size_t variable, size_t level);

/* tally_unit: likewise, of a slot. */
struct unit_sums tally_unit(const struct tally *t, size_t slot, size_t variable, size_t level);

/* tally_units: tally_unit of `n` variables from `variable` on, each at level 0. */
void tally_units(const struct tally *t, size_t slot, size_t variable, size_t n,
		 struct unit_sums *out);

#endif
