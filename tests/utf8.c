/* The strings are those of RFC 3629 (sections 3, 4 and 10) and of Unicode's table 3-7. */
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#define ROOM 300

static size_t by_utf8proc(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
						      (utf8proc_ssize_t)(n - i), &c);

		if (k <= 0)
			break;
		i += (size_t)k;
	}
	return i;
}

/* At every offset of two blocks, with room behind it and without. */
static void expect_everywhere(const char *bytes, size_t n, size_t valid)
{
	char s[ROOM];

	for (size_t at = 0; at < 140; at++)
		for (size_t behind = 0; behind < 90; behind += 89) {
			size_t got, want = valid == n ? at + n + behind : at + valid;

			memset(s, 'x', sizeof s);
			memcpy(s + at, bytes, n);
			got = utf8_valid((struct text){s, at + n + behind});
			cr_assert(got == want, "%zu bytes at %zu, %zu behind: %zu, not %zu", n, at,
				  behind, got, want);
		}
}

Test(utf8, characters_of_each_length_are_valid_wherever_they_stand)
{
	static const char *const valid[] = {"a",
					    "\x7F",
					    "\xC2\x80",
					    "\xDF\xBF",
					    "\xE0\xA0\x80",
					    "\xE1\xBB\x87",
					    "\xED\x9F\xBF",
					    "\xEE\x80\x80",
					    "\xEF\xBF\xBF",
					    "\xF0\x90\x80\x80",
					    "\xF4\x8F\xBF\xBF",
					    "Đường Hưng Yên",
					    "満足 😀 ok",
					    "\xE2\x80\x93\xC3\xA0\xF0\x9F\x98\x80\xE1\xBA\xBF"};

	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
		expect_everywhere(valid[i], strlen(valid[i]), strlen(valid[i]));
	expect_everywhere("a\0b", 3, 3);
	cr_expect(utf8_valid((struct text){NULL, 0}) == 0);
}

Test(utf8, what_is_no_character_ends_it_wherever_it_stands)
{
	static const char *const wrong[] = {"\x80",
					    "\xBF",
					    "\xC0\x80",
					    "\xC1\xBF",
					    "\xE0\x80\x80",
					    "\xE0\x9F\xBF",
					    "\xED\xA0\x80",
					    "\xED\xBF\xBF",
					    "\xF0\x80\x80\x80",
					    "\xF0\x8F\xBF\xBF",
					    "\xF4\x90\x80\x80",
					    "\xF5\x80\x80\x80",
					    "\xFF",
					    "\xFE",
					    "\xC3",
					    "\xE1\xBB",
					    "\xE1",
					    "\xF0\x9F\x98",
					    "\xF0\x9F",
					    "\xC3(",
					    "\xE1\xBB(",
					    "\xE1(\x87",
					    "\xC3\xC3\xA0",
					    "\xE1\xE1\xBB\x87"};
	static const char *const behind[] = {"\xC3\xA0\x80", "\xE1\xBB\x87\x80",
					     "\xF0\x9F\x98\x80\x80"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		expect_everywhere(wrong[i], strlen(wrong[i]), 0);
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		expect_everywhere(behind[i], strlen(behind[i]), strlen(behind[i]) - 1);
}

/* Pieces of characters, whole ones and ASCII in any order. */
Test(utf8, any_bytes_are_as_utf8proc_has_them)
{
	static const char *const piece[] = {
		"ab",       "\xC3", "\xA0",     "\xE1", "\xBB",
		"\x87",     "ế",    "đ",        "\xF0", "\x9F",
		"\x98\x80", "😀",    "\xE0\xA0", "\xED", ",1,2,3,4,5,1,2,3,4,5,1,2,3,4,5,1,2,3,4,5",
		"–"};
	uint64_t state = 1;
	size_t whole = 0;

	for (size_t turn = 0; turn < 200000; turn++) {
		char s[ROOM] = "";
		size_t n = 0, k = turn % 12;

		for (size_t i = 0; i < k; i++) {
			const char *p;

			state = state * 6364136223846793005u + 1442695040888963407u;
			p = piece[(state >> 33) % (turn % 3 ? 16 : 2)];
			if (turn % 3 == 1 && (unsigned char)*p >= 0x80 && strlen(p) < 2)
				p = "ộ";
			memcpy(s + n, p, strlen(p));
			n += strlen(p);
		}
		whole += utf8_valid((struct text){s, n}) == n;
		cr_assert(utf8_valid((struct text){s, n}) == by_utf8proc(s, n), "turn %zu", turn);
	}
	cr_expect(whole > 20000 && whole < 180000, "%zu", whole);
}
