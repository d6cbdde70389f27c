/* meaning.h -- what the text of a cell stands for: a number, one of the levels that count, a level,
 * or none.
 *
 * With a question, its missing codes are NaN, and a text that is neither a level of it nor
 * inside its range is infinite: the codebook does not know it. Without one any text has a
 * meaning, but only numbers are numbers. Texts are NFC; blank cells do not come here.
 *
 * Not here: which cells are blank, what is told of unknown ones (answers).
 * Uses codebook, dict, where. */
#ifndef SURVEY_MEANING_H
#define SURVEY_MEANING_H

#include "base/dict.h"
#include "base/span.h"
#include "survey/codebook.h"

#include <stdbool.h>
#include <stddef.h>

/* meaning_number: the number, or that of the level. */
double meaning_number(const struct question *q, struct text cell);

/* meaning_share: 1 when the text is one of n levels that count, else 0.
 *   met  of each of them: set when it occurs */
double meaning_share(const struct question *q, const struct text *counting, size_t n, bool *met,
		     struct text cell);

/* meaning_unanswered: 1 when the text is one of the question's missing codes, else 0. */
double meaning_unanswered(const struct question *q, struct text cell);

/* meaning_level: the index of the level, added to `levels` when the question has no list. Without a
 *   question, texts that are the same number are one level, among the first thousand, and have
 *   the name of the shortest of them; dict_find knows it only after answers_finish. */
double meaning_level(const struct question *q, struct dict *levels, struct text cell);

#endif
