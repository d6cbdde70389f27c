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

/* The first ranked alone in its group: what stands before the bracket, in one line. A long name of
 * many: three lines and an ellipsis. */
Test(chart_base, groups_fit_their_rows)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct text long_name = span_of("Nhóm các tỉnh có tên nhóm dài hơn cả ba dòng của nó "
					      "(từ 40 điểm trở lên)");
	struct result_row *row;
	size_t n;
	struct chart c;

	row = result_group(&r->all, 2024, span_of("total"), &n);
	for (size_t i = 0; i < n; i++) {
		row[i].group = span_of(row[i].rank == 1 ? "A" : "B");
		row[i].group_name[LANG_VI] =
			row[i].rank == 1 ? span_of("Nhóm rất cao (trên 47 điểm)") : long_name;
	}
	c = drawn(r, CHART_RANK);
	holds(block(&c, "groups"), "1\t1\tNhóm rất cao\n");
	holds(block(&c, "groups"), "2\t61\tNhóm các tỉnh");
	holds(block(&c, "groups"), "…\n");
}

static double head_width(struct text s)
{
	return 0.87 * EM * typeface_width(web_face, s, false);
}

/* The k-th line from below; empty beyond the first. */
static struct text from_below(struct text s, size_t k)
{
	struct text line, lines[9];
	size_t n = 0;

	while (n < COUNT(lines) && span_split(&s, '\002', &line))
		lines[n++] = line;
	return k < n ? lines[n - 1 - k] : (struct text){"", 0};
}

/* "Transparency", "Vertical accountability": words wider than their columns do not touch. */
Test(chart_base, heads_do_not_touch)
{
	struct ready *r = ready_of("77", 2024, 2023);
	struct text rest, row, head[8], field = {"", 0};
	struct diag why = {0};
	size_t n = 0, raised = 0;
	double column;

	cr_assert(phrases_read(&arena, SHIPPED, LANG_EN, &r->phrases, &why));
	struct chart c = drawn(r, CHART_HEATMAP);

	/* as wide as the bold name of Bà Rịa - Vũng Tàu leaves the eight of them */
	column = (200 - 2 * BORDER - 0.7 * EM - 8.644 * EM) / 8;
	rest = span_of(block(&c, "cols"));
	while (span_split(&rest, '\n', &row) && row.n) {
		while (span_split(&row, '\t', &field))
			;
		cr_assert(n < COUNT(head));
		head[n++] = field;
		raised += from_below(field, 0).n < 2;
	}
	cr_assert(eq(sz, n, 8));
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < 9; k++) {
			struct text a = from_below(head[i - 1], k), b = from_below(head[i], k);

			cr_expect(a.n < 2 || b.n < 2 || head_width(a) + head_width(b) < 2 * column,
				  "%.*s, %.*s", SPAN_ARG(a), SPAN_ARG(b));
		}
	cr_expect(raised > 0);
}
