#include "help.h"
#include "output/template.h"

TestSuite(template, .fini = clean);

static const struct field fields[] = {
	{"a", TEXT("A")}, {"b", TEXT("B {{a}} <&>")}, {"none", TEXT("")}};

static bool fill(const char *page, const char **got, struct diag *why)
{
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	bool ok = template_fill("page.md", span_of(page), fields, COUNT(fields), out, why);

	fclose(out);
	*got = arena_string(&arena, (struct text){bytes, n});
	free(bytes);
	return ok;
}

Test(template, fills)
{
	static const struct {
		const char *page, *want;
	} cases[] = {
		{"", ""},
		{"no holes { } {", "no holes { } {"},
		{"x{{a}}y{{a}}", "xAyA"},
		{"{{b}}", "B {{a}} <&>"}, /* a value is not read again */
		{"{{none}}|", "|"},
		{"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "yes"},
		{"{{#none}}yes{{/none}}{{^none}}no{{/none}}", "no"},
		{"{{#a}}1{{#none}}2{{/none}}3{{^none}}4{{a}}{{/none}}{{/a}}", "134A"},
		{"{{#none}}{{#a}}x{{/a}}{{a}}{{/none}}.", "."},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		const char *got;

		cr_expect(fill(cases[i].page, &got, &why), "row %zu: %s", i, why.item[0].words);
		check_string(got, cases[i].want);
	}
}

Test(template, refuses)
{
	static const struct {
		const char *page;
		size_t line;
		const char *fragment;
	} cases[] = {
		{"a\n{{b}}\n{{unknown}}", 3, "no value has the name \"unknown\""},
		{"{{ a }}", 1, "no value has the name \" a \""},
		{"\n{{#a}}x", 2, "this section is not closed: \"a\""},
		{"{{#a}}{{#none}}{{/a}}{{/none}}", 1, "nothing is open that this closes: \"a\""},
		{"{{/a}}", 1, "nothing is open that this closes: \"a\""},
		{"x\n\n{{a", 3, "a tag is not closed"},
		{"{{#none}}{{unknown}}{{/none}}", 1, "no value has the name"}, /* hidden ones too */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		const char *got;

		cr_expect(not(fill(cases[i].page, &got, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "page.md", cases[i].line, 0, cases[i].fragment);
	}
}
