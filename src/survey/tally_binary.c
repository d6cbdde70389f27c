#include "survey/tally_binary.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

/* ---- the file as a whole ------------------------------------------------------------------- */

static bool wrong(const struct binary *f, const char *what)
{
	return diag_at(f->why, (struct place){f->name, 0, 0}, DIAG_DATA, "%s",
		       diag_word(f->why, what));
}

bool binary_damaged(const struct binary *f, const char *what)
{
	wrong(f, what);
	return diag_hint(f->why, "make the tally again, or copy it again");
}

static bool read_at(const struct binary *f, void *to, size_t n, uint64_t offset)
{
	unsigned char *at = to;

	while (n) {
		ssize_t got = pread(f->at, at, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return binary_damaged(
				f, N_("the tally ends before it should, or cannot be read"));
		at += got;
		offset += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

/* Sections fill what lies between head and table. */
static bool check_sections(const struct binary *f)
{
	uint64_t offset = sizeof f->head, most = f->tail.sections;

	for (size_t i = 0; i < most; i++) {
		const struct format_section *s = &f->section[i];
		uint32_t kind = i < FORMAT_VARIABLE ? (uint32_t)i : FORMAT_VARIABLE;

		if (s->kind != kind || s->offset != offset || s->size > f->tail.table - offset ||
		    s->size % FORMAT_ALIGNED ||
		    s->number != (i < FORMAT_VARIABLE ? 0 : i - FORMAT_VARIABLE))
			return binary_damaged(
				f, N_("the tally is damaged: its sections do not fit together"));
		offset += s->size;
	}
	return (offset == f->tail.table && most > FORMAT_VARIABLE) ||
	       binary_damaged(f, N_("the tally is damaged: its sections do not fill it"));
}

static bool read_table(struct binary *f)
{
	uint64_t n = f->tail.sections, table = f->tail.table, rest = f->size - sizeof f->tail;
	XXH3_state_t *state;
	uint64_t sum;

	if (f->tail.size != f->size || table < sizeof f->head || table > rest ||
	    (rest - table) / sizeof *f->section != n || (rest - table) % sizeof *f->section)
		return binary_damaged(
			f, N_("the tally is not as long as it says: bytes are missing, or "
			      "there are others behind its end"));
	f->section = malloc(n ? n * sizeof *f->section : 1);
	state = XXH3_createState();
	if (!f->section || !state || !read_at(f, f->section, n * sizeof *f->section, table)) {
		XXH3_freeState(state);
		return f->section && state ? false
					   : wrong(f, N_("not enough memory for the tally"));
	}
	XXH3_64bits_reset(state);
	XXH3_64bits_update(state, &f->head, sizeof f->head);
	XXH3_64bits_update(state, f->section, n * sizeof *f->section);
	sum = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return sum == f->tail.sum
		       ? check_sections(f)
		       : binary_damaged(f, N_("the tally is damaged: a checksum does not match"));
}

static bool check_head(const struct binary *f)
{
	if (memcmp(f->head.magic, FORMAT_MAGIC, sizeof f->head.magic) != 0)
		return wrong(f, N_("this is no binary tally"));
	if (f->head.endian != FORMAT_ENDIAN) {
		wrong(f, N_("the tally was made on a machine with another order of bytes"));
		return diag_hint(
			f->why,
			"take it here as CSV: hailong tally --merge FILE -o FILE.csv there");
	}
	if (f->head.version == FORMAT_VERSION)
		return true;
	diag_at(f->why, (struct place){f->name, 0, 0}, DIAG_DATA,
		"the tally has format version %u; this program knows %d", f->head.version,
		FORMAT_VERSION);
	return diag_hint(f->why, "make the tally again, or read it with the program that made it");
}

void binary_close(struct binary *f)
{
	if (f->at >= 0)
		close(f->at);
	free(f->section);
}

bool binary_open(const char *name, struct binary *f, struct diag *why)
{
	struct stat s;

	*f = (struct binary){.name = name, .why = why};
	f->at = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (f->at < 0 || fstat(f->at, &s) != 0 || !S_ISREG(s.st_mode))
		return wrong(f, f->at < 0 ? diag_system(f->why, errno) : N_("not a regular file"));
	f->size = (uint64_t)s.st_size;
	if (f->size < sizeof f->head + sizeof f->tail)
		return binary_damaged(f, N_("the tally is cut short"));
	if (!read_at(f, &f->head, sizeof f->head, 0) || !check_head(f) ||
	    !read_at(f, &f->tail, sizeof f->tail, f->size - sizeof f->tail))
		return false;
	if (memcmp(f->tail.ending, FORMAT_ENDING, sizeof f->tail.ending) != 0)
		return binary_damaged(
			f, N_("the tally does not end as it should: bytes are missing, or there "
			      "are others behind its end"));
	return read_table(f);
}

/* ---- a section ----------------------------------------------------------------------------- */

bool chunk_open(const struct binary *f, size_t number, struct chunk *out)
{
	const struct format_section *s = &f->section[number];

	*out = (struct chunk){.file = f, .n = s->size, .bytes = malloc(s->size ? s->size : 1)};
	if (!out->bytes)
		return wrong(f, N_("not enough memory for the tally"));
	if (read_at(f, out->bytes, out->n, s->offset) &&
	    (XXH3_64bits(out->bytes, out->n) == s->sum ||
	     binary_damaged(f, N_("the tally is damaged: a checksum does not match"))))
		return true;
	free(out->bytes);
	*out = (struct chunk){.file = f};
	return false;
}

const void *chunk_take(struct chunk *s, uint64_t n, uint64_t size)
{
	const unsigned char *at = s->bytes + s->at;

	if (s->bad || n > (s->n - s->at) / size) {
		s->bad = true;
		return NULL;
	}
	s->at += n * size;
	return at;
}

uint32_t chunk_u32(struct chunk *s)
{
	const void *at = chunk_take(s, 1, sizeof(uint32_t));
	uint32_t x = 0;

	if (at)
		memcpy(&x, at, sizeof x);
	return x;
}

void chunk_align(struct chunk *s)
{
	chunk_take(s, (FORMAT_ALIGNED - s->at % FORMAT_ALIGNED) % FORMAT_ALIGNED, 1);
}

/* All of a section was taken but what fills it up. */
bool chunk_close(struct chunk *s, bool ok)
{
	bool whole = !s->bad && s->n - s->at < FORMAT_ALIGNED;

	free(s->bytes);
	s->bytes = NULL;
	return ok &&
	       (whole ||
		binary_damaged(s->file, N_("the tally is damaged: a section is not as long as "
					   "it should be")));
}

uint32_t binary_u32(const void *list, size_t i)
{
	uint32_t x;

	memcpy(&x, (const unsigned char *)list + i * sizeof x, sizeof x);
	return x;
}

/* ---- columns ------------------------------------------------------------------------------- */

bool chunk_column(struct chunk *s, uint64_t parts, bool doubles, struct column *out)
{
	const void *at = chunk_take(s, 1, sizeof(struct format_column));
	struct format_column head;
	uint64_t size, bytes;

	if (!at)
		return false;
	memcpy(&head, at, sizeof head);
	size = head.form == FORM_DOUBLE ? sizeof(double) : head.form;
	if ((head.form == FORM_DOUBLE) != doubles || size > 16 || (size & (size - 1)) ||
	    head.places > 30 || (size && parts > (s->n - s->at) / size)) {
		s->bad = true;
		return false;
	}
	bytes = (parts * size + FORMAT_ALIGNED - 1) / FORMAT_ALIGNED * FORMAT_ALIGNED;
	*out = (struct column){(enum format_form)head.form, (int)head.places,
			       chunk_take(s, head.bytes, 1)};
	s->bad = s->bad || bytes != head.bytes;
	return !s->bad;
}

int128 chunk_whole(const struct column *c, size_t i)
{
	int128 sixteen;
	int64_t eight;
	int32_t four;
	int16_t two;
	int8_t one;

	switch (c->form) {
	case FORM_1: memcpy(&one, c->at + i, 1); return one;
	case FORM_2: memcpy(&two, c->at + 2 * i, 2); return two;
	case FORM_4: memcpy(&four, c->at + 4 * i, 4); return four;
	case FORM_8: memcpy(&eight, c->at + 8 * i, 8); return eight;
	case FORM_16: memcpy(&sixteen, c->at + 16 * i, 16); return sixteen;
	case FORM_ZEROS:
	case FORM_DOUBLE: break;
	}
	return 0;
}

/* In bounds, so that sums of some of them do not overflow; else *bad. */
struct total chunk_total(const struct column *c, size_t i, bool *bad)
{
	struct total t = {0};

	if (c->form == FORM_DOUBLE) {
		memcpy(&t.inexact, c->at + 8 * i, 8);
		*bad = *bad || !(fabs(t.inexact) < 1e100);
		return t;
	}
	t.exact = (struct decimal){chunk_whole(c, i), c->places};
	*bad = *bad || (c->form == FORM_16 && (t.exact.value >= decimal_power(36) ||
					       t.exact.value <= -decimal_power(36)));
	return t;
}

uint64_t chunk_count(const struct column *c, size_t i, bool *bad)
{
	int128 n = chunk_whole(c, i);

	*bad = *bad || n < 0 || n >> 50 > 0;
	return *bad ? 0 : (uint64_t)n;
}

bool chunk_words(const struct column *c, size_t first, size_t n, int64_t *out)
{
	const unsigned char *at;
	int32_t four;
	int16_t two;

	if (c->form > FORM_8)
		return false;
	at = c->at + first * c->form;
	switch (c->form) {
	case FORM_ZEROS: memset(out, 0, n * sizeof *out); return true;
	case FORM_1:
		for (size_t i = 0; i < n; i++)
			out[i] = (int8_t)at[i];
		return true;
	case FORM_2:
		for (size_t i = 0; i < n; i++) {
			memcpy(&two, at + 2 * i, 2);
			out[i] = two;
		}
		return true;
	case FORM_4:
		for (size_t i = 0; i < n; i++) {
			memcpy(&four, at + 4 * i, 4);
			out[i] = four;
		}
		return true;
	case FORM_8: memcpy(out, at, n * sizeof *out); return true;
	case FORM_16:
	case FORM_DOUBLE: break;
	}
	return false;
}
