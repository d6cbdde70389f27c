#include "help.h"

#include "analysis/peers.h"
#include "analysis/published.h"
#include "analysis/rank.h"

TestSuite(peers, .fini = clean);

struct read {
	struct survey survey;
	struct result all;
};

static struct read *read_survey(const char *share, const char *path)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &r->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &r->survey, &r->all);
	rank_result(&r->survey, &r->all);
	return r;
}

static bool choose(struct read *r, long year, const char *code, const char *spec, struct peers *out,
		   struct diag *why)
{
	const struct province *self = province_by_code(&r->survey.provinces, span_of(code), year);

	cr_assert(self != NULL);
	return peers_choose(&arena, &r->survey, &r->all, year, self, span_of(spec), out, why);
}

static void check(struct read *r, long year, const char *code, const char *spec, const char *codes,
		  const char *rule)
{
	struct peers p;
	struct diag why = {0};
	struct text got = {"", 0};

	cr_assert(choose(r, year, code, spec, &p, &why), "%s: %s", spec, why.item[0].words);
	for (size_t i = 0; i < p.n; i++)
		got = arena_format(&arena, "%.*s%s%.*s", SPAN_ARG(got), i ? " " : "",
				   SPAN_ARG(p.at[i]->code));
	check_text(got, codes);
	check_text(p.rule[LANG_EN], rule);
	cr_expect(not(peers_has(&p, span_of(code))), "never its own peer");
}

/* 2020: totals 4.80 3.20 3.40 1.30; item 1: 0.80 0.20 0.40 0.30; item 2: 4 3 3 1. By total from 02:
 * 03 (0.20), 01 (1.60), 04 (1.90). By profile from 04: 02 (0.01 + 4), 03 (0.01 + 4), 01 (0.25 + 9).
 */
Test(peers, rules)
{
	struct read *r = read_survey(FIXTURES, SMALL);

	check(r, 2020, "01", "region", "02", "the North region");
	check(r, 2022, "03", "region", "04 05", "the South region");
	check(r, 2020, "02", "nearest:1", "03", "the 1 provinces nearest by total score");
	check(r, 2020, "02", "nearest:2:total", "01 03", "the 2 provinces nearest by total score");
	check(r, 2020, "02", "nearest:99", "01 03 04", "the 3 provinces nearest by total score");
	check(r, 2020, "04", "nearest:2:profile", "02 03", "the 2 provinces nearest by profile");
	check(r, 2020, "01", "dong an,Bình Cường", "02 04", "2 chosen provinces");
	check(r, 2020, "01", "3", "03", "1 chosen provinces");
}

/* 2019: 01 and 02 are both 1.30, 03 is 1.50, 04 has no total: the tie breaks by code, 04 is never
 * near. */
Test(peers, ties_break_by_code)
{
	struct read *r = read_survey(FIXTURES, SMALL);

	check(r, 2019, "03", "nearest:1", "01", "the 1 provinces nearest by total score");
	check(r, 2019, "03", "nearest:5", "01 02", "the 2 provinces nearest by total score");
	check(r, 2019, "01", "nearest:1", "02", "the 1 provinces nearest by total score");
}

/* 2021: total 4.90, 3.90, 3.65, 3.65; item 2 printed 4, 3.5, 3.25, 3.25; item 1: 0.9 0.4 0.4 0.4.
 * From 02 by total: 03 and 04 (0.25); by profile the same. From 01: 02. */
Test(peers, profile_and_total_may_differ)
{
	struct read *r = read_survey(FIXTURES, SMALL);

	check(r, 2021, "01", "nearest:1:profile", "02", "the 1 provinces nearest by profile");
	/* 2020 from 03: by total 02 (0.20); by profile 02 too (0.04), 01 (0.16 + 1) */
	check(r, 2020, "03", "nearest:1:profile", "02", "the 1 provinces nearest by profile");
	/* 2019 from 02, items 1 and 2: 01 (0 + 0), 03 (0.49 + 0.25) */
	check(r, 2019, "02", "nearest:1:profile", "01", "the 1 provinces nearest by profile");
}

/* Region of Hưng Yên: Đồng bằng sông Hồng had eleven provinces until 2025 (Nghị quyết
 * 81/2023/QH15). */
Test(peers, red_river_delta)
{
	struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");

	check(r, 2024, "33", "region", "01 22 26 27 30 31 34 35 36 37",
	      "the Red River Delta region");
}

Test(peers, refused)
{
	static const struct {
		long year;
		const char *code, *spec;
		int diag;
		const char *fragment;
	} cases[] = {
		{2020, "01", "nearest", DIAG_USAGE, "\"nearest\" is not a rule"},
		{2020, "01", "nearest:", DIAG_USAGE, "is not a rule"},
		{2020, "01", "nearest:0", DIAG_USAGE, "is not a rule"},
		{2020, "01", "nearest:x", DIAG_USAGE, "is not a rule"},
		{2020, "01", "nearest:100", DIAG_USAGE, "is not a rule"},
		{2020, "01", "nearest:2:shape", DIAG_USAGE, "is not a rule"},
		{2020, "01", "nearest:2:profile:x", DIAG_USAGE, "is not a rule"},
		{2020, "01", "Bình Cường,Bình Cường", DIAG_USAGE, "\"Bình Cường\" is named twice"},
		{2020, "01", "An Bình", DIAG_USAGE, "\"An Bình\" is the province itself"},
		{2020, "01", "Atlantis", DIAG_USAGE, "no province of 2020 is named \"Atlantis\""},
		{2020, "01", "Én Vàng", DIAG_USAGE, "no province of 2020 is named \"Én Vàng\""},
		{2020, "01", "", DIAG_USAGE, "no province of 2020"},
		{2020, "01", "02,", DIAG_USAGE, "no province of 2020"},
		{2019, "04", "nearest:2", DIAG_DATA,
		 "in 2019 Đông An or every other province lacks a score"},
		{2019, "04", "nearest:2:profile", DIAG_DATA,
		 "in 2019 Đông An or every other province lacks a score"},
	};
	struct read *r = read_survey(FIXTURES, SMALL);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct peers p;
		struct diag why = {0};

		cr_expect(not(choose(r, cases[i].year, cases[i].code, cases[i].spec, &p, &why)),
			  "%s", cases[i].spec);
		check_problem(&why, 0, (enum diag_code)cases[i].diag, "", 0, 0, cases[i].fragment);
	}
}
