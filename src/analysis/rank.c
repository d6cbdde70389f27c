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

void rank_compute(struct result_row *row, size_t n)
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

	if (tree->n_groups == 0 || row->group.n) /* a printed group stands */
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

/* Places within groups by score, of a complete table where none is printed: competition ranks. A
 * group of ranks would only say the rank again. */
static void rank_groups(const struct structure *s, struct result_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isnan(row[i].rank_in_group))
			return;
	for (size_t i = 0; i < n && s->n_groups && !s->group[0].quartile; i++) {
		size_t better = 0, members = 0;

		if (row[i].group.n == 0 || isnan(row[i].estimate))
			continue;
		for (size_t k = 0; k < n; k++) {
			if (!span_equal(row[k].group, row[i].group) || isnan(row[k].estimate))
				continue;
			members++;
			better += row[k].estimate > row[i].estimate;
		}
		row[i].rank_in_group = (double)(better + 1);
		row[i].n_in_group = (double)members;
	}
}

void rank_result(const struct survey *s, struct result *r)
{
	for (size_t i = 0, n; i < r->n; i += n) {
		struct result_row *row = result_group(r, r->row[i].year, r->row[i].item, &n);

		bool complete = is_complete(s, row, n);

		if (complete && !any_printed(row, n))
			rank_compute(row, n);
		for (size_t k = 0; k < n; k++) {
			row[k].complete = complete;
			row[k].listed = complete ? (double)n : NAN;
			set_group(s, &row[k]);
		}
		if (complete)
			rank_groups(&s->structure, row, n);
	}
	r->parts |= PART_RANK;
}

/* ---- confidence sets ----------------------------------------------------------------------- */

/* Draws for n units, made when first wanted. */
static const struct rankset_draws *draws_for(struct arena *a, struct rank_rule *rule, size_t n,
					     gsl_rng *rng)
{
	struct rank_drawn *d = rule->drawn;

	if (!rankset_is_drawn(rule->method))
		return NULL;
	while (d && d->n != n)
		d = d->next;
	if (d)
		return d->draws;
	d = arena_new(a, 1, sizeof *d);
	*d = (struct rank_drawn){n, rankset_draw(a, n, NULL, rule->count, rng, rule->seed),
				 rule->drawn};
	rule->drawn = d;
	return d->draws;
}

/* The ranked rows; none when a row has a printed rank, or no error. */
static size_t ranked_rows(const struct result_row *row, size_t n, size_t *at)
{
	size_t ranked = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(row[i].rank) || isnan(row[i].estimate))
			continue;
		if (isnan(row[i].se) || isnan(result_df(&row[i])) || !row[i].complete)
			return 0;
		at[ranked++] = i;
	}
	return ranked;
}

bool rank_sets(struct arena *a, const struct result_row *row, size_t n, struct rank_rule *rule,
	       double level, gsl_rng *rng, struct rankset *out)
{
	size_t *at = arena_new(a, n, sizeof *at), ranked = ranked_rows(row, n, at);
	double *numbers = arena_new(a, 3 * n, sizeof *numbers);
	struct rankset *sets = arena_new(a, n, sizeof *sets);
	struct rankset_units u = {
		.n = ranked, .estimate = numbers, .se = numbers + n, .df = numbers + 2 * n};

	if (ranked == 0)
		return false;
	for (size_t i = 0; i < ranked; i++) {
		numbers[i] = row[at[i]].estimate;
		numbers[n + i] = result_se(&row[at[i]],
					   interval_t(row[at[i]].level, result_df(&row[at[i]])));
		numbers[2 * n + i] = result_df(&row[at[i]]);
	}
	rankset_sets(a, &u, rule->method, level, draws_for(a, rule, ranked, rng), sets, NULL);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct rankset){0, 0};
	for (size_t i = 0; i < ranked; i++)
		out[at[i]] = sets[i];
	return true;
}

void rank_bounds(struct arena *a, struct result_row *row, size_t n, struct rank_rule *rule,
		 gsl_rng *rng)
{
	struct rankset *sets = arena_new(a, n, sizeof *sets);

	if (n == 0 || !rank_sets(a, row, n, rule, rule->level, rng, sets))
		return;
	for (size_t i = 0; i < n; i++)
		if (sets[i].low) {
			row[i].rank_low = (double)sets[i].low;
			row[i].rank_high = (double)sets[i].high;
		}
}

void rank_whiskers(struct arena *a, struct result_row *row, size_t n, double level)
{
	double *se = arena_new(a, n, sizeof *se), width;
	size_t known = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(row[i].estimate) && !isnan(row[i].se))
			se[known++] = row[i].se;
	width = rankset_whisker(se, known, level);
	for (size_t i = 0; i < n; i++)
		if (!isnan(row[i].estimate) && !isnan(row[i].se)) {
			row[i].ci_low = row[i].estimate - width * row[i].se;
			row[i].ci_high = row[i].estimate + width * row[i].se;
		}
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
