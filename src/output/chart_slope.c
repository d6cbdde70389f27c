/* The province and its peers in two years: a line each, names with values at both ends, spread
 * apart. A province without one of the years, or not the same unit in both, keeps its point without
 * a line. */
#include "analysis/spread.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>

#define BODY_WEB 130.0
#define BODY_REPORT 115.0

struct slope {
	struct canvas *canvas;
	struct changes changes;
	const struct result_row **row; /* the province and its peers, with a change or without */
	const struct result_row *
		*was; /* the same in the earlier year; NULL without, or another unit */
	size_t n;
};

static void add_rows(struct slope *s, const struct result *from)
{
	const struct chart_order *o = s->canvas->order;

	for (size_t i = 0; i < from->n; i++) {
		const struct result_row *row = &from->row[i];

		if (canvas_role(o, row->province) == 0)
			continue;
		s->was[s->n] = isnan(row->estimate_from)
				       ? NULL
				       : result_find(o->all, o->from, o->item, row->province);
		s->row[s->n++] = row;
	}
}

static void find_rows(struct slope *s)
{
	const struct result *with = &s->changes.with, *without = &s->changes.without;
	size_t most = with->n + without->n;

	s->row = arena_new(s->canvas->arena, most, sizeof *s->row);
	s->was = arena_new(s->canvas->arena, most, sizeof *s->was);
	add_rows(s, with);
	add_rows(s, without);
}

/* Over what is drawn: the values, and the province's intervals. */
static struct axis axis_over(struct slope *s)
{
	double *x = arena_new(s->canvas->arena, 6 * s->n, sizeof *x);
	struct spread all;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct result_row *both[] = {s->row[i], s->was[i]};

		for (size_t k = 0; k < 2 && both[k]; k++) {
			bool own = canvas_role(s->canvas->order, both[k]->province) == 1;

			x[n++] = both[k]->estimate;
			x[n++] = own ? both[k]->ci_low : NAN;
			x[n++] = own ? both[k]->ci_high : NAN;
		}
	}
	all = spread_of(s->canvas->arena, x, n);
	return axis_for(all.min, all.max, 6);
}

static void lines(struct slope *s)
{
	struct plotfile *f = &s->canvas->plot;

	plotfile_block(f, "lines", 4);
	for (size_t i = 0; i < s->n; i++) {
		const struct result_row *row = s->row[i];

		facts_change_drawn(s->canvas->facts, row,
				   span_is(row->comparable, "warn") ? FACT_DASH : FACT_LINE);
		if (isnan(row->delta))
			continue;
		plotfile_number(f, row->estimate_from);
		plotfile_number(f, row->estimate);
		plotfile_number(f, canvas_role(s->canvas->order, row->province));
		plotfile_number(f, span_is(row->comparable, "warn"));
	}
}

struct end {
	const struct result_row *row;
	double role;
};

static int by_height(const void *a, const void *b)
{
	const struct end *p = a, *q = b;

	if (p->row->estimate != q->row->estimate)
		return p->row->estimate < q->row->estimate ? -1 : 1;
	return -span_compare(p->row->province, q->row->province);
}

/* One side: x, y of the label, true y, its interval, role, label. */
static void side(struct slope *s, const struct result_row *const *rows, double x, struct axis axis,
		 double millimetres)
{
	struct canvas *c = s->canvas;
	const struct narrative *w = c->order->narrative;
	struct end *end = arena_new(c->arena, s->n, sizeof *end);
	double *y = arena_new(c->arena, s->n, sizeof *y);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (rows[i] && !isnan(rows[i]->estimate))
			end[n++] = (struct end){rows[i], canvas_role(c->order, rows[i]->province)};
	if (n)
		qsort(end, n, sizeof *end, by_height);
	for (size_t i = 0; i < n; i++)
		y[i] = end[i].row->estimate;
	plotfile_spread(c->arena, y, n, 1.35 * c->em * (axis.high - axis.low) / millimetres,
			axis.low, axis.high);
	for (size_t i = 0; i < n; i++) {
		struct text value = narrative_number(w, end[i].row->year, end[i].row->estimate),
			    name = canvas_fit(c, end[i].row->province_name, CANVAS_ENDS);
		struct text label =
			arena_format(c->arena, "%.*s  %.*s", SPAN_ARG(x > 0 ? value : name),
				     SPAN_ARG(x > 0 ? name : value));

		plotfile_number(&c->plot, x);
		plotfile_number(&c->plot, y[i]);
		plotfile_number(&c->plot, end[i].row->estimate);
		plotfile_number(&c->plot, end[i].row->ci_low);
		plotfile_number(&c->plot, end[i].row->ci_high);
		plotfile_number(&c->plot, end[i].role);
		plotfile_text_as(&c->plot, label, canvas_role_look(end[i].role));
		canvas_name(c, end[i].row->province, label);
	}
}

/* Of the earlier year its value, of the later one the change as well. */
static struct text tip_of(struct slope *s, size_t i, size_t later)
{
	struct canvas *c = s->canvas;
	const struct result_row *row = s->row[i];

	if (later)
		return tips_line(c, row->province_name, tips_change(c, row));
	return tips_dated(c, row->province_name, s->was[i]->year, tips_value(c, s->was[i]));
}

/* Both ends of every line, the province's on top. */
static void tips(struct slope *s)
{
	struct canvas *c = s->canvas;

	for (double role = 2; role > 0; role--)
		for (size_t i = 0; i < s->n; i++) {
			const struct result_row *both[] = {s->was[i], s->row[i]};

			for (size_t k = 0; k < 2; k++)
				if (both[k] && canvas_role(c->order, both[k]->province) == role)
					canvas_tip(c, (struct tip){.x = (double)k,
								   .y = both[k]->estimate,
								   .width = TIP_DISC,
								   .province = both[k]->province,
								   .item = c->order->item,
								   .words = tip_of(s, i, k)});
		}
}

/* Notes and CSV are about the rows drawn alone. */
static struct changes drawn_of(struct slope *s)
{
	struct changes drawn = {.judged = s->changes.judged};

	for (size_t i = 0; i < s->n; i++)
		result_add(s->canvas->arena, isnan(s->row[i]->delta) ? &drawn.without : &drawn.with,
			   s->row[i]);
	return drawn;
}

static void words(struct slope *s)
{
	struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	bool errors = canvas_estimated(o);
	struct result all = {0};
	struct changes drawn = drawn_of(s);
	struct field fields[] = {
		{"item", canvas_item(o)->brief[p->lang]},
		{"province", o->self->name},
		{"year", canvas_year(c, o->year)},
		{"from", canvas_year(c, o->from)},
		{"unit", parts_unit(c, false)},
		{"range", canvas_range(c, canvas_item(o))},
		{"level", canvas_level(o)},
		{"peers", o->peers->label[p->lang]},
	};
	size_t n = sizeof fields / sizeof *fields;

	for (size_t i = 0; i < s->n; i++)
		result_add(c->arena, &all, s->row[i]);
	c->chart->title = parts_change_title(c, &s->changes);
	c->chart->subtitle = arena_format(
		c->arena, "%.*s; %.*s",
		SPAN_ARG(phrase_fill(p, errors ? "slope.subtitle.errors" : "slope.subtitle", fields,
				     n)),
		SPAN_ARG(parts_peers(c)));
	c->chart->caption =
		phrase_fill(p, errors ? "slope.caption.errors" : "slope.caption", fields, n);
	parts_footer(c, parts_change_note(c, &drawn), s->changes.self, all.row, all.n);
	parts_change_csv(c, &drawn);
}

static struct text alt_of(struct slope *s)
{
	const struct narrative *w = s->canvas->order->narrative;
	struct text list = {"", 0};

	for (size_t i = 0; i < s->n; i++)
		list = arena_format(
			s->canvas->arena, "%.*s%s%.*s: %.*s → %.*s", SPAN_ARG(list), i ? "; " : "",
			SPAN_ARG(s->row[i]->province_name),
			SPAN_ARG(tables_score(w, s->row[i]->year, s->row[i]->estimate_from)),
			SPAN_ARG(tables_estimate(w, s->row[i])));
	return PHRASE_FILL(w->phrases, "change.alt", {"title", s->canvas->chart->title},
			   {"list", list});
}

static void draw(struct slope *s)
{
	struct canvas *c = s->canvas;
	double body = c->order->report ? BODY_REPORT : BODY_WEB;
	struct axis axis = axis_over(s);

	words(s);
	canvas_page(c, c->order->report ? 160 : 180, body);
	plotfile_key(&c->plot, "head_from", canvas_year(c, c->order->from));
	plotfile_key(&c->plot, "head_to", canvas_year(c, c->order->year));
	plotfile_key_number(&c->plot, "ymin", axis.low);
	plotfile_key_number(&c->plot, "ymax", axis.high);
	lines(s);
	plotfile_block(&c->plot, "ends", 7);
	side(s, s->was, 0, axis, body - 2.4 * c->line);
	side(s, s->row, 1, axis, body - 2.4 * c->line);
	tips(s);
	c->chart->alt = alt_of(s);
}

static bool any_line(const struct slope *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!isnan(s->row[i]->delta))
			return true;
	return false;
}

bool chart_slope(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct slope s = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = parts_changes(&c, &s.changes, why);

	if (ok) {
		find_rows(&s);
		ok = any_line(&s);
		if (ok)
			draw(&s);
		else
			diag_fail(why, DIAG_DATA,
				  "neither %.*s nor its peers have a change from %ld to %ld",
				  SPAN_ARG(o->self->name), o->from, o->year);
	}
	canvas_close(&c);
	return ok;
}
