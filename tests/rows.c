/* Expected values: R survey 4.5 (svycontrast of svymean; svyby with covmat = TRUE), and by hand
 * where said. */
#include "api.h"

TestSuite(rows, .fini = clean);

/* z of a mean, into column j of k. Returns the mean. */
static double mean_influence(const struct api *d, const double *y, const bool *in, size_t j,
			     size_t k, double *z)
{
	double w = 0, wy = 0;

	for (size_t i = 0; i < d->rows.n; i++)
		if (!in || in[i]) {
			w += d->weight[i];
			wy += d->weight[i] * y[i];
		}
	for (size_t i = 0; i < d->rows.n; i++)
		if (!in || in[i])
			z[i * k + j] = d->weight[i] * (y[i] - wy / w) / w;
	return wy / w;
}

/* Means of api00 and api99; errors of m0/m1 and sqrt(m0 m1) by their gradients. */
Test(rows, functions_of_two_means)
{
	static const struct {
		const char *design;
		double ratio, ratio_se, root, root_se;
	} cases[] = {
		{"strat", 1.0522605462182486, 0.0036439222308434689, 645.63166909472432,
		 9.6462615782803702},
		{"clus1", 1.0612728107529013, 0.0062308312166094136, 625.29732522310655,
		 23.856970048965081},
		{"strat_wr", 1.0522605462182486, 0.0036916072810607207, 645.63166909472432,
		 9.7758178841440895},
		{"stratclus", 1.0522605462182486, 0.0046692197076287755, 645.63166909472432,
		 11.705457939631263},
	};

	for (size_t c = 0; c < COUNT(cases); c++) {
		const struct api *d = api_read(cases[c].design);
		double *z = arena_new(&arena, d->rows.n, 2 * sizeof *z), v[4], g[2], h[2];
		double a = mean_influence(d, api_column(d, "api00"), NULL, 0, 2, z);
		double b = mean_influence(d, api_column(d, "api99"), NULL, 1, 2, z);

		cr_assert(rows_covariance(&d->linear, &d->rows, z, NULL, 2, v, NULL));
		g[0] = 1 / b;
		g[1] = -a / b / b;
		h[0] = sqrt(b / a) / 2;
		h[1] = sqrt(a / b) / 2;
		api_close(a / b, cases[c].ratio, 1e-12, "ratio", c);
		api_close(sqrt(g[0] * g[0] * v[0] + 2 * g[0] * g[1] * v[1] + g[1] * g[1] * v[3]),
			  cases[c].ratio_se, 1e-9, "se of the ratio", c);
		api_close(sqrt(a * b), cases[c].root, 1e-12, "root", c);
		api_close(sqrt(h[0] * h[0] * v[0] + 2 * h[0] * h[1] * v[1] + h[1] * h[1] * v[3]),
			  cases[c].root_se, 1e-9, "se of the root", c);
		cr_expect(eq(dbl, v[1], v[2]));
	}
}

/* Means of E, H, M: each in a domain of its own, over one design. */
Test(rows, covariance_of_domains)
{
	static const double want[] = {500.0773315349316,  521.9797796369528,  646.83743237958072,
				      521.9797796369528,  1445.5393613515287, 658.33093338365734,
				      646.83743237958072, 658.33093338365734, 999.15829195244407};
	static const char *const types[] = {"E", "H", "M"};
	const struct api *d = api_read("clus1");
	const double *y = api_column(d, "api00");
	double *z = arena_new(&arena, d->rows.n, 3 * sizeof *z), v[9];

	for (size_t j = 0; j < 3; j++)
		mean_influence(d, y, api_rows_with(d, "stype", types[j]), j, 3, z);
	cr_assert(rows_covariance(&d->linear, &d->rows, z, NULL, 3, v, NULL));
	for (size_t i = 0; i < 9; i++)
		api_close(v[i], want[i], 1e-9, "v", i);
}

/* R survey 4.5, degf of subsets of dstrat: sch.wide No, Yes; comp.imp No. */
Test(rows, degrees_of_freedom)
{
	const struct api *d = api_read("strat");

	cr_expect(eq(dbl, rows_df(&d->linear, &d->rows, NULL), 197));
	cr_expect(eq(dbl, rows_df(&d->linear, &d->rows, api_rows_with(d, "sch_wide", "No")), 45));
	cr_expect(eq(dbl, rows_df(&d->linear, &d->rows, api_rows_with(d, "sch_wide", "Yes")), 149));
	cr_expect(eq(dbl, rows_df(&d->linear, &d->rows, api_rows_with(d, "comp_imp", "No")), 81));
	cr_expect(eq(dbl, rows_df(&d->linear, &d->rows, api_rows_with(d, "stype", "E")), 99));
}

/* Units named B A B C A in strata 2 1 2 1 1: rows come in another order than strata. */
struct mixed {
	struct frame frame;
	struct linear linear;
	struct rows rows;
	double weight[5];
	size_t leaf[5];
};

static struct mixed *make(void)
{
	static const char stratum[] = "21211", unit[] = "BABCA";
	struct mixed *m = arena_new(&arena, 1, sizeof *m);
	struct diag why = {0};

	frame_start(&arena, 1, true, false, &m->frame);
	for (size_t i = 0; i < 5; i++) {
		struct frame_name name = {{&stratum[i], 1}, {&unit[i], 1}, INFINITY};

		cr_assert(frame_add(&m->frame, &name, (struct place){0}, &m->leaf[i], &why));
		m->weight[i] = 1;
	}
	cr_assert(frame_finish(&m->frame, &why));
	m->linear = (struct linear){.frame = &m->frame, .lonely = LONELY_REMOVE};
	m->rows = (struct rows){5, m->weight, m->leaf};
	return m;
}

Test(rows, leaves_in_frame_order)
{
	static const bool in[5] = {true, true, false, true, false},
			  not_first[5] = {false, true, true, true, true};
	struct mixed *m = make();
	struct rows_leaves to;

	rows_leaves(&arena, &m->frame, &m->rows, NULL, &to);
	cr_assert(eq(sz, to.leaves.n, 3));
	for (size_t i = 1; i < 3; i++)
		cr_expect(lt(sz, m->frame.order[to.leaves.leaf[i - 1]],
			     m->frame.order[to.leaves.leaf[i]]));
	for (size_t i = 0; i < 5; i++)
		cr_expect(eq(sz, to.leaves.leaf[to.slot[i]], m->leaf[i]), "row %zu", i);
	rows_leaves(&arena, &m->frame, &m->rows, not_first, &to);
	cr_expect(eq(sz, to.slot[0], ROWS_NONE));
	m->weight[3] = 0;
	rows_leaves(&arena, &m->frame, &m->rows, in, &to);
	cr_expect(eq(sz, to.leaves.n, 2));
	for (size_t i = 2; i < 5; i++)
		cr_expect(eq(sz, to.slot[i], ROWS_NONE), "row %zu", i);
}

/* Totals 3 + 6 of A, 5 of C in stratum 1: V = 2/1 (2^2 + 2^2) = 16; stratum 2 has one unit. Without
 * C its total is 0, and it counts: V = 2 (4.5^2 + 4.5^2) = 81. */
Test(rows, variance_by_hand)
{
	static const double z[] = {100, 3, 11, 5, 6};
	static const bool no_c[5] = {true, true, true, false, true}, none[5] = {false};
	struct mixed *m = make();
	size_t lonely;
	double v;

	cr_expect(rows_covariance(&m->linear, &m->rows, z, NULL, 1, &v, &lonely));
	api_close(v, 16, 1e-15, "v", 0);
	cr_expect(eq(sz, lonely, 1));
	cr_expect(eq(dbl, rows_df(&m->linear, &m->rows, NULL), 1));
	cr_expect(rows_covariance(&m->linear, &m->rows, z, no_c, 1, &v, &lonely));
	api_close(v, 81, 1e-15, "v", 1);
	cr_expect(eq(dbl, rows_df(&m->linear, &m->rows, no_c), 0));
	cr_expect(rows_covariance(&m->linear, &m->rows, z, none, 1, &v, &lonely));
	cr_expect(eq(dbl, v, 0));
	cr_expect(eq(dbl, rows_df(&m->linear, &m->rows, none), 0));
	m->linear.lonely = LONELY_FAIL;
	cr_expect(not(rows_covariance(&m->linear, &m->rows, z, NULL, 1, &v, NULL)));
	cr_expect(isnan(v));
}
