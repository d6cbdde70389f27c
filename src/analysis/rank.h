/* rank.h -- ranks and groups of provinces within a year and an item.
 *
 * Competition ranking ("1224"): equal values share the best rank, on unrounded
 * values. A printed rank stands as printed, with the printed number of units. A
 * rank is computed only where the table is complete: every province standing in
 * that year is listed, with a value or as unpublished; the unpublished have no
 * rank and do not count. Quartile groups are cut behind rank
 * floor(k n / 4 + 1/2), k = 1, 2, 3 (16/16/15/16 for 63 units), in complete tables only; groups by
 * score are decided on the score rounded as it is printed.
 *
 * Where every ranked row has a standard error, rank_low and rank_high are the simultaneous
 * confidence set of the ranks of Klein, Wright and Wieczorek (2020), at the rows' level:
 * valid without simulation, and wide. Published scores carry no error and get none.
 *
 * Uses published and below. */
#ifndef ANALYSIS_RANK_H
#define ANALYSIS_RANK_H

#include "result/result.h"
#include "survey/survey.h"

/* rank_result: fills rank, n_ranked and group of every row of `r` (sorted as published_result). */
void rank_result(const struct survey *s, struct result *r);

/* rank_quartile_cut: the last rank of the k-th of four groups among n units, k = 1..4. */
size_t rank_quartile_cut(size_t n, size_t k);

/* rank_sort: orders rows for reading: by year, item, then rank; the unranked behind, by score, then
 *   by province. */
void rank_sort(struct result *r);

#endif
