#include "help.h"

#include "base/number.h"
#include "input/table.h"

#include <math.h>

TestSuite(table, .fini = clean);

static bool read_bytes(struct text bytes, bool rows_wanted, struct table *t, struct diag *why)
{
	return table_read(&arena, file_of("t.csv", bytes.at, bytes.n), rows_wanted, t, why);
}

Test(table, cells_and_places)
{
	struct table t;
	struct diag why = {0};

	cr_assert(read_bytes((struct text)TEXT("year,name\n2020,\"a\nb\"\n\n2021,Hu\xCC\x9Bng\n"),
			     true, &t, &why));
	cr_assert(eq(sz, t.rows, 2));
	cr_assert(eq(sz, t.columns, 2));
	check_text(table_cell(&t, 0, 1), "a\nb");
	check_text(table_cell(&t, 1, 1), "Hưng"); /* NFC */
	check_text(table_cell(&t, 1, TABLE_NO_COLUMN), "");
	cr_expect(eq(sz, table_place(&t, 0, 1).line, 2));
	cr_expect(eq(sz, table_place(&t, 0, 1).column, 6));
	cr_expect(eq(sz, table_place(&t, 1, 1).line, 5));
	cr_expect(eq(sz, table_place(&t, 1, 0).column, 1));
	cr_expect(eq(sz, table_find(&t, "name"), 1));
	cr_expect(eq(sz, table_find(&t, "Name"), TABLE_NO_COLUMN), "case counts");
}

Test(table, nfd_header_is_found)
{
	struct table t;
	struct diag why = {0};

	cr_assert(read_bytes((struct text)TEXT("Hu\xCC\x9Bng\n1\n"), true, &t, &why));
	cr_assert(zero(sz, table_find(&t, "Hưng")));
}

Test(table, headers_refused)
{
	static const struct {
		struct text bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{TEXT("year,,code\n1,2,3\n"), 1, 6, "column 2 of the header has no name"},
		{TEXT("year,code,year\n1,2,3\n"), 1, 11,
		 "column \"year\" stands twice in the header"},
		{TEXT("ư,Hưng,\n"), 1, 8, "column 3 of the header has no name"},
		{TEXT("year\n"), 1, 1, "only a header row"},
		{TEXT(""), 1, 1, "the file is empty"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct table t;
		struct diag why = {0};

		cr_expect(not(read_bytes(cases[i].bytes, true, &t, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "t.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

Test(table, header_alone_is_allowed_where_rows_are_not_wanted)
{
	struct table t;
	struct diag why = {0};

	cr_assert(read_bytes((struct text)TEXT("year\n"), false, &t, &why));
	cr_assert(zero(sz, t.rows));
}

Test(table, missing_column_lists_what_is_there)
{
	struct table t;
	struct diag why = {0};
	size_t c;

	cr_assert(read_bytes((struct text)TEXT("year,province\n1,2\n"), true, &t, &why));
	cr_expect(table_column(&t, "province", &c, &why));
	cr_expect(eq(sz, c, 1));
	cr_expect(not(table_column(&t, "score", &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "t.csv", 1, 1,
		      "no column \"score\"; the header has: year, province");
}

/* A header too long for one sentence is cut, not overrun. */
Test(table, very_wide_header)
{
	char bytes[4000];
	size_t n = 0, c;
	struct table t;
	struct diag why = {0};

	for (int i = 0; i < 300; i++)
		n += (size_t)sprintf(bytes + n, "column%d%s", i, i < 299 ? "," : "\n");
	cr_assert(read_bytes((struct text){bytes, n}, false, &t, &why));
	cr_expect(not(table_column(&t, "score", &c, &why)));
	cr_expect(strstr(why.item[0].words, "column0, column1, column2") != NULL);
}

Test(table, numbers)
{
	static const struct {
		bool ok;
		double want;
		const char *fragment;
	} cases[] = {
		{true, 44.4, ""},
		{true, (double)NAN, ""},
		{false, 0, "letter O in place of digit 0"},
		{false, 0, "a decimal point is expected: 44.40, not 44,40"},
		{false, 0, "\"nan\" is not a number"},
	};
	struct table t;
	struct diag why = {0};

	cr_assert(
		read_bytes((struct text)TEXT("k,score\na,44.4\nb,\nc,44.4O\nd,\"44,40\"\ne,nan\n"),
			   true, &t, &why));
	for (size_t r = 0, problems = 0; r < COUNT(cases); r++) {
		double x = -1;

		cr_expect(eq(int, table_number(&arena, &t, r, 1, &x, &why), cases[r].ok), "row %zu",
			  r);
		if (!cases[r].ok)
			check_problem(&why, problems++, DIAG_DATA, "t.csv", r + 2, 3,
				      cases[r].fragment);
		else
			cr_expect(isnan(cases[r].want) ? isnan(x) : x == cases[r].want, "row %zu",
				  r);
	}
	double absent = 1;

	cr_expect(table_number(&arena, &t, 0, TABLE_NO_COLUMN, &absent, &why));
	cr_expect(isnan(absent), "an absent column is missing values");
}

Test(table, whole_numbers)
{
	static const struct {
		bool ok;
		long want;
	} cases[] = {
		{true, 2020}, {false, 0}, {false, 0}, {false, 0}, {false, 0},
	};
	struct table t;
	struct diag why = {0};
	size_t problems = 0;

	cr_assert(read_bytes((struct text)TEXT("year,x\n2020,1\n2020.5,1\n,1\n20x0,1\n1850,1\n"),
			     true, &t, &why));
	for (size_t r = 0; r < COUNT(cases); r++) {
		long x = -1;

		cr_expect(eq(int, table_whole(&t, r, 0, 1900, 2999, &x, &why), cases[r].ok),
			  "row %zu", r);
		if (cases[r].ok)
			cr_expect(eq(long, x, cases[r].want));
		else
			check_problem(&why, problems++, DIAG_DATA, "t.csv", r + 2, 1,
				      "is not a whole number from 1900 to 2999");
	}
}
