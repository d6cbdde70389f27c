#include "survey/slots.h"

#include <string.h>

/* Slots of one leaf after the other in the order of the frame. */
static size_t *parts_by_leaf(const struct tally *t)
{
	const struct frame *f = &t->answers->frame;
	size_t n = t->n_parts, leaves = frame_leaves(f);
	size_t *by_leaf = arena_new(t->arena, n, sizeof *by_leaf);
	size_t *start = arena_new(t->arena, leaves + 1, sizeof *start);

	for (size_t i = 0; i < n; i++)
		start[f->order[t->part[i].leaf] + 1]++;
	for (size_t l = 0; l < leaves; l++)
		start[l + 1] += start[l];
	for (size_t i = 0; i < n; i++)
		by_leaf[start[f->order[t->part[i].leaf]]++] = i;
	return by_leaf;
}

/* The cell of a part in a margin. */
static size_t cell_of(const struct tally *t, size_t part, size_t margin)
{
	const struct tally_group *g = &t->group[t->part[part].group];

	return g->selected ? g->cell[margin] : NO_LEVEL;
}

/* Parts by cell, in each by leaf: two counting sorts, the second stable. Gives their number. */
static size_t sort_members(struct tally *t, size_t *end)
{
	size_t *by_leaf = parts_by_leaf(t), n = t->n_parts, all = 0;

	for (size_t m = 0; m < t->plan->n_margins; m++)
		for (size_t i = 0; i < n; i++)
			if (cell_of(t, i, m) != NO_LEVEL) {
				end[cell_of(t, i, m) + 1]++;
				all++;
			}
	for (size_t c = 0; c < t->n_cells; c++)
		end[c + 1] += end[c];
	t->member = arena_new(t->arena, all, sizeof *t->member);
	for (size_t m = 0; m < t->plan->n_margins; m++)
		for (size_t i = 0; i < n; i++)
			if (cell_of(t, by_leaf[i], m) != NO_LEVEL)
				t->member[end[cell_of(t, by_leaf[i], m)]++] = by_leaf[i];
	return all;
}

static void make_slots(struct tally *t)
{
	size_t *end = arena_new(t->arena, t->n_cells + 1, sizeof *end), all;

	all = sort_members(t, end); /* now end[c] is behind the members of c */
	t->slot = arena_new(t->arena, all, sizeof *t->slot);
	t->first = arena_new(t->arena, t->n_cells + 1, sizeof *t->first);
	for (size_t c = 0, i = 0; c < t->n_cells; c++) {
		for (t->first[c] = t->n_slots; i < end[c]; i++) {
			size_t leaf = t->part[t->member[i]].leaf;

			if (t->n_slots > t->first[c] && t->slot[t->n_slots - 1].leaf == leaf) {
				t->slot[t->n_slots - 1].n++;
				continue;
			}
			t->slot[t->n_slots++] = (struct tally_slot){c, leaf, i, 1};
		}
	}
	t->first[t->n_cells] = t->n_slots;
	t->order = arena_new(t->arena, t->n_slots, sizeof *t->order);
	for (size_t i = 0; i < t->n_slots; i++)
		t->order[i] = i;
}

#define MANY_WORDS ((size_t)1 << 20) /* of units; worth more than one thread */

static void sum_units(const struct tally *t, size_t cell)
{
	for (size_t i = t->first[cell]; i < t->first[cell + 1]; i++)
		for (size_t k = 0; k < t->slot[i].n; k++)
			sums_join(&t->sums, t->cell_unit[cell],
				  t->part[t->member[t->slot[i].first + k]].sums, NULL, NULL);
}

/* The sums of a cell over its groups, and over their parts. */
static void sum_cells(struct tally *t)
{
	size_t n = t->plan->n_variables;
	/* cppcheck-suppress unreadVariable; it does not read the pragma */
	size_t threads =
		t->n_parts * t->sums.unit[n] < MANY_WORDS ? 1 : manner_threads(&t->plan->reading);

	t->rows = arena_new(t->arena, t->n_cells, sizeof *t->rows);
	t->cell_unit = arena_new(t->arena, t->n_cells, sizeof *t->cell_unit);
	t->cell_group = arena_new(t->arena, t->n_cells, sizeof *t->cell_group);
	for (size_t c = 0; c < t->n_cells; c++) {
		t->cell_unit[c] = arena_new(t->arena, t->sums.unit[n], sizeof(uint64_t));
		t->cell_group[c] = arena_new(t->arena, t->sums.group[n], sizeof(uint64_t));
	}
#pragma omp parallel for num_threads((int)threads) schedule(dynamic, 16)
	for (size_t c = 0; c < t->n_cells; c++)
		sum_units(t, c);
	for (size_t i = 0; i < t->groups->n; i++)
		for (size_t m = 0; m < t->plan->n_margins; m++) {
			const struct tally_group *g = &t->group[i];

			if (!g->selected || g->cell[m] == NO_LEVEL)
				continue;
			t->rows[g->cell[m]] += (double)g->rows;
			sums_join(&t->sums, NULL, NULL, t->cell_group[g->cell[m]], g->sums);
		}
}

void tally_finish(struct tally *t)
{
	tally_settle(t);
	t->n_cells = t->answers->cells.index->n;
	t->about = arena_new(t->arena, t->plan->n_variables, sizeof *t->about);
	for (size_t v = 0; v < t->plan->n_variables && t->sums.exact; v++)
		if (t->plan->variable[v].kind == VARIABLE_NUMBER) {
			t->about[v] = tally_mean(t, v);
			t->sums.shift[v] =
				decimal_double((struct decimal){t->about[v], t->sums.y_places[v]});
		}
	make_slots(t);
	sum_cells(t);
}

/* ---- reading ------------------------------------------------------------------------------- */

const size_t *tally_slots(const struct tally *t, size_t cell, size_t *n)
{
	*n = t->first[cell + 1] - t->first[cell];
	return t->order + t->first[cell];
}

#define MOST_WHOLE ((int64_t)1 << 53) /* whole numbers up to here are doubles */

static const double tens[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
			      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
			      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* decimal_double, at once where it has an exact quotient to round. */
static double quotient(int128 value, int places)
{
	if (value <= MOST_WHOLE && value >= -MOST_WHOLE &&
	    places < (int)(sizeof tens / sizeof *tens))
		return (double)(int64_t)value / tens[places];
	return decimal_double((struct decimal){value, places});
}

static double value(const struct tally *t, struct total x)
{
	return t->sums.exact ? quotient(x.exact.value, x.exact.places) : x.inexact;
}

/* Exact sums about the shift: y' = y - about. */
static void centre(const struct tally *t, size_t v, struct part_sums *s)
{
	int128 about = t->about[v];

	if (!t->sums.exact || about == 0)
		return;
	s->wyy.exact.value += about * (about * s->w.exact.value - 2 * s->wy.exact.value);
	s->wy.exact.value -= about * s->w.exact.value;
}

struct moments tally_moments(const struct tally *t, size_t cell, size_t variable, size_t level)
{
	struct part_sums s =
		sums_read(&t->sums, t->cell_unit[cell], t->cell_group[cell], variable, level);

	centre(t, variable, &s);
	return (struct moments){.n = (double)s.n,
				.ones = t->plan->variable[variable].kind == VARIABLE_UNANSWERED
						? 0
						: (double)s.ones,
				.w = value(t, s.w),
				.ww = value(t, s.ww),
				.wy = value(t, s.wy),
				.wyy = value(t, s.wyy),
				.wx = value(t, s.wx),
				.wxx = value(t, s.wxx),
				.wxy = value(t, s.wxy),
				.shift = t->sums.shift[variable]};
}

/* Exact sums of a unit, scaled. */
struct scaled_unit {
	int128 w, wy, wyy, wx;
};

static void add_exact(const struct sums *s, const uint64_t *unit, size_t v, size_t level,
		      struct scaled_unit *to)
{
	enum variable_kind kind = s->plan->variable[v].kind;
	const uint64_t *u = unit + s->unit[v];

	switch (kind) {
	case VARIABLE_LEVELS:
		for (size_t i = 0; i < s->levels[v]; i++)
			to->w += u[i];
		to->wy += level < s->levels[v] ? u[level] : 0;
		return;
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED:
		to->w += u[UNIT_W];
		to->wy += u[UNIT_SHARE_WY];
		return;
	case VARIABLE_PAIR: to->wx += sums_wide(&u[UNIT_WX]); break;
	case VARIABLE_NUMBER: break;
	}
	to->w += u[UNIT_W];
	to->wy += sums_wide(&u[UNIT_WY]);
	to->wyy += sums_wide(&u[UNIT_WYY]);
}

static struct unit_sums exact_unit(const struct tally *t, size_t slot, size_t v, size_t level)
{
	const size_t *member = t->member + t->slot[slot].first;
	const struct sums *s = &t->sums;
	int128 about = t->about[v];
	int y = s->y_places[v];
	struct scaled_unit u = {0};

	for (size_t i = 0; i < t->slot[slot].n; i++)
		add_exact(s, t->part[member[i]].sums, v, level, &u);
	if (s->plan->variable[v].kind != VARIABLE_NUMBER &&
	    s->plan->variable[v].kind != VARIABLE_PAIR) {
		double wy = quotient(u.wy, s->places);

		return (struct unit_sums){quotient(u.w, s->places), wy, wy, 0};
	}
	u.wyy += about * (about * u.w - 2 * u.wy);
	u.wy -= about * u.w;
	return (struct unit_sums){quotient(u.w, s->places), quotient(u.wy, s->places + y),
				  quotient(u.wyy, s->places + 2 * y),
				  quotient(u.wx, s->places + s->x_places[v])};
}

struct unit_sums tally_unit(const struct tally *t, size_t slot, size_t variable, size_t level)
{
	const size_t *member = t->member + t->slot[slot].first;
	struct unit_sums u = {0};

	if (t->sums.exact)
		return exact_unit(t, slot, variable, level);
	for (size_t i = 0; i < t->slot[slot].n; i++) {
		struct part_sums more =
			sums_read(&t->sums, t->part[member[i]].sums, NULL, variable, level);

		u.w += more.w.inexact;
		u.wy += more.wy.inexact;
		u.wyy += more.wyy.inexact;
		u.wx += more.wx.inexact;
	}
	return u;
}

#define AT_ONCE 16 /* variables */

/* Of shares in exact sums, as most are: what tally_unit does for up to AT_ONCE variables, with
 * nothing left to ask. */
static void share_units(const struct tally *t, size_t slot, size_t variable, size_t n,
			struct unit_sums *out)
{
	const size_t *member = t->member + t->slot[slot].first;
	const struct sums *s = &t->sums;
	double ten = tens[s->places];
	struct {
		uint64_t w, wy;
	} sum[AT_ONCE] = {{0}};

	_Static_assert(SUMS_MOST_PLACES < sizeof tens / sizeof *tens, "a power for each");
	for (size_t i = 0; i < t->slot[slot].n; i++) {
		const uint64_t *u = t->part[member[i]].sums + s->unit[variable];

		for (size_t v = 0; v < n; v++) {
			sum[v].w += u[2 * v + UNIT_W];
			sum[v].wy += u[2 * v + UNIT_SHARE_WY];
		}
	}
	for (size_t v = 0; v < n; v++) {
		if ((sum[v].w | sum[v].wy) > (uint64_t)MOST_WHOLE) {
			out[v] = tally_unit(t, slot, variable + v, 0);
			continue;
		}
		out[v].w = (double)(int64_t)sum[v].w / ten;
		out[v].wyy = out[v].wy = (double)(int64_t)sum[v].wy / ten;
		out[v].wx = 0;
	}
}

void tally_units(const struct tally *t, size_t slot, size_t variable, size_t n,
		 struct unit_sums *out)
{
	for (; t->sums.exact && t->sums.shares && n; out += AT_ONCE) {
		size_t k = n < AT_ONCE ? n : AT_ONCE;

		share_units(t, slot, variable, k, out);
		variable += k;
		n -= k;
	}
	for (size_t v = 0; v < n; v++)
		out[v] = tally_unit(t, slot, variable + v, 0);
}
