/* reading.h -- files of answers into a tally.
 *
 * Not here: rows that are kept (answers_read with columns), estimates.
 * Uses decode, answers. */
#ifndef SURVEY_READING_H
#define SURVEY_READING_H

#include "survey/tally.h"

/* reading_tally: starts answers and tally, reads all files of one survey and finishes the answers.
 *   `p->reading` says how; the result does not depend on it. Fast where nothing is unusual
 * (decode), else row by row (answers_read). fails  as answers_read and answers_finish; memory that
 * p->reading does not allow */
bool reading_tally(struct arena *a, struct plan *p, const char *const *file, size_t files,
		   struct answers *out, struct tally *t, struct diag *why);

#endif
