/* table_difference.h -- differences with their errors as a sheet for people.
 *
 * Shares are shown in percent, their differences in percentage points. Columns that would be
 * empty are left out.
 *
 * Uses table_estimate. */
#ifndef OUTPUT_TABLE_DIFFERENCE_H
#define OUTPUT_TABLE_DIFFERENCE_H

#include "output/table_estimate.h"

/* table_difference: one row each: groups, item, both values, difference, its interval, adjusted
 *   p-value, verdict in words, units in both.
 *   share  the numbers are shares of 1 */
void table_difference(const struct phrases *p, const struct result *r, bool share,
		      struct sheet *out);

#endif
