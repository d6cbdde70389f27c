/* arena.h -- memory that is all released together, at the end of one command.
 *
 * Tables, catalogues and results live in the arena they were given and are
 * never freed singly, so no other module has a free function. Memory comes
 * zeroed and aligned for any type. Exhaustion and size overflow print one line
 * and exit(1): no caller checks.
 *
 * Not here: any knowledge of what is stored.
 * Uses span. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

#include <stddef.h>

struct arena_block;

struct arena { /* start from {0} */
	struct arena_block *newest;
	size_t bytes; /* handed out */
};

/* arena_exhausted: how exhaustion ends the program; for memory that does not come from an arena. */
void arena_exhausted(size_t n, size_t size) __attribute__((noreturn));

/* arena_new: `n` zeroed objects of `size` bytes; n = 0 gives a valid pointer to nothing. */
void *arena_new(struct arena *a, size_t n, size_t size);

/* arena_expect: about so many bytes will be asked for: large pages are worth while. Only a hint. */
void arena_expect(struct arena *a, size_t bytes);

/* arena_grow: room for one more in an array of `n` used objects; capacities are 4, 16, 64, ...
 *   array    the array so far (NULL when n = 0), in the arena
 *   returns  the array, moved when it was full; the new object is zeroed */
void *arena_grow(struct arena *a, void *array, size_t n, size_t size);

/* arena_reserve: the room for n objects that arena_grow would have made one by one; fill it from
 * the front, and arena_grow goes on behind them. */
void *arena_reserve(struct arena *a, size_t n, size_t size);

/* arena_text: a copy of the bytes, with a NUL behind them. */
struct text arena_text(struct arena *a, struct text s);

/* arena_string: a copy of the bytes as a C string; bytes behind a NUL inside are not seen by C. */
const char *arena_string(struct arena *a, struct text s);

/* arena_format: what printf would print, in the arena. */
struct text arena_format(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* arena_adopt: what lives in `other`, such as that of another thread, lives on in `a` at the same
 *   addresses; `other` is empty again. */
void arena_adopt(struct arena *a, struct arena *other);

/* arena_bytes: of all objects so far. */
size_t arena_bytes(const struct arena *a);

/* arena_release: frees everything; the arena is empty again. */
void arena_release(struct arena *a);

/* arena_give_back: memory of released arenas goes back to the system, where it can. */
void arena_give_back(void);

#endif
