/* RFC 4180 for what is accepted; places counted by hand. */
#include "help.h"

#include "input/csvin.h"

TestSuite(csvin, .fini = clean);

struct transcript {
	char text[4096];
	size_t rows, stop_after; /* 0 = never */
};

/* "line:column a|b" for each row; the column is that of the last field. */
static bool take(void *context, const struct csvin_row *row, struct diag *why)
{
	struct transcript *t = context;
	size_t n = strlen(t->text);
	struct place last = csvin_place(row, row->fields - 1);

	n += (size_t)sprintf(t->text + n, "%zu-%zu:%zu ", row->line, last.line, last.column);
	for (size_t i = 0; i < row->fields; i++)
		n += (size_t)sprintf(t->text + n, "%s%.*s", i ? "|" : "", SPAN_ARG(row->field[i]));
	strcat(t->text, "\n");
	if (++t->rows == t->stop_after)
		return diag_at(why, last, DIAG_DATA, "refused by the reader");
	return true;
}

static const struct {
	struct text bytes;
	const char *want;
} good[] = {
	{TEXT("a,b\n1,2\n"), "1-1:3 a|b\n2-2:3 1|2\n"},
	{TEXT("a,b\n1,2"), "1-1:3 a|b\n2-2:3 1|2\n"}, /* no line end at the end */
	{TEXT("a,b\r\n1,2\r\n"), "1-1:3 a|b\n2-2:3 1|2\n"},
	{TEXT("\xEF\xBB\xBF"
	      "a,b\n1,2\n"),
	 "1-1:3 a|b\n2-2:3 1|2\n"},
	{TEXT("\xEF\xBB\xBF\"a\",b\n1,2\n"), "1-1:5 a|b\n2-2:3 1|2\n"},
	{TEXT("a\n\n\n1\n"), "1-1:1 a\n4-4:1 1\n"}, /* blank lines count, hold nothing */
	{TEXT("\n\na\n1\n"), "3-3:1 a\n4-4:1 1\n"},
	{TEXT("a,b\n,\n"), "1-1:3 a|b\n2-2:2 |\n"},
	{TEXT("a,b\n 1 ,\t2 \n"), "1-1:3 a|b\n2-2:5  1 |\t2 \n"}, /* spaces belong to the field */
	{TEXT("a,b\n\"x,y\",\"p\"\"q\"\n"), "1-1:3 a|b\n2-2:7 x,y|p\"q\n"},
	{TEXT("a,b\n\"x\ny\",2\n3,4\n"), "1-1:3 a|b\n2-3:4 x\ny|2\n4-4:3 3|4\n"},
	{TEXT("a,b\n\"x\n\n\ny\",2\n3,4\n"), "1-1:3 a|b\n2-5:4 x\n\n\ny|2\n6-6:3 3|4\n"},
	{TEXT("a,b\nHưng Yên,ư\n"), "1-1:3 a|b\n2-2:10 Hưng Yên|ư\n"}, /* columns are characters */
	{TEXT("a\n\"\"\n"), "1-1:1 a\n2-2:1 \n"},
	{TEXT("only"), "1-1:1 only\n"},
};

Test(csvin, good)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		struct transcript t = {0};
		struct diag why = {0};

		cr_expect(csvin_bytes("g.csv", good[i].bytes, take, &t, &why), "row %zu %s", i,
			  why.item[0].words);
		check_string(t.text, good[i].want);
		cr_expect(zero(sz, why.errors + why.warnings));
	}
}

/* The same bytes through a file. */
Test(csvin, a_file_reads_as_its_bytes)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		struct transcript t = {0};
		struct diag why = {0};
		const char *path = file_of("g.csv", good[i].bytes.at, good[i].bytes.n);

		cr_expect(csvin_read(path, take, &t, &why), "row %zu", i);
		check_string(t.text, good[i].want);
	}
}

static const struct {
	struct text bytes;
	size_t line, column;
	const char *fragment;
} bad[] = {
	{TEXT(""), 1, 1, "the file is empty; a header row is expected"},
	{TEXT("\n\r\n"), 1, 1, "the file is empty"},
	{TEXT("\xEF\xBB\xBF"), 1, 1, "the file is empty"},
	{TEXT("a,b\n1\n"), 2, 1, "the row has 1 fields, the header has 2"},
	{TEXT("a,b\n1,2\n\n1,2,3\n"), 4, 1, "the row has 3 fields, the header has 2"},
	{TEXT("a,b\n  \n"), 2, 1, "the row has 1 fields"}, /* two spaces are not a blank line */
	{TEXT("a,b\n1,\"2\n3,4\n"), 2, 3, "this quote is not closed"},
	{TEXT("a,b\n\"1,2\n"), 2, 1, "this quote is not closed"},
	{TEXT("a,b\n\"x\ny\",\"2\n"), 3, 4, "this quote is not closed"},
	{TEXT("a,b\n1,x\"y\n"), 2, 4, "a quote that neither opens nor closes"},
	{TEXT("a,b\n1,ư\"y\n"), 2, 4, "a quote that neither opens nor closes"},
	{TEXT("a,b\n1,\"x\"y\n"), 2, 6,
	 "a quote that neither opens nor closes"}, /* the y behind it */
	{TEXT("a,b\n1,2\0\n"), 2, 4, "a NUL byte"},
	{TEXT("a,b\nưư,\xFF\n"), 2, 4, "byte 0xFF is not UTF-8"},
	{TEXT("a,b\n1,\xE1\xBB\n"), 2, 3, "byte 0xE1 is not UTF-8"},
	{TEXT("a,b\n\"x\n\xC3\x28\",2\n"), 3, 1, "byte 0xC3 is not UTF-8"},
};

Test(csvin, bad)
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct transcript t = {0};
		struct diag why = {0};

		cr_expect(not(csvin_bytes("b.csv", bad[i].bytes, take, &t, &why)), "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "b.csv", bad[i].line, bad[i].column,
			      bad[i].fragment);
	}
}

Test(csvin, hints)
{
	struct transcript t = {0};
	struct diag why = {0};

	csvin_bytes("b.csv", (struct text)TEXT("a,b\n44,40,1\n"), take, &t, &why);
	cr_expect(strstr(why.item[0].hint, "decimals are written with a point") != NULL);
	csvin_bytes("b.csv", (struct text)TEXT("a\n\xFF\n"), take, &t, &why);
	cr_expect(strstr(why.item[1].hint, "CSV UTF-8") != NULL);
}

Test(csvin, the_reader_may_stop)
{
	struct transcript t = {.stop_after = 2};
	struct diag why = {0};

	cr_assert(not(
		csvin_bytes("s.csv", (struct text)TEXT("a,b\n1,2\n3,4\n5,6\n"), take, &t, &why)));
	cr_expect(eq(sz, t.rows, 2), "no row is given after it refused one");
	check_problem(&why, 0, DIAG_DATA, "s.csv", 2, 3, "refused by the reader");
}

Test(csvin, no_such_file)
{
	struct transcript t = {0};
	struct diag why = {0};

	cr_assert(not(csvin_read("/nowhere/x.csv", take, &t, &why)));
	check_problem(&why, 0, DIAG_DATA, "x.csv", 0, 0,
		      "cannot be read: No such file or directory");
	cr_assert(not(csvin_read("/tmp", take, &t, &why)), "a folder is not read");
	check_problem(&why, 1, DIAG_DATA, "tmp", 0, 0, "cannot be read: Is a directory");
}

/* More fields, and a longer field, than any buffer starts with. */
static bool count(void *context, const struct csvin_row *row, struct diag *why)
{
	size_t *bytes = context;

	(void)why;
	cr_expect(eq(sz, row->fields, 1000));
	for (size_t i = 0; i < row->fields; i++)
		*bytes += row->field[i].n;
	return true;
}

Test(csvin, wide_and_long)
{
	static char bytes[100000];
	size_t n = 0, got = 0;
	struct diag why = {0};

	for (int i = 0; i < 999; i++)
		n += (size_t)sprintf(bytes + n, "%03d,", i);
	n += (size_t)sprintf(bytes + n, "end\n");
	memset(bytes + n, ',', 999);
	n += 999;
	memset(bytes + n, 'x', 70000);
	n += 70000;
	cr_expect(csvin_bytes("w.csv", (struct text){bytes, n}, count, &got, &why));
	cr_expect(eq(sz, got, 1000 * 3 + 70000));
}
