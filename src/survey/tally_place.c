#include "survey/tally_place.h"

static struct text bytes_of(const size_t *key)
{
	return (struct text){(const char *)key, sizeof *key};
}

#define PARTS_OF_LEAF 16 /* looked at one by one */

/* Files have the parts of one leaf together, and leaves in order; DICT_NONE where the last parts do
 * not tell. */
static size_t find_in_order(const struct tally_place *at, size_t n, size_t leaf, size_t group)
{
	size_t first = n < PARTS_OF_LEAF ? 0 : n - PARTS_OF_LEAF;

	if (n && at[n - 1].leaf > leaf)
		return DICT_NONE;
	for (size_t i = n; i-- > first;) {
		if (at[i].leaf < leaf)
			return n;
		if (at[i].group == group)
			return i;
	}
	return first ? DICT_NONE : n;
}

size_t tally_place_find(struct dict *index, const struct tally_place *at, size_t n, size_t leaf,
			size_t group)
{
	size_t part = index->n ? DICT_NONE : find_in_order(at, n, leaf, group);

	if (part != DICT_NONE)
		return part;
	for (size_t i = index->n; i < n; i++)
		dict_add(index, at[i].group, bytes_of(&at[i].leaf), NULL);
	return dict_add(index, group, bytes_of(&leaf), NULL);
}

bool tally_group_alike(const struct tally_group *g, const size_t *level, size_t factors,
		       bool selected)
{
	for (size_t i = 0; i < factors; i++)
		if (g->level[i] != level[i])
			return false;
	return g->selected == selected;
}

void tally_group_join(struct tally_group *to, const struct tally_group *from)
{
	uint128 square = sums_square(to->low, to->high) + sums_square(from->low, from->high);

	to->rows += from->rows;
	to->w += from->w;
	to->low = (uint32_t)square;
	to->high = (uint64_t)(square >> 32);
}

void tally_group_rescale(const struct sums *from, const struct sums *to, struct tally_group *g)
{
	int more = to->places - from->places;
	uint128 square = sums_square(g->low, g->high) * (uint128)decimal_power(2 * more);

	g->w *= (uint64_t)decimal_power(more);
	g->low = (uint32_t)square;
	g->high = (uint64_t)(square >> 32);
	sums_rescale(from, to, NULL, g->sums);
}

void tally_group_loosen(const struct sums *s, struct tally_group *g)
{
	double w = decimal_double((struct decimal){(int128)g->w, s->places});
	double ww = decimal_double(
		(struct decimal){(int128)sums_square(g->low, g->high), 2 * s->places});

	memcpy(&g->w, &w, sizeof w);
	memcpy(&g->low, &ww, sizeof ww);
	sums_loosen(s, NULL, g->sums);
}
