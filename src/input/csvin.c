/* Pieces of the file are fed to libcsv one physical line at a time, so that when libcsv reports a
 * row its first line is known. The row's raw bytes are kept until then: they tell the places
 * of its fields. */
#include "input/csvin.h"

#include "base/text.h"

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

static void on_row(int terminator, void *context)
{
	struct reader *r = context;
	struct csvin_row row = {r->file, r->first_line, r->fields, r->field, {r->raw.at, r->raw.n}};

	(void)terminator;
	if (r->stopped)
		return;
	for (size_t i = 0, from = 0; i < r->fields; from = r->ends[i++])
		r->field[i] = (struct text){r->cells.at + from, r->ends[i] - from};
	if (r->columns == 0) {
		r->columns = r->fields;
	} else if (r->fields != r->columns) {
		r->stopped = true;
		diag_at(r->why, (struct place){r->file, r->first_line, 1}, DIAG_DATA,
			"the row has %zu fields, the header has %zu", r->fields, r->columns);
		if (r->fields > r->columns)
			diag_hint(r->why, "a comma inside a value needs quotes around the value; "
					  "decimals are written with a point");
	}
	if (!r->stopped && !r->take(r->context, &row, r->why))
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

	if (line[bad] == '\0')
		return diag_at(r->why, where, DIAG_DATA, "a NUL byte, where text is expected");
	diag_at(r->why, where, DIAG_DATA, "byte 0x%02X is not UTF-8", (unsigned char)line[bad]);
	return diag_hint(r->why, "save the file as \"CSV UTF-8\"");
}

static bool is_blank_line(const char *line, size_t n)
{
	return n == 0 || (n == 1 && *line == '\n') || (n == 2 && memcmp(line, "\r\n", 2) == 0);
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
		if (is_blank_line(line, n))
			return true;
	}
	if (!check_bytes(r, line, n))
		return false;
	if (!append(&r->raw, line, n)) {
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
	struct csvin_row row = {r->file, r->first_line, r->fields, r->field, {r->raw.at, r->raw.n}};
	struct place open = csvin_place(&row, r->fields);

	if (csv_fini(&r->parser, on_field, on_row, r) != 0)
		return diag_at(r->why, open, DIAG_DATA,
			       "this quote is not closed before the end of the file");
	if (r->stopped)
		return false;
	if (r->columns == 0)
		return diag_at(r->why, (struct place){r->file, 1, 1}, DIAG_DATA,
			       "the file is empty; a header row is expected");
	return true;
}

static bool open_reader(struct reader *r, const char *file, csvin_row_fn *take, void *context,
			struct diag *why)
{
	*r = (struct reader){.file = file, .take = take, .context = context, .why = why};
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
}

static bool read_lines(struct reader *r, FILE *in)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	bool ok = true;

	while (ok && (n = getline(&line, &size, in)) >= 0)
		ok = feed_line(r, line, (size_t)n);
	free(line);
	if (ok && ferror(in))
		return diag_at(r->why, (struct place){r->file, 0, 0}, DIAG_DATA,
			       "cannot be read: %s", diag_system(r->why, errno));
	return ok && finish(r);
}

bool csvin_read(const char *file, csvin_row_fn *take, void *context, struct diag *why)
{
	FILE *in = fopen(file, "r");
	struct reader r;
	bool ok;

	if (!in)
		return diag_at(why, (struct place){file, 0, 0}, DIAG_DATA, "cannot be read: %s",
			       diag_system(why, errno));
	ok = open_reader(&r, file, take, context, why) && read_lines(&r, in);
	close_reader(&r);
	fclose(in); /* only read: nothing can be lost */
	return ok;
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
	bool ok = open_reader(&r, file, take, context, why) && feed_bytes(&r, bytes) && finish(&r);

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
};

/* Behind the next comma between fields; false at the end of the row. */
static bool next_field(struct walk *w)
{
	for (int c; (c = text_next(&w->rest)) >= 0;) {
		w->quoted ^= c == '"';
		w->where.column++;
		if (c == '\n') {
			w->where.line++;
			w->where.column = 1;
		}
		if (c == ',' && !w->quoted)
			return true;
	}
	return false;
}

void csvin_places(const struct csvin_row *row, struct place *out)
{
	struct walk w = {{row->file, row->line, 1}, row->raw, false};

	for (size_t i = 0; i < row->fields; i++) {
		out[i] = w.where;
		next_field(&w);
	}
}

struct place csvin_place(const struct csvin_row *row, size_t i)
{
	struct walk w = {{row->file, row->line, 1}, row->raw, false};

	while (i && next_field(&w))
		i--;
	return w.where;
}
