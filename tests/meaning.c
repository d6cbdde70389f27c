/* Where texts of a file get their meaning: spellings, missing codes, reasons that follow. */
#include "filed.h"

#include "analysis/change.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "survey/waves.h"

TestSuite(meaning, .fini = clean);

static const struct codebook *book_of(const char *rows)
{
	struct codebook *c = arena_new(&arena, 1, sizeof *c);
	struct diag why = {0};
	struct text s = arena_format(&arena,
				     "column,code,question_vi,question_en,kind,levels,satisfied,"
				     "missing,valid_min,valid_max\n%s",
				     rows);

	cr_assert(codebook_read(&arena, file_of("codebook.csv", s.at, s.n), c, &why));
	return c;
}

/* A missing code meets no condition either (where.h, answers.h). */
Test(meaning, a_missing_code_meets_no_condition)
{
	const struct codebook *book = book_of("q,I.1,,Words,likert,1|2,2,888=refused,,\n");
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_LEVELS, "q", NULL)->question = &book->at[0];
	cr_assert(where_parse(&arena, span_of("q>=2"), &f->plan.where, &f->why));
	filed_read(f, "w,q\n1,1\n1,2\n1,888\n");
	cr_expect(eq(sz, f->answers.selected, 1));
}

/* A listed code was asked and not answered; a blank was not asked; what no question knows is told.
 */
Test(meaning, what_was_left_unanswered)
{
	const struct codebook *book = book_of("q,I.1,,Words,likert,1|2,2,888=refused,,\n");
	struct filed *f = filed_plan("w", "", "", "");
	static const double expected[] = {0, 1, NAN, 0};

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_UNANSWERED, "q", NULL)->question = &book->at[0];
	filed_read(f, "w,q\n1,1\n1,888\n1,\n1,2\n");
	for (size_t i = 0; i < COUNT(expected); i++) {
		double y = columns_value(&f->columns, i, 0);

		cr_expect(isnan(expected[i]) ? isnan(y) : y == expected[i], "row %zu: %g", i, y);
	}
	f = filed_plan("w", "", "", "");
	f->plan.codebook = true;
	filed_variable(f, VARIABLE_UNANSWERED, "q", NULL)->question = &book->at[0];
	filed_try(f, "w,q\n1,1\n1,7\n");
	cr_expect(not(f->read));
	cr_expect(strstr(f->why.item[0].words, "\"7\" is no answer to \"I.1\"") != NULL);
}

Test(meaning, nfd_of_a_counted_level)
{
	struct filed *f = filed_plan("w", "", "", "");

	filed_variable(f, VARIABLE_SHARE, "l", "m\u1eb9");
	filed_read(f, "w,l\n1,me\u0323\n1,x\n");
	check_close(columns_value(&f->columns, 0, 0), 1, 0, "the level");
}

Test(meaning, nfd_of_a_condition)
{
	struct filed *f = filed_plan("w", "", "", "");

	cr_assert(
		where_parse(&arena, span_of("tuo\u0302\u0309i=m\u1eb9"), &f->plan.where, &f->why));
	filed_try(f, "w,tu\u1ed5i\n1,me\u0323\n1,x\n");
	cr_expect(f->read, "%s", f->why.item[0].words);
	cr_expect(eq(sz, f->answers.selected, 1));
}

Test(meaning, nfd_of_a_level_of_the_codebook)
{
	const struct codebook *book = book_of("q,I.1,,Words,category,m\u1eb9|b,,,,\n");
	struct filed *f = filed_plan("w", "", "", "");

	f->plan.codebook = true;
	filed_variable(f, VARIABLE_LEVELS, "q", NULL)->question = &book->at[0];
	filed_try(f, "w,q\n1,me\u0323\n1,b\n");
	cr_expect(f->read, "%s", f->why.item[0].words);
}

Test(meaning, nfd_of_a_stratum)
{
	struct filed *f = filed_read(filed_plan("w", "s", "", ""), "w,s\n1,me\u0323\n1,m\u1eb9\n");

	cr_expect(eq(sz, f->answers.frame.stage[0].n_strata, 1));
}

static void check_design(const char *rows, bool fine, const char *first)
{
	struct text s = arena_format(&arena, "role,column\nweight,w\n%s", rows);
	struct diag why = {0};
	struct design d;

	cr_expect(design_read(&arena, file_of("design.csv", s.at, s.n), &d, &why) == fine, "%s",
		  rows);
	if (fine)
		check_text(d.fpc[0], first);
}

Test(meaning, populations_by_their_number)
{
	check_design("psu,p\nssu,q\nfpc2,late\nfpc1,early\n", true, "early");
	check_design("psu,p\nfpcx,n\n", false, "");
	check_design("fpc1,n\nfpc2,m\nfpc3,k\n", false, ""); /* rows only: one stage */
}

Test(meaning, quotes_that_do_not_end)
{
	struct where w;
	struct diag why = {0};

	cr_expect(not(where_parse(&arena, span_of("a=\"x,b=1"), &w, &why)));
}

/* The reason is the one that an analyst can act on. */
Test(meaning, reasons)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "s", "p", "");

	o.lonely = LONELY_FAIL;
	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,s,p,y\n1,A,1,1\n1,A,2,3\n1,B,3,4\n");
	check_text(filed_row(filed_tally(f, &o), "", "y", "")->reason[LANG_EN],
		   "a stratum has one sampling unit only");
	o = filed_options(STATISTIC_RATIO);
	f = filed_plan("w", "", "p", "");
	filed_variable(f, VARIABLE_PAIR, "y", NULL)->over = span_of("x");
	filed_read(f, "w,p,y,x\n1,1,1,0\n1,2,3,0\n");
	cr_expect(not(span_is(filed_row(filed_tally(f, &o), "", "y/x", "")->reason[LANG_EN],
			      "no answers")));
}

/* One row has a value but no variance of values: it did answer, and no stratum
 * is lonely. */
Test(meaning, reason_of_a_variance_of_one_row)
{
	struct estimate_options o = filed_options(STATISTIC_VARIANCE);
	struct filed *f = filed_plan("w", "", "p", "");
	const struct result *r[2];

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_factor(f, "g");
	filed_read(f, "w,p,y,g\n1,1,1,a\n1,2,3,a\n1,3,5,c\n");
	r[0] = filed_tally(f, &o);
	r[1] = filed_rowwise(f, &o);
	for (size_t k = 0; k < 2; k++) {
		struct text reason = filed_row(r[k], "g=c", "y", "")->reason[LANG_EN];

		cr_expect(not(span_is(reason, "no answers")), "way %zu", k);
		cr_expect(not(span_is(reason, "a stratum has one sampling unit only")), "way %zu",
			  k);
	}
}

/* Without degrees of freedom there is no p-value and no
 * verdict. */
Test(meaning, a_change_without_degrees_of_freedom)
{
	struct survey s;
	struct result all = {0};
	struct diag why = {0};
	struct result_row was, row;

	gsl_set_error_handler_off();
	cr_assert(survey_read(&arena, FIXTURES, SMALL, &s, &why));
	published_result(&arena, &s, &all);
	rank_result(&s, &all);
	was = *result_find(&all, 2019, span_of("1"), span_of("01"));
	row = *result_find(&all, 2020, span_of("1"), span_of("01"));
	row.se = was.se = 0.3;
	row.df = 0;
	was.df = 5;
	row.level = 0.95;
	change_row(&arena, &s, &row, &was, 2019);
	cr_expect(isnan(row.p_value));
	cr_expect(eq(sz, row.verdict.n, 0));
}
