#include "input/table.h"

#include "base/number.h"
#include "base/text.h"
#include "input/csvin.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct builder {
	struct arena *arena;
	struct table *table;
	struct text *name, *cell;
	struct place *at;
	size_t cells;
};

static struct text keep(struct arena *a, struct text s)
{
	return text_nfc(a, arena_text(a, s));
}

static bool take_header(struct builder *b, const struct csvin_row *row, struct diag *why)
{
	struct place *at;

	b->table->columns = row->fields;
	b->name = arena_new(b->arena, row->fields, sizeof *b->name);
	b->table->name = b->name;
	at = arena_new(b->arena, row->fields, sizeof *at);
	csvin_places(row, at);
	b->table->name_at = at;
	for (size_t i = 0; i < row->fields; i++) {
		b->name[i] = keep(b->arena, row->field[i]);
		if (b->name[i].n == 0)
			return diag_at(why, csvin_place(row, i), DIAG_DATA,
				       "column %zu of the header has no name", i + 1);
		for (size_t j = 0; j < i; j++)
			if (span_equal(b->name[i], b->name[j]))
				return diag_at(why, csvin_place(row, i), DIAG_DATA,
					       "column \"%.*s\" stands twice in the header",
					       SPAN_ARG(b->name[i]));
	}
	return true;
}

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct builder *b = context;

	if (!b->name)
		return take_header(b, row, why);
	struct place *at = arena_new(b->arena, row->fields, sizeof *at);

	csvin_places(row, at);
	for (size_t i = 0; i < row->fields; i++, b->cells++) {
		b->cell = arena_grow(b->arena, b->cell, b->cells, sizeof *b->cell);
		b->at = arena_grow(b->arena, b->at, b->cells, sizeof *b->at);
		b->cell[b->cells] = keep(b->arena, row->field[i]);
		b->at[b->cells] = at[i];
	}
	b->table->rows++;
	return true;
}

bool table_read_as(struct arena *a, const char *file, const struct form_asked *form,
		   bool rows_wanted, struct table *t, struct diag *why)
{
	struct builder b = {.arena = a, .table = t};

	*t = (struct table){.file = arena_string(a, span_of(file))};
	if (!csvin_read_as(t->file, form, take_row, &b, why))
		return false;
	t->cell = b.cell;
	t->at = b.at;
	if (rows_wanted && t->rows == 0)
		return diag_at(why, (struct place){t->file, 1, 1}, DIAG_DATA,
			       "only a header row; at least one row of data is expected");
	return true;
}

bool table_read(struct arena *a, const char *file, bool rows_wanted, struct table *t,
		struct diag *why)
{
	return table_read_as(a, file, NULL, rows_wanted, t, why);
}

size_t table_find(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (span_is(t->name[i], name))
			return i;
	return TABLE_NO_COLUMN;
}

bool table_column(const struct table *t, const char *name, size_t *column, struct diag *why)
{
	struct place header = {t->file, 1, 1};
	char list[300] = "";
	size_t n = 0;

	*column = table_find(t, name);
	if (*column != TABLE_NO_COLUMN)
		return true;
	for (size_t i = 0; i < t->columns && n + t->name[i].n + 3 < sizeof list; i++)
		n += (size_t)snprintf(list + n, sizeof list - n, "%s%.*s", i ? ", " : "",
				      SPAN_ARG(t->name[i]));
	diag_at(why, header, DIAG_DATA, "no column \"%s\"; the header has: %s", name, list);
	if (t->columns == 1)
		diag_hint(why, "--delimiter says what parts its columns, --header where they are "
			       "named");
	return false;
}

struct text table_cell(const struct table *t, size_t row, size_t column)
{
	return column == TABLE_NO_COLUMN ? (struct text){"", 0}
					 : t->cell[row * t->columns + column];
}

struct place table_place(const struct table *t, size_t row, size_t column)
{
	return t->at[row * t->columns + column];
}

bool table_number(struct arena *a, const struct table *t, size_t row, size_t column, double *value,
		  struct diag *why)
{
	struct text s = table_cell(t, row, column);

	*value = NAN;
	if (s.n == 0 || number_parse(s, value))
		return true;
	return diag_at(why, table_place(t, row, column), DIAG_DATA, "column \"%.*s\": %s",
		       SPAN_ARG(t->name[column]), number_complaint(a, s, why).at);
}

bool table_choice(const struct table *t, size_t row, size_t column, const char *const *words,
		  size_t n, size_t *index, struct diag *why)
{
	struct text s = table_cell(t, row, column);
	char list[128] = "";
	size_t length = 0;

	for (*index = 0; *index < n; ++*index)
		if (span_is(s, words[*index]))
			return true;
	for (size_t i = 0; i < n && length < sizeof list; i++)
		if (*words[i]) /* a blank cell */
			length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
						   length ? ", " : "", words[i]);
	return diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "column \"%.*s\": \"%.*s\" is not one of %s", SPAN_ARG(t->name[column]),
		       SPAN_ARG(s), list);
}

bool table_whole(const struct table *t, size_t row, size_t column, long least, long most,
		 long *value, struct diag *why)
{
	struct text s = table_cell(t, row, column);

	if (number_whole(s, least, most, value))
		return true;
	return diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "column \"%.*s\": \"%.*s\" is not a whole number from %ld to %ld",
		       SPAN_ARG(t->name[column]), SPAN_ARG(s), least, most);
}
