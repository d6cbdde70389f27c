#include "output/breakdown.h"

const struct result_row *breakdown_row(const struct breakdown *b, const struct breakdown_pair *p)
{
	return &b->pairs.row[p->row];
}

int breakdown_verdict(const struct breakdown *b, const struct breakdown_pair *p)
{
	struct text verdict = breakdown_row(b, p)->verdict;

	if (verdict.n == 0)
		return SIDE_NONE;
	return span_is(verdict, "increase") - span_is(verdict, "decrease");
}

enum breakdown_side breakdown_side(const struct breakdown *b, const struct breakdown_variable *v,
				   size_t group)
{
	bool above = false, below = false, tested = false;

	for (size_t i = 0; i < v->n_pairs; i++) {
		const struct breakdown_pair *p = &v->pair[i];
		int d = breakdown_verdict(b, p);

		if ((p->first != group && p->second != group) || d == SIDE_NONE)
			continue;
		tested = true;
		above |= d == (p->second == group ? 1 : -1);
		below |= d == (p->second == group ? -1 : 1);
	}
	if (above && below)
		return SIDE_BOTH;
	return above ? SIDE_ABOVE : below ? SIDE_BELOW : tested ? SIDE_UNCLEAR : SIDE_NONE;
}

void breakdown_count(const struct breakdown *b, const struct breakdown_variable *v, size_t *judged,
		     size_t *found)
{
	*judged = *found = 0;
	for (size_t i = 0; i < v->n_pairs; i++) {
		int d = breakdown_verdict(b, &v->pair[i]);

		*judged += d != SIDE_NONE;
		*found += d == 1 || d == -1;
	}
}
