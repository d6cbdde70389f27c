#include "tallies.h"

#include "survey/tally_binary.h"

#include <xxhash.h>

TestSuite(tally_file, .fini = clean);

#define HEADER                                                                                     \
	"h1,u1,g1,selected,rows,w,ww,n1,w1,ww1,k1,wy1,n2,w2,ww2,wy2,wyy2,n3,w3,ww3,n3_1,n3_2,"     \
	"w3_1,w3_2"

/* Numbers of every width: one byte, two, four, eight; negative; with and without places. */
static struct tallied_file *mixed(void)
{
	struct tallied_file *t = tallied_one(tally_csv(
		PLAN_OF(SHARE "," NUMBER "," LEVELS), HEADER,
		"s1,p1,f,1,2,5000000000.5,12500000002500000.13,"
		"2,5000000000.5,12500000002500000.13,1,3,2,4,8,-70000,2450000000,2,4,8,1,1,3,1\n"
		"s1,p2,m,1,300,400.25,600,300,400.25,600,299,400,0,0,0,0,0,0,0,0,0,0,0,0\n"
		"s2,p3,,0,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\n"));

	cr_assert(t->read, "%s", t->why.item[0].words);
	return t;
}

Test(tally_file, written_and_read_back)
{
	struct tallied_file *t = mixed(), *again;
	struct text csv = written(t, false, "a.csv"), bytes = written(t, true, "a.tally"), back;
	const char *file = file_of("b.tally", bytes.at, bytes.n);

	cr_expect(tally_file_is(file));
	again = tallied_one(file);
	cr_assert(again->read, "%s", again->why.item[0].words);
	back = written(again, false, "b.csv");
	cr_expect(span_equal(csv, back));
	cr_expect(eq(dbl, moments_of(again, "f", 1, NULL).n, 2));
	cr_expect(eq(dbl, moments_of(again, "f", 2, "a").wy, 3));
	back = written(again, true, "c.tally");
	cr_expect(span_equal(bytes, back));
}

/* Every byte counts: whichever is altered, the file is refused. */
Test(tally_file, any_byte_altered)
{
	struct text bytes = written(mixed(), true, "a.tally");
	char *copy = arena_new(&arena, bytes.n, 1);

	for (size_t i = 16; i < bytes.n; i++) { /* before, it is another format */
		struct tallied_file *t;

		memcpy(copy, bytes.at, bytes.n);
		copy[i] = (char)(copy[i] ^ 0x40);
		t = tallied_one(file_of("x.tally", copy, bytes.n));
		cr_expect(not(t->read), "byte %zu", i);
		cr_expect(eq(int, (int)t->why.worst, (int)DIAG_DATA), "byte %zu", i);
	}
}

Test(tally_file, any_length_cut)
{
	struct text bytes = written(mixed(), true, "a.tally");

	for (size_t n = 16; n < bytes.n; n++) {
		struct tallied_file *t = tallied_one(file_of("x.tally", bytes.at, n));

		cr_expect(not(t->read), "%zu bytes", n);
	}
}

static void refused(struct text bytes, size_t at, const void *put, size_t n, const char *fragment)
{
	char *copy = arena_new(&arena, bytes.n + 1, 1);
	struct tallied_file *t;

	memcpy(copy, bytes.at, bytes.n);
	memcpy(copy + at, put, n);
	t = tallied_one(file_of("x.tally", copy, bytes.n + (at + n > bytes.n)));
	cr_expect(not(t->read));
	check_problem(&t->why, 0, DIAG_DATA, "x.tally", 0, 0, fragment);
}

Test(tally_file, sentences)
{
	struct text bytes = written(mixed(), true, "a.tally");
	const uint32_t other = 0x04030201, version = 2;

	refused(bytes, 16, &other, 4, "another order of bytes");
	refused(bytes, 20, &version, 4, "format version 2; this program knows 1");
	refused(bytes, bytes.n, "x", 1, "behind its end");
	refused(bytes, 100, "\1\2\3", 3, "checksum");
	cr_expect(not(tally_file_is(file_of("y.tally", bytes.at, 15))));
	cr_expect(not(tally_file_is("/tmp")));
}

/* One variable alone, the last one: as if the others were not there. */
Test(tally_file, one_of_several)
{
	struct text bytes = written(mixed(), true, "a.tally");
	const char *file = file_of("b.tally", bytes.at, bytes.n);
	struct tallied_file t = {.read = false};
	struct tally_load load;
	size_t want[] = {2};

	cr_assert(tally_file_head(&arena, file, &t.head, &t.why));
	tally_load_plan(&arena, &t.head, want, 1, &t.plan);
	tally_load_start(&arena, &t.plan, want, &t.answers, &t.tally, &load);
	cr_assert(tally_load_open(&load, &t.head, &t.why) && tally_file_read(&load, file, &t.why) &&
			  tally_load_finish(&load, &t.why),
		  "%s", t.why.item[0].words);
	cr_expect(eq(sz, t.plan.n_variables, 1));
	check_text(t.plan.variable[0].column, "l");
	cr_expect(eq(sz,
		     tally_part_sums(&t.tally, 0, 0, 0).n + tally_part_sums(&t.tally, 1, 0, 0).n,
		     2));
}

#define MANY 2500 /* more than are added at a time, and no multiple of it */

/* A part for each unit, in another order for each step. */
static const char *many_parts(size_t step)
{
	size_t room = 64 * MANY, n = 0;
	char *s = arena_new(&arena, room, 1);

	for (size_t i = 0; i < MANY; i++) {
		size_t k = i * step % MANY;

		n += (size_t)snprintf(s + n, room - n, "s%zu,p%04zu,%s,1,%zu,%zu,%zu,2,2,2,1,1\n",
				      k / 100, k, k % 2 ? "f" : "m", k + 2, k + 2, k + 2);
	}
	return tally_csv(PLAN_OF(SHARE), "h1,u1,g1,selected,rows,w,ww,n1,w1,ww1,k1,wy1", s);
}

/* The order of parts makes no difference, in a file either. */
Test(tally_file, many_parts_in_any_order)
{
	static const size_t steps[] = {1, 3, 1249, 2499};
	struct text first = {"", 0};

	for (size_t i = 0; i < COUNT(steps); i++) {
		struct tallied_file *t = tallied_one(many_parts(steps[i])), *again;
		struct text bytes;

		cr_assert(t->read, "%s", t->why.item[0].words);
		bytes = written(t, true, "a.tally");
		first = i ? first : bytes;
		cr_expect(span_equal(bytes, first), "step %zu", steps[i]);
		again = tallied_one(file_of("b.tally", bytes.at, bytes.n));
		cr_assert(again->read, "%s", again->why.item[0].words);
		cr_expect(eq(sz, again->tally.index->n, 0), "found without a table");
		cr_expect(eq(sz, tally_parts(&again->tally), MANY));
		cr_expect(eq(dbl, moments_of(again, "f", 0, NULL).n, MANY));
		cr_expect(eq(dbl, moments_of(again, "m", 0, NULL).wy, MANY / 2.0));
		cr_expect(span_equal(written(again, true, "c.tally"), first));
	}
}

/* A file twice: every part is found again. */
Test(tally_file, many_parts_twice)
{
	struct text bytes = written(tallied_one(many_parts(1)), true, "a.tally");
	const char *file = file_of("b.tally", bytes.at, bytes.n), *both[] = {file, file};
	struct tallied_file *t = tallied(2, both);

	cr_assert(t->read, "%s", t->why.item[0].words);
	cr_expect(eq(sz, tally_parts(&t->tally), MANY));
	cr_expect(eq(sz, frame_leaves(&t->answers.frame), MANY));
	cr_expect(eq(dbl, moments_of(t, "f", 0, NULL).n, 2 * MANY));
}

/* The bytes with another number of answers of a part, and checksums that agree with it. */
static void put_n(char *bytes, size_t n, size_t part, unsigned char answers)
{
	struct format_section *s;
	struct format_tail tail;
	char *table;

	memcpy(&tail, bytes + n - sizeof tail, sizeof tail);
	table = arena_new(&arena, n, 1);
	memcpy(table, bytes, sizeof(struct format_head));
	s = (struct format_section *)(void *)(bytes + tail.table) + FORMAT_VARIABLE;
	bytes[s->offset + sizeof(struct format_column) + part] = (char)answers;
	s->sum = XXH3_64bits(bytes + s->offset, s->size);
	memcpy(table + sizeof(struct format_head), bytes + tail.table, tail.sections * sizeof *s);
	tail.sum = XXH3_64bits(table, sizeof(struct format_head) + tail.sections * sizeof *s);
	memcpy(bytes + n - sizeof tail, &tail, sizeof tail);
}

/* The last of many parts is looked at like the first. */
Test(tally_file, one_of_many_cannot_be)
{
	static const size_t parts[] = {0, 1023, 1024, 2048, MANY - 1};
	struct text bytes = written(tallied_one(many_parts(1)), true, "a.tally");

	for (size_t i = 0; i < COUNT(parts); i++) {
		char *copy = arena_new(&arena, bytes.n, 1);
		struct tallied_file *t;

		memcpy(copy, bytes.at, bytes.n);
		put_n(copy, bytes.n, parts[i], 2); /* as it was */
		t = tallied_one(file_of("x.tally", copy, bytes.n));
		cr_expect(t->read, "part %zu", parts[i]);
		put_n(copy, bytes.n, parts[i], 0);
		t = tallied_one(file_of("x.tally", copy, bytes.n));
		cr_expect(not(t->read), "part %zu", parts[i]);
		check_problem(&t->why, 0, DIAG_DATA, "x.tally", 0, 0,
			      "column \"q\" of the answers: counts that cannot be");
	}
}

/* Where sums are doubles already, nothing is added at once. */
Test(tally_file, many_parts_behind_doubles, .timeout = 60)
{
	struct text bytes = written(tallied_one(many_parts(1)), true, "a.tally");
	const char *file[] = {tally_csv(PLAN_OF(SHARE),
					"h1,u1,g1,selected,rows,w,ww,n1,w1,ww1,k1,wy1",
					"s,p,f,1,1,0.12345678901234567,0.01524157875323883,1,"
					"0.12345678901234567,0.01524157875323883,0,0\n"),
			      file_of("b.tally", bytes.at, bytes.n)};
	struct tallied_file *t = tallied(2, file);

	cr_assert(t->read, "%s", t->why.item[0].words);
	cr_expect(not(t->tally.sums.exact));
	cr_expect(eq(dbl, moments_of(t, "f", 0, NULL).n, MANY + 1));
	cr_expect(eq(dbl, moments_of(t, "m", 0, NULL).wy, MANY / 2.0));
}
