/* sampled.h -- what a sample's first stage comes to: units of every stratum, rows of every unit,
 * and what two years share.
 *
 * A stratum is lonely when it has one unit and not just one in the population, certain when the
 * population count says that all of its units were drawn. A unit is known by its name and its
 * stratum's; one name in several strata or places may be a slip. Takes about 150 bytes for each
 * unit with a name; none for rows that are their own units.
 *
 * Not here: what is wrong with a design (frame), the covariance of two years (overlap).
 * Uses dict. */
#ifndef SURVEY_SAMPLED_H
#define SURVEY_SAMPLED_H

#include "base/arena.h"
#include "base/dict.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Of counts: whole numbers; NaN without any. */
struct sampled_spread {
	double least, median, most;
};

struct sampled_stratum {
	size_t units, rows;
	double population; /* infinite without a count */
};

struct sampled_unit {
	size_t stratum, rows;
	size_t place, line; /* of its first row */
	bool moved;         /* is in another place too */
};

/* A name of a unit that stands in two strata, or in two places: where first, and where else. */
struct sampled_slip {
	struct text name;
	size_t first, second; /* strata or places */
	size_t first_line, second_line;
};

struct sampled {
	struct arena *arena;
	bool named; /* units have names; else every row is one */
	struct dict *strata, *units, *names;
	struct sampled_stratum *stratum; /* by the dictionaries */
	struct sampled_unit *unit;
	size_t *first_of;         /* by name: its first unit */
	size_t n_across, n_moved; /* names in several strata; units in several places */
	struct sampled_slip *across, *moved;
	/* after sampled_finish */
	size_t n_units, lonely, certain;
	struct sampled_spread in_strata, in_units; /* units; rows */
};

void sampled_start(struct arena *a, bool named, struct sampled *out);

/* sampled_take: a row. population  infinite without a count */
void sampled_take(struct sampled *s, struct text stratum, struct text unit, double population,
		  size_t place, size_t line);

/* sampled_finish: behind the last row. */
void sampled_finish(struct sampled *s);

/* sampled_lonely: is the stratum lonely? */
bool sampled_lonely(const struct sampled_stratum *h);

/* sampled_shared: units that both have; 0 where units have no names. */
size_t sampled_shared(const struct sampled *from, const struct sampled *to);

#endif
