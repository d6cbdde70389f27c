/* The data dictionary of a workbook. */
#include "output/tables.h"
#include "output/workbook_parts.h"

#include <math.h>

/* ---- columns and flags --------------------------------------------------------------------- */

static const struct column about_columns[] = {
	{"book.head.page", NULL, LOOK_WRAP, 1},
	{"book.head.column", NULL, LOOK_TEXT, 1},
	{"book.head.meaning", NULL, LOOK_WRAP, 1},
};

static bool stands_before(const struct book *b, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (span_equal(b->explained[k].head, b->explained[i].head) &&
		    span_equal(b->explained[k].about, b->explained[i].about))
			return true;
	return false;
}

/* The pages that have a column of that name and meaning. */
static struct text pages_of(const struct book *b, size_t i)
{
	struct text all = {"", 0}, last = {"", 0};

	for (size_t k = i; k < b->n_explained; k++) {
		const struct explained *e = &b->explained[k];

		if (!span_equal(e->head, b->explained[i].head) ||
		    !span_equal(e->about, b->explained[i].about) || span_equal(e->page, last))
			continue;
		last = e->page;
		all = arena_format(b->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
				   SPAN_ARG(last));
	}
	return all;
}

static void put_flags(struct page *p)
{
	static const char *const flags[] = {"suppressed", "unpublished", "incomparable",
					    "caution",    "lonely",      "merged",
					    "model",      "simulated"};
	const struct phrases *words = p->book->phrases;
	struct arena *a = p->book->arena;

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		page_row(p, false);
		page_text(p, 0, phrase(words, "book.word.flag"));
		page_text(p, 1, phrase(words, arena_format(a, "flag.%s", flags[i]).at));
		page_text(p, 2, phrase(words, arena_format(a, "about.flag.%s", flags[i]).at));
	}
}

static void columns_page(struct book *b, const char *banner)
{
	struct page p;

	page_open(b, phrase(b->phrases, "book.page.about"), &p);
	page_line(&p, LINE_TITLE, phrase(b->phrases, "book.title.about"));
	if (banner)
		page_line(&p, LINE_BANNER, phrase(b->phrases, banner));
	page_line(&p, LINE_PLAIN, phrase(b->phrases, "book.line.empty"));
	page_line(&p, LINE_PLAIN, phrase(b->phrases, "book.line.formulas"));
	page_line(&p, LINE_PLAIN, phrase(b->phrases, "book.line.locale"));
	page_columns(&p, about_columns, 3, 1, NULL, 0);
	for (size_t i = 0; i < b->n_explained; i++) {
		if (stands_before(b, i))
			continue;
		page_row(&p, false);
		page_text(&p, 0, pages_of(b, i));
		page_text(&p, 1, b->explained[i].head);
		page_text(&p, 2, b->explained[i].about);
	}
	put_flags(&p);
	page_close(&p, 0);
}

/* ---- items --------------------------------------------------------------------------------- */

enum {
	ITEM_SURVEY,
	ITEM_YEARS,
	ITEM_CODE,
	ITEM_PARENT,
	ITEM_NAME,
	ITEM_MIN,
	ITEM_MAX,
	ITEM_WEIGHT,
	ITEM_HOW,
	ITEM__COUNT
};

static const struct column item_columns[ITEM__COUNT] = {
	[ITEM_SURVEY] = {"head.survey", NULL, LOOK_TEXT, 1},
	[ITEM_YEARS] = {"head.years", NULL, LOOK_TEXT, 1},
	[ITEM_CODE] = {"head.code", NULL, LOOK_TEXT, 1},
	[ITEM_PARENT] = {"book.head.parent", NULL, LOOK_TEXT, 1},
	[ITEM_NAME] = {"head.item", NULL, LOOK_WRAP, 1},
	[ITEM_MIN] = {"book.head.min", NULL, LOOK_NUMBER, 1},
	[ITEM_MAX] = {"head.points.max", NULL, LOOK_NUMBER, 1},
	[ITEM_WEIGHT] = {"book.head.weight", NULL, LOOK_NUMBER, 1},
	[ITEM_HOW] = {"book.head.how", NULL, LOOK_TEXT, 1},
};

/* "2011–2015": the years of an era up to the report's. */
static struct text years_of(struct arena *a, const struct survey *s, const struct wave *last)
{
	const struct wave *first = last;

	while (first > s->wave && span_equal(first[-1].era, last->era))
		first--;
	return first == last ? arena_format(a, "%ld", last->year)
			     : arena_format(a, "%ld–%ld", first->year, last->year);
}

static void put_item(struct section *s, struct page *p, const struct item *item, struct text years)
{
	static const char *const how[AGGREGATE__COUNT] = {
		[AGGREGATE_SUM] = "book.how.sum",
		[AGGREGATE_MEAN] = "word.aggregate.mean",
		[AGGREGATE_POOLED] = "book.how.pooled",
		[AGGREGATE_WEIGHTED] = "book.how.weighted",
		[AGGREGATE_GEOMETRIC] = "word.aggregate.geometric",
		[AGGREGATE_HARMONIC] = "word.aggregate.harmonic",
	};
	const struct phrases *words = s->n->phrases;
	bool leaf = !structure_child(&s->n->survey->structure, item, NULL);

	page_row(p, item->depth == 0);
	page_text(p, ITEM_SURVEY, s->n->survey->name);
	page_text(p, ITEM_YEARS, years);
	page_text(p, ITEM_CODE, item->code);
	page_text(p, ITEM_PARENT, item->parent);
	page_text(p, ITEM_NAME, item->name[words->lang]);
	page_number(p, ITEM_MIN, item->min);
	page_number(p, ITEM_MAX, item->max);
	page_number(p, ITEM_WEIGHT, item->weight);
	if (!leaf)
		page_text(p, ITEM_HOW, phrase(words, how[item->aggregation]));
}

static void put_items(struct section *s, struct page *p)
{
	const struct survey *survey = s->n->survey;

	for (size_t i = 0; i < survey->n_waves && survey->wave[i].year <= s->o->year; i++) {
		const struct wave *w = &survey->wave[i];
		const struct item **item;
		size_t n;

		if (i + 1 < survey->n_waves && w[1].year <= s->o->year &&
		    span_equal(w[1].era, w->era))
			continue; /* the last year of the era tells of it */
		item = tables_tree(s->arena, survey, w->year, &n);
		for (size_t k = 0; k < n; k++)
			put_item(s, p, item[k], years_of(s->arena, survey, w));
	}
}

static void items_page(struct book *b, struct section *s, size_t n, const char *banner)
{
	struct page p;

	page_open(b, phrase(b->phrases, "book.page.items"), &p);
	page_line(&p, LINE_TITLE, phrase(b->phrases, "book.title.items"));
	if (banner)
		page_line(&p, LINE_BANNER, phrase(b->phrases, banner));
	page_columns(&p, item_columns, ITEM__COUNT, 1, NULL, 0);
	p.frozen = ITEM_CODE + 1;
	p.decimals = 2;
	for (size_t i = 0; i < n; i++)
		put_items(&s[i], &p);
	page_close(&p, 0);
}

/* ---- sources ------------------------------------------------------------------------------- */

enum {
	SOURCE_SURVEY,
	SOURCE_YEAR,
	SOURCE_TITLE,
	SOURCE_PUBLISHER,
	SOURCE_FILE,
	SOURCE_UNIT,
	SOURCE_LISTED,
	SOURCE_SCORED,
	SOURCE_METHOD,
	SOURCE_FROM,
	SOURCE_VERDICT,
	SOURCE_REASON,
	SOURCE__COUNT
};

static const struct column source_columns[SOURCE__COUNT] = {
	[SOURCE_SURVEY] = {"head.survey", NULL, LOOK_TEXT, 1},
	[SOURCE_YEAR] = {"head.year", NULL, LOOK_WHOLE, 1},
	[SOURCE_TITLE] = {"head.title", NULL, LOOK_WRAP, 1},
	[SOURCE_PUBLISHER] = {"book.head.publisher", NULL, LOOK_WRAP, 1},
	[SOURCE_FILE] = {"head.table", NULL, LOOK_TEXT, 1},
	[SOURCE_UNIT] = {"book.head.unit", NULL, LOOK_TEXT, 1},
	[SOURCE_LISTED] = {"head.listed", NULL, LOOK_WHOLE, 1},
	[SOURCE_SCORED] = {"head.scored", NULL, LOOK_WHOLE, 1},
	[SOURCE_METHOD] = {"book.head.method", NULL, LOOK_WRAP, 1},
	[SOURCE_FROM] = {"book.head.year.from", NULL, LOOK_WHOLE, 1},
	[SOURCE_VERDICT] = {"book.head.comparable", NULL, LOOK_TEXT, 1},
	[SOURCE_REASON] = {"book.head.reason", NULL, LOOK_WRAP, 1},
};

static void put_compared(struct section *s, struct page *p, const struct wave *w)
{
	static const char *const verdicts[] = {"book.compare.ok", "book.compare.warn",
					       "word.incomparable"};
	const struct survey *survey = s->n->survey;
	enum lang lang = s->n->phrases->lang;
	struct text reason = {"", 0};
	enum verdict verdict;

	if (w == survey->wave)
		return;
	verdict = survey_compare(s->arena, survey, span_of(STRUCTURE_ROOT), w[-1].year, w->year,
				 lang, &reason);
	page_number(p, SOURCE_FROM, (double)w[-1].year);
	page_text(p, SOURCE_VERDICT, phrase(s->n->phrases, verdicts[verdict]));
	page_text(p, SOURCE_REASON, reason);
}

static struct text method_of(const struct section *s, const struct wave *w)
{
	struct text all;

	if (!w->answers)
		return phrase(s->n->phrases, "book.method.scores");
	if (!s->o->answers)
		return phrase(s->n->phrases, "book.method.answers");
	all = phrase(s->n->phrases, arena_format(s->arena, "index.%s", s->o->answers->method).at);
	return s->n->sets.n ? arena_format(s->arena, "%.*s; %.*s", SPAN_ARG(all),
					   SPAN_ARG(section_words(s, "book.method.sets")))
			    : all;
}

static void put_wave(struct section *s, struct page *p, const struct wave *w)
{
	const struct phrases *words = s->n->phrases;
	size_t n, scored = 0;
	const struct result_row *row =
		result_group(s->o->all, w->year, span_of(STRUCTURE_ROOT), &n);

	for (size_t i = 0; i < n; i++)
		scored += isnan(row[i].estimate) ? 0 : 1;
	page_row(p, w->year == s->o->year);
	page_text(p, SOURCE_SURVEY, s->n->survey->name);
	page_number(p, SOURCE_YEAR, (double)w->year);
	page_text(p, SOURCE_TITLE, w->title[words->lang]);
	page_text(p, SOURCE_PUBLISHER, w->publisher[words->lang]);
	page_text(p, SOURCE_FILE, w->file);
	page_text(p, SOURCE_UNIT,
		  w->unit == UNIT_PERCENT ? span_of("%") : phrase(words, "unit.points"));
	page_number(p, SOURCE_LISTED, (double)n);
	page_number(p, SOURCE_SCORED, (double)scored);
	page_text(p, SOURCE_METHOD, method_of(s, w));
	put_compared(s, p, w);
}

static void sources_page(struct book *b, struct section *s, size_t n, const char *banner,
			 struct text maker)
{
	struct page p;

	page_open(b, phrase(b->phrases, "book.page.sources"), &p);
	page_line(&p, LINE_TITLE, phrase(b->phrases, "book.title.sources"));
	if (banner)
		page_line(&p, LINE_BANNER, phrase(b->phrases, banner));
	page_line(&p, LINE_PLAIN,
		  maker.n ? PHRASE_FILL(b->phrases, "book.line.maker", {"maker", maker})
			  : (struct text){"", 0});
	page_line(&p, LINE_PLAIN, phrase(b->phrases, "note.rounding"));
	page_columns(&p, source_columns, SOURCE__COUNT, 1, NULL, 0);
	p.frozen = SOURCE_YEAR + 1;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < s[i].n->survey->n_waves; k++)
			if (s[i].n->survey->wave[k].year <= s[i].o->year)
				put_wave(&s[i], &p, &s[i].n->survey->wave[k]);
	page_close(&p, 0);
}

void workbook_about(struct book *b, struct section *s, size_t n, struct text maker)
{
	const char *banner = NULL;

	for (size_t i = 0; i < n; i++)
		if (s[i].simulated)
			banner = n > 1 ? "book.line.simulated" : "simulated.banner";
	columns_page(b, banner);
	items_page(b, s, n, banner);
	sources_page(b, s, n, banner, maker);
}
