/* chart_tips.h -- what the tooltip of a mark says.
 *
 * As the chart shows it, and no more than its error bears: an estimate goes with its interval and
 * how many answered, a change with its verdict, a rank of estimates only as its set, what is hidden
 * with the reason.
 *
 * Uses chart_base and below. */
#ifndef OUTPUT_CHART_TIPS_H
#define OUTPUT_CHART_TIPS_H

#include "output/chart_base.h"

/* tips_line: "Hưng Yên: 44,40 điểm".
 * tips_dated: "Hưng Yên, năm 2024: 44,40 điểm".
 * tips_pair: "Hưng Yên, 1. Cơ hội tham gia: 5,12 điểm". */
struct text tips_line(const struct canvas *c, struct text name, struct text value);
struct text tips_dated(const struct canvas *c, struct text name, long year, struct text value);
struct text tips_pair(const struct canvas *c, struct text name, struct text item,
		      struct text value);

/* tips_value: "44,40 điểm, hạng 19/61"; of estimates "81,92% (khoảng tin cậy 95%: 72,22%–88,76%),
 *   n = 412, khoảng hạng 12–63"; else why there is none. NULL: no row of it. */
struct text tips_value(const struct canvas *c, const struct result_row *row);

/* tips_share: a share of answers in percent with one decimal, its interval and its n. */
struct text tips_share(const struct canvas *c, const struct result_row *row);

/* tips_side: on which side of the country an estimate lies (1 above, -1 below, 0 not
 *   distinguishable), behind a comma; "" of published scores and where it is not known. */
struct text tips_side(const struct canvas *c, const struct result_row *row, int side);

/* tips_change: "40,12 (2023) → 44,40 (2024): +4,28 điểm", with interval and verdict where there is
 *   error, the reason where the years are not compared, or with care. With PART_CHANGE. */
struct text tips_change(const struct canvas *c, const struct result_row *row);

#endif
