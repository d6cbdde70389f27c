#include "base/decimal.h"

#include "base/digits.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define EXACT_DOUBLE ((int128)1 << 53) /* whole numbers up to here are doubles */
#define EXACT_POWER 22                 /* 10^22 is the largest power of ten that is one */
#define SHORT_PLACES 9
#define SHORT_DIGITS 1e15
#define LONG_DIGITS 15

int128 decimal_power(int n)
{
	int128 power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

/* A digit behind the others; false when it does not fit. */
static bool add_digit(int128 *value, int digit)
{
	return !__builtin_mul_overflow(*value, (int128)10, value) &&
	       !__builtin_add_overflow(*value, (int128)digit, value);
}

static bool read_exponent(struct text s, int *power)
{
	bool minus = s.n && s.at[0] == '-';
	size_t i = s.n && (s.at[0] == '-' || s.at[0] == '+');

	*power = 0;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		if (*power < 1000)
			*power = 10 * *power + (s.at[i] - '0');
	}
	if (minus)
		*power = -*power;
	return true;
}

/* digits [. digits], of which one is needed; the rest is left. */
static bool read_digits(struct text *s, struct decimal *out)
{
	size_t digits = 0;
	bool point = false;

	*out = (struct decimal){0, 0};
	for (; s->n; s->at++, s->n--) {
		if (*s->at == '.' && !point) {
			point = true;
			continue;
		}
		if (*s->at < '0' || *s->at > '9')
			break;
		digits++;
		out->places += point;
		if (out->places > DECIMAL_PLACES || !add_digit(&out->value, *s->at - '0'))
			return false;
	}
	return digits > 0;
}

bool decimal_parse(struct text s, struct decimal *out)
{
	bool minus = s.n && s.at[0] == '-';
	int power = 0;

	if (s.n && (minus || s.at[0] == '+')) {
		s.at++;
		s.n--;
	}
	if (!read_digits(&s, out))
		return false;
	if (s.n && (*s.at == 'e' || *s.at == 'E')) {
		if (!read_exponent((struct text){s.at + 1, s.n - 1}, &power))
			return false;
		s.n = 0;
	}
	if (s.n)
		return false;
	if (minus)
		out->value = -out->value;
	*out = decimal_short(*out);
	out->places -= out->value ? power : 0;
	if (out->places < 0) {
		int more = -out->places;

		out->places = 0;
		return decimal_scale(*out, more, out) && (out->places = 0, true);
	}
	return out->places <= DECIMAL_PLACES;
}

bool decimal_of(double x, struct decimal *out)
{
	double power = 1;

	if (!(fabs(x) < SHORT_DIGITS))
		return false;
	for (int places = 0; places <= SHORT_PLACES; places++, power *= 10) {
		double whole = rint(x * power);

		if (fabs(whole) >= SHORT_DIGITS)
			return false;
		if (whole / power == x) {
			*out = (struct decimal){(int128)whole, places};
			return true;
		}
	}
	return false;
}

bool decimal_long(double x, struct decimal *out)
{
	struct digits d;

	if (decimal_of(x, out))
		return true;
	if (!digits_shortest(x, &d) || d.n > LONG_DIGITS || d.power > 0 || -d.power > LONG_DIGITS)
		return false;
	*out = (struct decimal){x < 0 ? -(int128)d.whole : (int128)d.whole, -d.power};
	return true;
}

struct decimal decimal_short(struct decimal d)
{
	if (d.value == 0)
		return (struct decimal){0, 0};
	while (d.places > 0 && d.value % 10 == 0) {
		d.value /= 10;
		d.places--;
	}
	return d;
}

bool decimal_scale(struct decimal d, int places, struct decimal *out)
{
	if (places > DECIMAL_PLACES)
		return false;
	if (places < d.places)
		d = decimal_short(d);
	for (; d.places < places; d.places++)
		if (__builtin_mul_overflow(d.value, (int128)10, &d.value))
			return false;
	*out = d;
	return d.places == places;
}

static bool is_exact(struct decimal d)
{
	return d.value <= EXACT_DOUBLE && d.value >= -EXACT_DOUBLE && d.places <= EXACT_POWER;
}

double decimal_double(struct decimal d)
{
	double power = 1;

	if (!is_exact(d)) /* the quotient of two doubles is rounded once */
		d = decimal_short(d);
	for (int i = 0; i < d.places; i++)
		power *= 10;
	return (double)d.value / power;
}

struct text decimal_text(struct arena *a, struct decimal d)
{
	char s[DECIMAL_PLACES + 8], *at = s + sizeof s, *end = at;
	bool minus;
	uint128 rest;

	d = decimal_short(d);
	minus = d.value < 0;
	rest = minus ? -(uint128)d.value : (uint128)d.value;
	for (int i = 0; i <= d.places || rest; i++) {
		if (i == d.places && d.places)
			*--at = '.';
		*--at = (char)('0' + (int)(rest % 10));
		rest /= 10;
	}
	if (minus)
		*--at = '-';
	return arena_text(a, (struct text){at, (size_t)(end - at)});
}
