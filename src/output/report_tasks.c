/* Who has to do what about the low results of a report. */
#include "output/report_parts.h"
#include "output/tables.h"

#include <math.h>

/* Who is responsible: what a document of this province says of the item, else of its dimension. */
static const struct agency *first_agency(const struct report_order *o, const struct result_row *row,
					 struct text *code)
{
	const struct survey *s = o->narrative.survey;
	const struct item *item =
		structure_find(&s->structure, survey_wave(s, o->year)->era, row->item);

	for (; item; item = structure_find(&s->structure, item->era, item->parent)) {
		const struct agency *g =
			agencies_next(&s->agencies, item->code, o->self->code, NULL);

		*code = item->code;
		if (g)
			return g;
	}
	return NULL;
}

#define WEAKEST 5

static struct text add_agency(const struct narrative *n, struct text all, const struct agency *g)
{
	struct text name = g->name[n->phrases->lang], task = g->task[n->phrases->lang];
	struct text one =
		g->lead ? name : PHRASE_FILL(n->phrases, "agency.support", {"agency", name});

	if (task.n)
		one = arena_format(n->phrases->arena, "%.*s: %.*s", SPAN_ARG(one), SPAN_ARG(task));
	return arena_format(n->phrases->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
			    SPAN_ARG(one));
}

struct text report_agencies(struct arena *a, const struct report_order *o,
			    const struct result *changes)
{
	const struct narrative *n = &o->narrative;
	const struct result_row *weak[WEAKEST];
	size_t count = report_weakest(o, changes, weak, WEAKEST);
	struct sheet s = {.arena = a};
	struct text *last = NULL;

	report_head(o, &s, "head.item", false);
	report_head(o, &s, "head.agency", false);
	for (size_t i = 0; i < count; i++) {
		struct text code, all = {"", 0};

		for (const struct agency *g = first_agency(o, weak[i], &code); g;
		     g = agencies_next(&n->survey->agencies, code, o->self->code, g))
			all = add_agency(n, all, g);
		if (all.n == 0)
			continue;
		if (o->answers && last && span_equal(last[1], all)) { /* one duty for several */
			last[0] = arena_format(a, "%.*s; %.*s", SPAN_ARG(last[0]),
					       SPAN_ARG(tables_item(n, weak[i])));
			continue;
		}
		last = sheet_row(&s);
		last[0] = tables_item(n, weak[i]);
		last[1] = all;
	}
	return report_markdown(a, &s);
}

struct text report_documents(struct arena *a, const struct report_order *o,
			     const struct result *changes)
{
	const struct agencies *all = &o->narrative.survey->agencies;
	enum lang lang = o->narrative.phrases->lang;
	bool *seen = arena_new(a, all->n, sizeof *seen);
	const struct result_row *weak[WEAKEST];
	size_t count = report_weakest(o, changes, weak, WEAKEST);
	struct text out = {"", 0}, code;

	for (size_t i = 0; i < count; i++)
		for (const struct agency *g = first_agency(o, weak[i], &code); g;
		     g = agencies_next(all, code, o->self->code, g)) {
			bool known = false;

			for (size_t k = 0; k < all->n; k++)
				known |= seen[k] &&
					 span_equal(all->at[k].document[lang], g->document[lang]);
			seen[g - all->at] = true;
			if (!known)
				out = arena_format(a, "%.*s%s%.*s", SPAN_ARG(out),
						   out.n ? "; " : "", SPAN_ARG(g->document[lang]));
		}
	return markdown_text(a, out);
}

/* ---- proposals by agency ------------------------------------------------------------------- */

/* An agency and what lies before it. */
struct duty {
	struct text agency, items;
};

struct duties {
	struct arena *arena;
	struct duty *at;
	size_t n;
};

static void add_duty(struct duties *d, struct text agency, struct text item)
{
	size_t i = 0;

	while (i < d->n && !span_equal(d->at[i].agency, agency))
		i++;
	if (i == d->n) {
		d->at = arena_grow(d->arena, d->at, d->n, sizeof *d->at);
		d->at[d->n++] = (struct duty){agency, {"", 0}};
	}
	d->at[i].items = arena_format(d->arena, "%.*s%s%.*s", SPAN_ARG(d->at[i].items),
				      d->at[i].items.n ? "; " : "", SPAN_ARG(item));
}

/* "6.1. Name (1,48 điểm, hạng 49/61)"; of an estimate with its interval and no rank. */
static struct text weak_item(const struct report_order *o, const struct result_row *row)
{
	const struct narrative *n = &o->narrative;
	struct text value = narrative_value(n, row->year, row->estimate);

	if (o->answers)
		return PHRASE_FILL(
			n->phrases, "proposal.estimate", {"item", tables_item(n, row)},
			{"value", value}, {"level", narrative_level(n, row->level)},
			{"interval", narrative_interval(n, row->year, row->ci_low, row->ci_high)});
	return PHRASE_FILL(n->phrases, "proposal.score", {"item", tables_item(n, row)},
			   {"value", value}, {"rank", narrative_rank(n, row->rank, row->n_ranked)});
}

static void add_weak(struct duties *d, const struct report_order *o, const struct result *changes)
{
	const struct narrative *n = &o->narrative;
	const struct result_row *weak[WEAKEST];
	size_t count = report_weakest(o, changes, weak, WEAKEST);

	for (size_t i = 0; i < count; i++) {
		struct text code;

		for (const struct agency *g = first_agency(o, weak[i], &code); g;
		     g = agencies_next(&n->survey->agencies, code, o->self->code, g))
			if (g->lead)
				add_duty(d, g->name[n->phrases->lang], weak_item(o, weak[i]));
	}
}

/* Criteria that lost points, of the agency that leads them: the first one named. */
static void add_lost(struct duties *d, const struct report_order *o)
{
	const struct narrative *n = &o->narrative;

	for (size_t i = 0; o->lost && i < o->lost->rows->n; i++) {
		const struct result_row *row = &o->lost->rows->row[i];
		struct text agencies = row->agency_name[n->phrases->lang], first;

		if (!(row->lost_points > 0) || span_is(row->kind, "score"))
			continue;
		if (agencies.n == 0)
			agencies = row->agency;
		if (!span_split(&agencies, ';', &first) || span_trim(first).n == 0)
			continue;
		add_duty(d, span_trim(first),
			 PHRASE_FILL(n->phrases, "proposal.lost", {"item", tables_item(n, row)},
				     {"lost", narrative_gap(n, row->year, row->lost_points)}));
	}
}

struct text report_proposals(struct arena *a, const struct report_order *o,
			     const struct result *changes)
{
	const struct phrases *p = o->narrative.phrases;
	struct duties d = {.arena = a};
	struct text out = {"", 0};

	add_weak(&d, o, changes);
	add_lost(&d, o);
	for (size_t i = 0; i < d.n; i++) {
		struct text words = PHRASE_FILL(p, "proposal", {"agency", d.at[i].agency},
						{"items", d.at[i].items});

		out = arena_format(a, "%.*s%s- %.*s", SPAN_ARG(out), out.n ? "\n" : "",
				   SPAN_ARG(markdown_text(a, words)));
	}
	return out;
}
