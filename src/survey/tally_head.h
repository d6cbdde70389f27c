/* tally_head.h -- the plan of a tally file, read back, and held against another's.
 *
 * A member that is not known is refused: a file of a later program may mean something else by the
 * rest. Sums of two files can be added when all but their source and the place of their survey's
 * folder is the same.
 *
 * Not here: the sums (tally_load).
 * Uses tally_plan. */
#ifndef SURVEY_TALLY_HEAD_H
#define SURVEY_TALLY_HEAD_H

#include "survey/tally_plan.h"

/* Without margins and questions; the `levels` of a variable are those that its sums are listed by,
 * in their order. */
struct tally_head {
	const char *file;
	struct place at;
	struct plan plan;
	struct tally_about about;
	int *y_places, *x_places; /* of numbers, at least; by variable */
	bool met_known;           /* `met` of the plan's variables is what reading met */
};

/* tally_head_read: from the JSON object.
 *   fails  DIAG_DATA at `at`: no JSON, no such format, another version, a member that is unknown,
 *          missing or of another kind */
bool tally_head_read(struct arena *a, struct text json, struct place at, struct tally_head *out,
		     struct diag *why);

/* tally_head_bind: gives variables and factors the questions of a codebook.
 *   fails  DIAG_DATA: a column that it does not ask about */
bool tally_head_bind(struct tally_head *h, const struct codebook *book, struct diag *why);

/* tally_head_same: may the sums of the two be added?
 *   fails  DIAG_DATA at the second: what it has and what the first has */
bool tally_head_same(struct arena *a, const struct tally_head *first,
		     const struct tally_head *second, struct diag *why);

#endif
