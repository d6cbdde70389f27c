/* Expected values: R 4.2 (pt, pf, pchisq) and R survey 4.5 (saddlepoint) as they stand in the
 * results of its tests, and closed forms where said. */
#include "api.h"

#include "estimate/tail.h"

TestSuite(tail, .fini = clean);

Test(tail, of_t)
{
	static const struct {
		double t, df, want;
	} cases[] = {
		{81.455529296236264, 194, 5.5947498145463367e-152},
		{-1.2260694430308456, 194, 0.22165871515548605},
		{-11.063828006309256, 194, 2.2541346518460831e-22},
		{0.40748034067385736, 195, 0.68410221197651266},
		{12.054743094077873, 13, 1.9786927550694878e-08},
		{0, 5, 1},
		{1, 1, 0.5},                          /* Cauchy: half */
		{-1.959963984540054, INFINITY, 0.05}, /* normal */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		api_close(tail_t(cases[i].t, cases[i].df), cases[i].want, 1e-12, "t", i);
	cr_expect(eq(dbl, tail_t(INFINITY, 3), 0));
}

Test(tail, of_f)
{
	static const struct {
		double f, ndf, ddf, want;
	} cases[] = {
		{17.247443963888813, 1.8286715041635844, 360.2482863202261, 2.0350463594651209e-07},
		{5.1933695414748771, 1.4946397777074554, 20.924956887904376, 0.021747462370796916},
		{236.894703487095, 1, 14, 3.617926553335373e-10},
		{0, 3, 7, 1},
		{1, 1, 1, 0.5}, /* Cauchy */
		/* F(2, d): (1 + 2 f / d)^(-d/2); d infinite: exp(-f) */
		{3, 2, 4, 0.16},
		{3, 2, INFINITY, 0.049787068367863944},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		api_close(tail_f(cases[i].f, cases[i].ndf, cases[i].ddf), cases[i].want, 1e-12, "F",
			  i);
}

Test(tail, of_chi_square)
{
	api_close(tail_chisq(236.894703487095, 1), 1.8698932028322341e-53, 1e-12, "p", 0);
	api_close(tail_chisq(3, 2), exp(-1.5), 1e-14, "p", 1);
	api_close(tail_chisq(0, 2), 1, 0, "p", 2);
}

Test(tail, of_nothing)
{
	static const double bad[] = {0, -2, NAN}, one = 1, none = 0;

	for (size_t i = 0; i < COUNT(bad); i++) {
		cr_expect(isnan(tail_t(1, bad[i])), "row %zu", i);
		cr_expect(isnan(tail_f(1, bad[i], 5)), "row %zu", i);
		cr_expect(isnan(tail_f(1, 5, bad[i])), "row %zu", i);
		cr_expect(isnan(tail_chisq(1, bad[i])), "row %zu", i);
		cr_expect(isnan(tail_sum(1, &one, 1, bad[i])), "row %zu", i);
	}
	cr_expect(isnan(tail_t(NAN, 5)));
	cr_expect(isnan(tail_f(NAN, 5, 5)));
	cr_expect(isnan(tail_chisq(NAN, 5)));
	cr_expect(isnan(tail_sum(NAN, &one, 1, 5)));
	cr_expect(isnan(tail_sum(1, &none, 1, 5)));
	cr_expect(isnan(tail_sum(1, &none, 0, 5)));
}

/* Two lambda from what R prints of its F test: their sum X2 / F and d0 = sum^2 / sum of squares. */
static void pair(double x2, double f, double d0, double *lambda)
{
	double sum = x2 / f, gap = sqrt(fmax(2 * sum * sum / d0 - sum * sum, 0));

	lambda[0] = (sum - gap) / 2;
	lambda[1] = (sum + gap) / 2;
}

/* 1e-4: R's root is found to 1e-8. */
Test(tail, of_a_sum_as_r)
{
	double two[2], one = 69.974624999999989 / 236.894703487095;

	api_close(tail_sum(69.974624999999989, &one, 1, 14), 4.0863548802956543e-10, 1e-4, "p", 0);
	pair(26.224854895035488, 13.046865310280163, 2, two);
	api_close(tail_sum(26.224854895035488, two, 2, 398), 3.3764939412603285e-06, 1e-4, "p", 1);
	pair(26.753534035890773, 17.247443963888813, 1.8286715041635844, two);
	api_close(tail_sum(26.753534035890773, two, 2, 360.2482863202261), 7.4731633078653709e-07,
		  1e-4, "p", 2);
	pair(11.940892080745339, 5.1933695414748771, 1.4946397777074554, two);
	api_close(tail_sum(11.940892080745339, two, 2, 20.924956887904376), 0.026441127709637507,
		  1e-4, "p", 3);
	pair(11.940892080745339, 4.3754528314290004, 1.4197254796946042, two);
	api_close(tail_sum(11.940892080745339, two, 2, INFINITY), 0.025155626029848298, 1e-4, "p",
		  4);
}

/* A sum of equal chi-squares is one: the approximation is within 5 % of it on both sides of the
 * mean, and near the mean Satterthwaite's F is exact. */
Test(tail, of_a_sum_that_is_known)
{
	static const double four[] = {3, 3, 3, 3}, zeros[] = {0, 3, 0, 3};

	for (double x = 1; x < 100; x += 3) {
		cr_expect(fabs(tail_sum(x, four, 4, INFINITY) / tail_chisq(x / 3, 4) - 1) < 0.05,
			  "x %g", x);
		cr_expect(fabs(tail_sum(x, four, 4, 20) / tail_f(x / 12, 4, 20) - 1) < 0.05, "x %g",
			  x);
		api_close(tail_sum(x, zeros, 4, 20), tail_sum(x, four, 2, 20), 1e-12, "zeros", 0);
	}
	api_close(tail_sum(12, four, 4, INFINITY), tail_chisq(4, 4), 1e-12, "at the mean", 0);
	api_close(tail_sum(12.0001, four, 4, INFINITY), tail_chisq(12.0001 / 3, 4), 1e-12,
		  "at the mean", 1);
	api_close(tail_sum(12, four, 4, 20), tail_f(1, 4, 20), 1e-12, "at the mean", 2);
	api_close(tail_sum(5, four, 4, 0.5), tail_f(5.0 / 12, 4, 0.5), 1e-12, "no whole df", 0);
	api_close(tail_sum(0.5, four, 4, 20), tail_f(0.5 / 12, 4, 20), 1e-2, "small x", 0);
	cr_expect(eq(dbl, tail_sum(0, four, 4, 20), 1));
	cr_expect(eq(dbl, tail_sum(-1, four, 4, INFINITY), 1));
}

/* 10 chi2_2 + chi2_2 is a sum of two exponentials: (10 exp(-x/20) - exp(-x/2)) / 9 lie above x. 4 %
 * is what the approximation is off; Satterthwaite's is off by 10 %. */
Test(tail, of_a_sum_of_two_exponentials)
{
	static const double lambda[] = {10, 1, 1, 10};

	for (double x = 2; x < 200; x *= 1.5)
		api_close(tail_sum(x, lambda, 4, INFINITY), (10 * exp(-x / 20) - exp(-x / 2)) / 9,
			  0.04, "x", (size_t)x);
}
