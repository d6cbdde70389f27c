#include "output/chart_area.h"

#include <math.h>

#define TILE_RATIO 1.4 /* width to height */

#define PLAIN_COLUMNS 4

static void csv_head(struct canvas *c)
{
	struct text head[] = {span_of("province"), span_of("province_name"), span_of("score"),
			      span_of("group"),    span_of("ci_low"),        span_of("ci_high"),
			      span_of("flag")};

	canvas_plain(c, head, sizeof head / sizeof *head, PLAIN_COLUMNS);
}

static void csv_row(struct canvas *c, const struct tile *tile, const struct result_row *row)
{
	struct text cells[] = {tile->code,
			       row ? row->province_name : tile->short_name,
			       number_exact(c->arena, row ? row->estimate : NAN),
			       area_group(c, row),
			       number_exact(c->arena, row ? row->ci_low : NAN),
			       number_exact(c->arena, row ? row->ci_high : NAN),
			       result_flags(c->arena, row ? row->flags : 0)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static void one_tile(struct canvas *c, const struct area_tiles *t, const struct tile *tile)
{
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, tile->code);
	struct area_cell cell = {area_class(c, row), span_of("–"), span_of(""), area_said(c, row)};

	if (row && !isnan(row->estimate))
		cell.value = number_shown(c->arena, row->estimate, 1, o->narrative->phrases->lang);
	area_tile(c, t, tile, &cell);
	if (row)
		facts_count(c->facts, row);
	if (!tile_at_sea(tile))
		csv_row(c, tile, row);
}

bool chart_tilemap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	static const struct area_phrases keys = {"tilemap.subtitle", "tilemap.subtitle.dark",
						 "tilemap.caption", "tilemap.alt"};
	const struct provinces *all = &o->narrative->survey->provinces;
	struct area_tiles t;
	size_t n;
	const struct result_row *row = result_group(o->all, o->year, o->item, &n);
	struct area_fields fields;
	struct area_legend legend;
	struct canvas c;

	if (!area_layout(o, &t, why))
		return false;
	area_open(a, o, out, &c);
	fields = area_fields(&c, row, n);
	area_words(&c, &keys, &fields, row, n);
	area_page(&c, &t, TILE_RATIO);
	legend = area_legend(&c, area_legend_room(&t), n && row[0].complete);
	if (canvas_estimated(o))
		plotfile_key(&c.plot, "scheme", span_of("sides"));
	area_legend_keys(&c, &legend);
	plotfile_key(&c.plot, "note", phrase(o->narrative->phrases, "tilemap.note"));
	csv_head(&c);
	plotfile_block(&c.plot, "tiles", 7);
	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == t.system)
			one_tile(&c, &t, &all->tile[i]);
	canvas_close(&c);
	return true;
}
