/* codebook.h -- the questionnaire: each question's column, its answers and what they count as.
 *
 * Read from codebook.csv: era, column, code, question_vi, question_en, kind, levels,
 * satisfied, missing, valid_min, valid_max. `era` may be absent; a row without era
 * holds for every era that has no row of its own. Levels stand in the order of the
 * file, "1=label|2=label"; a level without "=" is its own label. An optional column
 * `levels_en` gives English labels to levels of `levels`; others keep their label. `satisfied`
 * lists the levels that count ("4|5"), `missing` the codes that mean no answer ("888=refused"). A
 * value of the data is matched as text, or as a number: "4.0" is the level "4". Bounds are NaN
 * where they are not given. All problems of the file are added, with the place of the cell.
 *
 * Not here: answers (tally), which items make an index (structure), what to do with a
 * code that is neither level nor missing.
 * Uses table and below. */
#ifndef SURVEY_CODEBOOK_H
#define SURVEY_CODEBOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum question_kind {
	QUESTION_LIKERT,   /* levels in an order */
	QUESTION_YESNO,    /* two levels */
	QUESTION_SCORE,    /* a mark on a range */
	QUESTION_NUMBER,   /* a quantity */
	QUESTION_CATEGORY, /* levels without an order; any value when no level is listed */
	QUESTION_TEXT,     /* words, never counted */
	QUESTION__COUNT
};

struct level {
	struct text value;              /* as in the data: "1", "urban" */
	struct text label[LANG__COUNT]; /* Vietnamese in `levels`, English in `levels_en` */
	double number;                  /* NaN when the value is not a number */
	bool satisfied;
};

struct missing_code {
	struct text value, reason; /* the value itself when no reason is given */
};

struct question {
	struct text era, column, code;  /* era "" = every era */
	struct text words[LANG__COUNT]; /* of the other language, or the code, when not given */
	enum question_kind kind;
	size_t n_levels;
	struct level *level; /* in the order of the file */
	size_t n_satisfied;  /* 0 = it is not known which levels count */
	size_t n_missing;
	struct missing_code *missing;
	double valid_min, valid_max; /* both included */
	size_t order;                /* position in the file */
};

struct codebook {
	size_t n;
	struct question *at; /* in file order */
	const char *file;
};

/* codebook_read: the whole file.
 *   fails  as table_read; an unknown kind; a level, satisfied level or missing code twice; a
 *          satisfied level that is no level; a missing code that is a level or a valid number; a
 *          level outside the valid range; valid_min above valid_max; a column or code twice in an
 *          era; likert or yesno without levels, yesno without just two */
bool codebook_read(struct arena *a, const char *file, struct codebook *out, struct diag *why);

/* codebook_column, codebook_code: the question of that era with that column, or code: the era's own
 *   row before one for every era. NULL when there is none. */
const struct question *codebook_column(const struct codebook *c, struct text era,
				       struct text column);
const struct question *codebook_code(const struct codebook *c, struct text era, struct text code);

/* codebook_kind_name: as in the column `kind`. */
const char *codebook_kind_name(enum question_kind k);

/* question_level: the level that a value of the data stands for; NULL when it is none. */
const struct level *question_level(const struct question *q, struct text value);

/* question_missing: the missing code that a value of the data stands for; NULL when it is none. */
const struct missing_code *question_missing(const struct question *q, struct text value);

#endif
