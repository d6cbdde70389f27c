/* A dot and its interval for the change of every province, or of every lowest item of one; coloured
 * only where it can be told from no change (after Holm). Published scores have no error: their dots
 * have neither whisker nor colour. */
#include "analysis/spread.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>

static int by_change(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;

	if (p->delta != q->delta)
		return p->delta > q->delta ? -1 : 1;
	return span_compare(p->province, q->province)
		       ? span_compare(p->province, q->province)
		       : (p->item_order > q->item_order) - (p->item_order < q->item_order);
}

static bool any_error(const struct changes *s)
{
	for (size_t i = 0; i < s->with.n; i++)
		if (s->with.row[i].verdict.n)
			return true;
	return false;
}

static struct axis axis_over(struct canvas *c, const struct changes *s)
{
	double *x = arena_new(c->arena, 3 * s->with.n + 1, sizeof *x);
	struct spread all;

	for (size_t i = 0; i < s->with.n; i++) {
		x[3 * i] = s->with.row[i].delta;
		x[3 * i + 1] = s->with.row[i].delta_low;
		x[3 * i + 2] = s->with.row[i].delta_high;
	}
	all = spread_of(c->arena, x, 3 * s->with.n + 1); /* the last is 0 */
	return axis_for(all.min, all.max, 7);
}

static void words(struct canvas *c, const struct changes *s)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	bool errors = any_error(s), items = parts_every_item(o);
	size_t n;
	const struct result_row *all = result_group(o->all, o->year, o->item, &n);
	struct field fields[] = {
		{"survey", o->narrative->survey->name},
		{"item", items ? o->narrative->survey->name : canvas_item(o)->brief[p->lang]},
		{"province", o->self->name},
		{"year", canvas_year(c, o->year)},
		{"from", canvas_year(c, o->from)},
		{"unit", parts_unit(c, true)},
		{"up", arena_format(c->arena, "%zu", s->up)},
		{"down", arena_format(c->arena, "%zu", s->down)},
		{"all", arena_format(c->arena, "%zu", s->with.n)},
		{"level", canvas_level(o)},
		{"peers", parts_peers(c)},
	};
	size_t k = sizeof fields / sizeof *fields;

	facts_no_claim(c->facts);
	for (size_t i = 0; i < s->with.n; i++) /* counted in the title or under it */
		if (s->with.row[i].verdict.n && parts_verdict(&s->with.row[i]) != 0)
			facts_change_claim(c->facts, &s->with.row[i],
					   parts_verdict(&s->with.row[i]) > 0 ? 1 : -1);
	c->chart->title = !items   ? parts_change_title(c, s)
			  : errors ? phrase_fill(p, "delta.title.items", fields, k)
				   : phrase_fill(p, "delta.title.items.bare", fields, k);
	c->chart->subtitle =
		phrase_fill(p, errors ? "delta.subtitle" : "delta.subtitle.bare", fields, k);
	if (!items)
		c->chart->subtitle =
			arena_format(c->arena, "%.*s; %.*s", SPAN_ARG(c->chart->subtitle),
				     SPAN_ARG(parts_peers(c)));
	c->chart->caption = phrase_fill(p,
					errors  ? (items ? "delta.caption.items" : "delta.caption")
					: items ? "delta.caption.items.bare"
						: "delta.caption.bare",
					fields, k);
	parts_footer(c, parts_change_note(c, s),
		     items ? result_find(o->all, o->year, span_of(STRUCTURE_ROOT), o->self->code)
			   : s->self,
		     items ? NULL : all, items ? 0 : n);
}

static void keys(struct canvas *c, const struct changes *s, struct axis axis)
{
	const struct phrases *p = c->order->narrative->phrases;

	plotfile_key(&c->plot, "head_label",
		     phrase(p, parts_every_item(c->order) ? "head.item" : "head.province"));
	plotfile_key(&c->plot, "head_value", phrase(p, "head.delta"));
	if (any_error(s)) {
		plotfile_key(&c->plot, "key_up", phrase(p, "delta.up.clear"));
		plotfile_key(&c->plot, "key_down", phrase(p, "delta.down.clear"));
		plotfile_key(&c->plot, "key_unclear", phrase(p, "shift.unclear"));
	}
	if (c->order->report)
		plotfile_key(&c->plot, "xlabel",
			     PHRASE_FILL(p, "delta.axis", {"unit", parts_unit(c, true)}));
	plotfile_key_number(&c->plot, "xmin", axis.low);
	plotfile_key_number(&c->plot, "xmax", axis.high);
	plotfile_axis_signed(&c->plot, "xtics", axis, p->lang);
}

static struct text label_of(struct canvas *c, const struct result_row *row)
{
	const struct survey *s = c->order->narrative->survey;

	if (!parts_every_item(c->order))
		return row->province_name;
	return parts_item_label(
		c, structure_find(&s->structure, survey_wave(s, row->year)->era, row->item));
}

static void tip(struct canvas *c, const struct result_row *row, double y, double pitch)
{
	canvas_tip(c, (struct tip){.x = row->delta,
				   .y = y,
				   .width = pitch,
				   .province = row->province,
				   .item = row->item,
				   .words = tips_line(c, label_of(c, row), tips_change(c, row))});
	if (!parts_every_item(c->order))
		canvas_name(c, row->province, canvas_fit(c, row->province_name, CANVAS_NAMES));
}

static void rows(struct canvas *c, const struct changes *s, double pitch)
{
	bool items = parts_every_item(c->order);

	plotfile_block(&c->plot, "rows", 8);
	for (size_t i = 0; i < s->with.n; i++) {
		const struct result_row *row = &s->with.row[i];
		double verdict = parts_verdict(row),
		       role = items ? 0 : canvas_role(c->order, row->province);

		facts_change_drawn(c->facts, row, FACT_TOLD);
		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, row->delta_low);
		plotfile_number(&c->plot, row->delta_high);
		plotfile_number(&c->plot, row->delta);
		plotfile_number(&c->plot, verdict);
		plotfile_number(&c->plot, role);
		plotfile_text_as(&c->plot, canvas_fit(c, label_of(c, row), CANVAS_NAMES),
				 canvas_role_look(role));
		plotfile_text_as(&c->plot,
				 narrative_signed(c->order->narrative, row->year, row->delta),
				 (struct look){.size = 1, .bold = fabs(verdict) == 1});
		tip(c, row, (double)(i + 1), pitch);
	}
}

static struct text alt_of(struct canvas *c, const struct changes *s)
{
	const struct narrative *w = c->order->narrative;
	const struct result_row *first = &s->with.row[0], *last = &s->with.row[s->with.n - 1];

	return PHRASE_FILL(w->phrases, "delta.alt", {"title", c->chart->title},
			   {"subtitle", c->chart->subtitle}, {"first", label_of(c, first)},
			   {"high", narrative_signed(w, first->year, first->delta)},
			   {"last", label_of(c, last)},
			   {"low", narrative_signed(w, last->year, last->delta)});
}

static void draw(struct canvas *c, struct changes *s)
{
	bool report = c->order->report;
	double n = (double)s->with.n;
	bool many = s->with.n > 30;
	double pitch = report ? (many ? 3.2 : 4.6) : (many ? 4.1 : 5.0);

	qsort(s->with.row, s->with.n, sizeof *s->with.row, by_change);
	words(c, s);
	canvas_page(c, report ? 160 : 200, c->line * (2.8 + many + report) + n * pitch);
	keys(c, s, axis_over(c, s));
	rows(c, s, pitch);
	parts_change_csv(c, s);
	c->chart->alt = alt_of(c, s);
}

bool chart_delta(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct changes s;

	canvas_open(a, o, out, &c);
	bool ok = parts_changes(&c, &s, why);

	if (ok)
		draw(&c, &s);
	canvas_close(&c);
	return ok;
}
