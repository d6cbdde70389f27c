/* Names and words as questionnaires in both languages have them. */
#include "survey/guess.h"

#include "help.h"

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
	size_t plain, less;

	for (size_t i = 0; i < COUNT(names); i++)
		cr_expect(eq(int, (int)guess_role(&arena, span_of(names[i].name), &plain),
			     (int)names[i].role),
			  "%s", names[i].name);
	guess_role(&arena, span_of("PSW_psweight"), &plain);
	guess_role(&arena, span_of("withinwt_hh"), &less);
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
	for (size_t i = 0; i < COUNT(scales); i++) {
		struct text words[MOST];
		bool satisfied[MOST];
		size_t n = strlen(scales[i].satisfied);

		for (size_t k = 0; k < n; k++)
			words[k] = span_of(scales[i].words[k]);
		cr_expect(eq(int, (int)guess_scale(&arena, words, n, satisfied),
			     (int)scales[i].scale),
			  "row %zu", i);
		for (size_t k = 0; k < n; k++)
			cr_expect(eq(int, satisfied[k], scales[i].satisfied[k] == '1'),
				  "row %zu, level %zu", i, k);
	}
	cr_expect(guess_no_answer(&arena, span_of("Từ chối trả lời")));
	cr_expect(guess_no_answer(&arena, span_of("Don’t know")));
	cr_expect(not(guess_no_answer(&arena, span_of("Không"))));
}
