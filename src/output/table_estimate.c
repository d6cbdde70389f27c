#include "output/table_estimate.h"

#include "output/reasons.h"

#include <math.h>

enum column {
	COLUMN_YEAR,
	COLUMN_PROVINCE,
	COLUMN_DOMAIN,
	COLUMN_ITEM,
	COLUMN_CATEGORY,
	COLUMN_TEST,
	COLUMN_ESTIMATE,
	COLUMN_SE,
	COLUMN_INTERVAL,
	COLUMN_N,
	COLUMN_DF,
	COLUMN_DEFF,
	COLUMN_STATISTIC,
	COLUMN_P,
	COLUMN_MARK,
	COLUMN__COUNT
};

static const char *const heads[COLUMN__COUNT] = {
	[COLUMN_YEAR] = "head.year",
	[COLUMN_PROVINCE] = "head.province",
	[COLUMN_DOMAIN] = "head.domain",
	[COLUMN_ITEM] = "head.item",
	[COLUMN_CATEGORY] = "head.category",
	[COLUMN_TEST] = "head.test",
	[COLUMN_ESTIMATE] = "head.estimate",
	[COLUMN_SE] = "head.se",
	[COLUMN_INTERVAL] = "head.interval",
	[COLUMN_N] = "head.n",
	[COLUMN_DF] = "head.df",
	[COLUMN_DEFF] = "head.deff",
	[COLUMN_STATISTIC] = "head.statistic",
	[COLUMN_P] = "head.p",
	[COLUMN_MARK] = "head.mark",

};

int table_decimals(double se, double estimate)
{
	double size = isnan(se) || se == 0 ? fabs(estimate) / 1000 : se;
	int digits;

	if (!isfinite(size) || size <= 0)
		return 2;
	digits = 2 - (int)floor(log10(size));
	return digits < 0 ? 0 : digits > 6 ? 6 : digits;
}

/* A reader of a missing number finds a dash. */
static struct text shown(const struct phrases *p, double x, double scale, int decimals)
{
	return isnan(x) ? span_of("–") : number_shown(p->arena, x * scale, decimals, p->lang);
}

static struct text cell(const struct phrases *p, const struct result_row *row, enum column c,
			bool share)
{
	double scale = share ? 100 : 1;
	int decimals = share ? 2 : table_decimals(row->se, row->estimate);

	switch (c) {
	case COLUMN_YEAR: return row->year ? arena_format(p->arena, "%ld", row->year) : span_of("");
	case COLUMN_PROVINCE: return row->province_name.n ? row->province_name : row->province;
	case COLUMN_DOMAIN: return row->domain;
	case COLUMN_ITEM: return row->item;
	case COLUMN_CATEGORY: return row->category;
	case COLUMN_TEST: return row->stat;
	case COLUMN_ESTIMATE: return shown(p, row->estimate, scale, decimals);
	case COLUMN_SE: return shown(p, row->se, scale, decimals);
	case COLUMN_INTERVAL:
		if (isnan(row->ci_low) && isnan(row->ci_high))
			return span_of("–");
		return arena_format(p->arena, "%.*s – %.*s",
				    SPAN_ARG(shown(p, row->ci_low, scale, decimals)),
				    SPAN_ARG(shown(p, row->ci_high, scale, decimals)));
	case COLUMN_N: return shown(p, row->n, 1, 0);
	case COLUMN_DF: return shown(p, row->df, 1, row->df == floor(row->df) ? 0 : 1);
	case COLUMN_DEFF: return shown(p, row->deff, 1, 2);
	case COLUMN_STATISTIC: return shown(p, row->statistic, 1, 3);
	case COLUMN_P:
		if (row->p_value < 0.0001)
			return arena_format(p->arena, "< %.*s",
					    SPAN_ARG(number_shown(p->arena, 0.0001, 4, p->lang)));
		return shown(p, row->p_value, 1, 4);
	case COLUMN_MARK: return span_of(row->reason[LANG_EN].n ? "*" : "");
	case COLUMN__COUNT: break;
	}
	return span_of("");
}

void table_estimate(const struct phrases *p, const struct result *r, bool share, struct sheet *out)
{
	bool wanted[COLUMN__COUNT] = {false};

	*out = (struct sheet){.arena = p->arena};
	for (size_t i = 0; i < r->n; i++)
		for (size_t c = 0; c < COLUMN__COUNT; c++) {
			struct text s = cell(p, &r->row[i], (enum column)c, share);

			wanted[c] = wanted[c] || (s.n && !span_is(s, "–"));
		}
	wanted[COLUMN_TEST] = r->parts & PART_TEST;
	if (!wanted[COLUMN_STATISTIC])
		wanted[COLUMN_ESTIMATE] = wanted[COLUMN_SE] = wanted[COLUMN_INTERVAL] = true;
	for (size_t c = 0; c < COLUMN__COUNT; c++)
		if (wanted[c])
			sheet_column(out, phrase(p, heads[c]),
				     c >= COLUMN_ESTIMATE && c < COLUMN_MARK);
	for (size_t i = 0; i < r->n; i++) {
		struct text *at = sheet_row(out);

		for (size_t c = 0; c < COLUMN__COUNT; c++)
			if (wanted[c])
				*at++ = cell(p, &r->row[i], (enum column)c, share);
	}
}

struct text *table_estimate_notes(const struct phrases *p, const struct result *r, size_t *n)
{
	struct text *notes = NULL;

	*n = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct text reason = r->row[i].reason[LANG_EN];
		size_t k = 0;

		while (k < *n && !span_equal(notes[k], reason))
			k++;
		if (k < *n || reason.n == 0)
			continue;
		notes = arena_grow(p->arena, notes, *n, sizeof *notes);
		notes[(*n)++] = reason;
	}
	for (size_t i = 0; i < *n; i++)
		notes[i] = reason_words(p, notes[i]);
	return notes;
}
