#include "output/audit.h"

#include "base/csvout.h"
#include "base/text.h"

#include <math.h>

const char *const audit_columns[AUDIT__COUNT] = {
	[AUDIT_NUMBER] = "number",
	[AUDIT_TEXT] = "text",
	[AUDIT_VALUE] = "value",
	[AUDIT_KIND] = "kind",
	[AUDIT_UNIT] = "unit",
	[AUDIT_SECTION] = "section",
	[AUDIT_PLACE] = "place",
	[AUDIT_NAME] = "name",
	[AUDIT_ID] = "id",
	[AUDIT_ROW] = "table_row",
	[AUDIT_COLUMN] = "table_column",
	[AUDIT_PARAGRAPH] = "paragraph",
	[AUDIT_WORDS] = "words",
	[AUDIT_SURVEY] = "survey",
	[AUDIT_YEAR] = "year",
	[AUDIT_YEAR_FROM] = "year_from",
	[AUDIT_PROVINCE] = "province",
	[AUDIT_ITEM] = "item",
	[AUDIT_DOMAIN] = "domain",
	[AUDIT_STAT] = "stat",
	[AUDIT_N] = "n",
	[AUDIT_METHOD] = "method",
	[AUDIT_FILE] = "file",
	[AUDIT_LINE] = "line",
	[AUDIT_SHA256] = "sha256",
};

static const char *const places[PRINTED__COUNT] = {
	[PRINTED_META] = "meta", [PRINTED_HEADING] = "heading", [PRINTED_PARAGRAPH] = "paragraph",
	[PRINTED_LIST] = "list", [PRINTED_TABLE] = "table",     [PRINTED_CAPTION] = "caption",
	[PRINTED_NOTE] = "note", [PRINTED_ALT] = "alt",
};

struct auditor {
	struct arena *arena;
	const struct audit_order *order;
	struct text cell[AUDIT__COUNT];
};

static struct text empty(void)
{
	return (struct text){"", 0};
}

/* ---- files --------------------------------------------------------------------------------- */

static struct text below_share(const struct auditor *x, const char *file)
{
	size_t n = strlen(x->order->share);

	if (strncmp(file, x->order->share, n) == 0 && file[n] == '/')
		return span_of(file + n + 1);
	return span_of(file);
}

static void tell_file(struct auditor *x, const char *file, size_t line)
{
	if (!file)
		return;
	x->cell[AUDIT_FILE] = below_share(x, file);
	x->cell[AUDIT_SHA256] = digests_find(x->order->sums, file);
	if (line)
		x->cell[AUDIT_LINE] = arena_format(x->arena, "%zu", line);
}

static const char *file_of(const struct auditor *x, const struct ledger_entry *e)
{
	const struct wave *wave = e->survey ? survey_wave(e->survey, e->year) : NULL;

	if (e->what == MEASURE_LEVEL || e->what == MEASURE_UNKNOWN)
		return NULL;
	if (e->what == MEASURE_MAXIMUM && span_starts(e->method, "published"))
		return catalog_path(x->arena, e->survey->folder, "structure.csv");
	if (e->file || !wave)
		return e->file;
	return wave->file.n ? catalog_path(x->arena, e->survey->folder,
					   arena_string(x->arena, wave->file))
			    : e->survey->folder;
}

/* ---- what a number is ---------------------------------------------------------------------- */

static const char *unit_of(const struct ledger_entry *e)
{
	const struct wave *wave = e->survey && e->year ? survey_wave(e->survey, e->year) : NULL;
	bool percent = wave && wave->unit == UNIT_PERCENT;

	switch (e->what) {
	case MEASURE_DIFFERENCE:
	case MEASURE_GAP:
	case MEASURE_MEAN_CHANGE:
	case MEASURE_BOUND:
	case MEASURE_DIFFERENCE_LIMIT: return percent ? "percentage_points" : "points";
	case MEASURE_RANK:
	case MEASURE_RANK_FROM:
	case MEASURE_RANK_LIMIT:
	case MEASURE_GROUP_RANK:
	case MEASURE_RANK_AFTER: return "rank";
	case MEASURE_RANKED:
	case MEASURE_GROUP:
	case MEASURE_RANKED_FROM: return "units";
	case MEASURE_RANK_CHANGE: return "places";
	case MEASURE_LEVEL:
	case MEASURE_SHARE:
	case MEASURE_PERCENTILE:
	case MEASURE_RUNNING: return "percent";
	case MEASURE_SAMPLE:
	case MEASURE_COUNT:
	case MEASURE_DF:
	case MEASURE_DESIGN:
	case MEASURE_UNKNOWN: return "";
	default: return percent ? "percent" : "points";
	}
}

static size_t parts_of(const struct ledger_entry *e)
{
	const struct wave *wave = survey_wave(e->survey, e->year);
	const struct item *item =
		wave ? structure_find(&e->survey->structure, wave->era, e->item) : NULL;
	size_t n = 0;

	for (const struct item *k = NULL;
	     item && (k = structure_child(&e->survey->structure, item, k));)
		n++;
	return n;
}

static struct text among(const struct auditor *x, const char *what, double n)
{
	return isnan(n) ? span_of(what) : arena_format(x->arena, "%s %.0f units", what, n);
}

static struct text result_method(const struct auditor *x, const struct ledger_entry *e)
{
	if (span_is(e->method, "published:sum"))
		return arena_format(x->arena, "sum of %zu published parts", parts_of(e));
	return e->method;
}

static struct text method_of(const struct auditor *x, const struct ledger_entry *e)
{
	switch (e->what) {
	case MEASURE_RESULT:
	case MEASURE_RESULT_FROM: return result_method(x, e);
	case MEASURE_DIFFERENCE:
		return span_of(e->estimated ? "difference of two estimates"
					    : "difference of two published values");
	case MEASURE_GAP:
		return isnan(e->among) ? span_of("difference from the value aimed at")
				       : among(x, "difference from the median of", e->among);
	case MEASURE_BOUND: return span_of("a difference smaller than this");
	case MEASURE_RANK:
	case MEASURE_RANK_FROM:
		return e->printed ? span_of("rank as published") : among(x, "rank among", e->among);
	case MEASURE_RANKED:
	case MEASURE_RANKED_FROM: return span_of("units with a rank");
	case MEASURE_RANK_CHANGE: return span_of("difference of two ranks");
	case MEASURE_RANK_LIMIT: return span_of("confidence set of ranks");
	case MEASURE_GROUP_RANK: return span_of("rank among the units of the group");
	case MEASURE_GROUP: return span_of("units of the group");
	case MEASURE_RANK_AFTER: return span_of("rank with these points, the others as published");
	case MEASURE_LIMIT: return arena_format(x->arena, "interval: %.*s", SPAN_ARG(e->method));
	case MEASURE_DIFFERENCE_LIMIT: return span_of("interval of a difference");
	case MEASURE_LEVEL: return span_of("level of confidence");
	case MEASURE_MEAN: return among(x, "mean of", e->among);
	case MEASURE_MEAN_CHANGE: return span_of("difference of the means of two years");
	case MEASURE_WORST: return among(x, "lowest of", e->among);
	case MEASURE_MEDIAN: return among(x, "median of", e->among);
	case MEASURE_BEST: return among(x, "highest of", e->among);
	case MEASURE_MAXIMUM: return span_of("most points there are");
	case MEASURE_SELF: return span_of("points claimed");
	case MEASURE_LOST: return span_of("most points minus points given");
	case MEASURE_SHARE: return span_of("part of a whole");
	case MEASURE_RUNNING: return span_of("sum of parts, the largest first");
	case MEASURE_TARGET: return span_of("points wanted");
	case MEASURE_DF: return span_of("degrees of freedom");
	case MEASURE_DESIGN: return span_of("design effect of the weights (Kish)");
	case MEASURE_SAMPLE: return span_of("count of answers, people or sampling units");
	case MEASURE_COUNT: return span_of("count");
	default: return empty();
	}
}

static void tell_entry(struct auditor *x, const struct ledger_entry *e)
{
	struct text *cell = x->cell;
	bool of_all = e->what >= MEASURE_MEDIAN && e->what <= MEASURE_BEST; /* no one's own */

	cell[AUDIT_VALUE] = number_exact(x->arena, e->value);
	cell[AUDIT_KIND] = span_of(measure_name(e->what));
	cell[AUDIT_UNIT] = span_of(unit_of(e));
	if (e->survey)
		cell[AUDIT_SURVEY] = e->survey->id;
	if (e->year)
		cell[AUDIT_YEAR] = arena_format(x->arena, "%ld", e->year);
	if (e->year_from && (e->what == MEASURE_DIFFERENCE || e->what == MEASURE_RANK_CHANGE ||
			     e->what == MEASURE_DIFFERENCE_LIMIT || e->what == MEASURE_BOUND))
		cell[AUDIT_YEAR_FROM] = arena_format(x->arena, "%ld", e->year_from);
	cell[AUDIT_PROVINCE] = of_all ? empty() : e->province;
	cell[AUDIT_ITEM] = e->item;
	cell[AUDIT_DOMAIN] = e->domain;
	cell[AUDIT_STAT] = e->stat;
	cell[AUDIT_N] = number_exact(x->arena, e->n);
	cell[AUDIT_METHOD] = method_of(x, e);
	tell_file(x, file_of(x, e), e->line);
}

/* ---- numbers in words ---------------------------------------------------------------------- */

static bool in_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_' || c == '.';
}

/* The code that the number is a part of: the whole cell, or a word of letters, digits and points.
 */
static const struct known_text *code_at(const struct auditor *x, const struct printed *p)
{
	size_t begin = p->at, end = p->at + p->text.n;
	struct text word;

	while (begin > 0 && in_word(p->words.at[begin - 1]))
		begin--;
	while (end < p->words.n && in_word(p->words.at[end]))
		end++;
	word = (struct text){p->words.at + begin, end - begin};
	bool more = word.n > p->text.n; /* a number alone is a code only where it stands alone */

	while (word.n && word.at[word.n - 1] == '.')
		word.n--;
	if (!more && memchr(word.at, '.', word.n) == NULL && !span_equal(span_trim(p->words), word))
		return NULL;
	return known_code(x->order->known, word);
}

static bool is_year(const struct auditor *x, const struct printed *p)
{
	long year;

	return p->text.n == 4 && number_whole(p->text, 1900, 2999, &year) &&
	       known_year(x->order->known, year);
}

/* A number among the words of a figure: the data it was drawn from lie beside it. */
static void tell_figure(struct auditor *x, const struct printed *p)
{
	char *point = (char *)arena_string(x->arena, p->text);
	struct text plain = {point, 0};
	double value;

	for (size_t i = 0; i < p->text.n; i++)
		if (span_starts((struct text){p->text.at + i, p->text.n - i}, "\xE2\x88\x92")) {
			point[plain.n++] = '-';
			i += 2;
		} else if (p->text.at[i] != (x->order->lang == LANG_VI ? '.' : ','))
			point[plain.n++] = p->text.at[i] == ',' ? '.' : p->text.at[i];
	if (number_parse(plain, &value))
		x->cell[AUDIT_VALUE] = number_exact(x->arena, value);
	x->cell[AUDIT_FILE] = arena_format(x->arena, "%.*s.csv", SPAN_ARG(p->figure));
}

static void tell_words(struct auditor *x, const struct printed *p)
{
	const struct known_text *words = NULL, *code = NULL;
	struct text *cell = x->cell;

	if (p->label) {
		cell[AUDIT_KIND] = span_of("label");
	} else if (is_year(x, p)) {
		cell[AUDIT_KIND] = span_of("year");
		cell[AUDIT_VALUE] = cell[AUDIT_YEAR] = p->text;
	} else if ((code = code_at(x, p)) != NULL) {
		cell[AUDIT_KIND] = span_of("code");
		cell[AUDIT_ITEM] = code->words;
		tell_file(x, code->file, 0);
	} else {
		words = known_words(x->order->known, p->words, p->at, p->at + p->text.n);
		cell[AUDIT_KIND] = span_of(words || !p->figure.n ? "text" : "figure");
		if (words)
			tell_file(x, words->file, words->line);
		else if (p->figure.n)
			tell_figure(x, p);
	}
}

/* ---- places -------------------------------------------------------------------------------- */

#define AROUND 48 /* bytes to each side */

static bool begins_letter(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

static struct text around(const struct auditor *x, const struct printed *p)
{
	size_t begin = p->at > AROUND ? p->at - AROUND : 0, end = p->at + p->text.n + AROUND;

	end = end < p->words.n ? end : p->words.n;
	while (begin > 0 && !begins_letter(p->words.at[begin]))
		begin--;
	while (end < p->words.n && !begins_letter(p->words.at[end]))
		end++;
	struct text words = span_trim((struct text){p->words.at + begin, end - begin});

	return arena_format(x->arena, "%s%.*s%s", begin ? "…" : "", SPAN_ARG(words),
			    end < p->words.n ? "…" : "");
}

static void tell_place(struct auditor *x, const struct printed *p, size_t number)
{
	struct text *cell = x->cell;

	cell[AUDIT_NUMBER] = arena_format(x->arena, "%zu", number);
	cell[AUDIT_TEXT] = p->text;
	cell[AUDIT_SECTION] = p->section;
	cell[AUDIT_PLACE] = span_of(places[p->in]);
	cell[AUDIT_NAME] = p->name;
	cell[AUDIT_ID] = p->id;
	cell[AUDIT_ROW] = p->row;
	cell[AUDIT_COLUMN] = p->column;
	if (p->paragraph)
		cell[AUDIT_PARAGRAPH] = arena_format(x->arena, "%zu", p->paragraph);
	cell[AUDIT_WORDS] = around(x, p);
}

struct text audit_csv(struct arena *a, const struct audit_order *o,
		      const struct printed_list *numbers)
{
	struct auditor x = {.arena = a, .order = o};
	struct csvout out = {.arena = a};

	csvout_line(&out, audit_columns, AUDIT__COUNT);
	for (size_t i = 0; i < numbers->n; i++) {
		const struct printed *p = &numbers->at[i];

		for (size_t c = 0; c < AUDIT__COUNT; c++)
			x.cell[c] = empty();
		tell_place(&x, p, i + 1);
		if (p->entry != PRINTED_UNMARKED)
			tell_entry(&x, &o->ledger->at[p->entry]);
		else
			tell_words(&x, p);
		for (size_t c = 0; c < AUDIT__COUNT; c++)
			csvout_field(&out, x.cell[c]);
		csvout_row(&out);
	}
	return csvout_bytes(&out);
}
