#include "survey/slots.h"

/* Slots of one leaf after the other in the order of the frame. */
static size_t *parts_by_leaf(const struct tally *t)
{
	const struct frame *f = &t->answers->frame;
	size_t n = t->index->n, leaves = frame_leaves(f);
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

/* Parts by cell, in each by leaf: two counting sorts, the second stable. */
static void sort_members(struct tally *t, size_t *end)
{
	size_t *by_leaf = parts_by_leaf(t), n = t->index->n, all = 0;

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
}

static void make_slots(struct tally *t)
{
	size_t *end = arena_new(t->arena, t->n_cells + 1, sizeof *end);

	sort_members(t, end); /* now end[c] is behind the members of c */
	t->first = arena_new(t->arena, t->n_cells + 1, sizeof *t->first);
	for (size_t c = 0, i = 0; c < t->n_cells; c++) {
		for (t->first[c] = t->n_slots; i < end[c]; i++) {
			size_t leaf = t->part[t->member[i]].leaf;

			if (t->n_slots > t->first[c] && t->slot[t->n_slots - 1].leaf == leaf) {
				t->slot[t->n_slots - 1].n++;
				continue;
			}
			t->slot = arena_grow(t->arena, t->slot, t->n_slots, sizeof *t->slot);
			t->slot[t->n_slots++] = (struct tally_slot){c, leaf, i, 1};
		}
	}
	t->first[t->n_cells] = t->n_slots;
	t->order = arena_new(t->arena, t->n_slots, sizeof *t->order);
	for (size_t i = 0; i < t->n_slots; i++)
		t->order[i] = i;
}

/* The sums of a cell over its groups, and over their parts. */
static void sum_cells(struct tally *t)
{
	size_t n = t->plan->n_variables;

	t->rows = arena_new(t->arena, t->n_cells, sizeof *t->rows);
	t->cell_unit = arena_new(t->arena, t->n_cells, sizeof *t->cell_unit);
	t->cell_group = arena_new(t->arena, t->n_cells, sizeof *t->cell_group);
	for (size_t c = 0; c < t->n_cells; c++) {
		t->cell_unit[c] = arena_new(t->arena, t->sums.unit[n], sizeof(uint64_t));
		t->cell_group[c] = arena_new(t->arena, t->sums.group[n], sizeof(uint64_t));
		for (size_t i = t->first[c]; i < t->first[c + 1]; i++)
			for (size_t k = 0; k < t->slot[i].n; k++)
				sums_join(&t->sums, t->cell_unit[c],
					  t->part[t->member[t->slot[i].first + k]].sums, NULL,
					  NULL);
	}
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

static double value(const struct tally *t, struct total x)
{
	return t->sums.exact ? decimal_double(x.exact) : x.inexact;
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

static void add_total(struct total *to, struct total more)
{
	to->exact.value += more.exact.value;
	to->inexact += more.inexact;
}

struct unit_sums tally_unit(const struct tally *t, size_t slot, size_t variable, size_t level)
{
	const size_t *member = t->member + t->slot[slot].first;
	struct part_sums s = sums_read(&t->sums, t->part[*member].sums, NULL, variable, level);

	for (size_t i = 1; i < t->slot[slot].n; i++) {
		struct part_sums more =
			sums_read(&t->sums, t->part[member[i]].sums, NULL, variable, level);

		add_total(&s.w, more.w);
		add_total(&s.wy, more.wy);
		add_total(&s.wyy, more.wyy);
		add_total(&s.wx, more.wx);
	}
	centre(t, variable, &s);
	return (struct unit_sums){value(t, s.w), value(t, s.wy), value(t, s.wyy), value(t, s.wx)};
}
