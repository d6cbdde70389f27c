/* figure.h -- numbers as people and spreadsheets write them: 12,5  1.234,5  1,234.5  1 234.
 *
 * What a cell tells of the marks in its file:
 *   12,5  0,123  1.234,5  1.234.567   a decimal comma (points part thousands): certain
 *   0.25  1,234.5  1,234,567  .5      a decimal point: certain
 *   12.5                              a decimal point, or a code such as 1.1: speaks for its own
 *                                     column only
 *   1.234  1,234                      either: thousands, or three decimals
 * A space between thousands is U+00A0 or U+202F. Anything else is no figure (lists as 1,2,3; dates;
 * digits alone) and is left as it is.
 *
 * A file has one decimal mark. It is given, or told by the first certain cell. A cell of the kind
 * "either" is read by what its own column has, else by the mark of the file, else it is refused;
 * refused are also certain cells of both kinds, and both marks in one column. Where the mark is
 * given, cells that are certain of the other one are left as they are.
 *
 * Not here: which files have such cells (form); numbers in the one form that all else reads
 * (number).
 * Uses span. */
#ifndef INPUT_FIGURE_H
#define INPUT_FIGURE_H

#include "base/arena.h"
#include "base/span.h"

enum figure { FIGURE_NONE, FIGURE_COMMA, FIGURE_POINT, FIGURE_CODE, FIGURE_EITHER };

/* figure_look: what a cell tells. `spaced`: thousands are parted by spaces. */
enum figure figure_look(struct text cell, bool *spaced);

/* What is known of a file's marks. */
struct figures {
	bool on;          /* cells are looked at; else only those with spaces */
	bool given;       /* the decimal mark was */
	char decimal;     /* '.', ',' or 0: not known */
	size_t columns;   /* that mark and line have room for */
	char *mark;       /* of each column: what its cells have told */
	size_t *line;     /* where; for messages */
	size_t told_line; /* where the decimal mark was told */
};

/* figures_start: room for so many columns. */
void figures_start(struct arena *a, size_t columns, struct figures *f);

/* figures_learn: takes what a cell tells, before any is read. False: it contradicts. */
bool figures_learn(struct figures *f, size_t column, size_t line, struct text cell);

enum figure_read {
	FIGURE_AS_IT_IS,
	FIGURE_WRITTEN,   /* anew, into out */
	FIGURE_AMBIGUOUS, /* thousands or decimals? */
	FIGURE_CONTRARY,  /* to what the file or the column has */
};

/* figures_read: a cell with a decimal point and no thousands, where it is such a number.
 *   out  room for as many bytes as the cell has; *n is set */
enum figure_read figures_read(struct figures *f, size_t column, size_t line, struct text cell,
			      char *out, size_t *n);

#endif
