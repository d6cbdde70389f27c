/* compare.h -- one province against its peers and the country, item by item.
 *
 * peer_median and peer_best are of the peers without the province; gap_median and
 * gap_best are the province minus them (negative = behind). rank_in_peers is its
 * place among the peers and itself, equal values sharing the best. Where a
 * table does not list every province there is no national median, and where it
 * does not list every peer nothing is said about peers.
 *
 * Uses rank, spread, peers and below. */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include "analysis/peers.h"
#include "result/result.h"

/* compare_result: the province's rows of a year out of the ranked result, with PART_COMPARE. */
void compare_result(struct arena *a, const struct result *all, long year,
		    const struct province *self, const struct peers *peers, int decimals,
		    struct result *out);

#endif
