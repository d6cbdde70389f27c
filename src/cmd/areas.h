/* areas.h -- the areas of a small-area model: direct estimates and predictors.
 *
 * They come from one table (a row for each area), or from a survey, whose provinces are estimated
 * from the answers, and a table of predictors beside it. Columns are found by name:
 *
 *   province, province_name or name, area   which area; at least one, together once
 *   estimate, y or direct                   direct estimate; blank = none
 *   se, or variance or vardir               its error
 *   n, n_eff, deff, population              where known
 *
 * A table beside a survey has province (code or name in any spelling) or one of the other names,
 * the predictors and, where wanted, population; a province of it without answers has no direct
 * estimate. What stands in the columns of --with is never guessed: a blank is an error.
 *
 * Not here: smoothing and the model (estimate/).
 * Uses gather, load. */
#ifndef CMD_AREAS_H
#define CMD_AREAS_H

#include "cmd/load.h"

struct areas {
	size_t m, p;                 /* areas; predictors, the first is the constant */
	struct result_row *row;      /* m: names, and the direct estimate with se, n, n_eff, deff */
	struct place *at;            /* m: where its error, or the area, stands; for messages */
	struct text *name;           /* m, for messages */
	struct text *column;         /* p */
	double *psi;                 /* m sampling variances; NaN = missing */
	double *x, *population;      /* m * p; m, NaN = not given */
	double low, range;           /* of shares, as 0 and 100; NaN: no shares, or not said */
	double national;             /* direct estimate of the country; NaN */
	bool survey;                 /* from answers */
	struct loaded loaded;        /* when it is */
	const struct province *only; /* --province; NULL = all */
};

/* areas_table: from the table named on the command line.
 *   fails  DIAG_USAGE: --with is missing; DIAG_DATA with place: columns missing or twice, cells
 * that are no numbers, negative errors, blanks among predictors, an area twice */
bool areas_table(struct session *s, struct areas *out, struct diag *why);

/* areas_survey: from the survey named on the command line, --year, --item and --auxiliary.
 *   fails  as gather, index, and the table; a province that is not known, or that is missing in
 *          the table although it has answers */
bool areas_survey(struct session *s, struct areas *out, struct diag *why);

#endif
