/* tally_rows.h -- rows of answers into a tally, one by one.
 *
 * Not here: rows that were decoded into codes already (decode).
 * Uses tally. */
#ifndef SURVEY_TALLY_ROWS_H
#define SURVEY_TALLY_ROWS_H

#include "survey/tally.h"

/* tally_add: an answer_fn; sink is a struct tally. */
void tally_add(void *sink, const struct answer *row);

#endif
