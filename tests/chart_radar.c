/* Items of PAPI summed from scores.csv by Python (median: its statistics.median). 2024, dimensions
 * 1 to 8: Hưng Yên 5.4520, 5.5162, 4.3691, 7.1959, 7.3097, 7.5498, 3.5847, 3.4266; the nine listed
 * peers have the medians 5.4311 (1) and 3.5454 (8), the 61 provinces 4.9318 and 3.4084, the highest
 * of them is 5.9546 and 4.0599. */
#include "chart_help.h"

TestSuite(chart_radar, .fini = clean);

/* The scale begins at 1, so the centre does; the highest value drawn is 8.4197 (6), rings 2 apart.
 */
Test(chart_radar, published_scores)
{
	struct diag why = {0};
	struct chart c = made(CHART_RADAR, "33", 2024, 2023, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	check_text(c.title,
		   "Hưng Yên 2024: cao hơn trung vị cả nước ở 7, thấp hơn ở 1 trong 8 nội dung");
	check_string(block(&c, "unit"), "1\t5.452\n2\t5.5162\n3\t4.3691\n4\t7.1959\n5\t7.3097\n"
					"6\t7.5498\n7\t3.5847\n8\t3.4266\n1\t5.452\n");
	check_string(block(&c, "area"), block(&c, "unit"));
	holds(block(&c, "peers"), "1\t5.4311\n");
	holds(block(&c, "middle"), "8\t3.4084\n1\t4.9318\n");
	holds(block(&c, "best"), "8\t4.0599\n1\t5.9546\n");
	check_string(block(&c, "rings"), "2\t2\n4\t4\n6\t6\n8\t8\n");
	holds(c.data.at, "\ncentre\t1\nedge\t8.9197\n"); /* a quarter of a ring above 8.4197 */
	check_string(block(&c, "whiskers"), "NaN\tNaN\tNaN\n");
	holds(block(&c, "spokes"), "1\t1. Tham gia ở cơ sở\t5,45\n");
	holds(block(&c, "key"), "1\tHưng Yên\t0\t1\n2\ttrung vị Đồng bằng sông Hồng\t");
	holds(block(&c, "key"), "3\ttrung vị cả nước\t");
	holds(block(&c, "key"), "4\tcao nhất cả nước\t");
	holds(c.subtitle.at, "mọi nội dung cùng thang 1–10");
	holds(c.footer.at, "Diện tích đa giác không có ý nghĩa");
	holds(c.caption.at, "Diện tích đa giác không có ý nghĩa");
	lacks(c.footer.at, "tâm là");
	holds(c.footer.at, "Không công bố: Vĩnh Phúc, Tiền Giang.");
	holds(c.csv.at, ",Hưng Yên,highlight,5.452,5.452,,,\n");
	holds(c.csv.at, ",cao nhất cả nước,national_best,4.0599,4.0599,,,\n");
}

/* Where the rings' labels have most room, by Python: 0.0677 of the radius from the nearest line at
 * the fifth axis before it, 0.0660 behind it, at most 0.027 at another. */
Test(chart_radar, labels_of_rings_where_there_is_room)
{
	struct diag why = {0};
	struct chart c = made(CHART_RADAR, "33", 2024, 2023, &why);

	holds(c.data.at, "\nring_spoke\t5\nring_side\t-1\n");
}

/* Bắc Giang 2022 is published in dimensions 3, 6, 7 and 8 alone: 4.3967, 8.0849, 4.2021, 3.4343. */
Test(chart_radar, open_where_an_item_is_missing)
{
	struct diag why = {0};
	struct chart c = made(CHART_RADAR, "24", 2022, 2021, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	check_string(block(&c, "unit"), "6\t8.0849\n7\t4.2021\n8\t3.4343\n");
	check_string(block(&c, "area"), "NaN\tNaN\n");
	holds(block(&c, "dots"), "3\t4.3967\t1\n6\t8.0849\t1\n");
	holds(block(&c, "spokes"), "1\t1. Tham gia ở cơ sở\t–\n");
	holds(c.footer.at, "Bắc Giang không có số liệu ở: 1, 2, 4, 5.");
	holds(c.csv.at, ",Bắc Giang,highlight,,,,,unpublished\n");
}

/* One gap: the line begins behind it, wherever that is, and is not closed over it. */
Test(chart_radar, begins_behind_the_gap)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct result_row *row =
		(struct result_row *)result_find(&r->all, 2024, span_of("5"), span_of("33"));

	row->estimate = NAN;
	check_string(
		block(&(struct chart[]){drawn(r, CHART_RADAR)}[0], "unit"),
		"6\t7.5498\n7\t3.5847\n8\t3.4266\n1\t5.452\n2\t5.5162\n3\t4.3691\n4\t7.1959\n");
}

/* Where ranges differ axes are in percent: 5.452 of 0–20 is 27.26, 5.5162 of 1–10 is 50.18. What
 * has no range, or one without extent, has no axis. */
Test(chart_radar, percent_of_ranges)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct item *item = r->survey.structure.at;
	struct chart c;

	for (size_t i = 0; i < r->survey.structure.n; i++) {
		if (!span_is(item[i].era, "2021-2024"))
			continue;
		if (span_is(item[i].code, "1"))
			item[i].min = 0, item[i].max = 20;
		if (span_is(item[i].code, "7"))
			item[i].max = NAN;
		if (span_is(item[i].code, "8"))
			item[i].min = item[i].max;
	}
	c = drawn(r, CHART_RADAR);
	holds(block(&c, "unit"), "1\t27.26\n2\t50.18");
	holds(block(&c, "spokes"), "\t5,45 (27%)\n");
	holds(block(&c, "rings"), "\t20%\n");
	holds(c.data.at, "\ncentre\t0\n");
	holds(c.subtitle.at, "% của thang điểm");
	holds(c.footer.at, "Không vẽ vì chưa rõ thang điểm: 7, 8.");
	lacks(block(&c, "spokes"), "7. ");
	holds(c.csv.at, ",Hưng Yên,highlight,5.452,27.26");
}

/* Ranges that differ at one end alone differ. */
Test(chart_radar, either_end_of_a_range)
{
	for (size_t end = 0; end < 2; end++) {
		struct ready *r = ready_of("33", 2024, 2023);
		struct item *item = r->survey.structure.at;

		for (size_t i = 0; i < r->survey.structure.n; i++)
			if (span_is(item[i].era, "2021-2024") && span_is(item[i].code, "3")) {
				item[i].min = end ? item[i].min : 0;
				item[i].max = end ? 20 : item[i].max;
			}
		holds(drawn(r, CHART_RADAR).subtitle.at, "% của thang điểm");
	}
}

/* The three questions of tests/data/share/surveys/asked as items of the whole: weighted shares of 4
 * and 5, by Python from answers_2022.csv, of "03" 74.5852, 81.8713, 76.7494; of the
 * country 67.3973, 70.4618, 70.4729; of the others the first has the
 * highest, 87.3635, 87.0427, 88.6346. */
static struct ready *asked_flat(const char *province)
{
	struct ready *r = asked(province);

	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (r->survey.structure.at[i].depth == 2)
			r->survey.structure.at[i].parent = span_of("total");
	return r;
}

Test(chart_radar, estimates)
{
	struct ready *r = asked_flat("03");
	struct chart c = drawn(r, CHART_RADAR), d = drawn(asked_flat("02"), CHART_RADAR);
	const struct result_row *row = result_find(&r->all, 2022, span_of("1.2"), span_of("03"));
	const char *text = block(&c, "unit");

	holds(text, "1\t74.585");
	holds(text, "2\t81.871");
	holds(text, "3\t76.749");
	lacks(block(&c, "spokes"), "\t1. Một"); /* a whole does not stand beside its parts */
	lacks(c.footer.at, "in đậm");           /* so nothing is said of it */
	holds(block(&c, "middle"), "1\t67.397");
	holds(block(&c, "best"), "3\t88.634");
	holds(block(&c, "whiskers"),
	      arena_format(&arena, "2\t%.12g\t%.12g\n", row->ci_low, row->ci_high).at);
	holds(block(&c, "key"), "3\tmức chung cả nước\t");
	holds(c.title.at, "cả nước");
	holds(c.subtitle.at, "vạch trên trục: khoảng tin cậy 95%");
	lacks(c.footer.at, "tâm là"); /* "04", its peer with a value, has 36.2490 */
	holds(d.footer.at, "không phải mức thấp nhất của thang (0)"); /* "01" lies above 87 */
	holds(d.caption.at, "không phải mức thấp nhất của thang (0)");
	holds(c.footer.at, "ước lượng có sai số nên thường cao hơn");
	holds(c.csv.at, ",country,");
	holds(c.csv.at, ",simulated\n");
}

/* "05" is hidden: nothing of it is left to draw. Of "03" one item hidden is an x, said what it
 * means. */
Test(chart_radar, hidden)
{
	struct diag why = {0};
	struct chart c;
	struct ready *r = asked_flat("03");
	struct result_row *row =
		(struct result_row *)result_find(&r->all, 2022, span_of("2.1"), span_of("03"));

	row->estimate = row->ci_low = row->ci_high = NAN;
	row->flags |= FLAG_SUPPRESSED;
	c = drawn(r, CHART_RADAR);
	holds(block(&c, "spokes"), "3\t2.1. Câu ba\tx\n");
	lacks(block(&c, "whiskers"), "\n3\t");
	holds(c.caption.at, "“x”");
	holds(c.footer.at, "Không nêu vì ước lượng không đủ độ tin cậy: 2.1.");
	cr_expect(not(chart_make(&arena, CHART_RADAR, &asked_flat("05")->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "Én Vàng has no values of 2022");
}

/* The words tell which charts show what a radar cannot. PAPI 2018 has two items below 8. */
Test(chart_radar, too_few_or_too_many)
{
	struct diag few = {0}, many = {0};
	struct ready *r = ready_of("33", 2018, 2017), *all = ready_of("33", 2024, 2023);
	struct chart c;

	r->order.item = span_of("8");
	cr_expect(not(chart_make(&arena, CHART_RADAR, &r->order, &c, &few)));
	check_problem(&few, 0, DIAG_DATA, "", 0, 0, "\"8\" of 2018 has 2 items");
	holds(few.item[0].hint, "strip and gap");
	all->order.item = span_of("all");
	cr_expect(not(chart_make(&arena, CHART_RADAR, &all->order, &c, &many)));
	check_problem(&many, 0, DIAG_DATA, "", 0, 0, "a radar has 3 to 12 axes");
	r->order.item = span_of("8.1");
	many = (struct diag){0};
	cr_expect(not(chart_make(&arena, CHART_RADAR, &r->order, &c, &many)));
	check_problem(&many, 0, DIAG_DATA, "", 0, 0, "no items below \"8.1\"");
}

/* Vĩnh Phúc is not published in 2024. */
Test(chart_radar, nothing_to_draw)
{
	struct diag why = {0};

	cr_expect(zero(sz, made(CHART_RADAR, "26", 2024, 2023, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "Vĩnh Phúc has no values of 2024");
}

/* A median between two items without one is no line but a dot. */
Test(chart_radar, a_median_alone)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		if (span_is(r->all.row[i].item, "2") || span_is(r->all.row[i].item, "8"))
			r->all.row[i].complete = false;
	c = drawn(r, CHART_RADAR);
	holds(block(&c, "dots"), "1\t4.9318\t3\n");
	holds(block(&c, "middle"), "3\t4.3069\n");
	lacks(block(&c, "middle"), "4.9318");
}

/* Without the whole country in the table there is no median of it; the best is that of the peers:
 * of 2024 in dimension 1 5.8739 (tests/chart_items.c). */
Test(chart_radar, best_of_peers_where_the_table_is_not_complete)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart c;

	for (size_t i = 0; i < r->all.n; i++)
		r->all.row[i].complete = false;
	c = drawn(r, CHART_RADAR);
	check_string(block(&c, "middle"), "NaN\tNaN\n");
	holds(block(&c, "best"), "1\t5.8739\n");
	holds(block(&c, "key"), "4\tcao nhất Đồng bằng sông Hồng\t");
	lacks(block(&c, "key"), "\n3\t");
	lacks(c.csv.at, "national_median");
}
