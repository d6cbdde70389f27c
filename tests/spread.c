/* Quantiles: R, quantile(x, c(.25, .5, .75)), type 7: position (n - 1)p + 1 (Hyndman and Fan 1996).
 */
#include "help.h"

#include "analysis/published.h"
#include "analysis/rank.h"
#include "analysis/spread.h"
#include "input/table.h"

#include <math.h>

TestSuite(spread, .fini = clean);

static const struct {
	size_t n;
	double x[9], mean, q1, median, q3;
} cases[] = {
	{4, {4, 1, 3, 2}, 2.5, 1.75, 2.5, 3.25},      /* quantile(1:4) */
	{9, {9, 8, 7, 6, 5, 4, 3, 2, 1}, 5, 3, 5, 7}, /* quantile(1:9) */
	{5, {10, 20, 40, 80, 160}, 62, 20, 40, 80},
	{6, {1, 2, 3, 4, 5, 60}, 12.5, 2.25, 3.5, 4.75},
	{2, {1, 2}, 1.5, 1.25, 1.5, 1.75},
	{1, {7}, 7, 7, 7, 7},
};

Test(spread, as_r)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct spread s = spread_of(&arena, cases[i].x, cases[i].n);

		cr_expect(eq(sz, s.n, cases[i].n));
		cr_expect(epsilon_eq(dbl, s.mean, cases[i].mean, 1e-12), "row %zu", i);
		cr_expect(epsilon_eq(dbl, s.q1, cases[i].q1, 1e-12), "row %zu", i);
		cr_expect(epsilon_eq(dbl, s.median, cases[i].median, 1e-12), "row %zu", i);
		cr_expect(epsilon_eq(dbl, s.q3, cases[i].q3, 1e-12), "row %zu", i);
		cr_expect(s.min <= s.q1 && s.q3 <= s.max);
	}
}

Test(spread, missing_values_do_not_count)
{
	static const double x[] = {NAN, 4, 1, NAN, 3, 2, NAN};
	struct spread s = spread_of(&arena, x, COUNT(x)), none = spread_of(&arena, x, 1),
		      nothing = spread_of(&arena, NULL, 0);

	cr_expect(eq(sz, s.n, 4));
	cr_expect(eq(dbl, s.mean, 2.5));
	cr_expect(eq(dbl, s.min, 1));
	cr_expect(eq(dbl, s.max, 4));
	cr_expect(zero(sz, none.n));
	cr_expect(isnan(none.mean) && isnan(none.min) && isnan(none.q1) && isnan(none.median) &&
		  isnan(none.q3) && isnan(none.max));
	cr_expect(zero(sz, nothing.n));
	cr_expect(isnan(x[0]) && x[1] == 4, "its input is left as it was");
}

/* 100 (n - rank) / (n - 1) */
Test(spread, percentile)
{
	static const struct {
		double rank, n, want;
	} ranks[] = {
		{1, 63, 100}, {63, 63, 0}, {32, 63, 50}, {2, 5, 75}, {1, 2, 100},
	};

	for (size_t i = 0; i < COUNT(ranks); i++)
		cr_expect(epsilon_eq(dbl, spread_percentile(ranks[i].rank, ranks[i].n),
				     ranks[i].want, 1e-12));
	cr_expect(isnan(spread_percentile(1, 1)));
	cr_expect(isnan(spread_percentile(1, 0)));
	cr_expect(isnan(spread_percentile((double)NAN, 63)));
	cr_expect(isnan(spread_percentile(1, (double)NAN)));
}

/* tests/reference/papi_national.csv; the ranked provinces only. Tolerance: half a unit of the last
 * printed digit, a unit where the print is cut, and 0.0014 for the rounding inside a printed total.
 */
Test(spread, papi_national)
{
	struct survey survey;
	struct result r;
	struct table t;
	struct diag why = {0};

	cr_assert(survey_read(&arena, SHIPPED, SHIPPED "/surveys/papi", &survey, &why));
	published_result(&arena, &survey, &r);
	rank_result(&survey, &r);
	cr_assert(table_read(&arena, REFERENCE "papi_national.csv", true, &t, &why));
	for (size_t i = 0; i < t.rows; i++) {
		struct text what = table_cell(&t, i, 1), printed = table_cell(&t, i, 2),
			    from = table_cell(&t, i, 3);
		double want, got, unit = pow(10, -(double)number_decimals(printed));
		bool cut = strstr(arena_string(&arena, from), "cut") != NULL;
		struct spread s;
		long year;

		cr_assert(table_whole(&t, i, 0, 2011, 2024, &year, &why) &&
			  number_parse(printed, &want));
		s = spread_national(&arena, &r, year, span_of("total"));
		got = span_is(what, "mean")     ? s.mean
		      : span_is(what, "median") ? s.median
		      : span_is(what, "max")    ? s.max
						: s.min;
		cr_expect(fabs(got - want) <= unit * (cut ? 1 : 0.5) + 0.0014,
			  "row %zu: %f, printed %f", i, got, want);
	}
	cr_expect(zero(sz, spread_national(&arena, &r, 1999, span_of("total")).n));
}
