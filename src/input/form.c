#define _GNU_SOURCE /* memrchr */
#include "input/form.h"

#include "base/number.h"
#include "base/text.h"
#include "input/record.h"

#include <string.h>

#define FIRST_ROWS 100

/* What is looked at. */
struct look {
	struct arena *arena;
	const char *file;
	struct text text; /* the sample in UTF-8, without a byte-order mark */
	bool whole;
	const struct form_asked *asked;
	struct form *form;
	struct diag *why;
};

static struct place at_line(const struct look *k, size_t line)
{
	return (struct place){k->file, line, 1};
}

/* ---- encoding ------------------------------------------------------------------------------ */

/* Bytes that are whole characters of the encoding, at the end of a sample that may be cut. */
static struct text whole_characters(enum encoding e, struct text s, bool whole)
{
	const char *end;

	if (whole)
		return s;
	if (e == ENCODING_UTF16LE || e == ENCODING_UTF16BE) {
		s.n -= s.n % 2;
		return s;
	}
	end = s.n ? memrchr(s.at, '\n', s.n) : NULL;
	return end ? (struct text){s.at, (size_t)(end - s.at) + 1} : s;
}

static bool is_ascii(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

/* The encoding, and the sample in UTF-8 as far as it can be read. */
static bool find_encoding(struct look *k, struct text sample)
{
	enum encoding asked = k->asked->encoding, seen = encoding_guess(sample);
	bool is_16 = seen == ENCODING_UTF16LE || seen == ENCODING_UTF16BE;
	size_t bad = 0;

	k->form->encoding = !asked || (asked == ENCODING_UTF16LE && is_16) ? seen : asked;
	if (asked > ENCODING_UTF8 && seen == ENCODING_UTF8 && !is_ascii(sample))
		return diag_at(k->why, at_line(k, 1), DIAG_DATA, "the file is UTF-8, not %s",
			       encoding_name(asked));
	if (k->form->encoding == ENCODING_UNKNOWN)
		k->form->encoding = ENCODING_UTF8; /* csvin tells the byte */
	if (k->form->encoding == ENCODING_UTF8)
		k->text = sample;
	else
		encoding_decode(k->arena, k->form->encoding,
				whole_characters(k->form->encoding, sample, k->whole), &k->text,
				&bad);
	if (k->text.n >= 3 && memcmp(k->text.at, "\xEF\xBB\xBF", 3) == 0)
		k->text = (struct text){k->text.at + 3, k->text.n - 3};
	return true;
}

/* ---- delimiter and header ------------------------------------------------------------------ */

static const char delimiters[] = ",;\t|";

static const char *delimiter_name(char d, const struct diag *why)
{
	return diag_word(why, d == ','    ? N_("commas")
			      : d == ';'  ? N_("semicolons")
			      : d == '\t' ? N_("tabs")
					  : N_("bars"));
}

/* How the first rows look by one delimiter. */
struct shape {
	size_t columns; /* of the header */
	size_t header;  /* its line */
	size_t titles;  /* rows before it */
	size_t rows, agree;
	bool odd;
};

/* Rows with nothing but a first cell come before a header. */
static bool is_title(const struct records *r)
{
	return r->filled == 0 || (r->filled == 1 && span_trim(r->cell[0]).n);
}

/* Several names, no numbers but years. */
static bool is_heading(const struct records *r)
{
	double number;
	long year;

	for (size_t i = 0; i < r->n && i < RECORD_CELLS; i++) {
		struct text s = span_trim(r->cell[i]);

		if (number_parse(s, &number) && (i == 0 || !number_whole(s, 1900, 2999, &year)))
			return false;
	}
	return r->filled > 1;
}

static struct shape shape_of(const struct look *k, char delimiter, size_t from)
{
	struct records all = {.rest = k->text,
			      .whole = k->whole,
			      .delimiter = delimiter,
			      .returns = k->form->returns,
			      .line = 1};
	struct shape s = {0}, first = {0};
	const struct records *r = &all;
	bool lost = false;

	for (size_t n = 0; n < FIRST_ROWS && record_next(&all);) {
		if (r->at < from)
			continue;
		s.odd = s.odd || r->odd;
		if (n++ == 0)
			first = (struct shape){.columns = r->n, .header = r->at};
		if (s.columns) {
			s.rows++;
			s.agree += r->n == s.columns;
		} else if (is_title(r)) {
			s.titles++;
		} else if (!lost && (s.titles == 0 || is_heading(r))) {
			s.columns = r->n;
			s.header = r->at;
		} else {
			lost = true; /* numbers behind a lone word, which was no title */
		}
		first.rows += n > 1;
		first.agree += n > 1 && r->n == first.columns;
	}
	first.odd = s.odd;
	return s.columns > 1 && !k->asked->header ? s : first;
}

static bool fits(const struct shape *s)
{
	return s->columns > 1 && s->agree == s->rows && !s->odd;
}

/* Fewer titles, then more columns. */
static bool better(const struct shape *s, const struct shape *t)
{
	return s->titles != t->titles ? s->titles < t->titles : s->columns > t->columns;
}

/* Where no delimiter fits: the one that comes nearest. */
static size_t nearest(const struct shape *shape, size_t n)
{
	size_t best = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t points = (shape[i].agree + 1) * (shape[i].columns - (shape[i].columns > 0));

		if (points > most) {
			most = points;
			best = i;
		}
	}
	return best;
}

static bool ambiguous(const struct look *k, char one, char other, size_t columns, size_t line)
{
	diag_at(k->why, at_line(k, line), DIAG_DATA,
		"the rows have %zu fields whether %s or %s part them", columns,
		delimiter_name(one, k->why), delimiter_name(other, k->why));
	return diag_hint(k->why, "--delimiter says which: comma, semicolon, tab or pipe");
}

static bool find_delimiter(struct look *k, size_t from, struct shape *out)
{
	struct shape shape[4];
	size_t best = 4, next = 4;

	for (size_t i = 0; i < 4; i++) {
		shape[i] = shape_of(k, delimiters[i], from);
		if (!fits(&shape[i]))
			continue;
		if (best == 4 || better(&shape[i], &shape[best])) {
			best = i;
			next = 4;
		} else if (!better(&shape[best], &shape[i])) {
			next = i;
		}
	}
	if (next < 4)
		return ambiguous(k, delimiters[best], delimiters[next], shape[best].columns,
				 shape[best].header);
	if (best == 4)
		best = nearest(shape, 4);
	k->form->delimiter = delimiters[best];
	*out = shape[best];
	return true;
}

/* `sep=;` in the first line, which Excel reads and does not show. */
static bool find_separator_line(struct look *k)
{
	struct text s = k->text;

	if (s.n < 5 || memcmp(s.at, "sep=", 4) != 0 || !memchr(delimiters, s.at[4], 4) ||
	    (s.n > 5 && s.at[5] != '\r' && s.at[5] != '\n'))
		return false;
	k->form->delimiter = s.at[4];
	return true;
}

/* Without any other mark in the first rows commas are all there can be. */
static bool only_commas(const struct look *k)
{
	size_t n = k->text.n;
	const char *s = k->text.at;

	return n == 0 || (!memchr(s, ';', n) && !memchr(s, '\t', n) && !memchr(s, '|', n));
}

/* `first`: it is the first row. */
static bool find_header(struct look *k, bool *first)
{
	struct form *f = k->form;
	bool separator = find_separator_line(k);
	size_t from = separator ? 2 : 1;
	struct shape s = {0};

	if (k->asked->header)
		from = k->asked->header;
	if (k->asked->delimiter)
		f->delimiter = k->asked->delimiter;
	else if (!separator && only_commas(k))
		f->delimiter = ',';
	if (f->delimiter)
		s = shape_of(k, f->delimiter, from);
	else if (!find_delimiter(k, from, &s))
		return false;
	f->titles = k->asked->header ? 0 : s.titles;
	f->header = s.header ? s.header : from;
	f->header_last = f->header;
	if (k->asked->header < k->asked->header_last) {
		f->header = k->asked->header;
		f->header_last = k->asked->header_last;
	}
	*first = !separator && !s.titles && k->asked->header <= 1;
	return true;
}

/* ---- cells --------------------------------------------------------------------------------- */

/* What the cells of a column are. */
struct kind {
	size_t dates, codes, others;
	struct place at; /* of the first date */
	struct text date;
};

/* Digits with points, dashes and slashes between them, or a number. */
static bool is_code(struct text s)
{
	size_t digits = 0;

	if (s.n > 8)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789.,-/", s.at[i]))
			return false;
		digits += s.at[i] >= '0' && s.at[i] <= '9';
	}
	return digits > 0;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void look_at_kind(const struct look *k, const struct records *r, size_t i, struct kind *c)
{
	struct text s = span_trim(r->cell[i]);

	if (s.n == 0 || span_is(s, "NA") || span_is(s, "N/A") || span_is(s, "."))
		return;
	if (number_is_date(s)) {
		if (c->dates++ == 0) {
			c->date = s;
			c->at = (struct place){k->file, r->at, r->column[i] + 1};
		}
	} else if (is_code(s)) {
		c->codes++;
	} else {
		c->others++;
	}
}

static bool contrary(const struct look *k, const struct records *r, size_t i)
{
	const struct figures *f = &k->form->figures;
	size_t line =
		i < f->columns && f->mark[i] && f->line[i] != r->at ? f->line[i] : f->told_line;

	diag_at(k->why, (struct place){k->file, r->at, r->column[i] + 1}, DIAG_DATA,
		"\"%.*s\" has another decimal mark than line %zu", SPAN_ARG(r->cell[i]), line);
	return diag_hint(k->why, "--decimal comma, or point, says what the file has");
}

static bool learn_row(const struct look *k, const struct records *r, struct kind *kind)
{
	for (size_t i = 0; i < r->n && i < RECORD_CELLS; i++) {
		struct text cell = r->cell[i];
		bool spaced;

		look_at_kind(k, r, i, &kind[i]);
		k->form->formulas = k->form->formulas || record_is_formula(cell);
		figure_look(cell, &spaced);
		k->form->spaced = k->form->spaced || spaced;
		if (!k->form->figures.given && !figures_learn(&k->form->figures, i, r->at, cell))
			return contrary(k, r, i);
	}
	return true;
}

static bool check_dates(const struct look *k, const struct kind *kind)
{
	for (size_t i = 0; i < RECORD_CELLS; i++) {
		const struct kind *c = &kind[i];

		if (!c->dates || !c->codes || c->others)
			continue;
		diag_at(k->why, c->at, DIAG_DATA,
			"\"%.*s\" is a date among numbers or codes: a spreadsheet made it of a "
			"code",
			SPAN_ARG(c->date));
		return diag_hint(k->why,
				 "give the column the format Text in the spreadsheet, and type "
				 "what should stand there");
	}
	return true;
}

/* May there be dates, spaces between thousands, or cells such as ="001"? Few files have them. */
static bool may_have_traps(struct text s)
{
	const char *end = s.at + s.n;

	if (span_holds(s, (struct text)TEXT("=\"")) ||
	    span_holds(s, (struct text)TEXT("\xC2\xA0")) ||
	    span_holds(s, (struct text)TEXT("\xE2\x80\xAF")))
		return true;
	for (const char *at = s.at; s.n && (at = memchr(at, '-', (size_t)(end - at))); at++)
		if ((at > s.at && is_letter(at[-1])) || (at + 1 < end && is_letter(at[1])))
			return true;
	for (const char *at = s.at; s.n && (at = memchr(at, '/', (size_t)(end - at))); at++)
		if (at > s.at && is_digit(at[-1]) && at + 1 < end && is_digit(at[1]))
			return true;
	return false;
}

static bool look_at_cells(struct look *k)
{
	struct form *f = k->form;
	struct kind *kind = arena_new(k->arena, RECORD_CELLS, sizeof *kind);
	struct records r = {.rest = k->text,
			    .whole = k->whole,
			    .delimiter = f->delimiter,
			    .returns = f->returns,
			    .line = 1};

	while (record_next(&r)) {
		if (r.at < f->header)
			continue;
		if (!f->figures.mark)
			figures_start(k->arena, r.n, &f->figures);
		else if (r.at > f->header_last && !learn_row(k, &r, kind))
			return false;
	}
	return check_dates(k, kind);
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* CR alone ends lines where there is no LF. */
static bool has_returns(struct text s)
{
	return s.n && memchr(s.at, '\r', s.n) && !memchr(s.at, '\n', s.n);
}

static bool is_plain(const struct form *f, bool header_first)
{
	return f->encoding == ENCODING_UTF8 && f->delimiter == ',' && header_first &&
	       f->header_last == f->header && !f->returns && !f->formulas && !f->spaced &&
	       !f->figures.on;
}

bool form_find(struct arena *a, const char *file, struct text sample, bool whole,
	       const struct form_asked *asked, struct form *out, struct diag *why)
{
	static const struct form_asked nothing;
	struct look k = {.arena = a,
			 .file = file,
			 .whole = whole,
			 .asked = asked ? asked : &nothing,
			 .form = out,
			 .why = why};
	bool header_first;

	*out = (struct form){0};
	if (!find_encoding(&k, sample))
		return false;
	out->returns = has_returns(k.text);
	if (!find_header(&k, &header_first))
		return false;
	out->figures.given = k.asked->decimal != '\0';
	out->figures.decimal = k.asked->decimal;
	out->figures.on = out->delimiter != ',' || out->figures.given;
	if ((out->figures.on || may_have_traps(k.text)) && !look_at_cells(&k))
		return false;
	out->plain = is_plain(out, header_first);
	return true;
}

struct text form_asked_text(struct arena *a, const struct form_asked *asked)
{
	return arena_format(a, "%d %d %d %zu-%zu", (int)asked->encoding, asked->delimiter,
			    asked->decimal, asked->header, asked->header_last);
}

void form_tell(const char *file, const struct form *f, struct diag *why)
{
	const char *decimals =
		f->figures.decimal == ',' ? diag_word(why, ", decimals have commas") : "";

	if (f->encoding != ENCODING_UTF8)
		diag_note(why, file, "read as %s", encoding_name(f->encoding));
	if (f->delimiter != ',')
		diag_note(why, file, "%s part the fields%s", delimiter_name(f->delimiter, why),
			  decimals);
	else if (*decimals)
		diag_note(why, file, "decimals have commas");
	if (f->formulas)
		diag_note(why, file, "cells such as =\"001\" are read as 001");
	if (f->spaced)
		diag_note(why, file, "spaces part thousands");
	if (f->titles && f->header_last == f->header)
		diag_note(why, file, "the header is in line %zu", f->header);
}
