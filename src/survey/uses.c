#include "survey/uses.h"

static void use_column(struct uses *u, size_t column, enum use_kind kind, size_t which, size_t code)
{
	struct use *use;

	if (column == RESPONDENT_NONE)
		return;
	for (use = u->first[column]; use && kind == USE_KEY; use = use->next)
		if (use->kind == USE_KEY)
			return;
	use = arena_new(u->arena, 1, sizeof *use);
	*use = (struct use){kind, which, code, u->first[column]};
	u->first[column] = use;
}

/* Keys stand in the order of the columns, as their fields come. */
static void list_keys(struct uses *u)
{
	u->key_column = arena_new(u->arena, u->columns, sizeof *u->key_column);
	for (size_t c = 0; c < u->columns; c++)
		for (const struct use *use = u->first[c]; use; use = use->next)
			if (use->kind == USE_KEY)
				u->key_column[u->n_keys++] = c;
}

void uses_find(struct arena *a, const struct respondent *r, size_t columns, struct uses *out)
{
	const struct plan *p = r->plan;
	const struct design *d = &p->design;
	size_t n = p->n_variables;

	*out = (struct uses){.arena = a,
			     .columns = columns,
			     .codes = 2 * n + p->where.n + 1,
			     .first = arena_new(a, columns + 1, sizeof *out->first)};
	for (size_t v = 0; v < n; v++) {
		use_column(out, r->variable[v].y, USE_Y, v, v);
		if (p->variable[v].kind == VARIABLE_PAIR)
			use_column(out, r->variable[v].x, USE_X, v, n + v);
	}
	for (size_t i = 0; i < p->where.n; i++)
		use_column(out, r->where[i], USE_WHERE, i, 2 * n + i);
	use_column(out, r->weight, USE_WEIGHT, 0, 0);
	use_column(out, r->only, USE_KEY, 0, 0);
	for (size_t i = 0; i < d->n_strata; i++)
		use_column(out, r->stratum[i], USE_KEY, 0, 0);
	for (size_t i = 0; i < d->n_units; i++)
		use_column(out, r->unit[i], USE_KEY, 0, 0);
	for (size_t i = 0; i < d->n_fpc; i++)
		use_column(out, r->fpc[i], USE_KEY, 0, 0);
	for (size_t i = 0; i < p->n_factors; i++)
		use_column(out, r->factor[i], USE_KEY, 0, 0);
	list_keys(out);
}
