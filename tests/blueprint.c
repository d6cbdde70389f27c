/* Everything expected is read off tests/data/asked. */
#include "help.h"

#include "survey/blueprint.h"

#include <math.h>
#include <sys/stat.h>

TestSuite(blueprint, .fini = clean);

#define ASKED HAILONG_SOURCE_DIR "/tests/data/asked"

static const struct blueprint *read_blueprint(const char *folder, const long *years, size_t n)
{
	struct blueprint *b = arena_new(&arena, 1, sizeof *b);
	struct diag why = {0};

	cr_assert(blueprint_read(&arena, FIXTURES, folder, years, n, b, &why), "%s",
		  why.item[0].words);
	return b;
}

Test(blueprint, years_with_rated_items)
{
	const struct blueprint *b = read_blueprint(ASKED, NULL, 0);

	cr_assert(eq(sz, b->n_waves, 3)); /* era B has no levels that count */
	cr_expect(eq(long, b->wave[0].year, 2019));
	cr_expect(eq(long, b->wave[1].year, 2020));
	cr_expect(eq(long, b->wave[2].year, 2022));
	cr_expect(eq(sz, b->n_eras, 3));
	cr_expect(eq(sz, b->wave[1].era_order, 0));
	cr_expect(eq(sz, b->wave[2].era_order, 2));
	cr_expect(eq(sz, b->wave[2].row, 0));
	check_text(b->wave[2].era, "C");
}

/* 1.1, 1.2 and 2 are rated; 3 is a number, 1 has parts. */
Test(blueprint, rated_items)
{
	const struct blueprint *b = read_blueprint(ASKED, NULL, 0);
	const struct blueprint_wave *w = &b->wave[0];

	cr_assert(eq(sz, w->n_rated, 3));
	check_text(w->rated[0].item->code, "1.1");
	check_text(w->rated[1].question->column, "a12");
	check_text(w->rated[2].question->column, "a2");
	check_text(w->rated[0].rate->code, "1"); /* the nearest above */
	cr_expect(eq(dbl, w->rated[0].rate->rate, 0.7));
	cr_expect(eq(dbl, w->rated[1].skip->skip, 0.2));
	check_text(w->rated[2].rate->code, "total");
	cr_expect(zero(ptr, (void *)w->rated[2].skip));
	cr_expect(zero(ptr, (void *)b->wave[1].rated[0].rate), "2020 states a skip only");
	cr_expect(eq(dbl, b->wave[1].rated[0].skip->skip, 0.5));
	cr_expect(zero(ptr, (void *)b->wave[1].rated[2].skip));
	cr_expect(zero(ptr, (void *)b->wave[2].rated[0].rate));
}

static void check_shares(const struct asked *q, const double *want, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cr_expect(epsilon_eq(dbl, q->share[i], want[i], 1e-15), "share %zu", i);
}

/* fav_*: x 0.4, z 0.1 of u; z alone of v. sex in era C comes from simulate/codebook.csv. */
Test(blueprint, other_questions)
{
	static const double favourite[] = {0.8, 0, 0.2, 0, 0, 1};
	static const double sex[] = {0.5, 0.5, 0.25, 0.75}, three[] = {0.5, 0.5, 0, 0.25, 0.75, 0};
	const struct blueprint *b = read_blueprint(ASKED, NULL, 0);
	const struct blueprint_wave *a = &b->wave[0], *c = &b->wave[2];

	cr_assert(eq(sz, a->n_asked, 3)); /* not home (the strata), other (no shares), a3, note */
	check_text(a->asked[0].question->column, "sex");
	check_text(a->asked[2].question->column, "fav_2");
	check_shares(&a->asked[0], sex, 4);
	check_shares(&a->asked[1], favourite, 6);
	check_shares(&a->asked[2], favourite, 6);
	cr_assert(eq(sz, c->n_asked, 1));
	cr_expect(eq(sz, c->asked[0].question->n_levels, 3));
	check_shares(&c->asked[0], three, 6);
	cr_expect(eq(sz, blueprint_question(b, span_of("A"), span_of("sex"))->n_levels, 2));
	cr_expect(zero(ptr, (void *)blueprint_question(b, span_of("C"), span_of("fav_1"))));
}

Test(blueprint, strata_and_missing_codes)
{
	const struct blueprint *b = read_blueprint(ASKED, NULL, 0);

	cr_assert(eq(sz, b->n_strata, 2));
	check_text(b->stratum[1], "v");
	cr_expect(epsilon_eq(dbl, b->stratum_share[0], 0.25, 1e-15)); /* 0.3 of 1.2 */
	check_text(b->stratum_column, "home");                        /* in another order there */
	cr_assert(eq(sz, b->n_missing, 2));
	check_text(b->missing[1].reason, "not_said");
	cr_expect(eq(dbl, b->missing[0].share, 0.25));
}

/* Without simulate/: two strata, every question with levels, each level alike. */
Test(blueprint, nothing_but_the_survey)
{
	static const char *const names[] = {"survey.csv", "structure.csv", "codebook.csv"};
	const struct blueprint *b;
	const char *path = NULL;

	for (size_t i = 0; i < COUNT(names); i++) {
		struct text bytes = bytes_of(arena_format(&arena, ASKED "/%s", names[i]).at);

		path = file_of(names[i], bytes.at, bytes.n);
	}
	path = arena_string(&arena, (struct text){path, (size_t)(strrchr(path, '/') - path)});
	b = read_blueprint(path, (const long[]){2020}, 1);
	cr_assert(eq(sz, b->n_waves, 1));
	check_text(b->stratum_column, "stratum");
	cr_assert(eq(sz, b->n_strata, 2));
	check_text(b->stratum[0], "urban");
	check_text(b->stratum[1], "rural");
	cr_expect(eq(dbl, b->stratum_share[1], 0.5));
	cr_expect(zero(sz, b->n_national + b->n_missing));
	cr_expect(eq(sz, b->wave[0].n_asked, 5)); /* home, sex, fav_1, fav_2, other */
	check_shares(&b->wave[0].asked[0], (const double[]){0.5, 0.5, 0.5, 0.5}, 4);
}

Test(blueprint, years_that_cannot_be)
{
	struct blueprint b;
	struct diag why = {0};

	cr_expect(not(
		blueprint_read(&arena, FIXTURES, ASKED, (const long[]){2019, 2018}, 2, &b, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "has no year 2018");
	why = (struct diag){0};
	cr_expect(not(blueprint_read(&arena, FIXTURES, ASKED, (const long[]){2021}, 1, &b, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "year 2021: no item of era \"B\"");
	why = (struct diag){0};
	cr_expect(not(blueprint_read(&arena, FIXTURES, SMALL, NULL, 0, &b, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "there is no codebook.csv");
	why = (struct diag){0};
	cr_expect(not(blueprint_read(&arena, FIXTURES, "/nowhere", NULL, 0, &b, &why)));
	cr_expect(eq(sz, why.errors, 1));
}

/* The folder of a copy of tests/data/asked, in which a file has other bytes. */
static const char *changed(const char *name, const char *bytes)
{
	static const char *const names[] = {"survey.csv",
					    "structure.csv",
					    "codebook.csv",
					    "simulate/codebook.csv",
					    "simulate/national.csv",
					    "simulate/shares.csv",
					    "simulate/missing.csv"};
	const char *path = file_of("x", "", 0), *folder;

	folder = arena_string(&arena, (struct text){path, strlen(path) - 2});
	mkdir(arena_format(&arena, "%s/simulate", folder).at, 0777);
	for (size_t i = 0; i < COUNT(names); i++) {
		struct text old = bytes_of(arena_format(&arena, ASKED "/%s", names[i]).at);

		if (strcmp(names[i], name) == 0)
			old = span_of(bytes);
		file_of(names[i], old.at, old.n);
	}
	return folder;
}

/* The strata may be questions of the survey's own, and their share may stand anywhere. */
Test(blueprint, strata_where_they_stand)
{
	const struct blueprint *b = read_blueprint(
		changed("simulate/codebook.csv", "column,code,question_vi,question_en,kind,levels,"
						 "satisfied,missing,valid_min,"
						 "valid_max\nage,G,,,category,1|2,,,,\n"),
		NULL, 0);

	check_text(b->stratum_column, "home");
	b = read_blueprint(changed("simulate/shares.csv",
				   "era,column,level,u,v\n,sex,1,0,1\n,sex,2,1,0\n,,,0.1,0.3\n"),
			   NULL, 0);
	cr_expect(epsilon_eq(dbl, b->stratum_share[0], 0.25, 1e-15));
}

Test(blueprint, wrong_files)
{
	static const struct {
		const char *file, *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"simulate/national.csv", "year,code,rate,spread\n2019,1,0.5,0.1\n", 1, 1,
		 "no column \"skip\""},
		{"simulate/national.csv", "year,code,rate,spread,skip\n2019,1,70,,\n", 2, 8,
		 "\"rate\": 70 is not between 0 and 1"},
		{"simulate/national.csv", "year,code,rate,spread,skip\n2019,1,x,,\n2019,2,,,\n", 2,
		 8, "\"x\" is not a number"},
		{"simulate/shares.csv", "era,columns,level,u,v\n,sex,1,1,1\n", 1, 1,
		 "no column \"column\""},
		{"simulate/national.csv", "year,code,rate,spread,skip\n2019,1,0.7,,-0.1\n", 2, 13,
		 "\"skip\": -0.1 is not between 0 and 1"},
		{"simulate/national.csv", "year,code,rate,spread,skip\nx,1,0.7,,\n", 2, 1,
		 "not a whole number"},
		{"simulate/missing.csv", "value,reason,share\n8,a,0.6\n9,b,0.5\n", 1, 1,
		 "add to more than 1"},
		{"simulate/missing.csv", "value,reason,share\n8,a,\n", 1, 1, "add to more than 1"},
		{"simulate/shares.csv", "era,column,level\n,sex,1\n", 1, 1, "one to 8 strata"},
		{"simulate/shares.csv", "era,column,level,u,v\n,sex,4,1,1\n", 2, 6,
		 "\"4\" is not a level of \"sex\""},
		{"simulate/shares.csv", "era,column,level,u,v\n,sex,1,1,2\n", 2, 10,
		 "\"v\": 2 is not between 0 and 1"},
		{"simulate/shares.csv", "era,column,level,u,v\n,sex,1,1,\n", 0, 0,
		 "the shares of \"sex\" add to 0 in \"v\""},
		{"simulate/shares.csv", "era,column,level,u,v\n,,,0,0\n", 0, 0,
		 "the strata hold no people"},
		{"simulate/codebook.csv", "era,column\n,sex\n", 1, 1, "no column \"code\""},
		{"survey.csv", "year,era\n2019,A\nx,A\n", 3, 1, "not a whole number"},
		{"survey.csv", "year\n2019\n", 1, 1, "no column \"era\""},
		{"codebook.csv",
		 "column,code,question_vi,question_en,kind,levels,satisfied,missing,valid_min,"
		 "valid_max\na,1.1,,,likert,1|2,,,,\nb,1.2,,,likert,1|2,1|2,,,\n",
		 0, 0, "has levels that count as satisfied"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *folder = changed(cases[i].file, cases[i].bytes);
		const char *name = strrchr(cases[i].file, '/');
		struct diag why = {0};
		struct blueprint b;

		cr_expect(not(blueprint_read(&arena, FIXTURES, folder, NULL, 0, &b, &why)),
			  "row %zu", i);
		check_problem(&why, 0, DIAG_DATA,
			      !cases[i].line ? ""
			      : name         ? name + 1
					     : cases[i].file,
			      cases[i].line, cases[i].column, cases[i].fragment);
	}
}
