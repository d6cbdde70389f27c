#include "survey/join.h"

struct join *join_new(struct arena *a, const struct mapping *m, long year)
{
	struct join *j = arena_new(a, 1, sizeof *j);
	bool any;

	mapping_wholes(a, m, year, NULL, &any);
	*j = (struct join){.arena = a, .mapping = m, .year = year};
	j->sum = arena_new(a, m->dated->n, sizeof *j->sum);
	return any ? j : NULL;
}

static size_t position(const struct join *j, const struct province *unit)
{
	return (size_t)(unit - j->mapping->dated->at);
}

/* Another spelling of this pass names the same unit. */
static bool met_before(const struct join *j, const struct province *unit, struct text cell)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->unit[i] == unit && !span_equal(j->spelling[i], cell))
			return true;
	return false;
}

double join_level(struct join *j, struct dict *levels, size_t spelling, struct text cell)
{
	const struct mapping *m = j->mapping;
	const struct province *unit = NULL, *whole = NULL;
	struct diag ignored = {0};
	bool known = province_find(j->arena, m->dated, cell, j->year, &unit, &ignored);

	j->unit = arena_grow(j->arena, j->unit, spelling, sizeof *j->unit);
	j->spelling = arena_grow(j->arena, j->spelling, spelling, sizeof *j->spelling);
	if (known && !met_before(j, unit, cell))
		whole = province_successor(m->dated, unit, m->year);
	j->unit[spelling] = whole ? unit : NULL;
	j->spelling[spelling] = arena_text(j->arena, cell);
	j->n = spelling + 1;
	/* numbers keep what is to be refused apart from a code of the same letters */
	return (double)dict_add(levels, whole ? 0 : 1, whole ? whole->code : cell, NULL);
}

double join_weight(struct join *j, size_t spelling, double weight)
{
	const struct province *unit = j->unit[spelling];

	if (!unit)
		return weight;
	if (j->scale)
		return weight * j->scale[position(j, unit)];
	j->sum[position(j, unit)] += weight;
	return weight;
}

double join_sum(const struct join *j, const struct province *unit)
{
	return j->sum[position(j, unit)];
}

struct mapping_whole *join_wholes(struct arena *a, const struct join *j)
{
	const struct mapping *m = j->mapping;
	bool *listed = arena_new(a, m->dated->n, sizeof *listed), any;
	struct mapping_whole *whole;

	for (size_t i = 0; i < m->dated->n; i++)
		listed[i] = j->sum[i] > 0;
	whole = mapping_wholes(a, m, j->year, listed, &any);
	for (size_t u = 0; u < m->map.n && !m->people; u++)
		for (size_t i = 0; i < whole[u].n; i++)
			whole[u].part[i].weight = join_sum(j, whole[u].part[i].unit);
	return whole;
}

/* A part is scaled by (its share of the people) / (its share of the weights), of the parts that
 * the file has. */
static void scale_parts(struct join *j, const struct mapping_whole *w)
{
	double people = 0, sum = 0;

	for (size_t i = 0; i < w->n; i++) {
		double own = join_sum(j, w->part[i].unit);

		people += own > 0 ? w->part[i].weight : 0;
		sum += own;
	}
	for (size_t i = 0; i < w->n; i++) {
		const struct mapping_part *p = &w->part[i];

		if (join_sum(j, p->unit) > 0)
			j->scale[position(j, p->unit)] =
				p->weight / people / (join_sum(j, p->unit) / sum);
	}
}

void join_turn(struct join *j)
{
	const struct mapping *m = j->mapping;
	struct mapping_whole *whole = join_wholes(j->arena, j);

	j->n = 0;
	j->scale = arena_new(j->arena, m->dated->n, sizeof *j->scale);
	for (size_t i = 0; i < m->dated->n; i++)
		j->scale[i] = 1;
	for (size_t u = 0; u < m->map.n; u++)
		if (whole[u].merged && m->people)
			scale_parts(j, &whole[u]);
}
