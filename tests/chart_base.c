/* The page: words that fit its width, and the widths that scripts lay out by. */
#include "chart_help.h"

TestSuite(chart_base, .fini = clean);

#define EM (10 * 25.4 / 72)
#define BORDER 3.5

/* Of a key's lines (U+0002 between them): mm of the widest, and of all in one. */
static double widest(struct text s, double size, bool bold, double *all, size_t *lines)
{
	double most = 0;
	struct text line;

	*all = 0;
	*lines = 0;
	while (s.n && span_split(&s, '\002', &line)) {
		double w = size * EM * typeface_width(web_face, line, bold);

		most = fmax(most, w);
		*all += w;
		++*lines;
	}
	return most;
}

/* Sizes as in plots/style.gp. */
static void check_words(const struct chart *c)
{
	static const struct {
		const char *key;
		double size;
		bool bold;
	} keys[] = {{"title\t", 1.45, true},    {"subtitle\t", 1.05, false},
		    {"footer1\t", 0.87, false}, {"footer2\t", 0.87, false},
		    {"footer3\t", 0.87, false}, {"footer4\t", 0.87, false}};
	const char *text = block(c, "text");

	for (size_t i = 0; i < COUNT(keys); i++) {
		const char *at = strstr(text, arena_format(&arena, "\n%s", keys[i].key).at);
		double all, room = c->width - 2 * BORDER;
		size_t lines;

		if (!at)
			continue;
		at = strchr(at, '\t') + 1;
		double most = widest((struct text){at, strcspn(at, "\n")}, keys[i].size,
				     keys[i].bold, &all, &lines);

		cr_expect(most <= room, "%s of %.*s: %.1f mm of %.1f", keys[i].key,
			  SPAN_ARG(c->name), most, room);
		cr_expect(ceil(all / (0.9 * room)) >= (double)lines, "%s of %.*s: %zu lines",
			  keys[i].key, SPAN_ARG(c->name), lines);
	}
}

/* No line of any chart is cut, and none is broken that had room. */
Test(chart_base, words_fit_the_page)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct provinces *all = &r->survey.provinces;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct diag none = {0};

		if (!province_stands(&all->at[i], 2024))
			continue;
		r->order.self = &all->at[i];
		cr_assert(peers_choose(&arena, &r->survey, &r->all, 2024, r->order.self,
				       span_of("region"), &r->peers, &none));
		for (int kind = 0; kind < CHART__COUNT; kind++) {
			struct chart c = {0};
			struct diag why = {0};

			if (!chart_make(&arena, kind, &r->order, &c, &why))
				continue;
			check_words(&c);
			n++;
		}
	}
	cr_expect(n > 600);
}

/* The font is that of the measurements; the widths come last. */
Test(chart_base, widths)
{
	struct chart c = drawn(ready_of("33", 2024, 2023), CHART_RANK);
	const char *at = strstr(c.data.at, "# widths\n");

	holds(block(&c, "text"), "font\tNoto Sans\n");
	cr_assert(at != NULL);
	cr_expect(strstr(at, "\n\n\n") == NULL);
	holds(at, "\nrows\t61\t0\t0\n");          /* PAPI 2024 has 61 provinces */
	holds(at, "\nrows:7\t8.2\t8.644\t8.2\n"); /* Bà Rịa - Vũng Tàu: tests/typeface.c */
	holds(at, "\nrows:8\t2.556\t2.573\t2.573\n");
	lacks(at, "rows:1\t");
}

/* A chart that could not be made leaves no data. */
Test(chart_base, nothing_of_a_failed_chart)
{
	struct diag why = {0};

	cr_expect(zero(sz, made(CHART_SLOPE, "33", 2018, 2017, &why).data.n));
	cr_expect(eq(int, why.worst, DIAG_DATA));
}
