/* index.h -- composite indices from answers: items, factors, aspects, index, each with its error.
 *
 * Every item of the structure that no other has as parent is a question (by code). Its
 * value is the share of satisfied answers, or the mean answer, brought from the scale of
 * the question to the range of the item: the anchors are fixed, never a year's extremes.
 * Items above follow from those below, as structure.csv or the method says:
 *   pooled    sum over items of satisfied weight / sum of valid weight
 *   mean      of the children; weighted: by their weights; sum
 * All are linear or ratios, so the influence value of an index is a sum over its items
 * of influence values, and its variance one variance of that sum: answers of one person
 * to different items correlate, variances of items must not be added.
 *
 * Not here: reading (waves), ranks and changes (analysis).
 * Uses waves, estimate. */
#ifndef ESTIMATE_INDEX_H
#define ESTIMATE_INDEX_H

#include "estimate/estimate.h"
#include "survey/waves.h"

enum index_method {
	INDEX_STRUCTURE,   /* as structure.csv aggregates */
	INDEX_POOLED,      /* all items pooled at every level */
	INDEX_ITEM_MEAN,   /* mean of the items' shares */
	INDEX_FACTOR_MEAN, /* mean of factors; a factor pools its items */
	INDEX_ASPECT_MEAN, /* the index is the mean of its aspects; they pool */
	INDEX_WEIGHTED,    /* the index weighs its aspects by structure.csv; they pool */
	INDEX_SCORE,       /* 100 (mean - lowest) / (highest - lowest) of pooled answers */
	INDEX_SCORE5,      /* 100 mean / highest */
	INDEX__COUNT
};

/* index_name, index_find: as on the command line: "pooled", "item-mean". */
const char *index_name(enum index_method m);
bool index_find(struct text name, enum index_method *out);

/* index_variables: sets the plan's variables, one for each item that is a question.
 *   fails  DIAG_DATA: an item without question; a question whose satisfied levels, or whose range,
 *          the method needs and the codebook lacks; items of different scales that are pooled */
bool index_variables(struct arena *a, struct wave_answers *w, enum index_method m,
		     struct diag *why);

/* index_result: appends a row for every group of a margin and every item of the structure, in no
 *   stated order. n is the number of respondents of the group. A mean or sum with a part that has
 *   no answers is missing and says so.
 *   margin  its first factor is the province when it has factor 0 */
void index_result(struct arena *a, const struct wave_answers *w, enum index_method m,
		  const struct estimate_options *o, size_t margin, struct result *out);

#endif
