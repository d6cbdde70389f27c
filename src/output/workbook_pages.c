/* The pages of results: the index, all provinces, all years. */
#include "analysis/against.h"
#include "analysis/change.h"
#include "analysis/rank.h"
#include "analysis/spread.h"
#include "output/workbook_parts.h"

#include <math.h>

struct text section_words(const struct section *s, const char *key)
{
	return phrase_fill(s->n->phrases, key, s->field, s->fields);
}

struct text section_caption(const struct section *s, const char *key)
{
	struct text words = section_words(s, key);

	if (!s->simulated)
		return words;
	return arena_format(s->arena, "%.*s %.*s", SPAN_ARG(words),
			    SPAN_ARG(phrase(s->n->phrases, "simulated.mark")));
}

/* A note that stands only where it holds. */
static bool is_wanted(const struct section *s, const char *note)
{
	const struct result_row *total = s->o->changes->row;

	if (span_is(span_of(note), "note.noerror"))
		return !s->o->answers;
	if (span_is(span_of(note), "note.error"))
		return s->o->answers != NULL;
	if (span_is(span_of(note), "book.line.against") ||
	    span_is(span_of(note), "book.line.errors") || span_is(span_of(note), "book.line.spans"))
		return s->o->answers != NULL;
	if (span_is(span_of(note), "note.sparse"))
		return !total->complete && isnan(total->rank);
	if (span_is(span_of(note), "note.printed"))
		return !total->complete && !isnan(total->rank);
	if (span_is(span_of(note), "note.rank.merged"))
		return total->rank_merged;
	return true;
}

void section_open(struct section *s, const char *name, const char *title, const char *const *notes,
		  struct page *p)
{
	const struct phrases *words = s->n->phrases;
	struct text short_name = section_words(s, name);

	if (s->several)
		short_name = PHRASE_FILL(words, "book.page", {"survey", s->n->survey->name},
					 {"page", short_name});
	page_open(s->book, short_name, p);
	page_line(p, LINE_TITLE, section_words(s, title));
	if (s->simulated)
		page_line(p, LINE_BANNER, phrase(words, "simulated.banner"));
	page_line(p, LINE_PLAIN, section_words(s, "source.line"));
	for (; *notes; notes++)
		if (is_wanted(s, *notes))
			page_line(p, LINE_PLAIN, section_words(s, *notes));
}

/* ---- the index ----------------------------------------------------------------------------- */

static struct text side_of(const struct section *s, const struct result *family,
			   const struct result_row *row)
{
	for (size_t i = 0; i < family->n; i++)
		if (span_equal(family->row[i].item, row->item) && family->row[i].verdict.n) {
			int side = against_side(family, row->item, row->province);

			return phrase(s->n->phrases, side > 0   ? "word.above"
						     : side < 0 ? "word.below"
								: "word.unclear");
		}
	return (struct text){"", 0};
}

static bool is_listed(struct text list, struct text name)
{
	struct text one;

	while (list.n && span_split(&list, ';', &one))
		if (span_equal(span_trim(one), name))
			return true;
	return false;
}

/* An agency may have several tasks on an item; it is named once. */
static struct text leads(const struct section *s, const struct result_row *row)
{
	const struct survey *survey = s->n->survey;
	struct text all = {"", 0};

	for (const struct agency *g = NULL;
	     (g = agencies_next(&survey->agencies, row->item, s->o->self->code, g));) {
		struct text name = g->name[s->n->phrases->lang];

		if (g->lead && !is_listed(all, name))
			all = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
					   SPAN_ARG(name));
	}
	return all;
}

static struct beside beside_item(struct section *s, const struct result *family,
				 const struct result_row *row)
{
	const struct report_order *o = s->o;
	const struct result_row *nation = report_nation(o, row->item);
	struct spread spread = spread_national(s->arena, o->all, row->year, row->item);
	struct beside b = rows_beside();

	if (nation)
		b.nation = nation->estimate;
	if (row->complete && !o->answers) {
		b.median = spread.median;
		b.best = spread.max;
	}
	b.against = side_of(s, family, row);
	b.agency = leads(s, row);
	b.estimated = result_find(o->all, row->year, row->item, row->province);
	return b;
}

/* A change that the error, or its absence, tells from none; grey where it does not. */
static lxw_color_t colour_of(const struct narrative *n, const struct result_row *row)
{
	if (narrative_estimated(n, row) && !span_is(row->verdict, "increase") &&
	    !span_is(row->verdict, "decrease"))
		return COLOUR_OTHER;
	return row->delta < 0 ? COLOUR_DOWN : COLOUR_UP;
}

static void draw_items(struct section *s, const struct page *p, size_t first, size_t n,
		       const struct result_row *const *row)
{
	bool any = false;

	s->items = (struct extent){.first = p->head + 1 + (lxw_row_t)first,
				   .last = p->head + (lxw_row_t)(first + n),
				   .names = p->at[COL_ITEM],
				   .values = p->at[COL_DELTA],
				   .caption = section_caption(s, "book.chart.changes"),
				   .least = NAN,
				   .most = NAN};
	s->items.colour = arena_new(s->arena, n, sizeof *s->items.colour);
	for (size_t i = 0; i < n; i++) {
		s->items.colour[i] = colour_of(s->n, row[first + i]);
		any |= !isnan(row[first + i]->delta);
	}
	s->items.page = any ? p->name : NULL;
}

/* The total, then its parts, then theirs: a level stands together. */
static const struct result_row **by_level(struct arena *a, const struct result *r)
{
	const struct result_row **out = arena_new(a, r->n, sizeof *out);
	size_t n = 0;

	for (size_t level = 0; n < r->n; level++)
		for (size_t i = 0; i < r->n; i++)
			if (r->row[i].item_depth == level)
				out[n++] = &r->row[i];
	return out;
}

void workbook_index(struct section *s)
{
	static const char *const notes[] = {
		"book.line.index", "note.noerror", "note.error",       "book.line.against",
		"note.sparse",     "note.printed", "note.rank.merged", NULL};
	const struct result *r = s->o->changes;
	const struct result_row **row = by_level(s->arena, r);
	size_t first = 0, n = 0;
	struct result family = {0};
	struct page p;

	if (s->o->answers)
		against_items(s->arena, s->o->all, s->o->answers->national, s->o->year,
			      s->o->self->code, &family);
	section_open(s, "book.page.index", "book.title.index", notes, &p);
	rows_columns(s, &p, IN_INDEX, r);
	p.frozen = (lxw_col_t)(p.at[COL_ITEM] + 1);
	for (size_t i = 0; i < r->n; i++) {
		struct beside b = beside_item(s, &family, row[i]);

		first = row[i]->item_depth == 0 ? i + 1 : first;
		n += row[i]->item_depth == 1 ? 1 : 0;
		rows_put(s, &p, s->n, row[i], &b, row[i]->item_depth == 0);
	}
	draw_items(s, &p, first, n, row);
	page_close(&p, 0);
}

/* An axis that need not begin at 0 holds every value, on round numbers. */
static void round_axis(struct extent *e)
{
	double range = e->top - e->bottom, step = range > 0 ? pow(10, floor(log10(range))) / 2 : 1;

	e->bottom = step * floor((e->bottom - range / 10) / step);
	e->top = step * ceil((e->top + range / 10) / step);
}

/* ---- all provinces ------------------------------------------------------------------------- */

static void draw_ranks(struct section *s, const struct page *p, const struct result *r)
{
	size_t n = 0;

	s->ranks.bottom = s->ranks.top = NAN;
	s->ranks.colour = arena_new(s->arena, r->n, sizeof *s->ranks.colour);
	for (; n < r->n && !isnan(r->row[n].estimate); n++) {
		s->ranks.colour[n] = span_equal(r->row[n].province, s->o->self->code) ? COLOUR_SELF
				     : peers_has(s->o->peers, r->row[n].province)     ? COLOUR_PEER
										  : COLOUR_OTHER;
		s->ranks.bottom = fmin(s->ranks.bottom, r->row[n].ci_low);
		s->ranks.top = fmax(s->ranks.top, r->row[n].ci_high);
	}
	round_axis(&s->ranks);
	s->ranks.page = n > 1 && r->row[0].complete ? p->name : NULL;
	s->ranks.first = p->head + 1;
	s->ranks.last = p->head + (lxw_row_t)n;
	s->ranks.names = p->at[COL_PROVINCE];
	s->ranks.values = p->at[COL_VALUE];
	s->ranks.low = p->at[COL_LOW];
	s->ranks.below = p->at[COL_BELOW];
	s->ranks.above = p->at[COL_ABOVE];
	s->ranks.caption = section_caption(s, "book.chart.ranks");
	s->ranks.least = s->o->answers ? NAN : 0;
	s->ranks.most = NAN;
}

/* Values of what the total is made of, behind the columns of it. */
static void put_parts(struct section *s, struct page *p, const struct result_row *row,
		      const lxw_col_t *col, const struct item *const *item, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct result_row *part =
			result_find(s->o->all, row->year, item[i]->code, row->province);

		if (part)
			page_put_number(p, col[i], part->estimate);
	}
}

static lxw_col_t *head_parts(struct section *s, struct page *p, const struct item **item, size_t *n)
{
	const struct survey *survey = s->n->survey;
	const struct item *root = structure_find(
		&survey->structure, survey_wave(survey, s->o->year)->era, span_of(STRUCTURE_ROOT));
	lxw_col_t *col = arena_new(s->arena, survey->structure.n, sizeof *col);

	*n = 0;
	for (const struct item *k = NULL;
	     root && (k = structure_child(&survey->structure, root, k));) {
		size_t rows;

		if (!result_group(s->o->all, s->o->year, k->code, &rows))
			continue;
		item[*n] = k;
		col[(*n)++] = page_more(p,
					arena_format(s->arena, "%.*s. %.*s", SPAN_ARG(k->code),
						     SPAN_ARG(k->brief[s->n->phrases->lang])),
					LOOK_NUMBER);
	}
	return col;
}

void workbook_ranks(struct section *s)
{
	static const char *const notes[] = {"book.line.ranks", "note.noerror",     "note.error",
					    "note.sparse",     "note.rank.merged", NULL};
	const struct report_order *o = s->o;
	const struct item **item = arena_new(s->arena, s->n->survey->structure.n, sizeof *item);
	struct result r;
	struct page p;
	lxw_col_t *col;
	size_t n;

	change_item(s->arena, s->n->survey, o->all, span_of(STRUCTURE_ROOT), o->from, o->year, &r);
	if (r.n == 0)
		return;
	rank_sort(&r);
	section_open(s, "book.page.ranks", "book.title.ranks", notes, &p);
	rows_columns(s, &p, IN_RANKS, &r);
	col = head_parts(s, &p, item, &n);
	p.frozen = (lxw_col_t)(p.at[COL_PROVINCE] + 1);
	for (size_t i = 0; i < r.n; i++) {
		const struct result_row *row = &r.row[i];
		struct beside b = rows_beside();

		b.unit = province_by_code(&s->n->survey->provinces, row->province, row->year);
		b.peer = peers_has(o->peers, row->province);
		b.estimated = result_find(o->all, row->year, row->item, row->province);
		rows_put(s, &p, s->n, row, &b, span_equal(row->province, o->self->code));
		put_parts(s, &p, row, col, item, n);
	}
	draw_ranks(s, &p, &r);
	page_close(&p, 0);
}

/* ---- all years ----------------------------------------------------------------------------- */

static bool is_same(const struct section *s, long year)
{
	return province_same(&s->n->survey->provinces, s->o->self->code, year, s->o->year);
}

/* A year without a row of the province: what is missing, and why. */
static void put_absent(struct section *s, struct page *p, long year)
{
	page_row(p, false);
	page_number(p, COL_YEAR, (double)year);
	page_text(p, COL_NOTE,
		  phrase(s->n->phrases, is_same(s, year) ? "book.note.absent" : "book.note.other"));
}

/* Years whose values one line joins; a pair to be compared with care has a dashed line of its own.
 */
static void add_run(struct section *s, const struct result_row *row, lxw_row_t at, bool joined)
{
	struct run *last = s->runs ? &s->run[s->runs - 1] : NULL;
	bool care = span_is(row->comparable, "warn");

	if (isnan(row->estimate))
		return;
	if (joined && !care && last && !last->dashed && last->last == at - 1) {
		last->last = at;
		return;
	}
	s->run = arena_grow(s->arena, s->run, s->runs, sizeof *s->run);
	s->run[s->runs++] = (struct run){at, at, false};
	if (joined) { /* behind a dashed pair a new line begins */
		s->run[s->runs - 1] = (struct run){at - 1, at, care};
		if (care) {
			s->run = arena_grow(s->arena, s->run, s->runs, sizeof *s->run);
			s->run[s->runs++] = (struct run){at, at, false};
		}
	}
}

static struct beside beside_year(struct section *s, const struct result_row *row)
{
	const struct result *national = s->o->answers ? s->o->answers->national : NULL;
	const struct result_row *nation =
		national ? result_find(national, row->year, row->item, (struct text){"", 0}) : NULL;
	struct beside b = rows_beside();

	if (nation)
		b.nation = nation->estimate;
	if (row->complete && !narrative_estimated(s->n, row))
		b.median = spread_national(s->arena, s->o->all, row->year, row->item).median;
	b.estimated = result_find(s->o->all, row->year, row->item, row->province);
	return b;
}

/* Every change of the province up to the year of the report: all items of all years together. */
static struct result all_changes(struct section *s)
{
	const struct survey *survey = s->n->survey;
	struct result all = {0};

	for (size_t i = 0; i < survey->n_waves && survey->wave[i].year <= s->o->year; i++) {
		struct result one;

		if (!is_same(s, survey->wave[i].year))
			continue;
		rows_judged(s->arena, s->n, s->o->all, s->o->self->code, survey->wave[i].year,
			    &one);
		for (size_t k = 0; k < one.n; k++)
			result_add(s->arena, &all, &one.row[k]);
	}
	return all;
}

static const struct result_row *total_of(const struct result *r, long year)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].year == year && r->row[i].item_depth == 0)
			return &r->row[i];
	return NULL;
}

static void widen(struct section *s, double value)
{
	s->years.bottom = fmin(s->years.bottom, value); /* NaN is passed over */
	s->years.top = fmax(s->years.top, value);
}

static void draw_years(struct section *s, const struct page *p)
{
	double bottom = s->years.bottom, top = s->years.top;
	bool answers = p->at[COL_NATION] != NO_COLUMN;

	/* one year is no series */
	s->years = (struct extent){.page = s->runs && top > bottom && p->row > p->head + 1 ? p->name
											   : NULL,
				   .first = p->head + 1,
				   .last = p->row,
				   .names = p->at[COL_YEAR],
				   .values = p->at[COL_VALUE],
				   .low = p->at[COL_LOW],
				   .high = p->at[COL_HIGH],
				   .middle = p->at[answers ? COL_NATION : COL_MEDIAN],
				   .caption = section_caption(s, "book.chart.years")};
	s->years.least = (double)s->n->survey->wave[0].year;
	s->years.most = (double)s->o->year;
	s->years.bottom = bottom;
	s->years.top = top;
	round_axis(&s->years);
}

void workbook_years(struct section *s)
{
	static const char *const notes[] = {"book.line.years", "note.noerror", "note.error", NULL};
	const struct survey *survey = s->n->survey;
	struct result all = all_changes(s);
	const struct result_row *was = NULL;
	struct page p;

	s->years.bottom = s->years.top = NAN;
	section_open(s, "book.page.years", "book.title.years", notes, &p);
	rows_columns(s, &p, IN_YEARS, &all);
	p.frozen = 1;
	for (size_t i = 0; i < survey->n_waves && survey->wave[i].year <= s->o->year; i++) {
		const struct result_row *row = total_of(&all, survey->wave[i].year);

		if (!row) {
			put_absent(s, &p, survey->wave[i].year);
		} else {
			struct beside b = beside_year(s, row);

			widen(s, row->estimate);
			widen(s, row->ci_low);
			widen(s, row->ci_high);
			widen(s, b.median);
			widen(s, b.nation);
			rows_put(s, &p, s->n, row, &b, row->year == s->o->year);
			add_run(s, row, p.row, was && !isnan(was->estimate) && !isnan(row->delta));
		}
		was = row;
	}
	draw_years(s, &p);
	page_close(&p, 0);
}

void workbook_changes(struct section *s)
{
	static const char *const notes[] = {"book.line.changes", "note.noerror", "note.error",
					    NULL};
	struct result all = all_changes(s);
	struct page p;

	section_open(s, "book.page.changes", "book.title.changes", notes, &p);
	rows_columns(s, &p, IN_CHANGES, &all);
	p.frozen = (lxw_col_t)(p.at[COL_ITEM] + 1);
	for (size_t i = 0; i < all.n; i++) {
		struct beside b = rows_beside();

		b.estimated = result_find(s->o->all, all.row[i].year, all.row[i].item,
					  all.row[i].province);
		rows_put(s, &p, s->n, &all.row[i], &b, all.row[i].item_depth == 0);
	}
	page_close(&p, 0);
}
