/* Cells of the tables under tests/reference. */
#ifndef TESTS_REFERENCES_H
#define TESTS_REFERENCES_H

#include "help.h"

#include "input/table.h"

static inline double number_at(const struct table *t, size_t row, const char *column)
{
	struct diag why = {0};
	double x;

	cr_assert(table_find(t, column) != TABLE_NO_COLUMN, "%s", column);
	cr_assert(table_number(&arena, t, row, table_find(t, column), &x, &why), "%s",
		  why.item[0].words);
	return x;
}

static inline struct text text_at(const struct table *t, size_t row, const char *column)
{
	return table_cell(t, row, table_find(t, column));
}

static inline struct table read_reference(const char *path)
{
	struct diag why = {0};
	struct table t;

	cr_assert(table_read(&arena, path, true, &t, &why), "%s", why.item[0].words);
	return t;
}

#endif
