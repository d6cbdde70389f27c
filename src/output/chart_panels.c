/* Every item over the years, a cell each, on one axis. Where the items' ranges differ, or one
 * item's from era to era, all are drawn in percent of the range they had that year. */
#include "output/chart_cells.h"
#include "output/chart_key.h"

#include <math.h>

#define MOST 30
#define TALLEST 232.0 /* of all cells together, mm, in a document */

struct panels {
	struct canvas *canvas;
	struct items items;
	struct cells cells;
	struct key key;
	size_t columns, rows;
	bool low; /* cells without room for more than a few labels */
	struct axis axis;
	double top;                /* of the axis: not far above what is drawn */
	struct text *last, *title; /* of each cell: words at the end of its line, and above it */
	size_t title_lines;
	double left, cell, plot; /* mm: before the cells, of a cell, of the years in it */
};

static double page_width(const struct panels *p)
{
	return p->canvas->order->report ? 160 : 220;
}

static double cell_height(const struct panels *p)
{
	bool report = p->canvas->order->report;
	double wanted = p->rows == 1 ? (report ? 52 : 62) : (report ? 38 : 45);

	return report ? fmin(wanted, TALLEST / (double)p->rows) : wanted;
}

static struct text axis_label(const struct panels *p, double x)
{
	struct canvas *c = p->canvas;

	return arena_format(c->arena, "%.*s%s",
			    SPAN_ARG(number_shown(c->arena, x, p->axis.decimals,
						  c->order->narrative->phrases->lang)),
			    p->cells.common ? "" : "%");
}

/* As few rows as it takes, all but the last full or nearly so. */
static void find_grid(struct panels *p)
{
	size_t most = p->canvas->order->report ? 3 : 4;

	p->rows = (p->cells.n + most - 1) / most;
	p->columns = (p->cells.n + p->rows - 1) / p->rows;
	p->low = p->canvas->order->report && p->rows > 6;
}

static void find_axis(struct panels *p)
{
	double least, greatest;

	cells_spread(&p->cells, &least, &greatest);
	p->axis = axis_for(least, greatest, p->low ? 2 : 4);
	p->top = fmin(p->axis.high, greatest + p->axis.step / 4);
}

/* The axis stands left of the cells, the last value at the right in each. */
static void find_widths(struct panels *p)
{
	const struct canvas *c = p->canvas;
	double border = c->order->report ? 0.5 : 3.5, tics = 0,
	       value = canvas_width(c, canvas_year(c, c->order->year), c->small, false);

	for (double y = p->axis.low; y <= p->top; y += p->axis.step)
		tics = fmax(tics, canvas_width(c, axis_label(p, y), c->small, false));
	for (size_t k = 0; k < p->cells.n; k++)
		value = fmax(value, canvas_width(c, p->last[k], c->small, true));
	p->left = border + tics + 0.9 * c->em;
	p->cell = (page_width(p) - border - p->left) / (double)p->columns;
	p->plot = p->cell - value - 1.9 * c->em;
}

/* The first and the last year are labelled, and between them as many as there is room for. */
static void years_axis(struct panels *p)
{
	const struct steps *steps = &p->cells.at[0].raw.steps;
	struct plotfile *f = &p->canvas->plot;
	const struct canvas *c = p->canvas;
	double span = (double)(steps->year[steps->n - 1] - steps->year[0]),
	       label = canvas_width(c, canvas_year(c, steps->year[0]), c->small, false) + c->em,
	       apart = label * span / (p->plot - 0.8 * c->em); /* years that a label needs */
	size_t pieces = steps->n - 1;

	for (bool tight = true; tight && pieces > 1; pieces -= tight ? 1 : 0) {
		tight = false;
		for (size_t k = 0; k < pieces; k++) {
			size_t from = k * (steps->n - 1) / pieces,
			       to = (k + 1) * (steps->n - 1) / pieces;

			tight |= (double)(steps->year[to] - steps->year[from]) < apart;
		}
	}
	plotfile_block(f, "xtics", 2);
	for (size_t k = 0; k <= pieces; k++) {
		long year = steps->year[pieces ? k * (steps->n - 1) / pieces : 0];

		plotfile_number(f, (double)year);
		plotfile_text(f, canvas_year(p->canvas, year));
	}
}

static void values_axis(struct panels *p)
{
	size_t n = (size_t)((p->axis.high - p->axis.low) / p->axis.step + 0.5);

	plotfile_block(&p->canvas->plot, "ytics", 2);
	for (size_t i = 0; i <= n; i++) {
		double x = number_round(p->axis.low + (double)i * p->axis.step, p->axis.decimals);

		if (x > p->top)
			continue;
		plotfile_number(&p->canvas->plot, x);
		plotfile_text(&p->canvas->plot, axis_label(p, x));
	}
}

/* Wholes among their parts stand out, or all when there are none. */
static bool is_bold(const struct cell *cell)
{
	return cell->entry->level < 2;
}

static void find_titles(struct panels *p)
{
	struct canvas *c = p->canvas;

	p->title = arena_new(c->arena, p->cells.n, sizeof *p->title);
	for (size_t k = 0; k < p->cells.n; k++) {
		const struct cell *cell = &p->cells.at[k];
		size_t lines, all = 1; /* a name may have breaks of its own */

		p->title[k] =
			plotfile_wrap(c->arena, parts_item_label(c, cell->entry->item),
				      canvas_letters(c, 1, is_bold(cell)), p->cell - c->em, &lines);
		for (size_t i = 0; i < p->title[k].n; i++)
			all += p->title[k].at[i] == '\n';
		p->title_lines = all > p->title_lines ? all : p->title_lines;
	}
}

static void titles(struct panels *p)
{
	plotfile_block(&p->canvas->plot, "titles", 3);
	for (size_t k = 0; k < p->cells.n; k++) {
		plotfile_number(&p->canvas->plot, (double)(k + 1));
		plotfile_text(&p->canvas->plot, p->title[k]);
		plotfile_number(&p->canvas->plot, is_bold(&p->cells.at[k]));
	}
}

/* "5,45"; on ranges of their own "8,35", and below it "(84%)". */
static struct text value_words(const struct panels *p, const struct cell *cell, size_t i,
			       bool dated)
{
	const struct narrative *w = p->canvas->order->narrative;
	struct arena *a = p->canvas->arena;
	long year = cell->raw.steps.year[i];
	struct text value = narrative_number(w, year, cell->raw.line[0].value[i]), more = {"", 0};

	if (!p->cells.common)
		more = arena_format(a, "%.*s%%",
				    SPAN_ARG(number_shown(a, cell->drawn.line[0].value[i], 0,
							  w->phrases->lang)));
	if (dated)
		more = arena_format(a, "%.*s%s%ld", SPAN_ARG(more), more.n ? "; " : "", year);
	return more.n ? arena_format(a, "%.*s\n(%.*s)", SPAN_ARG(value), SPAN_ARG(more)) : value;
}

/* The cell's last year with a value, and one more; 0 when there is none. */
static size_t last_year(const struct cell *cell)
{
	size_t last = cell->drawn.steps.n;

	while (last && isnan(cell->drawn.line[0].value[last - 1]))
		last--;
	return last;
}

/* The last value; when there is none this year, that, and the last that there was. */
static struct text last_words(const struct panels *p, const struct cell *cell)
{
	size_t last = last_year(cell);
	struct text shown = items_shown(p->canvas, cell->entry);

	if (last == cell->drawn.steps.n)
		return value_words(p, cell, last - 1, false);
	if (last == 0)
		return shown;
	return arena_format(p->canvas->arena, "%.*s\n%.*s", SPAN_ARG(shown),
			    SPAN_ARG(value_words(p, cell, last - 1, true)));
}

static void find_last(struct panels *p)
{
	p->last = arena_new(p->canvas->arena, p->cells.n, sizeof *p->last);
	for (size_t k = 0; k < p->cells.n; k++)
		p->last[k] = last_words(p, &p->cells.at[k]);
}

static void ends(struct panels *p)
{
	struct plotfile *f = &p->canvas->plot;

	plotfile_block(f, "ends", 4);
	for (size_t k = 0; k < p->cells.n; k++) {
		const struct series *s = &p->cells.at[k].drawn;
		size_t last = last_year(&p->cells.at[k]);

		plotfile_number(f, (double)(k + 1));
		plotfile_number(f, (double)s->steps.year[(last ? last : s->steps.n) - 1]);
		plotfile_number(f, last ? s->line[0].value[last - 1] : NAN);
		plotfile_text(f, p->last[k]);
	}
}

static void breaks(struct panels *p)
{
	struct plotfile *f = &p->canvas->plot;

	plotfile_block(f, "breaks", 2);
	for (size_t k = 0; k < p->cells.n; k++) {
		const struct series *s = &p->cells.at[k].drawn;

		for (size_t i = 0; i + 1 < s->steps.n; i++) {
			if (s->steps.verdict[i] != VERDICT_NO || !series_parted(s, i))
				continue;
			plotfile_number(f, (double)s->cell);
			plotfile_number(f, 0.5 * (double)(s->steps.year[i] + s->steps.year[i + 1]));
		}
	}
}

/* What every cell has of one kind, in one block. */
static void each(struct panels *p, const char *block, size_t columns,
		 void (*write)(const struct series *))
{
	plotfile_block(&p->canvas->plot, block, columns);
	for (size_t k = 0; k < p->cells.n; k++)
		write(&p->cells.at[k].drawn);
}

static void middle(const struct series *s)
{
	if (series_middle(s))
		series_segments(s, series_middle(s), 2);
}

static void own_line(const struct series *s)
{
	series_segments(s, &s->line[0], 4);
}

static bool any_told(const struct panels *p, enum verdict verdict)
{
	for (size_t k = 0; k < p->cells.n; k++)
		for (size_t i = 0; i + 1 < p->cells.at[k].drawn.steps.n; i++)
			if (cells_told(&p->cells.at[k].drawn, i, verdict))
				return true;
	return false;
}

/* Does anything of the province have an interval? */
static bool any_interval(const struct panels *p)
{
	for (size_t k = 0; k < p->cells.n; k++) {
		const struct series *s = &p->cells.at[k].drawn;

		for (size_t i = 0; i < s->steps.n && s->line[0].low; i++)
			if (!isnan(s->line[0].low[i]))
				return true;
	}
	return false;
}

static bool any_middle(const struct panels *p)
{
	for (size_t k = 0; k < p->cells.n; k++)
		if (p->cells.at[k].drawn.has_middle)
			return true;
	return false;
}

/* 1 the province, 2 the middle, 3 the middle half, 4 intervals, 5 dashes, 6 breaks. */
static void find_key(struct panels *p)
{
	const struct canvas *c = p->canvas;
	const struct phrases *words = c->order->narrative->phrases;
	bool errors = canvas_estimated(c->order);

	key_open(c, &p->key, page_width(p));
	key_add(c, &p->key, 1, c->order->self->name);
	if (any_middle(p))
		key_add(c, &p->key, 2, phrase(words, errors ? "items.nation" : "items.national"));
	if (any_middle(p) && !errors)
		key_add(c, &p->key, 3, phrase(words, "panels.half"));
	if (any_interval(p))
		key_add(c, &p->key, 4,
			PHRASE_FILL(words, "panels.interval", {"level", canvas_level(c->order)}));
	if (any_told(p, VERDICT_WARN))
		key_add(c, &p->key, 5, phrase(words, "panels.care"));
	if (any_told(p, VERDICT_NO))
		key_add(c, &p->key, 6, phrase(words, "trend.break"));
}

static struct text years_words(const struct panels *p)
{
	const struct steps *steps = &p->cells.at[0].drawn.steps;

	if (steps->n == 1)
		return canvas_year(p->canvas, steps->year[0]);
	return arena_format(p->canvas->arena, "%ld–%ld", steps->year[0], steps->year[steps->n - 1]);
}

/* " 5,14 (2011)"; of an estimate with its interval: " 35,06 (2021; 28,25–42,53)". */
static struct text dated(const struct series *s, size_t i)
{
	const struct narrative *w = s->canvas->order->narrative;
	const struct line *own = &s->line[0];
	long year = s->steps.year[i];
	struct text range = own->low ? narrative_range(w, year, own->low[i], own->high[i])
				     : (struct text){"", 0};

	return arena_format(s->canvas->arena, " %.*s (%ld%s%.*s)",
			    SPAN_ARG(narrative_number(w, year, own->value[i])), year,
			    range.n ? "; " : "", SPAN_ARG(range));
}

/* An item's first and last value, the last beside the reference; "" without values. */
static struct text told(const struct cell *cell)
{
	const struct series *s = &cell->raw;
	const struct narrative *w = s->canvas->order->narrative;
	const double *x = s->line[0].value;
	const char *against = canvas_estimated(s->canvas->order) ? "items.against.nation"
								 : "items.against.median";
	size_t first = 0, last = s->steps.n;
	struct text all = {"", 0};

	while (first < s->steps.n && isnan(x[first]))
		first++;
	while (last && isnan(x[last - 1]))
		last--;
	if (last == 0)
		return all;
	if (first + 1 < last)
		all = arena_format(s->canvas->arena, "%.*s,", SPAN_ARG(dated(s, first)));
	all = arena_format(s->canvas->arena, "%.*s. %.*s:%.*s%.*s", SPAN_ARG(s->item),
			   SPAN_ARG(cell->entry->item->name[w->phrases->lang]), SPAN_ARG(all),
			   SPAN_ARG(dated(s, last - 1)));
	if (last < s->steps.n || isnan(cell->entry->reference))
		return all;
	return arena_format(
		s->canvas->arena, "%.*s%.*s", SPAN_ARG(all),
		SPAN_ARG(PHRASE_FILL(w->phrases, against,
				     {"value", narrative_number(w, s->steps.year[last - 1],
								cell->entry->reference)})));
}

static struct text alt(const struct panels *p, struct text reasons)
{
	struct canvas *c = p->canvas;
	struct text list = {"", 0};

	for (size_t k = 0; k < p->cells.n; k++) {
		struct text one = told(&p->cells.at[k]);

		list = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(list),
				    list.n && one.n ? "; " : "", SPAN_ARG(one));
	}
	return parts_join(c->arena,
			  PHRASE_FILL(c->order->narrative->phrases,
				      list.n ? "heatmap.alt" : "chart.alt.none",
				      {"title", c->chart->title}, {"subtitle", c->chart->subtitle},
				      {"list", list}),
			  reasons);
}

static struct text scale_words(const struct panels *p)
{
	const struct phrases *words = p->canvas->order->narrative->phrases;
	const struct item range = {.min = p->cells.min, .max = p->cells.max};

	if (!p->cells.common)
		return phrase(words, "panels.percent");
	return PHRASE_FILL(words, "strip.scale", {"range", canvas_range(p->canvas, &range)});
}

static void say(struct panels *p)
{
	struct canvas *c = p->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *words = o->narrative->phrases;
	struct text why = cells_reasons(c, &p->cells), note = why;
	struct field fields[] = {{"province", o->self->name},
				 {"survey", o->narrative->survey->name},
				 {"years", years_words(p)},
				 {"scale", scale_words(p)}};
	size_t n = sizeof fields / sizeof *fields;

	c->chart->title = items_title(c, &p->items);
	c->chart->subtitle = phrase_fill(words, "panels.subtitle", fields, n);
	c->chart->caption = phrase_fill(words, "panels.caption", fields, n);
	if (p->cells.unplaced.n)
		note = parts_join(
			c->arena, note,
			PHRASE_FILL(words, "strip.unranged", {"codes", p->cells.unplaced}));
	items_footer(c, &p->items, note);
	items_hidden(c, &p->items);
	c->chart->alt = alt(p, why);
}

static void blocks(struct panels *p)
{
	each(p, "band", 4, series_band);
	each(p, "boxes", 4, series_boxes);
	each(p, "middle", 3, middle);
	each(p, "unit", 5, own_line);
	each(p, "whiskers", 4, series_whiskers);
	each(p, "dash", 4, series_dashes);
	each(p, "points", 4, series_points);
}

static void draw(struct panels *p)
{
	struct canvas *c = p->canvas;
	const struct steps *steps = &p->cells.at[0].raw.steps;
	double aside = steps->n == 1 ? 0.5 : 0;

	find_grid(p);
	find_axis(p);
	find_last(p);
	find_widths(p);
	find_titles(p);
	find_key(p);
	say(p);
	canvas_page(c, page_width(p), key_height(c, &p->key) + (double)p->rows * cell_height(p));
	plotfile_key_number(&c->plot, "left", p->left / page_width(p));
	plotfile_key_number(&c->plot, "columns", (double)p->columns);
	plotfile_key(&c->plot, "years", span_of(p->low ? "last" : "every"));
	plotfile_key_number(&c->plot, "xmin", (double)steps->year[0] - aside);
	plotfile_key_number(&c->plot, "xmax", (double)steps->year[steps->n - 1] + aside);
	plotfile_key_number(&c->plot, "ymin", p->axis.low);
	plotfile_key_number(&c->plot, "ymax", p->top);
	plotfile_key_number(&c->plot, "plot_mm", p->plot);
	plotfile_key_number(&c->plot, "title_lines", (double)p->title_lines);
	key_write(c, &p->key);
	titles(p);
	years_axis(p);
	values_axis(p);
	blocks(p);
	ends(p);
	breaks(p);
	for (size_t k = 0; k < p->cells.n; k++)
		series_tips(&p->cells.at[k].raw, &p->cells.at[k].drawn,
			    parts_item_label(c, p->cells.at[k].entry->item));
	canvas_name(c, c->order->self->code, c->order->self->name);
	cells_csv(c, &p->cells);
}

static bool enough(struct panels *p, struct diag *why)
{
	const struct chart_order *o = p->canvas->order;

	if (p->cells.n == 0)
		return diag_fail(why, DIAG_DATA,
				 "no item up to %ld has values and a known range to draw", o->year);
	if (p->cells.n <= MOST)
		return true;
	diag_fail(why, DIAG_DATA, "panels show at most %d items; \"%.*s\" of %ld has %zu", MOST,
		  SPAN_ARG(o->item), o->year, p->cells.n);
	return diag_hint(why, "the chart heatmap shows more; or name one of the items with --item");
}

bool chart_panels(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct panels p = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = items_find(&c, &p.items, why);

	if (ok) {
		cells_find(&c, &p.items, &p.cells);
		ok = enough(&p, why);
	}
	if (ok)
		draw(&p);
	canvas_close(&c);
	return ok;
}
