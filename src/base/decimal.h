/* decimal.h -- decimal numbers without rounding, so that sums are the same in any order.
 *
 * Not here: numbers for people, and all others (number).
 * Uses span, arena. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

#define DECIMAL_PLACES 38 /* the most digits that a value has, behind the point too */

/* value * 10^-places; places from 0 to DECIMAL_PLACES */
struct decimal {
	int128 value;
	int places;
};

/* decimal_parse: what number_parse reads, with all its digits: "-12.50", "1e5".
 *   returns  false for anything else, and for more digits than fit */
bool decimal_parse(struct text s, struct decimal *out);

/* decimal_of: the number of at most 15 digits, at most 9 of them behind the point, that stands for
 *   x: 0.1 gives 1 * 10^-1.
 *   returns  false when x is no such number */
bool decimal_of(double x, struct decimal *out);

/* decimal_long: likewise, with up to 15 digits behind the point. */
bool decimal_long(double x, struct decimal *out);

/* decimal_short: without zeros at its end: 12.50 gives 12.5. */
struct decimal decimal_short(struct decimal d);

/* decimal_scale: with that many places.
 *   returns  false when that needs more digits than fit, or fewer places than the number has */
bool decimal_scale(struct decimal d, int places, struct decimal *out);

/* decimal_double: the same for every way of writing one number; the nearest double when it has at
 *   most 15 digits, else off by at most its last bit. */
double decimal_double(struct decimal d);

/* decimal_text: "12.5", "-0.04", "100"; decimal_short's digits. */
struct text decimal_text(struct arena *a, struct decimal d);

/* decimal_power: 10^n as a whole number, n from 0 to DECIMAL_PLACES. */
int128 decimal_power(int n);

#endif
