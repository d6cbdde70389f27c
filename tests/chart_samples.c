/* Numbers of answers: tests/data/share/surveys/asked. Answers to a question (not 888 or 999)
 * counted by awk in answers_2022.csv: of any of the three 75, 77, 79, 77 and 19; of 1.1 73, 75, 77,
 * 75 and 19. */
#include "chart_help.h"

TestSuite(chart_samples, .fini = clean);

Test(chart_samples, too_few_are_named)
{
	struct chart c = drawn(asked("03"), CHART_SAMPLES);
	const char *tiles = block(&c, "tiles");

	holds(c.csv.at, "province,province_name,n,n_eff,class,role,flag\n"
			"01,An Bình,75,,≥ 30,other,caution|simulated\n");
	holds(c.csv.at, "\n05,Én Vàng,19,,few,peer,suppressed|simulated\n");
	holds(tiles, "\t4\t1\tCường Đông\t79\t\004\n");
	holds(tiles, "\t5\t2\tÉn Vàng\t19\t\004\n");
	holds(tiles, "\t-1\t0\tQuần đảo\002Xa Khơi\t\004\t\004\n");
	holds(c.title.at, "Cường Đông có 79 phiếu trả lời; 1/5 tỉnh, thành phố được hỏi chưa đủ");
	holds(c.footer.at, "Chưa đủ: Én Vàng. ");
	cr_assert(eq(sz, c.marks.n, 6));
	check_text(c.marks.mark[2].words, "Cường Đông: 79 phiếu trả lời");
	check_text(c.marks.mark[4].words, "Én Vàng: 19 phiếu trả lời, chưa đủ để nêu kết quả");
	holds(c.alt.at, "Chưa đủ: Én Vàng.");
	holds(c.data.at, "\ng4\t≥ 30\n");
	holds(c.data.at, "\ng5\t< 30, hoặc chưa đủ để nêu kết quả\n");
	lacks(c.data.at, "\ng3\t");
}

Test(chart_samples, the_province_itself)
{
	struct ready *r = asked("05"), *none = asked("02");
	struct chart c = drawn(r, CHART_SAMPLES), d;
	size_t n;
	struct result_row *row = result_group(&none->all, 2022, span_of("total"), &n);

	holds(c.title.at, "Én Vàng chỉ có 19 phiếu trả lời – quá ít để tin cậy");
	for (size_t i = 0; i < n; i++)
		if (span_is(row[i].province, "02"))
			row[i].n = 0;
	d = drawn(none, CHART_SAMPLES);
	holds(d.title.at, "Bình Cường không có phiếu trả lời");
	holds(block(&d, "tiles"), "\t0\t1\tBình Cường\t–\t\004\n");
	holds(d.csv.at, "\n02,Bình Cường,0,,,highlight,simulated\n");
	none->order.self = province_by_code(&none->survey.provinces, span_of("03"), 2022);
	holds(drawn(none, CHART_SAMPLES).title.at, "1/4 tỉnh, thành phố được hỏi chưa đủ");
	holds(drawn(r, CHART_SAMPLES).caption.at, "(bản đồ ô)");
}

/* Withheld though answers are enough in number: R survey 4.1.1 gives "02" an interval of 1.1 that
 * is too wide (tests/index.c). */
Test(chart_samples, withheld_counts_as_too_few)
{
	struct ready *r = asked("02");
	struct chart c;

	r->order.item = span_of("1.1");
	c = drawn(r, CHART_SAMPLES);
	holds(c.title.at, "75 phiếu trả lời của Bình Cường chưa đủ để nêu kết quả");
	holds(c.csv.at, "\n02,Bình Cường,75,,few,highlight,suppressed|simulated\n");
}

static struct chart with_numbers(const double *n, const double *n_eff)
{
	struct ready *r = asked("01");
	size_t k;
	struct result_row *row = result_group(&r->all, 2022, span_of("total"), &k);

	for (size_t i = 0; i < k; i++) {
		size_t p = (size_t)(row[i].province.at[1] - '1');

		row[i].n = n[p];
		row[i].n_eff = n_eff[p];
		row[i].flags &= ~(unsigned)FLAG_SUPPRESSED;
	}
	return drawn(r, CHART_SAMPLES);
}

/* Quarters of 40, 110, 290, 610, 1205 are behind the places 1, 2 and 3 of 5 (from 0): 110, 290 and
 * 610, near the round numbers 100, 300 and 600. */
Test(chart_samples, round_classes)
{
	static const double n[] = {40, 110, 290, 610, 1205}, none[] = {NAN, NAN, NAN, NAN, NAN};
	static const double same[] = {100, 100, 100, 100, 100}, edge[] = {29, 30, 99, 100, 101};
	struct chart c = with_numbers(n, none), d = with_numbers(same, none),
		     e = with_numbers(edge, none);

	holds(c.data.at, "\ng1\t≥ 600\ng2\t300–599\ng3\t100–299\ng4\t30–99\n");
	lacks(c.data.at, "\ng5\t");
	holds(c.csv.at, "\n01,An Bình,40,,30–99,");
	holds(c.csv.at, "\n03,Cường Đông,290,,100–299,");
	holds(c.csv.at, "\n05,Én Vàng,1205,,≥ 600,");
	holds(block(&c, "tiles"), "\t1.205\t\004\n"); /* as people write it */
	holds(c.title.at, "mọi tỉnh, thành phố được hỏi đều đủ để nêu kết quả");
	lacks(d.data.at, "\ng3\t");
	holds(d.data.at, "\ng4\t≥ 30\n");
	holds(e.csv.at, "\n01,An Bình,29,,few,");
	holds(e.csv.at, "\n02,Bình Cường,30,,30–99,");
	holds(e.csv.at, "\n03,Cường Đông,99,,30–99,");
	holds(e.csv.at, "\n04,Đông An,100,,≥ 100,");
}

/* Shown where it is smaller, once rounded; below 30 the province has too few. */
Test(chart_samples, effective_numbers)
{
	static const double n[] = {75, 77, 79, 77, 40}, n_eff[] = {60.6, 76.6, 120, NAN, 29.9};
	struct chart c = with_numbers(n, n_eff);
	const char *tiles = block(&c, "tiles");

	holds(tiles, "\tAn Bình\t75\t(61)\n");
	holds(tiles, "\tBình Cường\t77\t\004\n");
	holds(tiles, "\tCường Đông\t79\t\004\n");
	holds(tiles, "\tĐông An\t77\t\004\n");
	holds(tiles, "\t5\t0\tÉn Vàng\t40 (30)\t\004\n");
	holds(c.csv.at, "\n05,Én Vàng,40,29.9,few,");
	check_text(c.marks.mark[0].words, "An Bình: 75 phiếu trả lời, cỡ mẫu hiệu dụng 61");
	holds(c.caption.at, "trong ngoặc: cỡ mẫu hiệu dụng");
	holds(c.footer.at, "Số trong ngoặc: cỡ mẫu hiệu dụng");
}

/* The share of one question has one, p (1 - p) / se2; those above, of several answers of a person,
 * have none. */
Test(chart_samples, effective_numbers_of_questions)
{
	struct ready *r = asked("01");
	const struct result_row *one = result_find(&r->all, 2022, span_of("1.1"), span_of("01"));
	double p = one->estimate / 100, se = one->se / 100;

	cr_expect(fabs(one->n_eff - p * (1 - p) / (se * se)) < 1e-9);
	cr_expect(isnan(result_find(&r->all, 2022, span_of("1"), span_of("01"))->n_eff));
	cr_expect(isnan(result_find(&r->all, 2022, span_of("1.1"), span_of("05"))->n_eff));
}

Test(chart_samples, published_scores_have_none)
{
	struct diag why = {0};

	cr_expect(zero(sz, made(CHART_SAMPLES, "33", 2024, 2023, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0,
		      "published without the numbers of answers behind them");
}

Test(chart_samples, no_layout)
{
	struct ready *r = asked("01");
	struct chart c = {0};
	struct diag why = {0};

	r->survey.provinces.n_tiles = 0;
	cr_expect(not(chart_make(&arena, CHART_SAMPLES, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "no layout for the 5 units");
}
