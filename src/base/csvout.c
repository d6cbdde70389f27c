#include "base/csvout.h"

#include <string.h>

static void put(struct csvout *out, char byte)
{
	out->at = arena_grow(out->arena, out->at, out->n, 1);
	out->at[out->n++] = byte;
}

struct text csvout_quoted(struct arena *a, struct text s)
{
	bool quote = s.n && (memchr(s.at, ',', s.n) || memchr(s.at, '"', s.n) ||
			     memchr(s.at, '\n', s.n) || memchr(s.at, '\r', s.n));
	char *to;
	size_t n = 0;

	if (!quote)
		return s;
	to = arena_new(a, 2 * s.n + 2, 1);
	to[n++] = '"';
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] == '"')
			to[n++] = '"';
		to[n++] = s.at[i];
	}
	to[n++] = '"';
	return (struct text){to, n};
}

void csvout_field(struct csvout *out, struct text s)
{
	struct text field = csvout_quoted(out->arena, s);

	if (out->begun)
		put(out, ',');
	out->begun = true;
	for (size_t i = 0; i < field.n; i++)
		put(out, field.at[i]);
}

void csvout_row(struct csvout *out)
{
	put(out, '\n');
	out->begun = false;
}

void csvout_line(struct csvout *out, const char *const *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csvout_field(out, span_of(fields[i]));
	csvout_row(out);
}

struct text csvout_bytes(const struct csvout *out)
{
	return (struct text){out->at ? out->at : "", out->n};
}
