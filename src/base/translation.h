/* translation.h -- the program's own English sentences in another language.
 *
 * The translations come from a compiled catalogue of GNU gettext (a .mo file: two
 * sorted tables of strings). It is read here, and not by the C library, because the
 * library translates only under an installed locale, which a bare system lacks.
 * Sentences are found by their English words: what has no translation stays English.
 *
 * Not here: which language to use and where its file lies (cmd/messages), the words
 * of tables, charts and reports (phrases).
 * Uses span. */
#ifndef BASE_TRANSLATION_H
#define BASE_TRANSLATION_H

#include "base/span.h"

#include <stdint.h>

/* Marks English words for the translators, where they are not translated at once. */
#define N_(words) words

struct translation {
	struct text file;           /* its bytes, which must stay */
	uint32_t n, english, other; /* strings; the offsets of the two tables */
	bool swapped;               /* written on a machine with the other order of bytes */
};

/* translation_read: takes the bytes of a .mo file; NULL, or what is wrong with them (English words
 *   behind "the file"). They must be UTF-8 and sorted, every string inside the file and ended. */
const char *translation_read(struct text bytes, struct translation *out);

/* translation_of: the translation of `english`; `english` itself when there is none, or t is NULL.
 */
const char *translation_of(const struct translation *t, const char *english)
	__attribute__((format_arg(2)));

#endif
