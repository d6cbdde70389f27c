/* change.h -- one year against another: differences of score and of rank.
 *
 * delta is later minus earlier, to the last digit that the scores are published
 * with; rank_change is earlier rank minus later, so a rise is positive. Where
 * comparability.csv says `no`, neither is given: the row carries both values,
 * FLAG_INCOMPARABLE and the reason. Where it says `warn`, both are given with
 * FLAG_CAUTION and the reason. A code that stands for two units in the two years
 * (before and after a merger) is `no`, and the earlier unit's values are not given; where the
 * number of provinces changed, ranks are not compared. Published scores carry no error, so their
 * rows have no p-value and no verdict. Estimates have both, on t. Where the row knows what the
 * two years have in common (paired_year), the covariance of shared sampling units counts
 * (overlap); else they are independent samples, with Satterthwaite's degrees of freedom. A
 * verdict is of this comparison alone until adjust_result looks at the family.
 *
 * Reports and charts show families of changes: the items of a province, the provinces of an item.
 * Their verdicts follow Holm's p-values over the whole family (adjust), shown or not, so that one
 * change has one verdict in table, chart and command; intervals are not adjusted.
 *
 * Uses adjust, rank and below. */
#ifndef ANALYSIS_CHANGE_H
#define ANALYSIS_CHANGE_H

#include "estimate/overlap.h"
#include "result/result.h"
#include "survey/survey.h"

/* change_result: a row for every row of `to` in the ranked result `all`, set against year `from`.
 *   all  from rank_result, sorted by year, item, province
 *   out  the rows of year `to`, same order, with the columns of PART_CHANGE */
void change_result(struct arena *a, const struct survey *s, const struct result *all, long from,
		   long to, struct result *out);

/* change_province, change_item: the same for every item of a province, or every province of an
 * item, with verdicts adjusted over these rows. `from` 0: the rows as they are. */
void change_province(struct arena *a, const struct survey *s, const struct result *all,
		     struct text province, long from, long to, struct result *out);
void change_item(struct arena *a, const struct survey *s, const struct result *all,
		 struct text item, long from, long to, struct result *out);

/* change_error: error, interval, p-value and verdict of a delta, and the relative change. */
void change_error(struct result_row *row, const struct overlap_pair *p);

/* change_certain: a side of 0 or 100 %, whose variance is 0, gets that of result_se, and the
 *   pair the fewer degrees of freedom of the two. */
void change_certain(struct overlap_pair *p, const struct result_row *was,
		    const struct result_row *row);

/* change_constant: against a number that has no error. */
void change_constant(struct result_row *row, double value);

/* change_slope: delta is a slope per year. */
void change_slope(struct result_row *row, double slope, double variance, double df);

/* change_row: the same for one row; `was` is NULL when the earlier year has none. */
void change_row(struct arena *a, const struct survey *s, struct result_row *row,
		const struct result_row *was, long from);

#endif
