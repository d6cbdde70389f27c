/* reading.h -- a file of answers into a tally.
 *
 * Not here: rows that are kept (answers_read with columns), estimates.
 * Uses tally. */
#ifndef SURVEY_READING_H
#define SURVEY_READING_H

#include "survey/tally.h"

/* tally_read: one pass over a file; may be called for several files of one survey. `plan->reading`
 *   says how; the result does not depend on it.
 *   fails  as answers_read */
bool tally_read(struct arena *a, struct plan *p, const char *file, struct answers *out,
		struct tally *t, struct diag *why);

#endif
