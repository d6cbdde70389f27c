/* How far the province is from the middle and from the best of its peers, item by item. Distances
 * begin at the peers' median; of estimates at the country's value, whose own error is small;
 * without peers in the table at the national median. */
#include "analysis/compare.h"
#include "analysis/spread.h"
#include "output/chart_items.h"
#include "output/chart_tips.h"
#include "output/tables.h"

#include <math.h>

enum reference { REFERENCE_PEERS, REFERENCE_NATION, REFERENCE_MEDIAN };

struct row {
	const struct entry *entry;
	struct result_row own; /* with PART_COMPARE */
	double reference, gap; /* value minus reference */
};

struct gaps {
	struct canvas *canvas;
	struct items items;
	enum reference kind;
	struct row *row;
	size_t up, down, judged;
};

static double reference_of(const struct gaps *g, const struct row *row)
{
	return g->kind == REFERENCE_PEERS ? row->own.peer_median : row->entry->reference;
}

static void find_rows(struct gaps *g)
{
	const struct chart_order *o = g->canvas->order;
	int decimals = o->narrative->survey->scores.decimals;
	struct result own;

	compare_result(g->canvas->arena, o->all, o->year, o->self, o->peers, decimals, &own);
	g->row = arena_new(g->canvas->arena, g->items.n, sizeof *g->row);
	g->kind = canvas_estimated(o) ? REFERENCE_NATION : REFERENCE_MEDIAN;
	for (size_t i = 0; i < g->items.n; i++) {
		const struct entry *e = &g->items.at[i];
		const struct result_row *found =
			result_find(&own, o->year, e->item->code, o->self->code);

		g->row[i] = (struct row){.entry = e, .own = found ? *found : result_row_init()};
		if (g->kind == REFERENCE_MEDIAN && !isnan(g->row[i].own.peer_median))
			g->kind = REFERENCE_PEERS;
	}
	for (size_t i = 0; i < g->items.n; i++) {
		struct row *row = &g->row[i];

		row->reference = reference_of(g, row);
		row->gap = number_round(row->own.estimate - row->reference, decimals + 1);
	}
}

/* Of published scores, on the gap as it is printed; a whole is not counted beside its parts. */
static void count(struct gaps *g)
{
	int decimals =
		survey_wave(g->canvas->order->narrative->survey, g->canvas->order->year)->decimals;
	size_t deepest = 0;

	facts_no_claim(g->canvas->facts);
	for (size_t i = 0; i < g->items.n; i++)
		deepest =
			g->items.at[i].item->depth > deepest ? g->items.at[i].item->depth : deepest;
	for (size_t i = 0; i < g->items.n; i++) {
		double gap = number_round(g->row[i].gap, decimals);

		if (g->items.at[i].item->depth < deepest || isnan(gap))
			continue;
		g->judged++;
		g->up += gap > 0 ? 1 : 0;
		g->down += gap < 0 ? 1 : 0;
		if (g->kind == REFERENCE_PEERS && gap != 0)
			facts_side_claim(g->canvas->facts, &g->row[i].own, gap > 0 ? 1 : -1,
					 g->row[i].reference);
	}
}

static struct axis axis_over(struct gaps *g)
{
	double *x = arena_new(g->canvas->arena, 5 * g->items.n + 1, sizeof *x);
	struct spread s;

	for (size_t i = 0; i < g->items.n; i++) {
		const struct row *row = &g->row[i];

		x[5 * i] = row->gap;
		x[5 * i + 1] = row->own.ci_low - row->reference;
		x[5 * i + 2] = row->own.ci_high - row->reference;
		x[5 * i + 3] = row->own.peer_best - row->reference;
		x[5 * i + 4] = row->own.national_median - row->reference;
	}
	s = spread_of(g->canvas->arena, x, 5 * g->items.n + 1); /* the last is 0 */
	return axis_for(s.min, s.max, g->canvas->order->report ? 5 : 7);
}

static struct text signed_or_dash(struct gaps *g, double x)
{
	const struct chart_order *o = g->canvas->order;

	return isnan(x) ? span_of("–") : narrative_signed(o->narrative, o->year, x);
}

/* A mark that belongs to no province: the best of the peers, or the middle of the country. */
static void tip_of_others(struct gaps *g, size_t i, double value, const char *key, bool round)
{
	struct canvas *c = g->canvas;
	const struct narrative *w = c->order->narrative;
	const struct row *row = &g->row[i];

	canvas_tip(c, (struct tip){.x = value - row->reference,
				   .y = (double)(i + 1),
				   .width = round ? TIP_DISC : 0.5 * TIP_DISC,
				   .height = round ? 0 : TIP_DISC,
				   .item = row->entry->item->code,
				   .words = tips_pair(c, phrase(w->phrases, key),
						      parts_item_label(c, row->entry->item),
						      narrative_value(w, c->order->year, value))});
}

static const char *of_reference(const struct gaps *g, const char *peers, const char *nation,
				const char *median)
{
	return g->kind == REFERENCE_PEERS ? peers : g->kind == REFERENCE_NATION ? nation : median;
}

/* Of row i, the province's on top: its value and its distance. */
static void tips(struct gaps *g, size_t i)
{
	struct canvas *c = g->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct row *row = &g->row[i];
	const char *head = of_reference(g, "gap.head.median", "gap.head.nation", "gap.head.median");
	struct text gap = arena_format(c->arena, "%.*s %.*s",
				       SPAN_ARG(narrative_signed(o->narrative, o->year, row->gap)),
				       SPAN_ARG(parts_unit(c, true))),
		    value = arena_format(
			    c->arena, "%.*s%.*s", SPAN_ARG(tips_value(c, &row->own)),
			    SPAN_ARG(tips_side(c, row->entry->self, row->entry->side)));

	if (g->kind == REFERENCE_PEERS)
		tip_of_others(g, i, row->own.national_median, "head.national.median", false);
	tip_of_others(g, i, row->own.peer_best, "head.peer.best", true);
	canvas_tip(c, (struct tip){.x = row->gap,
				   .y = (double)(i + 1),
				   .width = 1.1 * TIP_DISC,
				   .province = o->self->code,
				   .item = row->entry->item->code,
				   .words = tips_line(c, parts_item_label(c, row->entry->item),
						      PHRASE_FILL(p, "tip.gap", {"value", value},
								  {"head", phrase(p, head)},
								  {"gap", gap}))});
}

static void rows(struct gaps *g)
{
	struct canvas *c = g->canvas;
	struct plotfile *f = &c->plot;
	bool errors = canvas_estimated(c->order);

	plotfile_block(f, "rows", 12);
	for (size_t i = 0; i < g->items.n; i++) {
		const struct row *row = &g->row[i];

		plotfile_number(f, (double)(i + 1));
		plotfile_number(f, row->gap);
		plotfile_number(f, row->own.ci_low - row->reference);
		plotfile_number(f, row->own.ci_high - row->reference);
		if (row->entry->self)
			facts_drawn(c->facts, row->entry->self);
		plotfile_number(f, row->own.peer_best - row->reference);
		plotfile_number(f, g->kind == REFERENCE_PEERS
					   ? row->own.national_median - row->reference
					   : NAN);
		plotfile_number(f, !errors ? 9 : row->entry->judged ? row->entry->side : 0);
		plotfile_number(f, row->entry->level);
		plotfile_text_as(f,
				 canvas_fit(c, parts_item_label(c, row->entry->item), CANVAS_NAMES),
				 canvas_level_look(row->entry->level));
		plotfile_text(f, items_shown(c, row->entry));
		plotfile_text(f, signed_or_dash(g, row->gap));
		plotfile_text(f, signed_or_dash(g, row->own.gap_best));
		tips(g, i);
	}
}

static void csv(struct gaps *g)
{
	static const char *const head[] = {"item",        "name",      "score",    "reference",
					   "peer_median", "peer_best", "national", "gap",
					   "gap_best",    "ci_low",    "ci_high",  "flag"};
	struct canvas *c = g->canvas;
	struct arena *a = c->arena;

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < g->items.n; i++) {
		const struct row *row = &g->row[i];
		const struct item *item = row->entry->item;
		struct text cells[] = {item->code,
				       item->name[c->order->narrative->phrases->lang],
				       number_exact(a, row->own.estimate),
				       number_exact(a, row->reference),
				       number_exact(a, row->own.peer_median),
				       number_exact(a, row->own.peer_best),
				       number_exact(a, row->entry->reference),
				       number_exact(a, row->gap),
				       number_exact(a, row->own.gap_best),
				       number_exact(a, row->own.ci_low),
				       number_exact(a, row->own.ci_high),
				       result_flags(a, row->own.flags)};

		canvas_csv(c, cells, sizeof cells / sizeof *cells);
	}
}

static bool any_best(const struct gaps *g)
{
	for (size_t i = 0; i < g->items.n; i++)
		if (!isnan(g->row[i].own.peer_best))
			return true;
	return false;
}

static void words(struct gaps *g)
{
	struct canvas *c = g->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", o->narrative->survey->name},
		{"year", canvas_year(c, o->year)},
		{"unit", parts_unit(c, true)},
		{"peers", o->peers->label[p->lang]},
		{"level", canvas_level(o)},
		{"up", arena_format(c->arena, "%zu", g->up)},
		{"down", arena_format(c->arena, "%zu", g->down)},
		{"all", arena_format(c->arena, "%zu", g->judged)},
	};
	size_t n = sizeof fields / sizeof *fields;

	c->chart->title = g->kind == REFERENCE_PEERS && g->judged
				  ? phrase_fill(p, "gap.title", fields, n)
				  : items_title(c, &g->items);
	c->chart->subtitle = phrase_fill(
		p, of_reference(g, "gap.subtitle", "gap.subtitle.nation", "gap.subtitle.median"),
		fields, n);
	c->chart->caption = phrase_fill(
		p, of_reference(g, "gap.caption", "gap.caption.nation", "gap.caption.median"),
		fields, n);
	items_footer(c, &g->items,
		     canvas_estimated(o) && any_best(g) ? phrase(p, "gap.best.note")
							: (struct text){"", 0});
}

static void keys(struct gaps *g, struct axis axis)
{
	struct canvas *c = g->canvas;
	const struct phrases *p = c->order->narrative->phrases;

	plotfile_key(&c->plot, "head_label", phrase(p, "head.item"));
	plotfile_key(&c->plot, "head_value", phrase(p, "head.score"));
	plotfile_key(&c->plot, "head_gap",
		     phrase(p, of_reference(g, "gap.head.median", "gap.head.nation",
					    "gap.head.median")));
	plotfile_key(&c->plot, "key_unit", canvas_fit(c, c->order->self->name, CANVAS_ENDS));
	if (any_best(g)) {
		plotfile_key(&c->plot, "head_best", phrase(p, "gap.head.best"));
		plotfile_key(&c->plot, "key_best", phrase(p, "head.peer.best"));
	}
	if (g->kind == REFERENCE_PEERS)
		plotfile_key(&c->plot, "key_national", phrase(p, "head.national.median"));
	if (c->order->report)
		plotfile_key(&c->plot, "xlabel",
			     PHRASE_FILL(p, "gap.axis", {"unit", parts_unit(c, true)}));
	plotfile_key_number(&c->plot, "xmin", axis.low);
	plotfile_key_number(&c->plot, "xmax", axis.high);
	plotfile_axis_signed(&c->plot, "xtics", axis, p->lang);
}

static bool any_gap(const struct gaps *g)
{
	for (size_t i = 0; i < g->items.n; i++)
		if (!isnan(g->row[i].gap))
			return true;
	return false;
}

static void draw(struct gaps *g)
{
	struct canvas *c = g->canvas;
	bool report = c->order->report;

	count(g);
	words(g);
	canvas_page(c, report ? 160 : 220,
		    c->line * (3.0 + report) + items_height(c->order, &g->items, 7.5, 6.5));
	keys(g, axis_over(g));
	rows(g);
	csv(g);
	c->chart->alt = items_alt(c, &g->items);
}

bool chart_gap(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct gaps g = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = items_find(&c, &g.items, why);

	if (ok) {
		find_rows(&g);
		ok = any_gap(&g);
		if (ok)
			draw(&g);
		else
			diag_fail(why, DIAG_DATA, "%.*s has nothing of %ld to set against a median",
				  SPAN_ARG(o->self->name), o->year);
	}
	canvas_close(&c);
	return ok;
}
