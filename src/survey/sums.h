/* sums.h -- sums of answers and weights as words in memory, exact while they can be.
 *
 * Weights and numbers with few decimals are scaled to whole numbers: their sums, and sums of their
 * products, are exact in 64 or 128 bits, so they do not depend on the order of rows, files or
 * threads. `places` says by which power of ten. When a weight or number has too many digits, or a
 * sum would not fit, the sums become doubles (sums_loosen) and hold to their last digits only.
 *
 * Sums stand in two records of words: of a sampling unit, and of a group. Their layout follows
 * the kinds of the variables:
 *
 *   unit   share, unanswered: w, wy; levels: w by level; number: w, wy, wyy; pair: w, wy, wyy, wx
 *   group  n, ones, ww (in 96 bits); levels: rows by level; pair: wxx, wxy
 *
 * Not here: units and groups (tally).
 * Uses decimal, answers. */
#ifndef SURVEY_SUMS_H
#define SURVEY_SUMS_H

#include "base/decimal.h"
#include "survey/answers.h"

#include <stdint.h>
#include <string.h>

/* Where they stand in a unit's record of a variable; those of 128 bits take two words. */
enum { UNIT_W, UNIT_SHARE_WY = 1, UNIT_WY = 2, UNIT_WYY = 4, UNIT_WX = 6 };

/* Likewise a group's; LOW and HIGH are ww. */
enum { GROUP_N, GROUP_ONES, GROUP_LOW, GROUP_HIGH, GROUP_ROWS, GROUP_WXX = 4, GROUP_WXY = 6 };

#define SUMS_MOST_PLACES 15                /* of weights; their squares have twice as many */
#define SUMS_MOST_WEIGHT ((int128)1 << 47) /* scaled; its square has 94 bits */
#define SUMS_MOST_PRODUCT 4e37             /* of a weight and the square of a number; 125 bits */

struct sums {
	struct arena *arena;
	const struct plan *plan;
	bool exact;
	bool shares;              /* every variable is a share or unanswered */
	bool numbers;             /* some are numbers or pairs */
	int places;               /* of weights */
	int *y_places, *x_places; /* of numbers, by variable */
	size_t *levels;           /* room, by variable of VARIABLE_LEVELS; even */
	size_t *unit, *group;    /* where a variable's words begin; behind the last: words in all */
	double *most_y, *most_x; /* by variable: the largest number, scaled */
	double weight, square;   /* of all rows: sums of w, and of the upper part of w^2, scaled */
	bool *shifted;           /* inexact numbers are summed about `shift`, near them, */
	double *shift;           /* so that squares of large ones do not drown their differences */
};

/* A row to be added. */
struct sums_row {
	double weight;        /* used when not exact */
	uint64_t w;           /* scaled; used when exact */
	const uint16_t *code; /* by variable; 0 = missing; shares: 1 = does not count, 2 = counts;
				 levels: the level + 1; numbers and pairs: 1 */
	const double *y, *x;  /* of numbers and pairs */
	const struct decimal *exact_y, *exact_x; /* likewise */
};

/* A sum: `exact` while sums are, else `inexact`. */
struct total {
	struct decimal exact;
	double inexact;
};

/* All sums of one variable; those that its kind has no use for are 0. Of VARIABLE_LEVELS wy, wyy
 * and ones are those of one level. */
struct part_sums {
	bool exact;
	uint64_t n, ones; /* rows, rows with y = 1 */
	struct total w, ww, wy, wyy, wx, wxx, wxy;
};

void sums_start(struct arena *a, const struct plan *p, struct sums *out);

/* sums_wider: is there too little room for a level? sums_widen: room for `levels`, an even number;
 *   records have to be relaid (sums_relay) then. */
bool sums_wider(const struct sums *s, size_t variable, size_t levels);
void sums_widen(struct sums *s, size_t variable, size_t levels);
void sums_relay(const struct sums *from, const struct sums *to, const uint64_t *unit,
		const uint64_t *group, uint64_t *unit_to, uint64_t *group_to);

/* sums_weight: scales a weight.
 *   returns  false when it is too large, or has more places than the sums */
bool sums_weight(const struct sums *s, struct decimal weight, uint64_t *w);

/* sums_fit: do all sums fit, with what was added so far? Else they have overflowed. */
bool sums_fit(const struct sums *s);

/* sums_add: a row to the records of its unit and group; the caller adds to s->weight, s->square,
 *   s->most_y and most_x. */
void sums_add(struct sums *s, const struct sums_row *row, uint64_t *unit, uint64_t *group);

/* sums_add_square: adds w^2, scaled, to two words of 32 and 64 bits. sums_square: what they hold.
 * sums_put_square: sets them. */
void sums_add_square(uint64_t w, uint64_t *low, uint64_t *high);
uint128 sums_square(uint64_t low, uint64_t high);
void sums_put_square(uint64_t low_high[2], uint128 square);

/* sums_wide: two words as one number. */
static inline int128 sums_wide(const uint64_t *at)
{
	int128 both;

	memcpy(&both, at, sizeof both);
	return both;
}

/* sums_rescale: records of `from` as those of `to`, which has as many places or more. */
void sums_rescale(const struct sums *from, const struct sums *to, uint64_t *unit, uint64_t *group);

/* sums_join: adds records of the same layout, places and shifts. unit or group may be NULL. */
void sums_join(const struct sums *s, uint64_t *unit, const uint64_t *unit_from, uint64_t *group,
	       const uint64_t *group_from);

/* sums_loosen: exact records as doubles. `s` is what they are now; the caller clears s->exact. */
void sums_loosen(const struct sums *s, uint64_t *unit, uint64_t *group);

/* sums_read: of a variable. unit or group may be NULL: their part is 0. */
struct part_sums sums_read(const struct sums *s, const uint64_t *unit, const uint64_t *group,
			   size_t variable, size_t level);

/* sums_put: adds to the records. Of VARIABLE_LEVELS n and ww, of all levels, go with one of them.
 *   returns  false when exact sums have more places than `s`, or no exact form */
bool sums_put(const struct sums *s, uint64_t *unit, uint64_t *group, size_t variable, size_t level,
	      const struct part_sums *from);

/* sums_put_share: adds rows, rows that count, w, wy and w^2 to the records of a share; exact,
 * scaled as the sums are. */
void sums_put_share(const struct sums *s, uint64_t *unit, uint64_t *group, size_t variable,
		    const uint64_t n_ones_w_wy[4], uint128 ww);

#endif
