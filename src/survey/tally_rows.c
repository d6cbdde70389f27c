#include "survey/tally_rows.h"

#include <math.h>

static uint16_t code_of(const struct variable *v, double y)
{
	if (isnan(y))
		return 0;
	switch (v->kind) {
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED: return y == 1 ? 2 : 1;
	case VARIABLE_LEVELS: return (uint16_t)(y + 1);
	case VARIABLE_NUMBER:
	case VARIABLE_PAIR: break;
	}
	return 1;
}

/* A row's numbers as decimals; false when one is none. */
static bool exact_numbers(const struct tally *t, const struct answer *row, struct decimal *y,
			  struct decimal *x)
{
	for (size_t v = 0; v < t->plan->n_variables; v++) {
		enum variable_kind kind = t->plan->variable[v].kind;

		y[v] = x[v] = (struct decimal){0, 0};
		if (isnan(row->y[v]) || (kind != VARIABLE_NUMBER && kind != VARIABLE_PAIR))
			continue;
		if (!decimal_of(row->y[v], &y[v]) ||
		    (kind == VARIABLE_PAIR && !decimal_of(row->x[v], &x[v])))
			return false;
	}
	return true;
}

void tally_add(void *sink, const struct answer *row)
{
	struct tally *t = sink;
	struct sums_row put = {.weight = row->weight, .code = t->code, .y = row->y, .x = row->x};
	size_t part = tally_find(t, row->leaf, row->factor, row->selected, row->cell);
	struct decimal weight = {0, 0}, *y = t->row_y, *x = t->row_x;

	for (size_t v = 0; v < t->plan->n_variables; v++)
		t->code[v] = code_of(&t->plan->variable[v], row->y[v]);
	if (t->sums.exact && decimal_long(row->weight, &weight) &&
	    (!t->sums.numbers || exact_numbers(t, row, y, x)) &&
	    tally_put(t, part, &put, weight, t->sums.numbers ? y : NULL, x))
		return;
	tally_loosen(t);
	tally_put(t, part, &put, weight, NULL, NULL);
}
