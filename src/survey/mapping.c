#include "survey/mapping.h"

#include <math.h>

bool mapping_reaches(const struct mapping *m, long year)
{
	for (size_t i = 0; i < m->dated->n; i++)
		if (province_stands(&m->dated->at[i], year) &&
		    !province_successor(m->dated, &m->dated->at[i], m->year))
			return false;
	return true;
}

static double weight_of(const struct mapping *m, const struct province *unit)
{
	return m->people ? population_of(m->people, unit, m->base) : 1;
}

static void find_parts(struct arena *a, const struct mapping *m, long year, const bool *listed,
		       struct mapping_whole *w)
{
	for (size_t i = 0; i < m->dated->n; i++) {
		const struct province *p = &m->dated->at[i];
		const struct province *next;

		if (!province_stands(p, year) && !(listed && listed[i]))
			continue;
		next = province_successor(m->dated, p, m->year);
		if (!next || !span_equal(next->code, w->unit->code))
			continue;
		w->part = arena_grow(a, w->part, w->n, sizeof *w->part);
		w->part[w->n++] = (struct mapping_part){p, weight_of(m, p)};
	}
	w->merged = w->n > 1 || (w->n && !span_equal(w->part[0].unit->code, w->unit->code));
}

struct mapping_whole *mapping_wholes(struct arena *a, const struct mapping *m, long year,
				     const bool *listed, bool *any)
{
	struct mapping_whole *whole = arena_new(a, m->map.n, sizeof *whole);

	*any = false;
	for (size_t u = 0; u < m->map.n; u++) {
		whole[u].unit = &m->map.at[u];
		find_parts(a, m, year, listed, &whole[u]);
		*any |= whole[u].merged;
	}
	return whole;
}

bool mapping_check(struct arena *a, const struct mapping *m, struct diag *why)
{
	size_t errors = why->errors;
	struct mapping_whole *whole;
	bool any;

	if (!m->people)
		return true;
	whole = mapping_wholes(a, m, m->base, NULL, &any);
	if (!any)
		return diag_fail(why, DIAG_USAGE,
				 "base year %ld has the %zu units already: the weights of their "
				 "parts are of a year before",
				 m->base, m->map.n);
	for (size_t u = 0; u < m->map.n; u++)
		for (size_t i = 0; whole[u].merged && i < whole[u].n; i++)
			if (isnan(whole[u].part[i].weight))
				diag_at(why, (struct place){m->people->file, 0, 0}, DIAG_DATA,
					"no population of %.*s (%.*s) in %ld, a part of %.*s",
					SPAN_ARG(whole[u].part[i].unit->name),
					SPAN_ARG(whole[u].part[i].unit->code), m->base,
					SPAN_ARG(whole[u].unit->name));
	return why->errors == errors;
}
