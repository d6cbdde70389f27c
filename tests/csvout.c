/* RFC 4180 by hand. */
#include "help.h"

#include "base/csvout.h"

TestSuite(csvout, .fini = clean);

Test(csvout, quotes_only_where_needed)
{
	static const char *const fields[] = {"a b",        "",     "1,5",     "say \"no\"",
					     "two\nlines", "cr\r", "Đông An", ";"};
	struct csvout out = {.arena = &arena};

	csvout_line(&out, fields, COUNT(fields));
	csvout_field(&out, span_of(""));
	csvout_field(&out, (struct text){"x,yz", 2}); /* a span ends where it says */
	csvout_row(&out);
	check_text(csvout_bytes(&out),
		   "a b,,\"1,5\",\"say \"\"no\"\"\",\"two\nlines\",\"cr\r\",Đông An,;\n,\"x,\"\n");
}

Test(csvout, a_quoted_field)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"a", "a"},         {"", ""},
		{"a b", "a b"},     {"a,b", "\"a,b\""},
		{"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""},
		{"a\r", "\"a\r\""}, {"<&>`$(x)", "<&>`$(x)"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(csvout_quoted(&arena, span_of(cases[i].in)), cases[i].want);
}

Test(csvout, nothing)
{
	struct csvout out = {.arena = &arena};

	cr_expect(zero(sz, csvout_bytes(&out).n));
	csvout_row(&out);
	check_text(csvout_bytes(&out), "\n");
}

Test(csvout, much)
{
	struct csvout out = {.arena = &arena};

	for (int i = 0; i < 10000; i++)
		csvout_field(&out, span_of("0123456789"));
	cr_expect(eq(sz, csvout_bytes(&out).n, 10000 * 11 - 1));
	cr_expect(eq(chr, csvout_bytes(&out).at[109998], '9'));
}

/* OWASP, CSV injection: what begins so is run by spreadsheets; a number is none. */
Test(csvout, formulas)
{
	static const struct {
		const char *in;
		bool is;
	} cases[] = {
		{"=1+1", true},   {"+cmd|'/C calc'!A0", true},
		{"-2+3", true},   {"@SUM(A1)", true},
		{"\t=1", true},   {"\r=1", true},
		{"", false},      {"-0.25", false},
		{"+3", false},    {"Hà Nội", false},
		{" =1", false},   {"a=1", false},
		{"-1e-3", false}, {"-", true},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(int, csvout_is_formula(span_of(cases[i].in)), cases[i].is), "%s",
			  cases[i].in);
	cr_expect(not(csvout_is_formula((struct text){"\0=", 2})));
}
