/* Where a regression has no estimate, no error or no test; and where it must have one. Expected
 * values by hand where said. */
#include "regress.h"

TestSuite(regress_limits, .fini = clean);

Test(regress_limits, collinear_columns)
{
	static const char *const columns[] = {"ell", "meals", "ell"};
	const struct api *d = api_read("strat");
	struct regress_model m = model_of(d, 3, columns);
	struct diag why = {0};
	double *x = arena_new(&arena, d->rows.n, 4 * sizeof *x);
	struct regress out;

	memcpy(x, m.x, d->rows.n * 4 * sizeof *x);
	for (size_t i = 0; i < d->rows.n; i++)
		x[4 * i + 3] = 100.0 / 3 - x[4 * i + 1] / 3 - x[4 * i + 2] / 7;
	m.x = x;
	m.y = api_column(d, "api00");
	cr_expect(not(regress_linear(&arena, &d->linear, &d->rows, &m, &out, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "column \"ell\" of the model is a combination");
	m.name = NULL;
	m.family = REGRESS_LOGISTIC;
	m.y = indicator(d, "sch_wide", "Yes");
	cr_expect(not(regress_linear(&arena, &d->linear, &d->rows, &m, &out, &why)));
	check_problem(&why, 1, DIAG_DATA, "", 0, 0, "column 4 of the model is a combination");
	for (size_t i = 0; i < d->rows.n; i++)
		x[4 * i + 1] = 0;
	cr_expect(not(regress_linear(&arena, &d->linear, &d->rows, &m, &out, &why)));
	check_problem(&why, 2, DIAG_DATA, "", 0, 0, "column 2 of the model");
}

/* The units of columns and answers say nothing, nor do they hide a collinear column. */
Test(regress_limits, units_of_measurement)
{
	static const char *const columns[] = {"ell", "meals", "mobility"};
	static const double unit[] = {1, 1e-18, 1e9, 1e-3};
	const struct api *d = api_read("strat");
	struct regress_model m = model_of(d, 3, columns);
	double *x = arena_new(&arena, d->rows.n, 4 * sizeof *x), *y = api_column(d, "api00");
	struct diag why = {0};
	struct regress want, got;

	m.y = y;
	want = fit(d, &m);
	for (size_t i = 0; i < 4 * d->rows.n; i++)
		x[i] = m.x[i] * unit[i % 4];
	for (size_t i = 0; i < d->rows.n; i++)
		y[i] *= 1e-20;
	m.x = x;
	got = fit(d, &m);
	for (size_t j = 0; j < 4; j++) {
		api_close(got.t[j], want.t[j], 1e-10, "t", j);
		api_close(got.beta[j] * unit[j] * 1e20, want.beta[j], 1e-10, "beta", j);
	}
	for (size_t i = 0; i < d->rows.n; i++)
		x[4 * i + 3] = x[4 * i + 1] - 3e-27 * x[4 * i + 2] + 2e-18;
	cr_expect(not(regress_linear(&arena, &d->linear, &d->rows, &m, &got, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "column \"mobility\" of the model");
}

/* The third step of Newton's method leaps to where every share is 0 or 1; half of it does not. */
Test(regress_limits, a_step_too_far)
{
	static const double x[] = {1, -2, 1, 6, 1, 5, 1, -210, 1, 1, 1, -2, 1, 6927, 1, -3};
	static const double y[] = {0, 1, 1, 0, 0, 1, 1, 1};
	struct data *m = make(8, 2, x, y, REGRESS_LOGISTIC);
	struct diag why = {0};
	struct regress got;

	cr_assert(regress_fit(&arena, &m->made->rows, &m->model, &got, &why), "%s",
		  why.item[0].words);
	check_equations(&m->made->rows, &m->model, &got, 1e-8);
}

/* In group 1 everybody says yes: quasi-complete separation. */
Test(regress_limits, a_group_of_one_mind)
{
	struct data *m = yes_and_no();

	m->y[16] = m->y[17] = 1;
	refused(m, "column 2 of the model tells 0 from 1");
	for (size_t i = 10; i < 18; i++)
		m->y[i] = 0;
	refused(m, "column 2 of the model tells 0 from 1");
	for (size_t i = 0; i < 18; i++)
		m->y[i] = i < 10 || i % 2; /* the group that the constant stands for */
	refused(m, "column 2 of the model tells 0 from 1");
	for (size_t i = 0; i < 18; i++)
		m->y[i] = 1;
	refused(m, "all rows have the same answer");
}

/* The one answer in a thousand of a group of one mind does not hide in the deviance of the rest. */
Test(regress_limits, a_small_group_of_one_mind)
{
	enum { N = 4000 };
	double *x = arena_new(&arena, 2 * N, sizeof *x), *y = arena_new(&arena, N, sizeof *y);

	for (size_t i = 0; i < N; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = i < 2;
		y[i] = i < 2 || i % 2;
	}
	refused(make(N, 2, x, y, REGRESS_LOGISTIC), "column 2 of the model tells 0 from 1");
}

/* y = 1 above 4.5: complete separation. With one row out of order there is an estimate, though a
 * steep one. */
Test(regress_limits, a_line_between)
{
	double x[20], y[10];
	struct data *m;
	struct diag why = {0};
	struct regress got;

	for (size_t i = 0; i < 10; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = (double)i;
		y[i] = i > 4;
	}
	refused(make(10, 2, x, y, REGRESS_LOGISTIC), "column 2 of the model tells 0 from 1");
	y[4] = 1;
	y[5] = 0;
	m = make(10, 2, x, y, REGRESS_LOGISTIC);
	cr_assert(fit_made(m, &got, &why));
	cr_expect(got.beta[1] > 0.5);
	/* A far row whose fitted share rounds to 1 separates nothing. */
	m->x[19] = 60;
	cr_assert(fit_made(m, &got, &why));
	cr_expect(isfinite(got.se[1]));
}

Test(regress_limits, answers_that_are_no_shares)
{
	struct data *m = yes_and_no();

	m->y[4] = 2;
	refused(m, "needs 0 or 1, not 2");
	m->y[4] = -1;
	refused(m, "needs 0 or 1, not -1");
	m->model.family = REGRESS_LINEAR;
	cr_expect(fit_made(m, &(struct regress){0}, &(struct diag){0}));
}

Test(regress_limits, negative_weight)
{
	struct data *m = yes_and_no();

	m->made->weight[3] = -2;
	refused(m, "negative weight -2");
}

Test(regress_limits, too_few_rows)
{
	struct data *m = yes_and_no();

	m->made->rows.n = 2;
	refused(m, "2 rows with all values are too few for a model of 2 columns");
	m->made->rows.n = 0;
	refused(m, "0 rows with all values are too few");
}

static struct data *in_units(size_t units)
{
	struct data *m = yes_and_no();

	m->made = api_made(18, units);
	return m;
}

/* Two units, two coefficients: 1 + 1 - 2 = 0 degrees of freedom. */
Test(regress_limits, no_degrees_of_freedom)
{
	static const size_t both[] = {0, 1};
	const double c[] = {0, 1};
	struct data *m = in_units(2);
	struct regress_joint joint;
	struct diag why = {0};
	struct regress got;

	cr_assert(fit_made(m, &got, &why));
	cr_expect(eq(sz, why.warnings, 1));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "no tests: 0 degrees of freedom");
	cr_expect(got.se[1] > 0);
	cr_expect(isnan(got.t[1]) && isnan(got.p[1]));
	cr_expect(isnan(regress_contrast(&got, c).p));
	cr_expect(not(regress_joint(&got, 2, both, &joint, &why)));
	check_problem(&why, 1, DIAG_DATA, "", 0, 0, "0 degrees of freedom");
}

/* Three units carry a covariance of rank 2, so three groups have no joint test; nor has nothing. */
Test(regress_limits, joint_test_without_inverse)
{
	static const size_t all[] = {0, 1};
	const double second[] = {0, 1};
	struct data *m = in_units(3);
	struct regress_joint joint;
	struct diag why = {0};
	struct regress got;

	cr_assert(fit_made(m, &got, &why));
	cr_expect(eq(dbl, got.df, 1));
	cr_expect(isfinite(got.p[1]), "one will do");
	cr_expect(eq(dbl, regress_contrast(&got, second).p, got.p[1]));
	for (size_t i = 0; i < 4; i++)
		got.v[i] = 1;
	cr_expect(not(regress_joint(&got, 2, all, &joint, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "covariance of the 2 coefficients is singular");
	cr_expect(isnan(joint.p));
	cr_expect(not(regress_joint(&got, 0, all, &joint, &why)));
}

Test(regress_limits, one_unit)
{
	struct data *m = in_units(1);

	refused(m, "one sampling unit only");
}

/* A model that fits every row: errors are 0, not rounding, and nothing is tested. */
Test(regress_limits, exact_fit)
{
	static const double x[] = {1, 1, 1, 2, 1, 3, 1, 7}, y[] = {0.1e6, 0.2e6, 0.3e6, 0.7e6};
	struct data *m = make(4, 2, x, y, REGRESS_LINEAR);
	const double none[] = {0, 0}, slope[] = {0, 1};
	struct diag why = {0};
	struct regress got;

	for (size_t i = 0; i < 4; i++)
		m->made->weight[i] = 1000;
	cr_assert(fit_made(m, &got, &why));
	api_close(got.beta[1], 0.1e6, 1e-13, "slope", 0);
	cr_expect(eq(dbl, got.se[1], 0));
	cr_expect(isnan(got.t[1]) && isnan(got.p[1]));
	cr_expect(isnan(regress_contrast(&got, none).t));
	cr_expect(isnan(regress_contrast(&got, slope).t));
}
