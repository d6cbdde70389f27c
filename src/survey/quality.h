/* quality.h -- what a file of answers is like: one pass that counts, and refuses nothing.
 *
 * Gathers what its parts count: columns (profile), ids and equal rows (repeats), blocks of
 * questions (straight), interviews (pace), weights, the sample's first stage (sampled), provinces
 * (coverage). With a codebook the file is read once; without one twice, for which columns are
 * answers of one kind is known only behind the first pass.
 *
 * Memory: about 200 bytes for each row (keys of ids and of equal rows, weight, duration), 100 kB
 * for each column, 8 bytes for each column and province.
 *
 * Columns of ids and times are found by their names when they are not given, and told as a note.
 * Equal rows have the same text in every column of a question, QUALITY_ANSWERS valid answers at
 * least, and not the same one everywhere (that is a straight line). Without a codebook questions
 * are the columns that are not used otherwise, do not begin with "_" or "meta/", and do not hold
 * another value in every row.
 *
 * Not here: problems with their places (answers), what is doubtful (doubts).
 * Uses the parts, csvin, codebook, design, guess. */
#ifndef SURVEY_QUALITY_H
#define SURVEY_QUALITY_H

#include "input/form.h"
#include "survey/coverage.h"
#include "survey/design.h"
#include "survey/guess.h"
#include "survey/pace.h"
#include "survey/profile.h"
#include "survey/repeats.h"
#include "survey/sampled.h"
#include "survey/straight.h"
#include "survey/weights.h"

#define QUALITY_ANSWERS 5
#define QUALITY_LEVELS 20 /* different values of a column without levels that are listed */

#define QUALITY_NO_COLUMN ((size_t)-1)

/* What is looked at. */
struct quality_order {
	const struct guesses *guesses; /* what names of columns say */
	const char *file;
	struct form_asked form; /* of the file, as far as it is given */
	struct design design;
	const struct codebook *book; /* NULL = none */
	struct text era;
	long year;                            /* 0 = not known */
	bool by_year;                         /* only rows of that year (role year) */
	const struct provinces *provinces;    /* NULL = names as they are written */
	const struct province *self;          /* only rows of this one; NULL = all */
	struct text id, begin, end, duration; /* columns; empty = looked for by name */
};

enum quality_use {
	QUALITY_QUESTION, /* of the codebook; without one whatever has no other use */
	QUALITY_DESIGN,
	QUALITY_ID,
	QUALITY_TIME,
	QUALITY_OTHER, /* not in the codebook */
	QUALITY_USE__COUNT
};

struct quality_column {
	struct profile profile;
	enum quality_use use;
	size_t n_missing; /* places so far */
	size_t *missing;  /* blank and coded cells, by place */
};

/* A block of questions: `of` holds the positions of its columns. */
struct quality_block {
	struct straight straight;
	const size_t *of;
};

struct quality {
	struct quality_order order;
	size_t rows; /* looked at */
	size_t n_columns;
	struct quality_column *column;                     /* in the order of the file */
	size_t id, begin, end, duration, weight, province; /* QUALITY_NO_COLUMN = none */
	size_t n_lacking;
	const struct question **lacking; /* questions of the year without a column */
	size_t n_blocks;
	struct quality_block *block;
	size_t blank_ids;
	struct repeats ids, same; /* ids: of all provinces, whatever `self` is */
	struct pace pace;
	struct weights weights;
	struct sampled sampled;
	struct coverage coverage;
};

/* quality_read: everything there is to count.
 *   fails  as csvin_read; a column that is not there; two columns of one name;
 *          DIAG_DATA: more than COVERAGE_PLACES provinces */
bool quality_read(struct arena *a, const struct quality_order *o, struct quality *out,
		  struct diag *why);

/* quality_use_name: the word for machines. */
const char *quality_use_name(enum quality_use u);

/* quality_counts: is the column that of a question whose answers are counted? Words are not;
 *   a column of the design is, when the codebook asks it. */
bool quality_counts(const struct quality_column *c);

/* quality_missing: cells without an answer, of all that such questions should have; by place, or
 *   QUALITY_NO_COLUMN of everybody. From 0 to 1; NaN without questions. */
double quality_missing(const struct quality *q, size_t place);

/* quality_timed: are there times? */
bool quality_timed(const struct quality *q);

#endif
