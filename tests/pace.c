#include "help.h"

#include "survey/pace.h"

#include <math.h>

TestSuite(pace, .fini = clean);

/* Days by GNU date: (date -u -d DATE +%s) / 86400 + 719162. */
Test(pace, times)
{
	static const struct {
		const char *words;
		double seconds;
	} cases[] = {
		{"0001-01-01 00:00", 0},
		{"1970-01-01T00:00:00Z", 719162 * 86400.0},
		{"2024-02-29T08:30:15.5+07:00", 1709170215.5 + 719162 * 86400.0},
		{"2024-02-29T08:30:15.5+0700", 1709170215.5 + 719162 * 86400.0},
		{"2024-02-29 01:30:15.5Z", 1709170215.5 + 719162 * 86400.0},
		{"2024/02/29 01:30", 1709170200 + 719162 * 86400.0},
		{"2023-12-31T23:00-02", 1704070800 + 719162 * 86400.0},
		{" 2024-03-01 00:00 ", 1709251200 + 719162 * 86400.0},
	};
	double got;

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_assert(pace_time(span_of(cases[i].words), &got), "%s", cases[i].words);
		cr_expect(eq(dbl, got, cases[i].seconds), "%s", cases[i].words);
	}
}

Test(pace, no_times)
{
	static const char *const cases[] = {"",
					    "2024-02-30 08:00",
					    "2023-02-29 08:00",
					    "2024-13-01 08:00",
					    "2024-00-01 08:00",
					    "2024-01-00 08:00",
					    "2024-01-32 08:00",
					    "2024-01-01",
					    "2024-01-01 24:00",
					    "2024-01-01 08:60",
					    "2024-01-01 8:00",
					    "01/02/2024 08:00",
					    "2024-01-01T08:00x",
					    "2024-01-01T08:00+7",
					    "2024-01-01T08:00:61",
					    "0000-01-01 08:00",
					    "08:00"};
	double got;

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(not(pace_time(span_of(cases[i]), &got)), "%s", cases[i]);
}

/* 1, 3, 9, 9, 12: median 9. */
Test(pace, fast_is_below_a_third_of_the_median)
{
	static const char *const took[] = {"3", "9", "12", "1", "9", "", "x", "-1"};
	struct pace p;

	pace_start(&arena, &p);
	for (size_t i = 0; i < COUNT(took); i++)
		pace_took(&p, span_of(took[i]), i % 2);
	pace_finish(&p);
	cr_expect(eq(sz, p.n, 5));
	cr_expect(eq(sz, p.blank, 1));
	cr_expect(eq(sz, p.unread, 1));
	cr_expect(eq(sz, p.backward, 1));
	cr_expect(eq(dbl, p.lowest, 1));
	cr_expect(eq(dbl, p.median, 9));
	cr_expect(eq(dbl, p.highest, 12));
	cr_expect(eq(sz, p.all.fast, 1)); /* 1; 3 is just a third */
	cr_expect(eq(sz, p.in[0].n, 3));
	cr_expect(eq(sz, p.in[0].fast, 0));
	cr_expect(eq(sz, p.in[1].n, 2));
	cr_expect(eq(sz, p.in[1].fast, 1));
}

Test(pace, between_start_and_end)
{
	struct pace p;

	pace_start(&arena, &p);
	pace_between(&p, span_of("2024-05-01T23:50:00+07:00"), span_of("2024-05-02T00:20:00+07:00"),
		     0);
	pace_between(&p, span_of("2024-05-01T08:00:00Z"), span_of("2024-05-01T15:10:00+07:00"), 0);
	pace_between(&p, span_of("2024-05-01 08:10"), span_of("2024-05-01 08:00"), 0);
	pace_between(&p, span_of("2024-05-01 08:10"), span_of("2024-05-01 08:10"), 0);
	pace_between(&p, span_of("2024-05-01 08:10"), span_of(""), 0);
	pace_between(&p, span_of("2024-05-01 08:10"), span_of("later"), 0);
	pace_finish(&p);
	cr_expect(eq(sz, p.n, 3));
	cr_expect(eq(dbl, p.lowest, 0));
	cr_expect(eq(dbl, p.median, 10));
	cr_expect(eq(dbl, p.highest, 30));
	cr_expect(eq(sz, p.backward, 1));
	cr_expect(eq(sz, p.blank, 1));
	cr_expect(eq(sz, p.unread, 1));
}

Test(pace, nobody)
{
	struct pace p;

	pace_start(&arena, &p);
	pace_finish(&p);
	cr_expect(isnan(p.median) && p.all.n == 0);
}
