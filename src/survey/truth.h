/* truth.h -- the true rates of a simulated survey, which its estimates can be held against.
 *
 * For every year, province and rated item: the share of the whole population that is
 * satisfied, 0 to 1. Drawn around the national rates of the blueprint (on the logit
 * scale: a province's level, which persists from year to year, a part for each block of
 * items, an item's own part), so that the national rate of the items below a code equals
 * the one stated; rounded to four decimals. A file of rates replaces what it names.
 * What is not stated is drawn around 0.83 with a spread of 0.03.
 *
 * The rate above items is pooled over the answers expected, so that people who are not
 * asked a block do not count there; the nation's is weighted by people.
 *
 * Not here: people and their answers (respond).
 * Uses blueprint and below, GSL's random numbers. */
#ifndef SURVEY_TRUTH_H
#define SURVEY_TRUTH_H

#include "survey/blueprint.h"

#include <gsl/gsl_rng.h>

#define TRUTH_NATION ((size_t)-1)

struct truth_wave {
	double *rate;   /* by province (position in provinces.at) and rated item; NaN = does not
			   stand that year */
	double *people; /* by province; invented */
};

struct truth {
	const struct blueprint *blueprint;
	struct truth_wave *wave; /* as the blueprint's */
};

/* truth_draw: all years.
 *   rates  a file with year, province, code, rate, or NULL. Rows without a province, of a code
 *          above items and of years that are not simulated are passed over.
 *   fails  as table_read; an unknown province or code, a rate outside 0 to 1, a row twice */
bool truth_draw(struct arena *a, const struct blueprint *b, const char *rates, gsl_rng *random,
		struct truth *out, struct diag *why);

/* truth_rate: of an item, or pooled over the rated items below it; of one province, or
 *   TRUTH_NATION. NaN when nothing is rated there. */
double truth_rate(const struct truth *t, size_t wave, size_t province, const struct item *item);

#endif
