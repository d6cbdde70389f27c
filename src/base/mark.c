#include "base/mark.h"

/* UTF-8 of U+F0000 to U+F3FFF holds the upper fourteen bits, of U+F4000 to U+F7FFF the lower; a
 * mark closes with U+100000. */
#define BITS 14
#define UPPER 0xF0000ul
#define LOWER 0xF4000ul
#define CLOSE "\xF4\x80\x80\x80"

static void put(unsigned long letter, char *to)
{
	to[0] = (char)(0xF0 | letter >> 18);
	to[1] = (char)(0x80 | (letter >> 12 & 0x3F));
	to[2] = (char)(0x80 | (letter >> 6 & 0x3F));
	to[3] = (char)(0x80 | (letter & 0x3F));
}

/* The letter of four bytes; 0 when they are none. */
static unsigned long letter_at(struct text s, size_t i)
{
	const unsigned char *at = (const unsigned char *)s.at + i;

	if (i + 4 > s.n || at[0] < 0xF0)
		return 0;
	return (unsigned long)(at[0] & 0x07) << 18 | (unsigned long)(at[1] & 0x3F) << 12 |
	       (unsigned long)(at[2] & 0x3F) << 6 | (unsigned long)(at[3] & 0x3F);
}

struct text mark_put(struct arena *a, size_t number, struct text piece)
{
	char open[9] = "";

	put(UPPER + (number >> BITS), open);
	put(LOWER + (number & ((1ul << BITS) - 1)), open + 4);
	return arena_format(a, "%s%.*s" CLOSE, open, SPAN_ARG(piece));
}

enum mark mark_at(struct text s, size_t i, size_t *bytes, size_t *number)
{
	const unsigned long room = 1ul << BITS;
	unsigned long first, second;

	*bytes = 0;
	if (i >= s.n || (unsigned char)s.at[i] < 0xF3)
		return MARK_NONE;
	first = letter_at(s, i);
	second = letter_at(s, i + 4);
	if (first == 0x100000ul) {
		*bytes = 4;
		return MARK_CLOSE;
	}
	if (first < UPPER || first >= UPPER + room || second < LOWER || second >= LOWER + room)
		return MARK_NONE;
	*bytes = 8;
	*number = (first - UPPER) << BITS | (second - LOWER);
	return MARK_OPEN;
}
