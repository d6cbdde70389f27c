/* Expected values are read off the CSV text in each test; the counts of the shipped file are those
 * of surveys/sipas/SOURCE.md. */
#include "help.h"

#include "base/number.h"
#include "survey/codebook.h"
#include "survey/structure.h"

#include <math.h>

TestSuite(codebook, .fini = clean);

#define HEAD                                                                                       \
	"era,column,code,question_vi,question_en,kind,levels,satisfied,missing,valid_min,"         \
	"valid_max\n"

static bool read_bytes(const char *bytes, struct codebook *c, struct diag *why)
{
	return codebook_read(&arena, file_of("codebook.csv", bytes, strlen(bytes)), c, why);
}

static struct codebook read_good(const char *bytes)
{
	struct diag why = {0};
	struct codebook c;

	cr_assert(read_bytes(bytes, &c, &why), "%s", why.item[0].words);
	cr_expect(zero(sz, why.errors + why.warnings));
	return c;
}

static const char good[] =
	HEAD "A,q1,1,Câu một,Question one,likert,1=Kém|2=Vừa|3= Tốt ,3,88=refused|99,1,3\n"
	     "A,home,H,Nơi ở,,category,urban=Đô thị|rural,,-1=,,\n"
	     "A,age,G,,,number,,,999=dont_know,18,110\n"
	     "A,note,N,Lời,Words,text,,,,,\n"
	     ",home,H,Nơi ở,Home,category,u|r,u|r,,,\n"
	     ",yes,Y,Có?,Yes?,yesno,1=Có|0=Không,1,,0,1\n"
	     "B,mark,M,Điểm,Mark,score,,,,0.5,10\n";

Test(codebook, a_question_as_it_is_written)
{
	struct codebook c = read_good(good);
	const struct question *q = codebook_code(&c, span_of("A"), span_of("1"));

	cr_assert(eq(sz, c.n, 7));
	cr_assert(q != NULL);
	check_text(q->era, "A");
	check_text(q->column, "q1");
	check_text(q->words[LANG_VI], "Câu một");
	check_text(q->words[LANG_EN], "Question one");
	cr_expect(eq(int, (int)q->kind, QUESTION_LIKERT));
	cr_assert(eq(sz, q->n_levels, 3));
	check_text(q->level[0].value, "1");
	check_text(q->level[2].label[LANG_VI],
		   "Tốt"); /* spaces around a label are not part of it */
	cr_expect(eq(dbl, q->level[2].number, 3));
	cr_expect(not(q->level[1].satisfied));
	cr_expect(q->level[2].satisfied);
	cr_expect(eq(sz, q->n_satisfied, 1));
	cr_assert(eq(sz, q->n_missing, 2));
	check_text(q->missing[0].reason, "refused");
	check_text(q->missing[1].reason, "99"); /* no reason: the code itself */
	cr_expect(eq(dbl, q->valid_min, 1));
	cr_expect(eq(dbl, q->valid_max, 3));
	cr_expect(zero(sz, q->order));
	cr_expect(eq(sz, c.at[6].order, 6));
	cr_expect(eq(dbl, c.at[6].valid_min, 0.5));
	cr_expect(eq(int, (int)c.at[6].kind, QUESTION_SCORE));
	cr_expect(eq(int, (int)c.at[3].kind, QUESTION_TEXT));
	cr_expect(eq(int, (int)c.at[5].kind, QUESTION_YESNO));
	check_string(strrchr(c.file, '/'), "/codebook.csv");
}

Test(codebook, what_is_left_blank)
{
	struct codebook c = read_good(good);
	const struct question *home = codebook_column(&c, span_of("A"), span_of("home")),
			      *age = codebook_column(&c, span_of("A"), span_of("age"));

	cr_assert(home && age);
	check_text(home->words[LANG_EN], "Nơi ở");          /* the other language */
	check_text(age->words[LANG_VI], "G");               /* the code */
	check_text(home->level[1].label[LANG_VI], "rural"); /* its own label */
	cr_expect(isnan(home->level[1].number));
	cr_expect(isnan(home->valid_min) && isnan(home->valid_max));
	cr_expect(zero(sz, home->n_satisfied));
	check_text(home->missing[0].reason, "-1");
	cr_expect(zero(sz, age->n_levels));
}

/* A row of no era holds for every era that has none of its own. */
Test(codebook, eras)
{
	struct codebook c = read_good(good);

	cr_expect(eq(sz, codebook_column(&c, span_of("A"), span_of("home"))->order, 1));
	cr_expect(eq(sz, codebook_column(&c, span_of("B"), span_of("home"))->order, 4));
	cr_expect(eq(sz, codebook_code(&c, span_of("A"), span_of("H"))->order, 1));
	cr_expect(eq(sz, codebook_code(&c, span_of("C"), span_of("H"))->order, 4));
	cr_expect(eq(sz, codebook_code(&c, span_of("A"), span_of("Y"))->order, 5));
	cr_expect(zero(ptr, (void *)codebook_code(&c, span_of("A"), span_of("M"))), "B's");
	cr_expect(zero(ptr, (void *)codebook_column(&c, span_of("A"), span_of("mark"))), "B's");
	cr_expect(zero(ptr, (void *)codebook_column(&c, span_of("A"), span_of("M"))), "a code");
	cr_expect(zero(ptr, (void *)codebook_code(&c, span_of("A"), span_of("q1"))), "a column");
}

/* The same whichever of the two rows stands first. */
Test(codebook, eras_in_another_order)
{
	struct codebook c = read_good(HEAD ",x,1,,,number,,,,,\nA,x,1,,,number,,,,,\n"
					   ",y,2,,,number,,,,,\n");

	cr_expect(eq(sz, codebook_column(&c, span_of("A"), span_of("x"))->order, 1));
	cr_expect(eq(sz, codebook_code(&c, span_of("A"), span_of("1"))->order, 1));
	cr_expect(eq(sz, codebook_code(&c, span_of("B"), span_of("1"))->order, 0));
	cr_expect(eq(sz, codebook_column(&c, span_of(""), span_of("x"))->order, 0));
}

Test(codebook, without_a_column_era)
{
	struct codebook c = read_good("code,column,question_vi,question_en,kind,levels,satisfied,"
				      "missing,valid_min,valid_max,comment\n"
				      "1,q,Câu,,number,,,,,,kept for people\n");

	check_text(c.at[0].era, "");
	cr_expect(codebook_column(&c, span_of("any"), span_of("q")) == &c.at[0]);
}

Test(codebook, values_match_as_text_or_as_numbers)
{
	static const struct {
		const char *column, *value;
		int level, missing; /* -1 = none */
	} cases[] = {
		{"q1", "1", 0, -1},       {"q1", "3.0", 2, -1},     {"q1", "03", 2, -1},
		{"q1", "2e0", 1, -1},     {"q1", "4", -1, -1},      {"q1", "", -1, -1},
		{"q1", " 1", -1, -1},     {"q1", "1.5", -1, -1},    {"q1", "Kém", -1, -1},
		{"q1", "88", -1, 0},      {"q1", "88.00", -1, 0},   {"q1", "99", -1, 1},
		{"q1", "nan", -1, -1},    {"home", "urban", 0, -1}, {"home", "Urban", -1, -1},
		{"home", "rura", -1, -1}, {"home", "-1", -1, 0},    {"home", "1", -1, -1},
		{"age", "30", -1, -1},    {"age", "999.0", -1, 0},  {"note", "999", -1, -1},
	};
	struct codebook c = read_good(good);

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct question *q =
			codebook_column(&c, span_of("A"), span_of(cases[i].column));
		const struct level *l = question_level(q, span_of(cases[i].value));
		const struct missing_code *m = question_missing(q, span_of(cases[i].value));

		cr_expect(eq(int, l ? (int)(l - q->level) : -1, cases[i].level), "row %zu", i);
		cr_expect(eq(int, m ? (int)(m - q->missing) : -1, cases[i].missing), "row %zu", i);
	}
}

#define Q "A,q,1,,,"

/* Each file is wrong in one way. */
Test(codebook, wrong_files)
{
	static const struct {
		const char *rows;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{Q "liket,1,,,,\n", 2, 9, "\"liket\" is not one of likert"},
		{Q ",1,,,,\n", 2, 9, "\"\" is not one of"},
		{Q "Likert,1,,,,\n", 2, 9, "\"Likert\""},
		{Q "likert,,,,,\n", 2, 16, "a likert question needs its levels"},
		{Q "yesno,,,,,\n", 2, 15, "a yesno question needs its levels"},
		{Q "yesno,1|2|3,,,,\n", 2, 15, "two levels, not 3"},
		{Q "yesno,1,,,,\n", 2, 15, "two levels, not 1"},
		{Q "likert,1=a|2=b|1=c,,,,\n", 2, 16, "level \"1\" stands twice"},
		{Q "likert,1=a|1.0=b,,,,\n", 2, 16, "level \"1.0\" stands twice"},
		{Q "likert,1=a||2=b,,,,\n", 2, 16, "\"\" has no value"},
		{Q "likert,1=a|=b,,,,\n", 2, 16, "\"=b\" has no value"},
		{Q "likert,1|2|3,4,,,\n", 2, 22, "\"4\" is not a level of \"1\""},
		{Q "likert,1|2|3,2|3|2.0,,,\n", 2, 22, "\"2.0\" stands twice"},
		{Q "likert,1|2|3,2|,,,\n", 2, 22, "\"\" is not a level"},
		{Q "number,,8,,,\n", 2, 17, "\"8\" is not a level"},
		{Q "likert,1|2,,2=refused,,\n", 2, 21, "\"2\" is a valid answer of \"1\" too"},
		{Q "likert,1|2,,2.0=refused,,\n", 2, 21, "\"2.0\" is a valid answer"},
		{Q "likert,1|2,,8=a|9=b|8=c,,\n", 2, 21, "code \"8\" stands twice"},
		{Q "likert,1|2,,8=a|=b,,\n", 2, 21, "\"=b\" has no code"},
		{Q "likert,1|2,,=a|8=b,,\n", 2, 21, "\"=a\" has no code"},
		{Q "number,,,99,0,99\n", 2, 18, "\"99\" is a valid answer"},
		{Q "score,,,0,0,10\n", 2, 17, "\"0\" is a valid answer"},
		{Q "likert,1|2,,,2,1\n", 2, 22, "valid_min 2 is above valid_max 1"},
		{Q "likert,1|2,,,one,2\n", 2, 22, "column \"valid_min\": \"one\" is not a number"},
		{Q "likert,1|2,,,1,2x\n", 2, 24, "column \"valid_max\": \"2x\" is not a number"},
		{Q "likert,1|2|3,,,1,2\n", 2, 16, "level \"3\" is outside valid_min to valid_max"},
		{Q "likert,0|1|2,,,1,\n", 2, 16, "level \"0\" is outside"},
		{"A,,1,,,number,,,,,\n", 2, 3, "needs the column"},
		{"A,q,,,,number,,,,,\n", 2, 5, "needs a code"},
		{"A,q,1,,,number,,,,,\nB,q,1,,,number,,,,,\nA,r,1,,,number,,,,,\n", 4, 5,
		 "code \"1\" stands twice in era \"A\" (line 2)"},
		{"A,q,1,,,number,,,,,\nA,q,2,,,number,,,,,\n", 3, 3,
		 "column \"q\" stands twice in era \"A\" (line 2)"},
		{"A,p,0,,,number,,,,,\nA,q,1,,,number,,,,,\nA,r,1,,,number,,,,,\n", 4, 5,
		 "code \"1\" stands twice in era \"A\" (line 3)"},
		{Q "many,,,,,\nA,r,2,,,number,,,,,\n", 2, 9, "\"many\" is not one of"},
		{",q,1,,,number,,,,,\n,r,1,,,number,,,,,\n", 3, 4,
		 "code \"1\" stands twice in era \"\""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text bytes = arena_format(&arena, HEAD "%s", cases[i].rows);
		struct diag why = {0};
		struct codebook c;

		cr_expect(not(read_bytes(bytes.at, &c, &why)), "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "codebook.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

Test(codebook, what_is_not_wrong)
{
	static const char *const rows[] = {
		Q "number,,,99=refused,0,98\n", /* outside the range */
		Q "number,,,99=refused,0,\n",   /* no range: the code decides */
		Q "category,,,8=refused,,\n",   /* any value, a name of a commune */
		Q "category,8=b,,88=refused,1,9\n",
		Q "score,1=worst|10=best,,,1,10\n",  /* only the ends have labels */
		Q "likert,urban|rural,rural,,5,6\n", /* words have no range */
		Q "likert,1=a=b|2=c,,,,\n",          /* the first = divides */
		Q "number,,,,5,5\n",                 /* one value */
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag why = {0};
		struct codebook c;

		cr_expect(read_bytes(arena_format(&arena, HEAD "%s", rows[i]).at, &c, &why),
			  "row %zu: %s", i, why.item[0].words);
	}
	struct codebook c = read_good(HEAD Q "likert,1=a=b|2=c,,,,\n");

	check_text(c.at[0].level[0].label[LANG_VI], "a=b");
}

Test(codebook, all_problems_are_told)
{
	struct text bytes = arena_format(&arena, HEAD Q "likert,1|2,3|4,2|x|x,x,\n"
							"B,,1,,,number,,,,3,2\n");
	struct diag why = {0};
	struct codebook c;

	cr_expect(not(read_bytes(bytes.at, &c, &why)));
	/* 3, 4 no levels; valid_min; 2 is a level, x twice; no column; bounds */
	cr_expect(eq(sz, why.errors, 7));
	check_problem(&why, 0, DIAG_DATA, "codebook.csv", 2, 20, "\"3\" is not a level");
	check_problem(&why, 2, DIAG_DATA, "codebook.csv", 2, 30, "valid_min");
	check_problem(&why, 4, DIAG_DATA, "codebook.csv", 2, 24, "\"x\" stands twice");
	check_problem(&why, 5, DIAG_DATA, "codebook.csv", 3, 3, "needs the column");
	check_problem(&why, 6, DIAG_DATA, "codebook.csv", 3, 18, "valid_min 3 is above");

	struct text many = span_of(HEAD);

	for (int i = 0; i < 30; i++)
		many = arena_format(&arena, "%.*sA,q%d,%d,,,none,,,,,\n", SPAN_ARG(many), i, i);
	why = (struct diag){0};
	cr_expect(not(read_bytes(many.at, &c, &why)));
	cr_expect(eq(sz, why.errors, 30));
	cr_expect(eq(sz, why.kept, DIAG_KEPT));
}

Test(codebook, no_table)
{
	struct diag why = {0};
	struct codebook c;

	cr_expect(not(codebook_read(&arena, "/nowhere/codebook.csv", &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "codebook.csv", 0, 0, "cannot be read");
	why = (struct diag){0};
	cr_expect(not(read_bytes(HEAD, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "codebook.csv", 1, 1, "only a header row");
	why = (struct diag){0};
	cr_expect(not(read_bytes("era,column,code,kind,levels\nA,q,1,number,\n", &c, &why)));
	cr_expect(eq(sz, why.errors, 6), "every column that is missing is named");
	check_problem(&why, 5, DIAG_DATA, "codebook.csv", 1, 1, "no column \"valid_max\"");
	why = (struct diag){0};
	cr_expect(not(read_bytes("column,question_vi,question_en,kind,levels,satisfied,missing,"
				 "valid_min,valid_max\nq,,,number,,,,,\n",
				 &c, &why)));
	cr_expect(eq(sz, why.errors, 1));
	check_problem(&why, 0, DIAG_DATA, "codebook.csv", 1, 1, "no column \"code\"");
}

/* Of surveys/sipas/SOURCE.md: 177 questions; every item of the structure is asked. */
Test(codebook, shipped)
{
	struct structure s;
	struct codebook c;
	struct diag why = {0};
	size_t items = 0;

	cr_assert(codebook_read(&arena, SHIPPED "/surveys/sipas/codebook.csv", &c, &why), "%s",
		  why.item[0].words);
	cr_expect(eq(sz, c.n, 177));
	cr_assert(structure_read(&arena, SHIPPED, SHIPPED "/surveys/sipas", &s, &why));
	for (size_t i = 0; i < s.n; i++) {
		const struct question *q = codebook_code(&c, s.at[i].era, s.at[i].code);

		if (structure_child(&s, &s.at[i], NULL) || !s.at[i].depth)
			continue;
		items++;
		cr_assert(q != NULL, "%.*s", SPAN_ARG(s.at[i].code));
		cr_expect(eq(sz, q->n_levels, 5));
		cr_expect(eq(sz, q->n_satisfied, 2));
		cr_expect(question_level(q, span_of("4"))->satisfied);
		cr_expect(question_level(q, span_of("5"))->satisfied);
	}
	cr_expect(eq(sz, items, 94));
	cr_expect(zero(sz, codebook_column(&c, span_of("2022"), span_of("q10_1"))->n_satisfied));
}

/* English labels stand beside the levels, in any order; a level may lack one. */
Test(codebook, english_labels)
{
	static const char rows[] =
		"column,code,question_vi,question_en,kind,levels,levels_en,satisfied,missing,valid_"
		"min,"
		"valid_max\nq,I.1,,Q,category,1=Nam|2=Nữ|3,2=Female|1=Male,,,,\n";
	static const char wrong[] = "column,code,question_vi,question_en,kind,levels,levels_en,"
				    "satisfied,missing,valid_min,"
				    "valid_max\nq,I.1,,Q,category,1=Nam|2=Nữ,1=Male|3=Other,,,,\n";
	struct codebook c;
	struct diag why = {0};

	cr_assert(codebook_read(&arena, file_of("codebook.csv", rows, sizeof rows - 1), &c, &why));
	check_text(c.at[0].level[0].label[LANG_EN], "Male");
	check_text(c.at[0].level[1].label[LANG_EN], "Female");
	check_text(c.at[0].level[1].label[LANG_VI], "Nữ");
	check_text(c.at[0].level[2].label[LANG_EN], "3");
	cr_expect(not(
		codebook_read(&arena, file_of("wrong.csv", wrong, sizeof wrong - 1), &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "wrong.csv", 2, 30,
		      "column \"levels_en\": \"3\" is not a level of \"I.1\"");
}
