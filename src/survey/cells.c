#include "survey/cells.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>

struct text cell_value(const struct plan *p, const struct cell *c, size_t i)
{
	return p->factor[p->margin[c->margin].factor[i]].levels->entry[c->level[i]].name;
}

struct text cell_words(struct arena *a, const struct plan *p, const struct cell *c)
{
	const struct margin *m = &p->margin[c->margin];
	struct text s = {"", 0};

	for (size_t i = 0; i < m->n; i++)
		if (!p->province_first || m->factor[i] != 0)
			s = arena_format(a, "%.*s%s%.*s=%.*s", SPAN_ARG(s), s.n ? ";" : "",
					 SPAN_ARG(p->factor[m->factor[i]].column),
					 SPAN_ARG(cell_value(p, c, i)));
	return s;
}

struct place_of_level {
	struct text name;
	double number; /* NaN sorts behind numbers */
	size_t level;
};

static int by_name(const void *a, const void *b)
{
	const struct place_of_level *l = a, *m = b;

	if (!isnan(l->number) && !isnan(m->number))
		return (l->number > m->number) - (l->number < m->number);
	if (isnan(l->number) != isnan(m->number))
		return isnan(l->number) ? 1 : -1;
	return span_compare(l->name, m->name);
}

size_t *cells_rank_levels(struct arena *a, const struct dict *levels, const struct question *q)
{
	size_t *rank = arena_new(a, levels->n, sizeof *rank);
	struct place_of_level *at = arena_new(a, levels->n, sizeof *at);

	for (size_t i = 0; i < levels->n; i++) {
		const struct level *known = q ? question_level(q, levels->entry[i].name) : NULL;

		at[i] = (struct place_of_level){levels->entry[i].name, NAN, i};
		if (known)
			at[i].number = (double)(known - q->level);
		else if (!number_parse(at[i].name, &at[i].number))
			at[i].number = NAN;
	}
	qsort(at, levels->n, sizeof *at, by_name);
	for (size_t i = 0; i < levels->n; i++)
		rank[at[i].level] = i;
	return rank;
}

static int by_place(const void *a, const void *b)
{
	const struct placed_cell *c = a, *d = b;

	if (c->margin != d->margin)
		return c->margin < d->margin ? -1 : 1;
	for (size_t i = 0; i < MARGIN_FACTORS; i++)
		if (c->rank[i] != d->rank[i])
			return c->rank[i] < d->rank[i] ? -1 : 1;
	return 0;
}

struct placed_cell *cells_in_order(struct arena *a, const struct plan *p, const struct cells *cells)
{
	size_t n = cells->index->n, **rank = arena_new(a, p->n_factors, sizeof *rank);
	struct placed_cell *order = arena_new(a, n, sizeof *order);

	for (size_t f = 0; f < p->n_factors; f++)
		rank[f] = cells_rank_levels(a, p->factor[f].levels, p->factor[f].question);
	for (size_t c = 0; c < n; c++) {
		const struct cell *cell = &cells->at[c];
		const struct margin *m = &p->margin[cell->margin];

		order[c] = (struct placed_cell){.margin = cell->margin, .cell = c};
		for (size_t i = 0; i < m->n; i++)
			order[c].rank[i] = rank[m->factor[i]][cell->level[i]];
	}
	qsort(order, n, sizeof *order, by_place);
	return order;
}
