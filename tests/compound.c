#include "composites.h"

#include "analysis/compound.h"

TestSuite(compound, .fini = clean);

/* Two years of two units; bounds of x over both are 0 and 20, of y 1 and 3. */
static const struct indicators *two_years(void)
{
	static const char bytes[] =
		"unit,year,x,y\nA,2001,0,3\nB,2001,10,1\nA,2002,5,\nB,2002,20,2\n";
	struct indicators *t = arena_new(&arena, 1, sizeof *t);
	struct diag why = {0};

	cr_assert(indicators_read(&arena, file_of("t.csv", bytes, strlen(bytes)), NULL, NULL, NULL,
				  0, t, &why));
	return t;
}

static const double even[] = {1, 1};

static const double *scores_of(const struct indicators *t)
{
	const struct normalise_rule rule = {NORMALISE_MINMAX, false, 0, 100, NAN, NAN, NAN};
	const struct normalise_rule both[] = {rule, rule};
	struct normalised out[2];
	double *score = arena_new(&arena, 8, sizeof *score);
	struct diag why = {0};

	cr_assert(compound_scores(t, both, score, out, &why));
	cr_expect(eq(dbl, out[0].max, 20));
	return score;
}

/* (0 + 100) / 2, (50 + 0) / 2, 25 alone, (100 + 50) / 2 */
Test(compound, bounds_of_all_years)
{
	static const double want[] = {50, 25, 25, 75}, strict[] = {50, 25, NAN, 75};
	struct compound_rule r = {false, 1, 0, even};
	const struct indicators *t = two_years();
	double index[4], rank[4];
	const char *reason[4];

	compound_index(t, scores_of(t), &r, index, reason);
	for (size_t i = 0; i < 4; i++)
		check_number(index[i], want[i], "index");
	r.threshold = 1;
	compound_index(t, scores_of(t), &r, index, reason);
	for (size_t i = 0; i < 4; i++)
		check_number(index[i], strict[i], "all parts there");
	cr_expect_str_eq(reason[2], "parts are missing");
	cr_expect(reason[0] == NULL);
	compound_ranks(t, index, rank);
	check_number(rank[0], 1, "first of 2001");
	check_number(rank[1], 2, "second of 2001");
	check_number(rank[3], 1, "first of 2002");
	cr_expect(isnan(rank[2]));
}

/* Only units of one year meet: x and y weigh 1 each, so A and B draw in 2001; x decides 2002. */
Test(compound, copeland_within_a_year)
{
	static const double want[] = {0, 0, -1, 1};
	const struct compound_rule r = {true, 1, 0, even};
	const struct indicators *t = two_years();
	double index[4];

	compound_index(t, scores_of(t), &r, index, NULL);
	for (size_t i = 0; i < 4; i++)
		check_number(index[i], want[i], "Copeland");
}

Test(compound, an_indicator_that_does_not_vary)
{
	static const char bytes[] = "unit,x,y\nA,1,3\nB,1,4\n";
	const struct normalise_rule rule = {NORMALISE_MINMAX, false, 0, 100, NAN, NAN, NAN};
	const struct normalise_rule both[] = {rule, rule};
	struct normalised out[2];
	struct indicators t;
	struct diag why = {0};
	double score[4];

	cr_assert(indicators_read(&arena, file_of("t.csv", bytes, strlen(bytes)), NULL, NULL, NULL,
				  0, &t, &why));
	cr_expect(not(compound_scores(&t, both, score, out, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "every value is the same");
}
