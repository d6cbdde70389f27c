#include "help.h"

#include "survey/shares.h"

#include <string.h>

TestSuite(shares, .fini = clean);

static uint64_t state;

static unsigned draw(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static struct plan plan_of(size_t n)
{
	struct plan p = {.n_variables = n, .variable = arena_new(&arena, n, sizeof *p.variable)};

	for (size_t v = 0; v < n; v++)
		p.variable[v].kind = v % 3 == 2 ? VARIABLE_UNANSWERED : VARIABLE_SHARE;
	return p;
}

/* Records of two units in one group. */
struct records {
	uint64_t *unit[2], *group, w[2];
};

static struct records records_of(const struct sums *s, size_t n)
{
	struct records r;

	for (int i = 0; i < 2; i++)
		r.unit[i] = arena_new(&arena, s->unit[n], sizeof(uint64_t));
	r.group = arena_new(&arena, s->group[n], sizeof(uint64_t));
	r.w[0] = r.w[1] = 0;
	return r;
}

/* The words are those of sums_add, which adds one variable after the other. */
static void same_words(size_t n, size_t rows, unsigned missing, uint64_t most)
{
	struct plan p = plan_of(n);
	struct sums s;
	struct records want, got;
	struct shares_count count = shares_count_new(&arena, n);
	uint16_t *code = arena_new(&arena, shares_room(n) + 8, sizeof *code);
	uint64_t low = 0, high = 0;

	sums_start(&arena, &p, &s);
	want = records_of(&s, n);
	got = records_of(&s, n);
	memset(code + n, n % 2 ? 0 : 0x55, (shares_room(n) - n) * sizeof *code); /* not ours */
	for (size_t i = 0; i < rows; i++) {
		struct sums_row row = {.w = 1 + most / 1000 * draw(1000), .code = code};
		unsigned unit = draw(2);

		for (size_t v = 0; v < n; v++)
			code[v] = draw(missing) == 0 ? 0 : 1 + (uint16_t)draw(2);
		sums_add(&s, &row, want.unit[unit], want.group);
		shares_add(&s, &row, got.unit[unit], got.group, &count);
		got.w[unit] += row.w;
		sums_add_square(row.w, &low, &high);
	}
	for (int i = 0; i < 2; i++) {
		shares_settle_unit(&s, got.w[i], got.unit[i]);
		cr_expect(memcmp(got.unit[i], want.unit[i], s.unit[n] * sizeof(uint64_t)) == 0,
			  "unit %d of %zu variables", i, n);
	}
	shares_settle_group(&s, rows, sums_square(low, high), got.group, &count);
	for (size_t v = 0; v < n; v++) {
		uint64_t *a = got.group + s.group[v], *b = want.group + s.group[v];

		cr_expect(eq(u64, a[GROUP_N], b[GROUP_N]), "variable %zu of %zu", v, n);
		cr_expect(eq(u64, a[GROUP_ONES], b[GROUP_ONES]), "variable %zu of %zu", v, n);
		cr_expect(sums_square(a[GROUP_LOW], a[GROUP_HIGH]) ==
				  sums_square(b[GROUP_LOW], b[GROUP_HIGH]),
			  "variable %zu of %zu", v, n);
	}
}

Test(shares, words_of_sums)
{
	static const size_t variables[] = {1, 2, 7, 8, 9, 60, 63, 64, 65, 72, 130};

	for (size_t i = 0; i < COUNT(variables); i++) {
		same_words(variables[i], 500, 20, 1000000);
		same_words(variables[i], 50, 1, 1000); /* nobody answers */
		same_words(variables[i], 50, 2, (uint64_t)1 << 46);
		same_words(variables[i], 0, 2, 1000);
	}
}

/* Rows are counted in 16 bits, and moved on before these are full. */
Test(shares, more_rows_than_a_count_holds)
{
	same_words(9, 200000, 1000000, 1000000);
	same_words(9, 65535, 1, 1000);
	same_words(9, 65536, 1, 1000);
	for (size_t n = 1; n < 132; n++)
		same_words(n, 30, 3, 1000);
}

Test(shares, room)
{
	cr_expect(eq(sz, shares_room(0), 0));
	cr_expect(eq(sz, shares_room(1), 16));
	cr_expect(eq(sz, shares_room(16), 16));
	cr_expect(eq(sz, shares_room(17), 32));
}
