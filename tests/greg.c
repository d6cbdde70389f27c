/* By hand: small systems, and the properties that define the solutions (Deville and Saerndal 1992).
 * What R gives: calibrate.c. */
#include "help.h"

#include "estimate/greg.h"

#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(greg, .fini = clean);

static const struct text names[] = {TEXT("one"), TEXT("x"), TEXT("third")};
static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1};

static struct greg_model model_of(size_t n, size_t k, const double *x, const double *total)
{
	gsl_set_error_handler_off();
	return (struct greg_model){.n = n,
				   .k = k,
				   .w = ones,
				   .x = x,
				   .total = total,
				   .name = names,
				   .low = -INFINITY,
				   .high = INFINITY};
}

static struct greg fit(const struct greg_model *m)
{
	struct greg r;
	struct diag why = {0};

	cr_assert(greg_fit(&arena, m, &r, &why), "%s", why.item[0].words);
	cr_assert(eq(sz, why.errors, 0));
	return r;
}

static void check_refused(const struct greg_model *m, enum diag_code code, const char *fragment)
{
	struct greg r;
	struct diag why = {0};

	gsl_set_error_handler_off();
	cr_assert(not(greg_fit(&arena, m, &r, &why)), "%s", fragment);
	check_problem(&why, 0, code, "", 0, 0, fragment);
}

/* 1e-11: solved to the last digits of a double, of small systems. */
static void check_g(const struct greg *r, const double *want)
{
	for (size_t i = 0; i < r->n; i++)
		cr_expect(fabs(r->g[i] - want[i]) < 1e-11, "%zu: %.17g, not %.17g", i, r->g[i],
			  want[i]);
}

/* sum x g = 6 + 14 b = 12 with g = 1 + b x; with variance x, g = 1 + b = 2. */
Test(greg, one_variable)
{
	static const double x[] = {1, 2, 3}, total = 12, w[] = {2, 1, 0.5},
			    plain[] = {10.0 / 7, 13.0 / 7, 16.0 / 7}, ratio[] = {2, 2, 2},
			    weighted[] = {1 + 6.5 / 10.5, 1 + 2 * 6.5 / 10.5, 1 + 3 * 6.5 / 10.5};
	struct greg_model m = model_of(3, 1, x, &total);
	struct greg r = fit(&m);

	check_g(&r, plain);
	cr_expect(eq(sz, r.k, 1));
	m.variance = x;
	r = fit(&m);
	check_g(&r, ratio);
	m.variance = NULL;
	m.w = w; /* sum w x = 5.5, sum w x^2 = 10.5 */
	r = fit(&m);
	check_g(&r, weighted);
}

/* x = 0 1 2 3, to add up to 4 and 8. Free: 0.4 0.8 1.2 1.6. Between 0.5 and 1.55 the outer two
 * stand at the bounds, and the inner ones must add up to 1.95 and 3.35; their line runs to -0.3
 * and 2.25, beyond the bounds, as it must. */
static const double line[] = {1, 0, 1, 1, 1, 2, 1, 3}, line_total[] = {4, 8};

Test(greg, bounded)
{
	static const double open[] = {0.4, 0.8, 1.2, 1.6}, closed[] = {0.5, 0.55, 1.4, 1.55};
	struct greg_model m = model_of(4, 2, line, line_total);
	struct greg r = fit(&m);

	check_g(&r, open);
	m.low = 0.5;
	m.high = 1.55;
	r = fit(&m);
	check_g(&r, closed);
}

/* ln g, or the logit of g between the bounds, is a straight line in x, and the totals are met. */
static void check_curve(const struct greg *r, const double *u)
{
	double sum = 0, moment = 0;

	for (size_t i = 0; i < 4; i++) {
		sum += r->g[i];
		moment += (double)i * r->g[i];
	}
	cr_expect(fabs(sum - 4) < 1e-11);
	cr_expect(fabs(moment - 8) < 1e-11);
	cr_expect(fabs(u[0] - 2 * u[1] + u[2]) < 1e-9);
	cr_expect(fabs(u[1] - 2 * u[2] + u[3]) < 1e-9);
	cr_expect(fabs(u[1] - u[0]) > 0.1);
}

Test(greg, curves)
{
	struct greg_model m = model_of(4, 2, line, line_total);
	struct greg r;
	double u[4];

	m.distance = GREG_EXP;
	r = fit(&m);
	for (size_t i = 0; i < 4; i++)
		u[i] = log(r.g[i]);
	check_curve(&r, u);
	m.distance = GREG_LOGIT;
	m.low = 0.3;
	m.high = 1.8;
	r = fit(&m);
	for (size_t i = 0; i < 4; i++) {
		cr_expect(r.g[i] > 0.3 && r.g[i] < 1.8);
		u[i] = log((r.g[i] - 0.3) / (1.8 - r.g[i]));
	}
	check_curve(&r, u);
	m.low = 0.5; /* hardly wide enough: g0 > 0.5, g3 < 1.6 */
	m.high = 1.55;
	r = fit(&m);
	for (size_t i = 0; i < 4; i++)
		u[i] = log((r.g[i] - 0.5) / (1.55 - r.g[i]));
	check_curve(&r, u);
}

/* exp, cut off: at the bounds or on the curve. Free, the largest g is about 1.64. */
Test(greg, bounded_curve)
{
	struct greg_model m = model_of(4, 2, line, line_total);
	struct greg r;
	double slope;

	m.distance = GREG_EXP;
	m.high = 1.5;
	r = fit(&m);
	cr_expect(eq(dbl, r.g[3], 1.5));
	slope = log(r.g[1] / r.g[0]);
	cr_expect(fabs(log(r.g[2] / r.g[1]) - slope) < 1e-9);
	cr_expect(r.g[2] * exp(slope) > 1.5);
	cr_expect(fabs(r.g[0] + r.g[1] + r.g[2] + r.g[3] - 4) < 1e-11);
	cr_expect(fabs(r.g[1] + 2 * r.g[2] + 3 * r.g[3] - 8) < 1e-11);
}

/* A curve through one total only: every g is the ratio of totals, far from 1 too. */
Test(greg, one_total)
{
	static const double x[] = {1, 1, 1, 1}, totals[] = {0.004, 4, 4.1, 400, 4e6};

	for (size_t i = 0; i < COUNT(totals); i++)
		for (int d = GREG_LINEAR; d < GREG__COUNT; d++) {
			struct greg_model m = model_of(4, 1, x, &totals[i]);
			struct greg r;

			m.distance = (enum greg_distance)d;
			if (d == GREG_LOGIT) {
				m.low = 0.0005;
				m.high = 2e6;
			}
			r = fit(&m);
			for (size_t k = 0; k < 4; k++)
				cr_expect(fabs(r.g[k] / (totals[i] / 4) - 1) < 1e-9, "%g, %d: %g",
					  totals[i], d, r.g[k]);
		}
}

/* Indicators of both groups add up to the first variable: passed over, or refused. */
Test(greg, combinations)
{
	static const double x[] = {1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1}, total[] = {8, 6, 2},
			    wrong[] = {8, 6, 3}, want[] = {3, 3, 1, 1};
	struct greg_model m = model_of(4, 3, x, total);
	struct greg r = fit(&m);

	check_g(&r, want);
	cr_expect(eq(sz, r.k, 2));
	m.total = wrong;
	check_refused(&m, DIAG_DATA, "the total of \"third\" contradicts those before it");
}

Test(greg, variable_of_zeros)
{
	static const double x[] = {1, 0, 1, 0}, total[] = {4, 0}, wrong[] = {4, 1}, want[] = {2, 2};
	struct greg_model m = model_of(2, 2, x, total);
	struct greg r = fit(&m);

	check_g(&r, want);
	m.total = wrong;
	check_refused(&m, DIAG_DATA, "\"x\" is 0 in the whole sample; its total is 1");
	m.n = 0; /* an empty sample has no total but 0 */
	check_refused(&m, DIAG_DATA, "\"one\" is 0 in the whole sample");
	m.k = 0;
	r = fit(&m);
	cr_expect(eq(sz, r.k, 0));
}

/* Values of 10^8 and a bit: g is that of the bits alone, 0.4 to 1.6 as above. */
Test(greg, large_offsets)
{
	static const double x[] = {1, 1e8, 1, 1e8 + 1, 1, 1e8 + 2, 1, 1e8 + 3},
			    total[] = {4, 4e8 + 8}, want[] = {0.4, 0.8, 1.2, 1.6};
	struct greg_model m = model_of(4, 2, x, total);
	struct greg r = fit(&m);

	for (size_t i = 0; i < 4; i++) /* digits lost with 1e8 of 1: 1e-16 * 1e8 */
		cr_expect(fabs(r.g[i] - want[i]) < 1e-7, "%zu: %.17g", i, r.g[i]);
}

Test(greg, refused)
{
	static const double far[] = {4, 11.5}, w[] = {1, -1, 1, 1}, nan[] = {NAN, 1, 1, 1};
	struct greg_model m = model_of(4, 2, line, far);

	m.low = 0; /* at most 0 0 0 4: 12; at 1.9 at most 1.9 1.9 0.2 0 : 9.7 */
	m.high = 1.9;
	check_refused(&m, DIAG_DATA, "no weights from 0 to 1.9 times the old ones meet the totals");
	m.distance = GREG_EXP;
	check_refused(&m, DIAG_DATA, "no weights from 0 to 1.9");
	m.distance = GREG_LOGIT;
	check_refused(&m, DIAG_DATA, "no weights from 0 to 1.9");
	m.high = INFINITY;
	check_refused(&m, DIAG_USAGE, "logit calibration needs two bounds");
	m.high = 1;
	check_refused(&m, DIAG_USAGE, "bounds 0 to 1 of the weights do not hold 1");
	m.high = 2;
	m.low = 1;
	check_refused(&m, DIAG_USAGE, "bounds 1 to 2 of the weights do not hold 1");
	m.low = NAN;
	check_refused(&m, DIAG_USAGE, "do not hold 1");
	m.low = -INFINITY;
	m.distance = GREG_LINEAR;
	m.w = w;
	check_refused(&m, DIAG_DATA, "row 2 has weight -1");
	m.w = nan;
	check_refused(&m, DIAG_DATA, "row 1 has weight nan");
}

/* A row without weight has no say, whatever it holds. */
Test(greg, weight_zero)
{
	static const double x[] = {1, 0, 1, 1, 1, 2, 1, 3, 1, 77}, w[] = {1, 1, 1, 1, 0},
			    want[] = {0.4, 0.8, 1.2, 1.6, 1};
	double z[] = {1, 2, 3, 5, 0};
	struct greg_model m = model_of(5, 2, x, line_total);
	struct greg r;

	m.w = w;
	r = fit(&m);
	check_g(&r, want);
	greg_residuals(&r, 1, z);
	for (size_t i = 0; i < 5; i++)
		cr_expect(isfinite(z[i]));
	cr_expect(eq(dbl, z[4], 0));
}

/* z/(w g) regressed on 1 and x with weights w / variance; by hand for y = 0 1 4 9, which leaves
 * 1 -1 -1 1, times w g. */
Test(greg, residuals)
{
	static const double y[] = {0, 1, 4, 9}, left[] = {1, -1, -1, 1}, g[] = {0.4, 0.8, 1.2, 1.6},
			    twos[] = {2, 2, 2, 2};
	double z[8];
	struct greg_model m = model_of(4, 2, line, line_total);
	struct greg r;

	for (int pass = 0; pass < 2; pass++) { /* a common variance changes nothing */
		r = fit(&m);
		for (size_t i = 0; i < 4; i++) {
			z[2 * i] = y[i] * g[i];
			z[2 * i + 1] =
				(3 + 5 * line[2 * i + 1]) * g[i]; /* in the model: nothing left */
		}
		greg_residuals(&r, 2, z);
		for (size_t i = 0; i < 4; i++) {
			cr_expect(fabs(z[2 * i] - left[i] * g[i]) < 1e-12);
			cr_expect(fabs(z[2 * i + 1]) < 1e-12);
		}
		m.variance = twos;
	}
}

/* Through the origin with variance x: sum (y - b x) = 0, so b = 14/6. */
Test(greg, residuals_of_a_ratio)
{
	static const double x[] = {1, 2, 3}, total = 12;
	double z[] = {2 * 1, 2 * 4, 2 * 9};
	struct greg_model m = model_of(3, 1, x, &total);
	struct greg r;

	m.variance = x;
	r = fit(&m);
	greg_residuals(&r, 1, z);
	for (size_t i = 0; i < 3; i++)
		cr_expect(fabs(z[i] - 2 * (x[i] * x[i] - 14.0 / 6 * x[i])) < 1e-12);
}
