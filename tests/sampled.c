#include "help.h"

#include "survey/sampled.h"

#include <math.h>

TestSuite(sampled, .fini = clean);

static void take(struct sampled *s, const char *stratum, const char *unit, double population,
		 size_t place, size_t line)
{
	sampled_take(s, span_of(stratum), span_of(unit), population, place, line);
}

/* Strata: A 3 units of 3 (certain), B 1 of 9 (lonely), C 1 of 1 (certain, not lonely). */
static struct sampled sample(void)
{
	struct sampled s;

	sampled_start(&arena, true, &s);
	take(&s, "A", "1", 3, 0, 2);
	take(&s, "A", "2", 3, 0, 3);
	take(&s, "A", "2", 3, 1, 4);
	take(&s, "A", "3", 3, 0, 5);
	take(&s, "B", "2", 9, 1, 6);
	take(&s, "B", "2", 9, 1, 7);
	take(&s, "B", "2", 9, 1, 8);
	take(&s, "C", "9", 1, 1, 9);
	sampled_finish(&s);
	return s;
}

Test(sampled, by_hand)
{
	struct sampled s = sample();

	cr_expect(eq(sz, s.strata->n, 3));
	cr_expect(eq(sz, s.n_units, 5));
	cr_expect(eq(sz, s.lonely, 1));
	cr_expect(eq(sz, s.certain, 2));
	cr_expect(eq(dbl, s.in_strata.least, 1));
	cr_expect(eq(dbl, s.in_strata.median, 1));
	cr_expect(eq(dbl, s.in_strata.most, 3));
	cr_expect(eq(dbl, s.in_units.least, 1));
	cr_expect(eq(dbl, s.in_units.median, 1));
	cr_expect(eq(dbl, s.in_units.most, 3));
}

Test(sampled, slips)
{
	struct sampled s = sample();

	cr_assert(eq(sz, s.n_across, 1));
	check_text(s.across[0].name, "2");
	cr_expect(eq(sz, s.across[0].first_line, 3));
	cr_expect(eq(sz, s.across[0].second_line, 6));
	cr_assert(eq(sz, s.n_moved, 1));
	check_text(s.moved[0].name, "2");
	cr_expect(eq(sz, s.moved[0].first, 0));
	cr_expect(eq(sz, s.moved[0].second, 1));
	cr_expect(eq(sz, s.moved[0].first_line, 3));
	cr_expect(eq(sz, s.moved[0].second_line, 4));
}

/* Shared: A 1 and B 2; not A 9 (another stratum), nor C 1. */
Test(sampled, shared_with_another_year)
{
	struct sampled from = sample(), to;

	sampled_start(&arena, true, &to);
	take(&to, "A", "1", INFINITY, 0, 2);
	take(&to, "A", "9", INFINITY, 0, 3);
	take(&to, "B", "2", INFINITY, 0, 4);
	take(&to, "C", "1", INFINITY, 0, 5);
	take(&to, "D", "1", INFINITY, 0, 6);
	sampled_finish(&to);
	cr_expect(eq(sz, sampled_shared(&from, &to), 2));
	cr_expect(eq(sz, to.certain, 0));
}

Test(sampled, rows_are_units)
{
	struct sampled s;

	sampled_start(&arena, false, &s);
	for (size_t i = 0; i < 3; i++)
		take(&s, "", "", INFINITY, 0, i + 2);
	take(&s, "x", "", INFINITY, 0, 5);
	sampled_finish(&s);
	cr_expect(eq(sz, s.n_units, 4));
	cr_expect(eq(sz, s.lonely, 1));
	cr_expect(isnan(s.in_units.median));
	cr_expect(eq(sz, sampled_shared(&s, &s), 0));
}
