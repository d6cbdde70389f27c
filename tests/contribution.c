/* Amounts by hand; errors by changing each weight a little, which needs no formula. */
#include "waved.h"

#include "estimate/contribution.h"

#include <math.h>

TestSuite(contribution, .fini = clean);

/* Rows of weight, answer to 1 and to 2: satisfied is 1. */
#define FIRST "w,q1,q2\n1,1,1\n2,0,1\n1,1,0\n1,0,1\n"
#define SECOND "w,q1,q2\n1,1,\n1,1,1\n2,1,0\n1,0,\n"

struct two {
	struct estimate_options o;
	struct wave_answers *w[2];
	struct contribution_years years;
	const struct survey *survey;
};

static struct two *read_two(const char *aggregation, const char *first, const char *second,
			    enum index_method m)
{
	struct two *t = arena_new(&arena, 1, sizeof *t);
	struct text structure = arena_format(&arena,
					     "A,total,,Chung,All,0,100,1,%s,up\n"
					     "A,1,total,Một,One,0,100,3,pooled,up\n"
					     "A,2,total,Hai,Two,0,100,1,pooled,up\n",
					     aggregation);

	waved_file("survey.csv", WAVED_SURVEY,
		   "2023,A,answers,first.csv,Thử,Trial,Không ai,,,percent,\n"
		   "2024,A,answers,second.csv,Thử,Trial,Không ai,,,percent,\n");
	waved_file("structure.csv", WAVED_STRUCTURE, arena_string(&arena, structure));
	waved_file("codebook.csv", WAVED_CODEBOOK,
		   "q1,1,Một,One,yesno,0|1,1,,0,1\nq2,2,Hai,Two,yesno,0|1,1,,0,1\n");
	waved_file("design.csv", "role,column\n", "weight,w\n");
	waved_file("first.csv", "", first);
	waved_file("second.csv", "", second);
	t->survey = waved_survey();
	t->o = (struct estimate_options){.level = 0.95};
	for (int i = 0; i < 2; i++) {
		struct diag why = {0};

		t->w[i] = waved_plan(t->survey, 2023 + i);
		cr_assert(index_variables(&arena, t->w[i], m, &why), "%s", why.item[0].words);
		waves_margin(&arena, t->w[i], NULL, 0);
		cr_assert(waves_read(&arena, t->w[i], false, &why), "%s", why.item[0].words);
	}
	t->years.from = index_start(&arena, t->w[0], m, &t->o);
	t->years.to = index_start(&arena, t->w[1], m, &t->o);
	t->years.shared =
		overlap_start(&arena, index_linear(t->years.from), index_linear(t->years.to));
	cr_assert(index_enter(t->years.from, 0, 0));
	cr_assert(index_enter(t->years.to, 0, 0));
	return t;
}

/* Item 1: 2 of 5 satisfied, then 4 of 5; item 2: 4 of 5, then 1 of 3. Pooled: 60, then 62.5.
 * Weights 1/2 and 1/2, then 5/8 and 3/8. c_1 = 5/8 80 - 1/2 40 - 61.25 / 8 = 22.34375, c_2 = 3/8
 * 100/3 - 1/2 80 + 61.25 / 8 = -19.84375. */
Test(contribution, pooled)
{
	struct two *t = read_two("pooled", FIRST, SECOND, INDEX_STRUCTURE);
	const char *reason;
	size_t n;
	struct contribution *c = contribution_find(&arena, &t->years, 0, 0, &n, &reason);

	cr_assert(c != NULL && n == 2);
	check_text(c[0].part->code, "1");
	cr_expect(epsilon_eq(dbl, c[0].amount, 22.34375, 1e-12));
	cr_expect(epsilon_eq(dbl, c[1].amount, -19.84375, 1e-12));
	cr_expect(epsilon_eq(dbl, c[0].amount + c[1].amount, 62.5 - 60, 1e-12));
	cr_expect(epsilon_eq(dbl, c[0].weight_to, 0.625, 1e-12));
	cr_expect(epsilon_eq(dbl, c[1].from, 80, 1e-12));
	cr_expect(epsilon_eq(dbl, sqrt(overlap_variance(&c[0].pair)), 18.81325701, 1e-7));
	cr_expect(epsilon_eq(dbl, sqrt(overlap_variance(&c[1].pair)), 18.77688611, 1e-7));
}

/* A mean: half of each part's change, with half of its error; by weight 3 to 1: 30 and -35/3. */
Test(contribution, fixed_weights)
{
	static const struct {
		const char *aggregation;
		double first, second;
	} cases[] = {{"mean", 20, -70.0 / 3}, {"weighted", 30, -35.0 / 3}, {"sum", 40, -140.0 / 3}};
	const char *reason;
	size_t n;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct two *t = read_two(cases[i].aggregation, FIRST, SECOND, INDEX_STRUCTURE);
		const struct index_node *was = index_at(t->years.from, 1),
					*now = index_at(t->years.to, 1);
		struct contribution *c = contribution_find(&arena, &t->years, 0, 0, &n, &reason);
		struct overlap_side a, b;
		size_t lonely;

		cr_assert(c != NULL && n == 2);
		cr_expect(epsilon_eq(dbl, c[0].amount, cases[i].first, 1e-12));
		cr_expect(epsilon_eq(dbl, c[1].amount, cases[i].second, 1e-12));
		a = index_side(t->years.from, &(struct index_part){was, 1}, 1, &lonely);
		b = index_side(t->years.to, &(struct index_part){now, 1}, 1, &lonely);
		cr_expect(epsilon_eq(dbl, overlap_variance(&c[0].pair),
				     (a.variance + b.variance) * c[0].weight_to * c[0].weight_to,
				     1e-9));
	}
}

/* Nobody answered item 2 in the second year: its amount is not known, that of 1 is. */
Test(contribution, a_part_without_answers)
{
	struct two *t = read_two("pooled", FIRST, "w,q1,q2\n1,1,\n1,0,\n", INDEX_STRUCTURE);
	const char *reason;
	size_t n;
	struct contribution *c = contribution_find(&arena, &t->years, 0, 0, &n, &reason);

	cr_assert(c != NULL && n == 2);
	cr_expect(isnan(c[1].amount));
	cr_expect(not(isnan(c[0].amount)));
}

Test(contribution, what_has_no_parts)
{
	static const char *const means[] = {"geometric", "harmonic"};
	const char *reason = NULL;
	size_t n;

	for (size_t i = 0; i < COUNT(means); i++) {
		struct two *t = read_two(means[i], FIRST, SECOND, INDEX_STRUCTURE);

		cr_expect(contribution_find(&arena, &t->years, 1, 1, &n, &reason) == NULL);
		check_string(reason, "the item has no parts");
		cr_expect(contribution_find(&arena, &t->years, 0, 0, &n, &reason) == NULL);
		check_string(reason, "the item is no sum of its parts");
	}
}
