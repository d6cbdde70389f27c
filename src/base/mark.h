/* mark.h -- numbers tied to pieces of a text, which go wherever the piece goes.
 *
 * A mark is two characters before a piece, which hold its number, and one behind it. They are of
 * the private planes 15 and 16, which no font draws and no script uses: nothing that escapes,
 * joins or fills text takes offence. Whoever made a text takes the marks out again. A text of other
 * origin may hold such characters too: a mark counts only where the reader knows the piece.
 *
 * Uses span, arena. */
#ifndef BASE_MARK_H
#define BASE_MARK_H

#include "base/arena.h"
#include "base/span.h"

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE };

/* mark_put: the piece inside its mark. Numbers go up to 2^28 - 1. */
struct text mark_put(struct arena *a, size_t number, struct text piece);

/* mark_at: which mark begins at byte i, how many bytes it takes (0 = none), and, where it opens,
 *   its number. */
enum mark mark_at(struct text s, size_t i, size_t *bytes, size_t *number);

#endif
