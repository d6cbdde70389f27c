/* workbook_parts.h -- the pages that a workbook has for a survey, and what their charts need.
 *
 * Values are unrounded; so is every difference. A change that may not be made, a number that is
 * withheld or was not published leaves its cell empty, and the note of the row, and a comment,
 * say why.
 *
 * Defined in workbook_rows.c, workbook_pages.c, workbook_peers.c, workbook_lost.c,
 * workbook_about.c and workbook_charts.c.
 * Uses report_parts, workbook_page and below. */
#ifndef OUTPUT_WORKBOOK_PARTS_H
#define OUTPUT_WORKBOOK_PARTS_H

#include "output/report_parts.h"
#include "output/workbook_page.h"

/* Colours of marks; 0: what all have that nothing is said of. */
enum {
	COLOUR_SELF = 0xC8102E,
	COLOUR_PEER = 0x3B78AB,
	COLOUR_OTHER = 0x8A929E,
	COLOUR_UP = 0x0072B2,
	COLOUR_DOWN = 0xD55E00
};

/* Cells that a chart draws: rows `first` to `last` of a page, with the names of the marks; along a
 * row where `across`, with names in the headings. */
struct extent {
	const char *page; /* NULL: there is nothing to draw */
	lxw_row_t first, last, head;
	lxw_col_t names, values, low, high, middle;
	lxw_col_t below, above; /* lengths of the interval on both sides of the value */
	bool across;
	lxw_col_t last_col;  /* where across */
	lxw_color_t *colour; /* by mark */
	struct text caption;
	double least, most; /* of the axis of values; of years: the years; NaN: not set */
	double bottom, top; /* of the values, where they need not begin at 0 */
};

/* Years that one line joins; dashed where they are to be compared with care. */
struct run {
	lxw_row_t first, last;
	bool dashed;
};

#define SECTION_FIELDS 12

struct section {
	struct arena *arena;
	struct book *book;
	const struct report_order *o;
	const struct narrative *n;
	bool several; /* surveys are in the workbook: names of pages begin with the survey's */
	bool simulated;
	struct field field[SECTION_FIELDS];
	size_t fields;
	struct extent ranks, items, years, peers, losses;
	struct run *run;
	size_t runs;
};

/* section_words: a phrase filled with what all phrases of the survey know: survey, province, year,
 *   from, unit, delta, item, title, peers, level. */
struct text section_words(const struct section *s, const char *key);

/* section_open: a page with its title, whether its data are simulated, source, and `notes`, keys
 *   of phrases, NULL behind the last. */
void section_open(struct section *s, const char *name, const char *title, const char *const *notes,
		  struct page *p);

/* section_caption: the title of a chart; simulated data are called so. */
struct text section_caption(const struct section *s, const char *key);

/* ---- rows of results ------------------------------------------------------------------------ */

/* The numbers of columns of rows_columns. */
enum {
	COL_SURVEY,
	COL_YEAR,
	COL_PROVINCE_CODE,
	COL_PROVINCE,
	COL_REGION,
	COL_PEER,
	COL_CODE,
	COL_ITEM,
	COL_LEVEL,
	COL_UNIT,
	COL_VALUE,
	COL_N,
	COL_SE,
	COL_LOW,
	COL_HIGH,
	COL_YEAR_FROM,
	COL_FROM,
	COL_DELTA,
	COL_DELTA_LOW,
	COL_DELTA_HIGH,
	COL_VERDICT,
	COL_COMPARABLE,
	COL_RANK,
	COL_RANKED,
	COL_RANK_LOW,
	COL_RANK_HIGH,
	COL_RANK_FROM,
	COL_RANK_DELTA,
	COL_GROUP,
	COL_MEDIAN,
	COL_NATION,
	COL_BEST,
	COL_GAP,
	COL_AGAINST,
	COL_AGENCY,
	COL_FLAGS,
	COL_NOTE,
	COL_BELOW,
	COL_ABOVE,
	COL__COUNT
};

/* Which pages have a column: of published scores, of answers, or both. */
enum { IN_OVERVIEW = 1, IN_INDEX = 2, IN_RANKS = 4, IN_YEARS = 8, IN_CHANGES = 16 };
#define OF_SCORES(pages) ((unsigned)(pages))
#define OF_ANSWERS(pages) ((unsigned)(pages) << 8)

/* rows_columns: the columns of a page for these rows of the section's survey. rows_head: those of
 *   any of these bits; rows_wanted: the bits of one row of a survey. */
void rows_columns(struct section *s, struct page *p, unsigned page, const struct result *r);
void rows_head(struct section *s, struct page *p, unsigned wanted);
unsigned rows_wanted(const struct narrative *n, const struct result_row *row, unsigned page);

/* What stands beside a row: NaN and empty words where nothing is known. */
struct beside {
	double median, nation, best;
	struct text against, agency;
	const struct province *unit; /* of a page of provinces */
	bool peer;
	const struct result_row *estimated; /* the row before it was set against a year; or NULL */
};

struct beside rows_beside(void);

/* rows_put: one row, strong or not. `n` is of the row's survey. */
void rows_put(struct section *s, struct page *p, const struct narrative *n,
	      const struct result_row *row, const struct beside *b, bool strong);

/* rows_judged: a province's changes of a year against the wave before: the report's own where
 *   they are these. */
void rows_judged(struct arena *a, const struct narrative *n, const struct result *all,
		 struct text province, long year, struct result *out);

/* ---- pages ---------------------------------------------------------------------------------- */

void workbook_index(struct section *s);
void workbook_ranks(struct section *s);
void workbook_years(struct section *s);
void workbook_changes(struct section *s);
void workbook_peers(struct section *s);
void workbook_lost(struct section *s);
void workbook_charts(struct section *s);

/* The data dictionary: columns and flags; items; sources, methods and what can be compared. */
void workbook_about(struct book *b, struct section *s, size_t n, struct text maker);

#endif
