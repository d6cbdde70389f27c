#include "help.h"

#include "base/mark.h"

TestSuite(mark, .fini = clean);

/* The bytes are those of UTF-8: U+F0000 is F3 B0 80 80, U+F4000 F3 B4 80 80, U+100000 F4 80 80 80.
 */
Test(mark, put)
{
	struct text s = mark_put(&arena, 0, span_of("63,17"));

	cr_assert(span_is(s, "\xF3\xB0\x80\x80\xF3\xB4\x80\x80"
			     "63,17\xF4\x80\x80\x80"));
	s = mark_put(&arena, 16384 + 65, span_of("")); /* 1 above, U+4041 below */
	cr_assert(span_is(s, "\xF3\xB0\x80\x81\xF3\xB4\x81\x81\xF4\x80\x80\x80"));
}

Test(mark, numbers_come_back)
{
	static const size_t numbers[] = {0, 1, 63, 64, 16383, 16384, 1000000, (1ul << 28) - 1};

	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct text s = mark_put(&arena, numbers[i], span_of("ạ"));
		size_t bytes, number = 7;

		cr_expect_eq(mark_at(s, 0, &bytes, &number), MARK_OPEN);
		cr_expect_eq(bytes, 8);
		cr_expect_eq(number, numbers[i]);
		cr_expect_eq(mark_at(s, 8, &bytes, &number), MARK_NONE);
		cr_expect_eq(mark_at(s, 8 + strlen("ạ"), &bytes, &number), MARK_CLOSE);
		cr_expect_eq(bytes, 4);
	}
}

Test(mark, what_is_none)
{
	static const char *const none[] = {
		"",
		"63,17",
		"\xF3\xB0\x80",                     /* cut */
		"\xF3\xB0\x80\x80",                 /* half of one */
		"\xF3\xB4\x80\x80\xF3\xB0\x80\x80", /* the wrong way round */
		"\xF3\xB0\x80\x80\xF3\xB0\x80\x80", /* two upper halves */
		"\xF3\xB8\x80\x80\xF3\xB4\x80\x80", /* U+F8000 */
		"\xF4\x80\x80\x81",                 /* U+100001 */
		"\xF0\x9F\x98\x80",                 /* a face */
	};

	for (size_t i = 0; i < COUNT(none); i++) {
		size_t bytes = 1, number;

		cr_expect_eq(mark_at(span_of(none[i]), 0, &bytes, &number), MARK_NONE, "%zu", i);
		cr_expect_eq(bytes, 0);
	}
}
