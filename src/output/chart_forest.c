/* One item of a province by groups of people: under each variable a row a group, with its interval;
 * the province itself is a line and a band behind them. A group is coloured only where its
 * difference from another group of the variable is beyond the error (after Holm, over all pairs of
 * the chart). */
#include "output/chart_tips.h"
#include "output/forest_words.h"
#include "output/tables.h"

#include <math.h>

#define LINES 3 /* of a name, at most */

/* ---- the picture --------------------------------------------------------------------------- */

/* Names of groups have a column, the head of a variable the line up to its note; LINES at most. */
static struct text folded(const struct forest_words *f, struct text name, bool head, size_t *lines)
{
	double column = f->canvas->order->report ? 48 : 62; /* mm */
	struct lettering letters = canvas_letters(f->canvas, 1, head);
	struct text all =
		plotfile_wrap(f->canvas->arena, name, letters, head ? 1.8 * column : column, lines);
	size_t seen = 0, end = 0;

	if (*lines <= LINES)
		return all;
	for (*lines = LINES; seen < LINES; end++)
		seen += all.at[end] == '\n';
	return arena_format(f->canvas->arena, "%.*s…", (int)end - 1, all.at);
}

static double height_of(size_t lines)
{
	return lines > 1 ? (double)lines : 1;
}

/* A row of the list; `top` is where it begins and, behind it, the next one. */
struct line {
	double level; /* 0 the whole, 1 the head of a variable, 2 a group */
	struct text name;
	const struct result_row *row; /* NULL: a head */
	double nation;
	enum breakdown_side side;
	struct text note; /* of a head */
};

/* The head of a variable takes no part in how wide the names are. */
static struct look look_of(const struct line *line)
{
	if (line->level == 1)
		return (struct look){.size = 0};
	return (struct look){.size = 1,
			     .bold = line->level == 0,
			     .indent = canvas_level_look(line->level).indent};
}

static struct text side_words(const struct forest_words *f, enum breakdown_side side)
{
	static const struct {
		enum breakdown_side side;
		const char *key;
	} words[] = {{SIDE_ABOVE, "forest.tip.above"},
		     {SIDE_BELOW, "forest.tip.below"},
		     {SIDE_BOTH, "forest.tip.both"},
		     {SIDE_UNCLEAR, "forest.tip.unclear"}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].side == side)
			return phrase(forest_phrases(f), words[i].key);
	return (struct text){"", 0};
}

enum { TIP_NUMBER = 1 }; /* "height" of the tip of a number that has no dot */

/* The country's mark, and the group's, or the sign that its number is hidden. */
static void tips(struct forest_words *f, const struct line *line, double y)
{
	struct canvas *c = f->canvas;
	const struct chart_order *o = c->order;
	struct text value = tips_value(c, line->row), side = side_words(f, line->side);
	enum lang lang = forest_phrases(f)->lang;
	bool none = isnan(line->row->estimate);

	if (!none && side.n)
		value = PHRASE_FILL(forest_phrases(f), "forest.tip", {"value", value},
				    {"side", side});
	canvas_tip(c, (struct tip){.x = line->nation,
				   .y = y,
				   .width = TIP_DISC,
				   .item = f->item->code,
				   .words = tips_pair(
					   c, phrase(forest_phrases(f), "forest.key.nation"),
					   line->level == 0 ? f->item->brief[lang] : line->name,
					   narrative_value(o->narrative, o->year, line->nation))});
	canvas_tip(c, (struct tip){.x = none ? 0 : line->row->estimate,
				   .y = y,
				   .width = TIP_DISC,
				   .height = none ? TIP_NUMBER : 0,
				   .province = o->self->code,
				   .item = f->item->code,
				   .words = tips_pair(c, o->self->name, line->name, value)});
}

static void put_line(struct forest_words *f, const struct line *line, double *top)
{
	struct plotfile *file = &f->canvas->plot;
	const struct result_row *row = line->row;
	const struct narrative *n = f->canvas->order->narrative;
	const struct text none = {"", 0};
	size_t lines;
	struct text name = folded(f, line->name, !row, &lines);
	double height = height_of(lines);

	plotfile_number(file, *top + height / 2);
	plotfile_number(file, line->level);
	plotfile_number(file, row ? row->estimate : NAN);
	plotfile_number(file, row ? row->ci_low : NAN);
	plotfile_number(file, row ? row->ci_high : NAN);
	plotfile_number(file, row ? line->nation : NAN);
	plotfile_number(file, row ? (double)line->side : (double)NAN);
	plotfile_text_as(file, name, look_of(line));
	plotfile_text(file,
		      row ? number_shown(f->canvas->arena, row->n, 0, n->phrases->lang) : none);
	plotfile_text_as(
		file, row ? forest_value(f, row) : none,
		(struct look){.size = 1,
			      .bold = line->side != SIDE_UNCLEAR && line->side != SIDE_NONE});
	plotfile_text_as(file,
			 !row                   ? line->note
			 : isnan(row->estimate) ? none
						: tables_range(n, row),
			 (struct look){.size = row ? f->canvas->small : 0});
	plotfile_number(file, *top);
	if (row) {
		tips(f, line, *top + height / 2);
		facts_count(f->canvas->facts, row);
	}
	*top += height;
}

/* Every row of the list; returns its height in rows. */
static double rows(struct forest_words *f, bool write)
{
	const struct chart_order *o = f->canvas->order;
	struct line whole = {.name = phrase(forest_phrases(f), "forest.whole"),
			     .row = f->self,
			     .nation = canvas_nation(o, o->year, f->item->code),
			     .side = SIDE_WHOLE};
	double top = 0;
	size_t lines;

	if (write) {
		plotfile_block(&f->canvas->plot, "rows", 12);
		put_line(f, &whole, &top);
	} else {
		top = 1;
	}
	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];
		struct line head = {.level = 1,
				    .name = v->question->words[forest_phrases(f)->lang],
				    .note = forest_note(f, v)};

		for (size_t l = 0; l <= v->n; l++) {
			struct line group = head;

			if (l)
				group = (struct line){.level = 2,
						      .name = forest_label(f, v, l - 1),
						      .row = &v->group[l - 1].row,
						      .nation = v->group[l - 1].nation,
						      .side = breakdown_side(f->b, v, l - 1)};
			folded(f, group.name, l == 0, &lines);
			if (write)
				put_line(f, &group, &top);
			else
				top += height_of(lines);
		}
	}
	return top;
}

static struct axis axis_over(const struct forest_words *f)
{
	double low = fmin(f->self->ci_low, f->self->estimate),
	       high = fmax(f->self->ci_high, f->self->estimate);

	for (size_t k = 0; k < f->b->n; k++)
		for (size_t l = 0; l < f->b->variable[k].n; l++) {
			const struct breakdown_group *g = &f->b->variable[k].group[l];

			/* fmin and fmax pass over NaN */
			low = fmin(low, fmin(fmin(g->row.estimate, g->row.ci_low), g->nation));
			high = fmax(high, fmax(fmax(g->row.estimate, g->row.ci_high), g->nation));
		}
	return axis_for(low, high, f->canvas->order->report ? 5 : 7);
}

static bool any_nation(const struct forest_words *f)
{
	for (size_t k = 0; k < f->b->n; k++)
		for (size_t l = 0; l < f->b->variable[k].n; l++)
			if (!isnan(f->b->variable[k].group[l].nation))
				return true;
	return false;
}

static bool any_side(const struct forest_words *f, enum breakdown_side side)
{
	for (size_t k = 0; k < f->b->n; k++)
		for (size_t l = 0; l < f->b->variable[k].n; l++)
			if (!isnan(f->b->variable[k].group[l].row.estimate) &&
			    breakdown_side(f->b, &f->b->variable[k], l) == side)
				return true;
	return false;
}

#define MARK 2.4 /* em that a sign of the key takes beside its words */

/* The signs that occur, in lines as wide as the page. Returns how many lines. */
static double key(struct forest_words *f, bool write)
{
	static const struct {
		enum breakdown_side side;
		const char *key;
	} signs[] = {
		{SIDE_ABOVE, "forest.key.above"}, {SIDE_BELOW, "forest.key.below"},
		{SIDE_BOTH, "forest.key.both"},   {SIDE_UNCLEAR, "forest.key.unclear"},
		{SIDE_NONE, "forest.key.none"},   {SIDE_NATION, "forest.key.nation"},
	};
	struct canvas *c = f->canvas;
	double x = 0, line = 1;

	if (write)
		plotfile_block(&c->plot, "legend", 4);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		struct text label = phrase(forest_phrases(f), signs[i].key);
		double needs = MARK * c->em + canvas_width(c, label, c->small, false);

		if (signs[i].side == SIDE_NATION ? !any_nation(f) : !any_side(f, signs[i].side))
			continue;
		if (x > 0 && x + needs > (c->order->report ? 159 : 193)) {
			x = 0;
			line++;
		}
		if (write) {
			plotfile_number(&c->plot, x);
			plotfile_number(&c->plot, line);
			plotfile_number(&c->plot, signs[i].side);
			plotfile_text(&c->plot, label);
		}
		x += needs;
	}
	return x > 0 ? line : 0;
}

static void keys(struct forest_words *f, struct axis axis)
{
	struct canvas *c = f->canvas;
	const struct phrases *p = forest_phrases(f);

	plotfile_key_number(&c->plot, "legend_lines", key(f, false));
	plotfile_key(&c->plot, "head_label", phrase(p, "head.domain"));
	plotfile_key(&c->plot, "head_n", phrase(p, "head.n"));
	plotfile_key(&c->plot, "head_value",
		     phrase(p, survey_wave(c->order->narrative->survey, c->order->year)->unit ==
					       UNIT_PERCENT
				       ? "head.result.percent"
				       : "head.result.points"));
	plotfile_key(&c->plot, "head_range", phrase(p, "head.interval"));
	if (!isnan(f->self->estimate)) {
		plotfile_key_number(&c->plot, "whole", f->self->estimate);
		plotfile_key_number(&c->plot, "whole_low", f->self->ci_low);
		plotfile_key_number(&c->plot, "whole_high", f->self->ci_high);
		plotfile_key(&c->plot, "whole_label", phrase(p, "forest.whole"));
	}
	if (c->order->report)
		plotfile_key(&c->plot, "xlabel", f->item->brief[p->lang]);
	plotfile_key_number(&c->plot, "xmin", axis.low);
	plotfile_key_number(&c->plot, "xmax", axis.high);
	plotfile_axis(&c->plot, "xtics", axis, p->lang);
}

/* ---- data and alt text --------------------------------------------------------------------- */

static const char *const columns[] = {
	"kind", "variable", "category", "label",   "estimate",   "se",      "ci_low", "ci_high",
	"df",   "n",        "country",  "p_value", "p_adjusted", "verdict", "flag",   "reason"};

#define COLUMNS (sizeof columns / sizeof *columns)

static struct text side_word(enum breakdown_side side)
{
	return span_of(side == SIDE_ABOVE     ? "above_another"
		       : side == SIDE_BELOW   ? "below_another"
		       : side == SIDE_BOTH    ? "between"
		       : side == SIDE_UNCLEAR ? "not_distinguishable"
					      : "");
}

static void csv_estimate(struct forest_words *f, const char *kind, struct text variable,
			 struct text category, struct text label, const struct result_row *row,
			 double nation, enum breakdown_side side)
{
	struct arena *a = f->canvas->arena;
	struct text cells[COLUMNS] = {span_of(kind),
				      variable,
				      category,
				      label,
				      number_exact(a, row->estimate),
				      number_exact(a, row->se),
				      number_exact(a, row->ci_low),
				      number_exact(a, row->ci_high),
				      number_exact(a, isnan(row->estimate) ? NAN : row->df),
				      number_exact(a, row->n),
				      number_exact(a, nation),
				      span_of(""),
				      span_of(""),
				      side_word(side),
				      result_flags(a, row->flags),
				      row->reason[LANG_EN]};

	canvas_csv(f->canvas, cells, COLUMNS);
}

static void csv_unstated(struct forest_words *f, const struct breakdown_variable *v)
{
	struct text cells[COLUMNS] = {span_of("unstated"), v->question->column};

	cells[9] = number_exact(f->canvas->arena, v->unstated);
	for (size_t i = 2; i < COLUMNS; i++)
		if (i != 9)
			cells[i] = span_of("");
	canvas_csv(f->canvas, cells, COLUMNS);
}

static void csv_pair(struct forest_words *f, const struct breakdown_variable *v,
		     const struct breakdown_pair *p)
{
	struct arena *a = f->canvas->arena;
	const struct result_row *row = breakdown_row(f->b, p);
	const struct level *first = v->group[p->first].level, *second = v->group[p->second].level;
	struct text cells[COLUMNS] = {
		span_of("pair"),
		v->question->column,
		arena_format(a, "%.*s-%.*s", SPAN_ARG(second->value), SPAN_ARG(first->value)),
		arena_format(a, "%.*s − %.*s", SPAN_ARG(forest_label(f, v, p->second)),
			     SPAN_ARG(forest_label(f, v, p->first))),
		number_exact(a, row->delta),
		number_exact(a, row->delta_se),
		number_exact(a, row->delta_low),
		number_exact(a, row->delta_high),
		number_exact(a, row->delta_df),
		span_of(""),
		span_of(""),
		number_exact(a, row->p_value),
		number_exact(a, row->p_adjusted),
		row->verdict,
		result_flags(a, row->flags),
		span_of("")};

	canvas_csv(f->canvas, cells, COLUMNS);
}

/* The groups; behind all of them the differences that the verdicts are of. */
static void csv(struct forest_words *f)
{
	const struct chart_order *o = f->canvas->order;
	const struct text none = {"", 0};

	parts_head(f->canvas, columns, COLUMNS);
	csv_estimate(f, "whole", none, none, o->self->name, f->self,
		     canvas_nation(o, o->year, f->item->code), SIDE_NONE);
	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];

		for (size_t l = 0; l < v->n; l++)
			csv_estimate(f, "group", v->question->column, v->group[l].level->value,
				     forest_label(f, v, l), &v->group[l].row, v->group[l].nation,
				     breakdown_side(f->b, v, l));
		csv_unstated(f, v);
	}
	for (size_t k = 0; k < f->b->n; k++)
		for (size_t i = 0; i < f->b->variable[k].n_pairs; i++)
			csv_pair(f, &f->b->variable[k], &f->b->variable[k].pair[i]);
}

static struct text alt_group(const struct forest_words *f, struct text name,
			     const struct result_row *row)
{
	const struct narrative *n = f->canvas->order->narrative;

	if (isnan(row->estimate))
		return arena_format(f->canvas->arena, "%.*s %.*s", SPAN_ARG(name),
				    SPAN_ARG(phrase(n->phrases, forest_hidden(row) ? "word.withheld"
										   : "word.none")));
	return arena_format(f->canvas->arena, "%.*s %.*s (%.*s)", SPAN_ARG(name),
			    SPAN_ARG(tables_estimate(n, row)), SPAN_ARG(tables_range(n, row)));
}

static void alt(struct forest_words *f)
{
	const struct text none = {"", 0};
	struct text all = alt_group(f, phrase(forest_phrases(f), "forest.whole"), f->self);

	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];

		for (size_t l = 0; l < v->n; l++)
			all = arena_format(
				f->canvas->arena, "%.*s%s%.*s%s%.*s", SPAN_ARG(all),
				l ? "; " : ". ",
				SPAN_ARG(l ? none : v->question->words[forest_phrases(f)->lang]),
				l ? "" : ": ",
				SPAN_ARG(alt_group(f, forest_label(f, v, l), &v->group[l].row)));
	}
	f->canvas->chart->alt =
		PHRASE_FILL(forest_phrases(f), "forest.alt", {"title", f->canvas->chart->title},
			    {"subtitle", f->canvas->chart->subtitle}, {"list", all});
}

/* ---- all of it ----------------------------------------------------------------------------- */

static void draw(struct forest_words *f)
{
	struct canvas *c = f->canvas;
	bool report = c->order->report;
	double n = rows(f, false);
	double pitch = report ? (n > 30 ? 4.0 : 4.6) : (n > 30 ? 4.6 : 5.4);

	forest_fill(f);
	facts_unit(c->facts, c->order->self->code);
	canvas_page(c, report ? 160 : 200,
		    c->line * (2.8 + 1.2 * key(f, false) + report) + pitch * n);
	plotfile_key_number(&c->plot, "height", n);
	keys(f, axis_over(f));
	rows(f, true);
	key(f, true);
	csv(f);
	alt(f);
}

bool chart_forest(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct forest_words f = {.canvas = &c, .b = o->breakdown};

	if (!o->breakdown)
		return diag_fail(why, DIAG_DATA, "%ld has no answers that are taken by groups",
				 o->year);
	canvas_open(a, o, out, &c);
	f.item = canvas_item(o);
	f.self = result_find(o->all, o->year, o->item, o->self->code);
	if (f.self)
		forest_look(&f);
	bool ok = f.shown > 0;

	if (ok)
		draw(&f);
	else
		diag_fail(why, DIAG_DATA, "%.*s: no group of %ld has an estimate that may be shown",
			  SPAN_ARG(o->self->name), o->year);
	canvas_close(&c);
	return ok;
}
