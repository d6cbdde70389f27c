#include "filed.h"

#include "survey/cells.h"

TestSuite(answers, .fini = clean);

static struct filed *weighted(enum variable_kind kind, const char *counting)
{
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, kind, "q", counting);
	return f;
}

static const struct codebook *book_of(const char *rows)
{
	struct codebook *c = arena_new(&arena, 1, sizeof *c);
	struct diag why = {0};
	struct text s = arena_format(&arena,
				     "column,code,question_vi,question_en,kind,levels,satisfied,"
				     "missing,valid_min,valid_max\n%s",
				     rows);

	cr_assert(codebook_read(&arena, file_of("codebook.csv", s.at, s.n), c, &why), "%s",
		  why.item[0].words);
	return c;
}

/* ---- the design ---------------------------------------------------------------------------- */

Test(answers, weights_are_above_0)
{
	static const struct {
		size_t line;
		const char *fragment;
	} cases[] = {
		{3, "the weight is missing; every row needs one above 0"},
		{4, "weight \"0\" is not above 0"},
		{5, "weight \"-2\" is not above 0"},
		{6, "\"1,5\" is not a number"},
		{7, "the weight is missing"},
		{8, "\"inf\" is not a number"},
	};
	struct filed *f = filed_try(weighted(VARIABLE_NUMBER, NULL),
				    "q,w\n1,2\n2,\n3,0\n4,-2\n5,\"1,5\"\n6,NA\n7,inf\n8,1\n");

	cr_expect(not(f->read));
	cr_assert(eq(sz, f->why.errors, COUNT(cases)));
	for (size_t i = 0; i < COUNT(cases); i++)
		check_problem(&f->why, i, DIAG_DATA, "a.csv", cases[i].line, 3, cases[i].fragment);
}

Test(answers, sums_of_weights)
{
	struct filed *f = filed_read(weighted(VARIABLE_NUMBER, NULL), "w,q\n1,2\n2,NA\n0.5,3\n");

	cr_expect(eq(sz, f->answers.rows, 3));
	cr_expect(eq(sz, f->answers.selected, 3));
	cr_expect(eq(dbl, f->answers.weight_sum, 3.5));
	cr_expect(eq(dbl, f->answers.weight_square_sum, 5.25));
	f = filed_plan("", "", "", "");
	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	filed_read(f, "q\n4\n5\n");
	cr_expect(eq(dbl, f->answers.weight_sum, 2), "without a column every row weighs 1");
}

Test(answers, blank_cells_of_the_design)
{
	static const struct {
		const char *strata, *units, *fpc;
		size_t column;
	} cases[] = {{"s", "", "", 3}, {"w*s", "", "", 3}, {"", "p", "", 4}, {"", "p", "n", 7}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct filed *f = filed_plan("w", cases[i].strata, cases[i].units, cases[i].fpc);
		const char *rows = "w,s,p,n\n1,A,1,9\n1,,NA,.\n1,B,3,9\n";

		filed_try(f, i == 3 ? "w,s,p,n\n1,A,1,9\n1,A,1,.\n" : rows);
		cr_expect(not(f->read), "row %zu", i);
		cr_expect(eq(sz, f->why.errors, 1), "row %zu", i);
		check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, cases[i].column,
			      "a column of the design is blank");
	}
}

Test(answers, population_counts)
{
	static const struct {
		const char *cell, *fragment;
	} cases[] = {
		{"many", "\"many\" is not the number of units in the population"},
		{"0", "\"0\" is not the number"},
		{"-5", "\"-5\" is not the number"},
		{"0.2", "has a population of 0.2"}, /* a share, told when all is read */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct filed *f = filed_plan("w", "", "", "n");

		filed_try(f, arena_format(&arena, "w,n\n1,%s\n", cases[i].cell).at);
		cr_expect(not(f->read), "row %zu", i);
		check_problem(&f->why, 0, DIAG_DATA, "a.csv", 2, i < 3 ? 3 : 1, cases[i].fragment);
	}
}

/* Two columns of strata; populations of both stages; rows inside the second. */
Test(answers, names_of_the_design)
{
	struct filed *f = filed_plan("w", "s*t", "p,u", "m,n");
	struct frame_name names[2];

	filed_read(f, "w,s,t,p,u,m,n\n1,A,x,1,1,10,4\n1,A,y,2,1,20,5\n1,A,x,1,2,10,4\n");
	cr_assert(eq(sz, frame_leaves(&f->answers.frame), 3));
	frame_names(&f->answers.frame, 1, names);
	check_text(names[0].stratum, "A*y");
	check_text(names[0].unit, "2");
	check_text(names[1].unit, "1");
	cr_expect(eq(dbl, names[0].population, 20));
	cr_expect(eq(dbl, names[1].population, 5));
	cr_expect(eq(sz, f->answers.frame.stage[0].n_strata, 2));
	/* 1*2 with 3 is not 1 with 2*3, nor is 1.2 with 3 */
	filed_read(f = filed_plan("w", "s*t", "", ""), "w,s,t\n1,1*2,3\n1,1,2*3\n1,1.2,3\n1,1,2.3\n"
						       "1,1\\,2*3\n1,1\\*2,3\n");
	cr_expect(eq(sz, f->answers.frame.stage[0].n_strata, 6));
}

Test(answers, a_unit_in_two_strata_is_told_with_its_row)
{
	struct filed *f = filed_try(filed_plan("w", "s", "p", ""), "w,s,p\n1,A,1\n1,B,2\n1,B,1\n");

	cr_expect(not(f->read));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 4, 1,
		      "sampling unit \"1\" is in stratum \"A\" and in \"B\"");
}

/* ---- columns ------------------------------------------------------------------------------- */

Test(answers, unknown_columns_list_what_there_is)
{
	static const char *const bad[][3] = {{"v", "s", "p"}, {"w", "S", "p"}, {"w", "s", "P"}};
	struct filed *f;

	for (size_t i = 0; i < COUNT(bad); i++) {
		f = filed_try(filed_plan(bad[i][0], bad[i][1], bad[i][2], ""), "w,s,p\n1,A,1\n");
		cr_expect(not(f->read));
		check_problem(&f->why, 0, DIAG_DATA, "a.csv", 1, 1, "there is no column \"");
		check_string(f->why.item[0].hint, "the columns are w, s, p");
	}
	f = weighted(VARIABLE_NUMBER, NULL);
	filed_factor(f, "sex");
	filed_try(f, "w,q\n1,1\n");
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 1, 1, "there is no column \"sex\"");
	f = weighted(VARIABLE_PAIR, NULL);
	f->plan.variable[0].over = span_of("x");
	check_problem(&filed_try(f, "w,q\n1,1\n")->why, 0, DIAG_DATA, "a.csv", 1, 1, "\"x\"");
	f = weighted(VARIABLE_NUMBER, NULL);
	cr_assert(where_parse(&arena, span_of("z=1"), &f->plan.where, &f->why));
	check_problem(&filed_try(f, "w,q\n1,1\n")->why, 0, DIAG_DATA, "a.csv", 1, 1, "\"z\"");
}

Test(answers, a_column_twice)
{
	struct filed *f = filed_try(weighted(VARIABLE_NUMBER, NULL), "w,q,q\n1,1,2\n");

	cr_expect(not(f->read));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 1, 5, "column \"q\" stands twice");
	filed_read(weighted(VARIABLE_NUMBER, NULL), "w,q,other,other\n1,1,2,3\n");
}

/* The file has o, circumflex and hook apart. */
Test(answers, nfd)
{
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, VARIABLE_NUMBER, "tu\u1ed5i", NULL);
	filed_variable(f, VARIABLE_LEVELS, "l", NULL);
	filed_factor(f, "l");
	filed_read(f, "w,tuo\u0302\u0309i,l\n1,30,me\u0323\n1,40,m\u1eb9\n");
	cr_expect(eq(sz, f->plan.factor[0].levels->n, 1));
	check_text(f->plan.factor[0].levels->entry[0].name, "m\u1eb9");
	cr_expect(eq(sz, f->plan.variable[1].levels->n, 1));
	cr_expect(eq(dbl, tally_moments(&f->tally, 0, 0, 0).n, 2));
}

/* ---- values -------------------------------------------------------------------------------- */

Test(answers, missing_without_a_codebook)
{
	struct filed *f =
		filed_read(weighted(VARIABLE_NUMBER, NULL), "w,q\n1,2\n1,\n1,NA\n1,.\n1,888\n");

	cr_assert(eq(sz, f->columns.n, 5));
	cr_expect(eq(dbl, columns_value(&f->columns, 0, 0), 2));
	for (size_t i = 1; i < 4; i++)
		cr_expect(isnan(columns_value(&f->columns, i, 0)), "row %zu", i);
	cr_expect(eq(dbl, columns_value(&f->columns, 4, 0), 888));
	f = filed_plan("w", "", "", "");
	filed_factor(f, "q");
	filed_read(f, "w,q\n1,a\n1,NA\n1,.\n1,\n");
	cr_expect(eq(sz, f->plan.factor[0].levels->n, 1), "missing is no group");
	cr_expect(eq(sz, f->columns.cell[1], NO_LEVEL));
}

Test(answers, words_where_numbers_are_needed)
{
	struct filed *f =
		filed_try(weighted(VARIABLE_NUMBER, NULL), "w,q\n1,2\n1,yes\n1,na\n1,yes\n");

	cr_expect(not(f->read));
	cr_assert(eq(sz, f->why.errors, 2));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, 3, "\"yes\" is not a number (2 rows)");
	check_problem(&f->why, 1, DIAG_DATA, "a.csv", 4, 3, "\"na\" is not a number (1 row)");
}

/* NA and . are words to a codebook; 888 is missing when it says so; the rest is counted by code. */
Test(answers, codes_the_codebook_does_not_know)
{
	const struct codebook *book =
		book_of("q,I.1,,Question,likert,1=bad|2=good,2,888=refused,,\n"
			"age,A,,Age,number,,,999,18,99\n");
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_SHARE, "q", "2")->question = &book->at[0];
	filed_variable(f, VARIABLE_NUMBER, "age", NULL)->question = &book->at[1];
	filed_try(f, "w,q,age\n1,1,20\n1,3,17\n1,888,999\n1,NA,30\n1,3,100\n1,2.0,\n1,3,17\n");
	cr_expect(not(f->read));
	cr_assert(eq(sz, f->why.errors, 4));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, 3,
		      "\"3\" is no answer to \"I.1\" in the codebook (3 rows)");
	check_problem(&f->why, 1, DIAG_DATA, "a.csv", 3, 5,
		      "\"17\" is no answer to \"A\" in the codebook (2 rows)");
	check_problem(&f->why, 2, DIAG_DATA, "a.csv", 5, 3, "\"NA\" is no answer to \"I.1\"");
	check_problem(&f->why, 3, DIAG_DATA, "a.csv", 6, 5, "\"100\" is no answer to \"A\"");
}

Test(answers, missing_with_a_codebook)
{
	const struct codebook *book =
		book_of("q,I.1,,Question,likert,1=bad|2=good,2,888=refused,,\n"
			"age,A,,Age,number,,,999,18,99\n");
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_SHARE, "q", "2")->question = &book->at[0];
	filed_variable(f, VARIABLE_NUMBER, "age", NULL)->question = &book->at[1];
	filed_variable(f, VARIABLE_LEVELS, "q", NULL)->question = &book->at[0];
	filed_factor(f, "q")->question = &book->at[0];
	filed_read(f, "w,q,age\n1,1,18\n1,2.0,99\n1,888,999.0\n1,,\n");
	for (size_t i = 0; i < 4; i++) {
		static const double share[] = {0, 1, NAN, NAN}, age[] = {18, 99, NAN, NAN},
				    level[] = {0, 1, NAN, NAN};

		check_close(columns_value(&f->columns, i, 0), share[i], 0, "share");
		check_close(columns_value(&f->columns, i, 1), age[i], 0, "number");
		check_close(columns_value(&f->columns, i, 2), level[i], 0, "level");
		cr_expect(eq(int, f->columns.factor[i] == NO_LEVEL, i > 1), "row %zu", i);
	}
	check_text(f->plan.factor[0].levels->entry[1].name, "2");
}

/* A level counts as its number; one without a number cannot. */
Test(answers, levels_as_numbers)
{
	const struct codebook *book = book_of("q,I.1,,Question,category,1=a|2.5=b|x=c,,,,\n");
	struct filed *f = weighted(VARIABLE_NUMBER, NULL);

	f->plan.codebook = true;
	f->plan.variable[0].question = &book->at[0];
	filed_read(f, "w,q\n1,1\n1,2.50\n");
	cr_expect(eq(dbl, columns_value(&f->columns, 1, 0), 2.5));
	filed_try(f, "w,q\n1,1\n1,x\n");
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, 3, "\"x\" is no answer to \"I.1\"");
}

/* Levels of the codebook that nobody chose are levels too, in its order. */
Test(answers, levels_of_the_codebook)
{
	const struct codebook *book = book_of("q,I.1,,Question,category,3=c|1=a|2=b,,,,\n");
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_LEVELS, "q", NULL)->question = &book->at[0];
	filed_read(f, "w,q\n1,2\n1,3.0\n");
	cr_assert(eq(sz, f->plan.variable[0].levels->n, 3));
	cr_expect(eq(dbl, columns_value(&f->columns, 0, 0), 2));
	cr_expect(eq(dbl, columns_value(&f->columns, 1, 0), 0));
}

/* ---- shares and levels --------------------------------------------------------------------- */

Test(answers, shares)
{
	static const double want[] = {1, 1, 0, NAN, 1, 0};
	struct filed *f = filed_read(weighted(VARIABLE_SHARE, "4,5"),
				     "w,q\n1,4\n1,5.0\n1,3\n1,\n1,04\n1,x\n");

	for (size_t i = 0; i < COUNT(want); i++)
		check_close(columns_value(&f->columns, i, 0), want[i], 0, "share");
}

/* One of several may be missing: told. None at all is taken for a slip. */
Test(answers, a_level_nobody_has)
{
	struct filed *f = filed_try(weighted(VARIABLE_SHARE, "4,6"), "w,q\n1,4\n1,5\n1,3\n1,4\n");

	cr_expect(f->read && f->why.warnings == 1);
	cr_expect(strstr(f->why.item[0].words, "no row has \"6\" in column \"q\"") != NULL, "%s",
		  f->why.item[0].words);
	f = filed_try(weighted(VARIABLE_SHARE, "6,7"), "w,q\n1,4\n1,5\n1,3\n1,4\n");
	cr_expect(not(f->read));
	cr_expect(eq(sz, f->why.errors, 1));
	check_string(f->why.item[0].hint, "it has 4, 5, 3");
}

Test(answers, levels_with_quotes_and_commas)
{
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, VARIABLE_LEVELS, "q", NULL);
	filed_factor(f, "q");
	filed_read(f, "w,q\n1,\"no, never\"\n1,\"the \"\"rest\"\"\"\n1,\"no, never\"\n1,yes\n");
	cr_assert(eq(sz, f->plan.variable[0].levels->n, 3));
	check_text(f->plan.variable[0].levels->entry[0].name, "no, never");
	check_text(f->plan.variable[0].levels->entry[1].name, "the \"rest\"");
	check_text(cell_words(&arena, &f->plan, &f->answers.cells.at[1]), "q=the \"rest\"");
	cr_expect(eq(dbl, columns_value(&f->columns, 2, 0), 0));
	cr_expect(eq(dbl, columns_value(&f->columns, 3, 0), 2));
}

Test(answers, pairs)
{
	struct filed *f = weighted(VARIABLE_PAIR, NULL);

	f->plan.variable[0].over = span_of("x");
	filed_read(f, "w,q,x\n1,6,3\n1,5,\n1,,4\n1,0,0\n");
	cr_expect(eq(dbl, columns_value(&f->columns, 0, 0), 6));
	cr_expect(eq(dbl, columns_over(&f->columns, 0, 0), 3));
	for (size_t i = 1; i < 3; i++) {
		cr_expect(isnan(columns_value(&f->columns, i, 0)));
		cr_expect(isnan(columns_over(&f->columns, i, 0)));
	}
	cr_expect(eq(dbl, columns_over(&f->columns, 3, 0), 0));
	f = weighted(VARIABLE_NUMBER, NULL);
	filed_variable(f, VARIABLE_PAIR, "q", NULL)->over = span_of("x");
	filed_read(f, "w,q,x\n1,6,3\n1,5,4\n");
	cr_expect(eq(dbl, columns_over(&f->columns, 1, 1), 4));
	cr_expect(isnan(columns_over(&f->columns, 1, 0)), "no pair");
}

Test(answers, kept_numbers)
{
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.number = arena_new(&arena, 2, sizeof *f->plan.number);
	f->plan.number[0] = span_of("r2");
	f->plan.number[1] = span_of("r1");
	f->plan.n_numbers = 2;
	filed_read(f, "w,r1,r2\n1,0,2\n1,1.5,-1\n");
	cr_expect(eq(dbl, f->columns.number[0], 2));
	cr_expect(eq(dbl, f->columns.number[3], 1.5));
	filed_try(f, "w,r1,r2\n1,0,2\n1,1.5,\n");
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, 7, "nothing is written");
}

/* ---- groups and conditions ----------------------------------------------------------------- */

Test(answers, cells)
{
	struct filed *f = filed_plan("w", "", "", "");
	size_t *cell;

	filed_factor(f, "sex");
	filed_factor(f, "age");
	filed_read(f, "w,sex,age\n1,m,1\n1,f,1\n1,m,1\n1,m,\n1,f,2\n");
	cell = f->columns.cell;
	cr_expect(eq(sz, f->answers.cells.index->n, 3));
	cr_expect(eq(sz, cell[0], 0));
	cr_expect(eq(sz, cell[1], 1));
	cr_expect(eq(sz, cell[2], 0));
	cr_expect(eq(sz, cell[3], NO_LEVEL), "a part is missing");
	check_text(cell_words(&arena, &f->plan, &f->answers.cells.at[cell[4]]), "sex=f;age=2");
	check_text(cell_value(&f->plan, &f->answers.cells.at[cell[4]], 1), "2");
	f->plan.province_first = true;
	check_text(cell_words(&arena, &f->plan, &f->answers.cells.at[cell[4]]), "age=2");
}

/* A row that does not meet the conditions keeps its unit in the design. */
Test(answers, conditions)
{
	static const bool want[] = {true, true, false, false, false, false};
	struct filed *f = filed_plan("w", "", "p", "");

	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	cr_assert(where_parse(&arena, span_of("q!=3,s=\"a, b\""), &f->plan.where, &f->why));
	filed_read(f, "w,p,q,s\n1,1,1,\"a, b\"\n1,1,2,\"a, b\"\n1,2,3.0,\"a, b\"\n"
		      "1,3,NA,\"a, b\"\n1,4,1,\n1,5,1,a\n");
	for (size_t i = 0; i < COUNT(want); i++)
		cr_expect(f->columns.selected[i] == want[i], "row %zu", i);
	cr_expect(eq(sz, f->answers.rows, 6));
	cr_expect(eq(sz, f->answers.selected, 2));
	cr_expect(eq(sz, frame_leaves(&f->answers.frame), 5));
	cr_expect(eq(dbl, f->tally.rows[0], 2));
}

Test(answers, nobody)
{
	struct filed *f = filed_try(weighted(VARIABLE_NUMBER, NULL), "w,q\n");

	cr_expect(not(f->read));
	check_problem(&f->why, 0, DIAG_DATA, "", 0, 0, "there are no rows of answers");
	f = weighted(VARIABLE_NUMBER, NULL);
	cr_assert(where_parse(&arena, span_of("q>5"), &f->plan.where, &f->why));
	filed_read(f, "w,q\n1,5\n");
	check_problem(&f->why, 0, DIAG_WARNING, "", 0, 0, "no row meets the conditions of --where");
	cr_assert(eq(sz, f->answers.cells.index->n, 1), "the group of everybody");
	check_close(tally_moments(&f->tally, 0, 0, 0).n, 0, 0, "nobody");
}

/* A wrong row is told and left out; the next ones are looked at. */
Test(answers, all_problems_are_told)
{
	struct filed *f = filed_plan("w", "", "p", "");

	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	filed_try(f, "w,p,q\n0,1,1\n1,,1\n1,1,x\n");
	cr_expect(not(f->read));
	cr_expect(eq(sz, f->why.errors, 3));
	cr_expect(eq(sz, f->columns.n, 1));
}

/* Years other than the one asked for are passed over, when the survey knows them. */
Test(answers, one_year_of_several)
{
	static const struct text known[] = {TEXT("2023"), TEXT("2024")};
	struct filed *f = weighted(VARIABLE_NUMBER, NULL);

	f->plan.only_column = span_of("year");
	f->plan.only_value = span_of("2024");
	f->plan.known = known;
	f->plan.n_known = COUNT(known);
	filed_read(f, "year,w,q\n2023,x,\n2024,1,5\n2024.0,1,6\n");
	cr_expect(eq(sz, f->answers.rows, 2), "not even the weight of 2023 was looked at");
	filed_try(f, "year,w,q\n2022,1,1\n2024,1,5\n,1,6\n");
	cr_expect(eq(sz, f->why.errors, 2));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 2, 1, "\"2022\" is no year of the survey");
	check_problem(&f->why, 1, DIAG_DATA, "a.csv", 4, 1, "\"\" is no year of the survey");
}
