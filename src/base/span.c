#include "base/span.h"

#include <string.h>

struct text span_of(const char *s)
{
	return (struct text){s, s ? strlen(s) : 0};
}

bool span_is(struct text a, const char *s)
{
	return span_equal(a, span_of(s));
}

bool span_starts(struct text s, const char *head)
{
	size_t n = strlen(head);

	return s.n >= n && (n == 0 || memcmp(s.at, head, n) == 0);
}

int span_compare(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.at, b.at, n) : 0;

	return order ? (order > 0) - (order < 0) : (a.n > b.n) - (a.n < b.n);
}

bool span_split(struct text *rest, char separator, struct text *part)
{
	const char *end;

	if (!rest->at)
		return false;
	end = rest->n ? memchr(rest->at, separator, rest->n) : NULL;
	part->at = rest->at;
	part->n = end ? (size_t)(end - rest->at) : rest->n;
	*rest = end ? (struct text){end + 1, rest->n - part->n - 1} : (struct text){NULL, 0};
	return true;
}

size_t span_find(struct text s, struct text part)
{
	if (part.n == 0)
		return 0;
	for (size_t i = 0; i + part.n <= s.n; i++) {
		const char *at = memchr(s.at + i, part.at[0], s.n - part.n - i + 1);
		if (!at)
			break;
		i = (size_t)(at - s.at);
		if (memcmp(at, part.at, part.n) == 0)
			return i;
	}
	return SPAN_NOWHERE;
}

size_t span_find_last(struct text s, struct text part)
{
	for (size_t i = s.n + 1; i-- > 0;)
		if (i + part.n <= s.n && (part.n == 0 || memcmp(s.at + i, part.at, part.n) == 0))
			return i;
	return SPAN_NOWHERE;
}

bool span_holds(struct text s, struct text part)
{
	return span_find(s, part) != SPAN_NOWHERE;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text span_trim(struct text s)
{
	while (s.n && is_blank(s.at[0])) {
		s.at++;
		s.n--;
	}
	while (s.n && is_blank(s.at[s.n - 1]))
		s.n--;
	return s;
}

struct text span_line(struct text s)
{
	struct text line = {NULL, 0};

	while (span_split(&s, '\n', &line)) {
		line = span_trim(line);
		if (line.n)
			return line;
	}
	return (struct text){NULL, 0};
}
