/* Expected values: R survey 4.5 (tests/reference/estimate_chisq.csv), and by hand where said. Where
 * every row is its own unit and nothing corrects for the population, V is (D - pp') / (n - 1) and
 * all lambda are n / (n - 1). */
#include "api.h"

#include "estimate/crosstab.h"

TestSuite(crosstab, .fini = clean);

#define EXACT 1e-9  /* closed forms; the reference itself repeats to 1.4e-13 */
#define SADDLE 1e-4 /* R's root is found to 1e-8 */

static const char *const kinds[CROSSTAB__COUNT] = {"F",       "Chisq",       "Wald",
						   "adjWald", "saddlepoint", "saddlepoint"};

/* Categories of a column in order of appearance; empty = missing. */
static size_t categories(const struct api *d, const char *column, size_t *of)
{
	struct text seen[20];
	size_t n = 0;

	for (size_t i = 0; i < d->rows.n; i++) {
		struct text s = api_cell(&d->table, d->first + i, column);

		of[i] = s.n ? 0 : CROSSTAB_MISSING;
		while (s.n && of[i] < n && !span_equal(seen[of[i]], s))
			of[i]++;
		if (of[i] == n)
			seen[n++] = s;
	}
	return n;
}

static struct crosstab_input input_of(const struct api *d, const char *row, const char *column)
{
	size_t *i = arena_new(&arena, d->rows.n, sizeof *i);
	size_t *j = arena_new(&arena, d->rows.n, sizeof *j);
	size_t rows = categories(d, row, i), columns = categories(d, column, j);

	return (struct crosstab_input){rows, columns, i, j, NULL};
}

static void outer(const double *d, size_t k, double scale, double *v)
{
	for (size_t i = 0; i < k * k; i++)
		v[i] += scale * d[i / k] * d[i % k];
}

/* JK1, centred at the mean of the replicates: scale 14/15, weights 0 or 15/14. */
static struct crosstab jackknife(struct api *d, const struct crosstab_input *in)
{
	size_t units = frame_leaves(&d->frame), k = in->rows * in->columns;
	double *w = arena_new(&arena, d->rows.n, sizeof *w);
	double *total_v = arena_new(&arena, k * k, sizeof *total_v), scale = 14.0 / 15;
	double *share_v = arena_new(&arena, k * k, sizeof *share_v), total[15][6], share[15][6];
	struct rows r = {d->rows.n, w, NULL};
	struct crosstab t;

	cr_assert(units == 15 && k <= 6);
	for (size_t u = 0; u < units; u++) {
		for (size_t i = 0; i < r.n; i++)
			w[i] = d->leaf[i] == u ? 0 : d->weight[i] * 15 / 14;
		crosstab_count(&arena, &r, in, &t);
		for (size_t j = 0; j < k; j++) {
			total[u][j] = t.weight[j];
			share[u][j] = t.weight[j] / t.total;
		}
	}
	for (size_t j = 0; j < k; j++) {
		double mt = 0, ms = 0;

		for (size_t u = 0; u < units; u++) {
			mt += total[u][j] / 15;
			ms += share[u][j] / 15;
		}
		for (size_t u = 0; u < units; u++) {
			total[u][j] -= mt;
			share[u][j] -= ms;
		}
	}
	for (size_t u = 0; u < units; u++) {
		outer(total[u], k, scale, total_v);
		outer(share[u], k, scale, share_v);
	}
	crosstab_count(&arena, &d->rows, in, &t);
	t.share_v = share_v;
	t.total_v = total_v;
	t.df = 14;
	return t;
}

static enum crosstab_kind kind_of(struct text name, bool replicates)
{
	enum crosstab_kind k = CROSSTAB_F;

	while (!span_is(name, kinds[k]))
		k++;
	return k == CROSSTAB_SADDLEPOINT && replicates ? CROSSTAB_SADDLEPOINT_INF : k;
}

Test(crosstab, as_r)
{
	const struct table *want = api_table("estimate_chisq.csv");

	for (size_t i = 0; i < want->rows; i++) {
		const char *design = arena_string(&arena, api_cell(want, i, "design"));
		bool jk = strcmp(design, "jk1_clus1") == 0;
		struct api *d = api_read(jk ? "clus1_wr" : design);
		struct crosstab_input in =
			input_of(d, arena_string(&arena, api_cell(want, i, "row")),
				 arena_string(&arena, api_cell(want, i, "column")));
		enum crosstab_kind kind = kind_of(api_cell(want, i, "kind"), jk);
		struct diag why = {0};
		struct crosstab_test got;
		struct crosstab t;

		if (jk)
			t = jackknife(d, &in);
		else
			cr_assert(crosstab_linear(&arena, &d->linear, &d->rows, &in, &t, &why));
		cr_assert(crosstab_test(&t, kind, &got, &why), "%s", why.item[0].words);
		cr_expect(eq(sz, t.n, (size_t)api_number(want, i, "n")));
		api_close(got.statistic, api_number(want, i, "statistic"), EXACT, "statistic", i);
		api_close(got.ndf, api_number(want, i, "ndf"), EXACT, "ndf", i);
		api_close(got.ddf, api_number(want, i, "ddf"), EXACT, "ddf", i);
		api_close(got.p, api_number(want, i, "p"),
			  kind >= CROSSTAB_SADDLEPOINT ? SADDLE : EXACT, "p", i);
	}
}

/* R survey 4.5, svytable(~sch.wide + stype): No and Yes by E, H, M. */
Test(crosstab, weighted_counts)
{
	static const struct {
		const char *design;
		size_t count;
		double weight[2][3];
	} cases[] = {
		{"strat",
		 200,
		 {{397.88999176025391, 362.40000915527338, 305.40000915527344},
		  {4023.1099166870117, 392.60000991821283, 712.60002136230469}}},
		{"clus1",
		 183,
		 {{406.16395568847656, 101.54098892211914, 270.77597045898438},
		  {4467.8035125732422, 372.31695938110352, 575.3989372253418}}},
	};

	for (size_t c = 0; c < COUNT(cases); c++) {
		const struct api *d = api_read(cases[c].design);
		struct crosstab_input in = input_of(d, "sch_wide", "stype");
		const bool *no = api_rows_with(d, "sch_wide", "No");
		size_t column[3], sum = 0, row = in.row[0] == 0 && no[0] ? 0 : 1;
		static const char *const types[] = {"E", "H", "M"};
		struct crosstab t;

		for (size_t j = 0; j < 3; j++) {
			const bool *is = api_rows_with(d, "stype", types[j]);
			size_t i = 0;

			while (!is[i])
				i++;
			column[j] = in.column[i];
		}
		crosstab_count(&arena, &d->rows, &in, &t);
		for (size_t i = 0; i < 6; i++) {
			size_t at = (i / 3 == 0 ? row : 1 - row) * 3 + column[i % 3];

			api_close(t.weight[at], cases[c].weight[i / 3][i % 3], 1e-14, "weight", i);
			sum += t.count[at];
		}
		cr_expect(eq(sz, sum, cases[c].count));
		cr_expect(eq(sz, t.n, cases[c].count));
		cr_expect(isnan(t.df));
	}
}

/* A table of counts, all rows of one weight; units as api_made. */
struct counts {
	struct made *made;
	struct crosstab_input in;
	size_t *row, *column;
};

static struct counts *make(const size_t *count, size_t rows, size_t columns, size_t units,
			   double weight)
{
	struct counts *m = arena_new(&arena, 1, sizeof *m);
	size_t n = 0;

	for (size_t i = 0; i < rows * columns; i++)
		n += count[i];
	m->made = api_made(n, units);
	m->row = arena_new(&arena, n, sizeof *m->row);
	m->column = arena_new(&arena, n, sizeof *m->column);
	for (size_t cell = 0, i = 0; cell < rows * columns; cell++)
		for (size_t j = 0; j < count[cell]; j++, i++) {
			m->made->weight[i] = weight;
			m->row[i] = cell / columns;
			m->column[i] = cell % columns;
		}
	m->in = (struct crosstab_input){rows, columns, m->row, m->column, NULL};
	return m;
}

static struct crosstab table_of(const struct counts *m)
{
	struct diag why = {0};
	struct crosstab t;

	cr_assert(crosstab_linear(&arena, &m->made->linear, &m->made->rows, &m->in, &t, &why), "%s",
		  why.item[0].words);
	return t;
}

static struct crosstab_test test_of(const struct crosstab *t, enum crosstab_kind kind)
{
	struct diag why = {0};
	struct crosstab_test got;

	cr_expect(crosstab_test(t, kind, &got, &why), "%s: %s", kinds[kind], why.item[0].words);
	return got;
}

static void refused(const struct crosstab *t, enum crosstab_kind kind, const char *fragment)
{
	struct diag why = {0};
	struct crosstab_test got;

	cr_expect(not(crosstab_test(t, kind, &got, &why)), "%s", kinds[kind]);
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, fragment);
	cr_expect(isnan(got.p));
}

/* X2 = n (ad - bc)^2 / (30 * 70 * 40 * 60) = 100 * 200^2 / 5040000 = 50/63; lambda = 100/99;
 * chi2_1 above 2 is 0.157299207050285 (2 - 2 Phi(sqrt 2)). */
Test(crosstab, two_by_two_by_hand)
{
	static const size_t count[] = {10, 20, 30, 40};
	struct crosstab t = table_of(make(count, 2, 2, 0, 3));
	struct crosstab_test got = test_of(&t, CROSSTAB_F);

	api_close(t.x2, 50.0 / 63, 1e-13, "x2", 0);
	api_close(t.total, 300, 1e-15, "total", 0);
	api_close(got.statistic, 50.0 / 63 * 0.99, 1e-12, "F", 0);
	api_close(got.ndf, 1, 1e-12, "ndf", 0);
	api_close(got.ddf, 99, 1e-12, "ddf", 0);
	api_close(got.effect, 100.0 / 99, 1e-12, "effect", 0);
	t.x2 = 2 * 100.0 / 99;
	api_close(test_of(&t, CROSSTAB_CHISQ).p, 0.157299207050285, 1e-12, "p", 0);
	t.df = INFINITY;
	got = test_of(&t, CROSSTAB_F);
	api_close(got.p, 0.157299207050285, 1e-12, "p", 1);
	cr_expect(isinf(got.ddf));
	got = test_of(&t, CROSSTAB_ADJWALD);
	cr_expect(eq(dbl, got.statistic, test_of(&t, CROSSTAB_WALD).statistic));
	cr_expect(eq(dbl, got.p, test_of(&t, CROSSTAB_WALD).p));
}

/* Shares that are independent: X2 and the Wald statistic are 0, p is 1. */
Test(crosstab, independence)
{
	static const size_t count[] = {2, 4, 6, 3, 6, 9};
	struct crosstab t = table_of(make(count, 2, 3, 0, 1));

	for (enum crosstab_kind k = 0; k < CROSSTAB__COUNT; k++)
		api_close(test_of(&t, k).p, 1, 1e-9, kinds[k], k);
}

/* Cell (2,2) empty. X2 = 60 * 600^2 / (30 * 30 * 40 * 20) = 30; with c = (1, -1, -1) and 1/p of
 * the empty cell 0, lambda = 60/59 (1 - 1 / (6 + 3 + 2)). */
Test(crosstab, an_empty_cell)
{
	static const size_t count[] = {10, 20, 30, 0};
	struct crosstab t = table_of(make(count, 2, 2, 0, 1));
	struct crosstab_test got = test_of(&t, CROSSTAB_F);

	api_close(t.x2, 30, 1e-13, "x2", 0);
	api_close(got.effect, 60.0 / 59 * 10 / 11, 1e-12, "effect", 0);
	cr_expect(isfinite(test_of(&t, CROSSTAB_ADJWALD).p));
}

/* Three cells carry four contrasts: nothing to divide by. */
Test(crosstab, too_many_empty_cells)
{
	static const size_t count[] = {10, 0, 0, 0, 10, 0, 0, 0, 10};
	struct crosstab t = table_of(make(count, 3, 3, 0, 1));

	refused(&t, CROSSTAB_F, "too many cells of the table are empty");
	refused(&t, CROSSTAB_CHISQ, "too many cells of the table are empty");
	refused(&t, CROSSTAB_SADDLEPOINT, "too many cells of the table are empty");
}

/* Categories without answers change nothing, wherever they stand. */
Test(crosstab, unused_categories)
{
	static const size_t count[] = {10, 0, 20, 0, 0, 0, 30, 0, 40, 0, 0, 0},
			    same[] = {10, 20, 30, 40};
	struct crosstab t = table_of(make(count, 4, 3, 0, 1)), u = table_of(make(same, 2, 2, 0, 1));

	for (enum crosstab_kind k = 0; k < CROSSTAB__COUNT; k++)
		api_close(test_of(&t, k).p, test_of(&u, k).p, 1e-12, kinds[k], k);
}

Test(crosstab, one_row_or_nothing)
{
	static const size_t line[] = {10, 20}, column[] = {10, 0, 7, 0}, none[] = {0, 0, 0, 0};
	struct crosstab t = table_of(make(line, 1, 2, 0, 1));

	refused(&t, CROSSTAB_F, "1 and 2 have any");
	t = table_of(make(column, 2, 2, 0, 1));
	refused(&t, CROSSTAB_WALD, "2 and 1 have any");
	t = table_of(make(none, 2, 2, 0, 1));
	cr_expect(isnan(t.x2));
	cr_expect(zero(sz, t.n));
	refused(&t, CROSSTAB_CHISQ, "0 and 0 have any");
}

/* Dropping rows by hand, by category, by weight and by domain is the same; their units stay in the
 * design when others of the unit are left. */
Test(crosstab, what_does_not_count)
{
	static const size_t count[] = {12, 20, 30, 38};
	struct crosstab want, got[3];

	for (size_t how = 0; how < 3; how++) {
		struct counts *m = make(count, 2, 2, 7, 2);
		bool *in = arena_new(&arena, m->made->rows.n, sizeof *in);

		m->in.in = how == 2 ? in : NULL;
		for (size_t i = 0; i < m->made->rows.n; i++) {
			in[i] = i % 5 != 0;
			if (how == 0 && !in[i])
				(i % 2 ? m->row : m->column)[i] = CROSSTAB_MISSING;
			if (how == 1 && !in[i])
				m->made->weight[i] = 0;
		}
		got[how] = table_of(m);
	}
	want = got[2];
	cr_expect(eq(sz, want.n, 80));
	cr_expect(eq(dbl, want.df, 6));
	for (size_t how = 0; how < 2; how++)
		for (enum crosstab_kind k = 0; k < CROSSTAB__COUNT; k++) {
			cr_expect(eq(sz, got[how].n, want.n));
			cr_expect(eq(dbl, test_of(&got[how], k).p, test_of(&want, k).p));
		}
}

/* 20 of 100 units say nothing: V = 100/99 (D - pp') / 80, so that lambda is 100/99, not 80/79. */
Test(crosstab, units_without_answers)
{
	static const size_t count[] = {10, 20, 30, 40};
	struct counts *m = make(count, 2, 2, 0, 1);
	struct crosstab t;

	for (size_t i = 0; i < m->made->rows.n; i += 5)
		m->row[i] = CROSSTAB_MISSING;
	t = table_of(m);
	api_close(test_of(&t, CROSSTAB_F).effect, 100.0 / 99, 1e-12, "effect", 0);
	cr_expect(eq(sz, t.n, 80));
	cr_expect(eq(dbl, t.df, 79));
}

/* A unit without members in the domain is none of its degrees of freedom, but is drawn. */
Test(crosstab, degrees_of_freedom_of_a_domain)
{
	static const size_t count[] = {12, 20, 30, 38};
	struct counts *m = make(count, 2, 2, 7, 2);
	bool *in = arena_new(&arena, m->made->rows.n, sizeof *in);

	for (size_t i = 0; i < m->made->rows.n; i++)
		in[i] = i % 7 > 1;
	m->in.in = in;
	cr_expect(eq(dbl, table_of(m).df, 4));
}

/* Turned around, in another order of categories, with weights in another unit. */
Test(crosstab, what_changes_nothing)
{
	static const size_t count[] = {12, 20, 5, 30, 38, 11};
	struct crosstab t = table_of(make(count, 2, 3, 9, 1));
	struct counts *turned = make(count, 2, 3, 9, 1e-3), *mixed = make(count, 2, 3, 9, 40);
	struct crosstab u, w;

	turned->in = (struct crosstab_input){3, 2, turned->column, turned->row, NULL};
	for (size_t i = 0; i < mixed->made->rows.n; i++) {
		mixed->row[i] = 1 - mixed->row[i];
		mixed->column[i] = (mixed->column[i] + 1) % 3;
	}
	u = table_of(turned);
	w = table_of(mixed);
	for (enum crosstab_kind k = 0; k < CROSSTAB__COUNT; k++) {
		api_close(test_of(&u, k).p, test_of(&t, k).p, 1e-10, kinds[k], k);
		api_close(test_of(&w, k).p, test_of(&t, k).p, 1e-10, kinds[k], k);
	}
}

/* 6 contrasts, 4 units: the covariance has rank 3. The F test does without its inverse. */
Test(crosstab, fewer_units_than_contrasts)
{
	static const size_t count[] = {3, 8, 2, 5, 9, 4, 7, 6, 5, 2, 8, 11};
	struct crosstab t = table_of(make(count, 3, 4, 4, 1));

	refused(&t, CROSSTAB_WALD, "singular (6 contrasts, 3 degrees of freedom)");
	refused(&t, CROSSTAB_ADJWALD, "6 contrasts needs more than 3 degrees of freedom");
	t.df = 5;
	refused(&t, CROSSTAB_ADJWALD, "6 contrasts needs more than 5 degrees of freedom");
	cr_expect(isfinite(test_of(&t, CROSSTAB_F).p));
}

/* Both units have the table 1 2 / 3 4. */
Test(crosstab, units_that_agree)
{
	static const size_t count[] = {2, 4, 6, 8};
	struct crosstab t = table_of(make(count, 2, 2, 2, 1));

	refused(&t, CROSSTAB_F, "no sampling variance");
	refused(&t, CROSSTAB_CHISQ, "no sampling variance");
	refused(&t, CROSSTAB_WALD, "singular");
}

Test(crosstab, no_degrees_of_freedom)
{
	static const size_t count[] = {10, 20, 30, 40};
	static const double bad[] = {0, -1, NAN};
	struct crosstab t = table_of(make(count, 2, 2, 0, 1));

	for (size_t i = 0; i < COUNT(bad); i++) {
		t.df = bad[i];
		refused(&t, CROSSTAB_F, "degrees of freedom");
		refused(&t, CROSSTAB_SADDLEPOINT, "degrees of freedom");
		refused(&t, CROSSTAB_WALD, "degrees of freedom");
		cr_expect(isfinite(test_of(&t, CROSSTAB_CHISQ).p), "needs none");
	}
}

Test(crosstab, one_unit)
{
	static const size_t count[] = {10, 20, 30, 40};
	struct counts *m = make(count, 2, 2, 1, 1);
	struct diag why = {0};
	struct crosstab t;

	cr_expect(not(crosstab_linear(&arena, &m->made->linear, &m->made->rows, &m->in, &t, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "one sampling unit only");
	m->made->linear.lonely = LONELY_REMOVE;
	t = table_of(m);
	cr_expect(eq(sz, t.lonely, 1));
	refused(&t, CROSSTAB_CHISQ, "no sampling variance");
}

/* A caller's covariance that is not there must end in words too. */
Test(crosstab, covariance_of_nothing)
{
	static const size_t count[] = {10, 20, 30, 40, 10, 20};
	double v[36];
	struct crosstab t = table_of(make(count, 2, 3, 0, 1));

	for (size_t i = 0; i < 36; i++)
		v[i] = NAN;
	t.share_v = t.total_v = v;
	refused(&t, CROSSTAB_F, "no covariance");
	refused(&t, CROSSTAB_WALD, "singular");
}
