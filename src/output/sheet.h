/* sheet.h -- a table of words for people: aligned text in a terminal, or Markdown.
 *
 * Cells are finished text; numbers are formatted before they come here. In
 * Markdown every character that could mean something is escaped, so names reach
 * the page as they are written.
 *
 * Uses text and below. */
#ifndef OUTPUT_SHEET_H
#define OUTPUT_SHEET_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdio.h>

#define SHEET_COLUMNS 16

struct sheet {
	struct arena *arena;
	size_t columns, rows;
	struct text head[SHEET_COLUMNS];
	bool right[SHEET_COLUMNS]; /* numbers */
	struct text *cell;         /* rows * columns */
	size_t bold;               /* row shown bold in Markdown, counted from 1; 0 = none */
	size_t room;
};

/* sheet_column: adds a column; before any row. */
void sheet_column(struct sheet *s, struct text head, bool right);

/* sheet_row: adds a row of empty cells and gives its first cell. */
struct text *sheet_row(struct sheet *s);

/* sheet_print: columns aligned with spaces, a line under the head; control characters as spaces. */
void sheet_print(const struct sheet *s, FILE *out);

/* sheet_markdown: a pipe table. */
void sheet_markdown(const struct sheet *s, FILE *out);

/* markdown_text: `s` with everything escaped that Markdown could read as markup, on one line. */
struct text markdown_text(struct arena *a, struct text s);

/* markdown_yaml: markdown_text as a YAML scalar in single quotes, for the metadata of a document.
 */
struct text markdown_yaml(struct arena *a, struct text s);

#endif
