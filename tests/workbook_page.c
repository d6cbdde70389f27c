#include "help.h"

#include "output/outfile.h"
#include "output/workbook_page.h"

#include <math.h>
#include <unistd.h>

static struct phrases words;
static struct book book;
static const char *file;

static void open_book(enum lang lang)
{
	struct diag why = {0};
	struct book_about about = {span_of("T"), span_of("A")};

	cr_assert(phrases_read(&arena, SHIPPED, lang, &words, &why));
	file = file_of("x.xlsx", "", 0);
	book_open(&arena, &words, file, &about, &book);
}

static void close_book(void)
{
	struct diag why = {0};

	if (book.file)
		book_close(&book, file, &why);
	clean();
}

TestSuite(workbook_page, .fini = close_book);

/* A part of the workbook, by unzip. */
static struct text part_of(const char *name)
{
	const char *out = file_of("part", "", 0);

	cr_assert(system(arena_format(&arena, "unzip -p %s %s >%s", file, name, out).at) == 0);
	return bytes_of(out);
}

static void check_holds(struct text part, const char *wanted)
{
	cr_expect(strstr(arena_string(&arena, part), wanted) != NULL, "%s", wanted);
}

/* Names have at most 31 letters of 16 bits, none of []:*?/\, and no two are alike but for case. */
Test(workbook_page, names)
{
	static const struct {
		const char *wanted, *name;
	} cases[] = {
		{"Chỉ số", "Chỉ số"},
		{"chỉ SỐ", "chỉ SỐ 2"},
		{"a[b]:c*d?e/f\\g'", "a b  c d e f g"},
		{"", " 2"},
		{"ắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắ", "ắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắ"},
		{"ắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắắx", "ắắắắắắắắắắắắắắắắắắắắắắắắắắắ 2"},
		{"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"},
	};

	open_book(LANG_VI);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;

		page_open(&book, span_of(cases[i].wanted), &p);
		check_string(p.name, cases[i].name);
	}
}

Test(workbook_page, formats_of_numbers)
{
	check_string(page_number_format(&arena, LANG_VI, LOOK_NUMBER, 2), "[$-42A]0.00");
	check_string(page_number_format(&arena, LANG_EN, LOOK_NUMBER, 4), "[$-409]0.0000");
	check_string(page_number_format(&arena, LANG_EN, LOOK_NUMBER, 0), "[$-409]0");
	check_string(page_number_format(&arena, LANG_VI, LOOK_WHOLE, 2), "[$-42A]0");
	check_string(page_number_format(&arena, LANG_VI, LOOK_SIGNED, 1),
		     "[$-42A]+0.0;[$-42A]\"−\"0.0;[$-42A]0.0");
	check_string(page_number_format(&arena, LANG_VI, LOOK_STEP, 3),
		     "[$-42A]+0;[$-42A]\"−\"0;[$-42A]0");
}

static const struct column columns[] = {
	{"head.item", "about.item", LOOK_WRAP, 1},
	{"head.score", NULL, LOOK_NUMBER, 1 | 2},
	{"head.rank", NULL, LOOK_WHOLE, 2},
	{"head.delta", NULL, LOOK_SIGNED, 1},
};

/* The value is that of the formula: 44.404 - 44.2284 is 0.17559999999999576 in binary, 0.1756 when
 * it is rounded; a number that no formula gives stays one. */
Test(workbook_page, cells)
{
	struct diag why = {0};
	struct page p;

	open_book(LANG_EN);
	page_open(&book, span_of("S"), &p);
	page_columns(&p, columns, COUNT(columns), 1, NULL, 0);
	cr_expect(eq(int, p.at[2], NO_COLUMN));
	cr_expect(eq(sz, book.n_explained, 1));
	page_row(&p, false);
	page_text(&p, 0, span_of("=1+1"));
	page_number(&p, 1, 44.404);
	page_number(&p, 2, 7);
	page_difference(&p, 3, 0.1756, 1, 44.404, 1, 44.2284, 4);
	page_row(&p, true);
	page_text(&p, 0, span_of("_x0041_ \x01 \xEF\xBF\xBF"));
	page_number(&p, 1, NAN);
	page_difference(&p, 3, 5, 1, 3, 1, 1, 4);
	page_row(&p, false);
	page_number(&p, 1, 2.5);
	page_difference(&p, 3, 1.5, 1, 2.5, 1, 1, 4);
	page_close(&p, 0);
	cr_assert(book_close(&book, file, &why), "%s", why.item[0].words);

	struct text sheet = part_of("xl/worksheets/sheet1.xml");

	check_holds(sheet, "<f>ROUND(B2-B2,4)</f><v>0.1756</v>");
	check_holds(sheet, "<c r=\"C3\" s=\"6\"><v>5</v></c>");
	check_holds(sheet, "<f>B4-B4</f><v>1.5</v>");
	check_holds(sheet, "<autoFilter ref=\"A1:C4\"/>");
	cr_expect(strstr(arena_string(&arena, sheet), "r=\"B3\"") == NULL);
	sheet = part_of("xl/sharedStrings.xml");
	check_holds(sheet, "<t>=1+1</t>");
	check_holds(sheet, "<t>_x005F_x0041_   \xEF\xBF\xBD</t>");
}

/* What the library refuses is a failure of the file, and the file is gone. */
Test(workbook_page, a_refused_cell)
{
	struct diag why = {0};
	struct page p;

	open_book(LANG_EN);
	page_open(&book, span_of("S"), &p);
	page_columns(&p, columns, COUNT(columns), 1, NULL, 0);
	p.row = 1u << 20; /* rows end here */
	page_text(&p, 0, span_of("x"));
	cr_expect(not(book_close(&book, file, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "x.xlsx cannot be written whole");
	cr_expect(access(file, F_OK) != 0);
}

Test(workbook_page, no_folder)
{
	struct diag why = {0};
	struct book_about about = {span_of("T"), span_of("A")};
	struct page p;

	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &words, &why));
	file = "/nonexistent/x.xlsx";
	book_open(&arena, &words, file, &about, &book);
	page_open(&book, span_of("S"), &p);
	page_close(&p, 0);
	cr_expect(not(book_close(&book, file, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "x.xlsx cannot be written whole");
}
