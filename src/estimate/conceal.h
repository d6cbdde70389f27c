/* conceal.h -- complementary suppression of a result whose rows add up by groups.
 *
 * Groups that differ in their last factor only add up to a group that may be shown
 * elsewhere. Where exactly one of them is hidden, it could be computed from the others: the
 * smallest of those goes with it (suppress_complement). Where the last factor is the
 * province nothing is done: the country's figure does not follow from 63 of them in a report.
 *
 * Not here: which numbers are hidden in the first place (suppress).
 * Uses answers, suppress, result. */
#ifndef ESTIMATE_CONCEAL_H
#define ESTIMATE_CONCEAL_H

#include "base/arena.h"
#include "result/result.h"
#include "survey/answers.h"

/* conceal_rows: of n rows that add up to a whole: when just one of those with answers is hidden,
 * the smallest of the others too. */
void conceal_rows(struct arena *a, struct result_row *const *row, size_t n);

/* conceal_partners: in rows up to the last that stand group by group, as many for each, the
 *   groups those of a margin in the order of `cells`.
 *   first  the first of these rows in the result */
void conceal_partners(struct arena *a, const struct plan *p, const struct cells *cells,
		      size_t margin, size_t first, struct result *r);

#endif
