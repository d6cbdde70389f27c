#include "output/chart_parts.h"

#include "analysis/against.h"
#include "analysis/change.h"
#include "output/tables.h"

#include <math.h>

bool parts_every_item(const struct chart_order *o)
{
	return span_is(o->item, "all");
}

bool parts_item_shown(const struct chart_order *o, const struct item *item)
{
	const struct structure *s = &o->narrative->survey->structure;

	if (parts_every_item(o))
		return true;
	if (canvas_estimated(o) && canvas_is_root(o) && canvas_has_factors(o))
		return structure_child(s, item, NULL) != NULL;
	return span_equal(item->parent, o->item);
}

struct text parts_item_label(const struct canvas *c, const struct item *item)
{
	return arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(item->code),
			    SPAN_ARG(item->brief[c->order->narrative->phrases->lang]));
}

struct text parts_join(struct arena *a, struct text one, struct text other)
{
	if (one.n == 0 || other.n == 0)
		return one.n ? one : other;
	return arena_format(a, "%.*s %.*s", SPAN_ARG(one), SPAN_ARG(other));
}

struct steps parts_steps(struct canvas *c, struct text item)
{
	const struct survey *s = c->order->narrative->survey;
	long *year = arena_new(c->arena, s->n_waves, sizeof *year);
	enum verdict *step = arena_new(c->arena, s->n_waves, sizeof *step);
	size_t n = 0;

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= c->order->year; i++)
		year[n++] = s->wave[i].year;
	for (size_t i = 0; i + 1 < n; i++) {
		step[i] = survey_compare(c->arena, s, item, year[i], year[i + 1], LANG_VI, NULL);
		if (step[i] == VERDICT_OK && province_count(&s->provinces, year[i]) !=
						     province_count(&s->provinces, year[i + 1]))
			step[i] = VERDICT_WARN; /* the provinces are no longer the same */
	}
	return (struct steps){n, year, step};
}

struct text parts_step_why(struct canvas *c, struct text item, long year, long next)
{
	const struct narrative *w = c->order->narrative;
	struct text reason;

	survey_compare(c->arena, w->survey, item, year, next, w->phrases->lang, &reason);
	return reason.n ? reason : phrase(w->phrases, "trend.map");
}

struct text parts_break(const struct canvas *c, const struct steps *steps, size_t i)
{
	if (i && steps->verdict[i - 1] == VERDICT_NO)
		return (struct text){"", 0};
	return phrase(c->order->narrative->phrases, "trend.break");
}

struct text parts_step_reason(struct canvas *c, struct text item, long year, long next,
			      enum verdict verdict)
{
	return PHRASE_FILL(c->order->narrative->phrases,
			   verdict == VERDICT_NO ? "trend.no" : "trend.warn",
			   {"from", canvas_year(c, year)}, {"year", canvas_year(c, next)},
			   {"reason", parts_step_why(c, item, year, next)});
}

double parts_verdict(const struct result_row *row)
{
	if (row->verdict.n == 0)
		return 9;
	return span_is(row->verdict, "increase") - span_is(row->verdict, "decrease");
}

static void add_change(struct canvas *c, struct changes *s, const struct result_row *row)
{
	double verdict = parts_verdict(row);

	if (isnan(row->delta)) {
		s->refused += row->flags & FLAG_INCOMPARABLE ? 1 : 0;
		result_add(c->arena, &s->without, row);
		return;
	}
	s->up += verdict == 1 ? 1 : 0;
	s->down += verdict == -1 ? 1 : 0;
	result_add(c->arena, &s->with, row);
}

size_t parts_judged(const struct result *family)
{
	size_t n = 0;

	for (size_t i = 0; i < family->n; i++)
		n += family->row[i].verdict.n ? 1 : 0;
	return n;
}

struct result parts_province(struct arena *a, const struct chart_order *o)
{
	struct result family;

	change_province(a, o->narrative->survey, o->all, o->self->code, o->from, o->year, &family);
	return family;
}

static void add_items(struct canvas *c, struct changes *s)
{
	const struct chart_order *o = c->order;
	const struct survey *survey = o->narrative->survey;
	struct result family = parts_province(c->arena, o);
	size_t n;
	const struct item **item = tables_tree(c->arena, survey, o->year, &n);

	s->judged = parts_judged(&family);
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(&family, o->year, item[i]->code, o->self->code);

		if (row && !structure_child(&survey->structure, item[i], NULL))
			add_change(c, s, row);
	}
}

static void add_provinces(struct canvas *c, struct changes *s)
{
	const struct chart_order *o = c->order;
	struct result family;

	change_item(c->arena, o->narrative->survey, o->all, o->item, o->from, o->year, &family);
	s->judged = parts_judged(&family);
	for (size_t i = 0; i < family.n; i++)
		add_change(c, s, &family.row[i]);
}

/* A copy: the rows may be sorted. */
static const struct result_row *find_self(struct canvas *c, const struct changes *s)
{
	const struct result *both[] = {&s->with, &s->without};
	struct result_row *copy = arena_new(c->arena, 1, sizeof *copy);

	for (size_t k = 0; k < 2 && !parts_every_item(c->order); k++)
		for (size_t i = 0; i < both[k]->n; i++)
			if (span_equal(both[k]->row[i].province, c->order->self->code)) {
				*copy = both[k]->row[i];
				return copy;
			}
	return NULL;
}

bool parts_changes(struct canvas *c, struct changes *out, struct diag *why)
{
	const struct chart_order *o = c->order;

	*out = (struct changes){0};
	if (o->from == o->year)
		return diag_fail(why, DIAG_DATA, "there is no year before %ld", o->year);
	if (parts_every_item(o))
		add_items(c, out);
	else
		add_provinces(c, out);
	out->self = find_self(c, out);
	if (out->with.n)
		return true;
	diag_fail(why, DIAG_DATA, "no change from %ld to %ld can be given", o->from, o->year);
	if (out->refused)
		diag_hint(why, "the years cannot be compared: %.*s",
			  SPAN_ARG(out->without.row[0].reason[LANG_EN]));
	return false;
}

struct text parts_change_title(struct canvas *c, const struct changes *s)
{
	const struct narrative *w = c->order->narrative;
	const struct phrases *p = w->phrases;
	const struct result_row *self = s->self;
	struct text change;

	facts_no_claim(c->facts);
	if (!self || isnan(self->delta))
		return PHRASE_FILL(p, "delta.title.none", {"survey", canvas_subject(c)},
				   {"year", canvas_year(c, c->order->year)},
				   {"from", canvas_year(c, c->order->from)},
				   {"province", c->order->self->name});
	change = canvas_estimated(c->order)
			 ? narrative_change(w, self)
			 : PHRASE_FILL(p, self->flags & FLAG_MERGED ? "delta.merged" : "delta.bare",
				       {"delta", narrative_delta(w, self->year, self->delta)},
				       {"from", canvas_year(c, self->year_from)});
	if (self->delta != 0 && !span_is(self->verdict, "not_distinguishable") &&
	    (self->verdict.n || !canvas_estimated(c->order)))
		facts_change_claim(c->facts, self, self->delta > 0 ? 1 : -1);
	return PHRASE_FILL(p, "delta.title", {"survey", canvas_subject(c)},
			   {"year", canvas_year(c, c->order->year)},
			   {"province", c->order->self->name}, {"change", change});
}

/* Names of rows without a change: those refused, or those whose earlier value is not there. */
static struct text names_without(struct canvas *c, const struct changes *s, bool refused)
{
	enum lang lang = c->order->narrative->phrases->lang;
	bool items = parts_every_item(c->order);
	struct text all = {"", 0};

	for (size_t i = 0; i < s->without.n; i++) {
		const struct result_row *row = &s->without.row[i];
		struct text name = items ? row->item_name[lang] : row->province_name;

		if (!!(row->flags & FLAG_INCOMPARABLE) != refused ||
		    (!refused && isnan(row->estimate) && !items))
			continue; /* the source names those without a value this year */
		all = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? ", " : "",
				   SPAN_ARG(name));
	}
	return all;
}

/* The reason of the first row that is flagged so. */
static struct text reason_of(const struct result *r, enum result_flag flag, enum lang lang)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].flags & flag && r->row[i].reason[lang].n)
			return r->row[i].reason[lang];
	return (struct text){"", 0};
}

struct text parts_change_note(struct canvas *c, const struct changes *s)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct text refused = names_without(c, s, true), absent = names_without(c, s, false);
	struct text care = reason_of(&s->with, FLAG_CAUTION, p->lang), note = {"", 0};

	if (care.n)
		note = PHRASE_FILL(p, "delta.care", {"reason", care});
	if (refused.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "delta.refused", {"names", refused},
					      {"reason", reason_of(&s->without, FLAG_INCOMPARABLE,
								   p->lang)}));
	if (absent.n)
		note = parts_join(c->arena, note,
				  PHRASE_FILL(p, "delta.absent", {"names", absent},
					      {"from", canvas_year(c, c->order->from)}));
	return parts_join(c->arena, note, parts_holm(c, s->judged));
}

struct text parts_holm(struct canvas *c, size_t judged)
{
	if (judged == 0)
		return (struct text){"", 0};
	return PHRASE_FILL(c->order->narrative->phrases, "chart.holm",
			   {"all", arena_format(c->arena, "%zu", judged)});
}

static void change_cells(struct canvas *c, const struct result_row *row)
{
	struct arena *a = c->arena;
	bool items = parts_every_item(c->order);
	struct text cells[] = {items ? row->item : row->province,
			       items ? row->item_name[c->order->narrative->phrases->lang]
				     : row->province_name,
			       number_exact(a, row->estimate_from),
			       number_exact(a, row->estimate),
			       number_exact(a, row->delta),
			       items ? span_of("") : parts_role(c->order, row->province),
			       row->comparable,
			       number_exact(a, row->ci_low),
			       number_exact(a, row->ci_high),
			       number_exact(a, row->delta_low),
			       number_exact(a, row->delta_high),
			       row->verdict,
			       result_flags(a, row->flags)};

	canvas_csv(c, cells, sizeof cells / sizeof *cells);
}

void parts_change_csv(struct canvas *c, const struct changes *s)
{
	const char *const head[] = {parts_every_item(c->order) ? "item" : "province",
				    parts_every_item(c->order) ? "name" : "province_name",
				    "from",
				    "to",
				    "delta",
				    "role",
				    "comparable",
				    "ci_low",
				    "ci_high",
				    "delta_low",
				    "delta_high",
				    "verdict",
				    "flag"};

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < s->with.n; i++)
		change_cells(c, &s->with.row[i]);
	for (size_t i = 0; i < s->without.n; i++)
		change_cells(c, &s->without.row[i]);
}

/* Of the other provinces, when the province has none. */
static struct text method_alone(struct canvas *c)
{
	const struct chart_order *o = c->order;

	for (size_t i = 0; i < o->all->n; i++)
		if (o->all->row[i].year == o->year && !isnan(o->all->row[i].level))
			return PHRASE_FILL(o->narrative->phrases, "chart.method.alone",
					   {"level", canvas_level(o)},
					   {"method", o->all->row[i].method});
	return (struct text){"", 0};
}

/* Of estimates: level, method and number of answers behind the province's row, as a sentence;
 * without such a row level and method alone. "" for published scores, and where bars are no
 * confidence intervals. */
static struct text method_of(struct canvas *c, const struct result_row *self)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (!canvas_estimated(c->order) || c->order->narrative->comparison)
		return (struct text){"", 0};
	if (!self || isnan(self->level))
		return method_alone(c);
	return PHRASE_FILL(p, "chart.method",
			   {"level", narrative_level(c->order->narrative, self->level)},
			   {"method", self->method}, {"province", c->order->self->name},
			   {"n", number_shown(c->arena, self->n, 0, p->lang)});
}

void parts_footer(struct canvas *c, struct text note, const struct result_row *self,
		  const struct result_row *rows, size_t n)
{
	struct text more = parts_join(c->arena, note, method_of(c, self));

	c->chart->footer = parts_join(c->arena, more, canvas_source(c, rows, n));
}

struct text parts_peers(const struct canvas *c)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;

	return PHRASE_FILL(p, o->mono ? "chart.peers.mono" : "chart.peers",
			   {"peers", o->peers->label[p->lang]});
}

struct text parts_unit(const struct canvas *c, bool difference)
{
	const struct chart_order *o = c->order;
	bool percent = survey_wave(o->narrative->survey, o->year)->unit == UNIT_PERCENT;

	if (percent && !difference)
		return span_of("%");
	return phrase(o->narrative->phrases, percent ? "unit.delta.percent" : "unit.points");
}

struct text parts_role(const struct chart_order *o, struct text province)
{
	double role = canvas_role(o, province);

	return span_of(role == 1 ? "highlight" : role == 2 ? "peer" : "other");
}

void parts_head(struct canvas *c, const char *const *names, size_t n)
{
	struct text *cells = arena_new(c->arena, n, sizeof *cells);

	for (size_t i = 0; i < n; i++)
		cells[i] = span_of(names[i]);
	canvas_csv(c, cells, n);
}

struct text parts_against(struct canvas *c, const struct result *family)
{
	size_t judged = against_judged(family);

	if (judged == 0)
		return (struct text){"", 0};
	return PHRASE_FILL(c->order->narrative->phrases, "chart.against",
			   {"all", arena_format(c->arena, "%zu", judged)});
}

struct text parts_counted(struct canvas *c, size_t n, size_t wholes, const char *things)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (wholes == 0)
		return (struct text){"", 0};
	return PHRASE_FILL(p, "chart.counted", {"all", arena_format(c->arena, "%zu", n)},
			   {"things", phrase(p, things)});
}
