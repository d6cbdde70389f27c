#include "help.h"

#include "survey/criteria.h"

#include <math.h>

TestSuite(criteria, .fini = clean);

#define HEAD "code,criterion,max_points,self_score,appraised_score,survey_score,agency,note\n"
#define HEADX                                                                                      \
	"code,criterion,max_points,self_score,appraised_score,survey_score,agency,note,kind,"      \
	"survey_percent\n"
#define HEADY                                                                                      \
	"year,province,code,criterion,max_points,self_score,appraised_score,survey_score,agency,"  \
	"note\n"

/* 02 of the invented provinces, 2020. */
static bool read(const char *bytes, bool stated, struct criteria *out, struct diag *why)
{
	static struct provinces all;
	struct criteria_wanted w = {.provinces = &all, .year = 2020, .stated = stated};

	cr_assert(provinces_read(&arena, FIXTURES, &all, why));
	w.self = province_by_code(&all, span_of("02"), 2020);
	return criteria_read(&arena, file_of("marks.csv", bytes, strlen(bytes)), &w, out, why);
}

static const struct criterion *at(const struct criteria *c, const char *code)
{
	const struct criterion *k = criteria_find(c, span_of(code));

	cr_assert(k != NULL, "%s", code);
	return k;
}

static void check_points(double got, double want)
{
	cr_expect(isnan(want) ? isnan(got) : got == want, "%.17g, want %.17g", got, want);
}

/* 0.1 + 0.2 is 0.3, not 0.30000000000000004. Domain 1: 1.1 and 1.2; 1.2 has parts of its own.
 * Final: 1.1 0.1, 1.2.1 0.2, 1.2.2 (survey) 1.5, 2 8.15 = 10 * 81.5 / 100. Sum 9.95 of 14.5. Self:
 * 0.5 + 0.2; gap: (0.1 - 0.5) + (0.2 - 0.2) = -0.4. Rows need no order. */
Test(criteria, a_tree_of_marks)
{
	struct criteria c;
	struct diag why = {0};

	cr_assert(read(HEADX "1.2.2,Hỏi,2,,,1.5,,,,\n"
			     "1,Lĩnh vực một,4.5,0.7,0.3,1.5,,,,\n"
			     "1.1,Kế hoạch,0.5,0.5,0.1,,Sở Một;Sở Hai,muộn,,\n"
			     "1.2,Nhóm,,,1.7,,,,,\n"
			     "1.2.1,Báo cáo,2,0.2,0.2,,,,assessed,\n"
			     "2,Hài lòng,10,,,,,,sipas,81.5\n",
		       false, &c, &why),
		  "%s", why.item[0].words);
	cr_expect(zero(sz, why.warnings), "%s", why.item[0].words);
	check_points(c.total.final, 9.95);
	check_points(c.total.max, 14.5);
	check_points(c.total.self, 0.7);
	check_points(c.total.gap, -0.4);
	cr_expect(eq(sz, c.total.parts, 4));
	cr_expect(eq(sz, c.total.surveyed, 2));
	check_points(at(&c, "1")->final, 1.8);
	check_points(at(&c, "1")->appraised, 0.3);
	check_points(at(&c, "1.2")->max, 4);
	check_points(at(&c, "2")->final, 8.15);
	cr_expect(at(&c, "1.2")->subtotal && !at(&c, "1.1")->subtotal);
	check_text(at(&c, "1.2.1")->domain, "1");
	cr_expect(eq(int, (int)at(&c, "1.2.2")->kind, CRITERION_SURVEY));
	cr_expect(eq(int, (int)at(&c, "1.1")->kind, CRITERION_ASSESSED));
}

/* Nothing given is not zero, and no sum is made over it. 10 is not below 1. */
Test(criteria, what_is_not_given_stays_missing)
{
	struct criteria c;
	struct diag why = {0};

	cr_assert(read(HEAD "1.1,A,2,2,,,,\n1.2,B,1,1,1,,,\n10,C,3,,,,,\n2,D,1,,,0,,\n", false, &c,
		       &why));
	check_points(at(&c, "1.1")->final, NAN);
	check_points(at(&c, "1.2")->final, 1);
	check_points(at(&c, "10")->final, NAN);
	check_points(at(&c, "2")->final, 0); /* 0 points is a score here */
	check_points(c.total.final, NAN);
	check_points(c.total.max, 7);
	cr_expect(eq(sz, c.total.missing, 2));
	cr_expect(eq(int, (int)at(&c, "10")->kind, CRITERION_UNKNOWN));
	cr_expect(zero(ptr, (void *)criteria_find(&c, span_of("1"))));
}

Test(criteria, rows_of_one_unit_and_year)
{
	struct criteria c;
	struct diag why = {0};

	cr_assert(read(HEADY "2020,1,1,A,2,2,1,,,\n2020,2,1,A,2,2,2,,,\n2021,02,1,A,2,2,0,,,\n",
		       true, &c, &why));
	cr_assert(eq(sz, c.n, 1));
	check_points(c.total.final, 2);
}

/* Parts 0.33 and 0.33: 0.66; 0.67 is off by what rounding of two parts allows (1.5 digits), 0.68 is
 * not. A subtotal over a part without a score cannot be checked. */
Test(criteria, subtotals_within_rounding)
{
	struct criteria c;
	struct diag why = {0};

	cr_assert(read(HEAD "1,S,3,,1.01,,,\n1.1,A,1,1,0.33,,,\n1.2,B,1,1,0.33,,,\n"
			    "1.3,C,1,1,0.33,,,\n",
		       false, &c, &why),
		  "three parts, two digits off");
	why = (struct diag){0};
	cr_assert(read(HEAD "1,S,2,,0.67,,,\n1.1,A,1,1,0.33,,,\n1.2,B,1,1,0.33,,,\n"
			    "2,T,2,,1,,,\n2.1,A,1,1,,,,\n2.2,B,1,1,1,,,\n",
		       false, &c, &why));
	cr_expect(eq(sz, why.warnings, 2));
	check_problem(&why, 0, DIAG_WARNING, "marks.csv", 2, 8,
		      "\"1\" has 0.67, its parts sum to 0.66");
	check_problem(&why, 1, DIAG_WARNING, "marks.csv", 5, 8, "cannot be checked");
	check_points(at(&c, "1")->final, 0.66);
}

Test(criteria, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{HEAD "1,A,2,3,1,,,\n", 2, 7, "\"self_score\": 3 is above the maximum, 2"},
		{HEAD "1,A,2,,2.01,,,\n", 2, 8, "2.01 is above the maximum, 2"},
		{HEAD "1,A,2,,,2.5,,\n", 2, 9, "2.5 is above the maximum"},
		{HEAD "1,A,2,-1,1,,,\n", 2, 7, "-1 is below 0"},
		{HEAD "1,A,,1,1,,,\n", 2, 5, "\"1\" has no max_points"},
		{HEAD "1,A,0,,,,,\n", 2, 5, "0 is not above 0"},
		{HEAD "1,A,1,,\"0,5\",,,\n", 2, 8, "is not a number"},
		{HEAD "1,A,1,1,1,,,\n1,B,1,1,1,,,\n", 3, 1, "code \"1\" stands twice"},
		{HEAD "1.,A,1,1,1,,,\n", 2, 1, "\"1.\" is not a code"},
		{HEAD "1,,1,1,1,,,\n", 2, 3, "\"1\" has no name"},
		{HEAD "1,A,2,,1,1,,\n", 2, 1, "which of them counts is not known"},
		{HEAD "1,A,2,1,,1,,\n", 2, 1, "is of a survey, but has a self"},
		{HEADX "1,A,2,1,1,,,,survey,\n", 2, 1, "is of a survey, but has a self"},
		{HEADX "1,A,2,,,1,,,assessed,\n", 2, 1, "is not of a survey"},
		{HEADX "1,A,2,,,1,,,sipas,50\n", 2, 19, "both a survey_score and a survey_percent"},
		{HEADX "1,A,2,,,,,,sipas,101\n", 2, 18, "101 is above the maximum, 100"},
		{HEADX "1,A,2,,,,,,guessed,\n", 2, 12, "\"guessed\" is not one of assessed"},
		{HEAD "1,S,3,,,,,\n1.1,A,1,1,1,,,\n1.2,B,1,1,1,,,\n", 2, 5,
		 "\"1\" has 3, its parts sum to 2"},
		{HEAD "1,S,2,,0.68,,,\n1.1,A,1,1,0.33,,,\n1.2,B,1,1,0.33,,,\n", 2, 8,
		 "\"1\" has 0.68, its parts sum to 0.66"},
		{HEAD "1,S,2,1.5,,,,\n1.1,A,1,1,1,,,\n1.2,B,1,1,1,,,\n", 2, 7,
		 "\"self_score\": \"1\" has 1.5, its parts sum to 2"},
		{HEAD "total,S,2,,,,,\n1.1,A,1,1,1,,,\n1.2,B,2,1,1,,,\n", 2, 9,
		 "\"total\" has 2, its parts sum to 3"},
		{HEAD "1,A,1,1,1,,Sở A;;Sở B,\n", 2, 12, "an agency without a name"},
		{HEAD "1,A,1,1,1,,Sở A; Sở A,\n", 2, 12, "\"Sở A\" stands twice"},
		{HEAD "total,A,1,1,1,,,\n", 2, 1, "\"total\" has no criteria below it"},
		{HEAD, 1, 1, "only a header row"},
		{"code,criterion,self_score\n1,A,1\n", 1, 1, "no column \"max_points\""},
		{HEADY "2021,02,1,A,1,1,1,,,\n", 1, 1, "no row is of Bình Cường in 2020"},
		{HEADY "2020,77,1,A,1,1,1,,,\n", 2, 6, "no unit of 2020 has the code \"77\""},
		{HEAD "1,A,1,1,0.1234567891,,,\n", 2, 9, "at most 9 are added exactly"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct criteria c;
		struct diag why = {0};

		cr_expect(not(read(cases[i].bytes, false, &c, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "marks.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

/* Whole points are not rounded ones. */
Test(criteria, whole_points_agree_or_not)
{
	struct criteria c;
	struct diag why = {0};

	cr_expect(not(read(HEAD "1,S,4,,3,,,\n1.1,A,2,2,1,,,\n1.2,B,2,1,1,,,\n", false, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "marks.csv", 2, 8, "\"1\" has 3, its parts sum to 2");
}

/* 02 in 2020 and 2021, 03 in 2020. */
Test(criteria, whose_marks_a_file_has)
{
	static const char bytes[] = HEADY "2020,2,1,A,2,2,1,,,\n2020,02,2,B,2,2,2,,,\n"
					  "2021,02,1,A,2,2,0,,,\n2020,03,1,A,2,2,0,,,\n";
	static const char wrong[] = HEADY "2020,88,1,A,2,2,1,,,\nlast,02,2,B,2,2,2,,,\n";
	struct provinces all;
	struct criteria_wanted *list;
	struct diag why = {0};
	size_t n;

	cr_assert(provinces_read(&arena, FIXTURES, &all, &why));
	cr_assert(criteria_marked(&arena, file_of("marks.csv", bytes, sizeof bytes - 1), &all,
				  &list, &n, &why));
	cr_assert(eq(sz, n, 3));
	check_text(list[0].self->code, "02");
	cr_expect(eq(long, list[1].year, 2021));
	check_text(list[2].self->code, "03");
	cr_expect(not(criteria_marked(&arena, file_of("marks.csv", wrong, sizeof wrong - 1), &all,
				      &list, &n, &why)));
	check_problem(&why, 0, DIAG_DATA, "marks.csv", 2, 6, "no unit of 2020 has the code \"88\"");
	check_problem(&why, 1, DIAG_DATA, "marks.csv", 3, 1, "\"last\" is not a whole number");
}

Test(criteria, a_file_of_many_says_whose_they_are)
{
	struct criteria c;
	struct diag why = {0};

	cr_expect(not(read(HEAD "1,A,1,1,1,,,\n", true, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "marks.csv", 1, 1, "no column \"year\"");
}

Test(criteria, all_problems_are_told)
{
	struct criteria c;
	struct diag why = {0};

	cr_expect(not(read(HEAD "1,A,1,2,1,,,\n2,B,1,1,3,,,\n3,C,x,1,1,,,\n", false, &c, &why)));
	cr_expect(eq(sz, why.errors, 3));
}
