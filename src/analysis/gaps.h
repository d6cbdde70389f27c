/* gaps.h -- points that a province lost: by criterion, by domain, by responsible agency.
 *
 * lost_points = max_points - final_points; share_of_loss is its part of all that was lost (of 1)
 * and cumulative_share runs from the largest loss on (Pareto). appraisal_gap is appraised minus
 * self score. estimate is final_points. A criterion without a score has FLAG_UNPUBLISHED and no
 * loss; every sum over it, and every share while one is missing, is NaN, and `reason` says so.
 *
 * Agencies stand in the criteria file; for a blank cell the leads of agencies.csv with the longest
 * code that holds the criterion are taken, and `method` is "criteria+agencies". Points of several
 * agencies count for the first, or in equal parts for all (`split`).
 *
 * potential_rank: the rank the province would have with the row's points regained, all others as
 * published. Where the year's table does not list everyone, potential_low (best) and
 * potential_high (worst) bound it by what is printed of the others, scores and ranks.
 *
 * Not here: expectation gaps of answers (gap), reading of files (criteria).
 * Uses criteria, published and below. */
#ifndef ANALYSIS_GAPS_H
#define ANALYSIS_GAPS_H

#include "result/result.h"
#include "survey/criteria.h"
#include "survey/survey.h"
#include "survey/targets.h"

enum gaps_by { GAPS_CRITERION, GAPS_DOMAIN, GAPS_AGENCY };

struct gaps_order {
	const struct survey *survey;
	const struct criteria *criteria;
	const struct targets *targets; /* may be NULL */
	const struct result *all;      /* ranked; for the potential rank */
	const struct province *self;
	long year;
	bool split; /* criteria of several agencies in equal parts */
};

/* gaps_of_scores: the items of structure.csv with their maxima, each as deep as scores of the
 *   province are listed, as criteria.
 *   fails  DIAG_DATA: a year of answers, a tree that is not summed, a leaf without a maximum,
 *          nothing listed for the province */
bool gaps_of_scores(struct arena *a, const struct survey *s, const struct result *all,
		    const struct province *self, long year, struct criteria *out, struct diag *why);

/* gaps_result: rows with PART_GAPS, the largest loss first, those without a score last. `item` is
 *   the code of the criterion or domain; by agency it is `total` and `domain` "agency=NAME". */
void gaps_result(struct arena *a, const struct gaps_order *o, enum gaps_by by, struct result *out);

/* gaps_total: all criteria together; item `total`. */
struct result_row gaps_total(struct arena *a, const struct gaps_order *o);

/* gaps_check: warns where domains or the total contradict structure.csv's maxima or the published
 *   total. */
void gaps_check(struct arena *a, const struct gaps_order *o, struct diag *why);

#endif
