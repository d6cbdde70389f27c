/* tally_write.h -- a tally as a binary file, column by column (tally_format).
 *
 * Not here: reading it (tally_file).
 * Uses tally_load, tally_format, xxHash. */
#ifndef SURVEY_TALLY_WRITE_H
#define SURVEY_TALLY_WRITE_H

#include "survey/tally_load.h"

#include <stdio.h>

/* tally_write: a tally whose answers are finished. `order` of parts is that of tally_order.
 * Not by_part, what groups hold stands with the first part of each: a file for tally_cache alone.
 *   returns  false when the file cannot be written, or memory is short */
bool tally_write(struct arena *a, const struct tally *t, const struct tally_about *about,
		 const size_t *order, FILE *out);

#endif
