#include "analysis/adjust.h"
#include "analysis/change.h"
#include "analysis/rank.h"
#include "output/reasons.h"
#include "output/report_parts.h"
#include "output/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct result_row *report_nation(const struct report_order *o, struct text item)
{
	const struct result *r = o->answers ? o->answers->national : NULL;
	const struct result_row *row =
		r ? result_find(r, o->year, item, (struct text){"", 0}) : NULL;

	return row && !isnan(row->estimate) ? row : NULL;
}

bool report_is_leaf(const struct report_order *o, const struct result_row *row)
{
	const struct survey *s = o->narrative.survey;
	const struct item *item =
		structure_find(&s->structure, survey_wave(s, row->year)->era, row->item);

	return !item || !structure_child(&s->structure, item, NULL);
}

/* ---- what stands under a table ------------------------------------------------------------- */

void report_hide(struct arena *a, const struct report_order *o, const struct result_row *row,
		 struct report_hidden *h)
{
	struct text why;

	if (!row || !(row->flags & FLAG_SUPPRESSED) || !isnan(row->estimate))
		return;
	h->any = true;
	why = reason_words(o->narrative.phrases, row->reason[LANG_EN]);
	if (why.n && !span_holds(h->words, why))
		h->words = arena_format(a, "%.*s%s%.*s", SPAN_ARG(h->words), h->words.n ? "; " : "",
					SPAN_ARG(why));
}

struct text report_note(struct arena *a, const struct report_order *o, const char *key,
			const struct report_hidden *h)
{
	const struct phrases *p = o->narrative.phrases;
	struct text all = key ? phrase(p, key) : (struct text){"", 0};

	if (h->care)
		all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? " " : "",
				   SPAN_ARG(phrase(p, "note.care")));
	if (h->any)
		all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? " " : "",
				   SPAN_ARG(PHRASE_FILL(p, "note.hidden", {"reasons", h->words})));
	return markdown_text(a, all);
}

void report_head(const struct report_order *o, struct sheet *s, const char *key, bool right)
{
	sheet_column(s, phrase(o->narrative.phrases, key), right);
}

/* "Kết quả (%)" */
static void head_value(const struct report_order *o, struct sheet *s)
{
	const struct wave *wave = survey_wave(o->narrative.survey, o->year);

	report_head(o, s, wave->unit == UNIT_PERCENT ? "head.result.percent" : "head.result.points",
		    true);
}

static void head_change(const struct report_order *o, struct sheet *s)
{
	const struct phrases *p = o->narrative.phrases;

	sheet_column(s,
		     PHRASE_FILL(p, "head.shift", {"from", arena_format(p->arena, "%ld", o->from)}),
		     false);
}

struct text report_whole(const struct report_order *o, const struct result_row *row, double x)
{
	const struct phrases *p = o->narrative.phrases;

	return isnan(x) ? span_of("–")
			: narrative_mark(narrative_of(&o->narrative, row, MEASURE_SAMPLE), x,
					 number_shown(p->arena, x, 0, p->lang));
}

static struct text nation(const struct report_order *o, struct text item)
{
	const struct result_row *row = report_nation(o, item);

	return row ? tables_estimate(&o->narrative, row) : span_of("–");
}

/* A column of changes is worth its room when one can be compared. */
static bool any_shift(const struct result *changes)
{
	for (size_t i = 0; i < changes->n; i++)
		if (!isnan(changes->row[i].delta))
			return true;
	return false;
}

static struct text shift(const struct report_order *o, const struct result_row *row,
			 struct report_hidden *h)
{
	h->care |= span_is(row->comparable, "warn") && !isnan(row->delta);
	return tables_shift(&o->narrative, row);
}

/* The row as it was estimated: a change has other reasons. */
static const struct result_row *estimated(const struct report_order *o,
					  const struct result_row *row)
{
	return result_find(o->all, row->year, row->item, row->province);
}

/* The row of an item among the province's. */
static const struct result_row *row_of(const struct result *changes, const struct item *item)
{
	for (size_t i = 0; i < changes->n; i++)
		if (span_equal(changes->row[i].item, item->code))
			return &changes->row[i];
	return NULL;
}

/* ---- the index ----------------------------------------------------------------------------- */

struct text report_factors(struct arena *a, const struct report_order *o,
			   const struct result *changes, struct text *note)
{
	const struct narrative *n = &o->narrative;
	size_t items;
	const struct item **item = tables_tree(a, n->survey, o->year, &items);
	bool shifts = any_shift(changes);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};

	report_head(o, &s, "head.item", false);
	head_value(o, &s);
	report_head(o, &s, "head.interval", true);
	if (shifts)
		head_change(o, &s);
	report_head(o, &s, "head.nation", true);
	report_head(o, &s, "head.rank.set", false);
	for (size_t i = 0; i < items; i++) {
		const struct result_row *row = row_of(changes, item[i]);

		if (!row || (report_is_leaf(o, row) && row->item_depth > 0))
			continue;
		struct text *cell = sheet_row(&s);

		*cell++ = tables_item(n, row);
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_range(n, row);
		if (shifts)
			*cell++ = shift(o, row, &h);
		*cell++ = nation(o, row->item);
		*cell = tables_set(n, row);
		report_hide(a, o, estimated(o, row), &h);
	}
	*note = report_note(a, o, shifts ? "note.factors" : "note.sets", &h);
	return s.rows > 1 ? report_markdown(a, &s) : (struct text){"", 0};
}

static double answered(const struct report_order *o, const struct result_row *row)
{
	return o->answers->answered ? o->answers->answered[row->item_order] : NAN;
}

struct text report_asked(struct arena *a, const struct report_order *o,
			 const struct result *changes, struct text *note)
{
	const struct narrative *n = &o->narrative;
	size_t items;
	const struct item **item = tables_tree(a, n->survey, o->year, &items);
	bool shifts = any_shift(changes);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};

	report_head(o, &s, "head.item", false);
	report_head(o, &s, "head.answers", true);
	head_value(o, &s);
	report_head(o, &s, "head.interval", true);
	if (shifts)
		head_change(o, &s);
	report_head(o, &s, "head.nation", true);
	for (size_t i = 0; i < items; i++) {
		const struct result_row *row = row_of(changes, item[i]);

		if (!row || !report_is_leaf(o, row) || row->item_depth == 0)
			continue;
		struct text *cell = sheet_row(&s);

		*cell++ = tables_item(n, row);
		*cell++ = report_whole(o, row, answered(o, row));
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_range(n, row);
		if (shifts)
			*cell++ = shift(o, row, &h);
		*cell = nation(o, row->item);
		report_hide(a, o, estimated(o, row), &h);
	}
	*note = report_note(a, o, shifts ? "note.shifts" : NULL, &h);
	return report_markdown(a, &s);
}

/* The total of every year against the year before; the steps are one family. */
static struct result years(struct arena *a, const struct report_order *o)
{
	const struct survey *s = o->narrative.survey;
	struct text root = span_of(STRUCTURE_ROOT);
	struct result rows = {.parts = PART_CHANGE};

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= o->year; i++) {
		long year = s->wave[i].year, before = i ? s->wave[i - 1].year : 0;
		const struct result_row *found = result_find(o->all, year, root, o->self->code);
		struct result_row row;

		if (!found || !province_same(&s->provinces, o->self->code, year, o->year))
			continue;
		row = *found;
		if (i)
			change_row(a, s, &row, result_find(o->all, before, root, o->self->code),
				   before);
		result_add(a, &rows, &row);
	}
	adjust_result(a, ADJUST_HOLM, FAMILY_TABLE, &rows);
	return rows;
}

struct text report_years(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct narrative *n = &o->narrative;
	struct result rows = years(a, o);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};
	struct text root = span_of(STRUCTURE_ROOT);

	report_head(o, &s, "head.year", false);
	head_value(o, &s);
	report_head(o, &s, "head.interval", true);
	report_head(o, &s, "head.shift.before", false);
	report_head(o, &s, "head.nation", true);
	report_head(o, &s, "head.rank.set", false);
	for (size_t i = 0; i < rows.n; i++) {
		const struct result_row *row = &rows.row[i];
		const struct result_row *country =
			result_find(o->answers->national, row->year, root, (struct text){"", 0});
		struct text *cell = sheet_row(&s);

		*cell++ = arena_format(a, "%ld", row->year);
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_range(n, row);
		*cell++ = shift(o, row, &h);
		*cell++ = country ? tables_score(narrative_of(n, country, MEASURE_RESULT),
						 row->year, country->estimate)
				  : span_of("–");
		*cell = narrative_estimated(n, row)
				? tables_set(n, row)
				: tables_place(narrative_of(n, row, MEASURE_RANK), row->rank,
					       row->n_ranked);
		report_hide(a, o, result_find(o->all, row->year, root, row->province), &h);
	}
	*note = report_note(a, o, "note.factors", &h);
	return s.rows > 1 ? report_markdown(a, &s) : (struct text){"", 0};
}

/* The province and its peers, with their changes, by rank; the reasons of hidden ones are noted.
 * All provinces are the family of their verdicts. */
static struct result places(struct arena *a, const struct report_order *o, struct report_hidden *h)
{
	struct text root = span_of(STRUCTURE_ROOT);
	struct result rows = {0}, family;

	change_item(a, o->narrative.survey, o->all, root, o->from, o->year, &family);
	for (size_t i = 0; i <= o->peers->n; i++) {
		struct text code = i ? o->peers->at[i - 1]->code : o->self->code;
		const struct result_row *row = result_find(&family, o->year, root, code);

		report_hide(a, o, result_find(o->all, o->year, root, code), h);
		if (row)
			result_add(a, &rows, row);
	}
	rank_sort(&rows);
	return rows;
}

struct text report_places(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct narrative *n = &o->narrative;
	struct report_hidden h = {.words = {"", 0}};
	struct result rows = places(a, o, &h);
	bool shifts = any_shift(&rows);
	struct sheet s = {.arena = a};

	report_head(o, &s, "head.province", false);
	head_value(o, &s);
	report_head(o, &s, "head.interval", true);
	if (shifts)
		head_change(o, &s);
	report_head(o, &s, "head.rank.set", false);
	for (size_t i = 0; i < rows.n && rows.n > 1; i++) {
		const struct result_row *row = &rows.row[i];
		struct text *cell = sheet_row(&s);

		if (span_equal(row->province, o->self->code))
			s.bold = i + 1;
		*cell++ = row->province_name;
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_range(n, row);
		if (shifts)
			*cell++ = shift(o, row, &h);
		*cell = tables_set(n, row);
	}
	*note = report_note(a, o, shifts ? "note.factors" : "note.sets", &h);
	return report_markdown(a, &s);
}

/* ---- the sample ---------------------------------------------------------------------------- */

static struct text kish(const struct report_order *o, const struct result_row *row, double x)
{
	const struct phrases *p = o->narrative.phrases;

	return isnan(x) ? span_of("–")
			: narrative_mark(narrative_of(&o->narrative, row, MEASURE_DESIGN), x,
					 number_shown(p->arena, x, 2, p->lang));
}

struct text report_sampling(struct arena *a, const struct report_order *o)
{
	const struct report_sample *own = &o->answers->own, *all = &o->answers->country;
	const struct phrases *p = o->narrative.phrases;
	struct text root = span_of(STRUCTURE_ROOT);
	const struct result_row *self = result_find(o->all, o->year, root, o->self->code),
				*country = result_find(o->answers->national, o->year, root,
						       (struct text){"", 0});
	const struct {
		const char *key;
		struct text own, all;
	} rows[] = {
		{"sample.people", report_whole(o, self, own->respondents),
		 report_whole(o, country, all->respondents)},
		{"sample.units", report_whole(o, self, own->units),
		 report_whole(o, country, all->units)},
		{"sample.strata", report_whole(o, self, own->strata),
		 report_whole(o, country, all->strata)},
		{"sample.lonely", report_whole(o, self, own->lonely),
		 report_whole(o, country, all->lonely)},
		{"sample.kish", kish(o, self, own->kish), kish(o, country, all->kish)},
		{"sample.answers",
		 arena_format(a, "%.*s–%.*s", SPAN_ARG(report_whole(o, self, own->least)),
			      SPAN_ARG(report_whole(o, self, own->most))),
		 span_of("–")},
	};
	struct sheet s = {.arena = a};

	report_head(o, &s, "head.sample", false);
	sheet_column(&s, o->self->name, true);
	report_head(o, &s, "head.nation", true);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text *cell = sheet_row(&s);

		cell[0] = phrase(p, rows[i].key);
		cell[1] = rows[i].own;
		cell[2] = rows[i].all;
	}
	return report_markdown(a, &s);
}
