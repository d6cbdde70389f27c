/* statkind.h -- which statistical package wrote a file: what its first bytes and its name say.
 *
 * Not here: reading it (statfile).
 * Uses nothing. */
#ifndef INPUT_STATKIND_H
#define INPUT_STATKIND_H

#include <stdbool.h>

enum statkind {
	STATKIND_NONE,
	STATKIND_CSV,
	STATKIND_STATA,
	STATKIND_SPSS,
	STATKIND_PORTABLE,
	STATKIND_SAS,
	STATKIND__COUNT
};

/* What people call it. */
extern const char *const statkind_name[STATKIND__COUNT];

/* statkind_of_bytes: NONE for a file that cannot be read, or is no regular file: what comes through
 * a pipe cannot be looked at twice.
 *   text_unknown  set: it is from a Stata before version 14, which does not state the encoding of
 *                 its text */
enum statkind statkind_of_bytes(const char *file, bool *text_unknown);

/* statkind_of_name: by the end of the name; NONE of any other. */
enum statkind statkind_of_name(const char *file);

/* statkind_whole: has the file its end, as far as its kind marks it? Stata does since version 13.
 */
bool statkind_whole(const char *file, enum statkind kind);

#endif
