/* diag.h -- what is wrong, in words a survey analyst can act on.
 *
 * A struct diag collects problems: up to DIAG_KEPT of them are kept whole, all
 * are counted. Functions that can fail on their input return bool and take
 * `struct diag *why` last; on false it has at least one error, on true it may
 * have gained warnings. When there is no more room, an error takes the place of a
 * warning. A problem has a place (file, line, column; 0 or empty
 * where it has none) and one sentence that says what was found and what was
 * expected, quoting the offending text. The sentence is lower case without a
 * full stop; a very long one is cut.
 *
 * Sentences are written in English, in the call, and are kept in the language of the
 * collection: its translation looks their formats up. A collection that is made inside
 * a function takes the translation of the one it stands in for:
 *   struct diag own = {.translation = why->translation};
 *
 * Not here: printing (main does it, once) and running out of memory (arena).
 * Uses span, translation. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/span.h"
#include "base/translation.h"

#include <stddef.h>

#define DIAG_KEPT 20

/* What kind of problem; decides the exit status. */
enum diag_code {
	DIAG_NOTE,    /* how something was understood; nothing is doubtful */
	DIAG_WARNING, /* done, but the reader should know */
	DIAG_FAILED,  /* could not be done: writing, space */
	DIAG_USAGE,   /* the command line is wrong */
	DIAG_DATA,    /* a file is wrong, or cannot be read */
	DIAG_TOOL,    /* a program or font we need is missing or failed */
};

/* Where: line and column count from 1, column in characters; 0 = unknown. */
struct place {
	const char *file; /* NULL = none; copied when a problem is added */
	size_t line, column;
};

struct diag_item {
	enum diag_code code;
	char file[256];
	size_t line, column;
	char words[768];
	char hint[256]; /* what to do next; may be empty */
};

struct diag {
	const struct translation *translation; /* NULL = English */
	size_t errors, warnings;               /* all, kept or not; notes count among neither */
	enum diag_code worst;                  /* code of the first error */
	size_t kept;
	bool last_kept; /* the problem added last is the last item */
	struct diag_item item[DIAG_KEPT];
};

/* diag_fail: adds an error without a place; always returns false, so that a failing line is one
 * line. */
bool diag_fail(struct diag *why, enum diag_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* diag_at: adds an error (or warning) at a place; always returns false. */
bool diag_at(struct diag *why, struct place where, enum diag_code code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* diag_warn: adds a warning without a place. */
void diag_warn(struct diag *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* diag_note: tells how something was understood, such as the encoding of a file; the same words
 *   of the same file stand once. `file` may be NULL. */
void diag_note(struct diag *why, const char *file, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* diag_hint: says what to do next, on the problem added last (if it was kept). Returns false. */
bool diag_hint(struct diag *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* diag_word: a word or clause that a message is filled with, in the language of the collection. Its
 *   English stands in the call, or is marked N_() where it comes from. */
const char *diag_word(const struct diag *why, const char *english) __attribute__((format_arg(2)));

/* diag_system: what the system says of an error number, in the language of the collection. */
const char *diag_system(const struct diag *why, int error);

/* diag_append: adds all problems of another collection, in their order, as if each had been found
 *   here; those that it counted without keeping are counted. */
void diag_append(struct diag *why, const struct diag *more);

#endif
