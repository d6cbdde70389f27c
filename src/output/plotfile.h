/* plotfile.h -- the data file that a script in plots/ draws (its format: plots/README.md).
 *
 * Strings are made safe for gnuplot's reader: a quote, line break, backslash or
 * nothing at all is written as a control character that plots/style.gp turns
 * back. Also here: what layout must be known before drawing (widths of what is
 * written, ticks of an axis, lines of a text, labels spread along an axis), because
 * gnuplot cannot measure.
 *
 * Not here: which numbers are drawn (chart_*).
 * Uses typeface, number and below. */
#ifndef OUTPUT_PLOTFILE_H
#define OUTPUT_PLOTFILE_H

#include "base/arena.h"
#include "base/number.h"
#include "base/span.h"
#include "output/typeface.h"

#include <stdio.h>

struct plotfile_width; /* the widest text of a column */

struct plotfile {
	struct arena *arena;
	FILE *out;
	const struct typeface *face; /* that texts are measured in; NULL = not measured */
	const char *block;
	bool started; /* a block has been begun */
	bool filled;  /* the block has a row */
	size_t columns, column, rows;
	struct plotfile_width *width; /* of every column of text, and of every key */
	size_t widths;
	size_t *of_column; /* of the block's columns: 1 + position of the width, 0 = no text yet */
};

/* Names of keys have at most 26 letters, those of blocks 28 ("text:" or ":12" are added).
 *
 * plotfile_block: begins a block of that many columns; ends the one before, giving it a row of NaN
 *   when it has none. The name "" only ends. */
void plotfile_block(struct plotfile *f, const char *name, size_t columns);

/* plotfile_number, plotfile_text: the next field, a number as number_drawn has it; a row ends by
 * itself at its last column. Text of more bytes than gnuplot reads (1,024) ends in "…". */
void plotfile_number(struct plotfile *f, double x);
void plotfile_text(struct plotfile *f, struct text s);

/* How a text is drawn that is unlike others of its column. */
struct look {
	double size; /* in multiples of the base size */
	bool bold;
	double indent; /* before it, in em of the base size */
};

/* plotfile_text_as: plotfile_text of a text that is drawn so. */
void plotfile_text_as(struct plotfile *f, struct text s, struct look look);

/* plotfile_widths: ends the file with the block "widths": how wide the columns of text and the
 *   texts of the block "text" are in em, were all regular, were all bold, and drawn as was said
 *   (regular where nothing was); and how many rows the blocks have. */
void plotfile_widths(struct plotfile *f);

/* plotfile_gap: a blank line: the curve breaks here. */
void plotfile_gap(struct plotfile *f);

/* plotfile_key: a row of the block "text". */
void plotfile_key(struct plotfile *f, const char *key, struct text value);
void plotfile_key_number(struct plotfile *f, const char *key, double value);

struct axis {
	double low, high, step;
	int decimals; /* that its labels need */
};

/* axis_for: round limits and a step of 1, 2, 2.5 or 5 times a power of ten around [low, high],
 *   with about `ticks` ticks; a single value gets room around it. */
struct axis axis_for(double low, double high, size_t ticks);

/* plotfile_axis: the block of tick labels. */
void plotfile_axis(struct plotfile *f, const char *block, struct axis axis, enum lang lang);

/* plotfile_axis_signed: the same for differences: "+2", "0", "−2". */
void plotfile_axis_signed(struct plotfile *f, const char *block, struct axis axis, enum lang lang);

/* How a text is set. */
struct lettering {
	const struct typeface *face;
	double size; /* mm of its em */
	bool bold;
};

/* plotfile_width: mm of the widest line of `s`. */
double plotfile_width(struct lettering l, struct text s);

/* plotfile_cut: `s`, or its beginning and "…" where it is wider than `width` mm. */
struct text plotfile_cut(struct arena *a, struct text s, struct lettering l, double width);

/* plotfile_wrap: breaks `s` at spaces into as few lines of at most `width` mm as it takes, of about
 *   one length (two of them: behind a comma or the like); a longer word stands alone. "\n" between
 * lines, *lines of them. */
struct text plotfile_wrap(struct arena *a, struct text s, struct lettering l, double width,
			  size_t *lines);

/* plotfile_spread: moves `n` positions as little as needed so that neighbours are `gap` apart and
 *   all lie in [low, high] if there is room; keeps their order (pool adjacent violators). */
void plotfile_spread(struct arena *a, double *position, size_t n, double gap, double low,
		     double high);

#endif
