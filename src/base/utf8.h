/* utf8.h -- is it UTF-8? At some bytes a step.
 *
 * Sixteen bytes at a time are compared with those before them. Whatever that does not settle is
 * looked at byte by byte: a long letter (four bytes), those of U+0800 to U+0FFF and U+D000 to
 * U+DFFF, the end of a text, and whatever is wrong.
 *
 * Not here: what letters mean (text). Uses span, bytes16. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

/* utf8_valid: how many bytes at the beginning of `s` are whole characters of UTF-8 as RFC 3629 has
 *   them: the shortest form, no surrogates, nothing above U+10FFFF; s.n when all are. A zero byte
 *   is a character. */
size_t utf8_valid(struct text s);

#endif
