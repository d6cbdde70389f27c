/* What tooltips say. Scores of PAPI summed from scores.csv by awk: Hưng Yên 44.2284 (2023), 44.4040
 * (2024, rank 19 of 61). Of the invented answers, the estimates and limits that tests/chart.c has
 * from R: Cường Đông 77.78 (73.54–81.50) in 2022; Én Vàng has 20 respondents. */
#include "chart_help.h"

TestSuite(chart_tips, .fini = clean);

static bool fits(const struct svg_mark *m, const char *province, const char *item)
{
	return span_is(m->province, province) && span_is(m->item, item);
}

/* Words of the last mark of that province and item. */
static const char *tip(const struct chart *c, const char *province, const char *item)
{
	for (size_t i = c->marks.n; i-- > 0;)
		if (fits(&c->marks.mark[i], province, item))
			return arena_string(&arena, c->marks.mark[i].words);
	return "none";
}

static size_t count(const struct chart *c, const char *province, const char *item)
{
	size_t n = 0;

	for (size_t i = 0; i < c->marks.n; i++)
		n += fits(&c->marks.mark[i], province, item) ? 1 : 0;
	return n;
}

static size_t rows_of(const char *lines)
{
	size_t n = 0;

	for (; *lines; lines++)
		n += *lines == '\n' ? 1 : 0;
	return n;
}

Test(chart_tips, of_published_scores)
{
	static const struct {
		enum chart_kind kind;
		const char *item, *want;
	} cases[] = {
		{CHART_RANK, "total", "Hưng Yên: 44,40 điểm, hạng 19/61"},
		{CHART_TILEMAP, "total", "Hưng Yên: 44,40 điểm, hạng 19/61"},
		{CHART_TREND, "total", "Hưng Yên, năm 2024: 44,40 điểm, hạng 19/61"},
		{CHART_BUMP, "total", "Hưng Yên, năm 2024: 44,40 điểm, hạng 19/61"},
		{CHART_DELTA, "total", "Hưng Yên: 44,23 (2023) → 44,40 (2024): +0,18 điểm"},
		{CHART_SLOPE, "total", "Hưng Yên: 44,23 (2023) → 44,40 (2024): +0,18 điểm"},
		{CHART_QUADRANT, "total", "Hưng Yên: 44,23 (2023) → 44,40 (2024): +0,18 điểm"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct chart c = made(cases[i].kind, "33", 2024, 2023, &why);

		check_string(tip(&c, "33", cases[i].item), cases[i].want);
		cr_expect(eq(sz, rows_of(block(&c, "tips")), c.marks.n), "row %zu", i);
		cr_expect(eq(int, c.marks.mark[0].round, cases[i].kind != CHART_TILEMAP));
	}
}

/* A row of the block for every mark, and the median where it is drawn. */
Test(chart_tips, of_items)
{
	static const enum chart_kind kinds[] = {CHART_CHANGE, CHART_STRIP, CHART_GAP, CHART_HEATMAP,
						CHART_PARETO};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct diag why = {0};
		struct chart c = made(kinds[i], "33", 2024, 2023, &why);

		cr_expect(eq(sz, rows_of(block(&c, "tips")), c.marks.n), "row %zu", i);
		cr_expect(c.marks.n > 0);
	}
	struct diag why = {0};
	struct chart change = made(CHART_CHANGE, "33", 2024, 2023, &why),
		     strip = made(CHART_STRIP, "33", 2024, 2023, &why);

	/* PAPI's shipped table: dimension 2, 5.4970 and 5.5188; the median of 61 by sort */
	check_string(tip(&change, "33", "2"),
		     "2. Công khai, minh bạch: 5,50 (2023) → 5,52 (2024): +0,02 điểm");
	check_string(tip(&change, "", "2"), "Trung vị cả nước, 2. Công khai, minh bạch: 5,33 điểm");
	cr_expect(eq(sz, count(&change, "33", "2"), 2)); /* a dot a year */
	cr_expect(eq(sz, count(&strip, "22", "2"), 1));
	cr_expect(eq(sz, count(&strip, "26", "2"), 0)); /* not published: no dot */
}

Test(chart_tips, of_estimates)
{
	static const struct {
		enum chart_kind kind;
		const char *want;
	} cases[] = {
		{CHART_RANK, "Cường Đông: 77,78% (khoảng tin cậy 95%: 73,54%–81,50%), n = "},
		{CHART_BUMP, ", khoảng hạng 1–3"},
		{CHART_DELTA, " (2021) → 77,78 (2022): +"},
		{CHART_DELTA, " điểm phần trăm, khoảng tin cậy +"},
		{CHART_DELTA, ", tăng có ý nghĩa thống kê; n = "},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct chart c = drawn(asked("03"), cases[i].kind);

		holds(tip(&c, "03", "total"), cases[i].want);
		lacks(tip(&c, "03", "total"), "hạng 1/"); /* no rank without its set */
	}
	struct ready *r = asked("03");

	r->narrative.comparison = true;
	struct chart c = drawn(r, CHART_RANK);

	holds(tip(&c, "03", "total"), "(khoảng so sánh Goldstein–Healy 95%: ");
}

/* What is hidden is told with its reason, and never its number. */
Test(chart_tips, of_what_is_hidden)
{
	struct chart heat = drawn(asked("05"), CHART_HEATMAP),
		     rank = drawn(asked("05"), CHART_RANK);

	check_string(tip(&heat, "05", "1"), "Én Vàng, Một: x: không nêu vì ước lượng không đủ độ "
					    "tin cậy (dưới 30 câu trả lời)");
	holds(tip(&heat, "03", "1"), "), n = ");
	holds(tip(&heat, "03", "1"), ", cao hơn cả nước"); /* 78,29 against 69 or so */
	check_string(tip(&rank, "05", "total"), "none");   /* no dot */
}

/* Vĩnh Phúc withheld consent in 2024; the archipelagos belong to Đà Nẵng (48) and
 * Khánh Hòa (56). */
Test(chart_tips, of_what_is_not_published)
{
	struct diag why = {0};
	struct chart c = made(CHART_TILEMAP, "33", 2024, 2023, &why);

	check_string(tip(&c, "26", "total"), "Vĩnh Phúc: không công bố");
	check_string(tip(&c, "48", ""), "Quần đảo Hoàng Sa"); /* lit up with its province */
	check_string(tip(&c, "56", ""), "Quần đảo Trường Sa");
	cr_expect(eq(sz, count(&c, "", ""), 0));
	cr_expect(eq(sz, c.marks.n, 65));
	cr_expect(not(c.marks.mark[0].round)); /* tiles */
	cr_expect(eq(sz, c.marks.n_names, 63));
}

/* comparability.csv: 2017 to 2018 is no, 2020 to 2021 warn. */
Test(chart_tips, of_years_that_do_not_compare)
{
	struct diag why = {0};
	struct chart no = made(CHART_CHANGE, "33", 2018, 2017, &why),
		     warn = made(CHART_SLOPE, "33", 2021, 2020, &why);

	holds(tip(&no, "33", "2"), " (2018): không so được; từ năm 2018 nội dung này thêm");
	holds(tip(&warn, "33", "total"), " điểm; ");
	lacks(tip(&warn, "33", "total"), "không so được");
}

/* Labels that name a province, as they are shown. */
Test(chart_tips, names)
{
	struct diag why = {0};
	struct chart slope = made(CHART_SLOPE, "33", 2024, 2023, &why),
		     change = made(CHART_CHANGE, "33", 2024, 2023, &why);
	bool left = false, right = false;

	for (size_t i = 0; i < slope.marks.n_names; i++) {
		const struct svg_name *n = &slope.marks.name[i];

		left |= span_is(n->province, "33") && span_is(n->shown, "Hưng Yên  44,23");
		right |= span_is(n->province, "33") && span_is(n->shown, "44,40  Hưng Yên");
	}
	cr_expect(left && right);
	cr_expect(zero(sz, change.marks.n_names)); /* items */
}
