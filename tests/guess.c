/* Names and words as questionnaires in both languages have them. */
#include "survey/guess.h"

#include "guesses.h"

#include <sys/stat.h>

TestSuite(guess, .fini = clean);

Test(guess, roles)
{
	static const struct {
		const char *name;
		enum guess_role role;
	} names[] = {
		{"PSW_psweight", GUESS_WEIGHT},
		{"withinwt_ea", GUESS_WEIGHT},
		{"Trọng số", GUESS_WEIGHT},
		{"WEIGHT", GUESS_WEIGHT},
		{"weight2020", GUESS_WEIGHT},
		{"PSW_PSU", GUESS_PSU},
		{"cluster", GUESS_PSU},
		{"Địa bàn", GUESS_PSU},
		{"PSW_STRATA", GUESS_STRATUM},
		{"stratum", GUESS_STRATUM},
		{"fpc", GUESS_FPC},
		{"Tỉnh", GUESS_PROVINCE},
		{"ma_tinh", GUESS_PROVINCE},
		{"Năm", GUESS_YEAR},
		{"year", GUESS_YEAR},
		{"q1", GUESS_NONE},
		{"years", GUESS_NONE},
		{"provinces", GUESS_NONE},
		{"underweight", GUESS_NONE},
		{"", GUESS_NONE},
		{"psuedo", GUESS_NONE},
		{"nam_sinh", GUESS_NONE},
	};
	const struct guesses *g = shipped_guesses();
	size_t plain, less;

	for (size_t i = 0; i < COUNT(names); i++)
		cr_expect(eq(int, (int)guess_role(&arena, g, span_of(names[i].name), &plain),
			     (int)names[i].role),
			  "%s", names[i].name);
	guess_role(&arena, g, span_of("PSW_psweight"), &plain);
	guess_role(&arena, g, span_of("withinwt_hh"), &less);
	cr_expect(lt(sz, plain, less));
}

#define MOST 6

static const struct {
	const char *words[MOST];
	enum guess_scale scale;
	const char *satisfied; /* as "00011" */
} scales[] = {
	{{"Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"},
	 GUESS_SATISFACTION,
	 "00011"},
	{{"Very satisfied", "Fairly satisfied", "Not very satisfied", "Not at all satisfied"},
	 GUESS_SATISFACTION,
	 "1100"},
	{{"KHÔNG HÀI LÒNG", "Hài lòng"}, GUESS_SATISFACTION, "01"},
	/* an answer that is none among the levels: not certain */
	{{"Không hài lòng", "Bình thường", "Hài lòng", "Không biết"}, GUESS_LIKERT, "0000"},
	{{"Hài lòng", "Rất hài lòng", "Bình thường"}, GUESS_LIKERT, "000"}, /* nobody can be not */
	{{"Strongly disagree", "Disagree", "Agree", "Strongly agree", "Don't know"},
	 GUESS_LIKERT,
	 "00000"},
	{{"Rất tốt", "Tốt", "Trung bình", "Kém"}, GUESS_LIKERT, "0000"},
	{{"Agree", "Disagree"}, GUESS_WORDS, "00"},
	{{"Có", "Không"}, GUESS_YESNO, "00"},
	{{"No", "Yes"}, GUESS_YESNO, "00"},
	{{"Yes", "Yes"}, GUESS_WORDS, "00"},
	{{"Có", "Không", "Không biết"}, GUESS_WORDS, "000"},
	{{"Hài lòng", "Không hài lòng", "Khác"}, GUESS_WORDS, "000"},
	{{"Urban", "Rural"}, GUESS_WORDS, "00"},
};

Test(guess, scales)
{
	const struct guesses *g = shipped_guesses();

	for (size_t i = 0; i < COUNT(scales); i++) {
		struct text words[MOST];
		bool satisfied[MOST];
		size_t n = strlen(scales[i].satisfied);

		for (size_t k = 0; k < n; k++)
			words[k] = span_of(scales[i].words[k]);
		cr_expect(eq(int, (int)guess_scale(&arena, g, words, n, satisfied),
			     (int)scales[i].scale),
			  "row %zu", i);
		for (size_t k = 0; k < n; k++)
			cr_expect(eq(int, satisfied[k], scales[i].satisfied[k] == '1'),
				  "row %zu, level %zu", i, k);
	}
	cr_expect(guess_no_answer(&arena, g, span_of("Từ chối trả lời")));
	cr_expect(guess_no_answer(&arena, g, span_of("Don’t know")));
	cr_expect(not(guess_no_answer(&arena, g, span_of("Không"))));
}

/* The first start goes with the first end: "start_time" is not ended by "end". */
Test(guess, pairs)
{
	const struct guesses *g = shipped_guesses();
	size_t start, end, other, n = 0;

	cr_expect(eq(int, (int)guess_role(&arena, g, span_of("Start_Time"), &start), GUESS_START));
	cr_expect(eq(int, (int)guess_role(&arena, g, span_of("endtime"), &end), GUESS_END));
	guess_role(&arena, g, span_of("end"), &other);
	cr_expect(eq(sz, start, end));
	cr_expect(ne(sz, start, other));
	n = guess_ranks(g, GUESS_START);
	cr_expect(eq(sz, n, guess_ranks(g, GUESS_END)));
	cr_expect(lt(sz, start, n));
}

Test(guess, codes)
{
	static const double codes[] = {-1, 88, 98, 99, 888, 999, -999999},
			    others[] = {0, 1, 87, 93, 98.5, 100, 889.5, 1000, -98};
	const struct guesses *g = shipped_guesses();

	for (size_t i = 0; i < COUNT(codes); i++)
		cr_expect(guess_missing_code(g, codes[i]), "%g", codes[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		cr_expect(not(guess_missing_code(g, others[i])), "%g", others[i]);
}

#define HEAD "about,word,means\n"

Test(guess, wrong_tables)
{
	static const struct {
		const char *csv;
		size_t line, column;
		const char *words;
	} cases[] = {
		{HEAD "row,psu,psu\n", 2, 1, "\"row\" is not one of column, level, code"},
		{HEAD "column,psu,cluster\n", 2, 12, "\"cluster\" is not one of year, province"},
		{HEAD "level,Yes,missing\n", 2, 11, "\"missing\" is not one of yes, no"},
		{HEAD "code,98,none\n", 2, 9, "\"none\" is not one of missing"},
		{HEAD "code,9x,missing\n", 2, 6, "\"9x\" is not a whole number"},
		{HEAD "column,Năm,year\ncolumn,nam,year\n", 3, 8, "\"nam\" stands twice"},
		{HEAD "code,98,missing\ncode,098,missing\n", 3, 6, "\"098\" stands twice"},
		{HEAD "level,?!,none\n", 2, 7, "\"?!\" has no letter and no digit"},
		{"about,word\ncolumn,psu\n", 1, 1, "no column \"means\""},
		{HEAD, 1, 1, "only a header row"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct guesses g;

		file_of("x", "", 0);
		mkdir(arena_format(&arena, "%s/surveys", work.path).at, 0700);
		mkdir(arena_format(&arena, "%s/surveys/guesses", work.path).at, 0700);
		file_of("surveys/guesses/guesses.csv", cases[i].csv, strlen(cases[i].csv));
		cr_expect(not(guesses_read(&arena, work.path, &g, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "guesses.csv", cases[i].line, cases[i].column,
			      cases[i].words);
	}
}
