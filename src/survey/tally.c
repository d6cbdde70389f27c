#include "survey/tally.h"

#include <math.h>
#include <string.h>

#define PAGE_WORDS ((size_t)512)

void tally_start(struct arena *a, const struct plan *p, struct answers *from, struct tally *out)
{
	*out = (struct tally){.arena = a,
			      .records = a,
			      .plan = p,
			      .answers = from,
			      .groups = dict_new(a),
			      .index = dict_new(a),
			      .key = arena_new(a, p->n_factors + 2, sizeof *out->key),
			      .exact_y = arena_new(a, p->n_variables, sizeof *out->exact_y),
			      .exact_x = arena_new(a, p->n_variables, sizeof *out->exact_x),
			      .row_y = arena_new(a, p->n_variables, sizeof *out->row_y),
			      .row_x = arena_new(a, p->n_variables, sizeof *out->row_x),
			      .code = arena_new(a, shares_room(p->n_variables), sizeof *out->code)};
	sums_start(a, p, &out->sums);
	out->lacking = out->sums.shares;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static double as_real(uint64_t word)
{
	double x;

	memcpy(&x, &word, sizeof x);
	return x;
}

/* ---- parts --------------------------------------------------------------------------------- */

static struct text bytes_of(const size_t *key, size_t n)
{
	return (struct text){(const char *)key, n * sizeof *key};
}

static size_t *copy(struct tally *t, const size_t *from, size_t n)
{
	size_t *to = arena_new(t->arena, n, sizeof *to);

	if (n)
		memcpy(to, from, n * sizeof *to);
	return to;
}

/* Each page of a record is written here: one that is read before it is written faults twice, and
 * stops the other threads. */
static uint64_t *new_record(struct tally *t, size_t words)
{
	uint64_t *record = arena_new(t->records, words, sizeof *record);

	for (size_t i = 0; i < words; i += PAGE_WORDS)
		record[i] = 0;
	if (words)
		record[words - 1] = 0;
	return record;
}

/* The number of a group; *fresh when it was not there: its record is then `sums`, or a new one. */
static size_t find_group(struct tally *t, size_t leaf, const struct tally_group *g, uint64_t *sums,
			 bool *fresh)
{
	size_t n = t->groups->n, factors = t->plan->n_factors, group;

	if (factors)
		memcpy(t->key, g->level, factors * sizeof *g->level);
	t->key[factors] = g->selected;
	t->key[factors + 1] = t->plan->by_part ? leaf : 0;
	group = dict_add(t->groups, 0, bytes_of(t->key, factors + 2), fresh);
	if (*fresh) {
		t->group = arena_grow(t->arena, t->group, n, sizeof *t->group);
		t->group[n] = (struct tally_group){
			.level = copy(t, g->level, factors),
			.cell = copy(t, g->cell, t->plan->n_margins),
			.selected = g->selected,
			.sums = sums ? sums : new_record(t, t->sums.group[t->plan->n_variables])};
		if (t->lacking)
			t->group[n].count = shares_count_new(t->arena, t->plan->n_variables);
	}
	return group;
}

/* Likewise a part. Rows that are not selected have no answers to add. */
static size_t find_part(struct tally *t, size_t leaf, size_t group, uint64_t *sums, bool *fresh)
{
	size_t part = tally_place_find(t->index, t->part, t->n_parts, leaf, group);
	size_t words = t->group[group].selected ? t->sums.unit[t->plan->n_variables] : 0;

	*fresh = part == t->n_parts;
	if (*fresh) {
		t->part = arena_grow(t->arena, t->part, t->n_parts, sizeof *t->part);
		t->part[t->n_parts++] = (struct tally_place){
			.leaf = leaf, .group = group, .sums = sums ? sums : new_record(t, words)};
	}
	return part;
}

size_t tally_find(struct tally *t, size_t leaf, const size_t *level, bool selected,
		  const size_t *cell)
{
	struct tally_group g = {.level = level, .cell = cell, .selected = selected};
	bool fresh;

	return find_part(t, leaf, find_group(t, leaf, &g, NULL, &fresh), NULL, &fresh);
}

/* ---- places of numbers, room for levels ---------------------------------------------------- */

/* Goes over to sums of other places. */
static void rescale(struct tally *t, const struct sums *to)
{
	double w = (double)decimal_power(to->places - t->sums.places);

	for (size_t i = 0; i < t->groups->n; i++)
		tally_group_rescale(&t->sums, to, &t->group[i]);
	for (size_t i = 0; i < t->n_parts; i++) {
		t->part[i].w *= (uint64_t)w;
		if (t->group[t->part[i].group].selected)
			sums_rescale(&t->sums, to, t->part[i].sums, NULL);
	}
	for (size_t v = 0; v < t->plan->n_variables; v++) {
		t->sums.most_y[v] *= (double)decimal_power(to->y_places[v] - t->sums.y_places[v]);
		t->sums.most_x[v] *= (double)decimal_power(to->x_places[v] - t->sums.x_places[v]);
		t->sums.y_places[v] = to->y_places[v];
		t->sums.x_places[v] = to->x_places[v];
	}
	t->sums.places = to->places;
	t->sums.weight *= w;
	t->sums.square *= w * w;
}

/* Makes sure of at least these places of weights, and of numbers where they are given. */
static void need_places(struct tally *t, int places, const struct decimal *y,
			const struct decimal *x)
{
	size_t n = t->plan->n_variables;
	bool more = places > t->sums.places;
	struct sums wanted;

	for (size_t v = 0; y && v < n && !more; v++)
		more = y[v].places > t->sums.y_places[v] || x[v].places > t->sums.x_places[v];
	if (!more)
		return;
	wanted = t->sums;
	wanted.places = most(places, t->sums.places);
	wanted.y_places = arena_new(t->arena, n, sizeof *wanted.y_places);
	wanted.x_places = arena_new(t->arena, n, sizeof *wanted.x_places);
	for (size_t v = 0; v < n; v++) {
		wanted.y_places[v] = most(t->sums.y_places[v], y ? y[v].places : 0);
		wanted.x_places[v] = most(t->sums.x_places[v], x ? x[v].places : 0);
	}
	rescale(t, &wanted);
}

/* Records laid out anew, with room for that many levels (an even number) of a variable. */
static void widen(struct tally *t, size_t variable, size_t levels)
{
	struct sums before = t->sums;
	size_t n = t->plan->n_variables;

	sums_widen(&t->sums, variable, levels);
	for (size_t i = 0; i < t->groups->n; i++) {
		uint64_t *sums = new_record(t, t->sums.group[n]);

		sums_relay(&before, &t->sums, NULL, t->group[i].sums, NULL, sums);
		t->group[i].sums = sums;
	}
	for (size_t i = 0; i < t->n_parts; i++) {
		uint64_t *sums = new_record(t, t->sums.unit[n]);

		if (t->group[t->part[i].group].selected)
			sums_relay(&before, &t->sums, t->part[i].sums, NULL, sums, NULL);
		t->part[i].sums = sums;
	}
}

static void need_levels(struct tally *t, size_t variable, size_t levels)
{
	if (sums_wider(&t->sums, variable, levels))
		widen(t, variable, levels < 4 ? 4 : (levels + levels / 2 + 1) / 2 * 2);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void add_inexact(uint64_t *word, double x)
{
	x += as_real(*word);
	memcpy(word, &x, sizeof x);
}

/* Scaled numbers of a row; false when one has too many digits. */
static bool scale_numbers(struct tally *t, const struct sums_row *row, const struct decimal *y,
			  const struct decimal *x)
{
	for (size_t v = 0; v < t->plan->n_variables; v++) {
		if (row->code[v] == 0)
			continue;
		if (!decimal_scale(y[v], t->sums.y_places[v], &t->exact_y[v]) ||
		    !decimal_scale(x[v], t->sums.x_places[v], &t->exact_x[v]))
			return false;
		double most_y = fabs((double)t->exact_y[v].value);
		double most_x = fabs((double)t->exact_x[v].value);

		if ((double)row->w * fmax(most_y * most_y, most_x * most_x) > SUMS_MOST_PRODUCT)
			return false;
		t->sums.most_y[v] = fmax(t->sums.most_y[v], most_y);
		t->sums.most_x[v] = fmax(t->sums.most_x[v], most_x);
	}
	return true;
}

bool tally_put(struct tally *t, size_t part, struct sums_row *row, struct decimal weight,
	       const struct decimal *y, const struct decimal *x)
{
	struct tally_group *g = &t->group[t->part[part].group];

	if (t->sums.exact && weight.places > SUMS_MOST_PLACES)
		return false;
	if (t->sums.exact) {
		if (weight.places > t->sums.places || y)
			need_places(t, weight.places, y, x);
		if (!sums_weight(&t->sums, weight, &row->w) || (y && !scale_numbers(t, row, y, x)))
			return false;
		g->w += row->w;
		sums_add_square(row->w, &g->low, &g->high);
		t->sums.weight += (double)row->w;
		t->sums.square += (double)row->w * (double)row->w * 0x1p-32;
	} else {
		add_inexact(&g->w, row->weight);
		add_inexact(&g->low, row->weight * row->weight);
	}
	g->rows++;
	if (!g->selected)
		return true;
	if (t->lacking) {
		t->part[part].w += row->w;
		shares_add(&t->sums, row, t->part[part].sums, g->sums, &g->count);
		return true;
	}
	for (size_t v = 0; v < t->plan->n_variables; v++)
		need_levels(t, v, row->code[v]);
	row->exact_y = t->exact_y;
	row->exact_x = t->exact_x;
	sums_add(&t->sums, row, t->part[part].sums, g->sums);
	return true;
}

/* ---- doubles ------------------------------------------------------------------------------- */

int128 tally_mean(const struct tally *t, size_t v)
{
	int128 w = 0, wy = 0;

	for (size_t i = 0; i < t->n_parts; i++)
		if (t->group[t->part[i].group].selected) {
			struct part_sums s = sums_read(&t->sums, t->part[i].sums, NULL, v, 0);

			w += s.w.exact.value;
			wy += s.wy.exact.value;
		}
	return w ? wy / w : 0;
}

void tally_settle(struct tally *t)
{
	for (size_t i = 0; t->lacking && i < t->n_parts; i++)
		if (t->group[t->part[i].group].selected)
			shares_settle_unit(&t->sums, t->part[i].w, t->part[i].sums);
	for (size_t i = 0; t->lacking && i < t->groups->n; i++) {
		struct tally_group *g = &t->group[i];

		if (g->selected)
			shares_settle_group(&t->sums, g->rows, sums_square(g->low, g->high),
					    g->sums, &g->count);
	}
	t->lacking = false;
}

void tally_loosen(struct tally *t)
{
	tally_settle(t);
	if (!t->sums.exact)
		return;
	for (size_t v = 0; v < t->plan->n_variables; v++)
		if (t->n_parts && t->plan->variable[v].kind == VARIABLE_NUMBER) {
			t->sums.shift[v] = decimal_double(
				(struct decimal){tally_mean(t, v), t->sums.y_places[v]});
			t->sums.shifted[v] = t->sums.shift[v] != 0;
		}
	for (size_t i = 0; i < t->groups->n; i++)
		tally_group_loosen(&t->sums, &t->group[i]);
	for (size_t i = 0; i < t->n_parts; i++)
		if (t->group[t->part[i].group].selected)
			sums_loosen(&t->sums, t->part[i].sums, NULL);
	t->sums.exact = false;
}

/* ---- other threads ------------------------------------------------------------------------- */

void tally_lane(struct arena *own, struct arena *sums, const struct tally *t, struct tally *out)
{
	tally_start(own, t->plan, t->answers, out);
	out->records = sums;
}

/* Brings both to the larger number of levels and places. */
static void agree(struct tally *one, struct tally *other)
{
	size_t n = one->plan->n_variables;
	struct decimal *y = arena_new(other->arena, n, sizeof *y);
	struct decimal *x = arena_new(other->arena, n, sizeof *x);

	for (int turn = 0; turn < 2; turn++) {
		struct tally *t = turn ? other : one, *from = turn ? one : other;

		for (size_t v = 0; v < n; v++) {
			y[v].places = from->sums.y_places[v];
			x[v].places = from->sums.x_places[v];
			if (from->sums.levels[v] > t->sums.levels[v])
				widen(t, v, from->sums.levels[v]);
		}
		need_places(t, from->sums.places, y, x);
	}
}

static void join_totals(struct sums *to, const struct sums *from)
{
	to->weight += from->weight;
	to->square += from->square;
	for (size_t v = 0; v < to->plan->n_variables; v++) {
		to->most_y[v] = fmax(to->most_y[v], from->most_y[v]);
		to->most_x[v] = fmax(to->most_x[v], from->most_x[v]);
	}
}

/* All that a lane has, where nothing is yet. */
static void take_over(struct tally *into, struct tally *lane)
{
	arena_adopt(into->arena, lane->arena);
	if (into->records != into->arena || lane->records != lane->arena)
		arena_adopt(into->records, lane->records);
	into->sums = lane->sums;
	into->groups = lane->groups;
	into->index = lane->index;
	into->sums.arena = into->groups->arena = into->index->arena = into->arena;
	into->group = lane->group;
	into->n_parts = lane->n_parts;
	into->part = lane->part;
}

void tally_join(struct tally *into, struct tally *lane)
{
	size_t *group = arena_new(lane->arena, lane->groups->n, sizeof *group);
	bool *known = arena_new(lane->arena, lane->groups->n, sizeof *known), fresh;

	tally_settle(into);
	tally_settle(lane);
	if (into->groups->n == 0) {
		take_over(into, lane);
		return;
	}
	agree(into, lane);
	for (size_t i = 0; i < lane->n_parts; i++) {
		struct tally_place *p = &lane->part[i];
		struct tally_group *g = &lane->group[p->group];
		size_t part;

		if (!known[p->group]) {
			known[p->group] = true;
			group[p->group] = find_group(into, p->leaf, g, g->sums, &fresh);
			tally_group_join(&into->group[group[p->group]], g);
			if (!fresh)
				sums_join(&into->sums, NULL, NULL,
					  into->group[group[p->group]].sums, g->sums);
		}
		part = find_part(into, p->leaf, group[p->group], p->sums, &fresh);
		if (!fresh && g->selected)
			sums_join(&into->sums, into->part[part].sums, p->sums, NULL, NULL);
	}
	join_totals(&into->sums, &lane->sums);
	arena_adopt(into->records, lane->records);
}

bool tally_full(const struct tally *t, size_t bytes)
{
	size_t records = t->records != t->arena ? arena_bytes(t->records) : 0;

	return bytes && arena_bytes(t->arena) + records > bytes;
}

/* ---- the end of reading -------------------------------------------------------------------- */

bool tally_count(struct tally *t)
{
	struct answers *a = t->answers;
	int128 w = 0;
	uint128 ww = 0;
	double weight = 0, square = 0;

	tally_settle(t);
	a->rows = a->selected = 0;
	for (size_t i = 0; i < t->groups->n; i++) {
		const struct tally_group *g = &t->group[i];

		a->rows += g->rows;
		a->selected += g->selected ? g->rows : 0;
		if (t->sums.exact) {
			w += (int128)g->w;
			ww += sums_square(g->low, g->high);
		} else {
			weight += as_real(g->w);
			square += as_real(g->low);
		}
	}
	if (t->sums.exact) {
		weight = decimal_double((struct decimal){w, t->sums.places});
		square = decimal_double((struct decimal){(int128)ww, 2 * t->sums.places});
	}
	a->weight_sum = weight;
	a->weight_square_sum = square;
	return !t->sums.exact || sums_fit(&t->sums);
}

/* ---- parts as they are written and read ---------------------------------------------------- */

size_t tally_parts(const struct tally *t)
{
	return t->n_parts;
}

struct tally_part tally_part(const struct tally *t, size_t part)
{
	const struct tally_group *g = &t->group[t->part[part].group];
	struct tally_part p = {.leaf = t->part[part].leaf,
			       .level = g->level,
			       .selected = g->selected,
			       .rows = g->rows};

	if (t->sums.exact) {
		p.w.exact = (struct decimal){(int128)g->w, t->sums.places};
		p.ww.exact =
			(struct decimal){(int128)sums_square(g->low, g->high), 2 * t->sums.places};
	} else {
		p.w.inexact = as_real(g->w);
		p.ww.inexact = as_real(g->low);
	}
	return p;
}

struct part_sums tally_part_sums(const struct tally *t, size_t part, size_t variable, size_t level)
{
	const struct tally_place *p = &t->part[part];

	if (!t->group[p->group].selected)
		return (struct part_sums){0};
	return sums_read(&t->sums, p->sums, t->group[p->group].sums, variable, level);
}

/* Parts with the levels of the part before are in its group, and in the same cells. */
static size_t part_for(struct tally *t, const struct tally_part *p)
{
	size_t group = t->n_parts ? t->part[t->n_parts - 1].group : DICT_NONE, *cell;
	bool fresh,
		known = group != DICT_NONE && tally_group_alike(&t->group[group], p->level,
								t->plan->n_factors, p->selected);

	if (known && !t->plan->by_part)
		return find_part(t, p->leaf, group, NULL, &fresh);
	if (known)
		return tally_find(t, p->leaf, p->level, p->selected, t->group[group].cell);
	cell = arena_new(t->arena, t->plan->n_margins, sizeof *cell);
	answers_cells(t->arena, t->plan, t->answers, p->level, p->selected, cell);
	return tally_find(t, p->leaf, p->level, p->selected, cell);
}

static bool scale(struct decimal *d, int places)
{
	return d->places == places || decimal_scale(*d, places, d);
}

size_t tally_add_part(struct tally *t, const struct tally_part *p)
{
	struct decimal w = p->w.exact, ww = p->ww.exact;
	struct tally_group *g;
	size_t part;

	tally_settle(t);
	part = part_for(t, p);
	g = &t->group[t->part[part].group];
	g->rows += p->rows;
	if (t->sums.exact && p->exact) {
		need_places(t, most(w.places, (ww.places + 1) / 2), NULL, NULL);
		if (scale(&w, t->sums.places) && w.value < ((int128)1 << 62) &&
		    scale(&ww, 2 * t->sums.places) && ww.value >> 94 == 0) {
			uint128 square = sums_square(g->low, g->high) + (uint128)ww.value;

			g->w += (uint64_t)w.value;
			g->low = (uint32_t)square;
			g->high = (uint64_t)(square >> 32);
			t->sums.weight += (double)w.value;
			t->sums.square += (double)ww.value * 0x1p-32;
			return part;
		}
	}
	tally_loosen(t);
	add_inexact(&g->w, p->exact ? decimal_double(p->w.exact) : p->w.inexact);
	add_inexact(&g->low, p->exact ? decimal_double(p->ww.exact) : p->ww.inexact);
	return part;
}

/* Sums as doubles, of numbers about the shift of the tally. */
static struct part_sums inexact_sums(struct tally *t, size_t v, const struct part_sums *s)
{
	struct part_sums out = *s;
	struct total *const all[] = {&out.w,  &out.ww,  &out.wy, &out.wyy,
				     &out.wx, &out.wxx, &out.wxy};
	double shift;

	for (size_t i = 0; i < sizeof all / sizeof *all && s->exact; i++)
		all[i]->inexact = decimal_double(all[i]->exact);
	if (t->plan->variable[v].kind != VARIABLE_NUMBER || out.w.inexact == 0)
		return out;
	if (!t->sums.shifted[v]) {
		t->sums.shifted[v] = true;
		t->sums.shift[v] = out.wy.inexact / out.w.inexact;
	}
	shift = t->sums.shift[v];
	out.wyy.inexact += shift * (shift * out.w.inexact - 2 * out.wy.inexact);
	out.wy.inexact -= shift * out.w.inexact;
	return out;
}

/* Places of a number whose sums w y and w y^2 have so many. */
static int number_places(int wy, int wyy, int w)
{
	return most(0, most(wy - w, (wyy - w + 1) / 2));
}

static void need_sums(struct tally *t, size_t v, const struct part_sums *s)
{
	size_t n = t->plan->n_variables;
	struct decimal *y, *x;
	int w = most(t->sums.places, most(s->w.exact.places, (s->ww.exact.places + 1) / 2));

	if (!t->sums.numbers) {
		need_places(t, most(w, s->wy.exact.places), NULL, NULL);
		return;
	}
	y = t->row_y;
	x = t->row_x;
	for (size_t i = 0; i < n; i++)
		y[i] = x[i] = (struct decimal){0, 0};
	y[v].places = number_places(s->wy.exact.places, s->wyy.exact.places, w);
	x[v].places = most(number_places(s->wx.exact.places, s->wxx.exact.places, w),
			   s->wxy.exact.places - w - y[v].places);
	need_places(t, w, y, x);
}

void tally_add_sums(struct tally *t, size_t part, size_t variable, size_t level,
		    const struct part_sums *s)
{
	struct part_sums loose;

	need_levels(t, variable, level + 1);
	if (t->sums.exact && s->exact) {
		need_sums(t, variable, s);
		if (sums_put(&t->sums, t->part[part].sums, t->group[t->part[part].group].sums,
			     variable, level, s))
			return;
	}
	tally_loosen(t);
	loose = inexact_sums(t, variable, s);
	sums_put(&t->sums, t->part[part].sums, t->group[t->part[part].group].sums, variable, level,
		 &loose);
}
