#include "base/dict.h"

#include <string.h>
#include <xxhash.h>

struct dict *dict_new(struct arena *a)
{
	struct dict *d = arena_new(a, 1, sizeof *d);

	d->arena = a;
	return d;
}

static size_t hash(size_t number, struct text name)
{
	return (size_t)XXH3_64bits_withSeed(name.at, name.n, number);
}

/* The place of a key in the table: its own, or the free one where it would go. */
static size_t *place(const struct dict *d, size_t number, struct text name, size_t h)
{
	size_t at = h & (d->slots - 1);

	for (; d->slot[at]; at = (at + 1) & (d->slots - 1)) {
		const struct dict_entry *e = &d->entry[d->slot[at] - 1];

		if (e->hash == h && e->number == number && span_equal(e->name, name))
			break;
	}
	return &d->slot[at];
}

static void grow(struct dict *d)
{
	d->slots = d->slots ? 2 * d->slots : 16;
	d->slot = arena_new(d->arena, d->slots, sizeof *d->slot);
	for (size_t i = 0; i < d->n; i++) { /* all different: no need to look at names */
		size_t at = d->entry[i].hash & (d->slots - 1);

		while (d->slot[at])
			at = (at + 1) & (d->slots - 1);
		d->slot[at] = i + 1;
	}
}

size_t dict_add(struct dict *d, size_t number, struct text name, bool *fresh)
{
	size_t *slot, h = hash(number, name);

	if (2 * (d->n + 1) > d->slots)
		grow(d);
	slot = place(d, number, name, h);
	if (fresh)
		*fresh = *slot == 0;
	if (*slot == 0) {
		d->entry = arena_grow(d->arena, d->entry, d->n, sizeof *d->entry);
		d->entry[d->n++] = (struct dict_entry){number, h, arena_text(d->arena, name)};
		*slot = d->n;
	}
	return *slot - 1;
}

size_t dict_find(const struct dict *d, size_t number, struct text name)
{
	size_t *slot = d->slots ? place(d, number, name, hash(number, name)) : NULL;

	return slot && *slot ? *slot - 1 : DICT_NONE;
}
