/* rankset.h -- confidence sets of ranks: how sure is a place in a ranking?
 *
 * Units are ranked by estimates that carry standard errors; the largest has rank 1. A set
 * low..high holds the true rank with the stated confidence. With T_jk = (y_j - y_k)/s_jk and
 * s_jk^2 = s_j^2 + s_k^2 - 2 s_j s_k r_jk, unit j lies above k when T_jk passes a critical
 * value; low_j = 1 + units found above j, high_j = n - units found below j.
 *
 *   simultaneous  all sets hold together: step-down over all ordered pairs (Mogstad, Romano,
 *                 Shaikh and Wilhelm 2024), critical values from seeded normal draws
 *   single        the same without the later steps
 *   marginal      each set by itself: the pairs of one unit only
 *   holm          simultaneous, without draws: Holm (1979) on the one-sided tests of all pairs
 *   bonferroni  the same in one step
 *   sidak       the same in one step, by Sidak's inequality (1967), which is one of |T_jk|: each
 *               one-sided test at (1 - level^(1/m)) / 2 of the m unordered pairs
 *   kww           simultaneous, without draws: intervals at level^(1/n) that do not overlap
 *                 (Klein, Wright and Wieczorek 2020); the widest
 *
 * Degrees of freedom. Where a unit's are finite, every pair is set against t with
 * Satterthwaite's: holm, bonferroni and sidak by its tail, the methods with draws by dividing
 * T_jk by t/z at the tail alpha / (number of ordered pairs); kww takes t with each unit's own. A
 * pair with a unit of fewer than 4 takes the fewest of the two: in simulations of ten equal units
 * with 1, 2 and infinite ones, sets of 95 % by Satterthwaite's held in 74 to 92 %.
 *
 * A standard error of 0 is knowledge: units with s_jk = 0 are told apart when they differ.
 *
 * Not here: estimates and their errors (estimate), ranks of published scores (rank).
 * Uses arena, interval. */
#ifndef ANALYSIS_RANKSET_H
#define ANALYSIS_RANKSET_H

#include "base/arena.h"
#include "base/span.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

enum rankset_method {
	RANKSET_SIMULTANEOUS,
	RANKSET_SINGLE,
	RANKSET_MARGINAL,
	RANKSET_HOLM,
	RANKSET_BONFERRONI,
	RANKSET_SIDAK,
	RANKSET_KWW,
	RANKSET__COUNT
};

/* rankset_name, rankset_find: as on the command line. */
const char *rankset_name(enum rankset_method m);
bool rankset_find(struct text name, enum rankset_method *out);

/* rankset_is_drawn: does the method need draws? */
bool rankset_is_drawn(enum rankset_method m);

/* n units, n at most 65535, every number known. */
struct rankset_units {
	size_t n;
	const double *estimate, *se;
	const double *df;          /* NULL = infinite */
	const double *correlation; /* n x n, of the estimates; NULL = independent */
};

struct rankset {
	size_t low, high;
};

/* Draws of n standard normal variables, which serve any number of rankings of n units. */
struct rankset_draws;

/* rankset_draw: `count` draws (at least 1000); the same for the same seed.
 *   correlation  as in the units
 *   returns      NULL when the correlations are not positive semi-definite */
const struct rankset_draws *rankset_draw(struct arena *a, size_t n, const double *correlation,
					 size_t count, gsl_rng *rng, unsigned long seed);

/* rankset_sets: one set for each unit.
 *   level     of confidence, as 0.95
 *   draws     of the units; NULL for methods without draws
 *   critical  (may be NULL) gets the critical value of the last step of simultaneous or single */
void rankset_sets(struct arena *a, const struct rankset_units *u, enum rankset_method m,
		  double level, const struct rankset_draws *draws, struct rankset *out,
		  double *critical);

/* rankset_whisker: half-widths (times each standard error) whose non-overlap means a difference at
 *   `level`, on average over the pairs: for charts (Goldstein and Healy 1995). NaN for n < 2. */
double rankset_whisker(const double *se, size_t n, double level);

#endif
