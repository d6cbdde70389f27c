/* published.h -- published scores as results: printed values, and sums of them.
 *
 * An item's value is the one printed for it; where none is printed and its tree
 * says `sum`, it is the sum of its children, if all of them are there. The sum
 * is taken in decimal (the scores as whole numbers of their last digit), so equal
 * totals are equal. Published scores carry no sampling error: se is NaN.
 *
 * Not here: ranks (rank).
 * Uses survey, result and below. */
#ifndef ANALYSIS_PUBLISHED_H
#define ANALYSIS_PUBLISHED_H

#include "result/result.h"
#include "survey/survey.h"

/* published_result: every year, item and listed province of the survey, sorted by year, item,
 *   province code. A province that the file lists without a value gets a row with FLAG_UNPUBLISHED;
 *   one that the file does not list gets none. rank is the printed one where there is one. */
void published_result(struct arena *a, const struct survey *s, struct result *out);

#endif
