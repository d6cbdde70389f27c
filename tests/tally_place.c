#include "help.h"

#include "survey/tally_place.h"

TestSuite(tally_place, .fini = clean);

#define MOST 200

struct places {
	struct dict *index;
	struct tally_place at[MOST];
	size_t n;
};

static size_t find(struct places *p, size_t leaf, size_t group)
{
	size_t part = tally_place_find(p->index, p->at, p->n, leaf, group);

	if (part == p->n)
		p->at[p->n++] = (struct tally_place){.leaf = leaf, .group = group};
	return part;
}

/* As files have them: no table is needed. */
Test(tally_place, in_order)
{
	struct places p = {.index = dict_new(&arena)};

	for (size_t leaf = 0; leaf < 10; leaf++)
		for (size_t i = 0; i < 12; i++) {
			size_t group = (leaf + 5 * i) % 12; /* in no order */

			cr_expect(eq(sz, find(&p, leaf, group), 12 * leaf + i));
			cr_expect(eq(sz, find(&p, leaf, group), 12 * leaf + i), "once only");
			cr_expect(eq(sz, find(&p, leaf, leaf % 12), 12 * leaf), "the first of it");
		}
	cr_expect(eq(sz, p.n, 120));
	cr_expect(eq(sz, p.index->n, 0));
}

/* Whatever the order, a part is found again: each comes three times. */
Test(tally_place, in_any_order)
{
	static const size_t steps[] = {1, 2, 31, 60, 98, 100}; /* 101 is prime */

	for (size_t s = 0; s < COUNT(steps); s++) {
		struct places p = {.index = dict_new(&arena)};
		size_t part[101];

		for (size_t i = 0; i < 3 * 101; i++) {
			size_t k = i * steps[s] % 101, now = find(&p, k / 10, k % 10);

			cr_expect(eq(sz, now, i < 101 ? i : part[k]), "step %zu", steps[s]);
			part[k] = now;
		}
		cr_expect(eq(sz, p.n, 101));
		cr_expect(eq(sz, p.index->n, 101), "all that came before are in it");
	}
}

/* More groups in one leaf than are looked at one by one. */
Test(tally_place, many_groups_of_a_leaf)
{
	struct places p = {.index = dict_new(&arena)};

	for (size_t turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < 60; i++)
			cr_expect(eq(sz, find(&p, 7, i), i));
	cr_expect(eq(sz, find(&p, 8, 0), 60));
	cr_expect(eq(sz, find(&p, 6, 0), 61));
	cr_expect(eq(sz, find(&p, 8, 0), 60));
}

Test(tally_place, levels)
{
	static const size_t level[] = {1, 2}, other[] = {1, 3};
	struct tally_group g = {.level = level, .selected = true};

	cr_expect(tally_group_alike(&g, level, 2, true));
	cr_expect(tally_group_alike(&g, other, 1, true));
	cr_expect(not(tally_group_alike(&g, other, 2, true)));
	cr_expect(not(tally_group_alike(&g, level, 2, false)));
}
