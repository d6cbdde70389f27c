/* merge.h -- figures of units before a merger as estimates of the units after it.
 *
 * A unit of the map that was made of several has, in earlier years, the mean of their scores
 * weighted by people of one fixed year (the same for every year of scores, so that a change is
 * one of scores and not of weights), else with equal weights:
 *
 *	score = sum of p_o s_o / sum of p_o    (methodology, E.3)
 *
 * It is taken at the lowest level that is published; above it items that are sums are summed
 * again. A part without a figure makes the mean missing, and `lacking` names it; on request the
 * rest is taken, `coverage` being its share of the weight. All such rows carry FLAG_MERGED: no
 * publisher stated them, and of an index of administrations they describe the parts, not the new
 * administration. Units that nothing joined keep their figures; printed ranks end with the table
 * they were printed in. A year whose units are those of the map is left as it is.
 *
 * Answers of the parts are pooled while they are read (join); here their rows get the same words.
 *
 * Not here: ranks (rank), which map and weights (mapping).
 * Uses survey, result and below. */
#ifndef ANALYSIS_MERGE_H
#define ANALYSIS_MERGE_H

#include "result/result.h"
#include "survey/join.h"
#include "survey/survey.h"

/* merge_published: published_result's rows by the units of the map, as sorted. Rows of a year that
 *   the map does not reach are left out. */
void merge_published(struct arena *a, const struct survey *s, const struct mapping *m,
		     const struct result *in, struct result *out);

/* merge_answers: rows from `first` on were estimated from answers that `j` (may be NULL) brought
 *   together: those of merged units get flag, parts and method (";merged:population:2024",
 *   ";merged:sample"); where the file has nobody of a part, they are withheld, or say so. */
void merge_answers(struct arena *a, const struct join *j, size_t first, struct result *r);

/* merge_mark: behind rank_result: which ranks stand in a table with merged units; of units that are
 *   not merged the method says so ("published;rank:merged"). */
void merge_mark(struct arena *a, struct result *r);

#endif
