#include "analysis/rank.h"

#include "base/number.h"
#include "estimate/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rank_quartile_cut(size_t n, size_t k)
{
	return (2 * k * n + 4) / 8; /* floor(k n / 4 + 1/2) in whole numbers */
}

/* Every province standing in the year has a row. */
static bool is_complete(const struct survey *s, const struct result_row *row, size_t n)
{
	for (size_t p = 0; p < s->provinces.n; p++) {
		const struct province *province = &s->provinces.at[p];
		bool found = !province_stands(province, row->year);

		for (size_t i = 0; i < n && !found; i++)
			found = span_equal(row[i].province, province->code) &&
				!row[i].part_unlisted;
		if (!found)
			return false;
	}
	return true;
}

static void compute_ranks(struct result_row *row, size_t n)
{
	size_t ranked = 0;

	for (size_t i = 0; i < n; i++)
		ranked += isnan(row[i].estimate) ? 0 : 1;
	for (size_t i = 0; i < n; i++) {
		size_t better = 0;

		if (isnan(row[i].estimate))
			continue;
		for (size_t j = 0; j < n; j++)
			better += row[j].estimate > row[i].estimate; /* false for NaN */
		row[i].rank = (double)(better + 1);
		row[i].n_ranked = (double)ranked;
	}
}

/* Simultaneous confidence sets of ranks without simulation (Klein, Wright and Wieczorek 2020):
 * every interval at level^(1/p), on t with the row's own degrees of freedom. Where one row has
 * no error, none has a set. */
static void bound_ranks(struct result_row *row, size_t n)
{
	double ranked = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(row[i].estimate))
			continue;
		if (isnan(row[i].se) || isnan(row[i].df))
			return;
		ranked++;
	}
	for (size_t i = 0; i < n; i++) {
		double each = pow(row[i].level, 1 / ranked), below = 0, above = 0, width;

		if (isnan(row[i].estimate))
			continue;
		width = interval_t(each, row[i].df) * row[i].se;
		for (size_t k = 0; k < n; k++) {
			double other = interval_t(each, row[k].df) * row[k].se;

			above += row[k].estimate - other > row[i].estimate + width;
			below += row[k].estimate + other < row[i].estimate - width;
		}
		row[i].rank_low = above + 1;
		row[i].rank_high = ranked - below;
	}
}

static bool any_printed(const struct result_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isnan(row[i].rank))
			return true;
	return false;
}

static const struct group *group_by_rank(const struct structure *s, const struct result_row *row)
{
	if (!row->complete || isnan(row->rank) || isnan(row->n_ranked))
		return NULL;
	for (size_t k = 1; k <= s->n_groups; k++)
		if ((size_t)row->rank <= rank_quartile_cut((size_t)row->n_ranked, k))
			return &s->group[k - 1];
	return NULL;
}

static const struct group *group_by_score(const struct structure *s, double estimate, int decimals)
{
	double printed = number_round(estimate, decimals);

	for (size_t k = 0; k < s->n_groups; k++)
		if (printed >= s->group[k].bound) /* false for NaN */
			return &s->group[k];
	return NULL;
}

static void set_group(const struct survey *s, struct result_row *row)
{
	const struct structure *tree = &s->structure;
	const struct wave *wave = survey_wave(s, row->year);
	const struct group *g;

	if (tree->n_groups == 0)
		return;
	if (tree->group[0].quartile)
		g = group_by_rank(tree, row);
	else /* a mean of two administrations belongs to no class of one */
		g = row->item_depth == 0 && !(row->flags & FLAG_MERGED)
			    ? group_by_score(tree, row->estimate, wave->decimals)
			    : NULL;
	if (!g)
		return;
	row->group = g->code;
	memcpy(row->group_name, g->name, sizeof row->group_name);
}

void rank_result(const struct survey *s, struct result *r)
{
	for (size_t i = 0, n; i < r->n; i += n) {
		struct result_row *row = result_group(r, r->row[i].year, r->row[i].item, &n);

		bool complete = is_complete(s, row, n);

		if (complete && !any_printed(row, n)) {
			compute_ranks(row, n);
			bound_ranks(row, n);
		}
		for (size_t k = 0; k < n; k++) {
			row[k].complete = complete;
			row[k].listed = complete ? (double)n : NAN;
			set_group(s, &row[k]);
		}
	}
	r->parts |= PART_RANK;
}

static int by_rank(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;
	bool p_none = isnan(p->rank), q_none = isnan(q->rank);

	if (p->year != q->year)
		return (p->year > q->year) - (p->year < q->year);
	if (p->item_order != q->item_order)
		return (p->item_order > q->item_order) - (p->item_order < q->item_order);
	if (p_none != q_none)
		return p_none - q_none;
	if (!p_none && p->rank != q->rank)
		return (p->rank > q->rank) - (p->rank < q->rank);
	if (p_none && !isnan(p->estimate) != !isnan(q->estimate))
		return isnan(p->estimate) ? 1 : -1;
	if (p_none && p->estimate != q->estimate && !isnan(p->estimate))
		return (p->estimate < q->estimate) - (p->estimate > q->estimate);
	return span_compare(p->province, q->province);
}

void rank_sort(struct result *r)
{
	if (r->n)
		qsort(r->row, r->n, sizeof *r->row, by_rank);
}
