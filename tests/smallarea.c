/* Expected values: base R (lm with weights, integrate, a bootstrap of its own draws) for the
 * provinces of fayherriot.h with n = 60 + 7 d mod 41 answers; and by hand where said. */
#include "fayherriot.h"

#include "help.h"

#include "estimate/smallarea.h"

#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(smallarea, .fini = clean);

#define P 3
#define Z 1.959963984540054

struct data {
	struct fh_areas areas;
	double y[PROVINCES], psi[PROVINCES], x[PROVINCES * P], n[PROVINCES], out[PROVINCES];
	struct smoothing smoothing;
	struct diag why;
};

static struct data *data_new(void)
{
	struct data *t = arena_new(&arena, 1, sizeof *t);

	gsl_set_error_handler_off();
	for (size_t d = 0; d < PROVINCES; d++) {
		t->y[d] = provinces[d].y;
		t->psi[d] = provinces[d].psi;
		t->x[P * d] = 1;
		t->x[P * d + 1] = provinces[d].urban;
		t->x[P * d + 2] = provinces[d].ethnic;
		t->n[d] = 60 + (double)((d + 1) * 7 % 41);
	}
	t->areas = (struct fh_areas){.m = PROVINCES, .p = P, .y = t->y, .psi = t->psi, .x = t->x};
	return t;
}

static void close_to(double got, double want, double tolerance, const char *what)
{
	cr_expect(fabs(got - want) <= tolerance * fabs(want), "%s: got %.17g, want %.17g", what,
		  got, want);
}

static bool deff(struct data *t)
{
	return smallarea_deff(&arena, &t->areas, t->n, t->out, &t->smoothing, &t->why);
}

static bool gvf(struct data *t)
{
	return smallarea_gvf(&arena, &t->areas, t->n, t->out, &t->smoothing, &t->why);
}

Test(smallarea, mean_design_effect_as_r)
{
	struct data *t = data_new();

	cr_assert(deff(t), "%s", t->why.item[0].words);
	t->psi[7] = 0.001; /* a share of 0 tells nothing, whatever its variance */
	cr_assert(deff(t));
	cr_expect(eq(sz, t->smoothing.used, PROVINCES - 1));
	close_to(t->smoothing.deff, 1.6639176614146085, 1e-12, "deff");
	close_to(t->out[0], 0.0029421576931818326, 1e-10, "psi of 1");
	close_to(t->out[7], 0.0022817263887401212, 1e-10, "psi of 8");
}

Test(smallarea, variance_function_as_r)
{
	struct data *t = data_new();

	t->psi[0] = NAN; /* what is not known is made too */
	cr_assert(gvf(t), "%s", t->why.item[0].words);
	cr_expect(eq(sz, t->smoothing.used, PROVINCES - 2));
	cr_expect(t->out[0] > 0);
	t->psi[0] = provinces[0].psi;
	cr_assert(gvf(t));
	close_to(t->smoothing.a, -9.687055644412002, 1e-10, "a");
	close_to(t->smoothing.b, 0.73653599534956238, 1e-10, "b");
	close_to(t->smoothing.f, 1.4558486721055335, 1e-12, "f");
	close_to(t->out[0], 0.0020000978582975907, 1e-10, "psi of 1");
	close_to(t->out[7], 0.0021733593326247278, 1e-10, "psi of 8");
}

/* psi = 4 / n exactly: a = log 4, b = -1, f = 1. An area without estimate gets none. */
Test(smallarea, exact_variance_function)
{
	struct data *t = data_new();

	for (size_t d = 0; d < PROVINCES; d++)
		t->psi[d] = 4 / t->n[d];
	t->psi[5] = 0;
	t->y[6] = NAN;
	cr_assert(gvf(t), "%s", t->why.item[0].words);
	close_to(t->smoothing.a, log(4), 1e-10, "a");
	close_to(t->smoothing.b, -1, 1e-10, "b");
	close_to(t->smoothing.f, 1, 1e-10, "f");
	close_to(t->out[5], 4 / t->n[5], 1e-10, "psi");
	cr_expect(isnan(t->out[6]));
}

static void transformed(struct data *t, struct fh_areas *out, struct fh_fit *fit)
{
	double *n_eff = arena_new(&arena, PROVINCES, sizeof *n_eff);

	cr_assert(deff(t));
	for (size_t d = 0; d < PROVINCES; d++)
		n_eff[d] = t->n[d] / t->smoothing.deff;
	smallarea_arcsine(&arena, &t->areas, n_eff, out);
	cr_assert(fh_fit(&arena, out, FH_REML, fit, &t->why), "%s", t->why.item[0].words);
}

Test(smallarea, arcsine_as_integrated_by_r)
{
	static const struct {
		size_t number;
		double estimate, synthetic, gamma, low, high;
	} want[] = {{1, 0.068711921552482458, 0.13221493902459427, 0.61760890028503768,
		     0.017953095874650583, 0.13950769520826037},
		    {8, 0.017485232611775457, 0.11486384128190746, 0.64387137307713904, 0,
		     0.056399065045693433},
		    {57, 0.056425148598948524, 0.13381042077813357, 0.6844996958810089,
		     0.014547319141625763, 0.11527518182877228}};
	struct data *t = data_new();
	struct fh_areas areas;
	struct fh_fit fit;

	transformed(t, &areas, &fit);
	close_to(fit.A, 0.010027734067129484, 1e-10, "A");
	for (size_t i = 0; i < COUNT(want); i++) {
		size_t d = want[i].number - 1;
		struct arcsine_area got =
			smallarea_back(&fit, areas.x + P * d, areas.y[d], areas.psi[d], Z);

		close_to(got.estimate, want[i].estimate, 1e-9, "estimate");
		close_to(got.synthetic, want[i].synthetic, 1e-9, "synthetic");
		close_to(got.gamma, want[i].gamma, 1e-10, "gamma");
		close_to(got.low, want[i].low, 1e-9, "low");
		close_to(got.high, want[i].high, 1e-9, "high");
		cr_expect(not(got.at_end));
	}
}

/* Of an area without direct estimate: E sin^2 with variance A about x'beta. Where x'beta is below
 * 0, the end 0 is taken: (1 - exp(-2 A)) / 2. */
Test(smallarea, arcsine_without_direct_estimate)
{
	static double beta[] = {-0.1}, v[] = {0.0004};
	struct fh_fit fit = {.p = 1, .A = 0.01, .beta = beta, .v = v};
	struct arcsine_area got = smallarea_back(&fit, (const double[]){1}, NAN, NAN, Z);

	close_to(got.estimate, (1 - exp(-0.02)) / 2, 1e-12, "estimate");
	cr_expect(got.at_end);
	cr_expect(eq(dbl, got.low, 0));
	/* -0.1 + z sqrt(0.01 + 0.0004) */
	close_to(got.high, pow(sin(-0.1 + Z * sqrt(0.0104)), 2), 1e-10, "high");
}

/* R, 4000 draws of its own: 0.00167, 0.00145, 0.00142; a mean of squares of 4000 draws is good to
 * some 4 %. The same seed gives the same numbers. */
Test(smallarea, bootstrap_as_r)
{
	static const size_t number[] = {1, 8, 57};
	static const double want[] = {0.0016706338738863884, 0.0014472871597702097,
				      0.0014187537430855638};
	struct data *t = data_new();
	struct fh_areas areas;
	struct fh_fit fit;
	double again[PROVINCES];

	transformed(t, &areas, &fit);
	for (size_t k = 0; k < 2; k++) {
		gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

		gsl_rng_set(rng, 7);
		cr_assert(smallarea_bootstrap(&arena, &areas, &fit, 1000, rng, k ? again : t->out,
					      &t->why));
		gsl_rng_free(rng);
	}
	for (size_t i = 0; i < COUNT(number); i++) {
		close_to(t->out[number[i] - 1], want[i], 0.12, "mse");
		cr_expect(eq(dbl, again[number[i] - 1], t->out[number[i] - 1]));
	}
}

/* 10, 20, 40 with 1, 2, 1 people: mean 90 / 4 = 22.5. Against 27: ratio 1.2, difference 4.5. */
Test(smallarea, benchmark_by_hand)
{
	static const double people[] = {1, 2, 1};
	double ratio[] = {10, 20, 40}, difference[] = {10, 20, 40}, moved;
	struct diag why = {0};

	cr_assert(smallarea_benchmark(BENCHMARK_RATIO, 3, people, 27, ratio, &moved, &why));
	close_to(moved, 1.2, 1e-14, "ratio");
	close_to(ratio[1], 24, 1e-14, "estimate");
	cr_assert(
		smallarea_benchmark(BENCHMARK_DIFFERENCE, 3, people, 27, difference, &moved, &why));
	close_to(moved, 4.5, 1e-14, "difference");
	close_to(difference[2], 44.5, 1e-14, "estimate");
	ratio[0] = -200;
	cr_expect(not(smallarea_benchmark(BENCHMARK_RATIO, 3, people, 27, ratio, &moved, &why)));
	cr_expect(strstr(why.item[0].words, "not above 0") != NULL);
}

static void refused(struct data *t, bool (*smooth)(struct data *), const char *fragment)
{
	t->why = (struct diag){0};
	cr_assert(not(smooth(t)), "%s", fragment);
	cr_expect(strstr(t->why.item[0].words, fragment) != NULL, "%s", t->why.item[0].words);
}

Test(smallarea, wrong_numbers)
{
	struct data *t = data_new();

	t->n[3] = NAN;
	refused(t, deff, "area 4 has no number of answers");
	t->n[3] = 0;
	refused(t, gvf, "area 4 has no number of answers");
	t->n[3] = 60;
	t->areas.m = 3;
	refused(t, deff, "3 areas have a direct estimate, and the regression of smoothing has 3");
	t->areas.m = 2;
	refused(t, gvf, "needs 3 areas");
}

Test(smallarea, nothing_to_learn_from)
{
	struct data *t = data_new();

	for (size_t d = 0; d < PROVINCES; d++)
		t->n[d] = 60;
	refused(t, gvf, "different numbers of answers");
	for (size_t d = 0; d < PROVINCES; d++)
		t->psi[d] = 0;
	refused(t, deff, "no design effect");
}

Test(smallarea, regression_outside_shares)
{
	struct data *t = data_new();

	for (size_t d = 0; d < PROVINCES; d++)
		t->y[d] = d < 60 ? 0.01 : 0.99;
	for (size_t d = 0; d < PROVINCES; d++)
		t->x[P * d + 1] = d < 60 ? (double)(d % 5) : 100;
	t->y[0] = 0.2;
	t->x[1] = -20;
	refused(t, deff, "from which no variance follows");
	for (size_t d = 0; d < PROVINCES; d++)
		t->x[P * d + 2] = 2 * t->x[P * d + 1];
	refused(t, deff, "follow from each other");
}
