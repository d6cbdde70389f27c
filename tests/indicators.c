#include "help.h"

#include "survey/indicators.h"

#include <math.h>

TestSuite(indicators, .fini = clean);

static bool read_table(const char *bytes, const struct text *wanted, size_t n,
		       struct indicators *out, struct diag *why)
{
	static const struct place at[2] = {{"parts.csv", 2, 1}, {"parts.csv", 3, 1}};

	*why = (struct diag){0};
	return indicators_read(&arena, file_of("t.csv", bytes, strlen(bytes)), NULL, wanted, at, n,
			       out, why);
}

/* Years ascend, rows of a year stay as they are; a blank, NA and a point are missing. */
Test(indicators, years_in_order)
{
	struct indicators t;
	struct diag why;

	cr_assert(read_table("province,year,x,y\nB,2002,5,1\nA,2001,NA,.\nC,2001,3,\nA,2002,4,7\n",
			     NULL, 0, &t, &why));
	cr_assert(t.rows == 4 && t.items == 2 && t.years == 2);
	cr_expect(t.year[0].year == 2001 && t.year[1].year == 2002);
	cr_expect(eq(sz, t.year[1].first, 2));
	check_text(t.unit[0], "A");
	check_text(t.unit[2], "B");
	cr_expect(isnan(t.value[0]) && isnan(t.value[1]) && isnan(t.value[3]));
	cr_expect(eq(dbl, t.value[2], 3));
	cr_expect(eq(dbl, t.value[7], 7));
	cr_expect(eq(sz, t.at[7].line, 5));
}

Test(indicators, wanted_columns_in_their_order)
{
	const struct text wanted[] = {TEXT("y"), TEXT("x")};
	struct indicators t;
	struct diag why;

	cr_assert(read_table("unit,x,y,note\nA,1,2,fine\n", wanted, 2, &t, &why));
	cr_assert(t.items == 2 && t.years == 1);
	cr_expect(eq(dbl, t.value[0], 2));
	cr_expect(t.year[0].year == 0);
	cr_assert(eq(sz, why.warnings, 1));
	cr_expect(strstr(why.item[0].words, "left out, because they are no components: note") !=
		  NULL);
}

Test(indicators, wrong_tables)
{
	static const struct {
		const char *bytes, *file;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"place,x\nA,1\n", "", 0, 0, "has no column of units"},
		{"unit,x\nA,1\nA,2\n", "t.csv", 3, 1, "\"A\" stands here twice"},
		{"unit,year,x\nA,2001,1\nA,2001,2\n", "t.csv", 3, 1, "twice in one year"},
		{"unit,x\nA,1\n,2\n", "t.csv", 3, 1, "no name of a unit"},
		{"unit,year,x\nA,soon,1\n", "t.csv", 2, 3, "soon"},
		{"unit,x\nA,1\nB,4O\n", "t.csv", 3, 3, "4O"},
		{"unit,year\nA,2001\n", "", 0, 0, "no column of an indicator"},
	};
	const struct text wanted[] = {TEXT("x"), TEXT("z")};
	struct indicators t;
	struct diag why;

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_expect(not(read_table(cases[i].bytes, NULL, 0, &t, &why)), "case %zu", i);
		check_problem(&why, 0, DIAG_DATA, cases[i].file, cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
	cr_expect(not(read_table("unit,x\nA,1\n", wanted, 2, &t, &why)));
	check_problem(&why, 0, DIAG_DATA, "parts.csv", 3, 1, "has no indicator \"z\"");
}

/* Scores of a survey and rows of answers are no table of indicators. */
Test(indicators, told_from_other_files)
{
	static const char scores[] = "year,province,code,score\n", answers[] = "w,q1\n1,2\n";
	static const char table[] = "province,q1\n1,2\n";

	cr_expect(not(indicators_is_table(&arena, file_of("s.csv", scores, strlen(scores)), NULL)));
	cr_expect(
		not(indicators_is_table(&arena, file_of("a.csv", answers, strlen(answers)), NULL)));
	cr_expect(indicators_is_table(&arena, file_of("t.csv", table, strlen(table)), NULL));
	cr_expect(not(indicators_is_table(&arena, "no such file", NULL)));
}
