/* Items of PAPI 2024 summed from scores.csv by Python: its statistics.quantiles(…, "inclusive") are
 * those of R's type 7. Dimension 1: Hưng Yên 5.4520, quartiles 4.5958, 4.9318, 5.3891 of 61; its
 * nine listed peers have the median 5.4311 and the best 5.8739. Dimension 7: 3.5847, median 3.6780
 * (peers 3.4307); 6: 7.5498, median 7.5126, peers 7.5886; 8: 3.4266, 3.4084, 3.5454. */
#include "chart_help.h"

TestSuite(chart_items, .fini = clean);

static size_t lines(const char *s)
{
	size_t n = 0;

	for (; (s = strchr(s, '\n')); s++)
		n++;
	return n;
}

Test(chart_items, strip_of_published_scores)
{
	struct diag why = {0};
	struct chart c = made(CHART_STRIP, "33", 2024, 2023, &why);
	const char *rows = block(&c, "rows");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	check_text(c.title,
		   "Hưng Yên 2024: cao hơn trung vị cả nước ở 7, thấp hơn ở 1 trong 8 nội dung");
	holds(rows, "1\t5.452\tNaN\tNaN\t0\t1. Tham gia ở cơ sở\t5,45\t4,93\n");
	holds(block(&c, "boxes"), "1\t4.5958\t4.9318\t5.3891\n");
	cr_expect(eq(sz, lines(block(&c, "dots")), 8 * 60));  /* 61 less the province */
	holds(c.subtitle.at, "mọi nội dung cùng thang 1–10"); /* so the axis is in points */
	holds(c.footer.at, "Không công bố: Vĩnh Phúc, Tiền Giang.");
}

/* Height in a row is by code alone: the same whoever is highlighted, and inside the row. */
Test(chart_items, strip_jitter_is_fixed)
{
	struct diag why = {0};
	struct chart c = made(CHART_STRIP, "33", 2024, 2023, &why),
		     d = made(CHART_STRIP, "77", 2024, 2023, &why);
	struct text rest = span_of(block(&c, "dots")), line, x, y;
	const char *other = block(&d, "dots");
	size_t same = 0, all = 0;
	double at;

	while (span_split(&rest, '\n', &line) && line.n) {
		struct text cells = line;

		span_split(&cells, '\t', &x);
		span_split(&cells, '\t', &y);
		cr_assert(number_parse(y, &at));
		cr_expect(fabs(at - round(at)) <= 0.3 + 1e-9);
		all++;
		same += strstr(other,
			       arena_format(&arena, "%.*s\t%.*s\t", SPAN_ARG(x), SPAN_ARG(y)).at) !=
			NULL;
	}
	cr_expect(eq(sz, all - same, 8)); /* but for Bà Rịa - Vũng Tàu, that is now the highlight */
}

/* When ranges differ the axis is in percent of each; what has no range cannot be placed. */
Test(chart_items, strip_on_ranges_of_their_own)
{
	struct ready *r = asked("03");
	struct diag why = {0};
	struct chart c;
	struct item *item = r->survey.structure.at;

	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (span_is(item[i].code, "1"))
			item[i].min = -100, item[i].max = 300;
	c = drawn(r, CHART_STRIP);
	holds(c.subtitle.at, "% của thang điểm");
	holds(block(&c, "rows"), "\t1. Một\t78,29\t");
	holds(block(&c, "rows"), "1\t44.57"); /* (78.29 + 100) of 400 */
	for (size_t i = 0; i < r->survey.structure.n; i++)
		item[i].max = NAN;
	cr_expect(not(chart_make(&arena, CHART_STRIP, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "a known range");
}

Test(chart_items, strip_of_estimates)
{
	struct chart c = drawn(asked("03"), CHART_STRIP);

	holds(block(&c, "rows"), "78,29");
	lacks(block(&c, "rows"), "\tNaN\tNaN\t");
	holds(c.footer.at, "gồm cả sai số chọn mẫu");
	holds(c.title.at, "cả nước");
	holds(c.csv.at, ",simulated\n");
}

Test(chart_items, gap_to_peers)
{
	struct diag why = {0};
	struct chart c = made(CHART_GAP, "33", 2024, 2023, &why);
	const char *rows = block(&c, "rows");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(rows, "1\t0.0209\tNaN\tNaN\t");
	holds(rows, "\t9\t0\t1. Tham gia ở cơ sở\t5,45\t+0,02\t−0,42\n");
	holds(rows, "\t8. Quản trị điện tử\t3,43\t−0,12\t−0,62\n");
	check_text(c.title,
		   "Hưng Yên 2024: cao hơn trung vị nhóm Đồng bằng sông Hồng ở 6, thấp hơn ở "
		   "2 trong 8 nội dung"); /* 6 and 8 are below */
	holds(c.csv.at, "\n6,");
	holds(c.csv.at, ",7.5498,7.5886,7.5886,8.4197,7.5126,-0.0388,-0.8699,");
}

/* The country is 68.95 on the first block of 2022 (tests/golden/chart-asked), "03" 78.29. */
Test(chart_items, gap_of_estimates_is_to_the_country)
{
	struct chart c = drawn(asked("03"), CHART_GAP), d = drawn(asked("02"), CHART_GAP);

	holds(block(&c, "rows"), "\t1. Một\t78,29\t+9,");
	holds(c.subtitle.at, "so với mức chung cả nước");
	holds(d.footer.at, "thường lớn hơn thực tế");
	lacks(c.footer.at, "thường lớn hơn thực tế"); /* its one peer is withheld */
	lacks(c.data.at, "\nkey_national\t");
}

/* 5.4311 is the median of the peers. Of the 60 other provinces 30 lie at 4.8679 or below and 30 at
 * 4.9318 or above: with 4.9 the province is the median of 61 itself. */
Test(chart_items, equal_is_neither)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct result_row *row =
		(struct result_row *)result_find(&r->all, 2024, span_of("1"), span_of("33"));

	row->estimate = 5.4311;
	check_text(drawn(r, CHART_GAP).title, "Hưng Yên 2024: cao hơn trung vị nhóm Đồng bằng sông "
					      "Hồng ở 5, thấp hơn ở 2 trong 8 nội dung");
	row->estimate = 4.9;
	holds(drawn(r, CHART_STRIP).title.at, "ở 6, thấp hơn ở 1 trong 8");
	row->estimate = 4.8;
	holds(drawn(r, CHART_STRIP).title.at, "ở 6, thấp hơn ở 2 trong 8");
}

/* A province that is not published has nothing to set against a median. */
Test(chart_items, gap_of_nothing)
{
	struct diag why = {0}, below = {0};
	struct ready *r = asked("03");
	struct chart c;

	cr_expect(zero(sz, made(CHART_GAP, "26", 2024, 2023, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "Vĩnh Phúc has nothing of 2024");
	r->order.item = span_of("1.2");
	cr_expect(not(chart_make(&arena, CHART_GAP, &r->order, &c, &below)));
	check_problem(&below, 0, DIAG_DATA, "", 0, 0, "no items below \"1.2\"");
}
