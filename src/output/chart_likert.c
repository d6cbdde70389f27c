/* Shares of the answers, item by item: levels that count as satisfied to the right, the others to
 * the left, the middle level of an odd scale apart; beside them, in figures, the satisfied together
 * and, of all that were asked, those who did not answer. A hidden share is a gap that is told in
 * words. */
#include "output/chart_parts.h"
#include "output/chart_tips.h"
#include "output/tables.h"

#include <math.h>
#include <string.h>

#define MOST_LEVELS 7
enum {
	TIP_SIDE = 1,
	TIP_APART,
	TIP_SATISFIED,
	TIP_UNANSWERED,
	TIP_WITHHELD
};                      /* "height" of its tips: beside the line, or apart from it */
#define LEAST_LABEL 3.0 /* percent: a narrower piece has no room for its number */

/* The levels of the scale, worst first. */
struct ladder {
	const struct question *question;
	size_t n, level[MOST_LEVELS];
	size_t bad, good; /* how many lie on either side; one in the middle when bad + good < n */
};

/* A row of the chart: an item and its shares, worst first; NaN = hidden or none. */
struct bar {
	const struct item *item;
	struct text name;
	bool country;
	const struct result_row *row[MOST_LEVELS];
	double share[MOST_LEVELS], hidden;               /* hidden: what the shown leave of 100 */
	const struct result_row *satisfied, *unanswered; /* NULL: none */
};

static const struct question *scale_of(const struct chart_order *o)
{
	const struct survey *s = o->narrative->survey;
	const struct text era = survey_wave(s, o->year)->era;

	for (size_t i = 0; o->shares && i < o->shares->n; i++) {
		const struct question *q = codebook_code(&s->codebook, era, o->shares->row[i].item);

		if (q)
			return q;
	}
	return NULL;
}

/* Satisfied levels stand at one end of the scale; those at its start mean that it is reversed. */
static bool build_ladder(const struct question *q, struct ladder *out)
{
	bool reversed = q->level[0].satisfied;

	*out = (struct ladder){.question = q, .n = q->n_levels, .good = q->n_satisfied};
	if (q->n_levels > MOST_LEVELS || q->n_satisfied == 0 || q->n_satisfied >= q->n_levels)
		return false;
	for (size_t i = 0; i < q->n_levels; i++)
		out->level[i] = reversed ? q->n_levels - 1 - i : i;
	for (size_t i = 0; i < q->n_levels; i++)
		if (q->level[out->level[i]].satisfied != (i >= q->n_levels - q->n_satisfied))
			return false;
	out->bad = out->n - out->good;
	if (out->n % 2 && out->bad > out->good)
		out->bad--; /* the middle one */
	return out->bad <= 3 && out->good <= 3;
}

/* province: empty = the country; level: empty = of all that `stat` names */
static const struct result_row *find_share(const struct chart_order *o, const struct item *item,
					   struct text province, struct text level,
					   const char *stat)
{
	for (size_t i = 0; i < o->shares->n; i++) {
		const struct result_row *row = &o->shares->row[i];

		if (span_equal(row->province, province) && span_equal(row->item, item->code) &&
		    span_equal(row->category, level) && (level.n || span_is(row->stat, stat)))
			return row;
	}
	return NULL;
}

static bool make_bar(const struct chart_order *o, const struct ladder *l, const struct item *item,
		     struct text province, struct bar *out)
{
	double sum = 0;
	bool hidden = false, any = false;
	const struct text none = {"", 0};

	*out = (struct bar){.item = item,
			    .satisfied = find_share(o, item, province, none, CHART_SATISFIED),
			    .unanswered = find_share(o, item, province, none, CHART_UNANSWERED)};
	for (size_t i = 0; i < l->n; i++) {
		const struct result_row *row =
			find_share(o, item, province, l->question->level[l->level[i]].value, "");

		out->row[i] = row;
		out->share[i] = row ? row->estimate : NAN;
		hidden |= row && isnan(row->estimate) && row->flags & FLAG_SUPPRESSED;
		any |= row != NULL;
		sum += isnan(out->share[i]) ? 0 : out->share[i];
	}
	out->hidden = hidden ? 100 - sum : 0;
	return any;
}

/* The item and what it is made of: for the index its aspects and factors. */
static bool is_shown(const struct chart_order *o, const struct item *item)
{
	const struct structure *s = &o->narrative->survey->structure;

	if (!span_equal(item->era, survey_wave(o->narrative->survey, o->year)->era))
		return false;
	if (span_equal(item->code, o->item) || span_equal(item->parent, o->item))
		return true;
	return canvas_is_root(o) && structure_child(s, item, NULL);
}

static struct text name_of(struct arena *a, const struct chart_order *o, const struct item *item)
{
	enum lang lang = o->narrative->phrases->lang;

	if (item->depth == 0)
		return item->brief[lang];
	return arena_format(a, "%.*s. %.*s", SPAN_ARG(item->code), SPAN_ARG(item->brief[lang]));
}

/* The country's bar of the whole stands behind the province's. */
static size_t collect(struct arena *a, const struct chart_order *o, const struct ladder *l,
		      struct bar **out)
{
	const struct text country = {"", 0};
	size_t n = 0, items;
	const struct item **item = tables_tree(a, o->narrative->survey, o->year, &items);

	*out = arena_new(a, items + 1, sizeof **out);
	for (size_t i = 0; i < items; i++) {
		bool first = n == 0;

		if (!is_shown(o, item[i]) || !make_bar(o, l, item[i], o->self->code, &(*out)[n]))
			continue;
		(*out)[n++].name = name_of(a, o, item[i]);
		if (!first || !make_bar(o, l, item[i], country, &(*out)[n]))
			continue;
		(*out)[n].country = true;
		(*out)[n++].name = phrase(o->narrative->phrases, "likert.nation");
	}
	return n;
}

/* ---- words --------------------------------------------------------------------------------- */

static struct text percent(const struct canvas *c, double x, int decimals)
{
	return number_shown(c->arena, x, decimals, c->order->narrative->phrases->lang);
}

/* A share with its interval can be told. */
static bool is_known(const struct result_row *row)
{
	return row && !isnan(row->estimate) && !isnan(row->ci_low);
}

static struct text in_percent(const struct canvas *c, double x)
{
	return arena_format(c->arena, "%.*s%%", SPAN_ARG(percent(c, x, 1)));
}

static struct text range_of(const struct canvas *c, const struct result_row *row)
{
	return arena_format(c->arena, "%.*s–%.*s%%", SPAN_ARG(percent(c, row->ci_low, 1)),
			    SPAN_ARG(percent(c, row->ci_high, 1)));
}

static struct text list_of(struct canvas *c, const struct ladder *l, const struct bar *bar)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct text all = {"", 0};

	for (size_t i = 0; i < l->n; i++) {
		struct text value = phrase(p, "word.withheld");

		if (!isnan(bar->share[i]))
			value = arena_format(c->arena, "%.*s%%",
					     SPAN_ARG(percent(c, bar->share[i], 1)));
		all = arena_format(c->arena, "%.*s%s%.*s %.*s", SPAN_ARG(all), i ? ", " : "",
				   SPAN_ARG(l->question->level[l->level[i]].label[p->lang]),
				   SPAN_ARG(value));
	}
	return all;
}

static bool any_hidden(const struct bar *bar, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bar[i].hidden > 0)
			return true;
	return false;
}

static bool any_sign(const struct bar *bar, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row[] = {bar[i].satisfied, bar[i].unanswered};

		for (size_t k = 0; k < 2; k++)
			if (row[k] && isnan(row[k]->estimate) && row[k]->flags & FLAG_SUPPRESSED)
				return true;
	}
	return false;
}

/* What the figures are of, how they were found, what is not shown. */
static void footer(struct canvas *c, const struct bar *bar, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	const struct result_row *row = bar[0].satisfied;
	struct text note = {"", 0};

	if (any_hidden(bar, n))
		note = phrase(p, "likert.withheld");
	if (any_sign(bar, n))
		note = parts_join(
			c->arena, note,
			arena_format(c->arena, "%.*s.", SPAN_ARG(phrase(p, "chart.hidden"))));
	if (bar[0].satisfied)
		note = parts_join(c->arena, note,
				  phrase(p, bar[0].unanswered ? "likert.bases" : "likert.base"));
	parts_footer(c, note, is_known(row) ? row : NULL, NULL, 0);
}

static struct text told(struct canvas *c, const char *key, const struct result_row *row)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (!row)
		return (struct text){"", 0};
	return PHRASE_FILL(p, key,
			   {"value", isnan(row->estimate) ? phrase(p, "word.withheld")
							  : in_percent(c, row->estimate)});
}

static void alt(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct text list = {"", 0};

	for (size_t i = 0; i < n; i++)
		list = arena_format(
			c->arena, "%.*s%s%.*s: %.*s%.*s%.*s", SPAN_ARG(list), i ? "; " : "",
			SPAN_ARG(bar[i].country ? bar[i].name : bar[i].item->name[p->lang]),
			SPAN_ARG(list_of(c, l, &bar[i])),
			SPAN_ARG(told(c, "likert.alt.satisfied", bar[i].satisfied)),
			SPAN_ARG(told(c, "likert.alt.unanswered", bar[i].unanswered)));
	c->chart->alt = PHRASE_FILL(p, "likert.alt", {"title", c->chart->title}, {"list", list});
}

static void words(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	const struct result_row *row = bar[0].satisfied;
	bool known = is_known(row);
	const struct text none = {"", 0};
	struct field fields[] = {
		{"province", o->self->name},
		{"item", canvas_item(o)->brief[p->lang]},
		{"year", canvas_year(c, o->year)},
		{"value", known ? in_percent(c, row->estimate) : none},
		{"level", known ? narrative_level(w, row->level) : none},
		{"interval", known ? range_of(c, row) : none},
	};
	size_t k = sizeof fields / sizeof *fields;

	facts_no_claim(c->facts);
	if (known)
		facts_side_claim(c->facts, row, 0, NAN);
	c->chart->title = phrase_fill(p, known ? "likert.title" : "likert.title.none", fields, k);
	c->chart->subtitle = phrase_fill(
		p, l->bad + l->good < l->n ? "likert.subtitle.middle" : "likert.subtitle", fields,
		k);
	c->chart->caption = phrase_fill(
		p, bar[0].unanswered ? "likert.caption.bases" : "likert.caption", fields, k);
	if (any_sign(bar, n))
		c->chart->caption =
			arena_format(c->arena, "%.*s; %.*s", SPAN_ARG(c->chart->caption),
				     SPAN_ARG(phrase(p, "chart.hidden")));
	footer(c, bar, n);
	alt(c, l, bar, n);
}

/* ---- the picture --------------------------------------------------------------------------- */

/* Which colour: -3 .. -1 on the bad side, 1 .. 3 on the good one, by distance from the middle; 0
 * the middle. */
static double tone(const struct ladder *l, size_t i)
{
	if (i < l->bad)
		return (double)i - (double)l->bad;
	return i >= l->n - l->good ? (double)(i + 1) - (double)(l->n - l->good) : 0;
}

static void piece(struct canvas *c, double y, double from, double to, double colour)
{
	double share = fabs(to - from);

	if (!(share > 0))
		return;
	plotfile_number(&c->plot, y);
	plotfile_number(&c->plot, from);
	plotfile_number(&c->plot, to);
	plotfile_number(&c->plot, colour);
	plotfile_text(&c->plot, share >= LEAST_LABEL ? percent(c, share, 0) : span_of(""));
}

/* Level i of a bar, from `at` outwards: its piece and what that says. Returns where it ends. */
static double put_level(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t i,
			double y, double at)
{
	double colour = tone(l, i), share = isnan(bar->share[i]) ? 0 : bar->share[i],
	       to = colour < 0 ? at - share : at + share;
	const struct level *said = &l->question->level[l->level[i]];

	piece(c, y, at, to, colour);
	if (share > 0)
		canvas_tip(c, (struct tip){.x = 0.5 * (at + to),
					   .y = y,
					   .width = share,
					   .height = colour == 0 ? TIP_APART : TIP_SIDE,
					   .province = bar->country ? span_of("")
								    : c->order->self->code,
					   .item = bar->item->code,
					   .words = tips_pair(
						   c, bar->name,
						   said->label[c->order->narrative->phrases->lang],
						   tips_share(c, bar->row[i]))});
	return to;
}

/* A number beside the bar. */
static void column_tip(struct canvas *c, const struct bar *bar, double y, double column,
		       struct text label, const struct result_row *row)
{
	canvas_tip(c, (struct tip){.x = 0,
				   .y = y,
				   .height = column,
				   .province = bar->country ? span_of("") : c->order->self->code,
				   .item = bar->item->code,
				   .words = tips_pair(c, bar->name, label, tips_share(c, row))});
}

/* The sums, and the levels whose share is hidden, with the reason. */
static void column_tips(struct canvas *c, const struct ladder *l, const struct bar *bar, double y)
{
	const struct phrases *p = c->order->narrative->phrases;
	const struct result_row *hidden = NULL;
	struct text labels = {"", 0};

	if (bar->satisfied)
		column_tip(c, bar, y, TIP_SATISFIED, phrase(p, "likert.satisfied"), bar->satisfied);
	if (bar->unanswered)
		column_tip(c, bar, y, TIP_UNANSWERED, phrase(p, "likert.unanswered"),
			   bar->unanswered);
	for (size_t i = 0; i < l->n; i++)
		if (bar->row[i] && isnan(bar->share[i]) && bar->row[i]->flags & FLAG_SUPPRESSED) {
			hidden = hidden ? hidden : bar->row[i];
			labels = arena_format(
				c->arena, "%.*s%s%.*s", SPAN_ARG(labels), labels.n ? ", " : "",
				SPAN_ARG(l->question->level[l->level[i]].label[p->lang]));
		}
	if (hidden)
		column_tip(c, bar, y, TIP_WITHHELD, labels, hidden);
}

/* From the middle outwards on both sides. */
static void pieces(struct canvas *c, const struct ladder *l, const struct bar *bar, double y)
{
	double at = 0;

	for (size_t i = l->bad; i-- > 0;)
		at = put_level(c, l, bar, i, y, at);
	at = 0;
	for (size_t i = l->n - l->good; i < l->n; i++)
		at = put_level(c, l, bar, i, y, at);
	if (l->bad + l->good < l->n)
		put_level(c, l, bar, l->bad, y, 0);
}

/* Both sides grow from the line between them. */
static void shown(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	facts_unit(c->facts, c->order->self->code);
	facts_bars(c->facts, 0);
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < l->n; i++)
			if (bar[k].row[i])
				facts_count(c->facts, bar[k].row[i]);
		if (bar[k].satisfied)
			facts_count(c->facts, bar[k].satisfied);
		if (bar[k].unanswered)
			facts_count(c->facts, bar[k].unanswered);
	}
}

static double extent(const struct ladder *l, const struct bar *bar, size_t n, size_t from,
		     size_t to)
{
	double most = 0;

	for (size_t k = 0; k < n; k++) {
		double sum = 0;

		for (size_t i = from; i < to && i < l->n; i++)
			sum += isnan(bar[k].share[i]) ? 0 : bar[k].share[i];
		most = fmax(most, sum);
	}
	return most;
}

/* "82,8 (118)", "x (118)", "–" */
static struct text figure(struct canvas *c, const struct result_row *row)
{
	if (!row || (isnan(row->estimate) && !(row->flags & FLAG_SUPPRESSED)))
		return row ? span_of("–") : span_of("");
	return arena_format(c->arena, "%.*s (%.*s)",
			    SPAN_ARG(isnan(row->estimate) ? span_of(TABLES_HIDDEN)
							  : percent(c, row->estimate, 1)),
			    SPAN_ARG(percent(c, row->n, 0)));
}

static void rows(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	plotfile_block(&c->plot, "rows", 6);
	for (size_t k = 0; k < n; k++) {
		const struct item *item = bar[k].item;
		bool head = k == 0 || (canvas_is_root(c->order) && item->depth == 1);

		double level = head ? 1 : 2;

		plotfile_number(&c->plot, (double)(k + 1));
		plotfile_text_as(&c->plot, canvas_fit(c, bar[k].name, CANVAS_NAMES),
				 canvas_level_look(level));
		plotfile_number(&c->plot, level);
		plotfile_text(&c->plot,
			      bar[k].hidden > 0 ? percent(c, bar[k].hidden, 1) : span_of(""));
		plotfile_text_as(&c->plot, figure(c, bar[k].satisfied),
				 (struct look){.size = 1, .bold = head});
		plotfile_text(&c->plot, figure(c, bar[k].unanswered));
	}
	plotfile_block(&c->plot, "pieces", 5);
	for (size_t k = 0; k < n; k++) {
		pieces(c, l, &bar[k], (double)(k + 1));
		column_tips(c, l, &bar[k], (double)(k + 1));
	}
}

#define SWATCH 2.6 /* of the legend with the room around it, in em; 1.8 before the label */

/* Swatches in lines as wide as the page. Returns how many lines. */
static double legend(struct canvas *c, const struct ladder *l, bool write)
{
	double x = 0, line = 1, width = c->order->report ? 159 : 213;

	if (write)
		plotfile_block(&c->plot, "legend", 4);
	for (size_t i = 0; i < l->n; i++) {
		struct text label =
			l->question->level[l->level[i]].label[c->order->narrative->phrases->lang];
		double needs = SWATCH * c->em + canvas_width(c, label, c->small, false);

		if (x > 0 && x + needs > width) {
			x = 0;
			line++;
		}
		if (write) {
			plotfile_number(&c->plot, x);
			plotfile_number(&c->plot, line);
			plotfile_number(&c->plot, tone(l, i));
			plotfile_text(&c->plot, label);
		}
		x += needs;
	}
	return line;
}

static void csv_share(struct canvas *c, const struct bar *bar, struct text level, struct text label,
		      const struct result_row *row)
{
	struct arena *a = c->arena;
	struct text cells[] = {bar->country ? span_of("country") : bar->item->code,
			       bar->item->name[c->order->narrative->phrases->lang],
			       level,
			       label,
			       number_exact(a, row ? row->estimate : NAN),
			       number_exact(a, row ? row->ci_low : NAN),
			       number_exact(a, row ? row->ci_high : NAN),
			       number_exact(a, row ? row->n : NAN),
			       result_flags(a, row ? row->flags : 0)};

	canvas_csv(c, cells, sizeof cells / sizeof *cells);
}

/* Every level, then the sums. */
static void csv(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	static const char *const names[] = {"item",   "name",    "level", "label", "percent",
					    "ci_low", "ci_high", "n",     "flag"};
	const struct phrases *p = c->order->narrative->phrases;

	parts_head(c, names, sizeof names / sizeof *names);
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < l->n; i++) {
			const struct level *level = &l->question->level[l->level[i]];

			csv_share(c, &bar[k], level->value, level->label[p->lang], bar[k].row[i]);
		}
		if (bar[k].satisfied)
			csv_share(c, &bar[k], span_of(CHART_SATISFIED),
				  phrase(p, "likert.satisfied"), bar[k].satisfied);
		if (bar[k].unanswered)
			csv_share(c, &bar[k], span_of(CHART_UNANSWERED),
				  phrase(p, "likert.unanswered"), bar[k].unanswered);
	}
}

/* Over a narrow column. */
static struct text narrow(struct canvas *c, const char *key, double em)
{
	size_t lines;

	return plotfile_wrap(c->arena, phrase(c->order->narrative->phrases, key),
			     canvas_letters(c, c->small, false), em * c->em, &lines);
}

static void keys(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	double hidden = 0;

	for (size_t k = 0; k < n; k++)
		hidden = fmax(hidden, bar[k].hidden);
	plotfile_key(&c->plot, "head_label", phrase(p, "head.item"));
	if (hidden > 0)
		plotfile_key(&c->plot, "head_hidden", narrow(c, "likert.hidden", 3.5));
	if (bar[0].satisfied)
		plotfile_key(&c->plot, "head_satisfied", narrow(c, "likert.head.satisfied", 4.5));
	if (bar[0].unanswered)
		plotfile_key(&c->plot, "head_unanswered", narrow(c, "likert.head.unanswered", 6));
	if (l->bad + l->good < l->n)
		plotfile_key(&c->plot, "head_middle",
			     l->question->level[l->level[l->bad]].label[p->lang]);
	plotfile_key_number(&c->plot, "left", extent(l, bar, n, 0, l->bad));
	plotfile_key_number(&c->plot, "right", extent(l, bar, n, l->n - l->good, l->n));
	plotfile_key_number(&c->plot, "middle", extent(l, bar, n, l->bad, l->n - l->good));
	plotfile_key_number(&c->plot, "legend_lines", legend(c, l, false));
}

bool chart_likert(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	const struct question *q = scale_of(o);
	struct ladder l;
	struct bar *bar;
	struct canvas c;
	size_t n;

	if (!q)
		return diag_fail(why, DIAG_DATA,
				 "%ld has no items that are answered on one scale of levels",
				 o->year);
	if (!build_ladder(q, &l))
		return diag_fail(why, DIAG_DATA,
				 "the levels of \"%.*s\" have no satisfied end, or are too many",
				 SPAN_ARG(q->code));
	n = collect(a, o, &l, &bar);
	if (n == 0)
		return diag_fail(why, DIAG_DATA, "%.*s has no answers of %ld",
				 SPAN_ARG(o->self->name), o->year);
	canvas_open(a, o, out, &c);
	words(&c, &l, bar, n);
	canvas_page(&c, o->report ? 160 : 220,
		    c.line * (1.4 + (bar[0].unanswered ? 1 : 0) + 1.2 * legend(&c, &l, false)) +
			    (o->report ? 6.2 : 7.2) * (double)n);
	keys(&c, &l, bar, n);
	rows(&c, &l, bar, n);
	shown(&c, &l, bar, n);
	legend(&c, &l, true);
	csv(&c, &l, bar, n);
	canvas_close(&c);
	return true;
}
