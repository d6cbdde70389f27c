#include "help.h"

#include "survey/weights.h"

#include <math.h>

TestSuite(weights, .fini = clean);

/* Weights 1, 1, 2, 4: sum 8, median 1.5, 4 x 22 / 64 = 1.375 (1 + cv^2: mean 2, variance by n
 * 1.5, 1 + 1.5 / 4). */
Test(weights, spread_by_hand)
{
	static const char *const cells[] = {"4", "1", "", "2", "0", "x", "-3", "1", "-0"};
	static const double want[] = {4, 1, 0, 2, 0, 0, 0, 1, 0};
	struct weights w;

	weights_start(&arena, &w);
	for (size_t i = 0; i < COUNT(cells); i++)
		cr_expect(eq(dbl, weights_take(&w, span_of(cells[i])), want[i]));
	weights_finish(&w);
	cr_expect(eq(sz, w.n, 4));
	cr_expect(eq(sz, w.blank, 1));
	cr_expect(eq(sz, w.words, 1));
	cr_expect(eq(sz, w.zeros, 2));
	cr_expect(eq(sz, w.negative, 1));
	cr_expect(eq(dbl, w.sum, 8));
	cr_expect(eq(dbl, w.least, 1));
	cr_expect(eq(dbl, w.median, 1.5));
	cr_expect(eq(dbl, w.most, 4));
	cr_expect(eq(dbl, w.ratio, 4));
	cr_expect(eq(dbl, w.kish, 1.375));
	cr_expect(eq(dbl, w.share, 0.5));
}

Test(weights, nothing_is_not_a_number)
{
	struct weights w;

	weights_start(&arena, &w);
	weights_take(&w, span_of("0"));
	weights_finish(&w);
	cr_expect(eq(dbl, w.sum, 0));
	cr_expect(isnan(w.median) && isnan(w.kish) && isnan(w.ratio) && isnan(w.share));
}
