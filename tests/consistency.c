#include "composites.h"

#include "analysis/consistency.h"

static void no_handler(void)
{
	gsl_set_error_handler_off();
}

TestSuite(consistency, .init = no_handler, .fini = clean);

/* COINr, of the six units with all scores. */
Test(consistency, alpha_as_r)
{
	size_t complete;

	check_number(consistency_alpha(UNITS, ITEMS, scores[0], &complete), 0.895049324620072,
		     "alpha");
	cr_expect(eq(sz, complete, 6));
}

/* R: eigen(cor(m)) of the same six rows. */
Test(consistency, component_as_r)
{
	static const double loading[] = {0.9685476267756814, 0.9697216485270617, 0.9333744375893402,
					 0.3340874049027724, 0.9729825077544533};
	static const double share[] = {0.24634948758755784, 0.24694707295597224,
				       0.22878181756552471, 0.02931095081651479,
				       0.24861067107443041};
	struct component_first c;

	cr_assert(consistency_component(&arena, UNITS, ITEMS, scores[0], &c));
	cr_expect(eq(sz, c.n, 6));
	check_number(c.explained, 0.76158835524217561, "explained");
	for (size_t j = 0; j < ITEMS; j++) {
		check_number(c.loading[j], loading[j], "loading");
		check_number(c.share[j], share[j], "share");
	}
}

/* Two items with correlation -1: one component explains all, its loadings are 1 and -1. */
Test(consistency, opposites)
{
	static const double x[] = {1, 6, 2, 4, 3, 2};
	struct component_first c;
	size_t complete;

	cr_assert(consistency_component(&arena, 3, 2, x, &c));
	check_number(c.explained, 1, "explained");
	check_number(c.share[0], 0.5, "share");
	check_number(c.loading[0] * c.loading[1], -1, "opposite signs");
	/* variances 1 and 4, of the sums 7, 6, 5: 1; 2 (1 - 5) */
	check_number(consistency_alpha(3, 2, x, &complete), -8, "alpha may be negative");
}

Test(consistency, nothing_to_say)
{
	static const double x[] = {1, 5, 2, 5, 3, 5}, holes[] = {1, NAN, NAN, 2, 3, 4};
	struct component_first c;
	size_t complete;

	cr_expect(not(consistency_component(&arena, 3, 2, x, &c)), "no variance");
	cr_expect(not(consistency_component(&arena, 3, 2, holes, &c)), "one complete row");
	cr_expect(not(consistency_component(&arena, 6, 1, x, &c)), "one item");
	cr_expect(isnan(consistency_alpha(3, 2, holes, &complete)));
	cr_expect(eq(sz, complete, 1));
	cr_expect(isnan(consistency_alpha(6, 1, x, &complete)));
}
