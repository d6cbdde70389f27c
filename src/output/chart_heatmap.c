#include "analysis/rank.h"
#include "analysis/spread.h"
#include "analysis/against.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"

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

/* Of answers, the lowest items that stand above others: the factors. */
static size_t factors(const struct chart_order *o, const struct item **item, size_t room)
{
	const struct structure *s = &o->narrative->survey->structure;
	const struct text era = survey_wave(o->narrative->survey, o->year)->era;
	size_t n = 0;

	for (size_t i = 0; i < s->n && n < room; i++) {
		const struct item *below = structure_child(s, &s->at[i], NULL);

		if (s->at[i].depth && span_equal(s->at[i].era, era) && below &&
		    !structure_child(s, below, NULL))
			item[n++] = &s->at[i];
	}
	return n;
}

static size_t columns(const struct chart_order *o, const struct item **item, size_t room)
{
	if (canvas_estimated(o) && canvas_has_factors(o))
		return factors(o, item, room);

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

/* On how many items the province lies above and below the country. */
static void count_sides(const struct chart_order *o, const struct result *against,
			const struct item *const *item, size_t n, size_t *up, size_t *down,
			size_t *all)
{
	*up = *down = *all = 0;
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(o->all, o->year, item[i]->code, o->self->code);
		int side = against_side(against, item[i]->code, o->self->code);

		*up += side > 0;
		*down += side < 0;
		*all += row && !isnan(row->ci_low);
	}
}

static void say_hidden(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	struct result shown = {0};

	for (size_t i = 0; i < o->all->n; i++)
		for (size_t k = 0; k < n; k++)
			if (o->all->row[i].year == o->year &&
			    span_equal(o->all->row[i].item, item[k]->code) &&
			    (o->peers->n == 0 || canvas_role(o, o->all->row[i].province) > 0))
				result_add(c->arena, &shown, &o->all->row[i]);
	canvas_hidden(c, &shown);
}

/* Every item of a province of the rows against the country. */
static struct result family_of(struct canvas *c, struct text province)
{
	const struct chart_order *o = c->order;
	struct result family = {0};

	if (canvas_estimated(o))
		against_items(c->arena, o->all, o->national, o->year, province, &family);
	return family;
}

/* Of estimates every side that the title counts; else that one rank is better than another. */
static void claims(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	const struct item *best, *worst;
	const struct result_row *high, *low;
	struct result against = family_of(c, o->self->code);

	facts_no_claim(c->facts);
	for (size_t i = 0; i < n && canvas_estimated(o); i++) {
		const struct result_row *row =
			result_find(o->all, o->year, item[i]->code, o->self->code);
		int side = against_side(&against, item[i]->code, o->self->code);

		if (row && side)
			facts_side_claim(c->facts, row, side,
					 canvas_nation(o, o->year, item[i]->code));
	}
	extremes(o, item, n, &best, &worst);
	if (canvas_estimated(o) || !best || best == worst)
		return;
	high = result_find(o->all, o->year, best->code, o->self->code);
	low = result_find(o->all, o->year, worst->code, o->self->code);
	facts_claim(c->facts,
		    (struct fact_claim){.about = best->code,
					.sign = 1,
					.estimate = spread_percentile(high->rank, high->n_ranked),
					.low = NAN,
					.high = NAN,
					.reference = spread_percentile(low->rank, low->n_ranked)});
}

static void words_of_sides(struct canvas *c, const struct item *const *item, size_t n,
			   const struct result_row *row, size_t rows)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct result against = family_of(c, o->self->code);
	const struct result_row *self =
		result_find(o->all, o->year, span_of(STRUCTURE_ROOT), o->self->code);
	size_t up, down, all;

	count_sides(o, &against, item, n, &up, &down, &all);
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", o->narrative->survey->name},
		{"year", canvas_year(c, o->year)},
		{"up", arena_format(c->arena, "%zu", up)},
		{"down", arena_format(c->arena, "%zu", down)},
		{"all", arena_format(c->arena, "%zu", all)},
		{"things", phrase(p, canvas_has_factors(o) ? "word.factors" : "word.items")},
		{"level", canvas_level(o)},
		{"peers", o->peers->label[p->lang]}};
	size_t k = sizeof fields / sizeof *fields;

	c->chart->title = phrase_fill(
		p, (up + down) ? "heatmap.title.sides" : "heatmap.title.unclear", fields, k);
	c->chart->subtitle = phrase_fill(p, "heatmap.subtitle.sides", fields, k);
	c->chart->caption = phrase_fill(p, "heatmap.caption.sides", fields, k);
	parts_footer(c,
		     against_judged(&against)
			     ? PHRASE_FILL(p, "chart.against.each", {"province", o->self->name},
					   {"all", arena_format(c->arena, "%zu",
								against_judged(&against))})
			     : (struct text){"", 0},
		     self, row, rows);
	say_hidden(c, item, n);
}

static void words(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	const struct item *best, *worst;
	size_t rows;
	const struct result_row *row =
		result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &rows);

	claims(c, item, n);
	if (canvas_estimated(o)) {
		words_of_sides(c, item, n, row, rows);
		return;
	}
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

#define HEAD_GAP 0.6 /* between heads, in em */
#define MOST_LINES 8

/* The last line, which is taken off; heads stand on their last lines. */
static struct text last_line(struct text *head)
{
	size_t at = head->n;

	while (at && head->at[at - 1] != '\n')
		at--;
	struct text line = {head->at + at, head->n - at};

	head->n = at ? at - 1 : 0;
	return line;
}

/* Do two neighbours touch, each over the middle of a column of that width? */
static bool collide(const struct canvas *c, struct text left, struct text right, double column)
{
	while (left.n && right.n) {
		double a = canvas_width(c, last_line(&left), c->small, false),
		       b = canvas_width(c, last_line(&right), c->small, false);

		if (a > 0 && b > 0 && a + b > 2 * (column - HEAD_GAP * c->em))
			return true;
	}
	return false;
}

static struct text shown_name(const struct canvas *c, const struct result_row *row)
{
	return canvas_fit(c, row->province_name, CANVAS_NAMES);
}

/* The heads of the columns, as wide as the names of the rows leave them; one with a long word is
 * raised where it would touch its neighbour. Returns the most lines. */
static size_t find_heads(struct canvas *c, const struct result *r, const struct item *const *item,
			 size_t n, struct text *head)
{
	double names = 0, width = c->order->report ? 159 : 193, column;
	enum lang lang = c->order->narrative->phrases->lang;
	size_t most = 1;

	for (size_t i = 0; i < r->n; i++)
		names = fmax(names, canvas_width(c, shown_name(c, &r->row[i]), 1,
						 canvas_role(c->order, r->row[i].province) == 1));
	column = (width - names - 0.7 * c->em) / (double)n;
	for (size_t i = 0; i < n; i++) {
		size_t lines;

		head[i] = plotfile_wrap(c->arena, item[i]->brief[lang],
					canvas_letters(c, c->small, false),
					column - HEAD_GAP * c->em, &lines);
		while (i && lines < MOST_LINES && collide(c, head[i - 1], head[i], column)) {
			head[i] = arena_format(c->arena, "%.*s\n ", SPAN_ARG(head[i]));
			lines++;
		}
		most = lines > most ? lines : most;
	}
	return most;
}

static void heads(struct canvas *c, const struct text *head, size_t n)
{
	plotfile_block(&c->plot, "cols", 2);
	for (size_t i = 0; i < n; i++) {
		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_text(&c->plot, head[i]);
	}
}

/* What colours a cell: the percentile of the rank; of an estimate its side of the country's value,
 * as 100, 50 or 0. */
static double heat(const struct chart_order *o, const struct result *against,
		   const struct result_row *row)
{
	if (!canvas_estimated(o))
		return spread_percentile(row->rank, row->n_ranked);
	return isnan(row->ci_low) ? (double)NAN
				  : 50.0 + 50.0 * against_side(against, row->item, row->province);
}

#define PLAIN_COLUMNS 6

static void csv_head(struct canvas *c)
{
	bool estimated = canvas_estimated(c->order);
	struct text head[] = {span_of("province"),
			      span_of("province_name"),
			      span_of("item"),
			      span_of("score"),
			      span_of(estimated ? "ci_low" : "rank"),
			      span_of(estimated ? "ci_high" : "percentile"),
			      span_of("against_country"),
			      span_of("flag")};

	canvas_plain(c, head, sizeof head / sizeof *head, PLAIN_COLUMNS);
}

static void csv_row(struct canvas *c, const struct result *against, const struct result_row *unit,
		    const struct item *item, const struct result_row *row)
{
	static const char *const sides[] = {"below", "not_distinguishable", "above"};
	bool estimated = canvas_estimated(c->order), none = !row || isnan(row->estimate);
	double x = none        ? NAN
		   : estimated ? row->ci_low
			       : row->rank,
	       y = none        ? NAN
		   : estimated ? row->ci_high
			       : heat(c->order, against, row);
	struct text cells[] = {
		unit->province,
		unit->province_name,
		item->code,
		number_exact(c->arena, none ? NAN : row->estimate),
		number_exact(c->arena, x),
		number_exact(c->arena, y),
		span_of(none || isnan(row->ci_low)
				? ""
				: sides[1 + against_side(against, item->code, unit->province)]),
		result_flags(c->arena, row ? row->flags : 0)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static struct text tip_of(struct canvas *c, const struct result *against,
			  const struct result_row *unit, const struct item *item,
			  const struct result_row *row)
{
	struct text value = arena_format(
		c->arena, "%.*s%.*s", SPAN_ARG(tips_value(c, row)),
		SPAN_ARG(tips_side(c, row, against_side(against, item->code, unit->province))));

	return tips_pair(c, unit->province_name, item->brief[c->order->narrative->phrases->lang],
			 value);
}

static void cell(struct canvas *c, const struct result *against, const struct result_row *unit,
		 const struct item *item, double x, double y)
{
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, item->code, unit->province);
	bool none = !row || isnan(row->estimate);

	if (row)
		facts_drawn(c->facts, row);
	plotfile_number(&c->plot, x);
	plotfile_number(&c->plot, y);
	plotfile_number(&c->plot, none ? NAN : heat(o, against, row));
	plotfile_text(&c->plot,
		      none ? row && row->flags & FLAG_SUPPRESSED ? span_of("x") : span_of("–")
			   : narrative_number(o->narrative, o->year, row->estimate));
	csv_row(c, against, unit, item, row);
	canvas_tip(c, (struct tip){.x = x,
				   .y = y,
				   .width = 1,
				   .height = 1,
				   .province = unit->province,
				   .item = item->code,
				   .words = tip_of(c, against, unit, item, row)});
}

static void body(struct canvas *c, const struct result *r, const struct item *const *item, size_t n)
{
	plotfile_block(&c->plot, "rows", 3);
	for (size_t i = 0; i < r->n; i++) {
		double role = canvas_role(c->order, r->row[i].province);

		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, role == 1);
		plotfile_text_as(&c->plot, shown_name(c, &r->row[i]), canvas_role_look(role));
		canvas_name(c, r->row[i].province, shown_name(c, &r->row[i]));
	}
	csv_head(c);
	plotfile_block(&c->plot, "cells", 4);
	for (size_t i = 0; i < r->n; i++) {
		struct result against = family_of(c, r->row[i].province);

		for (size_t k = 0; k < n; k++)
			cell(c, &against, &r->row[i], item[k], (double)(k + 1), (double)(i + 1));
	}
}

/* "hạng 9/61"; of an estimate, where it lies against the country. */
static struct text place(const struct chart_order *o, const struct result *against,
			 const struct result_row *row)
{
	static const char *const sides[] = {"word.below", "word.unclear", "word.above"};
	const struct phrases *p = o->narrative->phrases;

	if (canvas_estimated(o))
		return phrase(p, sides[1 + against_side(against, row->item, row->province)]);
	return PHRASE_FILL(p, "chart.rank",
			   {"rank", narrative_rank(o->narrative, row->rank, row->n_ranked)});
}

static void alt(struct canvas *c, const struct item *const *item, size_t n)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	struct result against = family_of(c, o->self->code);
	struct text list = {"", 0};

	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(o->all, o->year, item[i]->code, o->self->code);

		if (!row || isnan(row->estimate))
			continue;
		list = arena_format(c->arena, "%.*s%s%.*s: %.*s, %.*s", SPAN_ARG(list),
				    list.n ? "; " : "", SPAN_ARG(item[i]->name[w->phrases->lang]),
				    SPAN_ARG(narrative_number(w, o->year, row->estimate)),
				    SPAN_ARG(place(o, &against, row)));
	}
	c->chart->alt = PHRASE_FILL(w->phrases, list.n ? "heatmap.alt" : "chart.alt.none",
				    {"title", c->chart->title}, {"subtitle", c->chart->subtitle},
				    {"list", list});
}

static void legend(struct canvas *c)
{
	static const char *const keys[][2] = {{"heatmap.legend", "heatmap.against"},
					      {"heatmap.low", "heatmap.under"},
					      {"heatmap.mid", "heatmap.unclear"},
					      {"heatmap.high", "heatmap.over"}};
	static const char *const names[] = {"legend_title", "legend_low", "legend_mid",
					    "legend_high"};
	bool sides = canvas_estimated(c->order);

	if (sides)
		plotfile_key(&c->plot, "scheme", span_of("sides"));
	for (size_t i = 0; i < 4; i++)
		plotfile_key(&c->plot, names[i],
			     phrase(c->order->narrative->phrases, keys[i][sides]));
}

#define MOST_COLUMNS 10

bool chart_heatmap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	const struct item *item[MOST_COLUMNS];
	struct text head[MOST_COLUMNS];
	size_t n = columns(o, item, MOST_COLUMNS), lines;
	struct result r = {0};
	struct canvas c;

	units(a, o, &r);
	if (n == 0 || r.n == 0)
		return diag_fail(why, DIAG_DATA, "%ld has no items below \"%s\" for this chart",
				 o->year, STRUCTURE_ROOT);
	canvas_open(a, o, out, &c);
	words(&c, item, n);
	double pitch = o->report ? (r.n > 30 ? 3.6 : 5.5) : (r.n > 30 ? 4.1 : 6.2);

	lines = find_heads(&c, &r, item, n, head);
	canvas_page(&c, o->report ? 160 : 200,
		    1.12 * c.em * (double)lines + 2.4 * c.line + pitch * (double)r.n);
	plotfile_key_number(&c.plot, "head_lines", (double)lines);
	legend(&c);
	heads(&c, head, n);
	body(&c, &r, item, n);
	alt(&c, item, n);
	canvas_close(&c);
	return true;
}
