/* Expected values: the Unicode Standard (NFC of the sequences, ill-formed UTF-8 of its table 3-7)
 * and by hand. */
#include "help.h"

#include "base/text.h"

#include <utf8proc.h>

#include <stdint.h>

#define HUNG_YEN_NFD "Hu\xCC\x9Bng Ye\xCC\x82n" /* u + U+031B, e + U+0302 */

TestSuite(text, .fini = clean);

Test(text, check_names_the_first_bad_byte)
{
	static const struct {
		struct text in;
		bool ok;
		size_t bad;
	} cases[] = {
		{TEXT("Hưng Yên"), true, 0},
		{TEXT(""), true, 0},
		{TEXT("\xF4\x8F\xBF\xBF"), true, 0},
		{TEXT("\xEF\xBB\xBF"), true, 0},
		{TEXT("ab\xFF"), false, 2},
		{TEXT("a\0b"), false, 1},
		{TEXT("\xC3"), false, 0},
		{TEXT("x\xC0\x80"), false, 1}, /* overlong */
		{TEXT("\xED\xA0\x80"), false, 0},
		{TEXT("\xF5\x80\x80\x80"), false, 0},
		{TEXT("ư\x80"), false, 2},
		{TEXT("\xE1\xBB"), false, 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t bad = 99;
		bool ok = text_check(cases[i].in, &bad);

		cr_expect(eq(int, ok, cases[i].ok), "row %zu", i);
		cr_expect(eq(sz, bad, cases[i].ok ? 99 : cases[i].bad), "row %zu", i);
	}
}

Test(text, nfc)
{
	check_text(text_nfc(&arena, span_of(HUNG_YEN_NFD)), "Hưng Yên");
	check_text(text_nfc(&arena, span_of("Hưng Yên")), "Hưng Yên");
	check_text(text_nfc(&arena, span_of("ascii")), "ascii");
	check_text(text_nfc(&arena, span_of("e\xCC\x82\xCC\x81")),
		   "ế");                                         /* two marks become U+1EBF */
	check_text(text_nfc(&arena, span_of("\xFFư")), "\xFFư"); /* invalid is kept */
}

/* Every letter alone, between others and before marks, is what the library makes of it. */
Test(text, nfc_of_every_letter)
{
	for (utf8proc_int32_t c = 1; c < 0x30000; c++) {
		static const char *const around[][2] = {{"", ""}, {"o", "u"}, {"o", "\xCC\x81"}};
		utf8proc_uint8_t letter[5] = {0}, *want;

		if (!utf8proc_codepoint_valid(c))
			continue;
		utf8proc_encode_char(c, letter);
		for (size_t i = 0; i < COUNT(around); i++) {
			char s[16];
			struct text got;

			snprintf(s, sizeof s, "%s%s%s", around[i][0], (char *)letter, around[i][1]);
			got = text_nfc(&arena, span_of(s));
			want = utf8proc_NFC((utf8proc_uint8_t *)s);
			if (!span_is(got, (char *)want))
				cr_expect(0, "U+%04X: %s, not %s", (unsigned)c, got.at, want);
			free(want);
		}
	}
}

Test(text, fold)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"TP. Hồ Chí Minh", "tp ho chi minh"},
		{"Hưng Yên", "hung yen"},
		{"HƯNG YÊN", "hung yen"},
		{HUNG_YEN_NFD, "hung yen"},
		{"Hoà Bình", "hoa binh"},
		{"Hòa Bình", "hoa binh"},
		{"Đắk Lắk", "dak lak"},
		{"ĐẮK  LẮK", "dak lak"},
		{"Bà Rịa – Vũng Tàu", "ba ria vung tau"},
		{"Bà Rịa-Vũng Tàu", "ba ria vung tau"},
		{"  a.b  ", "a b"},
		{"--", ""},
		{"", ""},
		{"PAR INDEX 2013", "par index 2013"},
		{"ＡＢ１", "ab1"}, /* full width */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(text_fold(&arena, span_of(cases[i].in)), cases[i].want);
}

Test(text, key)
{
	check_text(text_key(&arena, span_of("TP. HCM")), "tphcm");
	check_text(text_key(&arena, span_of("Start_Time")), "starttime");
	check_text(text_key(&arena, span_of(" - ")), "");
}

Test(text, lower)
{
	check_text(text_lower(&arena, span_of("ĐẮK Lắk")), "đắk lắk");
	check_text(text_lower(&arena, span_of(HUNG_YEN_NFD)), "hưng yên");
	check_text(text_lower(&arena, span_of("Ninh ")), "ninh "); /* blanks count while typing */
	check_text(text_lower(&arena, span_of("\xFFư")), "\xFFư");
	check_text(text_lower(&arena, span_of("")), "");
}

Test(text, plain)
{
	check_text(text_plain(&arena, span_of("Đắk Lắk")), "Dak Lak");
	check_text(text_plain(&arena, span_of("Bà Rịa - Vũng Tàu")), "Ba Ria - Vung Tau");
	check_text(text_plain(&arena, span_of("đ")), "d");
	check_text(text_plain(&arena, span_of(HUNG_YEN_NFD)), "Hung Yen");
	check_text(text_plain(&arena, span_of("\xFFư")), "\xFFư");
	check_text(text_plain(&arena, span_of("")), "");
}

Test(text, different_names_stay_different)
{
	static const char *const names[] = {"Hà Nam", "Hà Nội", "Hà Giang", "Hải Dương",
					    "Hải Phòng"};

	for (size_t i = 0; i < COUNT(names); i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(not(span_equal(text_fold(&arena, span_of(names[i])),
						 text_fold(&arena, span_of(names[j])))));
}

Test(text, slug)
{
	check_text(text_slug(&arena, span_of("TP. Hồ Chí Minh")), "tp-ho-chi-minh");
	check_text(text_slug(&arena, span_of("../../etc/passwd; $(rm) `x`")), "etc-passwd-rm-x");
	check_text(text_slug(&arena, span_of("日本 7")), "7");
	check_text(text_slug(&arena, span_of("")), "");
}

Test(text, lengths)
{
	static const struct {
		const char *in;
		size_t characters, columns;
	} cases[] = {
		{"", 0, 0},     {"abc", 3, 3}, {"Hưng Yên", 8, 8}, {HUNG_YEN_NFD, 10, 8},
		{"日本", 2, 4},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_expect(eq(sz, text_length(span_of(cases[i].in)), cases[i].characters), "row %zu",
			  i);
		cr_expect(eq(sz, text_columns(span_of(cases[i].in)), cases[i].columns), "row %zu",
			  i);
	}
}

/* kitten/sitting is the textbook three; a swap of neighbours counts one. */
Test(text, distance)
{
	static const struct {
		const char *a, *b;
		size_t want;
	} cases[] = {
		{"kitten", "sitting", 3},
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"ab", "ba", 1},
		{"hung yen", "hung yen", 0},
		{"hung yne", "hung yen", 1},
		{"hugn yne", "hung yen", 2},
		{"abcdef", "abdef", 1},
		{"a", "b", 1},
		{"ca", "abc", 3},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(sz, text_distance(span_of(cases[i].a), span_of(cases[i].b)),
			     cases[i].want),
			  "%s %s", cases[i].a, cases[i].b);
}

Test(text, distance_gives_up_on_long_words)
{
	char word[66];

	memset(word, 'a', sizeof word);
	cr_expect(eq(sz, text_distance((struct text){word, 63}, (struct text){word, 62}), 1));
	cr_expect(eq(sz, text_distance((struct text){word, 65}, (struct text){word, 1}), SIZE_MAX));
	cr_expect(eq(sz, text_distance((struct text){word, 1}, (struct text){word, 66}), SIZE_MAX));
}

Test(text, next_takes_one_character)
{
	struct text rest = span_of("ưa"), broken = span_of("\xC6"), none = {NULL, 0};

	cr_expect(eq(int, text_next(&rest), 0x1B0));
	cr_expect(eq(int, text_next(&rest), 'a'));
	cr_expect(eq(int, text_next(&rest), -1));
	cr_expect(eq(int, text_next(&broken), -1));
	cr_expect(eq(int, text_next(&none), -1));
}
