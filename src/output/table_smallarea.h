/* table_smallarea.h -- direct and model estimates of small areas, side by side, for people.
 *
 * Uses phrases, result, sheet. */
#ifndef OUTPUT_TABLE_SMALLAREA_H
#define OUTPUT_TABLE_SMALLAREA_H

#include "output/phrases.h"
#include "output/sheet.h"
#include "result/result.h"

/* table_smallarea: one row for each area: direct estimate and its standard error, estimate of the
 *   model with the root of its mean squared error and interval, weight of the direct estimate,
 *   answers, and a mark where the row has a remark.
 *   percent  the numbers are percent, or shares of 1, which are shown in percent: two decimals;
 *            else as many as the smallest error asks for */
enum table_percent { TABLE_NO_PERCENT, TABLE_PERCENT, TABLE_SHARES };
void table_smallarea(const struct phrases *p, const struct result *r, enum table_percent percent,
		     struct sheet *out);

#endif
