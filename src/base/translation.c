#include "base/translation.h"

#include <string.h>

/* The head of a .mo file: seven numbers of four bytes; the last two are of a hash table, which is
 * not needed. */
enum { HEAD_MAGIC, HEAD_REVISION, HEAD_N, HEAD_ENGLISH, HEAD_OTHER, HEAD_BYTES = 28 };

static const uint32_t magic = 0x950412de, magic_swapped = 0xde120495;

/* The number at an offset that is known to lie inside. */
static uint32_t number_at(const struct translation *t, size_t offset)
{
	uint32_t x;

	memcpy(&x, t->file.at + offset, sizeof x);
	return t->swapped ? x >> 24 | (x >> 8 & 0xFF00) | (x << 8 & 0xFF0000) | x << 24 : x;
}

/* String i of a table, which holds a length and an offset for each; NULL when it does not lie
 * inside, ended by a zero. */
static const char *checked(const struct translation *t, uint32_t table, uint32_t i)
{
	uint64_t length = number_at(t, table + 8 * (size_t)i),
		 offset = number_at(t, table + 8 * (size_t)i + 4);

	if (offset + length >= t->file.n || t->file.at[offset + length] != '\0')
		return NULL;
	return t->file.at + offset;
}

static const char *string_at(const struct translation *t, uint32_t table, uint32_t i)
{
	return t->file.at + number_at(t, table + 8 * (size_t)i + 4);
}

static bool table_inside(const struct translation *t, uint32_t table)
{
	return table >= HEAD_BYTES && table + 8 * (uint64_t)t->n <= t->file.n;
}

static const char *read_head(struct text bytes, struct translation *out)
{
	*out = (struct translation){.file = bytes};
	if (bytes.n < HEAD_BYTES)
		return "is no catalogue of messages";
	out->swapped = number_at(out, HEAD_MAGIC) == magic_swapped;
	if (number_at(out, HEAD_MAGIC) != magic || number_at(out, 4 * HEAD_REVISION) >> 16 > 1)
		return "is no catalogue of messages";
	out->n = number_at(out, 4 * HEAD_N);
	out->english = number_at(out, 4 * HEAD_ENGLISH);
	out->other = number_at(out, 4 * HEAD_OTHER);
	if (!table_inside(out, out->english) || !table_inside(out, out->other))
		return "is cut short";
	return NULL;
}

const char *translation_read(struct text bytes, struct translation *out)
{
	const char *wrong = read_head(bytes, out), *before = NULL;

	for (uint32_t i = 0; !wrong && i < out->n; i++) {
		const char *english = checked(out, out->english, i);

		if (!english || !checked(out, out->other, i))
			wrong = "is cut short";
		else if (before && strcmp(before, english) >= 0)
			wrong = "is not sorted";
		before = english;
	}
	/* the first string is "", whose translation tells how the file is written */
	if (!wrong && (out->n == 0 || *string_at(out, out->english, 0) ||
		       !strstr(string_at(out, out->other, 0), "charset=UTF-8\n")))
		wrong = "is not in UTF-8";
	if (wrong)
		out->n = 0;
	return wrong;
}

const char *translation_of(const struct translation *t, const char *english)
{
	uint32_t low = 0, high = t && *english ? t->n : 0;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(english, string_at(t, t->english, middle));

		if (order == 0)
			return string_at(t, t->other, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return english;
}
