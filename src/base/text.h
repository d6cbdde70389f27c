/* text.h -- Unicode: one form for storing, one for matching, one width for laying out.
 *
 * Stored and printed text is NFC. Names are matched by their folded form: without
 * case, without diacritics (both tone placements, Hòa and Hoà, fold alike), with
 * d for đ, and with every run of spaces, hyphens, dashes and points as one space.
 * utf8proc does the Unicode work. Input must be valid UTF-8; text_check says where
 * it is not.
 *
 * Not here: which names exist (province), fonts (chart).
 * Uses span, arena, utf8. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"
#include "base/span.h"

/* text_check: true when `s` is valid UTF-8 without NUL; else *bad is the offset of the first wrong
 * byte. */
bool text_check(struct text s, size_t *bad);

/* text_nfc: `s` in normal form C; `s` itself when it is so already. Invalid UTF-8 is kept as it is.
 */
struct text text_nfc(struct arena *a, struct text s);

/* text_fold: the form two spellings of one name share ("TP. Hồ Chí Minh" gives "tp ho chi minh").
 *   Letters and digits only, single spaces between words; "" when nothing is left. */
struct text text_fold(struct arena *a, struct text s);

/* text_key: text_fold without its spaces: "TP.HCM", "TP. HCM" and "tphcm" are one. */
struct text text_key(struct arena *a, struct text s);

/* text_lower: `s` in small letters, composed; for telling whether a name begins as typed. */
struct text text_lower(struct arena *a, struct text s);

/* text_plain: `s` without diacritics, "Đắk Lắk" as "Dak Lak"; all else stays. */
struct text text_plain(struct arena *a, struct text s);

/* text_visible: control characters, which a terminal would obey, as spaces; for showing to people.
 */
struct text text_visible(struct arena *a, struct text s);

/* text_slug: text_fold with "-" for spaces, for file names; ASCII letters, digits and "-" only. */
struct text text_slug(struct arena *a, struct text s);

/* text_length: characters (code points) in valid UTF-8. */
size_t text_length(struct text s);

/* text_columns: columns on a terminal (wide characters 2, combining marks 0). */
size_t text_columns(struct text s);

/* text_letter_columns: the columns of one code point: 0, 1 or 2. */
size_t text_letter_columns(int letter);

/* text_distance: edits (insert, delete, replace, swap of neighbours) between two folded spellings,
 *   counted in bytes; stops counting above 64 bytes and returns SIZE_MAX then. For suggestions. */
size_t text_distance(struct text a, struct text b);

/* text_next: takes one code point off the front of *rest; -1 at its end or at invalid bytes. */
int text_next(struct text *rest);

#endif
