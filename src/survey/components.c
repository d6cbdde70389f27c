#include "survey/components.h"

#include "input/table.h"

#include <math.h>

enum cell_kind {
	CELL_NAME,
	CELL_WEIGHT,
	CELL_DIRECTION,
	CELL_MIN,
	CELL_MAX,
	CELL_TARGET,
	CELL_COUNT
};

static const char *const names[CELL_COUNT] = {"indicator", "weight", "direction",
					      "min",       "max",    "target"};

static bool read_direction(const struct table *t, size_t row, size_t column, bool *down,
			   struct diag *why)
{
	struct text s = table_cell(t, row, column);

	*down = span_is(s, "-1") || span_is(s, "down");
	if (s.n == 0 || *down || span_is(s, "1") || span_is(s, "up"))
		return true;
	return diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "direction \"%.*s\" is none of 1, up, -1, down", SPAN_ARG(s));
}

static bool read_weight(struct arena *a, const struct table *t, size_t row, size_t column,
			double *weight, struct diag *why)
{
	*weight = 1;
	if (column == TABLE_NO_COLUMN)
		return true;
	if (!table_number(a, t, row, column, weight, why))
		return false;
	return *weight > 0 || diag_at(why, table_place(t, row, column), DIAG_DATA,
				      "weight \"%.*s\" is not a number above 0",
				      SPAN_ARG(table_cell(t, row, column)));
}

static bool read_row(struct arena *a, const struct table *t, const size_t *column, size_t row,
		     const struct components *so_far, struct component *out, struct diag *why)
{
	struct place at = table_place(t, row, column[CELL_NAME]);

	*out = (struct component){.name = table_cell(t, row, column[CELL_NAME]), .at = at};
	if (out->name.n == 0)
		return diag_at(why, at, DIAG_DATA, "no name of an indicator");
	if (components_find(so_far, out->name) < so_far->n)
		return diag_at(why, at, DIAG_DATA, "indicator \"%.*s\" stands here twice",
			       SPAN_ARG(out->name));
	if (!read_weight(a, t, row, column[CELL_WEIGHT], &out->weight, why) ||
	    !read_direction(t, row, column[CELL_DIRECTION], &out->down, why) ||
	    !table_number(a, t, row, column[CELL_MIN], &out->min, why) ||
	    !table_number(a, t, row, column[CELL_MAX], &out->max, why) ||
	    !table_number(a, t, row, column[CELL_TARGET], &out->target, why))
		return false;
	return !(out->min >= out->max) ||
	       diag_at(why, table_place(t, row, column[CELL_MIN]), DIAG_DATA,
		       "min %g is not below max %g", out->min, out->max);
}

static void warn_columns(const struct table *t, struct diag *why)
{
	for (size_t c = 0; c < t->columns; c++) {
		size_t i = 0;

		while (i < CELL_COUNT && !span_is(t->name[c], names[i]))
			i++;
		if (i < CELL_COUNT)
			continue;
		diag_warn(why, "%s: column \"%.*s\" is not read", t->file, SPAN_ARG(t->name[c]));
		diag_hint(why, "columns are indicator, weight, direction, min, max, target");
	}
}

bool components_read(struct arena *a, const char *file, struct components *out, struct diag *why)
{
	size_t column[CELL_COUNT], errors = why->errors;
	struct table t;

	*out = (struct components){.file = file};
	if (!table_read(a, file, true, &t, why) ||
	    !table_column(&t, names[CELL_NAME], &column[CELL_NAME], why))
		return false;
	for (size_t i = CELL_WEIGHT; i < CELL_COUNT; i++)
		column[i] = table_find(&t, names[i]);
	out->weighted = column[CELL_WEIGHT] != TABLE_NO_COLUMN;
	out->at = arena_new(a, t.rows, sizeof *out->at);
	for (size_t row = 0; row < t.rows; row++) {
		struct component one;

		if (read_row(a, &t, column, row, out, &one, why))
			out->at[out->n++] = one;
	}
	warn_columns(&t, why);
	return why->errors == errors;
}

size_t components_find(const struct components *c, struct text name)
{
	size_t i = 0;

	while (i < c->n && !span_equal(c->at[i].name, name))
		i++;
	return i;
}
