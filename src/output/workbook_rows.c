/* Rows of results on a page: their columns, and what is said of each. */
#include "analysis/change.h"
#include "output/reasons.h"
#include "output/workbook_parts.h"

#include <math.h>

#define BOTH(pages) (OF_SCORES(pages) | OF_ANSWERS(pages))
#define EVERY (IN_OVERVIEW | IN_INDEX | IN_RANKS | IN_YEARS | IN_CHANGES)
#define SERIES (IN_YEARS | IN_CHANGES)
#define ITEMS (IN_INDEX | IN_CHANGES)

static const struct column columns[COL__COUNT] = {
	[COL_SURVEY] = {"head.survey", "about.survey", LOOK_TEXT, BOTH(IN_OVERVIEW)},
	[COL_YEAR] = {"head.year", "about.year", LOOK_WHOLE, BOTH(SERIES | IN_OVERVIEW)},
	[COL_PROVINCE_CODE] = {"head.code", "about.province.code", LOOK_TEXT, BOTH(IN_RANKS)},
	[COL_PROVINCE] = {"head.province", "about.province", LOOK_TEXT, BOTH(IN_RANKS)},
	[COL_REGION] = {"head.region", "about.region", LOOK_TEXT, BOTH(IN_RANKS)},
	[COL_PEER] = {"book.head.peer", "about.peer", LOOK_TEXT, BOTH(IN_RANKS)},
	[COL_CODE] = {"head.code", "about.code", LOOK_TEXT, BOTH(ITEMS)},
	[COL_ITEM] = {"head.item", "about.item", LOOK_WRAP, BOTH(ITEMS)},
	[COL_LEVEL] = {"book.head.level", "about.level", LOOK_WHOLE, BOTH(ITEMS)},
	[COL_UNIT] = {"book.head.unit", "about.unit", LOOK_TEXT, BOTH(SERIES | IN_OVERVIEW)},
	[COL_VALUE] = {"book.head.value", "about.value", LOOK_NUMBER, BOTH(EVERY)},
	[COL_N] = {"head.n", "about.n", LOOK_WHOLE, OF_ANSWERS(EVERY & ~IN_OVERVIEW)},
	[COL_SE] = {"head.se", "about.se", LOOK_NUMBER, OF_ANSWERS(EVERY & ~IN_OVERVIEW)},
	[COL_LOW] = {"book.head.low", "about.low", LOOK_NUMBER, OF_ANSWERS(EVERY)},
	[COL_HIGH] = {"book.head.high", "about.high", LOOK_NUMBER, OF_ANSWERS(EVERY)},
	[COL_YEAR_FROM] = {"book.head.year.from", "about.year.from", LOOK_WHOLE,
			   BOTH(SERIES | IN_OVERVIEW)},
	[COL_FROM] = {"book.head.from", "about.from", LOOK_NUMBER, BOTH(EVERY)},
	[COL_DELTA] = {"book.head.delta", "about.delta", LOOK_SIGNED, BOTH(EVERY)},
	[COL_DELTA_LOW] = {"book.head.delta.low", "about.delta.low", LOOK_SIGNED,
			   OF_ANSWERS(EVERY)},
	[COL_DELTA_HIGH] = {"book.head.delta.high", "about.delta.high", LOOK_SIGNED,
			    OF_ANSWERS(EVERY)},
	[COL_VERDICT] = {"head.verdict", "about.verdict", LOOK_TEXT, OF_ANSWERS(EVERY)},
	[COL_COMPARABLE] = {"book.head.comparable", "about.comparable", LOOK_TEXT,
			    BOTH(EVERY & ~IN_RANKS)},
	[COL_RANK] = {"head.rank", "about.rank", LOOK_WHOLE, BOTH(EVERY)},
	[COL_RANKED] = {"book.head.ranked", "about.ranked", LOOK_WHOLE, BOTH(EVERY)},
	[COL_RANK_LOW] = {"book.head.rank.low", "about.rank.low", LOOK_WHOLE, OF_ANSWERS(EVERY)},
	[COL_RANK_HIGH] = {"book.head.rank.high", "about.rank.high", LOOK_WHOLE, OF_ANSWERS(EVERY)},
	[COL_RANK_FROM] = {"head.rank.from", "about.rank.from", LOOK_WHOLE, OF_SCORES(EVERY)},
	[COL_RANK_DELTA] = {"head.rank.delta", "about.rank.delta", LOOK_STEP, OF_SCORES(EVERY)},
	[COL_GROUP] = {"head.group", "about.group", LOOK_TEXT,
		       OF_SCORES(IN_OVERVIEW | IN_RANKS | IN_YEARS | IN_INDEX)},
	[COL_MEDIAN] = {"head.national.median", "about.median", LOOK_NUMBER,
			OF_SCORES(IN_INDEX | IN_YEARS)},
	[COL_NATION] = {"head.nation", "about.nation", LOOK_NUMBER,
			OF_ANSWERS(IN_INDEX | IN_YEARS)},
	[COL_BEST] = {"head.national.best", "about.best", LOOK_NUMBER, OF_SCORES(IN_INDEX)},
	[COL_GAP] = {"book.head.gap", "about.gap", LOOK_SIGNED, BOTH(IN_INDEX | IN_YEARS)},
	[COL_AGAINST] = {"heatmap.against", "about.against", LOOK_TEXT, OF_ANSWERS(IN_INDEX)},
	[COL_AGENCY] = {"head.agency.lead", "about.agency", LOOK_WRAP, BOTH(IN_INDEX)},
	[COL_FLAGS] = {"book.head.flags", "about.flags", LOOK_TEXT, BOTH(EVERY)},
	[COL_NOTE] = {"head.note", "about.note", LOOK_WRAP, BOTH(EVERY)},
	[COL_BELOW] = {"book.head.below", "about.below", LOOK_NUMBER, OF_ANSWERS(IN_RANKS)},
	[COL_ABOVE] = {"book.head.above", "about.below", LOOK_NUMBER, OF_ANSWERS(IN_RANKS)},
};

unsigned rows_wanted(const struct narrative *n, const struct result_row *row, unsigned page)
{
	return narrative_estimated(n, row) ? OF_ANSWERS(page) : OF_SCORES(page);
}

void rows_columns(struct section *s, struct page *p, unsigned page, const struct result *r)
{
	unsigned wanted = r->n ? 0 : OF_SCORES(page);

	for (size_t i = 0; i < r->n; i++)
		wanted |= rows_wanted(s->n, &r->row[i], page);
	rows_head(s, p, wanted);
}

void rows_head(struct section *s, struct page *p, unsigned wanted)
{
	page_columns(p, columns, COL__COUNT, wanted, s->field, s->fields);
}

struct beside rows_beside(void)
{
	return (struct beside){.median = NAN, .nation = NAN, .best = NAN};
}

void rows_judged(struct arena *a, const struct narrative *n, const struct result *all,
		 struct text province, long year, struct result *out)
{
	const struct wave *wave = survey_wave(n->survey, year);

	*out = (struct result){0};
	if (wave)
		change_province(a, n->survey, all, province,
				wave > n->survey->wave ? wave[-1].year : 0, year, out);
}

/* ---- words --------------------------------------------------------------------------------- */

static struct text and (struct arena * a, struct text all, struct text more)
{
	if (more.n == 0)
		return all;
	return arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "", SPAN_ARG(more));
}

static struct text flags_of(struct arena *a, const struct phrases *p, unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *key;
	} words[] = {
		{FLAG_SUPPRESSED, "flag.suppressed"},
		{FLAG_UNPUBLISHED, "flag.unpublished"},
		{FLAG_INCOMPARABLE, "flag.incomparable"},
		{FLAG_CAUTION, "flag.caution"},
		{FLAG_LONELY, "flag.lonely"},
		{FLAG_MERGED, "flag.merged"},
		{FLAG_MODEL, "flag.model"},
		{FLAG_SIMULATED, "flag.simulated"},
	};
	struct text all = {"", 0};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (flags & words[i].flag)
			all = and(a, all, phrase(p, words[i].key));
	return all;
}

static bool hidden(const struct result_row *row)
{
	return isnan(row->estimate) && row->flags & FLAG_SUPPRESSED;
}

/* Why the value is missing or to be used with care. */
static struct text value_note(struct section *s, const struct result_row *row,
			      const struct beside *b)
{
	const struct phrases *p = s->n->phrases;
	const struct result_row *was = b->estimated ? b->estimated : row;
	struct text why = reason_words(p, was->reason[LANG_EN]), all = {"", 0};

	if (!b->estimated && row->year_from)
		why = (struct text){"", 0}; /* that of the comparison */
	if (hidden(row))
		return PHRASE_FILL(p, "book.note.hidden", {"reason", why});
	if (isnan(row->estimate))
		all = phrase(p, !isnan(row->rank)               ? "book.note.rank.only"
				: row->flags & FLAG_UNPUBLISHED ? "book.note.unpublished"
								: "book.note.missing");
	else if (was->flags & FLAG_CAUTION && why.n)
		all = PHRASE_FILL(p, "book.note.care", {"reason", why});
	if (was->flags & FLAG_LONELY)
		all = and(s->arena, all, phrase(p, "book.note.lonely"));
	if (row->flags & FLAG_MERGED)
		all = and(s->arena, all,
			  PHRASE_FILL(p, "book.note.merged", {"parts", row->parts[p->lang]}));
	if (row->lacking[p->lang].n)
		all = and(s->arena, all,
			  PHRASE_FILL(p, "note.lacking", {"list", row->lacking[p->lang]}));
	return all;
}

/* Why there is no change, or one to be taken with care. */
static struct text change_note(struct section *s, const struct narrative *n,
			       const struct result_row *row)
{
	struct text why = narrative_reason(n, row);

	if (why.n || row->year_from == 0 || !isnan(row->delta) || isnan(row->estimate))
		return why;
	return PHRASE_FILL(s->n->phrases, "book.note.nofrom",
			   {"from", arena_format(s->arena, "%ld", row->year_from)});
}

static struct text rank_note(struct section *s, const struct result_row *row)
{
	if (row->rank_merged)
		return phrase(s->n->phrases, "book.note.rank.merged");
	if (isnan(row->rank) && !isnan(row->estimate) && !row->complete)
		return phrase(s->n->phrases, "book.note.sparse");
	return (struct text){"", 0};
}

static struct text verdict(const struct phrases *p, const struct result_row *row)
{
	if (row->verdict.n == 0)
		return row->verdict;
	return phrase(p, span_is(row->verdict, "increase")   ? "verdict.up"
			 : span_is(row->verdict, "decrease") ? "verdict.down"
							     : "verdict.unclear");
}

static struct text comparable(const struct phrases *p, const struct result_row *row)
{
	if (row->comparable.n == 0)
		return row->comparable;
	return phrase(p, span_is(row->comparable, "ok")     ? "book.compare.ok"
			 : span_is(row->comparable, "warn") ? "book.compare.warn"
							    : "word.incomparable");
}

/* ---- a row --------------------------------------------------------------------------------- */

static void put_names(struct page *p, const struct narrative *n, const struct result_row *row,
		      const struct beside *b)
{
	enum lang lang = n->phrases->lang;
	bool percent = survey_wave(n->survey, row->year)->unit == UNIT_PERCENT;

	page_text(p, COL_SURVEY, n->survey->name);
	page_number(p, COL_YEAR, (double)row->year);
	page_text(p, COL_PROVINCE_CODE, row->province);
	page_text(p, COL_PROVINCE, row->province_name);
	if (b->unit)
		page_text(p, COL_REGION, b->unit->region_name[lang]);
	if (b->peer)
		page_text(p, COL_PEER, span_of("x"));
	page_text(p, COL_CODE, row->item);
	page_text(p, COL_ITEM, row->item_name[lang]);
	page_number(p, COL_LEVEL, (double)row->item_depth);
	page_text(p, COL_UNIT, percent ? span_of("%") : phrase(n->phrases, "unit.points"));
}

static void put_change(struct page *p, const struct narrative *n, const struct result_row *row)
{
	int decimals = n->survey->scores.decimals;

	if (row->year_from)
		page_number(p, COL_YEAR_FROM, (double)row->year_from);
	page_number(p, COL_FROM, row->estimate_from);
	page_difference(p, COL_DELTA, row->delta, COL_VALUE, row->estimate, COL_FROM,
			row->estimate_from, decimals);
	page_number(p, COL_DELTA_LOW, row->delta_low);
	page_number(p, COL_DELTA_HIGH, row->delta_high);
	page_text(p, COL_VERDICT, verdict(n->phrases, row));
	page_text(p, COL_COMPARABLE, comparable(n->phrases, row));
}

/* A rank of estimates never stands without its set, nor does a step of it have one here. */
static void put_rank(struct page *p, const struct narrative *n, const struct result_row *row)
{
	bool estimated = narrative_estimated(n, row), bare = estimated && isnan(row->rank_low);

	if (!bare && !isnan(row->rank)) {
		page_number(p, COL_RANK, row->rank);
		page_number(p, COL_RANKED, row->n_ranked);
		page_number(p, COL_RANK_LOW, row->rank_low);
		page_number(p, COL_RANK_HIGH, row->rank_high);
	}
	if (estimated)
		return;
	page_number(p, COL_RANK_FROM, row->rank_from);
	page_difference(p, COL_RANK_DELTA, row->rank_change, COL_RANK_FROM, row->rank_from,
			COL_RANK, row->rank, 0);
	page_text(p, COL_GROUP, row->group_name[n->phrases->lang]);
}

static void put_beside(struct page *p, const struct narrative *n, const struct result_row *row,
		       const struct beside *b)
{
	bool nation = isnan(b->median), estimated = narrative_estimated(n, row);
	double middle = nation ? b->nation : b->median, gap = row->estimate - middle;
	int decimals = n->survey->scores.decimals + 1; /* a median may lie half-way */

	page_number(p, COL_MEDIAN, b->median);
	page_number(p, COL_NATION, b->nation);
	page_number(p, COL_BEST, b->best);
	page_difference(p, COL_GAP, estimated ? gap : number_round(gap, decimals), COL_VALUE,
			row->estimate, nation ? COL_NATION : COL_MEDIAN, middle, decimals);
	page_text(p, COL_AGAINST, b->against);
	page_text(p, COL_AGENCY, b->agency);
}

void rows_put(struct section *s, struct page *p, const struct narrative *n,
	      const struct result_row *row, const struct beside *b, bool strong)
{
	struct text value = value_note(s, row, b), change = change_note(s, n, row),
		    rank = rank_note(s, row);
	unsigned flags = row->flags | (b->estimated ? b->estimated->flags : 0);

	page_row(p, strong);
	p->decimals = survey_wave(n->survey, row->year)->decimals;
	put_names(p, n, row, b);
	page_number(p, COL_VALUE, row->estimate);
	page_number(p, COL_N, row->n);
	if (!hidden(row)) {
		page_number(p, COL_SE, row->se);
		page_number(p, COL_LOW, row->ci_low);
		page_number(p, COL_HIGH, row->ci_high);
		page_difference(p, COL_BELOW, row->estimate - row->ci_low, COL_VALUE, row->estimate,
				COL_LOW, row->ci_low, 9);
		page_difference(p, COL_ABOVE, row->ci_high - row->estimate, COL_HIGH, row->ci_high,
				COL_VALUE, row->estimate, 9);
	}
	put_change(p, n, row);
	put_rank(p, n, row);
	put_beside(p, n, row, b);
	page_text(p, COL_FLAGS, flags_of(s->arena, n->phrases, flags));
	page_text(p, COL_NOTE, and(s->arena, and(s->arena, value, change), rank));
	page_comment(p, COL_VALUE, value);
	page_comment(p, COL_DELTA, change);
	page_comment(p, COL_RANK, rank);
}
