/* Scores are those of surveys/ (PAPI 2022 and 2024 by sub-dimension, PCI 2007, PAR INDEX); sums,
 * means and ranks by hand, or by adding the sub-dimensions in a spreadsheet. Populations are made
 * up. */
#include "waved.h"

#include "analysis/change.h"
#include "analysis/merge.h"
#include "analysis/published.h"
#include "analysis/rank.h"

#include <math.h>

TestSuite(merge, .fini = clean);

struct read {
	struct survey survey;
	struct provinces dated;
	struct mapping m;
	struct population people;
	struct result all;
};

#define NEAR 1e-9

static struct read *start(const char *survey, long units, const char *populations)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, SHIPPED, survey, &r->survey, &why), "%s", why.item[0].words);
	r->dated = r->survey.provinces;
	r->m = (struct mapping){.dated = &r->dated, .year = province_map_year(&r->dated, units)};
	province_map(&arena, &r->dated, r->m.year, &r->m.map);
	if (populations) {
		const char *file = file_of("people.csv", populations, strlen(populations));

		cr_assert(population_read(&arena, file, &r->dated, &r->people, &why), "%s",
			  why.item[0].words);
		r->m.people = &r->people;
		r->m.base = 2024;
	}
	return r;
}

static void finish(struct read *r)
{
	struct result published;

	published_result(&arena, &r->survey, &published);
	merge_published(&arena, &r->survey, &r->m, &published, &r->all);
	r->survey.provinces = r->m.map;
	rank_result(&r->survey, &r->all);
	merge_mark(&arena, &r->all);
}

static const struct result_row *row_of(const struct read *r, long year, const char *item,
				       const char *province)
{
	const struct result_row *row = result_find(&r->all, year, span_of(item), span_of(province));

	cr_assert(row != NULL, "%ld %s %s", year, item, province);
	return row;
}

#define PAPI SHIPPED "/surveys/papi"
#define PEOPLE "province,year,population\n33,2024,1300000\n34,2024,1900000\n24,2024,1\n27,2024,3\n"

/* 2024: Hưng Yên 44.4040, Thái Bình 44.7379; their mean 44.57095, 11th of the 32 units that have
 * a total (Phú Thọ and Đồng Tháp have none). 2022: 44.1833 and 43.5142; 43.84875, 7th of 33. */
Test(merge, equal_weights)
{
	struct read *r = start(PAPI, 34, NULL);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2024, "total", "33");
	cr_expect(epsilon_eq(dbl, row->estimate, 44.57095, NEAR));
	cr_expect(eq(dbl, row->rank, 11));
	cr_expect(eq(dbl, row->n_ranked, 32));
	cr_expect(eq(dbl, row->coverage, 1));
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED));
	cr_expect(row->rank_merged && isnan(row->se));
	check_text(row->method, "merged:equal");
	check_text(row->merged_from, "33=0.5;34=0.5");
	check_text(row->parts[LANG_VI], "Hưng Yên 50,0%, Thái Bình 50,0%");
	check_text(row->source, "PAPI 2024");
	row = row_of(r, 2022, "total", "33");
	cr_expect(epsilon_eq(dbl, row->estimate, 43.84875, NEAR));
	cr_expect(eq(dbl, row->rank, 7));
	cr_expect(eq(dbl, row->n_ranked, 33));
}

/* (1.3 x 44.4040 + 1.9 x 44.7379) / 3.2 = 142.72721 / 3.2 = 44.602253125; with the same weights
 * 2022: (1.3 x 44.1833 + 1.9 x 43.5142) / 3.2 = 140.11527 / 3.2 = 43.786021875. */
Test(merge, populations_of_one_year)
{
	struct read *r = start(PAPI, 34, PEOPLE);
	const struct result_row *row;
	struct result changes;

	finish(r);
	row = row_of(r, 2024, "total", "33");
	cr_expect(epsilon_eq(dbl, row->estimate, 44.602253125, NEAR));
	check_text(row->method, "merged:population:2024");
	check_text(row->merged_from, "33=0.40625;34=0.59375");
	cr_expect(epsilon_eq(dbl, row_of(r, 2022, "total", "33")->estimate, 43.786021875, NEAR));
	change_result(&arena, &r->survey, &r->all, 2022, 2024, &changes);
	row = result_find(&changes, 2024, span_of("total"), span_of("33"));
	cr_expect(epsilon_eq(dbl, row->delta, 0.8162, NEAR), "0.81623125 to four decimals");
	cr_expect(eq(int, (int)(row->flags & FLAG_MERGED), FLAG_MERGED));
}

/* The file knows six of the 52 parts: the others have no weight, and no figure. */
Test(merge, a_part_without_population)
{
	struct read *r = start(PAPI, 34, PEOPLE);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2024, "total", "08");
	cr_expect(isnan(row->estimate) && row->merged_from.n == 0);
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED));
	check_text(row->lacking[LANG_EN], "no population in 2024 of Hà Giang, Tuyên Quang");
	check_text(row->lacking[LANG_VI], "không có dân số năm 2024 của Hà Giang, Tuyên Quang");
}

/* Nothing joined Hà Nội: 43.7745 as published, 16th of the 32. */
Test(merge, units_that_nothing_joined)
{
	struct read *r = start(PAPI, 34, NULL);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2024, "total", "01");
	cr_expect(eq(dbl, row->estimate, 43.7745));
	cr_expect(zero(int, (int)row->flags));
	cr_expect(eq(dbl, row->rank, 16));
	cr_expect(row->rank_merged && row->merged_from.n == 0 && isnan(row->coverage));
	check_text(row->method, "published:sum;rank:merged");
	check_text(row_of(r, 2024, "total", "46")->province_name, "Huế");
}

/* 2022, new Bắc Ninh: Bắc Giang (24) has no dimension 1, Bắc Ninh (27) has. */
Test(merge, a_missing_part_is_missing)
{
	struct read *r = start(PAPI, 34, PEOPLE);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2022, "1", "24");
	cr_expect(isnan(row->estimate) && isnan(row->rank));
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED | FLAG_UNPUBLISHED));
	cr_expect(eq(dbl, row->coverage, 0.75));
	check_text(row->lacking[LANG_EN], "no published figure of Bắc Giang");
	check_text(row->lacking[LANG_VI], "không có số liệu công bố của Bắc Giang");
	cr_expect(isnan(row_of(r, 2022, "total", "24")->estimate));
	/* (2.1459 + 3 x 2.1088) / 4 */
	cr_expect(epsilon_eq(dbl, row_of(r, 2022, "6.1", "24")->estimate, 2.118075, NEAR));
}

/* 1.3509 + 1.6554 + 1.5489 + 1.2623 = 5.8175, of three quarters of the people. Neither has
 * dimension 2, so there is no total. */
Test(merge, the_rest_on_request)
{
	struct read *r = start(PAPI, 34, PEOPLE);
	const struct result_row *row;

	r->m.renormalise = true;
	finish(r);
	row = row_of(r, 2022, "1", "24");
	cr_expect(epsilon_eq(dbl, row->estimate, 5.8175, NEAR));
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED));
	cr_expect(eq(dbl, row->coverage, 0.75));
	check_text(row->lacking[LANG_EN],
		   "no published figure of Bắc Giang (taken from the rest, which has 75.0% of the "
		   "weight)");
	cr_expect(isnan(row_of(r, 2022, "2", "24")->estimate));
	cr_expect(isnan(row_of(r, 2022, "total", "24")->estimate));
	cr_expect(eq(dbl, row_of(r, 2022, "6.1", "24")->coverage, 1));
}

/* 33: 10.0 = 4.04 + 5.93 (9.97, printed rounded); 34: 8.0 = 3.02 + 4.95 (7.97). Of the lowest
 * level: (4.04 + 3.02) / 2 + (5.93 + 4.95) / 2 = 8.97, and not 9.0. */
static struct read *printed_total(const char *missing, bool renormalise)
{
	struct read *r;

	waved_file("survey.csv", WAVED_SURVEY, "2024,E,scores,s.csv,Nhỏ,Small,Ai,,,,\n");
	waved_file("structure.csv", WAVED_STRUCTURE,
		   "E,total,,T,T,0,20,,sum,\nE,a,total,A,A,0,10,,sum,\nE,b,total,B,B,0,10,,sum,\n");
	waved_file("s.csv", "year,province,code,score\n",
		   arena_format(&arena,
				"2024,33,total,10.0\n2024,33,a,4.04\n2024,33,b,5.93\n"
				"2024,34,total,8.0\n2024,34,a,3.02\n2024,34,b,%s\n",
				missing)
			   .at);
	r = start(work.path, 34, NULL);
	r->m.renormalise = renormalise;
	finish(r);
	return r;
}

Test(merge, the_lowest_level_is_merged)
{
	struct read *r = printed_total("4.95", false);

	cr_expect(epsilon_eq(dbl, row_of(r, 2024, "b", "33")->estimate, 5.44, NEAR));
	cr_expect(epsilon_eq(dbl, row_of(r, 2024, "total", "33")->estimate, 8.97, NEAR));
}

/* Thái Bình's b is not published: the printed totals are whole where the parts are not. */
Test(merge, printed_totals_serve_where_parts_are_missing)
{
	for (int renormalise = 0; renormalise < 2; renormalise++) {
		struct read *r = printed_total("", renormalise);
		const struct result_row *b = row_of(r, 2024, "b", "33");
		const struct result_row *total = row_of(r, 2024, "total", "33");

		cr_expect(eq(int, isnan(b->estimate), !renormalise));
		cr_expect(epsilon_eq(dbl, total->estimate, 9, NEAR));
		cr_expect(eq(dbl, total->coverage, 1));
		cr_expect(zero(sz, total->lacking[LANG_EN].n));
	}
}

static const struct mapping_whole *whole_of(const struct read *r, long year, const char *code)
{
	bool any;
	struct mapping_whole *w = mapping_wholes(&arena, &r->m, year, NULL, &any);

	for (size_t u = 0; u < r->m.map.n; u++)
		if (span_is(r->m.map.at[u].code, code))
			return &w[u];
	return NULL;
}

/* Nghị quyết 202/2025/QH15: 23 units of two or three, 11 as they were. */
Test(merge, wholes)
{
	struct read *r = start(PAPI, 34, NULL);
	size_t merged = 0, parts = 0;
	bool any;
	struct mapping_whole *w = mapping_wholes(&arena, &r->m, 2024, NULL, &any);

	cr_assert(eq(sz, r->m.map.n, 34));
	for (size_t u = 0; u < 34; u++) {
		merged += w[u].merged;
		parts += w[u].n;
	}
	cr_expect(any);
	cr_expect(eq(sz, merged, 23));
	cr_expect(eq(sz, parts, 63));
	cr_expect(eq(sz, whole_of(r, 2024, "79")->n, 3));
	cr_expect(eq(sz, whole_of(r, 2007, "01")->n, 2), "with Hà Tây");
	mapping_wholes(&arena, &r->m, 2025, NULL, &any);
	cr_expect(not(any), "2025 has the units already");
}

/* PCI 2007 by the 63: Hà Nội 56.72758 and Hà Tây 52.24132 are one, 54.48445; all others as
 * printed. In 2008 Hà Tây ended in July but was ranked still: 53.73638 and 45.09365, 49.415015. */
Test(merge, hanoi_of_2007)
{
	struct read *r = start(SHIPPED "/surveys/pci", 63, NULL);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2007, "total", "01");
	cr_expect(epsilon_eq(dbl, row->estimate, 54.48445, NEAR));
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED));
	check_text(row->merged_from, "01=0.5;28=0.5");
	cr_expect(epsilon_eq(dbl, row_of(r, 2008, "total", "01")->estimate, 49.415015, NEAR));
	cr_expect(zero(ptr, (void *)result_find(&r->all, 2007, span_of("total"), span_of("28"))));
	row = row_of(r, 2009, "total", "33");
	cr_expect(not(row->rank_merged), "2009 had the 63 already");
	cr_expect(zero(int, (int)row->flags));
}

/* PAR INDEX 2012 lists Thái Bình (81.95) and not Hưng Yên: half of the new unit is not in the
 * table, and what is there is no class of the new administration. Lai Châu (66.46) stays D. */
Test(merge, an_unlisted_part_and_no_letter)
{
	struct read *r = start(SHIPPED "/surveys/par-index", 34, NULL);
	const struct result_row *row;

	r->m.renormalise = true;
	finish(r);
	row = row_of(r, 2012, "total", "33");
	cr_expect(eq(dbl, row->estimate, 81.95));
	cr_expect(row->part_unlisted);
	cr_expect(not(row->complete));
	cr_expect(zero(sz, row->group.n), "no group letter");
	cr_expect(strstr(row->lacking[LANG_EN].at, "the table does not list Hưng Yên") != NULL);
	cr_expect(eq(dbl, row->coverage, 0.5));
	row = row_of(r, 2012, "total", "12");
	check_text(row->group, "D");
	cr_expect(isnan(row->rank) && isnan(row->n_ranked), "its 59th place was among 63");
}

/* Without the request it is missing, but not unpublished. */
Test(merge, an_unlisted_part_is_missing)
{
	struct read *r = start(SHIPPED "/surveys/par-index", 34, NULL);
	const struct result_row *row;

	finish(r);
	row = row_of(r, 2012, "total", "33");
	cr_expect(isnan(row->estimate));
	cr_expect(eq(int, (int)row->flags, FLAG_MERGED));
	check_text(row->lacking[LANG_VI], "bảng số liệu không có Hưng Yên");
}

Test(merge, years_behind_the_map)
{
	struct read *r = start(PAPI, 63, NULL);

	cr_expect(mapping_reaches(&r->m, 2024));
	cr_expect(mapping_reaches(&r->m, 2007));
	cr_expect(not(mapping_reaches(&r->m, 2025)), "a merged unit is not split");
}

Test(merge, populations_that_do_not_suffice)
{
	struct read *r = start(PAPI, 34, PEOPLE);
	struct diag why = {0};

	cr_expect(not(mapping_check(&arena, &r->m, &why)));
	cr_expect(eq(sz, why.errors, 48), "52 parts less four");
	check_problem(&why, 0, DIAG_DATA, "people.csv", 0, 0,
		      "no population of Hà Giang (02) in 2024, a part of Tuyên Quang");
	why = (struct diag){0};
	r->m.base = 2025;
	cr_expect(not(mapping_check(&arena, &r->m, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "base year 2025 has the 34 units already");
}
