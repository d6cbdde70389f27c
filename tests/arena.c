#include "help.h"

#include <criterion/redirect.h>
#include <stdint.h>

TestSuite(arena, .fini = clean);

Test(arena, memory_is_zeroed_and_aligned)
{
	static const size_t sizes[] = {1, 3, 8, 24, 4095, 16384, 16385, 70000, 1 << 20};

	for (int round = 0; round < 50; round++)
		for (size_t i = 0; i < COUNT(sizes); i++) {
			unsigned char *p = arena_new(&arena, 1, sizes[i]);

			cr_assert(zero(sz, (size_t)((uintptr_t)p % _Alignof(max_align_t))));
			for (size_t k = 0; k < sizes[i]; k++)
				cr_assert(zero(int, p[k]));
			memset(p, 0xAA, sizes[i]); /* the next one must be zeroed all the same */
		}
}

/* Small, large, small: no object may overlap another. */
Test(arena, objects_do_not_overlap)
{
	unsigned char *at[300];

	for (size_t i = 0; i < COUNT(at); i++) {
		size_t n = i % 7 == 3 ? 20000 : 40 + i;

		at[i] = arena_new(&arena, n, 1);
		memset(at[i], (int)(i % 251), n);
	}
	for (size_t i = 0; i < COUNT(at); i++) {
		size_t n = i % 7 == 3 ? 20000 : 40 + i;

		for (size_t k = 0; k < n; k++)
			cr_assert(eq(int, at[i][k], (int)(i % 251)), "object %zu byte %zu", i, k);
	}
}

Test(arena, nothing_is_a_valid_pointer)
{
	cr_assert(ne(ptr, arena_new(&arena, 0, 8), NULL));
	cr_assert(ne(ptr, arena_new(&arena, 3, 0), NULL));
}

Test(arena, grow_keeps_what_is_there)
{
	int *list = NULL;

	for (size_t n = 0; n < 5000; n++) {
		list = arena_grow(&arena, list, n, sizeof *list);
		cr_assert(zero(int, list[n]), "new object %zu", n);
		list[n] = (int)n + 1;
	}
	for (size_t n = 0; n < 5000; n++)
		cr_assert(eq(int, list[n], (int)n + 1));
}

Test(arena, text_is_copied_with_a_nul_behind)
{
	char bytes[] = {'a', '\0', 'b'};
	struct text copy = arena_text(&arena, (struct text){bytes, 3});

	bytes[0] = 'z';
	cr_assert(span_equal(copy, (struct text)TEXT("a\0b")));
	cr_assert(zero(int, copy.at[3]));
	check_string(arena_string(&arena, copy), "a");
	cr_assert(zero(int, arena_text(&arena, (struct text){NULL, 0}).at[0]));
}

Test(arena, format)
{
	char long_word[3000];

	memset(long_word, 'w', sizeof long_word);
	long_word[sizeof long_word - 1] = '\0';
	check_text(arena_format(&arena, "%s-%03d", "a", 7), "a-007");
	check_text(arena_format(&arena, "%s", ""), "");
	check_text(arena_format(&arena, "%s", long_word), long_word);
}

Test(arena, released_is_empty_and_usable)
{
	struct arena a = {0};

	arena_release(&a);
	arena_new(&a, 10, 10);
	arena_release(&a);
	cr_assert(zero(ptr, (void *)a.newest));
	arena_new(&a, 1, 1);
	arena_release(&a);
}

/* Past four megabytes blocks are larger; nobody sees it. */
Test(arena, many_megabytes)
{
	struct arena a = {0};
	size_t n = 0;

	for (size_t size = 16; n < ((size_t)1 << 24); size = size * 3 % 100000 / 16 * 16 + 16) {
		unsigned char *at = arena_new(&a, size, 1);

		cr_assert(at[0] == 0 && at[size / 2] == 0 && at[size - 1] == 0);
		memset(at, 1, size);
		n += size;
		cr_assert(eq(sz, arena_bytes(&a), n));
	}
	arena_release(&a);
	cr_expect(eq(sz, arena_bytes(&a), 0));
}

/* A hint takes nothing, whatever it says. */
Test(arena, hints)
{
	static const size_t hints[] = {0, 1, 5000000, (size_t)1 << 40, SIZE_MAX};

	for (size_t i = 0; i < COUNT(hints); i++) {
		struct arena a = {0};

		arena_expect(&a, hints[i]);
		cr_expect(eq(sz, arena_bytes(&a), 0));
		check_text(arena_text(&a, span_of("here")), "here");
		cr_expect(eq(sz, arena_bytes(&a), 16));
		memset(arena_new(&a, 6000000, 1), 1, 6000000);
		arena_release(&a);
	}
}

/* Five objects: room for sixteen, as after five steps of arena_grow; it moves at the seventeenth.
 */
Test(arena, reserved_room_is_that_of_growing)
{
	int *at = arena_reserve(&arena, 5, sizeof *at);

	for (size_t n = 5; n < 16; n++)
		cr_expect(eq(ptr, arena_grow(&arena, at, n, sizeof *at), (void *)at), "%zu", n);
	for (int i = 0; i < 16; i++)
		at[i] = i;
	int *larger = arena_grow(&arena, at, 16, sizeof *at);

	cr_expect(larger != at);
	cr_expect(eq(int, larger[15], 15));
	cr_expect(arena_reserve(&arena, 0, 8) != NULL);
}

Test(arena, reserving_beyond_every_size_ends_the_program, .exit_code = 1)
{
	cr_redirect_stderr();
	arena_reserve(&arena, SIZE_MAX - 1, 1);
}

/* What other arenas held is found where it was, and leaves with the one that took it (the leak
 * check of the sanitizer tells); the block in use stays in use. */
Test(arena, adopted_memory_lives_on)
{
	struct arena own = {0}, other = {0}, none = {0};
	struct text mine = arena_text(&own, span_of("mine"));
	struct text theirs = arena_text(&other, span_of("theirs"));
	char *large = arena_new(&other, 1 << 17, 1);

	arena_adopt(&own, &none);
	arena_adopt(&own, &other);
	arena_adopt(&none, &own);
	cr_assert(zero(ptr, (void *)own.newest));
	cr_assert(zero(ptr, (void *)other.newest));
	struct arena_block *in_use = none.newest;

	large[(1 << 17) - 1] = 'x';
	check_text(mine, "mine");
	check_text(theirs, "theirs");
	arena_text(&none, span_of("more"));
	cr_expect(eq(ptr, (void *)none.newest, (void *)in_use));
	arena_release(&none);
}

Test(arena, size_overflow_ends_the_program, .exit_code = 1)
{
	cr_redirect_stderr();
	arena_new(&arena, SIZE_MAX / 16 + 2, 16); /* 2^64 + 16 bytes: 16 when it wraps */
}

Test(arena, growing_beyond_every_size_ends_the_program, .exit_code = 1)
{
	size_t n = (SIZE_MAX >> 2) + 1; /* a power of four, so it would have to grow */

	cr_redirect_stderr();
	arena_grow(&arena, &n, n, 1);
}
