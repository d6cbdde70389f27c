#include "base/utf8.h"

#include "base/bytes16.h"

#define BEFORE 2 /* bytes before sixteen that are looked at with them */

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

/* High where a byte does not follow though one of the two before it wants one, or the other way
 * round; and where more has to be known. */
static bytes16 doubts(bytes16 b, bytes16 one_before, bytes16 two_before)
{
	bytes16 wanted = (bytes16)(one_before >= 0xC0) | (bytes16)(two_before >= 0xE0);
	bytes16 other = (bytes16)((b & 0xFE) == 0xC0) | (bytes16)(b == 0xE0) |
			(bytes16)(b == 0xED) | (bytes16)(b >= 0xF0);

	return (wanted ^ (bytes16)((b & 0xC0) == 0x80)) | other;
}

size_t utf8_valid(struct text text)
{
	const uint8_t *s = (const uint8_t *)text.at;
	size_t n = text.n, from = 0, i = BEFORE;

	if (!step_over(s, n, n < BEFORE ? n : BEFORE, &from))
		return from;
	for (; i + sizeof(bytes16) <= n; i += sizeof(bytes16)) {
		bytes16 b = bytes16_load(s + i), two_before = bytes16_load(s + i - 2);

		if (!bytes16_high(b | two_before) ||
		    !bytes16_high(doubts(b, bytes16_load(s + i - 1), two_before)))
			continue;
		from = begin_of(s, i);
		if (!step_over(s, n, i + sizeof b, &from))
			return from;
	}
	if (i <= n)
		from = begin_of(s, i);
	step_over(s, n, n, &from);
	return from;
}
