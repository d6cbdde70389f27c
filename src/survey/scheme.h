/* scheme.h -- what is counted of a file of answers, and what a row is once it is decoded.
 *
 * A plan names the design, what is counted of every row (variables), the columns whose values make
 * groups (factors) and the sets of groups wanted (margins).
 *
 * Not here: functions.
 * Uses codebook, design, where, frame, join. */
#ifndef SURVEY_SCHEME_H
#define SURVEY_SCHEME_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/dict.h"
#include "survey/codebook.h"
#include "survey/design.h"
#include "survey/frame.h"
#include "survey/join.h"
#include "survey/manner.h"
#include "survey/where.h"

#include <stdbool.h>
#include <stddef.h>

enum variable_kind {
	VARIABLE_NUMBER,     /* y = the value */
	VARIABLE_PAIR,       /* y and x, both present */
	VARIABLE_SHARE,      /* y = 1 when the value is one of `counting`, else 0 */
	VARIABLE_LEVELS,     /* y = index of the level */
	VARIABLE_UNANSWERED, /* y = 1 of a listed missing code, 0 of an answer; a blank was not
				asked */
};

/* Each different text of a column and what it stands for, so that it is looked up once. */
struct spellings {
	struct dict *seen;
	double *value;
};

/* What is counted of a row. */
struct variable {
	enum variable_kind kind;
	struct text column, over; /* of the file; over only for VARIABLE_PAIR */
	const struct question *question, *over_question; /* NULL without a codebook */
	size_t n_counting;
	const struct text *counting; /* VARIABLE_SHARE */
	struct dict *levels;         /* VARIABLE_LEVELS: those of the codebook, then those met */
	bool *met;                   /* VARIABLE_SHARE: which of `counting` occurred */
	struct spellings spellings;
};

/* A column whose values are groups. */
struct factor {
	struct text column;
	const struct question *question; /* NULL without a codebook */
	struct dict *levels;             /* values met */
	struct place *at;                /* where each was met first */
	struct spellings spellings;
};

#define MARGIN_FACTORS 8

/* Groups by the combinations of some factors; none = everybody. */
struct margin {
	size_t n, factor[MARGIN_FACTORS];
};

struct cell {
	size_t margin;
	size_t level[MARGIN_FACTORS]; /* of the margin's factors */
};

struct cells {
	struct dict *index; /* by margin and levels */
	struct cell *at;    /* index->n of them */
};

#define NO_LEVEL ((size_t)-1)

struct plan {
	struct design design;
	struct where where;
	struct text only_column, only_value; /* rows with another value are of another year, */
	size_t n_known;
	const struct text *known;    /* one of these (any other, when none are listed) */
	bool collapse;               /* join strata of one unit (frame_collapse) */
	struct join *join;           /* NULL; else provinces of factor 0 are brought together */
	bool province_first;         /* factor 0 is the province: no part of a group's words */
	bool codebook;               /* missing values and levels as questions say */
	const struct codebook *book; /* of columns that only conditions name; may be NULL */
	struct text era;
	size_t n_variables, n_factors, n_margins, n_numbers;
	struct variable *variable;
	struct factor *factor;
	struct margin *margin;
	struct text *number; /* columns of numbers kept as they are: replicate weights */
	struct reading reading;
	bool by_part; /* tallies keep all sums of every part */
	bool partial; /* the answers may be a part of all: nobody of them may have a level that
			 counts */
};

/* A decoded row; lent for the time of a call. */
struct answer {
	double weight;
	size_t leaf;
	bool selected;        /* meets the conditions */
	const double *y, *x;  /* by variable; NaN = missing */
	const size_t *factor; /* level by factor; NO_LEVEL = missing */
	const size_t *cell;   /* by margin; NO_LEVEL = in no group */
	const double *number;
};

typedef void answer_fn(void *sink, const struct answer *row);

/* What reading found out, besides the rows. */
struct answers {
	struct frame frame;
	struct cells cells;
	size_t rows, selected;
	double weight_sum, weight_square_sum;
};

#endif
