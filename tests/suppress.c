/* Decisions: tests/reference/estimate_proportions.csv (see SOURCE.md there), and the thresholds as
 * NCHS prints them (Parker and others 2017, Series 2 no. 175; 2023, no. 200). */
#include "help.h"

#include "base/number.h"
#include "estimate/interval.h"
#include "estimate/suppress.h"
#include "input/table.h"

#include <gsl/gsl_errno.h>
#include <math.h>

static void quiet(void)
{
	gsl_set_error_handler_off();
}

TestSuite(suppress, .init = quiet, .fini = clean);

static const struct suppress_rules nchs = {.rule = SUPPRESS_NCHS};

static void check(const struct suppress_rules *r, const struct suppress_input *x,
		  enum suppress_verdict want, const char *words, size_t row)
{
	const char *reason = "untouched";
	enum suppress_verdict got = suppress_decide(r, x, &reason);

	cr_expect(eq(int, (int)got, (int)want), "row %zu: %s", row, reason ? reason : "shown");
	cr_expect(eq(int, reason == NULL, want == SUPPRESS_SHOW), "row %zu", row);
	if (words && reason)
		check_string(reason, words);
	else
		cr_expect(words == NULL, "row %zu: %s", row, words ? words : "");
}

static double number_at(const struct table *t, size_t row, const char *column)
{
	double x;

	cr_assert(number_parse(table_cell(t, row, table_find(t, column)), &x), "row %zu, %s", row,
		  column);
	return x;
}

Test(suppress, proportions_of_the_reference)
{
	struct table t;
	struct diag why = {0};
	size_t decided = 0;

	cr_assert(table_read(&arena, REFERENCE "estimate_proportions.csv", true, &t, &why));
	for (size_t i = 0; i < t.rows; i++) {
		double p = number_at(&t, i, "p"), se = number_at(&t, i, "se"),
		       n = number_at(&t, i, "n"), df = number_at(&t, i, "df");
		struct interval kg = interval_proportion(INTERVAL_KG, p, se, n, df, 0.95, 1);
		struct suppress_input x = {.estimate = p,
					   .se = se,
					   .n = n,
					   .df = df,
					   .n_eff = interval_capped_n(p, se, n, df, 0.95, 1),
					   .kg_low = kg.low,
					   .kg_high = kg.high,
					   .deff_kish = 1,
					   .is_proportion = true};
		struct text want = table_cell(&t, i, table_find(&t, "nchs"));

		if (want.n == 0)
			continue; /* decided at 95 % only */
		decided++;
		if (span_is(want, "show"))
			check(&nchs, &x, SUPPRESS_SHOW, NULL, i);
		else if (span_is(want, "suppress:relwidth>130"))
			check(&nchs, &x, SUPPRESS_HIDE, "relative interval width above 130 %", i);
		else
			cr_fail("row %zu: a decision this test does not know", i);
	}
	cr_expect(eq(sz, decided, 8));
}

#define NO_CI "no interval"
#define N30 "fewer than 30 answers"
#define E30 "effective sample size below 30"
#define WIDE "interval width of 30 percentage points or more"
#define RELATIVE "relative interval width above 130 %"
#define OTHER_SIDE "relative interval width of the complement above 130 %"
#define DF8 "fewer than 8 degrees of freedom"
#define DF0 "no degrees of freedom"
#define SAME "all answers are the same"

/* Each branch, on both sides of its threshold; intervals from 0 or in sixteenths keep their width
 * exact. */
static const struct {
	double p, n, df, n_eff, low, high;
	enum suppress_verdict want;
	const char *words;
} proportions[] = {
	{0.5, 30, 8, 30, 0.375, 0.5625, SUPPRESS_SHOW, NULL},
	{0.5, 29, 8, 30, 0.375, 0.5625, SUPPRESS_HIDE, N30},
	{0.5, 30, 8, 29.999, 0.375, 0.5625, SUPPRESS_HIDE, E30},
	{0.5, 30, 8, 30, 0.375, 0.625, SUPPRESS_SHOW, NULL},
	{0.25, 30, 8, 30, 0, 0.30, SUPPRESS_HIDE, WIDE},
	{0.25, 30, 8, 30, 0, 0.2999, SUPPRESS_SHOW, NULL},
	{0.01, 3000, 8, 3000, 0, 0.05, SUPPRESS_SHOW, NULL}, /* narrow: 500 % of p does not count */
	{0.01, 3000, 8, 3000, 0, 0.0501, SUPPRESS_HIDE, RELATIVE},
	{0.1, 300, 8, 300, 0, 0.13, SUPPRESS_SHOW, NULL}, /* 130 % is not above 130 % */
	{0.1, 300, 8, 300, 0, 0.1301, SUPPRESS_HIDE, RELATIVE},
	{0.99, 3000, 8, 3000, 0.9375, 1, SUPPRESS_CAUTION, OTHER_SIDE},
	{0.99, 3000, 8, 3000, 0.96875, 1, SUPPRESS_SHOW, NULL}, /* narrow: for both sides */
	{0.9375, 3000, 8, 3000, 0.90625, 0.984375, SUPPRESS_SHOW, NULL}, /* 125 % of 1-p */
	{0.9375, 3000, 8, 3000, 0, 0.08125, SUPPRESS_SHOW, NULL},        /* 130 % to the last bit */
	{0.9375, 3000, 8, 3000, 0, 0.0813, SUPPRESS_CAUTION, OTHER_SIDE},
	{0.5, 30, 7, 30, 0.375, 0.5625, SUPPRESS_CAUTION, DF8},
	{0.5, 30, 7.9, 30, 0.375, 0.5625, SUPPRESS_CAUTION, DF8},
	{0.01, 3000, 7, 3000, 0, 0.05, SUPPRESS_CAUTION, DF8},
	{0.99, 3000, 7, 3000, 0.9375, 1, SUPPRESS_CAUTION, DF8}, /* the first of two */
	{0.5, 30, INFINITY, 30, 0.375, 0.5625, SUPPRESS_SHOW, NULL},
	{0, 30, 8, NAN, 0, 0.12, SUPPRESS_CAUTION, SAME}, /* n, not n*, at 0 and 1 */
	{1, 30, 8, 20, 0.88, 1, SUPPRESS_CAUTION, SAME},
	{1 + 1e-15, 30, 8, NAN, 0.88, 1, SUPPRESS_CAUTION, SAME},
	{0, 29, 8, 29, 0, 0.12, SUPPRESS_HIDE, N30},
	{0, 300, 0, NAN, NAN, NAN, SUPPRESS_HIDE, DF0},
	{0.5, 300, 0, 300, 0.375, 0.5625, SUPPRESS_HIDE, DF0},
	{0.5, 300, NAN, 300, 0.375, 0.5625, SUPPRESS_HIDE, DF0},
	{0.5, 300, 8, NAN, 0.375, 0.5625, SUPPRESS_HIDE, E30},
	{0.5, 300, 8, 300, NAN, NAN, SUPPRESS_HIDE, NO_CI},
	{0.5, NAN, 8, 300, 0.375, 0.5625, SUPPRESS_HIDE, N30},
	{NAN, 0, 0, NAN, NAN, NAN, SUPPRESS_HIDE, "no answers"},
};

Test(suppress, nchs_proportions)
{
	for (size_t i = 0; i < COUNT(proportions); i++)
		check(&nchs,
		      &(struct suppress_input){.estimate = proportions[i].p,
					       .se = 0.01,
					       .n = proportions[i].n,
					       .df = proportions[i].df,
					       .n_eff = proportions[i].n_eff,
					       .kg_low = proportions[i].low,
					       .kg_high = proportions[i].high,
					       .deff_kish = 1,
					       .is_proportion = true},
		      proportions[i].want, proportions[i].words, i);
}

#define E10 "effective sample size below 10"
#define RELATIVE160 "relative interval width above 160 %"

/* The width is 2 sinh(t se/N): 1.60 at se/N = asinh(0.8)/t, which is 0.3238804 with t[9] and
 * 0.3500525 with t[19] (asinh(0.8) = 0.7326683). */
static const struct {
	double total, se, n, deff, df;
	enum suppress_verdict want;
	const char *words;
} counts[] = {
	{1000, 323.8, 10, 1, 8, SUPPRESS_SHOW, NULL},
	{1000, 324, 10, 1, 8, SUPPRESS_HIDE, RELATIVE160},
	{1000, 323.8, 20, 2, 8, SUPPRESS_SHOW, NULL},
	{1000, 324, 20, 2, 8, SUPPRESS_HIDE, RELATIVE160},
	{1000, 350, 20, 1, 8, SUPPRESS_SHOW, NULL},
	{1000, 350.1, 20, 1, 8, SUPPRESS_HIDE, RELATIVE160},
	{1000, 1, 9.99, 1, 8, SUPPRESS_HIDE, E10},
	{1000, 1, 20, 2.01, 8, SUPPRESS_HIDE, E10},
	{1000, 1, 10, 1, 7, SUPPRESS_CAUTION, DF8},
	{1000, 324, 10, 1, 7, SUPPRESS_HIDE, RELATIVE160},
	{1000, 0, 10, 1, 8, SUPPRESS_SHOW, NULL},
	{0, 0, 10, 1, 8, SUPPRESS_HIDE, RELATIVE160},
	{-5, 1, 10, 1, 8, SUPPRESS_HIDE, RELATIVE160},
	{1000, 1, 10, 1, 0, SUPPRESS_HIDE, DF0},
	{1000, NAN, 10, 1, 8, SUPPRESS_HIDE, "no variance"},
	{1000, 1, 10, NAN, 8, SUPPRESS_HIDE, E10},
	{1000, 1, NAN, 1, 8, SUPPRESS_HIDE, E10},
	{NAN, NAN, 0, NAN, 0, SUPPRESS_HIDE, "no answers"},
};

Test(suppress, nchs_counts)
{
	for (size_t i = 0; i < COUNT(counts); i++)
		check(&nchs,
		      &(struct suppress_input){.estimate = counts[i].total,
					       .se = counts[i].se,
					       .n = counts[i].n,
					       .df = counts[i].df,
					       .n_eff = NAN,
					       .kg_low = NAN,
					       .kg_high = NAN,
					       .deff_kish = counts[i].deff,
					       .is_count = true},
		      counts[i].want, counts[i].words, i);
}

/* For means under nchs, and for every kind under the other rules. */
static const struct {
	struct suppress_rules rules;
	double estimate, se, n, df, n_eff;
	enum suppress_verdict want;
	const char *words;
} others[] = {
	{{SUPPRESS_NCHS, 0}, 4, 3, 30, 8, 30, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_NCHS, 0}, 4, 3, 29, 8, 30, SUPPRESS_HIDE, N30},
	{{SUPPRESS_NCHS, 0}, 4, 3, 30, 8, 29.9, SUPPRESS_HIDE, E30},
	{{SUPPRESS_NCHS, 0}, 4, 3, 30, 8, NAN, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_NCHS, 0}, 4, 3, 30, 7, 30, SUPPRESS_CAUTION, DF8},
	{{SUPPRESS_NCHS, 0}, 0, 3, 30, 8, 30, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_NCHS, 0}, 4, 0, 30, 8, 30, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_NCHS, 0}, 4, 3, 30, 0, 30, SUPPRESS_HIDE, DF0},
	{{SUPPRESS_NCHS, 0}, 4, NAN, 30, 8, 30, SUPPRESS_HIDE, "no variance"},
	{{SUPPRESS_NCHS, 0}, NAN, NAN, 0, 0, NAN, SUPPRESS_HIDE, "no answers"},
	{{SUPPRESS_RSE30, 0}, 10, 2.99, 30, 1, 1, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_RSE30, 0}, -10, 2.99, 30, 1, 1, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_RSE30, 0},
	 10,
	 3,
	 30,
	 1,
	 1,
	 SUPPRESS_HIDE,
	 "relative standard error of 30 % or more"},
	{{SUPPRESS_RSE30, 0},
	 -10,
	 3.5,
	 30,
	 1,
	 1,
	 SUPPRESS_HIDE,
	 "relative standard error of 30 % or more"},
	{{SUPPRESS_RSE30, 0},
	 0,
	 0,
	 30,
	 1,
	 1,
	 SUPPRESS_HIDE,
	 "relative standard error of 30 % or more"},
	{{SUPPRESS_RSE30, 0}, 10, 1, 29, 8, 30, SUPPRESS_HIDE, N30},
	{{SUPPRESS_RSE30, 0}, 10, NAN, 30, 8, 30, SUPPRESS_HIDE, "no variance"},
	{{SUPPRESS_RSE30, 0}, NAN, 1, 30, 8, 30, SUPPRESS_HIDE, "no answers"},
	{{SUPPRESS_MIN_N, 50}, 10, 9, 50, 0, 1, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_MIN_N, 50}, 10, 0, 49, 8, 99, SUPPRESS_HIDE, "fewer answers than the minimum"},
	{{SUPPRESS_MIN_N, 50}, 10, 0, NAN, 8, 99, SUPPRESS_HIDE, "fewer answers than the minimum"},
	{{SUPPRESS_MIN_N, 50}, NAN, 0, 50, 8, 99, SUPPRESS_HIDE, "no answers"},
	{{SUPPRESS_NONE, 0}, 10, 99, 1, 0, 0, SUPPRESS_SHOW, NULL},
	{{SUPPRESS_NONE, 0}, NAN, NAN, 0, 0, NAN, SUPPRESS_SHOW, NULL},
};

Test(suppress, other_estimates_and_rules)
{
	for (size_t i = 0; i < COUNT(others); i++) {
		struct suppress_input x = {.estimate = others[i].estimate,
					   .se = others[i].se,
					   .n = others[i].n,
					   .df = others[i].df,
					   .n_eff = others[i].n_eff,
					   .kg_low = NAN,
					   .kg_high = NAN,
					   .deff_kish = NAN};

		check(&others[i].rules, &x, others[i].want, others[i].words, i);
		if (others[i].rules.rule == SUPPRESS_NCHS)
			continue;
		x.is_proportion = true; /* these do not ask what it is */
		check(&others[i].rules, &x, others[i].want, others[i].words, i);
		x.is_proportion = false;
		x.is_count = true;
		check(&others[i].rules, &x, others[i].want, others[i].words, i);
	}
}

Test(suppress, names)
{
	static const char *const wrong[] = {"",     "n",     "n=",   "n=0",
					    "n=-3", "n=5.5", "n=5x", "n= 50",
					    "NCHS", "nchs ", "rse",  "n=99999999999999999999"};
	struct suppress_rules r = {SUPPRESS__COUNT, -1};

	for (size_t i = 0; i < COUNT(wrong); i++)
		cr_expect(suppress_find(span_of(wrong[i]), &r) == false, "%s", wrong[i]);
	cr_expect(suppress_find((struct text){NULL, 0}, &r) == false);
	cr_expect(r.rule == SUPPRESS__COUNT && r.min_n == -1, "left as it was");
	cr_expect(suppress_find(span_of("n=50"), &r) && r.rule == SUPPRESS_MIN_N && r.min_n == 50);
	cr_expect(suppress_find(span_of("n=1"), &r) && r.min_n == 1);
	cr_expect(suppress_find(span_of("none"), &r) && r.rule == SUPPRESS_NONE && r.min_n == 0);
	cr_expect(suppress_find(span_of("nchs"), &r) && r.rule == SUPPRESS_NCHS);
	cr_expect(suppress_find(span_of("rse30"), &r) && r.rule == SUPPRESS_RSE30);
}

/* S shown, C with a warning, H hidden. */
static const struct {
	double n[5];
	const char *before, *after;
} groups[] = {
	{{100, 20, 50, 70}, "SHSS", "SHHS"}, /* the smallest of the others */
	{{100, 20, 50, 70}, "SSHS", "SHHS"}, /* smaller than the hidden one, too */
	{{100, 20, 50, 70}, "SHHS", "SHHS"}, /* two hide each other */
	{{100, 20, 50, 70}, "SSSS", "SSSS"}, /* nothing to hide */
	{{100, 20, 50, 70}, "HHHH", "HHHH"},
	{{100, 20, 50, 70}, "SHCS", "SHHS"}, /* one with a warning is shown */
	{{20, 50, 50}, "HSS", "HHS"},        /* of equals the first */
	{{20, 50}, "HS", "HH"},
	{{20, 50}, "SH", "HH"},
	{{20}, "H", "H"},            /* nothing else to hide */
	{{20, 0, 50}, "HSS", "HSH"}, /* an empty cell hides nothing */
	{{20, 0, 0}, "HSS", "HSS"},
	{{0, 40, 50}, "HSS", "HSS"}, /* nor gives it anything away */
	{{0, 40, 50}, "HHS", "HHH"},
	{{NAN, 40, 50}, "HSS", "HHS"}, /* unknown is not empty */
	{{20, NAN, 50}, "HSS", "HSH"},
	{{20, 50, NAN}, "HSS", "HHS"},
};

Test(suppress, one_hidden_cell_takes_another_along)
{
	for (size_t i = 0; i < COUNT(groups); i++) {
		size_t cells = strlen(groups[i].before);
		enum suppress_verdict v[6] = {SUPPRESS_SHOW};
		char after[6] = "";

		for (size_t j = 0; j < cells; j++)
			v[j] = groups[i].before[j] == 'H'   ? SUPPRESS_HIDE
			       : groups[i].before[j] == 'C' ? SUPPRESS_CAUTION
							    : SUPPRESS_SHOW;
		suppress_complement(cells, groups[i].n, v);
		cr_expect(eq(int, (int)v[cells], (int)SUPPRESS_SHOW), "row %zu: beyond the end", i);
		for (size_t j = 0; j < cells; j++)
			after[j] = "SCH"[v[j]];
		check_string(after, groups[i].after);
	}
	suppress_complement(0, NULL, NULL);
}
