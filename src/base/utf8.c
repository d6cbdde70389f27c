#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t bytes16 __attribute__((vector_size(16)));

#define BEFORE 2 /* bytes before a block that are looked at with it */
#define BLOCK 64

/* ---- byte by byte -------------------------------------------------------------------------- */

static bool follows(uint8_t byte)
{
	return (byte & 0xC0) == 0x80;
}

/* The length of the character at s, which has n bytes; 0 when it is none. */
static size_t character(const uint8_t *s, size_t n)
{
	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xC2 && s[0] < 0xE0)
		return n > 1 && follows(s[1]) ? 2 : 0;
	if (s[0] >= 0xE0 && s[0] < 0xF0)
		return n > 2 && follows(s[1]) && follows(s[2]) && (s[0] != 0xE0 || s[1] >= 0xA0) &&
				       (s[0] != 0xED || s[1] < 0xA0)
			       ? 3
			       : 0;
	if (s[0] >= 0xF0 && s[0] < 0xF5)
		return n > 3 && follows(s[1]) && follows(s[2]) && follows(s[3]) &&
				       (s[0] != 0xF0 || s[1] >= 0x90) &&
				       (s[0] != 0xF4 || s[1] < 0x90)
			       ? 4
			       : 0;
	return 0;
}

/* Goes over characters until one ends at `end` or behind it; false at one that is none. */
static bool step_over(const uint8_t *s, size_t n, size_t end, size_t *from)
{
	while (*from < end) {
		size_t length = character(s + *from, n - *from);

		if (length == 0)
			return false;
		*from += length;
	}
	return true;
}

/* Where the character at `at` begins: there, or up to three bytes before. All others before it are
 * valid. */
static size_t begin_of(const uint8_t *s, size_t at)
{
	for (size_t back = 1; back <= 3 && back <= at && s[at - back] >= 0x80; back++) {
		uint8_t lead = s[at - back];

		if (lead >= 0xC0)
			return lead >= (back == 3   ? 0xF0
					: back == 2 ? 0xE0
						    : 0xC0)
				       ? at - back
				       : at;
	}
	return at;
}

/* ---- sixteen bytes at a time --------------------------------------------------------------- */

static bytes16 load(const uint8_t *at)
{
	bytes16 b;

	memcpy(&b, at, sizeof b);
	return b;
}

static bool any(bytes16 b, uint8_t bits)
{
	uint64_t half[2];

	b &= bits;
	memcpy(half, &b, sizeof half);
	return (half[0] | half[1]) != 0;
}

/* Has the block, or what is before it, more than ASCII? */
static bool is_high(const uint8_t *at)
{
	bytes16 high = load(at - BEFORE);

	for (size_t k = 0; k < BLOCK; k += sizeof high)
		high |= load(at + k);
	return any(high, 0x80);
}

/* Does every byte follow where the two before it want one and nowhere else, and are all of the kind
 * of which no more has to be known? */
static bool is_settled(const uint8_t *at)
{
	bytes16 doubt = {0};

	for (size_t k = 0; k < BLOCK; k += sizeof doubt) {
		bytes16 b = load(at + k), one = load(at + k - 1), two = load(at + k - 2);

		doubt |= ((bytes16)(one >= 0xC0) | (bytes16)(two >= 0xE0)) ^
			 (bytes16)((b & 0xC0) == 0x80);
		doubt |= (bytes16)((b & 0xFE) == 0xC0) | (bytes16)(b == 0xE0) |
			 (bytes16)(b == 0xED) | (bytes16)(b >= 0xF0);
	}
	return !any(doubt, 0xFF);
}

size_t utf8_valid(struct text text)
{
	const uint8_t *s = (const uint8_t *)text.at;
	size_t n = text.n, from = 0, i = BEFORE;

	if (!step_over(s, n, n < BEFORE ? n : BEFORE, &from))
		return from;
	for (; i + BLOCK <= n; i += BLOCK) {
		if (!is_high(s + i) || is_settled(s + i))
			continue;
		from = begin_of(s, i);
		if (!step_over(s, n, i + BLOCK, &from))
			return from;
	}
	if (i <= n)
		from = begin_of(s, i);
	step_over(s, n, n, &from);
	return from;
}
