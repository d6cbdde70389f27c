#include "analysis/spread.h"
#include "output/narrative_series.h"
#include "output/report_parts.h"
#include "output/sheet.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>

#define LISTED 5

/* Program words into Markdown; user words among them are escaped with the rest. */
static struct text paragraph(struct arena *a, struct text words)
{
	return markdown_text(a, words);
}

static struct text joined(struct arena *a, struct text all, const char *separator, struct text more)
{
	if (more.n == 0)
		return all;
	return arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? separator : "", SPAN_ARG(more));
}

static const struct result_row *total_of(const struct result *changes)
{
	for (size_t i = 0; i < changes->n; i++)
		if (changes->row[i].item_depth == 0)
			return &changes->row[i];
	return NULL;
}

/* A sentence behind others. */
static struct text said(struct arena *a, struct text all, struct text sentence)
{
	if (sentence.n == 0)
		return all;
	return arena_format(a, "%.*s %.*s.", SPAN_ARG(all), SPAN_ARG(sentence));
}

struct text report_standing(struct arena *a, const struct report_order *o,
			    const struct result *changes)
{
	const struct result_row *total = total_of(changes);
	const struct narrative *n = &o->narrative;
	struct text out = {"", 0}, reason;

	if (!total)
		return out;
	out = arena_format(a, "%.*s.", SPAN_ARG(narrative_standing(n, total)));
	reason = narrative_reason(n, total);
	out = said(a, out, reason);
	if (o->answers)
		return paragraph(a, joined(a, out, " ", report_against(a, o, changes)));
	if (total->complete && !isnan(total->estimate)) {
		struct spread spread = spread_national(a, o->all, o->year, total->item);
		double median = spread.median;
		const struct narrative *among =
			narrative_among(n, total, MEASURE_MEDIAN, (double)spread.n);
		double gap =
			number_round(total->estimate, survey_wave(n->survey, o->year)->decimals) -
			number_round(median, survey_wave(n->survey, o->year)->decimals);

		out = joined(a, out, " ",
			     PHRASE_FILL(n->phrases,
					 gap > 0   ? "standing.above"
					 : gap < 0 ? "standing.below"
						   : "standing.median",
					 {"median", narrative_value(among, o->year, median)},
					 {"gap", narrative_gap(among, o->year, gap)}));
	}
	out = said(a, out, narrative_country(n, o->all, total));
	out = said(a, out, narrative_below(n, changes));
	if (total->group.n)
		out = joined(a, out, " ",
			     PHRASE_FILL(n->phrases, "standing.group", {"province", o->self->name},
					 {"group", total->group_name[n->phrases->lang]}));
	return paragraph(a, out);
}

struct text report_indices(struct arena *a, const struct report_book *b)
{
	struct narrative_entry *entry = arena_new(a, b->n, sizeof *entry);
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct report_order *o = &b->part[i];
		const struct result_row *total = o->missing ? NULL : total_of(o->changes);

		if (total)
			entry[n++] = (struct narrative_entry){&o->narrative, total};
	}
	return paragraph(a, narrative_indices(entry, n));
}

#define TOLD 3

/* Three years in words; fewer stand in the opening already. */
struct text report_history(struct arena *a, const struct report_order *o)
{
	const struct narrative *n = &o->narrative;
	const struct wave *wave = survey_wave(n->survey, o->year);
	struct result_row row[TOLD];
	const struct result_row *told[TOLD];

	if (o->answers || wave - n->survey->wave + 1 < TOLD)
		return (struct text){"", 0};
	for (size_t i = 0; i < TOLD; i++) {
		long year = wave[(long)i - TOLD + 1].year;

		if (!province_same(&n->survey->provinces, o->self->code, year, o->year) ||
		    !report_total(a, n, o->all, year, o->self->code, &row[i]) ||
		    (isnan(row[i].estimate) && isnan(row[i].rank)))
			return (struct text){"", 0};
		told[i] = &row[i];
	}
	return paragraph(a, narrative_years(n, told, TOLD));
}

static struct text reason_line(struct arena *a, struct text items, struct text reason)
{
	struct text words = arena_format(a, "%.*s: %.*s.", SPAN_ARG(items), SPAN_ARG(reason));

	return arena_format(a, "- %.*s", SPAN_ARG(paragraph(a, words)));
}

/* Why an item's two years are not, or only with care, compared; neighbours with one reason
 * together. */
struct text report_reasons(struct arena *a, const struct report_order *o,
			   const struct result *changes)
{
	const struct narrative *n = &o->narrative;
	struct text out = {"", 0}, last = {"", 0}, items = {"", 0};

	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];
		struct text reason = row->reason[n->phrases->lang];

		if (row->item_depth > 1)
			continue;
		if (last.n && !span_equal(reason, last)) {
			out = joined(a, out, "\n", reason_line(a, items, last));
			items = (struct text){"", 0};
		}
		last = reason;
		if (reason.n)
			items = joined(a, items, "; ", tables_item(n, row));
	}
	return last.n ? joined(a, out, "\n", reason_line(a, items, last)) : out;
}

/* For the table of all years: where the total breaks, or is compared with care, and why. */
struct text report_breaks(struct arena *a, const struct report_order *o)
{
	const struct narrative *n = &o->narrative;
	const struct survey *s = n->survey;
	struct text out = {"", 0}, reason;

	for (size_t i = 1; i < s->n_waves && s->wave[i].year <= o->year; i++) {
		enum verdict verdict =
			survey_compare(a, s, span_of(STRUCTURE_ROOT), s->wave[i - 1].year,
				       s->wave[i].year, n->phrases->lang, &reason);

		if (verdict == VERDICT_OK)
			continue;
		reason = PHRASE_FILL(n->phrases, verdict == VERDICT_NO ? "break.no" : "break.warn",
				     {"from", arena_format(a, "%ld", s->wave[i - 1].year)},
				     {"year", arena_format(a, "%ld", s->wave[i].year)},
				     {"reason", reason});
		out = joined(a, out, "\n",
			     arena_format(a, "- %.*s", SPAN_ARG(paragraph(a, reason))));
	}
	return out;
}

static double percentile(const struct result_row *row)
{
	return spread_percentile(row->rank, row->n_ranked);
}

/* A result less the national median, both as they are printed. */
static double gap_to_median(struct arena *a, const struct report_order *o,
			    const struct result_row *row)
{
	int decimals = survey_wave(o->narrative.survey, o->year)->decimals;
	double median = spread_national(a, o->all, o->year, row->item).median;

	return number_round(number_round(row->estimate, decimals) - number_round(median, decimals),
			    decimals);
}

/* Rows of the deepest level with a percentile, best first. */
static int best_first(const void *a, const void *b)
{
	const struct result_row *const *p = a, *const *q = b;
	double x = percentile(*p), y = percentile(*q);

	if (x != y)
		return (x < y) - (x > y);
	return ((*p)->item_order > (*q)->item_order) - ((*p)->item_order < (*q)->item_order);
}

static size_t leaves(struct arena *a, const struct result *changes, const struct result_row ***out)
{
	size_t deepest = 0, n = 0;

	*out = arena_new(a, changes->n, sizeof **out);
	for (size_t i = 0; i < changes->n; i++)
		if (changes->row[i].item_depth > deepest)
			deepest = changes->row[i].item_depth;
	for (size_t i = 0; i < changes->n && deepest; i++)
		if (changes->row[i].item_depth == deepest && !isnan(percentile(&changes->row[i])))
			(*out)[n++] = &changes->row[i];
	if (n)
		qsort(*out, n, sizeof **out, best_first);
	return n;
}

bool report_has_parts(struct arena *a, const struct result *changes)
{
	const struct result_row **row;

	return leaves(a, changes, &row) > 0;
}

/* "- 2.4. Name: 1,48 điểm, hạng 9/61, cao hơn trung vị cả nước 0,13 điểm" */
static struct text bullet(struct arena *a, const struct report_order *o,
			  const struct result_row *row)
{
	const struct narrative *n = &o->narrative;
	struct spread spread = spread_national(a, o->all, o->year, row->item);
	const struct narrative *of = narrative_among(n, row, MEASURE_RESULT, (double)spread.n);
	double gap = gap_to_median(a, o, row);
	struct text words = PHRASE_FILL(n->phrases,
					gap > 0   ? "item.above"
					: gap < 0 ? "item.below"
						  : "item.median",
					{"item", tables_item(n, row)},
					{"value", narrative_value(of, o->year, row->estimate)},
					{"rank", narrative_rank(of, row->rank, row->n_ranked)},
					{"gap", narrative_gap(of, o->year, gap)});

	return arena_format(a, "- %.*s", SPAN_ARG(paragraph(a, words)));
}

struct text report_strengths(struct arena *a, const struct report_order *o,
			     const struct result *changes)
{
	const struct result_row **row;
	size_t n = leaves(a, changes, &row);
	struct text out = {"", 0};

	for (size_t i = 0; i < n && i < LISTED && percentile(row[i]) > 50; i++)
		out = joined(a, out, "\n", bullet(a, o, row[i]));
	return out;
}

size_t report_weakest(const struct report_order *o, const struct result *changes,
		      const struct result_row **out, size_t room)
{
	struct arena scratch = {0};
	const struct result_row **row;
	size_t n, count = 0;

	if (o->answers)
		return report_lowest(o, changes, out, room < LISTED ? room : LISTED);
	n = leaves(&scratch, changes, &row);
	for (; n && count < room && count < LISTED && percentile(row[n - 1]) < 50; n--)
		if (!row[n - 1]->complete || gap_to_median(&scratch, o, row[n - 1]) < 0)
			out[count++] = row[n - 1];
	arena_release(&scratch);
	return count;
}

struct text report_weaknesses(struct arena *a, const struct report_order *o,
			      const struct result *changes)
{
	const struct result_row *row[LISTED];
	size_t n = report_weakest(o, changes, row, LISTED);
	struct text out = {"", 0};

	for (size_t i = 0; i < n; i++)
		out = joined(a, out, "\n", bullet(a, o, row[i]));
	return out;
}

/* Largest change first. */
static int largest_first(const void *a, const void *b)
{
	const struct result_row *const *p = a, *const *q = b;
	double x = fabs((*p)->delta), y = fabs((*q)->delta);

	if (x != y)
		return (x < y) - (x > y);
	return ((*p)->item_order > (*q)->item_order) - ((*p)->item_order < (*q)->item_order);
}

/* Children of `parent` whose changes add up to its change; 0 when one of them is not known. */
static size_t parts_of(struct arena *a, const struct report_order *o, const struct result *changes,
		       const struct result_row *parent, const struct result_row ***out)
{
	const struct survey *s = o->narrative.survey;
	struct text era = survey_wave(s, o->year)->era;
	size_t n = 0;
	double sum = 0;

	*out = arena_new(a, changes->n, sizeof **out);
	if (structure_find(&s->structure, era, parent->item)->aggregation != AGGREGATE_SUM)
		return 0;
	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];
		const struct item *item = structure_find(&s->structure, era, row->item);

		if (!span_equal(item->parent, parent->item))
			continue;
		if (isnan(row->delta))
			return 0;
		(*out)[n++] = row;
		sum += row->delta;
	}
	if (fabs(sum - parent->delta) > (double)(n + 1) / 2 * pow(10, -s->scores.decimals))
		return 0; /* a printed total need not be the sum of what is listed */
	if (n)
		qsort(*out, n, sizeof **out, largest_first);
	return n;
}

/* Of the change as it is printed. */
static int sign_of(const struct narrative *n, long year, double delta)
{
	double printed = number_round(delta, survey_wave(n->survey, year)->decimals);

	return (printed > 0) - (printed < 0);
}

static struct text parts_list(struct arena *a, const struct report_order *o,
			      const struct result_row *const *row, size_t n, int sign)
{
	const struct narrative *w = &o->narrative;
	struct text out = {"", 0};

	for (size_t i = 0; i < n; i++)
		if (sign_of(w, o->year, row[i]->delta) == sign)
			out = joined(
				a, out, "; ",
				arena_format(a, "%.*s (%.*s)", SPAN_ARG(tables_item(w, row[i])),
					     SPAN_ARG(narrative_signed(
						     narrative_of(w, row[i], MEASURE_DIFFERENCE),
						     o->year, row[i]->delta))));
	return out;
}

static struct text cause(struct arena *a, const struct report_order *o,
			 const struct result *changes, const struct result_row *parent)
{
	const struct narrative *w = &o->narrative;
	const struct result_row **row;
	size_t n = parts_of(a, o, changes, parent, &row);
	struct text up = parts_list(a, o, row, n, 1), down = parts_list(a, o, row, n, -1);
	struct text same = parts_list(a, o, row, n, 0), words;
	struct field fields[] = {
		{"item", tables_item(w, parent)},
		{"from", arena_format(a, "%ld", o->from)},
		{"delta", narrative_delta(narrative_of(w, parent, MEASURE_DIFFERENCE), o->year,
					  parent->delta)},
		{"up", up},
		{"down", down},
		{"same", same}};

	if (n == 0)
		return (struct text){"", 0};
	words = phrase_fill(w->phrases, "cause.head", fields, 6);
	if (up.n)
		words = joined(a, words, " ", phrase_fill(w->phrases, "cause.up", fields, 6));
	if (down.n)
		words = joined(a, words, " ", phrase_fill(w->phrases, "cause.down", fields, 6));
	if (same.n)
		words = joined(a, words, " ", phrase_fill(w->phrases, "cause.same", fields, 6));
	return paragraph(a, words);
}

/* The total's change as the sum of its parts; then the same for the part that changed most. */
struct text report_causes(struct arena *a, const struct report_order *o,
			  const struct result *changes)
{
	const struct result_row *total = total_of(changes), **row;
	struct text out = {"", 0};

	if (!total || isnan(total->delta))
		return out;
	out = cause(a, o, changes, total);
	if (out.n && parts_of(a, o, changes, total, &row))
		out = joined(a, out, "\n\n", cause(a, o, changes, row[0]));
	return out;
}

struct text report_unpublished(struct arena *a, const struct report_order *o)
{
	size_t n;
	const struct result_row *row = result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &n);
	struct text out = {"", 0};

	for (size_t i = 0; i < n; i++)
		if (row[i].complete && isnan(row[i].estimate))
			out = joined(a, out, ", ", row[i].province_name);
	return paragraph(a, out);
}

/* Where the province's totals were read, by year, when not in the publisher's own table. */
static struct text figures_from(struct arena *a, const struct report_order *o)
{
	const struct survey *s = o->narrative.survey;
	struct text list = {"", 0}, last = {"", 0}, words;

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= o->year; i++) {
		const struct result_row *row = result_find(o->all, s->wave[i].year,
							   span_of(STRUCTURE_ROOT), o->self->code);

		if (!row || row->source.n == 0 || s->wave[i].answers ||
		    span_starts(row->source, arena_string(a, s->name)) ||
		    (isnan(row->estimate) && isnan(row->rank)))
			continue;
		list = span_equal(row->source, last)
			       ? arena_format(a, "%.*s, %ld", SPAN_ARG(list), s->wave[i].year)
			       : arena_format(a, "%.*s%s%.*s – %ld", SPAN_ARG(list),
					      list.n ? "; " : "", SPAN_ARG(row->source),
					      s->wave[i].year);
		last = row->source;
	}
	if (list.n == 0)
		return list;
	words = PHRASE_FILL(o->narrative.phrases, "source.figures", {"survey", s->name},
			    {"province", o->self->name}, {"list", list});
	return arena_format(a, "- %.*s", SPAN_ARG(paragraph(a, words)));
}

struct text report_sources(struct arena *a, const struct report_order *o)
{
	const struct narrative *n = &o->narrative;
	const struct wave *wave = survey_wave(n->survey, o->year);
	struct text out = PHRASE_FILL(n->phrases, "source.line", {"survey", n->survey->name},
				      {"year", arena_format(a, "%ld", o->year)},
				      {"title", wave->title[n->phrases->lang]},
				      {"publisher", wave->publisher[n->phrases->lang]});

	out = arena_format(a, "- %.*s", SPAN_ARG(paragraph(a, out)));
	return joined(a, out, "\n", figures_from(a, o));
}

struct text report_other_sources(struct arena *a, const struct report_book *b)
{
	const struct report_order *o = b->part;
	struct text out = {"", 0};

	for (size_t i = 0; i < b->n_others; i++) {
		const struct report_index *x = &b->others[i];
		const struct phrases *p = x->narrative.phrases;
		const struct result_row *row =
			result_find(x->all, o->year, span_of(STRUCTURE_ROOT), o->self->code);
		const struct wave *w = survey_wave(x->narrative.survey, o->year);

		if (!row || (isnan(row->estimate) && isnan(row->rank)))
			continue;
		struct text line =
			PHRASE_FILL(p, "source.other", {"survey", x->narrative.survey->name},
				    {"year", arena_format(a, "%ld", o->year)},
				    {"title", w->title[p->lang]}, {"source", row->source});

		out = joined(a, out, " ", paragraph(a, line));
	}
	return out;
}
