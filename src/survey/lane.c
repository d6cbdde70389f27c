#include "survey/lane.h"

#include "base/text.h"
#include "input/csvscan.h"
#include "survey/answers.h"
#include "survey/meaning.h"

#include <math.h>
#include <string.h>

#define MOST_LEVELS 1000
#define UNKNOWN SIZE_MAX

__attribute__((noinline)) void lane_grow(struct lane *l, struct bytes *b, size_t more)
{
	char *at = arena_new(&l->own, b->size = 2 * (b->n + more), 1);

	if (b->n)
		memcpy(at, b->at, b->n);
	b->at = at;
}

/* ---- codes --------------------------------------------------------------------------------- */

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
static void open_key(struct lane *l, const struct bytes *key)
{
	char *at = key->at;
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

	p->part[0] = p->part[1] = UNKNOWN;
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

/* The profile of a key. */
static bool find_profile(struct lane *l, const struct bytes *key, size_t *out)
{
	size_t n = l->profiles->n;
	bool fresh, ok = true;

	*out = dict_add(l->profiles, 0, (struct text){key->at, key->n}, &fresh);
	if (!fresh)
		return true;
	l->profile = arena_grow(&l->own, l->profile, n, sizeof *l->profile);
	open_key(l, key);
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

static bool add_row(struct lane *l, size_t profile)
{
	struct sums_row row = {.code = l->code};
	bool numbers = l->tally.sums.numbers, in;
	struct profile *p = &l->profile[profile];

	if (p->elsewhere)
		return true;
	if (l->weight.value <= 0 || (l->n_pending && !settle(l)))
		return false;
	in = selected(l);
	if (p->part[in] == UNKNOWN && !find_part(l, p, in))
		return false;
	if (numbers)
		take_numbers(l);
	return tally_put(&l->tally, p->part[in], &row, l->weight, numbers ? l->exact_y : NULL,
			 l->exact_x);
}

/* ---- rows that wait ------------------------------------------------------------------------ */

/* Where rows come in no order, most of the time would be spent waiting for memory: that of the
 * key's place, of the key, of its part and of the sums, one after the other. So a row with a new
 * key waits while the next rows are parsed, and each of them takes the next step for it. Its codes
 * are copied; sums have no order. Rows with the same key as the one before do not wait. */

static void copy_bytes(struct lane *l, struct bytes *to, const struct bytes *from)
{
	to->n = 0;
	memcpy(lane_room(l, to, from->n), from->at, from->n);
}

static void fetch_sums(const struct lane *l, const struct profile *p)
{
	const struct tally *t = &l->tally;
	size_t n = t->plan->n_variables, counts = t->lacking ? 2 * shares_room(n) : 0;
	const struct tally_place *part;
	const struct tally_group *group;

	if (p->elsewhere || p->part[1] == UNKNOWN)
		return;
	part = &t->part[p->part[1]];
	group = &t->group[part->group];
	for (size_t i = 0; i < t->sums.unit[n]; i += 8)
		__builtin_prefetch(part->sums + i, 1);
	for (size_t i = 0; i < counts; i += 32)
		__builtin_prefetch(group->count.at + i, 1);
	for (size_t i = 0; i < t->sums.group[n]; i += 8)
		__builtin_prefetch(group->sums + i, 1);
}

static bool finish(struct lane *l, struct waiting *w)
{
	memcpy(l->code, w->code, l->codes * sizeof *l->code);
	l->weight = w->weight;
	return (w->profile != UNKNOWN || find_profile(l, &w->key, &w->profile)) &&
	       add_row(l, w->profile);
}

/* The next step of the row that came `age` rows with new keys ago. */
static bool step(struct lane *l, size_t age)
{
	struct waiting *w = &l->waiting[(l->n_waited - 1 - age) % (LANE_WAITING + 1)];
	size_t likely;

	switch (age) {
	case 0:
		dict_fetch(l->profiles, w->hash = dict_hash(0, (struct text){w->key.at, w->key.n}));
		return true;
	case 1:
		likely = dict_likely(l->profiles, w->hash);
		if (likely != DICT_NONE) {
			__builtin_prefetch(&l->profiles->entry[likely]);
			__builtin_prefetch(&l->profile[likely]);
		}
		return true;
	case 2:
		likely = dict_likely(l->profiles, w->hash);
		if (likely != DICT_NONE) {
			__builtin_prefetch(l->profiles->entry[likely].name.at);
			if (l->profile[likely].part[1] != UNKNOWN)
				__builtin_prefetch(&l->tally.part[l->profile[likely].part[1]]);
		}
		return true;
	case 3:
		if (!find_profile(l, &w->key, &w->profile))
			return false;
		fetch_sums(l, &l->profile[w->profile]);
		return true;
	default: return finish(l, w);
	}
}

/* The row waits; those before it take a step. */
static bool hold(struct lane *l)
{
	struct waiting *w = &l->waiting[l->n_waited++ % (LANE_WAITING + 1)];
	bool ok = true;

	copy_bytes(l, &w->key, &l->key);
	memcpy(w->code, l->code, l->codes * sizeof *l->code);
	w->weight = l->weight;
	w->profile = UNKNOWN;
	for (size_t age = 0; age <= LANE_WAITING && age < l->n_waited && ok; age++)
		ok = step(l, age);
	return ok;
}

bool lane_drain(struct lane *l)
{
	size_t n = l->n_waited < LANE_WAITING ? l->n_waited : LANE_WAITING;
	bool ok = true;

	l->n_pending = 0;
	for (; n > 0 && ok; n--)
		ok = finish(l, &l->waiting[(l->n_waited - n) % (LANE_WAITING + 1)]);
	return ok;
}

bool lane_row(struct lane *l)
{
	bool same = l->key.n == l->last.n && memcmp(l->key.at, l->last.at, l->key.n) == 0;

	if (l->next != l->end)
		return false;
	if (!same) {
		copy_bytes(l, &l->last, &l->key);
		l->here = UNKNOWN;
		if (l->n_pending == 0)
			return hold(l);
	}
	return (l->here != UNKNOWN || find_profile(l, &l->key, &l->here)) && add_row(l, l->here);
}

/* ---- start --------------------------------------------------------------------------------- */

static bool sole(const struct use *use, enum use_kind kind)
{
	return use && !use->next && use->kind == kind;
}

static void start_columns(struct lane *l, const struct uses *u)
{
	l->column = arena_new(&l->own, u->columns + 1, sizeof *l->column);
	l->table = arena_new(&l->own, u->codes, sizeof(void *));
	for (size_t c = 0; c <= u->columns; c++) { /* the last stands for fields too many */
		const struct use *use = u->first[c];
		bool coded = use && !use->next && use->kind <= USE_WHERE;

		l->column[c] = (struct column){.code = l->code + (coded ? use->code : u->codes - 1),
					       .use = use,
					       .key = sole(use, USE_KEY),
					       .weight = sole(use, USE_WEIGHT)};
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

void lane_start(struct lane *l, const struct uses *u, struct respondent *r, const struct tally *t,
		size_t most_memory)
{
	size_t n = r->plan->n_variables;
	struct arena *a = &l->own;

	l->r = r;
	l->columns = u->columns;
	l->n_keys = u->n_keys;
	l->key_column = u->key_column;
	l->most_memory = most_memory;
	tally_lane(&l->parts, &l->records, t, &l->tally);
	l->code = arena_new(a, u->codes + shares_room(n), sizeof *l->code);
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
	lane_room(l, &l->key, CODES_SHORT);
	lane_room(l, &l->last, CODES_SHORT);
	l->key.n = l->last.n = 0;
	l->weight = (struct decimal){1, 0};
	l->codes = u->codes + shares_room(n);
	for (size_t i = 0; i <= LANE_WAITING; i++)
		l->waiting[i].code = arena_new(a, l->codes, sizeof *l->code);
	l->here = UNKNOWN;
}
