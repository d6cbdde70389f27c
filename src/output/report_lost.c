/* What a report says of lost points, and of what is lacking to a better place. */
#include "analysis/rank.h"
#include "analysis/reach.h"
#include "output/report_parts.h"
#include "output/table_gaps.h"

#include <math.h>

#define LARGEST 10

static bool has_marks(const struct report_lost *x)
{
	return x->rows->n && !span_is(x->rows->row[0].kind, "score");
}

struct text report_lost_words(struct arena *a, const struct report_order *o)
{
	const struct report_lost *x = o->lost;
	struct text out = {"", 0}, rank;
	const struct text *sentence;
	size_t n;

	if (!x)
		return out;
	sentence = table_gaps_sentences(&o->narrative, x->rows, &x->total, &n);
	for (size_t i = 0; i < n; i++)
		out = arena_format(a, "%.*s%s%.*s", SPAN_ARG(out), i ? " " : "",
				   SPAN_ARG(sentence[i]));
	rank = table_gaps_rank(&o->narrative, &x->total);
	if (has_marks(x) && rank.n)
		out = arena_format(a, "%.*s %.*s", SPAN_ARG(out), SPAN_ARG(rank));
	return markdown_text(a, out);
}

struct text report_lost_marks(const struct report_order *o)
{
	return o->lost && has_marks(o->lost) ? span_of("1") : (struct text){"", 0};
}

static struct text joined(struct arena *a, struct text all, struct text more)
{
	return arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n && more.n ? " " : "",
			    SPAN_ARG(more));
}

/* How many rows the page shows: the largest losses, with all that equal the last of them. */
static size_t largest(const struct result *rows)
{
	size_t n = rows->n < LARGEST ? rows->n : LARGEST;

	while (n && n < rows->n && rows->row[n].lost_points == rows->row[n - 1].lost_points)
		n++;
	return n;
}

bool report_lost_known(const struct report_order *o)
{
	return o->lost && !isnan(o->lost->total.lost_points);
}

static struct text losses_note(struct arena *a, const struct report_order *o)
{
	const char *key = report_lost_known(o) ? "note.gaps.short" : "note.gaps.some";
	struct text note = table_gaps_note(&o->narrative, o->lost->rows, o->self->code, false);

	return markdown_text(a, joined(a, phrase(o->narrative.phrases, key), note));
}

struct text report_losses(struct arena *a, const struct report_order *o, enum gaps_block block,
			  bool all, struct text *note)
{
	struct result rows;
	struct sheet s;

	if (!o->lost)
		return (struct text){"", 0};
	table_gaps_block(a, o->lost->rows, block, &rows);
	if (all && rows.n == largest(&rows)) /* the table of the largest has them all */
		return (struct text){"", 0};
	table_gaps_short(&o->narrative, &rows, all ? rows.n : largest(&rows), &s);
	*note = losses_note(a, o);
	return report_markdown(a, &s);
}

struct text report_lost_domains(struct arena *a, const struct report_order *o, struct text *note)
{
	bool self = false, gap = false;
	struct result rows = {0};
	struct sheet s;

	if (!o->lost || !has_marks(o->lost) || o->lost->domains->n < 2)
		return (struct text){"", 0};
	for (size_t i = 0; i < o->lost->domains->n; i++) {
		const struct result_row *row = &o->lost->domains->row[i];

		result_add(a, &rows, row);
		self |= !isnan(row->self_score);
		gap |= isnan(row->self_score);
	}
	if (self && gap)
		*note = markdown_text(a, phrase(o->narrative.phrases, "note.gaps.domains"));
	result_add(a, &rows, &o->lost->total);
	table_gaps_domains(&o->narrative, &rows, &s);
	s.bold = s.rows;
	return report_markdown(a, &s);
}

static bool any_agency(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].agency.n)
			return true;
	return false;
}

struct text report_lost_agencies(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct phrases *p = o->narrative.phrases;
	struct sheet s;

	if (!o->lost || !any_agency(o->lost->agencies))
		return (struct text){"", 0};
	table_gaps_agencies(&o->narrative, o->lost->agencies, &s);
	*note = markdown_text(
		a, joined(a, phrase(p, o->lost->split ? "note.gaps.split" : "note.gaps.lead"),
			  table_gaps_note(&o->narrative, o->lost->rows, o->self->code, true)));
	return report_markdown(a, &s);
}

struct text report_targets(struct arena *a, const struct report_order *o)
{
	struct sheet s;

	if (!o->lost || o->lost->targets.n == 0)
		return (struct text){"", 0};
	table_gaps_targets(&o->narrative, &o->lost->targets, &s);
	return report_markdown(a, &s);
}

/* ---- what is lacking to a better place ----------------------------------------------------- */

/* The end of the next quarter above the rank, else the first ten; 0 = it stands among these. */
static size_t next_group(double rank, size_t n)
{
	for (size_t k = 3; k > 0; k--) {
		size_t cut = rank_quartile_cut(n, k);

		if (cut > 0 && (double)cut < rank)
			return cut;
	}
	return rank > 10 ? 10 : 0;
}

static const char *sure_key(const struct reach *r)
{
	return isnan(r->se) ? NULL : r->low > 0 ? "reach.error" : "reach.unclear";
}

struct text report_reach(struct arena *a, const struct report_order *o,
			 const struct result *changes)
{
	const struct narrative *w = &o->narrative;
	const struct result_row *total = &changes->row[0], *row;
	struct text out = {"", 0};
	struct reach r;
	size_t n, count;

	if (!total->complete || isnan(total->rank) || isnan(total->n_ranked))
		return out;
	row = result_group(o->all, o->year, total->item, &n);
	count = next_group(total->rank, (size_t)total->n_ranked);
	if (!reach_find(a, row, n, o->self->code, count, total->level, &r) || !(r.distance > 0))
		return out;
	const struct narrative *mark = narrative_of(w, r.mark, MEASURE_RESULT),
			       *gap = narrative_of(w, total, MEASURE_GAP),
			       *limit = narrative_of(w, total, MEASURE_DIFFERENCE_LIMIT);
	struct field fields[] = {
		{"province", o->self->name},
		{"count", narrative_count(narrative_of(w, total, MEASURE_COUNT), (double)count)},
		{"score", narrative_value(mark, o->year, r.score)},
		{"delta", narrative_delta(gap, o->year, r.distance)},
		{"level", narrative_level(gap, total->level)},
		{"low", narrative_signed(limit, o->year, r.low)},
		{"high", narrative_signed(limit, o->year, r.high)},
	};
	size_t k = sizeof fields / sizeof *fields;

	out = phrase_fill(w->phrases, count == 1 ? "reach.first" : "reach", fields, k);
	if (sure_key(&r))
		out = joined(a, out, phrase_fill(w->phrases, sure_key(&r), fields, k));
	return markdown_text(a, out);
}
