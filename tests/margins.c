/* The files are those of R's documentation of the API schools; the rest is made up. */
#include "help.h"

#include "estimate/margins.h"

#include <math.h>

TestSuite(margins, .fini = clean);

static const char *csv(const char *bytes)
{
	return file_of("population.csv", bytes, strlen(bytes));
}

static size_t group_of(const struct margins *m, const char *a, const char *b)
{
	const struct text level[] = {span_of(a), span_of(b)};

	return margins_group(m, level);
}

Test(margins, one_variable)
{
	struct margins m;
	struct diag why = {0};

	cr_assert(
		margins_read(&arena, csv("\"stype\",\"Freq\"\nE,4421\nH,755\nM,1018\n"), &m, &why));
	cr_expect(eq(sz, m.variables, 1));
	check_text(m.variable[0], "stype");
	check_text(m.name, "stype");
	cr_expect(eq(sz, m.n, 3));
	cr_expect(eq(dbl, m.population[1], 755));
	check_text(m.label[2], "M");
	cr_expect(eq(sz, group_of(&m, "E", ""), 0));
	cr_expect(eq(sz, group_of(&m, "M", ""), 2));
	cr_expect(eq(sz, group_of(&m, "X", ""), MARGINS_NONE));
	cr_expect(eq(sz, group_of(&m, "", ""), MARGINS_NONE));
}

/* A combination that is not there, though both of its levels are; Freq need not be last. */
Test(margins, two_variables)
{
	struct margins m;
	struct diag why = {0};

	cr_assert(margins_read(
		&arena, csv("stype,Freq,sch.wide\nE,472,No\nH,334,No\nE,3949,Yes\nM,0,Yes\n"), &m,
		&why));
	cr_expect(eq(sz, m.variables, 2));
	check_text(m.variable[1], "sch.wide");
	check_text(m.name, "stype and sch.wide");
	check_text(m.label[2], "E, Yes");
	cr_expect(eq(dbl, m.population[3], 0));
	cr_expect(eq(sz, group_of(&m, "E", "No"), 0));
	cr_expect(eq(sz, group_of(&m, "H", "No"), 1));
	cr_expect(eq(sz, group_of(&m, "E", "Yes"), 2));
	cr_expect(eq(sz, group_of(&m, "M", "Yes"), 3));
	cr_expect(eq(sz, group_of(&m, "H", "Yes"), MARGINS_NONE));
	cr_expect(eq(sz, group_of(&m, "No", "E"), MARGINS_NONE));
}

Test(margins, refused)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *want;
	} cases[] = {
		{"stype,count\nE,4\n", 1, 1, "no column \"Freq\""},
		{"Freq\n4\n", 1, 1, "no column beside \"Freq\""},
		{"stype,Freq\nE,4\nE,5\n", 3, 1, "group \"E\" stands twice"},
		{"a,b,Freq\nE,1,4\nE,2,5\nE,1,6\n", 4, 1, "group \"E, 1\" stands twice"},
		{"stype,Freq\nE,-4\n", 2, 3, "\"-4\" is no count"},
		{"stype,Freq\nE,\n", 2, 3, "\"\" is no count"},
		{"stype,Freq\nE,four\n", 2, 3, "four"},
		{"a,b,Freq\n1,2,3\n1,,3\n", 3, 3, "no level of \"b\""},
		{"stype,Freq\n", 1, 0, ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct margins m;
		struct diag why = {0};

		cr_expect(not(margins_read(&arena, csv(cases[i].bytes), &m, &why)), "%zu", i);
		cr_expect(eq(int, (int)why.item[0].code, DIAG_DATA));
		cr_expect(strstr(why.item[0].words, cases[i].want) != NULL, "%zu: %s", i,
			  why.item[0].words);
		if (cases[i].want[0]) {
			cr_expect(eq(sz, why.item[0].line, cases[i].line), "%zu", i);
			cr_expect(eq(sz, why.item[0].column, cases[i].column), "%zu", i);
		}
	}
}

/* A total that is not known is passed over, and said to be. */
Test(margins, totals)
{
	struct margins_totals t;
	struct diag why = {0};

	cr_assert(margins_totals_read(&arena,
				      csv("variable,total\n(Intercept),6194\napi99,3914069\n"
					  "enroll,NA\nell,.\nmeals,\nstypeH,-7.5\n"),
				      &t, &why));
	cr_expect(eq(sz, t.n, 3));
	check_text(t.name[0], "(Intercept)");
	check_text(t.name[2], "stypeH");
	cr_expect(eq(dbl, t.total[1], 3914069));
	cr_expect(eq(dbl, t.total[2], -7.5));
	cr_expect(eq(sz, t.at[2].line, 7));
	cr_expect(eq(sz, why.warnings, 3));
	check_problem(&why, 0, DIAG_WARNING, "population.csv", 4, 1, "\"enroll\" has no total");
	cr_assert(margins_totals_read(&arena, csv("variable,total\n(Intercept),1\n"), &t, &why));
	cr_expect(eq(sz, t.n, 1));
}

Test(margins, totals_refused)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"variable,sum\na,1\n", "total"},
		{"name,total\na,1\n", "variable"},
		{"variable,total\na,1\n,2\n", "no variable"},
		{"variable,total\na,1\nb,2\na,3\n", "variable \"a\" stands twice"},
		{"variable,total\na,1\na,NA\n", "variable \"a\" stands twice"},
		{"variable,total\na,1.2.3\n", "1.2.3"},
		{"variable,total\na,NA\n", "no total of any variable"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct margins_totals t;
		struct diag why = {0};
		bool found = false;

		cr_expect(not(margins_totals_read(&arena, csv(cases[i].bytes), &t, &why)), "%zu",
			  i);
		cr_expect(eq(sz, why.errors, 1), "%zu", i);
		for (size_t k = 0; k < why.kept; k++)
			found = found || (why.item[k].code != DIAG_WARNING &&
					  strstr(why.item[k].words, cases[i].want));
		cr_expect(found, "%zu: %s", i, why.item[0].words);
	}
}

static const struct text schools[] = {TEXT("E"), TEXT("H"), TEXT("M")},
			 ones[] = {TEXT("b1"), TEXT("1")}, single[] = {TEXT("1")};
static const struct margins_column columns[] = {
	{TEXT("api99"), 0, NULL}, {TEXT("stype"), 3, schools}, {TEXT("a"), 2, ones},
	{TEXT("ab"), 1, single},  {TEXT("stypeM"), 0, NULL},
};

Test(margins, terms)
{
	static const struct {
		const char *name;
		size_t column, level;
	} cases[] = {
		{"(Intercept)", MARGINS_NONE, MARGINS_NONE},
		{"api99", 0, MARGINS_NONE},
		{"stypeH", 1, 1},
		{"stypeE", 1, 0},
		{"a1", 2, 1},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct margins_term t;
		struct diag why = {0};

		cr_assert(margins_term(span_of(cases[i].name), (struct place){0}, COUNT(columns),
				       columns, &t, &why),
			  "%s", cases[i].name);
		cr_expect(eq(sz, t.column, cases[i].column), "%s", cases[i].name);
		cr_expect(eq(sz, t.level, cases[i].level), "%s", cases[i].name);
	}
}

Test(margins, terms_refused)
{
	static const struct {
		const char *name, *want;
	} cases[] = {
		{"stype", "column \"stype\" does not hold numbers"},
		{"stypeX", "\"stypeX\" is no column, nor a column and its level"},
		{"stapeH", "\"stapeH\" is no column"},
		{"styp", "\"styp\" is no column"},
		{"api991", "\"api991\" is no column"},
		{"stypeM", "\"stypeM\" can be read as two columns"}, /* a number, or a level */
		{"ab1", "\"ab1\" can be read as two columns"},       /* a + b1, ab + 1 */
		{"(intercept)", "\"(intercept)\" is no column"},
		{"", "\"\" is no column"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct margins_term t;
		struct diag why = {0};

		cr_expect(not(margins_term(span_of(cases[i].name),
					   (struct place){.file = "totals.csv", .line = 3},
					   COUNT(columns), columns, &t, &why)),
			  "%s", cases[i].name);
		check_problem(&why, 0, DIAG_DATA, "totals.csv", 3, 0, cases[i].want);
	}
}
