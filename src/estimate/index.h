/* index.h -- composite indices from answers: items, factors, aspects, index, each with its error.
 *
 * Every item of the structure that no other has as parent is a question (by code). Its
 * value is the share of satisfied answers, or the mean answer, brought from the scale of
 * the question to the range of the item: the anchors are fixed, never a year's extremes.
 * Items above follow from those below, as structure.csv or the method says:
 *   pooled    sum over items of satisfied weight / sum of valid weight
 *   mean      of the children; weighted: by their weights; sum
 *   geometric, harmonic   of the children (powermean), by their weights where they have any
 * All are smooth in the items, so the influence value of an index is a sum over its items
 * of influence values (times the slope of a mean that is not linear), and its variance one
 * variance of that sum: answers of one person to different items correlate, variances of
 * items must not be added.
 *
 * Not here: reading (waves), ranks and changes (analysis).
 * Uses waves, estimate, index_tree, powermean. */
#ifndef ESTIMATE_INDEX_H
#define ESTIMATE_INDEX_H

#include "estimate/estimate.h"
#include "estimate/index_tree.h"
#include "survey/waves.h"

/* index_variables: sets the plan's variables, one for each item that is a question.
 *   fails  DIAG_DATA: an item without question; a question whose satisfied levels, or whose range,
 *          the method needs and the codebook lacks; items of different scales that are pooled */
bool index_variables(struct arena *a, struct wave_answers *w, enum index_method m,
		     struct diag *why);

/* index_result: appends a row for every group of a margin and every item of the structure, in no
 *   stated order. n is the number of answers to the item, or, above the questions, to the most
 *   answered of its questions. A mean or sum with a part that has
 *   no answers is missing and says so.
 *   margin  its first factor is the province when it has factor 0 */
void index_result(struct arena *a, const struct wave_answers *w, enum index_method m,
		  const struct estimate_options *o, size_t margin, struct result *out);

/* ---- one item in one group, for what is made of items -----------------------------------------
 */

/* An item in a group: its value, and the influence of a row on it as sum over the plan's variables
 * of level[v] w_v + slope[v] wy_v, where w_v is the row's weight when it answers v, else 0. */
struct index_node {
	const struct item *item;
	bool share;   /* an average between the ends of the item's range, no sum */
	double value; /* on the item's range; NaN = missing */
	double *level, *slope;
	const char *reason; /* why missing */
};

/* A node in a linear combination. */
struct index_part {
	const struct index_node *node;
	double factor;
};

struct index_groups; /* the groups of a year, one of which is entered */

/* index_start: for answers that are read, of the variables of index_variables and any behind them,
 *   which no item counts. `o` and `w` must outlive it. No group is entered. */
struct index_groups *index_start(struct arena *a, const struct wave_answers *w, enum index_method m,
				 const struct estimate_options *o);

/* index_enter: makes the items of a group; false when it is not of that margin. */
bool index_enter(struct index_groups *g, size_t cell, size_t margin);

/* Of the group entered:
 *   index_at        the item by its position in the structure; NULL when it is of another era
 *   index_moments   the sums of a variable
 *   index_formula_at, index_structure, index_variable_count   how items follow from others
 *   index_row       a row that names group, item, year; n counts answers to the item, or above
 *                   the questions to the most answered of its questions
 *   index_item      the finished row of an item, as index_result appends it
 *   index_side      influence totals, variance and degrees of freedom of a linear combination of
 *                   nodes; lent until the next call for these groups
 *   index_linear    the design they are of
 *   index_variance  of a linear combination of nodes: one variance of the combined influence
 *                   values; degrees of freedom from the units with an answer to any of them */
const struct index_node *index_at(const struct index_groups *g, size_t order);
const struct index_formula *index_formula_at(const struct index_groups *g, size_t order);
const struct structure *index_structure(const struct index_groups *g);
size_t index_variable_count(const struct index_groups *g);
struct moments index_moments(const struct index_groups *g, size_t variable);
struct result_row index_row(const struct index_groups *g, const struct item *item);
struct result_row index_item(struct index_groups *g, size_t order);
struct overlap_side index_side(struct index_groups *g, const struct index_part *part,
			       size_t n_parts, size_t *lonely);
const struct linear *index_linear(const struct index_groups *g);
double index_variance(struct index_groups *g, const struct index_part *part, size_t n_parts,
		      double *df, size_t *lonely);

/* index_judge: flags the row, or hides its numbers, by the presentation standard.
 *   share       the estimate is a share, on a range that begins at `low`
 *   n           rows with an answer */
void index_judge(const struct index_groups *g, bool share, double low, double range, double n,
		 struct result_row *row);

#endif
