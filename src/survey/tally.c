#include "survey/tally.h"

#include <math.h>
#include <string.h>

void tally_start(struct arena *a, const struct plan *p, const struct answers *from,
		 struct tally *out)
{
	*out = (struct tally){.arena = a,
			      .plan = p,
			      .answers = from,
			      .index = dict_new(a),
			      .shifted = arena_new(a, p->n_variables, sizeof *out->shifted),
			      .shift = arena_new(a, p->n_variables, sizeof *out->shift)};
}

/* Room for one more in an array of `n` groups of one element for each variable. */
static void *grow_groups(struct tally *t, void *array, size_t n, size_t size)
{
	return arena_grow(t->arena, array, n, t->plan->n_variables * size);
}

static size_t find_slot(struct tally *t, size_t cell, size_t leaf)
{
	bool fresh;
	size_t n = t->index->n;
	size_t slot =
		dict_add(t->index, cell, (struct text){(const char *)&leaf, sizeof leaf}, &fresh);

	if (fresh) {
		t->slot = arena_grow(t->arena, t->slot, n, sizeof *t->slot);
		t->slot[n] = (struct tally_slot){cell, leaf};
		t->sums = grow_groups(t, t->sums, n, sizeof *t->sums);
		t->levels = grow_groups(t, t->levels, n, sizeof *t->levels);
	}
	return slot;
}

static void need_cell(struct tally *t, size_t cell)
{
	for (; t->n_cells <= cell; t->n_cells++) {
		t->rows = arena_grow(t->arena, t->rows, t->n_cells, sizeof *t->rows);
		t->moments = grow_groups(t, t->moments, t->n_cells, sizeof *t->moments);
		t->cell_levels = grow_groups(t, t->cell_levels, t->n_cells, sizeof *t->cell_levels);
	}
}

static void add_level(struct tally *t, struct level_sums *s, size_t level, double w, double rows)
{
	if (level >= s->n) {
		size_t n = level + 1;
		double *grown = arena_new(t->arena, 2 * 2 * n, sizeof *grown);

		if (s->n) {
			memcpy(grown, s->w, s->n * sizeof *grown);
			memcpy(grown + 2 * n, s->rows, s->n * sizeof *grown);
		}
		*s = (struct level_sums){2 * n, grown, grown + 2 * n};
	}
	s->w[level] += w;
	s->rows[level] += rows;
}

static void add_moments(struct moments *m, double w, double y, double x)
{
	m->n++;
	m->w += w;
	m->ww += w * w;
	m->wy += w * y;
	m->wyy += w * y * y;
	m->wx += w * x;
	m->wxx += w * x * x;
	m->wxy += w * x * y;
}

static void add_value(struct tally *t, size_t cell, size_t slot, size_t v, double w, double y,
		      double x)
{
	size_t n = t->plan->n_variables;
	struct unit_sums *u = &t->sums[slot * n + v];
	struct moments *m = &t->moments[cell * n + v];

	m->ones += t->plan->variable[v].kind == VARIABLE_SHARE && y == 1;
	if (t->plan->variable[v].kind == VARIABLE_LEVELS) {
		add_level(t, &t->levels[slot * n + v], (size_t)y, w, 1);
		add_level(t, &t->cell_levels[cell * n + v], (size_t)y, w, 1);
		y = 0;
	}
	add_moments(m, w, y, x);
	u->w += w;
	u->wy += w * y;
	u->wyy += w * y * y;
	u->wx += w * x;
}

/* Any value of the column will do; the first is at hand. */
static double shifted(struct tally *t, size_t v, double y)
{
	if (t->plan->variable[v].kind != VARIABLE_NUMBER)
		return y;
	if (!t->shifted[v]) {
		t->shifted[v] = true;
		t->shift[v] = y;
	}
	return y - t->shift[v];
}

void tally_add(void *sink, const struct answer *row)
{
	struct tally *t = sink;

	for (size_t m = 0; m < t->plan->n_margins; m++) {
		size_t slot;

		if (row->cell[m] == NO_LEVEL)
			continue;
		need_cell(t, row->cell[m]);
		t->rows[row->cell[m]]++;
		slot = find_slot(t, row->cell[m], row->leaf);
		for (size_t v = 0; v < t->plan->n_variables; v++)
			if (!isnan(row->y[v]))
				add_value(t, row->cell[m], slot, v, row->weight,
					  shifted(t, v, row->y[v]),
					  isnan(row->x[v]) ? 0 : row->x[v]);
	}
}

/* ---- merging ------------------------------------------------------------------------------- */

/* Sums about another shift: y' = y + d. */
static void move_moments(struct moments *m, double d)
{
	m->wyy += d * (2 * m->wy + d * m->w);
	m->wxy += d * m->wx;
	m->wy += d * m->w;
}

static void merge_moments(struct moments *into, struct moments from, double d)
{
	move_moments(&from, d);
	into->n += from.n;
	into->ones += from.ones;
	into->w += from.w;
	into->ww += from.ww;
	into->wy += from.wy;
	into->wyy += from.wyy;
	into->wx += from.wx;
	into->wxx += from.wxx;
	into->wxy += from.wxy;
}

static void merge_unit(struct unit_sums *into, const struct unit_sums *from, double d)
{
	into->w += from->w;
	into->wy += from->wy + d * from->w;
	into->wyy += from->wyy + d * (2 * from->wy + d * from->w);
	into->wx += from->wx;
}

static void merge_levels(struct tally *t, struct level_sums *into, const struct level_sums *from)
{
	for (size_t l = 0; l < from->n; l++)
		if (from->rows[l] > 0)
			add_level(t, into, l, from->w[l], from->rows[l]);
}

/* Cells of the other tally by their number in this one. */
static size_t *map_cells(struct tally *into, struct answers *answers, const struct tally *from)
{
	size_t *map = arena_new(into->arena, from->n_cells, sizeof *map);

	for (size_t c = 0; c < from->n_cells; c++) {
		const struct cell *cell = &from->answers->cells.at[c];
		const struct dict_entry *key = &from->answers->cells.index->entry[c];
		bool fresh;

		map[c] = dict_add(answers->cells.index, key->number, key->name, &fresh);
		if (fresh) {
			answers->cells.at = arena_grow(into->arena, answers->cells.at, map[c],
						       sizeof *answers->cells.at);
			answers->cells.at[map[c]] = *cell;
		}
		need_cell(into, map[c]);
	}
	return map;
}

/* All leaves of the other frame, those without answers too, by their number in this one. */
static size_t *map_leaves(struct tally *into, struct answers *answers, const struct frame *from,
			  struct diag *why)
{
	size_t n = frame_leaves(from), *map = arena_new(into->arena, n, sizeof *map);

	for (size_t i = 0; i < n; i++) {
		struct frame_name names[FRAME_STAGES];
		size_t h = from->stage[0].unit[frame_unit_of(from, i, 0)].stratum;

		frame_names(from, i, names);
		if (!frame_add(&answers->frame, names, from->stage[0].stratum[h].at, &map[i], why))
			return NULL;
	}
	return map;
}

static void merge_shifts(struct tally *into, const struct tally *from)
{
	for (size_t v = 0; v < into->plan->n_variables; v++)
		if (!into->shifted[v] && from->shifted[v]) {
			into->shifted[v] = true;
			into->shift[v] = from->shift[v];
		}
}

bool tally_merge(struct tally *into, struct answers *answers, const struct tally *from,
		 struct diag *why)
{
	size_t *leaf = map_leaves(into, answers, &from->answers->frame, why);
	size_t *cell = map_cells(into, answers, from), n = into->plan->n_variables;

	if (!leaf)
		return false;
	merge_shifts(into, from);
	for (size_t c = 0; c < from->n_cells; c++) {
		into->rows[cell[c]] += from->rows[c];
		for (size_t v = 0; v < n; v++) {
			merge_moments(&into->moments[cell[c] * n + v], from->moments[c * n + v],
				      from->shift[v] - into->shift[v]);
			merge_levels(into, &into->cell_levels[cell[c] * n + v],
				     &from->cell_levels[c * n + v]);
		}
	}
	for (size_t i = 0; i < from->index->n; i++) {
		size_t slot = find_slot(into, cell[from->slot[i].cell], leaf[from->slot[i].leaf]);

		for (size_t v = 0; v < n; v++) {
			merge_unit(&into->sums[slot * n + v], &from->sums[i * n + v],
				   from->shift[v] - into->shift[v]);
			merge_levels(into, &into->levels[slot * n + v], &from->levels[i * n + v]);
		}
	}
	answers->rows += from->answers->rows;
	answers->selected += from->answers->selected;
	answers->weight_sum += from->answers->weight_sum;
	answers->weight_square_sum += from->answers->weight_square_sum;
	return true;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Slots by frame order (a counting sort over leaves), then by cell (another, stable). */
void tally_finish(struct tally *t)
{
	const struct frame *f = &t->answers->frame;
	size_t n = t->index->n, leaves = frame_leaves(f);
	size_t *by_leaf = arena_new(t->arena, n, sizeof *by_leaf);
	size_t *start = arena_new(t->arena, leaves + 1, sizeof *start);

	if (t->answers->cells.index->n)
		need_cell(t, t->answers->cells.index->n - 1);
	t->order = arena_new(t->arena, n, sizeof *t->order);
	t->first = arena_new(t->arena, t->n_cells + 2, sizeof *t->first);
	for (size_t i = 0; i < n; i++)
		start[f->order[t->slot[i].leaf] + 1]++;
	for (size_t l = 0; l < leaves; l++)
		start[l + 1] += start[l];
	for (size_t i = 0; i < n; i++)
		by_leaf[start[f->order[t->slot[i].leaf]]++] = i;
	for (size_t i = 0; i < n; i++)
		t->first[t->slot[i].cell + 2]++;
	for (size_t c = 0; c < t->n_cells; c++)
		t->first[c + 2] += t->first[c + 1];
	for (size_t i = 0; i < n; i++)
		t->order[t->first[t->slot[by_leaf[i]].cell + 1]++] = by_leaf[i];
}

const size_t *tally_slots(const struct tally *t, size_t cell, size_t *n)
{
	*n = t->first[cell + 1] - t->first[cell];
	return t->order + t->first[cell];
}

static double level_weight(const struct level_sums *s, size_t level)
{
	return level < s->n ? s->w[level] : 0;
}

struct moments tally_moments(const struct tally *t, size_t cell, size_t variable, size_t level)
{
	size_t at = cell * t->plan->n_variables + variable;
	struct moments m = t->moments[at];

	m.shift = t->shift[variable];
	if (t->plan->variable[variable].kind == VARIABLE_LEVELS) {
		m.wy = m.wyy = level_weight(&t->cell_levels[at], level);
		m.ones = level < t->cell_levels[at].n ? t->cell_levels[at].rows[level] : 0;
	}
	return m;
}

struct unit_sums tally_unit(const struct tally *t, size_t slot, size_t variable, size_t level)
{
	size_t at = slot * t->plan->n_variables + variable;
	struct unit_sums u = t->sums[at];

	if (t->plan->variable[variable].kind == VARIABLE_LEVELS)
		u.wy = u.wyy = level_weight(&t->levels[at], level);
	return u;
}
