/* chart_area.h -- what the maps share: the class of a unit, the words about it, legend and tiles.
 *
 * Uses chart_parts and below. */
#ifndef OUTPUT_CHART_AREA_H
#define OUTPUT_CHART_AREA_H

#include "output/chart_parts.h"

/* Classes that plots/style.gp gives a colour; 1 to 4 are the groups, best first, or sides. */
enum {
	AREA_SEA = -1,
	AREA_UNGROUPED = -2, /* a value without a group */
	AREA_MISSING = 0,
	AREA_FEW = 5 /* of numbers of answers: too few */
};

/* area_open: canvas_open, and the provinces against the country, adjusted over them. */
void area_open(struct arena *a, const struct chart_order *o, struct chart *out, struct canvas *c);

/* area_class: 1 for the best group, and so on. Estimates are grouped by what their errors bear,
 *   adjusted over the provinces: 1 above the country, 2 not to be told from it, 3 below. `row`
 * NULL: missing. */
double area_class(const struct canvas *c, const struct result_row *row);

/* area_group: the same as a word, for a CSV. */
struct text area_group(const struct canvas *c, const struct result_row *row);

/* area_value: the row's value, or why there is none; `complete` as the year's table. */
struct text area_value(const struct chart_order *o, const struct result_row *row, bool complete);

/* area_fields: what the words of a map are filled with; room for more behind `n`. */
#define AREA_FIELDS 20
struct area_fields {
	size_t n;
	struct field at[AREA_FIELDS];
};

struct area_fields area_fields(struct canvas *c, const struct result_row *rows, size_t n);

/* area_unplaced: rows of units that no longer stand at the end of the year and have no place on a
 *   map of it, named in a sentence. */
struct text area_unplaced(const struct canvas *c, const struct result_row *rows, size_t n);

/* The phrases of a kind; the subtitle also of the dark theme. */
struct area_phrases {
	const char *subtitle, *dark, *caption, *alt;
};

/* area_words: title (what the error bears about the province); subtitle, caption and alt text of
 *   the kind; footer: rule of the colours and source of the figures. */
void area_words(struct canvas *c, const struct area_phrases *keys, const struct area_fields *f,
		const struct result_row *rows, size_t n);

/* A legend: entries with a swatch below its title, on as many lines as their words take. */
struct area_legend {
	double most; /* mm it may be wide */
	size_t n;
	const char *key[7]; /* of the block "text": legend_title, g1 to g5, g0 */
	struct text words[7];
	double width,
		lines; /* mm; lines of text, with the space between entries, if all are shown */
};

/* area_legend: of groups, or of sides. area_entry: adds an entry. area_legend_keys: writes it. */
struct area_legend area_legend(const struct canvas *c, double most, bool complete);
void area_entry(const struct canvas *c, struct area_legend *legend, const char *key,
		struct text words);
void area_legend_keys(struct canvas *c, const struct area_legend *legend);

/* A tile map: its layout, the width of a tile (mm), the size of the names in them (points). */
struct area_tiles {
	long system;
	double rows, columns, width, points;
};

/* area_layout: the tile layout of the order's year.
 *   fails  DIAG_DATA: the units are no provinces, or there is no layout for so many */
bool area_layout(const struct chart_order *o, struct area_tiles *out, struct diag *why);

/* area_page: the page of a tile map, a tile being `ratio` times as wide as high, with a line of
 *   notes under it. */
void area_page(struct canvas *c, const struct area_tiles *t, double ratio);

/* area_legend_room: mm that a legend in the sea may be wide. */
double area_legend_room(const struct area_tiles *t);

/* What a tile shows below its name, and what its tip says behind it. */
struct area_cell {
	double class;
	struct text value, second, said;
};

/* area_said: value, rank or set, and side of a row. */
struct text area_said(const struct canvas *c, const struct result_row *row);

/* area_tile: a row of the block "tiles", with its tip. Of an archipelago its name alone is shown.
 */
void area_tile(struct canvas *c, const struct area_tiles *t, const struct tile *tile,
	       const struct area_cell *cell);

#endif
