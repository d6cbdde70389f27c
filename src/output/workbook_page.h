/* workbook_page.h -- the pages of a workbook: title, columns, typed cells.
 *
 * A page has lines above its table, one table with a heading row, and whatever charts are put on
 * it. Numbers are numbers, with the decimals that `decimals` says, words are words: one that
 * begins with "=" stays a word. A number that is not there leaves its cell empty. Formulas carry
 * the value that they were written with. Panes are frozen, rows filtered, headings repeated in
 * print. Which columns were used, and what they mean, is kept for the data dictionary.
 *
 * The bytes depend on nothing but what is put in. The library tells of some failures on standard
 * error, too.
 *
 * Not here: which figures (workbook_*), pictures (workbook_charts).
 * Uses phrases, outfile and below, libxlsxwriter; libzip and libxml2 to see that a file is whole.
 */
#ifndef OUTPUT_WORKBOOK_PAGE_H
#define OUTPUT_WORKBOOK_PAGE_H

#include "output/phrases.h"

#include <xlsxwriter.h>

/* What a column holds. */
enum look {
	LOOK_TEXT,
	LOOK_WRAP,   /* text that may be long: it is broken into lines */
	LOOK_WHOLE,  /* a count, a rank, a year */
	LOOK_STEP,   /* a whole number with its sign */
	LOOK_NUMBER, /* with the page's decimals */
	LOOK_SIGNED,
	LOOK__COUNT
};

/* Where a column is used is up to its owner: page_columns takes those that share a bit with
 * `wanted`. Both words are keys of phrases, filled with the fields of page_columns. */
struct column {
	const char *head, *about; /* about: what it means; NULL: is not explained */
	enum look look;
	unsigned in;
};

#define NO_COLUMN UINT16_MAX
#define PAGE_DECIMALS 10 /* 0 to 9 */

/* A line of the data dictionary. */
struct explained {
	struct text page, head, about;
};

struct book {
	struct arena *arena;
	const struct phrases *phrases;
	lxw_workbook *file;
	lxw_error error; /* the first */
	lxw_format *format[LOOK__COUNT][PAGE_DECIMALS][2], *head, *line[4];
	size_t n_names, n_explained;
	struct text *name; /* of pages, folded */
	struct explained *explained;
};

enum line_look { LINE_TITLE, LINE_PLAIN, LINE_BANNER, LINE_CAPTION };

struct page {
	struct book *book;
	lxw_worksheet *sheet;
	const char *name;
	size_t lines;
	lxw_col_t *at; /* by the caller's number of the column; NO_COLUMN = not used */
	lxw_col_t used, frozen;
	struct page_width *width;
	enum look *look;     /* by column of the page */
	lxw_row_t head, row; /* of the headings; the row that is being filled */
	double tall;         /* lines of the row that is being filled */
	int decimals;
	bool strong; /* cells are bold from here on */
	bool portrait;
	struct page_line {
		struct text words;
		enum line_look look;
	} * line;
};

/* book_open: begins a workbook that book_close writes to `file`; temporary files lie in its
 *   folder. */
struct book_about {
	struct text title, author;
};

void book_open(struct arena *a, const struct phrases *p, const char *file,
	       const struct book_about *about, struct book *out);

/* book_close: writes it and lets go of everything, whatever went wrong before.
 *   fails  DIAG_FAILED: cannot be written whole; the file is gone then */
bool book_close(struct book *b, const char *file, struct diag *why);

/* page_open: a page called `name`, shortened, and numbered when another has that name. */
void page_open(struct book *b, struct text name, struct page *out);

/* page_line: a line above the table, before page_columns; nothing when empty. */
void page_line(struct page *p, enum line_look look, struct text words);

/* page_columns: the columns that share a bit with `wanted`; then page_more for those of no list;
 *   then rows. The first `frozen` of them stay in sight. */
void page_columns(struct page *p, const struct column *column, size_t n, unsigned wanted,
		  const struct field *fields, size_t n_fields);
lxw_col_t page_more(struct page *p, struct text head, enum look look);

/* page_row: begins the next row. */
void page_row(struct page *p, bool strong);

/* Cells of the row, by the column's number in the list; a column not used takes nothing.
 *   page_formula  a formula (without "=" ) whose value is known; page_ref makes its words */
void page_text(struct page *p, size_t column, struct text words);
void page_number(struct page *p, size_t column, double x);
void page_formula(struct page *p, size_t column, struct text formula, double x);
void page_comment(struct page *p, size_t column, struct text words);

/* page_difference: x = minuend - subtrahend, as a formula when the cells give just that (or do so
 *   rounded to the decimals in which scores are written), else as a number. */
void page_difference(struct page *p, size_t column, double x, size_t minuend, double a,
		     size_t subtrahend, double b, int decimals);

/* The same by column of the page, for those of page_more. */
void page_put_text(struct page *p, lxw_col_t col, struct text words);
void page_put_number(struct page *p, lxw_col_t col, double x);
void page_put_formula(struct page *p, lxw_col_t col, struct text formula, double x);
void page_put_comment(struct page *p, lxw_col_t col, struct text words);

/* page_ref: "D12", of this row; page_span: "D5:D12", from the first row of the table to this. */
struct text page_ref(const struct page *p, lxw_col_t col);
struct text page_span(const struct page *p, lxw_col_t col);

/* page_close: titles, widths, filter, print; `total` rows at the end are not filtered. */
void page_close(struct page *p, lxw_row_t total);

/* page_format: the format of cells of a kind. */
lxw_format *page_format(struct book *b, enum look look, int decimals, bool strong);

/* page_number_format: the words of such a format: "[$-42A]0.00". */
const char *page_number_format(struct arena *a, enum lang lang, enum look look, int decimals);

#endif
