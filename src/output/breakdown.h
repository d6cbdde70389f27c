/* breakdown.h -- one item of a province by groups of people, as the chart of groups takes it.
 *
 * Groups are the levels of questions about the person. Each keeps the whole design: its error,
 * interval and degrees of freedom are of the people who have the level, and what the presentation
 * standard does not let pass is hidden, with a second group where one could be computed from it.
 * Differences are of two shown groups of one question, with the covariance that both come from
 * the same sampling units; verdicts are those of Holm's p-values over all differences of the
 * breakdown.
 *
 * Not here: how it is read and estimated (cmd/forest), how it is drawn (chart_forest).
 * Uses result, codebook. */
#ifndef OUTPUT_BREAKDOWN_H
#define OUTPUT_BREAKDOWN_H

#include "result/result.h"
#include "survey/codebook.h"

struct breakdown_group {
	const struct level *level;
	struct result_row row; /* n 0 and no estimate when nobody of the province has the level */
	double nation;         /* the same group in the whole country; NaN = none, or hidden */
};

struct breakdown_pair {
	size_t first, second; /* groups of the question */
	size_t row;           /* in `pairs`: delta is second minus first */
};

struct breakdown_variable {
	const struct question *question;
	size_t n, n_pairs;
	struct breakdown_group *group; /* every level of the codebook, in its order */
	struct breakdown_pair *pair;
	double unstated; /* respondents of the province without a level */
};

struct breakdown {
	size_t n;
	struct breakdown_variable *variable;
	struct result pairs; /* PART_CHANGE; those with a verdict are what Holm adjusted over */
	struct text name;    /* of the variables, for file names; "" when they were not chosen */
};

/* What the differences say of a group. */
enum breakdown_side {
	SIDE_BELOW = -1, /* lower than another group, beyond the error */
	SIDE_UNCLEAR = 0,
	SIDE_ABOVE = 1,
	SIDE_BOTH = 2,   /* above one, below another */
	SIDE_WHOLE = 5,  /* the province itself */
	SIDE_NATION = 8, /* the country, in a chart's key */
	SIDE_NONE = 9    /* compared with no other group */
};

/* breakdown_row: the row of a pair. breakdown_verdict: 1 when its second group is higher, -1 lower,
 *   0 when not distinguishable, 9 when nothing is said. */
const struct result_row *breakdown_row(const struct breakdown *b, const struct breakdown_pair *p);
int breakdown_verdict(const struct breakdown *b, const struct breakdown_pair *p);

/* breakdown_side: of the group with that number. */
enum breakdown_side breakdown_side(const struct breakdown *b, const struct breakdown_variable *v,
				   size_t group);

/* breakdown_count: pairs of a variable with a verdict, and those beyond the error. */
void breakdown_count(const struct breakdown *b, const struct breakdown_variable *v, size_t *judged,
		     size_t *found);

#endif
