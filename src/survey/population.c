#include "survey/population.h"

#include "input/table.h"

#include <math.h>

struct reader {
	struct table table;
	size_t year, province, population;
	const struct provinces *provinces;
	struct diag *why;
};

static bool find_columns(struct reader *r)
{
	return table_column(&r->table, "year", &r->year, r->why) &&
	       table_column(&r->table, "province", &r->province, r->why) &&
	       table_column(&r->table, "population", &r->population, r->why);
}

static bool read_row(struct arena *a, struct reader *r, size_t row, struct people *out)
{
	const struct table *t = &r->table;
	struct diag own = {.translation = r->why->translation};

	if (!table_whole(t, row, r->year, 1900, 2999, &out->year, r->why))
		return false;
	if (!province_find(a, r->provinces, table_cell(t, row, r->province), out->year,
			   &out->province, &own)) {
		diag_at(r->why, table_place(t, row, r->province), DIAG_DATA,
			"column \"province\": %s", own.item[0].words);
		return diag_hint(r->why, "%s", own.item[0].hint);
	}
	if (!table_number(a, t, row, r->population, &out->count, r->why))
		return false;
	if (!(out->count > 0) || isinf(out->count)) /* true for NaN: an empty cell */
		return diag_at(r->why, table_place(t, row, r->population), DIAG_DATA,
			       "column \"population\": \"%.*s\" is not a number above 0",
			       SPAN_ARG(table_cell(t, row, r->population)));
	return true;
}

static void check_doubles(const struct reader *r, const struct people *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (list[i].province && list[i].province == list[k].province &&
			    list[i].year == list[k].year)
				diag_at(r->why, table_place(&r->table, i, r->province), DIAG_DATA,
					"%.*s of %ld stands on line %zu already",
					SPAN_ARG(list[i].province->name), list[i].year,
					table_place(&r->table, k, r->province).line);
}

bool population_read(struct arena *a, const char *file, const struct provinces *provinces,
		     struct population *out, struct diag *why)
{
	struct reader r = {.provinces = provinces, .why = why};
	size_t errors = why->errors;
	struct people *list;

	*out = (struct population){.file = file};
	if (!table_read(a, file, true, &r.table, why) || !find_columns(&r))
		return false;
	list = arena_new(a, r.table.rows, sizeof *list);
	for (size_t i = 0; i < r.table.rows; i++)
		read_row(a, &r, i, &list[i]);
	check_doubles(&r, list, r.table.rows);
	out->at = list;
	out->n = r.table.rows;
	return why->errors == errors;
}

double population_of(const struct population *p, const struct province *unit, long year)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].province == unit && p->at[i].year == year)
			return p->at[i].count;
	return NAN;
}
