#include "help.h"

#include "survey/heading.h"

TestSuite(heading, .fini = clean);

static const char bytes[] = "id,q1,q2,q3,sex,q-a,q-b,tu\u00f4\u0309i,empty\n"
			    "a1,1,2,.,1,5,1,7,\n"
			    "a2,NA,2.5,3,,6,1,8,NA\n"
			    "a3,3,x,-1e2,2,7,1,9,.\n";

static struct heading read(bool numeric)
{
	struct heading h;
	struct diag why = {0};

	cr_assert(
		heading_read(&arena, file_of("a.csv", bytes, sizeof bytes - 1), numeric, &h, &why),
		"%s", why.item[0].words);
	return h;
}

/* Blank, NA and . are no words; a column of nothing else is no column of numbers. */
Test(heading, columns_of_numbers)
{
	static const bool want[] = {false, true, false, true, true, true, true, true, false};
	struct heading h = read(true);

	cr_assert(eq(sz, h.n, COUNT(want)));
	for (size_t i = 0; i < h.n; i++)
		cr_expect(h.numeric[i] == want[i], "column %zu", i);
	cr_expect(zero(ptr, read(false).numeric));
	cr_expect(eq(sz, read(false).n, COUNT(want)));
}

Test(heading, names_are_nfc)
{
	struct heading h = read(false);

	cr_expect(heading_has(&h, span_of("tu\u1ed5i")));
	cr_expect(heading_has(&h, span_of("q1")));
	cr_expect(not(heading_has(&h, span_of("Q1"))));
	cr_expect(not(heading_has(&h, span_of("q"))));
}

static void check_list(const char *list, const char *want)
{
	static const struct text used[] = {TEXT("sex"), TEXT("q-b")};
	struct heading h = read(true);
	struct diag why = {0};
	struct text *out, got = {"", 0};
	size_t n;

	cr_assert(heading_expand(&arena, &h, span_of(list), used, COUNT(used), &out, &n, &why),
		  "%s: %s", list, why.item[0].words);
	for (size_t i = 0; i < n; i++)
		got = arena_format(&arena, "%.*s%s%.*s", SPAN_ARG(got), i ? " " : "",
				   SPAN_ARG(out[i]));
	check_text(got, want);
}

Test(heading, lists)
{
	check_list("q2", "q2");
	check_list("id-q1", "id q1");
	check_list("q3,q1", "q3 q1"); /* the order of the list */
	check_list("q1-q3", "q1 q2 q3");
	check_list("q1,q1-q3,q2", "q1 q2 q3"); /* each once */
	check_list("q-a", "q-a");              /* a name before a range */
	check_list("sex-q-b", "sex q-a q-b");
	check_list("q-a-q-b", "q-a q-b");
	check_list("q1-q1", "q1");
	check_list("all", "q1 q3 q-a tu\u1ed5i"); /* neither words nor what is used */
	check_list("id,all", "id q1 q3 q-a tu\u1ed5i");
	check_list("sex,all", "sex q1 q3 q-a tu\u1ed5i");
	check_list("tu\u00f4\u0309i", "tu\u1ed5i");
}

Test(heading, what_is_refused)
{
	static const struct {
		const char *list, *fragment, *hint;
	} cases[] = {
		{"q9", "has no column \"q9\"", ""},
		{"q3-q1", "has no column \"q3-q1\"", ""}, /* backwards */
		{"q1-q9", "has no column \"q1-q9\"", ""},
		{"", "has no column \"\"", ""},
		{"q1,", "has no column \"\"", ""},
		{"empti", "has no column \"empti\"", "did you mean \"empty\"?"},
	};
	struct heading h = read(true), words;
	struct text *out;
	size_t n;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};

		cr_expect(not(heading_expand(&arena, &h, span_of(cases[i].list), NULL, 0, &out, &n,
					     &why)),
			  "row %zu", i);
		check_problem(&why, 0, DIAG_USAGE, "", 0, 0, cases[i].fragment);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "%s", why.item[0].hint);
	}
	static const char no_numbers[] = "w,a\n1,x\n2,y\n";
	static const struct text used[] = {TEXT("w")};
	struct diag why = {0};

	cr_assert(heading_read(&arena, file_of("n.csv", "a,b\n1,2\n", 8), true, &words, &why));
	cr_assert(heading_expand(&arena, &words, span_of("all"), NULL, 0, &out, &n, &why));
	cr_expect(eq(sz, n, 2), "the first and the last column too");
	cr_assert(heading_read(&arena, file_of("w.csv", no_numbers, sizeof no_numbers - 1), true,
			       &words, &why));
	cr_expect(not(heading_expand(&arena, &words, span_of("all"), used, 1, &out, &n, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "no columns of numbers beside the design");
}

Test(heading, unreadable_files)
{
	struct heading h;
	struct diag why = {0}, ragged = {0};

	cr_expect(not(heading_read(&arena, "/nowhere/a.csv", false, &h, &why)));
	cr_expect(eq(sz, why.errors, 1));
	cr_expect(heading_read(&arena, file_of("r.csv", "a,b\n1\n", 6), false, &h, &ragged),
		  "nobody looked behind the header");
	cr_expect(not(heading_read(&arena, file_of("r.csv", "a,b\n1\n", 6), true, &h, &ragged)));
	cr_expect(eq(sz, ragged.item[0].line, 2));
}
