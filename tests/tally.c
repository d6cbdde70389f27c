/* What holds of sums whatever the answers: made rows, read whole, in parts, in another order. */
#include "filed.h"

#include "estimate/rows.h"
#include "survey/cells.h"
#include "survey/tally_rows.h"

TestSuite(tally, .fini = clean);

#define ROWS 240

/* Of a row: stratum (0 to 3), unit (0 to 5 in each), a group, an answer, a denominator, a level. */
struct made {
	size_t stratum, unit, sex, level;
	double weight, y, x;
	bool missing;
};

static struct made make(size_t i)
{
	size_t a = i * 7919 % 1009, b = i * 104729 % 997; /* in no order */

	return (struct made){.stratum = a % 4,
			     .unit = b % 6,
			     .sex = (a + b) % 2,
			     .level = 1 + b % 5,
			     .weight = 0.5 + (double)(a % 17),
			     .y = (double)(b % 53) / 8,
			     .x = 1 + (double)(a % 11),
			     .missing = i % 13 == 5};
}

static const char heading[] = "w,s,p,sex,y,x,level\n";

/* Rows of numbers first, first + step, ... below `last`. */
static const char *rows_of(size_t first, size_t last, size_t step, double factor, double plus)
{
	char *bytes = arena_new(&arena, 100 * (ROWS + 1), 1);
	size_t n = 0;

	for (size_t i = first; i < last; i += step) {
		struct made m = make(i * 101 % ROWS); /* 101 and ROWS have no common factor */
		struct text y = m.missing ? (struct text){"", 0} : number_exact(&arena, plus + m.y);

		n += (size_t)sprintf(bytes + n, "%s,s%zu,p%zu,%s,%.*s,%g,%zu\n",
				     number_exact(&arena, m.weight * factor).at, m.stratum, m.unit,
				     m.sex ? "f" : "m", SPAN_ARG(y), m.x, m.level);
	}
	return bytes;
}

static const char *file(const char *a, const char *b)
{
	return arena_format(&arena, "%s%s%s", heading, a, b).at;
}

enum { MEAN, SHARE, LEVELS, PAIR }; /* the variables of the plan */

/* By everybody and by sex. */
static struct filed *plan(void)
{
	struct filed *f = filed_plan("w", "s", "p", "");

	f->plan.design.nest = true;
	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_variable(f, VARIABLE_SHARE, "level", "4,5");
	filed_variable(f, VARIABLE_LEVELS, "level", NULL);
	filed_variable(f, VARIABLE_PAIR, "y", NULL)->over = span_of("x");
	f->plan.margin = arena_new(&arena, 2, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "sex");
	return f;
}

static size_t cell_of(const struct filed *f, const char *words)
{
	for (size_t c = 0; c < f->answers.cells.index->n; c++)
		if (span_is(cell_words(&arena, &f->plan, &f->answers.cells.at[c]), words))
			return c;
	cr_fatal("no cell \"%s\"", words);
	return 0;
}

static size_t level_of(const struct filed *f, size_t variable, size_t level)
{
	const struct dict *levels = f->plan.variable[variable].levels;

	return levels ? dict_find(levels, 0, arena_format(&arena, "%zu", level)) : 0;
}

static struct moments moments_of(const struct filed *f, const char *words, size_t v, size_t level)
{
	return tally_moments(&f->tally, cell_of(f, words), v, level_of(f, v, level));
}

/* A statistic of a group, and its variance by the design. */
struct got {
	double n, value, variance, kish, srs;
};

static struct got estimate(const struct filed *f, enum statistic s, const char *words, size_t v,
			   size_t level)
{
	struct moments m = moments_of(f, words, v, level);
	struct influence influence = statistic_influence(s, &m);
	struct linear l = {&f->answers.frame, LONELY_FAIL, DOMAIN_LONELY_NONE};
	size_t n;
	const size_t *slot = tally_slots(&f->tally, cell_of(f, words), &n);
	size_t *leaf = arena_new(&arena, n, sizeof *leaf);
	double *z = arena_new(&arena, n, sizeof *z);
	struct got got = {.n = m.n,
			  .value = statistic_value(s, &m),
			  .kish = moments_kish(&m),
			  .srs = statistic_srs_variance(s, &m, DEFF_WR)};

	for (size_t i = 0; i < n; i++) {
		struct unit_sums u = tally_unit(&f->tally, slot[i], v, level_of(f, v, level));

		leaf[i] = f->tally.slot[slot[i]].leaf;
		z[i] = influence_total(&influence, &u);
	}
	cr_expect(linear_covariance(&l, &(struct leaves){n, leaf}, z, 1, &got.variance, NULL));
	return got;
}

static const struct {
	enum statistic s;
	size_t variable;
} what[] = {
	{STATISTIC_MEAN, MEAN},    {STATISTIC_TOTAL, MEAN},  {STATISTIC_VARIANCE, MEAN},
	{STATISTIC_RATE, SHARE},   {STATISTIC_TOTAL, SHARE}, {STATISTIC_DISTRIBUTION, LEVELS},
	{STATISTIC_TOTAL, LEVELS}, {STATISTIC_RATIO, PAIR},
};

static const char *const groups[] = {"", "sex=f", "sex=m"};

/* Counts the same to the bit, the rest to `tolerance`. `factor` is of weights. */
static void same(const struct filed *a, const struct filed *b, double factor, double tolerance)
{
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < COUNT(what); i++) {
			double scale = what[i].s == STATISTIC_TOTAL ? factor : 1;
			struct got x = estimate(a, what[i].s, groups[g], what[i].variable, 4),
				   y = estimate(b, what[i].s, groups[g], what[i].variable, 4);

			cr_expect(eq(dbl, x.n, y.n));
			cr_expect(y.variance > 0);
			check_close(y.value, x.value * scale, tolerance, groups[g]);
			check_close(y.kish, x.kish, tolerance, "kish");
			check_close(y.srs, x.srs * scale * scale, tolerance, "simple");
			check_close(sqrt(y.variance), sqrt(x.variance) * scale, tolerance,
				    statistic_name(what[i].s));
		}
}

/* Exact sums are the same to the last bit. */
Test(tally, order_of_rows)
{
	struct filed *a = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")),
		     *b = filed_read(plan(),
				     file(rows_of(1, ROWS, 2, 1, 0), rows_of(0, ROWS, 2, 1, 0)));

	cr_expect(a->tally.sums.exact);
	same(a, b, 1, 0);
}

/* Weights of 17 digits: sums of 240 doubles in another order differ by a few parts in 1e15. */
Test(tally, order_of_rows_with_many_digits)
{
	struct filed *a = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")),
		     *b = filed_read(plan(), file(rows_of(0, ROWS, 1, 1 / 3.0, 0), "")),
		     *c = filed_read(plan(), file(rows_of(1, ROWS, 2, 1 / 3.0, 0),
						  rows_of(0, ROWS, 2, 1 / 3.0, 0)));

	cr_expect(not(b->tally.sums.exact));
	same(a, b, 1 / 3.0, 1e-12);
	same(b, c, 1, 1e-12);
}

/* One weight of 17 digits, in the middle: what was exact so far goes on as doubles. */
Test(tally, exact_until_a_row)
{
	static const char one[] = "0.33333333333333331,s0,p0,f,2.5,3,4\n";
	const char *head = rows_of(0, 100, 1, 1, 0), *tail = rows_of(100, ROWS, 1, 1, 0);
	struct filed *a = filed_read(plan(),
				     file(arena_format(&arena, "%s%s", head, one).at, tail)),
		     *b = filed_read(plan(),
				     file(one, arena_format(&arena, "%s%s", head, tail).at));

	cr_expect(not(a->tally.sums.exact));
	same(a, b, 1, 1e-12);
}

Test(tally, weights_times_a_constant)
{
	struct filed *a = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")),
		     *b = filed_read(plan(), file(rows_of(0, ROWS, 1, 1000, 0), ""));

	same(a, b, 1000, 1e-12);
}

/* Two halves of one file, the second by another thread. */
static struct filed *merged(struct filed *p, const char *first, const char *second)
{
	static struct arena own, sums;
	struct tally lane;
	const char *path;

	filed_start(p);
	cr_assert(filed_part(p, "a.csv", file(first, "")));
	tally_lane(&own, &sums, &p->tally, &lane);
	second = file(second, "");
	path = file_of("b.csv", second, strlen(second));
	cr_assert(answers_read(&arena, &p->plan, path, &p->answers, tally_add, &lane, &p->why));
	tally_join(&p->tally, &lane);
	arena_release(&own);
	cr_assert(filed_finish(p));
	return p;
}

Test(tally, parts_of_a_file)
{
	static const size_t cuts[] = {1, 2, 37, 120, ROWS - 1};

	for (size_t i = 0; i < COUNT(cuts); i++) {
		struct filed *a = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")),
			     *b = merged(plan(), rows_of(0, cuts[i], 1, 1, 0),
					 rows_of(cuts[i], ROWS, 1, 1, 0));

		same(a, b, 1, 0);
		cr_expect(eq(sz, b->answers.rows, ROWS));
		cr_expect(eq(sz, b->answers.selected, ROWS));
		check_close(b->answers.weight_sum, a->answers.weight_sum, 1e-13, "weights");
		check_close(b->answers.weight_square_sum, a->answers.weight_square_sum, 1e-13,
			    "squares");
		cr_expect(eq(sz, frame_leaves(&b->answers.frame), frame_leaves(&a->answers.frame)));
		cr_expect(eq(dbl, b->tally.rows[cell_of(b, "sex=f")],
			     a->tally.rows[cell_of(a, "sex=f")]));
	}
}

/* A part that is read into the same tally, file behind file. */
Test(tally, files_of_one_survey)
{
	struct filed *a = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")), *b = plan();

	filed_start(b);
	cr_assert(filed_part(b, "a.csv", file(rows_of(0, 100, 1, 1, 0), "")));
	cr_assert(filed_part(b, "b.csv", file(rows_of(100, ROWS, 1, 1, 0), "")));
	cr_assert(filed_finish(b));
	same(a, b, 1, 0);
}

/* Values near 1e9, with spread of 7: as doubles, the squares, near 1e18, would leave nothing of a
 * variance of 5; whole numbers do, and doubles about a shift. */
Test(tally, large_values)
{
	struct filed *small = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), "")),
		     *large = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 1e9), "")),
		     *parts = merged(plan(), rows_of(0, 100, 1, 1, 1e9),
				     rows_of(100, ROWS, 1, 1, 1e9));

	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < 3; i++) {
			enum statistic s = what[i].s;
			struct got want = estimate(small, s, groups[g], MEAN, 0),
				   a = estimate(large, s, groups[g], MEAN, 0),
				   b = estimate(parts, s, groups[g], MEAN, 0);

			check_close(b.value, a.value, 1e-12, "parts");
			check_close(b.variance, a.variance, 1e-12, "parts");
			if (s == STATISTIC_TOTAL)
				continue;
			check_close(a.value, want.value + (s == STATISTIC_MEAN ? 1e9 : 0), 1e-8,
				    "value");
			check_close(a.variance, want.variance, 1e-7, "variance");
		}
}

/* One part knows no answers at all: it has no shift. */
Test(tally, a_part_without_answers)
{
	static const char blank[] = "2,s0,p0,m,,3,1\n1,s1,p1,f,,2,2\n";
	const char *rest = rows_of(0, ROWS, 1, 1, 1e9);
	struct filed *a = filed_read(plan(), file(blank, rest)), *b = merged(plan(), blank, rest),
		     *c = merged(plan(), rest, blank);

	same(a, b, 1, 1e-12);
	same(a, c, 1, 1e-12);
}

/* A design of rows as units has a leaf for every row, in parts too. */
Test(tally, rows_as_units_in_parts)
{
	struct filed *a = filed_plan("w", "", "", ""), *b = filed_plan("w", "", "", "");
	const char *head = rows_of(0, 50, 1, 1, 0), *tail = rows_of(50, ROWS, 1, 1, 0);

	filed_variable(a, VARIABLE_NUMBER, "x", NULL);
	filed_variable(b, VARIABLE_NUMBER, "x", NULL);
	filed_read(a, file(head, tail));
	merged(b, head, tail);
	cr_expect(eq(sz, frame_leaves(&b->answers.frame), ROWS));
	check_close(estimate(b, STATISTIC_MEAN, "", 0, 0).variance,
		    estimate(a, STATISTIC_MEAN, "", 0, 0).variance, 1e-12, "variance");
}

/* The second part meets the groups in another order, and one that the first has not. */
Test(tally, groups_of_parts)
{
	struct filed *a = filed_plan("w", "", "p", "");

	filed_variable(a, VARIABLE_NUMBER, "y", NULL);
	filed_factor(a, "sex");
	merged(a, "1,s0,1,m,3,1,1\n1,s0,2,f,5,1,1\n", "1,s0,1,x,9,1,1\n1,s0,3,f,7,1,1\n");
	check_close(estimate(a, STATISTIC_MEAN, "sex=m", 0, 0).value, 3, 0, "m");
	check_close(estimate(a, STATISTIC_MEAN, "sex=f", 0, 0).value, 6, 0, "f");
	check_close(estimate(a, STATISTIC_MEAN, "sex=x", 0, 0).value, 9, 0, "x");
	check_close(a->tally.rows[cell_of(a, "sex=f")], 2, 0, "rows");
	cr_expect(eq(sz, frame_leaves(&a->answers.frame), 3));
}

Test(tally, files_of_different_designs)
{
	struct filed *f = filed_plan("w", "s", "p", "");

	filed_start(f);
	cr_assert(filed_part(f, "a.csv", "w,s,p\n1,A,1\n"));
	cr_expect(not(filed_part(f, "b.csv", "w,s,p\n1,B,1\n")));
	cr_expect(strstr(f->why.item[0].words, "is in stratum \"A\" and in \"B\"") != NULL);
}

/* Totals of groups add up to the whole, to the last digits. */
Test(tally, groups_add_up)
{
	struct filed *f = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), ""));

	for (size_t i = 0; i < COUNT(what); i++) {
		struct got all, women, men;

		if (what[i].s != STATISTIC_TOTAL)
			continue;
		all = estimate(f, STATISTIC_TOTAL, "", what[i].variable, 4);
		women = estimate(f, STATISTIC_TOTAL, "sex=f", what[i].variable, 4);
		men = estimate(f, STATISTIC_TOTAL, "sex=m", what[i].variable, 4);
		check_close(women.value + men.value, all.value, 1e-13, "total");
		cr_expect(eq(dbl, women.n + men.n, all.n));
	}
}

/* V(all) = V(women) + V(men) + 2 C(women, men), row by row; and V(all) is that of the sums. */
Test(tally, covariance_of_groups)
{
	struct filed *f = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), ""));
	const struct columns *c = &f->columns;
	struct linear l = {&f->answers.frame, LONELY_FAIL, DOMAIN_LONELY_NONE};
	struct rows rows = {c->n, c->weight, c->leaf};
	double *z = arena_new(&arena, 2 * c->n, sizeof *z), v[4];

	for (size_t i = 0; i < c->n; i++)
		if (!isnan(columns_value(c, i, MEAN)))
			z[2 * i + c->factor[i]] = c->weight[i] * columns_value(c, i, MEAN);
	cr_assert(rows_covariance(&l, &rows, z, NULL, 2, v, NULL));
	check_close(v[0] + 2 * v[1] + v[3], estimate(f, STATISTIC_TOTAL, "", MEAN, 0).variance,
		    1e-12, "all");
	check_close(v[3 * f->columns.factor[0]],
		    estimate(f, STATISTIC_TOTAL, make(0).sex ? "sex=f" : "sex=m", MEAN, 0).variance,
		    1e-12, "of the sex of the first row");
}

/* The shares of all levels are 1 together; a level that nobody in a group has counts 0. */
Test(tally, levels_add_up)
{
	struct filed *f = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), ""));
	double sum = 0;

	for (size_t l = 1; l <= 5; l++)
		sum += estimate(f, STATISTIC_DISTRIBUTION, "sex=f", LEVELS, l).value;
	check_close(sum, 1, 1e-15, "levels");
	f = filed_plan("w", "", "", "");
	filed_variable(f, VARIABLE_LEVELS, "q", NULL);
	filed_factor(f, "sex");
	filed_read(f, "w,q,sex\n1,a,m\n3,b,f\n1,c,f\n");
	check_close(tally_moments(&f->tally, cell_of(f, "sex=m"), 0, 1).wy, 0, 0, "b");
	check_close(tally_moments(&f->tally, cell_of(f, "sex=f"), 0, 1).wy, 3, 0, "b");
	check_close(tally_moments(&f->tally, cell_of(f, "sex=f"), 0, 1).wyy, 3, 0, "b");
	check_close(tally_moments(&f->tally, cell_of(f, "sex=f"), 0, 1).w, 4, 0, "all");
	check_close(tally_moments(&f->tally, cell_of(f, "sex=f"), 0, 0).wy, 0, 0, "a");
}

/* A row of another group changes no estimate of this one, but its unit is a unit of the design:
 * 3 and 5 in units of their own have the variance 2 1 ((3-4)/2)^2 2 = 1; with a third unit of the
 * other sex 3/2 (1/4 + 1/4) = 0.75. */
Test(tally, rows_of_other_groups)
{
	struct filed *a = filed_plan("w", "", "p", ""), *b = filed_plan("w", "", "p", "");

	filed_variable(a, VARIABLE_NUMBER, "y", NULL);
	filed_variable(b, VARIABLE_NUMBER, "y", NULL);
	filed_factor(a, "sex");
	filed_factor(b, "sex");
	filed_read(a, "w,p,y,sex\n1,1,3,f\n1,2,5,f\n");
	filed_read(b, "w,p,y,sex\n1,1,3,f\n1,2,5,f\n1,3,9,m\n");
	check_close(estimate(a, STATISTIC_MEAN, "sex=f", 0, 0).variance, 1, 1e-15, "two units");
	check_close(estimate(b, STATISTIC_MEAN, "sex=f", 0, 0).value, 4, 0, "the same mean");
	check_close(estimate(b, STATISTIC_MEAN, "sex=f", 0, 0).variance, 0.75, 1e-15,
		    "three units");
}

/* s2/n of y, and p(1-p)/(n-1) of a share: y 2 4 9 has s2 13. */
Test(tally, simple_random_samples)
{
	struct filed *f = filed_plan("", "", "", "");

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_variable(f, VARIABLE_SHARE, "q", "1");
	filed_read(f, "y,q\n2,1\n4,0\n9,1\n");
	check_close(estimate(f, STATISTIC_MEAN, "", 0, 0).variance, 13.0 / 3, 1e-15, "s2/n");
	check_close(estimate(f, STATISTIC_TOTAL, "", 0, 0).variance, 39, 1e-15, "n s2");
	check_close(estimate(f, STATISTIC_RATE, "", 1, 0).variance, 2.0 / 9 / 2, 1e-15, "p q");
}

/* Slots of a cell stand in the order of the frame, each once, and hold all of the cell. */
Test(tally, slots)
{
	struct filed *f = filed_read(plan(), file(rows_of(0, ROWS, 1, 1, 0), ""));
	size_t all = 0;

	for (size_t c = 0; c < f->answers.cells.index->n; c++) {
		size_t n;
		const size_t *slot = tally_slots(&f->tally, c, &n), *order = f->answers.frame.order;
		double w = 0;

		for (size_t i = 0; i < n; i++) {
			cr_expect(eq(sz, f->tally.slot[slot[i]].cell, c));
			if (i)
				cr_expect(lt(sz, order[f->tally.slot[slot[i - 1]].leaf],
					     order[f->tally.slot[slot[i]].leaf]));
			w += tally_unit(&f->tally, slot[i], MEAN, 0).w;
		}
		all += n;
		check_close(w, tally_moments(&f->tally, c, MEAN, 0).w, 1e-13, "weights");
	}
	cr_expect(eq(sz, all, f->tally.n_slots));
}

/* Several at a time are those one at a time, of exact sums (0.25 and three places) and of others.
 */
Test(tally, units_side_by_side)
{
	static const char *const weights[] = {"1.125", "0.33333333333333331", "123456789012.5"};

	for (size_t i = 0; i < COUNT(weights); i++) {
		struct filed *f = filed_plan("w", "", "p", "");

		for (int q = 0; q < 3; q++)
			filed_variable(f, q == 2 ? VARIABLE_UNANSWERED : VARIABLE_SHARE,
				       (const char *[]){"a", "b", "a"}[q], "1");
		filed_read(f, arena_format(&arena,
					   "w,p,a,b\n%s,1,1,2\n2.5,1,2,2\n0.001,1,1,1\n7,2,,1\n",
					   weights[i])
				      .at);
		cr_expect(f->tally.sums.exact == (i != 1));
		for (size_t slot = 0; slot < 2; slot++) {
			struct unit_sums u[3];

			tally_units(&f->tally, slot, 0, 3, u);
			for (size_t v = 0; v < 3; v++) {
				struct unit_sums one = tally_unit(&f->tally, slot, v, 0);

				cr_expect(memcmp(&one, &u[v], sizeof one) == 0);
			}
			tally_units(&f->tally, slot, 1, 1, u);
			cr_expect(u->w == (slot ? 7 : strtod(weights[i], NULL) + 2.501));
			cr_expect(u->wy == (slot ? 7 : 0.001) && u->wyy == u->wy && u->wx == 0);
		}
	}
}

/* A unit of several parts, by a factor that the group is not by. */
Test(tally, units_of_several_parts)
{
	struct filed *f = filed_plan("w", "", "p", "");
	static const double w[] = {3.5, 7, 16}, wy[] = {3.5, 0, 4};

	filed_variable(f, VARIABLE_SHARE, "a", "1");
	filed_factor(f, "sex");
	f->plan.margin = arena_new(&arena, 1, sizeof *f->plan.margin); /* everybody */
	f->plan.n_margins = 1;
	filed_read(f, "w,p,sex,a\n1,1,m,1\n2.5,1,f,1\n7,2,f,2\n4,3,f,1\n12,3,m,2\n");
	cr_assert(eq(sz, f->tally.n_slots, 3));
	for (size_t slot = 0; slot < 3; slot++) {
		struct unit_sums u;

		tally_units(&f->tally, slot, 0, 1, &u);
		cr_expect(u.w == w[slot] && u.wy == wy[slot] && u.wyy == wy[slot] && u.wx == 0,
			  "unit %zu", slot);
	}
}
