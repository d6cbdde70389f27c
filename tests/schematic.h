/* schematic.h -- GeoJSON of squares: a degree for each tile of surveys/provinces/tiles.csv. */
#ifndef TESTS_SCHEMATIC_H
#define TESTS_SCHEMATIC_H

#include "help.h"
#include "survey/boundaries.h"

#define SCHEMATIC_MOST 80

struct schematic {
	size_t n;
	struct text properties[SCHEMATIC_MOST]; /* {"code":"33","name":"Hưng Yên"} */
	struct text geometry[SCHEMATIC_MOST];
	struct text members; /* of the collection, each with a comma behind it */
};

/* The square whose north-west corner is at (x, y); as coordinates of a Polygon. */
static inline struct text square_at(double x, double y)
{
	return arena_format(&arena, "[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]", x, y, x + 1, y,
			    x + 1, y - 1, x, y - 1, x, y);
}

static inline struct text polygon_at(double x, double y)
{
	return arena_format(&arena, "{\"type\":\"Polygon\",\"coordinates\":%.*s}",
			    SPAN_ARG(square_at(x, y)));
}

/* Every unit of a layout, in its order; with the archipelagos, by name only, when `sea`. */
static inline struct schematic schematic_of(const struct provinces *all, long system, long year,
					    bool sea)
{
	struct schematic s = {.members = span_of("")};

	for (size_t i = 0; i < all->n_tiles; i++) {
		const struct tile *t = &all->tile[i];
		const struct province *p = province_by_code(all, t->code, year);

		if (t->system != system || (tile_at_sea(t) && !sea))
			continue;
		s.properties[s.n] =
			tile_at_sea(t)
				? arena_format(&arena, "{\"name\":\"Quần đảo %.*s\"}",
					       SPAN_ARG(t->short_name))
				: arena_format(&arena, "{\"code\":\"%.*s\",\"name\":\"%.*s\"}",
					       SPAN_ARG(p->code), SPAN_ARG(p->name));
		s.geometry[s.n++] = polygon_at(102 + (double)t->column, 23 - (double)t->row);
	}
	return s;
}

static inline struct text schematic_text(const struct schematic *s)
{
	struct text all = arena_format(&arena, "{\"type\":\"FeatureCollection\",%.*s\"features\":[",
				       SPAN_ARG(s->members));

	for (size_t i = 0; i < s->n; i++)
		all = arena_format(&arena,
				   "%.*s%s{\"type\":\"Feature\",\"properties\":%.*s,"
				   "\"geometry\":%.*s}",
				   SPAN_ARG(all), i ? "," : "", SPAN_ARG(s->properties[i]),
				   SPAN_ARG(s->geometry[i]));
	return arena_format(&arena, "%.*s]}", SPAN_ARG(all));
}

static inline bool schematic_match(const struct schematic *s, const struct provinces *all,
				   long year, struct boundaries *out, struct diag *why)
{
	struct geojson *g = arena_new(&arena, 1, sizeof *g);

	geojson_bytes(&arena, "squares.geojson", schematic_text(s), g, why);
	return boundaries_match(&arena, g, all, year, out, why) && why->errors == 0;
}

#endif
