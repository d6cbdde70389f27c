/* Weights and standard errors of the 15 districts of schools (tests/reference/SOURCE.md) as R
 * survey 4.1 gives them; the rest by hand. */
#include "references.h"

#include "estimate/calibrate.h"
#include "estimate/replicate.h"

#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(calibrate, .fini = clean);

/* ---- the districts ------------------------------------------------------------------- */

#define ROWS 183
#define UNITS 15

static struct {
	double w[ROWS], api00[ROWS], enroll[ROWS], awards[ROWS], x[ROWS * 4];
	size_t unit[ROWS], type[ROWS], wide[ROWS];
} clus1;

static const struct text types[] = {TEXT("E"), TEXT("H"), TEXT("M")},
			 wides[] = {TEXT("No"), TEXT("Yes")},
			 variables[] = {TEXT("(Intercept)"), TEXT("api99"), TEXT("stypeH"),
					TEXT("stypeM")};
static const double type_counts[] = {4421, 755, 1018}, wide_counts[] = {1072, 5122},
		    totals[] = {6194, 3914069, 755, 1018};

/* The unit of row i: its district, in the order of their first rows. */
static size_t unit_of(const double *district, size_t i, size_t *next)
{
	for (size_t j = 0; j < i; j++)
		if (district[j] == district[i])
			return clus1.unit[j];
	return (*next)++;
}

static void read_clus1(void)
{
	struct table t = read_reference(REFERENCE "estimate_api.csv");
	size_t n = 0, units = 0;
	double district[ROWS];

	gsl_set_error_handler_off();
	for (size_t r = 0; r < t.rows; r++) {
		struct text type = text_at(&t, r, "stype");

		if (!span_is(text_at(&t, r, "design"), "clus1"))
			continue;
		clus1.w[n] = number_at(&t, r, "pw");
		clus1.api00[n] = number_at(&t, r, "api00");
		clus1.enroll[n] = number_at(&t, r, "enroll");
		clus1.awards[n] = span_is(text_at(&t, r, "awards"), "Yes");
		clus1.type[n] = span_is(type, "E") ? 0 : span_is(type, "H") ? 1 : 2;
		clus1.wide[n] = span_is(text_at(&t, r, "sch_wide"), "Yes");
		clus1.x[n * 4] = 1;
		clus1.x[n * 4 + 1] = number_at(&t, r, "api99");
		clus1.x[n * 4 + 2] = clus1.type[n] == 1;
		clus1.x[n * 4 + 3] = clus1.type[n] == 2;
		district[n] = number_at(&t, r, "dnum");
		clus1.unit[n] = unit_of(district, n, &units);
		n++;
	}
	cr_assert(eq(sz, n, ROWS));
	cr_assert(eq(sz, units, UNITS));
}

static const struct calibrate_groups by_type = {TEXT("stype"), 3, clus1.type, type_counts, types},
				     by_wide = {TEXT("sch.wide"), 2, clus1.wide, wide_counts,
						wides};

static struct calibration calibrated(struct text design, const double *w)
{
	const struct calibrate_sample s = {ROWS, w};
	const struct calibrate_groups margins[] = {by_type, by_wide};
	struct calibrate_raking raking = {.n = 2, .margin = margins};
	const struct greg_model model = {.n = ROWS,
					 .k = 4,
					 .w = w,
					 .x = clus1.x,
					 .total = totals,
					 .name = variables,
					 .low = -INFINITY,
					 .high = INFINITY};
	struct calibration c;
	struct diag why = {0};
	bool done;

	if (span_is(design, "rake_clus1_default")) {
		raking.eps = 1;
		raking.sweeps = 10;
	}
	done = span_starts(design, "rake") ? calibrate_rake(&arena, &s, &raking, &c, &why)
	       : span_starts(design, "cal")
		       ? calibrate_linear(&arena, &model, &c, &why)
		       : calibrate_poststratify(&arena, &s, &by_type, &c, &why);
	cr_assert(done, "%s", why.item[0].words);
	cr_assert(eq(sz, why.errors + why.warnings, 0));
	return c;
}

static void check_near(double got, double want, const char *what, size_t row)
{
	cr_expect(fabs(got - want) <= 1e-9 * fabs(want), "%s, %zu: %.17g, not %.17g", what, row,
		  got, want);
}

Test(calibrate, weights_as_r)
{
	struct table want = read_reference(REFERENCE "estimate_calibrated_weights.csv");

	read_clus1();
	cr_assert(eq(sz, want.rows, ROWS));
	for (size_t k = 0; k < want.columns; k++) {
		struct calibration c = calibrated(want.name[k], clus1.w);
		const char *name = arena_string(&arena, want.name[k]);

		for (size_t i = 0; i < ROWS; i++)
			check_near(c.weight[i], number_at(&want, i, name), name, i);
	}
}

/* ---- estimates ----------------------------------------------------------------------- */

/* What row i of the reference is of: y and the domain; `total` or mean. */
struct wanted {
	const double *y;
	bool awarded, total;
};

static struct wanted wanted_of(const struct table *t, size_t i)
{
	struct text stat = text_at(t, i, "stat");

	return (struct wanted){.y = span_is(stat, "prop")                     ? clus1.awards
				    : span_is(text_at(t, i, "var"), "enroll") ? clus1.enroll
									      : clus1.api00,
			       .awarded = text_at(t, i, "domain").n > 0,
			       .total = span_is(stat, "total")};
}

static double estimate_of(struct wanted a, const double *w)
{
	double above = 0, below = 0;

	for (size_t i = 0; i < ROWS; i++)
		if (!a.awarded || clus1.awards[i] > 0) {
			above += w[i] * a.y[i];
			below += w[i];
		}
	return a.total ? above : above / below;
}

static void influence_of(struct wanted a, const double *w, double *z)
{
	double estimate = estimate_of(a, w), below = 0;

	for (size_t i = 0; i < ROWS; i++) {
		double in = !a.awarded || clus1.awards[i] > 0;

		below += in * w[i];
		z[i] = in * w[i] * (a.total ? a.y[i] : a.y[i] - estimate);
	}
	for (size_t i = 0; i < ROWS && !a.total; i++)
		z[i] /= below;
}

/* One stage of 15 districts of 757, or of unknown many. */
static double variance_of(const double *z, bool finite)
{
	double t[UNITS] = {0}, mean = 0, v = 0;

	for (size_t i = 0; i < ROWS; i++)
		t[clus1.unit[i]] += z[i];
	for (size_t u = 0; u < UNITS; u++)
		mean += t[u] / UNITS;
	for (size_t u = 0; u < UNITS; u++)
		v += (t[u] - mean) * (t[u] - mean) * 15 / 14;
	return v * (finite ? 1 - 15.0 / 757 : 1);
}

/* JK1 in which every replicate is post-stratified anew. */
static double jackknife_of(struct wanted a)
{
	double theta[UNITS], rscale[UNITS], w[ROWS], v;
	struct replicates r = {.n = UNITS, .scale = 14.0 / 15, .rscale = rscale};

	for (size_t u = 0; u < UNITS; u++) {
		for (size_t i = 0; i < ROWS; i++)
			w[i] = clus1.unit[i] == u ? 0 : clus1.w[i] * 15 / 14;
		theta[u] = estimate_of(a, calibrated(span_of("post"), w).weight);
		rscale[u] = 1;
	}
	replicate_covariance(&r, 1, NULL, theta, &v);
	return v;
}

Test(calibrate, standard_errors_as_r)
{
	struct table t = read_reference(REFERENCE "estimate_calibrated.csv");
	double z[ROWS];

	read_clus1();
	cr_assert(eq(sz, t.rows, 35));
	for (size_t i = 0; i < t.rows; i++) {
		struct text design = text_at(&t, i, "design");
		const char *id = arena_string(&arena, text_at(&t, i, "id"));
		struct wanted a = wanted_of(&t, i);
		struct calibration c = calibrated(design, clus1.w);
		double v;

		check_near(estimate_of(a, c.weight), number_at(&t, i, "estimate"), id, i);
		influence_of(a, c.weight, z);
		calibrate_residuals(&c, 1, z);
		v = span_is(design, "jk1_post") ? jackknife_of(a)
						: variance_of(z, !span_is(design, "post_clus1_wr"));
		check_near(sqrt(v), number_at(&t, i, "se"), id, i);
	}
}

/* ---- by hand ------------------------------------------------------------------------- */

/* Four rows in a table of 2 x 2. */
static const size_t row_of[] = {0, 0, 1, 1}, column_of[] = {0, 1, 0, 1};
static const double four[] = {1, 2, 3, 4};
static const struct text rows[] = {TEXT("a"), TEXT("b")}, columns[] = {TEXT("c"), TEXT("d")};

static struct calibrate_groups groups_of(const char *name, const size_t *of,
					 const double *population)
{
	return (struct calibrate_groups){span_of(name), 2, of, population,
					 of == row_of ? rows : columns};
}

Test(calibrate, poststratify_by_hand)
{
	static const double population[] = {6, 7}, want[] = {2, 4, 3, 4};
	const struct calibrate_sample s = {4, four};
	const struct calibrate_groups g = groups_of("row", row_of, population);
	struct calibration c;
	struct diag why = {0};
	/* z/g: 1 2 | 4 4; means by old weights 5/3 and 4; z' = z - w' mean g... of z/w' = 1 1 | 4/3
	 * 1 */
	double z[] = {2, 1, 5, 1, 4, 1, 4, 1};

	cr_assert(calibrate_poststratify(&arena, &s, &g, &c, &why));
	for (size_t i = 0; i < 4; i++)
		check_near(c.weight[i], want[i], "weight", i);
	check_near(c.g_low, 1, "low", 0);
	check_near(c.g_high, 2, "high", 0);
	cr_expect(eq(sz, c.at_bound, 0));
	cr_expect(eq(sz, c.rounds, 1));
	calibrate_residuals(&c, 2, z);
	/* first column: z/w' is 1 5/4 | 4/3 1 with old-weight means (1 + 5/2)/3 and (4 + 4)/7 */
	check_near(z[0], 2 - 2 * 3.5 / 3, "z", 0);
	check_near(z[2], 5 - 4 * 3.5 / 3, "z", 1);
	check_near(z[4], 4 - 3 * 8.0 / 7, "z", 2);
	check_near(z[6], 4 - 4 * 8.0 / 7, "z", 3);
	/* second: 1/2 1/4 | 1/3 1/4 with means 1/3 and 2/7 */
	check_near(z[1], 1 - 2.0 / 3, "z", 4);
	check_near(z[3], 1 - 4.0 / 3, "z", 5);
	check_near(z[5], 1 - 6.0 / 7, "z", 6);
	check_near(z[7], 1 - 8.0 / 7, "z", 7);
}

/* Raking keeps the odds ratio, 4/6: a of the table a, 5 - a | 4 - a, a + 1 solves
 * 3 a (a + 1) = 2 (5 - a)(4 - a), or a^2 + 21 a - 40 = 0. */
Test(calibrate, rake_by_hand)
{
	static const double by_row[] = {5, 5}, by_column[] = {4, 6};
	const struct calibrate_sample s = {4, four};
	const struct calibrate_groups margins[] = {groups_of("row", row_of, by_row),
						   groups_of("column", column_of, by_column)};
	const struct calibrate_raking r = {.n = 2, .margin = margins, .eps = 1e-13},
				      one = {.n = 1, .margin = margins};
	double a = (-21 + sqrt(21 * 21 + 160)) / 2, want[] = {a, 5 - a, 4 - a, a + 1};
	struct calibration c;
	struct diag why = {0};

	cr_assert(calibrate_rake(&arena, &s, &r, &c, &why));
	for (size_t i = 0; i < 4; i++)
		check_near(c.weight[i], want[i], "weight", i);
	check_near(c.g_low, (a + 1) / 4, "low", 0);
	cr_expect(c.rounds > 3 && c.rounds < 40);
	cr_assert(calibrate_rake(&arena, &s, &one, &c, &why));
	check_near(c.weight[0], 5.0 / 3, "one margin", 0);
	cr_expect(eq(sz, c.rounds, 2)); /* the second sweep sees that nothing changes */
}

/* With two margins and equal weights, residuals of raking are those of the linear model of both. */
Test(calibrate, residuals_of_what_is_fixed_vanish)
{
	static const char *const designs[] = {"post_clus1", "rake_clus1", "cal_clus1_linear"};
	double *z = arena_new(&arena, ROWS * 3, sizeof *z),
	       *one = arena_new(&arena, ROWS, sizeof *one);

	read_clus1();
	for (size_t k = 0; k < COUNT(designs); k++) {
		struct calibration c = calibrated(span_of(designs[k]), clus1.w);
		double near = k == 1 ? 1e-6 : 1e-9;

		for (size_t i = 0; i < ROWS; i++) {
			z[i * 3] = c.weight[i] * (clus1.type[i] == 1);
			z[i * 3 + 1] = c.weight[i];
			z[i * 3 + 2] = one[i] = c.weight[i] * clus1.api00[i];
		}
		calibrate_residuals(&c, 3, z);
		calibrate_residuals(&c, 1, one);
		for (size_t i = 0; i < ROWS; i++) {
			cr_expect(fabs(z[i * 3]) < near, "%s %g", designs[k], z[i * 3]);
			cr_expect(fabs(z[i * 3 + 1]) < near, "%s", designs[k]);
			cr_expect(eq(dbl, z[i * 3 + 2], one[i]), "columns do not mix");
		}
	}
}

/* Raking to two margins is calibration by exp to their indicators. */
Test(calibrate, raking_is_an_exponential_model)
{
	static const struct text name[] = {TEXT("E"), TEXT("H"), TEXT("M"), TEXT("Yes")};
	static const double total[] = {4421, 755, 1018, 5122};
	double *x = arena_new(&arena, ROWS * 4, sizeof *x);
	struct calibration raked, modelled;
	struct diag why = {0};
	struct greg_model m = {.n = ROWS,
			       .k = 4,
			       .w = clus1.w,
			       .x = x,
			       .total = total,
			       .name = name,
			       .distance = GREG_EXP,
			       .low = -INFINITY,
			       .high = INFINITY};

	read_clus1();
	raked = calibrated(span_of("rake_clus1"), clus1.w);
	for (size_t i = 0; i < ROWS; i++) {
		x[i * 4 + clus1.type[i]] = 1;
		x[i * 4 + 3] = (double)clus1.wide[i];
	}
	cr_assert(calibrate_linear(&arena, &m, &modelled, &why), "%s", why.item[0].words);
	for (size_t i = 0; i < ROWS; i++)
		cr_expect(fabs(modelled.weight[i] / raked.weight[i] - 1) < 1e-8);
	check_near(modelled.g_low, raked.g_low, "low", 0);
	check_near(modelled.g_high, raked.g_high, "high", 0);
}

/* A second calibration starts from the weights of the first; what only the first fixes is undone by
 * it, and in the variance the residuals of the first are taken first. */
Test(calibrate, chained)
{
	struct calibration first, second;
	double sum[3] = {0}, *z = arena_new(&arena, ROWS, sizeof *z);

	read_clus1();
	first = calibrated(span_of("post_clus1"), clus1.w);
	second = calibrated(span_of("cal_clus1_linear"), first.weight);
	for (size_t i = 0; i < ROWS; i++) {
		sum[clus1.type[i]] += second.weight[i];
		z[i] = second.weight[i] * clus1.x[i * 4 + 1];
	}
	for (size_t k = 0; k < 3; k++)
		check_near(sum[k], type_counts[k], "both", k);
	calibrate_residuals(&first, 1, z);
	calibrate_residuals(&second, 1, z);
	for (size_t i = 0; i < ROWS; i++)
		cr_expect(isfinite(z[i]));
}

/* Bounds met, rows there counted; rows of weight 0 kept out of everything. */
Test(calibrate, bounds_and_rows_without_weight)
{
	static const double x[] = {1, 0, 1, 1, 1, 2, 1, 3, 1, 9}, total[] = {4, 8},
			    w[] = {1, 1, 1, 1, 0}, population[] = {6, 7};
	static const size_t of[] = {0, 0, 1, 1, 1};
	const struct calibrate_sample s = {5, w};
	const struct calibrate_groups g = {TEXT("row"), 2, of, population, rows};
	struct calibrate_raking r = {.n = 1, .margin = &g};
	struct greg_model m = {.n = 5,
			       .k = 2,
			       .w = w,
			       .x = x,
			       .total = total,
			       .name = variables,
			       .low = 0.5,
			       .high = 1.55};
	struct calibration c;
	struct diag why = {0};
	double z[] = {1, 2, 3, 4, 0};

	gsl_set_error_handler_off();
	cr_assert(calibrate_linear(&arena, &m, &c, &why));
	cr_expect(eq(sz, c.at_bound, 2));
	check_near(c.g_low, 0.5, "low", 0);
	check_near(c.g_high, 1.55, "high", 0);
	cr_expect(eq(dbl, c.weight[4], 0));
	cr_assert(calibrate_poststratify(&arena, &s, &g, &c, &why));
	calibrate_residuals(&c, 1, z);
	check_near(z[2], -0.5, "z", 2); /* 3 - 3.5 (3 + 4)/7, the means of two rows */
	cr_expect(eq(dbl, z[4], 0));
	cr_assert(calibrate_rake(&arena, &s, &r, &c, &why));
	cr_expect(eq(dbl, c.weight[4], 0));
	check_near(c.weight[2], 3.5, "raked", 2);
	z[2] = 3;
	z[3] = 4;
	calibrate_residuals(&c, 1, z);
	check_near(z[2], -0.5, "raked z", 2);
	cr_expect(eq(sz, why.errors + why.warnings, 0));
}

Test(calibrate, negative_weights_are_told)
{
	static const double x[] = {1, 0, 1, 1, 1, 2, 1, 3}, total[] = {4, 10}, w[] = {1, 1, 1, 1};
	struct greg_model m = {.n = 4,
			       .k = 2,
			       .w = w,
			       .x = x,
			       .total = total,
			       .name = variables,
			       .low = -INFINITY,
			       .high = INFINITY};
	struct calibration c;
	struct diag why = {0};

	gsl_set_error_handler_off();
	cr_assert(calibrate_linear(&arena, &m, &c, &why)); /* g = -0.2 0.6 1.4 2.2 */
	cr_expect(eq(sz, why.errors, 0));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "1 weight becomes negative");
	check_near(c.g_low, -0.2, "low", 0);
	cr_expect(eq(sz, c.at_bound, 0));
}

/* ---- refused ------------------------------------------------------------------------- */

Test(calibrate, groups_refused)
{
	static const size_t outside[] = {0, 1, 2, 0};
	static const struct {
		double w[4], population[2];
		const size_t *of;
		const char *want;
	} cases[] = {
		{{1, 1, 0, 0}, {5, 5}, row_of, "\"b\" of row has a population, but is not in"},
		{{1, 1, 1, 1}, {5, 0}, row_of, "\"b\" of row is in the sample, but its"},
		{{1, 1, 1, 1}, {5, -1}, row_of, "population -1 of group \"b\" of row is no count"},
		{{1, 1, 1, 1}, {NAN, 1}, row_of, "population nan of group \"a\""},
		{{1, 1, 1, 1}, {INFINITY, 1}, row_of, "population inf of group \"a\""},
		{{1, 1, 1, 1}, {5, 5}, outside, "row 3 is in no group of row"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct calibrate_sample s = {4, cases[i].w};
		const struct calibrate_groups g = {TEXT("row"), 2, cases[i].of, cases[i].population,
						   rows};
		struct calibration c;
		struct diag why = {0};

		cr_expect(not(calibrate_poststratify(&arena, &s, &g, &c, &why)), "%zu", i);
		check_problem(&why, 0, DIAG_DATA, "", 0, 0, cases[i].want);
	}
}

/* An empty group of an empty population is no matter. */
Test(calibrate, nobody_of_nobody)
{
	static const double w[] = {1, 3, 0, 0}, population[] = {8, 0};
	const struct calibrate_sample s = {4, w};
	const struct calibrate_groups g = groups_of("row", row_of, population);
	struct calibration c;
	struct diag why = {0};
	double z[] = {1, 1, 0, 0};

	cr_assert(calibrate_poststratify(&arena, &s, &g, &c, &why));
	check_near(c.weight[1], 6, "weight", 1);
	calibrate_residuals(&c, 1, z);
	cr_expect(eq(dbl, z[3], 0));
	check_near(z[0], 1 - 2 * 2.0 / 8, "z", 0); /* z/w' = 1/2 1/6, mean (1/2 + 1/2)/4 */
}

Test(calibrate, raking_refused)
{
	static const double by_row[] = {5, 5}, by_column[] = {4, 6}, other[] = {4, 6.1},
			    near[] = {4, 6.00001}, diagonal[] = {1, 0, 0, 1},
			    empty[] = {1, 1, 0, 0};
	static const struct {
		const double *w, *by_column;
		size_t n, sweeps;
		enum diag_code code;
		const char *want;
	} cases[] = {
		{four, other, 2, 0, DIAG_DATA,
		 "the groups of column add up to 10.1, those of row to 10"},
		{four, near, 2, 0, DIAG_DATA, "the groups of column add up to 10.00001, those"},
		{diagonal, by_column, 2, 0, DIAG_DATA,
		 "raking found no end in 200 sweeps; row was off by 25 %"},
		{four, by_column, 2, 1, DIAG_DATA, "raking found no end in 1 sweeps"},
		{empty, by_column, 2, 0, DIAG_DATA, "\"b\" of row has a population"},
		{four, by_column, 0, 0, DIAG_USAGE, "no margin"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct calibrate_sample s = {4, cases[i].w};
		const struct calibrate_groups margins[] = {
			groups_of("row", row_of, by_row),
			groups_of("column", column_of, cases[i].by_column)};
		const struct calibrate_raking r = {
			.n = cases[i].n, .margin = margins, .sweeps = cases[i].sweeps};
		struct calibration c;
		struct diag why = {0};

		cr_expect(not(calibrate_rake(&arena, &s, &r, &c, &why)), "%zu", i);
		check_problem(&why, 0, cases[i].code, "", 0, 0, cases[i].want);
	}
}

/* As R: the weights stand still, 4 and 6, where the rows should be 5 and 5. */
Test(calibrate, loose_raking_is_told)
{
	static const double by_row[] = {5, 5}, by_column[] = {4, 6}, diagonal[] = {1, 0, 0, 1};
	const struct calibrate_sample s = {4, diagonal};
	const struct calibrate_groups margins[] = {groups_of("row", row_of, by_row),
						   groups_of("column", column_of, by_column)};
	const struct calibrate_raking r = {.n = 2, .margin = margins, .eps = 1, .sweeps = 10};
	struct calibration c;
	struct diag why = {0};

	cr_assert(calibrate_rake(&arena, &s, &r, &c, &why));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "while row was off by 25 %");
	check_near(c.weight[0], 4, "weight", 0);
}

Test(calibrate, model_refused)
{
	static const double x[] = {1, 0, 1, 1}, total[] = {2, 5}, w[] = {1, 1};
	struct greg_model m = {.n = 2,
			       .k = 2,
			       .w = w,
			       .x = x,
			       .total = total,
			       .name = variables,
			       .low = 0,
			       .high = 3};
	struct calibration c;
	struct diag why = {0};

	gsl_set_error_handler_off();
	cr_expect(not(calibrate_linear(&arena, &m, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "from 0 to 3 times the old ones");
}
