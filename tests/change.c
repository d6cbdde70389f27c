/* Differences by hand; Lai Châu from the directive of Lai Châu on PAR INDEX 2012-2014. */
#include "help.h"

#include "analysis/change.h"
#include "analysis/published.h"
#include "analysis/rank.h"

#include <math.h>

TestSuite(change, .fini = clean);

struct read {
	struct survey survey;
	struct result all, changes;
};

static struct read *read_changes(const char *share, const char *path, long from, long to)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &r->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &r->survey, &r->all);
	rank_result(&r->survey, &r->all);
	change_result(&arena, &r->survey, &r->all, from, to, &r->changes);
	cr_assert(eq(int, (int)r->changes.parts, PART_CHANGE));
	return r;
}

/* NAN where nothing may be said. */
static void check(const struct read *r, long to, const char *item, const char *province,
		  double delta, double rank_change, const char *comparable, unsigned flags)
{
	const struct result_row *row =
		result_find(&r->changes, to, span_of(item), span_of(province));

	cr_assert(row != NULL, "%s %s", item, province);
	cr_expect(isnan(delta) ? isnan(row->delta) : row->delta == delta, "%s %s: %.17g", item,
		  province, row->delta);
	cr_expect(isnan(rank_change) ? isnan(row->rank_change) : row->rank_change == rank_change,
		  "%s %s: %.17g", item, province, row->rank_change);
	check_text(row->comparable, comparable);
	cr_expect(eq(int, (int)(row->flags & (FLAG_CAUTION | FLAG_INCOMPARABLE)), (int)flags),
		  "%s %s", item, province);
	cr_expect(isnan(row->p_value) && isnan(row->delta_se) && row->verdict.n == 0,
		  "no error is invented");
}

/* 63.17 - 66.46 = -3.29 exactly, from 59th to 62nd. */
Test(change, lai_chau)
{
	const struct read *r = read_changes(SHIPPED, SHIPPED "/surveys/par-index", 2012, 2013);
	const struct result_row *row =
		result_find(&r->changes, 2013, span_of("total"), span_of("12"));

	check(r, 2013, "total", "12", -3.29, -3, "ok", 0);
	cr_expect(eq(dbl, row->rank_from, 59));
	cr_expect(eq(dbl, row->rank, 62));
	cr_expect(eq(dbl, row->n_ranked_from, 63));
	cr_expect(eq(dbl, row->estimate_from, 66.46));
	cr_expect(eq(long, row->year_from, 2012));
}

/* Totals 2019: 1.30 1.30 1.50 –; 2020: 4.80 3.20 3.40 1.30. Ranks 2 2 1 – and 1 3 2 4. */
Test(change, within_an_era)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);

	check(r, 2020, "total", "01", 3.50, 1, "ok", 0);
	check(r, 2020, "total", "02", 1.90, -1, "ok", 0);
	check(r, 2020, "total", "03", 1.90, -1, "ok", 0);
	check(r, 2020, "1.1", "01", 0.30, 3, "ok", 0); /* 0.10 is 4th, 0.40 1st */
	check(r, 2020, "2", "03", 2.50, 2, "ok", 0);   /* 4th, then 2nd */
}

/* Gives the item in 2019 and 2020 errors that make its change `z` standard errors. */
static void give_error(struct read *r, const char *item, const char *province, double delta,
		       double z)
{
	for (long year = 2019; year <= 2020; year++) {
		struct result_row *row = (struct result_row *)result_find(
			&r->all, year, span_of(item), span_of(province));

		row->se = delta / z / sqrt(2);
		row->df = 1e12;
		row->level = 0.95;
	}
}

/* Two-sided p-values of 2.5 and 2.2 standard errors are 0.01242 and 0.02781. Holm of three: 3 x
 * 0.01242 = 0.0373, then 2 x 0.02781 = 0.0556 and the same again; alone all three would be below
 * 0.05. */
Test(change, a_family_of_provinces_is_adjusted)
{
	struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	struct result family;
	const struct result_row *row;

	give_error(r, "total", "01", 3.5, 2.2);
	give_error(r, "total", "02", 1.9, 2.5);
	give_error(r, "total", "03", 1.9, 2.2);
	change_item(&arena, &r->survey, &r->all, span_of("total"), 2019, 2020, &family);
	cr_assert(eq(sz, family.n, 4));
	row = result_find(&family, 2020, span_of("total"), span_of("02"));
	cr_expect(ieee_ulp_eq(dbl, row->delta, 1.9, 8));
	cr_expect(fabs(row->p_adjusted - 0.03726) < 1e-5, "%.17g", row->p_adjusted);
	check_text(row->verdict, "increase");
	for (const char *const *code = (const char *const[]){"01", "03", NULL}; *code; code++) {
		row = result_find(&family, 2020, span_of("total"), span_of(*code));
		cr_expect(fabs(row->p_value - 0.02781) < 1e-5, "%.17g", row->p_value);
		cr_expect(fabs(row->p_adjusted - 0.05561) < 1e-5, "%.17g", row->p_adjusted);
		check_text(row->verdict, "not_distinguishable");
		cr_expect(row->delta_low > 0); /* the interval is not adjusted */
	}
	check_text(result_find(&family, 2020, span_of("total"), span_of("04"))->verdict, "");
}

/* The family of a province is its own items: two of 2.2 standard errors (the total, and item 2,
 * which rises from 1 to 4) have 2 x 0.02781 each, whatever another province has. Without a year
 * before, its rows as they are. */
Test(change, a_family_of_items)
{
	struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	struct result family;
	const struct result_row *row;

	give_error(r, "total", "01", 3.5, 2.2);
	give_error(r, "2", "01", 3, 2.2);
	give_error(r, "total", "02", 1.9, 2.2);
	change_province(&arena, &r->survey, &r->all, span_of("01"), 2019, 2020, &family);
	for (size_t i = 0; i < family.n; i++)
		check_text(family.row[i].province, "01");
	row = result_find(&family, 2020, span_of("total"), span_of("01"));
	cr_expect(fabs(row->p_adjusted - 0.05561) < 1e-5, "%.17g", row->p_adjusted);
	check_text(row->verdict, "not_distinguishable");
	row = result_find(&family, 2020, span_of("2"), span_of("01"));
	cr_expect(fabs(row->p_adjusted - 0.05561) < 1e-5, "%.17g", row->p_adjusted);
	change_province(&arena, &r->survey, &r->all, span_of("01"), 0, 2020, &family);
	cr_expect(family.n > 1 && isnan(family.row[0].delta) && family.row[0].verdict.n == 0);
	change_province(&arena, &r->survey, &r->all, span_of("99"), 2019, 2020, &family);
	cr_expect(zero(sz, family.n));
}

/* Code 04 is one unit until 30 June 2020 and another from 1 July. */
Test(change, a_code_passed_to_another_unit)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	const struct result_row *row = result_find(&r->changes, 2020, span_of("2"), span_of("04"));

	check(r, 2020, "2", "04", NAN, NAN, "no", FLAG_INCOMPARABLE);
	check_text(row->reason[LANG_EN], "the code stands for two different units in these years");
	cr_expect(isnan(row->estimate_from), "0.70 is the other unit's");
	cr_expect(eq(dbl, row->estimate, 1.00));
}

/* Four units until 2020, five from 2021: scores may be compared, ranks among them not. */
Test(change, across_eras)
{
	const struct read *ab = read_changes(FIXTURES, SMALL, 2020, 2021),
			  *bc = read_changes(FIXTURES, SMALL, 2021, 2022),
			  *ac = read_changes(FIXTURES, SMALL, 2020, 2022);

	check(ab, 2021, "total", "01", 0.10, NAN, "warn", FLAG_CAUTION); /* 4.90 - 4.80 */
	check(ab, 2021, "1", "01", 0.10, NAN, "warn", FLAG_CAUTION);
	check(ab, 2021, "1.1", "02", 0, NAN, "warn", FLAG_CAUTION);
	check(ab, 2021, "2", "01", 0, NAN, "warn", FLAG_CAUTION); /* 1st of 4, printed 3rd of 5 */
	check(bc, 2022, "total", "01", NAN, NAN, "no", FLAG_INCOMPARABLE);
	check(bc, 2022, "1", "01", 0, NAN, "ok", 0); /* 2021 is not ranked */
	check(ac, 2022, "1", "01", 0.10, NAN, "warn", FLAG_CAUTION);
	check(ac, 2022, "2", "01", NAN, NAN, "no", FLAG_INCOMPARABLE);
	check_text(result_find(&ac->changes, 2022, span_of("2"), span_of("01"))->reason[LANG_EN],
		   "the sample changed; the form changed; "
		   "the number of provinces changed, so ranks are not compared");
	check_text(result_find(&ac->changes, 2022, span_of("2"), span_of("01"))->reason[LANG_VI],
		   "đổi mẫu; đổi phiếu; số tỉnh, thành phố đã thay đổi nên không so thứ hạng");
	check_text(
		result_find(&ab->changes, 2021, span_of("total"), span_of("01"))->reason[LANG_VI],
		"số tỉnh, thành phố đã thay đổi nên không so thứ hạng");
}

/* A province that the earlier year does not have, and one without a score that year. */
Test(change, nothing_to_compare_with)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2020, 2022),
			  *s = read_changes(FIXTURES, PRINTED, 2018, 2019);
	const struct result_row *row = result_find(&r->changes, 2022, span_of("1"), span_of("05"));

	check(r, 2022, "1", "05", NAN, NAN, "no", FLAG_INCOMPARABLE); /* no such unit in 2020 */
	cr_expect(isnan(row->estimate_from));
	check(s, 2019, "total", "02", NAN, 7, "ok",
	      0); /* unpublished in 2018, 9th there, 2nd now */
	cr_expect(isnan(
		result_find(&s->changes, 2019, span_of("total"), span_of("04"))->rank_change));
}

/* methodology.md, B: 2018 rescaled the index; 2020 to 2021 D5 lost a part; 2019 changed the sample.
 */
Test(change, papi_breaks)
{
	const struct read *a = read_changes(SHIPPED, SHIPPED "/surveys/papi", 2017, 2018),
			  *b = read_changes(SHIPPED, SHIPPED "/surveys/papi", 2020, 2021),
			  *c = read_changes(SHIPPED, SHIPPED "/surveys/papi", 2018, 2019);

	check(a, 2018, "total", "33", NAN, NAN, "no", FLAG_INCOMPARABLE);
	check(b, 2021, "5", "33", NAN, NAN, "no", FLAG_INCOMPARABLE);
	cr_expect(eq(int,
		     (int)result_find(&c->changes, 2019, span_of("total"), span_of("22"))->flags,
		     FLAG_CAUTION | FLAG_UNPUBLISHED)); /* Quảng Ninh 2018 was not published */
	/* Thừa Thiên Huế 43.20 and 45.86 as printed, 43rd and 5th (gilimexip.com) */
	const struct result_row *hue =
		result_find(&c->changes, 2019, span_of("total"), span_of("46"));

	cr_expect(epsilon_eq(dbl, hue->delta, 45.86 - 43.20, 0.055 + 2 * 28 * 0.00005));
	cr_expect(eq(dbl, hue->rank_change, 38));
}

/* Every row of the later year comes back, in the order it had. */
Test(change, all_rows_in_order)
{
	const struct read *r = read_changes(SHIPPED, SHIPPED "/surveys/papi", 2022, 2023);
	size_t n = 0;

	for (size_t i = 0; i < r->all.n; i++)
		if (r->all.row[i].year == 2023) {
			cr_assert(lt(sz, n, r->changes.n));
			cr_assert(span_equal(r->changes.row[n].province, r->all.row[i].province) &&
				  span_equal(r->changes.row[n].item, r->all.row[i].item));
			n++;
		}
	cr_expect(eq(sz, n, r->changes.n));
}

/* PCI ranked 64 units in 2007 and 2008, with Hà Tây, and 63 in 2009: ranks of Bắc Ninh 20, 16 and
 * 10 as printed (surveys/pci/SOURCE.md). */
Test(change, ranks_among_as_many_units)
{
	const struct read *a = read_changes(SHIPPED, SHIPPED "/surveys/pci", 2007, 2008),
			  *b = read_changes(SHIPPED, SHIPPED "/surveys/pci", 2008, 2009);
	const struct result_row *same = result_find(&a->changes, 2008, span_of("total"),
						    span_of("27")),
				*other = result_find(&b->changes, 2009, span_of("total"),
						     span_of("27"));

	cr_expect(eq(dbl, same->rank_change, 4));
	cr_expect(eq(dbl, other->rank_from, 16));
	cr_expect(eq(dbl, other->rank, 10));
	cr_expect(isnan(other->rank_change));
	check_text(other->reason[LANG_EN],
		   "the number of provinces changed, so ranks are not compared");
}

/* ---- rows with errors ----------------------------------------------------------------------- */

/* Item 1 of province 01 in 2020 against 2019, with other values. */
static struct result_row change_of(double now, double now_se, double now_df, double then,
				   double then_se, double then_df)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	struct result_row was = *result_find(&r->all, 2019, span_of("1"), span_of("01")),
			  row = *result_find(&r->all, 2020, span_of("1"), span_of("01"));

	was.estimate = then;
	was.se = then_se;
	was.df = then_df;
	row.estimate = now;
	row.se = now_se;
	row.df = now_df;
	row.level = 0.95;
	change_row(&arena, &r->survey, &row, &was, 2019);
	return row;
}

/* Two variances of 0.02 with one degree of freedom each: error 0.2 with (0.04)^2 / (2 0.02^2) = 2,
 * t[0.975; 2] = 4.30265272974946 (tables), p = 1 - t / sqrt(2 + t^2). */
Test(change, of_two_samples)
{
	const struct {
		double now, then, p;
		const char *verdict;
	} cases[] = {
		{5, 4, 1 - 5 / sqrt(27), "increase"},
		{4, 5, 1 - 5 / sqrt(27), "decrease"},
		{4.8, 4, 1 - 4 / sqrt(18), "not_distinguishable"},
		{4, 4, 1, "not_distinguishable"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result_row row =
			change_of(cases[i].now, sqrt(0.02), 1, cases[i].then, sqrt(0.02), 1);
		double delta = cases[i].now - cases[i].then, width = 4.30265272974946 * 0.2;

		cr_expect(epsilon_eq(dbl, row.delta, delta, 1e-15));
		cr_expect(epsilon_eq(dbl, row.delta_se, 0.2, 1e-15));
		cr_expect(epsilon_eq(dbl, row.delta_df, 2, 1e-12));
		cr_expect(epsilon_eq(dbl, row.p_value, cases[i].p, 1e-12));
		cr_expect(epsilon_eq(dbl, row.delta_low, delta - width, 1e-12));
		cr_expect(epsilon_eq(dbl, row.delta_high, delta + width, 1e-12));
		check_text(row.verdict, cases[i].verdict);
	}
}

/* Satterthwaite (1946): 0.09 with 10 and 0.16 with 5 degrees of freedom,
 * 0.25^2 / (0.09^2/10 + 0.16^2/5) = 0.0625 / 0.00593. */
Test(change, degrees_of_freedom)
{
	struct result_row row = change_of(5, 0.3, 10, 4, 0.4, 5),
			  certain = change_of(5, 0.3, 10, 4, 0, 5);

	cr_expect(epsilon_eq(dbl, row.delta_se, 0.5, 1e-15));
	cr_expect(epsilon_eq(dbl, row.delta_df, 0.0625 / 0.00593, 1e-12));
	cr_expect(epsilon_eq(dbl, certain.delta_df, 10, 1e-12));
	cr_expect(epsilon_eq(dbl, certain.delta_se, 0.3, 1e-15));
}

/* Where one year has no error there is none of the change, and no verdict. */
Test(change, errors_that_are_missing)
{
	static const double cases[][4] = {
		{NAN, 5, 0.3, 5},   {0.3, 5, NAN, 5}, {0.3, NAN, 0.3, 5},
		{0.3, 5, 0.3, NAN}, {0, 5, 0, 5}, /* nothing to divide by */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct result_row row =
			change_of(5, cases[i][0], cases[i][1], 4, cases[i][2], cases[i][3]);

		cr_expect(eq(dbl, row.delta, 1), "row %zu", i);
		cr_expect(isnan(row.delta_se) && isnan(row.p_value) && isnan(row.delta_low) &&
				  isnan(row.delta_high) && isnan(row.delta_df),
			  "row %zu", i);
		cr_expect(eq(sz, row.verdict.n, 0), "row %zu", i);
	}
}

/* comparability.csv forbids 2 from 2020 to 2022: no difference, so no test either. */
Test(change, no_test_of_what_may_not_be_compared)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2020, 2022);
	struct result_row was = *result_find(&r->all, 2020, span_of("2"), span_of("01")),
			  row = *result_find(&r->all, 2022, span_of("2"), span_of("01"));

	row.flags |= FLAG_SIMULATED;
	row.se = was.se = 0.1;
	row.df = was.df = 9;
	row.level = 0.95;
	change_row(&arena, &r->survey, &row, &was, 2020);
	cr_expect(isnan(row.delta) && isnan(row.delta_se) && isnan(row.p_value));
	cr_expect(eq(int, (int)row.flags, FLAG_SIMULATED | FLAG_INCOMPARABLE));
	cr_expect(eq(sz, row.verdict.n, 0));
}

Test(change, simulated_years_are_named)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	struct result_row was = *result_find(&r->all, 2019, span_of("1"), span_of("01")),
			  row = *result_find(&r->all, 2020, span_of("1"), span_of("01"));

	was.flags |= FLAG_SIMULATED | FLAG_CAUTION;
	change_row(&arena, &r->survey, &row, &was, 2019);
	cr_expect(eq(int, (int)row.flags, FLAG_SIMULATED), "a doubt of then is not one of now");
}

/* What is known of a pair belongs to its year; another year's is an independent sample. */
Test(change, pairs_belong_to_their_year)
{
	const struct read *r = read_changes(FIXTURES, SMALL, 2019, 2020);
	struct result_row was = *result_find(&r->all, 2019, span_of("1"), span_of("01")),
			  first = *result_find(&r->all, 2020, span_of("1"), span_of("01")), second;

	was.se = first.se = 0.1;
	was.df = first.df = 9;
	first.level = 0.95;
	first.paired_year = 2019;
	first.paired_from = first.paired_to = 0.01;
	first.paired_covariance = 0.006; /* 0.02 - 0.012 */
	first.paired_df = 7;
	second = first;
	second.paired_year = 2018;
	change_row(&arena, &r->survey, &first, &was, 2019);
	change_row(&arena, &r->survey, &second, &was, 2019);
	cr_expect(epsilon_eq(dbl, first.delta_se, sqrt(0.008), 1e-15));
	cr_expect(eq(dbl, first.delta_df, 7));
	cr_expect(epsilon_eq(dbl, second.delta_se, sqrt(0.02), 1e-15));
	cr_expect(epsilon_eq(dbl, second.delta_df, 18, 1e-12));
}

/* 25 against 20, errors 2 and 3: se of the quotient sqrt(9 + 1.5625 * 4) / 20. By a number without
 * error 3 / 20, with the row's degrees of freedom; infinite ones are not told. From nothing there
 * is no relative change. */
Test(change, relative_and_against_a_number)
{
	const struct overlap_pair two = {.from = 4, .to = 9, .df = 10};
	struct result_row row = result_row_init(), number = row, zero = row;

	row.estimate = number.estimate = zero.estimate = 25;
	row.level = number.level = zero.level = 0.95;
	row.estimate_from = 20;
	row.delta = 5;
	change_error(&row, &two);
	cr_expect(epsilon_eq(dbl, row.relative, 0.25, 1e-15));
	cr_expect(epsilon_eq(dbl, row.relative_se, sqrt(9 + 1.5625 * 4) / 20, 1e-15));
	cr_expect(epsilon_eq(dbl, row.relative_high - row.relative,
			     row.relative_se * 2.22813885198627, 1e-9)); /* qt(0.975, 10) */
	number.se = zero.se = 3;
	number.ci_low = 19; /* an interval, and no degrees of freedom */
	change_constant(&number, 20);
	cr_expect(epsilon_eq(dbl, number.relative_se, 0.15, 1e-15));
	cr_expect(epsilon_eq(dbl, number.delta_high - 5, 3 * 1.95996398454005, 1e-9));
	cr_expect(isnan(number.delta_df));
	zero.df = 10;
	change_constant(&zero, 0);
	cr_expect(eq(dbl, zero.delta_df, 10));
	cr_expect(isnan(zero.relative) && isnan(zero.relative_se) && isnan(zero.relative_low));
}

/* A slope of 2 with a variance of 1: t = 2. Without variance, degrees of freedom or value, no
 * test. */
Test(change, slopes)
{
	static const double none[][3] = {
		{2, 0, 5}, {2, NAN, 5}, {2, 1, 0}, {2, 1, NAN}, {NAN, 1, 5}};
	struct result_row row = result_row_init();

	row.level = 0.95;
	change_slope(&row, 2, 1, 5);
	cr_expect(epsilon_eq(dbl, row.p_value, 0.101939478829858, 1e-12)); /* 2 pt(-2, 5) */
	check_text(row.verdict, "not_distinguishable");
	for (size_t i = 0; i < COUNT(none); i++) {
		row = result_row_init();
		row.level = 0.95;
		change_slope(&row, none[i][0], none[i][1], none[i][2]);
		cr_expect(isnan(row.delta_se) && isnan(row.p_value) && row.verdict.n == 0, "%zu",
			  i);
	}
}

/* 100 % has a variance of 0 and an interval of 20 points: with 5 degrees of freedom that is 20 /
 * 2.570582 = 7.780338 (qt(0.975, 5)). The pair has the fewer degrees of freedom. */
Test(change, everybody_alike_is_not_certain)
{
	struct result_row was = result_row_init(), now = result_row_init();
	struct overlap_pair p = {.from = 0, .to = 9, .df = 12},
			    both = {.from = 4, .to = 9, .df = 12};

	was.level = now.level = 0.95;
	was.se = 0;
	was.df = 5;
	was.ci_low = 80;
	was.ci_high = 100;
	now.se = 3;
	now.df = 12;
	change_certain(&p, &was, &now);
	cr_expect(epsilon_eq(dbl, p.from, 7.780338 * 7.780338, 1e-4));
	cr_expect(eq(dbl, p.to, 9));
	cr_expect(eq(dbl, p.df, 5));
	change_certain(&both, &was, &now); /* a variance stays */
	cr_expect(eq(dbl, both.from, 4));
	cr_expect(eq(dbl, both.df, 12));
	was.ci_low = was.ci_high = NAN; /* nothing to go by */
	p.from = 0;
	change_certain(&p, &was, &now);
	cr_expect(eq(dbl, p.from, 0));
}
