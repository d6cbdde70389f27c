/* Several surveys in one workbook; what is in the pages of one is read back in workbook.sh. */
#include "help.h"

#include "analysis/change.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/workbook.h"

#include <time.h>

TestSuite(workbook, .fini = clean);

static struct phrases words;

/* The report of a province, as the command puts it together. */
static struct report_order order_of(const char *share, const char *path, const char *code,
				    long year)
{
	struct survey *survey = arena_new(&arena, 1, sizeof *survey);
	struct result *all = arena_new(&arena, 2, sizeof *all);
	struct peers *peers = arena_new(&arena, 1, sizeof *peers);
	struct report_order o = {.all = all, .changes = all + 1, .peers = peers, .year = year};
	const struct wave *wave;
	struct diag why = {0};

	cr_assert(words.n || phrases_read(&arena, SHIPPED, LANG_VI, &words, &why));
	cr_assert(survey_read(&arena, share, path, survey, &why), "%s", why.item[0].words);
	published_result(&arena, survey, all);
	rank_result(survey, all);
	o.narrative = (struct narrative){.phrases = &words, .survey = survey};
	o.self = province_by_code(&survey->provinces, span_of(code), year);
	wave = survey_wave(survey, year);
	o.from = wave > survey->wave ? wave[-1].year : 0;
	change_province(&arena, survey, all, o.self->code, o.from, year, all + 1);
	cr_assert(peers_choose(&arena, survey, all, year, o.self, span_of("region"), peers, &why),
		  "%s", why.item[0].words);
	return o;
}

static struct text part_of(const char *file, const char *name)
{
	const char *out = file_of("part", "", 0);

	cr_assert(system(arena_format(&arena, "unzip -p %s %s >%s", file, name, out).at) == 0);
	return bytes_of(out);
}

static void check_holds(struct text part, const char *wanted)
{
	cr_expect(strstr(arena_string(&arena, part), wanted) != NULL, "%s", wanted);
}

Test(workbook, several_surveys)
{
	struct report_order part[] = {
		order_of(FIXTURES, SMALL, "01", 2022), order_of(FIXTURES, PRINTED, "01", 2019),
		order_of(FIXTURES, SMALL, "01", 2022), order_of(FIXTURES, SMALL, "01", 2022)};
	const char *file = file_of("x.xlsx", "", 0);
	struct text book;
	struct diag why = {0};

	part[3].missing = true;
	cr_assert(workbook_write(&arena, &(struct report_book){.part = part, .n = COUNT(part)},
				 file, &why),
		  "%s", why.item[0].words);
	book = part_of(file, "xl/workbook.xml");
	check_holds(book, "name=\"Tổng quan\"");
	check_holds(book, "name=\"NHỎ – Chỉ số\"");
	check_holds(book, "name=\"printed – Chỉ số\"");
	check_holds(book, "name=\"NHỎ – Chỉ số 2\""); /* a copy has pages of its own */
	cr_expect(strstr(arena_string(&arena, book), "NHỎ – Chỉ số 3") == NULL, "one is missing");
	check_holds(book, "name=\"Từ điển\"");
}

/* One survey alone is not named on every page. */
Test(workbook, one_survey)
{
	struct report_order part = order_of(FIXTURES, SMALL, "01", 2022);
	const char *file = file_of("x.xlsx", "", 0);
	struct diag why = {0};

	cr_assert(workbook_write(&arena, &(struct report_book){.part = &part, .n = 1}, file, &why),
		  "%s", why.item[0].words);
	check_holds(part_of(file, "xl/workbook.xml"), "name=\"Chỉ số\"");
}

/* Measured 35 ms; the bound leaves room for a busy machine and for sanitizers. */
Test(workbook, is_quick)
{
	struct report_order part = order_of(SHIPPED, SHIPPED "/surveys/papi", "33", 2024);
	const char *file = file_of("x.xlsx", "", 0);
	struct diag why = {0};
	clock_t start = clock();

	cr_assert(workbook_write(&arena, &(struct report_book){.part = &part, .n = 1}, file, &why),
		  "%s", why.item[0].words);
	double used = (double)(clock() - start) / CLOCKS_PER_SEC;

	cr_log_info("a workbook takes %.0f ms", 1000 * used);
	cr_expect(used < 1.0, "%.3f s", used);
}

Test(workbook, no_folder)
{
	struct report_order part = order_of(FIXTURES, SMALL, "01", 2022);
	struct diag why = {0};

	cr_expect(not(workbook_write(&arena, &(struct report_book){.part = &part, .n = 1},
				     "/nonexistent/x.xlsx", &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "x.xlsx cannot be written whole");
}
