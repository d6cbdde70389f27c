#include "output/quality_tables.h"

#include "base/text.h"
#include "output/quality_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct text say(const struct quality_shown *v, const char *key)
{
	return phrase(v->phrases, key);
}

static struct text whole(const struct quality_shown *v, double x)
{
	return isnan(x) ? span_of("–") : number_shown(v->arena, x, 0, v->lang);
}

static struct text count(const struct quality_shown *v, size_t n)
{
	return whole(v, (double)n);
}

static struct text written(const struct quality_shown *v, double x)
{
	return isnan(x) ? span_of("–") : number_written(v->arena, number_round(x, 6), v->lang);
}

/* Sums of weights: whole from a thousand on. */
static struct text rounded(const struct quality_shown *v, double x)
{
	return fabs(x) >= 1000 ? whole(v, x) : written(v, x);
}

static struct text percent(const struct quality_shown *v, double share)
{
	return isnan(share) ? span_of("–") : number_shown(v->arena, 100 * share, 1, v->lang);
}

static struct text of_all(const struct quality_shown *v, size_t n, size_t all)
{
	return percent(v, all ? (double)n / (double)all : NAN);
}

/* ---- what a page is made of ---------------------------------------------------------------- */

void quality_sentence(const struct quality_shown *v, struct text words)
{
	words = v->markdown ? markdown_text(v->arena, words) : text_visible(v->arena, words);
	fprintf(v->out, "%.*s\n\n", SPAN_ARG(words));
}

static void heading(const struct quality_shown *v, const char *mark, struct text words)
{
	if (v->markdown)
		fputs(mark, v->out);
	quality_sentence(v, words);
}

void quality_sheet(const struct quality_shown *v, struct text caption, const struct sheet *sheet)
{
	if (sheet->rows == 0)
		return;
	if (caption.n)
		heading(v, "### ", caption);
	if (v->markdown)
		sheet_markdown(sheet, v->out);
	else
		sheet_print(sheet, v->out);
	fputs("\n", v->out);
}

static void heads(const struct quality_shown *v, struct sheet *s, const char *const *keys,
		  const bool *right, size_t n)
{
	*s = (struct sheet){.arena = v->arena};
	for (size_t i = 0; i < n; i++)
		sheet_column(s, say(v, keys[i]), right[i]);
}

/* "… and 5 more": of a list that is cut off. */
static void cut_off(const struct quality_shown *v, size_t n)
{
	if (n > QUALITY_SHOWN)
		quality_sentence(v, PHRASE_FILL(v->phrases, "check.more",
						{"count", count(v, n - QUALITY_SHOWN)}));
}

/* Names by commas, the first `most`; "…" for the rest. */
static void join(const struct quality_shown *v, struct text *to, struct text name, size_t i)
{
	if (i < 3 * QUALITY_SHOWN)
		*to = arena_format(v->arena, "%.*s%s%.*s", SPAN_ARG(*to), i ? ", " : "",
				   SPAN_ARG(name));
	else if (i == 3 * QUALITY_SHOWN)
		*to = arena_format(v->arena, "%.*s, …", SPAN_ARG(*to));
}

static struct text place_name(const struct quality_shown *v, const struct quality *q, size_t place)
{
	struct text name = q->coverage.place[place].name;

	return name.n ? name : say(v, "check.blank");
}

/* ---- columns ------------------------------------------------------------------------------- */

static struct text kind_of(const struct quality_shown *v, const struct quality_column *c)
{
	static const char *const kinds[QUESTION__COUNT] = {
		"check.kind.likert", "check.kind.yesno",    "check.kind.score",
		"check.kind.number", "check.kind.category", "check.kind.text"};
	static const char *const uses[QUALITY_USE__COUNT] = {"check.use.question",
							     "check.use.design", "check.use.id",
							     "check.use.time", "check.use.other"};

	return say(v, c->profile.question ? kinds[c->profile.question->kind] : uses[c->use]);
}

static struct text content_of(const struct quality_shown *v, const struct profile *p)
{
	static const char *const words[PROFILE_CONTENT__COUNT] = {
		"check.content.nothing", "check.content.whole", "check.content.number",
		"check.content.text"};

	return say(v, words[profile_content(p)]);
}

static struct text codes_of(const struct quality_shown *v, const struct profile *p)
{
	struct text s = {"", 0};

	for (size_t i = 0; p->question && i < p->question->n_missing; i++)
		if (p->by_code[i])
			s = arena_format(v->arena, "%.*s%s%.*s: %.*s", SPAN_ARG(s), s.n ? "; " : "",
					 SPAN_ARG(p->question->missing[i].reason),
					 SPAN_ARG(count(v, p->by_code[i])));
	return s;
}

#define LEVELS_SHOWN 7

/* "1: 12; 2: 40": of a question with few levels. */
static struct text levels_of(const struct quality_shown *v, const struct quality_column *c)
{
	const struct profile *p = &c->profile;
	struct text s = {"", 0};
	size_t n = p->question ? p->question->n_levels : 0, different = profile_different(p);

	for (size_t i = 0; i < n && n <= LEVELS_SHOWN; i++)
		s = arena_format(v->arena, "%.*s%s%.*s: %.*s", SPAN_ARG(s), i ? "; " : "",
				 SPAN_ARG(p->question->level[i].value),
				 SPAN_ARG(count(v, p->by_level[i])));
	if (n || p->question || p->many || different > LEVELS_SHOWN || c->use == QUALITY_ID ||
	    c->use == QUALITY_TIME)
		return s;
	for (size_t i = 0; i < p->seen->n; i++)
		if (p->value[i].state == PROFILE_VALID)
			s = arena_format(v->arena, "%.*s%s%.*s: %.*s", SPAN_ARG(s), s.n ? "; " : "",
					 SPAN_ARG(p->seen->entry[i].name),
					 SPAN_ARG(count(v, p->value[i].count)));
	return s;
}

/* Are its numbers amounts, not names? */
static bool has_size(const struct quality *q, size_t column)
{
	enum quality_use use = q->column[column].use;

	return use == QUALITY_QUESTION || use == QUALITY_OTHER || column == q->weight ||
	       column == q->duration;
}

static void columns(const struct quality_shown *v, const struct quality *q)
{
	static const char *const keys[] = {"check.column",  "check.kind",   "check.content",
					   "check.valid",   "check.blanks", "check.codes",
					   "check.missing", "check.lowest", "check.highest",
					   "check.strange", "check.levels"};
	static const bool right[] = {false, false, false, true, true, false,
				     true,  true,  true,  true, false};
	struct sheet s;

	heads(v, &s, keys, right, sizeof keys / sizeof *keys);
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct quality_column *c = &q->column[i];
		const struct profile *p = &c->profile;
		struct text *cell = sheet_row(&s);

		cell[0] = p->name;
		cell[1] = kind_of(v, c);
		cell[2] = content_of(v, p);
		cell[3] = count(v, p->valid);
		cell[4] = count(v, p->blank);
		cell[5] = codes_of(v, p);
		cell[6] = of_all(v, profile_missing(p), profile_rows(p));
		if (!p->words && has_size(q, i)) {
			cell[7] = written(v, p->low);
			cell[8] = written(v, p->high);
		}
		cell[9] = count(v, p->strange);
		cell[10] = levels_of(v, c);
	}
	quality_sheet(v, say(v, "check.title.columns"), &s);
}

static void names(const struct quality_shown *v, const struct quality *q)
{
	struct text other = {"", 0}, lacking = {"", 0};
	size_t n = 0;

	for (size_t i = 0; i < q->n_columns; i++)
		if (q->column[i].use == QUALITY_OTHER)
			join(v, &other, q->column[i].profile.name, n++);
	for (size_t i = 0; i < q->n_lacking; i++)
		join(v, &lacking, q->lacking[i]->column, i);
	if (n && q->order.book)
		quality_sentence(v, PHRASE_FILL(v->phrases, "check.other", {"names", other}));
	if (q->n_lacking)
		quality_sentence(v, PHRASE_FILL(v->phrases, "check.lacking", {"names", lacking}));
}

/* ---- missing by province ------------------------------------------------------------------- */

struct hole {
	size_t column, place, n;
	double share;
};

static int worse(const void *a, const void *b)
{
	const struct hole *x = a, *y = b;

	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static struct hole *holes(const struct quality_shown *v, const struct quality *q, size_t *n)
{
	struct hole *list = NULL;

	*n = 0;
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct quality_column *c = &q->column[i];

		for (size_t k = 0; quality_counts(c) && k < c->n_missing; k++) {
			if (!c->missing[k])
				continue;
			list = arena_grow(v->arena, list, *n, sizeof *list);
			list[(*n)++] = (struct hole){i, k, c->missing[k],
						     (double)c->missing[k] /
							     (double)q->coverage.place[k].rows};
		}
	}
	if (*n)
		qsort(list, *n, sizeof *list, worse);
	return list;
}

static void missing(const struct quality_shown *v, const struct quality *q)
{
	static const char *const keys[] = {"check.column", "head.province", "check.missing.n",
					   "head.n", "check.missing"};
	static const bool right[] = {false, false, true, true, true};
	struct sheet s;
	size_t n;
	const struct hole *list = holes(v, q, &n);

	if (q->province == QUALITY_NO_COLUMN)
		return;
	heads(v, &s, keys, right, sizeof keys / sizeof *keys);
	for (size_t i = 0; i < n && i < QUALITY_SHOWN; i++) {
		struct text *cell = sheet_row(&s);

		cell[0] = q->column[list[i].column].profile.name;
		cell[1] = place_name(v, q, list[i].place);
		cell[2] = count(v, list[i].n);
		cell[3] = count(v, q->coverage.place[list[i].place].rows);
		cell[4] = percent(v, list[i].share);
	}
	quality_sheet(v, say(v, "check.title.missing"), &s);
	cut_off(v, n);
}

/* ---- duplicates ---------------------------------------------------------------------------- */

static void repeats(const struct quality_shown *v, const struct quality *q, const struct repeats *r,
		    const char *title, bool keys)
{
	static const char *const of_ids[] = {"check.id", "head.n", "check.lines",
					     "check.provinces"};
	static const char *const of_rows[] = {"head.n", "check.lines", "check.provinces"};
	static const bool right[] = {false, true, false, false};
	struct sheet s;

	heads(v, &s, keys ? of_ids : of_rows, keys ? right : right + 1, keys ? 4 : 3);
	for (size_t g = 0; g < r->n && g < QUALITY_SHOWN; g++) {
		const struct repeat_group *group = &r->group[g];
		struct text *cell = sheet_row(&s), lines = {"", 0}, where = {"", 0};
		size_t last = QUALITY_NO_COLUMN;

		for (size_t i = 0, k = 0; i < group->n; i++) {
			const struct repeat_row *row = &r->row[group->first + i];

			join(v, &lines, arena_format(v->arena, "%zu", row->line), i);
			if (row->place != last)
				join(v, &where, place_name(v, q, row->place), k++);
			last = row->place;
		}
		if (keys)
			*cell++ = group->key;
		cell[0] = count(v, group->n);
		cell[1] = lines;
		cell[2] = q->province == QUALITY_NO_COLUMN ? span_of("–") : where;
	}
	quality_sheet(v,
		      PHRASE_FILL(v->phrases, title, {"groups", count(v, r->n)},
				  {"rows", count(v, r->n_rows)}, {"across", count(v, r->across)}),
		      &s);
	cut_off(v, r->n);
}

static void duplicates(const struct quality_shown *v, const struct quality *q)
{
	if (q->id == QUALITY_NO_COLUMN)
		quality_sentence(v, say(v, "check.noid"));
	else if (q->ids.n == 0)
		quality_sentence(v, PHRASE_FILL(v->phrases, "check.ids.none",
						{"column", q->column[q->id].profile.name}));
	else
		repeats(v, q, &q->ids, "check.title.ids", true);
	if (q->same.n == 0)
		quality_sentence(v, say(v, "check.same.none"));
	else
		repeats(v, q, &q->same, "check.title.same", false);
}

/* ---- straight lines ------------------------------------------------------------------------ */

static void straight(const struct quality_shown *v, const struct quality *q)
{
	static const char *const keys[] = {
		"check.block",          "check.questions", "head.n",           "check.straight",
		"check.straight.share", "check.run.mean",  "check.run.longest"};
	static const bool right[] = {false, true, true, true, true, true, true};
	struct sheet s;

	heads(v, &s, keys, right, sizeof keys / sizeof *keys);
	for (size_t b = 0; b < q->n_blocks; b++) {
		const struct straight *one = &q->block[b].straight;
		struct text *cell = sheet_row(&s);

		cell[0] = quality_block_name(v->arena, q, b);
		cell[1] = count(v, one->n);
		cell[2] = count(v, one->all.rows);
		cell[3] = count(v, one->all.straight);
		cell[4] = percent(v, straight_share(&one->all));
		cell[5] = one->all.rows ? number_shown(v->arena, one->runs / (double)one->all.rows,
						       1, v->lang)
					: span_of("–");
		cell[6] = count(v, one->longest);
	}
	quality_sheet(v, say(v, "check.title.straight"), &s);
}

/* ---- provinces ----------------------------------------------------------------------------- */

/* Of all blocks together. */
static double straight_in(const struct quality *q, size_t place)
{
	struct straight_count all = {0, 0};

	for (size_t b = 0; b < q->n_blocks; b++)
		if (place < q->block[b].straight.n_places) {
			all.rows += q->block[b].straight.in[place].rows;
			all.straight += q->block[b].straight.in[place].straight;
		}
	return straight_share(&all);
}

struct named_place {
	struct text code;
	size_t place;
};

static int by_code(const void *a, const void *b)
{
	const struct named_place *x = a, *y = b;

	return span_compare(x->code, y->code);
}

static void provinces(const struct quality_shown *v, const struct quality *q)
{
	static const char *const keys[] = {"head.province",        "head.n",
					   "check.weight.sum",     "check.missing",
					   "check.straight.share", "check.fast.share"};
	static const bool right[] = {false, true, true, true, true, true};
	const struct coverage *c = &q->coverage;
	struct named_place *order = arena_new(v->arena, c->n, sizeof *order);
	struct sheet s;

	heads(v, &s, keys, right, quality_timed(q) ? 6 : 5);
	for (size_t i = 0; i < c->n; i++)
		order[i] = (struct named_place){coverage_code(c, i), i};
	qsort(order, c->n, sizeof *order, by_code);
	for (size_t i = 0; i < c->n; i++) {
		size_t k = order[i].place;
		struct text *cell;

		if (q->order.self && c->place[k].province != q->order.self)
			continue;
		cell = sheet_row(&s);
		cell[0] = place_name(v, q, k);
		cell[1] = count(v, c->place[k].rows);
		cell[2] = rounded(v, c->place[k].weight);
		cell[3] = percent(v, quality_missing(q, k));
		cell[4] = percent(v, straight_in(q, k));
		if (quality_timed(q))
			cell[5] = k < q->pace.n_places
					  ? of_all(v, q->pace.in[k].fast, q->pace.in[k].n)
					  : span_of("–");
	}
	quality_sheet(v, say(v, "check.title.provinces"), &s);
}

static void coverage(const struct quality_shown *v, const struct quality *q)
{
	const struct coverage *c = &q->coverage;
	struct text absent = {"", 0}, unknown = {"", 0};
	size_t n = 0;

	if (q->province == QUALITY_NO_COLUMN)
		return;
	provinces(v, q);
	for (size_t i = 0; c->list && i < c->n; i++)
		if (!c->place[i].province)
			join(v, &unknown, place_name(v, q, i), n++);
	if (n)
		quality_sentence(v, PHRASE_FILL(v->phrases, "check.unknown",
						{"year", arena_format(v->arena, "%ld", c->year)},
						{"names", unknown}));
	for (size_t i = 0; i < c->n_absent; i++)
		join(v, &absent, c->absent[i]->name, i);
	if (c->n_absent && !q->order.self)
		quality_sentence(v,
				 PHRASE_FILL(v->phrases, "check.absent",
					     {"count", count(v, c->n_absent)}, {"names", absent}));
	else if (c->list && !q->order.self)
		quality_sentence(v, say(v, "check.absent.none"));
}

/* ---- weights, design, pace ----------------------------------------------------------------- */

static void fact(const struct quality_shown *v, struct sheet *s, const char *key, struct text value)
{
	struct text *cell = sheet_row(s);

	cell[0] = say(v, key);
	cell[1] = value;
}

static struct text spread(const struct quality_shown *v, struct sampled_spread x)
{
	return arena_format(v->arena, "%.*s / %.*s / %.*s", SPAN_ARG(whole(v, x.least)),
			    SPAN_ARG(written(v, x.median)), SPAN_ARG(whole(v, x.most)));
}

static void weights(const struct quality_shown *v, const struct quality *q, struct sheet *s)
{
	const struct weights *w = &q->weights;

	if (q->weight == QUALITY_NO_COLUMN)
		return;
	fact(v, s, "check.weight.sum", rounded(v, w->sum));
	fact(v, s, "check.weight.spread",
	     arena_format(v->arena, "%.*s / %.*s / %.*s", SPAN_ARG(written(v, w->least)),
			  SPAN_ARG(written(v, w->median)), SPAN_ARG(written(v, w->most))));
	fact(v, s, "check.weight.ratio",
	     isnan(w->ratio) ? span_of("–") : number_shown(v->arena, w->ratio, 1, v->lang));
	fact(v, s, "check.weight.kish",
	     isnan(w->kish) ? span_of("–") : number_shown(v->arena, w->kish, 2, v->lang));
	fact(v, s, "check.weight.share", percent(v, w->share));
	if (w->blank + w->words + w->zeros + w->negative)
		fact(v, s, "check.weight.wrong",
		     arena_format(v->arena, "%zu / %zu / %zu / %zu", w->blank, w->words, w->zeros,
				  w->negative));
}

static void design(const struct quality_shown *v, const struct quality *q, struct sheet *s)
{
	const struct sampled *d = &q->sampled;

	if (q->order.design.n_strata == 0 && !d->named)
		return;
	fact(v, s, "head.strata", count(v, d->strata->n));
	fact(v, s, "check.units", count(v, d->n_units));
	fact(v, s, "check.units.spread", spread(v, d->in_strata));
	fact(v, s, "head.lonely", count(v, d->lonely));
	if (q->order.design.n_fpc)
		fact(v, s, "check.certain", count(v, d->certain));
	if (!d->named)
		return;
	fact(v, s, "check.rows.spread", spread(v, d->in_units));
	if (d->n_across)
		fact(v, s, "check.units.across", count(v, d->n_across));
	if (d->n_moved)
		fact(v, s, "check.units.moved", count(v, d->n_moved));
}

static void pace(const struct quality_shown *v, const struct quality *q, struct sheet *s)
{
	const struct pace *p = &q->pace;
	bool minutes = q->duration == QUALITY_NO_COLUMN;

	if (!quality_timed(q))
		return;
	fact(v, s, minutes ? "check.pace.minutes" : "check.pace.spread",
	     arena_format(v->arena, "%.*s / %.*s / %.*s",
			  SPAN_ARG(written(v, number_round(p->lowest, 1))),
			  SPAN_ARG(written(v, number_round(p->median, 1))),
			  SPAN_ARG(written(v, number_round(p->highest, 1)))));
	fact(v, s, "check.pace.fast",
	     arena_format(v->arena, "%.*s (%.*s%%)", SPAN_ARG(count(v, p->all.fast)),
			  SPAN_ARG(of_all(v, p->all.fast, p->all.n))));
	if (p->blank + p->unread + p->backward)
		fact(v, s, "check.pace.wrong",
		     arena_format(v->arena, "%zu / %zu / %zu", p->blank, p->unread, p->backward));
}

static void facts(const struct quality_shown *v, const struct quality *q)
{
	static const char *const keys[] = {"check.fact", "check.value"};
	static const bool right[] = {false, true};
	struct sheet s;

	heads(v, &s, keys, right, 2);
	weights(v, q, &s);
	design(v, q, &s);
	pace(v, q, &s);
	quality_sheet(v, say(v, "check.title.facts"), &s);
}

void quality_show(const struct quality_shown *v, const struct quality *q)
{
	const char *slash = strrchr(q->order.file, '/');
	struct text file = span_of(slash ? slash + 1 : q->order.file);

	heading(v, "## ",
		PHRASE_FILL(v->phrases, q->order.year ? "check.file" : "check.file.lone",
			    {"year", arena_format(v->arena, "%ld", q->order.year)}, {"file", file},
			    {"rows", count(v, q->rows)}, {"columns", count(v, q->n_columns)}));
	columns(v, q);
	names(v, q);
	missing(v, q);
	duplicates(v, q);
	straight(v, q);
	facts(v, q);
	coverage(v, q);
}
