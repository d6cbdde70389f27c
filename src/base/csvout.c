#include "base/csvout.h"

#include "base/number.h"

#include <limits.h>
#include <string.h>

/* Room for n more bytes. */
static char *room_for(struct csvout *out, size_t n)
{
	if (out->room - out->n < n) {
		char *old = out->at;

		out->room = 2 * (out->n + n) + 256;
		out->at = arena_new(out->arena, out->room, 1);
		if (out->n)
			memcpy(out->at, old, out->n);
	}
	out->n += n;
	return out->at + out->n - n;
}

struct text csvout_quoted(struct arena *a, struct text s)
{
	static const bool special[1 << CHAR_BIT] = {
		[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
	bool quote = false;
	char *to;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		quote |= special[(unsigned char)s.at[i]];
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

bool csvout_is_formula(struct text s)
{
	double number;

	return s.n && memchr("=+-@\t\r", *s.at, 6) && !number_parse(s, &number);
}

void csvout_field(struct csvout *out, struct text s)
{
	struct text field = csvout_quoted(out->arena, s);

	if (out->begun)
		*room_for(out, 1) = ',';
	out->begun = true;
	if (field.n)
		memcpy(room_for(out, field.n), field.at, field.n);
}

void csvout_row(struct csvout *out)
{
	*room_for(out, 1) = '\n';
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
