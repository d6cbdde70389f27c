/* Variances of tiny designs, worked out by hand beside each; as R survey 4.5 where it says so. */
#include "help.h"

#include "estimate/linear.h"

#include <math.h>

TestSuite(linear, .fini = clean);

#define MOST 16

/* Leaves of a design with the influence total of each; NaN = a unit without members. */
struct row {
	const char *stratum, *unit, *later;
	double z, population[3];
};

struct drawn {
	struct frame frame;
	struct leaves leaves;
	double *z;
};

/* Stages after the first named unit: `later`, then rows as units. */
static struct drawn draw(const struct row *row, size_t n, size_t stages)
{
	struct drawn d;
	size_t *leaf = arena_new(&arena, n, sizeof *leaf), *at, *member;
	struct diag why = {0};

	frame_start(&arena, stages, false, stages == 3, &d.frame);
	for (size_t i = 0; i < n; i++) {
		const double *p = row[i].population;
		struct frame_name names[3] = {
			{span_of(row[i].stratum), span_of(row[i].unit), p[0] > 0 ? p[0] : INFINITY},
			{{"", 0}, span_of(row[i].later), p[1] > 0 ? p[1] : INFINITY},
			{{"", 0}, {"", 0}, p[2] > 0 ? p[2] : INFINITY}};

		cr_assert(frame_add(&d.frame, names, (struct place){0}, &leaf[i], &why));
	}
	cr_assert(frame_finish(&d.frame, &why), "%s", why.item[0].words);
	at = arena_new(&arena, n, sizeof *at);
	member = arena_new(&arena, n, sizeof *member);
	d.z = arena_new(&arena, n, sizeof *d.z);
	for (size_t i = 0; i < n; i++)
		at[d.frame.order[leaf[i]]] = i;
	d.leaves = (struct leaves){0, member};
	for (size_t i = 0; i < frame_leaves(&d.frame); i++)
		if (!isnan(row[at[i]].z)) {
			member[d.leaves.n] = leaf[at[i]];
			d.z[d.leaves.n++] = row[at[i]].z;
		}
	return d;
}

/* Three at a time are bit for bit what they are one at a time. */
static void check_together(const struct linear *l, const struct drawn *d, double first,
			   size_t strata)
{
	size_t n = d->leaves.n, lonely;
	double *z = arena_new(&arena, 3 * n, sizeof *z), *one = arena_new(&arena, n, sizeof *one);
	double v[4] = {-1, -1, -1, -7}, alone;

	for (size_t i = 0; i < n; i++) {
		z[3 * i] = d->z[i];
		z[3 * i + 1] = one[i] = d->z[i] / 3 - 0.1 * (double)i;
		z[3 * i + 2] = 0;
	}
	cr_expect(linear_variances(l, &d->leaves, z, 3, v, &lonely) == !isnan(first));
	linear_covariance(l, &d->leaves, one, 1, &alone, NULL);
	cr_expect(eq(sz, lonely, strata));
	cr_expect(memcmp(&v[0], &first, sizeof first) == 0 || (isnan(v[0]) && isnan(first)));
	cr_expect(memcmp(&v[1], &alone, sizeof alone) == 0 || (isnan(v[1]) && isnan(alone)));
	cr_expect(isnan(first) ? isnan(v[2]) : v[2] == 0);
	cr_expect(v[3] == -7); /* k values, not k * k */
}

static double variance(const struct drawn *d, enum lonely lonely, enum domain_lonely domain)
{
	struct linear l = {&d->frame, lonely, domain};
	double v;
	size_t strata;

	cr_expect(linear_covariance(&l, &d->leaves, d->z, 1, &v, &strata) == !isnan(v));
	check_together(&l, d, v, strata);
	return v;
}

static void check(double got, double want, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) <= 1e-13 * fabs(want) + 1e-15,
		  "%s: %.17g, want %.17g", what, got, want);
}

/* A: 1 3 8, mean 4, squares 9 + 1 + 16 = 26, times 3/2 = 39.
 * B: 2 6, mean 4, squares 8, times 2/1 = 16. */
Test(linear, one_stage)
{
	static const struct row rows[] = {{"A", "1", "", 1, {0}},
					  {"B", "2", "", 2, {0}},
					  {"A", "3", "", 3, {0}},
					  {"A", "4", "", 8, {0}},
					  {"B", "5", "", 6, {0}}};
	struct drawn d = draw(rows, COUNT(rows), 1);

	check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), 55, "39 + 16");
	check(linear_df(&d.frame, &d.leaves), 3, "5 - 2");
	check(linear_design_df(&d.frame), 3, "5 - 2");
}

/* The same with 3 of 6 and 2 of 8: 39/2 + 16 * 3/4; with 3 of 3: a census of A says nothing. */
Test(linear, finite_populations)
{
	static const struct {
		double a, b, want;
	} cases[] = {
		{6, 8, 31.5}, {3, 8, 12}, {3, 2, 0}, {6, 0, 35.5}, {3 + 1e-7, 0, 16},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct row rows[] = {{"A", "1", "", 1, {cases[i].a}},
					   {"A", "3", "", 3, {cases[i].a}},
					   {"A", "4", "", 8, {cases[i].a}},
					   {"B", "2", "", 2, {cases[i].b}},
					   {"B", "5", "", 6, {cases[i].b}}};
		struct drawn d = draw(rows, COUNT(rows), 1);

		check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), cases[i].want, "population");
	}
}

/* A has a fourth unit without members: 1 3 8 0, mean 3, squares 4 + 0 + 25 + 9 = 38, times 4/3;
 * stratum C has none with members and says nothing. */
Test(linear, units_without_members)
{
	static const struct row rows[] = {
		{"A", "1", "", 1, {0}},   {"A", "3", "", 3, {0}},   {"A", "4", "", 8, {0}},
		{"A", "x", "", NAN, {0}}, {"B", "2", "", 2, {0}},   {"B", "5", "", 6, {0}},
		{"C", "y", "", NAN, {0}}, {"C", "z", "", NAN, {0}},
	};
	struct drawn d = draw(rows, COUNT(rows), 1);

	check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), 4.0 / 3 * 38 + 16, "A with 4 units");
	check(linear_df(&d.frame, &d.leaves), 3, "5 with members - 2");
	check(linear_design_df(&d.frame), 5, "8 - 3");
}

/* First stage: 2 of 10; totals 1+3 = 4 and 2+2+5 = 9, mean 6.5, squares 12.5: (1-0.2) 2 12.5 = 20.
 * a: 2 of 4, squares 2: (1-1/2) 2 2 = 2. b: 3 of 6, mean 3, squares 6: (1-1/2) 3/2 6 = 4.5.
 * V = 20 + 0.2 (2 + 4.5) = 21.3. */
Test(linear, two_stages)
{
	static const struct {
		double first, a, b, want;
	} cases[] = {
		{10, 4, 6, 21.3}, {10, 2, 6, 20.9}, /* a wholly taken */
		{10, 0, 0, 22.6},                   /* with replacement inside: 20 + 0.2 (4 + 9) */
		{2, 4, 6, 6.5}, /* both units certain: only the second stage is left */
		{0, 4, 6, 25},  /* no population at the first: ultimate clusters, 2 12.5 */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct row rows[] = {{"", "a", "1", 1, {cases[i].first, cases[i].a}},
					   {"", "b", "1", 2, {cases[i].first, cases[i].b}},
					   {"", "a", "2", 3, {cases[i].first, cases[i].a}},
					   {"", "b", "2", 2, {cases[i].first, cases[i].b}},
					   {"", "b", "3", 5, {cases[i].first, cases[i].b}}};
		struct drawn d = draw(rows, COUNT(rows), 2);

		check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), cases[i].want, "two stages");
		check(linear_df(&d.frame, &d.leaves), 1, "units of the first stage");
	}
}

/* First: 2 of 4, totals 3+1 = 4 and 8, squares 8: (1-1/2) 2 8 = 8.
 * Second, times 1/2: a is 2 of 4 with 3 and 1, squares 2: (1-1/2) 2 2 = 2; b is 1 of 1: 0.
 * Third: a1 times 1/2 1/2 is 2 of 4 rows with 1 and 2: (1-1/2) 2 1/2 = 1/2; a2 is 2 of 2: 0;
 * b1 times 1/2 1 is 2 of 8 with 3 and 5: (1-1/4) 2 2 = 3.
 * V = 8 + 1 + 1/8 + 3/2. */
Test(linear, three_stages)
{
	static const struct row rows[] = {
		{"", "a", "1", 1, {4, 4, 4}}, {"", "a", "2", 0, {4, 4, 2}},
		{"", "b", "1", 3, {4, 1, 8}}, {"", "a", "1", 2, {4, 4, 4}},
		{"", "b", "1", 5, {4, 1, 8}}, {"", "a", "2", 1, {4, 4, 2}},
	};
	struct drawn d = draw(rows, COUNT(rows), 3);

	check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), 10.625, "three stages");
}

/* A and B of one_stage, and C with the one unit 5: 25 over 6 units, centre 25/6. */
static const struct row lonely_rows[] = {
	{"A", "1", "", 1, {0}}, {"A", "3", "", 3, {0}}, {"A", "4", "", 8, {0}},
	{"B", "2", "", 2, {0}}, {"B", "5", "", 6, {0}}, {"C", "c", "", 5, {0}},
};

Test(linear, strata_of_one_unit)
{
	static const struct {
		enum lonely how;
		double want;
	} cases[] = {
		{LONELY_FAIL, NAN},     {LONELY_REMOVE, 55},
		{LONELY_CERTAINTY, 55}, {LONELY_ADJUST, 55 + 25.0 / 36}, /* (5 - 25/6)^2 */
		{LONELY_AVERAGE, 82.5}, /* 55 for two strata, so 55 3/2 for three */
	};
	struct drawn d = draw(lonely_rows, COUNT(lonely_rows), 1);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct linear l = {&d.frame, cases[i].how, DOMAIN_LONELY_NONE};
		size_t lonely = 9;
		double v;

		cr_expect(linear_covariance(&l, &d.leaves, d.z, 1, &v, &lonely) ==
				  !isnan(cases[i].want),
			  "row %zu", i);
		check(v, cases[i].want, "lonely");
		cr_expect(eq(sz, lonely, 1), "row %zu", i);
	}
	check(linear_df(&d.frame, &d.leaves), 3, "6 - 3");
	check(linear_design_df(&d.frame), 3, "6 - 3");
}

/* The correction of the lonely stratum counts; a unit that was certain is not lonely. */
Test(linear, a_lonely_unit_of_a_known_population)
{
	struct row rows[COUNT(lonely_rows)];
	struct drawn d;
	size_t lonely;
	double v;

	memcpy(rows, lonely_rows, sizeof rows);
	rows[5].population[0] = 10;
	d = draw(rows, COUNT(rows), 1);
	check(variance(&d, LONELY_ADJUST, DOMAIN_LONELY_NONE), 55 + 0.9 * 25 / 36, "1 of 10");
	rows[5].population[0] = 1;
	d = draw(rows, COUNT(rows), 1);
	struct linear fail = {&d.frame, LONELY_FAIL, DOMAIN_LONELY_NONE};

	cr_expect(linear_covariance(&fail, &d.leaves, d.z, 1, &v, &lonely));
	check(v, 55, "1 of 1");
	cr_expect(eq(sz, lonely, 0));
	check(variance(&d, LONELY_AVERAGE, DOMAIN_LONELY_NONE), 55, "1 of 1 is known");
}

/* A lonely stratum outside the domain is nobody's business. */
Test(linear, a_lonely_stratum_without_members)
{
	struct row rows[COUNT(lonely_rows)];
	struct drawn d;
	size_t lonely = 9;
	double v;

	memcpy(rows, lonely_rows, sizeof rows);
	rows[5].z = NAN;
	d = draw(rows, COUNT(rows), 1);
	struct linear fail = {&d.frame, LONELY_FAIL, DOMAIN_LONELY_NONE};

	cr_expect(linear_covariance(&fail, &d.leaves, d.z, 1, &v, &lonely));
	check(v, 55, "A and B");
	cr_expect(eq(sz, lonely, 0));
	check(variance(&d, LONELY_AVERAGE, DOMAIN_LONELY_NONE), 55, "two of two strata");
}

/* B has two units, one with members: 2 and 0. Totals 14 over the 5 units of A and B: 2.8.
 *   none     mean 1, squares 2, times 2: 4
 *   adjust   (2-2.8)^2 + (0-2.8)^2 = 8.48, times 2: 16.96
 *   average  39 for A, and as much for B */
Test(linear, a_domain_with_one_unit_of_a_stratum)
{
	static const double want[] = {[DOMAIN_LONELY_NONE] = 43,
				      [DOMAIN_LONELY_ADJUST] = 55.96,
				      [DOMAIN_LONELY_AVERAGE] = 78};
	static const struct row rows[] = {{"A", "1", "", 1, {0}},
					  {"A", "3", "", 3, {0}},
					  {"A", "4", "", 8, {0}},
					  {"B", "2", "", 2, {0}},
					  {"B", "5", "", NAN, {0}}};
	struct drawn d = draw(rows, COUNT(rows), 1);

	for (size_t i = 0; i < COUNT(want); i++) {
		struct linear l = {&d.frame, LONELY_FAIL, (enum domain_lonely)i};
		size_t lonely = 9;
		double v;

		cr_expect(linear_covariance(&l, &d.leaves, d.z, 1, &v, &lonely));
		check(v, want[i], "domain lonely");
		cr_expect(eq(sz, lonely, 0), "two units were drawn");
	}
}

/* No stratum can say what the others are like. */
Test(linear, nothing_to_average)
{
	static const struct row rows[] = {{"A", "1", "", 1, {0}}, {"B", "2", "", 2, {0}}};
	struct drawn d = draw(rows, COUNT(rows), 1);

	check(variance(&d, LONELY_AVERAGE, DOMAIN_LONELY_NONE), NAN, "two lonely strata");
	check(variance(&d, LONELY_REMOVE, DOMAIN_LONELY_NONE), 0, "both removed");
	check(variance(&d, LONELY_ADJUST, DOMAIN_LONELY_NONE), 0.5, "about 1.5");
	check(linear_df(&d.frame, &d.leaves), 0, "2 - 2");
	d = draw(rows, 1, 1);
	check(variance(&d, LONELY_AVERAGE, DOMAIN_LONELY_NONE), NAN, "one lonely stratum");
}

/* One of many units inside b: lonely at the second stage. Totals 4 and 9: 0.8 2 12.5 = 20; a adds
 * 0.2 2, b nothing (adjust: its total is the mean of all in b). */
Test(linear, lonely_at_a_later_stage)
{
	static const struct row rows[] = {
		{"", "a", "1", 1, {10, 4}}, {"", "a", "2", 3, {10, 4}}, {"", "b", "1", 9, {10, 6}}};
	struct drawn d = draw(rows, COUNT(rows), 2);
	struct linear adjust = {&d.frame, LONELY_ADJUST, DOMAIN_LONELY_NONE};
	size_t lonely = 0;
	double v;

	check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), NAN, "fail");
	check(variance(&d, LONELY_REMOVE, DOMAIN_LONELY_NONE), 20.4, "remove");
	cr_expect(linear_covariance(&adjust, &d.leaves, d.z, 1, &v, &lonely));
	check(v, 20.4, "adjust");
	cr_expect(eq(sz, lonely, 1));
}

Test(linear, nobody)
{
	static const struct row rows[] = {{"A", "1", "", NAN, {0}}, {"B", "2", "", NAN, {0}}};
	struct drawn d = draw(rows, COUNT(rows), 1);

	check(variance(&d, LONELY_FAIL, DOMAIN_LONELY_NONE), 0, "no members");
	check(linear_df(&d.frame, &d.leaves), 0, "no members");
}

/* V(x + y) = V(x) + V(y) + 2 C(x, y), whatever lonely strata do; C is symmetric. */
Test(linear, covariance_by_polarisation)
{
	static const struct row rows[] = {
		{"A", "1", "1", 1, {9, 4}}, {"A", "1", "2", 2, {9, 4}},
		{"A", "2", "3", 4, {9, 6}}, {"A", "2", "4", 7, {9, 6}},
		{"B", "3", "5", 3, {5, 2}}, {"B", "3", "6", 9, {5, 2}},
		{"C", "4", "7", 2, {8, 3}}, {"C", "4", "8", 6, {8, 3}},
		{"D", "5", "9", 5, {0, 0}}, {"D", "6", "0", NAN, {0, 0}},
		{"D", "7", "x", 1, {0, 0}},
	};
	static const double y[] = {3, -1, 0.5, 2, 8, 1, 4, 4.5, -2, 7};
	struct drawn d = draw(rows, COUNT(rows), 2);

	for (int how = LONELY_REMOVE; how < LONELY__COUNT; how++)
		for (int domain = 0; domain < DOMAIN_LONELY__COUNT; domain++) {
			struct linear l = {&d.frame, (enum lonely)how, (enum domain_lonely)domain};
			double both[2 * MOST], sum[MOST], v[4], vx, vy, vs;

			for (size_t i = 0; i < d.leaves.n; i++) {
				both[2 * i] = d.z[i];
				both[2 * i + 1] = y[i];
				sum[i] = d.z[i] + y[i];
			}
			linear_covariance(&l, &d.leaves, both, 2, v, NULL);
			linear_covariance(&l, &d.leaves, d.z, 1, &vx, NULL);
			linear_covariance(&l, &d.leaves, y, 1, &vy, NULL);
			linear_covariance(&l, &d.leaves, sum, 1, &vs, NULL);
			check(v[0], vx, "V(x)");
			check(v[3], vy, "V(y)");
			check(v[1], v[2], "symmetric");
			check(v[1], (vs - vx - vy) / 2, "C(x, y)");
			cr_expect(fabs(v[1]) > 0.1);
		}
}

/* With LONELY_FAIL every entry is missing. */
Test(linear, failed_covariance)
{
	struct drawn d = draw(lonely_rows, COUNT(lonely_rows), 1);
	struct linear l = {&d.frame, LONELY_FAIL, DOMAIN_LONELY_NONE};
	double both[2 * MOST], v[4] = {0};

	for (size_t i = 0; i < d.leaves.n; i++)
		both[2 * i] = both[2 * i + 1] = d.z[i];
	cr_expect(not(linear_covariance(&l, &d.leaves, both, 2, v, NULL)));
	for (size_t i = 0; i < COUNT(v); i++)
		cr_expect(isnan(v[i]));
}

/* C joins B when the file was read: 2 6 5, mean 13/3, squares 26/3, times 3/2 = 13. */
Test(linear, collapsed)
{
	struct diag why = {0};
	struct drawn d = draw(lonely_rows, COUNT(lonely_rows), 1);

	frame_collapse(&d.frame);
	cr_assert(frame_finish(&d.frame, &why));
	check(variance(&d, LONELY_COLLAPSE, DOMAIN_LONELY_NONE), 52, "39 + 13");
	check(linear_df(&d.frame, &d.leaves), 4, "6 - 2");
	check(linear_design_df(&d.frame), 4, "6 - 2");
}
