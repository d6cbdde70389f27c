/* join.h -- provinces of a file of answers brought together as units of a map.
 *
 * Respondents of the parts of a whole are pooled. With populations their weights are rescaled, so
 * that the sums of weights in the parts stand as their people do, and the whole keeps its sum;
 * without, the weights stay as they are. Strata and sampling units keep their identity, so the
 * variance is that of the design. The file is read twice: for the sums, then with the scales.
 *
 * Not here: reading (answers), what is said of the wholes (merge).
 * Uses mapping, dict. */
#ifndef SURVEY_JOIN_H
#define SURVEY_JOIN_H

#include "base/dict.h"
#include "survey/mapping.h"

struct join {
	struct arena *arena;
	const struct mapping *mapping;
	long year;
	size_t n;                     /* spellings met in this pass */
	const struct province **unit; /* by spelling; NULL: the year does not know it */
	struct text *spelling;        /* NFC */
	double *sum;   /* by position in mapping->dated: of the weights in the file */
	double *scale; /* likewise, what multiplies them; NULL while they are summed */
};

/* join_new: NULL when the year's units are those of the map. */
struct join *join_new(struct arena *a, const struct mapping *m, long year);

/* join_level: the group of a spelling met for the first time: the code of its unit of the map,
 *   added to `levels`. A spelling that the year does not know, or a second one of a province,
 *   stands for itself, to be refused with its place. */
double join_level(struct join *j, struct dict *levels, size_t spelling, struct text cell);

/* join_weight: of a row: summed in the first pass, scaled in the second. */
double join_weight(struct join *j, size_t spelling, double weight);

/* join_turn: behind the first pass: from sums to scales. */
void join_turn(struct join *j);

/* join_wholes: the units of the map with their parts, weighed by people, else by the sums in the
 *   file; a part that the file does not have has a sum of 0. */
struct mapping_whole *join_wholes(struct arena *a, const struct join *j);

/* join_sum: of the weights of a part in the file; 0 when it has none of it. */
double join_sum(const struct join *j, const struct province *unit);

#endif
