/* encoding.h -- bytes of an old file to UTF-8.
 *
 * UTF-16, Windows-1258 (letters and combining tones), TCVN3 (one byte a letter, fonts .VnTime;
 * capitals with a tone are small letters in capital fonts, and come as such) and VNI-Windows (a
 * letter and a byte for its marks). The tables are those of the published code charts: iconv knows
 * no VNI, and not on every system the others. Decoded text is NFC.
 *
 * Which of the old encodings a file has is told by its words: read by the right table nearly all
 * that have letters beyond ASCII are Vietnamese syllables, by another one hardly any.
 *
 * Not here: where lines end (csvin), what else a file's form is made of (form).
 * Uses span, arena, text, syllable. */
#ifndef INPUT_ENCODING_H
#define INPUT_ENCODING_H

#include "base/arena.h"
#include "base/span.h"

enum encoding {
	ENCODING_UNKNOWN,
	ENCODING_UTF8,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_WINDOWS1258,
	ENCODING_TCVN3,
	ENCODING_VNI,
	ENCODING__COUNT
};

/* encoding_name: for messages, such as "Windows-1258". */
const char *encoding_name(enum encoding e);

/* encoding_decode: all of `bytes`, whole characters; `out` is NFC, in the arena or the bytes
 *   themselves.
 *   returns  false at bytes that mean nothing: *bad is the offset of the first, `out` what stands
 *            before it */
bool encoding_decode(struct arena *a, enum encoding e, struct text bytes, struct text *out,
		     size_t *bad);

/* encoding_guess: UTF-8, else UTF-16 by its byte-order mark or its zeros, else the one of the
 *   other three by which most words become syllables. The last character may be cut off.
 *   returns  ENCODING_UNKNOWN when none speaks for itself */
enum encoding encoding_guess(struct text sample);

#endif
