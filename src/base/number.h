/* number.h -- the only place text becomes a number or a number becomes text.
 *
 * Reading accepts one decimal number and nothing else: no spaces, no hex, no
 * "nan", no trailing bytes; "." is the point whatever the locale. Writing has
 * two forms: exact (17 significant digits, for files) and shown (fixed decimals
 * in the reader's language, for people). NaN stands for "no value" and is
 * written as nothing; infinities never occur.
 *
 * Not here: what a number means; missing codes (codebook).
 * Uses span, arena, diag, digits. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

/* Language of what people read. */
enum lang { LANG_VI, LANG_EN, LANG__COUNT };

/* number_parse: reads the whole of `s` as one decimal number, such as 44.1831, -3 or 1e-3.
 *   value     set only on success; always finite
 *   returns   false when `s` is anything else; number_complaint says why in words */
bool number_parse(struct text s, double *value);

/* number_whole: as number_parse, for a whole number from `least` to `most`, in digits only. */
bool number_whole(struct text s, long least, long most, long *value);

/* number_complaint: what is wrong with `s` as a number, for a message; never fails.
 *   such as  "44,4O" is not a number (letter O in place of digit 0?)
 *   why      the message's collection: it is in that language */
struct text number_complaint(struct arena *a, struct text s, const struct diag *why);

/* number_is_date: a date as spreadsheets show it, having made it of a code or a number typed with a
 *   dash or slash: 2-Jan, Jan-02, 2-Thg1, 02/01/2024. */
bool number_is_date(struct text s);

/* number_decimals: digits behind the point ("44.10" has 2, "1e3" has 0, "1.5e-3" has 4). */
size_t number_decimals(struct text s);

/* number_exact: the shortest of at most 17 significant digits that reads back to the same
 *   double (0.1 gives 0.1), of 15, 16 and 17 the first that does, as %g writes them; "" for NaN. */
struct text number_exact(struct arena *a, double x);

#define NUMBER_BYTES 40 /* room for the text of a number, with a NUL behind it */

/* number_put: number_exact, into `s`. */
struct text number_put(double x, char s[NUMBER_BYTES]);

/* number_drawn: number_put when it has at most four decimals, else twelve digits of it: for
 *   programs that only draw it. */
struct text number_drawn(double x, char s[NUMBER_BYTES]);

/* number_round: x rounded to `decimals` (0-15) as a person rounds its shortest decimal text:
 *   half away from zero, so 2.675 gives 2.68 although the double lies below 2.675. */
double number_round(double x, int decimals);

/* number_shown: fixed decimals, rounded as number_round; decimal comma and "." for thousands in
 *   Vietnamese, point and "," in English. Minus is U+2212. "" for NaN. -0.00 is shown as 0. */
struct text number_shown(struct arena *a, double x, int decimals, enum lang lang);

/* number_written: number_shown with just the decimals that x has. */
struct text number_written(struct arena *a, double x, enum lang lang);

/* number_signed: number_shown with "+" before positive numbers; zero has no sign. */
struct text number_signed(struct arena *a, double x, int decimals, enum lang lang);

#endif
