/* Quantiles and intervals of the API schools (tests/reference/SOURCE.md) as R survey 4.1 gives
 * them; the rest by hand. */
#include "help.h"

#include "estimate/quantile.h"
#include "input/table.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(quantile, .fini = clean);

/* ---- the schools --------------------------------------------------------------------- */

struct schools {
	size_t n;
	double *y, *w, *psu, *population;
	struct text *stratum;
	struct quantile_sample sorted;
};

static double number_at(const struct table *t, size_t row, const char *column)
{
	struct diag why = {0};
	double x;

	cr_assert(table_find(t, column) != TABLE_NO_COLUMN, "%s", column);
	cr_assert(table_number(&arena, t, row, table_find(t, column), &x, &why), "%s",
		  why.item[0].words);
	return x;
}

static struct table read_reference(const char *path)
{
	struct diag why = {0};
	struct table t;

	cr_assert(table_read(&arena, path, true, &t, &why), "%s", why.item[0].words);
	return t;
}

/* srs: every row a unit; strat: strata stype; clus1: units dnum. Populations but for srs. */
static struct schools read_schools(const struct table *t, struct text design, const char *variable)
{
	struct schools s = {0};
	double *y, *w;

	s.y = arena_new(&arena, t->rows, sizeof *s.y);
	s.w = arena_new(&arena, t->rows, sizeof *s.w);
	s.psu = arena_new(&arena, t->rows, sizeof *s.psu);
	s.population = arena_new(&arena, t->rows, sizeof *s.population);
	s.stratum = arena_new(&arena, t->rows, sizeof *s.stratum);
	for (size_t i = 0; i < t->rows; i++) {
		if (!span_equal(table_cell(t, i, table_find(t, "design")), design))
			continue;
		s.y[s.n] = number_at(t, i, variable);
		s.w[s.n] = number_at(t, i, "pw");
		s.psu[s.n] = span_is(design, "clus1") ? number_at(t, i, "dnum") : (double)i;
		s.population[s.n] = span_is(design, "srs") ? INFINITY : number_at(t, i, "fpc");
		if (span_is(design, "strat"))
			s.stratum[s.n] = table_cell(t, i, table_find(t, "stype"));
		s.n++;
	}
	y = arena_new(&arena, s.n, sizeof *y);
	w = arena_new(&arena, s.n, sizeof *w);
	memcpy(y, s.y, s.n * sizeof *y);
	memcpy(w, s.w, s.n * sizeof *w);
	quantile_sort(s.n, y, w);
	s.sorted = (struct quantile_sample){s.n, y, w};
	return s;
}

static bool first_of(const struct schools *s, size_t i, bool units)
{
	for (size_t j = 0; j < i; j++)
		if (span_equal(s->stratum[j], s->stratum[i]) && (!units || s->psu[j] == s->psu[i]))
			return false;
	return true;
}

/* Variance of a one-stage stratified sample: sum (1 - f) n/(n-1) sum (t - mean t)^2; and its
 * degrees of freedom. */
static double design_variance(const struct schools *s, const double *z, double *df)
{
	double v = 0;

	*df = 0;
	for (size_t h = 0; h < s->n; h++) {
		double sum = 0, squares = 0, n = 0;

		if (!first_of(s, h, false))
			continue;
		for (size_t i = h; i < s->n; i++) {
			double total = 0;

			if (!span_equal(s->stratum[i], s->stratum[h]) || !first_of(s, i, true))
				continue;
			for (size_t j = i; j < s->n; j++)
				total += s->psu[j] == s->psu[i] ? z[j] : 0;
			n++;
			sum += total;
			squares += total * total;
		}
		v += (1 - n / s->population[h]) * n / (n - 1) * (squares - sum * sum / n);
		*df += n - 1;
	}
	return v;
}

/* Limits of the share below the quantile: statistics of a proportion, as R's svyciprop. */
static void share_limits(const struct schools *s, double q, struct text interval, double limit[2],
			 double *t)
{
	double m = quantile_share_below(&s->sorted, q), all = 0, df, se, eta, n;
	double *z = arena_new(&arena, s->n, sizeof *z);

	for (size_t i = 0; i < s->n; i++)
		all += s->w[i];
	for (size_t i = 0; i < s->n; i++)
		z[i] = s->w[i] * ((s->y[i] <= q) - m) / all;
	se = sqrt(design_variance(s, z, &df));
	*t = gsl_cdf_tdist_Pinv(0.975, df);
	for (int side = 0; side < 2; side++) {
		double d = side ? *t : -*t;

		if (span_is(interval, "mean"))
			limit[side] = m + d * se;
		if (span_is(interval, "xlogit")) {
			eta = log(m / (1 - m)) + d * se / (m * (1 - m));
			limit[side] = 1 / (1 + exp(-eta));
		}
		if (span_is(interval, "asin"))
			limit[side] = pow(sin(asin(sqrt(m)) + d * se / (2 * sqrt(m * (1 - m)))), 2);
	}
	if (span_is(interval, "beta")) {
		n = m * (1 - m) / (se * se) *
		    pow(gsl_cdf_tdist_Pinv(0.975, (double)s->n - 1) / *t, 2);
		limit[0] = gsl_cdf_beta_Pinv(0.025, n * m, n * (1 - m) + 1);
		limit[1] = gsl_cdf_beta_Pinv(0.975, n * m + 1, n * (1 - m));
	}
}

/* 1e-9 relative: R interpolates in another order of operations. */
static void check_near(double got, double want, const char *what, size_t row)
{
	if (isnan(want))
		cr_expect(isnan(got), "%s, row %zu: %.17g", what, row, got);
	else
		cr_expect(fabs(got - want) <= 1e-9 * fabs(want), "%s, row %zu: %.17g, not %.17g",
			  what, row, got, want);
}

Test(quantile, rules_as_r)
{
	static const char *const column[] = {"q0.1", "q0.25", "q0.5", "q0.75", "q0.9"};
	static const double p[] = {0.1, 0.25, 0.5, 0.75, 0.9};
	struct table want = read_reference(REFERENCE "estimate_quantile.csv"),
		     api = read_reference(REFERENCE "estimate_api.csv");

	cr_assert(eq(sz, want.rows, 3 * 2 * 12));
	for (size_t i = 0; i < want.rows; i++) {
		struct schools s = read_schools(&api, table_cell(&want, i, 0),
						arena_string(&arena, table_cell(&want, i, 1)));
		enum quantile_rule rule;

		cr_assert(quantile_find(table_cell(&want, i, 2), &rule));
		for (size_t k = 0; k < COUNT(p); k++)
			check_near(quantile_at(&s.sorted, p[k], rule),
				   number_at(&want, i, column[k]), column[k], i);
	}
}

/* The interval is centred at the share below the quantile found, not at p. */
Test(quantile, woodruff_as_r)
{
	struct table want = read_reference(REFERENCE "estimate_quantile_ci.csv"),
		     api = read_reference(REFERENCE "estimate_api.csv");

	gsl_set_error_handler_off();
	cr_assert(eq(sz, want.rows, 180));
	for (size_t i = 0; i < want.rows; i++) {
		struct schools s = read_schools(&api, table_cell(&want, i, 0),
						arena_string(&arena, table_cell(&want, i, 1)));
		enum quantile_rule rule;
		struct quantile_interval got;
		double q, limit[2], t;

		cr_assert(quantile_find(table_cell(&want, i, 3), &rule));
		q = quantile_at(&s.sorted, number_at(&want, i, "p"), rule);
		check_near(q, number_at(&want, i, "estimate"), "estimate", i);
		share_limits(&s, q, table_cell(&want, i, 4), limit, &t);
		got = quantile_woodruff(&s.sorted, limit[0], limit[1], t, rule);
		check_near(got.low, number_at(&want, i, "low"), "low", i);
		check_near(got.high, number_at(&want, i, "high"), "high", i);
		check_near(got.se, number_at(&want, i, "se"), "se", i);
	}
}

/* ---- by hand ------------------------------------------------------------------------- */

static struct quantile_sample sample_of(size_t n, const double *y, const double *w)
{
	return (struct quantile_sample){n, y, w};
}

Test(quantile, names)
{
	enum quantile_rule rule;

	for (int i = 0; i < QUANTILE__COUNT; i++) {
		cr_expect(quantile_find(span_of(quantile_name((enum quantile_rule)i)), &rule));
		cr_expect(eq(int, (int)rule, i));
	}
	check_string(quantile_name(QUANTILE_HF7), "hf7");
	cr_expect(not(quantile_find(span_of("hf10"), &rule)));
	cr_expect(not(quantile_find(span_of("hf"), &rule)));
	cr_expect(not(quantile_find(span_of(""), &rule)));
}

/* Hyndman and Fan (1996), table 1, for 1 2 3 4 at p: positions np, np + 1/2, (n+1)p, (n-1)p + 1,
 * (n+1/3)p + 1/3, (n+1/4)p + 3/8. */
Test(quantile, types_of_hyndman_and_fan)
{
	static const double y[] = {1, 2, 3, 4}, w[] = {1, 1, 1, 1}, heavy[] = {7, 7, 7, 7};
	static const struct {
		enum quantile_rule rule;
		double p, want;
	} cases[] = {
		{QUANTILE_MATH, 0.5, 2},       {QUANTILE_MATH, 0.6, 3},
		{QUANTILE_HF1, 0.5, 2},        {QUANTILE_SCHOOL, 0.5, 2.5},
		{QUANTILE_HF2, 0.75, 3.5},     {QUANTILE_SCHOOL, 0.6, 3},
		{QUANTILE_HF3, 0.5, 2},        {QUANTILE_HF3, 0.25, 2},
		{QUANTILE_HF3, 0.75, 4},       {QUANTILE_HF3, 0.6, 3},
		{QUANTILE_HF4, 0.3, 1.2},      {QUANTILE_HF5, 0.3, 1.7},
		{QUANTILE_HF6, 0.3, 1.5},      {QUANTILE_HF7, 0.3, 1.9},
		{QUANTILE_HF8, 0.3, 4.9 / 3},  {QUANTILE_HF9, 0.3, 1.65},
		{QUANTILE_HF4, 0.5, 2},        {QUANTILE_HF5, 0.5, 2.5},
		{QUANTILE_HF6, 0.9, 4},        {QUANTILE_HF7, 0.9, 3.7},
		{QUANTILE_HF5, 0.1, 1},        {QUANTILE_SHAHVAISH, 0.5, 2},
		{QUANTILE_SHAHVAISH, 0.6, 3},  {QUANTILE_SHAHVAISH, 0.1, 1},
		{QUANTILE_SHAHVAISH, 0.19, 1}, {QUANTILE_SHAHVAISH, 0.999, 4},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct quantile_sample light = sample_of(4, y, w), same = sample_of(4, y, heavy);

		check_near(quantile_at(&light, cases[i].p, cases[i].rule), cases[i].want, "w", i);
		if (cases[i].rule != QUANTILE_SHAHVAISH)
			check_near(quantile_at(&same, cases[i].p, cases[i].rule), cases[i].want,
				   "7w", i);
	}
}

/* A weight of 2 under the rules with steps is a row given twice; ties count once in hf3, where the
 * third of four different answers has an odd number and the second an even one. */
Test(quantile, weights_are_repeated_rows)
{
	static const double y[] = {1, 2, 3, 4}, w[] = {2, 1, 3, 2},
			    rows[] = {1, 1, 2, 3, 3, 3, 4, 4}, one[] = {1, 1, 1, 1, 1, 1, 1, 1};
	static const enum quantile_rule rules[] = {QUANTILE_MATH, QUANTILE_SCHOOL, QUANTILE_HF3};
	struct quantile_sample weighted = sample_of(4, y, w), repeated = sample_of(8, rows, one);

	for (size_t k = 0; k < COUNT(rules); k++)
		for (int i = 0; i <= 16; i++)
			cr_expect(eq(dbl, quantile_at(&weighted, i / 16.0, rules[k]),
				     quantile_at(&repeated, i / 16.0, rules[k])),
				  "%s at %d/16", quantile_name(rules[k]), i);
	cr_expect(eq(dbl, quantile_at(&repeated, 0.25, QUANTILE_HF3), 2));  /* 1 of 4: odd */
	cr_expect(eq(dbl, quantile_at(&repeated, 0.375, QUANTILE_HF3), 2)); /* 2 of 4: even */
	cr_expect(eq(dbl, quantile_at(&repeated, 0.75, QUANTILE_HF3), 4));  /* 3 of 4: odd */
	cr_expect(eq(dbl, quantile_at(&repeated, 0.75, QUANTILE_SCHOOL), 3.5));
}

/* By hand, y = 1 2 4, w = 3 1 2: C = 3 4 6, W = 6. */
Test(quantile, unequal_weights)
{
	static const double y[] = {1, 2, 4}, w[] = {3, 1, 2};
	static const struct {
		enum quantile_rule rule;
		double p, want;
	} cases[] = {
		{QUANTILE_HF4, 0.75, 2.5},      /* knots 1/2 2/3 1 */
		{QUANTILE_HF5, 5.0 / 12, 1.5},  /* 3/12 7/12 10/12 */
		{QUANTILE_HF6, 0.625, 3},       /* 3/8 4/8 6/8 */
		{QUANTILE_HF7, 0.375, 1.5},     /* 0 3/4 1 */
		{QUANTILE_HF8, 0.6, 2.4},       /* 2/6.667 = 0.3, 0.55, 0.8 */
		{QUANTILE_HF9, 3.625 / 6.5, 2}, /* 1.875/6.5 3.625/6.5 5.25/6.5 */
		{QUANTILE_HF9, 2.75 / 6.5, 1.5},
		{QUANTILE_SHAHVAISH, 0.2, 1}, /* S = 1.5 2 3; 0.125 0.5 0.625 */
		{QUANTILE_SHAHVAISH, 0.55, 2},
	};
	struct quantile_sample s = sample_of(3, y, w);

	for (size_t i = 0; i < COUNT(cases); i++)
		check_near(quantile_at(&s, cases[i].p, cases[i].rule), cases[i].want, "hand", i);
	s.n = 2; /* hf7 runs evenly from the first to the last, whatever they weigh */
	check_near(quantile_at(&s, 0.25, QUANTILE_HF7), 1.25, "two", 0);
}

/* Knots (3/11)/4, (30/11 - 4)/4, 3/4: the middle answer comes first. */
Test(quantile, shah_and_vaish_out_of_order)
{
	static const double y[] = {1, 2, 3}, w[] = {1, 9, 1};
	struct quantile_sample s = sample_of(3, y, w);

	cr_expect(eq(dbl, quantile_at(&s, 0, QUANTILE_SHAHVAISH), 2));
	cr_expect(eq(dbl, quantile_at(&s, 0.05, QUANTILE_SHAHVAISH), 2));
	cr_expect(eq(dbl, quantile_at(&s, 0.07, QUANTILE_SHAHVAISH), 1));
	cr_expect(eq(dbl, quantile_at(&s, 0.8, QUANTILE_SHAHVAISH), 3));
}

/* The smallest answer has half of the weight: below that share every rule gives it. */
Test(quantile, below_the_first_share)
{
	static const double y[] = {1, 2, 3}, w[] = {2, 1, 1};
	static const enum quantile_rule rules[] = {QUANTILE_MATH, QUANTILE_SCHOOL, QUANTILE_HF3,
						   QUANTILE_HF4};
	struct quantile_sample s = sample_of(3, y, w);

	for (size_t i = 0; i < COUNT(rules); i++)
		cr_expect(eq(dbl, quantile_at(&s, 0.25, rules[i]), 1), "%s",
			  quantile_name(rules[i]));
}

Test(quantile, ends_and_pairs_without_weight)
{
	static const double y[] = {0, 1, 2, 2, 5, 9}, w[] = {0, 1, 2, 0, 3, 0}, y3[] = {1, 2, 5},
			    w3[] = {1, 2, 3};
	struct quantile_sample all = sample_of(6, y, w), bare = sample_of(3, y3, w3),
			       one = sample_of(2, y, w);

	for (int i = 0; i < QUANTILE__COUNT; i++) {
		enum quantile_rule rule = (enum quantile_rule)i;

		for (int k = 0; k <= 12; k++)
			cr_expect(eq(dbl, quantile_at(&all, k / 12.0, rule),
				     quantile_at(&bare, k / 12.0, rule)),
				  "%s at %d/12", quantile_name(rule), k);
		cr_expect(eq(dbl, quantile_at(&bare, 0, rule), 1), "%s", quantile_name(rule));
		cr_expect(eq(dbl, quantile_at(&bare, 1, rule), 5), "%s", quantile_name(rule));
		cr_expect(eq(dbl, quantile_at(&one, 0.3, rule), 1), "%s", quantile_name(rule));
	}
}

Test(quantile, nothing_to_say)
{
	static const double y[] = {1, 2}, none[] = {0, 0}, w[] = {1, 1};
	static const double outside[] = {-1e-9, 1 + 1e-9, NAN, -INFINITY, INFINITY};
	struct quantile_sample empty = sample_of(0, NULL, NULL), weightless = sample_of(2, y, none),
			       s = sample_of(2, y, w);
	struct quantile_interval got;

	for (int i = 0; i < QUANTILE__COUNT; i++) {
		enum quantile_rule rule = (enum quantile_rule)i;

		cr_expect(isnan(quantile_at(&empty, 0.5, rule)), "%s", quantile_name(rule));
		cr_expect(isnan(quantile_at(&weightless, 0.5, rule)), "%s", quantile_name(rule));
		for (size_t k = 0; k < COUNT(outside); k++)
			cr_expect(isnan(quantile_at(&s, outside[k], rule)), "%s at %g",
				  quantile_name(rule), outside[k]);
	}
	cr_expect(isnan(quantile_share_below(&empty, 1)));
	cr_expect(isnan(quantile_share_below(&weightless, 1)));
	cr_expect(isnan(quantile_share_below(&s, NAN)));
	got = quantile_woodruff(&s, -0.01, 0.9, 2, QUANTILE_MATH); /* a Wald limit below 0 */
	cr_expect(isnan(got.low) && isnan(got.se));
	cr_expect(eq(dbl, got.high, 2));
	got = quantile_woodruff(&s, 0.1, 1.01, 2, QUANTILE_MATH);
	cr_expect(isnan(got.high) && isnan(got.se));
	cr_expect(eq(dbl, got.low, 1));
	got = quantile_woodruff(&s, NAN, NAN, 2, QUANTILE_MATH);
	cr_expect(isnan(got.low) && isnan(got.high) && isnan(got.se));
	got = quantile_woodruff(&s, 0, 1, 2, QUANTILE_MATH);
	cr_expect(eq(dbl, got.low, 1));
	cr_expect(eq(dbl, got.high, 2));
	cr_expect(eq(dbl, got.se, 0.25));
}

Test(quantile, share_below)
{
	static const double y[] = {1, 2, 2, 3}, w[] = {1, 2, 3, 4};
	static const double shares[] = {0.25, 0.25, 0.5};
	struct quantile_sample s = sample_of(4, y, w), small = sample_of(3, y, shares);

	cr_expect(eq(dbl, quantile_share_below(&s, 0.5), 0));
	cr_expect(eq(dbl, quantile_share_below(&s, 1), 0.1));
	cr_expect(eq(dbl, quantile_share_below(&s, 2), 0.6)); /* ties belong */
	cr_expect(eq(dbl, quantile_share_below(&s, 9), 1));
	cr_expect(eq(dbl, quantile_share_below(&small, 1), 0.25)); /* weights that add up to 1 */
}

Test(quantile, sort_keeps_pairs_and_order)
{
	double y[] = {3, 1, 2, 1, 3, -1}, w[] = {1, 2, 3, 4, 5, 6};
	static const double want_y[] = {-1, 1, 1, 2, 3, 3}, want_w[] = {6, 2, 4, 3, 1, 5};

	quantile_sort(COUNT(y), y, w);
	for (size_t i = 0; i < COUNT(y); i++) {
		cr_expect(eq(dbl, y[i], want_y[i]), "%zu", i);
		cr_expect(eq(dbl, w[i], want_w[i]), "%zu", i);
	}
	quantile_sort(0, NULL, NULL);
}

/* The textbook median of grouped data: L + (n/2 - F)/f times the width. */
Test(quantile, grouped)
{
	static const double scale[] = {1, 2, 3, 4, 5}, uneven[] = {0, 1, 4};
	static const struct {
		double weight[5], p, want;
	} cases[] = {
		{{10, 20, 40, 20, 10}, 0.5, 3},
		{{5, 10, 20, 30, 35}, 0.5, 4}, /* 3.5 + (50 - 35)/30 */
		{{5, 10, 20, 30, 35}, 0.8, 4.5 + 15.0 / 35},
		{{0, 0, 0, 3, 1}, 0.5, 3.5 + 2.0 / 3},
		{{0, 0, 0, 0, 7}, 0.5, 5},
		{{1, 0, 0, 0, 1}, 0.5, 3}, /* half way between 1.5 and 4.5 */
		{{1, 1, 1, 1, 0}, 0.5, 2.5},
		{{0.1, 0.2, 0, 0, 0.3}, 0.5, 3.5}, /* 0.1 + 0.2 is not half of 0.6, but nearly */
		{{1, 1, 1, 1, 1}, 0, 0.5},
		{{1, 1, 1, 1, 1}, 1, 5.5},
		{{0, 1, 1, 0, 0}, 1, 3.5},
		{{0, 1, 1, 0, 0}, 0, 1.5},
	};
	static const double none[5] = {0}, three[] = {2, 4, 2};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_near(quantile_grouped(5, scale, cases[i].weight, cases[i].p), cases[i].want,
			   "grouped", i);
	check_near(quantile_grouped(3, uneven, three, 0.5), 1.5, "uneven", 0); /* in [0.5, 2.5] */
	check_near(quantile_grouped(3, uneven, three, 0.875), 4, "uneven", 1); /* in [2.5, 5.5] */
	check_near(quantile_grouped(3, uneven, three, 0.125), 0, "uneven", 2); /* in [-0.5, 0.5] */
	cr_expect(eq(dbl, quantile_grouped(1, scale, three, 0.9), 1));
	cr_expect(isnan(quantile_grouped(5, scale, none, 0.5)));
	cr_expect(isnan(quantile_grouped(0, NULL, NULL, 0.5)));
	cr_expect(isnan(quantile_grouped(5, scale, cases[0].weight, 1.1)));
	cr_expect(isnan(quantile_grouped(5, scale, cases[0].weight, -0.1)));
	cr_expect(isnan(quantile_grouped(5, scale, cases[0].weight, NAN)));
}

/* By definition: the weighted mean of the parts below the p quantile is p. */
Test(quantile, parts_below_a_grouped_quantile)
{
	static const double scale[] = {1, 2, 3, 5, 8}, weight[] = {2, 0.5, 4, 1, 2.5};

	for (int i = 1; i < 16; i++) {
		double p = i / 16.0, q = quantile_grouped(5, scale, weight, p), sum = 0;

		for (size_t k = 0; k < 5; k++)
			sum += weight[k] * quantile_below(5, scale, k, q);
		cr_expect(fabs(sum / 10 - p) < 1e-14, "%g: %g", p, sum / 10);
	}
	cr_expect(quantile_below(5, scale, 0, 0.4) == 0 && quantile_below(5, scale, 4, 10) == 1);
	cr_expect(quantile_below(5, scale, 1, 2) == 0.5); /* the middle of 1.5 to 2.5 */
	cr_expect(quantile_below(1, scale, 0, 1) == 1 && quantile_below(1, scale, 0, 0.9) == 0);
}
