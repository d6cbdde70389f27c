#include "survey/repeats.h"

#include <stdlib.h>

/* The first row of a key. */
struct repeat_first {
	size_t line, place, n;
};

void repeats_start(struct arena *a, struct repeats *out)
{
	*out = (struct repeats){.arena = a, .keys = dict_new(a)};
}

static void keep(struct repeats *r, size_t key, size_t line, size_t place)
{
	r->row = arena_grow(r->arena, r->row, r->n_rows, sizeof *r->row);
	r->row[r->n_rows++] = (struct repeat_row){key, line, place};
}

void repeats_add(struct repeats *r, struct text key, size_t line, size_t place)
{
	bool fresh;
	size_t i = dict_add(r->keys, 0, key, &fresh);

	if (fresh) {
		r->at = arena_grow(r->arena, r->at, i, sizeof *r->at);
		r->at[i] = (struct repeat_first){line, place, 1};
		return;
	}
	if (r->at[i].n++ == 1)
		keep(r, i, r->at[i].line, r->at[i].place);
	keep(r, i, line, place);
}

/* Keys are numbered by their first rows. */
static int by_key(const void *a, const void *b)
{
	const struct repeat_row *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

void repeats_finish(struct repeats *r)
{
	if (r->n_rows)
		qsort(r->row, r->n_rows, sizeof *r->row, by_key);
	for (size_t i = 0; i < r->n_rows; i++) {
		struct repeat_group *g;

		if (i == 0 || r->row[i].key != r->row[i - 1].key) {
			r->group = arena_grow(r->arena, r->group, r->n, sizeof *r->group);
			r->group[r->n++] = (struct repeat_group){
				.key = r->keys->entry[r->row[i].key].name, .first = i};
		}
		g = &r->group[r->n - 1];
		g->n++;
		if (!g->across && r->row[i].place != r->row[g->first].place) {
			g->across = true;
			r->across++;
		}
	}
}
