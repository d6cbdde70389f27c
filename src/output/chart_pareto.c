/* Where points were lost: bars by criterion or agency, the largest first, and the line of their
 * sum. From the rows the order has, else from published scores (gaps). */
#include "output/chart_parts.h"
#include "output/chart_tips.h"

#include <math.h>
#include <stdlib.h>

#define MOST_BARS 24 /* the rest is one bar more */

struct pareto {
	struct canvas *canvas;
	struct result loss;   /* largest first; rows whose loss is known */
	double lost, most;    /* points, in all */
	size_t losing;        /* rows that lost anything */
	size_t bars, half;    /* bars that stand for themselves; the fewest that make half of it */
	struct text unscored; /* what has no score */
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

static void name_in(struct pareto *p, struct text *list, struct text code)
{
	*list = arena_format(p->canvas->arena, "%.*s%s%.*s", SPAN_ARG(*list), list->n ? ", " : "",
			     SPAN_ARG(code));
}

/* A row of an agency is about the whole. */
static bool is_agency(const struct result_row *row)
{
	return row->item.n == 0 || span_is(row->item, STRUCTURE_ROOT);
}

/* What is below the order's item, of the published scores. */
static bool derive(struct pareto *p, struct diag *why)
{
	const struct chart_order *o = p->canvas->order;
	const struct survey *s = o->narrative->survey;
	const struct text era = survey_wave(s, o->year)->era;
	struct criteria criteria;
	struct gaps_order order = {.survey = s,
				   .criteria = &criteria,
				   .all = o->all,
				   .self = o->self,
				   .year = o->year};
	struct result lost;

	if (!gaps_of_scores(p->canvas->arena, s, o->all, o->self, o->year, &criteria, why))
		return false;
	gaps_result(p->canvas->arena, &order, o->by, &lost);
	for (size_t i = 0; i < lost.n; i++) {
		const struct item *item = structure_find(&s->structure, era, lost.row[i].item);

		if (is_agency(&lost.row[i]) ? canvas_is_root(o)
					    : item && is_below(&s->structure, item, o->item))
			result_add(p->canvas->arena, &p->loss, &lost.row[i]);
	}
	return true;
}

static struct text agency_of(const struct pareto *p, const struct result_row *row)
{
	const struct phrases *ph = p->canvas->order->narrative->phrases;
	struct text name = row->agency_name[ph->lang];

	if (name.n || row->agency.n)
		return name.n ? name : row->agency;
	return phrase(ph, "word.agency.none");
}

static int by_loss(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;

	if (p->lost_points != q->lost_points)
		return p->lost_points > q->lost_points ? -1 : 1;
	return span_compare(p->item, q->item) ? span_compare(p->item, q->item)
					      : span_compare(p->agency, q->agency);
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
	const struct survey *s = w->survey;
	const struct item *item = structure_find(
		&s->structure, survey_wave(s, p->canvas->order->year)->era, row->item);

	if (is_agency(row))
		return agency_of(p, row);
	if (item)
		return parts_item_label(p->canvas, item);
	return arena_format(p->canvas->arena, "%.*s. %.*s", SPAN_ARG(row->item),
			    SPAN_ARG(row->item_name[w->phrases->lang]));
}

static struct text percent(const struct pareto *p, double share)
{
	return arena_format(p->canvas->arena, "%.*s%%",
			    SPAN_ARG(number_shown(p->canvas->arena, 100 * share, 1,
						  p->canvas->order->narrative->phrases->lang)));
}

/* The whole row: the bar and its point of the sum. */
static void tip(struct pareto *p, size_t y, double lost, double sum, struct text item,
		struct text label)
{
	struct canvas *c = p->canvas;
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	struct text points =
		arena_format(c->arena, "%.*s %.*s", SPAN_ARG(narrative_number(w, o->year, lost)),
			     SPAN_ARG(parts_unit(c, true)));

	canvas_tip(c, (struct tip){.x = lost,
				   .y = (double)y,
				   .width = 1,
				   .height = 1,
				   .province = o->self->code,
				   .item = item,
				   .words = tips_line(
					   c, label,
					   PHRASE_FILL(w->phrases, "tip.lost", {"lost", points},
						       {"share", percent(p, lost / p->lost)},
						       {"sum", percent(p, sum / p->lost)}))});
}

static void bar(struct pareto *p, size_t y, double lost, double sum, struct text label)
{
	struct plotfile *f = &p->canvas->plot;
	const struct chart_order *o = p->canvas->order;

	plotfile_number(f, (double)y);
	plotfile_number(f, lost);
	plotfile_number(f, 100 * sum / p->lost);
	plotfile_number(f, y <= p->half ? 1 : 0);
	plotfile_text(f, canvas_fit(p->canvas, label, CANVAS_NAMES));
	plotfile_text_as(f, narrative_number(o->narrative, o->year, lost),
			 (struct look){.size = 1, .bold = y <= p->half});
	plotfile_text(f, percent(p, sum / p->lost));
}

static void rows(struct pareto *p)
{
	double sum = 0;

	plotfile_block(&p->canvas->plot, "rows", 7);
	for (size_t i = 0; i < p->bars; i++) {
		sum += p->loss.row[i].lost_points;
		bar(p, i + 1, p->loss.row[i].lost_points, sum, label_of(p, &p->loss.row[i]));
		tip(p, i + 1, p->loss.row[i].lost_points, sum, p->loss.row[i].item,
		    label_of(p, &p->loss.row[i]));
	}
	if (p->bars == p->losing)
		return;
	struct text rest =
		PHRASE_FILL(p->canvas->order->narrative->phrases, "pareto.rest",
			    {"n", arena_format(p->canvas->arena, "%zu", p->losing - p->bars)});

	bar(p, p->bars + 1, p->lost - sum, p->lost, rest);
	tip(p, p->bars + 1, p->lost - sum, p->lost, span_of(""), rest);
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
	if (p->unscored.n == 0)
		return p->unscored;
	return PHRASE_FILL(p->canvas->order->narrative->phrases, "pareto.unscored",
			   {"codes", p->unscored});
}

static void words(struct pareto *p)
{
	struct canvas *c = p->canvas;
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	double half = 0;
	bool agencies = is_agency(&p->loss.row[0]);
	bool known = p->unscored.n > 0; /* not every loss is */

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
		{"things", phrase(w->phrases, agencies               ? "pareto.agencies"
					      : o->by == GAPS_DOMAIN ? "word.items"
								     : "pareto.criteria")},
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
	facts_no_claim(c->facts);
	facts_unit(c->facts, c->order->self->code);
	facts_bars(c->facts, axis.low);
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

	canvas_open(a, o, out, &c);
	bool ok = find_losses(&p, why);

	if (ok)
		draw(&p);
	canvas_close(&c);
	return ok;
}
