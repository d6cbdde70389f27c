/* The definition: H H' = order times the identity. */
#include "help.h"

#include "estimate/hadamard.h"

TestSuite(hadamard, .fini = clean);

Test(hadamard, rows_are_orthogonal)
{
	for (size_t order = 1; order <= 140; order = hadamard_order(order + 1))
		for (size_t a = 0; order > 1 && a < order; a++)
			for (size_t b = 0; b <= a; b++) {
				int sum = 0;

				for (size_t i = 0; i < order; i++)
					sum += hadamard_sign(order, a, i) *
					       hadamard_sign(order, b, i);
				cr_assert(eq(int, sum, a == b ? (int)order : 0),
					  "order %zu, rows %zu and %zu", order, a, b);
			}
}

Test(hadamard, signs)
{
	for (size_t order = 2; order <= 64; order = hadamard_order(order + 1))
		for (size_t a = 0; a < order; a++) {
			cr_expect(eq(int, hadamard_sign(order, 0, a), 1));
			cr_expect(eq(int, hadamard_sign(order, a, 0), 1));
			for (size_t b = 0; b < order; b++)
				cr_expect(hadamard_sign(order, a, b) * hadamard_sign(order, a, b) ==
					  1);
		}
}

/* Multiples of four up to 64, but for 28, 36, 52 and 56: behind 27, 35, 51 and 55, which are not
 * prime, and not twice an order. */
Test(hadamard, orders)
{
	static const size_t want[] = {2, 4, 8, 12, 16, 20, 24, 32, 40, 44, 48, 60, 64};
	size_t order = 0;

	for (size_t i = 0; i < COUNT(want); i++) {
		order = hadamard_order(order + 1);
		cr_expect(eq(sz, order, want[i]));
	}
	cr_expect(eq(sz, hadamard_order(0), 2));
	cr_expect(eq(sz, hadamard_order(25), 32));
	cr_expect(eq(sz, hadamard_order(3), 4));
	cr_expect(eq(sz, hadamard_order(4), 4));
	cr_expect(eq(sz, hadamard_order(5), 8));
}
