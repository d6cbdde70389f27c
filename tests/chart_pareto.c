/* Points lost by Hưng Yên in 2024, by Python from scores.csv and the most of structure.csv: 28
 * lowest items lose 35.5956 in all; 8.3 the most (3.3333 - 0.4248 = 2.9085, 8.171 %), then 8.1
 * (2.8948); the first eight make 51.525 %, the first seven 47.71 %. The four least (0.4753, 0.4547,
 * 0.4438, 0.4004) are 1.7742. */
#include "chart_help.h"

TestSuite(chart_pareto, .fini = clean);

Test(chart_pareto, from_published_sums)
{
	struct diag why = {0};
	struct chart c = made(CHART_PARETO, "33", 2024, 2023, &why);
	const char *rows = block(&c, "rows");

	cr_assert(zero(sz, why.errors), "%s", why.item[0].words);
	holds(rows, "1\t2.9085\t8.17");
	holds(rows, "\t1\t8.3. ");
	holds(rows, "\t2,91\t8,2%\n2\t2.8948\t16.30");
	holds(rows, "\n8\t1.358\t51.52");
	holds(rows, "\n9\t1.2721\t55.09");
	holds(rows, "\t0\t3.1. ");
	holds(rows, "\t0\tCòn lại (4)\t1,77\t100,0%\n");
	check_text(c.title, "Hưng Yên 2024: 8 trong 28 tiêu chí chiếm 51,5% số điểm bị trừ");
	holds(c.subtitle.at, "bị trừ 35,60 trên tối đa 80,00 điểm");
	holds(c.csv.at, "\n8.3,");
	holds(c.csv.at, ",3.3333,0.4248,2.9085,0.0817");
}

/* Only what is below the item: dimension 8 has three parts. */
Test(chart_pareto, parts_of_one_item)
{
	struct diag why = {0};
	struct chart c;
	struct ready *r = ready_of("33", 2024, 2023);

	r->order.item = span_of("8");
	cr_assert(chart_make(&arena, CHART_PARETO, &r->order, &c, &why));
	holds(block(&c, "rows"), "\n3\t0.77\t100\t0\t8.2. ");
	lacks(block(&c, "rows"), "7.3.");
}

static struct result_row lost(const char *item, const char *agency, double most, double given)
{
	struct result_row row = result_row_init();

	row.item = span_of(item);
	row.item_name[LANG_VI] = row.item_name[LANG_EN] = row.item;
	row.agency = span_of(agency);
	row.max_points = most;
	row.final_points = given;
	row.lost_points = most - given;
	return row;
}

/* 4 + 3 + 1 of 8 lost; the first alone makes half. A loss that is not known is named, not 0. */
Test(chart_pareto, from_rows_of_gaps)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct result_row given[] = {lost("", "Sở `b` $(true) \"c\"", 10, 7),
					   lost("", "Sở A", 10, 6), lost("", "Sở D", 5, NAN),
					   lost("", "Sở C", 2, 1)};
	struct result losses = {.parts = PART_GAPS};
	struct diag why = {0};
	struct chart c;

	for (size_t i = 0; i < COUNT(given); i++)
		result_add(&arena, &losses, &given[i]);
	r->order.losses = &losses;
	cr_assert(chart_make(&arena, CHART_PARETO, &r->order, &c, &why));
	check_string(block(&c, "rows"), "1\t4\t50\t1\tSở A\t4,00\t50,0%\n"
					"2\t3\t87.5\t0\tSở `b` $(true) \001c\001\t3,00\t87,5%\n"
					"3\t1\t100\t0\tSở C\t1,00\t100,0%\n");
	check_text(
		c.title,
		"Hưng Yên 2024: 1 trong 3 cơ quan đã biết điểm chiếm 50,0% số điểm bị trừ đã biết");
	holds(c.footer.at, "Không tính vì không có điểm: Sở D.");
	holds(c.subtitle.at, "bị trừ 8,00 trên tối đa 22,00 điểm");
	holds(c.data.at, "\nhead_label\tCơ quan\n");
}

Test(chart_pareto, what_cannot_be_known)
{
	struct diag estimates = {0}, unpublished = {0}, none = {0};
	struct ready *r = asked("03"), *p = ready_of("33", 2024, 2023);
	const struct result_row full = lost("1", "", 10, 10);
	struct result losses = {.parts = PART_GAPS};
	struct chart c;

	cr_expect(not(chart_make(&arena, CHART_PARETO, &r->order, &c, &estimates)));
	check_problem(&estimates, 0, DIAG_DATA, "", 0, 0, "has answers, not points");
	cr_expect(zero(sz, made(CHART_PARETO, "26", 2024, 2023, &unpublished).data.n));
	check_problem(&unpublished, 0, DIAG_DATA, "", 0, 0, "Vĩnh Phúc has no points of 2024");
	result_add(&arena, &losses, &full);
	p->order.losses = &losses;
	cr_expect(not(chart_make(&arena, CHART_PARETO, &p->order, &c, &none)));
	check_problem(&none, 0, DIAG_DATA, "", 0, 0, "no points of 2024");
}

/* Without the most of an item nothing is said of its loss, nor of the sum. */
Test(chart_pareto, unknown_most)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct diag why = {0};
	struct chart c;

	for (size_t i = 0; i < r->survey.structure.n; i++)
		if (span_is(r->survey.structure.at[i].code, "8.3"))
			r->survey.structure.at[i].max = NAN;
	cr_expect(not(chart_make(&arena, CHART_PARETO, &r->order, &c, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "8.3");
}

/* A row of an agency is about the total and named by the agency. */
Test(chart_pareto, agencies_of_the_total)
{
	struct ready *r = ready_of("33", 2024, 2023);
	const struct result_row given[] = {lost("total", "Sở A", 10, 6),
					   lost("total", "Sở C", 2, 1)};
	struct result losses = {.parts = PART_GAPS};
	struct diag why = {0};
	struct chart c;

	for (size_t i = 0; i < COUNT(given); i++)
		result_add(&arena, &losses, &given[i]);
	r->order.losses = &losses;
	cr_assert(chart_make(&arena, CHART_PARETO, &r->order, &c, &why));
	holds(block(&c, "rows"), "1\t4\t80\t1\tSở A\t4,00\t80,0%\n");
	holds(c.title.at, "1 trong 2 cơ quan");
}
