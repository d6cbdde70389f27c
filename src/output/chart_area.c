#include "output/chart_area.h"

#include "analysis/against.h"
#include "output/chart_tips.h"

#include <math.h>
#include <string.h>

void area_open(struct arena *a, const struct chart_order *o, struct chart *out, struct canvas *c)
{
	struct result *against;

	canvas_open(a, o, out, c);
	out->facts.map = true;
	if (canvas_estimated(o)) {
		against = arena_new(a, 1, sizeof *against);
		against_units(a, o->all, o->national, o->year, o->item, against);
		c->against = against;
	}
}

/* Of estimates: 1 above the country, -1 below, 0 not to be told from it. */
static int side_of(const struct canvas *c, const struct result_row *row)
{
	return c->against ? against_side(c->against, row->item, row->province) : 0;
}

double area_class(const struct canvas *c, const struct result_row *row)
{
	const struct chart_order *o = c->order;
	const struct survey *s = o->narrative->survey;

	if (!row || isnan(row->estimate))
		return AREA_MISSING;
	if (canvas_estimated(o))
		return isnan(canvas_nation(o, o->year, o->item)) ? AREA_UNGROUPED
								 : 2 - side_of(c, row);
	for (size_t i = 0; i < s->structure.n_groups && i < 4; i++)
		if (row->group.n && span_equal(s->structure.group[i].code, row->group))
			return (double)(i + 1);
	return AREA_UNGROUPED;
}

struct text area_group(const struct canvas *c, const struct result_row *row)
{
	static const char *const groups[] = {"below", "not_distinguishable", "above"};

	if (!canvas_estimated(c->order))
		return row ? row->group : span_of("");
	return span_of(row && !isnan(row->ci_low) ? groups[1 + side_of(c, row)] : "");
}

/* ---- words --------------------------------------------------------------------------------- */

static const char *title_of(const struct canvas *c, const struct result_row *self)
{
	const struct chart_order *o = c->order;
	static const char *const titles[] = {"tilemap.title.under", "tilemap.title.unclear",
					     "tilemap.title.over"};

	if (!canvas_estimated(o))
		return self && self->group.n ? "tilemap.title" : "tilemap.title.none";
	return !self || isnan(self->ci_low) || isnan(canvas_nation(o, o->year, o->item))
		       ? "tilemap.title.none"
		       : titles[1 + side_of(c, self)];
}

struct text area_value(const struct chart_order *o, const struct result_row *row, bool complete)
{
	const struct phrases *p = o->narrative->phrases;

	if (!row || isnan(row->estimate))
		return phrase(p, row && row->flags & FLAG_SUPPRESSED ? "word.withheld"
				 : complete                          ? "word.unpublished"
								     : "word.nodata");
	return narrative_value(o->narrative, o->year, row->estimate);
}

struct area_fields area_fields(struct canvas *c, const struct result_row *rows, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct result_row *self = result_find(o->all, o->year, o->item, o->self->code);
	const struct item *item = canvas_item(o);
	bool grouped = self && self->group.n;

	return (struct area_fields){9,
				    {{"province", o->self->name},
				     {"survey", canvas_subject(c)},
				     {"year", canvas_year(c, o->year)},
				     {"group", grouped ? self->group_name[p->lang] : span_of("")},
				     {"item", item->brief[p->lang]},
				     {"range", canvas_range(c, item)},
				     {"peers", o->peers->label[p->lang]},
				     {"value", area_value(o, self, n && rows[0].complete)},
				     {"level", canvas_level(o)}}};
}

struct text area_unplaced(const struct canvas *c, const struct result_row *rows, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	const struct provinces *all = &c->order->narrative->survey->provinces;
	struct text names = {"", 0};

	for (size_t i = 0; i < n; i++) {
		bool stands = false;

		for (size_t k = 0; k < all->n && !stands; k++)
			stands = span_equal(all->at[k].code, rows[i].province) &&
				 province_stands(&all->at[k], c->order->year);
		if (!stands)
			names = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(names),
					     names.n ? ", " : "", SPAN_ARG(rows[i].province_name));
	}
	return names.n ? PHRASE_FILL(p, "tilemap.unplaced", {"names", names}) : names;
}

static void claim(struct canvas *c, const struct result_row *self)
{
	int side = self ? side_of(c, self) : 0;

	facts_no_claim(c->facts);
	if (side)
		facts_side_claim(c->facts, self, side,
				 canvas_nation(c->order, c->order->year, c->order->item));
}

void area_words(struct canvas *c, const struct area_phrases *keys, const struct area_fields *f,
		const struct result_row *rows, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct result_row *self = result_find(o->all, o->year, o->item, o->self->code);

	claim(c, self);
	c->chart->title = phrase_fill(p, title_of(c, self), f->at, f->n);
	c->chart->subtitle = phrase_fill(p, o->dark ? keys->dark : keys->subtitle, f->at, f->n);
	c->chart->caption = phrase_fill(p, keys->caption, f->at, f->n);
	c->chart->alt = arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(c->chart->title),
				     SPAN_ARG(phrase_fill(p, keys->alt, f->at, f->n)));
	parts_footer(c,
		     parts_join(c->arena, area_unplaced(c, rows, n),
				c->against ? parts_against(c, c->against) : span_of("")),
		     self, rows, n);
}

/* ---- legend -------------------------------------------------------------------------------- */

#define SWATCH 2.1 /* em that the label of an entry stands behind its swatch */

void area_entry(const struct canvas *c, struct area_legend *legend, const char *key,
		struct text words)
{
	bool title = strcmp(key, "legend_title") == 0;
	double before = title ? 0 : SWATCH * c->em;
	size_t lines;

	words = plotfile_wrap(c->arena, words, canvas_letters(c, c->small, title),
			      legend->most - before, &lines);
	legend->width = fmax(legend->width, before + canvas_width(c, words, c->small, title));
	legend->lines += title /* as in plots/classes.gp */
				 ? (double)lines + 0.15
				 : 1.2 * (1 + 0.75 * ((double)lines - 1));
	legend->key[legend->n] = key;
	legend->words[legend->n++] = words;
}

static void sides(const struct canvas *c, struct area_legend *legend)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct text nation =
		narrative_number(o->narrative, o->year, canvas_nation(o, o->year, o->item));

	area_entry(c, legend, "legend_title", PHRASE_FILL(p, "tilemap.legend", {"nation", nation}));
	area_entry(c, legend, "g1", phrase(p, "tilemap.over"));
	area_entry(c, legend, "g2", phrase(p, "tilemap.unclear"));
	area_entry(c, legend, "g3", phrase(p, "tilemap.under"));
	area_entry(c, legend, "g0", phrase(p, "legend.withheld"));
}

struct area_legend area_legend(const struct canvas *c, double most, bool complete)
{
	static const char *const keys[] = {"g1", "g2", "g3", "g4"};
	const struct structure *s = &c->order->narrative->survey->structure;
	const struct phrases *p = c->order->narrative->phrases;
	struct area_legend legend = {.most = most};

	if (canvas_estimated(c->order)) {
		sides(c, &legend);
		return legend;
	}
	area_entry(c, &legend, "legend_title",
		   phrase(p, s->n_groups ? "head.group" : "head.score"));
	for (size_t i = 0; i < s->n_groups && i < 4; i++)
		area_entry(c, &legend, keys[i], s->group[i].name[p->lang]);
	area_entry(c, &legend, "g0", phrase(p, complete ? "legend.unpublished" : "legend.nodata"));
	return legend;
}

void area_legend_keys(struct canvas *c, const struct area_legend *legend)
{
	for (size_t i = 0; i < legend->n; i++)
		plotfile_key(&c->plot, legend->key[i], legend->words[i]);
}

/* ---- tiles --------------------------------------------------------------------------------- */

#define NAME_WEB 7.6 /* size of the names in tiles, in points */
#define NAME_REPORT 8.0
#define NAME_LEAST 7.0
#define FRAME 1.2 /* mm of a tile that its frames take on either side */
#define LEGEND_TILES 2.55

/* The size of the names, in points: the short ones have room in a tile between the frames of a
 * peer, if that leaves them readable. */
static double name_size(const struct chart_order *o, const struct area_tiles *t)
{
	const struct provinces *all = &o->narrative->survey->provinces;
	double size = o->report ? NAME_REPORT : NAME_WEB, widest = 0;

	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == t->system && !tile_at_sea(&all->tile[i]))
			widest = fmax(widest,
				      typeface_width(o->face, all->tile[i].short_name, false));
	return fmax(NAME_LEAST, fmin(size, (t->width - 2 * FRAME) / (widest * MM_PER_POINT)));
}

bool area_layout(const struct chart_order *o, struct area_tiles *out, struct diag *why)
{
	const struct provinces *all = &o->narrative->survey->provinces;

	*out = (struct area_tiles){.system = (long)province_count(all, o->year)};
	if (all->own)
		return diag_fail(why, DIAG_DATA,
				 "the units of %.*s are no provinces and have no place on the map; "
				 "the charts rank and heatmap show them",
				 SPAN_ARG(o->narrative->survey->name));
	for (size_t i = 0; i < all->n_tiles; i++) {
		const struct tile *t = &all->tile[i];

		if (t->system != out->system)
			continue;
		out->rows = fmax(out->rows, (double)t->row + 1);
		out->columns = fmax(out->columns, (double)t->column + 1);
	}
	if (out->rows == 0)
		return diag_fail(why, DIAG_DATA, "tiles.csv has no layout for the %ld units of %ld",
				 out->system, o->year);
	out->width = (o->report ? 160 - 1 : 185 - 7) / out->columns;
	out->points = name_size(o, out);
	return true;
}

void area_page(struct canvas *c, const struct area_tiles *t, double ratio)
{
	canvas_page(c, c->order->report ? 160 : 185, c->line + t->rows * t->width / ratio);
	plotfile_key_number(&c->plot, "name_pt", number_round(t->points, 2));
}

double area_legend_room(const struct area_tiles *t)
{
	return LEGEND_TILES * t->width;
}

/* The unit's name where the tile has room for it, else the short one. */
static struct text tile_name(const struct chart_order *o, const struct area_tiles *t,
			     const struct tile *tile)
{
	const struct result_row *row = result_find(o->all, o->year, o->item, tile->code);

	if (row && t->points * MM_PER_POINT * typeface_width(o->face, row->province_name, false) <=
			   t->width - 2 * FRAME)
		return row->province_name;
	return tile->short_name;
}

static struct text archipelago(const struct canvas *c, const struct tile *tile, const char *between)
{
	return PHRASE_FILL(c->order->narrative->phrases, "tilemap.archipelago",
			   {"name", tile->short_name}, {"break", span_of(between)});
}

struct text area_said(const struct canvas *c, const struct result_row *row)
{
	return arena_format(c->arena, "%.*s%.*s", SPAN_ARG(tips_value(c, row)),
			    SPAN_ARG(tips_side(c, row, row ? side_of(c, row) : 0)));
}

/* An archipelago is lit up with the unit that it belongs to. */
static void tip(struct canvas *c, const struct tile *tile, struct text said)
{
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, tile->code);
	bool sea = tile_at_sea(tile);
	struct text name = row ? row->province_name : tile->short_name;

	canvas_tip(c, (struct tip){.x = (double)tile->column,
				   .y = (double)tile->row,
				   .width = 1,
				   .height = 1,
				   .province = sea ? tile->part_of : tile->code,
				   .item = sea ? span_of("") : o->item,
				   .words = sea ? archipelago(c, tile, " ")
						: tips_line(c, name, said)});
}

void area_tile(struct canvas *c, const struct area_tiles *t, const struct tile *tile,
	       const struct area_cell *cell)
{
	bool sea = tile_at_sea(tile);

	plotfile_number(&c->plot, (double)tile->column);
	plotfile_number(&c->plot, (double)tile->row);
	plotfile_number(&c->plot, sea ? AREA_SEA : cell->class);
	plotfile_number(&c->plot, canvas_role(c->order, tile->code));
	plotfile_text(&c->plot, sea ? archipelago(c, tile, "\n") : tile_name(c->order, t, tile));
	plotfile_text(&c->plot, sea ? span_of("") : cell->value);
	plotfile_text(&c->plot, sea ? span_of("") : cell->second);
	if (!sea) {
		facts_unit(c->facts, tile->code);
		canvas_name(c, tile->code, tile_name(c->order, t, tile));
	}
	tip(c, tile, cell->said);
}
