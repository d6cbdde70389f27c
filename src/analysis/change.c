#include "analysis/change.h"

#include <math.h>

static const char *const verdict_words[] = {"ok", "warn", "no"};

/* The code may have passed to another unit: a province before and after a merger. */
static bool same_unit(const struct survey *s, const struct result_row *row, long from)
{
	return province_by_code(&s->provinces, row->province, from) ==
	       province_by_code(&s->provinces, row->province, row->year);
}

void change_row(struct arena *a, const struct survey *s, struct result_row *row,
		const struct result_row *was, long from)
{
	enum verdict verdict =
		survey_compare(a, s, row->item, from, row->year, LANG_VI, &row->reason[LANG_VI]);

	survey_compare(a, s, row->item, from, row->year, LANG_EN, &row->reason[LANG_EN]);
	if (!same_unit(s, row, from)) {
		verdict = VERDICT_NO;
		row->reason[LANG_VI] =
			span_of("đơn vị hành chính mang mã này ở hai năm là hai đơn vị khác nhau");
		row->reason[LANG_EN] =
			span_of("the code stands for two different units in these years");
	}
	row->comparable = span_of(verdict_words[verdict]);
	row->year_from = from;
	if (was) {
		row->estimate_from = was->estimate;
		row->rank_from = was->rank;
		row->n_ranked_from = was->n_ranked;
		row->flags |= was->flags & FLAG_SIMULATED;
	}
	if (verdict == VERDICT_NO) {
		row->flags |= FLAG_INCOMPARABLE;
		return;
	}
	if (verdict == VERDICT_WARN)
		row->flags |= FLAG_CAUTION;
	row->delta = number_round(row->estimate - row->estimate_from, s->scores.decimals);
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
