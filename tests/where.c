#include "help.h"

#include "survey/where.h"

TestSuite(where, .fini = clean);

static struct where parse(const char *words)
{
	struct where w;
	struct diag why = {0};

	cr_assert(where_parse(&arena, span_of(words), &w, &why), "%s", why.item[0].words);
	return w;
}

/* One condition, and cells that meet it and do not. */
Test(where, cells)
{
	static const struct {
		const char *words, *cell;
		bool holds;
	} cases[] = {
		{"a=1", "1", true},        {"a=1", "1.0", true},
		{"a=1.00", "1", true},     {"a=1", "01", true},
		{"a=1", "10", false},      {"a==1", "1", true},
		{"a=x", "x", true},        {"a=x", "X", false},
		{"a=x", "x ", false},      {"a!=1", "1.0", false},
		{"a!=1", "2", true},       {"a!=x", "y", true},
		{"a<5", "4.9", true},      {"a<5", "5", false},
		{"a<=5", "5", true},       {"a<=5", "5.1", false},
		{"a>5", "5", false},       {"a>5", "10", true}, /* as numbers, not as words */
		{"a>=5", "5", true},       {"a>=5", "4", false},
		{"a>=-1", "-0.5", true},   {"a<5", "x", false},
		{"a>5", "x", false},       {"a=\"x, y\"", "x, y", true},
		{"a=\"1\"", "1.0", true},  {"a=\"\"", "x", false},
		{"a=\"\"", "\"\"", false}, {" a = x ", "x", true},
		{"a=b=c", "b=c", true},    {"tuổi>=18", "18", true},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct where w = parse(cases[i].words);

		cr_expect(eq(sz, w.n, 1), "row %zu", i);
		cr_expect(where_holds(&w.at[0], span_of(cases[i].cell)) == cases[i].holds,
			  "row %zu: %s of %s", i, cases[i].words, cases[i].cell);
	}
}

Test(where, parts)
{
	struct where w = parse("sex=1,\"b,c\"=\"d,e\",age>=18,x<2");

	cr_assert(eq(sz, w.n, 4));
	check_text(w.at[0].column, "sex");
	cr_expect(eq(int, (int)w.at[0].op, WHERE_EQUAL));
	check_text(w.at[1].column, "b,c");
	check_text(w.at[1].value, "d,e");
	check_text(w.at[2].value, "18");
	cr_expect(eq(int, (int)w.at[2].op, WHERE_AT_LEAST));
	cr_expect(eq(dbl, w.at[2].number, 18));
	check_text(where_words(&arena, &w), "sex=1;b,c=d,e;age>=18;x<2");
	w = parse("a!=1,b<=2,c>3,d==4");
	check_text(where_words(&arena, &w), "a!=1;b<=2;c>3;d=4");
	check_text(where_words(&arena, &(struct where){0}), "");
}

Test(where, what_is_refused)
{
	static const struct {
		const char *words, *fragment;
	} cases[] = {
		{"", "is not column, operator, value"},
		{"sex", "\"sex\" is not column, operator, value"},
		{"=1", "\"=1\" is not column"},
		{"sex=1,", "\"\" is not column"},
		{"sex=1,,age=2", "\"\" is not column"},
		{"age>=old", "\"age>=old\" compares sizes, so \"old\" must be a number"},
		{"age<", "\"\" must be a number"},
		{"age<1,000", "\"000\" is not column"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct where w;
		struct diag why = {0};

		cr_expect(not(where_parse(&arena, span_of(cases[i].words), &w, &why)), "row %zu",
			  i);
		cr_expect(eq(sz, why.errors, 1), "row %zu", i);
		check_problem(&why, 0, DIAG_USAGE, "", 0, 0, cases[i].fragment);
	}
}

Test(where, same)
{
	cr_expect(where_same(span_of("1"), span_of("1.0")));
	cr_expect(where_same(span_of("1e1"), span_of("10")));
	cr_expect(where_same(span_of("x"), span_of("x")));
	cr_expect(where_same(span_of(""), span_of("")));
	cr_expect(not(where_same(span_of("1"), span_of("x"))));
	cr_expect(not(where_same(span_of("1"), span_of("1 "))), "a space is no number");
	cr_expect(not(where_same(span_of("0"), span_of(""))));
}
