#include "guesses.h"

#include "survey/doubts.h"
#include "survey/survey.h"

#include <math.h>

TestSuite(quality, .fini = clean);

#define MINE HAILONG_SOURCE_DIR "/tests/data/check/mine"

/* The year 2024 of the invented survey: every number below is counted by hand in 2024.csv. */
static struct quality mine(const char *province, struct diag *why)
{
	struct survey *s = arena_new(&arena, 1, sizeof *s);
	struct quality_order o = {.file = MINE "/2024.csv", .era = span_of("e"), .year = 2024};
	struct quality q;

	cr_assert(survey_read(&arena, SHIPPED, MINE, s, why), "%s", why->item[0].words);
	o.guesses = shipped_guesses();
	o.design = s->design;
	o.book = &s->codebook;
	o.provinces = &s->provinces;
	if (province)
		o.self = province_by_code(&s->provinces, span_of(province), 2024);
	cr_assert(quality_read(&arena, &o, &q, why), "%s", why->item[0].words);
	return q;
}

static const struct quality_column *column(const struct quality *q, const char *name)
{
	for (size_t i = 0; i < q->n_columns; i++)
		if (span_is(q->column[i].profile.name, name))
			return &q->column[i];
	cr_assert(false, "%s", name);
	return NULL;
}

Test(quality, columns)
{
	struct diag why = {0};
	struct quality q = mine(NULL, &why);
	const struct quality_column *c = column(&q, "q4");

	cr_expect(eq(sz, q.rows, 8));
	cr_expect(eq(sz, q.n_columns, 17));
	cr_expect(eq(sz, c->profile.valid, 6));
	cr_expect(eq(sz, c->profile.blank, 2));
	cr_expect(eq(sz, c->profile.by_level[1], 4));
	cr_expect(eq(sz, c->missing[0], 1)); /* Hà Nội */
	cr_expect(eq(sz, c->missing[1], 1));
	cr_expect(eq(sz, column(&q, "q2")->profile.coded, 2));
	cr_expect(eq(int, (int)column(&q, "device")->use, QUALITY_OTHER));
	cr_expect(eq(int, (int)column(&q, "phieu")->use, QUALITY_ID));
	cr_expect(eq(int, (int)column(&q, "end")->use, QUALITY_TIME));
	cr_expect(eq(int, (int)column(&q, "villages")->use, QUALITY_DESIGN));
	cr_assert(eq(sz, q.n_lacking, 1));
	check_text(q.lacking[0]->column, "q6");
	/* q1 to q5, sex, age: 7 questions; job is words */
	cr_expect(epsilon_eq(dbl, quality_missing(&q, QUALITY_NO_COLUMN), 9.0 / 56, 1e-15));
	cr_expect(epsilon_eq(dbl, quality_missing(&q, 0), 3.0 / 28, 1e-15));
	cr_expect(epsilon_eq(dbl, quality_missing(&q, 1), 6.0 / 28, 1e-15));
}

Test(quality, ids_and_equal_rows)
{
	struct diag why = {0};
	struct quality q = mine(NULL, &why);

	cr_expect(eq(sz, q.blank_ids, 1));
	cr_assert(eq(sz, q.ids.n, 1));
	check_text(q.ids.group[0].key, "3");
	cr_expect(eq(sz, q.ids.across, 1));
	cr_assert(
		eq(sz, q.same.n, 1)); /* not line 2, a straight line, nor line 8, with 2 answers */
	cr_expect(eq(sz, q.same.row[0].line, 3));
	cr_expect(eq(sz, q.same.row[1].line, 5));
	cr_expect(eq(sz, q.same.across, 0));
}

Test(quality, blocks_times_weights_design)
{
	struct diag why = {0};
	struct quality q = mine(NULL, &why);

	cr_assert(eq(sz, q.n_blocks, 1)); /* q6 has no column */
	cr_expect(eq(sz, q.block[0].straight.n, 5));
	cr_expect(eq(sz, q.block[0].straight.all.rows, 6));
	cr_expect(eq(sz, q.block[0].straight.all.straight, 2));
	cr_expect(eq(dbl, q.block[0].straight.runs, 15));
	cr_expect(eq(dbl, q.pace.median, 30));
	cr_expect(eq(sz, q.pace.all.fast, 1));
	cr_expect(eq(sz, q.pace.backward, 1));
	cr_expect(eq(sz, q.pace.blank, 1));
	cr_expect(eq(dbl, q.weights.kish, 1.375));
	cr_expect(eq(dbl, q.coverage.place[0].weight, 5));
	cr_expect(eq(dbl, q.coverage.place[1].weight, 11));
	cr_expect(eq(dbl, q.coverage.place[1].most, 4));
	cr_expect(eq(dbl, q.coverage.place[1].least, 1));
	cr_expect(eq(sz, q.sampled.strata->n, 3));
	cr_expect(eq(sz, q.sampled.lonely, 1));
	cr_expect(eq(sz, q.sampled.certain, 2));
	cr_expect(eq(sz, q.coverage.n_absent, 61));
}

/* Of one province: its four rows; ids of the others are known still. */
Test(quality, one_province)
{
	struct diag why = {0};
	struct quality q = mine("33", &why);

	cr_expect(eq(sz, q.rows, 4));
	cr_expect(eq(sz, column(&q, "q4")->profile.valid, 3));
	cr_expect(eq(dbl, q.weights.sum, 11));
	cr_expect(eq(sz, q.ids.across, 1));
	cr_expect(eq(sz, q.same.n, 0));
	cr_expect(eq(sz, q.block[0].straight.all.rows, 3));
	cr_expect(eq(sz, q.sampled.n_units, 2));
	cr_expect(eq(dbl, q.pace.median, 35));
}

static bool says(const struct diag *why, const char *part)
{
	for (size_t i = 0; i < why->kept; i++)
		if (strstr(why->item[i].words, part))
			return true;
	return false;
}

Test(quality, doubts)
{
	static const char *const want[] = {
		"2 questions lack more than 20.0 % of the answers: \"q2\" (25.0 %), \"q4\" (25.0 "
		"%)",
		"1 row without a respondent id in column \"phieu\"",
		"respondent id \"3\" stands in line 4 too; 1 id in 2 rows, 1 of them in several",
		"the answers are those of line 3, all of them; 1 group of equal rows, 2 rows",
		"\"q1\" to \"q5\": 33.3 % of the people gave one answer to every question",
		"1 interview that ends before the start",
		"1 interview (16.7 %) took less than a third of the median"};
	struct diag why = {0};
	struct quality q = mine(NULL, &why);

	doubts_tell(&arena, &q, &why);
	cr_expect(eq(sz, why.errors, 0));
	cr_expect(eq(sz, why.warnings, COUNT(want)));
	for (size_t i = 0; i < COUNT(want); i++)
		cr_expect(says(&why, want[i]), "%s", want[i]);
}

/* ---- lone files ---------------------------------------------------------------------------- */

static bool lone(const char *bytes, struct quality_order o, struct quality *q, struct diag *why)
{
	o.guesses = shipped_guesses();
	o.file = file_of("a.csv", bytes, strlen(bytes));
	return quality_read(&arena, &o, q, why);
}

static struct diag doubts_of(const char *bytes, struct quality_order o)
{
	struct diag why = {0};
	struct quality q;

	cr_assert(lone(bytes, o, &q, &why), "%s", why.item[0].words);
	doubts_tell(&arena, &q, &why);
	return why;
}

/* A block without a codebook: whole numbers from 0 to 10 with the same highest. `e` ends it. */
Test(quality, blocks_by_their_values)
{
	struct diag why = {0};
	struct quality q;

	cr_assert(lone("_id,a,b,c,d,d5,e,f\n1,1,1,1,1,1,0,9\n2,5,5,5,5,5,1,9\n3,1,5,1,1,1,0,9\n",
		       (struct quality_order){0}, &q, &why));
	cr_assert(eq(sz, q.n_blocks, 1));
	cr_expect(eq(sz, q.block[0].straight.n, 5));
	cr_expect(eq(sz, q.block[0].straight.all.straight, 2));
	cr_expect(eq(int, (int)q.column[0].use, QUALITY_ID));
}

Test(quality, no_block_of_four_or_of_large_numbers)
{
	struct diag why = {0};
	struct quality q;

	cr_assert(lone("a,b,c,d\n1,1,1,1\n5,5,5,5\n", (struct quality_order){0}, &q, &why));
	cr_expect(eq(sz, q.n_blocks, 0));
	cr_assert(lone("a,b,c,d,e\n1,1,1,1,1\n11,11,11,11,11\n", (struct quality_order){0}, &q,
		       &why));
	cr_expect(eq(sz, q.n_blocks, 0));
	cr_assert(lone("a,b,c,d,e\n1,1,1,1,1\n1,1,1,1,1\n", (struct quality_order){0}, &q, &why));
	cr_expect(eq(sz, q.n_blocks, 0));
}

/* A start and an end are a pair by their names: "start" has its end in "end" alone. */
Test(quality, pairs_of_times)
{
	static const struct {
		const char *head;
		size_t begin, end;
	} cases[] = {
		{"start,end,end_time", 0, 1},
		{"end,start_time,end_time", 1, 2},
		{"Kết thúc,start,Bắt đầu", 2, 0},
		{"start,end_time,x", QUALITY_NO_COLUMN, QUALITY_NO_COLUMN},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct quality q;

		cr_assert(lone(arena_format(&arena, "%s\n1,2,3\n", cases[i].head).at,
			       (struct quality_order){0}, &q, &why));
		cr_expect(eq(sz, q.begin, cases[i].begin), "%s", cases[i].head);
		cr_expect(eq(sz, q.end, cases[i].end), "%s", cases[i].head);
	}
}

/* A running number, as any column that differs in every row, is no answer. */
Test(quality, equal_rows_but_for_a_number)
{
	struct diag why = {0};
	struct quality q;

	cr_assert(lone("stt,a,b,c,d,e,_x\n1,1,2,3,4,5,p\n2,1,2,3,4,5,q\n3,1,2,3,4,6,r\n",
		       (struct quality_order){0}, &q, &why));
	cr_expect(eq(sz, q.same.n, 1));
	cr_expect(eq(sz, q.same.n_rows, 2));
	cr_assert(lone("stt,a,b,c,d\n1,1,2,3,4\n2,1,2,3,4\n3,1,2,3,5\n", (struct quality_order){0},
		       &q, &why));
	cr_expect(eq(sz, q.same.n, 0)); /* four answers */
}

Test(quality, wrong_columns)
{
	static const struct {
		const char *bytes, *words;
	} cases[] = {
		{"a,b\n1,2\n", "there is no column \"w\""},
		{"w,a,a\n1,2,3\n", "column \"a\" stands twice"},
		{"w,a\n1\n", "the row has 1 field"},
		{"", "header"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct quality_order o = {.design.weight = TEXT("w")};
		struct diag why = {0};
		struct quality q;

		cr_expect(not(lone(cases[i].bytes, o, &q, &why)), "%s", cases[i].bytes);
		cr_expect(says(&why, cases[i].words), "%s", why.item[0].words);
	}
}

Test(quality, too_many_provinces)
{
	struct quality_order o = {.design.province = TEXT("p")};
	struct diag why = {0};
	struct quality q;
	struct text s = span_of("p,a\n");

	for (int i = 0; i <= COVERAGE_PLACES; i++)
		s = arena_format(&arena, "%.*sp%d,1\n", SPAN_ARG(s), i);
	cr_expect(not(lone(s.at, o, &q, &why)));
	cr_expect(says(&why, "too many for provinces"));
}

/* 30 times is still allowed, 31 is not; between provinces it may be more. */
Test(quality, weights_of_one_province)
{
	struct quality_order o = {.design.weight = TEXT("w"), .design.province = TEXT("p")};
	struct diag why = doubts_of("p,w,a\nx,1,1\nx,30,1\ny,900,1\n", o);

	cr_expect(eq(sz, why.warnings, 0));
	why = doubts_of("p,w,a\nx,1,1\nx,31,1\ny,900,1\n", o);
	cr_expect(says(&why, "the highest weight is 31 times the lowest in x (31 and 1)"));
}

Test(quality, units_in_two_provinces_and_spellings)
{
	struct quality_order o = {.design.province = TEXT("p"), .design.n_units = 1};
	struct diag why;

	o.design.unit[0] = span_of("u");
	why = doubts_of("p,u\nHà Nội,1\nHÀ NỘI,1\nHuế,2\nHuế,1\n", o);
	cr_expect(eq(sz, why.warnings, 1));
	cr_expect(
		says(&why, "sampling unit \"1\" is in province \"Huế\", in line 2 in \"Hà Nội\""));
	cr_expect(
		says(&why, "\"Hà Nội\" (line 2, 1 rows) and \"HÀ NỘI\" (line 3, 1 rows) are one"));
}

/* Two straight lines are no copies of one another: they are told as what they are. */
Test(quality, straight_lines_are_not_equal_rows)
{
	struct diag why = {0};
	struct quality q;

	cr_assert(lone("a,b,c,d,e\n5,5,5,5,5\n5,5,5,5,5\n1,2,3,4,5\n1,2,3,4,5\n5,1,1,1,1\n",
		       (struct quality_order){0}, &q, &why));
	cr_assert(eq(sz, q.same.n, 1));
	cr_expect(eq(sz, q.same.row[0].line, 4));
}

/* n straight rows in province x, and 100 others in y: below the limit in the country. */
static struct diag straight_in_x(int n)
{
	struct quality_order o = {.design.province = TEXT("p")};
	struct text s = span_of("p,id,a,b,c,d,e\n");

	for (int i = 0; i < 100 + n; i++)
		s = arena_format(&arena, "%.*s%s,%d,%s\n", SPAN_ARG(s), i < n ? "x" : "y", i,
				 i < n        ? "5,5,5,5,5"
				 : i % 2 == 0 ? "1,2,3,4,5"
					      : "5,4,3,2,1");
	return doubts_of(s.at, o);
}

Test(quality, straight_lines_of_a_province)
{
	struct diag few = straight_in_x(19), enough = straight_in_x(20);

	cr_expect(not(says(&few, "gave one answer to every question")));
	cr_expect(says(&enough, "16.7 % of the people gave one answer to every question; above "
				"20.0 % in \"x\" (100.0 %)"));
}
