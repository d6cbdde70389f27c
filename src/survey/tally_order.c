#include "survey/tally_order.h"

#include "survey/tally_plan.h"

#include <stdlib.h>

struct order {
	const struct tally *tally;
	size_t n_factors;
	size_t **levels, *n_levels; /* by variable: in the order of files */
};

struct ranked {
	const struct order *order;
	size_t part, leaf, *level; /* ranks; level by factor */
	bool selected, rows;
};

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static double value(const struct tally *t, struct total x)
{
	return t->sums.exact ? decimal_double(x.exact) : x.inexact;
}

static int compare_totals(const struct tally *t, struct total a, struct total b)
{
	double x = value(t, a), y = value(t, b);

	return (x > y) - (x < y);
}

static int compare_variables(const struct order *o, size_t a, size_t b, size_t v)
{
	int by = 0;

	for (size_t l = 0; l < o->n_levels[v] && !by; l++) {
		struct part_sums x = tally_part_sums(o->tally, a, v, o->levels[v][l]);
		struct part_sums y = tally_part_sums(o->tally, b, v, o->levels[v][l]);

		by = compare_sizes(x.n, y.n);
		by = by ? by : compare_totals(o->tally, x.wy, y.wy);
		by = by ? by : compare_totals(o->tally, x.wx, y.wx);
	}
	return by;
}

/* Two rows by what they hold. */
static int compare_rows(const struct order *o, size_t a, size_t b)
{
	struct tally_part p = tally_part(o->tally, a), q = tally_part(o->tally, b);
	int by = compare_totals(o->tally, p.w, q.w);

	for (size_t v = 0; v < o->tally->plan->n_variables && !by && p.selected; v++)
		by = compare_variables(o, a, b, v);
	return by;
}

static int by_place(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;
	int by = compare_sizes(p->leaf, q->leaf);

	for (size_t i = 0; i < p->order->n_factors && !by; i++)
		by = compare_sizes(p->level[i], q->level[i]);
	if (!by)
		by = compare_sizes(p->selected, q->selected);
	if (!by && p->rows)
		by = compare_rows(p->order, p->part, q->part);
	return by ? by : compare_sizes(p->part, q->part);
}

struct named {
	struct text name;
	size_t level;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return span_compare(x->name, y->name);
}

size_t *tally_order_ranks(struct arena *a, const struct dict *levels)
{
	struct named *at = arena_new(a, levels->n, sizeof *at);
	size_t *rank = arena_new(a, levels->n, sizeof *rank);

	for (size_t i = 0; i < levels->n; i++)
		at[i] = (struct named){levels->entry[i].name, i};
	qsort(at, levels->n, sizeof *at, by_name);
	for (size_t i = 0; i < levels->n; i++)
		rank[at[i].level] = i + 1;
	return rank;
}

/* Ranks of leaves; in `rows` those of one stratum share the first of theirs. */
static size_t *rank_leaves(struct arena *a, const struct frame *f, bool rows)
{
	const struct frame_stage *last = &f->stage[f->stages - 1];
	size_t n = frame_leaves(f), *rank = arena_new(a, n, sizeof *rank);
	size_t *first = arena_new(a, last->n_strata, sizeof *first);

	for (size_t h = 0; h < last->n_strata; h++)
		first[h] = n;
	for (size_t i = 0; i < n; i++) {
		size_t h = last->unit[i].stratum;

		rank[i] = f->order[i];
		if (f->order[i] < first[h])
			first[h] = f->order[i];
	}
	for (size_t i = 0; i < n && rows; i++)
		rank[i] = first[last->unit[i].stratum];
	return rank;
}

static struct order *start_order(struct arena *a, const struct tally *t)
{
	struct order *o = arena_new(a, 1, sizeof *o);
	size_t n = t->plan->n_variables;

	*o = (struct order){.tally = t,
			    .n_factors = t->plan->n_factors,
			    .levels = arena_new(a, n, sizeof *o->levels),
			    .n_levels = arena_new(a, n, sizeof *o->n_levels)};
	for (size_t v = 0; v < n; v++) {
		o->levels[v] = tally_plan_levels(a, &t->plan->variable[v], &o->n_levels[v]);
		if (t->plan->variable[v].kind == VARIABLE_LEVELS)
			continue;
		o->levels[v] = arena_new(a, 1, sizeof **o->levels);
		o->n_levels[v] = 1;
	}
	return o;
}

size_t *tally_order(struct arena *a, const struct tally *t, bool rows)
{
	const struct frame *f = &t->answers->frame;
	const struct order *o = start_order(a, t);
	size_t n = tally_parts(t), factors = t->plan->n_factors;
	size_t *out = arena_new(a, n, sizeof *out), *leaf;
	size_t **rank = arena_new(a, factors, sizeof *rank);
	size_t *level = arena_new(a, n * factors, sizeof *level);
	struct ranked *at = arena_new(a, n, sizeof *at);

	rows = rows && f->rows_are_units;
	leaf = rank_leaves(a, f, rows);
	for (size_t i = 0; i < factors; i++)
		rank[i] = tally_order_ranks(a, t->plan->factor[i].levels);
	for (size_t i = 0; i < n; i++) {
		struct tally_part p = tally_part(t, i);

		at[i] = (struct ranked){o, i, leaf[p.leaf], level + i * factors, p.selected, rows};
		for (size_t k = 0; k < factors; k++)
			at[i].level[k] = p.level[k] == NO_LEVEL ? 0 : rank[k][p.level[k]];
	}
	qsort(at, n, sizeof *at, by_place);
	for (size_t i = 0; i < n; i++)
		out[i] = at[i].part;
	return out;
}
