#include "help.h"

#include "survey/components.h"

#include <math.h>

TestSuite(components, .fini = clean);

static bool read_components(const char *bytes, struct components *out, struct diag *why)
{
	*why = (struct diag){0};
	return components_read(&arena, file_of("parts.csv", bytes, strlen(bytes)), out, why);
}

Test(components, what_is_given)
{
	struct components c;
	struct diag why;

	cr_assert(read_components("indicator,weight,direction,min,max,target\n"
				  "a,2,down,0,10,\nb,1.5,1,,,100\nc,1,,,,\nd,1,-1,,,\n",
				  &c, &why));
	cr_assert(eq(sz, c.n, 4));
	cr_expect(c.weighted);
	check_text(c.at[0].name, "a");
	cr_expect(eq(dbl, c.at[0].weight, 2));
	cr_expect(c.at[0].down && !c.at[1].down && !c.at[2].down && c.at[3].down);
	cr_expect(eq(dbl, c.at[0].max, 10));
	cr_expect(isnan(c.at[0].target) && isnan(c.at[1].min));
	cr_expect(eq(dbl, c.at[1].target, 100));
	cr_expect(eq(sz, components_find(&c, span_of("c")), 2));
	cr_expect(eq(sz, components_find(&c, span_of("C")), 4));
}

Test(components, only_names)
{
	struct components c;
	struct diag why;

	cr_assert(read_components("indicator\na\n", &c, &why));
	cr_expect(not(c.weighted));
	cr_expect(eq(dbl, c.at[0].weight, 1));
}

Test(components, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"name,weight\na,1\n", 1, 1, "no column \"indicator\""},
		{"indicator\na\na\n", 3, 1, "\"a\" stands here twice"},
		{"indicator,weight\na,1\n,2\n", 3, 1, "no name of an indicator"},
		{"indicator,weight\na,0\n", 2, 3, "weight \"0\" is not a number above 0"},
		{"indicator,weight\na,\n", 2, 3, "weight \"\" is not a number above 0"},
		{"indicator,weight\na,much\n", 2, 3, "much"},
		{"indicator,direction\na,2\n", 2, 3, "direction \"2\" is none of 1, up, -1, down"},
		{"indicator,min,max\na,5,5\n", 2, 3, "min 5 is not below max 5"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct components c;
		struct diag why;

		cr_expect(not(read_components(cases[i].bytes, &c, &why)), "case %zu", i);
		check_problem(&why, 0, DIAG_DATA, "parts.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

Test(components, a_column_that_is_not_read_is_told)
{
	struct components c;
	struct diag why;

	cr_assert(read_components("indicator,wieght\na,2\n", &c, &why));
	cr_expect(eq(sz, why.warnings, 1));
	cr_expect(not(c.weighted));
}
