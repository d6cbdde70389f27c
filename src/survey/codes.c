#include "survey/codes.h"

#define PLACES ((size_t)1 << CODES_BITS)
#define MOST_MANY 5000
#define TRIES 200 /* of factors */

const uint8_t codes_keep[CODES_SHORT + 1][CODES_SHORT] = {
	{0},
	{255},
	{255, 255},
	{255, 255, 255},
	{255, 255, 255, 255},
	{255, 255, 255, 255, 255},
	{255, 255, 255, 255, 255, 255},
	{255, 255, 255, 255, 255, 255, 255},
	{255, 255, 255, 255, 255, 255, 255, 255},
};

static struct code *place_of(struct codes *t, uint64_t text)
{
	return &t->few[codes_place(t, text)];
}

/* The byte of a text that has one or none; false when it has more. */
static bool one_byte(uint64_t text, uint8_t *byte)
{
	uint8_t bytes[sizeof text];

	memcpy(bytes, &text, sizeof text);
	*byte = bytes[0];
	return bytes[1] == 0;
}

static void clear(struct code *few)
{
	for (size_t i = 0; i < PLACES; i++)
		few[i] = (struct code){CODES_NONE, 0};
}

void codes_start(struct arena *a, struct codes *out)
{
	*out = (struct codes){.factor = UINT64_C(0x9E3779B97F4A7C15), .many = dict_new(a)};
	memset(out->one, CODES_UNKNOWN, sizeof out->one);
	clear(out->few);
}

/* Gives each of n entries a place of its own; false when two want the same. */
static bool fill(struct codes *t, const struct code *from, size_t n)
{
	clear(t->few);
	for (size_t i = 0; i < n; i++) {
		struct code *place = place_of(t, from[i].text);

		if (from[i].text == CODES_NONE)
			continue;
		if (place->text != CODES_NONE)
			return false;
		*place = from[i];
	}
	return true;
}

/* Looks for a factor that sets one more apart. */
static bool learn_few(struct codes *t, uint64_t text, uint64_t code)
{
	struct code all[PLACES + 1];
	uint64_t factor = t->factor;

	memcpy(all, t->few, sizeof(struct code) * PLACES);
	all[PLACES] = (struct code){text, code};
	for (int turn = 0; turn < TRIES; turn++) {
		if (fill(t, all, PLACES + 1))
			return true;
		t->factor = (t->factor * UINT64_C(6364136223846793005) +
			     UINT64_C(1442695040888963407)) |
			    1; /* Knuth's generator (MMIX) */
	}
	t->factor = factor;
	fill(t, all, PLACES);
	return false;
}

void codes_learn(struct arena *a, struct codes *t, uint64_t text, uint64_t code)
{
	size_t n = t->many->n;
	uint8_t byte;

	if (one_byte(text, &byte) && code < CODES_UNKNOWN) {
		t->one[byte] = (uint8_t)code;
		return;
	}
	if (n > MOST_MANY || (n == 0 && learn_few(t, text, code)))
		return;
	dict_add(t->many, text, (struct text){"", 0}, NULL);
	t->code = arena_grow(a, t->code, n, sizeof *t->code);
	t->code[n] = code;
}

bool codes_find(const struct codes *t, uint64_t text, uint64_t *code)
{
	const struct code *place = &t->few[codes_place(t, text)];
	uint8_t byte;
	size_t i;

	if (one_byte(text, &byte) && t->one[byte] != CODES_UNKNOWN) {
		*code = t->one[byte];
		return true;
	}
	if (place->text == text) {
		*code = place->code;
		return true;
	}
	i = t->many->n ? dict_find(t->many, text, (struct text){"", 0}) : DICT_NONE;
	if (i == DICT_NONE)
		return false;
	*code = t->code[i];
	return true;
}
