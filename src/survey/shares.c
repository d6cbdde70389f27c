#include "survey/shares.h"

#include <string.h>

#define AT_ONCE 8 /* questions in a vector; two of them make a step */
#define WORDS 2   /* of a unit for each */

typedef uint16_t vector __attribute__((vector_size(2 * AT_ONCE)));

size_t shares_room(size_t variables)
{
	return (variables + 2 * AT_ONCE - 1) / (2 * AT_ONCE) * (2 * AT_ONCE);
}

struct shares_count shares_count_new(struct arena *a, size_t variables)
{
	return (struct shares_count){
		.at = arena_new(a, 2 * shares_room(variables), sizeof(uint16_t))};
}

static void add_counts(const struct sums *s, uint64_t *group, struct shares_count *count)
{
	size_t n = s->plan->n_variables, room = shares_room(n);

	for (size_t v = 0; v < n; v++) {
		group[s->group[v] + GROUP_N] += count->at[v];
		group[s->group[v] + GROUP_ONES] += count->at[room + v];
	}
	memset(count->at, 0, 2 * room * sizeof *count->at);
	count->rows = 0;
}

/* A bit for each element of two that is all ones, in their order. */
static uint64_t bits_of(vector first, vector second)
{
	const vector low = {1, 2, 4, 8, 16, 32, 64, 128};
	const vector high = {0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000};
	uint64_t half[2];

	first = (first & low) | (second & high);
	memcpy(half, &first, sizeof half);
	return (half[0] + half[1]) * 0x0001000100010001 >> 48;
}

/* What a row adds to the units' weights that count, by its code: missing, no, yes. */
static void add_weights(uint64_t w, const uint16_t *code, size_t n, uint64_t *restrict unit)
{
	const uint64_t step[] = {0, 0, w};

#pragma GCC unroll 4
	for (size_t v = 0; v < n; v++)
		unit[WORDS * v + UNIT_SHARE_WY] += step[code[v]];
}

/* Rows without an answer are few: a loop over them is quicker than one over all questions. */
static void add_missing(const struct sums *s, uint64_t w, uint64_t lacks, size_t from,
			uint64_t *unit, uint64_t *group)
{
	uint64_t square[2];

	sums_put_square(square, (uint128)w * w);
	for (; lacks; lacks &= lacks - 1) {
		size_t v = from + (size_t)__builtin_ctzll(lacks);
		uint64_t *g = group + s->group[v];

		unit[WORDS * v + UNIT_W] += w;
		g[GROUP_LOW] += square[0];
		g[GROUP_HIGH] += square[1];
	}
}

/* Counts what is missing and what counts; a bit for each of 16 questions that are missing. */
static uint64_t count_codes(const uint16_t *code, vector none[2], vector ones[2])
{
	vector missing[2];

	for (size_t i = 0; i < 2; i++) {
		vector c;

		memcpy(&c, code + AT_ONCE * i, sizeof c);
		missing[i] = (vector)(c == 0);
		none[i] -= missing[i]; /* all ones are -1 */
		ones[i] += c >> 1;
	}
	return bits_of(missing[0], missing[1]);
}

void shares_add(const struct sums *s, const struct sums_row *row, uint64_t *unit, uint64_t *group,
		struct shares_count *count)
{
	size_t n = s->plan->n_variables, room = shares_room(n);
	vector *none = __builtin_assume_aligned(count->at, sizeof(vector));
	vector *ones = __builtin_assume_aligned(count->at + room, sizeof(vector));

	if (++count->rows > UINT16_MAX) {
		add_counts(s, group, count);
		count->rows = 1;
	}
	add_weights(row->w, row->code, n, unit);
	for (size_t from = 0; from < n; from += 64) {
		uint64_t lacks = 0;

		for (size_t v = from; v < n && v < from + 64; v += 2 * AT_ONCE)
			lacks |= count_codes(row->code + v, &none[v / AT_ONCE], &ones[v / AT_ONCE])
				 << (v - from);
		if (n - from < 64)
			lacks &= ((uint64_t)1 << (n - from)) - 1;
		add_missing(s, row->w, lacks, from, unit, group);
	}
}

void shares_settle_unit(const struct sums *s, uint64_t w, uint64_t *unit)
{
	for (size_t v = 0; v < s->plan->n_variables; v++)
		unit[s->unit[v] + UNIT_W] = w - unit[s->unit[v] + UNIT_W];
}

void shares_settle_group(const struct sums *s, uint64_t rows, uint128 ww, uint64_t *group,
			 struct shares_count *count)
{
	add_counts(s, group, count);
	for (size_t v = 0; v < s->plan->n_variables; v++) {
		uint64_t *g = group + s->group[v];

		g[GROUP_N] = rows - g[GROUP_N];
		sums_put_square(&g[GROUP_LOW], ww - sums_square(g[GROUP_LOW], g[GROUP_HIGH]));
	}
}
