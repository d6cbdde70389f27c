#include "base/digits.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

_Static_assert(FLT_RADIX == 2 && DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024, "IEEE 754 doubles");

__extension__ typedef unsigned __int128 wide;

static const uint64_t fives[] = {
	1,
	5,
	25,
	125,
	625,
	3125,
	15625,
	78125,
	390625,
	1953125,
	9765625,
	48828125,
	244140625,
	1220703125,
	6103515625,
	30517578125,
	152587890625,
	762939453125,
	3814697265625,
	19073486328125,
	95367431640625,
	476837158203125,
	2384185791015625,
	11920928955078125,
	59604644775390625,
	298023223876953125,
	1490116119384765625,
	7450580596923828125,
};

/* |x| times 10^k = numerator / 2^shift. */
struct scaled {
	wide numerator;
	uint64_t step; /* from x to the next double, as numerator: 5^k */
	int k, shift;
	bool near_below; /* the next double below is half a step away */
};

static struct scaled scale(uint64_t m, int e, int k)
{
	return (struct scaled){.numerator = (wide)m * fives[k],
			       .step = fives[k],
			       .k = k,
			       .shift = -(e + k),
			       .near_below = m == (uint64_t)1 << 52};
}

/* In units of `unit`, halves to even.
 *   returns  does it lie less than half a step from x? Never just half: a power of 5 is odd */
static inline bool rounded(const struct scaled *s, uint64_t unit, uint64_t *whole)
{
	uint64_t down = (uint64_t)(s->numerator >> s->shift) / unit;
	wide one = (wide)unit << s->shift, rest = s->numerator - down * one, off = rest;
	bool up = 2 * rest > one || (2 * rest == one && down % 2);

	*whole = down + up;
	if (up)
		off = one - rest;
	else if (s->near_below)
		off = 2 * rest;
	return 2 * off < s->step;
}

bool digits_shortest(double x, struct digits *out)
{
	const uint64_t most = 100000000000000000;
	uint64_t bits, m, whole, unit = 100;
	struct scaled s;
	int e, k, n = 15;

	x = fabs(x);
	if (!(x >= 1e-10 && x < 1e15))
		return false;
	memcpy(&bits, &x, sizeof bits);
	m = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
	e = (int)(bits >> 52) - 1075;
	/* By 2^(e+52), the power of two below x: floor of its logarithm, kept above 0. */
	k = 16 + 64 - (int)(64 + (e + 52) * 0.30103);
	s = scale(m, e, k);
	if ((uint64_t)(s.numerator >> s.shift) >= most) /* 18 digits */
		s = scale(m, e, k - 1);
	if (!rounded(&s, 100, &whole)) {
		n = rounded(&s, unit = 10, &whole) ? 16 : 17;
		if (n == 17)
			rounded(&s, unit = 1, &whole);
	}
	*out = (struct digits){.whole = whole, .power = 17 - n - s.k, .n = n};
	out->n += whole * unit == most; /* rounded up to one digit more */
	for (; out->whole % 10 == 0; out->n--, out->power++)
		out->whole /= 10;
	return true;
}
