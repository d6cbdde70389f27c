#include "base/number.h"

#include "base/digits.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(struct text s, size_t from)
{
	size_t i = from;

	while (i < s.n && is_digit(s.at[i]))
		i++;
	return i - from;
}

/* sign? (digits [. digits?] | . digits) ([eE] sign? digits)? and nothing else. */
static bool is_decimal(struct text s)
{
	size_t i = s.n && (s.at[0] == '-' || s.at[0] == '+'), whole = digits(s, i), part = 0;

	i += whole;
	if (i < s.n && s.at[i] == '.') {
		part = digits(s, i + 1);
		i += 1 + part;
	}
	if (whole + part == 0)
		return false;
	if (i < s.n && (s.at[i] == 'e' || s.at[i] == 'E')) {
		i++;
		if (i < s.n && (s.at[i] == '-' || s.at[i] == '+'))
			i++;
		size_t power = digits(s, i);

		if (power == 0)
			return false;
		i += power;
	}
	return i == s.n;
}

/* A number of at most 15 digits without a power, as most are: a whole number over a power of ten,
 * both exact, so that their quotient is the nearest double, as strtod has it. */
static bool parse_few(struct text s, double *value)
{
	static const double tens[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
				      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	bool minus = *s.at == '-', point = false;
	size_t i = *s.at == '+' || minus, decimals = 0;
	long long whole = 0;

	if (s.n > 17)
		return false;
	for (size_t n = 0; i < s.n; i++) {
		if (s.at[i] == '.') {
			point = true;
			continue;
		}
		if (s.at[i] == 'e' || s.at[i] == 'E' || ++n > 15)
			return false;
		whole = whole * 10 + (s.at[i] - '0');
		decimals += point;
	}
	*value = (double)whole / tens[decimals];
	if (minus)
		*value = -*value;
	return true;
}

bool number_parse(struct text s, double *value)
{
	char copy[64];
	double x;

	if (s.n == 0 || s.n >= sizeof copy || !is_decimal(s))
		return false;
	if (parse_few(s, value))
		return true;
	memcpy(copy, s.at, s.n);
	copy[s.n] = '\0';
	errno = 0;
	x = strtod(copy, NULL); /* the syntax is checked above; main sets no locale */
	if (!isfinite(x) || (errno == ERANGE && x != 0))
		return false;
	*value = x;
	return true;
}

bool number_whole(struct text s, long least, long most, long *value)
{
	bool minus = s.n && s.at[0] == '-';
	long x = 0;

	if (s.n == minus || s.n > 18u + minus || digits(s, minus) != s.n - minus)
		return false;
	for (size_t i = minus; i < s.n; i++)
		x = x * 10 + (s.at[i] - '0');
	x = minus ? -x : x;
	if (x < least || x > most)
		return false;
	*value = x;
	return true;
}

/* Only characters that a mistyped number is made of. */
static bool looks_like_number(struct text s)
{
	bool any = false;

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789.,-+ OolI%", s.at[i]))
			return false;
		any |= is_digit(s.at[i]);
	}
	return any;
}

static bool holds(struct text s, const char *any_of)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(any_of, s.at[i]))
			return true;
	return false;
}

/* Digits from the front of *s, at most `most`; how many. */
static size_t take_digits(struct text *s, size_t most)
{
	size_t n = 0;

	while (n < s->n && n < most && s->at[n] >= '0' && s->at[n] <= '9')
		n++;
	*s = (struct text){s->at + n, s->n - n};
	return n;
}

/* The name of a month from the front of *s, in English or Vietnamese. */
static bool take_month(struct text *s)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char name[4] = "";

	for (size_t i = 0; i < 3 && i < s->n; i++)
		name[i] = (char)(s->at[i] | 0x20);
	if (strlen(name) < 3)
		return false;
	*s = (struct text){s->at + 3, s->n - 3};
	if (strcmp(name, "thg") == 0)
		return take_digits(s, 2) > 0;
	for (size_t i = 0; i < 36; i += 3)
		if (memcmp(months + i, name, 3) == 0)
			return true;
	return false;
}

static bool take_sign(struct text *s, char sign)
{
	if (s->n == 0 || *s->at != sign)
		return false;
	*s = (struct text){s->at + 1, s->n - 1};
	return true;
}

bool number_is_date(struct text s)
{
	struct text rest = s;

	if (take_digits(&rest, 2)) {
		if (take_sign(&rest, '-'))
			return take_month(&rest) &&
			       (rest.n == 0 ||
				(take_sign(&rest, '-') && take_digits(&rest, 4) && rest.n == 0));
		return take_sign(&rest, '/') && take_digits(&rest, 2) && take_sign(&rest, '/') &&
		       take_digits(&rest, 4) == 4 && rest.n == 0;
	}
	return take_month(&rest) && take_sign(&rest, '-') && take_digits(&rest, 4) && rest.n == 0;
}

struct text number_complaint(struct arena *a, struct text s, const struct diag *why)
{
	const char *guess = "";

	if (s.n == 0)
		return arena_format(
			a, "%s", diag_word(why, "nothing is written where a number is expected"));
	if (looks_like_number(s)) {
		if (holds(s, "Oo"))
			guess = diag_word(why, " (letter O in place of digit 0?)");
		else if (holds(s, "lI"))
			guess = diag_word(why, " (a letter in place of digit 1?)");
		else if (holds(s, ","))
			guess = diag_word(why, " (a decimal point is expected: 44.40, not 44,40)");
		else if (holds(s, " "))
			guess = diag_word(why, " (there is a space in it)");
		else if (holds(s, "%"))
			guess = diag_word(why, " (write it without the sign %)");
	}
	if (number_is_date(s))
		guess = diag_word(why, " (a date, which a spreadsheet makes of codes such as 1-2)");
	return arena_format(a, diag_word(why, "\"%.*s\" is not a number%s"), SPAN_ARG(s), guess);
}

size_t number_decimals(struct text s)
{
	const char *point = s.n ? memchr(s.at, '.', s.n) : NULL, *power = NULL;
	size_t part = point ? digits(s, (size_t)(point - s.at) + 1) : 0;
	long shift = 0;

	for (size_t i = 0; i < s.n && !power; i++)
		power = s.at[i] == 'e' || s.at[i] == 'E' ? s.at + i + 1 : NULL;
	if (power) { /* 1.5e-3 is 0.0015 */
		bool plus = power < s.at + s.n && *power == '+';
		struct text exponent = {power + plus, (size_t)(s.at + s.n - power) - plus};

		if (!number_whole(exponent, -400, 400, &shift))
			return part;
	}
	return shift < (long)part ? (size_t)((long)part - shift) : 0;
}

/* The shortest %.*e text (1 to 17 digits) that reads back to x. */
static void shortest(double x, char out[NUMBER_BYTES])
{
	for (int precision = 0; precision < 17; precision++) {
		snprintf(out, NUMBER_BYTES, "%.*e", precision, x);
		if (strtod(out, NULL) == x)
			return;
	}
}

/* The last 2 * pairs digits of x, in front of `end`. */
static void put_pairs(char *end, unsigned long long x, int pairs)
{
	static const char two[] = "00010203040506070809101112131415161718192021222324"
				  "25262728293031323334353637383940414243444546474849"
				  "50515253545556575859606162636465666768697071727374"
				  "75767778798081828384858687888990919293949596979899";

	for (; pairs; pairs--, x /= 100)
		memcpy(end -= 2, two + 2 * (x % 100), 2);
}

/* A number of at most four decimals, as most are: its digits, from a whole number of
 * ten-thousandths that divides back to it. Gives their length; 0 for others. */
static size_t few_decimals(double x, char s[NUMBER_BYTES])
{
	char *end = s + (NUMBER_BYTES - 1), *from = end;
	double parts = fabs(x) * 1e4;
	unsigned long long whole;
	int decimals = 4;

	if (!(parts < 1e14))
		return 0;
	whole = (unsigned long long)(parts + 0.5);
	if (whole == 0 || (double)whole / 1e4 != fabs(x))
		return 0;
	for (; decimals && whole % 10 == 0; decimals--)
		whole /= 10;
	if (decimals) {
		for (int i = 0; i < decimals; i++, whole /= 10)
			*--from = (char)('0' + whole % 10);
		*--from = '.';
	}
	do
		*--from = (char)('0' + whole % 10);
	while (whole /= 10);
	if (x < 0)
		*--from = '-';
	memmove(s, from, (size_t)(end - from));
	s[end - from] = '\0';
	return (size_t)(end - from);
}

/* As %g lays out the fewest digits: with a power of ten below 0.0001 only, for digits_shortest
 * ends before the large ones. Gives their length; 0 when that does not know them. Copies more than
 * there is, where it does no harm: a known length is quicker. */
static size_t fewest_digits(double x, char s[NUMBER_BYTES])
{
	char digit[36], *to = s;
	struct digits d;

	if (!digits_shortest(x, &d))
		return 0;
	memset(digit, '0', sizeof digit);
	put_pairs(digit + 18, d.whole % 100000000, 4);
	put_pairs(digit + 10, d.whole / 100000000, 5);

	const char *from = digit + 18 - d.n; /* and zeros behind */
	int first = d.n - 1 + d.power;       /* power of ten of the first digit */
	int before = first < -4 ? 1 : first + 1;

	*to = '-';
	to += x < 0;
	if (before <= 0) {
		memcpy(to, "0.0000", 6);
		to += 2 - before;
		before = 0;
	} else {
		memcpy(to, from, 16);
		to += before;
		if (d.n > before)
			*to++ = '.';
	}
	if (d.n > before) {
		memcpy(to, from + before, 17);
		to += d.n - before;
	}
	if (first < -4) {
		memcpy(to, "e-", 2);
		put_pairs(to += 4, (unsigned long long)-first, 1);
	}
	*to = '\0';
	return (size_t)(to - s);
}

struct text number_put(double x, char s[NUMBER_BYTES])
{
	size_t n;

	s[0] = '\0';
	if (isnan(x) || (n = few_decimals(x, s)) > 0 || (n = fewest_digits(x, s)) > 0)
		return (struct text){s, isnan(x) ? 0 : n};
	for (int precision = 15; precision <= 17; precision++) { /* %g drops trailing zeros */
		snprintf(s, NUMBER_BYTES, "%.*g", precision, x);
		if (strtod(s, NULL) == x)
			break;
	}
	return span_of(s);
}

struct text number_exact(struct arena *a, double x)
{
	char s[NUMBER_BYTES];

	return arena_text(a, number_put(x, s));
}

struct text number_drawn(double x, char s[NUMBER_BYTES])
{
	s[0] = '\0';
	if (!isnan(x) && !few_decimals(x, s))
		snprintf(s, NUMBER_BYTES, "%.12g", x);
	return span_of(s);
}

#define SCALED_DIGITS 17 /* more digits than a double has are not worth rounding by hand */

/* Where the digits behind the cut are far from a half, the shortest text has no other answer: it
 * differs from x by less than its last bit, 1e9 * 2^-53 here. */
static bool far_from_half(double x, int decimals, unsigned long long *value)
{
	double product = fabs(x), whole;

	for (int i = 0; i < decimals; i++)
		product *= 10;
	whole = floor(product);
	if (!(product < 1e9) || fabs(product - whole - 0.5) < 1e-5)
		return false;
	*value = (unsigned long long)whole + (product - whole > 0.5);
	return true;
}

/* |x| times 10^decimals as a whole number, halves up, decided on the shortest decimal text, so
 * that a binary tail below the last written digit has no say. false when it has too many digits. */
static bool scaled(double x, int decimals, unsigned long long *value)
{
	char s[NUMBER_BYTES];
	long power, keep;

	if (far_from_half(x, decimals, value))
		return true;
	shortest(fabs(x), s);
	power = strtol(strchr(s, 'e') + 1, NULL, 10);
	keep = power + 1 + decimals; /* digits in front of the cut */
	if (keep > SCALED_DIGITS)
		return false;
	*value = 0;
	for (const char *c = s; keep >= 0; c += *c != 'e') {
		unsigned digit = is_digit(*c) ? (unsigned)(*c - '0') : 0;

		if (*c == '.')
			continue;
		if (keep-- == 0)
			*value += digit >= 5;
		else
			*value = *value * 10 + digit;
	}
	return true;
}

double number_round(double x, int decimals)
{
	unsigned long long whole;

	assert(decimals >= 0 && decimals <= 15);
	if (!isfinite(x) || !scaled(x, decimals, &whole))
		return x;
	return copysign((double)whole / pow(10, decimals), whole ? x : 0);
}

/* "36525" becomes "36.525": `separator` before each group of three from the right. */
static void group_thousands(char *to, const char *digits_only, const char *separator)
{
	size_t n = strlen(digits_only);

	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			*to++ = *separator;
		*to++ = digits_only[i];
	}
	*to = '\0';
}

static struct text shown(struct arena *a, double x, int decimals, enum lang lang, const char *plus)
{
	const char *point = lang == LANG_VI ? "," : ".", *group = lang == LANG_VI ? "." : ",";
	char whole_text[24], grouped[32];
	unsigned long long value, unit = 1;

	assert(decimals >= 0 && decimals <= 15);
	if (!isfinite(x)) /* infinities never occur; if one does, it is no number to show */
		return (struct text){"", 0};
	if (!scaled(x, decimals, &value))
		return arena_format(a, "%.17g", x);
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	snprintf(whole_text, sizeof whole_text, "%llu", value / unit);
	group_thousands(grouped, whole_text, group);
	const char *sign = value == 0 ? "" : x < 0 ? "\u2212" : plus;

	if (decimals == 0)
		return arena_format(a, "%s%s", sign, grouped);
	return arena_format(a, "%s%s%s%0*llu", sign, grouped, point, decimals, value % unit);
}

struct text number_shown(struct arena *a, double x, int decimals, enum lang lang)
{
	return shown(a, x, decimals, lang, "");
}

struct text number_signed(struct arena *a, double x, int decimals, enum lang lang)
{
	return shown(a, x, decimals, lang, "+");
}

struct text number_written(struct arena *a, double x, enum lang lang)
{
	size_t decimals = number_decimals(number_exact(a, x));

	return number_shown(a, x, decimals > 15 ? 15 : (int)decimals, lang);
}
