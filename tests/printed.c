#include "help.h"

#include "base/mark.h"
#include "output/printed.h"
#include "output/sheet.h"

#include <math.h>

TestSuite(printed, .fini = clean);

static struct ledger ledger;
static struct printed_list list;
static struct text clean_page;

static struct text number(double value, const char *shown)
{
	struct measured of = {MEASURE_RESULT, NULL, NAN};

	ledger.arena = &arena;
	return ledger_mark(&ledger, NULL, &of, value, span_of(shown));
}

static void read_page(struct text page)
{
	printed_find(&arena, &ledger, page, &clean_page, &list);
}

static void check(size_t i, const char *text, size_t entry, enum printed_in in, const char *words)
{
	cr_assert(i < list.n, "%zu of %zu", i, list.n);
	const struct printed *p = &list.at[i];

	cr_expect(span_is(p->text, text), "%zu: %.*s", i, SPAN_ARG(p->text));
	cr_expect_eq(p->entry, entry, "%zu", i);
	cr_expect_eq(p->in, in, "%zu: %d", i, (int)p->in);
	cr_expect(span_is(p->words, words), "%zu: %.*s", i, SPAN_ARG(p->words));
	cr_expect(p->at + p->text.n <= p->words.n &&
		  memcmp(p->words.at + p->at, p->text.at, p->text.n) == 0);
}

/* One of each place, as sheet and template write them. */
Test(printed, places)
{
	struct text a = number(63.174, "63,17"), b = markdown_text(&arena, number(2.5, "+2,50")),
		    c = markdown_text(&arena, number(-3.29, "−3,29"));

	read_page(arena_format(
		&arena,
		"---\ntitle: 'A 2013'\nlabel_table: Bảng\nlabel_figure: Hình\n---\n\n"
		"# I. One\n\n## 1. Two\n\nĐạt %.*s điểm, [Bảng 1](#tbl:x), xem 1.2.\n\n"
		"| Năm | Thay *đổi* |\n|:---|---:|\n| 2013 \\| a | **%.*s** |\n| b | %.*s |\n\n"
		"Table: Of 2014 {#tbl:x}\n\n::: {.note}\nNote 5.\n:::\n\n- List 6\n\n"
		"![Caption 7](figures/f-8.svg){#fig:y alt=\"Alt \\\"9\\\" (−1,5)\" width=160mm}\n",
		SPAN_ARG(a), SPAN_ARG(b), SPAN_ARG(c)));
	cr_assert_eq(list.n, 16, "%zu", list.n);
	check(0, "2013", PRINTED_UNMARKED, PRINTED_META, " 'A 2013'");
	cr_expect(span_is(list.at[0].id, "title"));
	check(1, "1", PRINTED_UNMARKED, PRINTED_HEADING, "1. Two");
	cr_expect(list.at[1].label);
	check(2, "63,17", 0, PRINTED_PARAGRAPH, "Đạt 63,17 điểm, Bảng 1, xem 1.2.");
	cr_expect(span_is(list.at[2].section, "I. One / 1. Two"));
	cr_expect_eq(list.at[2].paragraph, 1);
	cr_expect_not(list.at[2].label);
	check(3, "1", PRINTED_UNMARKED, PRINTED_PARAGRAPH, "Đạt 63,17 điểm, Bảng 1, xem 1.2.");
	cr_expect(list.at[3].label && span_is(list.at[3].id, "tbl:x"));
	check(4, "1.2", PRINTED_UNMARKED, PRINTED_PARAGRAPH, "Đạt 63,17 điểm, Bảng 1, xem 1.2.");
	cr_expect(list.at[4].label == false && list.at[4].id.n == 0);
	check(5, "2013", PRINTED_UNMARKED, PRINTED_TABLE, " 2013 | a ");
	check(6, "+2,50", 1, PRINTED_TABLE, " +2,50 ");
	check(7, "−3,29", 2, PRINTED_TABLE, " −3,29 ");
	for (size_t i = 5; i < 8; i++)
		cr_expect(span_is(list.at[i].name, "Bảng 1") && span_is(list.at[i].id, "tbl:x"));
	cr_expect(span_is(list.at[6].row, "2013 | a") && span_is(list.at[6].column, "Thay đổi"));
	cr_expect(span_is(list.at[7].row, "b"));
	check(8, "1", PRINTED_UNMARKED, PRINTED_CAPTION, "1");
	cr_expect(list.at[8].label);
	check(9, "2014", PRINTED_UNMARKED, PRINTED_CAPTION, "Of 2014 ");
	check(10, "5", PRINTED_UNMARKED, PRINTED_NOTE, "Note 5.");
	cr_expect(span_is(list.at[10].name, "Bảng 1"));
	check(11, "6", PRINTED_UNMARKED, PRINTED_LIST, "List 6");
	cr_expect_eq(list.at[11].paragraph, 2);
	check(12, "1", PRINTED_UNMARKED, PRINTED_CAPTION, "1");
	check(13, "7", PRINTED_UNMARKED, PRINTED_CAPTION, "Caption 7");
	cr_expect(span_is(list.at[13].name, "Hình 1") && span_is(list.at[13].id, "fig:y"));
	check(14, "9", PRINTED_UNMARKED, PRINTED_ALT, "Alt \"9\" (−1,5)");
	check(15, "−1,5", PRINTED_UNMARKED, PRINTED_ALT, "Alt \"9\" (−1,5)");
	cr_expect(span_is(list.at[15].figure, "figures/f-8"));
	for (size_t i = 0; i < clean_page.n; i++)
		cr_assert_neq((unsigned char)clean_page.at[i], 0xF3);
}

/* Without marks the page is what it would have been. */
Test(printed, same_page)
{
	struct text marked = markdown_text(&arena, number(12, "12")), page;

	marked = arena_format(&arena, "a %.*s. b\n%.*s\n", SPAN_ARG(marked), SPAN_ARG(marked));
	read_page(marked);
	cr_expect(span_is(clean_page, "a 12. b\n12\n"), "%.*s", SPAN_ARG(clean_page));
	page = arena_format(&arena, "%.*s. Q", SPAN_ARG(number(12, "12")));
	cr_expect(span_is(markdown_text(&arena, span_of("12. Q")), "12\\. Q"));
	read_page(markdown_text(&arena, page)); /* a list marker is one in a mark, too */
	cr_expect(span_is(clean_page, "12\\. Q"), "%.*s", SPAN_ARG(clean_page));
}

/* Marks that nobody here made: of another number, of no entry, without end, around other text. */
Test(printed, foreign_marks_stay)
{
	struct text known = number(1, "63,17");
	const struct text foreign[] = {
		mark_put(&arena, 0, span_of("63,18")),
		mark_put(&arena, 1, span_of("63,17")),
		(struct text){known.at, known.n - 4},
		(struct text){known.at + 8, known.n - 8},
		mark_put(&arena, 0, span_of("63,17 điểm")),
	};

	for (size_t i = 0; i < COUNT(foreign); i++) {
		read_page(arena_format(&arena, "a %.*s b", SPAN_ARG(foreign[i])));
		cr_expect_eq(clean_page.n, foreign[i].n + 4, "%zu", i);
		cr_assert_eq(list.n, 1);
		cr_expect_eq(list.at[0].entry, PRINTED_UNMARKED, "%zu", i);
	}
	read_page(known);
	cr_expect(span_is(clean_page, "63,17"));
	cr_expect_eq(list.at[0].entry, 0);
}

Test(printed, what_is_no_number_of_the_text)
{
	read_page(span_of(
		"[Bảng](#tbl:x9) và [b](https://a.vn/12)\n\n# A {.annex2}\n\n"
		"::: {#b5 .block}\n![c](figures/7.svg){#fig:d8 alt=\"e\" width=160mm}\n:::\n"));
	cr_assert_eq(list.n, 1, "%zu", list.n); /* the figure's own */
	cr_expect(list.at[0].label && span_is(list.at[0].text, "1"));
}

Test(printed, odd_pages)
{
	static const char *const odd[] = {
		"",   "\n",  "|",     "|\n|\n|", "Table: ", "![",   "![a](b",   "#",
		"# ", "---", "---\n", ":::",     ":::\n:",  "[",    "](",       "](#",
		"\\", "1,",  "a\\",   "**1.",    "| 1 | 2", "1,,2", "Table: {#"};
	static const size_t numbers[COUNT(odd)] = {
		[4] = 1, [5] = 1, [6] = 1, [17] = 1, [19] = 1, [20] = 2, [21] = 2, [22] = 1};

	for (size_t i = 0; i < COUNT(odd); i++) {
		read_page(span_of(odd[i]));
		cr_expect(span_is(clean_page, odd[i]));
		cr_expect_eq(list.n, numbers[i], "\"%s\": %zu", odd[i], list.n);
	}
}
