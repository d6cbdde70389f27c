#include "survey/decode.h"

#include "input/csvscan.h"
#include "survey/lane.h"

#include <string.h>

#define CHUNK ((size_t)1 << 20)

/* ---- fields -------------------------------------------------------------------------------- */

/* A short text as eight bytes; a long one as bytes that are none, its length and itself. */
static void add_key(struct lane *l, const char *bytes, size_t n)
{
	uint64_t text = n <= CODES_SHORT ? codes_text(bytes, n) : CODES_NONE;
	char *at;

	memcpy(lane_room(l, &l->key, sizeof text), &text, sizeof text);
	if (n <= CODES_SHORT)
		return;
	at = lane_room(l, &l->key, sizeof n + n);
	memcpy(at, &n, sizeof n);
	memcpy(at + sizeof n, bytes, n);
}

#define MOST_DIGITS 18

/* Digits with or without a point, at most MOST_DIGITS bytes. */
static bool plain_weight(const char *bytes, size_t n, struct decimal *out)
{
	uint64_t value = 0;
	size_t point = n;

	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)bytes[i] - '0';

		if (digit <= 9)
			value = 10 * value + digit;
		else if (bytes[i] == '.' && point == n)
			point = i;
		else
			return false;
	}
	*out = (struct decimal){(int128)value, point < n ? (int)(n - point) - 1 : 0};
	return true;
}

static __attribute__((noinline)) void take_weight(struct lane *l, const char *bytes, size_t n)
{
	if ((n > MOST_DIGITS || !plain_weight(bytes, n, &l->weight)) &&
	    !decimal_parse((struct text){bytes, n}, &l->weight))
		l->weight.value = 0; /* add_row refuses it, unless the row is of another year */
}

static __attribute__((noinline)) void take_code(struct lane *l, const struct use *u,
						const char *bytes, size_t n)
{
	if (n <= CODES_SHORT) {
		uint64_t code;

		if (codes_find(l->table[u->code], codes_text(bytes, n), &code)) {
			l->code[u->code] = (uint16_t)code;
			return;
		}
	}
	l->pending = arena_grow(&l->own, l->pending, l->n_pending, sizeof *l->pending);
	l->pending[l->n_pending++] = (struct pending){u, l->texts.n, n};
	memcpy(lane_room(l, &l->texts, n + CODES_SHORT), bytes, n);
}

/* A field that the table of its column does not know, or that has other uses. */
static __attribute__((noinline)) void take_field(const char *bytes, size_t n, struct lane *l)
{
	const struct column *c = l->next - 1;

	for (const struct use *u = c->use; u; u = u->next)
		if (u->kind == USE_KEY)
			add_key(l, bytes, n);
		else if (u->kind == USE_WEIGHT)
			take_weight(l, bytes, n);
		else
			take_code(l, u, bytes, n);
	if (c == l->end) { /* more fields than the header */
		l->next = l->end;
		l->stop = true;
	}
}

/* Most of them: a code of some letters, or part of the key. Eight bytes are looked at at once. */
static __attribute__((noinline)) void take_text(const char *bytes, size_t n, struct lane *l)
{
	const struct column *c = l->next - 1;
	const struct code *place;
	uint64_t text;

	if (n > CODES_SHORT) {
		take_field(bytes, n, l);
		return;
	}
	text = codes_text(bytes, n);
	if (c->key) {
		memcpy(lane_room(l, &l->key, sizeof text), &text, sizeof text);
		return;
	}
	if (c->weight) {
		take_weight(l, bytes, n);
		return;
	}
	place = &c->table.few[codes_place(&c->table, text)];
	if (place->text == text)
		*c->code = (uint16_t)place->code;
	else
		take_field(bytes, n, l);
}

/* libcsv's callback: hardly a branch for answers of one byte or none. */
static void on_field(void *bytes, size_t n, void *context)
{
	struct lane *l = context;
	struct column *c = l->next++;

	if (n > 1) {
		if (c->use || c == l->end)
			take_text(bytes, n, l);
		return;
	}
	uint16_t known = *c->code = c->table.one[*(const uint8_t *)bytes & (uint8_t)-n];

	if (known == CODES_UNKNOWN)
		take_text(bytes, n, l);
}

/* libcsv's callback. */
static void on_row(int end, void *context)
{
	struct lane *l = context;

	(void)end;
	l->stop = l->stop || !lane_row(l);
	l->next = l->column;
	l->key.n = l->texts.n = 0;
	l->n_pending = 0;
}

/* ---- the file ------------------------------------------------------------------------------ */

struct heading_of {
	struct respondent *r;
	size_t columns;
};

static bool take_heading(void *context, const struct csvin_row *row, struct diag *why)
{
	struct heading_of *h = context;

	if (row->plain && respondent_header(h->r, row, why))
		h->columns = row->fields;
	return false;
}

enum decoded decode_read(struct arena *a, struct plan *p, const char *file, size_t lanes,
			 struct answers *out, struct tally *t)
{
	struct diag *unread = arena_new(a, 1, sizeof *unread);
	struct lane *lane = arena_new(a, lanes, sizeof *lane);
	struct csvscan_lane *scan = arena_new(a, lanes, sizeof *scan);
	struct respondent r;
	struct heading_of heading = {.r = &r};
	struct uses uses;
	bool ok, full = false;

	respondent_start(a, p, file, out, &r);
	csvin_read_as(file, &p->reading.form, take_heading, &heading, unread);
	if (heading.columns == 0)
		return DECODE_UNSURE;
	uses_find(a, &r, heading.columns, &uses);
	for (size_t i = 0; i < lanes; i++) {
		lane_start(&lane[i], &uses, &r, t, p->reading.max_memory / lanes);
		scan[i] = (struct csvscan_lane){on_field, on_row, &lane[i], &lane[i].stop};
	}
	ok = csvscan_read(&(struct csvscan){.file = file,
					    .columns = heading.columns,
					    .chunk = p->reading.chunk ? p->reading.chunk : CHUNK,
					    .lanes = lanes,
					    .lane = scan});
#pragma omp parallel for num_threads((int)lanes) schedule(static, 1)
	for (size_t i = 0; i < lanes; i++) {
		if (ok) {
			lane[i].stop = !lane_drain(&lane[i]);
			tally_settle(&lane[i].tally);
		}
		arena_release(&lane[i].own);
	}
	for (size_t i = 0; i < lanes; i++)
		ok = ok && !lane[i].stop;
	for (size_t i = 0; i < lanes; i++) {
		full = full || lane[i].full;
		if (ok)
			tally_join(t, &lane[i].tally);
		arena_release(&lane[i].records);
		arena_release(&lane[i].parts);
	}
	arena_give_back();
	return full ? DECODE_FULL : ok ? DECODE_DONE : DECODE_UNSURE;
}
