/* Two years of a province and its peers: PAPI totals summed from scores.csv by awk (2023, 2024):
 * Hưng Yên 44.2284, 44.4040; Quảng Ninh –, 47.8211. */
#include "chart_help.h"

TestSuite(chart_slope, .fini = clean);

Test(chart_slope, lines_and_lone_points)
{
	struct diag why = {0};
	struct chart c = made(CHART_SLOPE, "33", 2024, 2023, &why);
	const char *lines = block(&c, "lines"), *ends = block(&c, "ends");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(lines, "44.2284\t44.404\t1\t0\n");
	lacks(lines, "47.8211"); /* not published in 2023: a point, no line */
	holds(ends, "\t47.8211\tNaN\tNaN\t2\t47,82  Quảng Ninh\n");
	holds(ends, "\t44.2284\tNaN\tNaN\t1\tHưng Yên  44,23\n");
	lacks(ends, "Cà Mau"); /* no peer */
	holds(c.footer.at, "Không có số liệu năm 2023 để so: Quảng Ninh.");
	holds(c.footer.at, "Không công bố: Vĩnh Phúc.");
	holds(c.subtitle.at, "không biết sai số");
}

/* Labels of one side are 1.35 lines of 10 points apart: 1.35 x 3.528 mm of 130 - 2.4 x 4.586 = 119
 * mm. */
Test(chart_slope, labels_do_not_touch)
{
	struct diag why = {0};
	struct chart c = made(CHART_SLOPE, "33", 2024, 2023, &why);
	struct text rest = span_of(block(&c, "ends")), line, cell;
	const char *low = strstr(c.data.at, "\nymin\t"), *high = strstr(c.data.at, "\nymax\t");
	double least = 1.35 * 3.528 / 119 * (atof(high + 6) - atof(low + 6)) - 1e-3, last = NAN,
	       side = NAN;

	while (span_split(&rest, '\n', &line) && line.n) {
		double x, y;

		cr_assert(span_split(&line, '\t', &cell) && number_parse(cell, &x));
		cr_assert(span_split(&line, '\t', &cell) && number_parse(cell, &y));
		cr_expect(x != side || y - last >= least, "%g after %g", y, last);
		last = y;
		side = x;
	}
}

/* comparability.csv: 2019 to 2020 is ok, 2020 to 2021 warn. */
Test(chart_slope, care_is_dashed_and_said)
{
	struct diag why = {0};
	struct chart c = made(CHART_SLOPE, "33", 2021, 2020, &why);

	holds(block(&c, "lines"), "\t1\t1\n");
	lacks(block(&c, "lines"), "\t0\n");
	holds(c.footer.at, "Cần thận trọng khi so sánh");
	c = made(CHART_SLOPE, "33", 2020, 2019, &why);
	lacks(block(&c, "lines"), "\t1\n");
}

Test(chart_slope, estimates_have_intervals_and_verdicts)
{
	struct chart c = drawn(asked("03"), CHART_SLOPE);

	holds(block(&c, "ends"), "\t73.54436");
	holds(block(&c, "ends"), "\t26.276952");
	holds(c.title.at, "thay đổi có ý nghĩa thống kê");
	holds(c.footer.at, "Không nêu vì ước lượng không đủ độ tin cậy: Én Vàng.");
	holds(c.csv.at, ",increase,simulated\n");
}

Test(chart_slope, years_that_cannot_be_compared)
{
	struct diag why = {0};

	cr_expect(zero(sz, made(CHART_SLOPE, "33", 2018, 2017, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "no change from 2017 to 2018");
}
