/* Three rows by hand: y 1 3 8, x 1 2 2, weights 1 1 2. Sum of weights 4, mean 20/4 = 5, mean square
 * (1 + 9 + 128)/4 - 25 = 9.5, S2 = 3/2 9.5 = 14.25. Influence values against differences. */
#include "help.h"

#include "estimate/statistic.h"

#include <math.h>

TestSuite(statistic, .fini = clean);

#define ROWS 3

static const double ys[ROWS] = {1, 3, 8}, xs[ROWS] = {1, 2, 2}, ws[ROWS] = {1, 1, 2};

static struct moments sum(const double *y, const double *x, const double *w, size_t n, double shift)
{
	struct moments m = {.shift = shift};

	for (size_t i = 0; i < n; i++) {
		double d = y[i] - shift;

		m.n++;
		m.w += w[i];
		m.ww += w[i] * w[i];
		m.wy += w[i] * d;
		m.wyy += w[i] * d * d;
		m.wx += w[i] * x[i];
		m.wxx += w[i] * x[i] * x[i];
		m.wxy += w[i] * x[i] * d;
	}
	return m;
}

static void check(double got, double want, double tolerance, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) <= tolerance * (1 + fabs(want)),
		  "%s: %.17g, want %.17g", what, got, want);
}

Test(statistic, values)
{
	static const struct {
		enum statistic s;
		double want;
	} cases[] = {
		{STATISTIC_MEAN, 5},       {STATISTIC_TOTAL, 20},       {STATISTIC_RATIO, 20.0 / 7},
		{STATISTIC_RATE, 5},       {STATISTIC_VARIANCE, 14.25}, {STATISTIC_PROPORTION, 5},
		{STATISTIC_QUANTILE, NAN},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct moments m = sum(ys, xs, ws, ROWS, 0), shifted = sum(ys, xs, ws, ROWS, 3);

		check(statistic_value(cases[i].s, &m), cases[i].want, 1e-15,
		      statistic_name(cases[i].s));
		if (cases[i].s != STATISTIC_RATIO) /* never shifted */
			check(statistic_value(cases[i].s, &shifted), cases[i].want, 1e-15,
			      "shifted");
	}
}

/* The influence of a row is its weight times the slope of the estimate in that weight. A step of
 * 1e-5 leaves 1e-10 of the third derivative and 1e-11 of rounding. */
Test(statistic, influence_is_the_slope_in_the_weight)
{
	static const enum statistic all[] = {STATISTIC_MEAN, STATISTIC_TOTAL, STATISTIC_RATIO,
					     STATISTIC_VARIANCE, STATISTIC_DISTRIBUTION};

	for (size_t s = 0; s < COUNT(all); s++)
		for (size_t i = 0; i < ROWS; i++) {
			double shift = all[s] == STATISTIC_RATIO ? 0 : 3, h = 1e-5, up[ROWS],
			       down[ROWS], d = ys[i] - shift;
			struct moments m = sum(ys, xs, ws, ROWS, shift), more, less;
			struct influence f = statistic_influence(all[s], &m);
			struct unit_sums u = {ws[i], ws[i] * d, ws[i] * d * d, ws[i] * xs[i]};

			memcpy(up, ws, sizeof up);
			memcpy(down, ws, sizeof down);
			up[i] += h;
			down[i] -= h;
			more = sum(ys, xs, up, ROWS, shift);
			less = sum(ys, xs, down, ROWS, shift);
			check(influence_total(&f, &u),
			      ws[i] *
				      (statistic_value(all[s], &more) -
				       statistic_value(all[s], &less)) /
				      (2 * h),
			      1e-8, statistic_name(all[s]));
		}
}

/* By hand: mean (y-5)/4 w; ratio (y - 20/7 x)/7 w; variance (3/2 (y-5)^2 - 14.25)/4 w. */
Test(statistic, influence_by_hand)
{
	static const struct {
		enum statistic s;
		double want[ROWS];
	} cases[] = {
		{STATISTIC_MEAN, {-1, -0.5, 1.5}},
		{STATISTIC_TOTAL, {1, 3, 16}},
		{STATISTIC_RATIO, {-13.0 / 49, -19.0 / 49, 32.0 / 49}},
		{STATISTIC_VARIANCE, {9.75 / 4, -8.25 / 4, -0.75 / 2}},
	};

	for (size_t c = 0; c < COUNT(cases); c++)
		for (size_t i = 0; i < ROWS; i++) {
			struct moments m = sum(ys, xs, ws, ROWS, 0);
			struct influence f = statistic_influence(cases[c].s, &m);
			struct unit_sums u = {ws[i], ws[i] * ys[i], ws[i] * ys[i] * ys[i],
					      ws[i] * xs[i]};

			check(influence_total(&f, &u), cases[c].want[i], 1e-15,
			      statistic_name(cases[c].s));
		}
}

/* S2/n = 4.75; a population of 4: times (4-3)/4; a total: times 4^2. Ratio: residuals -13/7, -19/7,
 * 16/7, S2 = 3/2 (169 + 361 + 512)/49/4, over n, times (4/7)^2. */
Test(statistic, simple_random_samples)
{
	static const struct {
		enum statistic s;
		double wr;
	} cases[] = {
		{STATISTIC_MEAN, 4.75},
		{STATISTIC_TOTAL, 76},
		{STATISTIC_RATIO, 1.5 * 1042 / 49 / 4 / 3 * 16 / 49},
		{STATISTIC_VARIANCE, NAN},
		{STATISTIC_QUANTILE, NAN},
	};
	static const double half[ROWS] = {0.5, 0.5, 1};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct moments m = sum(ys, xs, ws, ROWS, 0), few = sum(ys, xs, half, ROWS, 0);
		const char *name = statistic_name(cases[i].s);

		check(statistic_srs_variance(cases[i].s, &m, DEFF_WR), cases[i].wr, 1e-15, name);
		check(statistic_srs_variance(cases[i].s, &m, DEFF_WOR), cases[i].wr / 4, 1e-15,
		      name);
		check(statistic_srs_variance(cases[i].s, &few, DEFF_WOR), NAN, 0,
		      "a population of 2 with 3 rows");
	}
}

/* p (1-p) / (n-1), with p = 3/4 of four rows. */
Test(statistic, share_of_a_simple_random_sample)
{
	static const double y[4] = {1, 0, 1, 1}, one[4] = {1, 1, 1, 1};
	struct moments m = sum(y, one, one, 4, 0);

	check(statistic_srs_variance(STATISTIC_PROPORTION, &m, DEFF_WR), 0.1875 / 3, 1e-15, "wr");
	check(statistic_srs_variance(STATISTIC_PROPORTION, &m, DEFF_WOR), 0, 0, "everybody");
	check(moments_kish(&m), 1, 0, "equal weights");
}

/* 3 (1 + 1 + 4) / 16 */
Test(statistic, kish)
{
	struct moments m = sum(ys, xs, ws, ROWS, 0);

	check(moments_kish(&m), 1.125, 1e-15, "kish");
	check(moments_variance(&m), 14.25, 1e-15, "S2");
	check(moments_kish(&(struct moments){0}), NAN, 0, "nobody");
}

Test(statistic, what_is_not_defined)
{
	static const double zero[ROWS] = {0, 0, 0}, ones[ROWS] = {1, 1, 1};
	struct moments two, one = sum(ys, xs, ws, 1, 0), none = {0},
			    zeros = sum(ys, zero, ws, ROWS, 0), equal = sum(xs + 1, xs, ws, 2, 0);

	check(statistic_value(STATISTIC_VARIANCE, &one), NAN, 0, "variance of one row");
	check(moments_variance(&one), NAN, 0, "variance of one row");
	check(statistic_srs_variance(STATISTIC_MEAN, &one, DEFF_WR), NAN, 0, "one row");
	check(statistic_value(STATISTIC_RATIO, &zeros), NAN, 0, "ratio to 0");
	check(statistic_value(STATISTIC_MEAN, &none), NAN, 0, "nobody");
	check(statistic_value(STATISTIC_RATIO, &none), NAN, 0, "nobody");
	check(statistic_value(STATISTIC_VARIANCE, &equal), 0, 0, "2 and 2");
	check(statistic_srs_variance(STATISTIC_MEAN,
				     &(struct moments){.n = 2, .w = 2, .ww = 2, .wy = 4, .wyy = 10},
				     DEFF_WR),
	      1, 0, "1 and 3: s2 = 2");
	check(statistic_value(STATISTIC_TOTAL, &none), NAN, 0, "nobody");
	/* y 1 3, x 1 2: R = 4/3, residuals -1/3 and 1/3, S2 = 2/9, over 2, times (2/3)^2 */
	two = sum(ys, xs, ones, 2, 0);
	check(statistic_srs_variance(STATISTIC_RATIO, &two, DEFF_WR), 4.0 / 81, 1e-15, "two rows");
}

/* Squares about the mean never fall below 0: three times a third of 0.1 does not add up. */
Test(statistic, variance_is_not_negative)
{
	static const double y[ROWS] = {0.1, 0.1, 0.1}, w[ROWS] = {1.0 / 3, 1.0 / 3, 1.0 / 7};
	struct moments m = sum(y, xs, w, ROWS, 0);

	cr_expect(ge(dbl, moments_variance(&m), 0));
	check(moments_variance(&m), 0, 1e-16, "equal answers");
}

Test(statistic, names)
{
	enum statistic s = STATISTIC_MEAN;

	for (int i = 0; i < STATISTIC__COUNT; i++) {
		cr_expect(statistic_find(span_of(statistic_name((enum statistic)i)), &s));
		cr_expect(eq(int, (int)s, i));
	}
	cr_expect(not(statistic_find(span_of("median"), &s)));
	cr_expect(not(statistic_find(span_of(""), &s)));
	cr_expect(statistic_is_share(STATISTIC_RATE) && statistic_is_share(STATISTIC_PROPORTION) &&
		  statistic_is_share(STATISTIC_DISTRIBUTION));
	cr_expect(not(statistic_is_share(STATISTIC_MEAN)));
	cr_expect(not(statistic_is_share(STATISTIC_TOTAL)));
}
