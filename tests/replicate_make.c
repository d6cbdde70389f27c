/* Replicates made from a design, against linear variances by hand. */
#include "frames.h"

TestSuite(replicate_make, .fini = clean);

static void check_refused(const struct frame *f, struct replicate_plan plan, enum diag_code code,
			  const char *fragment)
{
	struct made m;
	struct diag why = {0};

	cr_assert(not(replicate_make(&arena, f, &plan, &m.r, &m.factor, &why)), "%s", fragment);
	cr_expect(eq(int, (int)why.item[0].code, (int)code));
	cr_expect(strstr(why.item[0].words, fragment) != NULL, "\"%s\" lacks \"%s\"",
		  why.item[0].words, fragment);
}

/* 1e-9 relative, as for everything of closed form; 1e-12 beside zero. */
static void check_near(double got, double want, const char *what)
{
	cr_expect(fabs(got - want) <= 1e-9 * fabs(want) + 1e-12, "%s: %.17g, not %.17g", what, got,
		  want);
}

/* Variance of the total of one value for each unit. */
static double total_variance(const struct made *m, const double *y, size_t units)
{
	double *theta = arena_new(&arena, m->r.n, sizeof *theta), theta0 = 0, v;

	for (size_t u = 0; u < units; u++) {
		theta0 += y[u];
		for (size_t r = 0; r < m->r.n; r++)
			theta[r] += m->factor[u * m->r.n + r] * y[u];
	}
	replicate_covariance(&m->r, 1, &theta0, theta, &v);
	return v;
}

/* ---- replicates made here ------------------------------------------------------------ */

/* Totals of seven units in three strata: 3 of 10, 2 of 2, 2 of unknown many. */
static const size_t units_3[] = {3, 2, 2};
static const double populations_3[] = {10, 2, INFINITY}, y_3[] = {1, 4, 7, 5, 9, 2, 6};

/* The linear variance of a total: (1 - 3/10) 3/2 (9 + 0 + 9) + 0 + 2 (4 + 4) = 18.9 + 16. */
Test(replicate_make, jkn_is_exact_for_totals)
{
	struct frame f = frame_of(3, units_3, populations_3);
	struct made m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN});

	cr_assert(eq(sz, m.r.n, 5)); /* none in the stratum that was drawn whole */
	check_near(total_variance(&m, y_3, 7), 34.9, "JKn");
	check_near(m.r.scale, 1, "scale");
	check_near(m.r.rscale[0], 2.0 / 3 * 0.7, "rscale");
	check_near(m.r.rscale[4], 0.5, "rscale");
	for (size_t r = 0; r < 5; r++)
		cr_expect(eq(dbl, m.factor[3 * 5 + r], 1));
	m.r.mse = true; /* the mean of the replicates is the estimate, for totals */
	check_near(total_variance(&m, y_3, 7), 34.9, "mse");
}

/* JK1 without a population: n/(n-1) sum (t - mean)^2 = 4/3 (9 + 1 + 1 + 9) = 80/3. */
Test(replicate_make, jk1_is_exact_for_totals)
{
	static const size_t n = 4;
	static const double y[] = {1, 3, 5, 7}, population = 16;
	struct frame f = frame_of(1, &n, NULL), finite = frame_of(1, &n, &population);
	struct made m = make(&f, (struct replicate_plan){.type = REPLICATE_JK1, .mse = true});

	cr_expect(m.r.mse);
	check_near(m.r.scale, 0.75, "scale");
	check_near(total_variance(&m, y, 4), 80.0 / 3, "JK1");
	m = make(&finite, (struct replicate_plan){.type = REPLICATE_JK1});
	cr_expect(not(m.r.mse));
	check_near(total_variance(&m, y, 4), 80.0 / 3 * 0.75, "JK1 of 16");
}

/* Pairs: sum (a - b)^2, whatever rho; 9 strata need 12 replicates. */
Test(replicate_make, brr_is_exact_for_totals)
{
	static const size_t pairs[] = {2, 2, 2, 2, 2, 2, 2, 2, 2};
	static const double y[] = {1, 2, 5, 3, 9, 6, 0, 4, 5, 0, 2, 8, 1, 8, 3, 11, 4, 13};
	struct frame f = frame_of(9, pairs, NULL);
	struct made m = make(&f, (struct replicate_plan){.type = REPLICATE_BRR, .rho = 7});

	cr_assert(eq(sz, m.r.n, 12));
	check_near(m.r.scale, 1.0 / 12, "scale");
	check_near(total_variance(&m, y, 18), 1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81, "BRR");
	for (size_t i = 0; i < 18 * 12; i++)
		cr_expect(m.factor[i] == 0 || m.factor[i] == 2);
	m = make(&f, (struct replicate_plan){.type = REPLICATE_FAY, .rho = 0.3});
	check_near(m.r.scale, 1 / (12 * 0.49), "scale");
	check_near(total_variance(&m, y, 18), 285, "Fay");
	for (size_t i = 0; i < 18 * 12; i++)
		cr_expect(fabs(m.factor[i] - 1) > 0.699 && fabs(m.factor[i] - 1) < 0.701);
}

/* A stratum drawn whole is left alone, and its population is no reason to warn. */
Test(replicate_make, brr_and_populations)
{
	static const double whole[] = {INFINITY, 2, INFINITY}, known[] = {INFINITY, 5, INFINITY};
	static const size_t pairs[] = {2, 2, 2};
	static const double y[] = {1, 2, 5, 3, 9, 6};
	struct frame f = frame_of(3, pairs, whole), g = frame_of(3, pairs, known);
	struct replicate_plan plan = {.type = REPLICATE_BRR};
	struct made m;
	struct diag why = {0};

	cr_assert(replicate_make(&arena, &f, &plan, &m.r, &m.factor, &why));
	cr_expect(eq(sz, why.warnings, 0));
	check_near(total_variance(&m, y, 6), 1 + 9, "whole");
	cr_assert(replicate_make(&arena, &g, &plan, &m.r, &m.factor, &why));
	cr_expect(eq(sz, why.warnings, 1));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "finite population");
	check_near(total_variance(&m, y, 6), 1 + 4 + 9, "known");
}

/* ---- bootstraps ---------------------------------------------------------------------- */

static gsl_rng *seeded(unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	cr_assert(rng != NULL);
	gsl_rng_set(rng, seed);
	return rng;
}

static struct made bootstrap(const struct frame *f, struct replicate_plan plan, unsigned long seed)
{
	struct made m;

	plan.rng = seeded(seed);
	m = make(f, plan);
	gsl_rng_free(plan.rng);
	return m;
}

/* Of 4000 replicates, a variance has a standard error of at most 3 % (kurtosis 4 or less): 12 % is
 * four of them. The strata of units_3, a total: 34.9. m = 1 in strata of 3 and 2. */
Test(replicate_make, bootstraps_agree_with_the_linear_variance)
{
	static const struct {
		enum replicate_type type;
		double m;
	} cases[] = {{REPLICATE_BOOTSTRAP, 0}, {REPLICATE_RAOWU, 0}, {REPLICATE_RAOWU, 1}};
	struct frame f = frame_of(3, units_3, populations_3);

	for (size_t k = 0; k < COUNT(cases); k++) {
		struct made m = bootstrap(&f,
					  (struct replicate_plan){.type = cases[k].type,
								  .m = cases[k].m,
								  .bootstrap_n = 4000},
					  17 + k);
		double v = total_variance(&m, y_3, 7);

		cr_assert(eq(sz, m.r.n, 4000));
		check_near(m.r.scale, 1.0 / 3999, "scale");
		cr_expect(fabs(v / 34.9 - 1) < 0.12, "%zu: %g", k, v);
		for (size_t r = 0; r < m.r.n; r++) {
			double sum = 0;

			for (size_t u = 0; u < 3; u++)
				sum += m.factor[u * m.r.n + r];
			cr_expect(fabs(sum - 3) < 1e-12); /* the stratum keeps its size */
			cr_expect(eq(dbl, m.factor[3 * m.r.n + r], 1));
		}
	}
}

/* By hand: m = 1 of n = 3, f = 0.3: l = sqrt(0.7/2), drawn 1 - l + 3l, else 1 - l. */
Test(replicate_make, raowu_factors)
{
	static const size_t n = 3;
	static const double population = 10;
	struct frame f = frame_of(1, &n, &population);
	struct made m = bootstrap(
		&f, (struct replicate_plan){.type = REPLICATE_RAOWU, .m = 1, .bootstrap_n = 50}, 1);
	double l = sqrt(0.35);
	size_t drawn[3] = {0};

	for (size_t u = 0; u < 3; u++)
		for (size_t r = 0; r < 50; r++) {
			double x = m.factor[u * 50 + r];

			cr_expect(fabs(x - (1 + 2 * l)) < 1e-12 || fabs(x - (1 - l)) < 1e-12);
			drawn[u] += x > 1;
		}
	cr_expect(eq(sz, drawn[0] + drawn[1] + drawn[2], 50));
	cr_expect(drawn[0] > 5 && drawn[1] > 5 && drawn[2] > 5); /* 50/3 less 3.5 of 3.3 */
}

static double largest(const struct made *m, size_t unit)
{
	double most = 0;

	for (size_t r = 0; r < m->r.n; r++)
		most = fmax(most, m->factor[unit * m->r.n + r]);
	return most;
}

/* One stratum of 15. Drawn without replacement from N = 30, two copies, the variance is that of a
 * simple random sample, V (1 - 15/30), times N/(N - 1), as the copies are the population. From
 * N = 20, five units have a second copy. */
Test(replicate_make, canty_and_davison)
{
	static const size_t n = 15;
	static const double thirty = 30, twenty = 20, many = 1500,
			    y[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
	struct frame f = frame_of(1, &n, NULL), of30 = frame_of(1, &n, &thirty),
		     of20 = frame_of(1, &n, &twenty), of1500 = frame_of(1, &n, &many);
	struct replicate_plan plan = {.type = REPLICATE_CANTY, .bootstrap_n = 4000};
	struct made m = bootstrap(&f, plan, 5);
	double mean = 77.0 / 15, v = 0;
	size_t twice = 0;

	for (size_t i = 0; i < n; i++)
		v += (y[i] - mean) * (y[i] - mean) * 15 / 14;
	check_near(m.r.scale, 15.0 / 14 / 3999, "scale");
	cr_expect(fabs(total_variance(&m, y, n) / v - 1) < 0.12);
	for (size_t r = 0; r < 4000; r++) {
		double sum = 0;

		for (size_t u = 0; u < n; u++)
			sum += m.factor[u * 4000 + r];
		cr_expect(eq(dbl, sum, 15));
	}
	cr_expect(largest(&m, 0) > 3);
	m = bootstrap(&of30, plan, 6);
	cr_expect(fabs(total_variance(&m, y, n) / (v * 0.5 * 30 / 29) - 1) < 0.12);
	m = bootstrap(&of20, plan, 6);
	for (size_t u = 0; u < n; u++)
		twice += largest(&m, u) == 2;
	cr_expect(eq(sz, twice, 5));
	m = bootstrap(&of1500, plan, 5); /* 1 % or less: as if without end */
	cr_expect(largest(&m, 0) > 3);
}

/* Harmonic mean of 3, 2 and (whole, not counted) 2: 2.4. */
Test(replicate_make, canty_scale_of_strata)
{
	struct frame f = frame_of(3, units_3, populations_3);
	struct made m = bootstrap(
		&f, (struct replicate_plan){.type = REPLICATE_CANTY, .bootstrap_n = 11}, 1);

	check_near(m.r.scale, 2.4 / 1.4 / 10, "scale");
	for (size_t r = 0; r < 11; r++)
		cr_expect(eq(dbl, m.factor[3 * 11 + r], 1)); /* drawn whole: left alone */
	m = bootstrap(&f, (struct replicate_plan){.type = REPLICATE_CANTY, .bootstrap_n = 2}, 1);
	cr_expect(eq(sz, m.r.n, 2));
}

/* Rao and Wu without populations: n_h/(n_h - 1) times drawn, n_h - 1 draws. */
Test(replicate_make, bootstrap_factors)
{
	struct frame f = frame_of(3, units_3, NULL);
	struct made m = bootstrap(
		&f, (struct replicate_plan){.type = REPLICATE_BOOTSTRAP, .m = 5, .bootstrap_n = 30},
		1);

	for (size_t r = 0; r < 30; r++) {
		double times = 0;

		for (size_t u = 0; u < 3; u++) {
			double t = m.factor[u * 30 + r] * 2 / 3;

			cr_expect(fabs(t - round(t)) < 1e-12);
			times += t;
		}
		check_near(times, 2, "draws");
		cr_expect(m.factor[3 * 30 + r] == 0 || m.factor[3 * 30 + r] == 2);
	}
}

Test(replicate_make, one_seed_one_bootstrap)
{
	struct frame f = frame_of(3, units_3, populations_3);
	struct replicate_plan plan = {.type = REPLICATE_BOOTSTRAP, .bootstrap_n = 40};
	struct made a = bootstrap(&f, plan, 3), b = bootstrap(&f, plan, 3),
		    c = bootstrap(&f, plan, 4);

	cr_expect(memcmp(a.factor, b.factor, 7 * 40 * sizeof *a.factor) == 0);
	cr_expect(memcmp(a.factor, c.factor, 7 * 40 * sizeof *a.factor) != 0);
}

/* ---- strata with one unit ------------------------------------------------------------ */

/* Strata of 1 (of 5), 2 and 1 (of 1, so whole); totals 3, 4 8, 6. */
static const size_t units_1[] = {1, 2, 1};
static const double populations_1[] = {5, INFINITY, 1}, y_1[] = {3, 4, 8, 6};

Test(replicate_make, lonely_units)
{
	struct frame f = frame_of(3, units_1, populations_1),
		     two = frame_of(2, units_1, populations_1);
	struct made m;

	m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN, .lonely = LONELY_REMOVE});
	cr_assert(eq(sz, m.r.n, 2));
	check_near(total_variance(&m, y_1, 4), 16, "remove"); /* 2 (4 + 4) */
	cr_expect(eq(dbl, m.factor[0], 1));
	m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN, .lonely = LONELY_CERTAINTY});
	check_near(total_variance(&m, y_1, 4), 16, "certainty");
	m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN, .lonely = LONELY_AVERAGE});
	check_near(m.r.scale, 1.5, "average"); /* three strata, two of which speak */
	check_near(total_variance(&m, y_1, 4), 24, "average");
	m = make(&f, (struct replicate_plan){
			     .type = REPLICATE_JKN, .lonely = LONELY_ADJUST, .mse = true});
	cr_assert(eq(sz, m.r.n, 3));
	check_near(m.r.rscale[0], 2.0 / 3, "adjust");
	check_near(m.factor[0 * 3], 0, "adjust");
	check_near(m.factor[1 * 3], 1.5, "adjust");
	check_near(m.factor[3 * 3], 1.5, "adjust");
	/* replicate 0 gives 1.5 (4 + 8 + 6) = 27 for 21: 2/3 36 = 24 */
	check_near(total_variance(&m, y_1, 4), 40, "adjust");
	check_near(m.r.rscale[1], 0.5, "adjust");
	m = make(&two, (struct replicate_plan){.type = REPLICATE_JKN, .lonely = LONELY_ADJUST});
	check_near(m.factor[1 * 3], 2, "adjust"); /* of two strata */
	m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN, .lonely = LONELY_COLLAPSE});
	check_near(total_variance(&m, y_1, 4), 16, "none to join");
	m = bootstrap(&f,
		      (struct replicate_plan){.type = REPLICATE_BOOTSTRAP,
					      .bootstrap_n = 10,
					      .lonely = LONELY_AVERAGE},
		      1);
	check_near(m.r.scale, 1.5 / 9, "bootstrap");
	for (size_t r = 0; r < 10; r++)
		cr_expect(eq(dbl, m.factor[r], 1));
}

/* A stratum whose only unit went to its neighbour: 3 of 10, none, 2 of 2, as in units_3. */
Test(replicate_make, strata_without_units)
{
	static const size_t units[] = {3, 0, 2, 2, 0};
	static const double populations[] = {10, 4, 2, INFINITY, 1};
	struct frame f = frame_of(5, units, populations);
	struct replicate_plan plan = {
		.type = REPLICATE_JKN, .bootstrap_n = 4000, .lonely = LONELY_AVERAGE};
	struct made m = make(&f, plan);

	check_near(total_variance(&m, y_3, 7), 34.9, "JKn");
	plan.type = REPLICATE_BOOTSTRAP;
	m = bootstrap(&f, plan, 8);
	cr_expect(fabs(total_variance(&m, y_3, 7) / 34.9 - 1) < 0.12);
	plan.type = REPLICATE_CANTY;
	m = bootstrap(&f, plan, 8);
	check_near(m.r.scale, 2.4 / 1.4 / 3999, "harmonic mean of two strata");
}

Test(replicate_make, refused)
{
	static const size_t two[] = {2, 3}, one[] = {1, 1}, single[] = {1}, whole[] = {3};
	static const double three = 3, unknown[] = {INFINITY, 7};
	struct frame strata = frame_of(2, two, NULL), lonely = frame_of(2, one, unknown),
		     alone = frame_of(1, single, NULL), all = frame_of(1, whole, &three),
		     mixed = frame_of(3, units_1, populations_1),
		     large = {.stage[0] = {.n_strata = 1, .n_units = 20000}};
	struct replicate_plan jkn = {.type = REPLICATE_JKN};
	struct frame_stratum h = {.units = 20000, .population = INFINITY};

	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_JK1}, DIAG_DATA,
		      "without strata; this has 2");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_BRR}, DIAG_DATA,
		      "stratum \"h2\" has 3 units; balanced replicates need two");
	check_refused(&lonely, jkn, DIAG_DATA, "stratum \"h1\" has 1 unit; no variance");
	jkn.lonely = LONELY_REMOVE;
	check_refused(&lonely, jkn, DIAG_DATA, "no stratum can have replicates");
	jkn.lonely = LONELY_COLLAPSE;
	check_refused(&alone, jkn, DIAG_DATA, "no stratum can have replicates");
	jkn.lonely = LONELY_ADJUST;
	check_refused(&alone, jkn, DIAG_DATA, "cannot be adjusted");
	jkn.type = REPLICATE_BRR;
	check_refused(&mixed, jkn, DIAG_DATA, "stratum \"h1\" has 1 unit; such a stratum cannot");
	alone.stage[0].stratum[0].name = (struct text){"", 0}; /* no strata */
	check_refused(&alone, (struct replicate_plan){.type = REPLICATE_JK1}, DIAG_DATA,
		      "the sample has 1 unit; no variance");
	check_refused(&all, (struct replicate_plan){.type = REPLICATE_JK1}, DIAG_DATA,
		      "drawn whole");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_GIVEN}, DIAG_USAGE,
		      "\"other\" can be given, but not made");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_SDR}, DIAG_USAGE, "SDR");
	check_refused(&strata,
		      (struct replicate_plan){.type = REPLICATE_BOOTSTRAP, .bootstrap_n = 1},
		      DIAG_USAGE, "1 bootstrap replicates; two at least");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_RAOWU}, DIAG_USAGE,
		      "0 bootstrap replicates");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_CANTY, .bootstrap_n = 1},
		      DIAG_USAGE, "1 bootstrap replicates");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_FAY, .rho = 1}, DIAG_USAGE,
		      "rho of Fay's method is 1");
	check_refused(&strata, (struct replicate_plan){.type = REPLICATE_FAY, .rho = -0.1},
		      DIAG_USAGE, "rho of Fay's method is -0.1");
	check_refused(&strata,
		      (struct replicate_plan){.type = REPLICATE_RAOWU, .m = 1.5, .bootstrap_n = 9},
		      DIAG_USAGE, "1.5 is no number of draws");
	check_refused(&strata,
		      (struct replicate_plan){.type = REPLICATE_RAOWU, .m = -1, .bootstrap_n = 9},
		      DIAG_USAGE, "-1 is no number of draws");
	large.stage[0].stratum = &h;
	large.stage[0].unit = arena_new(&arena, 20000, sizeof(struct frame_unit));
	check_refused(&large, (struct replicate_plan){.type = REPLICATE_JK1}, DIAG_DATA,
		      "20000 replicates of 20000 units");
}

Test(replicate_make, more_draws_than_units_is_told)
{
	static const size_t n = 4;
	struct frame f = frame_of(1, &n, NULL);
	struct replicate_plan plan = {.type = REPLICATE_RAOWU, .m = 4, .bootstrap_n = 20};
	struct made m;
	struct diag why = {0};

	plan.rng = seeded(2);
	cr_assert(replicate_make(&arena, &f, &plan, &m.r, &m.factor, &why));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "4 draws");
	plan.m = 3;
	cr_assert(replicate_make(&arena, &f, &plan, &m.r, &m.factor, &why));
	cr_expect(eq(sz, why.warnings, 1));
	gsl_rng_free(plan.rng);
}
