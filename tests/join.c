/* Five people of Hưng Yên (33) and Thái Bình (34) in 2024, every row a unit, provinces as strata;
 * 4 and 5 count. Weights and answers:
 *
 *   33: 1 yes, 3 no              sum 4
 *   34: 2 yes, 2 no, 4 missing   sum 8
 *
 * People 1 to 3: of the sum of 12, 33 shall have 3 and 34 have 9, so its weights times 0.75 and
 * times 1.125: 0.75 yes, 2.25 no, 2.25 yes, 2.25 no, 4.5 missing.
 *   rate  3 / 7.5 = 0.4 (pooled as they are: 3 / 8 = 0.375; the mean of rates: 0.4375)
 * Influence w (y - 0.4) / 7.5:  0.06 -0.12 | 0.18 -0.12 0
 *   33: about their mean -0.03: 2 x 0.09^2 x 2/1 = 0.0324
 *   34: about 0.02: (0.16^2 + 0.14^2 + 0.02^2) x 3/2 = 0.0684
 *   standard error  sqrt(0.1008) = 0.31748... of 1, 31.748... of 100 */
#include "waved.h"

#include "analysis/merge.h"
#include "estimate/index.h"

#include <math.h>

TestSuite(join, .fini = clean);

#define HEAD "tinh,w,q\n"
#define OTHERS "01,2,5\n01,3,1\n"
#define ANSWERS HEAD "33,1,5\nThái Bình,2,4\n33,3,1\n" OTHERS "Thái Bình,2,2\nThái Bình,4,999\n"

struct joined {
	struct survey survey;
	struct provinces dated;
	struct population people;
	struct mapping m;
	struct wave_answers w;
	struct result r;
	struct diag why;
};

static struct joined *read_survey(const char *answers, long year, const char *people)
{
	struct joined *j = arena_new(&arena, 1, sizeof *j);

	gsl_set_error_handler_off();
	waved_file("survey.csv", WAVED_SURVEY,
		   arena_format(&arena, "%ld,E,answers,a.csv,Nhỏ,Small,Ai,,,percent,\n", year).at);
	waved_file("structure.csv", WAVED_STRUCTURE,
		   "E,total,,T,T,0,100,,pooled,up\nE,Q,total,Q,Q,0,100,,pooled,up\n");
	waved_file("codebook.csv", WAVED_CODEBOOK, "q,Q,,Q,likert,1|2|3|4|5,4|5,999,,\n");
	waved_file("design.csv", "role,column\n", "province,tinh\nweight,w\n");
	waved_file("a.csv", "", answers);
	waved_file("people.csv", "province,year,population\n",
		   people ? people : "33,2024,1\n34,2024,3\n");
	cr_assert(survey_read(&arena, SHIPPED, work.path, &j->survey, &j->why), "%s",
		  j->why.item[0].words);
	j->dated = j->survey.provinces;
	j->m = (struct mapping){.dated = &j->dated, .year = province_map_year(&j->dated, 34)};
	province_map(&arena, &j->dated, j->m.year, &j->m.map);
	cr_assert(population_read(&arena, workdir_file(&arena, &work, "people.csv"), &j->dated,
				  &j->people, &j->why));
	if (people) {
		j->m.people = &j->people;
		j->m.base = 2024;
	}
	j->survey.mapping = &j->m;
	j->survey.provinces = j->m.map;
	return j;
}

static bool estimate(struct joined *j, long year)
{
	static const struct estimate_options o = {
		.interval = INTERVAL_LOGIT, .level = 0.95, .lonely = LONELY_ADJUST};

	cr_assert(waves_plan(&arena, &j->survey, survey_wave(&j->survey, year), &j->w, &j->why));
	cr_assert(index_variables(&arena, &j->w, INDEX_STRUCTURE, &j->why));
	waves_margin(&arena, &j->w, (const size_t[]){0}, 1);
	if (!waves_read(&arena, &j->w, false, &j->why))
		return false;
	index_result(&arena, &j->w, INDEX_STRUCTURE, &o, 0, &j->r);
	merge_answers(&arena, j->w.plan.join, 0, &j->r);
	return true;
}

static struct joined *joined(const char *answers, const char *people, bool renormalise)
{
	struct joined *j = read_survey(answers, 2024, people);

	j->m.renormalise = renormalise;
	cr_assert(estimate(j, 2024), "%s", j->why.item[0].words);
	return j;
}

static const struct result_row *row_of(const struct joined *j, const char *province)
{
	for (size_t i = 0; i < j->r.n; i++)
		if (span_is(j->r.row[i].province, province) && span_is(j->r.row[i].item, "total"))
			return &j->r.row[i];
	cr_assert(false, "no row of %s", province);
	return NULL;
}

Test(join, weights_stand_as_people_do)
{
	const struct joined *j = joined(ANSWERS, "33,2024,1\n34,2024,3\n", false);
	const struct result_row *row = row_of(j, "33");

	cr_expect(epsilon_eq(dbl, row->estimate, 40, 1e-12));
	cr_expect(epsilon_eq(dbl, row->se, 100 * sqrt(0.1008), 1e-12));
	cr_expect(eq(dbl, row->n, 4), "answers, whatever they weigh");
	cr_expect(eq(dbl, row->df, 2), "four units with answers in two strata");
	cr_expect(eq(int, (int)(row->flags & FLAG_MERGED), FLAG_MERGED));
	check_text(row->merged_from, "33=0.25;34=0.75");
	check_text(row->merged_by, "merged:population:2024");
	cr_expect(strstr(row->method.at, ";merged:population:2024") != NULL);
	cr_expect(eq(dbl, row->coverage, 1));
	cr_expect(eq(sz, j->w.answers.frame.stage[0].n_strata, 3), "the strata are the old ones");
	cr_expect(epsilon_eq(dbl, j->w.answers.weight_sum, 17, 1e-12), "and they keep their sum");
	cr_expect(eq(sz, j->r.n, 4), "two units of the map, two items");
}

/* 3 / 8, and the sums of the sample as shares: 4 and 8 of 12. */
Test(join, weights_as_they_are)
{
	const struct result_row *row = row_of(joined(ANSWERS, NULL, false), "33");

	cr_expect(epsilon_eq(dbl, row->estimate, 37.5, 1e-12));
	check_text(row->merged_by, "merged:sample");
	check_text(row->merged_from, "33=0.333333;34=0.666667");
	check_text(row->parts[LANG_EN], "Hưng Yên 33.3%, Thái Bình 66.7%");
}

/* Hà Nội: 2 of 5, with nothing said of mergers. */
Test(join, others_stay)
{
	const struct result_row *row =
		row_of(joined(ANSWERS, "33,2024,1\n34,2024,3\n", false), "01");

	cr_expect(epsilon_eq(dbl, row->estimate, 40, 1e-12));
	cr_expect(zero(int, (int)(row->flags & FLAG_MERGED)));
	cr_expect(row->merged_from.n == 0 && !strstr(row->method.at, "merged"));
}

/* 33 alone has 1 of 4; it is a quarter of the people. */
Test(join, a_part_that_nobody_answered_for)
{
	static const char people[] = "33,2024,1\n34,2024,3\n";
	const struct joined *alone = joined(HEAD "33,1,5\n33,3,1\n", people, false);
	const struct result_row *row = row_of(alone, "33");

	cr_expect(epsilon_eq(dbl, alone->w.answers.weight_sum, 4, 1e-12));

	cr_expect(isnan(row->estimate) && isnan(row->se) && isnan(row->ci_low));
	check_text(row->lacking[LANG_EN], "the answers have nobody of Thái Bình");
	row = row_of(joined(HEAD "33,1,5\n33,3,1\n", people, true), "33");
	cr_expect(epsilon_eq(dbl, row->estimate, 25, 1e-12));
	cr_expect(eq(dbl, row->coverage, 0.25));
	check_text(row->lacking[LANG_EN], "the answers have nobody of Thái Bình (taken from the "
					  "rest, which has 25.0% of the weight)");
	row = row_of(joined(HEAD "33,1,5\n33,3,1\n", NULL, true), "33");
	cr_expect(isnan(row->coverage), "without populations its share is not known");
	check_text(row->lacking[LANG_VI],
		   "tệp trả lời không có ai của Thái Bình (tính từ phần còn lại)");
}

/* A year behind the merger has the units already. */
Test(join, nothing_to_join)
{
	struct joined *j = read_survey(HEAD "33,1,5\n33,3,1\n", 2026, NULL);

	cr_assert(estimate(j, 2026), "%s", j->why.item[0].words);
	cr_expect(zero(ptr, (void *)j->w.plan.join));
	cr_expect(epsilon_eq(dbl, row_of(j, "33")->estimate, 25, 1e-12));
	cr_expect(zero(int, (int)(row_of(j, "33")->flags & FLAG_MERGED)));
}

Test(join, wrong_answers)
{
	static const struct {
		const char *answers;
		long year;
		size_t line;
		const char *fragment;
	} cases[] = {
		{HEAD "33,1,5\nHng Yên,2,4\n", 2024, 3, "no province of 2024 is named"},
		{HEAD "Hưng Yên,1,5\n33,2,4\n", 2024, 3, "\"33\" is"},
		{HEAD "34,1,5\nThái Bình,2,4\n", 2024, 3, "stands under another name before"},
		{HEAD "33,0,5\n34,2,4\n", 2024, 2, "weight \"0\" is not above 0"},
		{HEAD "33,1,5\n34,2,4\n", 2025, 3, "it is now part of Hưng Yên"},
		{HEAD "33,1,5\nThái Bình,2,4\n", 2026, 3, "it is now part of Hưng Yên"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct joined *j = read_survey(cases[i].answers, cases[i].year, NULL);

		cr_expect(not(estimate(j, cases[i].year)), "row %zu", i);
		cr_expect(eq(sz, j->why.errors, 1), "row %zu", i);
		cr_expect(eq(sz, j->why.item[0].line, cases[i].line), "row %zu", i);
		cr_expect(strstr(j->why.item[0].words, cases[i].fragment) != NULL, "row %zu: %s", i,
			  j->why.item[0].words);
	}
}
