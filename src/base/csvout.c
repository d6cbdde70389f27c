#include "base/csvout.h"

#include <string.h>

static void put(struct csvout *out, char byte)
{
	out->at = arena_grow(out->arena, out->at, out->n, 1);
	out->at[out->n++] = byte;
}

void csvout_field(struct csvout *out, struct text s)
{
	bool quote = s.n && (memchr(s.at, ',', s.n) || memchr(s.at, '"', s.n) ||
			     memchr(s.at, '\n', s.n) || memchr(s.at, '\r', s.n));

	if (out->begun)
		put(out, ',');
	out->begun = true;
	if (quote)
		put(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] == '"')
			put(out, '"');
		put(out, s.at[i]);
	}
	if (quote)
		put(out, '"');
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
