/* What charts show, from shipped PAPI 2024; ranks and eras as in tests/rank.c and tests/change.c.
 */
#include "help.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/chart.h"

#include <math.h>

TestSuite(chart, .fini = clean);

struct ready {
	struct survey survey;
	struct result all;
	struct phrases phrases;
	struct narrative narrative;
	struct peers peers;
	struct chart_order order;
};

static struct chart made(enum chart_kind kind, const char *province, long year, long from,
			 struct diag *why)
{
	struct ready *r = arena_new(&arena, 1, sizeof *r);
	struct chart chart = {0};
	struct diag bad = {0};
	const struct province *self;

	cr_assert(survey_read(&arena, SHIPPED, SHIPPED "/surveys/papi", &r->survey, &bad));
	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &r->phrases, &bad));
	published_result(&arena, &r->survey, &r->all);
	rank_result(&r->survey, &r->all);
	r->narrative = (struct narrative){&r->phrases, &r->survey, false};
	self = province_by_code(&r->survey.provinces, span_of(province), year);
	cr_assert(peers_choose(&arena, &r->survey, &r->all, year, self, span_of("region"),
			       &r->peers, &bad));
	r->order = (struct chart_order){.narrative = &r->narrative,
					.all = &r->all,
					.self = self,
					.peers = &r->peers,
					.year = year,
					.from = from,
					.item = span_of("total")};
	chart_make(&arena, kind, &r->order, &chart, why);
	return chart;
}

/* The rows of a block of the data file, as text. */
static const char *block(const struct chart *c, const char *name)
{
	const char *head = arena_format(&arena, "# %s\n", name).at;
	const char *at = strstr(c->data.at, head), *end;

	cr_assert(at != NULL, "no block %s", name);
	at += strlen(head);
	end = strstr(at, "\n\n\n");
	return arena_string(&arena, (struct text){at, end ? (size_t)(end - at) + 1 : strlen(at)});
}

static void holds(const char *text, const char *wanted)
{
	cr_expect(strstr(text, wanted) != NULL, "\"%s\" is not in\n%s", wanted, text);
}

static void lacks(const char *text, const char *unwanted)
{
	cr_expect(strstr(text, unwanted) == NULL, "\"%s\" is in\n%s", unwanted, text);
}

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

	holds(tiles, "\t2\t1\tHưng Yên\t44,4\n");
	holds(tiles, "\t1\t2\tQuảng Ninh\t47,8\n");
	holds(tiles, "\t4\t0\tKiên Giang\t39,9\n");
	holds(tiles, "\t0\t2\tVĩnh Phúc\t–\n");
	holds(tiles, "\t-1\t0\tQuần đảo\002Hoàng Sa\t\004\n");
	holds(tiles, "\t-1\t0\tQuần đảo\002Trường Sa\t\004\n");
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
	holds(block(&c, "groups"), "16\t31\tTrung\002bình cao\n");
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
