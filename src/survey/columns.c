#include "survey/columns.h"

#include <string.h>

void columns_start(struct arena *a, const struct plan *p, struct columns *out)
{
	*out = (struct columns){.arena = a, .plan = p};
}

/* Appends `width` elements behind those of the rows so far. */
static void *append(struct columns *c, void *array, size_t width, const void *from, size_t size)
{
	char *grown;

	if (width == 0)
		return array;
	grown = arena_grow(c->arena, array, c->n, width * size);
	memcpy(grown + c->n * width * size, from, width * size);
	return grown;
}

void columns_add(void *sink, const struct answer *row)
{
	struct columns *c = sink;
	const struct plan *p = c->plan;

	c->weight = append(c, c->weight, 1, &row->weight, sizeof *c->weight);
	c->leaf = append(c, c->leaf, 1, &row->leaf, sizeof *c->leaf);
	c->selected = append(c, c->selected, 1, &row->selected, sizeof *c->selected);
	c->y = append(c, c->y, p->n_variables, row->y, sizeof *c->y);
	c->x = append(c, c->x, p->n_variables, row->x, sizeof *c->x);
	c->factor = append(c, c->factor, p->n_factors, row->factor, sizeof *c->factor);
	c->cell = append(c, c->cell, p->n_margins, row->cell, sizeof *c->cell);
	c->number = append(c, c->number, p->n_numbers, row->number, sizeof *c->number);
	c->n++;
}

void columns_by_cell(struct arena *a, const struct columns *c, size_t cells, size_t **first,
		     size_t **row)
{
	size_t margins = c->plan->n_margins, all = c->n * margins;
	size_t *next = arena_new(a, cells + 1, sizeof *next);

	*first = arena_new(a, cells + 1, sizeof **first);
	*row = arena_new(a, all, sizeof **row);
	for (size_t i = 0; i < all; i++)
		if (c->cell[i] != NO_LEVEL)
			(*first)[c->cell[i] + 1]++;
	for (size_t i = 0; i < cells; i++)
		(*first)[i + 1] += (*first)[i];
	memcpy(next, *first, cells * sizeof *next);
	for (size_t i = 0; i < all; i++)
		if (c->cell[i] != NO_LEVEL)
			(*row)[next[c->cell[i]]++] = i / margins;
}

double columns_value(const struct columns *c, size_t row, size_t variable)
{
	return c->y[row * c->plan->n_variables + variable];
}

double columns_over(const struct columns *c, size_t row, size_t variable)
{
	return c->x[row * c->plan->n_variables + variable];
}
