#include "tallies.h"

#include <math.h>

TestSuite(tally_csv, .fini = clean);

#define FRAME "h1,u1,g1,selected,rows,w,ww"
#define SHARES FRAME ",n1,w1,ww1,k1,wy1"

/* Three units, one of them twice, in an order of its own; a part without sex; one that does not
 * meet the conditions. */
static const char parts[] = "s2,p3,f,1,1,2.5,6.25,1,2.5,6.25,1,2.5\n"
			    "s1,p1,f,1,3,6,14,2,5,13,1,2\n"
			    "s1,p2,,1,1,1,1,1,1,1,0,0\n"
			    "s1,p2,f,0,4,8,16,0,0,0,0,0\n"
			    "s1,p1,f,1,1,0.25,0.0625,1,0.25,0.0625,0,0\n"
			    "s1,p1,m,1,1,4,16,0,0,0,0,0\n";

/* By hand: of women n = 1 + 2 + 1, w = 2.5 + 5 + 0.25, w^2 = 6.25 + 13 + 0.0625, wy = 2.5 + 2. */
Test(tally_csv, sums_of_parts)
{
	struct tallied_file *t = tallied_one(tally_csv(PLAN_OF(SHARE), SHARES, parts));
	struct moments f, m;

	cr_assert(t->read, "%s", t->why.item[0].words);
	cr_expect(eq(sz, t->answers.rows, 11));
	cr_expect(eq(sz, t->answers.selected, 7));
	cr_expect(eq(dbl, t->answers.weight_sum, 21.75));
	cr_expect(eq(sz, tally_parts(&t->tally), 5)); /* p1 of women once */
	cr_expect(eq(sz, frame_leaves(&t->answers.frame), 3));
	f = moments_of(t, "f", 0, NULL);
	cr_expect(eq(dbl, f.n, 4));
	cr_expect(eq(dbl, f.w, 7.75));
	cr_expect(eq(dbl, f.ww, 19.3125));
	cr_expect(eq(dbl, f.wy, 4.5));
	cr_expect(eq(dbl, f.ones, 2));
	m = moments_of(t, "m", 0, NULL);
	cr_expect(eq(dbl, m.n, 0));
	cr_expect(t->tally.sums.exact);
}

/* Sums of a number are told of the number itself: y = 10 and 12 with weights 1 and 3:
 * w = 4, wy = 46, wyy = 532; about their mean of 11.5 the squares are 3. */
Test(tally_csv, numbers)
{
	struct tallied_file *t = tallied_one(
		tally_csv(PLAN_OF(NUMBER), FRAME ",n1,w1,ww1,wy1,wyy1",
			  "s1,p1,f,1,1,1,1,1,1,1,10,100\ns1,p2,f,1,1,3,9,1,3,9,36,432\n"));
	struct moments f;

	cr_assert(t->read, "%s", t->why.item[0].words);
	f = moments_of(t, "f", 0, NULL);
	cr_expect(eq(dbl, f.n, 2));
	cr_expect(eq(dbl, f.wy + f.shift * f.w, 46));
	cr_expect(eq(dbl, f.wyy - f.wy * f.wy / f.w, 3));
}

/* Levels in the file's order; a level that another file has besides is one more. */
Test(tally_csv, levels)
{
	const char *header = FRAME ",n1,w1,ww1,n1_1,n1_2,w1_1,w1_2";
	const char *file[] = {
		arena_string(&arena, span_of(tally_csv(PLAN_OF(LEVELS), header,
						       "s1,p1,f,1,3,3,3,3,3,3,2,1,2,1\n"))),
		NULL};
	struct text first = bytes_of(file[0]), other;
	struct tallied_file *t;
	size_t at = span_find(first, (struct text)TEXT("[\"\"a\"\",\"\"b\"\"]"));

	file[0] = file_of("one.csv", first.at, first.n);
	cr_assert(at != SPAN_NOWHERE);
	other = arena_format(&arena, "%.*s[\"\"c\"\",\"\"a\"\"]%.*s", (int)at, first.at,
			     (int)(first.n - at - 13), first.at + at + 13);
	file[1] = file_of("two.csv", other.at, other.n);
	t = tallied(2, file);
	cr_assert(t->read, "%s", t->why.item[0].words);
	cr_expect(
		eq(dbl, moments_of(t, "f", 0, "a").ones, 3)); /* 2 of the first, 1 of the second */
	cr_expect(eq(dbl, moments_of(t, "f", 0, "b").wy, 1));
	cr_expect(eq(dbl, moments_of(t, "f", 0, "c").wy, 2));
	cr_expect(eq(dbl, moments_of(t, "f", 0, "c").w, 6));
}

/* What is written reads as it was, in whatever order it was read. */
Test(tally_csv, written_and_read_back)
{
	struct tallied_file *t = tallied_one(tally_csv(PLAN_OF(SHARE), SHARES, parts)), *again;
	struct text once = written(t, false, "once.csv"), twice;

	cr_assert(t->read);
	check_text((struct text){once.at, 5}, "tally");
	cr_expect(span_holds(once, (struct text)TEXT("\n,s1,p1,f,1,4,6.25,14.0625,3,5.25,13.0625,"
						     "1,2\n,s1,p1,m,1,1,4,16,0,0,0,0,0\n")));
	again = tallied_one(file_of("back.csv", once.at, once.n));
	cr_assert(again->read, "%s", again->why.item[0].words);
	twice = written(again, false, "twice.csv");
	cr_expect(span_equal(once, twice));
}

Test(tally_csv, which_files_are_tallies)
{
	cr_expect(tally_csv_is(tally_csv(PLAN_OF(SHARE), SHARES, parts)));
	cr_expect(not(tally_csv_is(file_of("a.csv", "tally,w,q\nx,1,2\n", 16))));
	cr_expect(not(tally_csv_is(file_of("b.csv", "", 0))));
	cr_expect(not(tally_csv_is("/nowhere")));
	cr_expect(not(tally_csv_is("/tmp")));
	cr_expect(not(tally_csv_is("/dev/null")));
}

static const struct {
	const char *header, *part, *fragment;
	size_t column;
} refused[] = {
	{"h1,u1,g1,selected,rows,w,n1,w1,ww1,k1,wy1", "s,p,f,1,1,1,1,1,1,0,0", "\"ww\"", 1},
	{FRAME ",n1,w1,ww1,k1,wy1,n2", "s,p,f,1,1,1,1,1,1,1,0,0,0", "\"n2\" is not one", 52},
	{SHARES, "s,p,f,yes,1,1,1,1,1,1,0,0", "\"yes\" is not 1 or 0", 8},
	{SHARES, "s,p,f,1,1.0,1,1,1,1,1,0,0", "\"1.0\" is not a number of rows", 10},
	{SHARES, "s,p,f,1,,1,1,1,1,1,0,0", "\"\" is not a number of rows", 10},
	{SHARES, "s,p,f,1,1,1,1,1,x,1,0,0", "\"x\" is not a number", 18},
	{SHARES, "s,p,f,1,1,1,1,1,,1,0,0", "\"\" is not a number", 18},
	{SHARES, "s,p,f,1,0,1,1,1,1,1,0,0", "without rows", 1},
	{SHARES, "s,p,f,1,1,0,1,1,1,1,0,0", "without rows or weights", 1},
	{SHARES, "s,p,f,1,1,1,1,2,1,1,0,0", "more answers than rows", 1},
	{SHARES, "s,p,f,1,1,1,1,1,1,1,2,1", "more answers that count", 1},
	{SHARES, "s,p,f,1,1,1,1,0,1,1,0,0", "answers without weight, or weight", 1},
	{SHARES, "s,p,f,1,1,1,1,1,2,1,0,0", "more weight than the rows", 1},
	{SHARES, "s,p,f,1,2,2,2,2,2,2,1,3", "of what counts", 1},
	{SHARES, "s,p,f,1,2,2,2,2,2,2,0,1", "of what counts", 1},
	{SHARES, ",p,f,1,1,1,1,1,1,1,0,0", "design is blank", 2},
	{SHARES, "s,NA,f,1,1,1,1,1,1,1,0,0", "design is blank", 4},
};

Test(tally_csv, refusals)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct tallied_file *t =
			tallied_one(tally_csv(PLAN_OF(SHARE), refused[i].header, refused[i].part));
		size_t line = refused[i].header == refused[0].header || i < 2 ? 1 : 3;

		cr_expect(not(t->read), "%zu", i);
		check_problem(&t->why, 0, DIAG_DATA, "t.csv", line, refused[i].column,
			      refused[i].fragment);
	}
}

/* Digits that no sum has: 10^40, and a fraction of 31 places. */
Test(tally_csv, too_many_digits)
{
	static const char *const numbers[] = {"10000000000000000000000000000000000000000",
					      "0.0000000000000000000000000000001"};

	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct tallied_file *t = tallied_one(
			tally_csv(PLAN_OF(SHARE), SHARES,
				  arena_format(&arena, "s,p,f,1,1,1,%s,1,1,1,0,0", numbers[i]).at));

		cr_expect(not(t->read));
		check_problem(&t->why, 0, DIAG_DATA, "t.csv", 3, 14, "too many digits");
	}
}
