/* What a cell tells of a file's marks, and how it is read then. */
#include "help.h"

#include "input/figure.h"

TestSuite(figure, .fini = clean);

static const struct {
	struct text cell;
	enum figure kind;
	bool spaced;
} cells[] = {
	{TEXT(""), FIGURE_NONE, false},
	{TEXT("12"), FIGURE_NONE, false},
	{TEXT("12,5"), FIGURE_COMMA, false},
	{TEXT("-1,234"), FIGURE_EITHER, false},
	{TEXT("0,123"), FIGURE_COMMA, false},
	{TEXT("0.123"), FIGURE_POINT, false},
	{TEXT("1234,567"), FIGURE_COMMA, false}, /* four digits are not thousands */
	{TEXT("1234.567"), FIGURE_CODE, false},
	{TEXT("12.5"), FIGURE_CODE, false},
	{TEXT("-12.5"), FIGURE_POINT, false},
	{TEXT("12.5312"), FIGURE_POINT, false},
	{TEXT("1.5E-05"), FIGURE_POINT, false},
	{TEXT("1,5E-05"), FIGURE_COMMA, false},
	{TEXT(".5"), FIGURE_POINT, false},
	{TEXT("5."), FIGURE_NONE, false},
	{TEXT(",5"), FIGURE_NONE, false},
	{TEXT("1.234"), FIGURE_EITHER, false},
	{TEXT("123,456"), FIGURE_EITHER, false},
	{TEXT("1.234,5"), FIGURE_COMMA, false},
	{TEXT("1,234.5"), FIGURE_POINT, false},
	{TEXT("1.234.567"), FIGURE_COMMA, false},
	{TEXT("1,234,567"), FIGURE_POINT, false},
	{TEXT("1.234.567,25"), FIGURE_COMMA, false},
	{TEXT("12.34,5"), FIGURE_NONE, false},
	{TEXT("1.234,567,890"), FIGURE_NONE, false},
	{TEXT("1,2,3"), FIGURE_NONE, false},
	{TEXT("1.1.2"), FIGURE_NONE, false},
	{TEXT("01.234.567"), FIGURE_NONE, false},
	{TEXT("12.05.2024"), FIGURE_NONE, false},
	{TEXT("1\xC2\xA0"
	      "234"),
	 FIGURE_NONE, true},
	{TEXT("1\xE2\x80\xAF"
	      "234\xE2\x80\xAF"
	      "567,5"),
	 FIGURE_COMMA, true},
	{TEXT("1\xC2\xA0"
	      "234,567"),
	 FIGURE_COMMA, true},
	{TEXT("12\xC2\xA0"
	      "34"),
	 FIGURE_NONE, false},
	{TEXT("090\xC2\xA0"
	      "123\xC2\xA0"
	      "456"),
	 FIGURE_NONE, false}, /* a telephone */
	{TEXT("1 234"), FIGURE_NONE, false},
	{TEXT("1,5%"), FIGURE_NONE, false},
	{TEXT("1e5"), FIGURE_NONE, false},
	{TEXT("abc"), FIGURE_NONE, false},
};

Test(figure, what_a_cell_tells)
{
	for (size_t i = 0; i < COUNT(cells); i++) {
		bool spaced;

		cr_expect(eq(int, (int)figure_look(cells[i].cell, &spaced), (int)cells[i].kind),
			  "%s", cells[i].cell.at);
		cr_expect(eq(int, spaced, cells[i].spaced), "%s", cells[i].cell.at);
	}
}

/* Cells of one column, "|" between them: learnt first, then read. "?" stands for what is ambiguous,
 * "!" for what is contrary. */
static const struct {
	const char *cells, *want;
	char given;
} columns[] = {
	{"12,5|1.234|7", "12.5|1234|7", '\0'},
	{"1.234|12,5|7,25", "1234|12.5|7.25", '\0'}, /* the order does not matter */
	{"12.5|1.234", "12.5|1.234", '\0'},
	{"0.25|1,234", "0.25|1234", '\0'},
	{"1.234|2.345", "?|?", '\0'},
	{"1,234|2,345", "?|?", '\0'},
	{"1.234|2,345", "1.234|2,345", ' '}, /* see below */
	{"1.234|2.345", "1234|2345", ','},
	{"1.234|2.345", "1.234|2.345", '.'},
	{"1,234|2,345", "1234|2345", '.'},
	{"1,234|2,345", "1.234|2.345", ','},
	{"12,5|12.5", "12.5|!", '\0'},
	{"12.5|12,5", "12.5|!", '\0'},
	{"1,2|3,4", "1,2|3,4", '.'}, /* lists: the mark is given */
	{"1.1|1.2", "1.1|1.2", ','}, /* codes */
	{"1.234.567|1,5", "1234567|1.5", '\0'},
	{"-1.234,5", "-1234.5", '\0'},
};

static void read_column(struct figures *f, const char *list, char *out, bool learn)
{
	struct text rest = span_of(list), cell;
	char number[64];
	size_t n, line = 2;

	*out = '\0';
	for (; span_split(&rest, '|', &cell); line++) {
		if (learn) {
			figures_learn(f, 0, line, cell);
			continue;
		}
		strcat(out, *out ? "|" : "");
		switch (figures_read(f, 0, line, cell, number, &n)) {
		case FIGURE_AS_IT_IS: strncat(out, cell.at, cell.n); break;
		case FIGURE_WRITTEN: strncat(out, number, n); break;
		case FIGURE_AMBIGUOUS: strcat(out, "?"); break;
		case FIGURE_CONTRARY: strcat(out, "!"); break;
		}
	}
}

Test(figure, columns)
{
	for (size_t i = 0; i < COUNT(columns); i++) {
		struct figures f = {.on = columns[i].given != ' ',
				    .given = columns[i].given != '\0',
				    .decimal = columns[i].given};
		char got[200];

		figures_start(&arena, 1, &f);
		read_column(&f, columns[i].cells, got, true);
		read_column(&f, columns[i].cells, got, false);
		check_string(got, columns[i].want);
	}
}

/* A certain cell of one column settles those of the others; a code does not. */
Test(figure, other_columns)
{
	struct figures comma = {.on = true}, code = {.on = true}, both = {.on = true};
	char out[16];
	size_t n;

	figures_start(&arena, 2, &comma);
	cr_expect(figures_learn(&comma, 0, 2, span_of("5,23")));
	cr_expect(eq(int, (int)figures_read(&comma, 1, 2, span_of("44,181"), out, &n),
		     (int)FIGURE_WRITTEN));
	check_text((struct text){out, n}, "44.181");
	figures_start(&arena, 2, &code);
	cr_expect(figures_learn(&code, 0, 2, span_of("1.1")));
	cr_expect(eq(int, (int)figures_read(&code, 1, 2, span_of("44,181"), out, &n),
		     (int)FIGURE_AMBIGUOUS));
	figures_start(&arena, 2, &both);
	cr_expect(figures_learn(&both, 0, 2, span_of("5,23")));
	cr_expect(not(figures_learn(&both, 1, 2, span_of("0.5"))));
}

/* In a file with commas only spaces are looked at. */
Test(figure, only_spaces)
{
	struct figures f = {0};
	char out[32];
	size_t n;

	figures_start(&arena, 1, &f);
	cr_expect(eq(int, (int)figures_read(&f, 0, 2, span_of("1,5"), out, &n),
		     (int)FIGURE_AS_IT_IS));
	cr_expect(eq(int,
		     (int)figures_read(&f, 0, 2,
				       span_of("1\xC2\xA0"
					       "234"),
				       out, &n),
		     (int)FIGURE_WRITTEN));
	check_text((struct text){out, n}, "1234");
}
