#include "waved.h"

#include "survey/cells.h"

#include <math.h>

TestSuite(waves, .fini = clean);

static const struct survey *survey_of(const char *design, const char *answers)
{
	waved_file("survey.csv", WAVED_SURVEY,
		   "2020,E,answers,a.csv,Nhỏ,Small,Ai,,,,\n2021,E,answers,a.csv,Nhỏ,Small,Ai,,,,\n"
		   "2022,E,scores,s.csv,Nhỏ,Small,Ai,,,,\n");
	waved_file("structure.csv", WAVED_STRUCTURE,
		   "E,total,,T,T,0,100,,pooled,up\nE,Q.1,total,Q,Q,0,100,,pooled,up\n");
	waved_file("codebook.csv", WAVED_CODEBOOK,
		   "q,Q.1,,Question,likert,1|2|3,3,888,,\nsex,S,,Sex,category,1=m|2=f,,999,,\n");
	waved_file("s.csv", "year,province,code,score\n", "2022,01,total,50\n");
	waved_file("design.csv", "role,column\n", design);
	waved_file("a.csv", "", answers);
	return waved_survey();
}

#define DESIGN "year,y\nprovince,tinh\nweight,w\npsu,p\n"
#define ANSWERS                                                                                    \
	"y,tinh,w,p,q,sex\n2020,An Bình,1,1,3,1\n2020,an binh,1,1,1,1\n"                          \
	"2021,01,2,1,1,1\n2021,01,2,2,3,2\n2021,02,3,3,888,999\n2021,02,3,4,3,2\n"

/* 2021 alone; provinces as strata; an own unit 1 although 2020 has one of that name. */
Test(waves, one_year)
{
	const struct survey *s = survey_of(DESIGN, ANSWERS);
	struct wave_answers *w = waved_plan(s, 2021);
	struct diag why = {0};
	size_t slots;

	waves_margin(&arena, w, (const size_t[]){0}, 1);
	cr_assert(waves_read(&arena, w, false, &why), "%s", why.item[0].words);
	cr_expect(eq(sz, w->answers.rows, 4));
	cr_expect(eq(dbl, w->answers.weight_sum, 10));
	cr_expect(eq(sz, w->answers.frame.stage[0].n_strata, 2));
	cr_expect(eq(sz, w->answers.frame.stage[0].n_units, 4));
	cr_assert(eq(sz, w->answers.cells.index->n, 2));
	check_text(w->province[0]->name, "An Bình");
	check_text(w->province[1]->code, "02");
	cr_expect(eq(dbl, w->tally.rows[0], 2));
	cr_expect(w->plan.province_first && w->plan.codebook);
	tally_slots(&w->tally, 1, &slots);
	cr_expect(eq(sz, slots, 2), "the tally is finished");
	check_text(cell_words(&arena, &w->plan, &w->answers.cells.at[0]), "");
}

Test(waves, rows_instead_of_sums)
{
	struct wave_answers *w = waved_plan(survey_of(DESIGN, ANSWERS), 2021);
	struct diag why = {0};

	cr_assert(waves_read(&arena, w, true, &why));
	cr_expect(eq(sz, w->columns.n, 4));
	cr_expect(eq(dbl, w->columns.weight[3], 3));
}

Test(waves, factors_by_column_or_code)
{
	struct wave_answers *w = waved_plan(survey_of(DESIGN, ANSWERS), 2021);
	struct diag why = {0};

	cr_expect(eq(sz, waves_factor(&arena, w, span_of("tinh")), 0), "the province is the first");
	cr_expect(eq(sz, waves_factor(&arena, w, span_of("S")), 1));
	cr_expect(eq(sz, waves_factor(&arena, w, span_of("sex")), 1), "the same question");
	cr_expect(eq(sz, waves_factor(&arena, w, span_of("p")), 2), "no question");
	cr_expect(eq(sz, waves_margin(&arena, w, NULL, 0), 0));
	cr_expect(eq(sz, waves_margin(&arena, w, (const size_t[]){0, 1}, 2), 1));
	cr_assert(waves_read(&arena, w, false, &why));
	/* everybody; 01 m, 01 f, 02 f: 999 is in no group */
	cr_expect(eq(sz, w->answers.cells.index->n, 4));
	check_text(w->plan.factor[1].column, "sex");
	check_text(cell_words(&arena, &w->plan, &w->answers.cells.at[1]), "sex=1");
}

/* Strata of design.csv stand in place of the provinces. */
Test(waves, strata_of_the_design)
{
	struct wave_answers *w = waved_plan(survey_of(DESIGN "stratum,sex\n", ANSWERS), 2021);
	struct diag why = {0};

	cr_assert(waves_read(&arena, w, false, &why), "%s", why.item[0].words);
	cr_expect(eq(sz, w->answers.frame.stage[0].n_strata, 3)); /* 1, 2, 999 */
}

Test(waves, without_provinces)
{
	struct wave_answers *w = waved_plan(survey_of("year,y\nweight,w\n", ANSWERS), 2021);
	struct diag why = {0};

	cr_assert(waves_read(&arena, w, false, &why));
	cr_expect(eq(sz, w->plan.n_factors, 0));
	cr_expect(eq(sz, w->answers.frame.stage[0].n_strata, 1));
	cr_expect(zero(ptr, (void *)w->province));
}

Test(waves, a_year_of_scores)
{
	const struct survey *s = survey_of(DESIGN, ANSWERS);
	struct wave_answers w;
	struct diag why = {0};

	cr_expect(not(waves_plan(&arena, s, survey_wave(s, 2022), &w, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "has scores for 2022, not answers");
}

Test(waves, what_is_refused)
{
	static const struct {
		const char *rows;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"2021,01,1,1,3,1\n2021,Nowhere,1,2,3,1\n", 3, 6, "Nowhere"},
		{"2021,01,1,1,3,1\n2021,An Bình,1,2,3,1\n", 3, 6,
		 "\"An Bình\" is the province that stands as \"01\" before"},
		{"2020,01,1,1,3,1\n2021,Én Vàng,1,2,3,1\n2019,01,1,1,3,1\n", 4, 1,
		 "\"2019\" is no year of the survey"},
		{"2021,,1,1,3,1\n", 2, 6, "a column of the design is blank"},
		{"2021,01,1,1,4,1\n", 2, 13, "\"4\" is no answer to \"Q.1\""},
		{"2021,01,1,1,3,1\n2021,02,1,1,3,1\n", 3, 1, "sampling unit \"1\" is in stratum"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *rows = arena_format(&arena, "y,tinh,w,p,q,sex\n%s", cases[i].rows).at;
		struct wave_answers *w = waved_plan(survey_of(DESIGN, rows), 2021);
		struct diag why = {0};

		w->plan.variable =
			&(struct variable){.kind = VARIABLE_LEVELS,
					   .column = span_of("q"),
					   .question = codebook_code(&w->survey->codebook,
								     span_of("E"), span_of("Q.1"))};
		w->plan.n_variables = 1;
		cr_expect(not(waves_read(&arena, w, false, &why)), "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu: %s", i, why.item[1].words);
		check_problem(&why, 0, DIAG_DATA, "a.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

/* Én Vàng stands since 2021 only. */
Test(waves, provinces_of_the_year)
{
	static const char rows[] = "y,tinh,w,p\n2020,05,1,1\n2021,05,1,1\n";
	const struct survey *s = survey_of(DESIGN, rows);
	struct diag why = {0}, fine = {0};

	cr_expect(waves_read(&arena, waved_plan(s, 2021), false, &fine));
	cr_expect(not(waves_read(&arena, waved_plan(s, 2020), false, &why)));
	cr_expect(eq(sz, why.item[0].line, 2));
}
