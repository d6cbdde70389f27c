/* The form of small files, and what is refused. */
#include "help.h"

#include "input/csvin.h"
#include "input/form.h"

TestSuite(form, .fini = clean);

static const struct {
	struct text bytes;
	char delimiter, decimal;
	size_t header;
	bool plain;
} found[] = {
	{TEXT(""), ',', '\0', 1, true},
	{TEXT("a,b\n1,2\n"), ',', '\0', 1, true},
	{TEXT("a\n1\n"), ',', '\0', 1, true},
	{TEXT("a;b\n1;2\n"), ';', '\0', 1, false},
	{TEXT("a\tb\n1\t2\n"), '\t', '\0', 1, false},
	{TEXT("a|b\n1|2\n"), '|', '\0', 1, false},
	{TEXT("a;b\n1,5;2,5\n"), ';', ',', 1, false},
	{TEXT("a;b\n1,5;2\n"), ';', ',', 1, false},
	{TEXT("a;b\n0.5;2\n"), ';', '.', 1, false},
	{TEXT("a;b\n12.5;2\n"), ';', '\0', 1, false},
	{TEXT("a,b\n1.5,2\n"), ',', '\0', 1, true}, /* nobody looks */
	{TEXT("a,b\n\"1,5\",2\n"), ',', '\0', 1, true},
	{TEXT("a,b;c\n1,2\n"), ',', '\0', 1, true},       /* the header alone has a semicolon */
	{TEXT("a,b,c;d\n1,2,3;4\n"), ',', '\0', 1, true}, /* commas make more of it */
	{TEXT("a,b;c;d\n1,2;3;4\n"), ';', ',', 1, false}, /* and here semicolons */
	{TEXT("\"a;b\",c\n\"1;2\",3\n"), ',', '\0', 1, true},
	{TEXT("a;\"b,c\"\n1;\"2,3\"\n"), ';', ',', 1, false},
	{TEXT("a;b;c\n1;2;3;4\n5;6;7\n"), ';', '\0', 1, false}, /* one wrong row */
	{TEXT("a,b,c\n1,2,3,4\n5,6,7\n"), ',', '\0', 1, true},
	{TEXT("a\n1,2\n3,4\n"), ',', '\0', 1, true},       /* no title: numbers follow */
	{TEXT("\"\",x\na,5\nb,6\n"), ',', '\0', 1, true},  /* names of rows, as R has them */
	{TEXT("t,,\na,5,6\nb,6,7\n"), ',', '\0', 1, true}, /* no header behind it */
	{TEXT("t,,\na,2021,2022\nb,6,7\n"), ',', '\0', 2, false},
	{TEXT("t\na,b\n1,2\n"), ',', '\0', 2, false},
	{TEXT("t,,\n,,\na,b,c\n1,2,3\n"), ',', '\0', 3, false},
	{TEXT("t\n\na;b\n1;2\n"), ';', '\0', 3, false},
	{TEXT("sep=;\na;b\n1;2\n"), ';', '\0', 2, false},
	{TEXT("sep=|\r\na|b\r\n1|2\r\n"), '|', '\0', 2, false},
	{TEXT("sep=x\n1\n"), ',', '\0', 1, true},
	{TEXT("a,b\r1,2\r"), ',', '\0', 1, false},
	{TEXT("a,b\r\n1,2\r\n"), ',', '\0', 1, true},
	{TEXT("a,b\n=\"1\",2\n"), ',', '\0', 1, false},
	{TEXT("a,b\n\"=\"\"1\"\"\",2\n"), ',', '\0', 1, false},
	{TEXT("a,b\n2-Jan,2\n3-Jan,3\n"), ',', '\0', 1, true}, /* nothing but dates */
	{TEXT("a,b\n2-Jan,2\nsoon,3\n"), ',', '\0', 1, true},  /* words */
	{TEXT("a,b\n2024-01-02,2\n2024-01-03,3\n"), ',', '\0', 1, true},
	{TEXT("a,b\n35/63,2\n1/63,3\n"), ',', '\0', 1, true},
};

Test(form, found)
{
	for (size_t i = 0; i < COUNT(found); i++) {
		struct diag why = {0};
		struct form f;

		cr_expect(form_find(&arena, "f.csv", found[i].bytes, true, NULL, &f, &why),
			  "row %zu: %s", i, why.item[0].words);
		cr_expect(eq(chr, f.delimiter, found[i].delimiter), "row %zu", i);
		cr_expect(eq(int, f.figures.decimal, found[i].decimal), "row %zu", i);
		cr_expect(eq(sz, f.header, found[i].header), "row %zu", i);
		cr_expect(eq(int, f.plain, found[i].plain), "row %zu", i);
	}
}

static const struct {
	struct text bytes;
	size_t line, column;
	const char *fragment;
} refused[] = {
	{TEXT("a,b;c\n1,2;3\n"), 1, 1, "2 fields whether commas or semicolons part them"},
	{TEXT("t\na,b;c\n1,2;3\n"), 2, 1, "2 fields whether commas or semicolons part them"},
	{TEXT("a;b\n1,5;1\n2.5;2\n"), 3, 1, "\"2.5\" has another decimal mark than line 2"},
	{TEXT("a;b\n1;1,5\n1;2\n1;-2.5\n"), 4, 3, "another decimal mark than line 2"},
	{TEXT("a;b\n1,5;0.5\n"), 2, 5, "another decimal mark than line 2"},
	{TEXT("a,b\n1,3-4\n2,4-Mar\n"), 3, 3, "\"4-Mar\" is a date among numbers or codes"},
	{TEXT("a,b\n1,x\nMar-24,x\n"), 3, 1, "\"Mar-24\" is a date"},
	{TEXT("a;b\n\"x\ny\";3\n2;01/02/2024\n"), 4, 3, "is a date"},
};

Test(form, refused)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct diag why = {0};
		struct form f;

		cr_expect(not(form_find(&arena, "f.csv", refused[i].bytes, true, NULL, &f, &why)),
			  "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "f.csv", refused[i].line, refused[i].column,
			      refused[i].fragment);
		cr_expect(ne(chr, why.item[0].hint[0], '\0'), "row %zu", i);
	}
}

/* Rows as "line:column-of-the-last-field a|b". */
static bool take(void *context, const struct csvin_row *row, struct diag *why)
{
	char *out = context;
	struct place last = csvin_place(row, row->fields - 1);

	(void)why;
	sprintf(out + strlen(out), "%zu:%zu ", row->line, last.column);
	for (size_t i = 0; i < row->fields; i++)
		sprintf(out + strlen(out), "%s%.*s", i ? "|" : "", SPAN_ARG(row->field[i]));
	strcat(out, "\n");
	return true;
}

static const struct {
	struct form_asked asked;
	struct text bytes;
	const char *want;
} rows[] = {
	{{0}, TEXT("a;b\n1,5;2\n"), "1:3 a|b\n2:5 1.5|2\n"},
	{{0}, TEXT("\xEF\xBB\xBFsep=;\r\na;b\r\n\"x;y\";1.234,5\r\n"), "2:3 a|b\n3:7 x;y|1234.5\n"},
	{{0}, TEXT("a,b\r\r1,2\r"), "1:3 a|b\n3:3 1|2\n"},
	{{0}, TEXT("a,b\n=\"001\",=\"x\"\n2,\"=\"\"3\"\"\"\n"), "1:3 a|b\n2:8 001|x\n3:3 2|3\n"},
	{{0},
	 TEXT("\xFF\xFE"
	      "a\0;\0b\0\n\0"
	      "1\0;\0\xE0\0\n\0"),
	 "1:3 a|b\n2:3 1|à\n"},
	{{.header = 2, .header_last = 2}, TEXT("x,y\na,b\n1,2\n"), "2:3 a|b\n3:3 1|2\n"},
	{{.header = 1, .header_last = 3},
	 TEXT("A,,C\n,b,\nx,y,\n1,2,3\n"),
	 "3:5 A / x|b / y|C\n4:5 1|2|3\n"},
	{{.header = 1, .header_last = 2}, TEXT("\"A\nB\",C\n1,2\n"), "1:4 A\nB|C\n3:3 1|2\n"},
	{{.delimiter = '|'}, TEXT("a|b,c\n1|2,5\n"), "1:3 a|b,c\n2:3 1|2.5\n"},
	{{.decimal = ','}, TEXT("a,b\n\"1,5\",\"1.234\"\n"), "1:3 a|b\n2:7 1.5|1234\n"},
	{{.decimal = '.'}, TEXT("a,b\n\"1,234\",\"1,2\"\n"), "1:3 a|b\n2:9 1234|1,2\n"},
	{{.encoding = ENCODING_TCVN3}, TEXT("a,b\n1,\xB5\n"), "1:3 a|b\n2:3 1|à\n"},
	{{.encoding = ENCODING_UTF16LE}, TEXT("\xFE\xFF\0a\0,\0b\0\n"), "1:3 a|b\n"},
};

static bool take_plain(void *context, const struct csvin_row *row, struct diag *why)
{
	(void)why;
	*(bool *)context = row->plain;
	return true;
}

Test(form, as_it_is_asked)
{
	bool plain = false;

	cr_expect(csvin_bytes("plain.csv", (struct text)TEXT("a,b\n1,2\n"), take_plain, &plain,
			      &(struct diag){0}) &&
		  plain);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag why = {0};
		char got[400] = "";
		const char *path = file_of("r.csv", rows[i].bytes.at, rows[i].bytes.n);

		cr_expect(csvin_read_as(path, &rows[i].asked, take, got, &why), "row %zu: %s", i,
			  why.item[why.kept ? why.kept - 1 : 0].words);
		check_string(got, rows[i].want);
		cr_expect(csvin_read_as(path, &rows[i].asked, take_plain, &plain, &why));
		cr_expect(eq(int, plain, 0), "row %zu", i);
	}
}

/* The last row only. */
static bool take_last(void *context, const struct csvin_row *row, struct diag *why)
{
	*(char *)context = '\0';
	return take(context, row, why);
}

/* Form, decoding and places behind the sample, and behind a block. */
Test(form, long_files)
{
	static char bytes[3 << 20];
	struct diag why = {0};
	size_t n = (size_t)sprintf(bytes, "a;b\n"), lines = 1;
	char got[100];

	for (; n < (2u << 20); lines++)
		n += (size_t)sprintf(bytes + n, "H\xB5 N\xE9i;1,5\n");
	n += (size_t)sprintf(bytes + n, "\xA7\xB5 N\xBDng;2.345,25");
	cr_expect(csvin_read(file_of("l.csv", bytes, n), take_last, got, &why), "%s",
		  why.item[0].words);
	check_string(got, arena_format(&arena, "%zu:9 Đà Nẵng|2345.25\n", lines + 1).at);
	n += (size_t)sprintf(bytes + n, "\n\xFFx;0.5\n");
	cr_expect(not(csvin_read(file_of("l.csv", bytes, n), take_last, got, &why)));
	check_problem(&why, why.kept - 1, DIAG_DATA, "l.csv", lines + 2, 4,
		      "\"0.5\" has another decimal mark");
}

Test(form, what_is_told)
{
	struct diag why = {0};
	struct form f;

	cr_assert(form_find(&arena, "f.csv", (struct text)TEXT("t\na;b\nH\xE0 N\xF4\xF2i;1,5\n"),
			    true, NULL, &f, &why));
	form_tell("f.csv", &f, &why);
	cr_expect(zero(sz, why.errors + why.warnings));
	check_problem(&why, 0, DIAG_NOTE, "f.csv", 0, 0, "read as Windows-1258");
	check_problem(&why, 1, DIAG_NOTE, "f.csv", 0, 0,
		      "semicolons part the fields, decimals have commas");
	check_problem(&why, 2, DIAG_NOTE, "f.csv", 0, 0, "the header is in line 2");
	cr_expect(eq(sz, why.kept, 3));
}

Test(form, asked_text)
{
	struct form_asked a = {.decimal = ','}, b = {.delimiter = ','};

	cr_expect(not(span_equal(form_asked_text(&arena, &a), form_asked_text(&arena, &b))));
}
