#include "help.h"

#include "result/result.h"

#include <math.h>

TestSuite(result, .fini = clean);

static void add(struct result *r, long year, const char *item, const char *province)
{
	struct result_row row = result_row_init();

	row.year = year;
	row.item = span_of(item);
	row.province = span_of(province);
	result_add(&arena, r, &row);
}

Test(result, a_new_row_claims_nothing)
{
	struct result_row row = result_row_init();

	cr_expect(isnan(row.estimate) && isnan(row.rank) && isnan(row.delta) &&
		  isnan(row.n_ranked) && isnan(row.rank_change) && isnan(row.rank_in_peers) &&
		  isnan(row.se) && isnan(row.p_adjusted));
	cr_expect(zero(sz, row.group.n + row.reason[LANG_VI].n + row.comparable.n));
}

/* None are told where they are infinite: the interval says that there is an error. */
Test(result, degrees_of_freedom_of_a_row)
{
	struct result_row row = result_row_init();

	row.se = 1;
	cr_expect(isnan(result_df(&row)));
	row.ci_low = 3;
	cr_expect(eq(dbl, result_df(&row), INFINITY));
	row.df = 0;
	cr_expect(eq(dbl, result_df(&row), 0));
}

Test(result, find_and_group)
{
	struct result r = {0};
	size_t n;

	add(&r, 2019, "total", "01");
	add(&r, 2019, "total", "02");
	add(&r, 2019, "1", "01");
	add(&r, 2020, "total", "02");
	cr_expect(eq(ptr, (void *)result_find(&r, 2019, span_of("total"), span_of("02")),
		     (void *)&r.row[1]));
	cr_expect(eq(ptr, (void *)result_find(&r, 2020, span_of("total"), span_of("02")),
		     (void *)&r.row[3]));
	cr_expect(zero(ptr, (void *)result_find(&r, 2020, span_of("total"), span_of("01"))));
	cr_expect(zero(ptr, (void *)result_find(&r, 2020, span_of("1"), span_of("01"))));
	cr_expect(zero(ptr, (void *)result_find(&r, 2021, span_of("1"), span_of("01"))));
	cr_expect(eq(ptr, (void *)result_group(&r, 2019, span_of("total"), &n), (void *)&r.row[0]));
	cr_expect(eq(sz, n, 2));
	cr_expect(zero(ptr, (void *)result_group(&(struct result){0}, 2019, span_of("total"), &n)));
	cr_expect(zero(sz, n));
}

Test(result, flags)
{
	check_text(result_flags(&arena, 0), "");
	check_text(result_flags(&arena, FLAG_MERGED), "merged_estimate");
	check_text(result_flags(&arena, FLAG_INCOMPARABLE | FLAG_SUPPRESSED | FLAG_UNPUBLISHED),
		   "suppressed|unpublished|incomparable");
	check_text(result_flags(&arena, FLAG_MODEL | FLAG_SIMULATED), "simulated|model");
	check_text(result_flags(&arena, 127),
		   "suppressed|caution|lonely|unpublished|merged_estimate|simulated|incomparable");
}

/* Everybody alike: an interval of 20 over t = 2 stands for an error of 10. Without an interval, 0
 * is what is known; an error stays. */
Test(result, error_of_everybody_alike)
{
	struct result_row row = result_row_init();

	row.se = 0;
	cr_expect(eq(dbl, result_se(&row, 2), 0));
	row.ci_low = 80;
	row.ci_high = 100;
	cr_expect(eq(dbl, result_se(&row, 2), 10));
	cr_expect(eq(dbl, result_se(&row, NAN), 0));
	row.se = 3;
	cr_expect(eq(dbl, result_se(&row, 2), 3));
}
