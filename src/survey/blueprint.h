/* blueprint.h -- what a simulated survey is made after: the questions of a real one, and how its
 * people tend to answer.
 *
 * From the folder of the real survey: survey.csv (which era a year belongs to),
 * structure.csv, codebook.csv. From its folder simulate/, all optional:
 *   national.csv  year, code, rate, spread, skip: the rate (0 to 1) of an item or of all
 *                 items below a code, the standard deviation of the provinces around it,
 *                 the share of people who are not asked those items
 *   shares.csv    era, column, level, then a column for each stratum: how often a level of
 *                 a question is chosen; a blank era means every era, "q1_*" every column that
 *                 begins so; the row without a column is the strata's share of the people.
 *                 When the file is there, questions that it does not list are left out
 *   missing.csv   value, reason, share: codes of missing answers, for questions that have
 *                 none of their own; what is left of 1 is blank
 *   codebook.csv  questions to be added to eras that lack their column
 * A rated item is a leaf of the structure whose question has some levels that count as
 * satisfied and some that do not.
 *
 * Not here: random draws (truth, respond), files (simulate).
 * Uses codebook, structure, province, catalog, table and below. */
#ifndef SURVEY_BLUEPRINT_H
#define SURVEY_BLUEPRINT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/table.h"
#include "survey/codebook.h"
#include "survey/province.h"
#include "survey/structure.h"

#include <stdbool.h>
#include <stddef.h>

#define BLUEPRINT_STRATA 8

/* A row of national.csv; NaN where it says nothing. */
struct national {
	long year;
	struct text code;
	double rate, spread, skip;
};

struct rated {
	const struct item *item;
	const struct question *question;
	const struct national *rate, *skip; /* of the nearest code above; NULL = not stated */
};

/* Another question that is asked. */
struct asked {
	const struct question *question;
	double *share; /* by stratum and level; those of a stratum add to 1 */
};

struct blueprint_wave {
	long year;
	struct text era;
	size_t row;       /* of survey.csv */
	size_t era_order; /* position among the eras of survey.csv */
	size_t n_rated, n_asked;
	struct rated *rated;
	struct asked *asked;
};

struct coded { /* a row of missing.csv */
	struct text value, reason;
	double share;
};

struct blueprint {
	const char *folder;
	struct table survey;
	struct provinces provinces;
	struct structure structure;
	struct codebook codebook, added;
	struct table codebook_rows, added_rows; /* as `order` of their questions counts */
	size_t n_eras;
	struct text *era; /* of survey.csv, in order of time */
	size_t n_strata;
	struct text stratum[BLUEPRINT_STRATA];
	double stratum_share[BLUEPRINT_STRATA]; /* of the people */
	struct text stratum_column; /* the question whose levels are the strata, or a name */
	size_t n_national, n_missing;
	struct national *national;
	struct coded *missing;
	size_t n_waves;
	struct blueprint_wave *wave; /* ascending by year */
};

/* blueprint_read: the survey at `folder` and what of it is asked in the years given (none = every
 *   year that can be).
 *   fails  as the readers of the parts; DIAG_USAGE a year the survey has not, or without a rated
 *          item; DIAG_DATA a share below 0 or above 1, an unknown level, no rated item at all */
bool blueprint_read(struct arena *a, const char *share, const char *folder, const long *years,
		    size_t n_years, struct blueprint *out, struct diag *why);

/* blueprint_question: the question of a column in an era, its own or one added; NULL = none. */
const struct question *blueprint_question(const struct blueprint *b, struct text era,
					  struct text column);

#endif
