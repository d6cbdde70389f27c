/* Shares of levels, groups of people and questions outside the index. */
#include "output/report_parts.h"
#include "output/tables.h"

#include <math.h>

/* ---- levels -------------------------------------------------------------------------------- */

/* province: empty = the country */
static const struct result_row *find_share(const struct result *r, struct text province,
					   struct text item, struct text level)
{
	for (size_t i = 0; i < r->n; i++)
		if (span_equal(r->row[i].item, item) && span_equal(r->row[i].category, level) &&
		    span_equal(r->row[i].province, province))
			return &r->row[i];
	return NULL;
}

static const struct result_row *find_level(const struct report_order *o, struct text item,
					   struct text level)
{
	const struct result *r = &o->answers->levels;

	for (size_t i = 0; i < r->n; i++)
		if (span_equal(r->row[i].item, item) && span_equal(r->row[i].category, level))
			return &r->row[i];
	return NULL;
}

static const struct result_row *first_level(const struct report_order *o, const struct question *q)
{
	return find_level(o, q->code, q->level[0].value);
}

/* A level that nobody chose, and that the data therefore do not name, has no share of 0 to be
 * sure of, but the others say so. */
static struct text share_cell(struct arena *a, const struct report_order *o,
			      const struct result_row *row, struct report_hidden *h)
{
	report_hide(a, o, row, h);
	if (!row)
		return span_of("–");
	if (isnan(row->estimate))
		return span_of(row->flags & FLAG_SUPPRESSED ? TABLES_HIDDEN : "–");
	return narrative_mark(narrative_of(&o->narrative, row, MEASURE_RESULT), row->estimate,
			      number_shown(a, row->estimate, 1, o->narrative.phrases->lang));
}

static const struct question *question_of(const struct report_order *o, struct text code)
{
	const struct survey *s = o->narrative.survey;

	return codebook_code(&s->codebook, survey_wave(s, o->year)->era, code);
}

/* The question whose levels head the table: the first that shares answer. */
static const struct question *scale_of(const struct report_order *o)
{
	const struct result *r = &o->answers->shares;

	for (size_t i = 0; i < r->n; i++) {
		const struct question *q = question_of(o, r->row[i].item);

		if (q)
			return q;
	}
	return NULL;
}

static void head_levels(const struct report_order *o, struct sheet *s, const struct question *q)
{
	for (size_t l = 0; l < q->n_levels; l++)
		sheet_column(s, q->level[l].label[o->narrative.phrases->lang], true);
}

static struct text item_words(struct arena *a, const struct report_order *o,
			      const struct item *item)
{
	struct text name = item->name[o->narrative.phrases->lang];

	if (item->depth == 0)
		return name;
	return arena_format(a, "%.*s. %.*s", SPAN_ARG(item->code), SPAN_ARG(name));
}

static void level_row(struct arena *a, const struct report_order *o, const struct question *q,
		      struct text *cell, struct report_hidden *h)
{
	for (size_t l = 0; l < q->n_levels; l++)
		cell[l] = share_cell(a, o, find_level(o, q->code, q->level[l].value), h);
}

static void share_row(struct arena *a, const struct report_order *o, const struct question *q,
		      struct text province, struct text item, struct text *cell,
		      struct report_hidden *h)
{
	for (size_t l = 0; l < q->n_levels; l++)
		cell[l] = share_cell(
			a, o, find_share(&o->answers->shares, province, item, q->level[l].value),
			h);
}

/* The country stands behind the province's whole. */
struct text report_shares(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct survey *survey = o->narrative.survey;
	const struct question *q = scale_of(o);
	size_t items;
	const struct item **item = tables_tree(a, survey, o->year, &items);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};

	if (!q || q->n_levels + 1 > SHEET_COLUMNS)
		return (struct text){"", 0};
	report_head(o, &s, "head.item", false);
	head_levels(o, &s, q);
	for (size_t i = 0; i < items; i++) {
		struct text *cell;

		if (item[i]->depth && !structure_child(&survey->structure, item[i], NULL))
			continue;
		cell = sheet_row(&s);
		cell[0] = item_words(a, o, item[i]);
		share_row(a, o, q, o->self->code, item[i]->code, cell + 1, &h);
		if (item[i]->depth)
			continue;
		cell = sheet_row(&s);
		cell[0] = phrase(o->narrative.phrases, "head.nation");
		share_row(a, o, q, (struct text){"", 0}, item[i]->code, cell + 1, &h);
	}
	*note = report_note(a, o, "note.pooled", &h);
	return report_markdown(a, &s);
}

/* An item without one share to show is named under the table. */
static bool all_hidden(struct arena *a, const struct report_order *o, const struct question *q,
		       struct report_hidden *h)
{
	for (size_t l = 0; l < q->n_levels; l++) {
		const struct result_row *row = find_level(o, q->code, q->level[l].value);

		if (row && !isnan(row->estimate))
			return false;
	}
	for (size_t l = 0; l < q->n_levels; l++)
		report_hide(a, o, find_level(o, q->code, q->level[l].value), h);
	return true;
}

struct text report_levels(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct survey *survey = o->narrative.survey;
	const struct question *first = scale_of(o);
	size_t items;
	const struct item **item = tables_tree(a, survey, o->year, &items);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};
	struct text none = {"", 0};

	if (!first || first->n_levels + 2 > SHEET_COLUMNS)
		return (struct text){"", 0};
	report_head(o, &s, "head.item", false);
	head_levels(o, &s, first);
	report_head(o, &s, "head.answers", true);
	for (size_t i = 0; i < items; i++) {
		struct text *cell;

		if (structure_child(&survey->structure, item[i], NULL))
			continue;
		if (all_hidden(a, o, question_of(o, item[i]->code), &h)) {
			none = arena_format(a, "%.*s%s%.*s", SPAN_ARG(none), none.n ? ", " : "",
					    SPAN_ARG(item[i]->code));
			continue;
		}
		cell = sheet_row(&s);
		cell[0] = item_words(a, o, item[i]);
		level_row(a, o, question_of(o, item[i]->code), cell + 1, &h);
		cell[first->n_levels + 1] =
			report_whole(o, first_level(o, question_of(o, item[i]->code)),
				     o->answers->answered[item[i]->order]);
	}
	*note = report_note(a, o, NULL, &h);
	if (none.n)
		*note = arena_format(
			a, "%.*s %.*s", SPAN_ARG(*note),
			SPAN_ARG(markdown_text(a, PHRASE_FILL(o->narrative.phrases, "note.none",
							      {"codes", none}))));
	return report_markdown(a, &s);
}

/* ---- groups of people ---------------------------------------------------------------------- */

static const struct result_row *find_group(const struct report_order *o, const struct question *q,
					   const struct level *level, struct text item)
{
	const struct result *r = &o->answers->groups;
	struct text domain = arena_format(o->narrative.phrases->arena, "%.*s=%.*s",
					  SPAN_ARG(q->column), SPAN_ARG(level->value));

	for (size_t i = 0; i < r->n; i++)
		if (span_equal(r->row[i].domain, domain) && span_equal(r->row[i].item, item))
			return &r->row[i];
	return NULL;
}

/* "81,92 (72,22–88,76)" */
static struct text with_range(const struct report_order *o, const struct result_row *row)
{
	struct text range = row ? tables_range(&o->narrative, row) : span_of("–");

	if (!row || isnan(row->estimate) || span_is(range, "–"))
		return row ? tables_estimate(&o->narrative, row) : range;
	return arena_format(o->narrative.phrases->arena, "%.*s (%.*s)",
			    SPAN_ARG(tables_estimate(&o->narrative, row)), SPAN_ARG(range));
}

#define MOST_ASPECTS 3 /* columns that a page has room for, beside the index */

/* The index, and what stands below it when that is not too much for a page. */
static size_t group_items(const struct report_order *o, const struct item **out)
{
	const struct survey *s = o->narrative.survey;
	const struct item *root = structure_find(&s->structure, survey_wave(s, o->year)->era,
						 span_of(STRUCTURE_ROOT));
	size_t n = 0;

	out[n++] = root;
	for (const struct item *k = NULL; (k = structure_child(&s->structure, root, k));) {
		if (n > MOST_ASPECTS)
			return 1;
		out[n++] = k;
	}
	return n;
}

static void group_rows(struct arena *a, const struct report_order *o, const struct question *q,
		       const struct item *const *item, size_t items, struct sheet *s,
		       struct report_hidden *h)
{
	bool first = true;

	for (size_t l = 0; l < q->n_levels; l++) {
		const struct result_row *row = find_group(o, q, &q->level[l], item[0]->code);
		struct text *cell;

		if (!row)
			continue; /* nobody */
		if (first)
			*sheet_row(s) = q->words[o->narrative.phrases->lang];
		first = false;
		cell = sheet_row(s);
		*cell++ = arena_format(a, "– %.*s",
				       SPAN_ARG(q->level[l].label[o->narrative.phrases->lang]));
		*cell++ = report_whole(o, row, row->n);
		for (size_t k = 0; k < items; k++) {
			row = find_group(o, q, &q->level[l], item[k]->code);
			*cell++ = with_range(o, row);
			report_hide(a, o, row, h);
		}
	}
}

struct text report_groups(struct arena *a, const struct report_order *o, struct text *note)
{
	const struct phrases *p = o->narrative.phrases;
	const struct item *item[MOST_ASPECTS + 1];
	size_t items = group_items(o, item);
	struct sheet s = {.arena = a};
	struct report_hidden h = {.words = {"", 0}};

	report_head(o, &s, "head.domain", false);
	report_head(o, &s, "head.people", true);
	for (size_t k = 0; k < items; k++)
		sheet_column(&s, item[k]->brief[p->lang], true);
	for (size_t f = 0; f < o->answers->n_factors; f++)
		group_rows(a, o, o->answers->factor[f], item, items, &s, &h);
	*note = report_note(a, o, "note.groups", &h);
	return report_markdown(a, &s);
}

/* ---- questions outside the index ----------------------------------------------------------- */

static bool is_opinion(const struct report_order *o, const struct question *q)
{
	const struct survey *s = o->narrative.survey;
	const struct text era = survey_wave(s, o->year)->era;

	return codebook_code(&s->codebook, era, q->code) == q && q->n_levels &&
	       q->n_levels + 2 <= SHEET_COLUMNS && !structure_find(&s->structure, era, q->code) &&
	       find_level(o, q->code, q->level[0].value);
}

/* What stands before the last point of a code. */
static struct text family(struct text code)
{
	for (size_t i = code.n; i-- > 0;)
		if (code.at[i] == '.')
			return (struct text){code.at, i};
	return code;
}

static bool same_scale(const struct question *q, const struct question *other)
{
	bool same =
		q->n_levels == other->n_levels && span_equal(family(q->code), family(other->code));

	for (size_t l = 0; l < q->n_levels && same; l++)
		same = span_equal(q->level[l].value, other->level[l].value) &&
		       span_equal(q->level[l].label[LANG_VI], other->level[l].label[LANG_VI]);
	return same;
}

/* The questions that stand together from `from` on, passing over those that are none; returns how
 * many, 0 behind the last. */
static size_t together(const struct report_order *o, size_t from, const struct question **out)
{
	const struct codebook *book = &o->narrative.survey->codebook;
	size_t n = 0;

	for (size_t i = from; i < book->n; i++) {
		const struct question *q = &book->at[i];

		if (!is_opinion(o, q) && n == 0)
			continue;
		if (!is_opinion(o, q) || (n && !same_scale(out[0], q)))
			break;
		out[n++] = q;
	}
	return n;
}

static void add_codes(struct arena *a, struct text *codes, const struct question *const *q,
		      size_t n)
{
	*codes = arena_format(a, "%.*s%s%.*s", SPAN_ARG(*codes), codes->n ? ", " : "",
			      SPAN_ARG(q[0]->code));
	if (n > 1)
		*codes = arena_format(a, "%.*s–%.*s", SPAN_ARG(*codes), SPAN_ARG(q[n - 1]->code));
}

static struct text question_words(struct arena *a, const struct report_order *o,
				  const struct question *q)
{
	return arena_format(a, "%.*s. %.*s", SPAN_ARG(q->code),
			    SPAN_ARG(q->words[o->narrative.phrases->lang]));
}

static double valid_answers(const struct report_order *o, const struct question *q)
{
	const struct result_row *row = first_level(o, q);

	return row ? row->n : NAN;
}

static void block_sheet(struct arena *a, const struct report_order *o,
			const struct question *const *q, size_t n, struct sheet *s,
			struct report_hidden *h)
{
	report_head(o, s, "head.question", false);
	head_levels(o, s, q[0]);
	report_head(o, s, "head.answers", true);
	for (size_t i = 0; i < n; i++) {
		struct text *cell = sheet_row(s);

		cell[0] = question_words(a, o, q[i]);
		level_row(a, o, q[i], cell + 1, h);
		cell[q[0]->n_levels + 1] =
			report_whole(o, first_level(o, q[i]), valid_answers(o, q[i]));
	}
}

/* A question with a scale of its own: a row for each level. */
static void lone_rows(struct arena *a, const struct report_order *o, const struct question *q,
		      struct sheet *s, struct report_hidden *h)
{
	for (size_t l = 0; l < q->n_levels; l++) {
		const struct result_row *row = find_level(o, q->code, q->level[l].value);
		struct text *cell = sheet_row(s);

		cell[0] = l ? (struct text){"", 0} : question_words(a, o, q);
		cell[1] = q->level[l].label[o->narrative.phrases->lang];
		cell[2] = share_cell(a, o, row, h);
		cell[3] = row ? tables_range(&o->narrative, row) : span_of("–");
		cell[4] = l ? (struct text){"", 0} : report_whole(o, row, valid_answers(o, q));
	}
}

static void lone_heads(const struct report_order *o, struct sheet *s)
{
	report_head(o, s, "head.question", false);
	report_head(o, s, "head.category", false);
	report_head(o, s, "head.share", true);
	report_head(o, s, "head.interval", true);
	report_head(o, s, "head.answers", true);
}

bool report_opinions(struct arena *a, const struct report_order *o, size_t k, struct text *codes,
		     struct text *table, struct text *note)
{
	const struct codebook *book = &o->narrative.survey->codebook;
	const struct question **q = arena_new(a, book->n, sizeof *q);
	struct sheet s = {.arena = a}, lone = {.arena = a};
	struct report_hidden h = {.words = {"", 0}}, lone_hidden = {.words = {"", 0}};
	struct text lone_codes = {"", 0};
	size_t n, seen = 0;

	*codes = *table = *note = (struct text){"", 0};
	lone_heads(o, &lone);
	for (size_t from = 0; (n = together(o, from, q)) > 0;
	     from = (size_t)(q[n - 1] - book->at) + 1) {
		if (n == 1) {
			lone_rows(a, o, q[0], &lone, &lone_hidden);
			add_codes(a, &lone_codes, q, 1);
		} else if (seen++ == k) {
			block_sheet(a, o, q, n, &s, &h);
			add_codes(a, codes, q, n);
		}
	}
	if (seen == k) {
		s = lone;
		h = lone_hidden;
		*codes = lone_codes;
	}
	*table = report_markdown(a, &s);
	*note = report_note(a, o, NULL, &h);
	return table->n > 0;
}
