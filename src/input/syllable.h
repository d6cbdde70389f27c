/* syllable.h -- may this word be a syllable of Vietnamese? Evidence for encodings.
 *
 * Vietnamese is written in syllables of at most one tone, whose vowels come from a short list.
 * Bytes that are read by the wrong table hardly ever make one. Codas are taken loosely, for the
 * names of places (Đắk, Krông).
 *
 * Not here: which encoding that speaks for (encoding).
 * Uses span, arena, text. */
#ifndef INPUT_SYLLABLE_H
#define INPUT_SYLLABLE_H

#include "base/arena.h"
#include "base/span.h"

/* How many words of several letters have some beyond ASCII, and how many of these are syllables. */
struct syllables {
	size_t words, good;
};

/* syllable_is: one word, in UTF-8. */
bool syllable_is(struct arena *a, struct text word);

/* syllable_count: the words of a text; whatever is neither an ASCII letter nor beyond ASCII parts
 * them. */
struct syllables syllable_count(struct text s);

#endif
