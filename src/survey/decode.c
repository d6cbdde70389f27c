#include "survey/decode.h"

#include "base/text.h"
#include "input/csvscan.h"
#include "survey/answers.h"
#include "survey/codes.h"
#include "survey/meaning.h"
#include "survey/respondent.h"
#include "survey/uses.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define NO_TEXT UINT64_MAX /* bytes that no UTF-8 text has */
#define TABLE_BITS 5       /* of a new table */
#define MOST_BITS 12       /* of a table; then texts are looked up each time */
#define MOST_LEVELS 1000
#define CHUNK ((size_t)1 << 20)

/* ---- columns ------------------------------------------------------------------------------- */

struct column {
	struct codes table; /* of its use, when it has just one, with codes; else an empty one */
	uint16_t *code;     /* where its code goes */
	const struct use *use;
};

/* A number that a text stands for. */
struct number {
	double value;
	struct decimal exact;
};

/* A text that no table knows, kept until the row is whole. */
struct pending {
	const struct use *use;
	size_t at, n; /* in the lane's `texts` */
};

/* What the columns of the design and the groups say, looked up. */
struct profile {
	bool elsewhere; /* of another year */
	size_t leaf, *level;
	size_t part[2]; /* of rows that do not meet the conditions, and that do; PART_NONE */
};

#define PART_NONE ((size_t)-1)

struct bytes {
	char *at;
	size_t n, size;
};

/* What one thread knows. */
struct lane {
	struct column *next; /* of the next field */
	struct column *column, *end;
	size_t columns;
	uint16_t *code; /* by use: y of variables, x of variables, conditions, nothing */
	bool stop, full;
	/* the row so far */
	struct bytes key, texts;
	size_t keys; /* columns in the key so far */
	struct decimal weight;
	size_t n_pending;
	/* what was met so far */
	struct arena own, parts, records; /* of the lane, of its tally, of the sums, which stay */
	struct respondent *r;             /* shared: see look_up */
	struct tally tally;
	struct codes **table;   /* by use */
	struct number **number; /* by use, then code */
	size_t *n_numbers;
	struct pending *pending;
	size_t *cell, most_memory;
	struct dict *profiles;
	struct profile *profile;
	struct bytes last;  /* the key of the row before, */
	size_t here;        /* and its profile */
	struct text *field; /* a row of key columns */
	size_t n_keys;
	const size_t *key_column;
	struct decimal *exact_y, *exact_x;
	struct diag why;
};

static __attribute__((noinline)) void grow(struct lane *l, struct bytes *b, size_t more)
{
	char *at = arena_new(&l->own, b->size = 2 * (b->n + more), 1);

	if (b->n)
		memcpy(at, b->at, b->n);
	b->at = at;
}

static inline void *room(struct lane *l, struct bytes *b, size_t more)
{
	if (b->n + more > b->size)
		grow(l, b, more);
	b->n += more;
	return b->at + b->n - more;
}

/* ---- fields -------------------------------------------------------------------------------- */

/* A short text as eight bytes; a long one as bytes that are none, its length and itself. */
static void add_key(struct lane *l, const char *bytes, size_t n)
{
	uint64_t text = n <= CODES_SHORT ? codes_text(bytes, n) : CODES_NONE;
	char *at;

	memcpy(room(l, &l->key, sizeof text), &text, sizeof text);
	if (n <= CODES_SHORT)
		return;
	at = room(l, &l->key, sizeof n + n);
	memcpy(at, &n, sizeof n);
	memcpy(at + sizeof n, bytes, n);
}

/* Digits with or without a point; other ways to write a number are rare. */
static void take_weight(struct lane *l, const char *bytes, size_t n)
{
	uint64_t value = 0;
	size_t i = 0, point = 0; /* behind the point */

	for (; i < n && i < 18; i++) {
		unsigned digit = (unsigned)(unsigned char)bytes[i] - '0';

		if (digit <= 9) {
			value = 10 * value + digit;
			continue;
		}
		if (bytes[i] != '.' || point)
			break;
		point = i + 1;
	}
	l->weight = (struct decimal){(int128)value, point ? (int)(i - point) : 0};
	if ((i < n || i == (point > 0)) && !decimal_parse((struct text){bytes, n}, &l->weight))
		l->stop = true;
	l->stop = l->stop || l->weight.value <= 0;
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
	memcpy(room(l, &l->texts, n + CODES_SHORT), bytes, n);
}

static void look_ahead(struct lane *l);

/* A field that the table of its column does not know, or that has other uses. */
static __attribute__((noinline)) void take_field(const char *bytes, size_t n, struct lane *l)
{
	const struct column *c = l->next - 1;

	for (const struct use *u = c->use; u; u = u->next)
		if (u->kind == USE_KEY) {
			add_key(l, bytes, n);
			if (++l->keys == l->n_keys)
				look_ahead(l);
		} else if (u->kind == USE_WEIGHT)
			take_weight(l, bytes, n);
		else
			take_code(l, u, bytes, n);
	if (c == l->end) { /* more fields than the header */
		l->next = l->end;
		l->stop = true;
	}
}

/* libcsv's callback: hardly a branch for answers of one byte or none. Of others only eight bytes
 * are looked at at once, since loading bytes that were stored one by one takes long. */
static void on_field(void *bytes, size_t n, void *context)
{
	struct lane *l = context;
	struct column *c = l->next++;

	if (n > 1) {
		if (c->use || c == l->end)
			take_field(bytes, n, l);
		return;
	}
	uint16_t known = *c->code = c->table.one[*(const uint8_t *)bytes & (uint8_t)-n];

	if (known == CODES_UNKNOWN)
		take_field(bytes, n, l);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* Numbers that a use remembers; tables hold fewer, so the last place is free for one at work. */
#define MOST_NUMBERS 60000

/* The code of a number; 0 = missing. */
static bool code_number(struct lane *l, const struct use *u, const struct question *q,
			struct text cell, uint16_t *code)
{
	double value = respondent_blank(l->tally.plan, cell) ? NAN : meaning_number(q, cell);
	struct number number = {.value = value};
	size_t n = l->n_numbers[u->code];

	*code = 0;
	if (isnan(value))
		return true;
	if (isinf(value) || !decimal_of(value, &number.exact))
		return false;
	if (n == MOST_NUMBERS)
		n--;
	l->number[u->code] = arena_grow(&l->own, l->number[u->code], n, sizeof number);
	l->number[u->code][n] = number;
	l->n_numbers[u->code] = n + 1;
	*code = (uint16_t)n;
	return true;
}

/* The code of a share or level: the plan's dictionaries are shared. */
static bool code_value(struct lane *l, struct variable *v, struct text cell, uint16_t *code)
{
	double value = NAN;

	*code = 0;
	if (respondent_blank(l->tally.plan, cell))
		return true;
#pragma omp critical(decode_look_up)
	{
		value = respondent_value(l->r, v, cell);
		if (v->levels && v->levels->n > MOST_LEVELS)
			value = INFINITY;
	}
	if (isinf(value))
		return false;
	if (!isnan(value))
		*code = (uint16_t)(v->kind == VARIABLE_LEVELS ? value + 1 : value == 1 ? 2 : 1);
	return true;
}

static bool code_text(struct lane *l, const struct use *u, struct text cell, uint16_t *code)
{
	struct variable *v = &l->r->plan->variable[u->which];

	if (u->kind == USE_WHERE) {
		*code = respondent_meets(l->r, u->which, text_nfc(&l->own, cell)) ? 1 : 2;
		return true;
	}
	if (u->kind == USE_X)
		return code_number(l, u, v->over_question, cell, code);
	if (v->kind == VARIABLE_NUMBER || v->kind == VARIABLE_PAIR)
		return code_number(l, u, v->question, cell, code);
	return code_value(l, v, cell, code);
}

/* Looks up what no table knew. */
static bool settle(struct lane *l)
{
	for (size_t i = 0; i < l->n_pending; i++) {
		const struct pending *p = &l->pending[i];
		char *at = l->texts.at + p->at;
		uint64_t text = p->n <= CODES_SHORT ? codes_text(at, p->n) : CODES_NONE;
		uint16_t code;

		csvscan_restore(at, p->n);
		if (!code_text(l, p->use, (struct text){at, p->n}, &code))
			return false;
		l->code[p->use->code] = code;
		if (text != CODES_NONE)
			codes_learn(&l->own, l->table[p->use->code], text, code);
	}
	return true;
}

/* The texts of a key into a row that has no others. */
static void open_key(struct lane *l)
{
	char *at = l->key.at;
	uint64_t text;
	size_t n;

	for (size_t i = 0; i < l->n_keys; i++) {
		memcpy(&text, at, sizeof text);
		n = strnlen(at, sizeof text);
		if (text == CODES_NONE) {
			memcpy(&n, at + sizeof text, sizeof n);
			at += sizeof text + sizeof n;
		}
		csvscan_restore(at, n);
		l->field[l->key_column[i]] = (struct text){at, n};
		at += text == CODES_NONE ? n : sizeof text;
	}
}

/* Frame, groups and their dictionaries are shared. */
static bool look_up(struct lane *l, struct profile *p)
{
	struct respondent *r = l->r;
	struct csvin_row row = {
		.file = r->file, .line = 1, .fields = l->columns, .field = l->field};
	struct frame_name names[FRAME_STAGES];
	bool ok;

	p->part[0] = p->part[1] = PART_NONE;
	p->elsewhere = respondent_elsewhere(r, &row, &l->why);
	if (p->elsewhere)
		return l->why.errors == 0;
	respondent_factors(r, &row);
	ok = respondent_names(r, &row, names, &l->why) &&
	     frame_add(&r->out->frame, names, (struct place){r->file, 0, 0}, &p->leaf, &l->why) &&
	     r->strange_index->n == 0 && l->why.errors == 0;
	p->level = arena_new(&l->own, r->plan->n_factors, sizeof *p->level);
	if (r->plan->n_factors)
		memcpy(p->level, r->level, r->plan->n_factors * sizeof *p->level);
	return ok;
}

/* The profile of a key that is not that of the row before. */
static bool find_profile(struct lane *l)
{
	size_t n = l->profiles->n;
	bool fresh, ok = true;

	l->here = dict_add(l->profiles, 0, (struct text){l->key.at, l->key.n}, &fresh);
	l->last.n = 0;
	memcpy(room(l, &l->last, l->key.n), l->key.at, l->key.n);
	if (!fresh)
		return true;
	l->profile = arena_grow(&l->own, l->profile, n, sizeof *l->profile);
	open_key(l);
#pragma omp critical(decode_look_up)
	ok = look_up(l, &l->profile[n]);
	return ok;
}

static bool selected(const struct lane *l)
{
	const struct plan *p = l->tally.plan;

	for (size_t i = 0; i < p->where.n; i++)
		if (l->code[2 * p->n_variables + i] != 1)
			return false;
	return true;
}

static bool find_part(struct lane *l, struct profile *p, bool in)
{
	struct respondent *r = l->r;

#pragma omp critical(decode_look_up)
	answers_cells(r->arena, r->plan, r->out, p->level, in, l->cell);
	p->part[in] = tally_find(&l->tally, p->leaf, p->level, in, l->cell);
	l->full = tally_full(&l->tally, l->most_memory);
	return !l->full;
}

/* The key is whole, the row not yet: finds its profile now, and has the processor fetch what the
 * row will be added to. */
static void look_ahead(struct lane *l)
{
	const size_t n = l->tally.plan->n_variables;
	const struct tally_place *part;
	const uint64_t *sums;

	if ((l->key.n == l->last.n && memcmp(l->key.at, l->last.at, l->key.n) == 0))
		return;
	if (!find_profile(l)) {
		l->stop = true;
		return;
	}
	if (l->profile[l->here].elsewhere || l->profile[l->here].part[1] == PART_NONE)
		return;
	part = &l->tally.part[l->profile[l->here].part[1]];
	sums = l->tally.group[part->group].sums;
	for (size_t i = 0; i < l->tally.sums.unit[n]; i += 8)
		__builtin_prefetch(part->sums + i, 1);
	for (size_t i = 0; i < l->tally.sums.group[n]; i += 8)
		__builtin_prefetch(sums + i, 1);
}

/* The numbers of the row; a pair is there or it is not. */
static void take_numbers(struct lane *l)
{
	const struct plan *p = l->tally.plan;

	for (size_t v = 0; v < p->n_variables; v++) {
		size_t x = p->n_variables + v;

		l->exact_y[v] = l->exact_x[v] = (struct decimal){0, 0};
		if (p->variable[v].kind != VARIABLE_NUMBER && p->variable[v].kind != VARIABLE_PAIR)
			continue;
		if (p->variable[v].kind == VARIABLE_PAIR && l->code[x] == 0)
			l->code[v] = 0;
		if (l->code[v] == 0)
			continue;
		l->exact_y[v] = l->number[v][l->code[v]].exact;
		if (p->variable[v].kind == VARIABLE_PAIR)
			l->exact_x[v] = l->number[x][l->code[x]].exact;
	}
}

static bool take_row(struct lane *l)
{
	struct sums_row row = {.code = l->code};
	bool numbers = l->tally.sums.numbers, in;
	struct profile *p;

	if (l->next != l->end)
		return false;
	if ((l->key.n != l->last.n || memcmp(l->key.at, l->last.at, l->key.n) != 0) &&
	    !find_profile(l))
		return false;
	p = &l->profile[l->here];
	if (p->elsewhere)
		return true;
	if (l->n_pending && !settle(l))
		return false;
	in = selected(l);
	if (p->part[in] == PART_NONE && !find_part(l, p, in))
		return false;
	if (numbers)
		take_numbers(l);
	return tally_put(&l->tally, p->part[in], &row, l->weight, numbers ? l->exact_y : NULL,
			 l->exact_x);
}

/* libcsv's callback. */
static void on_row(int end, void *context)
{
	struct lane *l = context;

	(void)end;
	l->stop = l->stop || !take_row(l);
	l->next = l->column;
	l->key.n = l->texts.n = 0;
	l->keys = 0;
	l->n_pending = 0;
}

/* ---- lanes --------------------------------------------------------------------------------- */

static void start_columns(struct lane *l, const struct uses *u)
{
	l->column = arena_new(&l->own, u->columns + 1, sizeof *l->column);
	l->table = arena_new(&l->own, u->codes, sizeof(void *));
	for (size_t c = 0; c <= u->columns; c++) { /* the last stands for fields too many */
		const struct use *use = u->first[c];
		bool coded = use && !use->next && use->kind <= USE_WHERE;

		l->column[c] = (struct column){.code = l->code + (coded ? use->code : u->codes - 1),
					       .use = use};
		if (coded)
			codes_start(&l->own, l->table[use->code] = &l->column[c].table);
		else
			codes_start(&l->own, &l->column[c].table);
		if (!use && c < u->columns) /* nobody asked: every text is known */
			memset(l->column[c].table.one, 0, sizeof l->column[c].table.one);
		for (; use && !coded; use = use->next)
			if (use->kind <= USE_WHERE)
				codes_start(&l->own, l->table[use->code] = arena_new(
							     &l->own, 1, sizeof **l->table));
	}
	l->next = l->column;
	l->end = l->column + u->columns;
}

static void start_lane(struct lane *l, const struct uses *u, struct respondent *r,
		       const struct tally *t, size_t most_memory)
{
	size_t n = r->plan->n_variables;
	struct arena *a = &l->own;

	l->r = r;
	l->columns = u->columns;
	l->n_keys = u->n_keys;
	l->key_column = u->key_column;
	l->most_memory = most_memory;
	tally_lane(&l->parts, &l->records, t, &l->tally);
	l->code = arena_new(a, u->codes, sizeof *l->code);
	start_columns(l, u);
	l->number = arena_new(a, u->codes, sizeof *l->number);
	l->n_numbers = arena_new(a, u->codes, sizeof *l->n_numbers);
	for (size_t i = 0; i < u->codes; i++) {
		l->number[i] = arena_grow(a, NULL, 0, sizeof **l->number);
		l->n_numbers[i] = 1;
	}
	l->profiles = dict_new(a);
	l->field = arena_new(a, u->columns, sizeof *l->field);
	for (size_t c = 0; c < u->columns; c++)
		l->field[c] = (struct text){"", 0};
	l->cell = arena_new(a, r->plan->n_margins, sizeof *l->cell);
	l->exact_y = arena_new(a, n, sizeof *l->exact_y);
	l->exact_x = arena_new(a, n, sizeof *l->exact_x);
	room(l, &l->key, CODES_SHORT);
	room(l, &l->last, CODES_SHORT);
	l->key.n = l->last.n = 0;
	l->weight = (struct decimal){1, 0};
	l->here = PART_NONE;
}

/* ---- the file ------------------------------------------------------------------------------ */

struct heading_of {
	struct respondent *r;
	size_t columns;
};

static bool take_heading(void *context, const struct csvin_row *row, struct diag *why)
{
	struct heading_of *h = context;

	if (respondent_header(h->r, row, why))
		h->columns = row->fields;
	return false;
}

enum decoded decode_read(struct arena *a, struct plan *p, const char *file, size_t lanes,
			 struct answers *out, struct tally *t)
{
	struct diag *why = arena_new(a, 1, sizeof *why);
	struct lane *lane = arena_new(a, lanes, sizeof *lane);
	struct csvscan_lane *scan = arena_new(a, lanes, sizeof *scan);
	struct respondent r;
	struct heading_of heading = {.r = &r};
	struct uses uses;
	bool ok, full = false;

	respondent_start(a, p, file, out, &r);
	csvin_read(file, take_heading, &heading, why);
	if (heading.columns == 0)
		return DECODE_UNSURE;
	uses_find(a, &r, heading.columns, &uses);
	for (size_t i = 0; i < lanes; i++) {
		start_lane(&lane[i], &uses, &r, t, p->reading.max_memory / lanes);
		scan[i] = (struct csvscan_lane){on_field, on_row, &lane[i], &lane[i].stop};
	}
	ok = csvscan_read(&(struct csvscan){.file = file,
					    .columns = heading.columns,
					    .chunk = p->reading.chunk ? p->reading.chunk : CHUNK,
					    .lanes = lanes,
					    .lane = scan});
	for (size_t i = 0; i < lanes; i++)
		arena_release(&lane[i].own);
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
