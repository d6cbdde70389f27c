#include "output/table_difference.h"

#include <math.h>

enum column {
	COLUMN_PROVINCE,
	COLUMN_DOMAIN,
	COLUMN_AGAINST,
	COLUMN_ITEM,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_DELTA,
	COLUMN_INTERVAL,
	COLUMN_P,
	COLUMN_VERDICT,
	COLUMN_SHARED,
	COLUMN__COUNT
};

static const char *const heads[COLUMN__COUNT] = {
	[COLUMN_PROVINCE] = "head.province", [COLUMN_DOMAIN] = "head.domain",
	[COLUMN_AGAINST] = "head.against",   [COLUMN_ITEM] = "head.item",
	[COLUMN_FROM] = "head.value.from",   [COLUMN_TO] = "head.value.to",
	[COLUMN_DELTA] = "head.delta",       [COLUMN_INTERVAL] = "head.interval",
	[COLUMN_P] = "head.p.adjusted",      [COLUMN_VERDICT] = "head.verdict",
	[COLUMN_SHARED] = "head.shared",
};

/* Of two groups, or a value and a constant, nothing rises. Years that are no numbers (before,
 * after) leave year_from 0, but have a covariance; a constant has none. */
static bool is_over_time(const struct result_row *row)
{
	return row->year_from != 0 ||
	       (row->year == 0 && row->domain_from.n == 0 && row->covariance.n);
}

/* What a difference table is of, and how its numbers without error are shown. */
struct look {
	const struct phrases *p;
	enum difference_of of;
	int decimals;
};

static struct text verdict_of(const struct look *l, const struct result_row *row)
{
	const struct phrases *p = l->p;
	bool time = is_over_time(row), part = l->of == DIFFERENCE_OF_PARTS;

	if (span_is(row->verdict, "increase"))
		return phrase(p, part ? "verdict.raised" : time ? "verdict.up" : "verdict.higher");
	if (span_is(row->verdict, "decrease"))
		return phrase(p, part   ? "verdict.lowered"
				 : time ? "verdict.down"
					: "verdict.lower");
	return row->verdict.n ? phrase(p, "verdict.unclear") : span_of("–");
}

/* A head that other comparisons than of years have in other words. */
static const char *head_of(const struct look *l, const struct result *r, enum column c)
{
	const struct result_row *row = r->row;

	if (c == COLUMN_DELTA && l->of == DIFFERENCE_OF_PARTS)
		return "head.contribution";
	if (c == COLUMN_DELTA && l->of == DIFFERENCE_OF_SLOPES)
		return "head.slope";
	if (r->n == 0 || is_over_time(row))
		return heads[c];
	switch (c) {
	case COLUMN_FROM: return row->domain_from.n ? "head.value.against" : "head.value.constant";
	case COLUMN_TO: return "head.value.own";
	case COLUMN_DELTA: return "head.difference";
	default: return heads[c];
	}
}

static struct text probability(const struct phrases *p, double x)
{
	if (isnan(x))
		return span_of("–");
	if (x < 0.0001)
		return arena_format(p->arena, "< %.*s",
				    SPAN_ARG(number_shown(p->arena, 0.0001, 4, p->lang)));
	return number_shown(p->arena, x, 4, p->lang);
}

static struct text item_of(const struct phrases *p, const struct result_row *row)
{
	struct text name = row->item_name[p->lang];

	if (name.n == 0 || row->item_depth == 0)
		return name.n ? name : row->item;
	return arena_format(p->arena, "%.*s. %.*s", SPAN_ARG(row->item), SPAN_ARG(name));
}

static int decimals_of(const struct look *l, const struct result_row *row)
{
	if (l->of == DIFFERENCE_OF_SHARES)
		return 2;
	return isnan(row->delta_se) && l->decimals >= 0
		       ? l->decimals
		       : table_decimals(row->delta_se, row->estimate);
}

static struct text cell(const struct look *l, const struct result_row *row, enum column c)
{
	const struct phrases *p = l->p;
	double scale = l->of == DIFFERENCE_OF_SHARES ? 100 : 1;
	int decimals = decimals_of(l, row);

	switch (c) {
	case COLUMN_PROVINCE: return row->province_name;
	case COLUMN_DOMAIN: return row->domain;
	case COLUMN_AGAINST: return row->domain_from;
	case COLUMN_ITEM: return item_of(p, row);
	case COLUMN_FROM:
		return isnan(row->estimate_from)
			       ? span_of("–")
			       : number_shown(p->arena, row->estimate_from * scale, decimals,
					      p->lang);
	case COLUMN_TO:
		return isnan(row->estimate)
			       ? span_of("–")
			       : number_shown(p->arena, row->estimate * scale, decimals, p->lang);
	case COLUMN_DELTA:
		return isnan(row->delta)
			       ? span_of("–")
			       : number_signed(p->arena, row->delta * scale, decimals, p->lang);
	case COLUMN_INTERVAL:
		if (isnan(row->delta_low))
			return span_of("–");
		return PHRASE_FILL(
			p, "range.signed",
			{"low", number_signed(p->arena, row->delta_low * scale, decimals, p->lang)},
			{"high",
			 number_signed(p->arena, row->delta_high * scale, decimals, p->lang)});
	case COLUMN_P: return probability(p, row->p_adjusted);
	case COLUMN_VERDICT: return verdict_of(l, row);
	case COLUMN_SHARED:
		return isnan(row->units_shared) ? span_of("–")
						: arena_format(p->arena, "%.0f", row->units_shared);
	case COLUMN__COUNT: break;
	}
	return span_of("");
}

void table_difference(const struct phrases *p, const struct result *r, enum difference_of of,
		      int decimals, struct sheet *out)
{
	const struct look l = {.p = p, .of = of, .decimals = decimals};
	bool wanted[COLUMN__COUNT] = {false};

	*out = (struct sheet){.arena = p->arena};
	for (size_t i = 0; i < r->n; i++)
		for (size_t c = 0; c < COLUMN__COUNT; c++) {
			struct text s = cell(&l, &r->row[i], (enum column)c);

			wanted[c] = wanted[c] || (s.n && !span_is(s, "–")) || c == COLUMN_DELTA;
		}
	for (size_t c = 0; c < COLUMN__COUNT; c++)
		if (wanted[c])
			sheet_column(out, phrase(p, head_of(&l, r, (enum column)c)),
				     c >= COLUMN_FROM && c != COLUMN_VERDICT);
	for (size_t i = 0; i < r->n; i++) {
		struct text *at = sheet_row(out);

		for (size_t c = 0; c < COLUMN__COUNT; c++)
			if (wanted[c])
				*at++ = cell(&l, &r->row[i], (enum column)c);
	}
}
