/* answers.h -- a file of answers, one row per respondent, decoded row by row.
 *
 * One pass over the file hands every row, decoded and checked, to a sink: a tally, or columns that
 * keep the rows. Nothing above this module sees a missing code: a missing answer is NaN.
 *
 * With a codebook, blank and the listed codes are missing and any other value must be a
 * level or inside the valid range. Without one, blank, "NA" and "." are missing.
 *
 * Not here: totals (tally), what estimates need (estimate).
 * Uses scheme, respondent. */
#ifndef SURVEY_ANSWERS_H
#define SURVEY_ANSWERS_H

#include "survey/scheme.h"

/* answers_start: sets up `out` for the files of one plan. */
void answers_start(struct arena *a, const struct plan *p, struct answers *out);

/* answers_read: one pass over a file; may be called for several files of one survey. Each row
 *   goes to `take`.
 *   fails  as csvin_read; an unknown column; a weight that is missing or not positive; a design
 *          column left blank; text where a number is needed; a value the codebook does not know
 *          (first place and count of each); as frame_add */
bool answers_read(struct arena *a, struct plan *p, const char *file, struct answers *out,
		  answer_fn *take, void *sink, struct diag *why);

/* answers_cells: the groups of a row, one or none (NO_LEVEL) for each margin, from the levels of
 * its factors; new ones are added. */
void answers_cells(struct arena *a, const struct plan *p, struct answers *out, const size_t *level,
		   bool selected, size_t *cell);

/* answers_finish: behind the last file.
 *   fails  as frame_finish; no rows at all; nobody has any level of `counting` (without a
 *          codebook)
 *   warns  nobody has one of several levels of `counting`; no row meets the conditions: the group
 * of everybody is empty */
bool answers_finish(struct plan *p, struct answers *out, struct diag *why);

#endif
