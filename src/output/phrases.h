/* phrases.h -- every word that people read, by key, in both languages.
 *
 * Read from reports/phrases.csv (key, vi, en). Phrases hold {name} where a value
 * goes. A key that the file lacks shows as ⟦key⟧: a test asks for every key that
 * the source uses.
 *
 * Not here: choosing among phrases by the numbers (narrative).
 * Uses table and below. */
#ifndef OUTPUT_PHRASES_H
#define OUTPUT_PHRASES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"

struct phrase {
	struct text key, words[LANG__COUNT];
};

struct phrases {
	struct arena *arena; /* where filled phrases go */
	enum lang lang;
	size_t n;
	const struct phrase *at; /* sorted by key */
};

struct field { /* a value for {name} */
	const char *name;
	struct text value;
};

/* phrases_read: share/reports/phrases.csv.
 *   fails  as table_read; a key twice, a key without words */
bool phrases_read(struct arena *a, const char *share, enum lang lang, struct phrases *out,
		  struct diag *why);

/* phrases_units: takes the words of share/reports/phrases.units.csv in place of those with the same
 *   keys: they speak of units where the others speak of provinces.
 *   fails  as phrases_read; a key that phrases.csv lacks */
bool phrases_units(struct arena *a, const char *share, struct phrases *p, struct diag *why);

/* phrase: the words of a key in the language of `p`. */
struct text phrase(const struct phrases *p, const char *key);

/* phrase_fill: the words with every {name} replaced; what no field names stays as it is. */
struct text phrase_fill(const struct phrases *p, const char *key, const struct field *fields,
			size_t n);

/* PHRASE_FILL: phrase_fill with the fields written in place. */
#define PHRASE_FILL(p, key, ...)                                                                   \
	phrase_fill((p), (key), (const struct field[]){__VA_ARGS__},                               \
		    sizeof((const struct field[]){__VA_ARGS__}) / sizeof(struct field))

#endif
