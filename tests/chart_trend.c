/* Trends: where the province's values are written. The box of each is set anew from the data file
 * (plots/README.md) and held against the lines it names. */
#include "chart_help.h"

TestSuite(chart_trend, .fini = clean);

#define EM (10 * 25.4 / 72)
#define BODY (95 - 2.65 * 1.3 * EM) /* mm of the axis of a picture for the web */

/* A picture's axes: mm from the left edge, and down from the top of the plot. */
struct axes {
	double left, right, xmin, xmax, ymin, ymax;
};

static double key(const struct chart *c, const char *name)
{
	const char *at = strstr(block(c, "text"), arena_format(&arena, "\n%s\t", name).at);

	cr_assert(at != NULL, "no key %s", name);
	return strtod(strchr(at, '\t'), NULL);
}

static struct axes axes_of(const struct chart *c)
{
	return (struct axes){220 * key(c, "left"), 220 * key(c, "right"), key(c, "xmin"),
			     key(c, "xmax"),       key(c, "ymin"),        key(c, "ymax")};
}

static double across(const struct axes *a, double x)
{
	return a->left + (x - a->xmin) / (a->xmax - a->xmin) * (a->right - a->left);
}

static double down(const struct axes *a, double y)
{
	return (a->ymax - y) / (a->ymax - a->ymin) * BODY;
}

/* The next line of a block; its first two columns. False at a blank line or its end. */
static bool next(const char **at, double *x, double *y)
{
	char *end;

	if (**at == '\0' || **at == '\n' || strncmp(*at, "NaN", 3) == 0) {
		*at += **at == '\n';
		return false;
	}
	*x = strtod(*at, &end);
	*y = strtod(end, NULL);
	*at = strchr(*at, '\n') + 1;
	return true;
}

/* Does the box (left, right, top, bottom) lie on a line of the block? Lines are short: tried at a
 * hundred points of each part. */
static bool lies_on(const struct chart *c, const struct axes *a, const char *name,
		    const double b[4])
{
	const char *at = block(c, name);
	double x, y, px = 0, py = 0;
	bool joined = false;

	while (*at && strncmp(at, "NaN", 3) != 0) {
		if (!next(&at, &x, &y)) {
			joined = false;
			continue;
		}
		for (int k = 0; k <= 100 && joined; k++) {
			double u = across(a, px + (x - px) * k / 100),
			       v = down(a, py + (y - py) * k / 100);

			if (u > b[0] && u < b[1] && v > b[2] && v < b[3])
				return true;
		}
		px = x;
		py = y;
		joined = true;
	}
	return false;
}

/* How many values lie on the line; *n: of how many. */
static size_t covering(const struct chart *c, const char *name, size_t *n)
{
	struct axes a = axes_of(c);
	const char *at = block(c, "labels");
	size_t bad = 0;

	for (const char *line = at; *line && strncmp(line, "NaN", 3) != 0;
	     line = strchr(line, '\n') + 1) {
		char *end;
		double x = across(&a, strtod(line, &end)), y = down(&a, strtod(end, &end));
		const char *word = end + 1;
		struct text text = {word, strcspn(word, "\t")};
		double half = 0.5 * 0.87 * EM * typeface_width(web_face, text, true), middle;

		strtod(word + text.n, &end);
		middle = y - EM * strtod(end, NULL);
		bad += lies_on(
			c, &a, name,
			(double[]){x - half, x + half, middle - 0.42 * EM, middle + 0.42 * EM});
		++*n;
	}
	return bad;
}

/* Of every province: a third of these values stood on the median before. */
Test(chart_trend, values_beside_the_lines)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct provinces *all = &r->survey.provinces;
	size_t n = 0, again = 0, median = 0, own = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct diag none = {0};
		struct chart c;

		if (!province_stands(&all->at[i], 2024))
			continue;
		r->order.self = &all->at[i];
		cr_assert(peers_choose(&arena, &r->survey, &r->all, 2024, r->order.self,
				       span_of("region"), &r->peers, &none));
		c = drawn(r, CHART_TREND);
		median += covering(&c, "median", &n);
		own += covering(&c, "unit", &again);
	}
	cr_expect(n > 120);
	cr_expect(eq(sz, median, 0));
	cr_expect(eq(sz, own, 0));
}
