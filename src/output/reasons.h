/* reasons.h -- why a number is missing or doubtful, in the reader's language.
 *
 * Results carry the reason as an English sentence made where it arose; it is exported as
 * it is, and shown to people in their language.
 *
 * Uses phrases. */
#ifndef OUTPUT_REASONS_H
#define OUTPUT_REASONS_H

#include "output/phrases.h"

/* reason_words: the reason in the language of `p`; one that is not known stays as it is. */
struct text reason_words(const struct phrases *p, struct text english);

#endif
