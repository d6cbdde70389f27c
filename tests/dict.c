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

Test(dict, keys_are_copied)
{
	struct dict *d = dict_new(&arena);
	char name[] = "here";

	dict_add(d, 0, (struct text){name, 4}, NULL);
	name[0] = 't';
	cr_expect(eq(sz, dict_find(d, 0, span_of("here")), 0));
	cr_expect(eq(sz, dict_find(d, 0, (struct text){name, 4}), DICT_NONE));
}

/* Twelve times doubled; at most half of the slots are ever taken, so a search ends. */
Test(dict, grows)
{
	struct dict *d = dict_new(&arena);

	for (size_t i = 0; i < 20000; i++) {
		struct text name = arena_format(&arena, "%zu", i % 5000);

		cr_assert(eq(sz, dict_add(d, i / 5000, name, NULL), i));
		cr_assert(le(sz, 2 * d->n, d->slots));
	}
	for (size_t i = 0; i < 20000; i++)
		cr_assert(eq(sz, dict_find(d, i / 5000, arena_format(&arena, "%zu", i % 5000)), i));
	cr_expect(eq(sz, dict_find(d, 4, span_of("1")), DICT_NONE));
}
