/* Provinces against the country. p-values: R, 2 * pt(-abs(t), df); adjusted: p.adjust(p, "holm").
 */
#include "analysis/against.h"
#include "help.h"

#include <math.h>

TestSuite(against, .fini = clean);

static struct result all, national;

static void add(struct result *to, const char *item, const char *province, double value, double se)
{
	struct result_row row = result_row_init();

	row.year = 2022;
	row.item = span_of(item);
	row.item_order = (size_t)item[0];
	row.province = span_of(province);
	row.estimate = value;
	row.se = se;
	row.df = 20;
	row.level = 0.95;
	row.ci_low = value - 2.086 * se; /* qt(0.975, 20) */
	row.ci_high = value + 2.086 * se;
	result_add(&arena, to, &row);
}

/* Items a, b, c of two provinces against 70: t of "01" are 3, 2.5 and 0.5. */
static void given(void)
{
	all = national = (struct result){0};
	add(&all, "a", "01", 76, 2);
	add(&all, "a", "02", 64, 1);
	add(&all, "b", "01", 65, 2);
	add(&all, "b", "02", 70, 1);
	add(&all, "c", "01", 71, 2);
	add(&all, "c", "02", 72, 1);
	add(&national, "a", "", 70, 0.3);
	add(&national, "b", "", 70, 0.3);
	add(&national, "c", "", 70, 0.3);
}

/* p 0.00707592, 0.02123355, 0.62252 times 3, 2, 1. */
Test(against, items_of_a_province_are_one_family)
{
	struct result r;

	given();
	against_items(&arena, &all, &national, 2022, span_of("01"), &r);
	cr_assert(eq(sz, r.n, 3));
	cr_expect(eq(sz, against_judged(&r), 3));
	cr_expect(eq(dbl, r.row[0].delta, 6));
	cr_expect(eq(dbl, r.row[0].delta_se, 2)); /* the country's counts as known */
	cr_expect(fabs(r.row[0].p_value - 0.0070759) < 1e-7);
	cr_expect(fabs(r.row[0].p_adjusted - 3 * 0.0070759) < 3e-7);
	cr_expect(fabs(r.row[1].p_adjusted - 2 * 0.0212335) < 2e-7);
	cr_expect(eq(int, against_side(&r, span_of("a"), span_of("01")), 1));
	cr_expect(eq(int, against_side(&r, span_of("b"), span_of("01")), -1));
	cr_expect(eq(int, against_side(&r, span_of("c"), span_of("01")), 0));
	cr_expect(eq(int, against_side(&r, span_of("a"), span_of("02")), 0)); /* not in it */
}

/* With a fourth item p of b is no longer small enough: 0.02123 * 3. */
Test(against, more_comparisons_ask_for_more)
{
	struct result r;

	given();
	add(&all, "d", "01", 70, 2);
	add(&national, "d", "", 70, 0.3);
	against_items(&arena, &all, &national, 2022, span_of("01"), &r);
	cr_expect(eq(int, against_side(&r, span_of("a"), span_of("01")), 1));
	cr_expect(eq(int, against_side(&r, span_of("b"), span_of("01")), 0));
}

Test(against, provinces_of_an_item_are_another)
{
	struct result r;

	given();
	against_units(&arena, &all, &national, 2022, span_of("a"), &r);
	cr_assert(eq(sz, r.n, 2));
	cr_expect(eq(int, against_side(&r, span_of("a"), span_of("01")), 1));
	cr_expect(eq(int, against_side(&r, span_of("a"), span_of("02")), -1));
}

/* A share's interval is not symmetric: where it holds the country's value nothing is claimed. */
Test(against, no_verdict_contradicts_the_interval)
{
	struct result r;

	given();
	all.row[0].ci_low = 69.9;
	against_items(&arena, &all, &national, 2022, span_of("01"), &r);
	cr_expect(r.row[0].p_adjusted < 0.05);
	cr_expect(span_is(r.row[0].verdict, "not_distinguishable"));
}

/* Hidden, without error, or without a country's value: no comparison, nor one to adjust for. */
Test(against, what_cannot_be_compared)
{
	struct result r;

	given();
	all.row[0].estimate = all.row[0].se = all.row[0].ci_low = all.row[0].ci_high = NAN;
	national.row[1].estimate = NAN;
	against_items(&arena, &all, &national, 2022, span_of("01"), &r);
	cr_expect(eq(sz, against_judged(&r), 1));
	cr_expect(zero(sz, r.row[0].verdict.n));
	cr_expect(zero(sz, r.row[1].verdict.n));
	against_items(&arena, &all, NULL, 2022, span_of("01"), &r);
	cr_expect(zero(sz, against_judged(&r)));
	against_units(&arena, &all, &national, 2022, span_of("z"), &r);
	cr_expect(zero(sz, r.n));
}
