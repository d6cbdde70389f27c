/* Shares of the answers, item by item: levels that count as satisfied to the right, the others to
 * the left, the middle level of an odd scale apart. A hidden share is a gap that is told in words.
 */
#include "output/chart_base.h"
#include "output/tables.h"

#include <math.h>
#include <string.h>

#define MOST_LEVELS 7
#define LEAST_LABEL 6.0 /* percent: a narrower piece has no room for its number */

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
	double share[MOST_LEVELS], hidden; /* hidden: what the shown leave of 100 */
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

/* province: empty = the country */
static const struct result_row *find_share(const struct chart_order *o, const struct item *item,
					   struct text province, struct text level)
{
	for (size_t i = 0; i < o->shares->n; i++) {
		const struct result_row *row = &o->shares->row[i];

		if (span_equal(row->province, province) && span_equal(row->item, item->code) &&
		    span_equal(row->category, level))
			return row;
	}
	return NULL;
}

static bool make_bar(const struct chart_order *o, const struct ladder *l, const struct item *item,
		     struct text province, struct bar *out)
{
	double sum = 0;
	bool hidden = false, any = false;

	*out = (struct bar){.item = item};
	for (size_t i = 0; i < l->n; i++) {
		const struct result_row *row =
			find_share(o, item, province, l->question->level[l->level[i]].value);

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

/* The most that any other answer of the row may have: its interval's end, or all that is hidden. */
static double most_other(const struct ladder *l, const struct bar *bar,
			 const struct result_row *best)
{
	double most = bar->hidden;

	for (size_t i = 0; i < l->n; i++)
		if (bar->row[i] && bar->row[i] != best)
			most = fmax(most, bar->row[i]->ci_high);
	return most;
}

/* The commonest answer of a row, with its interval; NULL when another may be commoner: intervals
 * that do not meet tell two shares of one sample apart, whatever their covariance. */
static const struct result_row *commonest(const struct ladder *l, const struct bar *bar)
{
	const struct result_row *best = NULL;

	for (size_t i = 0; i < l->n; i++)
		if (!isnan(bar->share[i]) && (!best || bar->share[i] > best->estimate))
			best = bar->row[i];
	return best && best->ci_low > most_other(l, bar, best) ? best : NULL;
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

static void words(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	const struct result_row *top = commonest(l, &bar[0]);
	const struct level *level = top ? question_level(l->question, top->category) : NULL;
	struct text list = {"", 0};
	bool hidden = false;
	struct field fields[] = {
		{"province", o->self->name},
		{"item", canvas_item(o)->brief[p->lang]},
		{"year", canvas_year(c, o->year)},
		{"label", level ? level->label[p->lang] : span_of("")},
		{"value",
		 top ? arena_format(c->arena, "%.*s%%", SPAN_ARG(percent(c, top->estimate, 1)))
		     : span_of("")},
		{"interval",
		 top ? arena_format(c->arena, "%.*s–%.*s%%", SPAN_ARG(percent(c, top->ci_low, 1)),
				    SPAN_ARG(percent(c, top->ci_high, 1)))
		     : span_of("")},
	};
	size_t k = sizeof fields / sizeof *fields;

	facts_no_claim(c->facts);
	if (top)
		facts_side_claim(c->facts, top, 1, most_other(l, &bar[0], top));
	c->chart->title = phrase_fill(p, top ? "likert.title" : "likert.title.none", fields, k);
	c->chart->subtitle = phrase_fill(p, "likert.subtitle", fields, k);
	c->chart->caption = phrase_fill(p, "likert.caption", fields, k);
	c->chart->footer = canvas_source(c, NULL, 0);
	for (size_t i = 0; i < n && !hidden; i++)
		hidden = bar[i].hidden > 0;
	if (hidden)
		c->chart->footer =
			arena_format(c->arena, "%.*s %.*s", SPAN_ARG(phrase(p, "likert.withheld")),
				     SPAN_ARG(c->chart->footer));
	for (size_t i = 0; i < n; i++)
		list = arena_format(
			c->arena, "%.*s%s%.*s: %.*s", SPAN_ARG(list), i ? "; " : "",
			SPAN_ARG(bar[i].country ? bar[i].name : bar[i].item->name[p->lang]),
			SPAN_ARG(list_of(c, l, &bar[i])));
	c->chart->alt = PHRASE_FILL(p, "likert.alt", {"title", c->chart->title}, {"list", list});
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

/* From the middle outwards on both sides. */
static void pieces(struct canvas *c, const struct ladder *l, const struct bar *bar, double y)
{
	double at = 0;

	for (size_t i = l->bad; i-- > 0;)
		if (!isnan(bar->share[i])) {
			piece(c, y, at, at - bar->share[i], tone(l, i));
			at -= bar->share[i];
		}
	at = 0;
	for (size_t i = l->n - l->good; i < l->n; i++)
		if (!isnan(bar->share[i])) {
			piece(c, y, at, at + bar->share[i], tone(l, i));
			at += bar->share[i];
		}
	if (l->bad + l->good < l->n)
		piece(c, y, 0, bar->share[l->bad], 0);
}

/* Both sides grow from the line between them. */
static void shown(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	facts_unit(c->facts, c->order->self->code);
	facts_bars(c->facts, 0);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < l->n; i++)
			if (bar[k].row[i])
				facts_count(c->facts, bar[k].row[i]);
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

static void rows(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	plotfile_block(&c->plot, "rows", 4);
	for (size_t k = 0; k < n; k++) {
		const struct item *item = bar[k].item;
		bool head = k == 0 || (canvas_is_root(c->order) && item->depth == 1);

		double level = head ? 1 : 2;

		plotfile_number(&c->plot, (double)(k + 1));
		plotfile_text_as(&c->plot, bar[k].name, canvas_level_look(level));
		plotfile_number(&c->plot, level);
		plotfile_text(&c->plot,
			      bar[k].hidden > 0 ? percent(c, bar[k].hidden, 1) : span_of(""));
	}
	plotfile_block(&c->plot, "pieces", 5);
	for (size_t k = 0; k < n; k++)
		pieces(c, l, &bar[k], (double)(k + 1));
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

static void csv(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	struct text head[] = {span_of("item"),    span_of("name"),    span_of("level"),
			      span_of("label"),   span_of("percent"), span_of("ci_low"),
			      span_of("ci_high"), span_of("flag")};
	size_t columns = sizeof head / sizeof *head;

	canvas_csv(c, head, columns);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < l->n; i++) {
			const struct level *level = &l->question->level[l->level[i]];
			const struct result_row *row = bar[k].row[i];
			struct text cells[] = {
				bar[k].country ? span_of("country") : bar[k].item->code,
				bar[k].item->name[c->order->narrative->phrases->lang],
				level->value,
				level->label[c->order->narrative->phrases->lang],
				number_exact(c->arena, row ? row->estimate : NAN),
				number_exact(c->arena, row ? row->ci_low : NAN),
				number_exact(c->arena, row ? row->ci_high : NAN),
				result_flags(c->arena, row ? row->flags : 0)};

			canvas_csv(c, cells, columns);
		}
}

static void keys(struct canvas *c, const struct ladder *l, const struct bar *bar, size_t n)
{
	const struct phrases *p = c->order->narrative->phrases;
	double hidden = 0;

	for (size_t k = 0; k < n; k++)
		hidden = fmax(hidden, bar[k].hidden);
	plotfile_key(&c->plot, "head_label", phrase(p, "head.item"));
	if (hidden > 0)
		plotfile_key(&c->plot, "head_hidden", phrase(p, "likert.hidden"));
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
	if (!canvas_open(a, o, out, &c, why))
		return false;
	words(&c, &l, bar, n);
	canvas_page(&c, o->report ? 160 : 220,
		    c.line * (1.4 + 1.2 * legend(&c, &l, false)) +
			    (o->report ? 6.2 : 7.2) * (double)n);
	keys(&c, &l, bar, n);
	rows(&c, &l, bar, n);
	shown(&c, &l, bar, n);
	legend(&c, &l, true);
	csv(&c, &l, bar, n);
	return canvas_close(&c, why);
}
