/* What is drawn is held against what it was drawn from; the seeds are fixed and tolerances are
 * stated in standard errors. */
#include "help.h"

#include "survey/respond.h"

#include <gsl/gsl_errno.h>
#include <math.h>

static void no_handler(void)
{
	gsl_set_error_handler_off();
}

TestSuite(respond, .init = no_handler, .fini = clean);

#define ASKED HAILONG_SOURCE_DIR "/tests/data/asked"

struct drawn {
	struct blueprint blueprint;
	struct truth truth;
	struct villages villages[3]; /* as they were in each year */
	struct table answers[3];
};

/* All three years; `rates` are the bytes of a file, or NULL. */
static struct drawn *simulate(struct sampling s, const char *rates)
{
	struct drawn *d = arena_new(&arena, 1, sizeof *d);
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
	const char *file = rates ? file_of("rates.csv", rates, strlen(rates)) : NULL;
	struct villages v;
	struct diag why = {0};

	gsl_rng_set(random, 20);
	cr_assert(blueprint_read(&arena, FIXTURES, ASKED, NULL, 0, &d->blueprint, &why));
	cr_assert(truth_draw(&arena, &d->blueprint, file, random, &d->truth, &why));
	villages_start(&arena, &d->blueprint, &s, random, &v);
	for (size_t w = 0; w < 3; w++) {
		struct csvout out = {.arena = &arena};
		size_t n = d->blueprint.provinces.n * s.clusters;
		struct text bytes;

		respond_year(&arena, &d->truth, w, &s, &v, random, &out);
		bytes = csvout_bytes(&out);
		cr_assert(table_read(&arena, file_of("answers.csv", bytes.at, bytes.n), true,
				     &d->answers[w], &why),
			  "%s", why.item[0].words);
		d->villages[w] = v;
		d->villages[w].at = arena_new(&arena, n, sizeof *v.at);
		memcpy(d->villages[w].at, v.at, n * sizeof *v.at);
	}
	gsl_rng_free(random);
	return d;
}

static struct text cell(const struct table *t, size_t row, const char *column)
{
	return table_cell(t, row, table_find(t, column));
}

static double number(const struct table *t, size_t row, const char *column)
{
	double x;

	cr_assert(number_parse(cell(t, row, column), &x));
	return x;
}

/* Sheppard (1899) at 1/2: icc = 2 asin(r) / pi. The others by integrating
 * phi(x) (1 - Phi((c - r x) / sqrt(1 - r^2))) over x > c by Simpson's rule with 20000 steps. */
Test(respond, latent_correlation)
{
	static const struct {
		double p, icc, latent;
	} cases[] = {
		{0.5, 1.0 / 3, 0.5},
		{0.5, 0.05, 0.07845909572784494}, /* sin(pi / 40) */
		{0.85, 0.04493539120842968, 0.1},
		{0.15, 0.04493539120842968, 0.1},
		{0.85, 0.27604672087173304, 0.5},
		{0.98, 0.06450818725470882, 0.3},
		{0.2, 0.050736197222522816, 0.1},
		{0.02, 0.41080204244996793, 0.8},
		{0.85, 0, 0},
		{0, 0.05, 0}, /* everybody answers alike */
		{1, 0.05, 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(epsilon_eq(dbl, respond_latent_icc(cases[i].p, cases[i].icc),
				     cases[i].latent, 1e-6), /* of Simpson's rule with 32 steps */
			  "row %zu", i);
}

Test(respond, villages_of_strata)
{
	static const size_t want[][3] = {{2, 1, 1}, {5, 2, 3}, {12, 6, 6}, {13, 6, 7}};
	const struct blueprint b = {.n_strata = 2}, three = {.n_strata = 3};
	size_t sum = 0;

	for (size_t i = 0; i < COUNT(want); i++)
		for (size_t h = 0; h < 2; h++)
			cr_expect(
				eq(sz,
				   respond_villages(&b, &(struct sampling){want[i][0], 1, 0, 0}, h),
				   want[i][h + 1]));
	for (size_t h = 0; h < 3; h++)
		sum += respond_villages(&three, &(struct sampling){10, 1, 0, 0}, h);
	cr_expect(eq(sz, sum, 10));
}

/* Four provinces in 2019, five villages of twelve people: 2 in stratum u, 3 in v. */
Test(respond, the_design)
{
	const struct drawn *d = simulate((struct sampling){5, 12, 0.05, 0.06}, NULL);
	const struct table *t = &d->answers[0];
	double sum = 0, people = 0;

	cr_assert(eq(sz, t->rows, 4 * 5 * 12));
	cr_expect(eq(sz, d->answers[2].rows, 5 * 5 * 12));
	cr_assert(eq(sz, t->columns, 5 + 3 + 3));
	check_text(t->name[2], "home");
	check_text(t->name[5], "sex");
	check_text(t->name[10], "a2");
	check_text(cell(t, 0, "respondent"), "0100101");
	check_text(cell(t, 11, "respondent"), "0100112");
	check_text(cell(t, 12, "psu"), "01002");
	for (size_t r = 0; r < t->rows; r++) {
		double w = number(t, r, "weight");

		check_text(cell(t, r, "home"), r / 12 % 5 < 2 ? "u" : "v");
		cr_expect(w > 0);
		cr_expect(le(sz, number_decimals(cell(t, r, "weight")), 2));
		sum += w;
		for (size_t k = 0; k < r; k++) {
			cr_expect(not(
				span_equal(cell(t, r, "respondent"), cell(t, k, "respondent"))));
			if (span_equal(cell(t, r, "psu"), cell(t, k, "psu")))
				cr_expect(eq(sz, r / 12, k / 12));
		}
	}
	for (size_t p = 0; p < d->blueprint.provinces.n; p++)
		people += d->truth.wave[0].people[p];
	cr_expect(epsilon_eq(dbl, sum, people, 240 * 0.005)); /* each weight is rounded */
	cr_expect(ne(dbl, number(t, 0, "weight"), number(t, 1, "weight")));
}

static bool is(struct text s, const char *words)
{
	return span_is(s, words);
}

/* The weighted share that is satisfied, over those who answered. */
static double share(const struct table *t, const char *province, const char *column,
		    const char *first, const char *second)
{
	double satisfied = 0, all = 0;

	for (size_t r = 0; r < t->rows; r++) {
		struct text x = cell(t, r, column);
		double w = number(t, r, "weight");

		if (!is(cell(t, r, "province"), province) || x.n != 1)
			continue;
		all += w;
		satisfied += is(x, first) || is(x, second) ? w : 0;
	}
	return satisfied / all;
}

/* 120 villages of 25: with icc 0.05 the design effect of clustering is 1 + 24 * 0.05 = 2.2, that of
 * weights exp(0.3^2 + 0.25^2) = 1.165 times at most 1.3 for the strata; se = sqrt(p q 3.4 / 3000).
 * A dozen comparisons within 3.5 errors. Weights lie in the villages, which the factor covers. */
Test(respond, rates_are_the_true_ones)
{
	static const struct {
		size_t wave;
		const char *column, *code, *first, *second;
	} cases[] = {
		{0, "a11", "1.1", "4", "5"},
		{0, "a2", "2", "1", "1"},
		{2, "c1", "1", "1", "2"},
		{2, "c2", "2", "3", "3"},
	};
	static const char *const provinces[] = {"01", "02", "03"};
	const struct drawn *d = simulate((struct sampling){120, 25, 0.05, 0}, NULL);

	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t p = 0; p < 3; p++) {
			const struct blueprint_wave *w = &d->blueprint.wave[cases[i].wave];
			double rate = truth_rate(&d->truth, cases[i].wave, p,
						 structure_find(&d->blueprint.structure, w->era,
								span_of(cases[i].code)));
			double error = sqrt(rate * (1 - rate) * 3.4 / 3000);

			cr_expect(
				epsilon_eq(dbl,
					   share(&d->answers[cases[i].wave], provinces[p],
						 cases[i].column, cases[i].first, cases[i].second),
					   rate, 3.5 * error),
				"%s %s", cases[i].column, provinces[p]);
		}
}

/* Beyond the cut a level is 0.6 as common as the one before; below it 2.4 times. 12000 people, the
 * rarest level (1 of 1 + 2.4 + 2.4^2 dissatisfied, some 0.3 of them) about 400: errors of 5 %,
 * times sqrt(2.2) for the clusters. */
Test(respond, levels_on_either_side)
{
	const struct drawn *d = simulate((struct sampling){120, 25, 0.05, 0}, NULL);
	double seen[6] = {0};

	for (size_t r = 0; r < d->answers[0].rows; r++)
		if (cell(&d->answers[0], r, "a11").n)
			seen[(size_t)number(&d->answers[0], r, "a11")]++;
	cr_expect(epsilon_eq(dbl, seen[5] / seen[4], 0.6, 0.07));
	cr_expect(epsilon_eq(dbl, seen[3] / seen[2], 2.4, 0.4));
	cr_expect(epsilon_eq(dbl, seen[2] / seen[1], 2.4, 0.6));
}

/* Rates of 0 and 1: nobody, everybody; also on a scale that falls (c1: 1 and 2 satisfied). */
Test(respond, certain_answers)
{
	const struct drawn *d = simulate((struct sampling){4, 50, 0.3, 0},
					 "year,province,code,rate\n2022,01,1,0\n2022,02,1,1\n"
					 "2022,03,1,0.5\n2022,01,2,1\n");
	double seen[4][6] = {{0}};

	for (size_t r = 0; r < d->answers[2].rows; r++) {
		size_t p = (size_t)number(&d->answers[2], r, "province");

		if (p < 4)
			seen[p][(size_t)number(&d->answers[2], r, "c1")]++;
		if (p == 1)
			check_text(cell(&d->answers[2], r, "c2"), "3");
	}
	cr_expect(zero(dbl, seen[1][1] + seen[1][2]));
	cr_expect(zero(dbl, seen[2][3] + seen[2][4] + seen[2][5]));
	cr_expect(seen[1][3] > seen[1][4]); /* away from the cut levels grow rare */
	cr_expect(seen[1][4] > seen[1][5]);
	cr_expect(seen[2][2] > seen[2][1]);
	cr_expect(seen[2][1] > 0);
	cr_expect(seen[3][1] + seen[3][2] > 0);
}

/* The intra-cluster correlation of being satisfied, by analysis of variance over the villages of
 * each province and stratum. */
static double anova_icc(const struct table *t, const char *column, size_t size)
{
	double within = 0, between = 0, mean = 0;
	size_t strata = 0, villages = t->rows / size;

	for (size_t first = 0, end; first < villages; first = end, strata++) {
		for (mean = 0, end = first;
		     end < villages &&
		     span_equal(cell(t, end * size, "home"), cell(t, first * size, "home"));
		     end++)
			for (size_t i = 0; i < size; i++)
				mean += is(cell(t, end * size + i, column), "1");
		mean /= (double)((end - first) * size);
		for (size_t v = first; v < end; v++) {
			double village = 0;

			for (size_t i = 0; i < size; i++)
				village += is(cell(t, v * size + i, column), "1");
			village /= (double)size;
			between += (double)size * (village - mean) * (village - mean);
			within += (double)size * village * (1 - village);
		}
	}
	between /= (double)(villages - strata);
	within /= (double)(villages * (size - 1));
	return (between - within) / (between + (double)(size - 1) * within);
}

/* 480 villages of 20: the error of an icc of 0.2 is about sqrt(2 / 480) (1 - 0.2) (1 + 19 * 0.2) /
 * 20 = 0.0124 (Donner 1986); tolerance three of them. */
Test(respond, intra_cluster_correlation)
{
	static const double icc[] = {0, 0.05, 0.2};

	for (size_t i = 0; i < COUNT(icc); i++) {
		const struct drawn *d = simulate((struct sampling){120, 20, icc[i], 0}, NULL);

		cr_expect(epsilon_eq(dbl, anova_icc(&d->answers[0], "a2", 20), icc[i], 0.037),
			  "icc %g", icc[i]);
	}
}

/* 3 provinces x 400 villages stay with 0.85: error sqrt(0.85 * 0.15 / 1200) = 0.0103. What is kept
 * is correlated by 0.8: error (1 - 0.64) / sqrt(1020) = 0.0113. A number never comes back. */
Test(respond, villages_from_year_to_year)
{
	const struct drawn *d = simulate((struct sampling){400, 1, 0.05, 0}, NULL);
	double kept = 0, product = 0, squares = 0, later = 0;

	for (size_t k = 0; k < 3 * 400; k++) {
		const struct village *a = &d->villages[0].at[k], *b = &d->villages[1].at[k];

		if (a->number != b->number) {
			cr_expect(b->number > 400);
			continue;
		}
		kept++;
		product += a->satisfied * b->satisfied;
		squares += a->satisfied * a->satisfied;
		later += b->satisfied * b->satisfied;
	}
	cr_expect(epsilon_eq(dbl, kept / 1200, 0.85, 0.031));
	cr_expect(epsilon_eq(dbl, product / sqrt(squares * later), 0.8, 0.034));
	cr_expect(epsilon_eq(dbl, later / kept, 1, 0.14)); /* sqrt(2 / 1020), three times */
	/* 04 was abolished in 2020, and another 04 began: its villages are other ones */
	cr_expect(eq(sz, d->villages[0].at[3 * 400].number, 1));
	cr_expect(eq(sz, d->villages[1].at[4 * 400].number, 401));
}

/* Skipped: block 1 of 0.2 in 2019, whole. Of what is missing else, 25 % is "77" ("x" is a level of
 * fav_1, so blank there); a12 has its own code for half. 4 x 40 x 20 = 3200 people: 3.5 errors. */
Test(respond, missing_answers)
{
	const struct drawn *d = simulate((struct sampling){40, 20, 0.05, 0.3}, NULL);
	const struct table *t = &d->answers[0];
	double n = (double)t->rows, skipped = 0, blank = 0, coded = 0, own = 0, a12 = 0, fav = 0;

	for (size_t r = 0; r < t->rows; r++) {
		bool skip = !cell(t, r, "a11").n && !cell(t, r, "a12").n;

		skipped += skip;
		blank += !cell(t, r, "a2").n;
		coded += is(cell(t, r, "a2"), "77");
		cr_expect(not(is(cell(t, r, "a12"), "77")));
		own += is(cell(t, r, "a12"), "9");
		a12 += !skip && !cell(t, r, "a12").n;
		fav += !cell(t, r, "fav_1").n || is(cell(t, r, "fav_1"), "77");
		cr_expect(eq(sz, cell(t, r, "home").n, 1));
	}
	/* 0.2 skipped, and of the rest those who leave both blank: 0.3 * 0.25 of a11 (what 77 and x
	 * leave) times 0.3 * 0.5 of a12 */
	cr_expect(epsilon_eq(dbl, skipped / n, 0.2 + 0.8 * 0.075 * 0.15, 0.026));
	cr_expect(epsilon_eq(dbl, blank / n, 0.3 * 0.25, 0.017));
	cr_expect(epsilon_eq(dbl, coded / n, 0.3 * 0.25, 0.017));
	cr_expect(epsilon_eq(dbl, own / n, 0.8 * 0.3 * 0.5, 0.021));
	cr_expect(epsilon_eq(dbl, a12 / n, 0.8 * 0.3 * 0.5 * (1 - 0.075), 0.021));
	cr_expect(epsilon_eq(dbl, fav / n, 0.15, 0.023)); /* others: half as often */
}

Test(respond, nothing_is_missing)
{
	const struct drawn *d = simulate((struct sampling){4, 5, 0.05, 0}, NULL);
	const struct table *t = &d->answers[2]; /* nobody is skipped in 2022 */

	for (size_t r = 0; r < t->rows; r++)
		for (size_t c = 0; c < t->columns; c++)
			cr_expect(table_cell(t, r, c).n > 0);
}

/* fav_1 of stratum u: x 0.8, y never, z 0.2; of v: z only. sex of u: half each. */
Test(respond, shares_of_other_questions)
{
	const struct drawn *d = simulate((struct sampling){120, 20, 0.05, 0}, NULL);
	const struct table *t = &d->answers[0];
	double n = 0, x = 0, man = 0;

	for (size_t r = 0; r < t->rows; r++) {
		struct text fav = cell(t, r, "fav_1");

		if (is(cell(t, r, "home"), "v")) {
			check_text(fav, "z");
			continue;
		}
		n++;
		x += is(fav, "x");
		man += is(cell(t, r, "sex"), "1");
		cr_expect(not(is(fav, "y")));
	}
	/* a province's share differs by its own draw, exp(0.2) each: 0.2 * sqrt(2) * p q / sqrt(4)
	 */
	cr_expect(epsilon_eq(dbl, x / n, 0.8, 3 * 0.2 * 1.4142 * 0.16 / 2));
	cr_expect(epsilon_eq(dbl, man / n, 0.5, 3 * 0.2 * 1.4142 * 0.25 / 2));
}

/* What one person says of two items goes together: 0.5 of the variance within villages is shared.
 * The correlation of the 0/1 answers at 0.7 of a latent one near 0.52 is near 0.33. */
Test(respond, items_of_a_person_agree)
{
	const struct drawn *d = simulate((struct sampling){40, 20, 0.05, 0}, NULL);
	const struct table *t = &d->answers[0];
	double n = 0, a = 0, b = 0, both = 0;

	for (size_t r = 0; r < t->rows; r++) {
		bool one = cell(t, r, "a11").n && cell(t, r, "a11").at[0] > '3';
		bool two = cell(t, r, "a12").n && cell(t, r, "a12").at[0] > '3';

		if (!cell(t, r, "a11").n)
			continue;
		n++;
		a += one;
		b += two;
		both += one && two;
	}
	cr_expect(epsilon_eq(
		dbl, (both / n - a / n * b / n) / sqrt(a / n * (1 - a / n) * b / n * (1 - b / n)),
		0.33, 0.07));
}
