/* Expected values: exact decimal expansions, rounded by hand. tests/number.c compares many with
 * printf. */
#include "help.h"

#include "base/digits.h"

#include <float.h>
#include <math.h>

TestSuite(digits, .fini = clean);

Test(digits, fewest_that_read_back)
{
	static const struct {
		double x;
		struct digits want;
	} cases[] = {
		{0.1, {1, -1, 1}},
		{-0.1, {1, -1, 1}},
		{0.1 + 0.2, {30000000000000004, -17, 17}},
		{1.0 / 3, {3333333333333333, -16, 16}},
		{123456789, {123456789, 0, 9}},
		{1e12, {1, 12, 1}},
		/* 9.99999999999999954748e-8 to 15 digits: one digit more */
		{1e-7, {1, -7, 1}},
		/* the double below 1e-6 is 9.99999999999999742739...e-7 */
		{0x1.0c6f7a0b5ed8cp-20, {9999999999999997, -22, 16}},
		/* 2^-24 = 5.9604644775390625e-8: halves to even give ...062, which is more than a
		 * quarter of a step below, as far as a power of two reaches down */
		{0x1p-24, {59604644775390625, -24, 17}},
		/* eighths: 17 digits end in a half, to even */
		{123456789012345.625, {12345678901234562, -2, 17}},
		{123456789012345.875, {12345678901234588, -2, 17}},
		/* the ends */
		{1e-10, {1, -10, 1}},
		{999999999999999.875, {9999999999999999, -1, 16}},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct digits got = {0};

		cr_expect(digits_shortest(cases[i].x, &got));
		cr_expect(eq(ullong, got.whole, cases[i].want.whole), "%a", cases[i].x);
		cr_expect(eq(int, got.power, cases[i].want.power), "%a", cases[i].x);
		cr_expect(eq(int, got.n, cases[i].want.n), "%a", cases[i].x);
	}
}

Test(digits, not_of_numbers_out_of_reach)
{
	static const double out[] = {0,         -0.0,   NAN,     (double)INFINITY,
				     -INFINITY, 1e15,   -1e15,   0x1.b7cdfd9d7bdbap-34,
				     DBL_MIN,   5e-324, DBL_MAX, 1e300};

	for (size_t i = 0; i < COUNT(out); i++) {
		struct digits got = {7, 7, 7};

		cr_expect(not(digits_shortest(out[i], &got)), "%a", out[i]);
		cr_expect(got.whole == 7 && got.power == 7 && got.n == 7);
	}
}
