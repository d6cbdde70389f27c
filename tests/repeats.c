#include "help.h"

#include "survey/repeats.h"

TestSuite(repeats, .fini = clean);

Test(repeats, groups_by_hand)
{
	static const struct {
		const char *key;
		size_t place;
	} rows[] = {{"a", 0}, {"b", 0}, {"c", 1}, {"b", 0}, {"a", 1}, {"d", 1}, {"a", 0}};
	struct repeats r;

	repeats_start(&arena, &r);
	for (size_t i = 0; i < COUNT(rows); i++)
		repeats_add(&r, span_of(rows[i].key), i + 2, rows[i].place);
	repeats_finish(&r);
	cr_assert(eq(sz, r.n, 2));
	cr_expect(eq(sz, r.n_rows, 5));
	cr_expect(eq(sz, r.across, 1));
	check_text(r.group[0].key, "a");
	cr_expect(eq(sz, r.group[0].n, 3));
	cr_expect(r.group[0].across);
	cr_expect(eq(sz, r.row[0].line, 2));
	cr_expect(eq(sz, r.row[1].line, 6));
	cr_expect(eq(sz, r.row[2].line, 8));
	check_text(r.group[1].key, "b");
	cr_expect(eq(sz, r.group[1].first, 3));
	cr_expect(eq(sz, r.row[4].line, 5));
	cr_expect(not(r.group[1].across));
}

Test(repeats, nothing_stands_twice)
{
	struct repeats r;

	repeats_start(&arena, &r);
	repeats_add(&r, span_of("a"), 2, 0);
	repeats_add(&r, span_of("A"), 3, 0);
	repeats_finish(&r);
	cr_expect(eq(sz, r.n, 0));
	cr_expect(eq(sz, r.n_rows, 0));
}
