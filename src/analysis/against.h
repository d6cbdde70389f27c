/* against.h -- provinces against the country, in years of answers.
 *
 * The difference of a province's estimate from the country's value, which counts as known: it is
 * made of the answers of all provinces, and its own error, less the part that it shares with the
 * province, is small beside the province's. t = difference / standard error, by the degrees of
 * freedom of the province's row. Families are told together, so p-values are adjusted after Holm; a
 * verdict is given only where the row's own interval leaves the country's value out as well, so
 * that no picture contradicts it.
 *
 * Not here: two groups of one sample (contrast, in cmd), changes (change).
 * Uses adjust, change. */
#ifndef ANALYSIS_AGAINST_H
#define ANALYSIS_AGAINST_H

#include "result/result.h"

/* against_items: a row for every item of a province. against_units: for every province of an item.
 *   Columns of PART_CHANGE: estimate_from is the country's value, delta the distance from it;
 * without a value, an error or a country's value there is no verdict. national  sorted as `all`;
 * NULL = none */
void against_items(struct arena *a, const struct result *all, const struct result *national,
		   long year, struct text province, struct result *out);
void against_units(struct arena *a, const struct result *all, const struct result *national,
		   long year, struct text item, struct result *out);

/* against_side: of an item and province in such a family: 1 above the country, -1 below, 0 not
 *   distinguishable, or without a verdict. */
int against_side(const struct result *family, struct text item, struct text province);

/* against_judged: rows with a verdict. */
size_t against_judged(const struct result *family);

#endif
