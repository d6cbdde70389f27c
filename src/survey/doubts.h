/* doubts.h -- what is right in form and doubtful in content: warnings with what to do.
 *
 * The limits are ours: where a survey of households or users of services, well done, seldom comes.
 * A third of the median duration, below which an interview is fast, is common practice with
 * questionnaires that people fill in themselves; no standard names it.
 *
 * Uses quality. */
#ifndef SURVEY_DOUBTS_H
#define SURVEY_DOUBTS_H

#include "survey/quality.h"

#define DOUBT_MISSING 0.20      /* of a question's answers */
#define DOUBT_SAME 0.005        /* of rows with equals: in large files some come by chance */
#define DOUBT_STRAIGHT 0.20     /* of a block's rows */
#define DOUBT_PLACE_ROWS 20     /* of a province's rows at least, for its own share to count */
#define DOUBT_FAST 0.05         /* of interviews */
#define DOUBT_WEIGHT_RATIO 30.0 /* highest weight over the lowest, in one province */
#define DOUBT_WEIGHT_ROW 0.05   /* of the sum of weights in one row, */
#define DOUBT_WEIGHT_ROWS 100   /* of so many rows at least */

/* doubts_tell: adds the warnings; two spellings of one province as a note. */
void doubts_tell(struct arena *a, const struct quality *q, struct diag *why);

#endif
