/* Expected rates are those stated in tests/data/asked/simulate; pooled ones are worked out from the
 * items' in the test. */
#include "help.h"

#include "survey/truth.h"

#include <math.h>

TestSuite(truth, .fini = clean);

#define ASKED HAILONG_SOURCE_DIR "/tests/data/asked"

static struct blueprint blueprint;

static const struct blueprint *asked(void)
{
	struct diag why = {0};

	cr_assert(blueprint_read(&arena, FIXTURES, ASKED, NULL, 0, &blueprint, &why), "%s",
		  why.item[0].words);
	return &blueprint;
}

static bool draw(const struct blueprint *b, unsigned long seed, const char *rates,
		 struct truth *out, struct diag *why)
{
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
	bool fine;

	gsl_rng_set(random, seed);
	fine = truth_draw(&arena, b, rates, random, out, why);
	gsl_rng_free(random);
	return fine;
}

static struct truth drawn(const struct blueprint *b, unsigned long seed)
{
	struct diag why = {0};
	struct truth t;

	cr_assert(draw(b, seed, NULL, &t, &why));
	return t;
}

static const struct item *item(const char *era, const char *code)
{
	return structure_find(&blueprint.structure, span_of(era), span_of(code));
}

/* Code 1 is stated at 0.7, the rest below total at 0.9; 2020 and 2022 at the default 0.83. Each
 * rate is rounded to four decimals, so their mean is off by at most half of the last one. */
Test(truth, national_rates_are_those_stated)
{
	static const struct {
		size_t wave;
		const char *era, *code;
		double rate;
	} cases[] = {{0, "A", "1", 0.7}, {0, "A", "2", 0.9}, {1, "A", "2", 0.83}};
	const struct blueprint *b = asked();

	for (unsigned long seed = 0; seed < 20; seed++) {
		struct truth t = drawn(b, seed);

		for (size_t i = 0; i < 2; i++)
			cr_expect(epsilon_eq(dbl,
					     truth_rate(&t, cases[i].wave, TRUTH_NATION,
							item(cases[i].era, cases[i].code)),
					     cases[i].rate, 5e-5),
				  "row %zu, seed %lu", i, seed);
		cr_expect(epsilon_eq(dbl, truth_rate(&t, 2, TRUTH_NATION, item("C", "total")), 0.83,
				     5e-5));
	}
}

/* Within four decimals, inside the bounds, NaN where a province does not stand. */
Test(truth, rates_are_rates)
{
	const struct blueprint *b = asked();
	struct truth t = drawn(b, 7);
	size_t stand[3] = {0};

	for (size_t w = 0; w < b->n_waves; w++)
		for (size_t p = 0; p < b->provinces.n; p++) {
			bool there = province_stands(&b->provinces.at[p], b->wave[w].year);

			stand[w] += there;
			cr_expect(eq(int, t.wave[w].people[p] > 0, there));
			for (size_t i = 0; i < b->wave[w].n_rated; i++) {
				double x = t.wave[w].rate[p * b->wave[w].n_rated + i];

				cr_expect(there ? x >= 0.02 && x <= 0.995 &&
							  fabs(x * 1e4 - round(x * 1e4)) < 1e-9
						: isnan(x));
			}
		}
	cr_expect(eq(sz, stand[0], 4)); /* 05 stands since 2021 */
	cr_expect(eq(sz, stand[2], 5));
	cr_expect(isnan(truth_rate(&t, 0, 5, item("A", "total"))));
	cr_expect(isnan(truth_rate(&t, 0, TRUTH_NATION, item("A", "3"))), "not rated");
	cr_expect(isnan(truth_rate(&t, 0, TRUTH_NATION, item("C", "1"))), "another era");
}

/* In 2019 block 1 is asked of 0.8 of the people: (0.8 a + 0.8 b + c) / 2.6. */
Test(truth, pooled_over_those_who_are_asked)
{
	const struct blueprint *b = asked();
	struct truth t = drawn(b, 3);
	double sum = 0, people = 0;

	for (size_t p = 0; p < 3; p++) {
		const double *x = &t.wave[0].rate[3 * p];

		cr_expect(epsilon_eq(dbl, truth_rate(&t, 0, p, item("A", "total")),
				     (0.8 * x[0] + 0.8 * x[1] + x[2]) / 2.6, 1e-12));
		cr_expect(epsilon_eq(dbl, truth_rate(&t, 0, p, item("A", "1")), (x[0] + x[1]) / 2,
				     1e-12));
		cr_expect(eq(dbl, truth_rate(&t, 0, p, item("A", "1.2")), x[1]));
	}
	for (size_t p = 0; p < b->provinces.n; p++)
		if (t.wave[0].people[p] > 0) {
			sum += t.wave[0].people[p] * t.wave[0].rate[3 * p];
			people += t.wave[0].people[p];
		}
	cr_expect(epsilon_eq(dbl, truth_rate(&t, 0, TRUTH_NATION, item("A", "1.1")), sum / people,
			     1e-12));
}

/* Item 2: 2019 has the spread 0.02 at 0.9, on the logit scale 0.02 / (0.9 * 0.1) = 0.2222; 2020 has
 * 0.03 at 0.83, 0.2126; the item's own part is 0.12 in both. So the standard deviation in 2019 is
 * 0.09 * sqrt(0.2222^2 + 0.12^2) = 0.0227, and the correlation between the years, of which the
 * province's level (0.91 of the variance) keeps 0.8,
 *   0.8 * 0.91 * 0.2222 * 0.2126 / (0.2525 * 0.2441) = 0.558.
 * From 400 seeds and three provinces: 800 degrees of freedom, errors of 2.5 % and 0.025; the
 * tolerance leaves room for the bend of the logit. */
Test(truth, spread_of_provinces)
{
	const struct blueprint *b = asked();
	double xx = 0, xy = 0, yy = 0;

	for (unsigned long seed = 0; seed < 400; seed++) {
		struct truth t = drawn(b, seed);
		double x[8], y[8], mean_x = 0, mean_y = 0;
		size_t n = 0;

		for (size_t p = 0; p < b->provinces.n; p++) {
			x[n] = t.wave[0].rate[3 * p + 2];
			y[n] = t.wave[1].rate[3 * p + 2];
			n += !isnan(x[n]) && !isnan(y[n]);
		}
		cr_assert(eq(sz, n, 3)); /* 04 of 2019 and 04 of 2020 are two units */
		for (size_t i = 0; i < n; i++) {
			mean_x += x[i] / (double)n;
			mean_y += y[i] / (double)n;
		}
		for (size_t i = 0; i < n; i++) {
			xx += (x[i] - mean_x) * (x[i] - mean_x);
			yy += (y[i] - mean_y) * (y[i] - mean_y);
			xy += (x[i] - mean_x) * (y[i] - mean_y);
		}
	}
	cr_expect(epsilon_eq(dbl, sqrt(xx / 800), 0.0227, 0.0015));
	cr_expect(epsilon_eq(dbl, xy / sqrt(xx * yy), 0.558, 0.06));
}

static double logit(double p)
{
	return log(p / (1 - p));
}

/* Code 1 of 2019 has the spread 0.1 at 0.7: s = 0.1 / 0.21 = 0.4762 on the logit scale. Of one
 * province, from 2000 seeds (errors of 1.6 %):
 * - 1.1 less 1.2, less the same of the nation: only their own parts, of which a province's is 0.12
 * and the nation's about a mean of four, 0.12 * sqrt(2) * sqrt(1 - 1 / 4) = 0.147 (3 of 4 units
 * draw it where people are alike; people differ, so a little less);
 * - 1.1 of province 01 less that of 02: sqrt(2 (s^2 + 0.12^2)) = 0.6945;
 * - 1.1 less 1.2 of the nation: sqrt(2 * 0.25^2 + 2 * 0.12^2 / 4) = 0.3637, people alike. */
Test(truth, blocks_and_items)
{
	const struct blueprint *b = asked();
	double own = 0, between = 0, nation = 0;

	for (unsigned long seed = 0; seed < 2000; seed++) {
		struct truth t = drawn(b, seed);
		const double *x = t.wave[0].rate;
		double items = logit(truth_rate(&t, 0, TRUTH_NATION, item("A", "1.1"))) -
			       logit(truth_rate(&t, 0, TRUTH_NATION, item("A", "1.2")));

		own += pow(logit(x[0]) - logit(x[1]) - items, 2);
		between += pow(logit(x[0]) - logit(x[3]), 2);
		nation += items * items;
	}
	cr_expect(epsilon_eq(dbl, sqrt(own / 2000), 0.147, 0.012));
	cr_expect(epsilon_eq(dbl, sqrt(between / 2000), 0.6945, 0.024));
	cr_expect(epsilon_eq(dbl, sqrt(nation / 2000), 0.3637, 0.024));
}

/* The logarithm has mean log 900000 and standard deviation 0.6: of 4 x 500 draws errors of 0.013
 * and 0.0095. */
Test(truth, people_are_invented)
{
	const struct blueprint *b = asked();
	double sum = 0, squares = 0, n = 0;

	for (unsigned long seed = 0; seed < 500; seed++) {
		struct truth t = drawn(b, seed);

		for (size_t p = 0; p < b->provinces.n; p++) {
			double x = log(t.wave[0].people[p] / 900000);

			if (!(t.wave[0].people[p] > 0))
				continue;
			sum += x;
			squares += x * x;
			n++;
		}
	}
	cr_expect(epsilon_eq(dbl, sum / n, 0, 0.04));
	cr_expect(epsilon_eq(dbl, sqrt(squares / n), 0.6, 0.03));
}

/* Stated at 1 or 0, they are drawn as near as rates of people come. */
Test(truth, certain_rates_are_bounded)
{
	const struct blueprint *b = asked();
	struct truth t;

	blueprint.national[0].rate = 1;
	blueprint.national[1].rate = 0;
	t = drawn(b, 1);
	for (size_t p = 0; p < 3; p++) {
		cr_expect(eq(dbl, t.wave[0].rate[3 * p], 0.02));
		cr_expect(eq(dbl, t.wave[0].rate[3 * p + 2], 0.995));
	}
}

Test(truth, the_seed_decides)
{
	const struct blueprint *b = asked();
	struct truth one = drawn(b, 1), again = drawn(b, 1), two = drawn(b, 2);

	cr_expect(eq(dbl, one.wave[2].rate[0], again.wave[2].rate[0]));
	cr_expect(eq(dbl, one.wave[0].people[1], again.wave[0].people[1]));
	cr_expect(ne(dbl, one.wave[0].rate[0], two.wave[0].rate[0]));
}

#define HEAD "year,province,code,rate\n"

Test(truth, rates_of_a_file)
{
	static const char bytes[] = HEAD "2019,01,1.1,0\n2019,2,1.1,1\n2022,05,2,0.12345\n"
					 "2019,,1.1,0.5\n2019,01,total,0.5\n2018,77,none,0.5\n"
					 "2020,01,1.1,0.25\n";
	const struct blueprint *b = asked();
	struct truth plain = drawn(b, 1), t;
	struct diag why = {0};

	cr_assert(draw(b, 1, file_of("rates.csv", bytes, strlen(bytes)), &t, &why), "%s",
		  why.item[0].words);
	cr_expect(eq(dbl, t.wave[0].rate[0], 0));
	cr_expect(eq(dbl, t.wave[0].rate[3], 1));
	cr_expect(eq(dbl, t.wave[1].rate[0], 0.25));
	cr_expect(eq(dbl, truth_rate(&t, 2, b->provinces.n - 1, item("C", "2")), 0.12345));
	cr_expect(eq(dbl, t.wave[0].rate[1], plain.wave[0].rate[1])); /* the rest as drawn */
	cr_expect(eq(dbl, t.wave[2].rate[1], plain.wave[2].rate[1]));
	cr_expect(not(signbit(t.wave[0].rate[0])));
}

Test(truth, wrong_rates)
{
	static const struct {
		const char *row;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"2019,01,1.1,85\n", 2, 13, "\"85\" is not between 0 and 1"},
		{"2019,01,1.1,85\n2019,01,1.2,0.5\n", 2, 13, "not between 0 and 1"},
		{"2019,01,1.1,-0.1\n", 2, 13, "not between 0 and 1"},
		{"2019,01,1.1,\n", 2, 13, "\"\" is not between 0 and 1"},
		{"2019,01,1.1,x\n", 2, 13, "not a number"},
		{"2019,77,1.1,0.5\n", 2, 6, "no province of that year has code \"77\""},
		{"2019,05,1.1,0.5\n", 2, 6, "no province of that year has code \"05\""},
		{"2019,01,9,0.5\n", 2, 9, "\"9\" is not a code of era \"A\""},
		{"year,01,1.1,0.5\n", 2, 1, "not a whole number"},
		{"2019,01,1.1,0.5\n2019,1,1.1,0.5\n", 3, 8, "stand twice"},
		{"2019,01,1.1,0\n2019,01,1.1,0\n", 3, 9, "stand twice"},
	};
	const struct blueprint *b = asked();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text bytes = arena_format(&arena, HEAD "%s", cases[i].row);
		struct diag why = {0};
		struct truth t;

		cr_expect(not(draw(b, 1, file_of("rates.csv", bytes.at, bytes.n), &t, &why)),
			  "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "rates.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
	struct diag why = {0};
	struct truth t;

	cr_expect(not(draw(b, 1, file_of("r.csv", "year\n2019\n", 10), &t, &why)));
	check_problem(&why, 0, DIAG_DATA, "r.csv", 1, 1, "no column \"province\"");
}
