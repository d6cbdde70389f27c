/* simulate.h -- a survey folder of simulated answers with known truth, made after a real survey.
 *
 * Files, as texts: survey.csv (kind `answers`, a column `simulated`, titles marked),
 * structure.csv, codebook.csv, comparability.csv, groups.csv and agencies.csv (of the eras
 * that are used, as far as the real survey has them), design.csv, answers_YEAR.csv,
 * truth.csv (year, province, code, rate; a blank province is the nation) and SOURCE.md.
 * Equal options and seed give equal bytes.
 *
 * Not here: writing to disk (cmd).
 * Uses respond and below. */
#ifndef SURVEY_SIMULATE_H
#define SURVEY_SIMULATE_H

#include "survey/respond.h"

struct simulation {
	const char *share;  /* for the provinces */
	const char *folder; /* of the real survey */
	const long *year;   /* none = every year whose answers can be simulated */
	size_t n_years;
	struct sampling sampling;
	const char *rates;  /* file of true rates, or NULL */
	unsigned long seed; /* of `random`; only to be told */
};

/* simulate_write_fn: takes a finished file; its bytes live in the arena. */
typedef bool simulate_write_fn(void *context, const char *name, struct text bytes,
			       struct diag *why);

/* simulate_survey: every file of the folder goes to `write`.
 *   fails  as blueprint_read, truth_draw, `write`; DIAG_USAGE fewer villages than strata, a
 *          sampling outside its ranges */
bool simulate_survey(struct arena *a, const struct simulation *s, gsl_rng *random,
		     simulate_write_fn *write, void *context, struct diag *why);

#endif
