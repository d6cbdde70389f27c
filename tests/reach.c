/* By hand. */
#include "help.h"

#include "analysis/reach.h"

#include <math.h>

TestSuite(reach, .fini = clean);

static struct result_row row_of(const char *province, double estimate, double se, double df)
{
	struct result_row row = result_row_init();

	row.province = span_of(province);
	row.estimate = estimate;
	row.se = se;
	row.df = df;
	return row;
}

/* Others: 9, 8, 8, 5; the third best has 8. */
Test(reach, the_mark_is_a_value_of_the_others)
{
	struct result_row rows[] = {row_of("01", 8, NAN, NAN),   row_of("02", 9, NAN, NAN),
				    row_of("03", 6.5, NAN, NAN), row_of("04", 8, NAN, NAN),
				    row_of("05", NAN, NAN, NAN), row_of("06", 5, NAN, NAN)};
	static const struct {
		size_t count;
		double score, distance;
	} cases[] = {{1, 9, 2.5}, {2, 8, 1.5}, {3, 8, 1.5}, {4, 5, -1.5}};
	struct reach r;

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_assert(reach_find(&arena, rows, COUNT(rows), span_of("03"), cases[i].count, 0.95,
				     &r));
		cr_expect(eq(dbl, r.score, cases[i].score));
		cr_expect(eq(dbl, r.distance, cases[i].distance));
		cr_expect(isnan(r.se) && isnan(r.low) && isnan(r.high), "no error is invented");
	}
}

/* 5 values are known besides: rank 5 of 5 others; nobody at 6. 05 has none, 07 is not there. */
Test(reach, what_cannot_be_said)
{
	struct result_row rows[] = {row_of("01", 8, NAN, NAN), row_of("02", 9, NAN, NAN),
				    row_of("05", NAN, NAN, NAN)};
	struct reach r;

	cr_expect(not(reach_find(&arena, rows, 3, span_of("01"), 2, 0.95, &r)));
	cr_expect(not(reach_find(&arena, rows, 3, span_of("05"), 1, 0.95, &r)));
	cr_expect(not(reach_find(&arena, rows, 3, span_of("07"), 1, 0.95, &r)));
	cr_expect(not(reach_find(&arena, rows, 3, span_of("01"), 0, 0.95, &r)));
}

/* 3^2 + 4^2 = 5^2; df 625 / (81/20 + 256/10) = 21.0793; t by R's qt. */
Test(reach, errors_of_both)
{
	struct result_row rows[] = {row_of("01", 80, 3, 20), row_of("02", 90, 4, 10)};
	struct reach r;

	cr_assert(reach_find(&arena, rows, 2, span_of("01"), 1, 0.95, &r));
	cr_expect(epsilon_eq(dbl, r.se, 5, 1e-12));
	cr_expect(epsilon_eq(dbl, r.df, 625 / (81.0 / 20 + 256.0 / 10), 1e-12));
	cr_expect(epsilon_eq(dbl, r.high - r.distance, 5 * 2.07913782891, 1e-5));
	cr_expect(epsilon_eq(dbl, r.distance - r.low, 5 * 2.07913782891, 1e-5));
}

/* Nothing to divide by, or no degrees of freedom: no error. Infinite ones, with an interval: the
 * normal quantile. */
Test(reach, errors_that_say_nothing)
{
	struct result_row rows[] = {row_of("01", 80, 0, 20), row_of("02", 90, 0, 10)};
	struct reach r;

	cr_assert(reach_find(&arena, rows, 2, span_of("01"), 1, 0.95, &r));
	cr_expect(isnan(r.se) && isnan(r.df) && isnan(r.low));
	rows[0] = row_of("01", 80, 3, NAN);
	rows[1] = row_of("02", 90, 4, NAN);
	cr_assert(reach_find(&arena, rows, 2, span_of("01"), 1, 0.95, &r));
	cr_expect(isnan(r.se) && isnan(r.df) && isnan(r.low));
	rows[0].ci_low = rows[1].ci_low = 70;
	cr_assert(reach_find(&arena, rows, 2, span_of("01"), 1, 0.95, &r));
	cr_expect(epsilon_eq(dbl, r.high, 10 + 5 * 1.95996398454005, 1e-9));
}
