/* What charts show, from shipped PAPI 2024; ranks and eras as in tests/rank.c and tests/change.c.
 */
#include "chart_help.h"

TestSuite(chart, .fini = clean);

/* comparability.csv of the total: warn 2015|2016, no 2017|2018, warn 2018|2019, warn 2020|2021. */
Test(chart, trend_breaks_where_years_are_not_compared)
{
	struct diag why = {0};
	struct chart c = made(CHART_TREND, "33", 2024, 2023, &why);
	const char *unit = block(&c, "unit"), *dash = block(&c, "dash"),
		   *points = block(&c, "points");

	check_text(c.title, "Hưng Yên năm 2024 đạt 44,40 điểm, cao hơn trung vị cả nước (43,48)");
	holds(unit, "2015\t35.0465\tNaN\tNaN\n\n2016\t");
	holds(unit, "2017\t35.8623\tNaN\tNaN\n\n2019\t"); /* 2018 stands alone */
	holds(unit, "2020\t42.1698\tNaN\tNaN\n\n2021\t");
	lacks(unit, "2018\t");
	holds(dash, "2015\t35.0465\t1\n2016\t37.4567\t1\n");
	holds(dash, "2018\t43.5805\t1\n2019\t41.2477\t1\n");
	lacks(dash, "2017\t35.8623\t1\n2018\t");
	holds(points, "2018\t43.5805\t1\n");
	check_string(block(&c, "breaks"), "2017.5\tNaN\tkhông so được\n");
	holds(c.footer.at, "Đứt quãng 2017–2018");
}

/* comparability.csv of item 8: no 2017|2018 (the first year that has it), no 2018|2019: the words
 * stand once over two breaks beside one another. */
Test(chart, words_over_neighbouring_breaks)
{
	static const enum chart_kind kinds[] = {CHART_TREND, CHART_BUMP};
	struct ready *r = ready_of("33", 2024, 2023);

	r->order.item = span_of("8");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct chart c = drawn(r, kinds[i]);

		check_string(block(&c, "breaks"),
			     "2017.5\tNaN\tkhông so được\n2018.5\tNaN\t\004\n");
	}
}

/* 2023 to 2024 by hand from scores.csv: 2, 4, 7 and 8 rose; 1 fell by 0.0033, which prints as 0. */
Test(chart, change_directions)
{
	static const char *const direction[] = {"0", "1", "-1", "1", "-1", "-1", "1", "1"};
	struct diag why = {0};
	struct chart c = made(CHART_CHANGE, "33", 2024, 2023, &why);
	struct text rest = span_of(block(&c, "rows")), line, cell = {"", 0};

	check_text(c.title, "Hưng Yên năm 2024: tăng ở 4/8 nội dung so với năm 2023");
	for (size_t i = 0; i < 8; i++) {
		cr_assert(span_split(&rest, '\n', &line));
		for (size_t k = 0; k < 5; k++)
			span_split(&line, '\t', &cell);
		check_text(cell, direction[i]);
	}
}

/* 2, 3, 7 and 8 cannot be compared with 2017; 1, 4, 5 and 6 with care. */
Test(chart, change_refusals)
{
	struct diag why = {0};
	struct chart c = made(CHART_CHANGE, "33", 2018, 2017, &why);
	const char *rows = block(&c, "rows");

	holds(rows, "\t9\t2. ");
	holds(rows, "\t9\t8. ");
	lacks(rows, "\t9\t1. ");
	holds(c.footer.at, "7, 8: nội dung này chỉ có từ năm 2018");
	holds(c.title.at, "/4 nội dung so được");
}

/* Ranks of 2024: Quảng Ninh 1, Hưng Yên 19, Kiên Giang 61 of 61; Vĩnh Phúc (26) not published. */
Test(chart, tile_groups)
{
	struct diag why = {0};
	struct chart c = made(CHART_TILEMAP, "33", 2024, 2023, &why);
	const char *tiles = block(&c, "tiles");

	holds(tiles, "\t2\t1\tHưng Yên\t44,4\t\004\n");
	holds(tiles, "\t1\t2\tQuảng Ninh\t47,8\t\004\n");
	holds(tiles, "\t4\t0\tKiên Giang\t39,9\t\004\n");
	holds(tiles, "\t0\t2\tVĩnh Phúc\t–\t\004\n");
	holds(tiles, "\t-1\t0\tQuần đảo\002Hoàng Sa\t\004\t\004\n");
	holds(tiles, "\t-1\t0\tQuần đảo\002Trường Sa\t\004\t\004\n");
	check_text(c.title, "PAPI 2024: Hưng Yên thuộc nhóm “Trung bình cao”");
}

/* 13th of 61 is percentile 100 (61 - 13) / 60 = 80; 34th is 45. */
Test(chart, heat_of_percentiles)
{
	struct diag why = {0};
	struct chart c = made(CHART_HEATMAP, "33", 2024, 2023, &why);
	const char *cells = block(&c, "cells");

	holds(cells, "1\t4\t80\t5,45\n"); /* 4th in its region */
	holds(cells, "7\t4\t45\t3,58\n");
	holds(cells, "1\t11\tNaN\t–\n"); /* Vĩnh Phúc, last */
	check_text(c.title, "Hưng Yên 2024: thứ hạng tốt nhất ở Tham gia ở cơ sở, thấp nhất ở Quản "
			    "trị môi trường");
}

Test(chart, rank_rows)
{
	struct diag why = {0};
	struct chart c = made(CHART_RANK, "33", 2024, 2023, &why);
	const char *rows = block(&c, "rows");

	holds(rows, "1\t47.8211\tNaN\tNaN\t2\t1\tQuảng Ninh\t47,82\t1\n");
	holds(rows, "19\t44.404\tNaN\tNaN\t1\t19\tHưng Yên\t44,40\t2\n");
	holds(block(&c, "groups"), "16\t31\tTrung bình cao\n");
	check_text(c.title, "Hưng Yên xếp thứ 19/61 về PAPI năm 2024");
	holds(c.footer.at, "Không công bố: Vĩnh Phúc, Tiền Giang.");
}

Test(chart, nothing_to_draw)
{
	struct diag first = {0}, blank = {0};

	cr_expect(zero(sz, made(CHART_CHANGE, "33", 2011, 2011, &first).data.n));
	cr_expect(eq(int, (int)first.worst, DIAG_DATA));
	made(CHART_CHANGE, "26", 2024, 2023, &blank); /* unpublished now, published then: drawn */
	cr_expect(zero(sz, blank.errors));
}

/* Frames of peers stand on dark paper in white. */
Test(chart, dark_says_white)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct chart light = drawn(r, CHART_TILEMAP), dark;

	r->order.dark = true;
	dark = drawn(r, CHART_TILEMAP);
	holds(light.subtitle.at, "khung đen: ");
	holds(light.data.at, "theme\tcolour\n");
	holds(dark.subtitle.at, "khung trắng: ");
	holds(dark.data.at, "theme\tdark\n");
}

/* ---- estimates ----------------------------------------------------------------------------- */

/* Simulated data are called so in words, in the alternative text and in every row of the CSV. */
Test(chart, simulated_is_said)
{
	static const enum chart_kind kinds[] = {CHART_RANK, CHART_CHANGE, CHART_TREND,
						CHART_TILEMAP, CHART_HEATMAP};
	struct ready *r = asked("03");

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct chart c = drawn(r, kinds[i]);
		struct text rest = c.csv, line;

		holds(c.subtitle.at, "(số liệu mô phỏng)");
		holds(c.footer.at, "Số liệu mô phỏng, không phải kết quả khảo sát thật.");
		holds(c.alt.at, "Số liệu mô phỏng, không phải kết quả khảo sát thật.");
		lacks(c.footer.at, "Điểm công bố");
		lacks(c.data.at, "\nmark\t");
		span_split(&rest, '\n', &line);
		while (span_split(&rest, '\n', &line) && line.n && kinds[i] != CHART_TILEMAP)
			cr_expect(strstr(arena_string(&arena, line), "simulated") != NULL, "%.*s",
				  SPAN_ARG(line));
	}
	r->order.report = true; /* which has no words around it */
	holds(drawn(r, CHART_RANK).data.at, "\nmark\tSỐ LIỆU MÔ PHỎNG");
}

/* R survey 4.1.1, svyratio of the three items on t with 8 df, logit: 77.78 (73.54, 81.50) in
 * 2022, 33.82 (26.28, 42.28) in 2021; the country 69.46. Ranks: intervals at 0.95^(1/4). */
Test(chart, rank_with_sets)
{
	struct chart c = drawn(asked("03"), CHART_RANK);
	const char *rows = block(&c, "rows");

	holds(rows, "2\t77.7777777778");
	holds(rows, "\t73.54436");
	holds(rows, "\t81.50412");
	holds(rows, "\t1\t1–3\tCường Đông\t77,78\t");
	holds(rows, "4\t42.1930");
	lacks(rows, "Én Vàng");
	holds(c.data.at, "\nmedian_label\tCả nước 69,46\n");
	check_text(c.title, "Cường Đông ở khoảng hạng 1–3 trong 4 tỉnh, thành phố về HỎI năm 2022");
	check_string(block(&c, "groups"), "NaN\tNaN\tNaN\n"); /* by rank, which is not sure */
	holds(c.footer.at, "Không nêu vì ước lượng không đủ độ tin cậy: Én Vàng.");
	holds(c.csv.at, "\n,05,Én Vàng,,,peer,,,,,suppressed|simulated\n");
}

/* The change is 77.78 - 33.82; blocks and items are one level: 1 and 2. */
Test(chart, change_about_zero)
{
	struct chart c = drawn(asked("03"), CHART_CHANGE), d = drawn(asked("01"), CHART_CHANGE);
	const char *rows = block(&c, "rows");

	check_string(c.script, "shift.gp");
	holds(rows, "\t1\t1. Một\t39,10\t78,29\t+39,18\t0\n");
	check_text(
		c.title,
		"Cường Đông năm 2022 so với 2021: tăng ở 1, giảm ở 0 trong 1 yếu tố; còn lại chưa "
		"đủ cơ sở");
	holds(c.alt.at, "tăng có ý nghĩa thống kê");
	holds(block(&d, "rows"), "\t0\t1. Một\t"); /* hollow: its interval holds 0 */
	holds(d.title.at, "chưa đủ cơ sở để kết luận có thay đổi");
	holds(d.csv.at, "not_distinguishable");
}

Test(chart, trend_with_intervals)
{
	struct chart c = drawn(asked("03"), CHART_TREND), hidden = drawn(asked("05"), CHART_TREND);
	const char *whiskers = block(&c, "whiskers");

	holds(whiskers, "2021\t26.276952");
	holds(whiskers, "2022\t73.54436");
	holds(block(&c, "unit"), "\t42.28317");
	check_string(block(&c, "band"), "NaN\tNaN\tNaN\n");
	check_text(c.title, "Cường Đông năm 2022 đạt 77,78%, cao hơn mức chung cả nước (69,46)");
	holds(block(&c, "ends"), "Cả nước  69,46");
	check_text(hidden.title, "Én Vàng năm 2022: không nêu kết quả vì ước lượng không đủ độ tin "
				 "cậy");
	check_string(block(&hidden, "whiskers"), "NaN\tNaN\tNaN\n");
}

/* Which side of the country an interval lies on: 01 and 03 above, 04 below, 02 holds 69.46. */
Test(chart, sides_of_the_country)
{
	struct ready *r = asked("02");
	struct chart map = drawn(r, CHART_TILEMAP), heat = drawn(r, CHART_HEATMAP);

	holds(map.csv.at, "\n01,An Bình,87.6");
	holds(map.csv.at, ",above,");
	holds(map.csv.at, ",not_distinguishable,");
	holds(map.title.at, "Bình Cường chưa phân biệt được với mức chung cả nước");
	holds(map.data.at, "\nscheme\tsides\n");
	holds(heat.csv.at, ",above,simulated\n");
	holds(block(&heat, "cells"), "\t100\t");
	lacks(heat.title.at, "thứ hạng");
}

#define ASKED (1u << 30) /* also what was left unanswered: 3 %, of block 1 too few to tell */

static void sum(struct result *shares, const char *item, const char *stat, double value, double n)
{
	struct result_row row = result_row_init();

	row.province = span_of("03");
	row.item = span_of(item);
	row.stat = span_of(stat);
	row.estimate = value;
	row.ci_low = value - 4;
	row.ci_high = value + 4;
	row.level = 0.95;
	row.n = n;
	row.method = span_of("taylor:logit:pooled");
	row.flags = isnan(value) ? FLAG_SUPPRESSED : 0;
	result_add(&arena, shares, &row);
}

static void sums(struct result *shares, bool asked)
{
	sum(shares, "total", CHART_SATISFIED, 70, 79);
	sum(shares, "1", CHART_SATISFIED, 70.04, 78);
	if (!asked)
		return;
	sum(shares, "1", "share", 70.04, 78);
	shares->row[shares->n - 1].category = span_of("4");
	sum(shares, "total", CHART_UNANSWERED, 3, 80);
	sum(shares, "1", CHART_UNANSWERED, NAN, 80);
}

/* Every kind that draws intervals tells their level, the method and the people behind the province.
 */
Test(chart, estimates_tell_how_they_were_made)
{
	static const enum chart_kind kinds[] = {
		CHART_RANK, CHART_CHANGE, CHART_TREND, CHART_TILEMAP, CHART_HEATMAP, CHART_DELTA,
		CHART_BUMP, CHART_STRIP,  CHART_GAP,   CHART_SLOPE,   CHART_QUADRANT};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct chart c = drawn(asked("03"), kinds[i]);

		holds(c.footer.at, "Khoảng tin cậy 95%, phương pháp taylor:logit:pooled");
		holds(c.footer.at, "Cường Đông: 79 phiếu.");
	}
	holds(drawn(asked("03"), CHART_SLOPE).footer.at,
	      "điều chỉnh theo Holm trong 4 phép so sánh");
	holds(drawn(asked("03"), CHART_GAP).footer.at, "điều chỉnh theo Holm trong 6 phép so sánh");
	holds(drawn(asked("03"), CHART_TILEMAP).footer.at,
	      "điều chỉnh theo Holm trong 4 phép so sánh");
	holds(drawn(asked("03"), CHART_HEATMAP).footer.at,
	      "trong các nội dung của từng tỉnh (Cường Đông: 6)");
}

/* A title counts the items of the lowest level; wholes above them are told not to be counted. */
Test(chart, wholes_are_not_counted)
{
	struct ready *r = asked("03");
	struct chart c;

	r->order.item = span_of("all");
	c = drawn(r, CHART_GAP);
	holds(c.title.at, "ở 3 nội dung thành phần");
	holds(c.footer.at, "Tiêu đề đếm 3 ");
	holds(c.footer.at, "các phần gộp (in đậm) không đếm");
	holds(c.alt.at, "1. Khối một: ");
	lacks(drawn(asked("03"), CHART_GAP).footer.at, "Tiêu đề đếm");
}

/* Shares by hand: what a chart of levels makes of them. */
static struct chart likert(const double *share, size_t n, unsigned hidden, bool reversed,
			   struct diag *why)
{
	struct ready *r = asked("03");
	struct result *shares = arena_new(&arena, 1, sizeof *shares);
	static const char *const level[] = {"1", "2", "3", "4", "5"};
	const struct question *q = codebook_code(&r->survey.codebook, span_of("A"), span_of("1.1"));
	struct chart chart = {0};

	for (size_t i = 0; i < q->n_levels && reversed; i++)
		q->level[i].satisfied = i < 2;
	for (size_t i = 0; i < 2 * n; i++) {
		struct result_row row = result_row_init();

		row.province = span_of("03");
		row.item = span_of(i < n ? "total" : "1.1");
		row.category = span_of(level[i % n]);
		row.estimate = hidden & 1u << i % n ? (double)NAN : share[i % n];
		row.ci_low = row.estimate - 1;
		row.ci_high = row.estimate + 1;
		row.flags = hidden & 1u << i % n ? FLAG_SUPPRESSED : 0;
		result_add(&arena, shares, &row);
	}
	sums(shares, hidden & ASKED);
	r->order.shares = shares;
	chart_make(&arena, CHART_LIKERT, &r->order, &chart, why);
	return chart;
}

static const double five[] = {5, 10, 15, 50, 20};

Test(chart, likert_to_both_sides)
{
	struct diag why = {0};
	struct chart c = likert(five, 5, 0, false, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	check_string(block(&c, "pieces"), "1\t0\t-10\t-1\t10\n1\t-10\t-15\t-2\t5\n"
					  "1\t0\t50\t1\t50\n1\t50\t70\t2\t20\n"
					  "1\t0\t15\t0\t15\n");
	check_string(c.title.at, "Cường Đông năm 2022: 70,0% câu trả lời hài lòng (khoảng tin cậy "
				 "95%: 66,0–74,0%)");
	holds(c.data.at, "\nhead_middle\tVừa\n");
	holds(c.subtitle.at, "mức giữa để riêng");
	cr_expect(c.facts.said && c.facts.bars);
	cr_expect(zero(dbl, c.facts.bars_from));
	cr_expect(c.facts.units > 0);
}

/* The satisfied are of the valid answers; those who did not answer, of all that were asked, have a
 * column of their own with its own number of people. */
Test(chart, likert_tells_who_did_not_answer)
{
	struct diag why = {0};
	struct chart c = likert(five, 5, ASKED, false, &why), d = likert(five, 5, 0, false, &why);

	holds(block(&c, "rows"), "1\tHỎI\t1\t\004\t70,0 (79)\t3,0 (80)\n");
	holds(block(&c, "rows"), "2\t1. Một\t1\t\004\t70,0 (78)\tx (80)\n");
	holds(c.data.at, "\nhead_unanswered\tKhông biết,\002không trả\002lời, % (n)\n");
	holds(c.footer.at, "không biết, không trả lời tính trên mọi câu được hỏi");
	holds(c.footer.at,
	      "Khoảng tin cậy 95%, phương pháp taylor:logit:pooled; Cường Đông: 79 phiếu");
	holds(c.footer.at, "“x”: không nêu");
	holds(c.csv.at, "\ntotal,Chỉ số hỏi,unanswered,Không biết hoặc không trả lời,3,-1,7,80,\n");
	holds(c.csv.at, ",satisfied,Hài lòng (cộng các mức được tính),70,66,74,79,\n");
	holds(c.alt.at, "hài lòng 70,0%; không biết hoặc không trả lời 3,0% trên mọi câu được hỏi");
	lacks(d.data.at, "head_unanswered");
	holds(block(&d, "rows"), "1\tHỎI\t1\t\004\t70,0 (79)\t\004\n");
	holds(d.footer.at, "hài lòng tính trên câu trả lời hợp lệ");
	lacks(d.footer.at, "không trả lời");
}

/* 2.9 % has no room for its number, 3 % has. */
Test(chart, likert_labels)
{
	static const double few[] = {2.9, 3, 14.1, 50, 30};
	struct diag why = {0};
	struct chart c = likert(few, 5, 0, false, &why);

	holds(block(&c, "pieces"), "1\t0\t-3\t-1\t3\n1\t-3\t-5.9\t-2\t\004\n");
}

Test(chart, likert_reversed_scale)
{
	struct diag why = {0};
	struct chart c = likert(five, 5, 0, true, &why);

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(block(&c, "pieces"), "1\t0\t10\t1\t10\n1\t10\t15\t2\t5\n"); /* 2, then 1 */
	holds(block(&c, "pieces"), "1\t0\t-50\t-1\t50\n1\t-50\t-70\t-2\t20\n");
}

/* What is hidden is neither 0 nor drawn. */
Test(chart, likert_hidden)
{
	struct diag why = {0};
	struct chart c = likert(five, 5, 1u << 3 | 1u << 0, false, &why);

	holds(block(&c, "rows"), "1\tHỎI\t1\t55,0\t");
	lacks(block(&c, "pieces"), "\t50\t");
	holds(c.alt.at, "Tốt không nêu");
	holds(c.footer.at, "Không nêu: phần của các mức");
}

Test(chart, likert_without_shares)
{
	struct diag why = {0}, none = {0};
	struct ready *r = asked("03");
	struct chart chart;
	struct question *q =
		(struct question *)codebook_code(&r->survey.codebook, span_of("A"), span_of("1.1"));

	cr_expect(not(chart_make(&arena, CHART_LIKERT, &r->order, &chart, &why)));
	cr_expect(eq(int, (int)why.worst, DIAG_DATA));
	q->n_satisfied = 0; /* the middle of the scale is not known */
	struct result_row row = result_row_init();
	struct result shares = {0};

	row.item = span_of("1.1");
	result_add(&arena, &shares, &row);
	r->order.shares = &shares;
	cr_expect(not(chart_make(&arena, CHART_LIKERT, &r->order, &chart, &none)));
	cr_expect(eq(int, (int)none.worst, DIAG_DATA));
}
