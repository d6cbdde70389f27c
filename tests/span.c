#include "help.h"

#include "base/span.h"

TestSuite(span, .fini = clean);

Test(span, of_null_is_nothing)
{
	cr_assert(eq(sz, span_of(NULL).n, 0));
	cr_assert(eq(sz, span_of("").n, 0));
	cr_assert(eq(sz, span_of("Hưng").n, 5)); /* ư is two bytes */
}

Test(span, equality_is_of_bytes)
{
	static const struct {
		struct text a, b;
		bool same;
	} cases[] = {
		{TEXT("abc"), TEXT("abc"), true},   {TEXT(""), TEXT(""), true},
		{TEXT("a\0b"), TEXT("a\0b"), true}, {TEXT("abc"), TEXT("abC"), false},
		{TEXT("abc"), TEXT("ab"), false},   {TEXT("a\0b"), TEXT("a\0c"), false},
		{TEXT("a"), TEXT("a\0"), false},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(int, span_equal(cases[i].a, cases[i].b), cases[i].same), "row %zu", i);
	cr_expect(span_equal((struct text){NULL, 0}, (struct text){"x", 0}));
	cr_expect(span_is((struct text){"abcd", 3}, "abc"));
	cr_expect(not(span_is((struct text){"abcd", 3}, "abcd")));
}

/* Byte order; Đ (C4 90) stands behind every ASCII letter. */
Test(span, order)
{
	static const char *const rising[] = {"", "01", "012", "1", "A", "a", "aa", "b", "Đ"};

	for (size_t i = 0; i < COUNT(rising); i++)
		for (size_t j = 0; j < COUNT(rising); j++)
			cr_expect(eq(int, span_compare(span_of(rising[i]), span_of(rising[j])),
				     (i > j) - (i < j)),
				  "%s %s", rising[i], rising[j]);
}

static void check_split(const char *whole, const char *joined_by_newline)
{
	struct text rest = span_of(whole), part;
	char got[64] = "";

	while (span_split(&rest, '|', &part)) {
		strncat(got, part.at, part.n);
		strcat(got, "\n");
	}
	check_string(got, joined_by_newline);
	cr_expect(not(span_split(&rest, '|', &part)), "exhausted stays exhausted");
}

Test(span, split)
{
	check_split("a||b", "a\n\nb\n"); /* the three of the header */
	check_split("a|", "a\n\n");
	check_split("", "\n");
	check_split("|", "\n\n");
	check_split("abc", "abc\n");
}

Test(span, split_of_nothing_gives_no_part)
{
	struct text rest = {NULL, 0}, part;

	cr_assert(not(span_split(&rest, '|', &part)));
}

Test(span, found)
{
	static const struct {
		const char *s, *part;
		size_t first, last;
	} cases[] = {
		{"abcabc", "abc", 0, 3},
		{"abcabc", "ca", 2, 2},
		{"aaa", "aa", 0, 1}, /* they may lie over one another */
		{"abc", "abcd", SPAN_NOWHERE, SPAN_NOWHERE},
		{"abc", "x", SPAN_NOWHERE, SPAN_NOWHERE},
		{"abc", "", 0, 3},
		{"", "", 0, 0},
		{"", "x", SPAN_NOWHERE, SPAN_NOWHERE},
		{"Hưng Yên", "Yên", 6, 6}, /* ư is two bytes */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text s = span_of(cases[i].s), part = span_of(cases[i].part);

		cr_expect(eq(sz, span_find(s, part), cases[i].first), "row %zu", i);
		cr_expect(eq(sz, span_find_last(s, part), cases[i].last), "row %zu", i);
		cr_expect(eq(int, span_holds(s, part), cases[i].first != SPAN_NOWHERE), "row %zu",
			  i);
	}
	cr_expect(not(span_holds((struct text){NULL, 0}, span_of("x"))));
	cr_expect(span_holds((struct text){NULL, 0}, (struct text){NULL, 0}));
}

Test(span, trim)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{" a b ", "a b"}, {"\t\r\n a", "a"},      {"", ""}, {"   ", ""},
		{"a\n", "a"},     {"\u00a0a", "\u00a0a"}, /* a no-break space is not ASCII */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(span_trim(span_of(cases[i].in)), cases[i].want);
}

Test(span, beginnings_and_first_lines)
{
	cr_expect(span_starts(span_of("nearest:5"), "nearest"));
	cr_expect(span_starts(span_of(""), ""));
	cr_expect(not(span_starts(span_of("near"), "nearest")));
	cr_expect(not(span_starts((struct text){NULL, 0}, "x")));
	cr_expect(span_is(span_line(span_of("\n \r\n  one \r\ntwo")), "one"));
	cr_expect(eq(sz, span_line(span_of(" \n\n")).n, 0));
	cr_expect(eq(sz, span_line((struct text){NULL, 0}).n, 0));
}
