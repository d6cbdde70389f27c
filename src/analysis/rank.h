/* rank.h -- ranks and groups of provinces within a year and an item.
 *
 * Competition ranking ("1224"): equal values share the best rank, on unrounded
 * values. A printed rank stands as printed, with the printed number of units. A
 * rank is computed only where the table is complete: every province standing in
 * that year is listed, with a value or as unpublished; the unpublished have no
 * rank and do not count. Quartile groups are cut behind rank
 * floor(k n / 4 + 1/2), k = 1, 2, 3 (16/16/15/16 for 63 units), in complete tables only; groups by
 * score are decided on the score rounded as it is printed. A printed group stands. Places within
 * groups by score (rank_in_group of n_in_group) are computed in complete tables where none is
 * printed: competition ranking of the unrounded values of the group.
 *
 * Where the rank of every row was computed and every ranked row has a standard error, rank_low
 * and rank_high are a confidence set of the rank (rankset); a row of 0 or 100 % stands there with
 * result_se. Published scores carry no error
 * and get none.
 *
 * Uses published, rankset and below. */
#ifndef ANALYSIS_RANK_H
#define ANALYSIS_RANK_H

#include "analysis/rankset.h"
#include "result/result.h"
#include "survey/survey.h"

/* rank_result: fills rank, n_ranked, group and its places of every row of `r` (sorted as
 * published_result). */
void rank_result(const struct survey *s, struct result *r);

/* rank_compute: competition ranks of rows with a value, whatever stood there. */
void rank_compute(struct result_row *row, size_t n);

/* How confidence sets are found; draws are made once for each number of units. */
struct rank_rule {
	enum rankset_method method;
	double level;
	size_t count; /* of draws */
	unsigned long seed;
	struct rank_drawn {
		size_t n;
		const struct rankset_draws *draws;
		struct rank_drawn *next;
	} * drawn; /* none at first */
};

/* rank_sets: the sets of the rows of one year and item, {0, 0} for rows without a rank.
 *   returns  false when there are none: a printed rank, a row without error, an incomplete table */
bool rank_sets(struct arena *a, const struct result_row *row, size_t n, struct rank_rule *rule,
	       double level, gsl_rng *rng, struct rankset *out);

/* rank_bounds: fills rank_low and rank_high of these rows, at the rule's level. */
void rank_bounds(struct arena *a, struct result_row *row, size_t n, struct rank_rule *rule,
		 gsl_rng *rng);

/* rank_whiskers: ci_low and ci_high of these rows become intervals for comparing them by overlap,
 * at `level` (rankset_whisker); rows without error are left alone. */
void rank_whiskers(struct arena *a, struct result_row *row, size_t n, double level);

/* rank_quartile_cut: the last rank of the k-th of four groups among n units, k = 1..4. */
size_t rank_quartile_cut(size_t n, size_t k);

/* rank_sort: orders rows for reading: by year, item, then rank; the unranked behind, by score, then
 *   by province. */
void rank_sort(struct result *r);

#endif
