/* tables.h -- results as sheets for people: which columns, in which words.
 *
 * Used by the commands' table and Markdown formats and by the report, so that
 * both show the same.
 *
 * Uses narrative, sheet and below. */
#ifndef OUTPUT_TABLES_H
#define OUTPUT_TABLES_H

#include "output/narrative.h"
#include "output/sheet.h"

/* tables_rank: rank, province, score, group; and the item where there is more than one. */
void tables_rank(const struct narrative *n, const struct result *r, struct sheet *out);

/* tables_change: item (or province where there are several), both years, change, ranks. */
void tables_change(const struct narrative *n, const struct result *r, struct sheet *out);

/* tables_compare: item, score, peers' median and best, national median, gaps, ranks. */
void tables_compare(const struct narrative *n, const struct result *r, struct sheet *out);

/* Cells that every table shows alike; "–" where there is nothing.
 *   tables_score       a score with the decimals of its year
 *   tables_place       a rank, "19/61"
 *   tables_delta       the change of a score with its sign, "*" behind it where the comparison
 * needs care, the words for "not comparable" where it is refused tables_rank_delta  the change of a
 * rank with its sign: a rise is positive */
struct text tables_score(const struct narrative *n, long year, double value);
struct text tables_place(const struct narrative *n, double rank, double n_ranked);
struct text tables_delta(const struct narrative *n, const struct result_row *row);
struct text tables_rank_delta(const struct narrative *n, const struct result_row *row);

/* tables_item: "1.2  Cơ hội tham gia"; the root has no code. */
struct text tables_item(const struct narrative *n, const struct result_row *row);

#endif
