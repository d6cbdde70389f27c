#include "help.h"

#include "analysis/sensitivity.h"

#include <math.h>

TestSuite(sensitivity, .fini = clean);

#define PI 3.14159265358979323846

/* Ishigami and Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x on -pi to pi. Known indices
 * (Saltelli and others 2008, Global Sensitivity Analysis, 4): V = 7^2/8 + 0.1 pi^4/5 + 0.1^2
 * pi^8/18
 * + 1/2 = 13.8446; first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437. The second output is the
 * first, far from 0: the same indices; the third never varies; the fourth is not there in one run.
 */
static void ishigami(void *context, const double *u, double *y)
{
	double x[3];
	size_t *runs = context;

	for (size_t i = 0; i < 3; i++)
		x[i] = PI * (2 * u[i] - 1);
	y[0] = sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
	y[1] = 1000 + 3 * y[0];
	y[2] = 0.1;
	y[3] = ++*runs == 9 ? NAN : y[0];
}

static struct sensitivity run(struct sensitivity_plan p, unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct sensitivity s;

	gsl_rng_set(rng, seed);
	sensitivity_run(&arena, &p, rng, &s);
	gsl_rng_free(rng);
	return s;
}

static const size_t each[] = {1, 1, 1};

/* Tolerance 0.02: with 100000 draws about four standard errors of the widest, S_1. */
Test(sensitivity, ishigami)
{
	static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
	size_t runs = 0;
	struct sensitivity s =
		run((struct sensitivity_plan){3, each, 100000, 4, ishigami, &runs}, 1);

	cr_expect(eq(sz, runs, 500000), "N (d + 2)");
	for (size_t i = 0; i < 3; i++) {
		cr_expect(fabs(s.first[i * 4] - first[i]) < 0.02, "S %zu: %g", i, s.first[i * 4]);
		cr_expect(fabs(s.total[i * 4] - total[i]) < 0.02, "T %zu: %g", i, s.total[i * 4]);
		cr_expect(fabs(s.first[i * 4 + 1] - s.first[i * 4]) < 1e-9, "shifted");
		cr_expect(fabs(s.total[i * 4 + 1] - s.total[i * 4]) < 1e-9, "shifted");
		cr_expect(isnan(s.first[i * 4 + 2]) && isnan(s.total[i * 4 + 2]), "constant");
		cr_expect(isnan(s.first[i * 4 + 3]) && isnan(s.total[i * 4 + 3]), "not there");
	}
}

/* u1 + 2 u2 + 3 u3, the last two drawn together: variances as 1 to 13, so 1/14 and 13/14, first
 * order and total alike. */
static void linear(void *context, const double *u, double *y)
{
	(void)context;
	y[0] = u[0] + 2 * u[1] + 3 * u[2];
}

Test(sensitivity, inputs_of_several_numbers)
{
	static const size_t width[] = {1, 2};
	struct sensitivity s = run((struct sensitivity_plan){2, width, 100000, 1, linear, NULL}, 7);
	static const double want[] = {1. / 14, 13. / 14};

	for (size_t i = 0; i < 2; i++) {
		cr_expect(fabs(s.first[i] - want[i]) < 0.02, "S %zu: %g", i, s.first[i]);
		cr_expect(fabs(s.total[i] - want[i]) < 0.02, "T %zu: %g", i, s.total[i]);
	}
}

/* u1 + u2^2 far from 0, and what every run gave: A, B, AB_1, AB_2 of each draw. */
struct record {
	size_t n;
	double y[16];
};

static void recorded(void *context, const double *u, double *y)
{
	struct record *r = context;

	y[0] = r->y[r->n++] = 50 + u[0] + u[1] * u[1];
}

/* The formulas of the header, from the runs of four draws. */
Test(sensitivity, from_its_runs)
{
	struct record r = {0};
	struct sensitivity s = run((struct sensitivity_plan){2, each, 4, 1, recorded, &r}, 3);
	double mean = 0, v = 0;

	cr_assert(eq(sz, r.n, 16));
	for (size_t d = 0; d < 4; d++)
		mean += (r.y[4 * d] + r.y[4 * d + 1]) / 8;
	for (size_t d = 0; d < 4; d++)
		v += (pow(r.y[4 * d] - mean, 2) + pow(r.y[4 * d + 1] - mean, 2)) / 8;
	for (size_t i = 0; i < 2; i++) {
		double first = 0, total = 0;

		for (size_t d = 0; d < 4; d++) {
			double shift = r.y[4 * d + 2 + i] - r.y[4 * d];

			first += (r.y[4 * d + 1] - mean) * shift / 4 / v;
			total += shift * shift / 8 / v;
		}
		cr_expect(fabs(s.first[i] - first) < 1e-12, "S %zu: %g, not %g", i, s.first[i],
			  first);
		cr_expect(fabs(s.total[i] - total) < 1e-12, "T %zu: %g, not %g", i, s.total[i],
			  total);
	}
}

Test(sensitivity, the_seed_decides)
{
	struct sensitivity a = run((struct sensitivity_plan){3, each, 10, 1, linear, NULL}, 1);
	struct sensitivity b = run((struct sensitivity_plan){3, each, 10, 1, linear, NULL}, 1);
	struct sensitivity c = run((struct sensitivity_plan){3, each, 10, 1, linear, NULL}, 2);

	cr_expect(a.first[0] == b.first[0] && a.sample[9] == b.sample[9]);
	cr_expect(a.sample[9] != c.sample[9]);
}

/* Of 1 1 2 5: half do not exceed 1, three quarters not 2. */
Test(sensitivity, quantiles_are_values)
{
	double x[] = {5, 1, NAN, 2, 1}, none[] = {NAN};

	cr_expect(eq(dbl, sensitivity_at(5, x, 0.5), 1));
	cr_expect(eq(dbl, sensitivity_at(4, x, 0.51), 2));
	cr_expect(eq(dbl, sensitivity_at(4, x, 0.75), 2));
	cr_expect(eq(dbl, sensitivity_at(4, x, 0.95), 5));
	cr_expect(eq(dbl, sensitivity_at(4, x, 0), 1));
	cr_expect(isnan(sensitivity_at(1, none, 0.5)));
}
