/* Units and spellings: Nghị quyết 202/2025/QH15 (34 provinces since 1 July 2025), 15/2008/QH12 (Hà
 * Tây). */
#include "help.h"

#include "survey/province.h"

TestSuite(province, .fini = clean);

static struct provinces *shipped(void)
{
	static struct provinces all;
	struct diag why = {0};

	cr_assert(provinces_read(&arena, SHIPPED, &all, &why), "%s", why.item[0].words);
	return &all;
}

/* 64 units before Hà Tây joined Hà Nội (1 August 2008), 63 since, 34 since 1 July 2025. */
Test(province, units_by_year)
{
	static const struct {
		long year;
		size_t n;
	} cases[] = {
		{2007, 64}, {2008, 63}, {2011, 63}, {2024, 63}, {2025, 34}, {2026, 34},
	};
	const struct provinces *all = shipped();

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(sz, province_count(all, cases[i].year), cases[i].n), "%ld",
			  cases[i].year);
}

static const struct {
	const char *word;
	long year;
	const char *code;
} found[] = {
	{"Hưng Yên", 2024, "33"},
	{"hung yen", 2024, "33"},
	{"HƯNG YÊN", 2024, "33"},
	{"Hu\xCC\x9Bng Ye\xCC\x82n", 2024, "33"},
	{"tỉnh Hưng Yên", 2024, "33"},
	{"33", 2024, "33"},
	{"  Hưng  Yên ", 2024, "33"},
	{"HungYen", 2024, "33"},
	{"TP. HCM", 2024, "79"},
	{"TP.HCM", 2024, "79"},
	{"tp hồ chí minh", 2024, "79"},
	{"Thành phố Hồ Chí Minh", 2024, "79"},
	{"BRVT", 2024, "77"},
	{"Bà Rịa – Vũng Tàu", 2024, "77"},
	{"Hoà Bình", 2024, "17"},
	{"Hòa Bình", 2024, "17"},
	{"1", 2024, "01"},
	{"01", 2024, "01"},
	{"Hà Nội", 2024, "01"},
	{"Đắk Lắk", 2024, "66"},
	{"dak lak", 2024, "66"},
	{"Hà Tây", 2007, "28"},
	{"Hưng Yên", 2025, "33"},
	{"Huế", 2025, "46"},
	{"Thừa Thiên Huế", 2023, "46"},
	{"Lai Châu", 2013, "12"},
};

Test(province, every_spelling)
{
	const struct provinces *all = shipped();

	for (size_t i = 0; i < COUNT(found); i++) {
		const struct province *p = NULL;
		struct diag why = {0};

		cr_expect(
			province_find(&arena, all, span_of(found[i].word), found[i].year, &p, &why),
			"%s %ld: %s", found[i].word, found[i].year, why.item[0].words);
		if (p)
			check_text(p->code, found[i].code);
	}
}

/* Every name, every spelling without marks and every code of every year leads to its unit and no
 * other. */
Test(province, names_are_unambiguous)
{
	const struct provinces *all = shipped();

	for (long year = 2011; year <= 2025; year += 7)
		for (size_t i = 0; i < all->n; i++) {
			const struct province *p = NULL, *q = NULL;
			struct diag why = {0};

			if (!province_stands(&all->at[i], year))
				continue;
			cr_expect(province_find(&arena, all, all->at[i].name, year, &p, &why));
			cr_expect(eq(ptr, (void *)p, (void *)&all->at[i]));
			cr_expect(province_find(&arena, all, all->at[i].code, year, &q, &why));
			cr_expect(eq(ptr, (void *)q, (void *)&all->at[i]));
		}
}

Test(province, unknown_names_get_a_suggestion)
{
	static const struct {
		const char *word;
		long year;
		const char *fragment, *hint;
	} cases[] = {
		{"Hưng Yênn", 2024, "no province of 2024 is named \"Hưng Yênn\"",
		 "did you mean \"Hưng Yên\"?"},
		{"hng yen", 2024, "no province of 2024", "did you mean \"Hưng Yên\"?"},
		{"Lai Chua", 2013, "no province of 2013", "did you mean \"Lai Châu\"?"},
		{"Atlantis", 2024, "no province of 2024 is named \"Atlantis\"",
		 "hailong list provinces --year 2024"},
		{"99", 2024, "no province of 2024 is named \"99\"", ""},
		{"", 2024, "no province of 2024 is named \"\"", ""},
		{"tỉnh", 2024, "no province", ""},
		{"---", 2024, "no province", ""},
		{"Hà Tây", 2024, "it is now part of Hà Nội", "years up to 2007"},
		{"Hà Giang", 2026, "it is now part of Tuyên Quang",
		 "Hà Giang belong to years up to 2024; --system"},
		{"Thái Bình", 2025, "it is now part of Hưng Yên", "years up to 2024"},
		{"34", 2025, "it is now part of Hưng Yên", ""},
		{"tỉnh Thái Bình", 2025, "it is now part of Hưng Yên", ""},
	};
	const struct provinces *all = shipped();

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct province *p = NULL;
		struct diag why = {0};

		cr_expect(not(province_find(&arena, all, span_of(cases[i].word), cases[i].year, &p,
					    &why)),
			  "\"%s\" %ld", cases[i].word, cases[i].year);
		check_problem(&why, 0, DIAG_USAGE, "", 0, 0, cases[i].fragment);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "%s: %s", cases[i].word,
			  why.item[0].hint);
	}
}

/* Hưng Yên took in Thái Bình on 1 July 2025: same code, same name, another unit. */
Test(province, units_before_and_after_a_merger_differ)
{
	const struct provinces *all = shipped();
	const struct province *before = province_by_code(all, span_of("33"), 2024),
			      *after = province_by_code(all, span_of("33"), 2025);

	cr_assert(before && after && before != after);
	cr_expect(span_equal(before->name, after->name));
	cr_expect(eq(ptr, (void *)province_by_code(all, span_of("33"), 2011), (void *)before));
	cr_expect(not(province_stands(before, 2025)));
	cr_expect(not(province_stands(after, 2024)));
}

Test(province, listed_by_code_then_by_date)
{
	const struct provinces *all = shipped();

	for (size_t i = 1; i < all->n; i++) {
		int order = span_compare(all->at[i - 1].code, all->at[i].code);

		cr_expect(order < 0 || (order == 0 && all->at[i - 1].from < all->at[i].from),
			  "row %zu", i);
	}
}

/* A unit that stood for a part of the year counts when none stood at its end. */
Test(province, part_of_a_year)
{
	const struct provinces *all = shipped();
	const struct province *ha_tay = province_by_code(all, span_of("28"), 2008);

	cr_assert(ha_tay != NULL, "it stood until 31 July 2008");
	cr_expect(not(province_stands(ha_tay, 2008)));
	cr_expect(zero(ptr, (void *)province_by_code(all, span_of("28"), 2009)));
	cr_expect(zero(ptr, (void *)province_by_code(all, span_of("02"), 2025)),
		  "Hà Giang until 30 June 2025: a new unit took its place in that year");
	cr_expect(zero(ptr, (void *)province_by_code(all, span_of("02"), 2026)));
}

Test(province, last_day_counts)
{
	struct province p = {.from = 20200101, .to = 20201231},
			q = {.from = 20210101, .to = 20211230};

	cr_expect(province_stands(&p, 2020));
	cr_expect(not(province_stands(&p, 2019)));
	cr_expect(not(province_stands(&p, 2021)));
	cr_expect(not(province_stands(&q, 2021)), "gone on 30 December");
}

static bool has_tile(const struct provinces *all, long system, struct text code)
{
	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == system && span_equal(all->tile[i].code, code))
			return true;
	return false;
}

Test(province, tiles_cover_every_unit_once)
{
	const struct provinces *all = shipped();
	static const long systems[] = {63, 34}, years[] = {2024, 2025};

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < all->n; i++)
			if (province_stands(&all->at[i], years[s]))
				cr_expect(has_tile(all, systems[s], all->at[i].code), "%ld %.*s",
					  systems[s], SPAN_ARG(all->at[i].code));
	cr_expect(not(has_tile(all, 63, span_of("99"))));
	for (size_t i = 0; i < all->n_tiles; i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(not(all->tile[i].system == all->tile[j].system &&
				      all->tile[i].row == all->tile[j].row &&
				      all->tile[i].column == all->tile[j].column),
				  "tiles %zu %zu", i, j);
}

#define HEAD "code,name,aliases,type,region,valid_from,valid_to\n"

#define UNITS "code,name,aliases,type,region,region_en,valid_from,valid_to\n"

/* S2 stands from 2024; two districts and two departments. */
Test(province, units_of_a_survey)
{
	static const char bytes[] = UNITS "S1,Sở Một,,sở,Khối sở,departments,,\n"
					  "S2,Sở Hai,,sở,Khối sở,departments,2024-01-01,\n"
					  "H1,Huyện Một,Một huyện,huyện,Khối huyện,,,\n";
	static const char twice[] = UNITS "S1,Sở Một,,sở,r,,,\nS2,Sơ một,,sở,r,,,\n";
	struct provinces all;
	struct diag why = {0};
	const struct province *p;

	cr_assert(provinces_read_units(&arena, file_of("units.csv", bytes, sizeof bytes - 1), &all,
				       &why));
	cr_expect(all.own);
	cr_expect(zero(sz, all.n_tiles));
	cr_expect(eq(sz, province_count(&all, 2023), 2));
	cr_expect(eq(sz, province_count(&all, 2024), 3));
	cr_assert(province_find(&arena, &all, span_of("so mot"), 2023, &p, &why));
	check_text(p->code, "S1");
	check_text(p->region_name[LANG_EN], "departments");
	cr_assert(province_find(&arena, &all, span_of("một huyện"), 2023, &p, &why));
	check_text(p->region_name[LANG_EN], "Khối huyện");
	cr_expect(not(province_find(&arena, &all, span_of("Hưng Yên"), 2023, &p, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "no unit of 2023 is named \"Hưng Yên\"");
	cr_expect(not(provinces_read_units(&arena, file_of("units.csv", twice, sizeof twice - 1),
					   &all, &why)));
	check_problem(&why, 1, DIAG_DATA, "", 0, 0, "units S1 and S2 share a name");
}

/* A share folder of one's own with a wrong provinces.csv. */
Test(province, wrong_files)
{
	static const struct {
		const char *units;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{HEAD "01,A,,t,r,2020-13-01,\n", 2, 11, "\"2020-13-01\" is not a date"},
		{HEAD "01,A,,t,r,,30/6/2025\n", 2, 12,
		 "\"30/6/2025\" is not a date written as 2025-06-30"},
		{HEAD "01,A,,t,r,2020-1-01,\n", 2, 11, "is not a date"},
		{HEAD "01,A,,t,r,,\n,B,,t,r,,\n", 3, 1, "a unit needs a code and a name"},
		{HEAD "01,A,,t,r,,\n02,,,t,r,,\n", 3, 1, "a unit needs a code and a name"},
		{HEAD "01,Á,,t,r,,\n02,B,a|b,t,r,,\n", 0, 0,
		 "units 01 and 02 share a name at one time"},
		{HEAD "01,A,,t,r,,2020-07-01\n01,A,,t,r,2020-07-01,\n", 0, 0,
		 "share a name at one time"},
		{"code,name,aliases,type,region,valid_from\n01,A,,t,r,\n", 1, 1,
		 "no column \"valid_to\""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct provinces all;
		struct diag why = {0};
		const char *share;

		file_of("x", "", 0);
		share = work.path;
		cr_assert(system(arena_format(&arena,
					      "mkdir -p %s/surveys/provinces && cp " FIXTURES
					      "/surveys/provinces/*.csv %s/surveys/provinces",
					      share, share)
					 .at) == 0);
		file_of("surveys/provinces/provinces.csv", cases[i].units, strlen(cases[i].units));
		cr_expect(not(provinces_read(&arena, share, &all, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, cases[i].line ? "provinces.csv" : "",
			      cases[i].line, cases[i].column, cases[i].fragment);
	}
}

/* One day apart is no overlap: the successor may carry the name on. */
Test(province, successor_may_share_the_name)
{
	const struct province *p = NULL;
	struct provinces all;
	struct diag why = {0};

	cr_assert(provinces_read(&arena, FIXTURES, &all, &why));
	cr_expect(eq(sz, province_count(&all, 2019), 4));
	cr_expect(eq(sz, province_count(&all, 2020), 4));
	cr_expect(eq(sz, province_count(&all, 2021), 5));
	cr_assert(province_find(&arena, &all, span_of("dong an"), 2020, &p, &why));
	cr_expect(eq(long, p->from, 20200701), "the one standing on 31 December");
	cr_assert(province_find(&arena, &all, span_of("ab"), 2020, &p, &why));
	check_text(p->region_name[LANG_EN], "North");
}

/* succession.csv: Thừa Thiên Huế became Huế alone; Hưng Yên took in Thái Bình; Hà Nội stayed;
 * Hà Tây went into Hà Nội in 2008. Nghị quyết 202/2025/QH15. */
Test(province, the_same_unit)
{
	static const struct {
		const char *code;
		long year, other;
		bool same;
	} cases[] = {
		{"46", 2024, 2025, true},  {"46", 2025, 2011, true},  {"33", 2024, 2025, false},
		{"33", 2025, 2024, false}, {"33", 2011, 2024, true},  {"33", 2025, 2026, true},
		{"01", 2007, 2025, true},  {"34", 2024, 2026, false}, {"28", 2007, 2009, false},
		{"99", 2024, 2024, false},
	};
	struct diag why = {0};
	struct provinces all;

	cr_assert(provinces_read(&arena, SHIPPED, &all, &why), "%s", why.item[0].words);
	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(int,
			     province_same(&all, span_of(cases[i].code), cases[i].year,
					   cases[i].other),
			     cases[i].same),
			  "row %zu", i);
}

/* From one unit to what it became: Nghị quyết 202/2025/QH15 and 15/2008/QH12. */
Test(province, successors)
{
	static const struct {
		const char *code;
		long year, target;
		const char *name; /* NULL = none */
		long from;
	} cases[] = {
		{"34", 2024, 2025, "Hưng Yên", 20250701},
		{"33", 2024, 2025, "Hưng Yên", 20250701},
		{"27", 2024, 2026, "Bắc Ninh", 20250701},
		{"28", 2007, 2025, "Hà Nội", 0},
		{"28", 2007, 2024, "Hà Nội", 0},
		{"46", 2023, 2025, "Huế", 20250101}, /* no step of its own: a new name */
		{"01", 2007, 2025, "Hà Nội", 0},
		{"33", 2024, 2011, "Hưng Yên", 0},
		{"33", 2025, 2024, NULL, 0}, /* a merged unit is not split */
	};
	const struct provinces *all = shipped();

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct province *p =
			province_by_code(all, span_of(cases[i].code), cases[i].year);
		const struct province *q = p ? province_successor(all, p, cases[i].target) : NULL;

		cr_assert(p != NULL, "row %zu", i);
		cr_expect(eq(int, q == NULL, cases[i].name == NULL), "row %zu", i);
		if (q && cases[i].name) {
			check_text(q->name, cases[i].name);
			cr_expect(eq(long, q->from, cases[i].from), "row %zu", i);
		}
	}
}

/* Thái Bình has its own code until 2025; nobody but Hà Tây ended before. */
Test(province, former_units)
{
	const struct provinces *all = shipped();

	cr_expect(province_former(all, span_of("34"), 2025) ==
		  province_by_code(all, span_of("34"), 2024));
	cr_expect(zero(ptr, (void *)province_former(all, span_of("34"), 2024)));
	cr_expect(zero(ptr, (void *)province_former(all, span_of("99"), 2030)));
}

Test(province, maps)
{
	const struct provinces *all = shipped();
	struct provinces map;

	cr_expect(eq(long, province_map_year(all, 34), 2025));
	cr_expect(eq(long, province_map_year(all, 63), 2024));
	cr_expect(eq(long, province_map_year(all, 64), 2007));
	cr_expect(eq(long, province_map_year(all, 50), 0));
	cr_expect(eq(long, province_map_year(all, 0), 0));
	province_map(&arena, all, 2025, &map);
	cr_expect(eq(sz, province_count(&map, 1990), 34), "they stand at all times");
	cr_expect(province_same(&map, span_of("33"), 2011, 2026), "one unit throughout");
	cr_expect(zero(ptr, (void *)province_by_code(&map, span_of("34"), 2024)));
}
