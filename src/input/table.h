/* table.h -- a whole small CSV file as cells of text, with the place of each.
 *
 * Rows and columns count from 0; row 0 is the first behind the header. Cells are
 * NFC and live in the arena. Row order is file order. The tables a survey folder
 * is made of, and published scores, are read this way; answers are not (they are
 * counted while they are read).
 *
 * Not here: what a column means (the module that asks for it).
 * Uses span, diag, arena, number, text, csvin. */
#ifndef INPUT_TABLE_H
#define INPUT_TABLE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/form.h"

struct table {
	const char *file;
	size_t rows, columns;
	const struct text *name; /* columns of them, as written in the header */
	const struct place *name_at;
	const struct text *cell; /* rows * columns, row by row */
	const struct place *at;  /* of every cell, as cell */
};

#define TABLE_NO_COLUMN ((size_t)-1)

/* table_read: reads the whole file. A header without rows is refused when `rows_wanted`.
 *   fails  as csvin_read; two columns of one name; an empty column name */
bool table_read(struct arena *a, const char *file, bool rows_wanted, struct table *t,
		struct diag *why);

/* table_read_as: table_read of a file whose form is given, in parts or whole. */
bool table_read_as(struct arena *a, const char *file, const struct form_asked *form,
		   bool rows_wanted, struct table *t, struct diag *why);

/* table_find: the column of that name, or TABLE_NO_COLUMN. */
size_t table_find(const struct table *t, const char *name);

/* table_column: as table_find, and a missing column is an error that lists what is there. */
bool table_column(const struct table *t, const char *name, size_t *column, struct diag *why);

/* table_cell: a cell; the empty span when column is TABLE_NO_COLUMN. */
struct text table_cell(const struct table *t, size_t row, size_t column);

/* table_number: a cell as a number, NaN when it is empty or the column is absent.
 *   fails  DIAG_DATA with place and column name */
bool table_number(struct arena *a, const struct table *t, size_t row, size_t column, double *value,
		  struct diag *why);

/* table_whole: a cell as a whole number between least and most; an empty cell is an error. */
bool table_whole(const struct table *t, size_t row, size_t column, long least, long most,
		 long *value, struct diag *why);

/* table_choice: which of the n words a cell is; "" among them stands for a blank cell.
 *   fails  DIAG_DATA with place, column name and the words */
bool table_choice(const struct table *t, size_t row, size_t column, const char *const *words,
		  size_t n, size_t *index, struct diag *why);

/* table_place: where a cell stands; for messages. */
struct place table_place(const struct table *t, size_t row, size_t column);

#endif
