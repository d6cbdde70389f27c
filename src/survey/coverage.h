/* coverage.h -- which provinces a file of answers has, in which spellings, and which are absent.
 *
 * With a list of provinces every spelling is matched with the one that counts for the year; what
 * is none of them is a place of its own. Without, spellings that fold alike are one place. A blank
 * cell is a place without a name.
 *
 * Not here: refusing what is unknown (waves).
 * Uses province, dict. */
#ifndef SURVEY_COVERAGE_H
#define SURVEY_COVERAGE_H

#include "base/dict.h"
#include "survey/province.h"

#define COVERAGE_PLACES 1000

struct coverage_place {
	const struct province *province; /* NULL = none of that year */
	struct text name;                /* the province's, else the first spelling */
	size_t rows, spellings;
	double weight;      /* sum; this and the next for the caller */
	double least, most; /* weights above 0; 0 = none */
};

struct coverage_spelling {
	struct text words;
	size_t place, rows, line; /* line of the first row */
};

struct coverage {
	struct arena *arena;
	const struct provinces *list; /* NULL = none */
	long year;
	struct dict *seen, *folded;
	size_t n, n_spellings, n_absent; /* places */
	struct coverage_place *place;
	struct coverage_spelling *spelling;
	const struct province **absent; /* after coverage_finish: of the list, not in the file */
};

void coverage_start(struct arena *a, const struct provinces *list, long year, struct coverage *out);

/* coverage_take: the place of a row. */
size_t coverage_take(struct coverage *c, struct text cell, size_t line);

/* coverage_finish: behind the last row. */
void coverage_finish(struct coverage *c);

/* coverage_code: the code of a place; its name when it is no province. */
struct text coverage_code(const struct coverage *c, size_t place);

#endif
