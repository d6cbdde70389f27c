#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct diag_item *next_item(struct diag *why, enum diag_code code)
{
	if (code == DIAG_WARNING)
		why->warnings++;
	else if (why->errors++ == 0)
		why->worst = code;
	if (why->kept < DIAG_KEPT)
		return &why->item[why->kept++];
	for (size_t i = DIAG_KEPT;
	     i-- > 0 && code != DIAG_WARNING;) /* an error comes before a warning */
		if (why->item[i].code == DIAG_WARNING) {
			memmove(&why->item[i], &why->item[i + 1],
				(DIAG_KEPT - 1 - i) * sizeof *why->item);
			return &why->item[DIAG_KEPT - 1];
		}
	return NULL;
}

static void cut_copy(char *to, size_t size, const char *from)
{
	size_t n = strlen(from);

	if (n >= size) { /* keep the end of a long path: the file's name */
		from += n - size + 1;
		n = size - 1;
	}
	memcpy(to, from, n);
	to[n] = '\0';
}

/* A sentence cut in the middle of a UTF-8 character would not be printable. */
static void drop_partial_character(char *s)
{
	size_t n = strlen(s), start = n;

	while (start > 0 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0 || (unsigned char)s[start - 1] < 0xC0)
		return;
	unsigned char lead = (unsigned char)s[start - 1];
	size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (n - (start - 1) < wanted)
		s[start - 1] = '\0';
}

static void add(struct diag *why, struct place where, enum diag_code code, const char *format,
		va_list args)
{
	struct diag_item *item = next_item(why, code);

	why->last_kept = item != NULL;
	if (!item)
		return;
	memset(item, 0, sizeof *item);
	item->code = code;
	item->line = where.line;
	item->column = where.column;
	if (where.file)
		cut_copy(item->file, sizeof item->file, where.file);
	vsnprintf(item->words, sizeof item->words, format, args);
	drop_partial_character(item->words);
}

bool diag_fail(struct diag *why, enum diag_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(why, (struct place){0}, code, format, args);
	va_end(args);
	return false;
}

bool diag_at(struct diag *why, struct place where, enum diag_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(why, where, code, format, args);
	va_end(args);
	return false;
}

void diag_warn(struct diag *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(why, (struct place){0}, DIAG_WARNING, format, args);
	va_end(args);
}

bool diag_hint(struct diag *why, const char *format, ...)
{
	va_list args;

	if (!why->last_kept)
		return false;
	va_start(args, format);
	vsnprintf(why->item[why->kept - 1].hint, sizeof why->item->hint, format, args);
	va_end(args);
	drop_partial_character(why->item[why->kept - 1].hint);
	return false;
}

static size_t kept_errors(const struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->kept; i++)
		n += d->item[i].code != DIAG_WARNING;
	return n;
}

void diag_append(struct diag *why, const struct diag *more)
{
	for (size_t i = 0; i < more->kept; i++) {
		const struct diag_item *from = &more->item[i];
		struct diag_item *to = next_item(why, from->code);

		why->last_kept = to != NULL;
		if (to)
			*to = *from;
	}
	why->errors += more->errors - kept_errors(more);
	why->warnings += more->warnings - (more->kept - kept_errors(more));
}
