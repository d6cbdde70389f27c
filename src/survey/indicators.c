#include "survey/indicators.h"

#include "base/number.h"
#include "input/table.h"

#include <math.h>
#include <stdlib.h>

static size_t unit_column(const struct table *t)
{
	static const char *const names[] = {"unit", "province", "name"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (table_find(t, names[i]) != TABLE_NO_COLUMN)
			return table_find(t, names[i]);
	return TABLE_NO_COLUMN;
}

bool indicators_is_table(struct arena *a, const char *file, const struct form_asked *form)
{
	struct diag unused = {0};
	struct table t;

	return table_read_as(a, file, form, false, &t, &unused) &&
	       unit_column(&t) != TABLE_NO_COLUMN &&
	       (table_find(&t, "code") == TABLE_NO_COLUMN ||
		table_find(&t, "score") == TABLE_NO_COLUMN);
}

/* A row of the table by its year and place in the file. */
struct dated {
	long year;
	size_t row;
};

static int by_year(const void *a, const void *b)
{
	const struct dated *p = a, *q = b;

	if (p->year != q->year)
		return p->year < q->year ? -1 : 1;
	return (p->row > q->row) - (p->row < q->row);
}

static bool sort_years(const struct table *t, struct dated *order, struct diag *why)
{
	size_t column = table_find(t, "year"), errors = why->errors;

	for (size_t i = 0; i < t->rows; i++) {
		order[i].row = i;
		if (column != TABLE_NO_COLUMN)
			table_whole(t, i, column, 1900, 2999, &order[i].year, why);
	}
	qsort(order, t->rows, sizeof *order, by_year);
	return why->errors == errors;
}

static bool check_unit(const struct table *t, const struct indicators *out, size_t row,
		       size_t file_row, struct diag *why)
{
	size_t column = unit_column(t);
	struct text unit = table_cell(t, file_row, column);

	if (unit.n == 0)
		return diag_at(why, table_place(t, file_row, column), DIAG_DATA,
			       "no name of a unit");
	for (size_t i = out->year[out->years - 1].first; i < row; i++)
		if (span_equal(out->unit[i], unit)) {
			diag_at(why, table_place(t, file_row, column), DIAG_DATA,
				out->year[0].year ? N_("\"%.*s\" stands here twice in one year")
						  : N_("\"%.*s\" stands here twice"),
				SPAN_ARG(unit));
			return diag_hint(why, "rows of people are answers: give --weight, --psu "
					      "or --item");
		}
	return true;
}

static bool read_value(struct arena *a, const struct table *t, size_t row, size_t column,
		       double *out, struct diag *why)
{
	struct text s = table_cell(t, row, column);

	*out = NAN;
	return span_is(s, "NA") || span_is(s, ".") || table_number(a, t, row, column, out, why);
}

static void warn_unwanted(struct arena *a, const struct table *t, const size_t *column, size_t n,
			  struct diag *why)
{
	struct text words = {"", 0};

	for (size_t c = 0; c < t->columns; c++) {
		size_t i = 0;

		while (i < n && column[i] != c)
			i++;
		if (i == n && c != unit_column(t) && c != table_find(t, "year"))
			words = arena_format(a, "%.*s%s%.*s", SPAN_ARG(words), words.n ? ", " : "",
					     SPAN_ARG(t->name[c]));
	}
	if (words.n)
		diag_warn(why, "%s: left out, because they are no components: %.*s", t->file,
			  SPAN_ARG(words));
}

/* The columns to keep. */
static bool choose(struct arena *a, const struct table *t, const struct text *wanted,
		   const struct place *wanted_at, size_t n_wanted, struct indicators *out,
		   size_t *column, struct diag *why)
{
	size_t unit = unit_column(t), year = table_find(t, "year"), errors = why->errors;

	out->item = arena_new(a, t->columns + n_wanted, sizeof *out->item);
	for (size_t c = 0; c < t->columns && !wanted; c++)
		if (c != unit && c != year) {
			out->item[out->items] = t->name[c];
			column[out->items++] = c;
		}
	for (size_t i = 0; i < n_wanted && wanted; i++) {
		size_t c = table_find(t, arena_string(a, wanted[i]));

		if (c == TABLE_NO_COLUMN || c == unit || c == year)
			diag_at(why, wanted_at[i], DIAG_DATA, "%s has no indicator \"%.*s\"",
				t->file, SPAN_ARG(wanted[i]));
		out->item[out->items] = wanted[i];
		column[out->items++] = c;
	}
	warn_unwanted(a, t, column, out->items, why);
	return why->errors == errors &&
	       (out->items ||
		diag_fail(why, DIAG_DATA, "%s has no column of an indicator", t->file));
}

static void add_year(struct indicators *out, long year, size_t row)
{
	if (out->years == 0 || out->year[out->years - 1].year != year)
		out->year[out->years++] = (struct indicators_year){.year = year, .first = row};
	out->year[out->years - 1].n++;
}

bool indicators_read(struct arena *a, const char *file, const struct form_asked *form,
		     const struct text *wanted, const struct place *wanted_at, size_t n_wanted,
		     struct indicators *out, struct diag *why)
{
	size_t *column, errors = why->errors;
	struct dated *order;
	struct table t;

	*out = (struct indicators){.file = file};
	if (!table_read_as(a, file, form, true, &t, why))
		return false;
	if (unit_column(&t) == TABLE_NO_COLUMN) {
		diag_fail(why, DIAG_DATA, "%s has no column of units", file);
		return diag_hint(why, "one that is called unit, province or name");
	}
	column = arena_new(a, t.columns + n_wanted, sizeof *column);
	order = arena_new(a, t.rows, sizeof *order);
	if (!choose(a, &t, wanted, wanted_at, n_wanted, out, column, why) ||
	    !sort_years(&t, order, why))
		return false;
	out->rows = t.rows;
	out->unit = arena_new(a, t.rows, sizeof *out->unit);
	out->year = arena_new(a, t.rows, sizeof *out->year);
	out->value = arena_new(a, t.rows * out->items, sizeof *out->value);
	out->at = arena_new(a, t.rows * out->items, sizeof *out->at);
	for (size_t i = 0; i < t.rows; i++) {
		add_year(out, order[i].year, i);
		check_unit(&t, out, i, order[i].row, why);
		out->unit[i] = table_cell(&t, order[i].row, unit_column(&t));
		for (size_t j = 0; j < out->items; j++) {
			out->at[i * out->items + j] = table_place(&t, order[i].row, column[j]);
			read_value(a, &t, order[i].row, column[j], &out->value[i * out->items + j],
				   why);
		}
	}
	return why->errors == errors;
}
