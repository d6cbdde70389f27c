/* Changes of provinces: PAPI from scores.csv, answers from tests/data/share/surveys/asked. */
#include "chart_help.h"

TestSuite(chart_delta, .fini = clean);

/* Dimensions of scores.csv summed by awk: Hưng Yên 44.2284 in 2023, 44.4040 in 2024;
 * Quảng Ninh (22) and Bình Dương (74) are not published in 2023, Vĩnh Phúc (26) and Tiền Giang (82)
 * not in 2024: 59 of 63 have both. */
Test(chart_delta, published_scores_claim_nothing)
{
	struct diag why = {0};
	struct chart c = made(CHART_DELTA, "33", 2024, 2023, &why);
	const char *rows = block(&c, "rows");
	size_t n = 0;

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	for (const char *at = rows; (at = strchr(at, '\n')); at++)
		n++;
	cr_expect(eq(sz, n, 59));
	holds(rows, "\tNaN\tNaN\t");
	holds(rows, "\t9\t1\tHưng Yên\t+0,18\n");
	holds(rows, "1\tNaN\tNaN\t");
	lacks(rows, "\t0\t0\t");
	lacks(rows, "Quảng Ninh");
	holds(c.footer.at, "Không có số liệu năm 2023 để so: Quảng Ninh, Bình Dương.");
	holds(c.footer.at, "Không công bố: Vĩnh Phúc, Tiền Giang.");
	lacks(c.data.at, "\nkey_up\t");
	holds(c.title.at, "(điểm công bố)");
	holds(c.csv.at, "\n22,Quảng Ninh,,47.8211,,peer,");
}

/* Sorted by change, the highest first; labels of 0 have no sign. */
Test(chart_delta, order_and_signs)
{
	struct diag why = {0};
	struct chart c = made(CHART_DELTA, "33", 2024, 2023, &why);
	struct text rest = span_of(block(&c, "rows")), line, cell = {"", 0};
	double last = INFINITY;

	while (span_split(&rest, '\n', &line) && line.n) {
		double x;

		for (size_t k = 0; k < 4; k++)
			span_split(&line, '\t', &cell);
		cr_assert(number_parse(cell, &x));
		cr_expect(le(dbl, x, last));
		last = x;
	}
	holds(block(&c, "xtics"), "\n0\t0\n2\t+2\n");
	holds(block(&c, "xtics"), "-2\t−2\n");
}

/* R survey 4.1.1 for "03": 33.82 in 2021 and 77.78 in 2022, so the change is +43.96, its interval
 * far above 0; that of "01" holds 0 (tests/chart.c). */
Test(chart_delta, estimates_have_verdicts)
{
	struct ready *r = asked("03");
	struct chart c = drawn(r, CHART_DELTA), d = drawn(asked("01"), CHART_DELTA);
	const char *rows = block(&c, "rows");

	holds(rows, "\t1\t1\tCường Đông\t+43,96\n");
	holds(c.title.at, "thay đổi có ý nghĩa thống kê");
	holds(d.title.at, "chưa đủ cơ sở để kết luận là có thay đổi");
	holds(c.subtitle.at, "(số liệu mô phỏng)");
	holds(c.subtitle.at, "trong 4: ");
	holds(c.footer.at, "điều chỉnh theo Holm trong 4 phép so sánh cùng họ");
	holds(c.caption.at, "điều chỉnh theo Holm");
	holds(c.csv.at, ",increase,simulated\n");
	holds(c.data.at, "\nkey_up\t");
}

/* What shows a year that was simulated says so, whatever the other years are. */
Test(chart_delta, any_simulated_year_is_said)
{
	static const enum chart_kind both[] = {CHART_DELTA, CHART_SLOPE, CHART_QUADRANT,
					       CHART_BUMP};
	struct ready *r = asked("03");

	r->survey.wave[1].simulated = false; /* 2022 */
	for (size_t i = 0; i < COUNT(both); i++)
		holds(drawn(r, both[i]).footer.at, "Số liệu mô phỏng");
	lacks(drawn(r, CHART_STRIP).footer.at, "Số liệu mô phỏng");
}

Test(chart_delta, items_of_one_province)
{
	struct ready *r = asked("03");
	struct chart c;

	r->order.item = span_of("all");
	c = drawn(r, CHART_DELTA);
	holds(c.csv.at, "item,name,from,to,delta,");
	holds(block(&c, "rows"), "\t1.2. ");
	lacks(block(&c, "rows"), "\t1. "); /* a whole is not set beside its parts */
}

/* comparability.csv: the total of 2018 is not compared with 2017. */
Test(chart_delta, years_that_cannot_be_compared)
{
	struct diag why = {0}, first = {0};

	cr_expect(zero(sz, made(CHART_DELTA, "33", 2018, 2017, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "no change from 2017 to 2018");
	cr_expect(strstr(why.item[0].hint, "cannot be compared") != NULL);
	made(CHART_DELTA, "33", 2011, 2011, &first);
	check_problem(&first, 0, DIAG_DATA, "", 0, 0, "no year before 2011");
}
