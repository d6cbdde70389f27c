/* The sentence of Lai Châu is that of its directive on PAR INDEX 2012-2014; the others are of its
 * form. */
#include "help.h"

#include "analysis/change.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/narrative.h"

#include <math.h>

TestSuite(narrative, .fini = clean);

static struct survey survey;
static struct phrases phrases;
static struct result all, changes;

static struct narrative begin(const char *path, enum lang lang)
{
	const char *share = strstr(path, "tests/data") ? FIXTURES : SHIPPED;
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &survey, &why), "%s", why.item[0].words);
	cr_assert(phrases_read(&arena, SHIPPED, lang, &phrases, &why));
	published_result(&arena, &survey, &all);
	rank_result(&survey, &all);
	return (struct narrative){.phrases = &phrases, .survey = &survey};
}

static const struct result_row *row_of(long from, long to, const char *item, const char *province)
{
	const struct result_row *row;

	change_result(&arena, &survey, &all, from, to, &changes);
	row = result_find(&changes, to, span_of(item), span_of(province));
	cr_assert(row != NULL);
	return row;
}

Test(narrative, lai_chau)
{
	struct narrative vi = begin(SHIPPED "/surveys/par-index", LANG_VI);

	check_text(narrative_standing(&vi, row_of(2012, 2013, "total", "12")),
		   "Năm 2013 đạt 63,17 điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm "
		   "3 hạng so với "
		   "năm 2012)");
	vi.pad = true;
	check_text(narrative_standing(&vi, row_of(2012, 2013, "total", "12")),
		   "Năm 2013 đạt 63,17 điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm "
		   "03 hạng so với "
		   "năm 2012)");
	vi = begin(SHIPPED "/surveys/par-index", LANG_EN);
	check_text(narrative_standing(&vi, row_of(2012, 2013, "total", "12")),
		   "In 2013 it scored 63.17 points (down 3.29 points), ranked 62/63 provinces "
		   "(down 3 places from "
		   "2012)");
	check_text(narrative_reason(&vi, row_of(2012, 2013, "total", "12")), "");
}

Test(narrative, standings)
{
	struct narrative n = begin(SMALL, LANG_VI);

	check_text(narrative_standing(&n, row_of(2019, 2020, "total", "01")),
		   "Năm 2020 đạt 4,80 điểm (tăng 3,50 điểm), xếp thứ 1/4 tỉnh, thành phố (tăng 1 "
		   "hạng so với năm 2019)");
	check_text(
		narrative_standing(&n, row_of(2020, 2021, "total", "01")),
		"Năm 2021 đạt 4,90 điểm (tăng 0,10 điểm so với năm 2020)"); /* no rank that year */
	check_text(narrative_standing(&n, row_of(2021, 2022, "total", "01")),
		   "Năm 2022 đạt 4,90 điểm, xếp thứ 1/5 tỉnh, thành phố"); /* not comparable */
	check_text(narrative_standing(&n, row_of(2020, 2022, "1", "01")),
		   "Năm 2022 đạt 0,90 điểm (tăng 0,10 điểm so với năm 2020), xếp thứ 1/5 tỉnh, "
		   "thành phố"); /* of four, then of five */
	check_text(narrative_standing(&n, row_of(2019, 2020, "2", "01")),
		   "Năm 2020 đạt 4,00 điểm (tăng 3,00 điểm), xếp thứ 1/4 tỉnh, thành phố "
		   "(giữ nguyên thứ hạng so với năm 2019)");
	check_text(narrative_reason(&n, row_of(2021, 2022, "2", "01")),
		   "Không so sánh năm 2022 với năm 2021: đổi phiếu");
	check_text(narrative_reason(&n, row_of(2020, 2021, "2", "01")),
		   "Thận trọng khi so sánh năm 2021 với năm 2020: đổi mẫu; số tỉnh, thành phố đã "
		   "thay đổi nên không so thứ hạng");
	n = begin(PRINTED, LANG_VI);
	check_text(narrative_standing(&n, row_of(2018, 2019, "total", "02")),
		   "Năm 2019 đạt 89,99%, xếp thứ 1 trong nhóm 2 tỉnh, thành phố nhóm B và xếp thứ "
		   "2/4; tăng 7 hạng so với năm 2018");
}

Test(narrative, unpublished)
{
	struct narrative n = begin(SMALL, LANG_VI);
	const struct result_row *row = result_find(&all, 2019, span_of("total"), span_of("04"));

	check_text(narrative_standing(&n, row), "Năm 2019 không công bố kết quả");
	n = begin(PRINTED, LANG_VI);
	row = result_find(&all, 2018, span_of("total"), span_of("02"));
	check_text(narrative_standing(&n, row), "Năm 2018 xếp thứ 9/63 tỉnh, thành phố");
}

Test(narrative, deltas)
{
	static const struct {
		double delta;
		const char *points, *percent;
	} cases[] = {
		{-3.29, "giảm 3,29 điểm", "giảm 3,29 điểm phần trăm"},
		{0.99, "tăng 0,99 điểm", "tăng 0,99 điểm phần trăm"},
		{0, "giữ nguyên", "giữ nguyên"},
		{0.004, "tăng chưa đến 0,01 điểm", "tăng chưa đến 0,01 điểm phần trăm"},
		{-0.004, "giảm chưa đến 0,01 điểm", "giảm chưa đến 0,01 điểm phần trăm"},
		{0.005, "tăng 0,01 điểm", "tăng 0,01 điểm phần trăm"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct narrative n = begin(SMALL, LANG_VI);

		check_text(narrative_delta(&n, 2020, cases[i].delta), cases[i].points);
		n = begin(PRINTED, LANG_VI);
		check_text(narrative_delta(&n, 2019, cases[i].delta), cases[i].percent);
	}
}

Test(narrative, ranks)
{
	static const struct {
		double change;
		const char *vi, *en, *padded;
	} cases[] = {
		{3, "tăng 3 hạng", "up 3 places", "tăng 03 hạng"},
		{1, "tăng 1 hạng", "up 1 place", "tăng 01 hạng"},
		{-1, "giảm 1 hạng", "down 1 place", "giảm 01 hạng"},
		{0, "giữ nguyên thứ hạng", "same rank", "giữ nguyên thứ hạng"},
		{-12, "giảm 12 hạng", "down 12 places", "giảm 12 hạng"},
	};
	struct narrative n = begin(SMALL, LANG_VI);

	for (size_t i = 0; i < COUNT(cases); i++) {
		n = begin(SMALL, LANG_VI);
		check_text(narrative_rank_change(&n, cases[i].change), cases[i].vi);
		n.pad = true;
		check_text(narrative_rank_change(&n, cases[i].change), cases[i].padded);
		n = begin(SMALL, LANG_EN);
		check_text(narrative_rank_change(&n, cases[i].change), cases[i].en);
	}
	check_text(narrative_rank(&n, 62, 63), "62/63");
	check_text(narrative_rank(&n, 62, (double)NAN), "62");
	check_text(narrative_rank(&n, (double)NAN, 63), "");
}

/* Tuyên Quang PAR INDEX 2020: 83,81 (tăng 0,99 điểm) as in Kế hoạch 116/KH-UBND 28/7/2021. */
Test(narrative, values)
{
	struct narrative n = begin(SMALL, LANG_VI);

	check_text(narrative_value(&n, 2020, 83.81), "83,81 điểm");
	check_text(narrative_number(&n, 2020, 83.81), "83,81");
	check_text(narrative_signed(&n, 2020, 0.99), "+0,99");
	check_text(narrative_signed(&n, 2020, -0.99), "−0,99");
	n = begin(PRINTED, LANG_VI);
	check_text(narrative_value(&n, 2019, 83.81), "83,81%");
	n = begin(PRINTED, LANG_EN);
	check_text(narrative_value(&n, 2019, 83.81), "83.81%");
}

/* A row of an estimate; the words do not depend on where its numbers come from. */
static struct result_row estimated(void)
{
	struct result_row row = result_row_init();

	row.year = 2022;
	row.year_from = 2021;
	row.estimate = 81.92;
	row.se = 3.69;
	row.ci_low = 72.22;
	row.ci_high = 88.76;
	row.level = 0.95;
	row.delta = 4.75;
	row.delta_low = -6.3;
	row.delta_high = 15.8;
	row.verdict = span_of("not_distinguishable");
	row.rank = 49;
	row.n_ranked = 63;
	row.rank_low = 12;
	row.rank_high = 63;
	row.rank_change = 7; /* of two ranks that are not sure: never said */
	return row;
}

#define ASKED FIXTURES "/surveys/asked" /* years of answers */

Test(narrative, estimates_carry_their_error)
{
	struct narrative n = begin(ASKED, LANG_VI);
	struct result_row row = estimated();

	check_text(narrative_standing(&n, &row),
		   "Năm 2022 đạt 81,92% (khoảng tin cậy 95%: 72,22%–88,76%); tăng 4,75 điểm phần "
		   "trăm so với năm 2021, chưa đủ cơ sở để kết luận là có thay đổi; xếp thứ 49/63 "
		   "tỉnh, thành phố (khoảng tin cậy 95% của thứ hạng: 12–63), không phân biệt được "
		   "với 51 tỉnh, thành phố khác");
	row.verdict = span_of("increase");
	row.rank_low = row.rank_high = 49;
	row.level = 0.905;
	check_text(narrative_standing(&n, &row),
		   "Năm 2022 đạt 81,92% (khoảng tin cậy 90,5%: 72,22%–88,76%); tăng 4,75 điểm phần "
		   "trăm so với năm 2021, thay đổi có ý nghĩa thống kê; xếp thứ 49/63 tỉnh, thành "
		   "phố (khoảng tin cậy 90,5% của thứ hạng: 49)");
	n = begin(ASKED, LANG_EN);
	row = estimated();
	row.delta = -4.75;
	row.verdict = span_of("decrease");
	check_text(narrative_standing(&n, &row),
		   "In 2022 it scored 81.92% (95% confidence interval: 72.22%–88.76%); down 4.75 "
		   "percentage points from 2021, a statistically significant change; ranked 49/63 "
		   "provinces (95% confidence set of the rank: 12–63), not distinguishable from "
		   "51 other provinces");
	row.rank_low = 62;
	cr_expect(strstr(narrative_standing(&n, &row).at, "from 1 other province") != NULL);
}

/* A rank moved by 2 to 5 places, by 3, or not as far as one can tell. */
Test(narrative, ranks_of_estimates_move_only_outside_their_set)
{
	static const struct {
		double low, high;
		const char *vi, *en;
	} cases[] = {
		{-4, 61, "; thứ hạng so với năm 2021: chưa đủ cơ sở để kết luận là thay đổi",
		 "; rank against 2021: not enough evidence to conclude that it changed"},
		{0, 5, "; thứ hạng so với năm 2021: chưa đủ cơ sở để kết luận là thay đổi",
		 "; rank against 2021: not enough evidence to conclude that it changed"},
		{-5, 0, "; thứ hạng so với năm 2021: chưa đủ cơ sở để kết luận là thay đổi",
		 "; rank against 2021: not enough evidence to conclude that it changed"},
		{2, 5, "; thứ hạng tăng từ 2 đến 5 hạng so với năm 2021 (khoảng tin cậy 95%)",
		 "; rank up by 2 to 5 places from 2021 (95% confidence set)"},
		{-5, -2, "; thứ hạng giảm từ 2 đến 5 hạng so với năm 2021 (khoảng tin cậy 95%)",
		 "; rank down by 2 to 5 places from 2021 (95% confidence set)"},
		{3, 3, "; thứ hạng tăng 3 hạng so với năm 2021 (khoảng tin cậy 95%)",
		 "; rank up by 3 places from 2021 (95% confidence set)"},
		{1, 1, "; thứ hạng tăng 1 hạng so với năm 2021 (khoảng tin cậy 95%)",
		 "; rank up by 1 place from 2021 (95% confidence set)"},
		{-3, -3, "; thứ hạng giảm 3 hạng so với năm 2021 (khoảng tin cậy 95%)",
		 "; rank down by 3 places from 2021 (95% confidence set)"},
	};

	for (int l = 0; l < LANG__COUNT; l++) {
		struct narrative n = begin(ASKED, (enum lang)l);
		struct result_row row = estimated();

		row.rank_change = 3;
		cr_expect(strstr(narrative_standing(&n, &row).at,
				 l == LANG_VI ? "thứ hạng tăng" : "places") ==
			  NULL); /* without a set nothing is said */
		for (size_t i = 0; i < COUNT(cases); i++) {
			const char *want = l == LANG_VI ? cases[i].vi : cases[i].en;
			struct text got;

			row.rank_change_low = cases[i].low;
			row.rank_change_high = cases[i].high;
			got = narrative_standing(&n, &row);
			cr_assert(got.n > strlen(want));
			check_text((struct text){got.at + got.n - strlen(want), strlen(want)},
				   want);
		}
	}
}

/* Where an error is not known it is said, and what cannot stand without it is left out. */
Test(narrative, estimates_without_errors)
{
	struct narrative n = begin(ASKED, LANG_VI);
	struct result_row row = estimated();

	row.rank_low = (double)NAN; /* a rank alone is not said */
	row.verdict = span_of("");
	check_text(narrative_standing(&n, &row),
		   "Năm 2022 đạt 81,92% (khoảng tin cậy 95%: 72,22%–88,76%); tăng 4,75 điểm phần "
		   "trăm so với năm 2021 (không tính được sai số của thay đổi)");
	row.delta = row.ci_low = (double)NAN;
	check_text(narrative_standing(&n, &row),
		   "Năm 2022 đạt 81,92% (không tính được khoảng tin cậy)");
	row.estimate = row.se = (double)NAN;
	check_text(narrative_standing(&n, &row),
		   "Năm 2022 không tính được kết quả vì thiếu câu trả lời");
	row.flags = FLAG_SUPPRESSED;
	check_text(narrative_standing(&n, &row),
		   "Năm 2022 không nêu kết quả vì ước lượng không đủ độ tin cậy");
	cr_expect(narrative_estimated(&n, &row)); /* it is known to have no error to show */
	n = begin(SMALL, LANG_VI);
	row = result_row_init();
	row.year = 2020;
	cr_expect(not(narrative_estimated(&n, &row)));
}

Test(narrative, ranges)
{
	struct narrative n = begin(ASKED, LANG_VI);

	check_text(narrative_range(&n, 2022, 72.225, 100), "72,23–100,00");
	check_text(narrative_range(&n, 2022, (double)NAN, 3), "");
	check_text(narrative_interval(&n, 2022, 0, 7.5), "0,00%–7,50%");
	check_text(narrative_interval(&n, 2022, 0, (double)NAN), "");
	check_text(narrative_rank_set(&n, 1, 63), "1–63");
	check_text(narrative_rank_set(&n, 4, 4), "4");
	check_text(narrative_rank_set(&n, (double)NAN, 4), "");
	check_text(narrative_level(&n, 0.95), "95");
	n = begin(SMALL, LANG_VI);
	check_text(narrative_interval(&n, 2020, 1, 2), "1,00–2,00 điểm");
}

/* "bậc" and "hạng", "điểm phần trăm" and "%": what the directives of Hưng Yên 2024, Lai Châu and
 * Tuyên Quang write. In English they change nothing. */
Test(narrative, words_of_officials)
{
	struct narrative n = begin(PRINTED, LANG_VI);

	n.bac = n.percent = n.pad = true;
	check_text(narrative_rank_change(&n, -1), "giảm 01 bậc");
	check_text(narrative_rank_change(&n, -14), "giảm 14 bậc");
	check_text(narrative_delta(&n, 2019, 0.99), "tăng 0,99%");
	check_text(narrative_delta(&n, 2019, -0.004), "giảm chưa đến 0,01%");
	check_text(narrative_gap(&n, 2019, -2.19), "2,19%");
	check_text(narrative_fraction(&n, 5, 5), "05/05");
	check_text(narrative_fraction(&n, 9, 28), "09/28");
	check_text(narrative_place(&n, 7), "7"); /* a place is not a count */
	n.pad = false;
	check_text(narrative_fraction(&n, 5, 5), "5/5");
	check_text(narrative_padded(&n, 5), "5");
	n = begin(PRINTED, LANG_EN);
	n.bac = n.percent = true;
	check_text(narrative_rank_change(&n, -1), "down 1 place");
	check_text(narrative_rank_change(&n, 2), "up 2 places");
	check_text(narrative_delta(&n, 2019, 0.99), "up 0.99 percentage points");
	n = begin(SMALL, LANG_VI);
	n.percent = true; /* points are no percentages */
	check_text(narrative_delta(&n, 2020, -3.29), "giảm 3,29 điểm");
}

/* Kế hoạch 116/KH-UBND 28/7/2021: 83,81 %, 33rd of the 56 of group B, 35/63, 16th in 2019. */
static struct result_row tuyen_quang(void)
{
	struct result_row row = result_row_init();

	row.year = 2019; /* the years that the fixture has */
	row.year_from = 2018;
	row.estimate = 83.81;
	row.delta = 0.99;
	row.rank = 35;
	row.n_ranked = 63;
	row.rank_from = 16;
	row.rank_change = -19;
	row.group = span_of("B");
	row.rank_in_group = 33;
	row.n_in_group = 56;
	return row;
}

Test(narrative, place_in_the_group)
{
	struct narrative n = begin(PRINTED, LANG_VI);
	struct result_row row = tuyen_quang();

	n.percent = true;
	check_text(
		narrative_standing(&n, &row),
		"Năm 2019 đạt 83,81%, xếp thứ 33 trong nhóm 56 tỉnh, thành phố nhóm B và xếp "
		"thứ 35/63; tăng 0,99% so với năm 2018, tuy nhiên thứ hạng giảm từ vị trí thứ 16 "
		"năm 2018 xuống vị trí thứ 35 năm 2019");
	row.rank = (double)NAN;
	row.rank_change = (double)NAN;
	check_text(narrative_standing(&n, &row),
		   "Năm 2019 đạt 83,81%, xếp thứ 33 trong nhóm 56 tỉnh, thành phố nhóm B; tăng "
		   "0,99% so với năm 2018");
	row = tuyen_quang();
	row.n_in_group = (double)NAN; /* half known is not told */
	check_text(
		narrative_standing(&n, &row),
		"Năm 2019 đạt 83,81% (tăng 0,99%), xếp thứ 35/63 tỉnh, thành phố (giảm 19 hạng so "
		"với năm 2018)");
	row = tuyen_quang();
	row.n_in_group = row.rank_in_group = 1; /* alone in it, or all in it: the rank says it */
	cr_expect(strstr(narrative_standing(&n, &row).at, "nhóm") == NULL);
	row.n_in_group = row.n_ranked;
	cr_expect(strstr(narrative_standing(&n, &row).at, "nhóm") == NULL);
	row = tuyen_quang();
	row.group = span_of("");
	cr_expect(strstr(narrative_standing(&n, &row).at, "nhóm") == NULL);
	row = tuyen_quang();
	row.se = 1; /* an estimate's place, in a group or not, needs its set */
	row.level = 0.95;
	cr_expect(strstr(narrative_standing(&n, &row).at, "nhóm") == NULL);
	cr_expect(strstr(narrative_standing(&n, &row).at, "35") == NULL);
}

Test(narrative, value_and_rank_move_together_or_apart)
{
	static const struct {
		double delta, change;
		const char *vi, *en;
	} cases[] = {
		{2.76, 1, "tăng 2,76%, tăng 1 bậc so với năm 2018",
		 "up 2.76 percentage points, up 1 place from 2018"},
		{0.99, -19,
		 "tăng 0,99% so với năm 2018, tuy nhiên thứ hạng giảm từ vị trí thứ 16 năm 2018 "
		 "xuống vị trí thứ 35 năm 2019",
		 "up 0.99 percentage points from 2018, but the rank fell from 16 in 2018 to 35 in "
		 "2019"},
		{-0.99, 19,
		 "giảm 0,99% so với năm 2018, tuy nhiên thứ hạng tăng từ vị trí thứ 54 năm 2018 "
		 "lên "
		 "vị trí thứ 35 năm 2019",
		 "down 0.99 percentage points from 2018, but the rank rose from 54 in 2018 to 35 "
		 "in "
		 "2019"},
		{-1, -2, "giảm 1,00%, giảm 2 bậc so với năm 2018",
		 "down 1.00 percentage points, down 2 places from 2018"},
		{0, -2, "giữ nguyên, giảm 2 bậc so với năm 2018",
		 "unchanged, down 2 places from 2018"},
		{0.001, -2, "tăng chưa đến 0,01%, giảm 2 bậc so với năm 2018",
		 "up by less than 0.01 percentage points, down 2 places from 2018"},
		{1, 0, "tăng 1,00%, giữ nguyên thứ hạng so với năm 2018",
		 "up 1.00 percentage points, same rank from 2018"},
		{1, (double)NAN, "tăng 1,00% so với năm 2018",
		 "up 1.00 percentage points from 2018"},
		{(double)NAN, 3, "tăng 3 bậc so với năm 2018", "up 3 places from 2018"},
		{(double)NAN, (double)NAN, "", ""},
	};

	for (int l = 0; l < LANG__COUNT; l++) {
		struct narrative n = begin(PRINTED, (enum lang)l);
		struct result_row row = tuyen_quang();

		n.bac = n.percent = true;
		for (size_t i = 0; i < COUNT(cases); i++) {
			row.delta = cases[i].delta;
			row.rank_change = cases[i].change;
			row.rank_from = 35 + cases[i].change;
			check_text(narrative_movement(&n, &row),
				   l == LANG_VI ? cases[i].vi : cases[i].en);
		}
		row.delta = row.rank_change = row.se = 1; /* the bare sign of an estimate */
		check_text(narrative_movement(&n, &row), "");
	}
}
