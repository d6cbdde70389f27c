#include "output/chart_items.h"

#include "analysis/against.h"
#include "analysis/spread.h"
#include "output/tables.h"

#include <math.h>
#include <stdint.h>

double items_value(const struct entry *e)
{
	return e->self ? e->self->estimate : NAN;
}

struct text items_shown(const struct canvas *c, const struct entry *e)
{
	if (e->self && isnan(e->self->estimate) && e->self->flags & FLAG_SUPPRESSED)
		return span_of(TABLES_HIDDEN);
	return tables_score(c->order->narrative, c->order->year, items_value(e));
}

/* Of published scores, on the values as they are printed. */
static int side_of(const struct chart_order *o, const struct result *against, const struct entry *e)
{
	int decimals = survey_wave(o->narrative->survey, o->year)->decimals;
	double x = number_round(items_value(e), decimals), m = number_round(e->reference, decimals);

	if (canvas_estimated(o))
		return against_side(against, e->item->code, o->self->code);
	return (x > m) - (x < m);
}

static struct entry entry_of(struct canvas *c, const struct result *against,
			     const struct item *item, const struct result_row *group)
{
	const struct chart_order *o = c->order;
	bool estimated = canvas_estimated(o);
	struct entry e = {.item = item,
			  .self = result_find(o->all, o->year, item->code, o->self->code),
			  .reference = NAN};

	if (estimated)
		e.reference = canvas_nation(o, o->year, item->code);
	else if (group->complete)
		e.reference = spread_national(c->arena, o->all, o->year, item->code).median;
	e.judged = !isnan(items_value(&e)) && !isnan(e.reference) &&
		   (!estimated || !isnan(e.self->ci_low));
	e.side = e.judged ? side_of(o, against, &e) : 0;
	return e;
}

/* Of several levels the whole stands bold above its parts, and only the lowest is counted. */
static void level(struct items *items)
{
	size_t first = SIZE_MAX, last = 0;

	for (size_t i = 0; i < items->n; i++) {
		first = items->at[i].item->depth < first ? items->at[i].item->depth : first;
		last = items->at[i].item->depth > last ? items->at[i].item->depth : last;
	}
	for (size_t i = 0; i < items->n; i++) {
		struct entry *e = &items->at[i];

		e->level = first == last ? 0 : e->item->depth == first ? 1 : 2;
		items->wholes += e->item->depth < last;
		if (e->item->depth < last || !e->judged)
			continue;
		items->judged++;
		items->up += e->side > 0 ? 1 : 0;
		items->down += e->side < 0 ? 1 : 0;
	}
}

bool items_ranged(const struct item *item)
{
	return item->max > item->min; /* false for NaN */
}

struct text items_ranges(struct canvas *c, struct items *items)
{
	struct text dropped = {"", 0};
	size_t n = 0;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = items->at[i].item;

		if (!items_ranged(item))
			dropped = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(dropped),
					       dropped.n ? ", " : "", SPAN_ARG(item->code));
		else
			items->at[n++] = items->at[i];
	}
	items->n = n;
	items->common = true;
	for (size_t i = 1; i < n; i++)
		items->common &= items->at[i].item->min == items->at[0].item->min &&
				 items->at[i].item->max == items->at[0].item->max;
	return dropped;
}

double items_place(const struct items *items, const struct item *item, double x)
{
	return items->common ? x : 100 * (x - item->min) / (item->max - item->min);
}

bool items_find(struct canvas *c, struct items *out, struct diag *why)
{
	const struct chart_order *o = c->order;
	size_t n;
	const struct item **item = tables_tree(c->arena, o->narrative->survey, o->year, &n);

	*out = (struct items){.at = arena_new(c->arena, n, sizeof *out->at)};
	if (canvas_estimated(o))
		against_items(c->arena, o->all, o->national, o->year, o->self->code, &out->against);
	for (size_t i = 0; i < n; i++) {
		size_t rows;
		const struct result_row *group =
			result_group(o->all, o->year, item[i]->code, &rows);

		if (group && item[i]->depth && parts_item_shown(o, item[i]))
			out->at[out->n++] = entry_of(c, &out->against, item[i], group);
	}
	level(out);
	return out->n || diag_fail(why, DIAG_DATA, "%ld has no items below \"%.*s\" for this chart",
				   o->year, SPAN_ARG(o->item));
}

static const char *things_of(const struct canvas *c, const struct items *items)
{
	if (canvas_estimated(c->order) && canvas_is_root(c->order) && canvas_has_factors(c->order))
		return "word.factors";
	for (size_t i = 0; i < items->n; i++)
		if (items->at[i].item->depth > 1)
			return "word.parts";
	return "word.items";
}

static void claims(struct canvas *c, const struct items *items)
{
	size_t last = 0;

	facts_no_claim(c->facts);
	for (size_t i = 0; i < items->n; i++)
		last = items->at[i].item->depth > last ? items->at[i].item->depth : last;
	for (size_t i = 0; i < items->n; i++)
		if (items->at[i].item->depth == last && items->at[i].side)
			facts_side_claim(c->facts, items->at[i].self, items->at[i].side,
					 items->at[i].reference);
}

struct text items_title(struct canvas *c, const struct items *items)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const char *key = items->judged == 0           ? "items.title.none"
			  : !canvas_estimated(o)       ? "items.title.median"
			  : (items->up || items->down) ? "heatmap.title.sides"
						       : "heatmap.title.unclear";

	claims(c, items);
	return PHRASE_FILL(
		p, key, {"province", o->self->name}, {"survey", o->narrative->survey->name},
		{"year", canvas_year(c, o->year)}, {"up", arena_format(c->arena, "%zu", items->up)},
		{"down", arena_format(c->arena, "%zu", items->down)},
		{"all", arena_format(c->arena, "%zu", items->judged)},
		{"things", phrase(p, things_of(c, items))});
}

void items_footer(struct canvas *c, const struct items *items, struct text note)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct text missing = {"", 0}, hidden = {"", 0};

	for (size_t i = 0; i < items->n; i++) {
		const struct entry *e = &items->at[i];
		struct text *list =
			e->self && e->self->flags & FLAG_SUPPRESSED ? &hidden : &missing;

		if (isnan(items_value(e)))
			*list = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(*list),
					     list->n ? ", " : "", SPAN_ARG(e->item->code));
	}
	if (missing.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "items.missing", {"province", o->self->name},
					      {"codes", missing}));
	if (hidden.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "chart.withheld", {"names", hidden}));
	note = parts_join(c->arena, note, parts_against(c, &items->against));
	if (canvas_estimated(o) && items->judged)
		note = parts_join(
			c->arena, note,
			parts_counted(c, items->judged, items->wholes, things_of(c, items)));
	/* the source names the provinces without an index */
	const struct text root = span_of(STRUCTURE_ROOT);
	size_t n;
	const struct result_row *all = result_group(o->all, o->year, root, &n);

	parts_footer(c, note, result_find(o->all, o->year, root, o->self->code), all, all ? n : 0);
}

void items_hidden(struct canvas *c, const struct items *items)
{
	struct result own = {0};

	for (size_t i = 0; i < items->n; i++)
		if (items->at[i].self)
			result_add(c->arena, &own, items->at[i].self);
	canvas_hidden(c, &own);
}

double items_height(const struct chart_order *o, const struct items *items, double web,
		    double report)
{
	return (double)items->n * (o->report ? report : web) * (items->n > 10 ? 0.75 : 1);
}

struct text items_alt(struct canvas *c, const struct items *items)
{
	const struct narrative *w = c->order->narrative;
	const char *reference =
		canvas_estimated(c->order) ? "items.against.nation" : "items.against.median";
	struct text list = {"", 0};

	for (size_t i = 0; i < items->n; i++) {
		const struct entry *e = &items->at[i];

		if (isnan(items_value(e)))
			continue;
		list = arena_format(
			c->arena, "%.*s%s%.*s. %.*s: %.*s%.*s", SPAN_ARG(list), list.n ? "; " : "",
			SPAN_ARG(e->item->code), SPAN_ARG(e->item->name[w->phrases->lang]),
			SPAN_ARG(items_shown(c, e)),
			SPAN_ARG(isnan(e->reference)
					 ? span_of("")
					 : PHRASE_FILL(w->phrases, reference,
						       {"value", narrative_number(w, c->order->year,
										  e->reference)})));
	}
	return PHRASE_FILL(w->phrases, list.n ? "heatmap.alt" : "chart.alt.none",
			   {"title", c->chart->title}, {"subtitle", c->chart->subtitle},
			   {"list", list});
}
