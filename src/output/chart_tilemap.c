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

static void csv_row(const struct area *m, const struct tile *tile, const struct result_row *row)
{
	struct canvas *c = m->canvas;
	struct text cells[] = {tile->code,
			       row ? row->province_name : tile->short_name,
			       number_exact(c->arena, row ? row->estimate : NAN),
			       area_group(m, row),
			       number_exact(c->arena, row ? row->ci_low : NAN),
			       number_exact(c->arena, row ? row->ci_high : NAN),
			       result_flags(c->arena, row ? row->flags : 0)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static void one_tile(const struct area *m, const struct area_tiles *t, const struct tile *tile)
{
	const struct chart_order *o = m->canvas->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, tile->code);
	struct tile_words words = {.class = area_class(m, row),
				   .value = span_of("–"),
				   .second = span_of(""),
				   .said = area_said(m, row)};

	if (row && !isnan(row->estimate))
		words.value = number_shown(m->canvas->arena, row->estimate, 1,
					   o->narrative->phrases->lang);
	area_tile(m->canvas, t, tile, &words);
	if (!tile_at_sea(tile))
		csv_row(m, tile, row);
}

bool chart_tilemap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	static const struct area_phrases keys = {"tilemap.subtitle", "tilemap.subtitle.dark",
						 "tilemap.caption", "tilemap.alt"};
	const struct provinces *all = &o->narrative->survey->provinces;
	struct area_tiles t;
	struct area_fields fields;
	struct area_legend legend;
	struct canvas c;

	if (!area_layout(o, &t, why) || !canvas_open(a, o, out, &c, why))
		return false;
	const struct area m = area_of(&c);

	fields = area_fields(&m);
	area_words(&m, &keys, &fields);
	area_page(&c, &t, TILE_RATIO);
	legend = area_legend(&c, area_legend_room(&t), m.complete);
	if (canvas_estimated(o))
		plotfile_key(&c.plot, "scheme", span_of("sides"));
	area_legend_keys(&c, &legend);
	plotfile_key(&c.plot, "note", phrase(o->narrative->phrases, "tilemap.note"));
	csv_head(&c);
	plotfile_block(&c.plot, "tiles", 7);
	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == t.system)
			one_tile(&m, &t, &all->tile[i]);
	return canvas_close(&c, why);
}
