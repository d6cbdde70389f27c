#include "output/chart_area.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define LEGEND_LETTERS 22

double area_class(const struct chart_order *o, const struct result_row *row)
{
	const struct survey *s = o->narrative->survey;

	if (!row || isnan(row->estimate))
		return AREA_MISSING;
	if (canvas_estimated(o))
		return isnan(canvas_nation(o, o->year, o->item)) ? AREA_UNGROUPED
								 : 2 - canvas_side(o, row);
	for (size_t i = 0; i < s->structure.n_groups && i < 4; i++)
		if (row->group.n && span_equal(s->structure.group[i].code, row->group))
			return (double)(i + 1);
	return AREA_UNGROUPED;
}

struct text area_group(const struct canvas *c, const struct result_row *row)
{
	static const char *const sides[] = {"below", "not_distinguishable", "above"};

	if (!canvas_estimated(c->order))
		return row ? row->group : span_of("");
	return span_of(row && !isnan(row->ci_low) ? sides[1 + canvas_side(c->order, row)] : "");
}

/* ---- words --------------------------------------------------------------------------------- */

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

static struct text fill(const struct canvas *c, const char *kind, const char *what,
			const struct area_fields *f)
{
	return phrase_fill(c->order->narrative->phrases,
			   arena_format(c->arena, "%s.%s", kind, what).at, f->at, f->n);
}

void area_words(struct canvas *c, const char *kind, const struct area_fields *f,
		const struct result_row *rows, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct result_row *self = result_find(o->all, o->year, o->item, o->self->code);

	c->chart->title = phrase_fill(p, title_of(o, self), f->at, f->n);
	c->chart->subtitle = fill(c, kind, o->dark ? "subtitle.dark" : "subtitle", f);
	c->chart->caption = fill(c, kind, "caption", f);
	c->chart->alt = arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(c->chart->title),
				     SPAN_ARG(fill(c, kind, "alt", f)));
	c->chart->footer = canvas_source(c, rows, n);
	if (canvas_estimated(o))
		c->chart->footer = parts_join(c->arena, phrase_fill(p, "tilemap.rule", f->at, f->n),
					      c->chart->footer);
}

/* ---- legend -------------------------------------------------------------------------------- */

static size_t longest_line(struct text s)
{
	struct text line;
	size_t most = 0;

	while (span_split(&s, '\n', &line))
		if (text_length(line) > most)
			most = text_length(line);
	return most;
}

void area_entry(const struct canvas *c, struct area_legend *legend, const char *key,
		struct text words)
{
	size_t lines, letters;

	words = plotfile_wrap(c->arena, words, LEGEND_LETTERS, &lines);
	letters = longest_line(words);
	legend->letters = letters > legend->letters ? letters : legend->letters;
	legend->lines += strcmp(key, "legend_title") == 0 /* as in plots/classes.gp */
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

struct area_legend area_legend(const struct canvas *c, bool complete)
{
	static const char *const keys[] = {"g1", "g2", "g3", "g4"};
	const struct structure *s = &c->order->narrative->survey->structure;
	const struct phrases *p = c->order->narrative->phrases;
	struct area_legend legend = {0};

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

bool area_layout(const struct chart_order *o, double *rows, double *columns, struct diag *why)
{
	const struct provinces *all = &o->narrative->survey->provinces;
	long system = (long)province_count(all, o->year);

	*rows = *columns = 0;
	if (all->own)
		return diag_fail(why, DIAG_DATA,
				 "the units of %.*s are no provinces and have no place on the map; "
				 "the charts rank and heatmap show them",
				 SPAN_ARG(o->narrative->survey->name));
	for (size_t i = 0; i < all->n_tiles; i++) {
		const struct tile *t = &all->tile[i];

		if (t->system != system)
			continue;
		*rows = fmax(*rows, (double)t->row + 1);
		*columns = fmax(*columns, (double)t->column + 1);
	}
	return *rows > 0 ||
	       diag_fail(why, DIAG_DATA, "tiles.csv has no layout for the %ld units of %ld", system,
			 o->year);
}

void area_page(struct canvas *c, double rows, double columns, double ratio, size_t notes)
{
	double width = c->order->report ? 160 : 185;

	canvas_page(c, width,
		    (double)notes * c->line +
			    rows * (width - (c->order->report ? 1 : 7)) / columns / ratio);
}

void area_tile(struct canvas *c, const struct tile *tile, double class, struct text value,
	       struct text second)
{
	const struct phrases *p = c->order->narrative->phrases;
	bool sea = tile_at_sea(tile);

	plotfile_number(&c->plot, (double)tile->column);
	plotfile_number(&c->plot, (double)tile->row);
	plotfile_number(&c->plot, sea ? AREA_SEA : class);
	plotfile_number(&c->plot, canvas_role(c->order, tile->code));
	plotfile_text(&c->plot,
		      sea ? PHRASE_FILL(p, "tilemap.archipelago", {"name", tile->short_name},
					{"break", span_of("\n")})
			  : tile->short_name);
	plotfile_text(&c->plot, sea ? span_of("") : value);
	plotfile_text(&c->plot, sea ? span_of("") : second);
}
