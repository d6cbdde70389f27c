/* waves.h -- the answers of one year of a survey, read and summed.
 *
 * The design is that of design.csv; without a stratum the provinces are the strata. The
 * units of every year are its own. Factor 0 is the province, when the design has one.
 *
 * Under a mapping the provinces of a year are those of its map (join).
 *
 * Not here: what is counted (the caller's variables), estimates.
 * Uses survey, tally, columns. */
#ifndef SURVEY_WAVES_H
#define SURVEY_WAVES_H

#include "survey/columns.h"
#include "survey/survey.h"
#include "survey/slots.h"

struct wave_answers {
	const struct survey *survey;
	const struct wave *wave;
	struct plan plan;
	struct answers answers;
	struct tally tally;               /* unless rows were asked for */
	struct columns columns;           /* when rows were asked for */
	const struct province **province; /* by level of factor 0; NULL without one */
};

/* waves_plan: the plan of a year without variables and margins.
 *   fails  DIAG_USAGE when the year has no answers */
bool waves_plan(struct arena *a, const struct survey *s, const struct wave *w,
		struct wave_answers *out, struct diag *why);

/* waves_file: the path of the year's file. */
const char *waves_file(struct arena *a, const struct wave_answers *w);

/* waves_factor: the number of a factor by column or code of a question, added when it is new. */
size_t waves_factor(struct arena *a, struct wave_answers *w, struct text name);

/* waves_margin: adds the groups by some factors; gives its number. */
size_t waves_margin(struct arena *a, struct wave_answers *w, const size_t *factor, size_t n);

/* waves_read: reads the file into the tally, or the rows into columns.
 *   fails  as answers_read; a province that the year does not know, or that is written in two
 *          ways, with its place */
bool waves_read(struct arena *a, struct wave_answers *w, bool rows, struct diag *why);

/* waves_provinces: who the levels of factor 0 are; waves_read does so. Without a province in the
 * design nothing. fails  as waves_read */
bool waves_provinces(struct arena *a, struct wave_answers *w, struct diag *why);

#endif
