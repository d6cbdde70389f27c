/* PAPI 2024 on squares of a degree, the layout of surveys/provinces/tiles.csv: columns from 102
 * degrees east, rows from 23 degrees north. */
#include "chart_help.h"
#include "schematic.h"

TestSuite(chart_map, .fini = clean);

static struct schematic squares(const struct ready *r, bool sea)
{
	return schematic_of(&r->survey.provinces, 63, 2024, sea);
}

static struct chart map_of(struct ready *r, const struct schematic *s)
{
	struct boundaries *b = arena_new(&arena, 1, sizeof *b);
	struct diag why = {0};

	cr_assert(schematic_match(s, &r->survey.provinces, r->order.year, b, &why), "%s",
		  why.item[0].words);
	r->order.boundaries = b;
	return drawn(r, CHART_MAP);
}

static size_t count(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, part)); at++)
		n++;
	return n;
}

/* Rings of a block: between them a blank line, which the last one has no more. */
static size_t shapes(const struct chart *c, const char *name)
{
	return count(block(c, name), "\n\n") + 1;
}

/* 61 published: groups end behind the ranks floor(k 61 / 4 + 1/2) = 15, 31, 46. */
Test(chart_map, groups)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c = map_of(r, &s);

	cr_expect(c.facts.said && c.facts.map);
	cr_expect(eq(sz, c.facts.units, 63));
	cr_expect(eq(sz, count(c.csv.at, "\n"), 64));
	holds(c.csv.at, "province,province_name,score,group,role,matched_by\n01,Hà Nội,");
	holds(c.csv.at, "\n33,Hưng Yên,44.404,2,highlight,code\n");
	holds(c.csv.at, "\n26,Vĩnh Phúc,,,peer,code\n");
	holds(c.csv.at, "\n91,Kiên Giang,39.9");
	cr_expect(eq(sz, shapes(&c, "fill1"), 15));
	cr_expect(eq(sz, shapes(&c, "fill0"), 2));
	cr_expect(eq(sz, shapes(&c, "unit"), 1));
	cr_expect(eq(sz, shapes(&c, "lines"), 63));
	cr_expect(eq(sz, count(block(&c, "missing"), "\n"), 2));
	holds(block(&c, "bare"), "NaN\tNaN\n");
	holds(block(&c, "label"), "\tHưng Yên\n");
	holds(block(&c, "label"), "\t44,40 điểm\n");
	holds(block(&c, "label"), "\thạng 19/61\n");
	holds(c.title.at, "Hưng Yên thuộc nhóm");
	holds(c.footer.at, "Nguồn ranh giới: squares.geojson. ");
	holds(c.footer.at, "Không công bố: Vĩnh Phúc, Tiền Giang.");
	holds(c.data.at, "\nnote\tRanh giới chỉ để minh hoạ số liệu.\n");
}

/* Words of the mark of that item and province; "none". */
static const char *said(const struct chart *c, const char *province)
{
	for (size_t i = 0; i < c->marks.n; i++)
		if (span_is(c->marks.mark[i].province, province) && c->marks.mark[i].item.n)
			return arena_string(&arena, c->marks.mark[i].words);
	return "none";
}

/* Every unit once, and both archipelagos, which belong to one. */
Test(chart_map, marks)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c = map_of(r, &s);

	cr_assert(eq(sz, c.marks.n, 65));
	check_string(said(&c, "33"), "Hưng Yên: 44,40 điểm, hạng 19/61");
	holds(said(&c, "26"), "Vĩnh Phúc: không công bố");
	check_text(c.marks.mark[63].province, "48");
	holds(arena_string(&arena, c.marks.mark[63].words), "Quần đảo Hoàng Sa");
	check_text(c.marks.mark[64].province, "56");
}

/* The land is 17 rows from 23 to 6 degrees north, 14.5 in the middle; in a page of 190 mm (1 free
 * at both ends) a degree of latitude is 188 / 17 = 11.0588 mm, one of longitude cos 14.5 degrees =
 * 0.968147640 (R) times as much: 10.7066. Hưng Yên is in column 4 and row 4. */
Test(chart_map, true_to_scale)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c = map_of(r, &s);
	double x[5], y[5];
	struct text rest = span_of(block(&c, "unit")), line, cell;

	for (size_t i = 0; i < 5; i++) {
		cr_assert(span_split(&rest, '\n', &line));
		span_split(&line, '\t', &cell);
		cr_assert(number_parse(cell, &x[i]) && number_parse(line, &y[i]));
	}
	cr_expect(fabs(x[1] - x[0] - 10.7066) < 0.011, "%g", x[1] - x[0]);
	cr_expect(fabs(y[2] - y[1] - 11.0588) < 0.011, "%g", y[2] - y[1]);
	cr_expect(fabs(y[0] - (1 + 4 * 11.0588)) < 0.006, "%g", y[0]);
}

/* Without polygons of their own both archipelagos are frames with their names; with some, these
 * are drawn in the frames, in their unit's class. */
Test(chart_map, archipelagos)
{
	struct ready *r = ready_of("48", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart bare = map_of(r, &s), full;

	cr_expect(eq(sz, count(block(&bare, "frames"), "\n"), 2));
	holds(block(&bare, "frames"), "\t0\tQuần đảo Hoàng Sa\002(thành phố Đà Nẵng)\n");
	holds(block(&bare, "frames"), "\t0\tQuần đảo Trường Sa\002(tỉnh Khánh Hòa)\n");
	holds(bare.alt.at, "có quần đảo Hoàng Sa, Trường Sa.");
	holds(block(&bare, "islets"), "NaN\tNaN\n");
	s = squares(r, true);
	full = map_of(r, &s);
	holds(block(&full, "frames"), "\t1\tQuần đảo Hoàng Sa\002(thành phố Đà Nẵng)\n");
	cr_expect(eq(sz, shapes(&full, "lines"), 65));
	cr_expect(eq(sz, shapes(&full, "islets"), 1));
	cr_expect(eq(sz, shapes(&full, "unit"), 1)); /* the land alone */
	/* Đà Nẵng is 35th of 61: the third group */
	cr_expect(eq(sz, shapes(&full, "fill3"), shapes(&bare, "fill3") + 1));
	cr_expect(eq(sz, count(full.csv.at, "\n"), 64));
}

/* Islands far out do not make the land smaller: the same scale with and without. */
Test(chart_map, islands_do_not_move_the_land)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false), with = squares(r, true);
	struct chart c = map_of(r, &s), d = map_of(r, &with);

	check_string(block(&c, "unit"), block(&d, "unit"));
}

/* A part too small to be seen is a dot, unless the land is near it. 11 mm a degree: 0.05 degrees
 * are 0.55 mm. */
Test(chart_map, small_islands)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c;

	for (size_t i = 0; i < s.n; i++)
		if (strstr(s.properties[i].at, "Kiên Giang")) /* column 1, row 15 */
			s.geometry[i] = span_of(
				"{\"type\":\"MultiPolygon\",\"coordinates\":["
				"[[[103,8],[104,8],[104,7],[103,7],[103,8]]],"
				"[[[102.5,8],[102.55,8],[102.55,7.95],[102.5,7.95],[102.5,8]]],"
				"[[[102.96,8],[102.99,8],[102.99,7.97],[102.96,7.97],[102.96,8]]],"
				"[[[102.2,8],[102.3,8],[102.3,7.9],[102.2,7.9],[102.2,8]]]]}");
	c = map_of(r, &s);
	cr_expect(eq(sz, shapes(&c, "lines"), 65)); /* 63, the part of 1.1 mm, and a disc */
	r->order.self = province_by_code(&r->survey.provinces, span_of("91"), 2024);
	c = map_of(r, &s);
	cr_expect(eq(sz, shapes(&c, "unit"), 1));
	cr_expect(eq(sz, count(block(&c, "islets"), "\n"), 5 + 1 + 13)); /* thin about the small */
}

Test(chart_map, says_how_a_unit_was_found)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);

	for (size_t i = 0; i < s.n; i++)
		if (strstr(s.properties[i].at, "Hưng Yên"))
			s.properties[i] = span_of("{\"name\":\"Tỉnh Hưng Yên\"}");
	holds(map_of(r, &s).csv.at, "\n33,Hưng Yên,44.404,2,highlight,name\n");
}

/* A hole is not filled: its ring stands in the line that is filled and in the borders. */
Test(chart_map, holes)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c;

	for (size_t i = 0; i < s.n; i++)
		if (strstr(s.properties[i].at, "Hưng Yên"))
			s.geometry[i] = span_of("{\"type\":\"Polygon\",\"coordinates\":["
						"[[106,19],[107,19],[107,18],[106,18],[106,19]],"
						"[[106.3,18.7],[106.7,18.7],[106.7,18.3],[106.3,18."
						"3],[106.3,18.7]]]}");
	c = map_of(r, &s);
	cr_expect(eq(sz, shapes(&c, "unit"), 2));
	cr_expect(eq(sz, count(block(&c, "fill2"), "\n"), 16 * 6 - 1 + 6)); /* of 16; and back */
}

Test(chart_map, report_names_the_source_in_the_picture)
{
	struct ready *r = ready_of("33", 2024, 2023);
	struct schematic s = squares(r, false);
	struct chart c;

	s.members = span_of("\"attribution\":\"Cục A.\",");
	r->order.report = true;
	c = map_of(r, &s);
	holds(c.data.at, "\nnote\tRanh giới chỉ để minh hoạ số liệu. Nguồn ranh giới: Cục A.\n");
	holds(c.caption.at, "ranh giới theo Cục A)");
}

/* Estimates: sides, intervals and sets, as in the tile map; the layout of the five is that of the
 * fixtures. "02" holds the country's value, "05" is withheld. */
Test(chart_map, estimates)
{
	struct ready *r = asked("03");
	struct schematic s = schematic_of(&r->survey.provinces, 5, 2022, false);
	struct chart c = map_of(r, &s);

	holds(c.csv.at, "group,role,matched_by,ci_low,ci_high,flag\n");
	holds(c.csv.at, ",not_distinguishable,other,code,66.7");
	holds(c.csv.at, "\n05,Én Vàng,,,peer,code,,,suppressed|simulated\n");
	holds(said(&c, "03"), "Cường Đông: 77,78% (khoảng tin cậy 95%: 73,54%–81,50%), n = 79");
	holds(said(&c, "03"), ", cao hơn cả nước");
	holds(said(&c, "05"), "không nêu vì ước lượng không đủ độ tin cậy");
	holds(c.data.at, "\nscheme\tsides\n");
	cr_expect(eq(sz, count(block(&c, "missing"), "\n"), 1));
	holds(block(&c, "label"), "\t77,78% (");
	holds(block(&c, "label"), "\tkhoảng hạng 1–3/4\n"); /* "04" alone is apart */
	holds(c.subtitle.at, "(số liệu mô phỏng)");
	holds(block(&c, "frames"), "\t0\tQuần đảo Xa Khơi\002(tỉnh Én Vàng)\n");
	r->order.self = province_by_code(&r->survey.provinces, span_of("05"), 2022);
	c = map_of(r, &s);
	holds(block(&c, "label"), "\tÉn Vàng\n");
	holds(block(&c, "label"), "\tkhông nêu");
	lacks(block(&c, "label"), "khoảng hạng");
}

/* Units of one survey have no sea; a strip of land has little height, and legend and label go
 * below it. */
Test(chart_map, land_without_room)
{
	struct ready *r = asked("03");
	struct schematic s = schematic_of(&r->survey.provinces, 5, 2022, false);
	struct chart c;

	r->survey.provinces.n_tiles = 0;
	for (size_t i = 0; i < s.n; i++)
		s.geometry[i] = polygon_at(100 + 9 * (double)i, 11);
	c = map_of(r, &s);
	holds(block(&c, "frames"), "NaN\t");
	lacks(c.alt.at, "quần đảo");
	cr_expect(c.height > 60 && c.height < 120, "%g", c.height);
}

Test(chart_map, not_without_boundaries)
{
	struct diag why = {0};

	cr_expect(zero(sz, made(CHART_MAP, "33", 2024, 2023, &why).data.n));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "no boundaries are given");
}
