/* facts.h -- what a chart says, joins and shows, recorded while it is made, so that it can be
 * checked by others than by whoever made it (lint).
 *
 * Uses result, survey, phrases. */
#ifndef OUTPUT_FACTS_H
#define OUTPUT_FACTS_H

#include "output/phrases.h"
#include "result/result.h"
#include "survey/survey.h"

/* What a title says of one figure. */
struct fact_claim {
	struct text about; /* code of the item */
	int sign;          /* 1 above the reference, -1 below; 0 neither: the figure itself */
	double estimate, low, high; /* low and high: what it rests on; NaN without error */
	double reference;           /* not looked at when sign is 0 */
};

/* How two years are brought together. */
enum fact_form {
	FACT_LINE,
	FACT_DASH,
	FACT_TOLD /* arrow, difference or area: a reason for care stands in the words */
};

struct fact_join {
	struct text item, unit; /* codes; unit "" = the country, or all units */
	long from, to;
	enum fact_form form;
};

/* An estimate that is shown. */
struct fact_count {
	struct text item, unit; /* code, name */
	long year;
	double n; /* answers */
	unsigned flags;
};

struct facts {
	struct arena *arena;
	const struct survey *survey;
	const struct phrases *phrases;
	const struct result *all;
	long year;
	struct text item;
	bool said; /* what the title claims has been recorded, even if nothing */
	size_t claims, joins, counts, units;
	struct fact_claim *claim;
	struct fact_join *join;
	struct fact_count *count;
	struct text *unit; /* codes of the units drawn of the year, as often as they are */
	bool map;         /* every unit that stands has its place, whether it has a figure or not */
	bool bars;        /* lengths stand for values */
	double bars_from; /* value where they begin */
};

/* facts_no_claim: of the title; a claim may still follow. facts_claim adds one. */
void facts_no_claim(struct facts *f);
void facts_claim(struct facts *f, struct fact_claim claim);

/* facts_side_claim: the row's estimate lies on that side of the reference.
 * facts_change_claim: the row's change (PART_CHANGE) is a rise (1) or a fall (-1). */
void facts_side_claim(struct facts *f, const struct result_row *row, int sign, double reference);
void facts_change_claim(struct facts *f, const struct result_row *row, int sign);

/* facts_drawn: a row that has a mark or a number of its own: its unit, when it is of the chart's
 *   year, and the answers behind it. facts_unit and facts_count: one of both alone. */
void facts_drawn(struct facts *f, const struct result_row *row);
void facts_unit(struct facts *f, struct text code);
void facts_count(struct facts *f, const struct result_row *row);

/* facts_join: two years that are brought together. facts_change_drawn: a row set against
 *   its earlier year: both are drawn, and joined when the row has a change. */
void facts_join(struct facts *f, struct fact_join join);
void facts_change_drawn(struct facts *f, const struct result_row *row, enum fact_form form);

/* facts_bars: lengths stand for values and begin at `from`. */
void facts_bars(struct facts *f, double from);

#endif
