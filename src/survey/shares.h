/* shares.h -- rows of shares and unanswered questions added to records (sums): by what they lack.
 *
 * Nearly every row answers nearly every question. So what counts is added for every answer, but
 * rows, weights and their squares for those that are missing only; at the end they are taken from
 * the sums of all rows. Until then (shares_settle) w of a unit, and n and ww of a group, are those
 * of rows without an answer. Rows are counted sixteen questions at a time.
 *
 * For sums that are exact, of a plan with such variables only. Uses sums. */
#ifndef SURVEY_SHARES_H
#define SURVEY_SHARES_H

#include "survey/sums.h"

/* shares_room: codes that a row must have room for: a whole number of steps. */
size_t shares_room(size_t variables);

/* Rows of a group that are not in its record yet. */
struct shares_count {
	size_t rows;
	uint16_t *at; /* shares_room without an answer; as many that count */
};

struct shares_count shares_count_new(struct arena *a, size_t variables);

/* shares_add: a row to the records of its unit and group; its code has shares_room. */
void shares_add(const struct sums *s, const struct sums_row *row, uint64_t *unit, uint64_t *group,
		struct shares_count *count);

/* shares_settle_unit, shares_settle_group: the records as sums has them.
 *   w, rows, ww  of all rows of the unit; of the group */
void shares_settle_unit(const struct sums *s, uint64_t w, uint64_t *unit);
void shares_settle_group(const struct sums *s, uint64_t rows, uint128 ww, uint64_t *group,
			 struct shares_count *count);

#endif
