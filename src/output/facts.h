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
	double reference;           /* NaN when sign is 0 */
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
	struct text item, unit;
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

#endif
