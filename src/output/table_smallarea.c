#include "output/table_smallarea.h"

#include <math.h>

enum column {
	COLUMN_NAME,
	COLUMN_DIRECT,
	COLUMN_DIRECT_SE,
	COLUMN_MODEL,
	COLUMN_MODEL_SE,
	COLUMN_INTERVAL,
	COLUMN_GAMMA,
	COLUMN_N,
	COLUMN_MARK,
	COLUMN__COUNT
};

static const char *const heads[COLUMN__COUNT] = {
	[COLUMN_NAME] = "head.area",         [COLUMN_DIRECT] = "head.direct",
	[COLUMN_DIRECT_SE] = "head.se",      [COLUMN_MODEL] = "head.model",
	[COLUMN_MODEL_SE] = "head.root.mse", [COLUMN_INTERVAL] = "head.interval",
	[COLUMN_GAMMA] = "head.gamma",       [COLUMN_N] = "head.n",
	[COLUMN_MARK] = "head.mark",
};

/* Two digits of the smallest error, for all numbers of the table. */
static int decimals_of(const struct result *r, enum table_percent percent)
{
	double least = INFINITY;
	int digits;

	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].se > 0)
			least = fmin(least, r->row[i].se);
	if (percent != TABLE_NO_PERCENT || !isfinite(least))
		return 2;
	digits = 1 - (int)floor(log10(least));
	return digits < 0 ? 0 : digits > 6 ? 6 : digits;
}

/* A reader of a missing number finds a dash. */
static struct text shown(const struct phrases *p, double x, int decimals)
{
	return isnan(x) ? span_of("–") : number_shown(p->arena, x, decimals, p->lang);
}

static struct text name_of(const struct result_row *row)
{
	return row->province_name.n ? row->province_name
	       : row->domain.n      ? row->domain
				    : row->province;
}

static struct text cell(const struct phrases *p, const struct result_row *row, enum column c,
			double scale, int decimals)
{
	switch (c) {
	case COLUMN_NAME: return name_of(row);
	case COLUMN_DIRECT: return shown(p, row->direct * scale, decimals);
	case COLUMN_DIRECT_SE: return shown(p, row->direct_se * scale, decimals);
	case COLUMN_MODEL: return shown(p, row->estimate * scale, decimals);
	case COLUMN_MODEL_SE: return shown(p, row->se * scale, decimals);
	case COLUMN_INTERVAL:
		if (isnan(row->ci_low))
			return span_of("–");
		return arena_format(p->arena, "%.*s – %.*s",
				    SPAN_ARG(shown(p, row->ci_low * scale, decimals)),
				    SPAN_ARG(shown(p, row->ci_high * scale, decimals)));
	case COLUMN_GAMMA: return shown(p, row->gamma, 2);
	case COLUMN_N: return shown(p, row->n, 0);
	case COLUMN_MARK: return span_of(row->reason[LANG_EN].n ? "*" : "");
	case COLUMN__COUNT: break;
	}
	return span_of("");
}

void table_smallarea(const struct phrases *p, const struct result *r, enum table_percent percent,
		     struct sheet *out)
{
	double scale = percent == TABLE_SHARES ? 100 : 1;
	int decimals = decimals_of(r, percent);
	bool wanted[COLUMN__COUNT];

	*out = (struct sheet){.arena = p->arena};
	for (size_t c = 0; c < COLUMN__COUNT; c++)
		wanted[c] = c != COLUMN_N && c != COLUMN_MARK;
	for (size_t i = 0; i < r->n; i++) {
		wanted[COLUMN_N] = wanted[COLUMN_N] || !isnan(r->row[i].n);
		wanted[COLUMN_MARK] = wanted[COLUMN_MARK] || r->row[i].reason[LANG_EN].n;
	}
	for (size_t c = 0; c < COLUMN__COUNT; c++)
		if (wanted[c])
			sheet_column(out, phrase(p, heads[c]),
				     c != COLUMN_NAME && c != COLUMN_MARK);
	for (size_t i = 0; i < r->n; i++) {
		struct text *at = sheet_row(out);

		for (size_t c = 0; c < COLUMN__COUNT; c++)
			if (wanted[c])
				*at++ = cell(p, &r->row[i], (enum column)c, scale, decimals);
	}
}
