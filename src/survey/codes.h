/* codes.h -- what short texts stand for, found without a branch.
 *
 * A table knows texts of up to eight bytes. Of one byte or none, such as the answers to most
 * questions, the code stands at that byte. A few others have a place each of their own among
 * sixteen: a product of the text's bytes and a factor that was searched for. The rest is found as
 * in any dictionary; above some thousands none is added.
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

#define CODES_UNKNOWN 255

struct codes {
	uint8_t one[256]; /* by byte, that of no byte at 0; CODES_UNKNOWN: not there */
	struct code few[1 << CODES_BITS];
	uint64_t factor;
	struct dict *many; /* by text */
	uint64_t *code;    /* of many */
};

/* codes_start: an empty table. */
void codes_start(struct arena *a, struct codes *out);

/* codes_learn: adds a text that is not there, if it can. */
void codes_learn(struct arena *a, struct codes *t, uint64_t text, uint64_t code);

/* codes_find: finds it wherever it stands.
 *   returns  false when it is not there */
bool codes_find(const struct codes *t, uint64_t text, uint64_t *code);

/* codes_text: n bytes, at most eight, as a number; eight may be read. */
extern const uint8_t codes_keep[CODES_SHORT + 1][CODES_SHORT]; /* a mask for each length */
static inline uint64_t codes_text(const void *bytes, size_t n)
{
	uint64_t text, mask;

	memcpy(&text, bytes, sizeof text);
	memcpy(&mask, codes_keep[n], sizeof mask);
	return text & mask;
}

/* codes_place: where among the few a text would stand. */
static inline size_t codes_place(const struct codes *t, uint64_t text)
{
	return (text * t->factor) >> (64 - CODES_BITS);
}

#endif
