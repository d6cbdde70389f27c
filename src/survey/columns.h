/* columns.h -- the rows of a file of answers, kept: for what needs them one by one.
 *
 * Quantiles, calibration and replicate weights need every row; nothing else asks for
 * columns. Arrays are row by row: y[row * n_variables + variable], and so on.
 *
 * Not here: sums (tally), reading (answers).
 * Uses answers. */
#ifndef SURVEY_COLUMNS_H
#define SURVEY_COLUMNS_H

#include "survey/answers.h"

struct columns {
	struct arena *arena;
	const struct plan *plan;
	size_t n;
	double *weight;
	size_t *leaf;
	bool *selected;
	double *y, *x;  /* NaN = missing; of VARIABLE_LEVELS the index of the level */
	size_t *factor; /* level; NO_LEVEL = missing */
	size_t *cell;   /* by margin; NO_LEVEL = in none */
	double *number;
};

/* columns_start: no rows yet. */
void columns_start(struct arena *a, const struct plan *p, struct columns *out);

/* columns_add: an answer_fn; sink is a struct columns. */
void columns_add(void *sink, const struct answer *row);

/* columns_by_cell: the rows of every group, in file order: row[first[c]] .. row[first[c + 1] - 1]
 * are those of cell c; a row is in one cell of every margin. cells  number of cells */
void columns_by_cell(struct arena *a, const struct columns *c, size_t cells, size_t **first,
		     size_t **row);

/* columns_value, columns_over: y and x of a row and variable. */
double columns_value(const struct columns *c, size_t row, size_t variable);
double columns_over(const struct columns *c, size_t row, size_t variable);

#endif
