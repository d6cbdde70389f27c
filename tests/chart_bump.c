/* Ranks over the years: PAPI as in tests/rank.c; answers from tests/data/share/surveys/asked. */
#include "chart_help.h"

TestSuite(chart_bump, .fini = clean);

/* Ranked in scores.csv: 63 in 2017, 61 in 2018, 63 in 2019 and 2020, 60 in 2021, 61 since. Hưng Yên
 * ranks 11 of 2022, 12 of 2023, 19 of 2024. 2017|2018 is no, 2018|2019 and 2020|2021 are warn. */
Test(chart_bump, lines_dashes_and_breaks)
{
	struct diag why = {0};
	struct chart c = made(CHART_BUMP, "33", 2024, 2023, &why);
	const char *lines = block(&c, "lines"), *dash = block(&c, "dash");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(lines, "2022\t11\t1\n2023\t12\t1\n");
	holds(lines, "2023\t12\t1\n2024\t19\t1\n");
	holds(dash, "2020\t44\t1\n2021\t5\t1\n");
	holds(dash, "2021\t5\t1\n2022\t11\t1\n"); /* 60 and 61 ranked */
	lacks(lines, "2017\t40\t1\n2018");
	lacks(dash, "2017\t40\t1\n2018");
	check_string(block(&c, "breaks"), "2017.5\tNaN\tkhông so được\n");
	holds(block(&c, "xtics"), "2021\t2021\t/60\n2022\t2022\t/61\n");
	check_string(block(&c, "whiskers"), "NaN\tNaN\tNaN\n");
	holds(c.subtitle.at, "không biết sai số của thứ hạng");
	holds(c.footer.at, "Đứt quãng 2017–2018");
	holds(c.footer.at, "số tỉnh được xếp hạng khác nhau");
}

/* Vĩnh Phúc (26) is not published in 2024, Quảng Ninh (22) neither in 2021 nor in 2023. */
Test(chart_bump, years_without_a_rank_are_gaps)
{
	struct diag why = {0}, none = {0};
	struct chart c = made(CHART_BUMP, "22", 2024, 2023, &why),
		     d = made(CHART_BUMP, "26", 2024, 2023, &none);

	lacks(block(&c, "points"), "2023\tNaN");
	holds(block(&c, "points"), "2022\t1\t1\t1\n2024\t1\t1\t1\n");
	lacks(block(&c, "lines"), "2022\t1\t1\n2024");
	lacks(block(&c, "dash"), "2022\t1\t1\n2024");
	holds(c.csv.at, "\n2023,22,Quảng Ninh,highlight,,,,,\n");
	holds(block(&d, "ends"), "  Vĩnh Phúc (2023)\t1\t");
	holds(d.title.at, "Vĩnh Phúc không có thứ hạng");
}

/* Ranks 1–3 in 2022 (tests/chart.c); labels name sets, never bare ranks. */
Test(chart_bump, ranks_with_sets)
{
	struct chart c = drawn(asked("03"), CHART_BUMP);
	const char *ends = block(&c, "ends");

	holds(block(&c, "whiskers"), "2022\t1\t3\n");
	holds(ends, "\t1–3  Cường Đông\t1\t");
	lacks(ends, "Én Vàng");
	check_text(c.title, "Cường Đông ở khoảng hạng 1–3 trong 4 tỉnh, thành phố về HỎI năm 2022");
	lacks(c.subtitle.at, "không biết sai số");
	holds(c.alt.at, "2022: 1–3");
	holds(c.csv.at, "\n2022,03,Cường Đông,highlight,");
	holds(c.csv.at, ",4,1,3,simulated\n");
}

/* 1.35 lines of 10 points on an axis of 62 ranks, 120 mm less five lines: 1.35 x 3.528 x 62 / 97.07
 * is 3.042 ranks. */
Test(chart_bump, one_above_the_other)
{
	struct diag why = {0};
	struct chart c = made(CHART_BUMP, "33", 2024, 2023, &why);
	struct text rest = span_of(block(&c, "ends")), line, cell = {"", 0};
	double last = -INFINITY, y;

	while (span_split(&rest, '\n', &line) && line.n) {
		span_split(&line, '\t', &cell);
		span_split(&line, '\t', &cell);
		cr_assert(number_parse(cell, &y));
		cr_expect(y - last > 3.04);
		last = y;
	}
}

static struct chart with_sets(double low, double high)
{
	struct ready *r = asked("03");
	struct text total = span_of("total");
	struct result_row *was = (struct result_row *)result_find(&r->all, 2021, total,
								  r->order.self->code),
			  *now = (struct result_row *)result_find(&r->all, 2022, total,
								  r->order.self->code);

	was->rank_low = 3;
	was->rank_high = 4;
	now->rank_low = low;
	now->rank_high = high;
	return drawn(r, CHART_BUMP);
}

/* Sets that share a rank do not tell the years apart. */
Test(chart_bump, what_two_sets_allow)
{
	holds(with_sets(1, 3).subtitle.at, "giao nhau nên chưa đủ cơ sở");
	holds(with_sets(4, 4).subtitle.at, "giao nhau nên chưa đủ cơ sở");
	holds(with_sets(1, 2).subtitle.at, "không giao nhau");
	lacks(with_sets(1, 2).subtitle.at, "chưa đủ cơ sở");
}

Test(chart_bump, nothing_ranked)
{
	struct ready *r = asked("03");
	struct diag why = {0};
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		r->all.row[i].rank = NAN;
	cr_expect(not(chart_make(&arena, CHART_BUMP, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "no ranks up to 2022");
}
