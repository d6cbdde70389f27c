/* PAPI totals 2023 and 2024 by Python from scores.csv: of the 59 provinces with both, the medians
 * are 43.4777 of 2024 and 0.5899 of the change; outermost are Tây Ninh (72; most in both), Kiên
 * Giang (91; least of 2024) and Bạc Liêu (95; least change). */
#include "chart_help.h"

TestSuite(chart_quadrant, .fini = clean);

static size_t lines(const char *s)
{
	size_t n = 0;

	for (; (s = strchr(s, '\n')); s++)
		n++;
	return n;
}

Test(chart_quadrant, medians_corners_and_names)
{
	struct diag why = {0};
	struct chart c = made(CHART_QUADRANT, "33", 2024, 2023, &why);
	const char *labels = block(&c, "labels");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(c.data.at, "\nxmedian\t43.4777\n");
	holds(c.data.at, "\nymedian\t0.5899\n");
	cr_expect(eq(sz, lines(block(&c, "points")), 59));
	holds(labels, "\tHưng Yên\n");
	holds(labels, "\tTây Ninh\n");
	holds(labels, "\tKiên Giang\n");
	holds(labels, "\tBạc Liêu\n");
	lacks(labels, "Cà Mau"); /* neither a peer nor outermost */
	check_text(c.title,
		   "PAPI 2024: Hưng Yên trên trung vị, thay đổi dưới trung vị (điểm công bố)");
	check_string(arena_format(&arena, "%.11s", strstr(block(&c, "unit"), "NaN")).at,
		     "NaN\tNaN\tNaN");
	holds(c.subtitle.at, "không biết sai số");
}

/* Above the country (tests/chart.c), and a significant rise. */
Test(chart_quadrant, estimates_claim_what_errors_bear)
{
	struct chart c = drawn(asked("03"), CHART_QUADRANT), d = drawn(asked("02"), CHART_QUADRANT);

	holds(c.title.at, "cao hơn cả nước; tăng 43,96 điểm phần trăm");
	holds(c.title.at, "có ý nghĩa thống kê");
	holds(d.title.at, "chưa phân biệt được với cả nước");
	lacks(block(&c, "unit"), "NaN");
	holds(c.footer.at, "điều chỉnh theo Holm trong 4 phép so sánh");
}

/* What finds no place is said: of Ninh Thuận and its peers, the one in the thick of the points. */
Test(chart_quadrant, names_without_room_are_told)
{
	struct diag why = {0};
	struct chart c = made(CHART_QUADRANT, "58", 2024, 2023, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(c.footer.at, "Không đủ chỗ ghi tên: Thừa Thiên Huế.");
	lacks(block(&c, "labels"), "Thừa Thiên Huế");
	holds(block(&c, "labels"), "Ninh Thuận");
}

/* A quarter of 200 mm: at 10 points, bold, some 25 digits. */
Test(chart_quadrant, names_as_long_as_the_page_are_cut)
{
	struct ready *r = asked("03");
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		if (span_is(r->all.row[i].province, "01"))
			r->all.row[i].province_name = arena_format(&arena, "%0200d", 0);
	c = drawn(r, CHART_QUADRANT);
	holds(block(&c, "labels"), "00000000000000000000…\n");
	lacks(block(&c, "labels"), "000000000000000000000000000000…");
}

Test(chart_quadrant, province_without_a_change)
{
	struct diag why = {0}, none = {0};
	struct chart c = made(CHART_QUADRANT, "22", 2024, 2023, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(c.title.at, "không nêu được thay đổi của Quảng Ninh");
	check_string(block(&c, "unit"), "NaN\tNaN\tNaN\tNaN\tNaN\tNaN\n");
	cr_expect(zero(sz, made(CHART_QUADRANT, "33", 2018, 2017, &none).data.n));
	check_problem(&none, 0, DIAG_DATA, "", 0, 0, "no change from 2017 to 2018");
}

#define EM (10 * 25.4 / 72)
#define HEIGHT (125 - 4.1 * 1.3 * EM) /* mm of the plot, on the web */

static double key(const struct chart *c, const char *name)
{
	const char *at = strstr(block(c, "text"), arena_format(&arena, "\n%s\t", name).at);

	cr_assert(at != NULL, "no key %s", name);
	return strtod(strchr(at, '\t'), NULL);
}

/* Does the line at `at` of a range lie within the text's part of it? */
static bool crosses(double at, double low, double high)
{
	return at > low && at < high;
}

/* The name of the province itself against both medians. */
static bool name_on_median(const struct chart *c, struct text name)
{
	double mm_x = 200 * (key(c, "right") - key(c, "left")) / (key(c, "xmax") - key(c, "xmin")),
	       mm_y = HEIGHT / (key(c, "ymax") - key(c, "ymin"));
	double wide = EM * typeface_width(web_face, name, true), high = 0.8 * EM;
	struct text rest = span_of(block(c, "labels")), row;

	while (span_split(&rest, '\n', &row) && row.n) {
		double n[8];
		char *end = (char *)row.at;

		for (size_t i = 0; i < COUNT(n); i++)
			n[i] = strtod(end, &end);
		if (n[6] != 1) /* another's */
			continue;
		double left = n[0] * mm_x - 0.5 * (1 - n[7]) * wide, middle = n[1] * mm_y;

		return crosses(key(c, "xmedian") * mm_x, left, left + wide) ||
		       crosses(key(c, "ymedian") * mm_y, middle - high / 2, middle + high / 2);
	}
	return false;
}

/* Of all provinces but one or two between the points of others. */
Test(chart_quadrant, names_keep_off_the_medians)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct provinces *all = &r->survey.provinces;
	size_t n = 0, on = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct diag none = {0};
		struct chart c;

		if (!province_stands(&all->at[i], 2024))
			continue;
		r->order.self = &all->at[i];
		cr_assert(peers_choose(&arena, &r->survey, &r->all, 2024, r->order.self,
				       span_of("region"), &r->peers, &none));
		c = drawn(r, CHART_QUADRANT);
		on += name_on_median(&c, r->order.self->name);
		n++;
	}
	cr_expect(eq(sz, n, 63));
	cr_expect(on <= 2, "%zu", on);
}

/* One province far above all others moves the median to the left edge: the words there are broken,
 * or left out, those to the right are not. */
Test(chart_quadrant, corners_end_before_the_median)
{
	static const double top[] = {70, 500};

	for (size_t k = 0; k < COUNT(top); k++) {
		struct ready *r = ready_of("33", 2024, 2023);
		struct result_row *row;
		struct chart c;
		size_t n;

		row = result_group(&r->all, 2024, span_of("total"), &n);
		for (size_t i = 0; i < n; i++)
			if (span_is(row[i].province, "72"))
				row[i].estimate = top[k];
		c = drawn(r, CHART_QUADRANT);
		holds(c.data.at,
		      k == 0 ? "\nq1\tdưới trung vị,\002thay đổi trên trung vị\n" : "\nq1\t\004\n");
		holds(c.data.at, "\nq2\ttrên trung vị, thay đổi trên trung vị\n");
	}
}
