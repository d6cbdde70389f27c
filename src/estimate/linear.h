/* linear.h -- variance of a total of influence values under the sampling design: Taylor
 * linearisation.
 *
 * V(z) of a stratified multi-stage design, drawn without replacement where a stratum
 * knows its population and with replacement elsewhere; a later stage counts only under
 * a population at the stage before (ultimate cluster otherwise):
 *   V = sum_h (1-f_h) n_h/(n_h-1) sum_i (t_hi - mean_h t)^2 + sum_h sum_i f_h V_i
 * n_h are the units of the whole design: units without a value count as totals of 0.
 * (Saerndal, Swensson and Wretman 1992; as R survey 4.5.)
 *
 * Not here: what the influence values are (statistic), intervals (interval).
 * Uses arena, frame. */
#ifndef ESTIMATE_LINEAR_H
#define ESTIMATE_LINEAR_H

#include "base/arena.h"
#include "survey/frame.h"

#include <stdbool.h>
#include <stddef.h>

/* What a stratum does from which only one unit was drawn (and not all units were). */
enum lonely {
	LONELY_FAIL,      /* no variance */
	LONELY_REMOVE,    /* contributes nothing */
	LONELY_CERTAINTY, /* contributes nothing: it was certain to be drawn */
	LONELY_ADJUST,    /* its total is set against the mean of all units' totals */
	LONELY_AVERAGE,   /* contributes the mean of the other strata */
	LONELY_COLLAPSE,  /* was joined with another when the file was read (frame_collapse) */
	LONELY__COUNT
};

/* What a stratum does in which a domain has members in one unit only, although more were drawn. */
enum domain_lonely {
	DOMAIN_LONELY_NONE,    /* the formula as it stands */
	DOMAIN_LONELY_ADJUST,  /* as LONELY_ADJUST */
	DOMAIN_LONELY_AVERAGE, /* as LONELY_AVERAGE */
	DOMAIN_LONELY__COUNT
};

struct linear {
	const struct frame *frame; /* finished */
	enum lonely lonely;
	enum domain_lonely domain_lonely;
};

/* Influence totals of leaves that have any, k values each, and what is known of them. */
struct leaves {
	size_t n;
	const size_t *leaf; /* ascending in frame order (see leaves_sort); none twice */
};

/* linear_covariance: V(z_a, z_b) of k influence values over one set of leaves.
 *   z        leaves->n rows of k values, row by row
 *   v        gets k * k values
 *   lonely   (may be NULL) gets the number of strata with one unit that have members here
 *   returns  false when LONELY_FAIL met such a stratum; v is then NaN */
bool linear_covariance(const struct linear *l, const struct leaves *leaves, const double *z,
		       size_t k, double *v, size_t *lonely);

/* linear_variances: the k variances alone, each the same as of one at a time.
 *   v  gets k values */
bool linear_variances(const struct linear *l, const struct leaves *leaves, const double *z,
		      size_t k, double *v, size_t *lonely);

/* linear_df: degrees of freedom of a domain: first-stage units with members minus first-stage
 * strata with members. */
double linear_df(const struct frame *f, const struct leaves *leaves);

/* linear_design_df: of the whole design. */
double linear_design_df(const struct frame *f);

#endif
