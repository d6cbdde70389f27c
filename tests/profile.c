#include "help.h"

#include "survey/profile.h"

#include <math.h>

TestSuite(profile, .fini = clean);

static const char book[] = "era,column,code,question_vi,question_en,kind,levels,satisfied,missing,"
			   "valid_min,valid_max\n"
			   ",q1,q1,a,a,likert,1=no|2=so|3=yes,3,8=refused|9,,\n"
			   ",age,age,a,a,number,,,99=unknown,18,90\n"
			   ",why,why,a,a,text,,,,,\n";

static struct profile take(const char *column, const char *const *cells, size_t n)
{
	struct codebook *b = arena_new(&arena, 1, sizeof *b);
	struct profile p;
	struct diag why = {0};
	double answer;

	cr_assert(codebook_read(&arena, file_of("codebook.csv", book, sizeof book - 1), b, &why),
		  "%s", why.item[0].words);
	profile_start(&arena, span_of(column), codebook_column(b, span_of(""), span_of(column)),
		      true, &p);
	for (size_t i = 0; i < n; i++)
		profile_take(&p, span_of(cells[i]), &answer);
	return p;
}

Test(profile, levels_and_kinds_of_missing)
{
	static const char *const cells[] = {"1", "3", "3.0", "", "8", "9", "9", "4", "x", "3"};
	struct profile p = take("q1", cells, COUNT(cells));

	cr_expect(eq(sz, p.valid, 4));
	cr_expect(eq(sz, p.blank, 1));
	cr_expect(eq(sz, p.coded, 3));
	cr_expect(eq(sz, p.strange, 2));
	cr_expect(eq(sz, p.by_code[0], 1));
	cr_expect(eq(sz, p.by_code[1], 2));
	cr_expect(eq(sz, p.by_level[0], 1));
	cr_expect(eq(sz, p.by_level[1], 0));
	cr_expect(eq(sz, p.by_level[2], 3));
	cr_expect(eq(dbl, p.low, 1));
	cr_expect(eq(dbl, p.high, 3));
	cr_expect(eq(sz, profile_missing(&p), 4));
	cr_expect(eq(sz, profile_rows(&p), 10));
	cr_expect(eq(int, (int)profile_content(&p), PROFILE_WHOLE));
}

Test(profile, ranges_hold_their_bounds)
{
	static const char *const cells[] = {"18", "90", "17.9", "90.1", "99", "20.5", "old"};
	struct profile p = take("age", cells, COUNT(cells));

	cr_expect(eq(sz, p.valid, 3));
	cr_expect(eq(sz, p.strange, 3));
	cr_expect(eq(sz, p.coded, 1));
	cr_expect(eq(dbl, p.low, 18));
	cr_expect(eq(dbl, p.high, 90));
	cr_expect(eq(int, (int)profile_content(&p), PROFILE_NUMBER));
}

/* A column that the codebook lacks: NA is a word there. */
Test(profile, other_columns)
{
	static const char *const cells[] = {"a", "NA", "", "5"};
	struct profile p = take("other", cells, COUNT(cells));

	cr_expect(eq(sz, p.valid, 3));
	cr_expect(eq(sz, p.blank, 1));
	cr_expect(eq(int, (int)profile_content(&p), PROFILE_TEXT));
	cr_expect(eq(sz, profile_different(&p), 3));
	cr_expect(eq(int, (int)profile_content(&(struct profile){0}), PROFILE_NOTHING));
}

Test(profile, without_a_codebook)
{
	static const char *const cells[] = {"NA", ".", "", "-2", "7"};
	struct profile p;
	double answer;

	profile_start(&arena, span_of("x"), NULL, false, &p);
	for (size_t i = 0; i < COUNT(cells); i++)
		profile_take(&p, span_of(cells[i]), &answer);
	cr_expect(eq(dbl, answer, 7));
	cr_expect(eq(sz, p.blank, 3));
	cr_expect(eq(sz, p.valid, 2));
	cr_expect(eq(dbl, p.low, -2));
}

/* Behind the first thousand texts values are counted still. */
Test(profile, many_values)
{
	struct profile p;
	double answer;

	profile_start(&arena, span_of("id"), NULL, false, &p);
	for (size_t i = 0; i < PROFILE_VALUES; i++)
		profile_take(&p, arena_format(&arena, "%zu", i + 10), &answer);
	cr_expect(not(p.many));
	profile_take(&p, span_of("10"), &answer);
	cr_expect(not(p.many));
	profile_take(&p, span_of("99999"), &answer);
	profile_take(&p, span_of("0"), &answer);
	cr_expect(p.many);
	cr_expect(eq(sz, p.valid, PROFILE_VALUES + 3));
	cr_expect(eq(dbl, p.high, 99999));
	cr_expect(eq(dbl, p.low, 0));
	cr_expect(eq(sz, p.seen->n, PROFILE_VALUES));
}

Test(profile, answers_of_words_differ)
{
	struct profile p;
	double a, b, c;

	profile_start(&arena, span_of("x"), NULL, false, &p);
	profile_take(&p, span_of("yes"), &a);
	profile_take(&p, span_of("no"), &b);
	profile_take(&p, span_of("yes"), &c);
	cr_expect(eq(dbl, a, c));
	cr_expect(ne(dbl, a, b));
	profile_take(&p, span_of(""), &c);
	cr_expect(isnan(c));
}
