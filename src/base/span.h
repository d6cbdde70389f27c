/* span.h -- read-only views of bytes owned by someone else.
 *
 * A struct text is passed by value, is UTF-8 and is not NUL-terminated. It is
 * valid while its owner (normally the command's arena) lives. A span of no
 * bytes stands for "nothing here". No function in this file allocates or fails.
 *
 * Not here: meaning of the bytes (text, number), copies (arena).
 * Uses nothing. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct text {
	const char *at;
	size_t n;
};

/* TEXT: a span over a string literal, usable in static initialisers. */
#define TEXT(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* SPAN_ARG: the two arguments that "%.*s" wants. */
#define SPAN_ARG(s) (int)(s).n, (s).at ? (s).at : ""

/* span_of: the bytes of a C string; NULL gives the empty span. */
struct text span_of(const char *s);

/* span_equal: same length and same bytes. */
static inline bool span_equal(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || (*a.at == *b.at && memcmp(a.at, b.at, a.n) == 0));
}

/* span_is: span_equal with a C string. */
bool span_is(struct text a, const char *s);

/* span_starts: begins with the bytes of a C string. */
bool span_starts(struct text s, const char *head);

#define SPAN_NOWHERE ((size_t)-1)

/* span_find, span_find_last: where the part begins in s for the first, or the last, time; else
 *   SPAN_NOWHERE. An empty part is found at the beginning, or the end.
 * span_holds: is it there at all? */
size_t span_find(struct text s, struct text part);
size_t span_find_last(struct text s, struct text part);
bool span_holds(struct text s, struct text part);

/* span_compare: byte order, a shorter prefix first; for sorting (-1, 0, 1). */
int span_compare(struct text a, struct text b);

/* span_split: takes the part of *rest before the next `separator` and moves *rest behind it.
 *   returns  false when *rest is exhausted (its `at` is NULL)
 *   so       "a||b" gives "a", "", "b"; "a|" gives "a", ""; "" gives one empty part */
bool span_split(struct text *rest, char separator, struct text *part);

/* span_line: the first line that is not blank, trimmed; empty when there is none. */
struct text span_line(struct text s);

/* span_trim: without ASCII spaces, tabs and line ends at both ends. */
struct text span_trim(struct text s);

#endif
