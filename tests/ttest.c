/* Expected values: R survey 4.5 (tests/reference/estimate_ttest.csv), and by hand where said. */
#include "api.h"

#include "estimate/interval.h"
#include "estimate/ttest.h"

TestSuite(ttest, .fini = clean);

static const struct ttest_df own = {.df = NAN};

static void check(const struct ttest *got, const struct table *want, size_t i)
{
	struct interval ci = interval_wald(got->estimate, got->se, got->df, 0.95);

	api_close(got->estimate, api_number(want, i, "estimate"), 1e-9, "estimate", i);
	api_close(got->se, api_number(want, i, "se"), 1e-9, "se", i);
	api_close(got->df, api_number(want, i, "df"), 0, "df", i);
	api_close(got->t, api_number(want, i, "t"), 1e-9, "t", i);
	api_close(got->p, api_number(want, i, "p"), 1e-9, "p", i);
	api_close(ci.low, api_number(want, i, "ci_low"), 1e-9, "low", i);
	api_close(ci.high, api_number(want, i, "ci_high"), 1e-9, "high", i);
}

/* Differences of domains with the df of the design (svyby, svycontrast), and svyttest with one
 * less. */
Test(ttest, as_r)
{
	const struct table *want = api_table("estimate_ttest.csv");

	for (size_t i = 0; i < want->rows; i++) {
		const struct api *d = api_read(arena_string(&arena, api_cell(want, i, "design")));
		const char *by = arena_string(&arena, api_cell(want, i, "by"));
		double all = linear_design_df(&d->frame), *y = api_column(d, "api00");
		struct ttest_df df = {all, api_number(want, i, "df") < all};
		struct diag why = {0};
		struct ttest got;

		if (*by) {
			const char *a = arena_string(&arena, api_cell(want, i, "first"));
			const char *b = arena_string(&arena, api_cell(want, i, "second"));
			struct ttest_side first = {y, api_rows_with(d, by, a)};
			struct ttest_side second = {y, api_rows_with(d, by, b)};

			cr_assert(ttest_two(&d->linear, &d->rows, &first, &second, df, &got, &why));
		} else {
			const double *before = api_column(d, "api99");
			struct ttest_side one = {y, NULL};

			for (size_t r = 0; r < d->rows.n; r++)
				y[r] -= before[r];
			cr_assert(ttest_one(&d->linear, &d->rows, &one, 0, df, &got, &why));
			cr_expect(eq(sz, got.n, d->rows.n));
		}
		check(&got, want, i);
	}
}

/* The mean change of rows is the change of means: two items of the same rows. */
Test(ttest, two_items_of_the_same_rows)
{
	const struct api *d = api_read("clus1");
	double *now = api_column(d, "api00");
	const double *before = api_column(d, "api99");
	struct ttest_side a = {before, NULL}, b = {now, NULL};
	struct diag why = {0};
	struct ttest two, one;

	cr_assert(ttest_two(&d->linear, &d->rows, &a, &b, own, &two, &why));
	cr_expect(eq(dbl, two.df, 14));
	for (size_t i = 0; i < d->rows.n; i++)
		now[i] -= before[i];
	cr_assert(ttest_one(&d->linear, &d->rows, &b, 0, own, &one, &why));
	api_close(two.estimate, one.estimate, 1e-12, "estimate", 0);
	api_close(two.se, one.se, 1e-11, "se", 0);
}

/* Rows 1, 2, 3, 4, 10 of weights 1, 1, 1, 1, 0. */
static struct made *make(size_t units, double *y)
{
	static const double values[5] = {1, 2, 3, 4, 10};
	struct made *m = api_made(5, units);

	memcpy(y, values, sizeof values);
	m->weight[4] = 0;
	return m;
}

/* Mean 2.5; z = (y - 2.5) / 4 sums to 0, squares to 5/16; all five units are drawn: V = 5/4 5/16.
 * Of two rows out of four likewise, about 1.5 and 3.5: z = -+ 1/4 each. */
Test(ttest, by_hand)
{
	static const bool low[5] = {true, true}, high[5] = {false, false, true, true, true};
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side all = {y, NULL}, a = {y, low}, b = {y, high};
	struct diag why = {0};
	struct ttest got;

	cr_assert(ttest_one(&m->linear, &m->rows, &all, 2, own, &got, &why));
	api_close(got.estimate, 0.5, 1e-15, "estimate", 0);
	api_close(got.se, 0.625, 1e-15, "se", 0);
	api_close(got.t, 0.8, 1e-15, "t", 0);
	cr_expect(eq(dbl, got.df, 3));
	cr_expect(eq(sz, got.n, 4));
	/* Tail of t(3): 1 - 2/pi (atan(x) + x / (1 + x^2)), x = 0.8 / sqrt 3 */
	api_close(got.p, 1 - 2 / acos(-1) * (atan(0.8 / sqrt(3)) + 0.8 / sqrt(3) / (1 + 0.64 / 3)),
		  1e-12, "p", 0);
	cr_assert(ttest_two(&m->linear, &m->rows, &a, &b, own, &got, &why));
	api_close(got.estimate, 2, 1e-15, "estimate", 1);
	api_close(got.se, sqrt(1.25 * 4 / 16), 1e-15, "se", 1);
	cr_expect(eq(dbl, got.df, 3));
	cr_assert(ttest_one(&m->linear, &m->rows, &a, 0, (struct ttest_df){INFINITY, true}, &got,
			    &why));
	cr_expect(isinf(got.df));
	api_close(got.p, erfc(got.t / sqrt(2)), 1e-12, "p", 1);
	cr_expect(zero(sz, why.warnings));
}

/* Differences far from 0 keep their digits. */
Test(ttest, far_from_zero)
{
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side all = {y, NULL};
	struct diag why = {0};
	struct ttest got;

	for (size_t i = 0; i < 5; i++)
		y[i] += 1e9;
	cr_assert(ttest_one(&m->linear, &m->rows, &all, 1e9 + 2, own, &got, &why));
	api_close(got.se, 0.625, 1e-15, "se", 0);
}

Test(ttest, missing_answers)
{
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side all = {y, NULL};
	struct diag why = {0};
	struct ttest got;

	y[3] = NAN;
	cr_assert(ttest_one(&m->linear, &m->rows, &all, 0, own, &got, &why));
	api_close(got.estimate, 2, 1e-15, "estimate", 0);
	cr_expect(eq(sz, got.n, 3));
	cr_expect(eq(dbl, got.df, 2));
}

Test(ttest, nobody)
{
	static const bool none[5] = {false}, all[5] = {true, true, true, true, true};
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side a = {y, none}, b = {y, all};
	struct diag why = {0};
	struct ttest got;

	cr_expect(not(ttest_one(&m->linear, &m->rows, &a, 0, own, &got, &why)));
	cr_expect(not(ttest_two(&m->linear, &m->rows, &a, &b, own, &got, &why)));
	cr_expect(not(ttest_two(&m->linear, &m->rows, &b, &a, own, &got, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "needs rows with answers on every side");
	cr_expect(isnan(got.p) && isnan(got.se));
}

/* One row: no degrees of freedom; two rows less one for R: the same. */
Test(ttest, no_degrees_of_freedom)
{
	static const bool one[5] = {true}, two[5] = {true, true};
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side a = {y, one}, b = {y, two};
	struct diag why = {0};
	struct ttest got;

	cr_assert(ttest_one(&m->linear, &m->rows, &a, 0, own, &got, &why));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "no t test: 0 degrees of freedom");
	cr_expect(isnan(got.p) && isnan(got.t));
	api_close(got.estimate, 1, 0, "estimate", 0);
	cr_assert(ttest_one(&m->linear, &m->rows, &b, 0, own, &got, &why));
	cr_expect(eq(dbl, got.df, 1));
	cr_expect(isfinite(got.p), "one will do");
	cr_assert(ttest_one(&m->linear, &m->rows, &b, 0, (struct ttest_df){NAN, true}, &got, &why));
	cr_expect(eq(dbl, got.df, 0));
	cr_expect(isnan(got.p));
}

Test(ttest, answers_all_equal)
{
	double y[5];
	struct made *m = make(0, y);
	struct ttest_side all = {y, NULL};
	struct diag why = {0};
	struct ttest got;

	for (size_t i = 0; i < 5; i++)
		y[i] = 0.1;
	cr_assert(ttest_one(&m->linear, &m->rows, &all, 0, own, &got, &why));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "no sampling variance");
	cr_expect(eq(dbl, got.se, 0));
	cr_expect(isnan(got.t) && isnan(got.p));
}

Test(ttest, lonely_unit)
{
	double y[5];
	struct made *m = make(1, y);
	struct ttest_side all = {y, NULL};
	struct diag why = {0};
	struct ttest got;

	cr_expect(not(ttest_one(&m->linear, &m->rows, &all, 0, own, &got, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "one sampling unit only");
}
