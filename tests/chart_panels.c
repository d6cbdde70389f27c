/* Items of PAPI summed from scores.csv by Python; quartiles by its statistics.quantiles(…,
 * "inclusive"). Verdicts are those of comparability.csv: 2015|2016 no for 3, with care for 1 and 5;
 * 2017|2018 no for 2 and 3 (and 7 and 8, which are new), with care for 1, 4, 5 and 6; 2018|2019 no
 * for 8; 2020|2021 no for 5. */
#include "chart_help.h"

TestSuite(chart_panels, .fini = clean);

/* The total cannot be compared over 2017|2018; an item that can stays joined there. */
Test(chart_panels, every_item_has_its_own_breaks)
{
	struct diag why = {0};
	struct chart c = made(CHART_PANELS, "33", 2024, 2023, &why);
	const char *unit = block(&c, "unit"), *dash = block(&c, "dash");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	check_string(block(&c, "breaks"),
		     "2\t2017.5\n3\t2015.5\n3\t2017.5\n5\t2020.5\n8\t2018.5\n");
	holds(unit, "6\t2015\t7.4929\tNaN\tNaN\n6\t2016\t7.376\t"); /* no break of the total's */
	holds(unit, "3\t2015\t5.5903\tNaN\tNaN\n\n3\t2016\t5.2751\t");
	holds(unit, "2\t2017\t5.3661\tNaN\tNaN\n\n2\t2018\t4.9662\t");
	holds(unit, "1\t2024\t5.452\tNaN\tNaN\n\n2\t2011\t5.0314\t"); /* cells are not joined */
	holds(dash, "1\t2015\t5.1615\t1\n1\t2016\t6.016\t1\n");
	holds(dash, "4\t2017\t5.1478\t1\n4\t2018\t6.5338\t1\n");
	lacks(dash, "2\t2017\t");
	lacks(dash, "6\t2015\t");
	holds(c.footer.at, "Nét đứt 2017–2018 (1, 4, 5, 6): ");
	holds(c.footer.at, "Đứt quãng 2015–2016 (3): ");
	lacks(c.footer.at, "(7"); /* what begins in 2018 breaks nothing off */
	holds(block(&c, "key"), "\n5\tso sánh thận trọng\t");
	holds(block(&c, "key"), "\n6\tkhông so được\t");
}

/* 8 of 2018 can be compared with neither neighbour: 3.2624; of the country 2.7731, 3.0685, 3.3858.
 */
Test(chart_panels, a_year_alone)
{
	struct diag why = {0};
	struct chart c = made(CHART_PANELS, "33", 2024, 2023, &why);

	check_string(block(&c, "boxes"), "8\t2018\t2.77305\t3.38575\n");
	holds(block(&c, "points"), "8\t2018\t3.2624\t1\n8\t2018\t3.0685\t3\n");
	lacks(block(&c, "unit"), "8\t2018\t");
	holds(block(&c, "middle"), "8\t2019\t3.5059\n");
}

/* One axis: from below 2.7244 (7 in 2020) to just above the greatest, 8 of 2021 in dimension 6. */
Test(chart_panels, words_and_page)
{
	struct diag why = {0};
	struct chart c = made(CHART_PANELS, "33", 2024, 2023, &why);

	check_text(c.title,
		   "Hưng Yên 2024: cao hơn trung vị cả nước ở 7, thấp hơn ở 1 trong 8 nội dung");
	holds(c.subtitle.at, "PAPI 2011–2024, mọi nội dung cùng thang 1–10; mọi ô cùng trục tung");
	holds(c.data.at, "\nleft\t0.0"); /* of the width */
	holds(c.data.at, "\ncolumns\t4\n");
	holds(c.data.at, "\nxmin\t2011\nxmax\t2024\nymin\t2\n");
	check_string(block(&c, "ytics"), "2\t2\n4\t4\n6\t6\n8\t8\n");
	/* 13 years on 31 mm: room for four labels of 7 mm and as much again, not for five */
	check_string(block(&c, "xtics"), "2011\t2011\n2015\t2015\n2019\t2019\n2024\t2024\n");
	holds(block(&c, "ends"), "1\t2024\t5.452\t5,45\n");
	holds(block(&c, "titles"), "6\t6. Cung ứng dịch vụ công\t1\n");
	holds(c.alt.at, "5,11 (2011), 5,45 (2024) (trung vị cả nước 4,93); ");
	holds(c.csv.at, "2024,Hưng Yên,highlight,5.452,5.452,ok,,,\n");
	holds(c.csv.at, "2018,q1,national_quartile,2.77305,2.77305,no,,,\n");
	holds(c.csv.at, "2016,Hưng Yên,highlight,6.016,6.016,warn,,,\n");
}

/* Bắc Giang has dimension 1 up to 2020 (5.4794), none of 2014; of 2022 only 3, 6, 7 and 8. */
Test(chart_panels, missing_years)
{
	struct diag why = {0};
	struct chart c = made(CHART_PANELS, "24", 2022, 2021, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(block(&c, "unit"), "1\t2013\t4.6483\tNaN\tNaN\n\n");
	lacks(block(&c, "unit"), "1\t2014\t");
	holds(block(&c, "ends"), "1\t2020\t5.4794\t–\0025,48\002(2020)\n");
	holds(block(&c, "ends"), "3\t2022\t4.3967\t4,40\n");
	check_string(block(&c, "ytics"), "2\t2\n4\t4\n6\t6\n8\t8\n"); /* 8.0849 needs no 10 */
	holds(c.footer.at, "Bắc Giang không có số liệu ở: 1, 2, 4, 5.");
	holds(c.csv.at, "2022,Bắc Giang,highlight,,,ok,,,unpublished\n");
}

/* 2.1 was of 0.33–3.3333 to 2017, since then of 0.25–2.5: 2.1020 is 59.00 % of the first, 0.8535 of
 * 2024 26.82 % of the second. */
Test(chart_panels, percent_of_the_range_of_the_year)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	r->order.item = span_of("2");
	c = drawn(r, CHART_PANELS);
	holds(block(&c, "unit"), "1\t2017\t59.0017");
	holds(block(&c, "ends"), "1\t2024\t26.8222");
	holds(block(&c, "ends"), "\t0,85\002(27%)\n");
	holds(block(&c, "ytics"), "\t40%\n");
	holds(c.subtitle.at, "% của thang điểm từng nội dung trong từng năm");
	holds(c.csv.at, "Danh sách hộ nghèo,2017,Hưng Yên,highlight,2.102,59.0017");
	holds(c.csv.at, "Tiếp cận thông tin,2018,Hưng Yên,highlight,0.7068,");
	holds(c.data.at, "\ncolumns\t4\n"); /* four items, one row */
}

/* Ranges that differ at one end, in one year alone, differ. */
Test(chart_panels, either_end_of_a_range)
{
	for (size_t end = 0; end < 2; end++) {
		struct ready *r = ready_of("33", 2024, 2023);
		struct item *item = r->survey.structure.at;

		for (size_t i = 0; i < r->survey.structure.n; i++)
			if (span_is(item[i].era, "2018") && span_is(item[i].code, "3")) {
				item[i].min = end ? item[i].min : 0;
				item[i].max = end ? 20 : item[i].max;
			}
		holds(drawn(r, CHART_PANELS).subtitle.at, "% của thang điểm");
	}
}

/* A year whose table does not list everyone has no median, and the band ends before it. */
Test(chart_panels, median_of_complete_tables)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		if (r->all.row[i].year == 2013 && span_is(r->all.row[i].item, "6"))
			r->all.row[i].complete = false;
	c = drawn(r, CHART_PANELS);
	holds(block(&c, "unit"), "6\t2013\t7.2465");
	lacks(block(&c, "middle"), "6\t2013\t");
	lacks(block(&c, "band"), "6\t2013\t");
	holds(c.csv.at, ",2013,Trung vị cả nước,national_median,,,ok,,,\n");
}

/* Values of years whose range is not known have no place: named, and in the CSV without one. */
Test(chart_panels, no_range)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct item *item = r->survey.structure.at;
	struct diag why = {0};
	struct chart c;

	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (span_is(item[i].era, "2016-2017") &&
		    (span_is(item[i].code, "1") || span_is(item[i].code, "4")))
			item[i].max = NAN;
	c = drawn(r, CHART_PANELS);
	holds(c.footer.at, "Không vẽ vì chưa rõ thang điểm: 1, 4 (2016, 2017).");
	holds(c.subtitle.at, "mọi nội dung cùng thang 1–10");
	lacks(block(&c, "dash"), "1\t2016\t");
	holds(block(&c, "unit"), "4\t2015\t5.1308\tNaN\tNaN\n\n4\t2018\t");
	holds(c.csv.at, "2016,Hưng Yên,highlight,6.016,,warn,,,\n");
	for (size_t i = 0; i < r->survey.structure.n; i++)
		item[i].max = NAN;
	cr_expect(not(chart_make(&arena, CHART_PANELS, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0,
		      "no item up to 2024 has values and a known range");
}

/* The first year stands alone in every cell. Bà Rịa - Vũng Tàu 5.9632 in dimension 1. */
Test(chart_panels, one_year)
{
	struct diag why = {0};
	struct chart c = made(CHART_PANELS, "77", 2011, 2011, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(c.data.at, "\ncolumns\t3\n"); /* six items in two rows */
	holds(c.data.at, "\nxmin\t2010.5\nxmax\t2011.5\n");
	holds(block(&c, "points"), "1\t2011\t5.9632\t1\n1\t2011\t5.3294\t3\n");
	holds(block(&c, "boxes"), "1\t2011\t5.0952\t5.65005\n");
	check_string(block(&c, "unit"), "NaN\tNaN\tNaN\tNaN\tNaN\n");
	check_string(block(&c, "xtics"), "2011\t2011\n");
	holds(c.subtitle.at, "PAPI 2011, ");
	lacks(block(&c, "key"), "\n5\t");
}

/* By Python from the answers of "03": 1.2 35.0575 and 81.8713; 1.1 is hidden in 2021, 74.5852 in
 * 2022; the country has 61.4744 and 67.3973. */
Test(chart_panels, estimates)
{
	struct ready *r = asked("03");
	struct chart c;
	const char *whiskers;

	r->order.item = span_of("1");
	c = drawn(r, CHART_PANELS);
	whiskers = block(&c, "whiskers");
	holds(block(&c, "unit"), "2\t2021\t35.0574");
	lacks(block(&c, "unit"), "1\t2022\t");
	holds(block(&c, "points"), "1\t2022\t74.5852");
	holds(block(&c, "middle"), "1\t2021\t61.4744");
	holds(whiskers, "1\t2022\t");
	lacks(whiskers, "1\t2021\t");
	holds(whiskers, "2\t2021\t");
	check_string(block(&c, "band"), "NaN\tNaN\tNaN\tNaN\n");
	holds(block(&c, "key"), "\n2\tmức chung cả nước\t");
	holds(block(&c, "key"), "\n4\tkhoảng tin cậy 95%\t");
	lacks(block(&c, "key"), "\n3\t");
	holds(c.csv.at, "2021,Cường Đông,highlight,,,,,,suppressed|simulated\n");
	holds(c.csv.at, "2022,Cả nước,country,67.39726027");
	holds(c.alt.at, "Câu hai: 35,06 (2021; "); /* never without its interval */
}

/* Where wholes and parts are shown together, wholes alone are bold, and the footer says so. */
Test(chart_panels, wholes_stand_out)
{
	struct ready *r = asked("03");
	struct chart c;

	r->order.item = span_of("all");
	c = drawn(r, CHART_PANELS);
	holds(block(&c, "titles"), "\t1. Một\t1\n");
	holds(block(&c, "titles"), "\t1.1. Câu một\t0\n");
	holds(c.footer.at, "in đậm");
}

/* A title has room for as many lines as it has. */
Test(chart_panels, lines_of_titles)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c = drawn(r, CHART_PANELS);

	holds(c.data.at, "\ntitle_lines\t1\n");
	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (span_is(r->survey.structure.at[i].code, "1"))
			r->survey.structure.at[i].brief[LANG_VI] = span_of("Một\nHai\nBa");
	c = drawn(r, CHART_PANELS);
	holds(c.data.at, "\ntitle_lines\t3\n");
}

Test(chart_panels, hidden)
{
	struct chart c = drawn(asked("05"), CHART_PANELS);

	holds(block(&c, "ends"), "1\t2022\tNaN\tx\n");
	check_text(c.title, "Én Vàng 2022: HỎI theo nội dung");
	holds(c.caption.at, "“x”");
	lacks(block(&c, "key"), "khoảng tin cậy"); /* there is none to see */
}

/* PAPI 2024 has 8 items and 29 parts of them. */
Test(chart_panels, too_many)
{
	struct diag why = {0}, below = {0};
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	r->order.item = span_of("all");
	cr_expect(not(chart_make(&arena, CHART_PANELS, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "panels show at most 30 items");
	holds(why.item[0].hint, "heatmap");
	r->order.item = span_of("1.1");
	cr_expect(not(chart_make(&arena, CHART_PANELS, &r->order, &c, &below)));
	check_problem(&below, 0, DIAG_DATA, "", 0, 0, "no items below \"1.1\"");
}

/* A document has at most three columns; many rows leave no more height than a page has. */
Test(chart_panels, document)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	r->order.report = true;
	c = drawn(r, CHART_PANELS);
	holds(c.data.at, "\ncolumns\t3\nyears\tevery\n");
	cr_expect(ieee_ulp_eq(dbl, c.width, 160, 1));
	cr_expect(c.height < 150);
	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (r->survey.structure.at[i].depth == 2 &&
		    r->survey.structure.at[i].code.at[0] < '5')
			r->survey.structure.at[i].parent = span_of("total");
	c = drawn(r, CHART_PANELS); /* 8 items and 15 parts: 8 rows */
	holds(c.data.at, "\ncolumns\t3\nyears\tlast\n");
	cr_expect(c.height < 245);
}
