/* gap.h -- what people want most and are satisfied with least: the priority of an item.
 *
 *   priority = 100 E (1 - S), from 0 (nobody wants it, or all are satisfied) to 100
 *
 * E is the share of valid answers to the item's expectation question that are at the levels that
 * count; S is the item's value as a share of its range, as the index gives it. Each has its own
 * answers: who leaves one question out still counts in the other. The priority is this project's
 * measure, not the publisher's.
 *
 * The same people answer both, so the errors correlate and E and S must not be treated as
 * independent. The influence value of a row is z = 100 [(1 - S) z_E - E z_S] (Woodruff 1971), and
 * the variance is one variance of z. Where z is 0 for everybody (nobody wants it, or all are
 * satisfied) the sample says nothing about the error: the standard error is 0 and there is no
 * interval. The interval is that of Wald, which may leave 0 to 100.
 *
 * Which levels count is said by the codebook's `satisfied` of the question, else by the caller.
 * It is never assumed: scales differ by era and may be reversed (1 = very much).
 *
 * Not here: the items (index), reading (waves), the order in a table.
 * Uses index. */
#ifndef ESTIMATE_GAP_H
#define ESTIMATE_GAP_H

#include "estimate/index.h"

/* An item and its expectation question. */
struct gap_pair {
	const struct item *item;
	size_t variable; /* of the plan: the share of answers at the levels that count */
	bool chosen;     /* the caller chose the levels; the codebook does not know them */
};

struct gaps {
	size_t n;
	struct gap_pair *pair; /* in the order of the structure */
};

/* gap_variables: sets the plan's variables behind those of index_variables, one for each question.
 *   expecting  levels for questions of which the codebook does not say it, as in "3,4"; empty =
 *              not given. Levels no question takes up are an error.
 *   fails  DIAG_DATA: no item of the era has an expectation; a question that the era lacks; an item
 *          without min and max. DIAG_USAGE: it is not known which levels count; a level that the
 *          question lacks, or twice; levels that the codebook says already */
bool gap_variables(struct arena *a, struct wave_answers *w, struct text expecting, struct gaps *out,
		   struct diag *why);

/* gap_levels: the levels that count, "3|4", in the order of the codebook. */
struct text gap_levels(struct arena *a, const struct wave_answers *w, const struct gap_pair *pair);

/* gap_result: appends three rows for every group of a margin and every pair, in this order, by
 *   `stat`:
 *   satisfaction  as index_result gives it, in the item's range
 *   expectation   100 E, with the interval of a share; the levels that count in `category`
 *   gap           the priority; likewise
 *   n counts answers to the item, as in index. The priority is missing, or hidden, where one of
 *   the others is: either would be known from the other two.
 *   margin  as of index_result */
void gap_result(struct arena *a, const struct wave_answers *w, enum index_method m,
		const struct estimate_options *o, size_t margin, const struct gaps *gaps,
		struct result *out);

#endif
