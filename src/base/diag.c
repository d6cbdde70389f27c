#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The last item of a lesser kind goes; the room is at the end. */
static bool take_place(struct diag *why, enum diag_code lesser, enum diag_code code)
{
	size_t i = DIAG_KEPT;

	if (code > DIAG_WARNING)
		code = DIAG_FAILED; /* errors are of one rank */
	if (lesser >= code)
		return false;
	while (i > 0 && why->item[i - 1].code != lesser)
		i--;
	if (i == 0)
		return false;
	memmove(&why->item[i - 1], &why->item[i], (DIAG_KEPT - i) * sizeof *why->item);
	return true;
}

static struct diag_item *next_item(struct diag *why, enum diag_code code)
{
	if (code == DIAG_WARNING)
		why->warnings++;
	else if (code > DIAG_WARNING && why->errors++ == 0)
		why->worst = code;
	if (why->kept < DIAG_KEPT)
		return &why->item[why->kept++];
	return take_place(why, DIAG_NOTE, code) || take_place(why, DIAG_WARNING, code)
		       ? &why->item[DIAG_KEPT - 1]
		       : NULL;
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
	vsnprintf(item->words, sizeof item->words, translation_of(why->translation, format), args);
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

void diag_note(struct diag *why, const char *file, const char *format, ...)
{
	size_t last;
	va_list args;

	va_start(args, format);
	add(why, (struct place){file, 0, 0}, DIAG_NOTE, format, args);
	va_end(args);
	if (!why->last_kept)
		return;
	last = why->kept - 1;
	for (size_t i = 0; i < last; i++)
		if (why->item[i].code == DIAG_NOTE &&
		    strcmp(why->item[i].words, why->item[last].words) == 0 &&
		    strcmp(why->item[i].file, why->item[last].file) == 0) {
			why->kept--;
			why->last_kept = false;
			return;
		}
}

bool diag_hint(struct diag *why, const char *format, ...)
{
	va_list args;

	if (!why->last_kept)
		return false;
	va_start(args, format);
	vsnprintf(why->item[why->kept - 1].hint, sizeof why->item->hint,
		  translation_of(why->translation, format), args);
	va_end(args);
	drop_partial_character(why->item[why->kept - 1].hint);
	return false;
}

const char *diag_word(const struct diag *why, const char *english)
{
	return translation_of(why->translation, english);
}

const char *diag_system(const struct diag *why, int error)
{
	switch (error) { /* those that users meet, in the words of strerror */
	case ENOENT: return diag_word(why, "No such file or directory");
	case EACCES: return diag_word(why, "Permission denied");
	case EPERM: return diag_word(why, "Operation not permitted");
	case EEXIST: return diag_word(why, "File exists");
	case EISDIR: return diag_word(why, "Is a directory");
	case ENOTDIR: return diag_word(why, "Not a directory");
	case ENOSPC: return diag_word(why, "No space left on device");
	case EROFS: return diag_word(why, "Read-only file system");
	case EIO: return diag_word(why, "Input/output error");
	case EMFILE: return diag_word(why, "Too many open files");
	case ENOMEM: return diag_word(why, "Cannot allocate memory");
	case ENAMETOOLONG: return diag_word(why, "File name too long");
	case EFBIG: return diag_word(why, "File too large");
	case EPIPE: return diag_word(why, "Broken pipe");
	case ELOOP: return diag_word(why, "Too many levels of symbolic links");
	default: return strerror(error);
	}
}

static size_t kept_of(const struct diag *d, enum diag_code least, enum diag_code most)
{
	size_t n = 0;

	for (size_t i = 0; i < d->kept; i++)
		n += d->item[i].code >= least && d->item[i].code <= most;
	return n;
}

void diag_append(struct diag *why, const struct diag *more)
{
	for (size_t i = 0; i < more->kept; i++) {
		const struct diag_item *from = &more->item[i];
		struct diag_item *to;

		if (from->code == DIAG_NOTE) {
			diag_note(why, *from->file ? from->file : NULL, "%s", from->words);
			continue;
		}
		to = next_item(why, from->code);
		why->last_kept = to != NULL;
		if (to)
			*to = *from;
	}
	why->errors += more->errors - kept_of(more, DIAG_FAILED, DIAG_TOOL);
	why->warnings += more->warnings - kept_of(more, DIAG_WARNING, DIAG_WARNING);
}
