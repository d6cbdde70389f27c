/* Wrong input: one file of a good small survey is replaced by a wrong one. Lines and columns are
 * counted by hand from the bytes here. */
#include "help.h"

#include "survey/survey.h"

TestSuite(wrong, .fini = clean);

#define YEARS "year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note\n"
#define ITEMS "era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"
#define SCORES "year,province,code,score\n"
#define COMPARE "code,from_era,to_era,verdict,reason_vi,reason_en\n"
#define GROUPS "group,rule,bound,name_vi,name_en\n"
#define GOOD_YEARS YEARS "2020,A,scores,scores.csv,t,t,p,,\n"
#define GOOD_ITEMS ITEMS "A,total,,T,T,0,100,1,sum,up\nA,1,total,M,M,1,10,1,sum,up\n"
#define GOOD_SCORES SCORES "2020,01,1,2.5\n"

static const char *folder(void)
{
	file_of("survey.csv", GOOD_YEARS, sizeof GOOD_YEARS - 1);
	file_of("structure.csv", GOOD_ITEMS, sizeof GOOD_ITEMS - 1);
	file_of("scores.csv", GOOD_SCORES, sizeof GOOD_SCORES - 1);
	return work.path;
}

Test(wrong, the_good_one_is_good)
{
	struct survey s;
	struct diag why = {0};

	cr_assert(survey_read(&arena, FIXTURES, folder(), &s, &why), "%s", why.item[0].words);
}

/* The ends of a range belong to it, and a range may be a single value. */
Test(wrong, edges_are_good)
{
	static const char scores[] =
		SCORES "2020,01,1,1\n2020,02,1,10\n2020,03,total,100\n2020,04,2,5\n";
	static const char items[] = GOOD_ITEMS "A,2,total,N,N,5,5,1,sum,up\n";
	struct survey s;
	struct diag why = {0};

	folder();
	file_of("scores.csv", scores, sizeof scores - 1);
	file_of("structure.csv", items, sizeof items - 1);
	cr_assert(survey_read(&arena, FIXTURES, work.path, &s, &why), "%s", why.item[0].words);
}

static const struct {
	const char *file;
	struct text bytes;
	size_t line, column;
	const char *fragment;
} cases[] = {
	/* scores.csv */
	{"scores.csv", TEXT(""), 1, 1, "the file is empty; a header row is expected"},
	{"scores.csv", TEXT(SCORES), 1, 1,
	 "only a header row; at least one row of data is expected"},
	{"scores.csv", TEXT(SCORES "2020,01,1\n"), 2, 1, "the row has 3 fields, the header has 4"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2,5\n"), 2, 1,
	 "the row has 5 fields, the header has 4"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2\n2020,02,1,3\n2020,01,1,2\n"), 4, 1,
	 "year 2020, province 01, code 1 stand on line 2 already"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2\n2020,1,1,2\n"), 3, 1,
	 "year 2020, province 01, code 1 stand on line 2 already"},
	{"scores.csv", TEXT(SCORES "2020,01,9,2\n"), 2, 9, "\"9\" is not a code of era \"A\""},
	{"scores.csv", TEXT(SCORES "2020,01,,2\n"), 2, 9, "\"\" is not a code of era \"A\""},
	{"scores.csv", TEXT(SCORES "2020,77,1,2\n"), 2, 6,
	 "no province of that year has code \"77\""},
	{"scores.csv", TEXT(SCORES "2020,05,1,2\n"), 2, 6,
	 "no province of that year has code \"05\""},
	{"scores.csv", TEXT(SCORES "2020,Hưng Yên,1,2\n"), 2, 6, "has code \"Hưng Yên\""},
	{"scores.csv", TEXT(SCORES "2020,01,1,44.4O\n"), 2, 11,
	 "column \"score\": \"44.4O\" is not a number (letter O in place of digit 0?)"},
	{"scores.csv", TEXT(SCORES "2020,01,1,\"44,4O\"\n"), 2, 11,
	 "\"44,4O\" is not a number (letter O"},
	{"scores.csv", TEXT(SCORES "2020,01,1,\"44,40\"\n"), 2, 11,
	 "\"44,40\" is not a number (a decimal point is expected: 44.40, not 44,40)"},
	{"scores.csv", TEXT(SCORES "2020,01,1,10.01\n"), 2, 11,
	 "10.01 is outside 1 to 10, the range of \"1\""},
	{"scores.csv", TEXT(SCORES "2020,01,1,0.99\n"), 2, 11, "0.99 is outside 1 to 10"},
	{"scores.csv", TEXT(SCORES "2020,01,1,-3\n"), 2, 11, "-3 is outside 1 to 10"},
	{"scores.csv", TEXT(SCORES "2020,01,1,0\n"), 2, 11, "column \"score\": 0 is not a score"},
	{"scores.csv", TEXT(SCORES "2020,01,1,0.000\n"), 2, 11, "0 is not a score"},
	{"scores.csv", TEXT(SCORES "2020,01,total,-0\n"), 2, 15, "0 is not a score"},
	{"scores.csv", TEXT(SCORES "2020,01,1,nan\n"), 2, 11, "\"nan\" is not a number"},
	{"scores.csv", TEXT(SCORES "2020,01,1,\"2\n2020,02,1,3\n"), 2, 11,
	 "this quote is not closed"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2\"5\n"), 2, 12,
	 "a quote that neither opens nor closes"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2\0005\n"), 2, 12, "a NUL byte"},
	{"scores.csv", TEXT(SCORES "2020,01,1,2\xFF\n"), 2, 12, "byte 0xFF is not UTF-8"},
	{"scores.csv", TEXT("year,province,code\n2020,01,1\n"), 1, 1,
	 "no column \"score\"; the header has: year, province, code"},
	{"scores.csv", TEXT("year,province,code,score,year\n2020,01,1,2,2020\n"), 1, 26,
	 "column \"year\" stands twice"},
	{"scores.csv", TEXT(SCORES "2020.0,01,1,2\n"), 2, 1, "\"2020.0\" is not a whole number"},
	{"scores.csv", TEXT(SCORES ",01,1,2\n"), 2, 1,
	 "\"\" is not a whole number from 1900 to 2999"},
	{"scores.csv", TEXT(SCORES "2021,01,1,2\n"), 2, 1, "survey.csv has no year \"2021\""},
	{"scores.csv", TEXT("year,province,code,score,rank\n2020,01,1,2,1.5\n"), 2, 13,
	 "column \"rank\": \"1.5\" is not a whole number from 1 to 9999"},
	{"scores.csv", TEXT("year,province,code,score,rank\n2020,01,1,2,0\n"), 2, 13,
	 "\"0\" is not a whole number"},
	{"scores.csv", TEXT("year,province,code,score,self_score\n2020,01,1,2,x\n"), 2, 13,
	 "column \"self_score\": \"x\" is not a number"},
	/* survey.csv */
	{"survey.csv", TEXT(YEARS), 1, 1, "only a header row"},
	{"survey.csv", TEXT("year,era\n2020,A\n"), 1, 1,
	 "no column \"kind\"; the header has: year, era"},
	{"survey.csv", TEXT(YEARS "2020x,A,scores,scores.csv,t,t,p,,\n"), 2, 1,
	 "\"2020x\" is not a whole number"},
	{"survey.csv", TEXT(YEARS "2020,A,opinions,scores.csv,t,t,p,,\n"), 2, 8,
	 "\"opinions\" is neither \"scores\" nor \"answers\""},
	{"survey.csv", TEXT(YEARS "2020,A,scores,../scores.csv,t,t,p,,\n"), 2, 15,
	 "\"../scores.csv\" is not the name of a file in this folder"},
	{"survey.csv", TEXT(YEARS "2020,A,scores,,t,t,p,,\n"), 2, 15,
	 "\"\" is not the name of a file"},
	{"survey.csv", TEXT(YEARS "2020,A,scores,scores.csv,t,t,p,many,\n"), 2, 32,
	 "column \"n_ranked_printed\": \"many\" is not a whole number"},
	{"survey.csv",
	 TEXT("year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,unit\n"
	      "2020,A,scores,scores.csv,t,t,p,,,marks\n"),
	 2, 34, "\"marks\" is not one of points, percent, share"},
	{"survey.csv",
	 TEXT("year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,unit\n"
	      "2020,A,answers,scores.csv,t,t,p,,,share\n"),
	 2, 35, "\"share\" is for scores"},
	{"survey.csv",
	 TEXT("year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,decimals\n"
	      "2020,A,scores,scores.csv,t,t,p,,,12\n"),
	 2, 34, "column \"decimals\": \"12\" is not a whole number from 0 to 9"},
	/* structure.csv */
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,100,1,sum,up\nA,1.1,1,M,M,1,10,1,sum,up\n"), 3,
	 7, "parent \"1\" of \"1.1\" does not stand above it in era \"A\""},
	{"structure.csv", TEXT(ITEMS "A,1,total,M,M,1,10,1,sum,up\nA,total,,T,T,0,100,1,sum,up\n"),
	 2, 5, "parent \"total\" of \"1\" does not stand above it"},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,100,1,sum,up\nB,1,total,M,M,1,10,1,sum,up\n"),
	 3, 5, "parent \"total\" of \"1\" does not stand above it in era \"B\""},
	{"structure.csv", TEXT(GOOD_ITEMS "A,1,total,M,M,1,10,1,sum,up\n"), 4, 3,
	 "code \"1\" stands twice in era \"A\""},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,100,1,sum,up\nA,,total,N,N,1,10,1,sum,up\n"),
	 3, 3, "an item needs a code"},
	{"structure.csv", TEXT(ITEMS "A,total,1,T,T,0,100,1,sum,up\n"), 2, 9,
	 "the root \"total\" has no parent"},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,100,1,average,up\n"), 2, 22,
	 "column \"aggregation\": \"average\" is not one of sum, mean"},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,100,1,sum,sideways\n"), 2, 26,
	 "column \"direction\": \"sideways\" is not one of up, down"},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,0,-5,1,sum,up\n"), 2, 16,
	 "max -5 is below min 0"},
	{"structure.csv", TEXT(ITEMS "A,total,,T,T,zero,5,1,sum,up\n"), 2, 14,
	 "\"zero\" is not a number"},
	/* comparability.csv and groups.csv */
	{"comparability.csv", TEXT(COMPARE "total,A,B,perhaps,x,x\n"), 2, 11,
	 "column \"verdict\": \"perhaps\" is not one of ok, warn"},
	{"comparability.csv", TEXT("code,from_era,to_era,verdict\n"), 1, 1,
	 "no column \"reason_vi\""},
	{"groups.csv", TEXT(GROUPS "1,median,,a,a\n"), 2, 3,
	 "\"median\" is not one of quartile, at_least"},
	{"groups.csv", TEXT(GROUPS "1,quartile,,a,a\n2,quartile,,b,b\n"), 2, 3,
	 "quartile groups are four, here are 2 rows"},
	{"groups.csv", TEXT(GROUPS "A,at_least,80,a,a\nB,at_least,90,b,b\n"), 3, 12,
	 "bounds must be given and fall"},
	{"groups.csv", TEXT(GROUPS "A,at_least,80,a,a\nB,at_least,80,b,b\n"), 3, 12,
	 "bounds must be given and fall"},
	{"groups.csv", TEXT(GROUPS "A,at_least,,a,a\n"), 2, 12, "bounds must be given"},
	{"groups.csv", TEXT(GROUPS), 1, 1, "only a header row"},
};

Test(wrong, every_mistake_has_its_place)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct survey s;
		struct diag why = {0};

		folder();
		if (i && strcmp(cases[i].file, cases[i - 1].file) != 0)
			remove(workdir_file(&arena, &work, "comparability.csv"));
		file_of(cases[i].file, cases[i].bytes.at, cases[i].bytes.n);
		cr_expect(not(survey_read(&arena, FIXTURES, work.path, &s, &why)), "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu: %s", i, cases[i].fragment);
		check_problem(&why, 0, DIAG_DATA, cases[i].file, cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

Test(wrong, missing_files)
{
	static const char *const files[] = {"survey.csv", "structure.csv", "scores.csv"};

	for (size_t i = 0; i < COUNT(files); i++) {
		struct survey s;
		struct diag why = {0};

		folder();
		remove(workdir_file(&arena, &work, files[i]));
		cr_expect(not(survey_read(&arena, FIXTURES, work.path, &s, &why)));
		check_problem(&why, 0, DIAG_DATA, files[i], 0, 0,
			      "cannot be read: No such file or directory");
	}
}

Test(wrong, year_twice_or_in_two_files)
{
	static const struct {
		const char *bytes, *fragment;
	} rows[] = {
		{YEARS "2020,A,scores,scores.csv,t,t,p,,\n2020,A,scores,scores.csv,t,t,p,,\n",
		 "survey.csv: year 2020 stands twice"},
		{YEARS "2020,A,scores,scores.csv,t,t,p,,\n2021,A,scores,other.csv,t,t,p,,\n",
		 "years name different score files (scores.csv, other.csv)"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct survey s;
		struct diag why = {0};

		folder();
		file_of("survey.csv", rows[i].bytes, strlen(rows[i].bytes));
		cr_expect(not(survey_read(&arena, FIXTURES, work.path, &s, &why)));
		check_problem(&why, 0, DIAG_DATA, "", 0, 0, rows[i].fragment);
	}
}

/* 25 wrong rows and 5 right ones: each wrong one is counted, the first twenty are kept. */
Test(wrong, more_problems_than_are_kept)
{
	char bytes[2000] = SCORES;
	size_t n = strlen(bytes);
	struct survey s;
	struct diag why = {0};

	for (int i = 0; i < 30; i++)
		n += (size_t)sprintf(bytes + n, i % 6 ? "2020,01,x%d,1\n" : "2020,0%d,1,2\n",
				     i % 6 ? i : i / 6 + 1);
	folder();
	bytes[n] = '\0';
	file_of("scores.csv", bytes, n);
	cr_assert(not(survey_read(&arena, FIXTURES, work.path, &s, &why)));
	cr_expect(eq(sz, why.errors, 26), "25 codes, and province 05 that stands since 2021");
	cr_expect(eq(sz, why.kept, 20));
	check_problem(&why, 0, DIAG_DATA, "scores.csv", 3, 9, "\"x1\" is not a code");
	check_problem(&why, 19, DIAG_DATA, "scores.csv", 25, 9, "\"x23\" is not a code");
}

/* Problems of several kinds in one file are all told at once, each hint with its own problem. */
Test(wrong, problems_of_all_rows_together)
{
	static const char bytes[] = SCORES "2020,01,1,0\n2020,02,1,abc\n2020,77,1,2\n2020,03,1,2\n";
	struct survey s;
	struct diag why = {0};

	folder();
	file_of("scores.csv", bytes, sizeof bytes - 1);
	cr_assert(not(survey_read(&arena, FIXTURES, work.path, &s, &why)));
	cr_assert(eq(sz, why.errors, 3));
	check_problem(&why, 0, DIAG_DATA, "scores.csv", 2, 11, "0 is not a score");
	check_problem(&why, 1, DIAG_DATA, "scores.csv", 3, 11, "\"abc\" is not a number");
	check_problem(&why, 2, DIAG_DATA, "scores.csv", 4, 6, "no province of that year");
	cr_expect(strstr(why.item[0].hint, "leave the cell blank") != NULL);
	check_string(why.item[1].hint, "");
}
