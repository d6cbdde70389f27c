#include "base/dict.h"

#include <string.h>
#include <xxhash.h>

struct dict *dict_new(struct arena *a)
{
	struct dict *d = arena_new(a, 1, sizeof *d);

	d->arena = a;
	return d;
}

/* A slot holds index + 1 (0 = free), and above it the highest bits of the hash: other keys are
 * passed over without a look at them. */
#define INDEX_BITS 40

/* Short names that differ a little, with small seeds that do, would often have one hash. */
#define SPREAD ((size_t)0x9e3779b97f4a7c15)

uint64_t dict_hash(size_t number, struct text name)
{
	return XXH3_64bits_withSeed(name.at, name.n, number * SPREAD);
}

static uint64_t slot_of(uint64_t h, size_t index)
{
	return h >> INDEX_BITS << INDEX_BITS | (index + 1);
}

static size_t index_in(uint64_t slot)
{
	return (slot & (((uint64_t)1 << INDEX_BITS) - 1)) - 1;
}

/* The place of a key in the table: its own, or the free one where it would go. */
static uint64_t *place(const struct dict *d, size_t number, struct text name, uint64_t h)
{
	size_t at = h & (d->slots - 1);

	for (; d->slot[at]; at = (at + 1) & (d->slots - 1)) {
		const struct dict_entry *e;

		if ((d->slot[at] ^ h) >> INDEX_BITS)
			continue;
		e = &d->entry[index_in(d->slot[at])];
		if (e->hash == h && e->number == number && span_equal(e->name, name))
			break;
	}
	return &d->slot[at];
}

static void grow(struct dict *d)
{
	d->slots = d->slots ? 2 * d->slots : 16;
	d->slot = arena_new(d->arena, d->slots, sizeof *d->slot);
	memset(d->slot, 0, d->slots * sizeof *d->slot); /* written before it is read: see tally.c */
	for (size_t i = 0; i < d->n; i++) { /* all different: no need to look at names */
		size_t at = d->entry[i].hash & (d->slots - 1);

		while (d->slot[at])
			at = (at + 1) & (d->slots - 1);
		d->slot[at] = slot_of(d->entry[i].hash, i);
	}
}

size_t dict_add(struct dict *d, size_t number, struct text name, bool *fresh)
{
	uint64_t *slot, h = dict_hash(number, name);

	if (4 * (d->n + 1) > 3 * d->slots)
		grow(d);
	slot = place(d, number, name, h);
	if (fresh)
		*fresh = *slot == 0;
	if (*slot == 0) {
		d->entry = arena_grow(d->arena, d->entry, d->n, sizeof *d->entry);
		d->entry[d->n] = (struct dict_entry){number, h, arena_text(d->arena, name)};
		*slot = slot_of(h, d->n++);
	}
	return index_in(*slot);
}

size_t dict_find(const struct dict *d, size_t number, struct text name)
{
	uint64_t *slot = d->slots ? place(d, number, name, dict_hash(number, name)) : NULL;

	return slot && *slot ? index_in(*slot) : DICT_NONE;
}

void dict_fetch(const struct dict *d, uint64_t hash)
{
	if (d->slots)
		__builtin_prefetch(&d->slot[hash & (d->slots - 1)]);
}

size_t dict_likely(const struct dict *d, uint64_t hash)
{
	for (size_t at = 0; at < 8 && d->slots; at++) {
		uint64_t slot = d->slot[(hash + at) & (d->slots - 1)];

		if (slot == 0)
			break;
		if ((slot ^ hash) >> INDEX_BITS == 0)
			return index_in(slot);
	}
	return DICT_NONE;
}
