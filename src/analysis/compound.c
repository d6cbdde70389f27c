#include "analysis/compound.h"

#include "analysis/places.h"
#include "estimate/powermean.h"

#include <math.h>

bool compound_scores(const struct indicators *t, const struct normalise_rule *rule, double *score,
		     struct normalised *out, struct diag *why)
{
	size_t errors = why->errors;

	for (size_t j = 0; j < t->items; j++) {
		const char *reason =
			normalise(&rule[j], t->rows, t->items, t->value + j, score + j, &out[j]);

		if (reason)
			diag_fail(why, DIAG_DATA, "indicator \"%.*s\" of %s has no %s scores: %s",
				  SPAN_ARG(t->item[j]), t->file, normalise_name(rule[j].method),
				  diag_word(why, reason));
	}
	return why->errors == errors;
}

void compound_index(const struct indicators *t, const double *score, const struct compound_rule *r,
		    double *index, const char **reason)
{
	for (size_t i = 0; i < t->rows; i++) {
		const char *why_not;

		index[i] = powermean(r->copeland ? 1 : r->power, t->items, score + i * t->items,
				     r->weight, r->threshold, &why_not);
		if (reason)
			reason[i] = why_not;
	}
	for (size_t y = 0; y < t->years && r->copeland; y++)
		places_copeland(t->year[y].n, t->items, score + t->year[y].first * t->items,
				r->weight, index + t->year[y].first);
}

void compound_ranks(const struct indicators *t, const double *x, double *rank)
{
	for (size_t y = 0; y < t->years; y++)
		places_rank(t->year[y].n, x + t->year[y].first, rank + t->year[y].first);
}
