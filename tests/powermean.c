#include "composites.h"

#include "estimate/powermean.h"

TestSuite(powermean, .fini = clean);

/* COINr's means of the scores, missing ones left out, in the order of powers[]. */
static const double powers[] = {1, 0, -1, 2};
static const double means[][UNITS] = {
	{3.35157382750833, 5.72691745254645, 1.73336930926217, 8.62289050235479, 6.93556506267846,
	 3.11418413519254, 5.87498425227102, 1.65325253607419, 8.66257312379442, 4.42486544987944},
	{2.92300150433294, 5.37907393792442, 1.5845333340663, 8.33138183325641, 6.80737378621123,
	 2.96307493269448, 5.30592706923459, 1.48129157484747, 7.83918180941006, 4.37048327548058},
	{2.42843321296188, 4.87993573338782, 1.44993807805505, 7.9183918439771, 6.69178967859522,
	 2.79580311523708, 4.41593274922886, 1.34327412172976, 6.3280592654895, 4.30918112286942},
	{3.65686114527425, 5.95467808643946, 1.87405451423709, 8.82136464858017, 7.07545843444606,
	 3.24013100598803, 6.20011359919638, 1.82993148868749, 9.04460306294208, 4.47222117533389},
};
static const double means_of_nine_tenths[UNITS] = {3.35157382750833,
						   5.72691745254645,
						   1.73336930926217,
						   8.62289050235479,
						   6.93556506267846,
						   NAN,
						   NAN,
						   NAN,
						   8.66257312379442,
						   NAN};

Test(powermean, as_r)
{
	const char *reason;

	for (size_t m = 0; m < COUNT(powers); m++)
		for (size_t i = 0; i < UNITS; i++)
			check_number(powermean(powers[m], ITEMS, scores[i], weights, 0, &reason),
				     means[m][i], "mean");
	for (size_t i = 0; i < UNITS; i++)
		check_number(powermean(1, ITEMS, scores[i], weights, 0.9, &reason),
			     means_of_nine_tenths[i], "threshold 0.9");
}

/* 0.3 + 0.6 is a little less than 0.9 of 1; 0.1 and 0.2 are 0.3 of 1. */
Test(powermean, threshold)
{
	static const double w[] = {0.1, 0.2, 0.7}, x[] = {1, 4, NAN}, all[] = {1, 4, 2};
	const char *reason;

	static const double v[] = {0.1, 0.3, 0.6}, y[] = {NAN, 1, 4};

	check_number(powermean(1, 3, y, v, 0.9, &reason), 3, "just enough, but for rounding");
	check_number(powermean(1, 3, x, w, 0.3, &reason), 3, "just enough");
	cr_expect(reason == NULL);
	cr_expect(isnan(powermean(1, 3, x, w, 0.31, &reason)));
	cr_expect_str_eq(reason, "parts are missing");
	check_number(powermean(1, 3, all, w, 1, &reason), 2.3, "all");
}

Test(powermean, no_mean)
{
	static const double w[] = {1, 1}, zero[] = {0, 4}, below[] = {-1, 4}, none[] = {NAN, NAN};
	const char *reason;

	cr_expect(isnan(powermean(0, 2, zero, w, 1, &reason)));
	cr_expect_str_eq(reason, "a score is not above 0, as this mean needs");
	cr_expect(isnan(powermean(-1, 2, zero, w, 1, &reason)));
	check_number(powermean(0.5, 2, zero, w, 1, &reason), 1, "(2 / 2)^2");
	cr_expect(isnan(powermean(2, 2, below, w, 1, &reason)));
	check_number(powermean(1, 2, below, w, 1, &reason), 1.5, "mean");
	cr_expect(isnan(powermean(1, 2, none, w, 0, &reason)));
	cr_expect_str_eq(reason, "no part has a value");
}

/* Of 2 and 8 with weights 1 and 3, the second derivative by hand: mean 3/4; geometric
 * 2^(1/4) 8^(3/4) = 4 sqrt(2), 4 sqrt(2) 3 / (8 * 4); harmonic 4 / (1/2 + 3/8) = 32/7,
 * (32/7)^2 3 / (4 * 64). */
Test(powermean, slopes)
{
	static const double x[] = {2, 8, NAN}, w[] = {1, 3, 5};
	static const double powers_of[] = {1, 0, -1};
	const double want[] = {0.75, 4 * sqrt(2) * 3 / 32, 32. / 7 * 32 / 7 * 3 / 256};

	for (size_t m = 0; m < COUNT(want); m++) {
		const char *reason;
		double value = powermean(powers_of[m], 3, x, w, 0, &reason), slope[3];

		powermean_slopes(powers_of[m], 3, x, w, value, slope);
		check_number(slope[1], want[m], "slope");
		check_number(slope[2], 0, "missing");
	}
}

Test(powermean, names)
{
	double p;

	cr_expect(powermean_find(span_of("harmonic"), &p) && p == -1);
	cr_expect(powermean_find(span_of("power:2.5"), &p) && p == 2.5);
	cr_expect(not(powermean_find(span_of("power:0"), &p)));
	cr_expect(not(powermean_find(span_of("power:"), &p)));
	cr_expect(not(powermean_find(span_of("power"), &p)));
	cr_expect(not(powermean_find(span_of("median"), &p)));
}
