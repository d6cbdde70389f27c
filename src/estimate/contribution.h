/* contribution.h -- what the parts of an index gave to its change between two years.
 *
 * An index P that is a weighted mean or sum of its parts, P = sum w_j m_j, changes by
 *   c_j = w2_j m2_j - w1_j m1_j - (P1 + P2)/2 (w2_j - w1_j)
 * through part j: with fixed weights w_j (m2_j - m1_j). Pooled items have the weights
 * w_j = (sum of weights of answers to j) / (of answers to all), which move from year to year: the
 * last term counts a part that is answered more often as a gain only where it lies above the
 * index. The c_j add up to P2 - P1 exactly. Each has one variance of its influence values, the
 * weights' and the index's included, with the covariance of shared units (overlap).
 *
 * Geometric and harmonic means have no such sum and are refused.
 *
 * Uses index, overlap. */
#ifndef ESTIMATE_CONTRIBUTION_H
#define ESTIMATE_CONTRIBUTION_H

#include "estimate/index.h"

/* Two years, a group of each entered. */
struct contribution_years {
	struct index_groups *from, *to;
	struct overlap *shared;
	enum overlap_method method;
};

struct contribution {
	const struct item *part;       /* of the later year */
	double from, to;               /* its values; NaN = missing */
	double weight_from, weight_to; /* in the index */
	double amount;                 /* c_j; NaN where a value is missing */
	struct overlap_pair pair;      /* of c_j */
};

/* contribution_find: of an item, by its positions in the structure; *n parts.
 *   returns  NULL, and why in *reason, when the item has no parts, is no sum of them, or has other
 *            parts in the two years */
struct contribution *contribution_find(struct arena *a, const struct contribution_years *y,
				       size_t from, size_t to, size_t *n, const char **reason);

#endif
