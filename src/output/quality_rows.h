/* quality_rows.h -- what a file of answers is like, as measures: everything that was counted.
 *
 * Sections: file, columns, levels, missing (by column and province), lacking, ids, equal_rows,
 * straight_lining, pace, weights, design, coverage. Provinces stand by code.
 *
 * Uses quality, measures. */
#ifndef OUTPUT_QUALITY_ROWS_H
#define OUTPUT_QUALITY_ROWS_H

#include "output/measures.h"
#include "survey/quality.h"

/* quality_rows: adds them. */
void quality_rows(const struct quality *q, struct measures *out);

/* quality_block_name: "q1-q9": the first and last column of a block. */
struct text quality_block_name(struct arena *a, const struct quality *q, size_t block);

#endif
