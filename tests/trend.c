/* By hand. */
#include "help.h"

#include "analysis/trend.h"

#include <math.h>

TestSuite(trend, .fini = clean);

/* 2020, 2021 and 2024 lie -5/3, -2/3 and 7/3 from their mean, squares sum to 26/3: c = (-5, -2, 7)
 * / 26. Of 10, 12, 15: 31/26. Variances 1, 4, 9 and a covariance of 2 between the first and the
 * last. */
Test(trend, least_squares)
{
	static const double year[] = {2020, 2021, 2024}, value[] = {10, 12, 15};
	static const double v[] = {1, 0, 2, 0, 4, 0, 2, 0, 9};
	struct trend t = trend_find(year, value, v, 3);

	cr_expect(epsilon_eq(dbl, t.slope, 31.0 / 26, 1e-12));
	cr_expect(epsilon_eq(dbl, t.variance, (25 * 1 + 4 * 4 + 49 * 9 - 2 * 5 * 7 * 2) / 676.0,
			     1e-9));
	t = trend_find(year, value, NULL, 3);
	cr_expect(epsilon_eq(dbl, t.slope, 31.0 / 26, 1e-12));
	cr_expect(isnan(t.variance));
}

/* Two years: the difference by the years between. */
Test(trend, two_years)
{
	static const double year[] = {2020, 2024}, value[] = {10, 12}, v[] = {1, 0.5, 0.5, 3};
	struct trend t = trend_find(year, value, v, 2);

	cr_expect(epsilon_eq(dbl, t.slope, 0.5, 1e-12));
	cr_expect(epsilon_eq(dbl, t.variance, (1 + 3 - 2 * 0.5) / 16, 1e-12));
}

Test(trend, what_has_no_slope)
{
	static const double same[] = {2020, 2020}, year[] = {2020, 2021}, value[] = {1, 2},
			    missing[] = {1, NAN}, v[] = {1, NAN, NAN, 1};

	cr_expect(isnan(trend_find(same, value, NULL, 2).slope));
	cr_expect(isnan(trend_find(year, value, NULL, 1).slope));
	cr_expect(isnan(trend_find(year, missing, NULL, 2).slope));
	cr_expect(isnan(trend_find(year, value, v, 2).variance));
}
