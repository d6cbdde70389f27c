/* Twelve units. Sets with draws: 400 000 draws in base R (matrix algebra, nothing shared with the
 * module); a bound is left out where |T - c| is below 0.01, the error of 100 000 draws being about
 * 0.004. Sets without draws: R's p.adjust, qnorm and qt. */
#include "help.h"

#include "analysis/rankset.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

TestSuite(rankset, .fini = clean);

#define N 12

static const double estimate[N] = {91.2, 90.4, 88.1, 87.9, 87.0, 85.5,
				   85.2, 84.9, 83.0, 82.2, 79.9, 78.0},
		    se[N] = {0.9, 1.2, 0.4, 1.1, 0.7, 2.0, 0.5, 0.8, 1.0, 0.6, 1.3, 0.9},
		    df[N] = {10, 12, 8, 30, 23, 5, 40, 9, 15, 22, 6, 11};

static const struct rankset_draws *draws_of(size_t n, const double *correlation, unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct rankset_draws *d = rankset_draw(&arena, n, correlation, 100000, rng, seed);

	gsl_rng_free(rng);
	return d;
}

/* Correlation r between any two. */
static const double *alike(size_t n, double r)
{
	double *m = arena_new(&arena, n * n, sizeof *m);

	for (size_t i = 0; i < n * n; i++)
		m[i] = i % (n + 1) ? r : 1;
	return m;
}

static void check_sets(const struct rankset *got, const int *low, const int *high)
{
	for (size_t i = 0; i < N; i++) {
		cr_expect(low[i] == 0 || got[i].low == (size_t)low[i], "unit %zu", i);
		cr_expect(high[i] == 0 || got[i].high == (size_t)high[i], "unit %zu", i);
	}
}

Test(rankset, names)
{
	enum rankset_method m = RANKSET__COUNT;

	for (int i = 0; i < RANKSET__COUNT; i++) {
		cr_assert(rankset_find(span_of(rankset_name((enum rankset_method)i)), &m));
		cr_expect(eq(int, (int)m, i));
	}
	cr_expect(not(rankset_find(span_of("Holm"), &m)));
	cr_expect(not(rankset_find(span_of(""), &m)));
	cr_expect(not(rankset_is_drawn(RANKSET_HOLM)));
	cr_expect(rankset_is_drawn(RANKSET_MARGINAL));
}

Test(rankset, step_down_and_single_step)
{
	static const int low[N] = {1, 1, 2, 1, 2, 1, 4, 4, 6, 7, 8, 11},
			 high[N] = {4, 6, 6, 8, 8, 11, 9, 10, 11, 11, 12, 12},
			 single_low[N] = {1, 1, 1, 1, 2, 1, 4, 4, 6, 7, 8, 11},
			 single_high[N] = {5, 6, 6, 8, 8, 11, 9, 10, 11, 11, 12, 12};
	struct rankset_units u = {.n = N, .estimate = estimate, .se = se};
	const struct rankset_draws *d = draws_of(N, NULL, 1);
	struct rankset got[N];
	double c;

	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, d, got, &c);
	check_sets(got, low, high);
	cr_expect(epsilon_eq(dbl, c, 3.1293, 0.015)); /* 3.2176, 3.1336, 3.1293 */
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, d, got, &c);
	check_sets(got, single_low, single_high);
	cr_expect(epsilon_eq(dbl, c, 3.2170, 0.015));
}

Test(rankset, marginal)
{
	static const int low[N] = {1, 1, 2, 1, 2, 2, 4, 4, 6, 8, 8, 11},
			 high[N] = {0, 6, 6, 8, 8, 11, 9, 9, 11, 11, 12, 12};
	struct rankset_units u = {.n = N, .estimate = estimate, .se = se};
	struct rankset got[N];

	rankset_sets(&arena, &u, RANKSET_MARGINAL, 0.95, draws_of(N, NULL, 1), got, NULL);
	check_sets(got, low, high);
}

Test(rankset, correlated_estimates)
{
	static const int low[N] = {1, 1, 2, 2, 3, 2, 4, 4, 6, 8, 9, 11},
			 high[N] = {2, 5, 6, 8, 8, 10, 9, 9, 11, 11, 12, 12};
	struct rankset_units u = {
		.n = N, .estimate = estimate, .se = se, .correlation = alike(N, 0.5)};
	struct rankset got[N];
	double c;

	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, draws_of(N, u.correlation, 1), got,
		     &c);
	check_sets(got, low, high);
	cr_expect(epsilon_eq(dbl, c, 3.1207, 0.015));
}

/* Correlations of -1 among three cannot be; singular ones (all the same) can. */
Test(rankset, correlations_that_cannot_be)
{
	gsl_set_error_handler_off(); /* as main does */
	cr_expect(draws_of(3, alike(3, -1), 1) == NULL);
	cr_expect(draws_of(3, alike(3, 1), 1) != NULL);
}

Test(rankset, degrees_of_freedom)
{
	static const int low[N] = {1, 1, 1, 1, 2, 1, 4, 3, 4, 7, 6, 10},
			 high[N] = {5, 6, 7, 9, 9, 12, 10, 11, 11, 11, 12, 12},
			 holm_low[N] = {1, 1, 1, 1, 1, 1, 3, 2, 4, 7, 6, 9},
			 holm_high[N] = {6, 8, 7, 9, 9, 12, 10, 11, 12, 11, 12, 12},
			 kww_low[N] = {1, 1, 1, 1, 1, 1, 2, 1, 3, 6, 4, 8},
			 kww_high[N] = {7, 9, 8, 10, 10, 12, 11, 11, 12, 12, 12, 12};
	struct rankset_units u = {.n = N, .estimate = estimate, .se = se, .df = df};
	struct rankset got[N];

	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, draws_of(N, NULL, 1), got, NULL);
	check_sets(got, low, high);
	rankset_sets(&arena, &u, RANKSET_HOLM, 0.95, NULL, got, NULL);
	check_sets(got, holm_low, holm_high);
	rankset_sets(&arena, &u, RANKSET_KWW, 0.95, NULL, got, NULL);
	check_sets(got, kww_low, kww_high);
}

/* T = 7.9 / sqrt(1 + 9). Many degrees of freedom by Satterthwaite's, 2 of the unit that has the
 * smaller error (qt(0.975, 2) = 4.30, of infinite ones it is 1.96); four are not few: (1 + 9)^2 /
 * (1/4 + 0) = 400. A unit without error has no say. */
Test(rankset, few_degrees_of_freedom)
{
	static const double two[] = {7.9, 0}, errors[] = {1, 3}, none[] = {0, 3},
			    few[] = {2, INFINITY}, four[] = {4, INFINITY}, one[] = {1, INFINITY};
	struct rankset_units u = {.n = 2, .estimate = two, .se = errors, .df = few};
	struct rankset got[2];

	rankset_sets(&arena, &u, RANKSET_HOLM, 0.95, NULL, got, NULL); /* T = 2.498 */
	cr_expect(eq(sz, got[0].high, 2));
	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, draws_of(2, NULL, 1), got, NULL);
	cr_expect(eq(sz, got[0].high, 2));
	u.df = four;
	rankset_sets(&arena, &u, RANKSET_HOLM, 0.95, NULL, got, NULL);
	cr_expect(eq(sz, got[0].high, 1));
	u.se = none;
	u.df = one;
	rankset_sets(&arena, &u, RANKSET_HOLM, 0.95, NULL, got, NULL); /* T = 2.63 */
	cr_expect(eq(sz, got[0].high, 1));
}

/* The pairs of one of two units are two: T = 2.45 over qt(0.975, 5) / qnorm(0.975) = 1.3116 is
 * 1.868; by one pair alone it would be 2.45 / 1.2250 = 2.0. */
Test(rankset, marginal_degrees_of_freedom)
{
	static const double two[] = {2.45, 0}, errors[] = {1, 0}, five[] = {5, INFINITY};
	struct rankset_units u = {.n = 2, .estimate = two, .se = errors, .df = five};
	struct rankset got[2];

	rankset_sets(&arena, &u, RANKSET_MARGINAL, 0.95, draws_of(2, NULL, 1), got, NULL);
	cr_expect(got[0].high == 2 && got[1].low == 1);
	u.df = NULL;
	rankset_sets(&arena, &u, RANKSET_MARGINAL, 0.95, draws_of(2, NULL, 1), got, NULL);
	cr_expect(got[0].high == 1 && got[1].low == 2);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The second unit has no error: the largest difference of a draw is the size of its first number.
 * The quantile is GSL's, which is R's type 7. */
Test(rankset, critical_value_is_a_quantile_of_the_draws)
{
	static const double two[] = {0, 0}, errors[] = {1, 0};
	struct rankset_units u = {.n = 2, .estimate = two, .se = errors};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct rankset_draws *d = rankset_draw(&arena, 2, NULL, 1000, rng, 3);
	struct rankset got[2];
	double size[1000], c;

	gsl_rng_set(rng, 3);
	for (size_t i = 0; i < COUNT(size); i++) {
		size[i] = fabs((double)(float)gsl_ran_gaussian_ziggurat(rng, 1));
		gsl_ran_gaussian_ziggurat(rng, 1);
	}
	gsl_rng_free(rng);
	qsort(size, COUNT(size), sizeof *size, by_size);
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.9, d, got, &c);
	cr_expect(epsilon_eq(dbl, c, gsl_stats_quantile_from_sorted_data(size, 1, COUNT(size), 0.9),
			     1e-12));
}

/* Two halves, alike inside: 132 ordered pairs, and one difference in them, 1.95996. */
Test(rankset, fewer_differences_than_pairs)
{
	static const double same[N] = {0};
	double ones[N], *m = arena_new(&arena, N * N, sizeof *m), c;
	struct rankset_units u = {.n = N, .estimate = same, .se = ones, .correlation = m};
	struct rankset got[N];

	for (size_t i = 0; i < N * N; i++) {
		m[i] = (i / N < N / 2) == (i % N < N / 2) ? 1 : 0;
		ones[i % N] = 1;
	}
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, draws_of(N, m, 1), got, &c);
	cr_expect(epsilon_eq(dbl, c, 1.95996398454005, 0.02));
}

Test(rankset, without_draws)
{
	static const struct {
		enum rankset_method method;
		int low[N], high[N];
	} cases[] = {
		{RANKSET_HOLM,
		 {1, 1, 1, 1, 2, 1, 4, 4, 5, 7, 7, 11},
		 {5, 6, 6, 8, 9, 11, 9, 11, 11, 11, 12, 12}},
		{RANKSET_BONFERRONI,
		 {1, 1, 1, 1, 2, 1, 4, 4, 4, 7, 7, 11},
		 {5, 6, 6, 9, 9, 11, 9, 11, 11, 11, 12, 12}},
		{RANKSET_SIDAK,
		 {1, 1, 1, 1, 2, 1, 4, 4, 4, 7, 7, 11},
		 {5, 6, 6, 9, 9, 11, 9, 11, 11, 11, 12, 12}},
		{RANKSET_KWW,
		 {1, 1, 1, 1, 1, 1, 4, 2, 4, 6, 7, 8},
		 {6, 7, 7, 9, 9, 12, 10, 11, 12, 12, 12, 12}},
	};
	struct rankset_units u = {.n = N, .estimate = estimate, .se = se};
	struct rankset got[N];
	double c;

	for (size_t i = 0; i < COUNT(cases); i++) {
		rankset_sets(&arena, &u, cases[i].method, 0.95, NULL, got, &c);
		check_sets(got, cases[i].low, cases[i].high);
		cr_expect(isnan(c));
	}
}

/* Of three units Sidak's tail is (1 - 0.95^(1/3)) / 2 = 0.0084762, Bonferroni's 0.05 / 6 =
 * 0.0083333: T = 2.39 is between the quantiles 2.38774 and 2.39398. Holm begins as Bonferroni. Of
 * two units there is one |T|, and nothing to adjust: 1.95996 for all (by each ordered pair alone
 * it would be 1.95449, and the sets of two equal units held in 94.94 % only). */
Test(rankset, one_step_methods_differ)
{
	static const double three[] = {2.39, 0, 1.2}, one[] = {1, 0, 1e3}, two[] = {1.957, 0},
			    alone[] = {1, 0};
	struct rankset_units u = {.n = 3, .estimate = three, .se = one},
			     v = {.n = 2, .estimate = two, .se = alone};
	struct rankset got[3];

	rankset_sets(&arena, &u, RANKSET_BONFERRONI, 0.95, NULL, got, NULL);
	cr_expect(eq(sz, got[0].high, 3));
	rankset_sets(&arena, &u, RANKSET_HOLM, 0.95, NULL, got, NULL);
	cr_expect(eq(sz, got[0].high, 3));
	rankset_sets(&arena, &u, RANKSET_SIDAK, 0.95, NULL, got, NULL);
	cr_expect(eq(sz, got[0].high, 2));
	cr_expect(eq(sz, got[1].low, 2));
	rankset_sets(&arena, &v, RANKSET_SIDAK, 0.95, NULL, got, NULL);
	cr_expect(eq(sz, got[0].high, 2));
}

/* Two units: the larger of Z and -Z, so its median is the quantile 0.75 of the normal. */
Test(rankset, half_of_the_confidence)
{
	static const double two[] = {0.6, 0}, alone[] = {1, 0};
	struct rankset_units u = {.n = 2, .estimate = two, .se = alone};
	struct rankset got[2];
	double c;

	for (int m = RANKSET_SIMULTANEOUS; m <= RANKSET_SINGLE; m++) {
		rankset_sets(&arena, &u, (enum rankset_method)m, 0.5, draws_of(2, NULL, 1), got,
			     &c);
		cr_expect(epsilon_eq(dbl, c, 0.674489750196082, 0.01));
		cr_expect(got[0].high == 2 && got[1].low == 1);
	}
}

/* Without error places are known, and equal values share them; one unit has rank 1. */
Test(rankset, without_error)
{
	static const double values[] = {3, 2, 2, 1}, none[] = {0, 0, 0, 0};
	static const size_t low[] = {1, 2, 2, 4}, high[] = {1, 3, 3, 4};
	struct rankset_units u = {.n = 4, .estimate = values, .se = none};
	struct rankset got[4];

	for (int m = 0; m < RANKSET__COUNT; m++) {
		rankset_sets(&arena, &u, (enum rankset_method)m, 0.95, draws_of(4, NULL, 1), got,
			     NULL);
		for (size_t i = 0; i < 4; i++) {
			cr_expect(eq(sz, got[i].low, low[i]), "%s",
				  rankset_name((enum rankset_method)m));
			cr_expect(eq(sz, got[i].high, high[i]));
		}
	}
	u.n = 1;
	rankset_sets(&arena, &u, RANKSET_MARGINAL, 0.95, draws_of(1, NULL, 1), got, NULL);
	cr_expect(eq(sz, got[0].low, 1));
	cr_expect(eq(sz, got[0].high, 1));
}

/* Nobody can be told from anybody: step-down ends at once. Two units far apart: nothing is left. */
Test(rankset, all_or_nothing)
{
	static const double same[] = {1, 1, 1}, wide[] = {5, 6, 7}, far[] = {100, 0},
			    small[] = {1, 1};
	struct rankset_units u = {.n = 3, .estimate = same, .se = wide},
			     v = {.n = 2, .estimate = far, .se = small};
	struct rankset got[3];

	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, draws_of(3, NULL, 1), got, NULL);
	for (size_t i = 0; i < 3; i++)
		cr_expect(got[i].low == 1 && got[i].high == 3);
	rankset_sets(&arena, &v, RANKSET_SIMULTANEOUS, 0.95, draws_of(2, NULL, 1), got, NULL);
	cr_expect(got[0].high == 1 && got[1].low == 2);
}

/* Two pairs, T = 2.5 inside each: below the first critical value, above the second. R, 2 000 000
 * draws: 2.5672, 2.4334, 2.3273. */
Test(rankset, later_steps_tell_more)
{
	static const double values[] = {100, 100 - 3.5355, 0, -3.5355}, one[] = {1, 1, 1, 1};
	struct rankset_units u = {.n = 4, .estimate = values, .se = one};
	const struct rankset_draws *d = draws_of(4, NULL, 1);
	struct rankset got[4];
	double c;

	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, d, got, &c);
	cr_expect(epsilon_eq(dbl, c, 2.5672, 0.015));
	cr_expect(got[0].high == 2 && got[1].low == 1 && got[2].high == 4 && got[3].low == 3);
	rankset_sets(&arena, &u, RANKSET_SIMULTANEOUS, 0.95, d, got, &c);
	cr_expect(epsilon_eq(dbl, c, 2.3273, 0.015));
	cr_expect(got[0].high == 1 && got[1].low == 2 && got[2].high == 3 && got[3].low == 4);
}

/* Errors beyond a float: nothing is told apart, and nothing breaks. */
Test(rankset, errors_beyond_measure)
{
	static const double values[] = {1, 2, 3}, huge[] = {1e300, 1e300, 1e300};
	struct rankset_units u = {.n = 3, .estimate = values, .se = huge};
	struct rankset got[3];

	for (int m = 0; m < RANKSET__COUNT; m++) {
		rankset_sets(&arena, &u, (enum rankset_method)m, 0.95, draws_of(3, NULL, 1), got,
			     NULL);
		for (size_t i = 0; i < 3; i++)
			cr_expect(got[i].low == 1 && got[i].high == 3);
	}
}

Test(rankset, same_seed_same_sets)
{
	struct rankset_units u = {.n = N, .estimate = estimate, .se = se};
	struct rankset got[N];
	double first, again, other;

	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, draws_of(N, NULL, 7), got, &first);
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, draws_of(N, NULL, 7), got, &again);
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, draws_of(N, NULL, 8), got, &other);
	cr_expect(eq(dbl, first, again));
	cr_expect(ne(dbl, first, other));
}

/* z / mean of (s_j + s_k) / sqrt(s_j^2 + s_k^2), in R. Equal errors: z / sqrt(2). */
Test(rankset, whiskers)
{
	static const double same[] = {2, 2, 2};

	cr_expect(epsilon_eq(dbl, rankset_whisker(se, N, 0.95), 1.43911749410654, 1e-13));
	cr_expect(epsilon_eq(dbl, rankset_whisker(same, 3, 0.95), 1.95996398454005423552 / sqrt(2),
			     1e-13));
	cr_expect(isnan(rankset_whisker(same, 1, 0.95)));
}

/* Of 130 equal errors the largest difference of a draw is its range, over sqrt(2): worked out anew
 * from the same random numbers. Many units are sorted in another way than few. */
Test(rankset, critical_value_of_many_units)
{
	enum { MANY = 130, DRAWS = 1000 };
	double value[MANY], ones[MANY], range[DRAWS], critical, want;
	struct rankset_units u = {.n = MANY, .estimate = value, .se = ones};
	struct rankset got[MANY];
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct rankset_draws *d = rankset_draw(&arena, MANY, NULL, DRAWS, rng, 5);

	gsl_rng_set(rng, 5);
	for (size_t r = 0; r < DRAWS; r++) {
		float least = INFINITY, most = -INFINITY;

		for (size_t i = 0; i < MANY; i++) {
			float e = (float)gsl_ran_gaussian_ziggurat(rng, 1);

			least = fminf(least, e);
			most = fmaxf(most, e);
		}
		range[r] = (most - least) / sqrt(2);
	}
	gsl_rng_free(rng);
	qsort(range, DRAWS, sizeof *range, by_size);
	want = gsl_stats_quantile_from_sorted_data(range, 1, DRAWS, 0.95);
	for (size_t i = 0; i < MANY; i++) {
		value[i] = (double)i / MANY;
		ones[i] = 1;
	}
	rankset_sets(&arena, &u, RANKSET_SINGLE, 0.95, d, got, &critical);
	cr_expect(fabs(critical - want) < 1e-5, "%.9g, not %.9g", critical, want);
}
