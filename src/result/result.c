#include "result/result.h"

#include <math.h>

#define NONE TEXT("")

static const struct result_row nothing = {
	.survey = NONE,
	.province = NONE,
	.province_name = NONE,
	.domain = NONE,
	.item = NONE,
	.stat = NONE,
	.method = NONE,
	.source = NONE,
	.verdict = NONE,
	.comparable = NONE,
	.group = NONE,
	.category = NONE,
	.agency = NONE,
	.item_name = {NONE, NONE},
	.group_name = {NONE, NONE},
	.reason = {NONE, NONE},
	.merged_from = NONE,
	.merged_by = NONE,
	.lacking = {NONE, NONE},
	.parts = {NONE, NONE},
	.estimate = NAN,
	.se = NAN,
	.ci_low = NAN,
	.ci_high = NAN,
	.level = NAN,
	.df = NAN,
	.deff = NAN,
	.n = NAN,
	.n_eff = NAN,
	.estimate_from = NAN,
	.delta = NAN,
	.delta_se = NAN,
	.delta_low = NAN,
	.delta_high = NAN,
	.delta_df = NAN,
	.p_value = NAN,
	.p_adjusted = NAN,
	.rank_from = NAN,
	.rank_change = NAN,
	.rank = NAN,
	.n_ranked = NAN,
	.rank_low = NAN,
	.rank_high = NAN,
	.peer_median = NAN,
	.peer_best = NAN,
	.national_median = NAN,
	.gap_median = NAN,
	.gap_best = NAN,
	.rank_in_peers = NAN,
	.n_ranked_from = NAN,
	.listed = NAN,
	.deff_kish = NAN,
	.max_points = NAN,
	.final_points = NAN,
	.lost_points = NAN,
	.share_of_loss = NAN,
	.coverage = NAN,
	.statistic = NAN,
	.ndf = NAN,
};

struct result_row result_row_init(void)
{
	return nothing;
}

void result_add(struct arena *a, struct result *r, const struct result_row *row)
{
	r->row = arena_grow(a, r->row, r->n, sizeof *r->row);
	r->row[r->n++] = *row;
}

struct result_row *result_group(const struct result *r, long year, struct text item, size_t *n)
{
	size_t low = 0, high = r->n, end;

	while (low < high) { /* first row not before the year */
		size_t mid = low + (high - low) / 2;

		if (r->row[mid].year < year)
			low = mid + 1;
		else
			high = mid;
	}
	while (low < r->n && r->row[low].year == year && !span_equal(r->row[low].item, item))
		low++;
	for (end = low;
	     end < r->n && r->row[end].year == year && span_equal(r->row[end].item, item);)
		end++;
	*n = end - low;
	return *n ? &r->row[low] : NULL;
}

const struct result_row *result_find(const struct result *r, long year, struct text item,
				     struct text province)
{
	size_t n;
	const struct result_row *row = result_group(r, year, item, &n);

	for (size_t i = 0; i < n; i++)
		if (span_equal(row[i].province, province))
			return &row[i];
	return NULL;
}

struct text result_flags(struct arena *a, unsigned flags)
{
	static const char *const words[] = {"suppressed",  "caution",         "lonely",
					    "unpublished", "merged_estimate", "simulated",
					    "incomparable"};
	struct text all = {"", 0};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (flags & 1u << i)
			all = arena_format(a, "%.*s%s%s", SPAN_ARG(all), all.n ? "|" : "",
					   words[i]);
	return all;
}
