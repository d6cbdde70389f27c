#include "output/chart_parts.h"

#include <math.h>

#define TILE_RATIO 1.4 /* width to height */
#define NAME_WEB 7.6   /* size of the names in tiles, in points */
#define NAME_REPORT 8.0
#define NAME_LEAST 7.0
#define FRAME 1.2 /* mm of a tile that its frames take on either side */

enum { TILE_ARCHIPELAGO = -1, TILE_NO_GROUP = -2, TILE_UNPUBLISHED = 0 };

/* 1 for the best group, and so on; the tile map has four shades. Estimates are grouped by what
 * their intervals bear: 1 above the country, 2 not to be told from it, 3 below. */
static double shade(const struct chart_order *o, const struct result_row *row)
{
	const struct survey *s = o->narrative->survey;

	if (!row || isnan(row->estimate))
		return TILE_UNPUBLISHED;
	if (canvas_estimated(o))
		return isnan(canvas_nation(o, o->year, o->item)) ? TILE_NO_GROUP
								 : 2 - canvas_side(o, row);
	for (size_t i = 0; i < s->structure.n_groups && i < 4; i++)
		if (row->group.n && span_equal(s->structure.group[i].code, row->group))
			return (double)(i + 1);
	return TILE_NO_GROUP;
}

static const char *title_of(const struct chart_order *o, const struct result_row *self)
{
	static const char *const sides[] = {"tilemap.title.under", "tilemap.title.unclear",
					    "tilemap.title.over"};

	if (!canvas_estimated(o))
		return self && self->group.n ? "tilemap.title" : "tilemap.title.none";
	return !self || isnan(self->ci_low) || isnan(canvas_nation(o, o->year, o->item))
		       ? "tilemap.title.none"
		       : sides[1 + canvas_side(o, self)];
}

/* The value, or why there is none. */
static struct text value_of(const struct chart_order *o, const struct result_row *self,
			    bool complete)
{
	const struct phrases *p = o->narrative->phrases;

	if (!self || isnan(self->estimate))
		return phrase(p, self && self->flags & FLAG_SUPPRESSED ? "word.withheld"
				 : complete                            ? "word.unpublished"
								       : "word.nodata");
	return narrative_value(o->narrative, o->year, self->estimate);
}

/* A unit that ended within the year has figures and no tile. */
static struct text unplaced(struct canvas *c, const struct result_row *row, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	const struct provinces *all = &c->order->narrative->survey->provinces;
	const long system = (long)province_count(all, c->order->year);
	struct text names = {"", 0};

	for (size_t i = 0; i < n; i++) {
		bool placed = false;

		for (size_t k = 0; k < all->n_tiles && !placed; k++)
			placed = all->tile[k].system == system &&
				 span_equal(all->tile[k].code, row[i].province);
		if (!placed)
			names = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(names),
					     names.n ? ", " : "", SPAN_ARG(row[i].province_name));
	}
	return names.n ? PHRASE_FILL(p, "tilemap.unplaced", {"names", names}) : names;
}

static void claim(struct canvas *c, const struct result_row *self)
{
	const struct chart_order *o = c->order;
	int side = canvas_estimated(o) && self ? canvas_side(o, self) : 0;

	facts_no_claim(c->facts);
	if (side)
		facts_side_claim(c->facts, self, side, canvas_nation(o, o->year, o->item));
}

static void words(struct canvas *c, const struct result_row *row, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct result_row *self = result_find(o->all, o->year, o->item, o->self->code);
	const struct item *item = canvas_item(o);
	bool grouped = self && self->group.n;
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", canvas_subject(c)},
		{"year", canvas_year(c, o->year)},
		{"group", grouped ? self->group_name[p->lang] : span_of("")},
		{"item", item->brief[p->lang]},
		{"range", canvas_range(c, item)},
		{"peers", o->peers->label[p->lang]},
		{"value", value_of(o, self, n && row[0].complete)},
		{"level", canvas_level(o)},
	};
	size_t k = sizeof fields / sizeof *fields;

	claim(c, self);
	c->chart->title = phrase_fill(p, title_of(o, self), fields, k);
	c->chart->subtitle = phrase_fill(
		p, c->order->dark ? "tilemap.subtitle.dark" : "tilemap.subtitle", fields, k);
	c->chart->caption = phrase_fill(p, "tilemap.caption", fields, k);
	c->chart->alt = phrase_fill(p, "tilemap.alt", fields, k);
	c->chart->alt = arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(c->chart->title),
				     SPAN_ARG(c->chart->alt));
	c->chart->footer = parts_join(c->arena, unplaced(c, row, n), canvas_source(c, row, n));
	if (canvas_estimated(o))
		c->chart->footer = arena_format(c->arena, "%.*s %.*s",
						SPAN_ARG(phrase_fill(p, "tilemap.rule", fields, k)),
						SPAN_ARG(c->chart->footer));
}

/* The legend stands in the sea, so many tiles wide; its labels stand behind swatches. */
#define LEGEND_TILES 2.55
#define SWATCH 2.1 /* em */

static void legend_of_sides(struct canvas *c, double tile)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct text nation =
		narrative_number(o->narrative, o->year, canvas_nation(o, o->year, o->item));
	size_t lines;

	plotfile_key(&c->plot, "scheme", span_of("sides"));
	plotfile_key(&c->plot, "legend_title",
		     plotfile_wrap(c->arena, PHRASE_FILL(p, "tilemap.legend", {"nation", nation}),
				   canvas_letters(c, c->small, true), LEGEND_TILES * tile, &lines));
	plotfile_key(&c->plot, "g1", phrase(p, "tilemap.over"));
	plotfile_key(&c->plot, "g2", phrase(p, "tilemap.unclear"));
	plotfile_key(&c->plot, "g3", phrase(p, "tilemap.under"));
	plotfile_key(&c->plot, "g0", phrase(p, "legend.withheld"));
	plotfile_key(&c->plot, "note", phrase(p, "tilemap.note"));
}

static void legend(struct canvas *c, double tile, bool complete)
{
	const struct structure *s = &c->order->narrative->survey->structure;
	const struct phrases *p = c->order->narrative->phrases;
	static const char *const keys[] = {"g1", "g2", "g3", "g4"};
	size_t lines;

	plotfile_key(&c->plot, "legend_title",
		     phrase(p, s->n_groups ? "head.group" : "head.score"));
	for (size_t i = 0; i < s->n_groups && i < 4; i++)
		plotfile_key(&c->plot, keys[i],
			     plotfile_wrap(c->arena, s->group[i].name[p->lang],
					   canvas_letters(c, c->small, false),
					   LEGEND_TILES * tile - SWATCH * c->em, &lines));
	plotfile_key(&c->plot, "g0", phrase(p, complete ? "legend.unpublished" : "legend.nodata"));
	plotfile_key(&c->plot, "note", phrase(p, "tilemap.note"));
}

static bool is_sea(struct text code)
{
	return code.n && (code.at[0] < '0' || code.at[0] > '9'); /* units have numbers for codes */
}

#define PLAIN_COLUMNS 4

static void csv_head(struct canvas *c)
{
	struct text head[] = {span_of("province"), span_of("province_name"), span_of("score"),
			      span_of("group"),    span_of("ci_low"),        span_of("ci_high"),
			      span_of("flag")};

	canvas_plain(c, head, sizeof head / sizeof *head, PLAIN_COLUMNS);
}

/* The group of an estimate is its side. */
static struct text group_of(const struct canvas *c, const struct result_row *row)
{
	static const char *const sides[] = {"below", "not_distinguishable", "above"};

	if (!canvas_estimated(c->order))
		return row ? row->group : span_of("");
	return span_of(row && !isnan(row->ci_low) ? sides[1 + canvas_side(c->order, row)] : "");
}

static void csv_row(struct canvas *c, const struct tile *tile, const struct result_row *row)
{
	struct text cells[] = {tile->code,
			       row ? row->province_name : tile->short_name,
			       number_exact(c->arena, row ? row->estimate : NAN),
			       group_of(c, row),
			       number_exact(c->arena, row ? row->ci_low : NAN),
			       number_exact(c->arena, row ? row->ci_high : NAN),
			       result_flags(c->arena, row ? row->flags : 0)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

/* The size of the names, in points: the short ones have room in a tile between the frames of a
 * peer, if that leaves them readable. */
static double name_size(const struct canvas *c, long system, double width)
{
	const struct provinces *all = &c->order->narrative->survey->provinces;
	double size = c->order->report ? NAME_REPORT : NAME_WEB, widest = 0;

	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == system && !is_sea(all->tile[i].code))
			widest = fmax(widest, typeface_width(c->order->face,
							     all->tile[i].short_name, false));
	return fmax(NAME_LEAST, fmin(size, (width - 2 * FRAME) / (widest * MM_PER_POINT)));
}

/* A tile map while it is drawn. */
struct tiles {
	struct canvas *canvas;
	double width;  /* of a tile, mm */
	double points; /* size of the names */
};

/* The unit's name where the tile has room for it, else the short one. */
static struct text tile_name(const struct tiles *t, const struct tile *tile,
			     const struct result_row *row)
{
	if (row &&
	    t->points * MM_PER_POINT *
			    typeface_width(t->canvas->order->face, row->province_name, false) <=
		    t->width - 2 * FRAME)
		return row->province_name;
	return tile->short_name;
}

static void one_tile(struct tiles *t, const struct tile *tile, const struct result_row *row)
{
	struct canvas *c = t->canvas;
	const struct chart_order *o = c->order;
	double group = shade(o, row);
	struct text value = row && !isnan(row->estimate) ? number_shown(c->arena, row->estimate, 1,
									o->narrative->phrases->lang)
							 : span_of("–");
	plotfile_number(&c->plot, (double)tile->column);
	plotfile_number(&c->plot, (double)tile->row);
	plotfile_number(&c->plot, is_sea(tile->code) ? TILE_ARCHIPELAGO : group);
	plotfile_number(&c->plot, canvas_role(o, tile->code));
	if (is_sea(tile->code)) {
		plotfile_text(&c->plot,
			      PHRASE_FILL(o->narrative->phrases, "tilemap.archipelago",
					  {"name", tile->short_name}, {"break", span_of("\n")}));
		plotfile_text(&c->plot, span_of(""));
		return;
	}
	facts_unit(c->facts, tile->code);
	if (row)
		facts_count(c->facts, row);
	plotfile_text(&c->plot, tile_name(t, tile, row));
	plotfile_text(&c->plot, value);
	csv_row(c, tile, row);
}

static void extent(const struct provinces *all, long system, double *rows, double *columns)
{
	*rows = *columns = 0;
	for (size_t i = 0; i < all->n_tiles; i++) {
		const struct tile *t = &all->tile[i];

		if (t->system != system)
			continue;
		*rows = fmax(*rows, (double)t->row + 1);
		*columns = fmax(*columns, (double)t->column + 1);
	}
}

bool chart_tilemap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	const struct provinces *all = &o->narrative->survey->provinces;
	long system = (long)province_count(all, o->year);
	double rows, columns, width = o->report ? 160 : 185;
	size_t n;
	const struct result_row *row = result_group(o->all, o->year, o->item, &n);
	struct canvas c;

	if (all->own)
		return diag_fail(why, DIAG_DATA,
				 "the units of %.*s are no provinces and have no place on the map; "
				 "the charts rank and heatmap show them",
				 SPAN_ARG(o->narrative->survey->name));
	extent(all, system, &rows, &columns);
	if (rows == 0)
		return diag_fail(why, DIAG_DATA, "tiles.csv has no layout for the %ld units of %ld",
				 system, o->year);
	if (!canvas_open(a, o, out, &c, why))
		return false;
	out->facts.map = true;
	words(&c, row, n);
	struct tiles t = {.canvas = &c, .width = (width - (o->report ? 1 : 7)) / columns};

	t.points = name_size(&c, system, t.width);
	canvas_page(&c, width, c.line + rows * t.width / TILE_RATIO);
	plotfile_key_number(&c.plot, "name_pt", number_round(t.points, 2));
	if (canvas_estimated(o))
		legend_of_sides(&c, t.width);
	else
		legend(&c, t.width, row && row[0].complete);
	csv_head(&c);
	plotfile_block(&c.plot, "tiles", 6);
	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == system)
			one_tile(&t, &all->tile[i],
				 result_find(o->all, o->year, o->item, all->tile[i].code));
	return canvas_close(&c, why);
}
