#include "filed.h"

TestSuite(estimate, .fini = clean);

/* ---- numbers ------------------------------------------------------------------------------- */

/* Two strata of two units of one row: y 1 3 | 4 8, weights 1, mean 4. Influence totals are
 * -3/4 -1/4 | 0 1: about their means -1/2 and 1/2 the squares are 1/8 and 1/2, each times 2:
 * V = 1.25. S2 = (9 + 1 + 0 + 16)/3 = 26/3, so deff = 1.25 / (26/3/4) and n_eff = 4/deff. */
Test(estimate, a_mean_by_hand)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "s", "p", "");
	const struct result_row *row;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,s,p,y\n1,A,1,1\n1,A,2,3\n1,B,3,4\n1,B,4,8\n");
	o.survey = span_of("file");
	o.source = span_of("a.csv");
	row = filed_row(filed_tally(f, &o), "", "y", "");
	check_close(row->estimate, 4, 0, "mean");
	check_close(row->se * row->se, 1.25, 1e-14, "variance");
	check_close(row->df, 2, 0, "4 - 2");
	check_close(row->deff, 1.25 / (26.0 / 12), 1e-14, "deff");
	check_close(row->n_eff, 4 / (1.25 / (26.0 / 12)), 1e-14, "n_eff");
	check_close(row->deff_kish, 1, 0, "kish");
	check_close(row->n, 4, 0, "n");
	check_close(row->level, 0.95, 0, "level");
	/* t[0.975; 2] = 4.30265272974946 (tables) */
	check_close(row->ci_low, 4 - 4.30265272974946 * sqrt(1.25), 1e-12, "low");
	check_close(row->ci_high, 4 + 4.30265272974946 * sqrt(1.25), 1e-12, "high");
	check_text(row->survey, "file");
	check_text(row->source, "a.csv");
	check_text(row->stat, "mean");
	check_text(row->method, "taylor:wald");
}

/* Of a population of 8 the same sample's deff against sampling without replacement: N = 8 halves
 * the reference. */
Test(estimate, reference_of_the_design_effect)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "s", "p", "");
	double wr;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,s,p,y\n2,A,1,1\n2,A,2,3\n2,B,3,4\n2,B,4,8\n");
	wr = filed_row(filed_tally(f, &o), "", "y", "")->deff;
	o.deff = DEFF_WOR;
	check_close(filed_row(filed_tally(f, &o), "", "y", "")->deff, 2 * wr, 1e-14, "wor");
	check_close(filed_row(filed_tally(f, &o), "", "y", "")->n_eff, 4 / wr, 1e-14,
		    "n_eff is against wr");
}

/* ---- degrees of freedom -------------------------------------------------------------------- */

Test(estimate, degrees_of_freedom)
{
	static const struct {
		enum df_rule rule;
		double all, women; /* NaN is infinite */
	} cases[] = {
		{DF_DOMAIN, 8 - 3, 7 - 3}, /* no woman in B1 */
		{DF_DESIGN, 8 - 3, 8 - 3},
		{DF_INFINITE, NAN, NAN},
		{DF_GIVEN, 7.5, 7.5},
	};
	struct filed *f = filed_plan("w", "s", "p", "");

	f->plan.design.nest = true;
	filed_variable(f, VARIABLE_NUMBER, "x", NULL);
	f->plan.margin = arena_new(&arena, 2, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "sex");
	filed_read(f, "w,s,p,sex,x\n1,A,1,f,2\n1,A,2,f,4\n1,A,3,f,5\n1,B,1,m,8\n1,B,2,f,2\n"
		      "1,B,3,f,9\n1,C,1,f,4\n1,C,2,f,5\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct estimate_options o = filed_options(STATISTIC_MEAN);
		const struct result *r;

		o.df = cases[i].rule;
		o.df_given = 7.5;
		r = filed_tally(f, &o);
		check_close(filed_row(r, "", "x", "")->df, cases[i].all, 0, "all");
		check_close(filed_row(r, "sex=f", "x", "")->df, cases[i].women, 0, "women");
		filed_same(r, filed_rowwise(f, &o));
		if (cases[i].rule == DF_INFINITE) { /* z[0.975] = 1.95996398454005 (tables) */
			const struct result_row *row = filed_row(r, "", "x", "");

			check_close((row->ci_high - row->estimate) / row->se, 1.95996398454005,
				    1e-12, "normal");
		}
	}
}

Test(estimate, no_degrees_of_freedom)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "", "p", "");
	const struct result_row *row;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_variable(f, VARIABLE_SHARE, "y", "1");
	filed_read(f, "w,p,y\n1,1,1\n1,1,2\n1,1,5\n");
	row = filed_row(filed_tally(f, &o), "", "y", "");
	check_close(row->df, 0, 0, "df");
	check_close(row->estimate, 8.0 / 3, 1e-15, "the mean stands");
	cr_expect(isnan(row->ci_low) && isnan(row->ci_high));
	cr_expect(row->reason[LANG_EN].n > 0);
	cr_expect(ne(int, (int)(row->flags & FLAG_LONELY), 0));
	o.statistic = STATISTIC_RATE;
	row = filed_row(filed_tally(f, &o), "", "y", "1");
	cr_expect(isnan(row->ci_low) && isnan(row->ci_high));
	cr_expect(strstr(arena_string(&arena, row->reason[LANG_EN]), "degrees of freedom") != NULL,
		  "%.*s", SPAN_ARG(row->reason[LANG_EN]));
}

/* ---- shares -------------------------------------------------------------------------------- */

/* 20 rows as units: n* = 20 and the bound is 1 - 0.025^(1/20), the other limit is exact. */
Test(estimate, nobody_and_everybody)
{
	static const struct {
		const char *counting;
		double p, low, high;
	} cases[] = {{"2", 0, 0, 0.168433470983085}, {"1,2", 1, 1 - 0.168433470983085, 1}};
	char rows[256] = "w,q,z\n1,2,1\n";

	for (size_t i = 0; i < 20; i++)
		strcat(rows, "1,1,0\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct estimate_options o = filed_options(STATISTIC_RATE);
		struct filed *f = filed_plan("w", "", "", "");
		const struct result_row *row;

		filed_variable(f, VARIABLE_SHARE, "q", cases[i].counting);
		filed_factor(f, "z"); /* the one answer of 2 is of another group */
		filed_read(f, rows);
		row = filed_row(filed_tally(f, &o), "z=0", "q", i ? "1|2" : "2");
		check_close(row->estimate, cases[i].p, 0, "share");
		check_close(row->se, 0, 0, "se");
		check_close(row->ci_low, cases[i].low, 1e-12, "low");
		check_close(row->ci_high, cases[i].high, 1e-12, "high");
		check_text(row->method, "taylor:kg");
		cr_expect(isnan(row->n_eff) && isnan(row->deff));
	}
}

/* ---- order and words ----------------------------------------------------------------------- */

static void check_domains(const struct result *r, const char *const *want, size_t n)
{
	cr_assert(eq(sz, r->n, n));
	for (size_t i = 0; i < n; i++)
		check_text(r->row[i].domain, want[i]);
}

Test(estimate, numbers_before_words)
{
	static const char *const want[] = {"g=-1", "g=2", "g=10", "g=a", "g=b"};
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_factor(f, "g");
	filed_read(f, "w,y,g\n1,1,b\n1,1,10\n1,1,2\n1,1,a\n1,1,-1\n1,1,\n");
	check_domains(filed_tally(f, &o), want, COUNT(want));
	check_domains(filed_rowwise(f, &o), want, COUNT(want));
}

/* Groups of the first margin, then of the second; inside, by the first factor, then the next. */
Test(estimate, several_factors)
{
	static const char *const want[] = {"all", "all;a=1;b=x", "all;a=1;b=y", "all;a=2;b=x"};
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	f->plan.margin = arena_new(&arena, 2, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "a");
	filed_factor(f, "b");
	filed_read(f, "w,y,a,b\n1,1,2,x\n1,1,1,y\n1,1,1,x\n");
	o.domain = span_of("all");
	check_domains(filed_tally(f, &o), want, COUNT(want));
}

/* Levels stand as in the codebook, those nobody chose too; items by their code. */
Test(estimate, the_order_of_the_codebook)
{
	static const char bytes[] =
		"column,code,question_vi,question_en,kind,levels,satisfied,missing,valid_min,"
		"valid_max\nq,I.1,,Words,category,c=C|a=A|b=B,,,,\n";
	static const char *const want[] = {"c", "a", "b"};
	struct estimate_options o = filed_options(STATISTIC_DISTRIBUTION);
	struct filed *f = filed_plan("w", "", "", "");
	struct codebook book;
	const struct result *r;

	cr_assert(codebook_read(&arena, file_of("codebook.csv", bytes, sizeof bytes - 1), &book,
				&f->why));
	f->plan.codebook = true;
	filed_variable(f, VARIABLE_LEVELS, "q", NULL)->question = &book.at[0];
	filed_factor(f, "q")->question = &book.at[0];
	filed_read(f, "w,q\n1,a\n1,c\n1,a\n");
	r = filed_tally(f, &o);
	cr_assert(eq(sz, r->n, 6));
	for (size_t i = 0; i < 6; i++) {
		check_text(r->row[i].domain, i < 3 ? "q=c" : "q=a");
		check_text(r->row[i].category, want[i % 3]);
		check_text(r->row[i].item, "I.1");
		check_close(r->row[i].estimate, i == 0 || i == 4, 0, "of its own group");
	}
}

/* Levels without a codebook: numbers by size, words behind, whatever came first in the file. */
Test(estimate, the_order_of_levels)
{
	static const char *const want[] = {"2", "10", "a", "b"};
	static const double share[] = {0.4, 0.1, 0.2, 0.3};
	struct estimate_options o = filed_options(STATISTIC_DISTRIBUTION);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_LEVELS, "q", NULL);
	r = filed_tally(filed_read(f, "w,q\n3,b\n4,2\n2,a\n1,10\n"), &o);
	cr_assert(eq(sz, r->n, COUNT(want)));
	for (size_t i = 0; i < r->n; i++) {
		check_text(r->row[i].category, want[i]);
		check_close(r->row[i].estimate, share[i], 1e-15, want[i]);
	}
}

/* Factor 0 is the province: it stands in its own column. */
Test(estimate, provinces)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_factor(f, "tinh");
	filed_factor(f, "sex");
	f->plan.province_first = true;
	r = filed_tally(filed_read(f, "w,y,tinh,sex\n1,1,01,m\n1,2,02,m\n"), &o);
	check_text(r->row[1].province, "02");
	check_text(r->row[1].domain, "sex=m");
	f->plan.margin = (struct margin[]){f->plan.margin[0], {0}};
	f->plan.n_margins = 2;
	r = filed_tally(filed_read(f, "w,y,tinh,sex\n1,1,01,m\n1,2,02,m\n"), &o);
	check_text(r->row[1].province, "02");
	check_text(r->row[2].province, "");
	f = filed_plan("w", "", "", "");
	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_factor(f, "tinh");
	r = filed_tally(filed_read(f, "w,y,tinh\n1,1,01\n"), &o);
	check_text(r->row[0].province, "");
	check_text(r->row[0].domain, "tinh=01");
}

/* ---- what may not be shown ----------------------------------------------------------------- */

/* Rows of groups a to d with n = 40, 35, 9, 12; half of each answers 1. */
static struct filed *small_groups(void)
{
	static const size_t size[] = {40, 35, 9, 12};
	struct filed *f = filed_plan("w", "", "", "");
	char *rows = arena_new(&arena, 4096, 1);

	strcat(rows, "w,q,g\n");
	for (size_t g = 0; g < COUNT(size); g++)
		for (size_t i = 0; i < size[g]; i++)
			sprintf(rows + strlen(rows), "1,%zu,%c\n", i % 2, (char)('a' + g));
	filed_variable(f, VARIABLE_SHARE, "q", "1");
	filed_factor(f, "g");
	return filed_read(f, rows);
}

static void check_hidden(const struct result_row *row, bool hidden, double n)
{
	cr_expect(eq(int, (row->flags & FLAG_SUPPRESSED) != 0, hidden), "%.*s",
		  SPAN_ARG(row->domain));
	cr_expect(isnan(row->estimate) == hidden && isnan(row->se) == hidden &&
		  isnan(row->ci_low) == hidden && isnan(row->ci_high) == hidden &&
		  isnan(row->deff) == hidden && isnan(row->n_eff) == hidden &&
		  isnan(row->deff_kish) == hidden);
	check_close(row->n, n, 0, "n stays");
	if (hidden)
		cr_expect(row->reason[LANG_EN].n > 0 && !(row->flags & FLAG_CAUTION));
}

/* c and d are below 30: two hidden rows do not give each other away. */
Test(estimate, small_groups_are_hidden)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	const struct result *r;

	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 30};
	o.hide = true;
	r = filed_tally(small_groups(), &o);
	check_hidden(filed_row(r, "g=a", "q", "1"), false, 40);
	check_hidden(filed_row(r, "g=b", "q", "1"), false, 35);
	check_hidden(filed_row(r, "g=c", "q", "1"), true, 9);
	check_hidden(filed_row(r, "g=d", "q", "1"), true, 12);
}

/* Below 10 there is only c: the smallest of the others, d, goes with it. */
Test(estimate, a_lone_hidden_group_takes_another)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	const struct result *r;

	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 10};
	o.hide = true;
	r = filed_tally(small_groups(), &o);
	check_hidden(filed_row(r, "g=a", "q", "1"), false, 40);
	check_hidden(filed_row(r, "g=b", "q", "1"), false, 35);
	check_hidden(filed_row(r, "g=c", "q", "1"), true, 9);
	check_hidden(filed_row(r, "g=d", "q", "1"), true, 12);
	check_text(filed_row(r, "g=d", "q", "1")->reason[LANG_EN],
		   "hidden with another group, which could be computed from it");
	cr_expect(not(span_equal(filed_row(r, "g=c", "q", "1")->reason[LANG_EN],
				 filed_row(r, "g=d", "q", "1")->reason[LANG_EN])));
}

Test(estimate, doubtful_rows_are_flagged)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	const struct result_row *row;
	const struct result *r;

	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 10};
	r = filed_tally(small_groups(), &o);
	row = filed_row(r, "g=c", "q", "1");
	cr_expect(eq(int, (int)row->flags, FLAG_CAUTION));
	check_close(row->estimate, 4.0 / 9, 1e-15, "the number stands");
	cr_expect(row->reason[LANG_EN].n > 0);
	cr_expect(eq(int, (int)filed_row(r, "g=d", "q", "1")->flags, 0), "none goes with it");
	o.suppress.rule = SUPPRESS_NONE;
	o.hide = true;
	cr_expect(eq(int, (int)filed_row(filed_tally(small_groups(), &o), "g=c", "q", "1")->flags,
		     0));
}

/* Families are the groups that differ in the last factor: a lone hidden one in x takes another of
 * x, though y has smaller ones. */
Test(estimate, families_of_groups)
{
	static const struct {
		const char *words;
		size_t n;
		bool hidden;
	} cases[] = {{"a=w;b=1", 6, true}, {"a=w;b=2", 4, true},   {"a=x;b=1", 2, true},
		     {"a=x;b=2", 9, true}, {"a=x;b=3", 12, false}, {"a=y;b=1", 5, false},
		     {"a=y;b=2", 7, false}};
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct filed *f = filed_plan("w", "", "", "");
	char rows[512] = "w,q,a,b\n";
	const struct result *r;

	for (size_t g = 0; g < COUNT(cases); g++)
		for (size_t i = 0; i < cases[g].n; i++)
			sprintf(rows + strlen(rows), "1,%zu,%c,%c\n", i % 2, cases[g].words[2],
				cases[g].words[6]);
	filed_variable(f, VARIABLE_SHARE, "q", "1");
	filed_factor(f, "a");
	filed_factor(f, "b");
	filed_read(f, rows);
	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 5};
	o.hide = true;
	r = filed_tally(f, &o);
	for (size_t g = 0; g < COUNT(cases); g++)
		check_hidden(filed_row(r, cases[g].words, "q", "1"), cases[g].hidden,
			     (double)cases[g].n);
}

/* One group only is small, and it is the only one that has a name: nobody else goes with it. */
Test(estimate, everybody_is_another_family)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_SHARE, "q", "1");
	f->plan.margin = arena_new(&arena, 2, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "g");
	filed_read(f, "w,q,g\n1,1,\n1,0,\n1,1,\n1,0,\n1,1,a\n1,0,a\n");
	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 4};
	o.hide = true;
	r = filed_tally(f, &o);
	check_hidden(filed_row(r, "", "q", "1"), false, 6);
	check_hidden(filed_row(r, "g=a", "q", "1"), true, 2);
}

/* Two questions of the same groups are two families: of y only b is small. */
Test(estimate, families_of_questions)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_SHARE, "q", "1");
	filed_variable(f, VARIABLE_SHARE, "y", "1");
	filed_factor(f, "g");
	filed_read(f, "w,q,y,g\n1,1,1,a\n1,0,0,a\n1,1,1,a\n1,0,1,b\n1,1,0,b\n1,0,,b\n1,1,1,c\n"
		      "1,0,0,c\n1,1,0,c\n1,0,0,c\n");
	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 3};
	o.hide = true;
	r = filed_tally(f, &o);
	check_hidden(filed_row(r, "g=a", "q", "1"), false, 3);
	check_hidden(filed_row(r, "g=b", "q", "1"), false, 3);
	check_hidden(filed_row(r, "g=c", "q", "1"), false, 4);
	check_hidden(filed_row(r, "g=a", "y", "1"), true, 3);
	check_hidden(filed_row(r, "g=b", "y", "1"), true, 2);
	check_hidden(filed_row(r, "g=c", "y", "1"), false, 4);
}

/* 40 rows as units, 24 or 38 of them yes. NCHS hides where the interval is wider than 0.30 (of 0.60
 * it is 0.32), and warns where it is wider than 130 % of 1-p (of 0.95, 0.16). */
Test(estimate, the_presentation_standard)
{
	static const struct {
		size_t yes;
		const char *reason;
	} cases[] = {{24, "interval width of 30 percentage points or more"},
		     {38, "relative interval width of the complement above 130 %"},
		     {40, "all answers are the same"}};

	for (size_t k = 0; k < COUNT(cases); k++) {
		struct estimate_options o = filed_options(STATISTIC_RATE);
		struct filed *f = filed_plan("w", "", "", "");
		char *rows = arena_new(&arena, 1024, 1);
		const struct result_row *row;

		strcat(rows, "w,q\n");
		for (size_t i = 0; i < 40; i++)
			strcat(rows, i < cases[k].yes ? "1,1\n" : "1,0\n");
		o.suppress.rule = SUPPRESS_NCHS;
		filed_variable(f, VARIABLE_SHARE, "q", "1");
		row = filed_row(filed_tally(filed_read(f, rows), &o), "", "q", "1");
		check_text(row->reason[LANG_EN], cases[k].reason);
		cr_expect(eq(int, (int)row->flags, FLAG_CAUTION));
	}
}

/* Of people who did not answer nothing is known, not even a total. */
Test(estimate, a_group_without_answers)
{
	static const enum statistic all[] = {STATISTIC_MEAN, STATISTIC_TOTAL};

	for (size_t i = 0; i < COUNT(all); i++) {
		struct estimate_options o = filed_options(all[i]);
		struct filed *f = filed_plan("w", "", "p", "");
		const struct result *r[2];

		filed_variable(f, VARIABLE_NUMBER, "y", NULL);
		filed_factor(f, "g");
		filed_read(f, "w,p,y,g\n1,1,1,a\n1,2,3,a\n1,2,,b\n1,3,5,c\n");
		r[0] = filed_tally(f, &o);
		r[1] = filed_rowwise(f, &o);
		for (size_t k = 0; k < 2; k++) {
			const struct result_row *row = filed_row(r[k], "g=b", "y", "");

			cr_expect(isnan(row->estimate) && isnan(row->se) && isnan(row->ci_low));
			check_close(row->n, 0, 0, "n");
			check_text(row->reason[LANG_EN], "no answers");
			check_text(filed_row(r[k], "g=c", "y", "")->reason[LANG_EN],
				   "no degrees of freedom");
		}
	}
}

/* A total over nobody is 0 for sure, as in R survey 4.5; a mean is not known. */
Test(estimate, a_domain_of_nobody)
{
	static const enum statistic all[] = {STATISTIC_TOTAL, STATISTIC_MEAN};
	static const double want[] = {0, NAN};

	for (size_t i = 0; i < COUNT(all); i++) {
		struct estimate_options o = filed_options(all[i]);
		struct filed *f = filed_plan("w", "", "p", "");
		const struct result *r[2];

		filed_variable(f, VARIABLE_NUMBER, "y", NULL);
		cr_assert(where_parse(&arena, span_of("y>9"), &f->plan.where, &f->why));
		filed_read(f, "w,p,y\n1,1,1\n1,2,3\n");
		r[0] = filed_tally(f, &o);
		r[1] = filed_rowwise(f, &o);
		for (size_t k = 0; k < 2; k++) {
			const struct result_row *row = filed_row(r[k], "", "y", "");

			check_close(row->estimate, want[i], 0, "estimate");
			check_close(row->se, want[i], 0, "se");
			cr_expect(isnan(row->ci_low) && isnan(row->ci_high));
			check_close(row->n, 0, 0, "n");
		}
	}
}

/* Levels of one question in one group are a family too. */
Test(estimate, families_of_levels)
{
	struct estimate_options o = filed_options(STATISTIC_DISTRIBUTION);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_LEVELS, "q", NULL);
	filed_read(f, "w,q\n1,a\n1,b\n1,c\n1,b\n1,a\n");
	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 6};
	o.hide = true;
	r = filed_tally(f, &o);
	for (size_t i = 0; i < r->n; i++)
		check_hidden(&r->row[i], true, 5);
}

/* Of 20 rows a count may be shown (10 are asked for), a mean may not (30): NCHS. */
Test(estimate, counts_and_means)
{
	char rows[256] = "w,q\n";
	struct estimate_options o = filed_options(STATISTIC_TOTAL);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	for (size_t i = 0; i < 20; i++)
		strcat(rows, i % 2 ? "1,1\n" : "1,0\n");
	filed_variable(f, VARIABLE_SHARE, "q", "1");
	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	filed_read(f, rows);
	o.suppress.rule = SUPPRESS_NCHS;
	r = filed_tally(f, &o);
	cr_expect(eq(int, (int)filed_row(r, "", "q", "1")->flags, 0));
	cr_expect(eq(int, (int)filed_row(r, "", "q", "")->flags, FLAG_CAUTION));
	o.statistic = STATISTIC_MEAN;
	cr_expect(eq(int, (int)filed_row(filed_tally(f, &o), "", "q", "1")->flags, FLAG_CAUTION));
}

/* ---- lonely strata ------------------------------------------------------------------------- */

Test(estimate, lonely_strata_are_flagged)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "s", "p", "");
	const struct result_row *row;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,s,p,y\n1,A,1,1\n1,A,2,3\n1,B,3,4\n");
	row = filed_row(filed_tally(f, &o), "", "y", "");
	cr_expect(ne(int, (int)(row->flags & FLAG_LONELY), 0));
	cr_expect(row->se > 0);
	o.lonely = LONELY_FAIL;
	row = filed_row(filed_tally(f, &o), "", "y", "");
	cr_expect(isnan(row->se) && isnan(row->ci_low) && isnan(row->deff));
	check_close(row->estimate, 8.0 / 3, 1e-15, "the mean stands");
	cr_expect(row->reason[LANG_EN].n > 0);
	filed_same(filed_tally(f, &o), filed_rowwise(f, &o));
}
