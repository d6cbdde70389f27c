/* weights.h -- how the weights of a file are spread.
 *
 * Takes 8 bytes for each row.
 *
 * Not here: what weights are for (estimates), which rows they belong to.
 * Uses arena, number. */
#ifndef SURVEY_WEIGHTS_H
#define SURVEY_WEIGHTS_H

#include "base/arena.h"
#include "base/span.h"

#include <stddef.h>

struct weights {
	struct arena *arena;
	size_t n;                             /* above 0 */
	size_t blank, words, zeros, negative; /* refused elsewhere, with their place */
	double *at;                           /* after weights_finish ascending */
	double sum, least, median, most;      /* NaN without any, but the sum */
	double ratio;                         /* most over least */
	double kish;                          /* 1 + cv^2 = n sum w^2 / (sum w)^2 (Kish 1965) */
	double share;                         /* of one row in the sum, at most */
};

void weights_start(struct arena *a, struct weights *out);

/* weights_take: a cell; the weight is 0 when it is none above 0. */
double weights_take(struct weights *w, struct text cell);

/* weights_finish: behind the last row. */
void weights_finish(struct weights *w);

#endif
