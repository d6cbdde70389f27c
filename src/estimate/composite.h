/* composite.h -- a composite index of the means of several questions, with its error.
 *
 *   s_j = low + (high - low) (m_j - min_j) / (max_j - min_j); (max_j - m_j) where less is better
 *   I   = the weighted power mean of the s_j (powermean)
 * m_j is the weighted mean of the valid answers to question j in the group. The bounds are
 * fixed, so I is a smooth function of means, and the influence of a row on it is
 *   z_i = sum_j dI/ds_j ds_j/dm_j w_i (y_ij - m_j) / W_j
 * and its variance one variance of z: answers of one person, and of one village, to
 * different questions correlate, and that is in it. With replicate weights means, scores and
 * index are computed anew for each replicate.
 *
 * Not here: indices of survey folders (index), of tables (compound).
 * Uses rowwise, powermean and below. */
#ifndef ESTIMATE_COMPOSITE_H
#define ESTIMATE_COMPOSITE_H

#include "estimate/rowwise.h"

struct composite_part {
	double min, max, weight;
	bool down; /* less is better */
};

struct composite_rule {
	const struct composite_part *part; /* of each variable of the plan, all VARIABLE_NUMBER */
	double low, high;
	double power, threshold; /* as in powermean */
	struct text name;        /* of the mean, for the method */
};

/* composite_result: appends for every group a row `total` and one for each question (its score),
 *   stat `index`. n counts rows with a valid answer (to any of the questions); a group keeps the
 *   whole design, and its degrees of freedom are those of its rows with an answer. */
void composite_result(struct arena *a, const struct rowwise *r, const struct composite_rule *rule,
		      const struct estimate_options *o, struct result *out);

#endif
