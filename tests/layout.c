/* Layouts of scores into rows, against rows made by hand. */
#include "help.h"

#include "survey/layout.h"

TestSuite(layout, .fini = clean);

static struct provinces provinces;

/* Rows as "line:column year province code score", ";" between them; else the first problem. */
static const char *rows(const char *bytes, long year)
{
	struct diag why = {0};
	struct table t, out;
	struct text s = {"", 0};

	cr_assert(provinces_read(&arena, SHIPPED, &provinces, &why));
	cr_assert(table_read(&arena, file_of("l.csv", bytes, strlen(bytes)), true, &t, &why), "%s",
		  why.item[0].words);
	if (!layout_is(&arena, &t, &provinces))
		return "none";
	if (!layout_rows(&arena, &t, &provinces, year, &out, &why))
		return arena_format(&arena, "%zu:%zu %s", why.item[0].line, why.item[0].column,
				    why.item[0].words)
			.at;
	for (size_t r = 0; r < out.rows; r++) {
		struct place at = table_place(&out, r, 3);

		s = arena_format(&arena, "%.*s%s%zu:%zu", SPAN_ARG(s), r ? ";" : "", at.line,
				 at.column);
		for (size_t c = 0; c < out.columns; c++)
			s = arena_format(&arena, "%.*s %.*s", SPAN_ARG(s),
					 SPAN_ARG(table_cell(&out, r, c)));
	}
	return s.n ? s.at : "";
}

static const struct {
	const char *bytes;
	long year;
	const char *want;
} tables[] = {
	{"Tỉnh,1.1. Tri thức,Tổng\nHà Nội,1.5,40\nha giang,-,41\n", 2020,
	 "2:8 2020 01 1.1 1.5;2:12 2020 01 total 40;3:10 2020 02 1.1 ;3:12 2020 02 total 41"},
	{"Tỉnh,Năm,Dimension 2: Transparency\nHà Nội,2019,5.1\nHà Nội,2020,5.2\nLào Cai,2020,5.3\n",
	 0, "2:13 2019 01 2 5.1;3:13 2020 01 2 5.2;4:14 2020 10 2 5.3"},
	{"STT,Đơn vị,Hạng,Điểm khác\n1,TP. Hà Nội,2,5\n2,Tỉnh Hà Giang,1,6\n,Trung vị,,5.5\n", 2020,
	 "2:16 2020 01 Điểm khác 5;3:19 2020 02 Điểm khác 6"},
	{"Chỉ số,Hà Nội,Hà Giang,Median\nChỉ số nội dung 1: A,5,6,5.5\n1.1 B,1,N/A,1\nphần,,,\n",
	 2020, "2:22 2020 01 1 5;2:24 2020 02 1 6;3:7 2020 01 1.1 1;3:9 2020 02 1.1 "},
	{"code,name,Hà Nội,Hà Giang\nX1,một,5,6\n", 2020, "2:8 2020 01 X1 5;2:10 2020 02 X1 6"},
	/* the same name, before and after the merger */
	{"Tỉnh,1\nHưng Yên,5\nHà Nội,6\n", 2024, "2:10 2024 33 1 5;3:8 2024 01 1 6"},
	{"province,q1\nHà Nội,5\nHà Nội,4\nHà Nội,3\nHà Giang,3\nHà Giang,4\nHà Giang,1\n", 2020,
	 "none"},
	{"a,b\nx,5\ny,6\n", 2020, "none"},
	{"Tỉnh,1\nHà Nội,5\n", 2020, "none"}, /* one is no table of provinces */
	{"Tỉnh,1\nHà Nội,5\nHà Giang,6\n", 0,
	 "0:0 l.csv does not say of which year its scores are"},
	{"Tỉnh,1\nHà Nội,5\nHà Giang,6\nHà Giag,6\n", 2020,
	 "4:1 no province of 2020 is named \"Hà Giag\""},
	{"Tỉnh,Vùng\nHà Nội,bắc\nHà Giang,bắc\n", 2020, "0:0 l.csv has no scores of provinces"},
};

Test(layout, tables)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		const char *got = rows(tables[i].bytes, tables[i].year);
		const char *path = strstr(got, "/tmp/"), *name = strstr(got, "l.csv");

		if (path && name) /* the folder of the test */
			got = arena_format(&arena, "%.*s%s", (int)(path - got), got, name).at;
		check_string(got, tables[i].want);
	}
}

Test(layout, what_is_told)
{
	const char *bytes = "STT,Tỉnh,1\n1,Hà Nội,5\n2,Hà Giang,6\n,Cao nhất,6\n,Thấp nhất,5\n";
	struct diag why = {0};
	struct table t, out;

	cr_assert(provinces_read(&arena, SHIPPED, &provinces, &why));
	cr_assert(table_read(&arena, file_of("l.csv", bytes, strlen(bytes)), true, &t, &why));
	cr_assert(layout_rows(&arena, &t, &provinces, 2020, &out, &why));
	check_problem(&why, 0, DIAG_NOTE, "l.csv", 0, 0,
		      "2 rows of no province set aside: Cao nhất, Thấp nhất");
	check_problem(&why, 1, DIAG_NOTE, "l.csv", 0, 0, "columns of no scores passed over: STT");
	cr_expect(zero(sz, why.errors + why.warnings));
}
