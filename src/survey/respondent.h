/* respondent.h -- a row of a file of answers: what its cells mean by a plan.
 *
 * Not here: going through a file (answers, decode).
 * Uses csvin, scheme, meaning. */
#ifndef SURVEY_RESPONDENT_H
#define SURVEY_RESPONDENT_H

#include "input/csvin.h"
#include "survey/scheme.h"

#define RESPONDENT_NONE ((size_t)-1)

/* A value no question knows: how often, and where first. */
struct strange {
	size_t count;
	struct place at;
	const struct question *question;
};

/* Where a variable lies in the file. */
struct variable_at {
	size_t y, x;
};

/* What a file's columns are for, and what was found in the row at work. */
struct respondent {
	struct arena *arena;
	struct plan *plan;
	struct answers *out;
	size_t weight, only;
	size_t stratum[DESIGN_STRATA], unit[FRAME_STAGES], fpc[FRAME_STAGES];
	size_t *where, *factor, *number;
	const struct question **where_question;
	struct variable_at *variable;
	double *y, *x, *numbers;    /* of a row; NaN = missing */
	size_t *level, spelling;    /* by factor; NO_LEVEL = missing; spelling of factor 0 */
	struct dict *strange_index; /* by column and value */
	struct strange *strange;
	char *joined; /* name of a combined stratum */
	size_t joined_n, joined_size;
	const char *file; /* in the arena, for places that stay */
};

/* respondent_start: for the rows of one file. */
void respondent_start(struct arena *a, struct plan *p, const char *file, struct answers *out,
		      struct respondent *r);

/* respondent_header: finds the columns.
 *   fails  a column that is not there, or stands twice */
bool respondent_header(struct respondent *r, const struct csvin_row *header, struct diag *why);

/* respondent_elsewhere: is the row of another year? Adds an error when no year is. */
bool respondent_elsewhere(const struct respondent *r, const struct csvin_row *row,
			  struct diag *why);

/* respondent_factors, respondent_variables: fill level; y and x. What the codebook does not know is
 *   counted, as missing, for respondent_tell. */
void respondent_factors(struct respondent *r, const struct csvin_row *row);
void respondent_variables(struct respondent *r, const struct csvin_row *row);
void respondent_tell(const struct respondent *r, struct diag *why);

/* respondent_numbers: fills numbers. */
void respondent_numbers(struct respondent *r, const struct csvin_row *row, struct diag *why);

/* respondent_weight: 1 without a column.
 *   fails  missing, no number, not above 0 */
bool respondent_weight(struct respondent *r, const struct csvin_row *row, double *weight,
		       struct diag *why);

/* respondent_names: what the row says of every stage of the design; a name of a combined stratum is
 *   lent until the next call.
 *   fails  a blank cell, a count that is none */
bool respondent_names(struct respondent *r, const struct csvin_row *row, struct frame_name *names,
		      struct diag *why);

/* respondent_selected: does the row meet all conditions? respondent_meets: a cell (NFC) one of
 * them? */
bool respondent_selected(struct respondent *r, const struct csvin_row *row);
bool respondent_meets(const struct respondent *r, size_t condition, struct text cell);

/* respondent_question: what the column of a condition asks, whose missing codes meet no condition;
 *   NULL when no question is known. */
const struct question *respondent_question(const struct plan *p, struct text column);

/* respondent_blank: is the cell empty, or without a codebook NA or "."? */
bool respondent_blank(const struct plan *p, struct text cell);

/* respondent_value: what a cell that is not blank means for a variable: y, NaN = missing, infinite
 * = unknown. Remembers the spelling. */
double respondent_value(struct respondent *r, struct variable *v, struct text cell);

#endif
