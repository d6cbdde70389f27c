#include "help.h"

#include "base/number.h"
#include "survey/structure.h"

#include <math.h>

TestSuite(structure, .fini = clean);

static const struct structure *read_structure(const char *share, const char *folder)
{
	struct structure *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	cr_assert(structure_read(&arena, share, folder, s, &why), "%s", why.item[0].words);
	return s;
}

/* PAPI: 6 dimensions with 22 parts until 2015 (CECODES, PAPI reports); 8 dimensions since 2018. */
Test(structure, papi_tree)
{
	const struct structure *s = read_structure(SHIPPED, SHIPPED "/surveys/papi");
	const struct item *root = structure_find(s, span_of("2011-2015"), span_of("total"));
	size_t dimensions = 0, parts = 0;

	cr_assert(root != NULL);
	for (const struct item *d = NULL; (d = structure_child(s, root, d)); dimensions++)
		for (const struct item *p = NULL; (p = structure_child(s, d, p)); parts++) {
			cr_expect(eq(sz, p->depth, 2));
			cr_expect(span_equal(p->era, root->era));
			cr_expect(gt(sz, p->order, d->order),
				  "parents stand before their children");
		}
	cr_expect(eq(sz, dimensions, 6));
	cr_expect(eq(sz, parts, 22));
	cr_expect(eq(dbl, root->max, 60));
	cr_expect(zero(ptr, (void *)structure_find(s, span_of("2011-2015"), span_of("7"))));
	cr_expect(zero(ptr, (void *)structure_find(s, span_of("no era"), span_of("1"))));
}

Test(structure, small_tree)
{
	const struct structure *s = read_structure(FIXTURES, SMALL);
	const struct item *two = structure_find(s, span_of("B"), span_of("2")), *part;

	cr_assert(two != NULL);
	check_text(two->name[LANG_EN], "Nội dung hai"); /* one language only: it serves both */
	check_text(two->brief[LANG_VI], "Nội dung hai");
	cr_expect(isnan(two->weight));
	cr_expect(eq(int, (int)two->aggregation, AGGREGATE_SUM));
	cr_expect(zero(ptr, (void *)structure_child(s, two, NULL)));
	part = structure_find(s, span_of("A"), span_of("1.1"));
	check_text(part->brief[LANG_EN], "Part one");
	cr_expect(eq(sz, s->n_groups, 4));
	cr_expect(s->group[0].quartile);
}

/* SIPAS pairs an item with the question that asks how much people want it; see its SOURCE.md. */
Test(structure, expectations)
{
	static const struct {
		const char *era, *code, *question;
	} cases[] = {
		{"2023-2026", "I.A", "Q10.2"},
		{"2023-2026", "II.E", "Q10.10"},
		{"2023-2026", "II.A.26", "Q10.5"},
		{"2023-2026", "II.C.31", "Q10.7"},
		{"2023-2026", "I.B", ""},
		{"2023-2026", "total", ""},
		{"2022", "I.A", ""}, /* the wording of its questions is not known */
	};
	const struct structure *s = read_structure(SHIPPED, SHIPPED "/surveys/sipas");

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(structure_find(s, span_of(cases[i].era), span_of(cases[i].code))
				   ->expectation,
			   cases[i].question);
}

Test(structure, expectations_may_be_absent)
{
	const struct structure *s = read_structure(FIXTURES, SMALL);

	for (size_t i = 0; i < s->n; i++)
		cr_expect(eq(sz, s->at[i].expectation.n, 0));
}

/* Every step is in tests/data/share/surveys/small/comparability.csv. */
Test(structure, worst_verdict_over_several_eras)
{
	static const struct text eras[] = {TEXT("A"), TEXT("B"), TEXT("C")};
	static const struct {
		const char *code;
		size_t from, to;
		int verdict;
		const char *vi, *en;
	} cases[] = {
		{"total", 0, 0, VERDICT_OK, "", ""},
		{"total", 0, 1, VERDICT_OK, "", ""},
		{"total", 1, 2, VERDICT_NO, "đổi cách tính", "the formula changed"},
		{"total", 0, 2, VERDICT_NO, "đổi cách tính", "the formula changed"},
		{"1", 0, 2, VERDICT_WARN, "đổi câu hỏi", "the questions changed"},
		{"2", 0, 2, VERDICT_NO, "đổi mẫu; đổi phiếu",
		 "the sample changed; the form changed"},
		{"2", 2, 0, VERDICT_NO, "đổi mẫu; đổi phiếu",
		 "the sample changed; the form changed"},
		{"2", 0, 1, VERDICT_WARN, "đổi mẫu", "the sample changed"},
		{"1.1", 0, 1, VERDICT_WARN,
		 "chưa rõ giai đoạn A và giai đoạn B có so sánh được không",
		 "it is not stated whether A and B can be compared"},
		{"nothing", 1, 1, VERDICT_OK, "", ""},
	};
	const struct structure *s = read_structure(FIXTURES, SMALL);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text vi, en, code = span_of(cases[i].code);

		cr_expect(eq(int,
			     (int)structure_compare(&arena, s, code, eras, cases[i].from,
						    cases[i].to, LANG_VI, &vi),
			     cases[i].verdict),
			  "row %zu", i);
		structure_compare(&arena, s, code, eras, cases[i].from, cases[i].to, LANG_EN, &en);
		check_text(vi, cases[i].vi);
		check_text(en, cases[i].en);
		structure_compare(&arena, s, code, eras, cases[i].from, cases[i].to, LANG_EN, NULL);
	}
}

/* groups.csv of the survey, else the four quartiles of share/surveys/groups.csv. */
Test(structure, groups)
{
	const struct structure *own = read_structure(FIXTURES, PRINTED),
			       *shared = read_structure(FIXTURES, SMALL);
	struct structure none;
	struct diag why = {0};

	cr_assert(eq(sz, own->n_groups, 2));
	cr_expect(not(own->group[0].quartile));
	cr_expect(eq(dbl, own->group[0].bound, 90));
	check_text(own->group[1].name[LANG_EN], "Group B");
	cr_assert(eq(sz, shared->n_groups, 4));
	cr_expect(shared->group[3].quartile);
	check_text(shared->group[3].code, "4");
	cr_expect(not(structure_read(&arena, "/nowhere", SMALL, &none, &why)));
	check_problem(&why, 0, DIAG_DATA, "groups.csv", 0, 0, "cannot be read");
}
