/* dict.h -- numbers for names: a hash table from (number, text) to an index.
 *
 * Indices count up from 0 in the order in which keys were first seen, so equal input
 * gives equal indices. Keys are copied into the arena. Grows without limit.
 *
 * Not here: what the keys mean.
 * Uses span, arena. */
#ifndef BASE_DICT_H
#define BASE_DICT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DICT_NONE ((size_t)-1)

struct dict_entry {
	size_t number;
	uint64_t hash;
	struct text name;
};

struct dict {
	struct arena *arena;
	size_t n;                 /* keys so far */
	struct dict_entry *entry; /* by index */
	size_t slots;
	uint64_t *slot; /* see dict.c; slots is a power of two */
};

/* dict_new: an empty table. */
struct dict *dict_new(struct arena *a);

/* dict_add: the index of a key, given one when it is new (*fresh, may be NULL). */
size_t dict_add(struct dict *d, size_t number, struct text name, bool *fresh);

/* dict_find: the index of a key; DICT_NONE when it was never added. */
size_t dict_find(const struct dict *d, size_t number, struct text name);

/* Looking up in steps, so that the processor can fetch memory meanwhile. dict_fetch: has it fetch
 * where the key would stand. dict_likely: the index that a key with that hash most likely has,
 * which only dict_find knows; DICT_NONE when it was never added or is not at once found. */
uint64_t dict_hash(size_t number, struct text name);
void dict_fetch(const struct dict *d, uint64_t hash);
size_t dict_likely(const struct dict *d, uint64_t hash);

#endif
