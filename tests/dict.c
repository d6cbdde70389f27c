#include "help.h"

#include "base/dict.h"

TestSuite(dict, .fini = clean);

Test(dict, indices_in_order_of_appearance)
{
	struct dict *d = dict_new(&arena);
	bool fresh;

	cr_expect(eq(sz, dict_add(d, 0, span_of("b"), &fresh), 0));
	cr_expect(fresh);
	cr_expect(eq(sz, dict_add(d, 0, span_of("a"), NULL), 1));
	cr_expect(eq(sz, dict_add(d, 0, span_of("b"), &fresh), 0));
	cr_expect(not(fresh));
	cr_expect(eq(sz, d->n, 2));
	check_text(d->entry[1].name, "a");
}

Test(dict, number_and_name_are_the_key)
{
	struct dict *d = dict_new(&arena);
	static const struct text with_nul = TEXT("a\0b"), shorter = TEXT("a");

	cr_expect(eq(sz, dict_add(d, 7, span_of("a"), NULL), 0));
	cr_expect(eq(sz, dict_add(d, 8, span_of("a"), NULL), 1));
	cr_expect(eq(sz, dict_add(d, 7 + ((size_t)1 << 40), span_of("a"), NULL), 2));
	cr_expect(eq(sz, dict_add(d, 7, span_of(""), NULL), 3));
	cr_expect(eq(sz, dict_add(d, 7, with_nul, NULL), 4));
	cr_expect(eq(sz, dict_find(d, 7, shorter), 0));
	cr_expect(eq(sz, dict_find(d, 7, (struct text){NULL, 0}), 3));
	cr_expect(eq(sz, d->entry[1].number, 8));
}

Test(dict, keys_that_were_never_added)
{
	struct dict *d = dict_new(&arena);

	cr_expect(eq(sz, dict_find(d, 0, span_of("a")), DICT_NONE));
	dict_add(d, 1, span_of("a"), NULL);
	cr_expect(eq(sz, dict_find(d, 0, span_of("a")), DICT_NONE));
	cr_expect(eq(sz, dict_find(d, 1, span_of("A")), DICT_NONE));
	cr_expect(eq(sz, d->n, 1), "looking adds nothing");
}

/* Numbers of a hundred groups and of a hundred members: no two have one hash. */
Test(dict, short_names_with_small_numbers)
{
	struct dict *d = dict_new(&arena);
	size_t same = 0;

	for (size_t i = 0; i < 10000; i++)
		dict_add(d, i / 100, arena_format(&arena, "%zu", 100 + i % 100), NULL);
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < i; k += 7)
			same += d->entry[i].hash == d->entry[k].hash;
	cr_expect(eq(sz, same, 0));
}

/* Nearly always the index; never one of another hash. */
Test(dict, likely_index_by_hash)
{
	struct dict *d = dict_new(&arena);
	size_t found = 0;

	dict_fetch(d, 1);
	cr_expect(eq(sz, dict_likely(d, dict_hash(0, span_of("a"))), DICT_NONE));
	for (size_t i = 0; i < 3000; i++)
		dict_add(d, i % 7, arena_format(&arena, "%zu", i), NULL);
	for (size_t i = 0; i < 3000; i++) {
		size_t likely = dict_likely(d, d->entry[i].hash);

		dict_fetch(d, d->entry[i].hash);
		cr_expect(likely == i || likely == DICT_NONE);
		found += likely == i;
		cr_expect(eq(sz, dict_likely(d, dict_hash(7, d->entry[i].name)), DICT_NONE));
	}
	cr_expect(found > 2700, "%zu", found);
}

Test(dict, keys_are_copied)
{
	struct dict *d = dict_new(&arena);
	char name[] = "here";

	dict_add(d, 0, (struct text){name, 4}, NULL);
	name[0] = 't';
	cr_expect(eq(sz, dict_find(d, 0, span_of("here")), 0));
	cr_expect(eq(sz, dict_find(d, 0, (struct text){name, 4}), DICT_NONE));
}

/* Eleven times doubled; at most three quarters of the slots are ever taken, so a search ends. */
Test(dict, grows)
{
	struct dict *d = dict_new(&arena);

	for (size_t i = 0; i < 20000; i++) {
		struct text name = arena_format(&arena, "%zu", i % 5000);

		cr_assert(eq(sz, dict_add(d, i / 5000, name, NULL), i));
		cr_assert(le(sz, 4 * d->n, 3 * d->slots));
	}
	for (size_t i = 0; i < 20000; i++)
		cr_assert(eq(sz, dict_find(d, i / 5000, arena_format(&arena, "%zu", i % 5000)), i));
	cr_expect(eq(sz, dict_find(d, 4, span_of("1")), DICT_NONE));
}
