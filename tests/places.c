#include "composites.h"

#include "analysis/places.h"

TestSuite(places, .fini = clean);

Test(places, equal_values_share_the_best_rank)
{
	static const double x[] = {3, 7, NAN, 7, 1}, want[] = {3, 1, NAN, 1, 4};
	double rank[5];

	places_rank(5, x, rank);
	for (size_t i = 0; i < 5; i++)
		check_number(rank[i], want[i], "rank");
}

/* Weights 3 and 1: the first is better than all in the heavy item, the second and the third are
 * equal there. Weights 2 and 2: better in one, worse in the other is a draw. */
Test(places, copeland)
{
	static const double x[] = {5, 1, 1, 4, 1, 3, 0, 3}, w[] = {3, 1}, even[] = {2, 2};
	static const double want[] = {3, 1, -1, -3};
	double out[4] = {0}, two[2] = {0};

	places_copeland(4, 2, x, w, out);
	for (size_t i = 0; i < 4; i++)
		check_number(out[i], want[i], "Copeland");
	places_copeland(2, 2, x, even, two);
	check_number(two[0], 0, "a draw");
}

/* COINr lets an item that one of two units lacks count for the one further down the table; here
 * it is left out, so the order does not matter. Four units have the score of COINr all the same;
 * P4 and P9 draw (4 to 4). */
Test(places, order_does_not_matter)
{
	double out[UNITS] = {0}, back[UNITS] = {0}, x[UNITS * ITEMS];

	for (size_t i = 0; i < UNITS; i++)
		memcpy(x + i * ITEMS, scores[UNITS - 1 - i], sizeof scores[0]);
	places_copeland(UNITS, ITEMS, scores[0], weights, out);
	places_copeland(UNITS, ITEMS, x, weights, back);
	for (size_t i = 0; i < UNITS; i++)
		check_number(out[i], back[UNITS - 1 - i], "turned round");
	check_number(out[3], 8, "P4");
	check_number(out[8], 8, "P9");
	check_number(out[1], 1, "P2");
	check_number(out[4], 5, "P5");
}

Test(places, a_unit_that_is_out)
{
	static const double x[] = {1, 2, 3}, w[] = {1};
	double out[] = {0, NAN, 0};

	places_copeland(3, 1, x, w, out);
	check_number(out[0], -1, "loses to the third only");
	cr_expect(isnan(out[1]));
	check_number(out[2], 1, "beats the first only");
}
