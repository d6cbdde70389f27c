/* Expected values: decimal arithmetic by hand. */
#include "help.h"

#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(number, .fini = clean);

static const struct {
	struct text in;
	bool ok;
	double want;
} parse_cases[] = {
	{TEXT("7"), true, 7},
	{TEXT("-0.5"), true, -0.5},
	{TEXT("1e3"), true, 1000},
	{TEXT("44.1831"), true, 44.1831},
	{TEXT("+3"), true, 3},
	{TEXT(".5"), true, 0.5},
	{TEXT("5."), true, 5},
	{TEXT("1E-3"), true, 0.001},
	{TEXT("1e+2"), true, 100},
	{TEXT("-0"), true, -0.0},
	{TEXT("007"), true, 7},
	{TEXT("0e0"), true, 0},
	{TEXT(""), false, 0},
	{TEXT("7 "), false, 0},
	{TEXT(" 7"), false, 0},
	{TEXT("7,5"), false, 0},
	{TEXT("nan"), false, 0},
	{TEXT("inf"), false, 0},
	{TEXT("1e999"), false, 0},
	{TEXT("7\0"
	      "8"),
	 false, 0},
	{TEXT("0x10"), false, 0},
	{TEXT("--1"), false, 0},
	{TEXT("."), false, 0},
	{TEXT("1e"), false, 0},
	{TEXT("1e+"), false, 0},
	{TEXT("-"), false, 0},
	{TEXT("1.2.3"), false, 0},
	{TEXT("44,4O"), false, 0},
	{TEXT("12abc"), false, 0},
	{TEXT("١"), false, 0},
	{TEXT("1e-999"), true, 0},
	{TEXT("0000000000000000000000000000000000000000000000000000000000000001"), false,
	 0}, /* 64 bytes */
};

Test(number, parse)
{
	for (size_t i = 0; i < COUNT(parse_cases); i++) {
		double got = -1; /* must survive every failure */

		cr_expect(eq(int, number_parse(parse_cases[i].in, &got), parse_cases[i].ok),
			  "row %zu", i);
		cr_expect(eq(dbl, got, parse_cases[i].ok ? parse_cases[i].want : -1), "row %zu", i);
	}
}

/* The nearest double, as strtod has it: digits and their point by a linear congruence, 1 to 18 of
 * them; and the sign of nothing. */
Test(number, parse_gives_the_nearest_double)
{
	unsigned long long state = 12345;
	double x;

	for (int i = 0; i < 20000; i++) {
		char s[40];

		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		int n = snprintf(s, sizeof s, "%s%llu", state >> 63 ? "-" : "",
				 (state >> 4) % (1ULL << (3 + (state >> 40) % 57)));
		int point = (int)(state >> 33) % (n + 1);

		memmove(s + point + 1, s + point, (size_t)(n - point) + 1);
		s[point] = '.';
		if (s[0] == '.' && s[1] == '-')
			continue;
		cr_assert(number_parse(span_of(s), &x), "%s", s);
		cr_expect(eq(dbl, x, strtod(s, NULL)), "%s", s);
	}
	cr_assert(number_parse(span_of("-0.00"), &x));
	cr_expect(signbit(x));
}

/* The span ends where its length says, not at the first byte that is no digit. */
Test(number, parse_stops_at_the_end_of_the_span)
{
	double x = 0;

	cr_assert(number_parse((struct text){"1234", 2}, &x));
	cr_assert(eq(dbl, x, 12));
}

Test(number, whole)
{
	static const struct {
		const char *in;
		long least, most;
		bool ok;
		long want;
	} cases[] = {
		{"2024", 1900, 2999, true, 2024},
		{"1900", 1900, 2999, true, 1900},
		{"2999", 1900, 2999, true, 2999},
		{"-3", -5, 5, true, -3},
		{"007", 0, 10, true, 7},
		{"-0", 0, 0, true, 0},
		{"999999999999999999", 0, 999999999999999999L, true, 999999999999999999L},
		{"1899", 1900, 2999, false, 0},
		{"3000", 1900, 2999, false, 0},
		{"", 0, 9, false, 0},
		{"-", -9, 9, false, 0},
		{"+5", 0, 9, false, 0},
		{"5.0", 0, 9, false, 0},
		{"2024 ", 1900, 2999, false, 0},
		{"20x4", 1900, 2999, false, 0},
		{"1e3", 0, 9999, false, 0},
		{"9999999999999999999", 0, 999999999999999999L, false, 0},
		{"--1", -9, 9, false, 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		long got = -77;
		bool ok = number_whole(span_of(cases[i].in), cases[i].least, cases[i].most, &got);

		cr_expect(eq(int, ok, cases[i].ok), "\"%s\"", cases[i].in);
		cr_expect(eq(long, got, cases[i].ok ? cases[i].want : -77), "\"%s\"", cases[i].in);
	}
}

Test(number, complaint_guesses_the_mistake)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"44,4O", "\"44,4O\" is not a number (letter O in place of digit 0?)"},
		{"44,40",
		 "\"44,40\" is not a number (a decimal point is expected: 44.40, not 44,40)"},
		{"4 4", "\"4 4\" is not a number (there is a space in it)"},
		{"l2", "\"l2\" is not a number (a letter in place of digit 1?)"},
		{"44%", "\"44%\" is not a number (write it without the sign %)"},
		{"abc", "\"abc\" is not a number"},
		{"1.2.3", "\"1.2.3\" is not a number"},
		{"", "nothing is written where a number is expected"},
	};
	struct diag english = {0};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(number_complaint(&arena, span_of(cases[i].in), &english), cases[i].want);
}

Test(number, decimals)
{
	static const struct {
		const char *in;
		size_t want;
	} cases[] = {
		{"44.10", 2}, {"44", 0}, {"44.", 0}, {".125", 3}, {"", 0}, {"1e3", 0}, {"-0.5", 1},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(sz, number_decimals(span_of(cases[i].in)), cases[i].want), "%s",
			  cases[i].in);
}

Test(number, exact_is_short_and_reads_back)
{
	static const struct {
		double x;
		const char *want;
	} cases[] = {
		{0.1, "0.1"},     {44.1831, "44.1831"}, {0.1 + 0.2, "0.30000000000000004"},
		{-3.29, "-3.29"}, {63, "63"},           {0, "0"},
		{1e21, "1e+21"},  {(double)NAN, ""},    {100.0 / 3, "33.333333333333336"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(number_exact(&arena, cases[i].x), cases[i].want);
}

/* The fewest of 15 to 17 digits that C's own reader turns back into the number. */
static const char *fewest(double x)
{
	static char s[40];

	for (int precision = 15; precision <= 17; precision++) {
		snprintf(s, sizeof s, "%.*g", precision, x);
		if (strtod(s, NULL) == x)
			break;
	}
	return s;
}

Test(number, exact_is_as_the_library_writes_it)
{
	static const double odd[] = {0,    -0.0,  1e9,       1e10 - 1e-4, 1e10,      1e14, 0.00005,
				     1e-4, -1e-4, 0.1 + 0.2, 99999.9999,  2e9 + 0.5, 1e300};

	for (size_t i = 0; i < COUNT(odd); i++)
		check_text(number_exact(&arena, odd[i]), fewest(odd[i]));
	for (long k = -300000; k < 300000; k += 37) {
		check_text(number_exact(&arena, (double)k / 1e4), fewest((double)k / 1e4));
		check_text(number_exact(&arena, (double)k / 7e4), fewest((double)k / 7e4));
	}
}

static uint64_t next(uint64_t *state) /* xorshift */
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static double of_bits(uint64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof x);
	return isnan(x) ? 0 : x;
}

static void as_library(double x)
{
	char s[NUMBER_BYTES];
	const char *want = fewest(x);

	if (!span_is(number_put(x, s), want)) /* an expectation each would take minutes */
		cr_expect(0, "%a: %s, not %s", x, s, want);
}

Test(number, exact_is_as_the_library_writes_it_of_any_number)
{
	uint64_t state = 20260101, fraction = ((uint64_t)1 << 52) - 1;

	for (int i = 0; i < 30000; i++) {
		uint64_t r = next(&state), near = next(&state) % 9 - 4; /* up to 4 doubles off */
		char s[48];

		as_library(of_bits(r));                  /* every power, both signs */
		as_library(of_bits(r & fraction));       /* below the normal ones */
		as_library((double)(r >> 11) * 0x1p-53); /* rates */
		as_library((double)(r % 1000000) / (double)(1 << r % 30)); /* halves of a digit */
		as_library(of_bits((1023 - 36 + r % 90) << 52 | (r >> 8 & fraction)));
		as_library(of_bits(((1023 - 36 + r % 90) << 52) + near));
		snprintf(s, sizeof s, "%de%d", 1 + (int)(r % 99), (int)(r % 36) - 18);
		as_library(strtod(s, NULL));
		memcpy(&r, &(double){strtod(s, NULL)}, sizeof r);
		as_library(of_bits(r + near));
	}
}

Test(number, round_is_of_the_decimal_text)
{
	static const struct {
		double x;
		int decimals;
		double want;
	} cases[] = {
		{2.675, 2, 2.68},
		{1.005, 2, 1.01},
		{0.125, 2, 0.13},
		{-2.5, 0, -3},
		{2.5, 0, 3},
		{89.995, 2, 90},
		{89.994, 2, 89.99},
		{-0.004, 2, 0},
		{0.005, 2, 0.01},
		{0.0049, 2, 0},
		{63.17 - 66.46, 2, -3.29}, /* binary:
					      -3.2899999999999991
					    */
		{1234.5, 3, 1234.5},
		{0, 2, 0},
		{999.9951, 2, 1000},
		{0.49999999999999994, 0, 0}, /* all 17 digits count */
		{3, 15, 3},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(dbl, number_round(cases[i].x, cases[i].decimals), cases[i].want),
			  "row %zu", i);
	cr_expect(isnan(number_round((double)NAN, 2)));
	cr_expect(zero(int, signbit(number_round(-0.004, 2))), "no minus zero");
}

/* Vietnamese: decimal comma, point between thousands (QCVN; as in the reports). Minus is U+2212. */
Test(number, shown)
{
	static const struct {
		double x;
		int decimals;
		const char *vi, *en;
	} cases[] = {
		{63.17, 2, "63,17", "63.17"},
		{-3.29, 2, "−3,29", "−3.29"},
		{36525, 0, "36.525", "36,525"},
		{1234567.891, 2, "1.234.567,89", "1,234,567.89"},
		{999.995, 2, "1.000,00", "1,000.00"},
		{-0.004, 2, "0,00", "0.00"},
		{0.05, 1, "0,1", "0.1"},
		{100, 3, "100,000", "100.000"},
		{999, 0, "999", "999"},
		{1000, 0, "1.000", "1,000"},
		{7.005, 2, "7,01", "7.01"},
		{(double)NAN, 2, "", ""},
		{-1e-20, 2, "0,00", "0.00"},
		/* near a half: by the written digits, however the binary number lies */
		{0.49999999999999994, 0, "0", "0"},
		{0.4999999, 0, "0", "0"},
		{0.50001, 0, "1", "1"},
		{2.5, 0, "3", "3"},
		{123456.785, 2, "123.456,79", "123,456.79"},
		{123456.784999, 2, "123.456,78", "123,456.78"},
		{999999999.5, 0, "1.000.000.000", "1,000,000,000"},
		{1000000000.4, 0, "1.000.000.000", "1,000,000,000"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		check_text(number_shown(&arena, cases[i].x, cases[i].decimals, LANG_VI),
			   cases[i].vi);
		check_text(number_shown(&arena, cases[i].x, cases[i].decimals, LANG_EN),
			   cases[i].en);
	}
}

Test(number, sign)
{
	static const struct {
		double x;
		int decimals;
		const char *want;
	} cases[] = {
		{3.5, 2, "+3,50"},   {-3.5, 2, "−3,50"}, {0, 2, "0,00"},       {0.001, 2, "0,00"},
		{-0.001, 2, "0,00"}, {3, 0, "+3"},       {(double)NAN, 0, ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(number_signed(&arena, cases[i].x, cases[i].decimals, LANG_VI),
			   cases[i].want);
}

Test(number, written_with_its_own_decimals)
{
	check_text(number_written(&arena, 0.25, LANG_VI), "0,25");
	check_text(number_written(&arena, 80, LANG_EN), "80");
	check_text(number_written(&arena, 3.3333, LANG_VI), "3,3333");
	check_text(number_written(&arena, -0.5, LANG_EN), "\u22120.5");
}
