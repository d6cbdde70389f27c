#define _GNU_SOURCE /* memrchr */
#include "input/csvscan.h"

#include "base/bytes16.h"
#include "base/utf8.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORDS 4      /* that follow a cut with the right width */
#define MOST_CHUNKS 16 /* that are looked through for one */
#define OPTIONS (CSV_STRICT | CSV_STRICT_FINI)

/* ---- bytes --------------------------------------------------------------------------------- */

/* Spaces and tabs replaced; 0xFF in *bad where a byte may not be. */
static bytes16 replace(bytes16 b, bytes16 *bad)
{
	bytes16 space = (bytes16)(b == ' '), tab = (bytes16)(b == '\t');

	*bad |= (bytes16)(b <= CSVSCAN_TAB); /* NUL and the two below it */
	return b ^ (space & (uint8_t)(' ' ^ CSVSCAN_SPACE)) ^ (tab & (uint8_t)('\t' ^ CSVSCAN_TAB));
}

/* Replaces what libcsv would trim; false at bytes that no survey file may hold. */
static bool prepare(char *bytes, size_t n)
{
	bytes16 bad = {0}, b;
	char last[sizeof b];
	size_t i = 0;

	for (; i + sizeof b <= n; i += sizeof b) {
		b = bytes16_load(bytes + i);
		if (!bytes16_high((bytes16)(b <= ' ')))
			continue;
		b = replace(b, &bad);
		memcpy(bytes + i, &b, sizeof b);
	}
	memset(last, '.', sizeof last);
	memcpy(last, bytes + i, n - i);
	b = replace(bytes16_load(last), &bad);
	memcpy(bytes + i, &b, n - i);
	return !bytes16_high(bad) && utf8_valid((struct text){bytes, n}) == n;
}

void csvscan_restore(char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] == CSVSCAN_SPACE)
			bytes[i] = ' ';
		else if (bytes[i] == CSVSCAN_TAB)
			bytes[i] = '\t';
}

/* ---- blocks -------------------------------------------------------------------------------- */

struct buffer {
	char *at;
	size_t n, size;
};

/* What the threads share: they take turns. */
struct source {
	const struct csvscan *order;
	int file;
	struct buffer rest; /* read, and not yet given away */
	bool ended, failed, begun;
};

/* A block of whole records, as far as can be seen. */
struct piece {
	struct buffer bytes;
	bool first, last;
};

static bool reserve(struct buffer *b, size_t more)
{
	char *at;

	if (b->at && b->size - b->n >= more)
		return true;
	at = realloc(b->at, b->n + more + 1);
	if (!at)
		return false;
	b->at = at;
	b->size = b->n + more + 1;
	return true;
}

/* Adds a block, or what is left of the file. */
static bool read_block(struct source *s, struct buffer *b)
{
	size_t wanted = s->order->chunk;

	if (!reserve(b, wanted))
		return false;
	while (wanted && !s->ended) {
		ssize_t n = read(s->file, b->at + b->n, wanted);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		s->ended = n == 0;
		b->n += (size_t)n;
		wanted -= (size_t)n;
	}
	return true;
}

struct counter {
	size_t fields, columns, rows;
	bool wrong;
};

static void count_field(void *bytes, size_t n, void *context)
{
	struct counter *c = context;

	(void)bytes;
	(void)n;
	c->fields++;
}

static void count_row(int end, void *context)
{
	struct counter *c = context;

	(void)end;
	c->wrong |= c->fields != c->columns;
	c->fields = 0;
	c->rows++;
}

/* Do records of the right width follow? */
static bool looks_right(const struct csvscan *order, const char *at, size_t n)
{
	struct counter c = {.columns = order->columns};
	struct csv_parser p;

	if (csv_init(&p, CSV_STRICT) != 0)
		return false;
	while (n && c.rows < RECORDS && !c.wrong) {
		const char *end = memchr(at, '\n', n);
		size_t line = end ? (size_t)(end - at) + 1 : n;

		c.wrong |= csv_parse(&p, at, line, count_field, count_row, &c) != line;
		at += line;
		n -= line;
	}
	csv_free(&p);
	return c.rows >= RECORDS && !c.wrong;
}

/* Where to cut: behind the line end found last; with several threads behind one that looks
 * right. 0 when there is none; but not in more and more of the file. */
static size_t find_cut(const struct csvscan *order, const struct buffer *b)
{
	const char *last = memrchr(b->at, '\n', b->n);

	if (!last || order->lanes == 1)
		return last ? (size_t)(last - b->at) + 1 : 0;
	for (size_t window = 4096; window / 4 < b->n; window *= 4) {
		size_t from = window < b->n ? b->n - window : 0;
		const char *at = b->at + from, *end;

		while ((end = memchr(at, '\n', (size_t)(b->at + b->n - at))) && end < last) {
			at = end + 1;
			if (looks_right(order, at, (size_t)(b->at + b->n - at)))
				return (size_t)(at - b->at);
		}
	}
	return b->n < MOST_CHUNKS * order->chunk ? 0 : (size_t)(last - b->at) + 1;
}

/* The next piece; empty behind the last. */
static bool next_piece(struct source *s, struct piece *out)
{
	struct buffer *b = &out->bytes;
	size_t cut = 0;

	b->n = 0;
	out->first = !s->begun;
	s->begun = true;
	if (!reserve(b, s->rest.n))
		return false;
	if (s->rest.n)
		memcpy(b->at, s->rest.at, s->rest.n);
	b->n = s->rest.n;
	s->rest.n = 0;
	while (!s->ended && cut == 0) {
		if (!read_block(s, b))
			return false;
		cut = s->ended ? 0 : find_cut(s->order, b);
	}
	out->last = s->ended;
	if (s->ended)
		return true;
	if (!reserve(&s->rest, b->n - cut))
		return false;
	memcpy(s->rest.at, b->at + cut, b->n - cut);
	s->rest.n = b->n - cut;
	b->n = cut;
	return true;
}

/* ---- parsing ------------------------------------------------------------------------------- */

static bool parse(struct csv_parser *p, const char *at, size_t n, const struct csvscan_lane *l)
{
	return csv_parse(p, at, n, l->field, l->row, l->context) == n && !*l->stop;
}

/* Passes over the byte-order mark and the header. */
static bool skip_header(struct csv_parser *p, const char **at, size_t *n, size_t columns)
{
	struct counter c = {.columns = columns};
	bool ok = true;

	if (*n >= 3 && memcmp(*at, "\xEF\xBB\xBF", 3) == 0) {
		*at += 3;
		*n -= 3;
	}
	while (ok && *n && c.rows == 0) {
		const char *end = memchr(*at, '\n', *n);
		size_t line = end ? (size_t)(end - *at) + 1 : *n;

		ok = csv_parse(p, *at, line, count_field, count_row, &c) == line;
		*at += line;
		*n -= line;
	}
	return ok && c.rows == 1 && !c.wrong;
}

/* Is no record begun where the piece ends? With one lane the parser goes on as it is. */
static bool ends_well(const struct source *s, struct csv_parser *p, const struct piece *piece,
		      const struct csvscan_lane *l)
{
	struct counter c = {0};

	if (piece->last)
		return csv_fini(p, l->field, l->row, l->context) == 0 && !*l->stop;
	if (s->order->lanes == 1)
		return true;
	return csv_fini(p, count_field, count_row, &c) == 0 && c.fields == 0 && c.rows == 0;
}

static bool parse_piece(const struct source *s, struct csv_parser *p, const struct piece *piece,
			const struct csvscan_lane *l)
{
	const char *at = piece->bytes.at;
	size_t n = piece->bytes.n;

	return prepare(piece->bytes.at, n) &&
	       (!piece->first || skip_header(p, &at, &n, s->order->columns)) &&
	       parse(p, at, n, l) && ends_well(s, p, piece, l);
}

/* libcsv has no room for fields before the first one. */
static bool start_parser(struct csv_parser *p)
{
	static const char record[] = "record\n";
	struct counter c = {0};

	return csv_init(p, OPTIONS) == 0 &&
	       csv_parse(p, record, sizeof record - 1, count_field, count_row, &c) ==
		       sizeof record - 1 &&
	       csv_get_buffer_size(p) >= CSVSCAN_READABLE;
}

static void work(struct source *s, const struct csvscan_lane *l)
{
	struct csv_parser p;
	struct piece piece = {0};
	bool ok = start_parser(&p), more = ok;

	while (more) {
#pragma omp critical(csvscan_turn)
		{
			more = !s->failed && !(s->begun && s->ended && s->rest.n == 0);
			ok = !more || next_piece(s, &piece);
		}
		ok = ok && (!more || parse_piece(s, &p, &piece, l));
		more = more && ok;
	}
	if (!ok) {
#pragma omp critical(csvscan_turn)
		s->failed = true;
	}
	csv_free(&p);
	free(piece.bytes.at);
}

bool csvscan_read(const struct csvscan *order)
{
	struct source s = {.order = order, .file = open(order->file, O_RDONLY | O_CLOEXEC)};

	if (s.file < 0)
		return false;
	posix_fadvise(s.file, 0, 0, POSIX_FADV_SEQUENTIAL);
#pragma omp parallel for num_threads(order->lanes) schedule(static, 1)
	for (size_t i = 0; i < order->lanes; i++)
		work(&s, &order->lane[i]);
	close(s.file);
	free(s.rest.at);
	return !s.failed;
}
