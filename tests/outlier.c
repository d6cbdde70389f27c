#include "composites.h"

#include "analysis/outlier.h"

TestSuite(outlier, .fini = clean);

/* COINr's skew and kurtosis of the five items. */
static const double want[ITEMS][2] = {{-0.0729633072350768, -1.00644793399883},
				      {0.441129355866691, -1.26820493938918},
				      {0.55070656177559, -0.654409391097158},
				      {2.54544733451283, 6.71132713440406},
				      {0, -0.535640138408305}};

Test(outlier, as_r)
{
	for (size_t j = 0; j < ITEMS; j++) {
		struct outlier o = outlier_of(UNITS, ITEMS, values[0] + j);

		check_number(o.skew, want[j][0], "skew");
		check_number(o.kurtosis, want[j][1], "kurtosis");
		cr_expect(o.outlying == (j == 3));
	}
}

/* COINr sets 60 to 25, and is content; NaN stays. */
Test(outlier, winsorised_as_r)
{
	double x[UNITS];
	bool changed[UNITS];

	for (size_t i = 0; i < UNITS; i++)
		x[i] = values[i][3];
	cr_expect(eq(sz, outlier_winsorise(&arena, UNITS, 1, x, changed), 1));
	for (size_t i = 0; i < UNITS; i++) {
		check_number(x[i], i == 4 ? 25 : values[i][3], "winsorised");
		cr_expect(changed[i] == (i == 4));
	}
}

/* Low values: the same, turned. Items that are not outlying are left alone. */
Test(outlier, below)
{
	double x[UNITS], y[UNITS];

	for (size_t i = 0; i < UNITS; i++) {
		x[i] = -values[i][3];
		y[i] = values[i][0];
	}
	cr_expect(eq(sz, outlier_winsorise(&arena, UNITS, 1, x, NULL), 1));
	check_number(x[4], -25, "the lowest");
	cr_expect(eq(sz, outlier_winsorise(&arena, UNITS, 1, y, NULL), 0));
}

/* Six equal values far above sixty 0: none may be set, for all six would have to be. */
Test(outlier, never_more_than_five)
{
	double x[66] = {0};

	for (size_t i = 0; i < 6; i++)
		x[i] = 100;
	cr_assert(outlier_of(66, 1, x).outlying);
	cr_expect(eq(sz, outlier_winsorise(&arena, 66, 1, x, NULL), 0));
	check_number(x[0], 100, "left");
	x[60] = 1; /* five of them: to 1 */
	x[5] = 0;
	cr_expect(eq(sz, outlier_winsorise(&arena, 66, 1, x, NULL), 5));
	check_number(x[0], 1, "set to the next");
}

Test(outlier, too_few_to_tell)
{
	static const double x[] = {1, 2, 900, NAN}, same[] = {3, 3, 3, 3, 3};
	struct outlier o = outlier_of(4, 1, x);

	cr_expect(not(isnan(o.skew)));
	cr_expect(isnan(o.kurtosis));
	cr_expect(not(o.outlying));
	cr_expect(not(outlier_of(5, 1, same).outlying));
	cr_expect(isnan(outlier_of(5, 1, same).skew));
}
