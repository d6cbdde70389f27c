/* table_estimate.h -- estimates with their errors as a sheet for people.
 *
 * Shares are shown in percent. Columns that would be empty are left out.
 *
 * Uses phrases, result, sheet. */
#ifndef OUTPUT_TABLE_ESTIMATE_H
#define OUTPUT_TABLE_ESTIMATE_H

#include "output/phrases.h"
#include "output/sheet.h"
#include "result/result.h"

/* table_estimate: one row each: province, group, item, level, estimate, standard error, interval,
 *   rows, degrees of freedom, design effect, and a mark where the row has a remark.
 *   share  the numbers are shares of 1 */
void table_estimate(const struct phrases *p, const struct result *r, bool share, struct sheet *out);

/* table_decimals: how many show three or four digits of a standard error, or of the estimate where
 *   there is none. */
int table_decimals(double se, double estimate);

/* table_estimate_notes: the remarks behind the marks, each once; *n of them. */
struct text *table_estimate_notes(const struct phrases *p, const struct result *r, size_t *n);

#endif
