#include "analysis/change.h"

#include "estimate/interval.h"

#include <gsl/gsl_cdf.h>
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

/* The difference of two independent samples, on t with Satterthwaite's degrees of freedom. */
static void add_error(struct result_row *row, const struct result_row *was)
{
	double v = row->se * row->se, u = was->se * was->se;
	struct interval i;

	if (isnan(v) || isnan(u) || !(row->df > 0) || !(was->df > 0) || v + u == 0)
		return;
	row->delta_se = sqrt(v + u);
	row->delta_df = (v + u) * (v + u) / (v * v / row->df + u * u / was->df);
	i = interval_wald(row->delta, row->delta_se, row->delta_df, row->level);
	row->delta_low = i.low;
	row->delta_high = i.high;
	row->p_value = 2 * gsl_cdf_tdist_Q(fabs(row->delta) / row->delta_se, row->delta_df);
	row->verdict = span_of(row->delta_low > 0    ? "increase"
			       : row->delta_high < 0 ? "decrease"
						     : "not_distinguishable");
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
		row->rank_from = was->rank;
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
	row->delta = number_round(row->estimate - row->estimate_from, s->scores.decimals);
	if (was)
		add_error(row, was);
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
