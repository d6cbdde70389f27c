/* audit_known.h -- numbers that stand in the words of a report and were never computed.
 *
 * Years, codes of items and questions, and numbers inside of names, documents, phrases and the
 * template; each with the file that the words come from.
 *
 * Uses report_parts and below. */
#ifndef OUTPUT_AUDIT_KNOWN_H
#define OUTPUT_AUDIT_KNOWN_H

#include "output/report_parts.h"
#include "survey/catalog.h"

/* Words that hold a digit. */
struct known_text {
	struct text words;
	const char *file;
	size_t line; /* 0 = not told */
};

struct known {
	struct arena *arena;
	size_t n, years, codes;
	struct known_text *text;
	long *year;
	struct known_text *code; /* of items, criteria and questions */
};

/* known_book: what the surveys of a report bring. known_page: the words of a template between its
 *   tags. Start from {.arena = a}. */
void known_book(struct known *k, const struct report_book *b, const char *share);
void known_page(struct known *k, const char *file, struct text page);

bool known_year(const struct known *k, long year);

/* known_code: is it a code? */
const struct known_text *known_code(const struct known *k, struct text word);

/* known_words: the longest text that stands in `words` around the bytes from begin to end; NULL
 *   when there is none. */
const struct known_text *known_words(const struct known *k, struct text words, size_t begin,
				     size_t end);

#endif
