/* Pieces of the file are fed to libcsv one physical line at a time, so that when libcsv reports a
 * row its first line is known. The row's raw bytes are kept until then: they tell the places
 * of its fields. */
#include "input/csvin.h"

#include "base/text.h"
#include "input/lines.h"
#include "input/record.h"
#include "input/statfile.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct buffer {
	char *at;
	size_t n, size;
};

struct reader {
	const char *file;
	csvin_row_fn *take;
	void *context;
	struct diag *why;
	struct csv_parser parser;
	struct buffer raw;   /* bytes of the current row */
	struct buffer cells; /* contents of its fields, one after the other */
	size_t *ends;        /* end of each field in cells */
	struct text *field;
	size_t fields, room;
	size_t columns;    /* fields of the header; 0 before it */
	size_t line;       /* the line being fed, from 1 */
	size_t first_line; /* where the current row began */
	bool stopped;
	struct arena own;
	struct form form;
	bool quoted;           /* inside quotes, where a line is looked through for formulas */
	bool named;            /* the header has been handed over; of a file that is not plain */
	struct buffer unwound; /* a line without its formulas */
	struct text *heading;  /* names so far, of a header of several rows */
};

static bool reserve(struct buffer *b, size_t more)
{
	size_t size = b->size ? b->size : 256;
	char *at;

	while (size - b->n < more)
		size *= 2;
	if (size == b->size)
		return true;
	at = realloc(b->at, size);
	if (!at)
		return false;
	b->at = at;
	b->size = size;
	return true;
}

static bool append(struct buffer *b, const char *bytes, size_t n)
{
	if (!reserve(b, n))
		return false;
	if (n)
		memcpy(b->at + b->n, bytes, n);
	b->n += n;
	return true;
}

static void stop_out_of_memory(struct reader *r)
{
	r->stopped = true;
	diag_fail(r->why, DIAG_FAILED, "%s: not enough memory for line %zu", r->file, r->line);
}

static bool more_fields(struct reader *r)
{
	size_t room = r->room ? 2 * r->room : 32;
	size_t *ends = realloc(r->ends, room * sizeof *ends);
	struct text *field;

	if (ends)
		r->ends = ends;
	field = ends ? realloc(r->field, room * sizeof *field) : NULL;
	if (!field)
		return false;
	r->field = field;
	r->room = room;
	return true;
}

/* libcsv's callbacks cannot fail: they leave word in the reader. */
static void on_field(void *bytes, size_t n, void *context)
{
	struct reader *r = context;

	if (r->stopped)
		return;
	if ((r->fields == r->room && !more_fields(r)) || !append(&r->cells, bytes, n)) {
		stop_out_of_memory(r);
		return;
	}
	r->ends[r->fields++] = r->cells.n;
}

static struct csvin_row row_of(const struct reader *r)
{
	return (struct csvin_row){.file = r->file,
				  .line = r->first_line,
				  .fields = r->fields,
				  .field = r->field,
				  .raw = {r->raw.at, r->raw.n},
				  .delimiter = r->form.delimiter,
				  .plain = r->form.plain};
}

static bool ragged(const struct reader *r)
{
	diag_at(r->why, (struct place){r->file, r->first_line, 1}, DIAG_DATA,
		"the row has %zu fields, the header has %zu", r->fields, r->columns);
	if (r->fields < r->columns)
		return false;
	if (r->columns == 1)
		return diag_hint(r->why,
				 "--header says in which line the columns are named, "
				 "--delimiter what parts them; a comma inside a value needs "
				 "quotes around the value");
	if (r->form.delimiter != ',')
		return diag_hint(r->why, "the mark between fields needs quotes around a value that "
					 "has it; --delimiter names another mark");
	return diag_hint(r->why, "a comma inside a value needs quotes around the value; "
				 "decimals are written with a point");
}

/* A number in the file's own manner, or a formula, as all else reads it. */
static bool plain_field(struct reader *r, size_t i, const struct csvin_row *row)
{
	struct text *field = &r->field[i];
	size_t n = 0;

	if (r->form.formulas)
		*field = record_unformula(*field);
	switch (figures_read(&r->form.figures, i, r->first_line, *field, (char *)field->at, &n)) {
	case FIGURE_AS_IT_IS: return true;
	case FIGURE_WRITTEN: field->n = n; return true;
	case FIGURE_AMBIGUOUS:
		diag_at(r->why, csvin_place(row, i), DIAG_DATA,
			"\"%.*s\" may be thousands or three decimals, and nothing in the file says "
			"which",
			SPAN_ARG(*field));
		break;
	case FIGURE_CONTRARY:
		diag_at(r->why, csvin_place(row, i), DIAG_DATA,
			"\"%.*s\" has another decimal mark than the numbers before it",
			SPAN_ARG(*field));
		break;
	}
	return diag_hint(r->why, "--decimal comma, or point, says what the file has");
}

/* One row of a header of several: a column's name is what its cells hold, joined by " / ". */
static void join_heading(struct reader *r)
{
	if (!r->heading)
		r->heading = arena_new(&r->own, r->fields, sizeof *r->heading);
	for (size_t i = 0; i < r->fields; i++) {
		struct text part = span_trim(r->field[i]), *name = &r->heading[i];

		if (part.n && name->n)
			*name = arena_format(&r->own, "%.*s / %.*s", SPAN_ARG(*name),
					     SPAN_ARG(part));
		else if (part.n)
			*name = arena_text(&r->own, part);
		r->field[i] = *name;
	}
}

static bool blank_heading(const struct reader *r)
{
	return diag_at(r->why, (struct place){r->file, r->form.header_last, 1}, DIAG_DATA,
		       "this line is blank, where the last row of the header is expected");
}

/* What only files have that are not plain. False when the row is not to be handed over. */
static bool by_form(struct reader *r, const struct csvin_row *row)
{
	if (r->first_line <= r->form.header_last) {
		if (r->form.header_last > r->form.header)
			join_heading(r);
		return r->named = r->line >= r->form.header_last;
	}
	if (!r->named) {
		r->stopped = true;
		return blank_heading(r);
	}
	for (size_t i = 0; i < r->fields && !r->stopped; i++)
		r->stopped = !plain_field(r, i, row);
	return !r->stopped;
}

static void on_row(int terminator, void *context)
{
	struct reader *r = context;
	struct csvin_row row = row_of(r);

	(void)terminator;
	if (r->stopped)
		return;
	for (size_t i = 0, from = 0; i < r->fields; from = r->ends[i++])
		r->field[i] = (struct text){r->cells.at + from, r->ends[i] - from};
	if (r->columns == 0)
		r->columns = r->fields;
	else if (r->fields != r->columns)
		r->stopped = !ragged(r);
	if (!r->stopped && (r->form.plain || by_form(r, &row)) &&
	    !r->take(r->context, &row, r->why))
		r->stopped = true;
	r->fields = 0;
	r->cells.n = 0;
	r->raw.n = 0;
}

static size_t characters(const char *bytes, size_t n)
{
	return text_length((struct text){bytes, n});
}

/* libcsv trims what this calls a space: nothing, here. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

/* Bytes the parser would accept although no survey file may hold them. */
static bool check_bytes(const struct reader *r, const char *line, size_t n)
{
	size_t bad;

	if (text_check((struct text){line, n}, &bad))
		return true;
	struct place where = {r->file, r->line, characters(line, bad) + 1};

	if (r->line == 1 && n >= 4 && memcmp(line, "PK\003\004", 4) == 0) {
		diag_at(r->why, (struct place){r->file, 0, 0}, DIAG_DATA,
			"this is a workbook (.xlsx, .ods), where CSV is expected");
		return diag_hint(r->why, "save its sheet as \"CSV UTF-8\" (File, Save As)");
	}
	if (line[bad] == '\0')
		return diag_at(r->why, where, DIAG_DATA, "a NUL byte, where text is expected");
	diag_at(r->why, where, DIAG_DATA, "byte 0x%02X is not UTF-8", (unsigned char)line[bad]);
	return diag_hint(r->why, "save the file as \"CSV UTF-8\", or name its encoding with "
				 "--encoding");
}

static bool is_blank_line(const char *line, size_t n)
{
	return n == 0 || (n == 1 && *line == '\n') || (n == 2 && memcmp(line, "\r\n", 2) == 0);
}

/* A line without the signs of ="001", so that libcsv sees a field in quotes; the marks that open
 * and close quotes are followed through the lines. */
static bool unwind(struct reader *r, const char **line, size_t *n)
{
	bool start = !r->quoted;

	r->unwound.n = 0;
	if (!reserve(&r->unwound, *n))
		return false;
	for (size_t i = 0; i < *n; i++) {
		char c = (*line)[i];

		if (start && c == '=' && i + 1 < *n && (*line)[i + 1] == '"')
			continue;
		r->quoted ^= c == '"';
		start = !r->quoted && c == r->form.delimiter;
		r->unwound.at[r->unwound.n++] = c;
	}
	*line = r->unwound.at;
	*n = r->unwound.n;
	return true;
}

/* One physical line, with its line end. */
static bool feed_line(struct reader *r, const char *line, size_t n)
{
	size_t done;

	r->line++;
	if (r->line == 1 && n >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
		line += 3;
		n -= 3;
	}
	if (r->raw.n == 0) {
		r->first_line = r->line;
		if (r->line < r->form.header || is_blank_line(line, n))
			return true;
	}
	if (!check_bytes(r, line, n))
		return false;
	if (!append(&r->raw, line, n) || (r->form.formulas && !unwind(r, &line, &n))) {
		stop_out_of_memory(r);
		return false;
	}
	done = csv_parse(&r->parser, line, n, on_field, on_row, r);
	if (r->stopped)
		return false;
	if (done == n)
		return true;
	struct place where = {r->file, r->line, characters(line, done) + 1};

	if (csv_error(&r->parser) != CSV_EPARSE)
		return diag_at(r->why, where, DIAG_FAILED, "%s",
			       csv_strerror(csv_error(&r->parser)));
	diag_at(r->why, where, DIAG_DATA, "a quote that neither opens nor closes a field");
	return diag_hint(r->why, "a quote inside a quoted field is written twice");
}

/* After the last line: an unclosed quote shows only now. */
static bool finish(struct reader *r)
{
	struct csvin_row row = row_of(r);
	struct place open = csvin_place(&row, r->fields);

	if (csv_fini(&r->parser, on_field, on_row, r) != 0)
		return diag_at(r->why, open, DIAG_DATA,
			       "this quote is not closed before the end of the file");
	if (r->stopped)
		return false;
	if (!r->form.plain && !r->named && r->line && r->line < r->form.header_last)
		return diag_at(r->why, (struct place){r->file, r->line, 1}, DIAG_DATA,
			       "the file ends before line %zu, where its header is expected",
			       r->form.header_last);
	if (!r->form.plain && !r->named && r->columns)
		return blank_heading(r);
	if (r->columns == 0)
		return diag_at(r->why, (struct place){r->file, 1, 1}, DIAG_DATA,
			       "the file is empty; a header row is expected");
	return true;
}

static bool open_reader(struct reader *r, const char *file, csvin_row_fn *take, void *context,
			struct diag *why)
{
	*r = (struct reader){.file = file,
			     .take = take,
			     .context = context,
			     .why = why,
			     .form = {.encoding = ENCODING_UTF8, .delimiter = ',', .plain = true}};
	if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0)
		return diag_fail(why, DIAG_FAILED, "%s: the CSV parser cannot start", file);
	csv_set_space_func(&r->parser, no_space);
	return true;
}

static void close_reader(struct reader *r)
{
	csv_free(&r->parser);
	free(r->raw.at);
	free(r->cells.at);
	free(r->ends);
	free(r->field);
	free(r->unwound.at);
	arena_release(&r->own);
}

static bool take_line(void *reader, struct text line)
{
	return feed_line(reader, line.at, line.n);
}

/* A row of a statistical file: between its fields commas alone, so that the column of a place is
 * the number of the variable. */
static bool take_observation(void *reader, size_t line, const struct text *field, size_t fields,
			     struct diag *why)
{
	struct reader *r = reader;

	for (size_t i = 1; i < fields && r->columns == 0; i++)
		if (!append(&r->raw, ",", 1))
			return diag_fail(why, DIAG_FAILED, "%s: not enough memory", r->file);
	r->columns = fields;
	return r->take(r->context,
		       &(struct csvin_row){
			       r->file, line, fields, field, {r->raw.at, r->raw.n}, ',', false},
		       why);
}

static bool read_statfile(const char *file, const struct form_asked *asked, csvin_row_fn *take,
			  void *context, struct diag *why)
{
	struct reader r = {.file = file, .take = take, .context = context};
	struct statfile_options o = {0};
	bool ok = statfile_asked(file, asked, &o, why) &&
		  statfile_read(file, o, take_observation, &r, why);

	free(r.raw.at);
	return ok;
}

/* From the first bytes, which tell the form, to the end. */
static bool read_rest(struct reader *r, const struct form_asked *asked, struct text bytes, FILE *in)
{
	if (!form_find(&r->own, r->file, bytes, !in || feof(in), asked, &r->form, r->why))
		return false;
	if (!r->form.plain)
		form_tell(r->file, &r->form, r->why);
	csv_set_delim(&r->parser, (unsigned char)r->form.delimiter);
	return lines_of(r->file, &r->form, bytes, in, take_line, r, r->why) && finish(r);
}

/* The first bytes of a file that is open. */
static bool read_sample(const char *file, FILE *in, char sample[FORM_SAMPLE], struct text *out,
			struct diag *why)
{
	*out = (struct text){sample, fread(sample, 1, FORM_SAMPLE, in)};
	return !ferror(in) || diag_at(why, (struct place){file, 0, 0}, DIAG_DATA,
				      "cannot be read: %s", diag_system(why, errno));
}

bool csvin_read_as(const char *file, const struct form_asked *form, csvin_row_fn *take,
		   void *context, struct diag *why)
{
	FILE *in;
	char sample[FORM_SAMPLE];
	struct text bytes;
	struct reader r;
	bool ok;

	if (statfile_is(file))
		return read_statfile(file, form, take, context, why);
	in = fopen(file, "r");
	if (!in)
		return diag_at(why, (struct place){file, 0, 0}, DIAG_DATA, "cannot be read: %s",
			       diag_system(why, errno));
	ok = open_reader(&r, file, take, context, why) &&
	     read_sample(file, in, sample, &bytes, why) && read_rest(&r, form, bytes, in);
	close_reader(&r);
	fclose(in); /* only read: nothing can be lost */
	return ok;
}

bool csvin_read(const char *file, csvin_row_fn *take, void *context, struct diag *why)
{
	return csvin_read_as(file, NULL, take, context, why);
}

static bool feed_bytes(struct reader *r, struct text bytes)
{
	while (bytes.n) {
		const char *end = memchr(bytes.at, '\n', bytes.n);
		size_t n = end ? (size_t)(end - bytes.at) + 1 : bytes.n;

		if (!feed_line(r, bytes.at, n))
			return false;
		bytes.at += n;
		bytes.n -= n;
	}
	return true;
}

bool csvin_bytes(const char *file, struct text bytes, csvin_row_fn *take, void *context,
		 struct diag *why)
{
	struct reader r;
	bool ok = open_reader(&r, file, take, context, why) && read_rest(&r, NULL, bytes, NULL);

	close_reader(&r);
	return ok;
}

static bool take_bytes(void *reader, struct text bytes, struct diag *why)
{
	(void)why; /* the reader's own is the same */
	return feed_bytes(reader, bytes);
}

bool csvin_pull(const char *file, csvin_source_fn *source, void *from, csvin_row_fn *take,
		void *context, struct diag *why)
{
	struct reader r;
	bool ok = open_reader(&r, file, take, context, why);
	bool read = ok && source(from, take_bytes, &r, why);

	ok = read && !r.stopped && finish(&r);
	close_reader(&r);
	return ok;
}

/* A walk over a row's raw bytes, minding quotes. */
struct walk {
	struct place where; /* of the next character */
	struct text rest;
	bool quoted;
	char delimiter;
};

/* Behind the next delimiter between fields; false at the end of the row. */
static bool next_field(struct walk *w)
{
	for (int c; (c = text_next(&w->rest)) >= 0;) {
		w->quoted ^= c == '"';
		w->where.column++;
		if (c == '\n') {
			w->where.line++;
			w->where.column = 1;
		}
		if (c == w->delimiter && !w->quoted)
			return true;
	}
	return false;
}

void csvin_places(const struct csvin_row *row, struct place *out)
{
	struct walk w = {{row->file, row->line, 1}, row->raw, false, row->delimiter};

	for (size_t i = 0; i < row->fields; i++) {
		out[i] = w.where;
		next_field(&w);
	}
}

struct place csvin_place(const struct csvin_row *row, size_t i)
{
	struct walk w = {{row->file, row->line, 1}, row->raw, false, row->delimiter};

	while (i && next_field(&w))
		i--;
	return w.where;
}
