#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define BLOCK_BYTES ((size_t)1 << 16)
#define LARGE_BLOCK_BYTES ((size_t)1 << 24) /* of an arena that has taken as much already */
#define LARGE_PAGES ((size_t)1 << 22)       /* from here on */
#define MOST_AT_ONCE ((size_t)1 << 28)
#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
	struct arena_block *older;
	size_t used, size;
	_Alignas(ALIGNMENT) char bytes[];
};

void arena_exhausted(size_t n, size_t size)
{
	fprintf(stderr, "hailong: out of memory (%zu x %zu bytes)\n", n, size);
	exit(1);
}

/* In few large pages, where the system has them: they are filled in a tenth of the time. */
static void in_large_pages(struct arena_block *b)
{
#ifdef MADV_HUGEPAGE
	long page = sysconf(_SC_PAGESIZE);
	size_t head = page > 0 ? (size_t)page - (uintptr_t)b % (size_t)page : 0;

	if (head && b->size >= LARGE_PAGES)
		madvise((char *)b + head, b->size - head, MADV_HUGEPAGE);
#else
	(void)b;
#endif
}

static struct arena_block *new_block(size_t size)
{
	struct arena_block *b = calloc(1, sizeof *b + size);

	if (b) {
		b->size = size;
		in_large_pages(b);
	}
	return b;
}

static void *from_new_block(struct arena *a, size_t bytes)
{
	size_t usual = a->bytes < LARGE_BLOCK_BYTES ? BLOCK_BYTES : LARGE_BLOCK_BYTES;
	size_t size = bytes > usual / 4 ? bytes : usual;
	struct arena_block *b = new_block(size);

	if (!b)
		arena_exhausted(1, bytes);
	a->bytes += bytes;
	b->used = bytes;
	if (size == bytes && a->newest) { /* a large object: keep filling the block in use */
		b->older = a->newest->older;
		a->newest->older = b;
	} else {
		b->older = a->newest;
		a->newest = b;
	}
	return b->bytes;
}

void *arena_new(struct arena *a, size_t n, size_t size)
{
	struct arena_block *b = a->newest;
	size_t bytes;

	if (size && n > (SIZE_MAX / 2) / size)
		arena_exhausted(n, size);
	bytes = (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!b || b->size - b->used < bytes)
		return from_new_block(a, bytes);
	b->used += bytes;
	a->bytes += bytes;
	return b->bytes + b->used - bytes;
}

void arena_expect(struct arena *a, size_t bytes)
{
	struct arena_block *b =
		bytes < LARGE_PAGES ? NULL : new_block(bytes < MOST_AT_ONCE ? bytes : MOST_AT_ONCE);

	if (!b)
		return;
	b->older = a->newest;
	a->newest = b;
}

/* Room is for 4, 16, 64, ... objects: what is left behind is a third of what is used, and room that
 * is not used yet takes no memory. */
#define POWERS_OF_4 ((size_t)0x5555555555555555)

void *arena_grow(struct arena *a, void *array, size_t n, size_t size)
{
	void *larger;

	if (n && (n < 4 || (n & (n - 1)) || !(n & POWERS_OF_4)))
		return array;
	if (n > SIZE_MAX / 4)
		arena_exhausted(n, size);
	larger = arena_new(a, n ? 4 * n : 4, size);
	if (n)
		memcpy(larger, array, n * size);
	return larger;
}

void *arena_reserve(struct arena *a, size_t n, size_t size)
{
	size_t room = 4;

	while (room < n) {
		if (room > SIZE_MAX / 4)
			arena_exhausted(n, size);
		room *= 4;
	}
	return arena_new(a, room, size);
}

struct text arena_text(struct arena *a, struct text s)
{
	char *copy = arena_new(a, s.n + 1, 1);

	if (s.n)
		memcpy(copy, s.at, s.n);
	return (struct text){copy, s.n};
}

const char *arena_string(struct arena *a, struct text s)
{
	return arena_text(a, s).at;
}

struct text arena_format(struct arena *a, const char *format, ...)
{
	char mostly[1024], *s;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(mostly, sizeof mostly, format, args); /* measures, if it does not fit */
	va_end(args);
	if (n < 0)
		return (struct text){"", 0};
	s = arena_new(a, (size_t)n + 1, 1);
	if ((size_t)n < sizeof mostly) {
		memcpy(s, mostly, (size_t)n + 1);
		return (struct text){s, (size_t)n};
	}
	va_start(args, format);
	vsnprintf(s, (size_t)n + 1, format, args);
	va_end(args);
	return (struct text){s, (size_t)n};
}

void arena_adopt(struct arena *a, struct arena *other)
{
	struct arena_block *oldest = other->newest;

	if (!oldest)
		return;
	while (oldest->older)
		oldest = oldest->older;
	if (a->newest) { /* the block in use stays in use */
		oldest->older = a->newest->older;
		a->newest->older = other->newest;
	} else {
		a->newest = other->newest;
	}
	other->newest = NULL;
	a->bytes += other->bytes;
	other->bytes = 0;
}

size_t arena_bytes(const struct arena *a)
{
	return a->bytes;
}

void arena_release(struct arena *a)
{
	for (struct arena_block *b = a->newest, *older; b; b = older) {
		older = b->older;
		free(b);
	}
	a->newest = NULL;
	a->bytes = 0;
}

void arena_give_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
