#include "analysis/against.h"

#include "analysis/adjust.h"
#include "analysis/change.h"

#include <math.h>

static void add(struct arena *a, const struct result_row *of, const struct result *national,
		struct result *out)
{
	const struct result_row *country =
		national ? result_find(national, of->year, of->item, (struct text){"", 0}) : NULL;
	struct result_row row = *of;

	if (country && !isnan(country->estimate) && !isnan(row.estimate) && !isnan(row.ci_low))
		change_constant(&row, country->estimate);
	result_add(a, out, &row);
}

/* The interval of a share is not symmetric: it may hold what the t test does not. */
static void decide(struct arena *a, struct result *out)
{
	out->parts = PART_CHANGE;
	adjust_result(a, ADJUST_HOLM, FAMILY_TABLE, out);
	for (size_t i = 0; i < out->n; i++) {
		struct result_row *row = &out->row[i];

		if (row->verdict.n && row->ci_low <= row->estimate_from &&
		    row->ci_high >= row->estimate_from)
			row->verdict = span_of("not_distinguishable");
	}
}

void against_items(struct arena *a, const struct result *all, const struct result *national,
		   long year, struct text province, struct result *out)
{
	*out = (struct result){0};
	for (size_t i = 0; i < all->n; i++)
		if (all->row[i].year == year && span_equal(all->row[i].province, province))
			add(a, &all->row[i], national, out);
	decide(a, out);
}

void against_units(struct arena *a, const struct result *all, const struct result *national,
		   long year, struct text item, struct result *out)
{
	size_t n;
	const struct result_row *row = result_group(all, year, item, &n);

	*out = (struct result){0};
	for (size_t i = 0; row && i < n; i++)
		add(a, &row[i], national, out);
	decide(a, out);
}

int against_side(const struct result *family, struct text item, struct text province)
{
	for (size_t i = 0; i < family->n; i++)
		if (span_equal(family->row[i].item, item) &&
		    span_equal(family->row[i].province, province))
			return span_is(family->row[i].verdict, "increase") -
			       span_is(family->row[i].verdict, "decrease");
	return 0;
}

size_t against_judged(const struct result *family)
{
	size_t n = 0;

	for (size_t i = 0; i < family->n; i++)
		n += family->row[i].verdict.n ? 1 : 0;
	return n;
}
