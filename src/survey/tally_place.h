/* tally_place.h -- the parts of a tally and the groups they are in: where their sums stand, and how
 * a part is found.
 *
 * Not here: the records of sums (sums), rows that go into them (tally).
 * Uses shares, sums, dict. */
#ifndef SURVEY_TALLY_PLACE_H
#define SURVEY_TALLY_PLACE_H

#include "base/dict.h"
#include "survey/shares.h"

/* Rows that share the levels of all factors (and, by_part, the leaf). */
struct tally_group {
	const size_t *level; /* by factor */
	const size_t *cell;  /* by margin */
	bool selected;
	uint64_t rows, w, low, high; /* w and w^2 of all rows; as doubles when not exact */
	uint64_t *sums;
	struct shares_count count;
};

struct tally_place {
	size_t leaf, group;
	uint64_t w; /* of all rows; while the tally is lacking */
	uint64_t *sums;
};

/* tally_place_find: the part of a leaf and group.
 *   index    empty while no leaf came again behind a later one, as in files: then a part is among
 *            the last, or new, and no table is needed; else all parts, by group and leaf
 *   returns  its number; n when it is new: the caller puts it there at once */
size_t tally_place_find(struct dict *index, const struct tally_place *at, size_t n, size_t leaf,
			size_t group);

/* tally_group_alike: are these the levels of the group, by factor? */
bool tally_group_alike(const struct tally_group *g, const size_t *level, size_t factors,
		       bool selected);

/* tally_group_join: adds rows and weights, exact ones, of a group; not its sums. */
void tally_group_join(struct tally_group *to, const struct tally_group *from);

/* tally_group_rescale, tally_group_loosen: as sums_rescale and sums_loosen, a group. */
void tally_group_rescale(const struct sums *from, const struct sums *to, struct tally_group *g);
void tally_group_loosen(const struct sums *s, struct tally_group *g);

#endif
