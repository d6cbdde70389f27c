/* Where points were lost: bars by criterion or agency, the largest first, and the line of their
 * sum. From rows with PART_GAPS when the order has them; else, of a published index that is the sum
 * of its items, from what each lowest item with a score could have given. */
#include "output/chart_parts.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>

#define MOST_BARS 24 /* the rest is one bar more */

struct pareto {
	struct canvas *canvas;
	struct result loss; /* largest first; rows whose loss is known */
	double lost, most;  /* points, in all */
	size_t losing;      /* rows that lost anything */
	size_t bars, half;  /* bars that stand for themselves; the fewest that make half of it */
	struct text unscored, unranged; /* codes of items without a score, or a known most */
};

static const struct item *parent_of(const struct structure *s, const struct item *item)
{
	return item->parent.n ? structure_find(s, item->era, item->parent) : NULL;
}

static bool is_below(const struct structure *s, const struct item *item, struct text code)
{
	while ((item = parent_of(s, item)))
		if (span_equal(item->code, code))
			return true;
	return false;
}

static const struct result_row *score_of(const struct chart_order *o, const struct item *item)
{
	const struct result_row *row = result_find(o->all, o->year, item->code, o->self->code);

	return row && !isnan(row->estimate) ? row : NULL;
}

static bool child_has_score(const struct chart_order *o, const struct item *item)
{
	const struct structure *s = &o->narrative->survey->structure;

	for (const struct item *c = NULL; (c = structure_child(s, item, c));)
		if (score_of(o, c))
			return true;
	return false;
}

/* The whole that it is part of stands in the chart itself. */
static bool parent_is_drawn(const struct chart_order *o, const struct item *item)
{
	const struct item *up = parent_of(&o->narrative->survey->structure, item);

	return up && !span_equal(up->code, o->item) && score_of(o, up) && !child_has_score(o, up);
}

static void name_in(struct pareto *p, struct text *list, struct text code)
{
	*list = arena_format(p->canvas->arena, "%.*s%s%.*s", SPAN_ARG(*list), list->n ? ", " : "",
			     SPAN_ARG(code));
}

static void add_item(struct pareto *p, const struct item *item)
{
	const struct chart_order *o = p->canvas->order;
	const struct result_row *row = score_of(o, item);
	const struct survey *s = o->narrative->survey;

	if (!row) {
		if (!structure_child(&s->structure, item, NULL) && !parent_is_drawn(o, item))
			name_in(p, &p->unscored, item->code);
		return;
	}
	if (child_has_score(o, item))
		return; /* its parts stand for it */
	if (isnan(item->max)) {
		name_in(p, &p->unranged, item->code);
		return;
	}
	struct result_row loss = *row;

	loss.max_points = item->max;
	loss.final_points = row->estimate;
	loss.lost_points = number_round(item->max - row->estimate, s->scores.decimals);
	result_add(p->canvas->arena, &p->loss, &loss);
}

/* Is the order's item a sum all the way down? */
static bool is_sum(const struct chart_order *o, const struct item *const *item, size_t n)
{
	const struct structure *s = &o->narrative->survey->structure;

	for (size_t i = 0; i < n; i++)
		if (item[i]->aggregation != AGGREGATE_SUM && structure_child(s, item[i], NULL) &&
		    (span_equal(item[i]->code, o->item) || is_below(s, item[i], o->item)))
			return false;
	return !canvas_estimated(o);
}

static bool derive(struct pareto *p, struct diag *why)
{
	const struct chart_order *o = p->canvas->order;
	const struct survey *s = o->narrative->survey;
	size_t n;
	const struct item **item = tables_tree(p->canvas->arena, s, o->year, &n);

	if (!is_sum(o, item, n))
		return diag_fail(why, DIAG_DATA,
				 "points are lost only from published scores that are sums; those "
				 "of %ld are not",
				 o->year);
	for (size_t i = 0; i < n; i++)
		if (is_below(&s->structure, item[i], o->item))
			add_item(p, item[i]);
	return true;
}

static int by_loss(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;

	if (p->lost_points != q->lost_points)
		return p->lost_points > q->lost_points ? -1 : 1;
	if (p->item_order != q->item_order)
		return p->item_order < q->item_order ? -1 : 1;
	return span_compare(p->agency, q->agency);
}

/* Sums by agency are rows of the total, or of no item. */
static bool is_agency(const struct result_row *row)
{
	return row->item.n == 0 || span_is(row->item, STRUCTURE_ROOT);
}

/* Sorts, sums, and gives each row its part of all that was lost. */
static void sum_up(struct pareto *p)
{
	double so_far = 0;
	size_t kept = 0;

	for (size_t i = 0; i < p->loss.n; i++) {
		if (isnan(p->loss.row[i].lost_points)) {
			name_in(p, &p->unscored,
				is_agency(&p->loss.row[i]) ? p->loss.row[i].agency
							   : p->loss.row[i].item);
			continue;
		}
		p->loss.row[kept++] = p->loss.row[i];
	}
	p->loss.n = kept;
	if (kept)
		qsort(p->loss.row, kept, sizeof *p->loss.row, by_loss);
	for (size_t i = 0; i < kept; i++) {
		p->lost += p->loss.row[i].lost_points;
		p->most += p->loss.row[i].max_points;
		p->losing += p->loss.row[i].lost_points > 0 ? 1 : 0;
	}
	for (size_t i = 0; i < kept; i++) {
		so_far += p->loss.row[i].lost_points;
		p->loss.row[i].share_of_loss = p->loss.row[i].lost_points / p->lost;
		if (p->half == 0 && so_far >= p->lost / 2)
			p->half = i + 1;
	}
	p->bars = p->losing > MOST_BARS + 1 ? MOST_BARS : p->losing;
}

static struct text label_of(const struct pareto *p, const struct result_row *row)
{
	const struct narrative *w = p->canvas->order->narrative;
	const struct structure *s = &w->survey->structure;
	const struct item *item = NULL;
	struct text name = is_agency(row) ? row->agency_name[w->phrases->lang]
					  : row->item_name[w->phrases->lang];

	if (is_agency(row))
		return name.n          ? name
		       : row->agency.n ? row->agency
				       : phrase(w->phrases, "word.agency.none");
	item = structure_find(s, survey_wave(w->survey, p->canvas->order->year)->era, row->item);
	if (item)
		return parts_item_label(p->canvas, item);
	return arena_format(p->canvas->arena, "%.*s. %.*s", SPAN_ARG(row->item), SPAN_ARG(name));
}

static struct text percent(const struct pareto *p, double share)
{
	return arena_format(p->canvas->arena, "%.*s%%",
			    SPAN_ARG(number_shown(p->canvas->arena, 100 * share, 1,
						  p->canvas->order->narrative->phrases->lang)));
}

static void bar(struct pareto *p, size_t y, double lost, double sum, struct text label)
{
	struct plotfile *f = &p->canvas->plot;
	const struct chart_order *o = p->canvas->order;

	plotfile_number(f, (double)y);
	plotfile_number(f, lost);
	plotfile_number(f, 100 * sum / p->lost);
	plotfile_number(f, y <= p->half ? 1 : 0);
	plotfile_text(f, label);
	plotfile_text(f, narrative_number(o->narrative, o->year, lost));
	plotfile_text(f, percent(p, sum / p->lost));
}

static void rows(struct pareto *p)
{
	double sum = 0;

	plotfile_block(&p->canvas->plot, "rows", 7);
	for (size_t i = 0; i < p->bars; i++) {
		sum += p->loss.row[i].lost_points;
		bar(p, i + 1, p->loss.row[i].lost_points, sum, label_of(p, &p->loss.row[i]));
	}
	if (p->bars < p->losing)
		bar(p, p->bars + 1, p->lost - sum, p->lost,
		    PHRASE_FILL(p->canvas->order->narrative->phrases, "pareto.rest",
				{"n", arena_format(p->canvas->arena, "%zu", p->losing - p->bars)}));
}

static void csv(struct pareto *p)
{
	static const char *const head[] = {"item",          "name",         "agency",
					   "max_points",    "final_points", "lost_points",
					   "share_of_loss", "cumulative",   "flag"};
	struct canvas *c = p->canvas;
	double sum = 0;

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < p->loss.n; i++) {
		const struct result_row *row = &p->loss.row[i];

		sum += row->lost_points;
		struct text cells[] = {row->item,
				       row->item_name[c->order->narrative->phrases->lang],
				       row->agency,
				       number_exact(c->arena, row->max_points),
				       number_exact(c->arena, row->final_points),
				       number_exact(c->arena, row->lost_points),
				       number_exact(c->arena, row->share_of_loss),
				       number_exact(c->arena, sum / p->lost),
				       result_flags(c->arena, row->flags)};

		canvas_csv(c, cells, sizeof cells / sizeof *cells);
	}
}

static struct text note_of(struct pareto *p)
{
	const struct phrases *ph = p->canvas->order->narrative->phrases;
	struct text note = {"", 0};

	if (p->unscored.n)
		note = PHRASE_FILL(ph, "pareto.unscored", {"codes", p->unscored});
	if (p->unranged.n)
		note = parts_join(p->canvas->arena, note,
				  PHRASE_FILL(ph, "pareto.unranged", {"codes", p->unranged}));
	return note;
}

static void words(struct pareto *p)
{
	struct canvas *c = p->canvas;
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	double half = 0;
	bool agencies = is_agency(&p->loss.row[0]);
	bool known = p->unscored.n || p->unranged.n; /* not every loss is */

	for (size_t i = 0; i < p->half; i++)
		half += p->loss.row[i].lost_points;
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", canvas_subject(c)},
		{"year", canvas_year(c, o->year)},
		{"count", arena_format(c->arena, "%zu", p->half)},
		{"all", arena_format(c->arena, "%zu", p->loss.n)},
		{"share", percent(p, half / p->lost)},
		{"lost", narrative_number(w, o->year, p->lost)},
		{"most", narrative_number(w, o->year, p->most)},
		{"unit", parts_unit(c, true)},
		{"things", phrase(w->phrases, agencies ? "pareto.agencies" : "pareto.criteria")},
	};
	size_t n = sizeof fields / sizeof *fields;

	c->chart->title =
		phrase_fill(w->phrases, known ? "pareto.title.known" : "pareto.title", fields, n);
	c->chart->subtitle = phrase_fill(
		w->phrases, isnan(p->most) ? "pareto.subtitle.bare" : "pareto.subtitle", fields, n);
	c->chart->caption = phrase_fill(
		w->phrases, known ? "pareto.caption.known" : "pareto.caption", fields, n);
	parts_footer(c, note_of(p), NULL, NULL, 0);
}

static struct text alt_of(struct pareto *p)
{
	const struct narrative *w = p->canvas->order->narrative;
	struct text list = {"", 0};

	for (size_t i = 0; i < p->bars; i++)
		list = arena_format(p->canvas->arena, "%.*s%s%.*s: %.*s", SPAN_ARG(list),
				    i ? "; " : "", SPAN_ARG(label_of(p, &p->loss.row[i])),
				    SPAN_ARG(narrative_number(w, p->canvas->order->year,
							      p->loss.row[i].lost_points)));
	return PHRASE_FILL(w->phrases, "change.alt", {"title", p->canvas->chart->title},
			   {"list", list});
}

static void draw(struct pareto *p)
{
	struct canvas *c = p->canvas;
	const struct phrases *ph = c->order->narrative->phrases;
	bool report = c->order->report;
	double n = (double)p->bars + (p->bars < p->losing), rest = p->lost,
	       most = p->loss.row[0].lost_points;

	for (size_t i = 0; i < p->bars; i++)
		rest -= p->loss.row[i].lost_points;
	struct axis axis = axis_for(0, p->bars < p->losing ? fmax(most, rest) : most, 5);

	words(p);
	canvas_page(c, report ? 160 : 200, c->line * 4.2 + n * (report ? 4.6 : 5.2));
	plotfile_key(&c->plot, "head_label",
		     phrase(ph, is_agency(&p->loss.row[0]) ? "head.agency.name" : "head.item"));
	plotfile_key(&c->plot, "head_value", phrase(ph, "pareto.head"));
	plotfile_key(&c->plot, "head_sum", phrase(ph, "pareto.sum"));
	plotfile_key(&c->plot, "xlabel",
		     PHRASE_FILL(ph, "pareto.axis", {"unit", parts_unit(c, true)}));
	plotfile_key_number(&c->plot, "xmin", axis.low);
	plotfile_key_number(&c->plot, "xmax", axis.high);
	plotfile_axis(&c->plot, "xtics", axis, ph->lang);
	rows(p);
	csv(p);
	c->chart->alt = alt_of(p);
}

static bool find_losses(struct pareto *p, struct diag *why)
{
	const struct chart_order *o = p->canvas->order;

	if (!o->losses && !derive(p, why))
		return false;
	for (size_t i = 0; o->losses && i < o->losses->n; i++)
		result_add(p->canvas->arena, &p->loss, &o->losses->row[i]);
	sum_up(p);
	return p->lost > 0 ||
	       diag_fail(why, DIAG_DATA, "%.*s has no points of %ld that are known to be lost",
			 SPAN_ARG(o->self->name), o->year);
}

bool chart_pareto(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct pareto p = {.canvas = &c};

	if (!canvas_open(a, o, out, &c, why))
		return false;
	bool ok = find_losses(&p, why);

	if (ok)
		draw(&p);
	return canvas_close(&c, why) && ok;
}
