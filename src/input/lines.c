#include "input/lines.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 20)

struct job {
	const char *file;
	const struct form *form;
	FILE *in;
	lines_fn *take;
	void *context;
	struct diag *why;
	size_t line; /* handed over */
};

static bool hand_over(struct job *j, struct text line)
{
	j->line++;
	return j->take(j->context, line);
}

static bool cannot_read(const struct job *j)
{
	return diag_at(j->why, (struct place){j->file, 0, 0}, DIAG_DATA, "cannot be read: %s",
		       diag_system(j->why, errno));
}

static bool no_memory(const struct job *j)
{
	return diag_fail(j->why, DIAG_FAILED, "%s: not enough memory for line %zu", j->file,
			 j->line + 1);
}

/* ---- UTF-8 --------------------------------------------------------------------------------- */

/* Hands over the whole lines of *s; what is left has no end. */
static bool whole_lines(struct job *j, struct text *s)
{
	const char *end;

	while (s->n && (end = memchr(s->at, '\n', s->n))) {
		size_t n = (size_t)(end - s->at) + 1;

		if (!hand_over(j, (struct text){s->at, n}))
			return false;
		*s = (struct text){s->at + n, s->n - n};
	}
	return true;
}

/* A line whose front has been read already. */
static bool joined(struct job *j, struct text front, struct text rest)
{
	char *both = malloc(front.n + rest.n + 1);
	bool ok;

	if (!both)
		return no_memory(j);
	memcpy(both, front.at, front.n);
	if (rest.n)
		memcpy(both + front.n, rest.at, rest.n);
	ok = hand_over(j, (struct text){both, front.n + rest.n});
	free(both);
	return ok;
}

static bool by_line(struct job *j, struct text bytes)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n = 0;
	bool ok = whole_lines(j, &bytes);

	while (ok && j->in && (n = getline(&line, &size, j->in)) >= 0) {
		struct text now = {line, (size_t)n};

		ok = bytes.n ? joined(j, bytes, now) : hand_over(j, now);
		bytes.n = 0;
	}
	free(line);
	if (ok && j->in && !feof(j->in)) /* an error, or a line without memory */
		return cannot_read(j);
	return ok && (bytes.n == 0 || hand_over(j, bytes));
}

/* ---- other encodings ----------------------------------------------------------------------- */

static bool is_utf16(enum encoding e)
{
	return e == ENCODING_UTF16LE || e == ENCODING_UTF16BE;
}

/* How many bytes there are up to the last line end; 0 when there is none. */
static size_t whole_part(const struct form *f, const char *s, size_t n)
{
	char end = f->returns ? '\r' : '\n';
	size_t low = f->encoding == ENCODING_UTF16BE;

	if (!is_utf16(f->encoding)) {
		while (n && s[n - 1] != end)
			n--;
		return n;
	}
	for (n -= n % 2; n; n -= 2)
		if (s[n - 2 + low] == end && s[n - 1 - low] == '\0')
			return n;
	return 0;
}

static size_t lines_in(struct text s, size_t *last)
{
	size_t lines = 0;

	*last = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] == '\n') {
			lines++;
			*last = i + 1;
		}
	return lines;
}

/* Bytes that mean nothing, behind the text before them. */
static bool tell_bad(struct job *j, struct text before, struct text bytes, size_t bad)
{
	size_t last, lines = lines_in(before, &last);
	struct place where = {j->file, j->line + lines + 1,
			      text_length((struct text){before.at + last, before.n - last}) + 1};

	diag_at(j->why, where, DIAG_DATA, "byte 0x%02X means nothing in %s here",
		(unsigned char)bytes.at[bad], encoding_name(j->form->encoding));
	return diag_hint(j->why, "--encoding says what the file has: utf-8, utf-16, windows-1258, "
				 "tcvn3 or vni");
}

/* CR as LF, in place of copies. */
static struct text with_feeds(struct arena *a, const struct form *f, struct text s)
{
	char *copy;

	if (!f->returns)
		return s;
	copy = arena_new(a, s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++)
		copy[i] = s.at[i] == '\r' ? '\n' : s.at[i];
	return (struct text){copy, s.n};
}

/* Whole lines, and the last of the file. */
static bool take_block(struct job *j, struct text bytes)
{
	struct arena own = {0};
	struct text s;
	size_t bad = 0;
	bool ok = encoding_decode(&own, j->form->encoding, bytes, &s, &bad);

	s = with_feeds(&own, j->form, s);
	/* csvin tells of bytes that are not UTF-8 */
	if (!ok && j->form->encoding == ENCODING_UTF8) {
		s = with_feeds(&own, j->form, bytes);
		ok = true;
	}
	ok = ok ? whole_lines(j, &s) && (s.n == 0 || hand_over(j, s)) : tell_bad(j, s, bytes, bad);
	arena_release(&own);
	return ok;
}

struct buffer {
	char *at;
	size_t n, size;
};

/* Adds a block from the file; false without memory. */
static bool read_block(struct job *j, struct buffer *b)
{
	if (b->size - b->n < BLOCK) {
		char *at = realloc(b->at, b->n + 2 * BLOCK);

		if (!at)
			return false;
		b->at = at;
		b->size = b->n + 2 * BLOCK;
	}
	if (j->in)
		b->n += fread(b->at + b->n, 1, BLOCK, j->in);
	return true;
}

static bool by_block(struct job *j, struct text bytes)
{
	struct buffer b = {malloc(bytes.n + BLOCK), bytes.n, bytes.n + BLOCK};
	bool ok = true, more = j->in != NULL;

	if (!b.at)
		return no_memory(j);
	if (bytes.n)
		memcpy(b.at, bytes.at, bytes.n);
	while (ok) {
		size_t n = more ? whole_part(j->form, b.at, b.n) : b.n, before = b.n - n;

		ok = n == 0 || take_block(j, (struct text){b.at, n});
		if (!ok || !more)
			break;
		memmove(b.at, b.at + n, before);
		b.n = before;
		ok = read_block(j, &b) || no_memory(j);
		more = ok && b.n > before;
	}
	free(b.at);
	if (ok && j->in && ferror(j->in))
		return cannot_read(j);
	return ok;
}

bool lines_of(const char *file, const struct form *form, struct text bytes, FILE *in,
	      lines_fn *take, void *context, struct diag *why)
{
	struct job j = {file, form, in, take, context, why, 0};

	if (form->encoding != ENCODING_UTF8 || form->returns)
		return by_block(&j, bytes);
	return by_line(&j, bytes);
}
