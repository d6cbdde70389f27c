#include "output/forest_words.h"

#include "output/reasons.h"
#include "output/tables.h"

#include <math.h>

#define LISTED 4 /* differences told in words under the chart */

const struct phrases *forest_phrases(const struct forest_words *f)
{
	return f->canvas->order->narrative->phrases;
}

/* ---- signs --------------------------------------------------------------------------------- */

bool forest_hidden(const struct result_row *row)
{
	return isnan(row->estimate) && row->flags & FLAG_SUPPRESSED;
}

static size_t mark_of(const struct forest_words *f, struct text why)
{
	size_t i = 0;

	while (i < f->n_why && !span_equal(f->why[i], why))
		i++;
	return i;
}

static void note_row(struct forest_words *f, const struct result_row *row)
{
	struct text why = reason_words(forest_phrases(f), row->reason[LANG_EN]);

	if (forest_hidden(row) && mark_of(f, why) == f->n_why && f->n_why < FOREST_REASONS)
		f->why[f->n_why++] = why;
	f->nobody |= isnan(row->estimate) && !forest_hidden(row);
	if (!isnan(row->estimate) && row->flags & FLAG_CAUTION && !span_holds(f->care, why))
		f->care = arena_format(f->canvas->arena, "%.*s%s%.*s", SPAN_ARG(f->care),
				       f->care.n ? "; " : "", SPAN_ARG(why));
}

/* "82,80", "82,80*", "x²", "–" */
struct text forest_value(const struct forest_words *f, const struct result_row *row)
{
	static const char *const raised[] = {"¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", ""};
	struct text why = reason_words(forest_phrases(f), row->reason[LANG_EN]);
	struct text value = tables_estimate(f->canvas->order->narrative, row);

	if (forest_hidden(row))
		return arena_format(f->canvas->arena, "%.*s%s", SPAN_ARG(value),
				    raised[mark_of(f, why)]);
	if (isnan(row->estimate) || !(row->flags & FLAG_CAUTION))
		return value;
	return arena_format(f->canvas->arena, "%.*s*", SPAN_ARG(value));
}

/* ---- words --------------------------------------------------------------------------------- */

struct text forest_label(const struct forest_words *f, const struct breakdown_variable *v,
			 size_t group)
{
	return v->group[group].level->label[forest_phrases(f)->lang];
}

static struct text whole(const struct forest_words *f, size_t n)
{
	return number_shown(f->canvas->arena, (double)n, 0, forest_phrases(f)->lang);
}

/* "Nữ cao hơn Nam" */
static struct text pair_words(const struct forest_words *f, const struct breakdown_variable *v,
			      const struct breakdown_pair *p)
{
	bool up = breakdown_row(f->b, p)->delta > 0;

	return PHRASE_FILL(forest_phrases(f), "forest.higher",
			   {"high", forest_label(f, v, up ? p->second : p->first)},
			   {"low", forest_label(f, v, up ? p->first : p->second)});
}

static const struct breakdown_pair *first_found(const struct forest_words *f,
						const struct breakdown_variable *v)
{
	for (size_t i = 0; i < v->n_pairs; i++)
		if (breakdown_verdict(f->b, &v->pair[i]) == 1 ||
		    breakdown_verdict(f->b, &v->pair[i]) == -1)
			return &v->pair[i];
	return NULL;
}

/* "“Giới tính” (Nữ cao hơn Nam)", "“Độ tuổi” (3/10 cặp nhóm)" */
static struct text found_words(const struct forest_words *f, const struct breakdown_variable *v)
{
	const struct breakdown_pair *first = first_found(f, v);
	size_t judged, found;

	if (!first)
		return (struct text){"", 0};
	breakdown_count(f->b, v, &judged, &found);
	return PHRASE_FILL(forest_phrases(f), found == 1 ? "forest.found.one" : "forest.found",
			   {"variable", v->question->words[forest_phrases(f)->lang]},
			   {"pair", pair_words(f, v, first)}, {"found", whole(f, found)},
			   {"all", whole(f, judged)});
}

/* Every difference beyond the error: the title names their variables. */
static void claims(const struct forest_words *f)
{
	facts_no_claim(f->canvas->facts);
	for (size_t k = 0; k < f->b->n; k++)
		for (size_t i = 0; i < f->b->variable[k].n_pairs; i++) {
			const struct breakdown_pair *p = &f->b->variable[k].pair[i];
			int verdict = breakdown_verdict(f->b, p);

			if (verdict == 1 || verdict == -1)
				facts_change_claim(f->canvas->facts, breakdown_row(f->b, p),
						   verdict);
		}
}

static struct text title(const struct forest_words *f)
{
	const struct chart_order *o = f->canvas->order;
	struct text list = {"", 0};
	size_t differing = 0, compared = 0, judged, found;

	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];

		breakdown_count(f->b, v, &judged, &found);
		compared += judged > 0;
		differing += found > 0;
		if (found)
			list = arena_format(f->canvas->arena, "%.*s%s%.*s", SPAN_ARG(list),
					    list.n ? ", " : "", SPAN_ARG(found_words(f, v)));
	}
	return PHRASE_FILL(forest_phrases(f),
			   compared == 0          ? "forest.title.untested"
			   : differing == 0       ? "forest.title.none"
			   : differing < compared ? "forest.title.some"
						  : "forest.title",
			   {"province", o->self->name}, {"item", canvas_subject(f->canvas)},
			   {"year", canvas_year(f->canvas, o->year)}, {"list", list});
}

/* The found differences with their size and error, the largest variable by variable. */
static struct text differences(const struct forest_words *f)
{
	const struct narrative *n = f->canvas->order->narrative;
	struct text all = {"", 0};
	size_t told = 0;

	for (size_t k = 0; k < f->b->n; k++)
		for (size_t i = 0; i < f->b->variable[k].n_pairs && told < LISTED; i++) {
			const struct breakdown_variable *v = &f->b->variable[k];
			const struct result_row *row = breakdown_row(f->b, &v->pair[i]);
			int d = breakdown_verdict(f->b, &v->pair[i]);
			double low = d > 0 ? row->delta_low : -row->delta_high;
			double high = d > 0 ? row->delta_high : -row->delta_low;

			if (d != 1 && d != -1)
				continue;
			told++;
			all = arena_format(
				f->canvas->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
				SPAN_ARG(PHRASE_FILL(
					n->phrases, "forest.difference",
					{"pair", pair_words(f, v, &v->pair[i])},
					{"gap", narrative_gap(n, row->year, fabs(row->delta))},
					{"low", narrative_signed(n, row->year, low)},
					{"high", narrative_signed(n, row->year, high)})));
		}
	if (told == 0)
		return all;
	return PHRASE_FILL(n->phrases,
			   told < f->found ? "forest.differences.more" : "forest.differences",
			   {"list", all}, {"more", whole(f, f->found - told)});
}

/* "x¹: dưới 30 câu trả lời; x²: ..." */
static struct text hidden_words(const struct forest_words *f)
{
	static const char *const raised[] = {"¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	struct text all = {"", 0};

	for (size_t i = 0; i < f->n_why; i++)
		all = arena_format(f->canvas->arena, "%.*s%sx%s %.*s", SPAN_ARG(all), i ? "; " : "",
				   raised[i], SPAN_ARG(f->why[i]));
	return f->n_why ? PHRASE_FILL(forest_phrases(f), "forest.hidden", {"reasons", all}) : all;
}

static struct text unstated_words(const struct forest_words *f)
{
	struct text all = {"", 0};

	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];

		if (v->unstated > 0)
			all = arena_format(
				f->canvas->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
				SPAN_ARG(PHRASE_FILL(
					forest_phrases(f), "forest.unstated.one",
					{"variable", v->question->words[forest_phrases(f)->lang]},
					{"n", whole(f, (size_t)v->unstated)})));
	}
	return all.n ? PHRASE_FILL(forest_phrases(f), "forest.unstated", {"list", all}) : all;
}

static void footer(struct forest_words *f)
{
	struct canvas *c = f->canvas;
	const struct phrases *p = forest_phrases(f);
	struct text note = differences(f);

	if (f->judged)
		note = parts_join(
			c->arena, note,
			PHRASE_FILL(p, f->judged == 1 ? "forest.method.one" : "forest.method",
				    {"all", whole(f, f->judged)}));
	note = parts_join(c->arena, note, hidden_words(f));
	if (f->care.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "forest.care", {"reasons", f->care}));
	if (f->nobody)
		note = parts_join(c->arena, note, phrase(p, "forest.nobody"));
	note = parts_join(c->arena, note, unstated_words(f));
	parts_footer(c, note, f->self, NULL, 0);
}

void forest_fill(struct forest_words *f)
{
	struct canvas *c = f->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = forest_phrases(f);
	struct field fields[] = {
		{"province", o->self->name},         {"item", canvas_subject(c)},
		{"year", canvas_year(c, o->year)},   {"unit", parts_unit(c, false)},
		{"range", canvas_range(c, f->item)}, {"level", canvas_level(o)},
	};
	size_t n = sizeof fields / sizeof *fields;

	claims(f);
	c->chart->title = title(f);
	c->chart->subtitle = phrase_fill(p, "forest.subtitle", fields, n);
	c->chart->caption = phrase_fill(p, "forest.caption", fields, n);
	footer(f);
}

/* What can be said of the variable. */
struct text forest_note(const struct forest_words *f, const struct breakdown_variable *v)
{
	size_t judged, found;

	breakdown_count(f->b, v, &judged, &found);
	return PHRASE_FILL(forest_phrases(f),
			   judged == 0            ? "forest.head.untested"
			   : judged == 1 && found ? "forest.head.found.one"
			   : found                ? "forest.head.found"
						  : "forest.head.none",
			   {"found", whole(f, found)}, {"all", whole(f, judged)});
}

void forest_look(struct forest_words *f)
{
	note_row(f, f->self);
	for (size_t k = 0; k < f->b->n; k++) {
		const struct breakdown_variable *v = &f->b->variable[k];
		size_t judged, found;

		for (size_t l = 0; l < v->n; l++) {
			note_row(f, &v->group[l].row);
			f->shown += isnan(v->group[l].row.estimate) ? 0 : 1;
		}
		breakdown_count(f->b, v, &judged, &found);
		f->judged += judged;
		f->found += found;
	}
}
