#include "output/page_cells.h"

#include "analysis/change.h"
#include "analysis/spread.h"
#include "output/reasons.h"

#include <math.h>
#include <stddef.h>

int page_pool_add(struct page_pool *p, const struct text words[LANG__COUNT])
{
	if (words[LANG_VI].n == 0 && words[LANG_EN].n == 0)
		return -1;
	for (size_t i = 0; i < p->n; i++)
		if (span_equal(p->at[i].words[LANG_VI], words[LANG_VI]) &&
		    span_equal(p->at[i].words[LANG_EN], words[LANG_EN]))
			return (int)i;
	p->at = arena_grow(p->arena, p->at, p->n, sizeof *p->at);
	memcpy(p->at[p->n].words, words, sizeof p->at->words);
	return (int)p->n++;
}

/* ---- columns ------------------------------------------------------------------------------- */

/* One number where all are alike; nothing where there is none. */
static void add_numbers(cJSON *o, const char *name, const double *x, size_t n)
{
	size_t same = 0, none = 0;
	cJSON *list;

	for (size_t i = 0; i < n; i++) {
		same += x[i] == x[0];
		none += isnan(x[i]) ? 1 : 0;
	}
	if (none == n)
		return;
	if (same == n) {
		cJSON_AddNumberToObject(o, name, x[0]);
		return;
	}
	list = cJSON_AddArrayToObject(o, name);
	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list,
				     isnan(x[i]) ? cJSON_CreateNull() : cJSON_CreateNumber(x[i]));
}

/* Numbers that every row has that has one: the same for all, or one by one. */
static void add_common(cJSON *o, const char *name, double *x, size_t n)
{
	double one = NAN;
	bool same = true;

	for (size_t i = 0; i < n; i++) {
		one = isnan(one) ? x[i] : one;
		same &= isnan(x[i]) || x[i] == one;
	}
	for (size_t i = 0; same && i < n; i++)
		x[i] = one;
	add_numbers(o, name, x, n);
}

/* Numbers from 0 to 9 as a string, "-" where there is none. */
static void add_digits(struct arena *a, cJSON *o, const char *name, const double *x, size_t n)
{
	char *digits = arena_new(a, n + 1, 1);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		digits[i] = '-';
		if (isnan(x[i]))
			continue;
		digits[i] = (char)('0' + (int)x[i]);
		any = true;
	}
	if (any)
		cJSON_AddStringToObject(o, name, digits);
}

/* A number as a whole number of its last digit shown. */
static double whole(const struct page_wave *w, double x)
{
	return round(number_round(x, w->wave->decimals) * pow(10, w->wave->decimals)) + 0.0;
}

/* explore.js reads them under these names. */
static const struct {
	const char *name;
	size_t at;
	bool scaled;
} columns[] = {
	{"v", offsetof(struct result_row, estimate), true},
	{"lo", offsetof(struct result_row, ci_low), true},
	{"hi", offsetof(struct result_row, ci_high), true},
	{"r", offsetof(struct result_row, rank), false},
	{"rl", offsetof(struct result_row, rank_low), false},
	{"rh", offsetof(struct result_row, rank_high), false},
	{"d", offsetof(struct result_row, delta), true},
	{"dl", offsetof(struct result_row, delta_low), true},
	{"dh", offsetof(struct result_row, delta_high), true},
};

static void add_columns(const struct page_wave *w, cJSON *o, const struct result *r)
{
	double *x = arena_new(w->arena, r->n, sizeof *x);

	for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
		for (size_t i = 0; i < r->n; i++) {
			const char *row = (const char *)&r->row[i];

			x[i] = *(const double *)(const void *)(row + columns[k].at);
			x[i] = columns[k].scaled ? whole(w, x[i]) : x[i];
		}
		add_numbers(o, columns[k].name, x, r->n);
	}
}

/* The change of rank is that of the ranks shown, but where units cannot be compared: "rc": true
 * says so of all rows. Should a row ever differ, all are written. */
static void add_ranks(const struct page_wave *w, cJSON *o, const struct result *r)
{
	double *x = arena_new(w->arena, r->n, sizeof *x);
	bool plain = true, any = false;

	for (size_t i = 0; i < r->n; i++)
		x[i] = r->row[i].n_ranked;
	add_common(o, "n", x, r->n);
	for (size_t i = 0; i < r->n; i++) {
		double difference = r->row[i].rank_from - r->row[i].rank;

		x[i] = r->row[i].rank_change;
		any |= !isnan(x[i]);
		plain &= x[i] == difference || (isnan(x[i]) && isnan(difference));
	}
	if (any && plain)
		cJSON_AddTrueToObject(o, "rc");
	else
		add_numbers(o, "rc", x, r->n);
}

static double verdict_of(const struct result_row *row)
{
	if (!row || row->verdict.n == 0 || isnan(row->delta))
		return NAN;
	return span_is(row->verdict, "increase") ? 1 : span_is(row->verdict, "decrease") ? -1 : 0;
}

/* The unit's position in the year; w->n when the year does not know it. */
static size_t unit_of(const struct page_wave *w, struct text code)
{
	size_t i = 0;

	while (i < w->n && !span_equal(w->unit[i]->code, code))
		i++;
	return i;
}

static const struct result_row *of_item(const struct result *r, struct text item)
{
	for (size_t i = 0; i < r->n; i++)
		if (span_equal(r->row[i].item, item))
			return &r->row[i];
	return NULL;
}

/* Verdicts among the units of the item, and among the items of the unit. */
static void add_verdicts(const struct page_wave *w, cJSON *o, const struct result *r)
{
	double *x = arena_new(w->arena, r->n, sizeof *x);

	if (!w->families)
		return;
	for (size_t i = 0; i < r->n; i++)
		x[i] = verdict_of(&r->row[i]);
	add_numbers(o, "vi", x, r->n);
	for (size_t i = 0; i < r->n; i++) {
		size_t u = unit_of(w, r->row[i].province);

		x[i] = u < w->n ? verdict_of(of_item(&w->families[u], r->row[i].item)) : NAN;
	}
	add_numbers(o, "vp", x, r->n);
}

static double group_of(const struct page_wave *w, const struct result_row *row)
{
	const struct structure *s = &w->survey->narrative.survey->structure;

	for (size_t g = 0; g < s->n_groups && row->group.n; g++)
		if (span_equal(s->group[g].code, row->group))
			return (double)g;
	return NAN;
}

/* ---- words --------------------------------------------------------------------------------- */

/* Why a number is missing or doubtful, in both languages. */
static int reason_of(const struct page_wave *w, struct text english)
{
	struct phrases p = *w->survey->narrative.phrases;
	struct text words[LANG__COUNT];

	for (int l = 0; l < LANG__COUNT; l++) {
		p.lang = (enum lang)l;
		words[l] = english.n ? reason_words(&p, english) : english;
	}
	return page_pool_add(w->reasons, words);
}

/* What is not as usual: {position: [flags, reason, parts]}; reasons may be -1. */
static void add_marks(const struct page_wave *w, cJSON *o, const struct result_row *row, size_t n)
{
	cJSON *marks = cJSON_CreateObject();

	for (size_t i = 0; i < n; i++) {
		unsigned flags = row[i].flags & ~(unsigned)FLAG_SIMULATED;
		if (flags) {
			int list[] = {(int)flags, reason_of(w, row[i].reason[LANG_EN]),
				      page_pool_add(w->reasons, row[i].parts)};

			cJSON_AddItemToObject(marks, arena_format(w->arena, "%zu", i).at,
					      cJSON_CreateIntArray(list, 3));
		}
	}
	if (marks->child)
		cJSON_AddItemToObject(o, "x", marks);
	else
		cJSON_Delete(marks);
}

/* May it be set against the year before (0 yes, 1 with care, 2 no), and why not? */
static void add_comparable(const struct page_wave *w, cJSON *o, const struct result *r)
{
	double *c = arena_new(w->arena, r->n, sizeof *c),
	       *why = arena_new(w->arena, r->n, sizeof *why);

	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		int reason = span_is(row->comparable, "ok")
				     ? -1
				     : page_pool_add(w->reasons, row->reason);

		c[i] = span_is(row->comparable, "no")     ? 2
		       : span_is(row->comparable, "warn") ? 1
							  : 0;
		why[i] = reason;
	}
	add_numbers(o, "c", c, r->n);
	add_numbers(o, "cr", why, r->n);
}

/* ---- an item ------------------------------------------------------------------------------- */

/* Which units the table lists, unless it lists all. */
static void add_listed(const struct page_wave *w, cJSON *o, const struct result_row *row, size_t n)
{
	cJSON *list;

	if (n == w->n)
		return;
	list = cJSON_AddArrayToObject(o, "at");
	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateNumber((double)unit_of(w, row[i].province)));
}

/* The middle of all units, where the table lists all. */
static void add_spread(const struct page_wave *w, cJSON *o, const struct result_row *row)
{
	struct spread s = spread_national(w->arena, w->survey->all, w->wave->year, row->item);
	double x[] = {whole(w, s.q1), whole(w, s.median), whole(w, s.q3)};

	if (!row->complete || s.n == 0)
		return;
	cJSON_AddItemToObject(o, "q", cJSON_CreateDoubleArray(x, 3));
}

/* A rank with an uncertainty has no bare change. */
static void hide_bare(struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].rank_low) || !isnan(r->row[i].rank_from_low))
			r->row[i].rank_change = NAN;
}

cJSON *page_cells(const struct page_wave *w, struct text item)
{
	const struct page_survey *s = w->survey;
	size_t n;
	const struct result_row *row = result_group(s->all, w->wave->year, item, &n);
	struct result r;
	double *group;
	cJSON *o;

	if (!row)
		return NULL;
	o = cJSON_CreateObject();
	group = arena_new(w->arena, n, sizeof *group);
	change_item(w->arena, s->narrative.survey, s->all, item, w->from, w->wave->year, &r);
	hide_bare(&r);
	add_listed(w, o, row, n);
	if (row->complete)
		cJSON_AddNumberToObject(o, "all", 1);
	add_spread(w, o, row);
	add_columns(w, o, &r);
	add_ranks(w, o, &r);
	add_verdicts(w, o, &r);
	for (size_t i = 0; i < n; i++)
		group[i] = group_of(w, &row[i]);
	add_digits(w->arena, o, "g", group, n);
	add_marks(w, o, row, n);
	if (w->from)
		add_comparable(w, o, &r);
	return o;
}
