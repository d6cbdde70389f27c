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

/* For estimates from answers; "x" where the presentation standard hides the number.
 *   tables_estimate  the value; tables_range its interval: "72,22–88,76"
 *   tables_set       a rank with its confidence set: "49/63 (12–63)"; never the rank alone
 *   tables_alike     how many others its rank set does not tell it from
 *   tables_shift     a change with its interval and the sign of its verdict:
 *                    "+4,75 ○ (−6,31; +15,81)"; what tables_delta says where there is none */
struct text tables_estimate(const struct narrative *n, const struct result_row *row);
struct text tables_range(const struct narrative *n, const struct result_row *row);
struct text tables_set(const struct narrative *n, const struct result_row *row);
struct text tables_alike(const struct narrative *n, const struct result_row *row);
struct text tables_shift(const struct narrative *n, const struct result_row *row);

/* tables_hidden: the sign of a hidden number. */
#define TABLES_HIDDEN "x"

/* tables_estimated: does a row of the result come from answers? */
bool tables_estimated(const struct narrative *n, const struct result *r);

/* tables_tree: the items of a year's era, each before what it is made of. */
const struct item **tables_tree(struct arena *a, const struct survey *s, long year, size_t *n);

/* tables_item: "1.2  Cơ hội tham gia"; the root has no code. */
struct text tables_item(const struct narrative *n, const struct result_row *row);

#endif
