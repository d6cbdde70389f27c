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

/* What finds no place is said: every name as long as the picture is wide. */
Test(chart_quadrant, names_without_room_are_told)
{
	struct ready *r = asked("03");
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		if (span_is(r->all.row[i].province, "01"))
			r->all.row[i].province_name = arena_format(&arena, "%0200d", 0);
	c = drawn(r, CHART_QUADRANT);
	holds(c.footer.at, "Không đủ chỗ ghi tên: 000");
	lacks(block(&c, "labels"), "000000000000000000000000000000000000000\n");
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
