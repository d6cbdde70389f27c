/* contrast.h -- how far apart an item is in two groups of one sample.
 *
 * Both groups come from the same sampling units: the error of the difference carries their
 * covariance, exactly (overlap, twice the same frame).
 *
 * Uses change, index. */
#ifndef CMD_CONTRAST_H
#define CMD_CONTRAST_H

#include "estimate/index.h"
#include "result/result.h"

/* contrast_row: sets a row of `to` against the same item in `from`: estimate_from, delta, its
 * error, interval, p-value and verdict (of this comparison alone), units_shared. A group whose
 * estimate is hidden or missing leaves delta NaN. shared  overlap_start of the sample, twice from,
 * to  each has entered its group; `order` is the item's row     index_item of `to` */
void contrast_row(struct overlap *shared, struct index_groups *from, struct index_groups *to,
		  size_t order, struct result_row *row);

#endif
