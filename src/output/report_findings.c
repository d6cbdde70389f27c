/* What a report of answers says in words: nothing that its errors do not bear. */
#include "analysis/against.h"
#include "output/report_parts.h"
#include "output/sheet.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>

#define LISTED 10

static struct text paragraph(struct arena *a, struct text words)
{
	return markdown_text(a, words);
}

static struct text add_line(struct arena *a, struct text all, struct text words)
{
	return arena_format(a, "%.*s%s- %.*s", SPAN_ARG(all), all.n ? "\n" : "",
			    SPAN_ARG(paragraph(a, words)));
}

static const struct result_row *total_of(const struct result *changes)
{
	for (size_t i = 0; i < changes->n; i++)
		if (changes->row[i].item_depth == 0)
			return &changes->row[i];
	return NULL;
}

/* 1 when the row's interval lies above the country's value, -1 below, 0 when it holds it or there
 * is none. */
static int side(const struct report_order *o, const struct result_row *row)
{
	const struct result_row *country = report_nation(o, row->item);

	if (!country || isnan(row->ci_low) || isnan(row->ci_high))
		return 0;
	return (row->ci_low > country->estimate) - (row->ci_high < country->estimate);
}

struct text report_against(struct arena *a, const struct report_order *o,
			   const struct result *changes)
{
	static const char *const keys[] = {"against.below", "against.unclear", "against.above"};
	const struct result_row *total = total_of(changes), *country;

	country = total ? report_nation(o, total->item) : NULL;
	if (!country || isnan(total->estimate) || isnan(total->ci_low))
		return (struct text){"", 0};
	(void)a;
	return PHRASE_FILL(
		o->narrative.phrases, keys[1 + side(o, total)],
		{"nation", narrative_value(narrative_of(&o->narrative, country, MEASURE_RESULT),
					   o->year, country->estimate)});
}

/* ---- above and below the country ----------------------------------------------------------- */

/* A row, and how far it lies from the country's value. */
struct found {
	const struct result_row *row;
	double gap;
};

static int largest_first(const void *a, const void *b)
{
	const struct found *p = a, *q = b;
	double x = fabs(p->gap), y = fabs(q->gap);

	if (x != y)
		return (x < y) - (x > y);
	return (p->row->item_order > q->row->item_order) -
	       (p->row->item_order < q->row->item_order);
}

static size_t find(struct arena *a, const struct report_order *o, const struct result *changes,
		   int wanted, struct found **out)
{
	struct result against;
	size_t n = 0;

	*out = arena_new(a, changes->n, sizeof **out);
	against_items(a, o->all, o->answers ? o->answers->national : NULL, o->year, o->self->code,
		      &against);
	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];

		if (row->item_depth == 0 || !report_is_leaf(o, row) ||
		    against_side(&against, row->item, row->province) != wanted)
			continue;
		(*out)[n++] =
			(struct found){row, row->estimate - report_nation(o, row->item)->estimate};
	}
	if (n)
		qsort(*out, n, sizeof **out, largest_first);
	return n;
}

static struct text listed(struct arena *a, const struct report_order *o,
			  const struct result *changes, int wanted)
{
	const struct narrative *n = &o->narrative;
	struct found *found;
	size_t count = find(a, o, changes, wanted, &found);
	struct text out = {"", 0};

	for (size_t i = 0; i < count && i < LISTED; i++) {
		const struct result_row *row = found[i].row;
		const struct result_row *country = report_nation(o, row->item);
		const struct narrative *of = narrative_of(n, row, MEASURE_RESULT);

		out = add_line(
			a, out,
			PHRASE_FILL(
				n->phrases, "item.against", {"item", tables_item(n, row)},
				{"value", narrative_value(of, o->year, row->estimate)},
				{"level", narrative_level(of, row->level)},
				{"interval",
				 narrative_interval(of, o->year, row->ci_low, row->ci_high)},
				{"nation", narrative_value(narrative_of(n, country, MEASURE_RESULT),
							   o->year, country->estimate)}));
	}
	return out;
}

struct text report_above(struct arena *a, const struct report_order *o,
			 const struct result *changes)
{
	return listed(a, o, changes, 1);
}

struct text report_below(struct arena *a, const struct report_order *o,
			 const struct result *changes)
{
	return listed(a, o, changes, -1);
}

size_t report_lowest(const struct report_order *o, const struct result *changes,
		     const struct result_row **out, size_t room)
{
	struct arena scratch = {0};
	struct found *found;
	size_t n = find(&scratch, o, changes, -1, &found), count = 0;

	for (; count < n && count < room; count++)
		out[count] = found[count].row;
	arena_release(&scratch);
	return count;
}

/* ---- changes ------------------------------------------------------------------------------- */

static bool is_clear(const struct result_row *row)
{
	return span_is(row->verdict, "increase") || span_is(row->verdict, "decrease");
}

static struct text counted(struct arena *a, const struct report_order *o,
			   const struct result *changes)
{
	const struct phrases *p = o->narrative.phrases;
	const struct narrative *n = narrative_of(&o->narrative, total_of(changes), MEASURE_COUNT);
	size_t all = 0, up = 0, down = 0;
	double level = NAN;

	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];

		if (!report_is_leaf(o, row) || row->verdict.n == 0)
			continue;
		all++;
		up += span_is(row->verdict, "increase");
		down += span_is(row->verdict, "decrease");
		level = row->level;
	}
	if (all == 0)
		return (struct text){"", 0};
	return PHRASE_FILL(
		p, up || down ? "moves.count" : "moves.none",
		{"all", narrative_count(n, (double)all)}, {"from", arena_format(a, "%ld", o->from)},
		{"up", narrative_count(n, (double)up)}, {"down", narrative_count(n, (double)down)},
		{"rest", narrative_count(n, (double)(all - up - down))},
		{"level", narrative_level(n, level)});
}

struct text report_moves(struct arena *a, const struct report_order *o,
			 const struct result *changes)
{
	const struct narrative *n = &o->narrative;
	struct text out = counted(a, o, changes), list = {"", 0};

	if (out.n == 0)
		return out;
	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];

		if (row->item_depth == 0 || !is_clear(row))
			continue;
		const struct narrative *limit = narrative_of(n, row, MEASURE_DIFFERENCE_LIMIT);

		list = add_line(
			a, list,
			PHRASE_FILL(n->phrases, "item.moved", {"item", tables_item(n, row)},
				    {"delta", narrative_delta(limit, o->year, row->delta)},
				    {"low", narrative_signed(limit, o->year, row->delta_low)},
				    {"high", narrative_signed(limit, o->year, row->delta_high)}));
	}
	out = paragraph(a, out);
	return list.n ? arena_format(a, "%.*s\n\n%.*s", SPAN_ARG(out), SPAN_ARG(list)) : out;
}

/* ---- the method ---------------------------------------------------------------------------- */

static const struct {
	const char *method, *key;
} methods[] = {
	{"structure", "index.structure"},
	{"pooled", "index.pooled"},
	{"item-mean", "index.item-mean"},
	{"factor-mean", "index.factor-mean"},
	{"aspect-mean", "index.aspect-mean"},
	{"weighted", "index.weighted"},
	{"score", "index.score"},
	{"score5", "index.score5"},
};

static struct text index_words(const struct report_order *o)
{
	const struct phrases *p = o->narrative.phrases;

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (span_is(span_of(o->answers->method), methods[i].method))
			return PHRASE_FILL(p, "note.index", {"method", phrase(p, methods[i].key)});
	return (struct text){"", 0};
}

struct text report_method(struct arena *a, const struct report_order *o,
			  const struct result *changes)
{
	static const char *const keys[] = {"method.valid",  "method.taylor", "method.interval",
					   "method.change", "method.rank",   "method.hidden"};
	const struct phrases *p = o->narrative.phrases;
	const struct report_answers *x = o->answers;
	const struct result_row *total = total_of(changes);
	const struct narrative *n = narrative_of(&o->narrative, total, MEASURE_DF);
	struct field values[] = {
		{"province", o->self->name},
		{"sets", o->narrative.sets},
		{"level", total ? narrative_level(n, total->level) : span_of("")},
		{"df",
		 total && !isnan(total->df)
			 ? narrative_mark(n, total->df,
					  number_written(a, number_round(total->df, 1), p->lang))
			 : span_of("–")},
		{"own", report_whole(o, total, x->own.lonely)},
		{"all",
		 report_whole(o, report_nation(o, span_of(STRUCTURE_ROOT)), x->country.lonely)},
		{"rule", span_of(x->lonely)},
	};
	size_t k = sizeof values / sizeof *values;
	struct text out = add_line(a, (struct text){"", 0}, index_words(o));

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		out = add_line(a, out, phrase_fill(p, keys[i], values, k));
	if (x->country.lonely > 0)
		out = add_line(a, out, phrase_fill(p, "method.lonely", values, k));
	return out;
}

bool report_simulated(const struct report_order *o)
{
	const struct survey *s = o->narrative.survey;

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= o->year; i++)
		if (s->wave[i].simulated)
			return true;
	return false;
}
