/* rows.h -- rows of a file kept in memory, for what needs them one by one: regression,
 * two-way tables, t tests.
 *
 * A domain is a mask over the rows (NULL = all); rows of weight 0 belong to none. Rows
 * outside a domain have no influence, but their sampling units still count in the design.
 *
 * Not here: what the influence values are (regress, crosstab, ttest), the variance itself
 * (linear).
 * Uses arena, frame, linear. */
#ifndef ESTIMATE_ROWS_H
#define ESTIMATE_ROWS_H

#include "base/arena.h"
#include "estimate/linear.h"

#include <stdbool.h>
#include <stddef.h>

#define ROWS_NONE ((size_t)-1)

struct rows {
	size_t n;
	const double *weight; /* not negative, not NaN */
	const size_t *leaf;   /* of the frame */
};

/* Leaves with members in a domain, in frame order. */
struct rows_leaves {
	struct leaves leaves;
	size_t *slot; /* of each row: its leaf's place in leaves; ROWS_NONE outside the domain */
};

/* rows_leaves: in the arena. */
void rows_leaves(struct arena *a, const struct frame *f, const struct rows *r, const bool *in,
		 struct rows_leaves *out);

/* rows_covariance: design covariance of k statistics from the influence values of the rows.
 *   z        r->n rows of k values, weight included; read only inside the domain
 *   v        gets k * k values
 *   lonely, returns  as linear_covariance */
bool rows_covariance(const struct linear *l, const struct rows *r, const double *z, const bool *in,
		     size_t k, double *v, size_t *lonely);

/* rows_df: degrees of freedom of a domain (linear_df). */
double rows_df(const struct linear *l, const struct rows *r, const bool *in);

#endif
