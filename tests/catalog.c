#include "help.h"

#include "survey/catalog.h"

TestSuite(catalog, .fini = clean);

Test(catalog, share_is_the_first_that_holds_provinces)
{
	const char *candidates[] = {NULL, "/nowhere", "/tmp", FIXTURES, SHIPPED}, *share = NULL;
	struct diag why = {0};

	cr_assert(catalog_find_share(candidates, 5, &share, &why));
	check_string(share, FIXTURES);
	cr_assert(not(catalog_find_share(candidates, 3, &share, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "are not found");
	cr_assert(strstr(why.item[0].hint, "--share") != NULL);
	cr_assert(not(catalog_find_share(candidates, 0, &share, &why)));
}

Test(catalog, files_and_folders)
{
	cr_expect(catalog_is_folder(SMALL));
	cr_expect(not(catalog_is_file(SMALL)));
	cr_expect(catalog_is_file(SMALL "/survey.csv"));
	cr_expect(not(catalog_is_folder(SMALL "/survey.csv")));
	cr_expect(not(catalog_is_file("/nowhere")));
	cr_expect(not(catalog_is_folder("/nowhere")));
	check_string(catalog_path(&arena, "a", "b"), "a/b");
}

/* `provinces` has no survey.csv: it is no survey. */
Test(catalog, surveys_by_name)
{
	static const char *const want[] = {"internal-example",  "papi", "par-index",
					   "par-index-example", "pci",  "sipas",
					   "sipas-example"};
	struct text *names;
	struct diag why = {0};
	size_t n;

	cr_assert(catalog_surveys(&arena, SHIPPED, &names, &n, &why));
	cr_assert(eq(sz, n, COUNT(want)));
	for (size_t i = 0; i < n; i++)
		check_text(names[i], want[i]);
	cr_assert(not(catalog_surveys(&arena, "/nowhere", &names, &n, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "/nowhere/surveys: No such file");
}

Test(catalog, survey_meant)
{
	static const struct {
		const char *word, *path;
	} cases[] = {
		{"papi", SHIPPED "/surveys/papi"},
		{SMALL, SMALL},
		{"x/y.csv", "x/y.csv"},
		{"my.csv", "my.csv"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path = NULL;
		struct diag why = {0};

		cr_expect(catalog_find_survey(&arena, SHIPPED, cases[i].word, &path, &why), "%s",
			  cases[i].word);
		check_string(path, cases[i].path);
	}
}

Test(catalog, survey_not_meant)
{
	static const struct {
		const char *word, *fragment, *hint;
	} cases[] = {
		{"papy", "no survey is named \"papy\"", "did you mean \"papi\"?"},
		{"PAPI ", "no survey is named \"PAPI \"", "did you mean \"papi\"?"},
		{"parindex", "no survey is named \"parindex\"", "did you mean \"par-index\"?"},
		{"wholly-else", "no survey is named", "hailong list names"},
		{"", "no survey is named \"\"", ""},
		{".csv", "no survey is named \".csv\"", ""},
		{"/nowhere/papi", "/nowhere/papi: no such survey folder", ""},
		{SHIPPED "/surveys/provinces", "the folder has no survey.csv", ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path = NULL;
		struct diag why = {0};

		cr_expect(not(catalog_find_survey(&arena, SHIPPED, cases[i].word, &path, &why)),
			  "%s", cases[i].word);
		check_problem(&why, 0, strchr(cases[i].word, '/') ? DIAG_DATA : DIAG_USAGE, "", 0,
			      0, cases[i].fragment);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "%s: %s", cases[i].word,
			  why.item[0].hint);
	}
}

Test(catalog, nearest)
{
	static const struct text names[] = {TEXT("Hưng Yên"), TEXT("Hà Nam"), TEXT("Hà Nội"),
					    TEXT("rank")};
	static const struct {
		const char *word, *want;
	} cases[] = {
		{"hung yne", "Hưng Yên"},
		{"Hưng Yênn", "Hưng Yên"},
		{"ha no", "Hà Nội"},
		{"rnak", "rank"},
		{"xyz", ""},
		{"papi", ""},
		{"", ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(catalog_nearest(&arena, span_of(cases[i].word), names, COUNT(names)),
			   cases[i].want);
	check_text(catalog_nearest(&arena, span_of("x"), names, 0), "");
}

/* Of two that are equally near, the first. */
Test(catalog, nearest_of_equals_is_the_first)
{
	static const struct text names[] = {TEXT("abcd"), TEXT("abce")};

	check_text(catalog_nearest(&arena, span_of("abcf"), names, 2), "abcd");
}
