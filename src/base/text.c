#include "base/text.h"

#include "base/utf8.h"

#include <utf8proc.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool text_check(struct text s, size_t *bad)
{
	size_t n = utf8_valid(s);
	const char *zero = n ? memchr(s.at, '\0', n) : NULL;

	if (zero)
		n = (size_t)(zero - s.at);
	if (n < s.n)
		*bad = n;
	return n == s.n;
}

/* Of letters that are in normal form C whatever stands beside them: all below the combining marks
 * (U+0300), those of Vietnamese (U+1E00 to U+1EFF), and dashes, quotes and minus. Any other is left
 * to utf8proc. */
static bool plainly_nfc(struct text rest)
{
	int c;

	while ((c = text_next(&rest)) >= 0)
		if (c >= 0x300 && !(c >= 0x1E00 && c <= 0x1EFF) && !(c >= 0x2010 && c <= 0x2027) &&
		    c != 0x2212)
			return false;
	return true; /* or not valid, which is kept too */
}

static bool mapped(struct arena *a, struct text s, utf8proc_option_t options, struct text *out)
{
	utf8proc_uint8_t *map = NULL;
	utf8proc_ssize_t n =
		utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.n, &map, options);

	if (n < 0)
		return false;
	*out = arena_text(a, (struct text){(const char *)map, (size_t)n});
	free(map);
	return true;
}

struct text text_nfc(struct arena *a, struct text s)
{
	struct text out;

	if (plainly_nfc(s) || !mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE, &out))
		return s;
	return out;
}

struct text text_fold(struct arena *a, struct text s)
{
	struct text plain = s, rest;
	char *out;
	size_t n = 0;

	if (!mapped(a, s,
		    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
			    UTF8PROC_STRIPMARK,
		    &plain))
		plain = s;
	out = arena_new(a, plain.n + 1, 1);
	rest = plain;
	for (struct text before = rest; rest.n; before = rest) {
		int c = text_next(&rest);

		if (c < 0)
			break;
		utf8proc_category_t kind = utf8proc_category(c);
		bool word = (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
			    (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);

		if (c == 0x111) { /* đ has no decomposition */
			out[n++] = 'd';
		} else if (word) {
			memcpy(out + n, before.at, before.n - rest.n);
			n += before.n - rest.n;
		} else if (n && out[n - 1] != ' ') {
			out[n++] = ' ';
		}
	}
	n -= n && out[n - 1] == ' ';
	out[n] = '\0';
	return (struct text){out, n};
}

struct text text_key(struct arena *a, struct text s)
{
	struct text folded = text_fold(a, s);
	char *out = arena_new(a, folded.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < folded.n; i++)
		if (folded.at[i] != ' ')
			out[n++] = folded.at[i];
	return (struct text){out, n};
}

struct text text_lower(struct arena *a, struct text s)
{
	struct text out;

	return mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD, &out) ? out : s;
}

struct text text_plain(struct arena *a, struct text s)
{
	struct text bare, rest;
	char *out;
	size_t n = 0;

	if (!mapped(a, s, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &bare))
		return s;
	out = arena_new(a, bare.n + 1, 1);
	rest = bare;
	for (struct text before = rest; rest.n; before = rest) {
		int c = text_next(&rest);

		if (c == 0x110 || c == 0x111) { /* Đ and đ have no decomposition */
			out[n++] = c == 0x110 ? 'D' : 'd';
			continue;
		}
		memcpy(out + n, before.at, before.n - rest.n);
		n += before.n - rest.n;
	}
	out[n] = '\0';
	return (struct text){out, n};
}

struct text text_visible(struct arena *a, struct text s)
{
	struct text copy = arena_text(a, s), rest = copy;
	char *out = (char *)copy.at; /* ours: arena_text made it */

	while (rest.n) {
		const char *at = rest.at;
		int c = text_next(&rest);

		if (c < 0)
			break;
		/* all there are of the categories Cc, Zl and Zp */
		if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029)
			memset(out + (at - copy.at), ' ', (size_t)(rest.at - at));
	}
	return copy;
}

struct text text_slug(struct arena *a, struct text s)
{
	struct text folded = text_fold(a, s);
	char *out = arena_new(a, folded.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.at[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	out[n] = '\0';
	return (struct text){out, n};
}

int text_next(struct text *rest)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (rest->n == 0)
		return -1;
	if ((unsigned char)*rest->at < 0x80) { /* as most are: one byte */
		rest->n--;
		return *rest->at++;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)rest->at, (utf8proc_ssize_t)rest->n, &c);
	if (n <= 0)
		return -1;
	rest->at += n;
	rest->n -= (size_t)n;
	return c;
}

size_t text_length(struct text s)
{
	size_t n = 0;

	while (text_next(&s) >= 0)
		n++;
	return n;
}

size_t text_letter_columns(int letter)
{
	return (size_t)utf8proc_charwidth(letter);
}

size_t text_columns(struct text s)
{
	size_t n = 0;

	for (int c; (c = text_next(&s)) >= 0;)
		n += text_letter_columns(c);
	return n;
}

#define DISTANCE_BYTES 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t text_distance(struct text a, struct text b)
{
	size_t row[3][DISTANCE_BYTES + 1]; /* two rows back, one row back, this row */

	if (a.n > DISTANCE_BYTES || b.n > DISTANCE_BYTES)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			now[j] = least(least(up[j], now[j - 1]) + 1,
				       up[j - 1] + (a.at[i - 1] != b.at[j - 1]));
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			    a.at[i - 2] == b.at[j - 1])
				now[j] = least(now[j], up2[j - 2] + 1);
		}
	}
	return row[a.n % 3][b.n];
}
