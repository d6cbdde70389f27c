/* By hand; numbers of R and ReGenesees are in tests/reference/changes.csv. */
#include "help.h"

#include "estimate/overlap.h"

#include <math.h>

TestSuite(overlap, .fini = clean);

/* A sample of one stage: units of strata, each with a total. */
struct sample {
	struct frame frame;
	struct linear linear;
	struct overlap_side side;
	double z[8];
	size_t leaf[8];
};

static struct sample *sample_of(size_t n, const char *const *stratum, const char *const *unit,
				const double *total, bool rows_are_units)
{
	struct sample *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	frame_start(&arena, 1, true, rows_are_units, &s->frame);
	for (size_t i = 0; i < n; i++) {
		struct frame_name name = {span_of(stratum[i]), span_of(unit[i]), INFINITY};

		cr_assert(frame_add(&s->frame, &name, (struct place){0}, &s->leaf[i], &why));
		s->z[i] = total[i];
	}
	cr_assert(frame_finish(&s->frame, &why));
	s->linear = (struct linear){&s->frame, LONELY_ADJUST, DOMAIN_LONELY_NONE};
	s->side = (struct overlap_side){.leaves = {n, s->leaf}, .z = s->z, .present = {n, s->leaf}};
	linear_covariance(&s->linear, &s->side.leaves, s->z, 1, &s->side.variance, NULL);
	s->side.df = linear_df(&s->frame, &s->side.leaves);
	return s;
}

static const char *const one[] = {"h", "h", "h"};

/* Villages a b c, then b c d, with totals 1 2 6 and 3 5 1. V1 = 3/2 (4 + 1 + 9) = 21 and
 * V2 = 3/2 (0 + 4 + 4) = 12. */
static struct overlap_pair pair_by(enum overlap_method m)
{
	static const char *const first[] = {"a", "b", "c"}, *const second[] = {"b", "c", "d"};
	static const double x[] = {1, 2, 6}, y[] = {3, 5, 1};
	struct sample *s = sample_of(3, one, first, x, false),
		      *t = sample_of(3, one, second, y, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &t->linear);

	return overlap_pair(o, m, &s->side, &t->side);
}

static void check_pair(struct overlap_pair p, double from, double to, double covariance, double df)
{
	cr_expect(epsilon_eq(dbl, p.from, from, 1e-12));
	cr_expect(epsilon_eq(dbl, p.to, to, 1e-12));
	cr_expect(epsilon_eq(dbl, p.covariance, covariance, 1e-12));
	cr_expect(epsilon_eq(dbl, p.df, df, 1e-12));
	cr_expect(eq(sz, p.shared, 2));
}

/* Of b and c: residuals -2 2 and -1 1; those of a and d, alone in their groups, are 0: rho = 4 /
 * sqrt(8 * 2) = 1. The union has 4 villages, 3 degrees of freedom. */
Test(overlap, berger_priam)
{
	check_pair(pair_by(OVERLAP_BERGER_PRIAM), 21, 12, sqrt(21 * 12), 3);
}

/* 3/2 [(2 - 3)(3 - 3) + (6 - 3)(5 - 3)] = 9. */
Test(overlap, own_units)
{
	check_pair(pair_by(OVERLAP_OWN), 21, 12, 9, 3);
}

/* Four villages, totals 1 2 6 0 and 0 3 5 1 about 2.25 each: 4/3 of 20.75, 14.75 and 15.75. */
Test(overlap, stacked)
{
	check_pair(pair_by(OVERLAP_STACKED), 4 * 20.75 / 3, 4 * 14.75 / 3, 21, 3);
}

/* (21 + 12)^2 / (21^2/2 + 12^2/2). */
Test(overlap, independent)
{
	check_pair(pair_by(OVERLAP_INDEPENDENT), 21, 12, 0, 33 * 33 / (441.0 / 2 + 144.0 / 2));
}

/* The same name in another stratum is another village; a row without name is nobody else's. */
Test(overlap, nothing_in_common)
{
	static const char *const other[] = {"k", "k", "k"}, *const unit[] = {"a", "b", "c"},
				 *const bare[] = {"", "", ""};
	static const double x[] = {1, 2, 6}, y[] = {3, 5, 1};
	struct sample *s = sample_of(3, one, unit, x, false),
		      *t = sample_of(3, other, unit, y, false),
		      *r = sample_of(3, one, bare, x, true), *q = sample_of(3, one, bare, y, true);

	for (int m = 0; m < OVERLAP__COUNT; m++) {
		struct overlap_pair p = overlap_pair(overlap_start(&arena, &s->linear, &t->linear),
						     (enum overlap_method)m, &s->side, &t->side);

		cr_expect(epsilon_eq(dbl, p.covariance, 0, 1e-12));
		cr_expect(eq(sz, p.shared, 0));
		cr_expect(epsilon_eq(dbl, p.df, 33 * 33 / (441.0 / 2 + 144.0 / 2), 1e-12));
		p = overlap_pair(overlap_start(&arena, &r->linear, &q->linear),
				 OVERLAP_BERGER_PRIAM, &r->side, &q->side);
		cr_expect(epsilon_eq(dbl, p.covariance, 0, 1e-12));
		cr_expect(eq(sz, p.shared, 0));
	}
}

/* The same villages with the same totals: C = V by every method but independent, and the change is
 * without variance, not below it. */
Test(overlap, full_overlap)
{
	static const char *const unit[] = {"a", "b", "c"};
	static const double x[] = {1, 2, 6};
	struct sample *s = sample_of(3, one, unit, x, false),
		      *t = sample_of(3, one, unit, x, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &t->linear);

	for (int m = 0; m < OVERLAP__COUNT; m++) {
		struct overlap_pair p = overlap_pair(o, (enum overlap_method)m, &s->side, &t->side);
		bool apart = m == OVERLAP_INDEPENDENT;

		cr_expect(epsilon_eq(dbl, p.covariance, apart ? 0 : 21, 1e-12));
		cr_expect(eq(dbl, overlap_variance(&p), apart ? 42 : 0));
		cr_expect(epsilon_eq(dbl, p.df, apart ? 4 : 2, 1e-12));
	}
}

/* Two groups of one sample, the first in a and b, the second in b and c: totals 1 2 0 and 0 3 5.
 * C = 3/2 [(1-1)(0-8/3) + (2-1)(3-8/3) + (0-1)(5-8/3)] = 3/2 (1/3 - 7/3) = -3, whatever the
 * method. */
Test(overlap, groups_of_one_sample)
{
	static const char *const unit[] = {"a", "b", "c"};
	static const double x[] = {1, 2, 0}, second[] = {3, 5};
	struct sample *s = sample_of(3, one, unit, x, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &s->linear);
	struct overlap_side from = {.leaves = {2, s->leaf}, .z = s->z, .present = {2, s->leaf}},
			    to = {.leaves = {2, s->leaf + 1},
				  .z = second,
				  .present = {2, s->leaf + 1}};

	from.variance = to.variance = 1;
	from.df = to.df = 1;
	for (int m = 0; m < OVERLAP__COUNT; m++) {
		struct overlap_pair p = overlap_pair(o, (enum overlap_method)m, &from, &to);

		cr_expect(epsilon_eq(dbl, p.covariance, -3, 1e-12));
		cr_expect(eq(sz, p.shared, 1));
		cr_expect(epsilon_eq(dbl, p.df, 2, 1e-12));
	}
}

/* A village without people of the group in one year is not shared; a stratum with one village says
 * nothing to the own-units method. */
Test(overlap, villages_without_people)
{
	static const char *const unit[] = {"a", "b", "c"}, *const strata[] = {"h", "h", "k"};
	static const double x[] = {1, 2, 6};
	struct sample *s = sample_of(3, strata, unit, x, false),
		      *t = sample_of(3, strata, unit, x, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &t->linear);
	struct overlap_pair p;

	t->side.leaves.n = t->side.present.n = 2;
	p = overlap_pair(o, OVERLAP_OWN, &s->side, &t->side);
	cr_expect(eq(sz, p.shared, 2));
	cr_expect(epsilon_eq(dbl, p.covariance, 2 * (0.25 + 0.25), 1e-12)); /* k left out */
	p = overlap_pair(o, OVERLAP_STACKED, &s->side, &t->side);
	cr_expect(epsilon_eq(dbl, p.from, 1, 1e-12));
}

/* A stratum of which one village was drawn in the later year says nothing to the own-units method;
 * to stacked it has two: 2/1 (2.5 * -1.5 + -2.5 * 1.5) of 1 6 and 3 0. */
Test(overlap, one_village_later)
{
	static const char *const unit[] = {"a", "c"};
	static const double x[] = {1, 6}, y[] = {3};
	struct sample *s = sample_of(2, one, unit, x, false),
		      *t = sample_of(1, one, unit, y, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &t->linear);
	struct overlap_pair p = overlap_pair(o, OVERLAP_OWN, &s->side, &t->side);

	cr_expect(eq(dbl, p.covariance, 0));
	p = overlap_pair(o, OVERLAP_STACKED, &s->side, &t->side);
	cr_expect(epsilon_eq(dbl, p.covariance, -15, 1e-12));
	p = overlap_pair(o, OVERLAP_BERGER_PRIAM, &s->side, &t->side);
	cr_expect(eq(dbl, p.covariance, 0)); /* every village is alone in its group */
}

/* People of c did not answer in either year: c is shared, and counts for no degree of freedom
 * (union of a and b, one stratum). What is told is not counted. */
Test(overlap, villages_without_answers)
{
	static const char *const unit[] = {"a", "b", "c"};
	static const double x[] = {1, 2, 0};
	struct sample *s = sample_of(3, one, unit, x, false),
		      *t = sample_of(3, one, unit, x, false);
	struct overlap *o = overlap_start(&arena, &s->linear, &t->linear);
	struct overlap_pair p;

	p = overlap_pair(o, OVERLAP_BERGER_PRIAM, &s->side, &t->side);
	cr_expect(epsilon_eq(dbl, p.df, 2, 1e-12));
	s->side.leaves.n = t->side.leaves.n = 2;
	p = overlap_pair(o, OVERLAP_BERGER_PRIAM, &s->side, &t->side);
	cr_expect(eq(sz, p.shared, 3));
	cr_expect(epsilon_eq(dbl, p.df, 1, 1e-12));
	s->side.df_told = t->side.df_told = true;
	s->side.df = t->side.df = INFINITY;
	p = overlap_pair(o, OVERLAP_BERGER_PRIAM, &s->side, &t->side);
	cr_expect(eq(dbl, p.df, INFINITY));
	s->side.df = t->side.df = 7;
	p = overlap_pair(o, OVERLAP_INDEPENDENT, &s->side, &t->side);
	cr_expect(eq(dbl, p.df, 7));
}

/* Relative change y/x - 1 at 20 -> 25: (V2 + 1.25^2 V1 - 2 * 1.25 C) / 400. */
Test(overlap, relative_change)
{
	struct overlap_pair p = {.from = 4, .to = 9, .covariance = 2};

	cr_expect(epsilon_eq(dbl, overlap_relative(&p, 20, 25), (9 + 1.5625 * 4 - 2.5 * 2) / 400,
			     1e-15));
	cr_expect(epsilon_eq(dbl, overlap_variance(&p), 9, 1e-15));
	p = (struct overlap_pair){.from = 1, .to = 1, .covariance = nextafter(1, 0)};
	cr_expect(eq(dbl, overlap_variance(&p), 0)); /* 2e-16 is rounding */
}

Test(overlap, names)
{
	enum overlap_method m;

	for (int i = 0; i < OVERLAP__COUNT; i++) {
		cr_assert(overlap_find(span_of(overlap_name((enum overlap_method)i)), &m));
		cr_expect(eq(int, (int)m, i));
	}
	cr_expect(not(overlap_find(span_of("berger"), &m)));
	cr_expect(not(overlap_find(span_of("own"), &m)));
}
