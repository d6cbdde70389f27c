#include "help.h"
#include "output/numbering.h"

#include <string.h>

TestSuite(numbering, .fini = clean);

static struct phrases phrases_in(enum lang lang)
{
	struct diag why = {0};
	struct phrases p;

	cr_assert(phrases_read(&arena, ".", lang, &p, &why), "%s", why.item[0].words);
	return p;
}

/* Roman figures of sections and Arabic ones below them are those of official documents. */
Test(numbering, counts)
{
	static const struct {
		const char *page, *want;
	} cases[] = {
		{"", ""},
		{"no number", "no number"},
		{"# A\n## B\n## C\n### D\n### E\n# F\n## G",
		 "# I. A\n## 1. B\n## 2. C\n### a) D\n### b) E\n# II. F\n## 1. G"},
		{"# A\n# B\n# C\n# D\n# E\n# F\n# G\n# H\n# I\n# J",
		 "# I. A\n# II. B\n# III. C\n# IV. D\n# V. E\n# VI. F\n# VII. G\n# VIII. H\n# IX. "
		 "I\n"
		 "# X. J"},
		{"# A {.unnumbered}\n# B", "# A {.unnumbered}\n# I. B"},
		{"#A\n#### B", "#A\n#### B"},
		/* words are no class, braces of a name are escaped */
		{"# A.annex\n# B.unnumbered\n# C \\{.annex\\}",
		 "# I. A.annex\n# II. B.unnumbered\n# III. C \\{.annex\\}"},
		{"# A {.annex}\n## B\n## C", "# Phụ lục. A {.annex}\n## 1. B\n## 2. C"},
		{"# S\n## T\n# A {#annex:a .annex}\n## B\n# C {.annex}\n## D",
		 "# I. S\n## 1. T\n# Phụ lục I. A {#annex:a .annex}\n## 1. B\n# Phụ lục II. C "
		 "{.annex}\n"
		 "## 1. D"},
		{"see [@](#annex:a)\n# A {#annex:a .annex}",
		 "see Phụ lục\n# Phụ lục. A {#annex:a .annex}"},
		{"[@](#fig:b), [@](#fig:a) and [@](#tbl:t).\n![x](f.svg){#fig:a alt=\"y\"}\n"
		 "![x](f.svg){#fig:b}\nTable: c {#tbl:t}\n[@](#tbl:t)",
		 "[Hình 2](#fig:b), [Hình 1](#fig:a) and [Bảng 1](#tbl:t).\n"
		 "![x](f.svg){#fig:a alt=\"y\"}\n![x](f.svg){#fig:b}\nTable: c {#tbl:t}\n"
		 "[Bảng 1](#tbl:t)"},
		{"text {#fig:none} is no figure", "text {#fig:none} is no figure"},
	};
	struct phrases p = phrases_in(LANG_VI);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct text got = {"", 0};

		cr_expect(numbering_apply(&p, span_of(cases[i].page), &got, &why), "row %zu: %s", i,
			  why.item[0].words);
		check_string(arena_string(&arena, got), cases[i].want);
	}
}

Test(numbering, speaks_english)
{
	struct phrases p = phrases_in(LANG_EN);
	struct diag why = {0};
	struct text got;

	cr_assert(numbering_apply(
		&p,
		span_of("[@](#tbl:t), [@](#annex:b)\nTable: c {#tbl:t}\n# A {.annex}\n"
			"# B {#annex:b .annex}"),
		&got, &why));
	check_string(arena_string(&arena, got),
		     "[Table 1](#tbl:t), Annex II\nTable: c {#tbl:t}\n# Annex I. A {.annex}\n"
		     "# Annex II. B {#annex:b .annex}");
}

Test(numbering, refuses)
{
	static const struct {
		const char *page, *fragment;
	} cases[] = {
		{"![x](f.svg){#fig:a}\n[@](#fig:a)", "shows \"fig:a\" before its text mentions it"},
		{"Table: c {#tbl:t}", "shows \"tbl:t\" before its text mentions it"},
		{"[@](#fig:b)", "refers to \"fig:b\", which it has not"},
		{"[@](#annex:b)\n# A {#annex:a .annex}", "refers to \"annex:b\""},
		{"[@](#fig:a)\n![x](f){#fig:a}\n![x](g){#fig:a}", "two figures, tables or annexes"},
	};
	struct phrases p = phrases_in(LANG_VI);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct text got;

		cr_expect_not(numbering_apply(&p, span_of(cases[i].page), &got, &why), "row %zu",
			      i);
		cr_expect(strstr(why.item[0].words, cases[i].fragment) != NULL, "row %zu: %s", i,
			  why.item[0].words);
	}
}
