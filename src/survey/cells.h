/* cells.h -- the words of a group: what its people have in common.
 *
 * Uses answers. */
#ifndef SURVEY_CELLS_H
#define SURVEY_CELLS_H

#include "survey/answers.h"

/* cell_value: the value of factor number `i` of a cell's margin. */
struct text cell_value(const struct plan *p, const struct cell *c, size_t i);

/* cell_words: the domain of a cell: "sex=1;age=2". */
struct text cell_words(struct arena *a, const struct plan *p, const struct cell *c);

#endif
