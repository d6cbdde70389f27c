#include "survey/frame.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

void frame_start(struct arena *a, size_t stages, bool nest, bool rows_are_units, struct frame *out)
{
	*out = (struct frame){
		.arena = a, .stages = stages, .nest = nest, .rows_are_units = rows_are_units};
	for (size_t s = 0; s < stages; s++) {
		out->stage[s].strata = dict_new(a);
		if (!rows_are_units || s + 1 < stages)
			out->stage[s].units = dict_new(a);
	}
}

/* What a stratum or unit is found by: the unit above; of units, when their names repeat between
 * strata, the stratum. */
struct key {
	size_t number;
	struct text name;
};

static struct key stratum_key(const struct frame_stage *s, size_t i)
{
	return (struct key){s->stratum[i].above, s->stratum[i].name};
}

static struct key unit_key(const struct frame *f, const struct frame_stage *s, size_t stratum,
			   struct text name)
{
	return (struct key){f->nest ? stratum : s->stratum[stratum].above, name};
}

/* Files name each text once: often both are the same bytes. */
static int compare_names(struct text a, struct text b)
{
	return a.at == b.at && a.n == b.n ? 0 : span_compare(a, b);
}

/* What files of our own hold stands in order: a key behind the last of n, which all stand in order,
 * is new. Gives DICT_NONE where that does not tell; a new name is kept. */
static size_t find_in_order(struct frame *f, struct key *key, struct key last, size_t n,
			    bool *fresh)
{
	int by = key->number < last.number ? -1 : key->number > last.number;

	if (n && by == 0)
		by = compare_names(key->name, last.name);
	if (n && by < 0)
		return DICT_NONE;
	*fresh = n == 0 || by > 0;
	if (!*fresh)
		return n - 1;
	if (!f->lasting)
		key->name = arena_text(f->arena, key->name);
	return n;
}

static size_t find_anywhere(struct dict *d, struct key *key, bool *fresh)
{
	size_t found = dict_add(d, key->number, key->name, fresh);

	key->name = d->entry[found].name;
	return found;
}

static size_t find_stratum(struct frame *f, struct frame_stage *s, struct key *key, bool *fresh)
{
	size_t n = s->n_strata, found = DICT_NONE;

	if (s->strata->n == 0)
		found = find_in_order(f, key, n ? stratum_key(s, n - 1) : *key, n, fresh);
	if (found != DICT_NONE)
		return found;
	for (size_t i = s->strata->n; i < n; i++) {
		struct key old = stratum_key(s, i);

		dict_add(s->strata, old.number, old.name, NULL);
	}
	return find_anywhere(s->strata, key, fresh);
}

static size_t find_unit(struct frame *f, struct frame_stage *s, struct key *key, bool *fresh)
{
	const struct frame_unit *u = s->unit;
	size_t n = s->n_units, found = DICT_NONE;

	if (s->units->n == 0)
		found = find_in_order(f, key,
				      n ? unit_key(f, s, u[n - 1].stratum, u[n - 1].name) : *key, n,
				      fresh);
	if (found != DICT_NONE)
		return found;
	for (size_t i = s->units->n; i < n; i++) {
		struct key old = unit_key(f, s, u[i].stratum, u[i].name);

		dict_add(s->units, old.number, old.name, NULL);
	}
	return find_anywhere(s->units, key, fresh);
}

/* The stratum that a row names inside `above`. */
static bool add_stratum(struct frame *f, struct frame_stage *s, const struct frame_name *name,
			size_t above, struct place at, size_t *stratum, struct diag *why)
{
	struct key key = {above, name->stratum};
	bool fresh;

	*stratum = find_stratum(f, s, &key, &fresh);
	if (fresh) {
		s->stratum = arena_grow(f->arena, s->stratum, s->n_strata, sizeof *s->stratum);
		s->stratum[s->n_strata++] = (struct frame_stratum){
			.above = above, .name = key.name, .population = name->population, .at = at};
		return true;
	}
	const struct frame_stratum *h = &s->stratum[*stratum];

	if (h->population == name->population)
		return true;
	diag_at(why, at, DIAG_DATA,
		"population %.17g in stratum \"%.*s\", where a row before has %.17g",
		name->population, SPAN_ARG(h->name), h->population);
	return diag_hint(why, "the population count of a stratum is the same in all of its rows");
}

static size_t new_unit(struct frame *f, struct frame_stage *s, size_t stratum, struct text name)
{
	s->unit = arena_grow(f->arena, s->unit, s->n_units, sizeof *s->unit);
	s->unit[s->n_units] = (struct frame_unit){stratum, name};
	s->stratum[stratum].units++;
	return s->n_units++;
}

static bool add_unit(struct frame *f, struct frame_stage *s, const struct frame_name *name,
		     size_t stratum, struct place at, size_t *unit, struct diag *why)
{
	struct key key = unit_key(f, s, stratum, name->unit);
	bool fresh;

	if (!s->units) {
		*unit = new_unit(f, s, stratum, (struct text){"", 0});
		return true;
	}
	*unit = find_unit(f, s, &key, &fresh);
	if (fresh)
		new_unit(f, s, stratum, key.name);
	if (s->unit[*unit].stratum == stratum)
		return true;
	const struct frame_stratum *h = &s->stratum[s->unit[*unit].stratum];

	diag_at(why, at, DIAG_DATA, "sampling unit \"%.*s\" is in stratum \"%.*s\" and in \"%.*s\"",
		SPAN_ARG(name->unit), SPAN_ARG(h->name), SPAN_ARG(name->stratum));
	if (span_equal(text_fold(f->arena, h->name), text_fold(f->arena, name->stratum)))
		return diag_hint(why, "these are two spellings of one name, so two strata: write "
				      "it in one way in every row");
	return diag_hint(why, "give --nest when the names of units start again in every stratum");
}

bool frame_add(struct frame *f, const struct frame_name *names, struct place at, size_t *leaf,
	       struct diag *why)
{
	size_t above = FRAME_NONE, stratum;

	for (size_t s = 0; s < f->stages; s++) {
		if (!add_stratum(f, &f->stage[s], &names[s], above, at, &stratum, why) ||
		    !add_unit(f, &f->stage[s], &names[s], stratum, at, &above, why))
			return false;
	}
	*leaf = above;
	return true;
}

size_t frame_leaves(const struct frame *f)
{
	return f->stage[f->stages - 1].n_units;
}

size_t frame_unit_of(const struct frame *f, size_t leaf, size_t stage)
{
	size_t unit = leaf;

	for (size_t s = f->stages - 1; s > stage; s--)
		unit = f->stage[s].stratum[f->stage[s].unit[unit].stratum].above;
	return unit;
}

void frame_names(const struct frame *f, size_t leaf, struct frame_name *names)
{
	size_t unit = leaf;

	for (size_t s = f->stages; s-- > 0;) {
		const struct frame_unit *u = &f->stage[s].unit[unit];
		const struct frame_stratum *h = &f->stage[s].stratum[u->stratum];

		names[s] = (struct frame_name){h->name, u->name, h->population};
		unit = h->above;
	}
}

static size_t alike(struct text a, struct text b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.at[n] == b.at[n])
		n++;
	return n;
}

/* A name among those with the same parent. */
struct named {
	size_t parent, number; /* rank of the parent; where it came in the file */
	struct text name;
};

static int by_parent(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int names;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	names = span_compare(x->name, y->name);
	return names ? names : (x->number > y->number) - (x->number < y->number);
}

/* The nearest stratum before or behind that still has units; FRAME_NONE when there is none. */
static size_t neighbour(const struct frame_stage *s, const struct named *order, size_t i)
{
	size_t before = i, behind = i + 1;
	struct text name = order[i].name;

	while (before-- > 0 && s->stratum[order[before].number].units == 0)
		continue;
	while (behind < s->n_strata && s->stratum[order[behind].number].units == 0)
		behind++;
	if (before >= s->n_strata) /* went below 0 */
		return behind < s->n_strata ? order[behind].number : FRAME_NONE;
	if (behind == s->n_strata)
		return order[before].number;
	return alike(name, order[before].name) > alike(name, order[behind].name)
		       ? order[before].number
		       : order[behind].number;
}

void frame_collapse(struct frame *f)
{
	struct frame_stage *s = &f->stage[0];
	struct named *order = arena_new(f->arena, s->n_strata, sizeof *order);

	for (size_t h = 0; h < s->n_strata; h++)
		order[h] = (struct named){0, h, s->stratum[h].name};
	qsort(order, s->n_strata, sizeof *order, by_parent);
	for (size_t i = 0; i < s->n_strata; i++) {
		struct frame_stratum *one = &s->stratum[order[i].number];
		size_t to = one->units == 1 && one->population > 1 ? neighbour(s, order, i)
								   : FRAME_NONE;

		if (to == FRAME_NONE)
			continue;
		for (size_t u = 0; u < s->n_units; u++)
			if (s->unit[u].stratum == order[i].number)
				s->unit[u].stratum = to;
		s->stratum[to].units += one->units;
		s->stratum[to].population += one->population;
		one->units = 0;
	}
}

/* The strata of a stage, or its units, whose parents have these ranks. */
struct children {
	const struct frame_stage *stage;
	const size_t *parent; /* ranks; NULL: one parent for all */
	bool units;
	size_t n, parents;
};

static struct named child(const struct children *c, size_t i)
{
	const struct frame_stratum *h;

	if (c->units) {
		const struct frame_unit *u = &c->stage->unit[i];

		return (struct named){c->parent[u->stratum], i, u->name};
	}
	h = &c->stage->stratum[i];
	return (struct named){c->parent ? c->parent[h->above] : 0, i, h->name};
}

static bool children_in_order(const struct children *c)
{
	struct named before = c->n ? child(c, 0) : (struct named){0};

	for (size_t i = 1; i < c->n; i++) {
		struct named now = child(c, i);

		if (by_parent(&before, &now) > 0)
			return false;
		before = now;
	}
	return true;
}

/* By parent, as they came; end[] tells where those of each parent end. */
static struct named *family_by_family(struct arena *a, const struct children *c, size_t *end)
{
	struct named *at = arena_new(a, c->n, sizeof *at);
	size_t before = 0;

	for (size_t i = 0; i < c->n; i++)
		end[child(c, i).parent]++;
	for (size_t p = 0; p < c->parents; p++) {
		size_t n = end[p];

		end[p] = before;
		before += n;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct named one = child(c, i);

		at[end[one.parent]++] = one;
	}
	return at;
}

/* Ranks by the rank of the parent, then by name: the same in whatever order rows came. */
static size_t *rank_children(struct arena *a, const struct children *c)
{
	size_t *rank = arena_new(a, c->n, sizeof *rank), *end;
	struct arena scratch = {0};
	struct named *at;

	if (children_in_order(c)) {
		for (size_t i = 0; i < c->n; i++)
			rank[i] = i;
		return rank;
	}
	end = arena_new(&scratch, c->parents, sizeof *end);
	at = family_by_family(&scratch, c, end);
	for (size_t p = 0; p < c->parents; p++) {
		size_t first = p ? end[p - 1] : 0;

		qsort(at + first, end[p] - first, sizeof *at, by_parent);
	}
	for (size_t i = 0; i < c->n; i++)
		rank[at[i].number] = i;
	arena_release(&scratch);
	return rank;
}

static size_t *order_stage(const struct frame *f, size_t s, const size_t *unit_rank)
{
	const struct frame_stage *now = &f->stage[s];
	struct children strata = {.stage = now,
				  .parent = unit_rank,
				  .n = now->n_strata,
				  .parents = s ? f->stage[s - 1].n_units : 1};
	struct children units = {.stage = now,
				 .units = true,
				 .n = now->n_units,
				 .parents = now->n_strata,
				 .parent = rank_children(f->arena, &strata)};

	return rank_children(f->arena, &units);
}

bool frame_finish(struct frame *f, struct diag *why)
{
	size_t errors = why->errors;

	f->order = NULL;
	for (size_t s = 0; s < f->stages; s++) {
		f->order = f->rank[s] = order_stage(f, s, f->order);
		for (size_t i = 0; i < f->stage[s].n_strata; i++) {
			const struct frame_stratum *h = &f->stage[s].stratum[i];

			if (h->population >= (double)h->units)
				continue;
			diag_at(why, h->at, DIAG_DATA,
				"stratum \"%.*s\" has a population of %.17g units, but %zu were "
				"drawn",
				SPAN_ARG(h->name), h->population, h->units);
			diag_hint(why, "the column of the finite population correction holds "
				       "counts of units in the population, not shares");
		}
	}
	return why->errors == errors;
}

size_t *frame_renumber(struct frame *f)
{
	size_t n = frame_leaves(f), *identity = arena_new(f->arena, n, sizeof *identity);
	size_t *leaf = f->order;

	for (size_t s = 0; s < f->stages; s++) {
		struct frame_stage *now = &f->stage[s];
		struct frame_unit *unit = arena_reserve(f->arena, now->n_units, sizeof *unit);

		for (size_t i = 0; i < now->n_units; i++)
			unit[f->rank[s][i]] = now->unit[i];
		now->unit = unit;
		now->units = NULL; /* knew the old numbers */
		for (size_t h = 0; s && h < now->n_strata; h++)
			now->stratum[h].above = f->rank[s - 1][now->stratum[h].above];
	}
	for (size_t i = 0; i < n; i++)
		identity[i] = i;
	f->order = identity;
	return leaf;
}
