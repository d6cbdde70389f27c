#include "analysis/compare.h"

#include "analysis/spread.h"

#include <math.h>

static void set_against(struct arena *a, const struct result *all, const struct peers *peers,
			int decimals, struct result_row *row)
{
	double *x = arena_new(a, peers->n, sizeof *x);
	size_t better = 0, listed = 0;
	struct spread s;

	for (size_t i = 0; i < peers->n; i++) {
		const struct result_row *peer =
			result_find(all, row->year, row->item, peers->at[i]->code);

		listed += peer ? 1 : 0;
		x[i] = peer ? peer->estimate : NAN;
		better += x[i] > row->estimate;
	}
	if (row->complete)
		row->national_median = spread_national(a, all, row->year, row->item).median;
	if (listed < peers->n)
		return;
	s = spread_of(a, x, peers->n);
	row->peer_median = s.median;
	row->peer_best = s.max;
	if (isnan(row->estimate) || s.n == 0)
		return;
	/* one more decimal than the scores have: a median of an even number lies half-way */
	row->gap_median = number_round(row->estimate - s.median, decimals + 1);
	row->gap_best = number_round(row->estimate - s.max, decimals);
	row->rank_in_peers = (double)(better + 1);
}

void compare_result(struct arena *a, const struct result *all, long year,
		    const struct province *self, const struct peers *peers, int decimals,
		    struct result *out)
{
	*out = (struct result){.parts = PART_COMPARE};
	for (size_t i = 0; i < all->n; i++) {
		struct result_row row = all->row[i];

		if (row.year != year || !span_equal(row.province, self->code))
			continue;
		set_against(a, all, peers, decimals, &row);
		result_add(a, out, &row);
	}
}
