/* Answers by groups of people: sipas-example (2024, Hưng Yên) and tests/data/share/surveys/asked.
 *
 * Expected numbers of sipas-example: R survey 4.1-1, svydesign(ids = ~psu, strata = ~interaction(
 * province, residence), weights = ~weight, nest = TRUE), subset of the province, per person the
 * satisfied and the valid answers to the 39 items, svyby(~satisfied, by, svyratio, denominator =
 * ~valid, covmat = TRUE); differences and their errors from its vcov, degf of each subset; p by pt.
 */
#include "cmd/forest.h"
#include "help.h"

#include <math.h>

TestSuite(forest, .fini = clean);

#define NEAR(x, expected)                                                                          \
	cr_expect(fabs((x) - (expected)) <= 1e-9 * fabs((double)(expected)), "%.17g", (x))

static struct session *session_of(const char *share, const char *by)
{
	struct session *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	*s = (struct session){.arena = &arena, .share = share};
	s->options.value[OPT_BY] = by;
	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &s->phrases, &why));
	return s;
}

static struct loaded *loaded_of(struct session *s, const char *survey)
{
	struct loaded *l = arena_new(&arena, 1, sizeof *l);
	struct diag why = {0};

	cr_assert(load_survey(s, survey, l, &why), "%s", why.item[0].words);
	return l;
}

static struct breakdown opened(const char *share, const char *survey, const char *by,
			       const char *province, long year)
{
	struct session *s = session_of(share, by);
	struct loaded *l = loaded_of(s, survey);
	struct diag why = {0};
	struct forest f;
	struct breakdown b;

	cr_assert(forest_open(s, l, year, span_of("total"), &f, &why), "%s", why.item[0].words);
	cr_assert(forest_find(&f, province_by_code(&l->survey.provinces, span_of(province), year),
			      &b, &why),
		  "%s", why.item[0].words);
	return b;
}

Test(forest, groups_and_differences_as_in_r)
{
	struct breakdown b = opened(SHIPPED, "sipas-example", "gender,A.residence", "33", 2024);
	const struct breakdown_group *g = b.variable[0].group, *h = b.variable[1].group;
	const struct result_row *d = &b.pairs.row[0], *e = &b.pairs.row[1];

	cr_assert(eq(sz, b.n, 2));
	cr_assert(eq(sz, b.pairs.n, 2));
	NEAR(g[0].row.estimate, 75.554140864603895);
	NEAR(g[0].row.se, 4.4955255581484019);
	NEAR(g[0].row.df, 21);
	NEAR(g[1].row.estimate, 90.312683482253604);
	NEAR(g[1].row.se, 1.8698428257483384);
	NEAR(h[1].row.estimate, 83.575266276702081);
	NEAR(h[0].row.se, 3.9004550878442941);
	NEAR(d->delta, 14.758542617649717);
	NEAR(d->delta_se, 5.3175812572137033);
	/* 2 * pt(-14.758542617649717 / 5.3175812572137033, 22), and twice that after Holm */
	NEAR(d->p_value, 0.0110336245672374);
	NEAR(d->p_adjusted, 2 * 0.0110336245672374);
	cr_expect(span_is(d->verdict, "increase"));
	NEAR(e->delta, 2.0561308594736372);
	NEAR(e->delta_se, 4.8065976773905481);
	cr_expect(span_is(e->verdict, "not_distinguishable"));
}

/* Who left the question out, refused or did not know: awk -F, '$2 == 33' counts 3 of them. */
Test(forest, nobody_is_dropped)
{
	struct breakdown b = opened(SHIPPED, "sipas-example", "gender,education", "33", 2024);

	cr_expect(eq(dbl, b.variable[0].unstated, 3));
	cr_expect(eq(dbl, b.variable[1].unstated, 4));
	cr_expect(eq(sz, b.variable[1].n, 6)); /* "Khác", which nobody chose, too */
	cr_expect(eq(dbl, b.variable[1].group[5].row.n, 0));
	cr_expect(eq(long, b.variable[1].group[5].row.year, 2024));
	cr_expect(isnan(b.variable[1].group[5].row.estimate));
	cr_expect(zero(int, (int)(b.variable[1].group[5].row.flags & FLAG_SUPPRESSED)));
}

/* Of two groups with 100 and 15 answers the small one is hidden, and the other with it; nothing is
 * said of their difference. */
Test(forest, small_groups_are_hidden_with_a_second)
{
	struct breakdown b = opened(SHIPPED, "sipas-example", "ethnicity", "33", 2024);
	const struct breakdown_group *g = b.variable[0].group;

	for (size_t i = 0; i < 2; i++) {
		cr_expect(isnan(g[i].row.estimate) && isnan(g[i].row.ci_low));
		cr_expect(g[i].row.flags & FLAG_SUPPRESSED);
		cr_expect(not(isnan(g[i].nation)));
	}
	cr_expect(span_is(g[1].row.reason[LANG_EN], "fewer than 30 answers"));
	cr_expect(zero(sz, b.pairs.n));
	cr_expect(zero(sz, b.variable[0].n_pairs));
}

/* Ages 35-49 and 50-60 are the groups with 30 answers; the others are in no pair. */
Test(forest, pairs_are_of_shown_groups)
{
	struct breakdown b = opened(SHIPPED, "sipas-example", "age_group", "33", 2024);

	cr_assert(eq(sz, b.variable[0].n_pairs, 1));
	cr_expect(eq(sz, b.variable[0].pair[0].first, 2));
	cr_expect(eq(sz, b.variable[0].pair[0].second, 3));
	NEAR(b.pairs.row[0].delta, 4.0177302274450266);
	NEAR(b.pairs.row[0].delta_se, 4.7421830547973416);
	cr_expect(eq(dbl, b.pairs.row[0].p_adjusted, b.pairs.row[0].p_value)); /* one pair */
}

/* Without --by the questions about the person, which "fee" (alone of its code) is not. */
Test(forest, by_the_person_unless_told)
{
	struct breakdown b = opened(FIXTURES, "asked", NULL, "02", 2022);

	cr_assert(eq(sz, b.n, 2));
	cr_expect(span_is(b.variable[0].question->column, "sex"));
	cr_expect(span_is(b.variable[1].question->column, "home"));
	cr_expect(zero(sz, b.name.n));
	cr_expect(span_is(opened(FIXTURES, "asked", "fee,sex", "02", 2022).name, "fee sex"));
}

static void refuses(const char *share, const char *survey, const char *by, long year,
		    enum diag_code code, const char *words, const char *hint)
{
	struct session *s = session_of(share, by);
	struct loaded *l = loaded_of(s, survey);
	struct diag why = {0};
	struct forest f;

	cr_expect(not(forest_open(s, l, year, span_of("total"), &f, &why)));
	cr_expect(eq(int, (int)why.worst, (int)code));
	cr_expect(strstr(why.item[0].words, words) != NULL, "%s", why.item[0].words);
	cr_expect(strstr(why.item[0].hint, hint) != NULL, "%s", why.item[0].hint);
}

Test(forest, what_makes_no_groups)
{
	refuses(FIXTURES, "asked", "age", 2022, DIAG_USAGE, "no question \"age\"", "sex, home");
	refuses(FIXTURES, "asked", "sex,,home", 2022, DIAG_USAGE, "no question \"\"", "sex, home");
	refuses(FIXTURES, "asked", "village", 2022, DIAG_USAGE, "\"village\"", "sex, home");
	refuses(FIXTURES, "asked", "sex,P.sex", 2022, DIAG_USAGE, "\"P.sex\" stands twice", "");
	refuses(FIXTURES, "small", NULL, 2020, DIAG_DATA, "published scores", "");
}

Test(forest, nobody_of_the_province_answered)
{
	struct session *s = session_of(FIXTURES, "sex");
	struct loaded *l = loaded_of(s, "asked");
	struct province other = {.name = span_of("Nơi khác")};
	struct diag why = {0};
	struct forest f;
	struct breakdown b;

	cr_assert(forest_open(s, l, 2022, span_of("total"), &f, &why));
	cr_expect(not(forest_find(&f, &other, &b, &why)));
	cr_expect(eq(int, (int)why.worst, DIAG_DATA));
	cr_expect(strstr(why.item[0].words, "Nơi khác has no answers of 2022") != NULL);
}

/* Words, and numbers without levels, make no groups; without any such question --by is asked for.
 */
Test(forest, questions_without_levels)
{
	struct session *s = session_of(FIXTURES, "sex");
	struct loaded *l = loaded_of(s, "asked");
	struct question *q = (struct question *)codebook_column(&l->survey.codebook, span_of("A"),
								span_of("sex"));
	struct diag words = {0}, numbers = {0}, none = {0};
	struct forest f;

	q->kind = QUESTION_TEXT;
	cr_expect(not(forest_open(s, l, 2022, span_of("total"), &f, &words)));
	cr_expect(strstr(words.item[0].words, "no question \"sex\" that makes groups") != NULL);
	q->kind = QUESTION_NUMBER;
	q->n_levels = 0;
	cr_expect(not(forest_open(s, l, 2022, span_of("total"), &f, &numbers)));
	s->options.value[OPT_BY] = NULL; /* "home" is now alone of its code */
	cr_expect(not(forest_open(s, l, 2022, span_of("total"), &f, &none)));
	cr_expect(eq(int, (int)none.worst, DIAG_USAGE));
	cr_expect(strstr(none.item[0].words, "no questions about the person") != NULL);
	cr_expect(strstr(none.item[0].hint, "--by takes ") != NULL &&
		  strstr(none.item[0].hint, "home") != NULL);
}
