/* The figures of tests/data/directives, and rows made here; sentences of the methodology of the
 * annual reports, F.3. */
#include "help.h"

#include "analysis/change.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/narrative_series.h"

#include <math.h>

TestSuite(narrative_series, .fini = clean);

#define DIRECTIVES HAILONG_SOURCE_DIR "/tests/data/directives/"

struct index {
	struct survey survey;
	struct narrative narrative;
	struct result all, changes;
};

/* A survey with what changed up to `year` of one province. */
static struct index *index_of(const struct phrases *p, const char *folder, const char *province,
			      long from, long year)
{
	struct index *x = arena_new(&arena, 1, sizeof *x);
	const char *path = arena_format(&arena, DIRECTIVES "%s", folder).at;
	struct diag why = {0};

	cr_assert(survey_read(&arena, SHIPPED, path, &x->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &x->survey, &x->all);
	rank_result(&x->survey, &x->all);
	change_province(&arena, &x->survey, &x->all, span_of(province), from, year, &x->changes);
	x->narrative = (struct narrative){
		.phrases = p, .survey = &x->survey, .pad = true, .bac = true, .percent = true};
	return x;
}

static const struct phrases *words(enum lang lang)
{
	struct phrases *p = arena_new(&arena, 1, sizeof *p);
	struct diag why = {0};

	cr_assert(phrases_read(&arena, SHIPPED, lang, p, &why));
	return p;
}

/* Công văn of Hưng Yên, 2024: 12/63 (−1), 26/63 (−14), 7/63 (−1). */
Test(narrative_series, three_indices_in_one_paragraph)
{
	static const char *const folders[] = {"hung-yen-2023/papi", "hung-yen-2023/par-index",
					      "hung-yen-2023/sipas"};

	for (int l = 0; l < LANG__COUNT; l++) {
		const struct phrases *p = words((enum lang)l);
		struct narrative_entry entry[3];

		for (size_t i = 0; i < 3; i++) {
			struct index *x = index_of(p, folders[i], "33", 2022, 2023);

			entry[i] = (struct narrative_entry){&x->narrative, &x->changes.row[0]};
		}
		check_text(
			narrative_indices(entry, 3),
			l == LANG_VI
				? "Năm 2023, PAPI đứng thứ 12/63 tỉnh/thành, giảm 01 bậc so với "
				  "năm 2022. PAR INDEX đứng thứ 26/63 tỉnh/thành, giảm 14 bậc so "
				  "với năm 2022. SIPAS đứng thứ 7/63 tỉnh/thành, giảm 01 bậc so "
				  "với năm 2022."
				: "In 2023, PAPI ranked 12/63 provinces, down 01 place from 2022. "
				  "PAR INDEX ranked 26/63 provinces, down 14 places from 2022. "
				  "SIPAS ranked 7/63 provinces, down 01 place from 2022.");
		check_text(narrative_indices(entry, 0), "");
	}
}

/* What stands beside what: a score, an estimate with its error, nothing; another year is named. */
Test(narrative_series, indices_of_other_kinds)
{
	const struct phrases *p = words(LANG_VI);
	struct index *par = index_of(p, "tuyen-quang-2020/par-index", "08", 2019, 2020),
		     *none = index_of(p, "hung-yen-2018", "33", 0, 2018),
		     *sipas = index_of(p, "tuyen-quang-2020/sipas", "08", 2019, 2020);
	struct result_row row = sipas->changes.row[0];
	struct narrative_entry entry[] = {{&par->narrative, &par->changes.row[0]},
					  {&sipas->narrative, &row},
					  {&none->narrative, &none->changes.row[0]}};

	row.se = 1.5; /* from here on an estimate */
	row.ci_low = 79.1;
	row.ci_high = 85;
	row.level = 0.95;
	check_text(
		narrative_indices(entry, 3),
		"Năm 2020, PAR INDEX đạt 83,81%, xếp thứ 33 trong nhóm 56 tỉnh, thành phố nhóm B "
		"và xếp thứ 35/63; tăng 0,99% so với năm 2019, tuy nhiên thứ hạng giảm từ vị trí "
		"thứ 16 năm 2019 xuống vị trí thứ 35 năm 2020. SIPAS đạt 82,25% (khoảng tin cậy "
		"95%: 79,10%–85,00%). Năm 2018, PAR INDEX không công bố kết quả.");
	row.flags = FLAG_SUPPRESSED;
	check_text(narrative_indices(entry + 1, 1),
		   "Năm 2020, SIPAS không nêu kết quả vì ước lượng không đủ độ tin cậy.");
	row.flags = 0;
	row.estimate = (double)NAN;
	check_text(narrative_indices(entry + 1, 1),
		   "Năm 2020, SIPAS không tính được kết quả vì thiếu câu trả lời.");
}

/* Why two years are compared with care stands behind the sentence that compares them. */
Test(narrative_series, indices_say_their_reasons)
{
	struct index *x = index_of(words(LANG_VI), "hung-yen-2023/papi", "33", 2022, 2023);
	struct result_row row = x->changes.row[0];
	struct narrative_entry entry = {&x->narrative, &row};

	row.comparable = span_of("warn");
	row.reason[LANG_VI] = span_of("đổi mẫu");
	check_text(
		narrative_indices(&entry, 1),
		"Năm 2023, PAPI đứng thứ 12/63 tỉnh/thành, giảm 01 bậc so với năm 2022. Thận trọng "
		"khi so sánh năm 2023 với năm 2022: đổi mẫu (PAPI).");
}

/* Directive of Lai Châu: 66,46 (59/63); 63,17 (62/63); 76,75 (52/63). */
Test(narrative_series, three_years)
{
	const struct phrases *p = words(LANG_VI);
	struct index *x = index_of(p, "lai-chau-2014", "12", 0, 2012),
		     *y = index_of(p, "lai-chau-2014", "12", 2012, 2013),
		     *z = index_of(p, "lai-chau-2014", "12", 2013, 2014);
	const struct result_row *row[] = {&x->changes.row[0], &y->changes.row[0],
					  &z->changes.row[0]};

	x->narrative.bac = x->narrative.pad = false;
	check_text(
		narrative_years(&x->narrative, row, 3),
		"Năm 2012 đạt 66,46 điểm, xếp thứ 59/63 tỉnh, thành phố. Năm 2013 đạt 63,17 điểm "
		"(giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm 2012). "
		"Năm "
		"2014 đạt 76,75 điểm (tăng 13,58 điểm), xếp thứ 52/63 tỉnh, thành phố (tăng 10 "
		"hạng "
		"so với năm 2013).");
	check_text(narrative_years(&x->narrative, row, 0), "");
}

Test(narrative_series, parts_below_their_maximum)
{
	struct index *x = index_of(words(LANG_VI), "tuyen-quang-2020/sipas", "08", 2019, 2020);
	struct result *r = &x->changes;

	check_text(narrative_below(&x->narrative, r), "05/05 chỉ số tỷ lệ hài lòng không đạt 100%");
	x->narrative.pad = false;
	r->row[1].estimate = 100;
	check_text(narrative_below(&x->narrative, r), "4/5 chỉ số tỷ lệ hài lòng không đạt 100%");
	r->row[2].estimate = 99.995; /* prints 100,00 */
	x->survey.parts[LANG_VI] = span_of("");
	check_text(narrative_below(&x->narrative, r), "3/5 nội dung không đạt 100%");
	r->row[3].se = 1; /* only what the total is counts */
	r->row[0].se = 1;
	check_text(narrative_below(&x->narrative, r), "");
	r->row[0].se = (double)NAN;
	r->row[5].estimate = (double)NAN; /* one is not known: nothing is counted */
	check_text(narrative_below(&x->narrative, r), "");
	r->row[5].estimate = 50;
	x->survey.structure.at[5].max = 60; /* marks, not a percentage */
	check_text(narrative_below(&x->narrative, r), "");
	x->survey.structure.at[5].max = 100;
	check_text(narrative_below(&x->narrative, r), "3/5 nội dung không đạt 100%");
	for (size_t i = 1; i < r->n; i++)
		r->row[i].estimate = 100;
	check_text(narrative_below(&x->narrative, r), "");
	r->n = 0;
	check_text(narrative_below(&x->narrative, r), "");
	x = index_of(words(LANG_VI), "lai-chau-2014", "12", 2013, 2014);
	check_text(narrative_below(&x->narrative, &x->changes), ""); /* points */
}

/* F.3: the mean of 2023 is 86,98 %, 2,19 above that of 2022; from 75,03 to 90,61. Five units with
 * such sums: 434.90 and 423.95. */
static void fill(struct result_row *row)
{
	static const double values[2][5] = {{80, 85, 86, 86.95, 86},
					    {75.03, 90.61, 89.5, 89.76, 90}};
	static const char *const codes[] = {"01", "02", "04", "06", "08"};

	for (size_t i = 0; i < 10; i++) {
		row[i] = result_row_init();
		row[i].year = i < 5 ? 2022 : 2023;
		row[i].item = span_of("total");
		row[i].province = span_of(codes[i % 5]);
		row[i].estimate = values[i / 5][i % 5];
		row[i].complete = true;
	}
	row[5].year_from = 2022;
	row[5].comparable = span_of("ok");
}

#define RANGE                                                                                                          \
	"Kết quả của 05 tỉnh, thành phố nằm trong khoảng 75,03% - 90,61%; giá trị trung bình năm " \
	"2023 đạt 86,98%"

Test(narrative_series, the_country)
{
	struct index *x = index_of(words(LANG_VI), "hung-yen-2023/sipas", "33", 2022, 2023);
	struct result_row row[10];
	struct result all = {.n = 10, .row = row};
	struct narrative *n = &x->narrative;

	fill(row);
	check_text(narrative_country(n, &all, &row[5]), RANGE ", cao hơn 2,19% so với năm 2022");
	row[5].comparable = span_of("no");
	check_text(narrative_country(n, &all, &row[5]), RANGE);
	fill(row);
	row[2].estimate = (double)NAN; /* other units: another mean */
	check_text(narrative_country(n, &all, &row[5]), RANGE);
	fill(row);
	all = (struct result){.n = 9, .row = row + 1}; /* the first is not listed in 2022 */
	check_text(narrative_country(n, &all, &row[5]), RANGE);
	all = (struct result){.n = 9, .row = row}; /* the last is not listed in 2023: 344.90 / 4 */
	check_text(narrative_country(n, &all, &row[5]),
		   "Kết quả của 04 tỉnh, thành phố nằm trong khoảng 75,03% - 90,61%; giá trị trung "
		   "bình "
		   "năm 2023 đạt 86,23%");
	all = (struct result){.n = 10, .row = row};
	row[0].complete = false;
	check_text(narrative_country(n, &all, &row[5]), RANGE);
	fill(row);
	row[4].estimate = 86 + 10.95; /* 434.90 too */
	check_text(narrative_country(n, &all, &row[5]), RANGE ", bằng năm 2022");
	row[4].estimate = 100;
	check_text(narrative_country(n, &all, &row[5]), RANGE ", thấp hơn 0,61% so với năm 2022");
}

Test(narrative_series, the_country_is_not_told)
{
	struct index *x = index_of(words(LANG_VI), "hung-yen-2023/sipas", "33", 2022, 2023);
	struct result_row row[10];
	struct result all = {.n = 10, .row = row};
	struct narrative *n = &x->narrative;

	fill(row);
	row[5].complete = false;
	check_text(narrative_country(n, &all, &row[5]), "");
	fill(row);
	row[5].se = 1;
	check_text(narrative_country(n, &all, &row[5]), "");
	fill(row);
	row[5].flags = FLAG_MERGED;
	check_text(narrative_country(n, &all, &row[5]), "");
	fill(row);
	for (size_t i = 6; i < 10; i++)
		row[i].estimate = (double)NAN; /* one value is no range */
	check_text(narrative_country(n, &all, &row[5]), "");
}
