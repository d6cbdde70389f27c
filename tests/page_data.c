/* Expected figures: tests/data/share/surveys/small by hand (tests/published.c, tests/change.c). */
#include "help.h"

#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/page.h"
#include "output/page_cells.h"
#include "output/page_still.h"

#include <math.h>

TestSuite(page_data, .fini = clean);

struct read {
	struct survey survey;
	struct result all;
	struct phrases phrases;
	struct page_survey page;
	struct page_order order;
};

static struct read *read_small(enum lang lang)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, FIXTURES, SMALL, &r->survey, &why), "%s", why.item[0].words);
	cr_assert(phrases_read(&arena, SHIPPED, lang, &r->phrases, &why));
	published_result(&arena, &r->survey, &r->all);
	rank_result(&r->survey, &r->all);
	r->page = (struct page_survey){.narrative = {.phrases = &r->phrases, .survey = &r->survey},
				       .all = &r->all};
	r->order = (struct page_order){.survey = &r->page,
				       .n = 1,
				       .share = SHIPPED,
				       .lang = lang,
				       .province = span_of("01"),
				       .year = 2020,
				       .maker = span_of("hailong <&>")};
	return r;
}

static cJSON *json_of(const struct page_order *o)
{
	struct diag why = {0};
	struct text json;
	cJSON *all;

	cr_assert(page_json(&arena, o, &json, &why), "%s", why.item[0].words);
	cr_assert(memchr(json.at, '<', json.n) == NULL, "nothing can end the script");
	all = cJSON_Parse(arena_string(&arena, json));
	cr_assert(all != NULL);
	return all;
}

static const cJSON *item_of(const cJSON *all, int wave, const char *item)
{
	const cJSON *survey = cJSON_GetArrayItem(cJSON_GetObjectItem(all, "surveys"), 0);
	const cJSON *w = cJSON_GetArrayItem(cJSON_GetObjectItem(survey, "waves"), wave);

	return cJSON_GetObjectItem(cJSON_GetObjectItem(w, "items"), item);
}

/* A column's number; NaN where it has none. One number stands for all. */
static double number_of(const cJSON *item, const char *name, int i)
{
	const cJSON *x = cJSON_GetObjectItem(item, name);

	if (cJSON_IsArray(x))
		x = cJSON_GetArrayItem(x, i);
	return cJSON_IsNumber(x) ? x->valuedouble : NAN;
}

static void check_number(double got, double want, const char *what)
{
	if (isnan(want))
		cr_expect(isnan(got), "%s: %g", what, got);
	else
		cr_expect(eq(dbl, got, want), "%s", what);
}

/* 2019: totals 1.30, 1.30, 1.50, unpublished; two decimals. 2020: 4.80, 3.20, 3.40, 1.30. */
Test(page_data, values_ranks_and_changes)
{
	static const struct {
		int wave;
		const char *item, *name;
		double want[4];
	} cases[] = {
		{0, "total", "v", {130, 130, 150, NAN}}, {0, "total", "r", {2, 2, 1, NAN}},
		{0, "1", "v", {30, 30, 100, NAN}},       {0, "total", "d", {NAN, NAN, NAN, NAN}},
		{1, "total", "v", {480, 320, 340, 130}}, {1, "total", "r", {1, 3, 2, 4}},
		{1, "total", "d", {350, 190, 190, NAN}}, {1, "total", "n", {4, 4, 4, 4}},
		{1, "total", "c", {0, 0, 0, 2}}, /* 04 is another unit since July 2020 */
	};
	cJSON *all = json_of(&read_small(LANG_VI)->order);

	for (size_t k = 0; k < COUNT(cases); k++)
		for (int i = 0; i < 4; i++)
			check_number(number_of(item_of(all, cases[k].wave, cases[k].item),
					       cases[k].name, i),
				     cases[k].want[i],
				     arena_format(&arena, "%s of %s, wave %d, row %d",
						  cases[k].name, cases[k].item, cases[k].wave, i)
					     .at);
	cJSON_Delete(all);
}

/* From era B to C the total may not be compared, the dimension 1 may. */
Test(page_data, what_cannot_be_compared_has_no_change)
{
	cJSON *all = json_of(&read_small(LANG_VI)->order);
	const cJSON *total = item_of(all, 3, "total"), *one = item_of(all, 3, "1");
	const cJSON *survey = cJSON_GetArrayItem(cJSON_GetObjectItem(all, "surveys"), 0);
	int reason = (int)number_of(total, "cr", 0);

	check_number(number_of(total, "c", 0), 2, "verdict");
	check_number(number_of(total, "d", 0), NAN, "change");
	check_number(number_of(one, "c", 0), 0, "verdict");
	check_number(number_of(one, "d", 0), 0, "0.90 in both years");
	cr_assert(reason >= 0);
	const cJSON *words = cJSON_GetArrayItem(cJSON_GetObjectItem(survey, "reasons"), reason);

	cr_expect(eq(str, cJSON_GetArrayItem(words, LANG_VI)->valuestring, "đổi cách tính"));
	cr_expect(eq(str, cJSON_GetArrayItem(words, LANG_EN)->valuestring, "the formula changed"));
	cJSON_Delete(all);
}

/* Unpublished is a mark, not a number. */
Test(page_data, what_is_missing_says_so)
{
	cJSON *all = json_of(&read_small(LANG_VI)->order);
	const cJSON *marks = cJSON_GetObjectItem(item_of(all, 0, "total"), "x");

	cr_assert(marks != NULL);
	cr_expect(eq(int, cJSON_GetArraySize(marks), 1));
	cr_expect(eq(int, cJSON_GetArrayItem(cJSON_GetObjectItem(marks, "3"), 0)->valueint,
		     FLAG_UNPUBLISHED));
	cJSON_Delete(all);
}

Test(page_data, peers_that_are_none)
{
	static const struct {
		const char *peers;
		enum diag_code code;
		const char *fragment;
	} cases[] = {{"nearest:x", DIAG_USAGE, "is not a rule"},
		     {"nowhere at all", DIAG_USAGE, "nowhere at all"},
		     {"01", DIAG_USAGE, "itself"}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct read *r = read_small(LANG_VI);
		struct diag why = {0};
		struct text json;

		r->order.peers = span_of(cases[i].peers);
		cr_expect(not(page_json(&arena, &r->order, &json, &why)));
		check_problem(&why, 0, cases[i].code, "", 0, 0, cases[i].fragment);
	}
}

/* How often the bytes stand in s. */
static size_t times(struct text s, const char *bytes)
{
	size_t n = strlen(bytes), count = 0;

	for (size_t i = 0; i + n <= s.n; i++)
		count += memcmp(s.at + i, bytes, n) == 0;
	return count;
}

Test(page_data, escaped_in_html)
{
	check_text(page_escape(&arena, span_of("<a href=\"x\">&'</a>")),
		   "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
	check_text(page_escape(&arena, span_of("Hưng Yên")), "Hưng Yên");
	check_text(page_escape(&arena, span_of("")), "");
}

/* Within another page: no head, nothing but its own ids. */
Test(page_data, fragment)
{
	struct read *r = read_small(LANG_EN);
	struct diag why = {0};
	struct text part, page;

	cr_assert(page_fragment(&arena, &r->order, &part, &why), "%s", why.item[0].words);
	cr_assert(page_whole(&arena, &r->order, &page, &why));
	cr_expect(eq(sz, times(part, "<html"), 0));
	cr_expect(eq(sz,
		     times(part, "<section id=\"hx\" class=\"hx\" lang=\"en\" " PAGE_PROVINCE ">"),
		     1));
	cr_expect(eq(sz, times(part, "</script>"), 2));
	cr_expect(eq(sz, times(part, " id=\"") - times(part, " id=\"hx"), 0));
	cr_expect(eq(sz, times(page, "<html lang=\"en\">"), 1));
	cr_expect(eq(sz, times(page, "content=\"hailong &lt;&amp;&gt;\""), 1));
}

/* Total of 01 in 2020: 4.80, rank 1 of 4, 3.50 more than in 2019. */
Test(page_data, table_without_script)
{
	struct read *r = read_small(LANG_VI);
	struct text still = page_still(&arena, &r->order);

	cr_expect(eq(sz, times(still, "<h2>"), 1));
	cr_expect(times(still, "4,80") > 0 && times(still, "+3,50") > 0 && times(still, "1/4") > 0);
	cr_expect(times(still, "không kèm sai số chọn mẫu") == 1);
	r->order.province = span_of("no");
	still = page_still(&arena, &r->order);
	cr_expect(eq(sz, times(still, "<tr>"), 5), "head and four provinces");
	r->order.year = 1999;
	cr_expect(eq(sz, page_still(&arena, &r->order).n, 0));
}
