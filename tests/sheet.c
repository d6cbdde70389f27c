#include "help.h"

#include "output/sheet.h"

TestSuite(sheet, .fini = clean);

static struct sheet names_and_numbers(void)
{
	struct sheet s = {.arena = &arena};
	struct text *cell;

	sheet_column(&s, span_of("Tỉnh"), false);
	sheet_column(&s, span_of("Điểm"), true);
	sheet_column(&s, span_of("Nhóm"), false);
	cell = sheet_row(&s);
	cell[0] = span_of("Hu\xCC\x9Bng Yên"); /* eight columns in nine characters */
	cell[1] = span_of("7,5");
	cell[2] = span_of("a");
	cell = sheet_row(&s);
	cell[0] = span_of("日本");
	cell[1] = span_of("12,25");
	return s;
}

static void check_print(const struct sheet *s, void (*print)(const struct sheet *, FILE *),
			const char *want)
{
	char *bytes = NULL;
	size_t n;
	FILE *out = open_memstream(&bytes, &n);

	print(s, out);
	fclose(out);
	check_string(bytes, want);
	free(bytes);
}

/* Names to the left, numbers to the right; the last column is not padded. */
Test(sheet, columns_align)
{
	struct sheet s = names_and_numbers();

	check_print(&s, sheet_print,
		    "Tỉnh       Điểm  Nhóm\n"
		    "---------------------\n"
		    "Hu\xCC\x9Bng Yên    7,5  a\n"
		    "日本      12,25\n");
}

/* The widest of head and cells decides, whichever it is; numbers are not padded behind. */
Test(sheet, wide_cells_and_wide_heads)
{
	struct sheet s = {.arena = &arena};
	struct text *cell;

	sheet_column(&s, span_of("a"), true);
	sheet_column(&s, span_of("wide head"), false);
	sheet_column(&s, span_of("c"), true);
	cell = sheet_row(&s);
	cell[0] = span_of("1234");
	cell[1] = span_of("x");
	cell[2] = span_of("5");
	cell = sheet_row(&s);
	cell[0] = span_of("12");
	cell[1] = span_of("a cell wider than that");
	check_print(&s, sheet_print,
		    "   a  wide head               c\n"
		    "-------------------------------\n"
		    "1234  x                       5\n"
		    "  12  a cell wider than that\n");
}

Test(sheet, markdown)
{
	struct sheet s = names_and_numbers();

	check_print(&s, sheet_markdown,
		    "| Tỉnh | Điểm | Nhóm |\n"
		    "|:---|---:|:---|\n"
		    "| Hu\xCC\x9Bng Yên | 7,5 | a |\n"
		    "| 日本 | 12,25 |  |\n");
}

/* A name from a user's file must neither break the table nor command the terminal. */
Test(sheet, control_characters_do_not_reach_the_terminal)
{
	struct sheet s = {.arena = &arena};
	char *bytes = NULL;
	size_t n, lines = 0;
	FILE *out = open_memstream(&bytes, &n);

	sheet_column(&s, span_of("a"), false);
	sheet_row(&s)[0] = span_of("two\nlines\r\x1b[31m\t\x07");
	sheet_print(&s, out);
	fclose(out);
	for (size_t i = 0; i < n; i++) {
		lines += bytes[i] == '\n';
		cr_expect(bytes[i] == '\n' || (unsigned char)bytes[i] >= ' ', "byte %zu is 0x%02X",
			  i, bytes[i]);
	}
	cr_expect(eq(sz, lines, 3), "head, rule, one row");
	free(bytes);
}

Test(sheet, without_rows)
{
	struct sheet s = {.arena = &arena};

	sheet_column(&s, span_of("Mã"), false);
	check_print(&s, sheet_print, "Mã\n--\n");
	check_print(&s, sheet_markdown, "| Mã |\n|:---|\n");
}

/* More rows than the first room: earlier cells stay. */
Test(sheet, grows)
{
	struct sheet s = {.arena = &arena};

	sheet_column(&s, span_of("a"), false);
	sheet_column(&s, span_of("b"), false);
	for (int i = 0; i < 100; i++) {
		struct text *cell = sheet_row(&s);

		cr_expect(zero(sz, cell[0].n + cell[1].n));
		cell[1] = arena_format(&arena, "%d", i);
	}
	cr_assert(eq(sz, s.rows, 100));
	for (size_t i = 0; i < 100; i++)
		check_text(s.cell[2 * i + 1], arena_format(&arena, "%zu", i).at);
}

/* CommonMark: a backslash before ASCII punctuation is that character. */
Test(sheet, markdown_text)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"Hưng Yên", "Hưng Yên"},
		{"a|b", "a\\|b"},
		{"*_`[]<>#", "\\*\\_\\`\\[\\]\\<\\>\\#"},
		{"a\nb\tc\rd", "a b c d"},
		{"\\", "\\\\"},
		{"$x^2$ ~y~ @z", "\\$x\\^2\\$ \\~y\\~ \\@z"},
		{"<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"},
		{"&amp;", "\\&amp;"},
		{"![x](y)", "\\!\\[x\\](y)"},
		{"", ""},
		{"{.class}", "\\{.class\\}"},
		/* U+FFFE and U+FFFF, which no XML may hold; U+FFFD and U+FFFC may stand there */
		{"a\xEF\xBF\xBE"
		 "b\xEF\xBF\xBF",
		 "a\xEF\xBF\xBD"
		 "b\xEF\xBF\xBD"},
		{"\xEF\xBF\xBD\xEF\xBF\xBC\xEF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBC\xEF\xBF"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(markdown_text(&arena, span_of(cases[i].in)), cases[i].want);
}

/* "reaches the page as written": a line must not turn into a list, a heading or a rule. */
Test(sheet, markdown_text_at_the_start_of_a_line)
{
	static const char *const marks[] = {"5. Thủ tục", "- x", "12) x", "=== x", "--- "};

	for (size_t i = 0; i < COUNT(marks); i++)
		cr_expect(memchr(markdown_text(&arena, span_of(marks[i])).at, '\\',
				 markdown_text(&arena, span_of(marks[i])).n) != NULL,
			  "\"%s\" at the start of a paragraph is markup", marks[i]);
}
