/* bytes16.h -- sixteen bytes looked at in one step, on every processor.
 *
 * A vector of gcc and clang: comparisons give 0xFF for the bytes where they hold, else 0.
 *
 * Not here: what is looked for (utf8, csvscan). */
#ifndef BASE_BYTES16_H
#define BASE_BYTES16_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* bytes16_load: sixteen bytes from anywhere. */
static inline bytes16 bytes16_load(const void *at)
{
	bytes16 b;

	memcpy(&b, at, sizeof b);
	return b;
}

/* bytes16_high: has one of them its highest bit? */
static inline bool bytes16_high(bytes16 b)
{
#ifdef __SSE2__
	return _mm_movemask_epi8((__m128i)b) != 0;
#else
	uint64_t half[2];

	memcpy(half, &b, sizeof half);
	return ((half[0] | half[1]) & UINT64_C(0x8080808080808080)) != 0;
#endif
}

#endif
