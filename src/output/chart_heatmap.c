#include "analysis/rank.h"
#include "analysis/spread.h"
#include "output/chart_base.h"

#include <math.h>

/* The province and its peers (everyone, when it has none), by rank of the total. */
static void units(struct arena *a, const struct chart_order *o, struct result *out)
{
	size_t n;
	const struct result_row *row = result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &n);

	for (size_t i = 0; i < n; i++)
		if (o->peers->n == 0 || canvas_role(o, row[i].province) > 0)
			result_add(a, out, &row[i]);
	rank_sort(out);
}

static size_t columns(const struct chart_order *o, const struct item **item, size_t room)
{
	const struct survey *s = o->narrative->survey;
	const struct item *root = structure_find(&s->structure, survey_wave(s, o->year)->era,
						 span_of(STRUCTURE_ROOT));
	size_t n = 0;

	for (const struct item *k = NULL;
	     n < room && (k = structure_child(&s->structure, root, k));) {
		size_t any;

		if (result_group(o->all, o->year, k->code, &any))
			item[n++] = k;
	}
	return n;
}

/* Where the province stands best and worst, by percentile. */
static void extremes(const struct chart_order *o, const struct item *const *item, size_t n,
		     const struct item **best, const struct item **worst)
{
	double high = -1, low = 101;

	*best = *worst = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(o->all, o->year, item[i]->code, o->self->code);
		double x = row ? spread_percentile(row->rank, row->n_ranked) : NAN;

		if (x > high) {
			high = x;
			*best = item[i];
		}
		if (x < low) {
			low = x;
			*worst = item[i];
		}
	}
}

static void words(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct item *best, *worst;
	size_t rows;
	const struct result_row *row =
		result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &rows);

	extremes(o, item, n, &best, &worst);
	bool none = !best || best == worst;
	struct field fields[] = {{"province", o->self->name},
				 {"survey", o->narrative->survey->name},
				 {"year", canvas_year(c, o->year)},
				 {"best", none ? span_of("") : best->brief[p->lang]},
				 {"worst", none ? span_of("") : worst->brief[p->lang]},
				 {"peers", o->peers->label[p->lang]}};
	size_t k = sizeof fields / sizeof *fields;

	c->chart->title = phrase_fill(p, none ? "heatmap.title.none" : "heatmap.title", fields, k);
	c->chart->subtitle = phrase_fill(p, "heatmap.subtitle", fields, k);
	c->chart->caption = phrase_fill(p, "heatmap.caption", fields, k);
	c->chart->footer = canvas_source(c, row, rows);
}

static size_t heads(struct canvas *c, const struct item *const *item, size_t n)
{
	enum lang lang = c->order->narrative->phrases->lang;
	size_t most = 1, lines;

	plotfile_block(&c->plot, "cols", 2);
	for (size_t i = 0; i < n; i++) {
		struct text head =
			plotfile_wrap(c->arena, item[i]->brief[lang], n > 6 ? 12 : 14, &lines);

		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_text(&c->plot, head);
		most = lines > most ? lines : most;
	}
	return most;
}

static size_t head_lines(struct canvas *c, const struct item *const *item, size_t n)
{
	size_t most = 1, lines;

	for (size_t i = 0; i < n; i++) {
		plotfile_wrap(c->arena, item[i]->brief[c->order->narrative->phrases->lang],
			      n > 6 ? 12 : 14, &lines);
		most = lines > most ? lines : most;
	}
	return most;
}

static void cell(struct canvas *c, const struct result_row *unit, const struct item *item, double x,
		 double y)
{
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, item->code, unit->province);
	bool none = !row || isnan(row->estimate);
	double percentile = none ? NAN : spread_percentile(row->rank, row->n_ranked);
	struct text cells[] = {unit->province,
			       unit->province_name,
			       item->code,
			       none ? span_of("") : number_exact(c->arena, row->estimate),
			       none ? span_of("") : number_exact(c->arena, row->rank),
			       number_exact(c->arena, percentile)};

	plotfile_number(&c->plot, x);
	plotfile_number(&c->plot, y);
	plotfile_number(&c->plot, percentile);
	plotfile_text(&c->plot,
		      none ? span_of("–") : narrative_number(o->narrative, o->year, row->estimate));
	canvas_csv(c, cells, sizeof cells / sizeof *cells);
}

static void body(struct canvas *c, const struct result *r, const struct item *const *item, size_t n)
{
	static const char *const head[] = {"province", "province_name", "item",
					   "score",    "rank",          "percentile"};
	struct text cells[6];

	plotfile_block(&c->plot, "rows", 3);
	for (size_t i = 0; i < r->n; i++) {
		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, canvas_role(c->order, r->row[i].province) == 1);
		plotfile_text(&c->plot, r->row[i].province_name);
	}
	for (size_t i = 0; i < 6; i++)
		cells[i] = span_of(head[i]);
	canvas_csv(c, cells, 6);
	plotfile_block(&c->plot, "cells", 4);
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < n; k++)
			cell(c, &r->row[i], item[k], (double)(k + 1), (double)(i + 1));
}

static void alt(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	struct text list = {"", 0};

	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(o->all, o->year, item[i]->code, o->self->code);

		if (!row || isnan(row->estimate))
			continue;
		list = arena_format(c->arena, "%.*s%s%.*s: %.*s, %.*s", SPAN_ARG(list),
				    list.n ? "; " : "", SPAN_ARG(item[i]->name[w->phrases->lang]),
				    SPAN_ARG(narrative_number(w, o->year, row->estimate)),
				    SPAN_ARG(PHRASE_FILL(w->phrases, "chart.rank",
							 {"rank", narrative_rank(w, row->rank,
										 row->n_ranked)})));
	}
	c->chart->alt = PHRASE_FILL(w->phrases, list.n ? "heatmap.alt" : "chart.alt.none",
				    {"title", c->chart->title}, {"subtitle", c->chart->subtitle},
				    {"list", list});
}

#define MOST_COLUMNS 10

bool chart_heatmap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	const struct item *item[MOST_COLUMNS];
	const struct phrases *p = o->narrative->phrases;
	size_t n = columns(o, item, MOST_COLUMNS);
	struct result r = {0};
	struct canvas c;

	units(a, o, &r);
	if (n == 0 || r.n == 0)
		return diag_fail(why, DIAG_DATA,
				 "%ld has no items below \"" STRUCTURE_ROOT "\" for this chart",
				 o->year);
	if (!canvas_open(a, o, out, &c, why))
		return false;
	words(&c, item, n);
	double pitch = o->report ? (r.n > 30 ? 3.6 : 5.5) : (r.n > 30 ? 4.1 : 6.2);

	canvas_page(&c, o->report ? 160 : 200,
		    1.12 * c.em * (double)head_lines(&c, item, n) + 2.4 * c.line +
			    pitch * (double)r.n);
	plotfile_key(&c.plot, "legend_title", phrase(p, "heatmap.legend"));
	plotfile_key(&c.plot, "legend_low", phrase(p, "heatmap.low"));
	plotfile_key(&c.plot, "legend_mid", phrase(p, "heatmap.mid"));
	plotfile_key(&c.plot, "legend_high", phrase(p, "heatmap.high"));
	heads(&c, item, n);
	body(&c, &r, item, n);
	alt(&c, item, n);
	return canvas_close(&c, why);
}
