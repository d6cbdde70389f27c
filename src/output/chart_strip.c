/* The field of all provinces, a row an item: a point each, the middle half, the median, and the
 * province. Items of one range share its scale; otherwise each is drawn on its own range, in
 * percent. */
#include "analysis/spread.h"
#include "output/chart_items.h"
#include "output/chart_tips.h"

#include <math.h>
#include <stdint.h>

struct strip {
	struct canvas *canvas;
	struct items items;
};

/* Where in its row a province's point stands: between -1 and 1, by its code and the item's alone
 * (FNV-1a). */
static double jitter(struct text province, struct text item)
{
	const struct text part[] = {province, item};
	uint32_t h = 2166136261u;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < part[k].n; i++)
			h = (h ^ (unsigned char)part[k].at[i]) * 16777619u;
	h ^= h >> 15;
	return (double)(h % 4096) / 2047.5 - 1;
}

static struct axis axis_over(struct strip *s)
{
	const struct chart_order *o = s->canvas->order;
	double low = INFINITY, high = -INFINITY;

	for (size_t i = 0; i < s->items.n; i++) {
		const struct entry *e = &s->items.at[i];
		size_t n;
		const struct result_row *row = result_group(o->all, o->year, e->item->code, &n);

		for (size_t k = 0; k < n; k++) {
			low = fmin(low, items_place(&s->items, e->item, row[k].estimate));
			high = fmax(high, items_place(&s->items, e->item, row[k].estimate));
		}
		if (e->self) {
			low = fmin(low, items_place(&s->items, e->item, e->self->ci_low));
			high = fmax(high, items_place(&s->items, e->item, e->self->ci_high));
		}
	}
	return axis_for(low, high, 8);
}

static void rows(struct strip *s)
{
	struct canvas *c = s->canvas;
	struct plotfile *f = &c->plot;

	plotfile_block(f, "rows", 8);
	for (size_t i = 0; i < s->items.n; i++) {
		const struct entry *e = &s->items.at[i];
		bool some = e->self != NULL;

		plotfile_number(f, (double)(i + 1));
		plotfile_number(f, items_place(&s->items, e->item, items_value(e)));
		plotfile_number(f, items_place(&s->items, e->item, some ? e->self->ci_low : NAN));
		plotfile_number(f, items_place(&s->items, e->item, some ? e->self->ci_high : NAN));
		plotfile_number(f, e->level);
		plotfile_text_as(f, canvas_fit(c, parts_item_label(c, e->item), CANVAS_NAMES),
				 canvas_level_look(e->level));
		plotfile_text(f, items_shown(c, e));
		plotfile_text(f, isnan(e->reference)
					 ? span_of("–")
					 : narrative_number(c->order->narrative, c->order->year,
							    e->reference));
	}
}

/* The middle half and the median of what is drawn. */
static void boxes(struct strip *s)
{
	struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;

	plotfile_block(&c->plot, "boxes", 4);
	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *item = s->items.at[i].item;
		struct spread all = spread_national(c->arena, o->all, o->year, item->code);

		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, items_place(&s->items, item, all.q1));
		plotfile_number(&c->plot, items_place(&s->items, item, all.median));
		plotfile_number(&c->plot, items_place(&s->items, item, all.q3));
	}
}

static void tip(struct strip *s, const struct item *item, const struct result_row *row, double y,
		double width)
{
	struct canvas *c = s->canvas;

	canvas_tip(c,
		   (struct tip){.x = items_place(&s->items, item, row->estimate),
				.y = y,
				.width = width,
				.province = row->province,
				.item = item->code,
				.words = tips_pair(c, row->province_name, parts_item_label(c, item),
						   tips_value(c, row))});
}

/* Where each province's point stands, what the median is, and the province on top. */
static void tips(struct strip *s, size_t i)
{
	struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct entry *e = &s->items.at[i];
	struct spread all = spread_national(c->arena, o->all, o->year, e->item->code);
	size_t n;
	const struct result_row *row = result_group(o->all, o->year, e->item->code, &n);

	canvas_tip(c, (struct tip){.x = items_place(&s->items, e->item, all.median),
				   .y = (double)(i + 1),
				   .width = 0.5 * TIP_DISC,
				   .height = TIP_DISC,
				   .item = e->item->code,
				   .words = tips_pair(c, phrase(w->phrases, "strip.median"),
						      parts_item_label(c, e->item),
						      narrative_value(w, o->year, all.median))});
	for (size_t turn = 0; turn < 3; turn++)
		for (size_t k = 0; k < n; k++) {
			static const double order[] = {0, 2, 1};
			double role = canvas_role(o, row[k].province), y = (double)(i + 1);

			if (role != order[turn])
				continue;
			if (role != 1)
				y += 0.3 * jitter(row[k].province, e->item->code);
			tip(s, e->item, &row[k], y, (role == 1 ? 1.2 : 0.7) * TIP_DISC);
		}
}

static void dots(struct strip *s)
{
	static const char *const head[] = {"item",  "name",   "province", "province_name", "role",
					   "score", "ci_low", "ci_high",  "flag"};
	struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;

	parts_head(c, head, sizeof head / sizeof *head);
	plotfile_block(&c->plot, "dots", 3);
	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *item = s->items.at[i].item;
		size_t n;
		const struct result_row *row = result_group(o->all, o->year, item->code, &n);

		for (size_t k = 0; k < n; k++) {
			double role = canvas_role(o, row[k].province);
			struct text cells[] = {item->code,
					       item->name[o->narrative->phrases->lang],
					       row[k].province,
					       row[k].province_name,
					       parts_role(o, row[k].province),
					       number_exact(c->arena, row[k].estimate),
					       number_exact(c->arena, row[k].ci_low),
					       number_exact(c->arena, row[k].ci_high),
					       result_flags(c->arena, row[k].flags)};

			facts_drawn(c->facts, &row[k]);
			canvas_csv(c, cells, sizeof cells / sizeof *cells);
			if (role == 1 || isnan(row[k].estimate))
				continue; /* the province has its own mark */
			plotfile_number(&c->plot, items_place(&s->items, item, row[k].estimate));
			plotfile_number(&c->plot, (double)(i + 1) + 0.3 * jitter(row[k].province,
										 item->code));
			plotfile_number(&c->plot, role);
		}
		tips(s, i);
	}
}

static void words(struct strip *s, struct text dropped)
{
	struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	bool errors = canvas_estimated(o);
	struct text note = {"", 0},
		    scale = s->items.common
				    ? PHRASE_FILL(p, "strip.scale",
						  {"range", canvas_range(c, s->items.at[0].item)})
				    : phrase(p, "strip.percent");
	struct field fields[] = {{"province", o->self->name},
				 {"survey", o->narrative->survey->name},
				 {"year", canvas_year(c, o->year)},
				 {"scale", scale},
				 {"level", canvas_level(o)}};
	size_t n = sizeof fields / sizeof *fields;

	c->chart->title = items_title(c, &s->items);
	c->chart->subtitle = arena_format(
		c->arena, "%.*s; %.*s",
		SPAN_ARG(phrase_fill(p, errors ? "strip.subtitle.errors" : "strip.subtitle", fields,
				     n)),
		SPAN_ARG(parts_peers(c)));
	c->chart->caption =
		phrase_fill(p, errors ? "strip.caption.errors" : "strip.caption", fields, n);
	if (errors)
		note = phrase(p, "strip.spread");
	if (dropped.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "strip.unranged", {"codes", dropped}));
	items_footer(c, &s->items, note);
}

static bool any_value(const struct strip *s)
{
	const struct chart_order *o = s->canvas->order;

	for (size_t i = 0; i < s->items.n; i++)
		if (spread_national(s->canvas->arena, o->all, o->year, s->items.at[i].item->code).n)
			return true;
	return false;
}

static void draw(struct strip *s, struct text dropped)
{
	struct canvas *c = s->canvas;
	const struct phrases *p = c->order->narrative->phrases;
	bool report = c->order->report;
	struct axis axis = axis_over(s);

	words(s, dropped);
	canvas_page(c, report ? 160 : 220,
		    c->line * (2.8 + report) + items_height(c->order, &s->items, 9.0, 7.6));
	plotfile_key(&c->plot, "head_label", phrase(p, "head.item"));
	plotfile_key(&c->plot, "head_value", canvas_fit(c, c->order->self->name, CANVAS_ENDS));
	plotfile_key(&c->plot, "head_reference",
		     phrase(p, canvas_estimated(c->order) ? "head.nation" : "strip.median"));
	if (report)
		plotfile_key(&c->plot, "xlabel",
			     s->items.common ? canvas_range(c, s->items.at[0].item)
					     : phrase(p, "strip.percent"));
	plotfile_key_number(&c->plot, "xmin", axis.low);
	plotfile_key_number(&c->plot, "xmax", axis.high);
	plotfile_axis(&c->plot, "xtics", axis, p->lang);
	rows(s);
	boxes(s);
	dots(s);
	c->chart->alt = items_alt(c, &s->items);
}

bool chart_strip(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct strip s = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = items_find(&c, &s.items, why);

	if (ok) {
		struct text dropped = items_ranges(&c, &s.items);

		ok = any_value(&s);
		if (ok)
			draw(&s, dropped);
		else
			diag_fail(why, DIAG_DATA,
				  "no item of %ld has values and a known range to draw", o->year);
	}
	canvas_close(&c);
	return ok;
}
