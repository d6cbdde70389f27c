/* cells.h -- groups in order, and their words: what their people have in common.
 *
 * Uses answers, number. */
#ifndef SURVEY_CELLS_H
#define SURVEY_CELLS_H

#include "survey/answers.h"

/* cell_value: the value of factor number `i` of a cell's margin. */
struct text cell_value(const struct plan *p, const struct cell *c, size_t i);

/* cell_words: the domain of a cell: "sex=1;age=2". */
struct text cell_words(struct arena *a, const struct plan *p, const struct cell *c);

/* cells_rank_levels: the rank of each level: those of a codebook in its order, then numbers by
 *   size, then words by the alphabet. */
size_t *cells_rank_levels(struct arena *a, const struct dict *levels, const struct question *q);

/* A group and the ranks of its levels, which its place follows. */
struct placed_cell {
	size_t margin, cell;
	size_t rank[MARGIN_FACTORS];
};

/* cells_in_order: all groups, margin by margin, by the ranks of their levels. */
struct placed_cell *cells_in_order(struct arena *a, const struct plan *p,
				   const struct cells *cells);

#endif
