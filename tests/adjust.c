/* Fifteen p-values: R's p.adjust, and 1 - (1 - p)^m. They stand in another order here than by
 * size. */
#include "help.h"

#include "analysis/adjust.h"

#include <math.h>

TestSuite(adjust, .fini = clean);

#define M 15

static const double ascending[M] = {0.0001,
				    0.00040000000000000002,
				    0.0019,
				    0.0094999999999999998,
				    0.0201,
				    0.027799999999999998,
				    0.0298,
				    0.0344,
				    0.045900000000000003,
				    0.32400000000000001,
				    0.42620000000000002,
				    0.57189999999999996,
				    0.65280000000000005,
				    0.75900000000000001,
				    1};

static const struct {
	enum adjust_method method;
	double want[M];
} cases[] = {
	{ADJUST_BONFERRONI,
	 {0.0015, 0.0060000000000000001, 0.028500000000000001, 0.14249999999999999,
	  0.30149999999999999, 0.41699999999999998, 0.44700000000000001, 0.51600000000000001,
	  0.6885, 1, 1, 1, 1, 1, 1}},
	{ADJUST_HOLM,
	 {0.0015, 0.0055999999999999999, 0.0247, 0.11399999999999999, 0.22109999999999999,
	  0.27799999999999997, 0.27799999999999997, 0.27799999999999997, 0.32130000000000003, 1, 1,
	  1, 1, 1, 1}},
	{ADJUST_HOCHBERG,
	 {0.0015, 0.0055999999999999999, 0.0247, 0.11399999999999999, 0.22109999999999999,
	  0.26819999999999999, 0.26819999999999999, 0.2752, 0.32130000000000003, 1, 1, 1, 1, 1, 1}},
	{ADJUST_HOMMEL,
	 {0.0015, 0.0055999999999999999, 0.0247, 0.095000000000000001, 0.1608, 0.1946,
	  0.20860000000000001, 0.24080000000000001, 0.32130000000000003, 1, 1, 1, 1, 1, 1}},
	{ADJUST_BH,
	 {0.0015, 0.0030000000000000001, 0.0094999999999999998, 0.035624999999999997,
	  0.060299999999999999, 0.063857142857142862, 0.063857142857142862, 0.064500000000000002,
	  0.076500000000000012, 0.48599999999999999, 0.58118181818181813, 0.71487499999999993,
	  0.75323076923076926, 0.81321428571428567, 1}},
	{ADJUST_BY,
	 {0.0049773434898434899, 0.0099546869796869799, 0.031523175435675434, 0.11821190788378289,
	  0.20008920829170829, 0.21189262285333715, 0.21189262285333715, 0.21402577006327006,
	  0.25384451798201801, 1, 1, 1, 1, 1, 1}},
	{ADJUST_SIDAK,
	 {0.0014989504548633681, 0.0059832290850860836, 0.028124053130306081, 0.13340296634648174,
	  0.26256055315023663, 0.34485979679756795, 0.36478747278990142, 0.40849440581410901,
	  0.50579351750516022, 0.99718680109871527, 0.99975933764695191, 0.99999702711289318,
	  0.9999998715613454, 0.99999999946265195, 1}}};

/* 7 i mod 15 runs through all. */
static size_t shuffled(size_t i)
{
	return 7 * i % M;
}

Test(adjust, as_in_r)
{
	double p[M], got[M];

	for (size_t i = 0; i < M; i++)
		p[shuffled(i)] = ascending[i];
	for (size_t c = 0; c < COUNT(cases); c++) {
		adjust_p(&arena, cases[c].method, p, M, got);
		for (size_t i = 0; i < M; i++)
			cr_expect(epsilon_eq(dbl, got[shuffled(i)], cases[c].want[i],
					     1e-12 * cases[c].want[i]),
				  "%s %zu", adjust_name(cases[c].method), i);
	}
}

/* R: p.adjust(p, "hommel"). */
Test(adjust, hommel_of_close_values)
{
	static const double p[] = {0.001, 0.012, 0.013, 0.04, 0.3, 0.5, 0.9},
			    want[] = {0.007, 0.060, 0.065, 0.160, 0.750, 0.900, 0.900},
			    two[] = {0.03, 0.04};
	double got[COUNT(p)];

	adjust_p(&arena, ADJUST_HOMMEL, p, COUNT(p), got);
	for (size_t i = 0; i < COUNT(p); i++)
		cr_expect(epsilon_eq(dbl, got[i], want[i], 1e-12));
	adjust_p(&arena, ADJUST_HOMMEL, two, 2, got);
	cr_expect(epsilon_eq(dbl, got[0], 0.04, 1e-12));
	cr_expect(epsilon_eq(dbl, got[1], 0.04, 1e-12));
}

/* 0.01 of two known ones: 0.02, not 0.03. */
Test(adjust, missing_values_do_not_count)
{
	static const double p[] = {0.01, NAN, 0.5};
	double got[3];

	adjust_p(&arena, ADJUST_HOLM, p, 3, got);
	cr_expect(epsilon_eq(dbl, got[0], 0.02, 1e-15));
	cr_expect(isnan(got[1]));
	cr_expect(epsilon_eq(dbl, got[2], 0.5, 1e-15));
	adjust_p(&arena, ADJUST_HOLM, (const double[]){NAN}, 1, got);
	cr_expect(isnan(got[0]));
	adjust_p(&arena, ADJUST_BY, NULL, 0, got);
}

/* Alone: every method leaves it. 0 and 1 stay. */
Test(adjust, one_comparison)
{
	static const double values[] = {0, 0.03, 1};
	double got;

	for (int m = 0; m < ADJUST__COUNT; m++)
		for (size_t i = 0; i < COUNT(values); i++) {
			adjust_p(&arena, (enum adjust_method)m, &values[i], 1, &got);
			cr_expect(epsilon_eq(dbl, got, values[i], 1e-15), "%d", m);
		}
}

Test(adjust, names)
{
	enum adjust_method m;
	enum adjust_family f;

	for (int i = 0; i < ADJUST__COUNT; i++) {
		cr_assert(adjust_find(span_of(adjust_name((enum adjust_method)i)), &m));
		cr_expect(eq(int, (int)m, i));
	}
	for (int i = 0; i < FAMILY__COUNT; i++) {
		cr_assert(family_find(span_of(family_name((enum adjust_family)i)), &f));
		cr_expect(eq(int, (int)f, i));
	}
	cr_expect(not(adjust_find(span_of("fdr"), &m)));
	cr_expect(not(family_find(span_of("all"), &f)));
}

/* p by province and item. Holm, of the two of an item: 2 x 0.02, 0.03 -> 0.04 both; of the two of a
 * province: 2 x 0.02, 0.9; of all four 0.08, 0.09, 0.4, 0.9. */
static struct result four(void)
{
	static const char *const province[] = {"01", "02", "01", "02"}, *const item[] = {"a", "a",
											 "b", "b"};
	static const double p[] = {0.02, 0.03, 0.9, 0.2}, delta[] = {1, -1, 1, -1};
	struct result r = {0};

	for (size_t i = 0; i < 4; i++) {
		struct result_row row = result_row_init();

		row.province = span_of(province[i]);
		row.item = span_of(item[i]);
		row.p_value = p[i];
		row.delta = delta[i];
		row.level = 0.95;
		result_add(&arena, &r, &row);
	}
	return r;
}

Test(adjust, families)
{
	static const struct {
		enum adjust_family family;
		double want[4];
		const char *verdict[4];
	} of[] = {
		{FAMILY_ITEM,
		 {0.04, 0.04, 0.9, 0.4},
		 {"increase", "decrease", "not_distinguishable", "not_distinguishable"}},
		{FAMILY_PROVINCE,
		 {0.04, 0.06, 0.9, 0.2},
		 {"increase", "not_distinguishable", "not_distinguishable", "not_distinguishable"}},
		{FAMILY_TABLE,
		 {0.08, 0.09, 0.9, 0.4},
		 {"not_distinguishable", "not_distinguishable", "not_distinguishable",
		  "not_distinguishable"}},
	};

	for (size_t k = 0; k < COUNT(of); k++) {
		struct result r = four();

		adjust_result(&arena, ADJUST_HOLM, of[k].family, &r);
		for (size_t i = 0; i < 4; i++) {
			cr_expect(epsilon_eq(dbl, r.row[i].p_adjusted, of[k].want[i], 1e-12),
				  "%zu %zu", k, i);
			check_text(r.row[i].verdict, of[k].verdict[i]);
		}
	}
}

/* A level of 0.99 asks for 0.01; no p-value, no verdict. */
Test(adjust, verdicts_follow_the_level)
{
	struct result r = four();

	r.row[0].level = 0.99;
	r.row[1].p_value = NAN;
	adjust_result(&arena, ADJUST_NONE, FAMILY_TABLE, &r);
	check_text(r.row[0].verdict, "not_distinguishable");
	check_text(r.row[1].verdict, "");
	cr_expect(isnan(r.row[1].p_adjusted));
	r.row[0].p_value = 0.009;
	adjust_result(&arena, ADJUST_NONE, FAMILY_TABLE, &r);
	check_text(r.row[0].verdict, "increase");
}

/* Two statistics of an item are two families, and so are two of its levels. */
Test(adjust, one_statistic_makes_a_family)
{
	struct result r = four();

	r.row[1].stat = span_of("rate");
	r.row[3].category = span_of("4");
	adjust_result(&arena, ADJUST_BONFERRONI, FAMILY_ITEM, &r);
	for (size_t i = 0; i < r.n; i++)
		cr_expect(eq(dbl, r.row[i].p_adjusted, r.row[i].p_value), "%zu", i);
}

/* 1 - 0.5 has no rounding: 0.5 is not below it. */
Test(adjust, the_limit_itself_is_no_finding)
{
	struct result r = four();

	r.row[0].level = r.row[0].p_value = 0.5;
	adjust_result(&arena, ADJUST_NONE, FAMILY_TABLE, &r);
	check_text(r.row[0].verdict, "not_distinguishable");
}
