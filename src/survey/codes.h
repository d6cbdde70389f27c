/* codes.h -- what short texts stand for, found without a branch.
 *
 * A table knows texts of up to eight bytes. A few of them, such as the answers to a question, have
 * a place each of their own among sixteen: a product of the text's bytes and a factor that was
 * searched for. Others are found as in any dictionary; above some thousands none is added.
 *
 * Not here: what the codes mean (decode).
 * Uses dict. */
#ifndef SURVEY_CODES_H
#define SURVEY_CODES_H

#include "base/arena.h"
#include "base/dict.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CODES_SHORT 8         /* bytes of a text that a table knows */
#define CODES_NONE UINT64_MAX /* bytes that no UTF-8 text has */

#define CODES_BITS 4 /* of the places of the few */

struct code {
	uint64_t text; /* CODES_NONE: a free place */
	uint64_t code;
};

struct codes {
	struct code *few;
	uint64_t factor;
	struct dict *many; /* by text */
	uint64_t *code;    /* of many */
};

/* codes_start: an empty table. */
void codes_start(struct arena *a, struct codes *out);

/* codes_learn: adds a text that is not there, if it can. */
void codes_learn(struct arena *a, struct codes *t, uint64_t text, uint64_t code);

/* codes_find: of few or many.
 *   returns  false when it is not there */
bool codes_find(const struct codes *t, uint64_t text, uint64_t *code);

/* What is kept of eight bytes, by the length of the text; the other keeps nothing. */
extern const uint8_t codes_keep[CODES_SHORT + 1][CODES_SHORT];
extern const uint8_t codes_keep_nothing[CODES_SHORT + 1][CODES_SHORT];

/* codes_text: n bytes, at most eight, as a number; eight may be read. */
static inline uint64_t codes_text(const uint8_t (*keep)[CODES_SHORT], const void *bytes, size_t n)
{
	uint64_t text, mask;

	memcpy(&text, bytes, sizeof text);
	memcpy(&mask, keep[n], sizeof mask);
	return text & mask;
}

/* codes_place: where a text is, if it is one of the few. */
static inline struct code *codes_place(const struct codes *t, uint64_t text)
{
	return &t->few[(text * t->factor) >> (64 - CODES_BITS)];
}

#endif
