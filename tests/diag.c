#include "help.h"

TestSuite(diag, .fini = clean);

Test(diag, counts_and_first_error_decide)
{
	struct diag why = {0};

	diag_warn(&why, "w %d", 1);
	cr_assert(eq(sz, why.errors, 0));
	cr_assert(not(diag_fail(&why, DIAG_DATA, "first")));
	cr_assert(not(diag_at(&why, (struct place){"x.csv", 3, 4}, DIAG_USAGE, "second %s", "x")));
	cr_expect(eq(sz, why.errors, 2));
	cr_expect(eq(sz, why.warnings, 1));
	cr_expect(eq(int, (int)why.worst, DIAG_DATA));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "w 1");
	check_problem(&why, 1, DIAG_DATA, "", 0, 0, "first");
	check_problem(&why, 2, DIAG_USAGE, "x.csv", 3, 4, "second x");
}

/* A warning may have a place too; it is no error. */
Test(diag, warning_at_a_place)
{
	struct diag why = {0};

	diag_at(&why, (struct place){"a.csv", 1, 2}, DIAG_WARNING, "careful");
	cr_expect(eq(sz, why.errors, 0));
	cr_expect(eq(sz, why.warnings, 1));
}

Test(diag, all_are_counted_twenty_are_kept)
{
	struct diag why = {0};

	for (int i = 1; i <= 25; i++)
		diag_at(&why, (struct place){"x.csv", (size_t)i, 1}, DIAG_DATA, "problem %d", i);
	cr_expect(eq(sz, why.errors, 25));
	cr_expect(eq(sz, why.kept, 20));
	check_problem(&why, 0, DIAG_DATA, "x.csv", 1, 1, "problem 1");
	check_problem(&why, 19, DIAG_DATA, "x.csv", 20, 1, "problem 20");
}

Test(diag, hint_belongs_to_the_last_problem)
{
	struct diag why = {0};

	cr_expect(not(diag_hint(&why, "nobody is told")));
	diag_fail(&why, DIAG_USAGE, "one");
	diag_fail(&why, DIAG_USAGE, "two");
	cr_expect(not(diag_hint(&why, "do %d", 7)));
	check_string(why.item[0].hint, "");
	check_string(why.item[1].hint, "do 7");
}

/* diag.h: "on the problem added last (if it was kept)". */
Test(diag, hint_for_a_problem_not_kept_is_dropped)
{
	struct diag why = {0};

	for (int i = 1; i <= 21; i++)
		diag_fail(&why, DIAG_DATA, "problem %d", i);
	diag_hint(&why, "belongs to number 21");
	check_string(why.item[19].hint, "");
}

/* "ờ" is three bytes: a cut at any of them must leave whole characters. */
Test(diag, long_sentences_are_cut_between_characters)
{
	char words[3 * 400 + 3];

	for (size_t shift = 0; shift < 3; shift++) {
		struct diag why = {0};
		size_t n = shift;

		memset(words, 'x', shift);
		for (int i = 0; i < 400; i++, n += 3)
			memcpy(words + n, "ờ", 3);
		words[n] = '\0';
		diag_fail(&why, DIAG_DATA, "%s", words);
		size_t kept = strlen(why.item[0].words);

		cr_expect(eq(sz, (kept - shift) % 3, 0), "shift %zu kept %zu", shift, kept);
		cr_expect(ge(sz, kept, sizeof why.item[0].words - 3), "no whole character is lost");
	}
}

Test(diag, long_paths_keep_the_name_of_the_file)
{
	char path[600];
	struct diag why = {0};

	memset(path, 'd', sizeof path);
	memcpy(path + sizeof path - 12, "/scores.csv", 12);
	diag_at(&why, (struct place){path, 1, 1}, DIAG_DATA, "x");
	check_problem(&why, 0, DIAG_DATA, "scores.csv", 1, 1, "x");
	cr_expect(eq(sz, strlen(why.item[0].file), sizeof why.item[0].file - 1));
}

/* A path of just the size of its room, and one byte less and more. */
Test(diag, paths_at_the_edge)
{
	for (size_t n = sizeof((struct diag_item *)0)->file - 1;
	     n <= sizeof((struct diag_item *)0)->file + 1; n++) {
		char path[300];
		struct diag why = {0};

		memset(path, 'p', n);
		path[n] = '\0';
		diag_at(&why, (struct place){path, 511, 1}, DIAG_DATA, "x");
		cr_expect(eq(sz, strlen(why.item[0].file), sizeof why.item[0].file - 1), "%zu", n);
		cr_expect(eq(sz, why.item[0].line, 511), "%zu", n);
	}
}

/* 18 warnings here and 3 there, 2 errors there: 23 problems, of which the 20 kept are both errors
 * and the first 18 warnings. */
Test(diag, appended_problems_count_as_if_found_here)
{
	struct diag why = {0}, more = {0};

	for (int i = 1; i <= 18; i++)
		diag_warn(&why, "own %d", i);
	diag_warn(&more, "theirs 1");
	diag_fail(&more, DIAG_TOOL, "theirs 2");
	diag_hint(&more, "mend it");
	diag_at(&more, (struct place){"a.csv", 3, 4}, DIAG_DATA, "theirs 3");
	diag_warn(&more, "theirs 4");
	diag_warn(&more, "theirs 5");
	diag_append(&why, &more);

	cr_expect(eq(sz, why.warnings, 21));
	cr_expect(eq(sz, why.errors, 2));
	cr_expect(eq(int, (int)why.worst, (int)DIAG_TOOL));
	cr_expect(eq(sz, why.kept, DIAG_KEPT));
	check_string(why.item[0].words, "own 1");
	check_problem(&why, 18, DIAG_TOOL, "", 0, 0, "theirs 2");
	check_string(why.item[18].hint, "mend it");
	check_problem(&why, 19, DIAG_DATA, "a.csv", 3, 4, "theirs 3");
	cr_expect(not(why.last_kept));
}

/* Those that the other collection only counted are counted here. */
Test(diag, appended_problems_that_were_not_kept_are_counted)
{
	struct diag why = {0}, more = {0};

	for (int i = 0; i < 25; i++)
		diag_fail(&more, DIAG_DATA, "error %d", i);
	for (int i = 0; i < 4; i++)
		diag_warn(&more, "warning %d", i);
	diag_append(&why, &more);
	cr_expect(eq(sz, why.errors, 25));
	cr_expect(eq(sz, why.warnings, 4));
	cr_expect(eq(sz, why.kept, DIAG_KEPT));
	diag_append(&why, &(struct diag){0});
	cr_expect(eq(sz, why.errors, 25));
}

/* Notes are told once, count for nothing and make room for what is wrong. */
Test(diag, notes_stand_once_and_make_room)
{
	struct diag why = {0}, more = {0};

	diag_note(&why, "a.csv", "read as UTF-16");
	diag_note(&why, "a.csv", "read as UTF-16");
	diag_note(&why, "b.csv", "read as UTF-16");
	cr_expect(eq(sz, why.kept, 2));
	cr_expect(eq(sz, why.errors + why.warnings, 0));
	diag_note(&more, "a.csv", "read as UTF-16");
	diag_note(&more, NULL, "two rows set aside");
	diag_append(&why, &more);
	cr_expect(eq(sz, why.kept, 3));
	check_problem(&why, 2, DIAG_NOTE, "", 0, 0, "two rows set aside");
	for (int i = 1; i <= 17; i++)
		diag_warn(&why, "warning %d", i);
	diag_note(&why, NULL, "no room");
	cr_expect(eq(sz, why.kept, DIAG_KEPT));
	diag_warn(&why, "one more");
	check_problem(&why, 19, DIAG_WARNING, "", 0, 0, "one more");
	diag_fail(&why, DIAG_DATA, "wrong");
	check_problem(&why, 0, DIAG_NOTE, "a.csv", 0, 0, "read as UTF-16");
	check_problem(&why, 1, DIAG_WARNING, "", 0, 0, "warning 1");
	check_problem(&why, 19, DIAG_DATA, "", 0, 0, "wrong");
	cr_expect(eq(sz, why.warnings, 18));
	cr_expect(eq(sz, why.errors, 1));
}
