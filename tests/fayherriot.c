/* Expected values: R sae at PRECISION = 1e-13 (eblupFH, mseFH) for the provinces of
 * fayherriot.h; for the adjusted likelihood, which sae does not have, base R: optimize and uniroot
 * on the likelihood and its derivative as the header writes them, with matrices in place of QR; and
 * by hand where said. */
#include "fayherriot.h"

#include "help.h"

#include "estimate/fayherriot.h"

#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(fayherriot, .fini = clean);

#define P 3

static const struct text columns[P] = {TEXT("(constant)"), TEXT("urban"), TEXT("ethnic")};

/* A constant, urban, ethnic of the provinces chosen (all when chosen is NULL). */
static struct fh_areas chosen_areas(const size_t *chosen, size_t m)
{
	double *y = arena_new(&arena, m, sizeof *y), *psi = arena_new(&arena, m, sizeof *psi);
	double *x = arena_new(&arena, m * P, sizeof *x);

	gsl_set_error_handler_off();
	for (size_t i = 0; i < m; i++) {
		size_t d = chosen ? chosen[i] - 1 : i;

		y[i] = provinces[d].y;
		psi[i] = provinces[d].psi;
		x[P * i] = 1;
		x[P * i + 1] = provinces[d].urban;
		x[P * i + 2] = provinces[d].ethnic;
	}
	return (struct fh_areas){.m = m, .p = P, .y = y, .psi = psi, .x = x, .column = columns};
}

static void close_to(double got, double want, double tolerance, const char *what)
{
	cr_expect(fabs(got - want) <= tolerance * fabs(want), "%s: got %.17g, want %.17g", what,
		  got, want);
}

static void fit(const struct fh_areas *areas, enum fh_method method, struct fh_fit *out)
{
	struct diag why = {0};

	cr_assert(fh_fit(&arena, areas, method, out, &why), "%s", why.item[0].words);
}

static void refused(const struct fh_areas *areas, enum fh_method method, const char *fragment)
{
	struct diag why = {0};
	struct fh_fit f;

	cr_assert(not(fh_fit(&arena, areas, method, &f, &why)), "%s", fragment);
	cr_expect(strstr(why.item[0].words, fragment) != NULL, "%s", why.item[0].words);
}

static const struct {
	enum fh_method method;
	double A, loglik, beta[P], se[P];
	struct {
		size_t number;
		double estimate, gamma, g1, g2, g3, mse;
	} area[6];
} fits[] = {
	{FH_REML,
	 0.00452314408734251,
	 71.66260351766655390,
	 {0.11411297000712793, -0.00925768193495817, 0.06803069482793557},
	 {0.0560207349889461, 0.1168343421459095, 0.1828571008350504},
	 {
		 {1, 0.0438481368558443, 0.927423400282457, 3.28274417891831e-04,
		  7.47177205923877e-07, 1.30559862222335e-06, 3.31632792342201e-04},
		 {7, 0.2132147130351384, 0.505577074563671, 2.23634613183392e-03,
		  1.19004221165539e-04, 3.30310950368549e-05, 2.42141254307317e-03},
		 {8, 0.0000000000000000, 1.000000000000000, 0.00000000000000e+00,
		  0.00000000000000e+00, 0.00000000000000e+00, 0.00000000000000e+00},
		 {36, 0.0937078921836760, 0.797401904923425, 9.16380375852466e-04,
		  4.43984841480348e-05, 8.74754898326616e-06, 9.78273957967033e-04},
		 {57, 0.0305823978464019, 0.992854993079807, 3.23178958050912e-05,
		  1.02122638588719e-08, 1.35465757793193e-08, 3.23552012205087e-05},
		 {63, 0.0849970125415725, 0.850283734464733, 6.77188241234843e-04,
		  7.43640734264651e-06, 5.09378067871124e-06, 6.94812209934912e-04},
	 }},
	{FH_ML,
	 0.00424717970015016,
	 71.69748841436165776,
	 {0.11309106075455709, -0.00693506119029154, 0.06739110999780418},
	 {0.0547707845704803, 0.1141634634696641, 0.1787898396481621},
	 {
		 {1, 0.0441865276150618, 0.923070448377551, 3.26733629992519e-04,
		  8.02889270169182e-07, 1.40995439703755e-06, 3.32024258445304e-04},
		 {7, 0.2101395384722206, 0.489840658338140, 2.16673839974823e-03,
		  1.21188706178831e-04, 3.29041240320019e-05, 2.42708147781105e-03},
		 {8, 0.0000000000000000, 1.000000000000000, 0.00000000000000e+00,
		  0.00000000000000e+00, 0.00000000000000e+00, 0.00000000000000e+00},
		 {36, 0.0941084119519337, 0.787041295975113, 9.04473884704785e-04,
		  4.67722629985766e-05, 9.21238601019492e-06, 9.82451667686704e-04},
		 {57, 0.0306215383539096, 0.992394270702876, 3.23028990755824e-05,
		  1.10707716573559e-08, 1.48166421722776e-08, 3.23599053687923e-05},
		 {63, 0.0853034865014146, 0.842091905382221, 6.70664053950024e-04,
		  7.91443326318861e-06, 5.41941108718693e-06, 6.96444379174417e-04},
	 }},
	{FH_MOMENTS,
	 0.00431635303057303,
	 71.69518341601653333,
	 {0.11335675678890449, -0.00753647037514170, 0.06755032984107263},
	 {0.0550871525509297, 0.1148398096919928, 0.1798195639339510},
	 {
		 {1, 0.0440982372355677, 0.924209872822477, 3.27136945130217e-04,
		  7.88203572347774e-07, 1.45734024243815e-06, 3.30779426721272e-04},
		 {7, 0.2109315965131525, 0.493878485067152, 2.18459913481861e-03,
		  1.20640495647798e-04, 3.47292007170419e-05, 2.37200439534199e-03},
		 {8, 0.0000000000000000, 1.000000000000000, 0.00000000000000e+00,
		  0.00000000000000e+00, 0.00000000000000e+00, 0.00000000000000e+00},
		 {36, 0.0940037074680799, 0.789736547869403, 9.07571288822653e-04,
		  4.61545066283414e-05, 9.58462002327678e-06, 9.72430138244573e-04},
		 {57, 0.0306112937110326, 0.992515246858317, 3.23068369061958e-05,
		  1.08432325141781e-08, 1.52636089804897e-08, 3.23476182629935e-05},
		 {63, 0.0852243164236248, 0.844228322449864, 6.72365552470976e-04,
		  7.78925013208738e-06, 5.62343907348333e-06, 6.91146524392918e-04},
	 }},
};

/* Province 8 has g1 = g2 = g3 = 0: the direct estimate is taken as it is. */
Test(fayherriot, as_sae)
{
	struct fh_areas areas = chosen_areas(NULL, PROVINCES);

	for (size_t k = 0; k < COUNT(fits); k++) {
		struct fh_fit f;

		fit(&areas, fits[k].method, &f);
		cr_expect(eq(sz, f.used, PROVINCES));
		close_to(f.A, fits[k].A, 1e-11, "A");
		close_to(f.loglik, fits[k].loglik, 1e-12, "loglik");
		for (size_t j = 0; j < P; j++) {
			close_to(f.beta[j], fits[k].beta[j], 1e-9, "beta");
			close_to(f.se[j], fits[k].se[j], 1e-11, "se");
		}
		for (size_t i = 0; i < COUNT(fits[k].area); i++) {
			size_t d = fits[k].area[i].number - 1;
			struct fh_area got = fh_area(&f, areas.x + P * d, areas.y[d], areas.psi[d]);

			close_to(got.estimate, fits[k].area[i].estimate, 1e-10, "estimate");
			close_to(got.gamma, fits[k].area[i].gamma, 1e-10, "gamma");
			close_to(got.g1, fits[k].area[i].g1, 1e-10, "g1");
			close_to(got.g2, fits[k].area[i].g2, 1e-10, "g2");
			close_to(got.g3, fits[k].area[i].g3, 1e-10, "g3");
			close_to(got.mse, fits[k].area[i].mse, 1e-10, "mse");
		}
	}
}

/* Equal sampling variances psi and a constant alone have solutions in closed form. y = 1, 2, 3, 4,
 * 10: mean 4, sum of squares 50; psi = 2. reml and fh: 50/4 - 2 = 10.5; ml: 50/5 - 2 = 8.
 * gamma of reml = 10.5/12.5 = 0.84, so the last area is 4 + 0.84 * 6 = 9.04; Var beta = 12.5/5.
 * mse of reml: g1 = 1.68, g2 = 0.16^2 * 2.5 = 0.064, Var A = 2 * 12.5^2 / 5 = 62.5,
 * g3 = 0.0256 * 62.5 / 12.5 = 0.128: 1.68 + 0.064 + 0.256 = 2.
 * ml: V = 10, gamma 0.8, g1 1.6, g2 0.04 * 2 = 0.08, Var A = 2 * 100 / 5 = 40, g3 = 0.04 * 4 =
 * 0.16, b = -(5 * 2/100) / (5/100) = -2: 1.6 + 0.08 + 0.32 + 0.08 = 2.08.
 * fh: as reml, with Var A = 2 * 5 / (5/12.5)^2 = 62.5 and b = 0. */
Test(fayherriot, equal_variances_by_hand)
{
	static const double y[] = {1, 2, 3, 4, 10}, psi[] = {2, 2, 2, 2, 2}, x[] = {1, 1, 1, 1, 1};
	static const struct {
		enum fh_method method;
		double A, last, mse;
	} want[] = {{FH_REML, 10.5, 9.04, 2}, {FH_ML, 8, 8.8, 2.08}, {FH_MOMENTS, 10.5, 9.04, 2}};
	struct fh_areas areas = {.m = 5, .p = 1, .y = y, .psi = psi, .x = x};

	for (size_t k = 0; k < COUNT(want); k++) {
		struct fh_fit f;
		struct fh_area last;

		fit(&areas, want[k].method, &f);
		close_to(f.A, want[k].A, 1e-12, "A");
		close_to(f.beta[0], 4, 1e-12, "mean");
		last = fh_area(&f, x, y[4], psi[4]);
		close_to(last.estimate, want[k].last, 1e-12, "last");
		close_to(last.mse, want[k].mse, 1e-12, "mse");
	}
}

/* Without province 8. */
Test(fayherriot, adjusted_as_r)
{
	size_t chosen[PROVINCES - 1];
	struct fh_areas areas;
	struct fh_fit f;
	struct fh_area got;

	for (size_t i = 0; i < PROVINCES - 1; i++)
		chosen[i] = i + 1 + (i >= 7);
	areas = chosen_areas(chosen, PROVINCES - 1);
	fit(&areas, FH_ADJUSTED, &f);
	close_to(f.A, 0.0042014370254435905, 1e-10, "A");
	close_to(f.loglik, 71.625193134434696, 1e-12, "loglik");
	close_to(f.beta[1], 0.0230311097220748870, 1e-9, "urban");
	close_to(f.se[2], 0.181619972769369725, 1e-11, "se of ethnic");
	got = fh_area(&f, areas.x + P * 6, areas.y[6], areas.psi[6]);
	close_to(got.estimate, 0.207078349127107153, 1e-10, "estimate");
	close_to(got.mse, 0.00234597541417629323, 1e-10, "mse");
}

/* Twelve provinces so near to their regression that REML has no variance left between them: its
 * derivative at A = 0 is -3032 (R). */
static const size_t near_line[] = {5, 6, 9, 11, 14, 15, 35, 36, 40, 46, 47, 51};

/* Scoring goes to and fro between 0 and 0.0536 for ever (R); the likelihood has one top between
 * (uniroot on its derivative). */
Test(fayherriot, scoring_that_does_not_settle)
{
	static const double y[] = {0.2, -0.2, 0, -0.2, 0, -0.4},
			    psi[] = {0.032, 0.18, 0.27, 0.17, 0.2, 0.071}, x[] = {1, 1, 1, 1, 1, 1};
	struct fh_areas areas = {.m = 6, .p = 1, .y = y, .psi = psi, .x = x};
	struct fh_fit f;

	fit(&areas, FH_REML, &f);
	close_to(f.A, 0.023998914592664, 1e-10, "A");
}

/* Five areas whose likelihoods have two tops. With the adjustment they are near 0.018 (-7.401) and
 * near 2.74 (-7.356), which is the higher one; without it at 0 (-7.186) and at 2.677 (-7.407),
 * where scoring from the median ends. R: optimize from each, numeric derivative; scoring with
 * matrices. */
Test(fayherriot, higher_of_two_tops)
{
	static const double y[] = {0.4, 1.3, 0.4, -3.1, 8.2}, psi[] = {0.019, 1.2, 0.08, 1.5, 13},
			    x[] = {1, 1, 1, 1, 1};
	struct fh_areas areas = {.m = 5, .p = 1, .y = y, .psi = psi, .x = x};
	struct fh_fit f;

	fit(&areas, FH_ADJUSTED, &f);
	close_to(f.A, 2.73948080, 1e-6, "A");
	cr_expect(isnan(fh_higher(&arena, &areas, &f)));
	fit(&areas, FH_REML, &f);
	close_to(f.A, 2.67709981406356, 1e-10, "A by reml");
	cr_expect(eq(dbl, fh_higher(&arena, &areas, &f), 0));
	areas = chosen_areas(near_line, COUNT(near_line));
	fit(&areas, FH_REML, &f);
	cr_expect(isnan(fh_higher(&arena, &areas, &f)), "A = 0 is the highest there");
}

/* All y equal, so A = 0. psi = 0.01 once, 1 nine times: sum 1/psi = 109, sum 1/psi^2 = 10009, and
 * b = 2 (10 * 10009 - 109^2) / 109^3 = 0.136, more than g2 + 2 g3 = 1/109 + 2 * 20/109^2 = 0.0125
 * of an area with psi = 1: no mean squared error is left, and none is made up. */
Test(fayherriot, bias_larger_than_error)
{
	static const double y[] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3},
			    psi[] = {0.01, 1, 1, 1, 1, 1, 1, 1, 1, 1},
			    x[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	struct fh_areas areas = {.m = 10, .p = 1, .y = y, .psi = psi, .x = x};
	struct fh_fit f;
	struct fh_area got;

	fit(&areas, FH_MOMENTS, &f);
	cr_expect(eq(dbl, f.A, 0));
	close_to(f.bias_A, 2 * (10 * 10009 - 11881) / 1295029.0, 1e-12, "b");
	got = fh_area(&f, x, y[1], psi[1]);
	close_to(got.estimate, 3, 1e-12, "estimate");
	cr_expect(isnan(got.mse));
	fit(&areas, FH_REML, &f);
	got = fh_area(&f, x, y[1], psi[1]);
	close_to(got.mse, 1 / 109.0 + 2 * 2 / 10009.0, 1e-12, "mse by reml");
}

Test(fayherriot, no_variance_between_areas)
{
	static const enum fh_method methods[] = {FH_REML, FH_ML, FH_MOMENTS};
	struct fh_areas areas = chosen_areas(near_line, COUNT(near_line));
	struct fh_fit f;
	struct fh_area got;

	for (size_t k = 0; k < COUNT(methods); k++) {
		fit(&areas, methods[k], &f);
		cr_expect(eq(dbl, f.A, 0));
		got = fh_area(&f, areas.x, areas.y[0], areas.psi[0]);
		cr_expect(eq(dbl, got.gamma, 0));
		cr_expect(eq(dbl, got.g1, 0));
		close_to(got.estimate, 0.094324724172572094, 1e-10, "x'beta");
		close_to(f.loglik, 28.190963537715344, 1e-12, "loglik");
	}
	fit(&areas, FH_REML, &f);
	got = fh_area(&f, areas.x + P, areas.y[1], areas.psi[1]);
	close_to(got.mse, 0.00046382874532916271, 1e-10, "mse");
	fit(&areas, FH_ADJUSTED, &f);
	close_to(f.A, 2.6295640599887695e-05, 1e-10, "adjusted A");
	got = fh_area(&f, areas.x + P, areas.y[1], areas.psi[1]);
	close_to(got.mse, 0.00048996738263396185, 1e-10, "mse");
}

/* Province 7 without its direct estimate: the fit is that of the others, the estimate x'beta, and
 * its mse A + x'Var(beta)x. */
Test(fayherriot, area_without_direct_estimate)
{
	struct fh_areas all = chosen_areas(NULL, PROVINCES), rest;
	size_t others[PROVINCES - 1];
	double *y = arena_new(&arena, PROVINCES, sizeof *y);
	struct fh_fit f, g;
	struct fh_area got;
	double variance = 0;

	for (size_t i = 0; i < PROVINCES - 1; i++)
		others[i] = i + 1 + (i >= 6);
	rest = chosen_areas(others, PROVINCES - 1);
	memcpy(y, all.y, PROVINCES * sizeof *y);
	y[6] = NAN;
	all.y = y;
	fit(&all, FH_REML, &f);
	fit(&rest, FH_REML, &g);
	cr_expect(eq(sz, f.used, PROVINCES - 1));
	cr_expect(eq(dbl, f.A, g.A));
	got = fh_area(&f, all.x + P * 6, NAN, NAN);
	close_to(got.estimate,
		 g.beta[0] + g.beta[1] * provinces[6].urban + g.beta[2] * provinces[6].ethnic,
		 1e-12, "synthetic");
	for (size_t i = 0; i < P; i++)
		for (size_t j = 0; j < P; j++)
			variance += all.x[P * 6 + i] * g.v[P * i + j] * all.x[P * 6 + j];
	close_to(got.mse, g.A + variance, 1e-12, "mse");
	cr_expect(eq(dbl, got.gamma, 0));
	cr_expect(isnan(got.g3));
}

/* A column in millions, as a population is, changes only its own coefficient. */
Test(fayherriot, scale_of_a_column)
{
	struct fh_areas areas = chosen_areas(NULL, PROVINCES);
	double *x = arena_new(&arena, PROVINCES * P, sizeof *x);
	struct fh_fit f, g;

	fit(&areas, FH_REML, &f);
	memcpy(x, areas.x, PROVINCES * P * sizeof *x);
	for (size_t d = 0; d < PROVINCES; d++)
		x[P * d + 2] *= 1e9;
	areas.x = x;
	fit(&areas, FH_REML, &g);
	close_to(g.A, f.A, 1e-11, "A");
	close_to(g.beta[2], f.beta[2] / 1e9, 1e-9, "beta");
	close_to(g.se[2], f.se[2] / 1e9, 1e-11, "se");
}

Test(fayherriot, names)
{
	enum fh_method m;

	for (size_t i = 0; i < FH__COUNT; i++) {
		cr_expect(fh_find(span_of(fh_name((enum fh_method)i)), &m));
		cr_expect(eq(int, (int)m, (int)i));
	}
	cr_expect(not(fh_find(span_of("REML"), &m)));
	cr_expect(not(fh_find(span_of(""), &m)));
}

Test(fayherriot, wrong_columns)
{
	static const struct text doubled[] = {TEXT("(constant)"), TEXT("urban"), TEXT("again")};
	struct fh_areas areas = chosen_areas(NULL, PROVINCES);
	double *x = arena_new(&arena, PROVINCES * P, sizeof *x);

	memcpy(x, areas.x, PROVINCES * P * sizeof *x);
	areas.x = x;
	areas.column = doubled;
	for (size_t d = 0; d < PROVINCES; d++)
		x[P * d + 2] = 3 * x[P * d + 1] - 2;
	refused(&areas, FH_REML, "column \"again\" follows from the columns before it");
	for (size_t d = 0; d < PROVINCES; d++)
		x[P * d + 2] = 0;
	refused(&areas, FH_MOMENTS, "column \"again\" follows");
	for (size_t d = 0; d < PROVINCES; d++)
		x[P * d + 1] = 7;
	areas.column = NULL;
	refused(&areas, FH_ML, "column 2 follows");
}

Test(fayherriot, wrong_areas)
{
	static const struct text names[] = {TEXT("Lai Châu"), TEXT("Sơn La"), TEXT("Hòa Bình"),
					    TEXT("Hà Nội")};
	static const size_t four[] = {1, 2, 3, 4};
	struct fh_areas areas = chosen_areas(four, 4);
	double psi[4];

	areas.area = names;
	memcpy(psi, areas.psi, sizeof psi);
	areas.psi = psi;
	areas.m = 3;
	refused(&areas, FH_REML, "3 areas have a direct estimate, and the model has 3 terms");
	areas.m = 4;
	psi[1] = -1e-4;
	refused(&areas, FH_REML, "area \"Sơn La\": the sampling variance -0.0001 is negative");
	psi[1] = NAN;
	refused(&areas, FH_MOMENTS, "area \"Sơn La\" has no sampling variance");
	memset(psi, 0, sizeof psi);
	refused(&areas, FH_ML, "half of the areas or more");
}

/* One area without sampling variance among areas that leave no variance between them. */
Test(fayherriot, known_area_without_variance_between)
{
	static const double y[] = {1, 1.1, 0.9, 1, 1}, psi[] = {2, 2, 2, 2, 0},
			    x[] = {1, 1, 1, 1, 1};
	struct fh_areas areas = {.m = 5, .p = 1, .y = y, .psi = psi, .x = x};

	refused(&areas, FH_REML, "an area has a sampling variance of 0");
	refused(&areas, FH_MOMENTS, "an area has a sampling variance of 0");
}
