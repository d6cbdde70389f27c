#include "analysis/change.h"

#include "analysis/adjust.h"
#include "estimate/interval.h"
#include "estimate/overlap.h"
#include "estimate/tail.h"

#include <math.h>
#include <string.h>

static const char *const verdict_words[] = {"ok", "warn", "no"};

/* The code may have passed to another unit: a province before and after a merger. */
static bool same_unit(const struct survey *s, const struct result_row *row, long from)
{
	return province_same(&s->provinces, row->province, from, row->year);
}

/* Ranks are among as many units: those that the tables list, else those printed as ranked. */
static bool same_map(const struct survey *s, const struct result_row *row,
		     const struct result_row *was)
{
	double now = isnan(row->listed) ? row->n_ranked : row->listed;
	double then = !was ? NAN : isnan(was->listed) ? was->n_ranked : was->listed;

	if (!isnan(now) && !isnan(then) && isnan(row->listed) == isnan(was->listed))
		return now == then;
	return !was ||
	       province_count(&s->provinces, was->year) == province_count(&s->provinces, row->year);
}

/* What either year owes to a merger. */
static void inherit_merger(struct arena *a, struct result_row *row, const struct result_row *was)
{
	row->only_from_merged = was->flags & ~row->flags & FLAG_MERGED;
	row->flags |= was->flags & FLAG_MERGED;
	row->rank_from_merged = was->rank_merged;
	if (was->rank_merged && !row->rank_merged)
		row->method = arena_format(a, "%.*s;rank_from:merged", SPAN_ARG(row->method));
	row->coverage = fmin(row->coverage, was->coverage); /* fmin passes over NaN */
	if (row->merged_from.n == 0) {
		row->merged_from = was->merged_from;
		row->merged_by = was->merged_by;
		memcpy(row->parts, was->parts, sizeof row->parts);
	}
	for (int l = 0; l < LANG__COUNT && was->lacking[l].n; l++)
		row->lacking[l] = arena_format(a, "%.*s%s%ld: %.*s", SPAN_ARG(row->lacking[l]),
					       row->lacking[l].n ? "; " : "", was->year,
					       SPAN_ARG(was->lacking[l]));
}

static void add_reason(struct arena *a, struct result_row *row, const char *vi, const char *en)
{
	const char *words[] = {[LANG_VI] = vi, [LANG_EN] = en};

	for (int l = 0; l < LANG__COUNT; l++)
		row->reason[l] = arena_format(a, "%.*s%s%s", SPAN_ARG(row->reason[l]),
					      row->reason[l].n ? "; " : "", words[l]);
}

/* What comparability.csv says, and what the map of provinces adds to it. */
static enum verdict judge(struct arena *a, const struct survey *s, struct result_row *row,
			  long from, bool ranks)
{
	enum verdict verdict = VERDICT_OK;

	for (int l = 0; l < LANG__COUNT; l++)
		verdict = survey_compare(a, s, row->item, from, row->year, (enum lang)l,
					 &row->reason[l]);
	if (!ranks) {
		verdict = verdict == VERDICT_OK ? VERDICT_WARN : verdict;
		add_reason(a, row, "số tỉnh, thành phố đã thay đổi nên không so thứ hạng",
			   "the number of provinces changed, so ranks are not compared");
	}
	if (!same_unit(s, row, from)) {
		verdict = VERDICT_NO;
		add_reason(a, row, "mã tỉnh này ở hai năm là hai đơn vị hành chính khác nhau",
			   "the code stands for two different units in these years");
	}
	return verdict;
}

/* What is known of the pair: from the same units, else two independent samples. */
static struct overlap_pair pair_of(const struct result_row *row, const struct result_row *was)
{
	struct overlap_pair p = {.from = was->se * was->se, .to = row->se * row->se, .df = NAN};

	if (row->paired_year == was->year && row->paired_year)
		return (struct overlap_pair){.from = row->paired_from,
					     .to = row->paired_to,
					     .covariance = row->paired_covariance,
					     .df = row->paired_df};
	if (result_df(row) > 0 && result_df(was) > 0)
		p.df = (p.from + p.to) * (p.from + p.to) /
		       (p.from * p.from / result_df(was) + p.to * p.to / result_df(row));
	return p;
}

static void test(struct result_row *row)
{
	struct interval i = interval_wald(row->delta, row->delta_se, row->delta_df, row->level);

	row->delta_low = i.low;
	row->delta_high = i.high;
	row->p_value = tail_t(row->delta / row->delta_se, row->delta_df);
	row->verdict = span_of(row->delta_low > 0    ? "increase"
			       : row->delta_high < 0 ? "decrease"
						     : "not_distinguishable");
}

static void add_relative(struct result_row *row, const struct overlap_pair *p)
{
	double x = row->estimate_from;
	struct interval i;

	row->relative = row->estimate / x - 1;
	if (!isfinite(row->relative)) {
		row->relative = NAN;
		return;
	}
	if (isnan(row->delta_se))
		return;
	row->relative_se = sqrt(overlap_relative(p, x, row->estimate));
	i = interval_wald(row->relative, row->relative_se, row->delta_df, row->level);
	row->relative_low = i.low;
	row->relative_high = i.high;
}

/* As the degrees of freedom of an estimate: infinite ones are not told. */
static void hide_infinite(struct result_row *row)
{
	if (isinf(row->delta_df))
		row->delta_df = NAN;
}

void change_error(struct result_row *row, const struct overlap_pair *p)
{
	double v = overlap_variance(p);

	if (isnan(row->delta))
		return;
	if (v > 0 && p->df > 0) {
		row->delta_se = sqrt(v);
		row->delta_df = p->df;
		test(row);
	}
	add_relative(row, p);
	hide_infinite(row);
}

void change_certain(struct overlap_pair *p, const struct result_row *was,
		    const struct result_row *row)
{
	const struct result_row *side[] = {was, row};
	double *variance[] = {&p->from, &p->to};

	for (int i = 0; i < 2; i++) {
		double se = result_se(side[i], interval_t(side[i]->level, result_df(side[i])));

		if (*variance[i] != 0 || !(se > 0))
			continue;
		*variance[i] = se * se;
		p->df = fmin(result_df(was), result_df(row));
	}
}

void change_constant(struct result_row *row, double value)
{
	double se = result_se(row, interval_t(row->level, result_df(row)));
	struct overlap_pair p = {.to = se * se, .df = result_df(row)};

	row->estimate_from = value;
	row->delta = row->estimate - value;
	change_error(row, &p);
}

void change_slope(struct result_row *row, double slope, double variance, double df)
{
	row->delta = slope;
	if (!(variance > 0) || !(df > 0) || isnan(slope))
		return;
	row->delta_se = sqrt(variance);
	row->delta_df = df;
	test(row);
	hide_infinite(row);
}

void change_row(struct arena *a, const struct survey *s, struct result_row *row,
		const struct result_row *was, long from)
{
	bool ranks = same_map(s, row, was);
	enum verdict verdict = judge(a, s, row, from, ranks);

	row->comparable = span_of(verdict_words[verdict]);
	row->year_from = from;
	row->ranks_apart = !ranks;
	if (was && same_unit(s, row, from)) {
		row->estimate_from = was->estimate;
		row->line_from = was->line;
		row->rank_from = was->rank;
		row->rank_from_low = was->rank_low;
		row->rank_from_high = was->rank_high;
		row->n_ranked_from = was->n_ranked;
		row->flags |= was->flags & FLAG_SIMULATED;
		inherit_merger(a, row, was);
	}
	if (verdict == VERDICT_NO) {
		row->flags |= FLAG_INCOMPARABLE;
		return;
	}
	if (verdict == VERDICT_WARN)
		row->flags |= FLAG_CAUTION;
	if (was && isnan(was->estimate))
		row->flags |= FLAG_UNPUBLISHED;
	row->delta = row->estimate - row->estimate_from;
	if (isnan(row->se)) /* published: differences of decimals are decimals */
		row->delta = number_round(row->delta, s->scores.decimals);
	if (was) {
		struct overlap_pair pair = pair_of(row, was);

		change_certain(&pair, was, row);
		change_error(row, &pair);
	}
	if (ranks)
		row->rank_change = row->rank_from - row->rank;
}

void change_result(struct arena *a, const struct survey *s, const struct result *all, long from,
		   long to, struct result *out)
{
	*out = (struct result){.parts = PART_CHANGE};
	for (size_t i = 0; i < all->n; i++) {
		struct result_row row = all->row[i];

		if (row.year != to)
			continue;
		change_row(a, s, &row, result_find(all, from, row.item, row.province), from);
		result_add(a, out, &row);
	}
}

/* Adds a copy of the row, set against year `from`. */
static void add_change(struct arena *a, const struct survey *s, const struct result *all, long from,
		       const struct result_row *now, struct result *out)
{
	struct result_row row = *now;

	if (from)
		change_row(a, s, &row, result_find(all, from, row.item, row.province), from);
	result_add(a, out, &row);
}

void change_province(struct arena *a, const struct survey *s, const struct result *all,
		     struct text province, long from, long to, struct result *out)
{
	*out = (struct result){.parts = PART_CHANGE};
	for (size_t i = 0; i < all->n; i++)
		if (all->row[i].year == to && span_equal(all->row[i].province, province))
			add_change(a, s, all, from, &all->row[i], out);
	adjust_result(a, ADJUST_HOLM, FAMILY_PROVINCE, out);
}

void change_item(struct arena *a, const struct survey *s, const struct result *all,
		 struct text item, long from, long to, struct result *out)
{
	size_t n;
	const struct result_row *row = result_group(all, to, item, &n);

	*out = (struct result){.parts = PART_CHANGE};
	for (size_t i = 0; row && i < n; i++)
		add_change(a, s, all, from, &row[i], out);
	adjust_result(a, ADJUST_HOLM, FAMILY_ITEM, out);
}
