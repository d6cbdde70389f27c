#include "schematic.h"

TestSuite(boundaries, .fini = clean);

/* Row 25 of the layout of the 63 (from 0, archipelagos without) is Hưng Yên, 21 is Hòa Bình. */
static struct provinces all;
static struct schematic s;

static void start(long system, long year, bool sea)
{
	struct diag why = {0};

	cr_assert(provinces_read(&arena, SHIPPED, &all, &why));
	s = schematic_of(&all, system, year, sea);
}

static size_t position(const char *code)
{
	const char *wanted = arena_format(&arena, "{\"code\":\"%s\",", code).at;

	for (size_t i = 0; i < s.n; i++)
		if (span_starts(s.properties[i], wanted))
			return i;
	cr_assert(false, "no %s", code);
	return 0;
}

static void properties(const char *code, const char *words)
{
	s.properties[position(code)] = span_of(words);
}

static void matches(struct boundaries *b, long year)
{
	struct diag why = {0};

	cr_assert(schematic_match(&s, &all, year, b, &why), "%s", why.item[0].words);
}

/* `n` problems, the first of which has these words at this feature. */
static void refused(long year, size_t n, const char *words)
{
	struct boundaries b;
	struct diag why = {0};

	cr_expect(not(schematic_match(&s, &all, year, &b, &why)), "%s", words);
	cr_expect(eq(sz, why.errors, n), "%s", words);
	check_problem(&why, 0, DIAG_DATA, "squares.geojson", 0, 0, words);
}

Test(boundaries, every_unit_of_both_systems)
{
	static const long systems[] = {63, 34}, years[] = {2024, 2025};

	for (size_t i = 0; i < 2; i++) {
		struct boundaries b;

		start(systems[i], years[i], false);
		matches(&b, years[i]);
		cr_expect(eq(sz, b.n, (size_t)systems[i]));
		for (size_t k = 0; k < b.n; k++) {
			cr_expect(b.at[k].by_code);
			cr_expect(eq(sz, b.at[k].n, 1));
		}
		cr_assert(eq(sz, b.n_archipelagos, 2));
		check_text(b.archipelago[0].tile->short_name, "Hoàng Sa");
		check_text(b.archipelago[0].unit->name, "Đà Nẵng");
		check_text(b.archipelago[1].unit->name, "Khánh Hòa");
		cr_expect(eq(sz, b.archipelago[0].n, 0));
		check_text(boundaries_find(&b, span_of("33"))->unit->name, "Hưng Yên");
		cr_expect(boundaries_find(&b, span_of("99")) == NULL);
	}
}

/* Properties as files have them: any spelling of key and name, codes as numbers, codes of other
 * lists, which are no numbers, beside a name. */
Test(boundaries, spellings)
{
	static const struct {
		const char *properties;
		bool by_code;
	} cases[] = {
		{"{\"code\":33}", true},
		{"{\"Mã tỉnh\":\"33\",\"Tên tỉnh\":\"TỈNH HƯNG YÊN\"}", true},
		{"{\"ten_tinh\":\"Tỉnh Hưng Yên\"}", false},
		{"{\"NAME_0\":\"Vietnam\",\"NAME_1\":\"HưngYên\",\"GID_1\":\"VNM.33_1\"}", false},
		{"{\"ADM1_PCODE\":\"VN109\",\"ADM1_VI\":\"Hưng Yên\",\"ADM1_EN\":\"x\"}", false},
		{"{\"code\":\"VN-66\",\"name\":\"hung yen\"}", false},
		{"{\"code\":null,\"name\":\"\",\"shapeName\":\"Hung Yen Province\"}", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct boundaries b;

		start(63, 2024, false);
		properties("33", cases[i].properties);
		matches(&b, 2024);
		cr_expect(eq(int, boundaries_find(&b, span_of("33"))->by_code, cases[i].by_code),
			  "%s", cases[i].properties);
	}
}

Test(boundaries, features_that_are_no_unit)
{
	static const struct {
		const char *properties, *words;
	} cases[] = {
		{"{\"name\":\"Hưng Yn\"}", "no province of 2024 is named \"Hưng Yn\""},
		{"{\"name\":\"Đồng Bằng Sông Hồng\"}",
		 "no province of 2024 is named \"Đồng Bằng Sông Hồng\""},
		{"{\"code\":\"98\"}", "no province of 2024 is named \"98\""},
		{"{\"code\":98,\"name\":\"Hưng Yên\"}", "no province of 2024 is named \"98\""},
		{"{\"code\":\"VN-66\"}", "no province of 2024 is named \"VN-66\""},
		{"{\"code\":\"33\",\"name\":\"Hải Dương\"}",
		 "its code \"33\" is Hưng Yên, its name \"Hải Dương\" is the unit of code 30"},
		{"{\"code\":\"33\",\"name\":\"Vĩnh Thái\"}",
		 "its code \"33\" is Hưng Yên, its name \"Vĩnh Thái\" is no unit's"},
		{"{\"code\":\"28\",\"name\":\"Hà Tây\"}",
		 "no province of 2024 is named \"Hà Tây\": it is now part of Hà Nội"},
		{"{\"fid\":7,\"area\":1}",
		 "no property `code` or `name` says which province it is; it has fid, area"},
		{"{}", "no property `code` or `name` says which province it is"},
		{"null", "no property `code` or `name` says which province it is"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		start(63, 2024, false);
		s.properties[position("33")] = span_of(cases[i].properties);
		refused(2024, 2, cases[i].words); /* and Hưng Yên has no polygon */
	}
}

Test(boundaries, suggests_the_nearest_name)
{
	struct boundaries b;
	struct diag why = {0};
	size_t at;

	start(63, 2024, false);
	at = position("33");
	properties("33", "{\"name\":\"Hưng Yn\"}");
	cr_expect(not(schematic_match(&s, &all, 2024, &b, &why)));
	check_problem(&why, 0, DIAG_DATA, "squares.geojson", 0, 0,
		      arena_format(&arena, "feature %zu: no province of 2024", at + 1).at);
	check_string(why.item[0].hint, "did you mean \"Hưng Yên\"?");
	check_problem(&why, 1, DIAG_DATA, "squares.geojson", 0, 0,
		      "no polygon of 1 of the 63 units of 2024: Hưng Yên");
	check_string(why.item[1].hint, "");
}

/* In 2025 code 15 is Lào Cai, not Yên Bái; the list of the other year is refused either way. */
Test(boundaries, units_of_another_year)
{
	struct boundaries b;
	struct diag why = {0};

	start(34, 2025, false);
	cr_expect(not(schematic_match(&s, &all, 2024, &b, &why)));
	check_problem(&why, 0, DIAG_DATA, "squares.geojson", 0, 0,
		      "its code \"15\" is Yên Bái, its name \"Lào Cai\" is the unit of code 10");
	start(34, 2025, false);
	for (size_t i = 0; i < s.n; i++) { /* names alone: all of them stand in 2024 too */
		struct text name = s.properties[i];

		name.at += 13;
		name.n -= 13;
		s.properties[i] = arena_format(&arena, "{%.*s", SPAN_ARG(name));
	}
	refused(2024, 1, "no polygon of 29 of the 63 units of 2024");
	why = (struct diag){0};
	schematic_match(&s, &all, 2024, &b, &why);
	check_string(why.item[0].hint, "the file has 34 features; is it of another year's units?");
}

Test(boundaries, two_features_of_one_unit)
{
	start(63, 2024, false);
	properties("30", "{\"name\":\"Hưng Yên\"}");
	refused(2024, 2, "Hưng Yên is feature "); /* Hải Dương has none */
	start(63, 2024, false);
	s.properties[s.n] = span_of("{\"code\":\"33\"}");
	s.geometry[s.n++] = polygon_at(110, 20);
	refused(2024, 1, "feature 64: Hưng Yên is feature ");
}

Test(boundaries, wrong_geometry_is_told_with_the_rest)
{
	struct boundaries b;
	struct diag why = {0};

	start(63, 2024, false);
	s.geometry[position("33")] = span_of("null");
	s.properties[position("30")] = span_of("{\"name\":\"Atlantis\"}");
	cr_expect(not(schematic_match(&s, &all, 2024, &b, &why)));
	cr_expect(eq(sz, why.errors, 3));
	check_problem(&why, 0, DIAG_DATA, "squares.geojson", 0, 0, "it has no geometry");
	check_problem(&why, 1, DIAG_DATA, "squares.geojson", 0, 0, "\"Atlantis\"");
	check_problem(&why, 2, DIAG_DATA, "squares.geojson", 0, 0, "units of 2024: Hải Dương");
}

/* What is not known of the land makes no island of what lies east of the rest. */
Test(boundaries, wrong_geometry_moves_no_land)
{
	size_t broken = 0;

	start(63, 2024, false);
	for (size_t i = 0; i < s.n; i++) {
		bool owner = strstr(s.properties[i].at, "\"48\"") ||
			     strstr(s.properties[i].at, "\"56\"");

		if (owner || strtod(strstr(s.geometry[i].at, "[[[") + 3, NULL) < 108)
			continue;
		s.geometry[i] = span_of("null");
		broken++;
	}
	cr_expect(eq(sz, broken, 10)); /* columns 6 and 7 of the layout, without those two */
	refused(2024, broken, "it has no geometry");
}

Test(boundaries, no_area)
{
	start(63, 2024, false);
	s.geometry[position("33")] =
		span_of("{\"type\":\"Polygon\",\"coordinates\":[[[105,20],[106,21],"
			"[105,20],[105,20]]]}");
	refused(2024, 1, "Hưng Yên has no area");
}

/* More problems than are kept are counted. */
Test(boundaries, many_problems)
{
	struct boundaries b;
	struct diag why = {0};

	start(63, 2024, false);
	for (size_t i = 0; i < 30; i++)
		s.properties[i] = span_of("{\"name\":\"x\"}");
	cr_expect(not(schematic_match(&s, &all, 2024, &b, &why)));
	cr_expect(eq(sz, why.errors, 31));
	cr_expect(eq(sz, why.kept, DIAG_KEPT));
}

/* ---- archipelagos -------------------------------------------------------------------------- */

Test(boundaries, archipelagos_by_name)
{
	struct boundaries b;

	start(63, 2024, true);
	cr_assert(eq(sz, s.n, 65));
	matches(&b, 2024);
	cr_expect(eq(sz, b.archipelago[0].n, 1));
	cr_expect(eq(dbl, b.archipelago[0].part[0].ring[0].at[0].x, 110)); /* column 8 */
	cr_expect(eq(sz, b.archipelago[1].n, 1));
	/* with its unit's code it is no other */
	for (size_t i = 0; i < s.n; i++)
		if (strstr(s.properties[i].at, "Hoàng Sa"))
			s.properties[i] = span_of(
				"{\"code\":\"48\",\"name\":\"QUAN DAO HOANG SA (Đà Nẵng)\"}");
	matches(&b, 2024);
	cr_expect(eq(sz, b.archipelago[0].n, 1));
	for (size_t i = 0; i < s.n; i++)
		if (strstr(s.properties[i].at, "HOANG SA"))
			s.properties[i] = span_of("{\"code\":\"56\",\"name\":\"Hoàng Sa\"}");
	refused(2024, 1, "its code \"56\" is Khánh Hòa, its name \"Hoàng Sa\" is no unit's");
}

/* Columns of the layout end at 7 for units without archipelago: the land ends at 102 + 8 = 110. */
Test(boundaries, parts_in_the_open_sea)
{
	struct boundaries b;

	start(63, 2024, false);
	s.geometry[position("48")] =
		arena_format(&arena, "{\"type\":\"MultiPolygon\",\"coordinates\":[%.*s,%.*s,%.*s]}",
			     SPAN_ARG(square_at(112, 17)), SPAN_ARG(square_at(108, 15)),
			     SPAN_ARG(square_at(110.4, 15)));
	matches(&b, 2024);
	cr_expect(eq(sz, boundaries_find(&b, span_of("48"))->n, 2)); /* 110.4 is near the land */
	cr_assert(eq(sz, b.archipelago[0].n, 1));
	cr_expect(eq(dbl, b.archipelago[0].part[0].ring[0].at[0].x, 112));
	cr_expect(eq(sz, b.archipelago[1].n, 0));
	s.geometry[position("33")] =
		arena_format(&arena, "{\"type\":\"MultiPolygon\",\"coordinates\":[%.*s,%.*s]}",
			     SPAN_ARG(square_at(106, 19)),
			     SPAN_ARG(span_of("[[[111,15],[111.5,15],[111,14],[111,15]]]")));
	refused(2024, 1,
		"part 2 of Hưng Yên lies at 111 degrees east, the land ends at 110 and the unit "
		"has no "
		"archipelago");
}

Test(boundaries, islands_alone_are_no_polygon_of_the_unit)
{
	start(63, 2024, false);
	s.geometry[position("48")] = polygon_at(112, 17);
	refused(2024, 1, "no polygon of 1 of the 63 units of 2024: Đà Nẵng");
}

/* ---- who is named below the map ------------------------------------------------------------ */

Test(boundaries, source)
{
	static const struct {
		const char *members, *source;
	} cases[] = {
		{"", "squares.geojson"},
		{"\"name\":\"Bản đồ\",", "Bản đồ"},
		{"\"name\":\"m\",\"attribution\":\"Cục A, 2016. \",", "Cục A, 2016"},
		{"\"attribution\":\"...\",", "squares.geojson"},
		{"\"attribution\":[1],\"name\":3,", "squares.geojson"},
	};
	char *many = arena_new(&arena, 502, 1);

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct boundaries b;

		start(63, 2024, false);
		s.members = span_of(cases[i].members);
		matches(&b, 2024);
		check_text(b.source, cases[i].source);
	}
	memset(many, 'x', 501);
	s.members = arena_format(&arena, "\"attribution\":\"%s\",", many);
	refused(2024, 1, "its attribution has 501 letters, at most 500 fit");
}

/* Units of a survey's own have codes of any kind, and no sea. */
Test(boundaries, own_units)
{
	struct diag why = {0};
	struct boundaries b;
	struct provinces own;
	static const char units[] = "code,name,aliases,type,region,valid_from,valid_to\n"
				    "H01,Huyện Một,,huyện,A,,\nH02,Huyện Hai,,huyện,A,,\n";
	const char *file = file_of("units.csv", units, sizeof units - 1);

	cr_assert(provinces_read_units(&arena, file, &own, &why), "%s", why.item[0].words);
	s = (struct schematic){
		.n = 2,
		.properties = {span_of("{\"code\":\"H01\"}"), span_of("{\"name\":\"huyen hai\"}")},
		.geometry = {polygon_at(105, 20), polygon_at(125, 20)},
		.members = span_of("")};
	cr_assert(schematic_match(&s, &own, 2024, &b, &why), "%s", why.item[0].words);
	cr_expect(eq(sz, b.n, 2));
	cr_expect(eq(sz, b.n_archipelagos, 0));
}

Test(boundaries, files)
{
	struct boundaries b;
	struct diag why = {0}, none = {0};
	struct text text;

	start(63, 2024, false);
	text = schematic_text(&s);
	cr_expect(boundaries_read(&arena, file_of("m.geojson", text.at, text.n), &all, 2024, &b,
				  &why));
	cr_expect(eq(sz, b.n, 63));
	cr_expect(not(boundaries_read(&arena, "/nowhere/m.geojson", &all, 2024, &b, &none)));
	check_problem(&none, 0, DIAG_DATA, "m.geojson", 0, 0, "cannot be read");
	cr_expect(eq(sz, none.errors, 1)); /* and nothing of 63 units without polygon */
}
