/* Reference numbers: R survey 4.1-1 and 4.5 (tests/reference/SOURCE.md), and quantiles computed
 * with 30 digits from the series of the incomplete beta function, given here to 16. */
#include "help.h"

#include "base/number.h"
#include "estimate/interval.h"
#include "input/table.h"

#include <gsl/gsl_errno.h>
#include <math.h>

static void quiet(void)
{
	gsl_set_error_handler_off();
}

TestSuite(interval, .init = quiet, .fini = clean);

static bool near(double got, double want, double relative)
{
	return fabs(got - want) <= relative * fabs(want) || got == want;
}

static struct table reference(const char *name)
{
	struct table t;
	struct diag why = {0};
	struct text path = span_of(REFERENCE);
	char file[4096];

	snprintf(file, sizeof file, "%.*s%s", SPAN_ARG(path), name);
	cr_assert(table_read(&arena, file, true, &t, &why));
	return t;
}

static double number_at(const struct table *t, size_t row, const char *column)
{
	double x;

	cr_assert(number_parse(table_cell(t, row, table_find(t, column)), &x), "row %zu, %s", row,
		  column);
	return x;
}

static enum interval_method method_at(const struct table *t, size_t row)
{
	enum interval_method m = INTERVAL__COUNT;

	cr_assert(interval_find(table_cell(t, row, table_find(t, "method")), &m), "row %zu", row);
	return m;
}

/* Closed forms to 1e-9 of the number. R fits logit by iteration (1e-7), and for likelihood reads
 * the limits off a spline (1e-3). */
Test(interval, proportions_as_r)
{
	struct table t = reference("estimate_intervals.csv");

	cr_assert(t.rows > 100);
	for (size_t i = 0; i < t.rows; i++) {
		enum interval_method m = method_at(&t, i);
		double low = number_at(&t, i, "low"), high = number_at(&t, i, "high");
		double by = m == INTERVAL_LOGIT ? 1e-7 : 1e-9;
		struct interval got = interval_proportion(
			m, number_at(&t, i, "p"), number_at(&t, i, "se"), number_at(&t, i, "n"),
			number_at(&t, i, "df"), number_at(&t, i, "level"), 1);

		cr_expect(eq(int, (int)got.used, (int)m));
		cr_expect(got.reason == NULL);
		if (m == INTERVAL_LIKELIHOOD)
			cr_expect(fabs(got.low - low) <= 1e-3 && fabs(got.high - high) <= 1e-3,
				  "row %zu: %.17g %.17g", i, got.low, got.high);
		else
			cr_expect(near(got.low, low, by) && near(got.high, high, by),
				  "row %zu: %.17g %.17g", i, got.low, got.high);
	}
}

Test(interval, effective_n_as_r)
{
	struct table t = reference("estimate_proportions.csv");

	for (size_t i = 0; i < t.rows; i++) {
		double p = number_at(&t, i, "p"), se = number_at(&t, i, "se"),
		       n = number_at(&t, i, "n"), df = number_at(&t, i, "df"),
		       level = number_at(&t, i, "level");
		struct interval kg = interval_proportion(INTERVAL_KG, p, se, n, df, level, 1),
				srs = interval_counts(n * p, n, INTERVAL_CP, level);

		cr_expect(near(interval_effective_n(p, se), number_at(&t, i, "n_eff"), 1e-9));
		cr_expect(near(interval_adjusted_n(p, se, n, df, level), number_at(&t, i, "n_star"),
			       1e-9));
		cr_expect(near(interval_capped_n(p, se, n, df, level, 1),
			       number_at(&t, i, "n_star_capped"), 1e-9));
		cr_expect(near(kg.low, number_at(&t, i, "kg_low"), 1e-9));
		cr_expect(near(kg.high, number_at(&t, i, "kg_high"), 1e-9));
		cr_expect(near(srs.low, number_at(&t, i, "srs_low"), 1e-9));
		cr_expect(near(srs.high, number_at(&t, i, "srs_high"), 1e-9));
	}
}

/* The reference lets Agresti-Coull leave [0, 1]. 1e-16: Wilson's 0 of 10 is there 2e-17. */
Test(interval, counts_as_textbooks)
{
	struct table t = reference("estimate_counts.csv");

	for (size_t i = 0; i < t.rows; i++) {
		enum interval_method m = method_at(&t, i);
		double low = fmax(number_at(&t, i, "low"), 0),
		       high = fmin(number_at(&t, i, "high"), 1);
		struct interval got =
			interval_counts(number_at(&t, i, "x"), number_at(&t, i, "n"), m, 0.95);

		cr_expect(near(got.low, low, 1e-9) || fabs(got.low - low) <= 1e-16,
			  "row %zu: %.17g", i, got.low);
		cr_expect(near(got.high, high, 1e-9), "row %zu: %.17g", i, got.high);
		cr_expect(eq(int, (int)got.used, (int)m));
	}
}

/* With 30 digits; the tail is (1 - level)/2 of the double nearest to the level. */
static const struct {
	double level, df, t;
} quantiles[] = {
	{0.9, 0.9, 7.6453466981048761},       {0.95, 1, 12.706204736174705},
	{0.99, 1, 63.656741162871581},        {0.95, 2.5, 3.5746548420036832},
	{0.9, 14, 1.7613101357748921},        {0.95, 14, 2.1447866879178038},
	{0.99, 14, 2.9768427343708347},       {0.95, 49, 2.0095752371292397},
	{0.99, 197, 2.6010156416895629},      {0.95, 12345.6, 1.9601561582595105},
	{0.9, INFINITY, 1.6448536269514727},  {0.95, INFINITY, 1.9599639845400542},
	{0.99, INFINITY, 2.5758293035489008}, {0.95, 1e9, 1.9599639869123249},
};

Test(interval, t_quantiles)
{
	for (size_t i = 0; i < COUNT(quantiles); i++)
		cr_expect(near(interval_t(quantiles[i].level, quantiles[i].df), quantiles[i].t,
			       1e-12),
			  "row %zu", i);
	cr_expect(isnan(interval_t(0.95, 0)) && isnan(interval_t(0.95, -1)) &&
		  isnan(interval_t(0.95, -(double)INFINITY)));
	cr_expect(isnan(interval_t(0.95, (double)NAN)));
	cr_expect(isnan(interval_t(0, 14)) && isnan(interval_t(1, 14)) &&
		  isnan(interval_t(95, 14)) && isnan(interval_t((double)NAN, 14)));
}

/* Clopper-Pearson limits, from parts of an answer to 200 000 of them. 1e-11: with many answers the
 * logarithm of the density is a difference of large numbers. */
static const struct {
	double x, n, low, high;
} many[] = {
	{0.05, 30, 1.744191649715609e-34, 0.1188681556540801},
	{0.3, 2, 1.346590735432104e-6, 0.90696956252642},
	{1, 2, 0.01257911709342505, 0.987420882906575},
	{29.5, 30.25, 0.8421491890343734, 0.9997841753733136},
	{3000, 10000, 0.2910276113098937, 0.3090889969760002},
	{4000, 200000, 0.01939089833000852, 0.02062306919896342},
	{199999, 200000, 0.9999721421014378, 0.9999998734109681},
};

Test(interval, beta_quantiles_of_all_sizes)
{
	for (size_t i = 0; i < COUNT(many); i++) {
		struct interval got = interval_counts(many[i].x, many[i].n, INTERVAL_CP, 0.95);

		cr_expect(near(got.low, many[i].low, 1e-11), "row %zu: %.17g", i, got.low);
		cr_expect(near(got.high, many[i].high, 1e-11), "row %zu: %.17g", i, got.high);
	}
}

static void check_same(struct interval got, struct interval want)
{
	cr_expect(memcmp(&got.low, &want.low, sizeof got.low) == 0 || isnan(want.low));
	cr_expect(memcmp(&got.high, &want.high, sizeof got.high) == 0 || isnan(want.high));
	cr_expect(isnan(got.low) == isnan(want.low) && got.used == want.used);
	cr_expect(got.reason == want.reason);
}

/* What is kept changes no bit; two df that share a place do not mix. */
Test(interval, many_at_one_level)
{
	static const double df[] = {14, 14 + INTERVAL_KNOWN, 0.9, 14.5, 1e9, INFINITY, 2e9, 0, -3,
				    NAN};
	struct interval_level kept = {0.9, arena_new(&arena, INTERVAL_KNOWN, sizeof *kept.known)};

	for (size_t k = 0; k < 3 * COUNT(df); k++) {
		double d = df[k % COUNT(df)], t = interval_level_t(&kept, d), c;

		cr_expect(t == interval_t(0.9, d) || (isnan(t) && !(d > 0)), "%g", d);
		check_same(interval_level_wald(&kept, 3, 0.5, d), interval_wald(3, 0.5, d, 0.9));
		for (unsigned m = 0; m < INTERVAL__COUNT; m++)
			for (double p = 0; p <= 1; p += 0.25)
				check_same(interval_level_proportion(&kept, m, p, 0.04, 60, d, 1),
					   interval_proportion(m, p, 0.04, 60, d, 0.9, 1));
		c = interval_level_capped_n(&kept, 0.3, 0.04, 60, d, 1);
		cr_expect(c == interval_capped_n(0.3, 0.04, 60, d, 0.9, 1) || isnan(c));
	}
}

/* The width of kg lies between its bounds, by at least 1.5 % of it, for parts of answers too. */
Test(interval, bounds_of_the_width)
{
	double least, most;

	for (double n = 30; n < 1e9; n *= 1.3)
		for (double x = 4.001; x < n - 4; x += fmax(0.43, fmin(x, n - x) * 0.17)) {
			struct interval i = interval_counts(x, n, INTERVAL_CP, 0.95);
			double width = i.high - i.low;

			interval_kg_width(x / n, n, &least, &most);
			cr_expect(least < width * 0.985 && width * 1.015 < most,
				  "%g of %g: %g not within %g and %g", x, n, width, least, most);
			cr_expect(n - x < 4.001 || most < 1.14 * least);
		}
	for (double x = 0; x < 4; x += 0.5) { /* too few */
		interval_kg_width(x / 100, 100, &least, &most);
		cr_expect(least == 0 && most == 1);
		interval_kg_width(1 - x / 100, 100, &least, &most);
		cr_expect(least == 0 && most == 1);
	}
	interval_kg_width(0.5, (double)NAN, &least, &most);
	cr_expect(least == 0 && most == 1);
	interval_kg_width((double)NAN, 100, &least, &most);
	cr_expect(least == 0 && most == 1);
	interval_kg_width(0.5, 29, &least, &most);
	cr_expect(least == 0 && most == 1);
}

/* The closed form solved with 30 digits; at p = 1/2 the limits are 1/2 -+ sqrt(1 - exp(-2D))/2. */
Test(interval, likelihood_solves_its_equation)
{
	struct interval half = interval_proportion(INTERVAL_LIKELIHOOD, 0.5, 0.05, 101,
						   (double)INFINITY, 0.95, 1),
			rare = interval_proportion(INTERVAL_LIKELIHOOD, 0.02, 0.02, 50,
						   (double)INFINITY, 0.95, 1),
			common = interval_proportion(INTERVAL_LIKELIHOOD, 0.98, 0.02, 50,
						     (double)INFINITY, 0.95, 1),
			steep = interval_proportion(INTERVAL_LIKELIHOOD, 0.3, 1e-7, 50,
						    (double)INFINITY, 0.95, 1);

	cr_expect(near(half.low, 0.402460644173207658, 1e-12));
	cr_expect(near(half.high, 0.597539355826792342, 1e-12));
	cr_expect(near(rare.low, 0.00105952127697344015, 1e-10));
	cr_expect(near(rare.high, 0.0870020031322484452, 1e-12));
	cr_expect(near(common.low, 1 - rare.high, 1e-12));
	cr_expect(near(common.high, 1 - rare.low, 1e-12));
	/* where it is p -+ z se sqrt(50/49) but for 1e-14; logit stands in, without the 50/49 */
	cr_expect(near(steep.high - 0.3, 1.95996398454e-7, 0.02));
	cr_expect(near(0.3 - steep.low, 1.95996398454e-7, 0.02));
}

/* R lets the angle fall below 0 and squares its sine: 0.000307 at 95 %, 0.00669 at 99 %, a limit
 * that rises with the level. Upper limits are R's. */
Test(interval, arcsine_ends_at_zero)
{
	struct interval at95 = interval_proportion(INTERVAL_ASIN, 0.02185792349726776,
						   0.022622450861133944, 183, 14, 0.95, 1),
			at99 = interval_proportion(INTERVAL_ASIN, 0.02185792349726776,
						   0.022622450861133944, 183, 14, 0.99, 1),
			top = interval_proportion(INTERVAL_ASIN, 1 - 0.02185792349726776,
						  0.022622450861133944, 183, 14, 0.99, 1);

	cr_expect(eq(dbl, at95.low, 0));
	cr_expect(near(at95.high, 0.095576736366842954, 1e-9));
	cr_expect(eq(dbl, at99.low, 0));
	cr_expect(near(at99.high, 0.13666721044556351, 1e-9));
	cr_expect(near(top.low, 1 - 0.13666721044556351, 1e-9));
	cr_expect(eq(dbl, top.high, 1));
}

/* 1 - 0.025^(1/n*). n* = 10: 0 of 10 (Clopper and Pearson). n* = 50 (t[49]/t[14])^2 = 43.8945. */
static const struct {
	double n, df, deff0, high;
} edges[] = {
	{10, 9, 1, 0.30849710781876083},
	{20, 19, 2, 0.30849710781876083},
	{10, 9, 0, 0.30849710781876083}, /* no design effect at all: 1 */
	{10, 9, -3, 0.30849710781876083},
	{10, 9, NAN, 0.30849710781876083},
	{10, INFINITY, 1, 0.30849710781876083}, /* n* is at most n */
	{10, 9, 0.5, 0.30849710781876083},
	{50, 14, 1, 0.08060517976807813},
	{50, 14, 2, 0.15471316453071207},
	{300, 299, 1, 0.012220974694293507},
	{1, 14, 1, 0.975}, /* one answer: t[0] has no end, n* = 1 */
};

Test(interval, one_sided_at_0_and_1)
{
	for (size_t i = 0; i < COUNT(edges); i++)
		for (unsigned m = 0; m < INTERVAL__COUNT; m++) {
			struct interval none = interval_proportion((enum interval_method)m, 0, 0,
								   edges[i].n, edges[i].df, 0.95,
								   edges[i].deff0),
					all = interval_proportion((enum interval_method)m, 1, 0,
								  edges[i].n, edges[i].df, 0.95,
								  edges[i].deff0);

			cr_expect(eq(dbl, none.low, 0));
			cr_expect(near(none.high, edges[i].high, 1e-12), "row %zu: %.17g", i,
				  none.high);
			cr_expect(near(all.low, 1 - edges[i].high, 1e-12), "row %zu: %.17g", i,
				  all.low);
			cr_expect(eq(dbl, all.high, 1));
			cr_expect(none.used == INTERVAL_KG && all.used == INTERVAL_KG);
			cr_expect(none.reason == NULL && all.reason == NULL);
		}
}

Test(interval, rounding_dust_is_0_or_1)
{
	static const double dusty[] = {-1e-15, 1e-15, -9e-13, 9e-13};

	for (size_t i = 0; i < COUNT(dusty); i++) {
		struct interval none = interval_proportion(INTERVAL_WALD, dusty[i], 1e-16, 10, 9,
							   0.95, 1),
				all = interval_proportion(INTERVAL_LOGIT, 1 + dusty[i], 1e-16, 10,
							  9, 0.95, 1);

		cr_expect(none.low == 0 && near(none.high, 0.30849710781876083, 1e-12));
		cr_expect(all.high == 1 && near(all.low, 1 - 0.30849710781876083, 1e-12));
		cr_expect(isnan(interval_effective_n(dusty[i], 0.1)));
		cr_expect(isnan(interval_effective_n(1 + dusty[i], 0.1)));
	}
	cr_expect(eq(int, (int)interval_proportion(INTERVAL_BETA, 1e-9, 1e-9, 10, 9, 0.95, 1).used,
		     (int)INTERVAL_BETA),
		  "small is not none");
}

/* No variance seen: what divides by it has [p, p] as its limit; what is capped has n answers: 3 of
 * 10, R binom.test(3, 10): 0.06673951, 0.65245285. */
Test(interval, without_spread)
{
	for (unsigned m = 0; m < INTERVAL__COUNT; m++)
		for (int dust = 0; dust < 2; dust++) {
			struct interval got = interval_proportion((enum interval_method)m, 0.3,
								  dust * 3e-16, 10, 9, 0.95, 1);

			cr_expect(got.reason == NULL && got.used == (enum interval_method)m);
			if (m == INTERVAL_KG || m == INTERVAL_CP)
				cr_expect(fabs(got.low - 0.06673951) < 5e-9 &&
					  fabs(got.high - 0.65245285) < 5e-9);
			else
				cr_expect(fabs(got.low - 0.3) < 1e-14 &&
					  fabs(got.high - 0.3) < 1e-14);
		}
	cr_expect(isinf(interval_effective_n(0.3, 0)) && isinf(interval_effective_n(0.3, 3e-16)));
	cr_expect(eq(dbl, interval_capped_n(0.3, 0, 10, 9, 0.95, 1), 10));
	cr_expect(eq(dbl, interval_wald(7, 0, 9, 0.95).low, 7));
	cr_expect(eq(dbl, interval_wald(7, 0, 9, 0.95).high, 7));
}

/* Every method: an interval in [0, 1] (but Wald's) that holds p and mirrors at 1 - p, whatever the
 * design effect. */
Test(interval, holds_p_and_mirrors)
{
	static const double ps[] = {1e-10, 1e-5, 0.004, 0.3, 0.5},
			    effective[] = {1e-3, 0.9, 40, 1e6, 1e14};

	for (unsigned m = 0; m < INTERVAL__COUNT; m++)
		for (size_t i = 0; i < COUNT(ps) * COUNT(effective); i++) {
			double p = ps[i % COUNT(ps)], n = effective[i / COUNT(ps)],
			       se = sqrt(p * (1 - p) / n);
			struct interval got = interval_proportion((enum interval_method)m, p, se,
								  400, 14, 0.95, 1),
					back = interval_proportion((enum interval_method)m, 1 - p,
								   se, 400, 14, 0.95, 1);

			cr_expect(got.reason == NULL, "%s %g %g",
				  interval_name((enum interval_method)m), p, n);
			cr_expect(got.low <= p + 1e-12 && got.high >= p - 1e-12, "%s %g %g: %g %g",
				  interval_name((enum interval_method)m), p, n, got.low, got.high);
			cr_expect(m == INTERVAL_WALD || (got.low >= 0 && got.high <= 1));
			/* 1 - p has lost digits of a small p */
			cr_expect(fabs(1 - back.high - got.low) < 1e-6 &&
					  fabs(1 - back.low - got.high) < 1e-6,
				  "%s %g %g", interval_name((enum interval_method)m), p, n);
		}
}

/* p -+ z se, by t[399]/t[399] = 1: the formula behind 1e9 effective answers; before it (5e8), the
 * beta distribution leans by 1/sqrt(n), and must still be found. */
Test(interval, millions_of_effective_answers)
{
	struct interval behind = interval_proportion(INTERVAL_BETA, 0.3, 1e-6, 400, 399, 0.95, 1),
			before = interval_proportion(INTERVAL_BETA, 0.3, sqrt(0.21 / 5e8), 400, 399,
						     0.95, 1);
	double half = 1.9599639845400542 * sqrt(0.21 / 5e8);

	cr_expect(near(0.3 - behind.low, 1.9599639845400542e-6, 1e-6));
	cr_expect(near(behind.high - 0.3, 1.9599639845400542e-6, 1e-6));
	cr_expect(near(0.3 - before.low, half, 1e-4) && near(before.high - 0.3, half, 1e-4));
}

/* mean +- t se: 656.585 +- 1.971957 * 9.402772 (R survey, srs, api00; z below). */
Test(interval, wald)
{
	struct interval t = interval_wald(656.58500000000004, 9.4027721708806435, 199, 0.95),
			z = interval_wald(656.58500000000004, 9.4027721708806435, (double)INFINITY,
					  0.95);

	cr_expect(near(t.low, 638.04314188352373, 1e-12));
	cr_expect(near(t.high, 675.12685811647634, 1e-12));
	cr_expect(near(z.low, 638.15590519023851, 1e-12));
	cr_expect(near(z.high, 675.01409480976156, 1e-12));
	cr_expect(t.reason == NULL && t.used == INTERVAL_WALD);
}

static void check_none(struct interval got, const char *reason)
{
	cr_expect(isnan(got.low) && isnan(got.high), "wanted: %s", reason);
	cr_assert(got.reason != NULL, "wanted: %s", reason);
	check_string(got.reason, reason);
}

static const struct {
	double p, se, n, df, level;
	const char *reason;
} unfit[] = {
	{0.3, 0.1, 0, 9, 0.95, "no answers"},
	{0, 0, 0, 9, 0.95, "no answers"},
	{0.3, 0.1, NAN, 9, 0.95, "no answers"},
	{NAN, NAN, 10, 9, 0.95, "no answers"},
	{0.3, 0.1, 10, 0, 0.95, "no degrees of freedom"},
	{0.3, 0.1, 10, -2, 0.95, "no degrees of freedom"},
	{0.3, 0.1, 10, NAN, 0.95, "no degrees of freedom"},
	{0, 0, 10, 0, 0.95, "no degrees of freedom"},
	{1, 0, 1, 0, 0.95, "no degrees of freedom"},
	{0.3, 0.1, 10, 9, 0, "the level is not between 0 and 1"},
	{0.3, 0.1, 10, 9, 95, "the level is not between 0 and 1"},
	{0.3, NAN, 10, 9, 0.95, "no variance"},
	{0.3, -0.1, 10, 9, 0.95, "no variance"},
	{0.3, 0.1, 1, 9, 0.95, "too few answers"}, /* not for Wald */
	{-0.01, 0.1, 10, 9, 0.95, "the proportion is not between 0 and 1"},
	{1.01, 0.1, 10, 9, 0.95, "the proportion is not between 0 and 1"},
};

Test(interval, says_why_there_is_none)
{
	for (size_t i = 0; i < COUNT(unfit); i++)
		for (unsigned m = 0; m < INTERVAL__COUNT; m++) {
			struct interval got = interval_proportion(
				(enum interval_method)m, unfit[i].p, unfit[i].se, unfit[i].n,
				unfit[i].df, unfit[i].level, 1);

			if (m == INTERVAL_WALD && i >= 13)
				cr_expect(near(got.high, unfit[i].p + 2.2621571627982055 * 0.1,
					       1e-12));
			else
				check_none(got, unfit[i].reason);
			cr_expect(eq(int, (int)got.used, (int)m));
		}
	check_none(interval_wald((double)NAN, 1, 9, 0.95), "no answers");
	check_none(interval_wald(1, (double)NAN, 9, 0.95), "no variance");
	check_none(interval_wald(1, 1, 0, 0.95), "no degrees of freedom");
	check_none(interval_wald(1, 1, 9, 1), "the level is not between 0 and 1");
	check_none(interval_wald(1, (double)INFINITY, (double)NAN, 0.95), "no degrees of freedom");
}

Test(interval, effective_n_without_answer)
{
	cr_expect(isnan(interval_effective_n(0, 0)) && isnan(interval_effective_n(1, 0)));
	cr_expect(isnan(interval_effective_n(-0.1, 0.1)) && isnan(interval_effective_n(1.1, 0.1)));
	cr_expect(isnan(interval_effective_n(0.5, (double)NAN)) &&
		  isnan(interval_effective_n(0.5, -1)) &&
		  isnan(interval_effective_n((double)NAN, 1)));
	cr_expect(isnan(interval_adjusted_n(0.5, 0.1, 1, 9, 0.95)));
	cr_expect(isnan(interval_adjusted_n(0.5, 0.1, 10, 0, 0.95)));
	cr_expect(isnan(interval_capped_n(0.5, 0.1, 0, 9, 0.95, 1)));
	cr_expect(isnan(interval_capped_n(0, 0, 0, 9, 0.95, 1)));
	cr_expect(isnan(interval_capped_n(0.5, 0.1, 1, 9, 0.95, 1)));
	cr_expect(isnan(interval_capped_n(0.5, 0.1, 10, 0, 0.95, 1)));
	cr_expect(isnan(interval_capped_n(0.5, (double)NAN, 10, 9, 0.95, 1)));
	cr_expect(isnan(interval_capped_n(1.5, 0.1, 10, 9, 0.95, 1)));
	cr_expect(eq(dbl, interval_capped_n(0, 0, 1, 9, 0.95, 1), 1));
	cr_expect(eq(dbl, interval_capped_n(1, 0, 20, 19, 0.95, 2), 10));
}

Test(interval, counts_refused)
{
	static const enum interval_method other[] = {
		INTERVAL_WALD, INTERVAL_LOGIT, INTERVAL_XLOGIT,     INTERVAL_ASIN,
		INTERVAL_BETA, INTERVAL_KG,    INTERVAL_LIKELIHOOD,
	};

	for (size_t i = 0; i < COUNT(other); i++)
		check_none(interval_counts(3, 10, other[i], 0.95), "no such interval from counts");
	check_none(interval_counts(0, 0, INTERVAL_CP, 0.95), "no answers");
	check_none(interval_counts((double)NAN, 10, INTERVAL_CP, 0.95), "no answers");
	check_none(interval_counts(11, 10, INTERVAL_WILSON, 0.95),
		   "the count is not between 0 and n");
	check_none(interval_counts(-1, 10, INTERVAL_AC, 0.95), "the count is not between 0 and n");
	check_none(interval_counts(3, 10, INTERVAL_JEFFREYS, 1.5),
		   "the level is not between 0 and 1");
}

Test(interval, names)
{
	enum interval_method m = INTERVAL__COUNT;

	for (unsigned i = 0; i < INTERVAL__COUNT; i++) {
		cr_expect(interval_find(span_of(interval_name((enum interval_method)i)), &m));
		cr_expect(eq(int, (int)m, (int)i));
	}
	check_string(interval_name(INTERVAL_CP), "clopper-pearson");
	check_string(interval_name(INTERVAL_KG), "kg");
	m = INTERVAL_AC;
	cr_expect(interval_find(span_of("mean"), &m) == false);
	cr_expect(interval_find(span_of("KG"), &m) == false);
	cr_expect(interval_find(span_of(""), &m) == false);
	cr_expect(interval_find((struct text){NULL, 0}, &m) == false);
	cr_expect(eq(int, (int)m, (int)INTERVAL_AC), "left as it was");
}
