#include "output/workbook_page.h"

#include "base/text.h"
#include "output/workbook_whole.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TALLEST_NAME 31 /* letters of a page name */
#define LONGEST 32767   /* letters in a cell */
#define WIDEST 42       /* columns of text before it is broken into lines */
#define HEAD_LINES 3    /* a heading has about so many */
#define LINE_HEIGHT 15  /* points */
#define A4 9

struct page_width {
	double cells, head;
	struct text words; /* of the heading */
};

static void note(struct book *b, lxw_error e)
{
	if (b->error == LXW_NO_ERROR)
		b->error = e;
}

/* ---- the file ------------------------------------------------------------------------------ */

static const char *folder_of(struct arena *a, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return ".";
	return arena_string(a, (struct text){file, slash == file ? 1 : (size_t)(slash - file)});
}

void book_open(struct arena *a, const struct phrases *p, const char *file,
	       const struct book_about *about, struct book *out)
{
	lxw_workbook_options options = {.tmpdir = (char *)folder_of(a, file)};
	/* 1 January 2000, 00:00 UTC: no clock */
	lxw_doc_properties properties = {.title = (char *)arena_string(a, about->title),
					 .author = (char *)arena_string(a, about->author),
					 .created = 946684800};

	*out = (struct book){.arena = a, .phrases = p};
	out->file = workbook_new_opt(file, &options);
	if (out->file)
		note(out, workbook_set_properties(out->file, &properties));
}

static bool say(const char *file, lxw_error e, struct diag *why)
{
	const char *slash = strrchr(file, '/');

	unlink(file);
	diag_fail(why, DIAG_FAILED, "%s cannot be written whole", slash ? slash + 1 : file);
	return diag_hint(why, "is the disk full? (%s)", lxw_strerror(e));
}

bool book_close(struct book *b, const char *file, struct diag *why)
{
	lxw_error e;

	if (!b->file)
		return diag_fail(why, DIAG_FAILED, "not enough memory for %s", file);
	e = workbook_close(b->file);
	note(b, e);
	b->file = NULL;
	if (b->error != LXW_NO_ERROR)
		return say(file, b->error, why);
	if (workbook_whole(file))
		return true;
	return say(file, LXW_ERROR_ZIP_FILE_ADD, why);
}

/* ---- formats ------------------------------------------------------------------------------- */

/* Points or commas are those of the language where the program heeds it, else of the machine. */
const char *page_number_format(struct arena *a, enum lang lang, enum look look, int decimals)
{
	const char *tag = lang == LANG_VI ? "[$-42A]" : "[$-409]";
	bool whole = look == LOOK_WHOLE || look == LOOK_STEP;
	const char *digits = arena_format(a, "%s0%s%.*s", tag, whole || !decimals ? "" : ".",
					  whole ? 0 : decimals, "000000000")
				     .at;

	if (look != LOOK_STEP && look != LOOK_SIGNED)
		return digits;
	return arena_format(a, "%s+%s;%s\"\xE2\x88\x92\"%s;%s", tag, digits + strlen(tag), tag,
			    digits + strlen(tag), digits)
		.at;
}

lxw_format *page_format(struct book *b, enum look look, int decimals, bool strong)
{
	bool text = look == LOOK_TEXT || look == LOOK_WRAP;
	int d = text || look == LOOK_WHOLE || look == LOOK_STEP ? 0 : decimals;
	lxw_format *f = b->format[look][d][strong];

	if (f)
		return f;
	f = b->format[look][d][strong] = workbook_add_format(b->file);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (text)
		format_set_indent(f, 1);
	if (look == LOOK_WRAP)
		format_set_text_wrap(f);
	if (strong) {
		format_set_bold(f);
		format_set_bg_color(f, 0xFDECEA);
	}
	if (!text)
		format_set_num_format(f, page_number_format(b->arena, b->phrases->lang, look, d));
	return f;
}

static lxw_format *head_format(struct book *b)
{
	if (b->head)
		return b->head;
	b->head = workbook_add_format(b->file);
	format_set_bold(b->head);
	format_set_text_wrap(b->head);
	format_set_align(b->head, LXW_ALIGN_CENTER);
	format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bg_color(b->head, 0xE3EAF2);
	format_set_border(b->head, LXW_BORDER_THIN);
	format_set_border_color(b->head, 0x8A929E);
	return b->head;
}

static lxw_format *line_format(struct book *b, enum line_look look)
{
	lxw_format *f = b->line[look];

	if (f)
		return f;
	f = b->line[look] = workbook_add_format(b->file);
	format_set_text_wrap(f);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (look != LINE_PLAIN)
		format_set_bold(f);
	if (look == LINE_TITLE)
		format_set_font_size(f, 14);
	if (look == LINE_BANNER)
		format_set_font_color(f, 0xC8102E);
	return f;
}

/* ---- words --------------------------------------------------------------------------------- */

static bool is_escape(const char *at, size_t n)
{
	if (n < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return false;
	for (size_t i = 2; i < 6; i++)
		if (!strchr("0123456789abcdefABCDEF", at[i]))
			return false;
	return true;
}

/* What the format would read as the number of a letter ("_x0041_") is kept from it. */
static const char *literal(struct arena *a, struct text s)
{
	static const char escape[] = "_x005F";
	size_t k = sizeof escape - 1, n = 0;
	char *out;

	if (s.n > LONGEST) /* bytes: never more letters than the format allows */
		s.n = LONGEST;
	while (s.n && s.n == LONGEST && ((unsigned char)s.at[s.n - 1] & 0xC0) == 0x80)
		s.n--;
	out = arena_new(a, s.n * 2 + 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (is_escape(s.at + i, s.n - i)) {
			memcpy(out + n, escape, k);
			n += k;
		}
		out[n++] = (c < ' ' && c != '\n') || c == 0x7F ? ' ' : s.at[i];
		if (n >= 3 && c >= 0xBE && memcmp(out + n - 3, "\xEF\xBF", 2) == 0)
			out[n - 1] = '\xBD'; /* no character of XML */
	}
	return out;
}

/* Letters that a page's name must not have become spaces. */
static struct text allowed(struct arena *a, struct text s)
{
	char *out = (char *)arena_text(a, text_visible(a, s)).at;

	for (size_t i = 0; i < s.n; i++)
		if (strchr("[]:*?/\\'", out[i]))
			out[i] = ' ';
	return span_trim((struct text){out, s.n});
}

/* Counted in the 16-bit letters of the format. */
static struct text cut(struct text s, size_t most)
{
	struct text rest = s;
	size_t n = 0, end = 0;
	int letter;

	while ((letter = text_next(&rest)) >= 0) {
		n += letter > 0xFFFF ? 2 : 1;
		if (n > most)
			break;
		end = s.n - rest.n;
	}
	return span_trim((struct text){s.at, end});
}

static bool is_taken(const struct book *b, struct text folded)
{
	for (size_t i = 0; i < b->n_names; i++)
		if (span_equal(b->name[i], folded))
			return true;
	return false;
}

static const char *unique(struct book *b, struct text name)
{
	struct text wanted = allowed(b->arena, name), one = cut(wanted, TALLEST_NAME);

	for (size_t k = 2; one.n == 0 || is_taken(b, text_fold(b->arena, one)); k++)
		one = arena_format(b->arena, "%.*s %zu", SPAN_ARG(cut(wanted, TALLEST_NAME - 4)),
				   k);
	b->name = arena_grow(b->arena, b->name, b->n_names, sizeof *b->name);
	b->name[b->n_names++] = text_fold(b->arena, one);
	return literal(b->arena, one);
}

/* ---- a page -------------------------------------------------------------------------------- */

void page_open(struct book *b, struct text name, struct page *out)
{
	*out = (struct page){.book = b, .name = unique(b, name), .tall = 1};
	out->sheet = workbook_add_worksheet(b->file, out->name);
	if (!out->sheet) {
		note(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
		out->sheet = workbook_add_worksheet(b->file, NULL);
	}
}

void page_line(struct page *p, enum line_look look, struct text words)
{
	if (words.n == 0)
		return;
	p->line = arena_grow(p->book->arena, p->line, p->lines, sizeof *p->line);
	p->line[p->lines++] = (struct page_line){words, look};
}

static void explain(struct page *p, struct text head, struct text about)
{
	struct book *b = p->book;

	b->explained = arena_grow(b->arena, b->explained, b->n_explained, sizeof *b->explained);
	b->explained[b->n_explained++] = (struct explained){span_of(p->name), head, about};
}

/* The longest word, and as wide as its lines need; the button of the filter takes room, too. */
static double head_width(struct text head)
{
	size_t whole = text_columns(head), longest = 0;
	struct text word;

	while (span_split(&head, ' ', &word))
		longest = text_columns(word) > longest ? text_columns(word) : longest;
	return fmax((double)longest + 3, (double)whole / HEAD_LINES + 4);
}

lxw_col_t page_more(struct page *p, struct text head, enum look look)
{
	struct arena *a = p->book->arena;
	lxw_col_t col = p->used;

	if (p->used == 0)
		p->head = p->row = (lxw_row_t)p->lines;
	p->width = arena_grow(a, p->width, col, sizeof *p->width);
	p->look = arena_grow(a, p->look, col, sizeof *p->look);
	p->width[col].head = head_width(head);
	p->width[col].words = head;
	p->look[col] = look;
	p->used++;
	note(p->book, worksheet_write_string(p->sheet, p->head, col, literal(a, head),
					     head_format(p->book)));
	return col;
}

void page_columns(struct page *p, const struct column *column, size_t n, unsigned wanted,
		  const struct field *fields, size_t n_fields)
{
	const struct phrases *words = p->book->phrases;

	p->at = arena_new(p->book->arena, n, sizeof *p->at);
	for (size_t i = 0; i < n; i++) {
		struct text head;

		p->at[i] = NO_COLUMN;
		if (!(column[i].in & wanted))
			continue;
		head = phrase_fill(words, column[i].head, fields, n_fields);
		p->at[i] = page_more(p, head, column[i].look);
		if (column[i].about)
			explain(p, head, phrase_fill(words, column[i].about, fields, n_fields));
	}
}

/* Rows are as high as their longest text needs: programs do not all see to that themselves. */
static void end_row(struct page *p)
{
	if (p->tall > 1)
		note(p->book, worksheet_set_row(p->sheet, p->row, LINE_HEIGHT * p->tall, NULL));
	p->tall = 1;
}

void page_row(struct page *p, bool strong)
{
	end_row(p);
	p->row++;
	p->strong = strong;
}

/* ---- cells --------------------------------------------------------------------------------- */

static void widen(struct page *p, lxw_col_t col, double columns)
{
	p->width[col].cells = fmax(p->width[col].cells, columns);
}

/* How many lines of so many columns the words take, broken between words where that goes. */
static double lines_of(struct text words, double columns)
{
	double lines = 1;
	struct text line, word;

	for (bool first = true; span_split(&words, '\n', &line); first = false) {
		double used = 0;

		if (!first)
			lines++;
		while (span_split(&line, ' ', &word)) {
			double n = (double)text_columns(word);

			if (used > 0 && used + 1 + n > columns) {
				lines++;
				used = 0;
			}
			used += (used > 0 ? 1 : 0) + n;
			for (; used > columns; used -= columns)
				lines++;
		}
	}
	return lines;
}

static double longest_line(struct text words)
{
	double most = 0;
	struct text one;

	while (span_split(&words, '\n', &one))
		most = fmax(most, (double)text_columns(one));
	return most;
}

static void widen_number(struct page *p, lxw_col_t col, double x)
{
	double digits = fabs(x) >= 10 ? floor(log10(fabs(x))) + 1 : 1;
	bool whole = p->look[col] == LOOK_WHOLE || p->look[col] == LOOK_STEP;

	widen(p, col, digits + (whole ? 0 : 1 + p->decimals) + 2);
}

static lxw_format *format_of(struct page *p, lxw_col_t col)
{
	return page_format(p->book, p->look[col], p->decimals, p->strong);
}

void page_put_text(struct page *p, lxw_col_t col, struct text words)
{
	double lines = lines_of(words, WIDEST - (p->strong ? 9 : 5)); /* bold is wider */
	lxw_format *f = page_format(p->book, lines > 1 ? LOOK_WRAP : LOOK_TEXT, 0, p->strong);

	if (words.n == 0)
		return;
	widen(p, col, fmin(longest_line(words), WIDEST));
	p->tall = fmax(p->tall, lines);
	note(p->book,
	     worksheet_write_string(p->sheet, p->row, col, literal(p->book->arena, words), f));
}

void page_put_number(struct page *p, lxw_col_t col, double x)
{
	if (isnan(x))
		return;
	widen_number(p, col, x);
	note(p->book, worksheet_write_number(p->sheet, p->row, col, x, format_of(p, col)));
}

void page_put_formula(struct page *p, lxw_col_t col, struct text formula, double x)
{
	if (isnan(x))
		return;
	widen_number(p, col, x);
	note(p->book, worksheet_write_formula_num(
			      p->sheet, p->row, col,
			      arena_format(p->book->arena, "=%.*s", SPAN_ARG(formula)).at,
			      format_of(p, col), x));
}

void page_text(struct page *p, size_t column, struct text words)
{
	if (p->at[column] != NO_COLUMN)
		page_put_text(p, p->at[column], words);
}

void page_number(struct page *p, size_t column, double x)
{
	if (p->at[column] != NO_COLUMN)
		page_put_number(p, p->at[column], x);
}

void page_formula(struct page *p, size_t column, struct text formula, double x)
{
	if (p->at[column] != NO_COLUMN)
		page_put_formula(p, p->at[column], formula, x);
}

void page_put_comment(struct page *p, lxw_col_t col, struct text words)
{
	double lines = lines_of(words, 38) + 1;
	lxw_comment_options options = {.width = 280, .height = (uint16_t)fmin(18 * lines + 8, 600)};

	if (words.n == 0)
		return;
	note(p->book, worksheet_write_comment_opt(p->sheet, p->row, col,
						  literal(p->book->arena, words), &options));
}

void page_comment(struct page *p, size_t column, struct text words)
{
	if (p->at[column] != NO_COLUMN)
		page_put_comment(p, p->at[column], words);
}

struct text page_ref(const struct page *p, lxw_col_t col)
{
	char cell[LXW_MAX_CELL_NAME_LENGTH];

	lxw_rowcol_to_cell(cell, p->row, col);
	return arena_text(p->book->arena, span_of(cell));
}

struct text page_span(const struct page *p, lxw_col_t col)
{
	char span[LXW_MAX_CELL_RANGE_LENGTH];

	lxw_rowcol_to_range(span, p->head + 1, col, p->row, col);
	return arena_text(p->book->arena, span_of(span));
}

void page_difference(struct page *p, size_t column, double x, size_t minuend, double a,
		     size_t subtrahend, double b, int decimals)
{
	struct arena *r = p->book->arena;
	lxw_col_t from = p->at[minuend], to = p->at[subtrahend];
	struct text less;

	if (p->at[column] == NO_COLUMN || isnan(x))
		return;
	if (from == NO_COLUMN || to == NO_COLUMN || isnan(a) || isnan(b)) {
		page_number(p, column, x);
		return;
	}
	less = arena_format(r, "%.*s-%.*s", SPAN_ARG(page_ref(p, from)), SPAN_ARG(page_ref(p, to)));
	if (a - b == x)
		page_formula(p, column, less, x);
	else if (number_round(a - b, decimals) == x)
		page_formula(p, column, arena_format(r, "ROUND(%.*s,%d)", SPAN_ARG(less), decimals),
			     x);
	else
		page_number(p, column, x);
}

/* ---- the end of a page --------------------------------------------------------------------- */

static double width_of(const struct page *p, lxw_col_t col)
{
	return fmin(fmax(p->width[col].cells * 1.05 + 3, p->width[col].head), WIDEST + 2);
}

static void size_head(struct page *p)
{
	double lines = 1;

	for (lxw_col_t i = 0; i < p->used; i++)
		lines = fmax(lines, lines_of(p->width[i].words, width_of(p, i) - 3));
	note(p->book, worksheet_set_row(p->sheet, p->head, LINE_HEIGHT * lines + 3, NULL));
}

/* A line lies over all columns, as high as it needs; narrow tables give it more. */
static void put_line(struct page *p, lxw_row_t row, const struct page_line *line, double width)
{
	double size = line->look == LINE_TITLE ? 14 : 11;
	double per_line = fmax(width, 60) * 11 / size;
	double lines = lines_of(line->words, per_line);
	lxw_format *f = line_format(p->book, line->look);
	const char *words = literal(p->book->arena, line->words);
	lxw_col_t last = (lxw_col_t)(p->used ? p->used - 1 : 0);

	for (double more = p->used ? width : -60; more < 60; more += 8.43)
		last++;
	note(p->book, worksheet_set_row(p->sheet, row, lines * size * 1.4 + 2, NULL));
	note(p->book, last ? worksheet_merge_range(p->sheet, row, 0, row, last, words, f)
			   : worksheet_write_string(p->sheet, row, 0, words, f));
}

static void print_setup(struct page *p)
{
	const char *banner = "";

	for (size_t i = 0; i < p->lines; i++)
		if (p->line[i].look == LINE_BANNER)
			banner = arena_format(p->book->arena, "&L%.*s", SPAN_ARG(p->line[i].words))
					 .at;
	if (!p->portrait)
		worksheet_set_landscape(p->sheet);
	worksheet_set_paper(p->sheet, A4);
	worksheet_set_margins(p->sheet, 0.5, 0.5, 0.6, 0.6);
	note(p->book, worksheet_set_footer(
			      p->sheet, arena_format(p->book->arena, "%s&C&A&R&P/&N", banner).at));
}

void page_close(struct page *p, lxw_row_t total)
{
	double width = 0;

	end_row(p);
	for (lxw_col_t i = 0; i < p->used; i++) {
		width += width_of(p, i);
		note(p->book, worksheet_set_column(p->sheet, i, i, width_of(p, i), NULL));
	}
	for (size_t i = 0; i < p->lines; i++)
		put_line(p, (lxw_row_t)i, &p->line[i], p->used ? width : 120);
	print_setup(p);
	worksheet_fit_to_pages(p->sheet, 1, p->used ? 0 : 1);
	if (p->used == 0)
		return;
	size_head(p);
	note(p->book, worksheet_repeat_rows(p->sheet, p->head, p->head));
	worksheet_freeze_panes(p->sheet, p->head + 1, p->frozen);
	if (p->row - total > p->head)
		note(p->book, worksheet_autofilter(p->sheet, p->head, 0, p->row - total,
						   (lxw_col_t)(p->used - 1)));
}
