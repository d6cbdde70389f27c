#include "analysis/spread.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"
#include "output/tables.h"

#include <math.h>
#include <stdint.h>

struct tally {
	size_t up, down, same, refused, all;
	struct text careful; /* reason of the first comparison to be made with care */
};

/* The province's rows below the order's item (all items for "all"), set against the earlier year.
 */
static void collect(struct arena *a, const struct chart_order *o, struct result *out,
		    size_t *judged)
{
	struct result family = parts_province(a, o);
	size_t n;
	const struct item **item = tables_tree(a, o->narrative->survey, o->year, &n);

	*judged = parts_judged(&family);
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(&family, o->year, item[i]->code, o->self->code);

		if (row && item[i]->depth > 0 && parts_item_shown(o, item[i]))
			result_add(a, out, row);
	}
}

/* Of the change as it is printed: what rounds to nothing is no rise. Of estimates, what its error
 * lets be told from none. */
static int direction(const struct result_row *row, int decimals)
{
	double delta = number_round(row->delta, decimals);

	if (row->flags & FLAG_INCOMPARABLE)
		return 9;
	if (row->verdict.n)
		return span_is(row->verdict, "increase") - span_is(row->verdict, "decrease");
	return (delta > 0) - (delta < 0);
}

/* Of several levels only the deepest is counted: a whole is not counted beside its parts. */
static size_t deepest_of(const struct result *r)
{
	size_t deepest = 0;

	for (size_t i = 0; i < r->n; i++)
		deepest = r->row[i].item_depth > deepest ? r->row[i].item_depth : deepest;
	return deepest;
}

static struct tally count(const struct result *r, int decimals, enum lang lang)
{
	struct tally t = {.careful = {"", 0}};
	size_t deepest = deepest_of(r);

	for (size_t i = 0; i < r->n; i++) {
		int d = direction(&r->row[i], decimals);

		if (r->row[i].item_depth < deepest || isnan(r->row[i].estimate) ||
		    (isnan(r->row[i].delta) && d != 9))
			continue;
		t.all++;
		t.up += d == 1 ? 1 : 0;
		t.down += d == -1 ? 1 : 0;
		t.same += d == 0 ? 1 : 0;
		t.refused += d == 9 ? 1 : 0;
		if (span_is(r->row[i].comparable, "warn") && t.careful.n == 0)
			t.careful = r->row[i].reason[lang];
	}
	return t;
}

/* "2: reason; 7, 8: reason" of the comparisons refused; neighbours with one reason together. */
static struct text refusals(struct arena *a, const struct result *r, enum lang lang)
{
	struct text all = {"", 0}, last = {"", 0}, codes = {"", 0};

	for (size_t i = 0; i <= r->n; i++) {
		bool end = i == r->n;
		struct text reason = end ? (struct text){"", 0} : r->row[i].reason[lang];

		if (!end && !(r->row[i].flags & FLAG_INCOMPARABLE))
			continue;
		if (codes.n && (end || !span_equal(reason, last))) {
			all = arena_format(a, "%.*s%s%.*s: %.*s", SPAN_ARG(all), all.n ? "; " : "",
					   SPAN_ARG(codes), SPAN_ARG(last));
			codes = (struct text){"", 0};
		}
		if (!end)
			codes = arena_format(a, "%.*s%s%.*s", SPAN_ARG(codes), codes.n ? ", " : "",
					     SPAN_ARG(r->row[i].item));
		last = reason;
	}
	return all;
}

/* A whole is not counted beside its parts: of levels mixed, the deepest; of aspects and factors,
 * the factors. */
static const char *things_of(const struct canvas *c, const struct result *r)
{
	if (canvas_estimated(c->order) && canvas_is_root(c->order) && canvas_has_factors(c->order))
		return "word.factors";
	return deepest_of(r) > 1 ? "word.parts" : "word.items";
}

/* Wholes, which are shown and not counted. */
static size_t wholes_of(const struct result *r)
{
	size_t deepest = deepest_of(r), n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->row[i].item_depth < deepest;
	return n;
}

static struct text note_of(struct canvas *c, const struct result *r, const struct tally *t,
			   size_t judged)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct text note = parts_join(c->arena, phrase(p, "note.rounding"), parts_holm(c, judged));

	if (!canvas_estimated(c->order) || t->all == t->refused)
		return note;
	return parts_join(c->arena, note,
			  parts_counted(c, t->all - t->refused, wholes_of(r), things_of(c, r)));
}

/* Of the rows that the title counts. */
static void claims(struct canvas *c, const struct result *r, int decimals)
{
	size_t deepest = deepest_of(r);

	facts_no_claim(c->facts);
	for (size_t i = 0; i < r->n; i++) {
		int d = direction(&r->row[i], decimals);

		if (r->row[i].item_depth == deepest && !isnan(r->row[i].delta) &&
		    (d == 1 || d == -1))
			facts_change_claim(c->facts, &r->row[i], d);
	}
}

static void words(struct canvas *c, const struct result *r, size_t judged)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	struct text refusal = refusals(c->arena, r, w->phrases->lang);
	struct tally t = count(r, survey_wave(w->survey, o->year)->decimals, p->lang);
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", w->survey->name},
		{"year", canvas_year(c, o->year)},
		{"from", canvas_year(c, o->from)},
		{"up", arena_format(c->arena, "%zu", t.up)},
		{"down", arena_format(c->arena, "%zu", t.down)},
		{"refused", arena_format(c->arena, "%zu", t.refused)},
		{"all", arena_format(c->arena, "%zu", t.all - t.refused)},
		{"reason", t.careful},
		{"refusal", refusal},
		{"things", phrase(p, things_of(c, r))},
		{"level", canvas_level(o)},
	};
	size_t n = sizeof fields / sizeof *fields;
	bool errors = canvas_estimated(o);
	const char *shifted = (t.up + t.down) ? "shift.title" : "shift.title.none";
	const char *title = t.all == 0           ? "change.title.none"
			    : t.refused == t.all ? "change.title.refused"
			    : errors             ? shifted
			    : t.refused          ? "change.title.some"
						 : "change.title";

	claims(c, r, survey_wave(w->survey, o->year)->decimals);
	c->chart->title = phrase_fill(p, title, fields, n);
	c->chart->subtitle =
		phrase_fill(p, errors ? "shift.subtitle" : "change.subtitle", fields, n);
	c->chart->caption = phrase_fill(p, errors ? "shift.caption" : "change.caption", fields, n);
	parts_footer(c, note_of(c, r, &t, judged),
		     result_find(o->all, o->year, span_of(STRUCTURE_ROOT), o->self->code), NULL, 0);
	canvas_hidden(c, r);
	if (refusal.n)
		c->chart->footer =
			arena_format(c->arena, "%.*s %.*s",
				     SPAN_ARG(phrase_fill(p, "change.refused", fields, n)),
				     SPAN_ARG(c->chart->footer));
	if (t.careful.n)
		c->chart->footer = arena_format(
			c->arena, "%.*s %.*s", SPAN_ARG(phrase_fill(p, "change.reason", fields, n)),
			SPAN_ARG(c->chart->footer));
}

static bool any_value(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].estimate) || !isnan(r->row[i].estimate_from))
			return true;
	return false;
}

static bool any_change(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].delta))
			return true;
	return false;
}

/* Over the changes with their intervals, and 0. */
static struct axis axis_of_changes(struct canvas *c, const struct result *r)
{
	double *x = arena_new(c->arena, 3 * r->n + 1, sizeof *x);
	struct spread s;

	for (size_t i = 0; i < r->n; i++) {
		x[3 * i] = r->row[i].delta;
		x[3 * i + 1] = r->row[i].delta_low;
		x[3 * i + 2] = r->row[i].delta_high;
	}
	s = spread_of(c->arena, x, 3 * r->n + 1); /* the last is 0 */
	return axis_for(s.min, s.max, 6);
}

static struct axis axis_over(struct canvas *c, const struct result *r, const double *median)
{
	double *x = arena_new(c->arena, 3 * r->n, sizeof *x);
	struct spread s;

	for (size_t i = 0; i < r->n; i++) {
		x[3 * i] = r->row[i].estimate;
		x[3 * i + 1] = r->row[i].estimate_from;
		x[3 * i + 2] = median[i];
	}
	s = spread_of(c->arena, x, 3 * r->n);
	return axis_for(s.min, s.max, 6);
}

#define PLAIN_COLUMNS 7

static void csv_head(struct canvas *c)
{
	const bool errors = canvas_estimated(c->order);
	const char *const head[] = {
		"item",       "name",       "from",
		"to",         "delta",      errors ? "country" : "national_median",
		"comparable", "ci_low",     "ci_high",
		"delta_low",  "delta_high", "verdict",
		"flag"};
	struct text cells[sizeof head / sizeof *head];
	size_t n = sizeof head / sizeof *head;

	for (size_t i = 0; i < n; i++)
		cells[i] = span_of(head[i]);
	canvas_plain(c, cells, n, PLAIN_COLUMNS);
}

static void csv_row(struct canvas *c, const struct result_row *row, double median)
{
	struct arena *a = c->arena;
	struct text cells[] = {row->item,
			       row->item_name[c->order->narrative->phrases->lang],
			       number_exact(a, row->estimate_from),
			       number_exact(a, row->estimate),
			       number_exact(a, row->delta),
			       number_exact(a, median),
			       row->comparable,
			       number_exact(a, row->ci_low),
			       number_exact(a, row->ci_high),
			       number_exact(a, row->delta_low),
			       number_exact(a, row->delta_high),
			       row->verdict,
			       result_flags(a, row->flags)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

/* What the row's mark stands on: both years and the median, or the change and its interval. */
static void marks(struct canvas *c, const struct result_row *row, double median)
{
	bool errors = canvas_estimated(c->order);

	plotfile_number(&c->plot, errors ? row->delta_low : row->estimate_from);
	plotfile_number(&c->plot, errors ? row->delta_high : row->estimate);
	plotfile_number(&c->plot, errors ? row->delta : median);
}

static struct text label_of(const struct canvas *c, const struct result_row *row)
{
	const struct survey *s = c->order->narrative->survey;

	return parts_item_label(
		c, structure_find(&s->structure, survey_wave(s, row->year)->era, row->item));
}

/* "1.2. Tên", then both years and the change in words. A change that is a reason is small. */
static void labels(struct canvas *c, const struct result_row *row, double level, double direction)
{
	struct look whole = {.size = 1, .bold = level == 1},
		    change = {.size = direction == 9 ? c->small : 1, .bold = direction != 9};
	const struct narrative *w = c->order->narrative;

	plotfile_text_as(&c->plot, canvas_fit(c, label_of(c, row), CANVAS_NAMES),
			 canvas_level_look(level));
	plotfile_text(&c->plot, tables_score(w, row->year, row->estimate_from));
	plotfile_text_as(&c->plot, tables_estimate(w, row), whole);
	plotfile_text_as(&c->plot, tables_delta(w, row), change);
}

/* What is drawn of scores beside the later year: the median and the earlier year. */
static void tips_of_scores(struct canvas *c, const struct result_row *row, double median,
			   struct tip tip)
{
	const struct narrative *w = c->order->narrative;
	struct tip middle = {.x = median,
			     .y = tip.y,
			     .width = 0.5 * TIP_DISC,
			     .height = TIP_DISC,
			     .item = row->item};

	middle.words = tips_pair(c, phrase(w->phrases, "head.national.median"), label_of(c, row),
				 narrative_value(w, row->year, median));
	canvas_tip(c, middle);
	tip.x = row->estimate_from;
	tip.words = tips_dated(c, label_of(c, row), row->year_from,
			       narrative_value(w, row->year_from, row->estimate_from));
	canvas_tip(c, tip);
}

static void tips(struct canvas *c, const struct result_row *row, double median, double y)
{
	bool errors = canvas_estimated(c->order);
	struct tip tip = {.x = errors ? row->delta : row->estimate,
			  .y = y,
			  .width = TIP_DISC,
			  .province = row->province,
			  .item = row->item,
			  .words = tips_line(c, label_of(c, row), tips_change(c, row))};

	if (!errors)
		tips_of_scores(c, row, median, tip);
	canvas_tip(c, tip);
}

static void rows(struct canvas *c, const struct result *r, const double *median)
{
	const struct survey *s = c->order->narrative->survey;
	size_t first = SIZE_MAX, last = 0;

	for (size_t i = 0; i < r->n; i++) {
		first = r->row[i].item_depth < first ? r->row[i].item_depth : first;
		last = r->row[i].item_depth > last ? r->row[i].item_depth : last;
	}
	csv_head(c);
	plotfile_block(&c->plot, "rows", 10);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		bool mixed = span_is(c->order->item, "all") ||
			     (canvas_estimated(c->order) && last > first);

		double way = direction(row, survey_wave(s, row->year)->decimals),
		       level = !mixed                 ? 0
			       : row->item_depth == 1 ? 1
						      : 2;

		facts_change_drawn(c->facts, row, FACT_TOLD);
		plotfile_number(&c->plot, (double)(i + 1));
		marks(c, row, median[i]);
		plotfile_number(&c->plot, way);
		labels(c, row, level, way);
		plotfile_number(&c->plot, level);
		csv_row(c, row, median[i]);
		tips(c, row, median[i], (double)(i + 1));
	}
}

/* "+4,75", and what its error says. */
static struct text change_words(const struct narrative *w, const struct result_row *row)
{
	const char *key = span_is(row->verdict, "increase")   ? "verdict.up"
			  : span_is(row->verdict, "decrease") ? "verdict.down"
							      : "verdict.unclear";

	if (row->verdict.n == 0)
		return tables_delta(w, row);
	return PHRASE_FILL(w->phrases, "shift.words", {"delta", tables_delta(w, row)},
			   {"low", narrative_signed(w, row->year, row->delta_low)},
			   {"high", narrative_signed(w, row->year, row->delta_high)},
			   {"verdict", phrase(w->phrases, key)});
}

static void alt(struct canvas *c, const struct result *r)
{
	const struct narrative *w = c->order->narrative;
	struct text list = {"", 0};

	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];

		if (isnan(row->estimate))
			continue;
		list = arena_format(c->arena, "%.*s%s%.*s: %.*s (%.*s)", SPAN_ARG(list),
				    list.n ? "; " : "", SPAN_ARG(row->item_name[w->phrases->lang]),
				    SPAN_ARG(tables_score(w, row->year, row->estimate)),
				    SPAN_ARG(change_words(w, row)));
	}
	c->chart->alt = PHRASE_FILL(w->phrases, list.n ? "change.alt" : "chart.alt.none",
				    {"title", c->chart->title}, {"list", list});
}

/* The key above the plot. */
static void notes(struct canvas *c)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (!canvas_estimated(c->order)) {
		plotfile_key(
			&c->plot, "median_note",
			PHRASE_FILL(p, "change.median", {"year", canvas_year(c, c->order->year)}));
		return;
	}
	c->chart->script = "shift.gp";
	plotfile_key(&c->plot, "key_clear", phrase(p, "shift.clear"));
	plotfile_key(&c->plot, "key_unclear", phrase(p, "shift.unclear"));
}

/* To set the item against: the country's value, or the median of the provinces. */
static double national(struct arena *a, const struct chart_order *o, const struct result_row *row)
{
	if (canvas_estimated(o))
		return canvas_nation(o, o->year, row->item);
	return row->complete ? spread_national(a, o->all, o->year, row->item).median : (double)NAN;
}

bool chart_change(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	const struct phrases *p = o->narrative->phrases;
	struct result r = {0};
	struct canvas c;
	double *median;
	size_t judged;

	collect(a, o, &r, &judged);
	if (o->from == o->year)
		return diag_fail(why, DIAG_DATA, "there is no year before %ld", o->year);
	if (r.n == 0)
		return diag_fail(why, DIAG_DATA, "%ld has no items below \"%.*s\" for this chart",
				 o->year, SPAN_ARG(o->item));
	canvas_open(a, o, out, &c);
	median = arena_new(a, r.n, sizeof *median);
	for (size_t i = 0; i < r.n; i++)
		median[i] = national(a, o, &r.row[i]);
	struct axis axis;

	if (canvas_estimated(o) && !any_change(&r)) {
		canvas_close(&c);
		return diag_fail(why, DIAG_DATA, "no change of %.*s from %ld to %ld can be given",
				 SPAN_ARG(o->self->name), o->from, o->year);
	}
	if (!any_value(&r)) {
		canvas_close(&c);
		return diag_fail(why, DIAG_DATA, "%.*s has no scores of %ld or %ld to compare",
				 SPAN_ARG(o->self->name), o->from, o->year);
	}
	axis = canvas_estimated(o) ? axis_of_changes(&c, &r) : axis_over(&c, &r, median);
	double pitch = o->report ? (r.n > 10 ? 5.0 : 6.5) : (r.n > 10 ? 5.4 : 7.5);

	words(&c, &r, judged);
	canvas_page(&c, o->report ? 160 : 220, 3.0 * c.line + pitch * (double)r.n);
	plotfile_key(&c.plot, "head_label", phrase(p, "head.item"));
	plotfile_key(&c.plot, "head_from", canvas_year(&c, o->from));
	plotfile_key(&c.plot, "head_to", canvas_year(&c, o->year));
	plotfile_key(&c.plot, "head_delta", phrase(p, "head.delta"));
	notes(&c);
	plotfile_key_number(&c.plot, "xmin", axis.low);
	plotfile_key_number(&c.plot, "xmax", axis.high);
	plotfile_axis(&c.plot, "xtics", axis, p->lang);
	rows(&c, &r, median);
	alt(&c, &r);
	canvas_close(&c);
	return true;
}
