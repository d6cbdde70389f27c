/* decode.h -- a large file of answers into a tally, fast.
 *
 * Fields come from csvscan. Of every column only what the plan asks is looked at. A short text is
 * turned into a code by a table that knows what was met before; a new one, and whole rows, are left
 * to lane.
 *
 * Anything unusual ends it: a problem in the file, a guess of csvscan that was wrong, a number
 * with too many digits for exact sums. answers_read then says what is wrong, or does the work.
 *
 * Not here: which of the two reads a file (reading).
 * Uses csvscan, lane. */
#ifndef SURVEY_DECODE_H
#define SURVEY_DECODE_H

#include "survey/tally.h"

enum decoded {
	DECODE_DONE,
	DECODE_UNSURE, /* something unusual */
	DECODE_FULL,   /* more memory is needed than plan->reading allows */
};

/* decode_read: adds a file to answers and tally, both of which mean nothing unless it is done; nor
 *   do the plan's dictionaries. Places in answers (`at`) have no line. */
enum decoded decode_read(struct arena *a, struct plan *p, const char *file, size_t lanes,
			 struct answers *out, struct tally *t);

#endif
