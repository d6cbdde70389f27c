/* table_difference.h -- differences with their errors as a sheet for people.
 *
 * Shares are shown in percent, their differences in percentage points. Columns that would be
 * empty are left out.
 *
 * Uses table_estimate. */
#ifndef OUTPUT_TABLE_DIFFERENCE_H
#define OUTPUT_TABLE_DIFFERENCE_H

#include "output/table_estimate.h"

/* What the differences are of. */
enum difference_of {
	DIFFERENCE_OF_VALUES,
	DIFFERENCE_OF_SHARES, /* of 1: shown in percent and points */
	DIFFERENCE_OF_SLOPES, /* per year, over several */
	DIFFERENCE_OF_PARTS   /* what each item gave to the change of its whole */
};

/* table_difference: one row each: groups, item, both values, difference, its interval, adjusted
 *   p-value, verdict in words, units in both. Items of a survey are told by code and name.
 *   decimals  of numbers whose error is not known; -1: by their size */
void table_difference(const struct phrases *p, const struct result *r, enum difference_of of,
		      int decimals, struct sheet *out);

#endif
