#include "help.h"

#include "survey/survey.h"

#include <math.h>

TestSuite(survey, .fini = clean);

static const struct survey *read_survey(const char *share, const char *path)
{
	struct survey *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, s, &why), "%s", why.item[0].words);
	cr_assert(zero(sz, why.warnings));
	return s;
}

/* survey.csv lists 2022 first. */
Test(survey, waves_stand_by_year)
{
	static const long years[] = {2019, 2020, 2021, 2022};
	static const size_t eras[] = {0, 0, 1, 2};
	const struct survey *s = read_survey(FIXTURES, SMALL "/");

	check_text(s->id, "small");
	check_text(s->name, "NHỎ");
	cr_assert(eq(sz, s->n_waves, 4));
	cr_assert(eq(sz, s->n_eras, 3));
	for (size_t i = 0; i < 4; i++) {
		cr_expect(eq(long, s->wave[i].year, years[i]));
		cr_expect(eq(sz, s->wave[i].era_order, eras[i]));
	}
	check_text(s->era[1], "B");
	cr_expect(eq(long, survey_last_year(s), 2022));
	cr_expect(eq(ptr, (void *)survey_wave(s, 2021), (void *)&s->wave[2]));
	cr_expect(zero(ptr, (void *)survey_wave(s, 2018)));
	cr_expect(eq(long, s->wave[2].ranked_printed, 5));
	cr_expect(zero(long, s->wave[3].ranked_printed));
	cr_expect(eq(sz, s->agencies.n, 3));
}

Test(survey, units_of_totals)
{
	const struct survey *s = read_survey(FIXTURES, PRINTED);

	check_text(s->name, "printed"); /* no name given: the folder's */
	cr_expect(eq(int, (int)s->wave[0].unit, UNIT_PERCENT));
	cr_expect(eq(int, s->wave[0].decimals, 2));
	cr_expect(eq(int, (int)read_survey(FIXTURES, SMALL)->wave[0].unit, UNIT_POINTS));
}

/* methodology.md, B: D5 lost its health part in 2021, 2018 rescaled the index, 2019 changed the
 * sample. */
Test(survey, papi_years_that_may_be_compared)
{
	static const struct {
		const char *code;
		long year, other;
		int verdict;
	} cases[] = {
		{"total", 2017, 2018, VERDICT_NO},
		{"5", 2020, 2021, VERDICT_NO},
		{"total", 2018, 2019, VERDICT_WARN},
		{"total", 2011, 2015, VERDICT_OK},
		{"total", 2015, 2016, VERDICT_WARN},
		{"total", 2022, 2022, VERDICT_OK},
		{"total", 2011, 2024, VERDICT_NO},
		{"total", 2024, 2011, VERDICT_NO},
		{"total", 2018, 2017, VERDICT_NO},
		{"total", 2010, 2011, VERDICT_NO}, /* no such year */
	};
	const struct survey *s = read_survey(SHIPPED, SHIPPED "/surveys/papi");

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text reason;

		cr_expect(eq(int,
			     (int)survey_compare(&arena, s, span_of(cases[i].code), cases[i].year,
						 cases[i].other, LANG_VI, &reason),
			     cases[i].verdict),
			  "%s %ld %ld", cases[i].code, cases[i].year, cases[i].other);
		if (cases[i].year != 2010)
			cr_expect(eq(int, reason.n > 0, cases[i].verdict != VERDICT_OK), "row %zu",
				  i);
	}
}

/* PAPI changed its questionnaire as often as surveys/papi/survey.csv says: 14 years, none twice. */
Test(survey, every_shipped_survey_reads)
{
	static const struct {
		const char *name;
		long first, last;
	} cases[] = {
		{"papi", 2011, 2024},
		{"par-index", 2012, 2024},
		{"pci", 2005, 2024},
		{"sipas", 2015, 2024},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct survey *s = read_survey(
			SHIPPED, arena_format(&arena, SHIPPED "/surveys/%s", cases[i].name).at);

		cr_expect(eq(long, s->wave[0].year, cases[i].first), "%s", cases[i].name);
		cr_expect(eq(long, survey_last_year(s), cases[i].last), "%s", cases[i].name);
		for (size_t w = 0; w < s->n_waves; w++)
			cr_expect(structure_find(&s->structure, s->wave[w].era, span_of("total")) !=
					  NULL,
				  "%s %ld", cases[i].name, s->wave[w].year);
	}
}

/* units.csv in the folder stands in place of the provinces. */
Test(survey, units_of_its_own)
{
	const struct survey *s = read_survey(SHIPPED, SHIPPED "/surveys/internal-example");

	cr_expect(s->provinces.own);
	cr_expect(eq(sz, s->provinces.n, 24));
	cr_expect(eq(sz, s->scores.n, 2 * 24 * 6));
	cr_expect(s->wave[0].simulated);
	cr_expect(not(read_survey(SHIPPED, SHIPPED "/surveys/papi")->provinces.own));
}

Test(survey, of_a_file_of_another_kind)
{
	struct survey s;
	struct diag why = {0};

	cr_assert(survey_of_file(&arena, FIXTURES, "a/marks.csv", 2020, &s, &why));
	check_text(s.id, "marks");
	cr_assert(eq(sz, s.n_waves, 1));
	cr_expect(eq(long, survey_last_year(&s), 2020));
	cr_expect(eq(sz, s.structure.n, 1));
	cr_expect(eq(sz, s.provinces.n, 6));
	cr_expect(not(survey_of_file(&arena, "/nowhere", "a.csv", 2020, &s, &why)));
}

Test(survey, a_lone_file_is_a_survey)
{
	static const char bytes[] =
		"year,province,code,score\n2021,01,b,2.5\n2020,02,total,7\n2020,01,a,1\n";
	const struct survey *s =
		read_survey(FIXTURES, file_of("mine.csv", bytes, sizeof bytes - 1));

	check_text(s->id, "mine");
	check_text(s->name, "mine");
	cr_assert(eq(sz, s->n_waves, 2));
	cr_expect(eq(long, s->wave[0].year, 2020));
	cr_assert(eq(sz, s->structure.n, 3), "total, b, a");
	check_text(s->structure.at[0].code, "total");
	check_text(s->structure.at[2].parent, "total");
	cr_expect(isnan(s->structure.at[1].max));
	cr_expect(eq(int, (int)survey_compare(&arena, s, span_of("a"), 2020, 2021, LANG_EN, NULL),
		     VERDICT_OK),
		  "one era");
}

Test(survey, lone_files_refused)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"year,province,code,score\n2020,77x,a,1\n", 2, 6,
		 "no province of that year has code \"77x\""},
		{"year,province,code,score\n20x,01,a,1\n", 2, 1,
		 "is not a whole number from 1900 to 2999"},
		{"year,province,score\n2020,01,1\n", 1, 1, "no column \"code\""},
		{"year,province,code,score\n2020,01,a,0\n", 2, 11, "0 is not a score"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct survey s;
		struct diag why = {0};

		cr_expect(
			not(survey_read(&arena, FIXTURES,
					file_of("lone.csv", cases[i].bytes, strlen(cases[i].bytes)),
					&s, &why)),
			"row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "lone.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}
