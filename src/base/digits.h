/* digits.h -- the fewest decimal digits that read back to the same double, in whole numbers.
 *
 * |x| is m 2^e with a whole m below 2^53; times 10^k, which gives it 17 digits before the point, it
 * is m 5^k over a power of two. For k of at most 27 the numerator has at most 116 bits, so rounding
 * to 15, 16 and 17 digits (halves to even), and whether a rounded number lies within half a step
 * of x, where every correct reader gives x back, are decided exactly.
 *
 * Not here: reading, and how digits are laid out as text (number).
 * Uses nothing. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdbool.h>

/* whole * 10^power; whole has `n` digits, the last of them not 0. */
struct digits {
	unsigned long long whole;
	int power, n;
};

/* digits_shortest: |x| rounded to 15 significant digits, else 16, else 17: the first that reads
 *   back to it. What printf("%.15g") and so on give, without the search.
 *   returns  false, and *out as it was, for |x| outside [1e-10, 1e15) and for NaN */
bool digits_shortest(double x, struct digits *out);

#endif
