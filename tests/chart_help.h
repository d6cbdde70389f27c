/* chart_help.h -- what tests of charts share: charts made of shipped PAPI scores, or of the answers
 * of tests/data/share/surveys/asked, and the blocks of their data files. */
#ifndef TESTS_CHART_HELP_H
#define TESTS_CHART_HELP_H

#include "help.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "estimate/index.h"
#include "output/chart.h"
#include "survey/waves.h"

#include <math.h>

static struct typeface *web_face; /* of the charts a test makes; closed by clean() */

static inline void close_face(void)
{
	typeface_close(web_face);
	web_face = NULL;
}

static inline const struct typeface *open_face(void)
{
	struct diag bad = {0};

	if (!web_face)
		cr_assert(chart_face(&arena, false, &web_face, &bad), "%s", bad.item[0].words);
	close_rest = close_face;
	return web_face;
}

struct ready {
	struct survey survey;
	struct result all;
	struct phrases phrases;
	struct narrative narrative;
	struct peers peers;
	struct chart_order order;
};

/* Shipped scores, ranked, about a province and its region. */
static inline struct ready *ready_in(const char *survey, const char *province, long year, long from)
{
	struct ready *r = arena_new(&arena, 1, sizeof *r);
	struct diag bad = {0};
	const struct province *self;

	cr_assert(survey_read(&arena, SHIPPED,
			      arena_format(&arena, SHIPPED "/surveys/%s", survey).at, &r->survey,
			      &bad));
	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &r->phrases, &bad));
	published_result(&arena, &r->survey, &r->all);
	rank_result(&r->survey, &r->all);
	r->narrative = (struct narrative){.phrases = &r->phrases, .survey = &r->survey};
	self = province_by_code(&r->survey.provinces, span_of(province), year);
	cr_assert(peers_choose(&arena, &r->survey, &r->all, year, self, span_of("region"),
			       &r->peers, &bad));
	r->order = (struct chart_order){.narrative = &r->narrative,
					.face = open_face(),
					.all = &r->all,
					.self = self,
					.peers = &r->peers,
					.year = year,
					.from = from,
					.item = span_of("total")};
	return r;
}

static inline struct ready *ready_of(const char *province, long year, long from)
{
	return ready_in("papi", province, year, from);
}

static inline struct chart made(enum chart_kind kind, const char *province, long year, long from,
				struct diag *why)
{
	struct chart chart = {0};

	chart_make(&arena, kind, &ready_of(province, year, from)->order, &chart, why);
	return chart;
}

/* The rows of a block of the data file, as text. */
static inline const char *block(const struct chart *c, const char *name)
{
	const char *head = arena_format(&arena, "# %s\n", name).at;
	const char *at = strstr(c->data.at, head), *end;

	cr_assert(at != NULL, "no block %s", name);
	at += strlen(head);
	end = strstr(at, "\n\n\n");
	return arena_string(&arena, (struct text){at, end ? (size_t)(end - at) + 1 : strlen(at)});
}

static inline void holds(const char *text, const char *wanted)
{
	cr_expect(strstr(text, wanted) != NULL, "\"%s\" is not in\n%s", wanted, text);
}

static inline void lacks(const char *text, const char *unwanted)
{
	cr_expect(strstr(text, unwanted) == NULL, "\"%s\" is in\n%s", unwanted, text);
}

static inline int by_place(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;

	if (p->year != q->year)
		return p->year < q->year ? -1 : 1;
	if (p->item_order != q->item_order)
		return p->item_order < q->item_order ? -1 : 1;
	return span_compare(p->province, q->province);
}

/* tests/data/share/surveys/asked: five provinces of 2021 and 2022; the fifth has 20 respondents. */
static inline struct ready *asked(const char *province)
{
	struct ready *r = arena_new(&arena, 1, sizeof *r);
	struct result *national = arena_new(&arena, 1, sizeof *national);
	const struct estimate_options o = {.interval = INTERVAL_LOGIT,
					   .level = 0.95,
					   .lonely = LONELY_ADJUST,
					   .suppress.rule = SUPPRESS_NCHS,
					   .hide = true};
	const size_t zero = 0;
	struct diag bad = {0};
	const struct province *self;

	cr_assert(survey_read(&arena, FIXTURES, FIXTURES "/surveys/asked", &r->survey, &bad));
	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &r->phrases, &bad));
	for (size_t i = 0; i < r->survey.n_waves; i++) {
		struct wave_answers w;

		cr_assert(waves_plan(&arena, &r->survey, &r->survey.wave[i], &w, &bad));
		cr_assert(index_variables(&arena, &w, INDEX_POOLED, &bad));
		waves_margin(&arena, &w, NULL, 0);
		waves_margin(&arena, &w, &zero, 1);
		cr_assert(waves_read(&arena, &w, false, &bad), "%s", bad.item[0].words);
		index_result(&arena, &w, INDEX_POOLED, &o, 0, national);
		index_result(&arena, &w, INDEX_POOLED, &o, 1, &r->all);
	}
	qsort(national->row, national->n, sizeof *national->row, by_place);
	qsort(r->all.row, r->all.n, sizeof *r->all.row, by_place);
	rank_result(&r->survey, &r->all);
	for (size_t i = 0, n; i < r->all.n; i += n) {
		struct rank_rule rule = {.method = RANKSET_KWW, .level = 0.95};
		struct result_row *row =
			result_group(&r->all, r->all.row[i].year, r->all.row[i].item, &n);

		rank_bounds(&arena, row, n, &rule, NULL);
	}
	r->narrative = (struct narrative){.phrases = &r->phrases, .survey = &r->survey};
	self = province_by_code(&r->survey.provinces, span_of(province), 2022);
	cr_assert(peers_choose(&arena, &r->survey, &r->all, 2022, self, span_of("region"),
			       &r->peers, &bad));
	r->order = (struct chart_order){.narrative = &r->narrative,
					.face = open_face(),
					.all = &r->all,
					.national = national,
					.self = self,
					.peers = &r->peers,
					.year = 2022,
					.from = 2021,
					.item = span_of("total")};
	return r;
}

static inline struct chart drawn(struct ready *r, enum chart_kind kind)
{
	struct chart chart = {0};
	struct diag why = {0};

	cr_assert(chart_make(&arena, kind, &r->order, &chart, &why), "%s", why.item[0].words);
	return chart;
}

#endif
