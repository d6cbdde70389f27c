/* chart_base.h -- what the chart kinds share: the page, its words, roles and tables.
 *
 * Uses chart and below. */
#ifndef OUTPUT_CHART_BASE_H
#define OUTPUT_CHART_BASE_H

#include "base/memfile.h"
#include "output/chart.h"

#define MM_PER_POINT 0.3528

/* What a reader finds in an SVG when he points at a mark. */
struct tip {
	double x, y;          /* the mark's, as its script reads them */
	double width, height; /* mm, or as plots/README.md says; height 0: a disc of that width */
	struct text province, item; /* codes; empty = it belongs to none */
	struct text words;
	struct text path; /* a shape that is neither: SVG path, mm from the top left of the box */
};

#define TIP_DISC 3.4 /* mm: a disc that is easily hit, about a mark of the size of a dot */

/* A chart while it is made: two files in memory. */
struct canvas {
	struct arena *arena;
	const struct chart_order *order;
	struct chart *chart;
	struct facts *facts; /* of the chart */
	struct plotfile plot;
	struct memfile data, csv;
	double em, line;              /* mm */
	double small;                 /* size of small print, in em */
	bool simulated;               /* what is drawn was made by a program */
	const struct result *against; /* of estimates on a map: the provinces against the country */
	struct text merged; /* what is estimated of merged units, in a sentence; else empty */

	struct tip *tip;
	size_t tips;
	struct svg_name *name;
	size_t names;
};

/* canvas_letters: text of that size, in multiples of the chart's base size. canvas_width: mm of its
 *   widest line. */
struct lettering canvas_letters(const struct canvas *c, double scale, bool bold);

/* canvas_fit: a name, cut where it would take more than that share of the page's width. Names of
 *   provinces are far from it; those of a survey's own units and items may be long. */
#define CANVAS_NAMES 0.42 /* share of a column of names */
#define CANVAS_ENDS 0.25  /* of names at the ends of lines or beside points */
struct text canvas_fit(const struct canvas *c, struct text name, double share);
double canvas_width(const struct canvas *c, struct text s, double scale, bool bold);

/* canvas_role_look: names of units: the province itself is bold. canvas_level_look: names of items:
 * 1 a whole, bold; 2 a part, indented; 0 neither. */
struct look canvas_role_look(double role);
struct look canvas_level_look(double level);

/* canvas_end_look: names at the ends of lines: that of the province itself is bold, others small.
 */
struct look canvas_end_look(const struct canvas *c, double role);

/* canvas_open: opens the files. canvas_close: moves them into the chart. */
void canvas_open(struct arena *a, const struct chart_order *o, struct chart *out, struct canvas *c);
void canvas_close(struct canvas *c);

/* canvas_page: wraps the chart's words to its width, sets its height to what they and `body` mm
 *   need, and writes the block "text" up to the keys that belong to the kind. */
void canvas_page(struct canvas *c, double width, double body);

/* canvas_tip: what a mark says; call it once for every mark, what must lie on top last. A tip
 *   without a place (x or y NaN) is dropped, for its mark is not drawn. */
void canvas_tip(struct canvas *c, struct tip tip);

/* canvas_name: that a label, as it is shown, names a province and nothing else; once a label. */
void canvas_name(struct canvas *c, struct text province, struct text shown);

/* canvas_role: 1 the province itself, 2 a peer, 0 another. */
double canvas_role(const struct chart_order *o, struct text province);

/* canvas_csv: a row of the chart's CSV. */
void canvas_csv(struct canvas *c, const struct text *cells, size_t n);

/* canvas_plain: the same, whose last cell is the flag: all n of estimates, else the first `plain`,
 *   and the flag where units are merged. */
void canvas_plain(struct canvas *c, const struct text *cells, size_t n, size_t plain);

/* canvas_merged_flag: FLAG_MERGED or 0 of a series of an item in a year: of a province by its name
 * its own, of medians and quartiles that of the year. */
unsigned canvas_merged_flag(const struct chart_order *o, struct text item, long year,
			    struct text series);

/* canvas_estimated: the year's figures come from answers and have errors. */
bool canvas_estimated(const struct chart_order *o);

/* canvas_has_factors: some items lie between the index and its questions. */
bool canvas_has_factors(const struct chart_order *o);

/* canvas_nation: the country's value of an item in a year of answers; NaN. */
double canvas_nation(const struct chart_order *o, long year, struct text item);

/* canvas_side: 1 when the row's interval lies above the country's value, -1 below, 0 when it holds
 * it or one of them is not known. */
int canvas_side(const struct chart_order *o, const struct result_row *row);

/* canvas_level: the rows' level of confidence in percent: "95". */
struct text canvas_level(const struct chart_order *o);

/* canvas_hidden: says in caption and footer what the sign of a hidden number means, when a row has
 * one. */
void canvas_hidden(struct canvas *c, const struct result *shown);

/* canvas_source: "Nguồn: PAPI 2024 (…). Không công bố: A, B." and the sentence about error. */
struct text canvas_source(struct canvas *c, const struct result_row *rows, size_t n);

/* canvas_year: a year as text. */
struct text canvas_year(const struct canvas *c, long year);

/* canvas_item: the item of that code in the order's year. */
const struct item *canvas_item(const struct chart_order *o);

/* canvas_is_root: the chart is about the total. */
bool canvas_is_root(const struct chart_order *o);

/* canvas_subject: what a title says the chart is about: "PAPI", or "Cơ hội tham gia (PAPI)". */
struct text canvas_subject(const struct canvas *c);

/* canvas_range: "thang 8–80", "" when the range is not known. */
struct text canvas_range(const struct canvas *c, const struct item *item);

#endif
