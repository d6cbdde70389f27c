#include "help.h"
#include "input/geojson.h"

TestSuite(geojson, .fini = clean);

#define SQUARE "[[105,20],[106,20],[106,21],[105,21],[105,20]]"
#define HOLE "[[105.4,20.4],[105.4,20.6],[105.6,20.6],[105.6,20.4],[105.4,20.4]]"
#define FEATURE(properties, geometry)                                                              \
	"{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static bool read_text(const char *text, struct geojson *out, struct diag *why)
{
	return geojson_bytes(&arena, "x.geojson", span_of(text), out, why);
}

Test(geojson, features_with_properties_and_parts)
{
	static const char text[] =
		"\xEF\xBB\xBF{\"type\":\"FeatureCollection\",\"name\":\"m\",\"attribution\":\" "
		"A\\nB \","
		"\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:"
		"CRS84\"}},"
		"\"features\":[" FEATURE(
			"{\"code\":33,\"t\\u00ean\":\"Hu\\u031bng\",\"x\":null,\"y\":[1],\"z\":0."
			"5}",
			POLYGON(SQUARE
				"," HOLE)) "," FEATURE("null",
						       "{\"type\":\"GeometryCollection\","
						       "\"geometries\":[" POLYGON(
							       SQUARE) ",{\"type\":"
								       "\"MultiPolygon\","
								       "\"coordinates\":[[" SQUARE
								       "],[" SQUARE "]]}]}") "]}";
	struct geojson g;
	struct diag why = {0};

	cr_assert(read_text(text, &g, &why), "%s", why.item[0].words);
	check_text(g.name, "m");
	check_text(g.attribution, "A B");
	cr_assert(eq(sz, g.n, 2));
	cr_assert(eq(sz, g.feature[0].n_properties, 5));
	check_text(g.feature[0].property[0].value, "33");
	check_text(g.feature[0].property[1].name, "tên");
	check_text(g.feature[0].property[1].value, "Hưng"); /* NFC */
	check_text(g.feature[0].property[2].value, "");
	check_text(g.feature[0].property[3].value, "");
	check_text(g.feature[0].property[4].value, "0.5");
	cr_expect(eq(sz, g.feature[0].n_parts, 1));
	cr_expect(eq(sz, g.feature[0].part[0].n, 2));
	cr_expect(eq(sz, g.feature[0].part[0].ring[1].n, 5));
	cr_expect(eq(dbl, g.feature[0].part[0].ring[1].at[2].x, 105.6));
	cr_expect(eq(dbl, g.feature[0].part[0].ring[1].at[2].y, 20.6));
	cr_expect(eq(sz, g.feature[1].number, 2));
	cr_expect(eq(sz, g.feature[1].n_properties, 0));
	cr_expect(eq(sz, g.feature[1].n_parts, 3));
}

Test(geojson, coordinate_systems_in_degrees)
{
	static const char *const names[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326",
					    "urn:ogc:def:crs:EPSG::4756"};

	for (size_t i = 0; i < COUNT(names); i++) {
		struct geojson g;
		struct diag why = {0};
		const char *text =
			arena_format(&arena,
				     "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
				     "\"properties\":{\"name\":\"%s\"}},\"features\":[%s]}",
				     names[i], FEATURE("{}", POLYGON(SQUARE)))
				.at;

		cr_expect(read_text(text, &g, &why), "%s", names[i]);
	}
}

/* Heights are passed over; a member "crs" that is null is none. */
Test(geojson, positions_with_heights)
{
	struct geojson g;
	struct diag why = {0};

	cr_assert(read_text("{\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[" FEATURE(
				    "{}", POLYGON("[[1,2,9],[2,2,9],[2,3,9],[1,2,9]]")) "]}",
			    &g, &why));
	cr_expect(eq(sz, g.feature[0].part[0].ring[0].n, 4));
	cr_expect(eq(dbl, g.feature[0].part[0].ring[0].at[1].y, 2));
}

Test(geojson, wrong_geometry)
{
	static const struct {
		const char *geometry, *words, *hint;
	} cases[] = {
		{POLYGON("[[105,20],[106,20],[106,21],[105,21]]"),
		 "feature 1: ring 1 of part 1 is not closed: it begins at (105, 20) and ends at "
		 "(105, 21)",
		 ""},
		{POLYGON(SQUARE ",[[105,20],[106,20],[105,20]]"),
		 "feature 1: ring 2 of part 1 has 3 positions, at least 4", ""},
		{POLYGON("[]"), "ring 1 of part 1 has 0 positions", ""},
		{POLYGON("[[585000,2327000],[586000,2327000],[586000,2328000],[585000,2327000]]"),
		 "ring 1 of part 1: (585000, 2.327e+06) is no longitude and latitude in degrees",
		 "EPSG:4326"},
		{POLYGON("[[21,105.5],[22,105.5],[22,106],[21,105.5]]"),
		 "(21, 105.5) is no longitude and latitude", "longitude first"},
		{POLYGON("[[180.5,20],[106,20],[106,21],[180.5,20]]"), "(180.5, 20) is no",
		 "metres"},
		{POLYGON("[[105,20],[106,\"20\"],[106,21],[105,20]]"),
		 "a position is not two numbers", ""},
		{POLYGON("[[105,20],[106],[106,21],[105,20]]"), "a position is not two numbers",
		 ""},
		{POLYGON("[[1e999,20],[106,20],[106,21],[1e999,20]]"),
		 "a position is not two numbers", ""},
		{POLYGON("[[105,20],7,[106,21],[105,20]]"), "a position is not two numbers", ""},
		{POLYGON("7"), "ring 1 of part 1 is no list of positions", ""},
		{"{\"type\":\"Polygon\",\"coordinates\":[]}", "part 1 has no ring", ""},
		{"{\"type\":\"Polygon\"}", "part 1 has no ring", ""},
		{"{\"type\":\"MultiPolygon\",\"coordinates\":[]}", "its geometry is empty", ""},
		{"{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[]]}",
		 "part 2 has no ring", ""},
		{"{\"type\":\"GeometryCollection\",\"geometries\":[]}", "its geometry is empty",
		 ""},
		{"{\"type\":\"Point\",\"coordinates\":[105,20]}",
		 "its geometry is a \"Point\", where Polygon or MultiPolygon is expected", ""},
		{"null", "it has no geometry", ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geojson g;
		struct diag why = {0};
		const char *text = arena_format(&arena,
						"{\"type\":\"FeatureCollection\",\"features\":["
						"{\"type\":\"Feature\",\"properties\":{},"
						"\"geometry\":%s}]}",
						cases[i].geometry)
					   .at;

		cr_expect(not(read_text(text, &g, &why)), "%s", cases[i].geometry);
		check_problem(&why, 0, DIAG_DATA, "x.geojson", 0, 0, cases[i].words);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "%s", why.item[0].hint);
		cr_expect(eq(sz, why.errors, 1));
		cr_expect(eq(sz, g.n, 1)); /* is told of, all the same */
		cr_expect(g.feature[0].broken);
	}
}

Test(geojson, one_problem_for_each_feature)
{
	struct geojson g;
	struct diag why = {0};

	cr_expect(not(read_text(
		COLLECTION(FEATURE("{}", "null") "," FEATURE("{}", POLYGON(SQUARE)) "," FEATURE(
			"{}", POLYGON("[[1,2]],[[3,4]]"))),
		&g, &why)));
	cr_expect(eq(sz, why.errors, 2));
	check_problem(&why, 1, DIAG_DATA, "x.geojson", 0, 0, "feature 3: ring 1 of part 1 has 1");
	cr_expect(not(g.feature[1].broken));
}

/* Debian's cJSON goes 1000 brackets deep; those inside a text do not count. */
Test(geojson, too_deep)
{
	char text[1200] = "{\"n\":\"[[\\\"[\",\"a\":";
	size_t n = strlen(text);
	struct diag why = {0};
	struct geojson g;

	memset(text + n, '[', 999); /* as deep as may be, and then no JSON */
	cr_expect(not(read_text(text, &g, &why)));
	check_problem(&why, 0, DIAG_DATA, "x.geojson", 1, n + 1000, "no JSON from here on");
	why = (struct diag){0};
	memset(text + n, '[', 1000);
	cr_expect(not(read_text(text, &g, &why)));
	check_problem(&why, 0, DIAG_DATA, "x.geojson", 1, n + 1000, "more than 1000 brackets");
}

Test(geojson, wrong_files)
{
	static const struct {
		const char *text;
		size_t line, column;
		const char *words, *hint;
	} cases[] = {
		{"", 1, 1, "no JSON from here on", ""},
		{"code,name\n", 1, 1, "no JSON from here on", ""},
		{"{\n \"type\": \"FeatureCollection\",\n \"features\": [}\n", 3, 15,
		 "no JSON from here on", ""},
		{COLLECTION("") "x", 1, 43, "no JSON from here on", ""},
		{"{\"a\":\"\xFF\"}", 1, 7, "byte 0xFF is not UTF-8", ""},
		{"{\"type\":\"Topology\"}", 0, 0, "no GeoJSON FeatureCollection but a \"Topology\"",
		 "TopoJSON"},
		{"[]", 0, 0, "no GeoJSON FeatureCollection", ""},
		{FEATURE("{}", POLYGON(SQUARE)), 0, 0, "but a \"Feature\"", ""},
		{"{\"type\":\"FeatureCollection\"}", 0, 0, "no GeoJSON FeatureCollection", ""},
		{COLLECTION(""), 0, 0, "the file has no features", ""},
		{"{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{"
		 "\"name\":"
		 "\"urn:ogc:def:crs:EPSG::3405\"}},\"features\":[1]}",
		 0, 0, "the coordinate system is \"urn:ogc:def:crs:EPSG::3405\"", "EPSG:4326"},
		{"{\"type\":\"FeatureCollection\",\"crs\":3405,\"features\":[1]}", 0, 0,
		 "the coordinate system is \"\"", "EPSG:4326"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geojson g;
		struct diag why = {0};

		cr_expect(not(read_text(cases[i].text, &g, &why)), "%s", cases[i].text);
		check_problem(&why, 0, DIAG_DATA, "x.geojson", cases[i].line, cases[i].column,
			      cases[i].words);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "%s", why.item[0].hint);
		cr_expect(eq(sz, g.n, 0));
	}
}

Test(geojson, files_that_cannot_be_read)
{
	struct geojson g;
	struct diag why = {0}, folder = {0};
	const char *file = file_of("a.json", COLLECTION(FEATURE("{}", POLYGON(SQUARE))),
				   sizeof COLLECTION(FEATURE("{}", POLYGON(SQUARE))) - 1);

	cr_expect(geojson_read(&arena, file, &g, &why));
	cr_expect(eq(sz, g.n, 1));
	cr_expect(not(geojson_read(&arena, "/nowhere/b.json", &g, &why)));
	check_problem(&why, 0, DIAG_DATA, "b.json", 0, 0, "cannot be read: No such file");
	cr_expect(not(geojson_read(&arena, work.path, &g, &folder)));
	cr_expect(strstr(folder.item[0].words, "not a regular file") != NULL);
}
