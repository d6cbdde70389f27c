#include "output/colour.h"

#include <math.h>

#define CONFUSED 40   /* of colour_distance; shades of one colour are about as far apart */
#define COLOURFUL 0.3 /* least saturation of what has a hue at all */

static int hexadecimal(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* "RGB" or "RRGGBB" */
static bool read_digits(struct text s, double out[3])
{
	size_t each = s.n / 3;

	if (s.n != 3 && s.n != 6)
		return false;
	for (size_t k = 0; k < 3; k++) {
		int high = hexadecimal(s.at[k * each]), low = hexadecimal(s.at[(k + 1) * each - 1]);

		if (high < 0 || low < 0)
			return false;
		out[k] = (high * 16 + low) / 255.0;
	}
	return true;
}

/* "200, 16,46" */
static bool read_numbers(struct text s, double out[3])
{
	struct text part;

	for (size_t k = 0; k < 3; k++) {
		int x = 0;

		if (!span_split(&s, ',', &part))
			return false;
		part = span_trim(part);
		for (size_t i = 0; i < part.n; i++) {
			if (part.at[i] < '0' || part.at[i] > '9' || i == 3)
				return false;
			x = 10 * x + (part.at[i] - '0');
		}
		if (part.n == 0 || x > 255)
			return false;
		out[k] = x / 255.0;
	}
	return s.at == NULL;
}

bool colour_read(struct text s, struct colour *out)
{
	double part[3] = {0, 0, 0};

	if (span_is(s, "white"))
		part[0] = part[1] = part[2] = 1;
	else if (s.n && s.at[0] == '#') {
		if (!read_digits((struct text){s.at + 1, s.n - 1}, part))
			return false;
	} else if (span_starts(s, "rgb(") && s.at[s.n - 1] == ')') {
		if (!read_numbers((struct text){s.at + 4, s.n - 5}, part))
			return false;
	} else if (!span_is(s, "black"))
		return false;
	*out = (struct colour){part[0], part[1], part[2]};
	return true;
}

static unsigned byte_of(double x)
{
	return (unsigned)(255 * x + 0.5);
}

struct text colour_name(struct arena *a, struct colour c)
{
	return arena_format(a, "#%02X%02X%02X", byte_of(c.red), byte_of(c.green), byte_of(c.blue));
}

bool colour_equal(struct colour a, struct colour b)
{
	return byte_of(a.red) == byte_of(b.red) && byte_of(a.green) == byte_of(b.green) &&
	       byte_of(a.blue) == byte_of(b.blue);
}

struct colour colour_over(struct colour top, double opacity, struct colour below)
{
	return (struct colour){opacity * top.red + (1 - opacity) * below.red,
			       opacity * top.green + (1 - opacity) * below.green,
			       opacity * top.blue + (1 - opacity) * below.blue};
}

/* The light of a part of sRGB, and the part that gives so much light (IEC 61966-2-1). */
static double light(double x)
{
	return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static double part_of(double x)
{
	x = fmin(fmax(x, 0), 1);
	return x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055;
}

static double luminance(struct colour c)
{
	return 0.2126 * light(c.red) + 0.7152 * light(c.green) + 0.0722 * light(c.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

static double root(double x)
{
	return x > 216.0 / 24389 ? cbrt(x) : (24389.0 / 27 * x + 16) / 116;
}

/* L*, a*, b* */
static void lab_of(struct colour c, double out[3])
{
	double r = light(c.red), g = light(c.green), b = light(c.blue);
	double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047),
	       y = root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b),
	       z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);

	out[0] = 116 * y - 16;
	out[1] = 500 * (x - y);
	out[2] = 200 * (y - z);
}

double colour_distance(struct colour a, struct colour b)
{
	double p[3], q[3];

	lab_of(a, p);
	lab_of(b, q);
	return hypot(hypot(p[0] - q[0], p[1] - q[1]), p[2] - q[2]);
}

/* What a reader without the cones for red (else: for green) sees. */
static struct colour dichromat(struct colour c, bool no_red)
{
	double r = light(c.red), g = light(c.green), b = light(c.blue);
	double l = 17.8824 * r + 43.5161 * g + 4.11935 * b,
	       m = 3.45565 * r + 27.1554 * g + 3.86714 * b,
	       s = 0.0299566 * r + 0.184309 * g + 1.46709 * b;

	if (no_red)
		l = 2.02344 * m - 2.52581 * s;
	else
		m = 0.494207 * l + 1.24827 * s;
	return (struct colour){part_of(0.0809444479 * l - 0.130504409 * m + 0.116721066 * s),
			       part_of(-0.0102485335 * l + 0.0540193266 * m - 0.113614708 * s),
			       part_of(-0.000365296938 * l - 0.00412161469 * m + 0.693511405 * s)};
}

/* Degrees: 0 red, 60 yellow, 120 green, 240 blue; NaN of greys. */
static double hue(struct colour c)
{
	double most = fmax(c.red, fmax(c.green, c.blue)),
	       range = most - fmin(c.red, fmin(c.green, c.blue));
	double at;

	if (range <= COLOURFUL * most)
		return NAN;
	at = most == c.red     ? (c.green - c.blue) / range
	     : most == c.green ? 2 + (c.blue - c.red) / range
			       : 4 + (c.red - c.green) / range;
	return at < 0 ? 60 * at + 360 : 60 * at;
}

static bool is_red(struct colour c)
{
	double h = hue(c);

	return h < 50 || h > 330;
}

static bool is_green(struct colour c)
{
	double h = hue(c);

	return h > 75 && h < 165;
}

bool colour_red_green(struct colour a, struct colour b)
{
	if (!(is_red(a) && is_green(b)) && !(is_green(a) && is_red(b)))
		return false;
	return colour_distance(dichromat(a, false), dichromat(b, false)) < CONFUSED ||
	       colour_distance(dichromat(a, true), dichromat(b, true)) < CONFUSED;
}
