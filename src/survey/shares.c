#include "survey/shares.h"

#include <string.h>

#define AT_ONCE 8 /* questions */

typedef uint16_t vector __attribute__((vector_size(2 * AT_ONCE)));
typedef uint64_t word_pair __attribute__((vector_size(16)));

size_t shares_room(size_t variables)
{
	return (variables + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
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

/* A bit for each element that is all ones, in their order. */
static uint64_t bits_of(vector v)
{
	const vector bit = {1, 2, 4, 8, 16, 32, 64, 128};
	uint64_t half[2];

	v &= bit;
	memcpy(half, &v, sizeof half);
	return (half[0] + half[1]) * 0x0001000100010001 >> 48;
}

/* What a row adds to the words of a unit, by its code: nothing, no, yes. */
static __attribute__((noinline)) void add_weights(const word_pair step[3], const uint16_t *code,
						  size_t n, word_pair *restrict unit)
{
#pragma GCC unroll 4
	for (size_t v = 0; v < n; v++)
		unit[v] += step[code[v]];
}

/* Rows without an answer are few: a loop over them is quicker than one over all questions. */
static void add_squares(const struct sums *s, uint64_t w, uint64_t lacks, size_t from,
			uint64_t *group)
{
	for (; lacks; lacks &= lacks - 1) {
		uint64_t *g = group + s->group[from + (size_t)__builtin_ctzll(lacks)];

		sums_add_square(w, &g[GROUP_LOW], &g[GROUP_HIGH]);
	}
}

void shares_add(const struct sums *s, const struct sums_row *row, uint64_t *unit, uint64_t *group,
		struct shares_count *count)
{
	const word_pair step[3] = {{row->w, 0}, {0, 0}, {0, row->w}};
	size_t n = s->plan->n_variables, room = shares_room(n);
	vector *none = __builtin_assume_aligned(count->at, sizeof(vector));
	vector *ones = __builtin_assume_aligned(count->at + room, sizeof(vector));

	if (++count->rows > UINT16_MAX) {
		add_counts(s, group, count);
		count->rows = 1;
	}
	add_weights(step, row->code, n, __builtin_assume_aligned(unit, sizeof *step));
	for (size_t from = 0; from < n; from += 64) {
		uint64_t lacks = 0;

		for (size_t v = from; v < n && v < from + 64; v += AT_ONCE) {
			vector code, missing;

			memcpy(&code, row->code + v, sizeof code);
			missing = (vector)(code == 0);
			none[v / AT_ONCE] -= missing; /* all ones are -1 */
			ones[v / AT_ONCE] += code >> 1;
			lacks |= bits_of(missing) << (v - from);
		}
		add_squares(s, row->w,
			    n - from < 64 ? lacks & (((uint64_t)1 << (n - from)) - 1) : lacks, from,
			    group);
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
