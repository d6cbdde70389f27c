/* tally_csv.h -- a tally as CSV: what shards, other machines and databases hand on.
 *
 * A header; one row with the plan (tally_plan) in column `tally` and nothing else; and one row for
 * each part, in any order, the same part as often as one likes. Columns:
 *   h1.. u1.. f1.. g1..  strata, units, populations of the design, factors: texts as in the answers
 *   selected rows w ww   1 or 0 (does not meet the conditions); of all its rows
 *   n<i> w<i> ww<i>      answers of variable i; and k<i> wy<i> of a share, wy<i> wyy<i> of a
 *                        number, wy<i> wyy<i> wx<i> wxx<i> wxy<i> of a pair, n<i>_<j> w<i>_<j>
 *                        by level
 *   bad<i> bad_... words<i>  (optional, by statements of SQL) rows that are refused: with a value
 *                        that the codebook does not know, without a weight and so on; rows with
 *                        words that are not among the levels, to be warned of
 * Numbers are plain decimals. With columns "bad_..." numbers of more digits than exact sums take
 * make the tally inexact; otherwise they are refused.
 *
 * Not here: which tallies belong together (tally_head), binary files (tally_file).
 * Uses csvin, tally_load. */
#ifndef SURVEY_TALLY_CSV_H
#define SURVEY_TALLY_CSV_H

#include "input/csvin.h"
#include "survey/tally_load.h"

#include <stdio.h>

struct tally_csv;

/* tally_csv_is: does the file begin with the header of a tally? Only regular files are looked at.
 */
bool tally_csv_is(const char *file);

/* tally_csv_head: the plan.
 *   fails  as csvin_read, tally_head_read; there is no plan */
bool tally_csv_head(struct arena *a, const char *file, struct tally_head *out, struct diag *why);

/* tally_csv_read: the parts, into a load that the head was opened for.
 *   fails  as csvin_read; a column that is missing or unknown; a cell that is no such number, or
 *          blank; bad<i> above 0; two plans that differ; as tally_load_part, tally_load_sums */
bool tally_csv_read(struct tally_load *l, const char *file, struct diag *why);

/* tally_csv_start, tally_csv_row, tally_csv_end: the same for rows that come from elsewhere, header
 *   first. tally_csv_row is a csvin_row_fn. */
struct tally_csv *tally_csv_start(struct tally_load *l);
bool tally_csv_row(void *reader, const struct csvin_row *row, struct diag *why);
bool tally_csv_end(struct tally_csv *reader, struct diag *why);

/* tally_csv_refused: has the result rows with a value of that variable that nobody knows? */
bool tally_csv_refused(const struct tally_csv *reader, size_t variable);

/* tally_csv_write: a tally whose answers are finished; by_part. `order` of parts is that of
 *   tally_order.
 *   returns  false when the file cannot be written, or memory is short */
bool tally_csv_write(struct arena *a, const struct tally *t, const struct tally_about *about,
		     const size_t *order, FILE *out);

#endif
