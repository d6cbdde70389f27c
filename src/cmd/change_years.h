/* change_years.h -- two years of a survey's answers side by side: what their estimates have in
 * common, ranks, trends.
 *
 * Uses changes. */
#ifndef CMD_CHANGE_YEARS_H
#define CMD_CHANGE_YEARS_H

#include "cmd/changes.h"

/* Two years of answers. */
struct change_years {
	const struct loaded_wave *from, *to;
	struct index_groups *was, *now;
	struct overlap *shared;
	enum overlap_method method;
};

/* change_years_start: false when one of them has no answers. */
bool change_years_start(struct arena *a, const struct loaded *l, long from, long to,
			enum overlap_method m, struct change_years *out);

/* change_years_enter: enters the province of a row (everybody when it has none) in both years, and
 *   gives the positions of the row's item in their structures.
 *   fails  false: a year has no answers of it, or no such item */
bool change_years_enter(const struct loaded *l, struct change_years *y,
			const struct result_row *row, size_t *from, size_t *to);

/* changes_pair: what estimates of two years of answers have in common, for the changes of year
 * `to`: fills paired_*, units_shared and covariance of the loaded rows and of those of the country.
 *   Years of published scores are left as they are. */
void changes_pair(struct session *s, struct loaded *l, long from, long to, enum overlap_method m);

/* changes_ranks: confidence sets of the changes of ranks, of the rows of `r` that have ranks in
 * both years: [L1 - U2, U1 - L2] of the sets of both years at half the error each, so that it holds
 *   whatever the two years have in common. */
void changes_ranks(struct session *s, struct loaded *l, struct result *r);

/* changes_trend: the slope of every row of `r` over the survey's years from `from` to the row's. A
 *   year that cannot be compared, or has no value, makes it missing, with the reason. */
void changes_trend(struct session *s, struct loaded *l, long from, enum overlap_method m,
		   struct result *r);

#endif
