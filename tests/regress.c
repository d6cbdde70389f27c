/* Expected values: R survey 4.5 (svyglm), NIST's Longley data, and by hand where said. */
#include "regress.h"

TestSuite(regress, .fini = clean);

#define CLOSE 1e-9    /* the reference repeats to 1.4e-13 */
#define STOPPED 1e-10 /* a logistic fit stops short of its limit */

struct term {
	double beta, se, t, p;
};

static void check_terms(const struct regress *got, const struct term *want, double tolerance)
{
	for (size_t j = 0; j < got->k; j++) {
		api_close(got->beta[j], want[j].beta, tolerance, "beta", j);
		api_close(got->se[j], want[j].se, tolerance, "se", j);
		api_close(got->t[j], want[j].t, tolerance, "t", j);
		api_close(got->p[j], want[j].p, tolerance, "p", j);
	}
}

/* R survey 4.5: svyglm(api00 ~ ell + meals + mobility, dstrat). */
Test(regress, linear_as_r)
{
	static const char *const columns[] = {"ell", "meals", "mobility"};
	static const struct term want[] = {
		{820.88731590562315, 10.077735949885394, 81.455529296236264,
		 5.5947498145463367e-152},
		{-0.48058661217195053, 0.39197340322252844, -1.2260694430308456,
		 0.22165871515548605},
		{-3.1415353099845609, 0.28394650641650154, -11.063828006309256,
		 2.2541346518460831e-22},
		{0.2257132102296367, 0.3932183620225293, 0.57401492918254038, 0.56662261316220142},
	};
	const struct api *d = api_read("strat");
	struct regress_model m = model_of(d, 3, columns);
	struct regress got;

	m.y = api_column(d, "api00");
	got = fit(d, &m);
	cr_expect(eq(dbl, got.df, 194));
	cr_expect(eq(sz, got.n, 200));
	check_terms(&got, want, CLOSE);
}

/* R survey 4.5: svyglm(sch.wide == "Yes" ~ ell + meals, dstrat, family = quasibinomial). */
Test(regress, logistic_as_r)
{
	static const char *const columns[] = {"ell", "meals"};
	static const struct term want[] = {
		{1.5604084235866114, 0.31553039213230094, 4.9453506302249854,
		 1.635511409320623e-06},
		{-0.0068310565546960047, 0.013147068827186159, -0.5195877989602069,
		 0.60394018482479539},
		{0.003524761033535172, 0.0086501376427294951, 0.40748034067385736,
		 0.68410221197651266},
	};
	const struct api *d = api_read("strat");
	struct regress_model m = model_of(d, 2, columns);
	struct regress got;

	m.family = REGRESS_LOGISTIC;
	m.y = indicator(d, "sch_wide", "Yes");
	got = fit(d, &m);
	cr_expect(eq(dbl, got.df, 195));
	cr_expect(eq(sz, got.steps, 4));
	check_terms(&got, want, CLOSE);
	check_equations(&d->rows, &m, &got, 1e-13);
}

/* R's two-sample svyttest is this regression: df is degf - 1. */
Test(regress, two_groups_as_r)
{
	const struct table *want = api_table("estimate_ttest.csv");
	size_t seen = 0;

	for (size_t i = 0; i < want->rows; i++) {
		const struct api *d = api_read(arena_string(&arena, api_cell(want, i, "design")));
		double *x = arena_new(&arena, d->rows.n, 2 * sizeof *x);
		struct regress_model m = {.k = 2, .x = x, .y = api_column(d, "api00")};
		const bool *yes = api_rows_with(d, "sch_wide", "Yes");
		struct regress got;

		if (!span_is(api_cell(want, i, "first"), "No"))
			continue;
		for (size_t j = 0; j < d->rows.n; j++) {
			x[2 * j] = 1;
			x[2 * j + 1] = yes[j];
		}
		got = fit(d, &m);
		seen++;
		api_close(got.beta[1], api_number(want, i, "estimate"), CLOSE, "estimate", i);
		api_close(got.se[1], api_number(want, i, "se"), CLOSE, "se", i);
		api_close(got.df, api_number(want, i, "df"), 0, "df", i);
		api_close(got.t[1], api_number(want, i, "t"), CLOSE, "t", i);
		api_close(got.p[1], api_number(want, i, "p"), CLOSE, "p", i);
	}
	cr_expect(eq(sz, seen, 4));
}

/* Differences of means between three groups, from the means and their covariance as R survey 4.5
 * gives them (svyby(~api00, ~stype, dclus1, covmat = TRUE)); Wald's F by the 2 x 2 inverse. */
Test(regress, joint_test_and_contrast)
{
	static const double ee = 500.0773315349316, he = 521.9797796369528, hh = 1445.5393613515287,
			    me = 646.83743237958072, mh = 658.33093338365734,
			    mm = 999.15829195244407, eh = 30.296626984126988,
			    em = 17.428055555555488;
	const double a = ee + hh - 2 * he, c = ee + mm - 2 * me, b = mh - he - me + ee;
	const double f = (eh * eh * c - 2 * eh * em * b + em * em * a) / (a * c - b * b) / 2;
	static const size_t slopes[] = {1, 2}, one[] = {2};
	const double between[] = {0, 1, -1}, high[] = {1, 1, 0}; /* H - M, H */
	const struct api *d = api_read("clus1");
	const double *h = indicator(d, "stype", "H"), *m = indicator(d, "stype", "M");
	double *x = arena_new(&arena, d->rows.n, 3 * sizeof *x);
	struct regress_model model = {.k = 3, .x = x, .y = api_column(d, "api00")};
	struct regress_contrast contrast;
	struct regress_joint joint;
	struct diag why = {0};
	struct regress got;

	for (size_t i = 0; i < d->rows.n; i++) {
		x[3 * i] = 1;
		x[3 * i + 1] = h[i];
		x[3 * i + 2] = m[i];
	}
	got = fit(d, &model);
	api_close(got.v[4], a, CLOSE, "v", 0);
	api_close(got.v[5], b, CLOSE, "v", 1);
	cr_assert(regress_joint(&got, 2, slopes, &joint, &why));
	api_close(joint.f, f, CLOSE, "F", 0);
	cr_expect(eq(dbl, joint.ndf, 2));
	cr_expect(eq(dbl, joint.ddf, 12));
	/* The tail of F(2, d) is (1 + 2 f / d)^(-d/2). */
	api_close(joint.p, pow(1 + 2 * f / 12, -6), CLOSE, "p", 0);
	cr_assert(regress_joint(&got, 1, one, &joint, &why));
	api_close(joint.f, got.t[2] * got.t[2], 1e-12, "F of one", 0);
	api_close(joint.p, got.p[2], 1e-12, "p of one", 0);
	contrast = regress_contrast(&got, between);
	api_close(contrast.estimate, -12.868571428571499, CLOSE, "H - M", 0);
	api_close(contrast.se, 33.586244007579324, CLOSE, "se", 0);
	api_close(contrast.t, -0.38315006065183949, CLOSE, "t", 0);
	cr_expect(eq(dbl, contrast.df, 12));
	api_close(regress_contrast(&got, high).se, sqrt(hh), CLOSE, "se of H", 0);
}

/* NIST Statistical Reference Datasets, Longley: columns nearly collinear, far from 0. Certified
 * values; the condition number of the columns, 5e9, leaves ten digits. */
Test(regress, longley)
{
	static const double x[] = {
		1,      83.0,   234289, 2356,   1590,   107608, 1947,   1,      88.5,   259426,
		2325,   1456,   108632, 1948,   1,      88.2,   258054, 3682,   1616,   109773,
		1949,   1,      89.5,   284599, 3351,   1650,   110929, 1950,   1,      96.2,
		328975, 2099,   3099,   112075, 1951,   1,      98.1,   346999, 1932,   3594,
		113270, 1952,   1,      99.0,   365385, 1870,   3547,   115094, 1953,   1,
		100.0,  363112, 3578,   3350,   116219, 1954,   1,      101.2,  397469, 2904,
		3048,   117388, 1955,   1,      104.6,  419180, 2822,   2857,   118734, 1956,
		1,      108.4,  442769, 2936,   2798,   120445, 1957,   1,      110.8,  444546,
		4681,   2637,   121950, 1958,   1,      112.6,  482704, 3813,   2552,   123366,
		1959,   1,      114.2,  502601, 3931,   2514,   125368, 1960,   1,      115.7,
		518173, 4806,   2572,   127852, 1961,   1,      116.9,  554894, 4007,   2827,
		130081, 1962,
	};
	static const double y[] = {60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761,
				   66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551};
	static const double want[] = {-3482258.63459582, 15.0618722713733,  -0.358191792925910E-01,
				      -2.02022980381683, -1.03322686717359, -0.511041056535807E-01,
				      1829.15146461355};
	struct data *m = make(16, 7, x, y, REGRESS_LINEAR);
	struct diag why = {0};
	struct regress got;

	cr_assert(regress_fit(&arena, &m->made->rows, &m->model, &got, &why));
	for (size_t j = 0; j < 7; j++)
		api_close(got.beta[j], want[j], 1e-9, "beta", j);
	api_close(got.deviance, 836424.055505915, 1e-9, "residual sum of squares", 0);
	cr_expect(eq(sz, got.steps, 1));
	cr_expect(got.v == NULL && isnan(got.df), "no errors yet");
}

Test(regress, logistic_by_hand)
{
	struct data *m = yes_and_no();
	struct diag why = {0};
	struct regress got;

	for (int times = 0; times < 3; times++) {
		cr_assert(fit_made(m, &got, &why));
		api_close(got.beta[0], log(3.0 / 7), STOPPED, "intercept", 0);
		api_close(got.beta[1], log(3.0) - log(3.0 / 7), STOPPED, "log odds ratio", 0);
		api_close(got.se[1], sqrt(18.0 / 17 * (1 / 2.1 + 1 / 1.5)), STOPPED, "se", 0);
		api_close(got.se[0], sqrt(18.0 / 17 / 2.1), STOPPED, "se", 1);
		/* -2 log likelihood, weights scaled to mean 1 */
		api_close(got.deviance,
			  -2 * (3 * log(.3) + 7 * log(.7) + 6 * log(.75) + 2 * log(.25)), 1e-12,
			  "deviance", 0);
		cr_expect(eq(dbl, got.df, 16));
		cr_expect(lt(sz, got.steps, 9));
		for (size_t i = 0; i < 18; i++)
			m->made->weight[i] =
				times ? 1234.5 : 0.25; /* the unit of weights says nothing */
	}
}

/* Shares as answers: the same as the rows they stand for, weighted. */
Test(regress, shares)
{
	static const double x[] = {1, 0, 1, 1, 1, 2}, y[] = {0.25, 0.5, 0.75};
	struct data *m = make(3, 2, x, y, REGRESS_LOGISTIC);
	struct diag why = {0};
	struct regress got;

	/* logit y = -log 3, 0, log 3: on a line */
	cr_assert(regress_fit(&arena, &m->made->rows, &m->model, &got, &why));
	api_close(got.beta[0], -log(3), 1e-13, "intercept", 0);
	api_close(got.beta[1], log(3), 1e-13, "slope", 0);
	api_close(got.deviance + 1, 1, 1e-13, "deviance", 0);
}

/* More rows than are reduced at a time; y = 2 + 3 x, half of the rows 1 above, half 1 below. */
Test(regress, many_rows)
{
	enum { N = 1000 };
	double *x = arena_new(&arena, 2 * N, sizeof *x), *y = arena_new(&arena, N, sizeof *y);
	struct data *m;
	struct diag why = {0};
	struct regress got;

	for (size_t i = 0; i < N; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = 1e6 + (double)(i / 2);
		y[i] = 2 + 3 * x[2 * i + 1] + (i % 2 ? 1 : -1);
	}
	m = make(N, 2, x, y, REGRESS_LINEAR);
	cr_assert(regress_fit(&arena, &m->made->rows, &m->model, &got, &why));
	api_close(got.beta[1], 3, 1e-10, "slope", 0); /* x lies 7000 of its spreads from 0 */
	api_close(got.deviance, N, 1e-10, "deviance", 0);
}

/* Rows left out by domain, by a missing answer, by a missing column and by weight. */
static struct regress without(const struct api *d, enum regress_family family, size_t how)
{
	static const char *const columns[] = {"ell", "meals"};
	struct regress_model m = model_of(d, 2, columns);
	bool *in = arena_new(&arena, d->rows.n, sizeof *in);
	double *x = arena_new(&arena, d->rows.n, 3 * sizeof *x);
	double *y = indicator(d, "sch_wide", "Yes");

	memcpy(x, m.x, d->rows.n * 3 * sizeof *x);
	m.family = family;
	m.x = x;
	m.y = y;
	m.in = how == 0 ? in : NULL;
	for (size_t i = 0; i < d->rows.n; i++) {
		in[i] = i % 3 && d->leaf[i] != 2;
		if (!in[i] && how == 0)
			x[3 * i + 1] = -1e5; /* must not be looked at */
		if (!in[i] && how == 1)
			y[i] = NAN;
		if (!in[i] && how == 2)
			x[3 * i + 1 + i % 2] = NAN;
		if (!in[i] && how == 3)
			d->weight[i] = 0;
	}
	return fit(d, &m);
}

Test(regress, what_does_not_count)
{
	const struct api *d = api_read("clus1");

	for (enum regress_family f = 0; f < REGRESS__COUNT; f++) {
		struct regress want = without(d, f, 0);

		cr_expect(eq(dbl, want.df, 13 + 1 - 3), "one of 15 units has no members");
		for (size_t how = 1; how < 3; how++) {
			struct regress got = without(d, f, how);

			cr_expect(eq(sz, got.n, want.n));
			cr_expect(eq(dbl, got.df, want.df));
			cr_expect(eq(dbl, got.se[1], want.se[1]));
			cr_expect(eq(dbl, got.beta[2], want.beta[2]));
			cr_expect(eq(dbl, got.deviance, want.deviance));
		}
	}
	cr_expect(
		eq(dbl, without(d, REGRESS_LINEAR, 0).se[1], without(d, REGRESS_LINEAR, 3).se[1]));
}

/* The influence values give the covariance when squared, and sum to 0. */
Test(regress, influence)
{
	static const char *const columns[] = {"meals"};
	const struct api *d = api_read("strat_wr");
	struct regress_model m = model_of(d, 1, columns);
	double *z = arena_new(&arena, d->rows.n, 2 * sizeof *z), v[4], sum = 0, size = 0;
	struct regress got, again;

	for (size_t i = 0; i < 2 * d->rows.n; i++)
		z[i] = NAN;

	m.y = api_column(d, "api00");
	m.in = api_rows_with(d, "sch_wide", "Yes");
	got = fit(d, &m);
	regress_influence(&d->rows, &m, &got, z);
	cr_assert(rows_covariance(&d->linear, &d->rows, z, m.in, 2, v, NULL));
	api_close(v[3], got.v[3], 1e-13, "v", 0);
	for (size_t i = 0; i < d->rows.n; i++) {
		cr_expect(m.in[i] || (z[2 * i] == 0 && z[2 * i + 1] == 0), "row %zu", i);
		sum += z[2 * i + 1];
		size += fabs(z[2 * i + 1]);
	}
	cr_expect(fabs(sum) < 1e-12 * size);
	again = got;
	regress_infer(&arena, &again, v, INFINITY);
	cr_expect(isinf(again.df));
	/* Two-sided normal tail */
	api_close(again.p[1], erfc(fabs(again.t[1]) / sqrt(2)), 1e-10, "p", 0);
}
