/* The profile of the province: an axis an item, against the middle and the best. Only what stands
 * along an axis means something; the area does not. */
#include "analysis/compare.h"
#include "analysis/spread.h"
#include "output/chart_items.h"
#include "output/chart_key.h"
#include "output/chart_tips.h"

#include <math.h>

#define LEAST 3
#define MOST 12
#define BODY_WEB 126.0
#define BODY_REPORT 107.0
#define TURN 6.283185307179586 /* once around, in radians */
#define BESIDE 0.065           /* from a spoke to the middle of a ring's label, in radii */

/* The lines of the chart, in the order of its key. */
enum ring { RING_SELF, RING_PEERS, RING_MIDDLE, RING_BEST, RING__COUNT };

struct ray {
	const struct entry *entry;
	double value[RING__COUNT], low, high; /* NaN = none */
};

struct radar {
	struct canvas *canvas;
	struct items items;
	struct ray *ray;
	bool any[RING__COUNT], of_peers; /* the best is that of the peers */
	struct axis axis;                /* of the rings */
	double *ring;
	size_t rings;
	double centre, edge; /* what stands in the middle, and where the axes end */
	struct key key;
	struct text dropped; /* codes of items without a known range */
};

/* A whole does not stand beside its parts. */
static void keep_lowest(struct items *items)
{
	size_t deepest = 0, n = 0;

	for (size_t i = 0; i < items->n; i++)
		deepest = items->at[i].item->depth > deepest ? items->at[i].item->depth : deepest;
	for (size_t i = 0; i < items->n; i++)
		if (items->at[i].item->depth == deepest)
			items->at[n++] = items->at[i];
	items->n = n;
	items->wholes = 0;
}

/* The best of the country where the table lists everyone; else of the peers, where it lists them.
 */
static bool table_complete(const struct radar *r)
{
	const struct chart_order *o = r->canvas->order;
	size_t n;

	for (size_t i = 0; i < r->items.n; i++)
		if (!result_group(o->all, o->year, r->items.at[i].item->code, &n)->complete)
			return false;
	return true;
}

static void find_rays(struct radar *r)
{
	struct canvas *c = r->canvas;
	const struct chart_order *o = c->order;
	struct result own;

	compare_result(c->arena, o->all, o->year, o->self, o->peers,
		       o->narrative->survey->scores.decimals, &own);
	r->of_peers = !table_complete(r);
	r->ray = arena_new(c->arena, r->items.n, sizeof *r->ray);
	for (size_t i = 0; i < r->items.n; i++) {
		const struct entry *e = &r->items.at[i];
		const struct text code = e->item->code;
		const struct result_row *mine = result_find(&own, o->year, code, o->self->code);
		double best = r->of_peers ? mine ? mine->peer_best : NAN
					  : spread_national(c->arena, o->all, o->year, code).max;

		if (e->self)
			facts_drawn(c->facts, e->self);
		r->ray[i] = (struct ray){.entry = e,
					 .value = {items_value(e), mine ? mine->peer_median : NAN,
						   e->reference, best},
					 .low = e->self ? e->self->ci_low : NAN,
					 .high = e->self ? e->self->ci_high : NAN};
		for (size_t k = 0; k < RING__COUNT; k++)
			r->any[k] |= !isnan(r->ray[i].value[k]);
	}
}

static double place(const struct radar *r, const struct ray *ray, double x)
{
	return items_place(&r->items, ray->entry->item, x);
}

/* What is drawn on a spoke: the values, then the limits. */
static double drawn(const struct ray *ray, size_t k)
{
	return k < RING__COUNT ? ray->value[k] : k == RING__COUNT ? ray->low : ray->high;
}

/* The centre is the least that the scale allows, unless the values would then be pressed together
 * far from it. */
static void find_axis(struct radar *r)
{
	double least = INFINITY, greatest = -INFINITY,
	       bottom = r->items.common ? r->items.at[0].item->min : 0;

	for (size_t i = 0; i < r->items.n; i++) {
		const struct ray *ray = &r->ray[i];

		for (size_t k = 0; k < RING__COUNT + 2; k++) {
			double x = place(r, ray, drawn(ray, k));

			least = fmin(least, x);
			greatest = fmax(greatest, x);
		}
	}
	if (least - bottom <= greatest - least) {
		r->axis = axis_for(bottom, greatest, 5);
		r->centre = bottom;
	} else {
		r->axis = axis_for(least, greatest, 4);
		if (least - r->axis.low < r->axis.step / 2)
			r->axis.low -= r->axis.step;
		r->centre = fmax(r->axis.low, bottom);
	}
	r->edge = fmin(greatest + r->axis.step / 4, r->axis.high);
}

/* The rings between centre and edge. */
static void find_rings(struct radar *r)
{
	size_t all = (size_t)((r->axis.high - r->axis.low) / r->axis.step + 0.5);

	r->ring = arena_new(r->canvas->arena, all + 1, sizeof *r->ring);
	for (size_t i = 0; i <= all; i++) {
		double x = number_round(r->axis.low + (double)i * r->axis.step, r->axis.decimals);

		if (x > r->centre && x <= r->edge)
			r->ring[r->rings++] = x;
	}
}

struct spot {
	double x, y; /* in radii from the centre, y upward */
};

static struct spot spot_of(const struct radar *r, size_t spoke, double value)
{
	double turn = TURN * (double)spoke / (double)r->items.n,
	       far = (value - r->centre) / (r->edge - r->centre), across = sin(turn),
	       up = cos(turn);

	return (struct spot){far * across, far * up};
}

/* From a spot to the piece of a line between two others; NaN where one of them is not there. */
static double distance(struct spot p, struct spot a, struct spot b)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy,
	       along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;

	if (isnan(dx) || isnan(dy))
		return NAN;
	along = fmin(fmax(along, 0), 1);
	return hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/* From a spot to the nearest line. */
static double clearance(const struct radar *r, struct spot p)
{
	double clear = INFINITY;

	for (size_t i = 0; i < r->items.n; i++) {
		const struct ray *ray = &r->ray[i], *next = &r->ray[(i + 1) % r->items.n];

		for (size_t k = 0; k < RING__COUNT; k++)
			clear = fmin(clear,
				     distance(p, spot_of(r, i, place(r, ray, ray->value[k])),
					      spot_of(r, i + 1, place(r, next, next->value[k]))));
		clear = fmin(clear, distance(p, spot_of(r, i, place(r, ray, ray->low)),
					     spot_of(r, i, place(r, ray, ray->high))));
	}
	return clear;
}

/* The spoke, and its side (1 clockwise), where the rings' labels have most room; not a flat one,
 * along which they would lie. */
static void clearest(const struct radar *r, size_t *spoke, double *side)
{
	double most = -1;

	for (size_t i = 0; i < 2 * r->items.n; i++) {
		double turn = TURN * (double)(i / 2) / (double)r->items.n, beside = i % 2 ? 1 : -1,
		       clear = INFINITY;

		for (size_t k = 0; k < r->rings; k++) {
			struct spot p = spot_of(r, i / 2, r->ring[k]);

			p.x += beside * BESIDE * cos(turn);
			p.y -= beside * BESIDE * sin(turn);
			clear = fmin(clear, clearance(r, p));
		}
		if (fabs(cos(turn)) < 0.7 || clear <= most)
			continue;
		most = clear;
		*spoke = i / 2;
		*side = beside;
	}
}

static void keys(struct radar *r)
{
	struct plotfile *f = &r->canvas->plot;
	size_t spoke = 0;
	double side = -1;

	clearest(r, &spoke, &side);
	plotfile_key_number(f, "centre", r->centre);
	plotfile_key_number(f, "edge", r->edge);
	plotfile_key_number(f, "ring_spoke", (double)(spoke + 1));
	plotfile_key_number(f, "ring_side", side);
	key_write(r->canvas, &r->key);
}

static void rings(struct radar *r)
{
	struct canvas *c = r->canvas;
	enum lang lang = c->order->narrative->phrases->lang;

	plotfile_block(&c->plot, "rings", 2);
	for (size_t i = 0; i < r->rings; i++) {
		plotfile_number(&c->plot, r->ring[i]);
		plotfile_text(&c->plot, arena_format(c->arena, "%.*s%s",
						     SPAN_ARG(number_shown(c->arena, r->ring[i],
									   r->axis.decimals, lang)),
						     r->items.common ? "" : "%"));
	}
}

/* The value as people read it; on a range of its own also in percent of that. */
static struct text shown(const struct radar *r, const struct ray *ray)
{
	struct canvas *c = r->canvas;
	struct text value = items_shown(c, ray->entry);

	if (r->items.common || isnan(ray->value[RING_SELF]))
		return value;
	return arena_format(c->arena, "%.*s (%.*s%%)", SPAN_ARG(value),
			    SPAN_ARG(number_shown(c->arena, place(r, ray, ray->value[RING_SELF]), 0,
						  c->order->narrative->phrases->lang)));
}

static void spokes(struct radar *r)
{
	struct canvas *c = r->canvas;
	double room = (r->items.n > 8 ? 10.5 : 12.5) * c->em; /* for the words of a spoke */
	size_t lines;

	plotfile_block(&c->plot, "spokes", 3);
	for (size_t i = 0; i < r->items.n; i++) {
		struct text label = parts_item_label(c, r->items.at[i].item);

		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_text(&c->plot, plotfile_wrap(c->arena, label, canvas_letters(c, 1, false),
						      room, &lines));
		plotfile_text(&c->plot, shown(r, &r->ray[i]));
	}
}

/* Spokes go around: the one behind the last is the first. */
static void point(struct radar *r, enum ring k, size_t i)
{
	const struct ray *ray = &r->ray[i % r->items.n];

	plotfile_number(&r->canvas->plot, (double)(i % r->items.n + 1));
	plotfile_number(&r->canvas->plot, place(r, ray, ray->value[k]));
}

static bool has(const struct radar *r, enum ring k, size_t i)
{
	return !isnan(r->ray[i % r->items.n].value[k]);
}

/* The first spoke without a value; the number of spokes when all have one. */
static size_t first_gap(const struct radar *r, enum ring k)
{
	size_t i = 0;

	while (i < r->items.n && has(r, k, i))
		i++;
	return i;
}

/* Around once: closed when every item has a value, else open where one has none. */
static void outline(struct radar *r, enum ring k, const char *block)
{
	size_t n = r->items.n, gap = first_gap(r, k);

	plotfile_block(&r->canvas->plot, block, 2);
	if (gap == n) {
		for (size_t i = 0; i <= n; i++)
			point(r, k, i);
		return;
	}
	for (size_t i = gap + 1; i < gap + n; i++) {
		bool before = has(r, k, i - 1), after = has(r, k, i + 1);

		if (!has(r, k, i) || !(before || after))
			continue;
		point(r, k, i);
		if (!after)
			plotfile_gap(&r->canvas->plot);
	}
}

/* Every value of the province, and of the others those that no line touches. */
static void dots(struct radar *r)
{
	size_t n = r->items.n;

	plotfile_block(&r->canvas->plot, "dots", 3);
	for (size_t k = 0; k < RING__COUNT; k++)
		for (size_t i = 0; i < n; i++) {
			if (!has(r, k, i) || (k && (has(r, k, i + 1) || has(r, k, i + n - 1))))
				continue;
			point(r, k, i);
			plotfile_number(&r->canvas->plot, (double)(k + 1));
		}
}

static void whiskers(struct radar *r)
{
	struct plotfile *f = &r->canvas->plot;

	plotfile_block(f, "whiskers", 3);
	for (size_t i = 0; i < r->items.n; i++) {
		const struct ray *ray = &r->ray[i];

		if (isnan(ray->low) || isnan(ray->high))
			continue;
		plotfile_number(f, (double)(i + 1));
		plotfile_number(f, place(r, ray, ray->low));
		plotfile_number(f, place(r, ray, ray->high));
	}
}

static struct text label_of(const struct radar *r, enum ring k)
{
	const struct chart_order *o = r->canvas->order;
	const struct phrases *p = o->narrative->phrases;
	const char *key[] = {NULL, "radar.peers",
			     canvas_estimated(o) ? "items.nation" : "items.national",
			     r->of_peers ? "radar.best.peers" : "radar.best"};

	if (k == RING_SELF)
		return o->self->name;
	return PHRASE_FILL(p, key[k], {"peers", o->peers->label[p->lang]});
}

static void find_key(struct radar *r, double width)
{
	key_open(r->canvas, &r->key, width);
	for (size_t k = 0; k < RING__COUNT; k++)
		if (r->any[k])
			key_add(r->canvas, &r->key, (double)(k + 1), label_of(r, k));
}

/* Every vertex, the province's on top. */
static void tips(struct radar *r)
{
	struct canvas *c = r->canvas;
	const struct chart_order *o = c->order;

	for (size_t k = RING__COUNT; k-- > 0;)
		for (size_t i = 0; i < r->items.n; i++) {
			const struct ray *ray = &r->ray[i];
			const struct item *item = ray->entry->item;
			struct text value = k == RING_SELF ? tips_value(c, ray->entry->self)
							   : narrative_value(o->narrative, o->year,
									     ray->value[k]);

			canvas_tip(
				c,
				(struct tip){.x = (double)(i + 1),
					     .y = place(r, ray, ray->value[k]),
					     .width = TIP_DISC,
					     .province = k == RING_SELF ? o->self->code
									: (struct text){"", 0},
					     .item = item->code,
					     .words = tips_pair(c, label_of(r, k),
								parts_item_label(c, item), value)});
		}
	canvas_name(c, o->self->code, o->self->name);
}

static void csv(struct radar *r)
{
	static const char *const head[] = {"item",  "name",   "series",  "role", "score",
					   "drawn", "ci_low", "ci_high", "flag"};
	struct canvas *c = r->canvas;
	const struct chart_order *o = c->order;
	const char *const role[] = {"highlight", "peer_median",
				    canvas_estimated(o) ? "country" : "national_median",
				    r->of_peers ? "peer_best" : "national_best"};
	unsigned made = c->simulated ? FLAG_SIMULATED : 0;

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < r->items.n; i++)
		for (size_t k = 0; k < RING__COUNT; k++) {
			const struct ray *ray = &r->ray[i];
			const struct item *item = ray->entry->item;
			const struct result_row *self = k ? NULL : ray->entry->self;
			unsigned flags =
				made | canvas_merged_flag(o, item->code, o->year, label_of(r, k));
			struct text cells[] = {item->code,
					       item->name[o->narrative->phrases->lang],
					       label_of(r, k),
					       span_of(role[k]),
					       number_exact(c->arena, ray->value[k]),
					       number_exact(c->arena, place(r, ray, ray->value[k])),
					       number_exact(c->arena, self ? self->ci_low : NAN),
					       number_exact(c->arena, self ? self->ci_high : NAN),
					       result_flags(c->arena, self ? self->flags : flags)};

			if (r->any[k])
				canvas_csv(c, cells, sizeof cells / sizeof *cells);
		}
}

/* What the words say about the lines: "trung vị …, cao nhất …". */
static struct text others(const struct radar *r)
{
	struct text all = {"", 0};

	for (size_t k = 1; k < RING__COUNT; k++)
		if (r->any[k])
			all = arena_format(r->canvas->arena, "%.*s%s%.*s", SPAN_ARG(all),
					   all.n ? ", " : "", SPAN_ARG(label_of(r, k)));
	return all;
}

/* In caption and footer: what stands in the centre, when it is not the least of the scale. */
static struct text say_centre(struct radar *r)
{
	struct canvas *c = r->canvas;
	const struct phrases *p = c->order->narrative->phrases;
	double bottom = r->items.common ? r->items.at[0].item->min : 0;
	struct text unit = span_of(r->items.common ? "" : "%");

	if (!(r->centre > bottom))
		return (struct text){"", 0};
	return PHRASE_FILL(p, "radar.centre",
			   {"centre", number_written(c->arena, r->centre, p->lang)},
			   {"least", number_written(c->arena, bottom, p->lang)}, {"unit", unit});
}

static struct text note(struct radar *r)
{
	struct canvas *c = r->canvas;
	const struct phrases *p = c->order->narrative->phrases;
	struct text all = phrase(p, "radar.area"), centre = say_centre(r);

	if (centre.n)
		all = arena_format(c->arena, "%.*s; %.*s", SPAN_ARG(all), SPAN_ARG(centre));
	c->chart->caption =
		arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(c->chart->caption), SPAN_ARG(all));
	all = arena_format(c->arena, "%.*s.", SPAN_ARG(all));
	if (canvas_estimated(c->order) && r->any[RING_BEST])
		all = parts_join(c->arena, all, phrase(p, "radar.best.note"));
	if (r->dropped.n)
		all = parts_join(c->arena, all,
				 PHRASE_FILL(p, "strip.unranged", {"codes", r->dropped}));
	return all;
}

static void words(struct radar *r)
{
	struct canvas *c = r->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	bool errors = canvas_estimated(o);
	struct text scale = r->items.common
				    ? PHRASE_FILL(p, "strip.scale",
						  {"range", canvas_range(c, r->items.at[0].item)})
				    : phrase(p, "radar.percent");
	struct field fields[] = {{"province", o->self->name},
				 {"survey", o->narrative->survey->name},
				 {"year", canvas_year(c, o->year)},
				 {"scale", scale},
				 {"others", others(r)},
				 {"level", canvas_level(o)}};
	size_t n = sizeof fields / sizeof *fields;

	c->chart->title = items_title(c, &r->items);
	c->chart->subtitle =
		phrase_fill(p, errors ? "radar.subtitle.errors" : "radar.subtitle", fields, n);
	c->chart->caption =
		phrase_fill(p, errors ? "radar.caption.errors" : "radar.caption", fields, n);
	items_footer(c, &r->items, note(r));
	items_hidden(c, &r->items);
}

static void draw(struct radar *r)
{
	struct canvas *c = r->canvas;
	double width = c->order->report ? 160 : 200;

	find_axis(r);
	find_rings(r);
	find_key(r, width);
	words(r);
	canvas_page(c, width, key_height(c, &r->key) + (c->order->report ? BODY_REPORT : BODY_WEB));
	keys(r);
	rings(r);
	spokes(r);
	outline(r, RING_PEERS, "peers");
	outline(r, RING_MIDDLE, "middle");
	outline(r, RING_BEST, "best");
	outline(r, RING_SELF, "unit");
	plotfile_block(&c->plot, "area", 2); /* a tint, where the outline is closed */
	for (size_t i = 0; i <= r->items.n && first_gap(r, RING_SELF) == r->items.n; i++)
		point(r, RING_SELF, i);
	dots(r);
	whiskers(r);
	tips(r);
	csv(r);
	c->chart->alt = items_alt(c, &r->items);
}

static bool enough(struct radar *r, struct diag *why)
{
	const struct chart_order *o = r->canvas->order;

	if (r->items.n >= LEAST && r->items.n <= MOST)
		return true;
	diag_fail(why, DIAG_DATA,
		  "a radar has %d to %d axes; \"%.*s\" of %ld has %zu items to draw", LEAST, MOST,
		  SPAN_ARG(o->item), o->year, r->items.n);
	return diag_hint(why, "the charts strip and gap show any number of items");
}

bool chart_radar(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct radar r = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = items_find(&c, &r.items, why);

	if (ok) {
		keep_lowest(&r.items);
		r.dropped = items_ranges(&c, &r.items);
		ok = enough(&r, why);
	}
	if (ok) {
		find_rays(&r);
		ok = r.any[RING_SELF] ||
		     diag_fail(why, DIAG_DATA, "%.*s has no values of %ld to draw",
			       SPAN_ARG(o->self->name), o->year);
	}
	if (ok)
		draw(&r);
	canvas_close(&c);
	return ok;
}
