/* Files read fast, in threads and chunks, against the same rows one by one: the same to the bit. */
#include "filed.h"

#include "survey/answers.h"
#include "survey/cells.h"
#include "survey/decode.h"
#include "survey/reading.h"
#include "survey/tally_rows.h"

TestSuite(reading, .fini = clean);

static unsigned long long state = 1;

static unsigned draw(unsigned below)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % below;
}

static const char heading[] = "id,note,s,p,w,sex,q1,q2,q3,income,hours,income\xE2\x80\x99s\n";

/* Answers of several strata and units, in no order, with quotes, blanks, odd spellings of numbers
 * and rows whose design has long names. */
static const char *make(size_t rows, bool many_places)
{
	static const char *const answer[] = {"1", "2", "3", "4", "5", "4.0", "", "NA", ".", "05"};
	static const char *const level[] = {"a",
					    "b",
					    "m\xe1\xba\xb9",
					    "\"x, y\"",
					    "a level of many letters",
					    "\"say \"\"so\"\"\"",
					    "",
					    "NA"};
	static const char *const number[] = {"12.5", "100", "1e2",   "-3.25",
					     "",     "0",   "7.125", "1000000"};
	static const char *const hours[] = {"8", "40", "37.5", "", "NA", "1"};
	static const char *const digits[] = {"0.33333333333333331",
					     "1.5333333333333333333333333333"};
	static const char *const weight[] = {"1", "2.5", "10.25", "3.1250", "0.125", "+2", "1e1"};
	char *bytes = arena_new(&arena, 200 * (rows + 1), 1), *at = bytes;

	at += sprintf(at, "%s", heading);
	for (size_t i = 0; i < rows; i++)
		at += sprintf(at, "%zu,%s,s%u%s,p%u,%s,%s,%s,%s,%s,%s,%s,%u\n", i,
			      draw(5) ? "text" : "\"a,b\nc\"", draw(3),
			      draw(4) ? "" : " of a long name", draw(6),
			      many_places && draw(50) == 0 ? digits[draw(COUNT(digits))]
							   : weight[draw(COUNT(weight))],
			      draw(9) ? (draw(2) ? "f" : "m") : "", answer[draw(COUNT(answer))],
			      answer[draw(COUNT(answer))], level[draw(COUNT(level))],
			      number[draw(COUNT(number))], hours[draw(COUNT(hours))], draw(2));
	return bytes;
}

enum { Q1, Q2, LEVELS, INCOME, RATIO }; /* variables of the plan */

/* By everybody, by sex, by sex and an item; some conditions. */
static struct filed *plan(bool conditions)
{
	struct filed *f = filed_plan("w", "s", "p", "");

	f->plan.design.nest = true;
	filed_variable(f, VARIABLE_SHARE, "q1", "4,5");
	filed_variable(f, VARIABLE_SHARE, "q2", "5");
	filed_variable(f, VARIABLE_LEVELS, "q3", NULL);
	filed_variable(f, VARIABLE_NUMBER, "income", NULL);
	filed_variable(f, VARIABLE_PAIR, "income", NULL)->over = span_of("hours");
	f->plan.margin = arena_new(&arena, 4, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "sex");
	f->plan.margin[2] = f->plan.margin[1];
	f->plan.n_margins = 3;
	filed_factor(f, "q2");
	if (conditions)
		cr_assert(where_parse(&arena, span_of("income>=0,q1!=2"), &f->plan.where, &f->why));
	return f;
}

/* Read in threads; the test ends when the fast reading gives up. */
static struct filed *fast(struct filed *f, const char *path, size_t lanes, size_t chunk)
{
	f->plan.reading.chunk = chunk;
	filed_start(f);
	cr_assert(eq(int, decode_read(&arena, &f->plan, path, lanes, &f->answers, &f->tally),
		     DECODE_DONE));
	cr_assert(tally_count(&f->tally));
	cr_assert(filed_finish(f));
	return f;
}

static size_t cell_of(const struct filed *f, struct text words)
{
	for (size_t c = 0; c < f->answers.cells.index->n; c++)
		if (span_equal(cell_words(&arena, &f->plan, &f->answers.cells.at[c]), words))
			return c;
	cr_fatal("no cell \"%.*s\"", SPAN_ARG(words));
	return 0;
}

/* Every number of every group and unit, to the bit. */
static void same_cell(const struct filed *a, size_t c, const struct filed *b, size_t d, size_t v,
		      struct text level)
{
	const struct dict *x = a->plan.variable[v].levels, *y = b->plan.variable[v].levels;
	size_t l = x ? dict_find(x, 0, level) : 0, k = y ? dict_find(y, 0, level) : 0, n, m;
	struct moments p = tally_moments(&a->tally, c, v, l), q = tally_moments(&b->tally, d, v, k);
	const size_t *s = tally_slots(&a->tally, c, &n), *t = tally_slots(&b->tally, d, &m);

	cr_assert(eq(int, memcmp(&p, &q, sizeof p), 0), "%zu %zu: %g %g", c, v, p.wyy, q.wyy);
	cr_assert(eq(sz, n, m));
	for (size_t i = 0; i < n; i++) {
		struct unit_sums one = tally_unit(&a->tally, s[i], v, l);
		struct unit_sums two = tally_unit(&b->tally, t[i], v, k);
		struct frame_name name[FRAME_STAGES], other[FRAME_STAGES];

		cr_assert(eq(int, memcmp(&one, &two, sizeof one), 0));
		frame_names(&a->answers.frame, a->tally.slot[s[i]].leaf, name);
		frame_names(&b->answers.frame, b->tally.slot[t[i]].leaf, other);
		cr_assert(span_equal(name[0].unit, other[0].unit) &&
			  span_equal(name[0].stratum, other[0].stratum));
	}
}

static void same(const struct filed *a, const struct filed *b)
{
	cr_assert(eq(sz, a->answers.rows, b->answers.rows));
	cr_assert(eq(sz, a->answers.selected, b->answers.selected));
	cr_assert(eq(dbl, a->answers.weight_sum, b->answers.weight_sum));
	cr_assert(eq(dbl, a->answers.weight_square_sum, b->answers.weight_square_sum));
	cr_assert(eq(sz, a->answers.cells.index->n, b->answers.cells.index->n));
	for (size_t c = 0; c < a->answers.cells.index->n; c++) {
		struct text words = cell_words(&arena, &a->plan, &a->answers.cells.at[c]);
		size_t d = cell_of(b, words);

		cr_assert(eq(dbl, a->tally.rows[c], b->tally.rows[d]));
		for (size_t v = 0; v < a->plan.n_variables; v++) {
			const struct dict *levels = a->plan.variable[v].levels;

			for (size_t l = 0; l < (levels ? levels->n : 1); l++)
				same_cell(a, c, b, d, v,
					  levels ? levels->entry[l].name : (struct text){"", 0});
		}
	}
}

/* Row by row, with exact sums counted as reading does. */
static struct filed *slow(struct filed *f, const char *path)
{
	filed_start(f);
	cr_assert(answers_read(&arena, &f->plan, path, &f->answers, tally_add, &f->tally, &f->why),
		  "%s", f->why.item[0].words);
	tally_count(&f->tally);
	cr_assert(filed_finish(f));
	return f;
}

Test(reading, threads_and_chunks)
{
	static const size_t lanes[] = {1, 2, 7}, chunks[] = {300, 5000, 1 << 20};

	for (int conditions = 0; conditions < 2; conditions++) {
		const char *bytes = make(400, false);
		const char *path = file_of("a.csv", bytes, strlen(bytes));
		struct filed *want = slow(plan(conditions), path);

		cr_expect(want->tally.sums.exact);
		cr_expect(gt(sz, want->answers.cells.index->n, 8));
		for (size_t i = 0; i < COUNT(lanes); i++)
			for (size_t k = 0; k < COUNT(chunks); k++)
				same(want, fast(plan(conditions), path, lanes[i], chunks[k]));
	}
}

/* Rows of other years count for nothing, whatever their answers; a year that nobody knows is told.
 */
Test(reading, years_in_one_file)
{
	static const char rows[] = "y,w,p,q\n2023,1,1,4\n2024,2,1,5\n2023,x,2,4\n2024,1,2,3\n"
				   "2023,1,,4\n2024,4,3,4\n";
	static const char unknown[] = "y,w,p,q\n2024,1,1,4\n2025,1,1,4\n";
	static const struct text years[] = {{"2023", 4}, {"2024", 4}};
	const char *path = file_of("a.csv", rows, sizeof rows - 1), *other;
	struct filed *f[2];

	for (int i = 0; i < 2; i++) {
		f[i] = filed_plan("w", "", "p", "");
		f[i]->plan.only_column = span_of("y");
		f[i]->plan.only_value = years[1];
		f[i]->plan.known = years;
		f[i]->plan.n_known = 2;
		filed_variable(f[i], VARIABLE_SHARE, "q", "4,5");
	}
	same(slow(f[0], path), fast(f[1], path, 2, 1000));
	cr_expect(eq(sz, f[1]->answers.rows, 3));
	cr_expect(eq(sz, frame_leaves(&f[1]->answers.frame), 3));
	/* 2 + 4 of 7, by hand */
	check_close(tally_moments(&f[1]->tally, 0, 0, 0).wy, 6, 0, "yes");
	check_close(tally_moments(&f[1]->tally, 0, 0, 0).w, 7, 0, "all");
	other = file_of("b.csv", unknown, sizeof unknown - 1);
	cr_expect(not(reading_tally(&arena, &f[1]->plan, &other, 1, &f[1]->answers, &f[1]->tally,
				    &f[1]->why)));
	check_problem(&f[1]->why, 0, DIAG_DATA, "b.csv", 3, 1, "\"2025\" is no year of the survey");
}

/* Shares alone are added in another way than the rest. */
Test(reading, shares_alone)
{
	const char *bytes = make(300, false);
	const char *path = file_of("a.csv", bytes, strlen(bytes));
	struct filed *f[2];

	for (int i = 0; i < 2; i++) {
		f[i] = filed_plan("w", "s", "p", "");
		f[i]->plan.design.nest = true;
		filed_variable(f[i], VARIABLE_SHARE, "q1", "4,5");
		filed_variable(f[i], VARIABLE_SHARE, "q2", "1");
		filed_variable(f[i], VARIABLE_SHARE, "q3", "b");
		filed_factor(f[i], "sex");
	}
	same(slow(f[0], path), fast(f[1], path, 3, 1000));
	cr_expect(f[1]->tally.sums.shares);
}

/* Weights of many digits: row by row, in the order of the file, whatever the threads. */
Test(reading, weights_of_many_digits)
{
	const char *bytes = make(400, true);
	const char *path = file_of("a.csv", bytes, strlen(bytes));
	struct filed *want = slow(plan(false), path), *f = plan(false), *g = plan(false);

	cr_expect(not(want->tally.sums.exact));
	filed_start(f);
	cr_expect(ne(int, decode_read(&arena, &f->plan, path, 2, &f->answers, &f->tally),
		     DECODE_DONE));
	for (int threads = 1; threads < 4; threads++) {
		g->plan.reading.threads = threads;
		cr_assert(
			reading_tally(&arena, &g->plan, &path, 1, &g->answers, &g->tally, &g->why));
		tally_finish(&g->tally);
		same(want, g);
	}
}

/* The fast reading leaves them alone: "", "." and 0 are no weights; 2^64 + 1 is not 1; the
 * fields are not those that stand in the file. */
Test(reading, what_the_fast_way_leaves)
{
	static const char *const files[] = {
		"w,p,q\n1,1,4\n,2,5\n1,3,4\n",
		"w,p,q\n1,1,4\n.,2,5\n1,3,4\n",
		"w,p,q\n1,1,4\n0.0,2,5\n1,3,4\n",
		"w,p,q\n1,1,4\n1.2.3,2,5\n1,3,4\n",
		"w,p,q\n1,1,4\n18446744073709551617,2,5\n1,3,4\n",
		"w,p,q\n1,1,4\n1844674407370955161.7,2,5\n1,3,4\n",
		"w,p,q\n1,=\"01\",4\n1,=\"02\",5\n1,=\"03\",4\n",
		"w;p;q\n1;1;4\n1;2;5\n1;3;4\n",
		"Phiếu hỏi\nw,p,q\n1,1,4\n1,2,5\n1,3,4\n",
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		struct filed *f = filed_plan("w", "", "p", "");
		const char *path = file_of("a.csv", files[i], strlen(files[i]));

		filed_variable(f, VARIABLE_SHARE, "q", "4,5");
		filed_start(f);
		cr_expect(eq(int, decode_read(&arena, &f->plan, path, 1, &f->answers, &f->tally),
			     DECODE_UNSURE),
			  "file %zu", i);
	}
}

/* Without weights and with levels of any name nothing else tells that the first line, of the right
 * width, is not the header. */
Test(reading, a_line_before_the_header)
{
	static const char bytes[] = "sep=,\np,q\n1,a\n2,b\n3,a\n";
	struct filed *f = filed_plan("", "", "p", ""), *g = filed_plan("", "", "p", "");
	const char *path = file_of("a.csv", bytes, sizeof bytes - 1);

	filed_variable(f, VARIABLE_LEVELS, "q", "");
	filed_start(f);
	cr_expect(eq(int, decode_read(&arena, &f->plan, path, 1, &f->answers, &f->tally),
		     DECODE_UNSURE));
	filed_variable(g, VARIABLE_LEVELS, "q", "");
	cr_assert(reading_tally(&arena, &g->plan, &path, 1, &g->answers, &g->tally, &g->why));
	cr_expect(eq(sz, g->answers.rows, 3));
}

/* Weights of all lengths, with points in all places, are those of the careful reading. */
Test(reading, weights_of_some_digits)
{
	static const char bytes[] =
		"w,p,q\n1,1,4\n.5,2,5\n5.,3,4\n12.25,1,2\n00012.2500,2,5\n123456.789,3,1\n"
		"1234567.,1,4\n0.0001,2,4\n1e2,3,5\n1E-1,1,5\n12345678,2,2\n123456789,3,4\n";
	const char *path = file_of("a.csv", bytes, sizeof bytes - 1);
	struct filed *f[2];

	for (int i = 0; i < 2; i++) {
		f[i] = filed_plan("w", "", "p", "");
		filed_variable(f[i], VARIABLE_SHARE, "q", "4,5");
	}
	same(slow(f[0], path), fast(f[1], path, 1, 1000));
	/* by hand */
	check_close(f[1]->answers.weight_sum, 137160621.8891, 1e-15, "weights");
}

/* All variables of a unit are those of one after the other, to the bit: sums below and above 2^53,
 * more variables than are looked at together. */
Test(reading, units_at_once)
{
	char *bytes = arena_new(&arena, 1 << 18, 1), *at = bytes;
	struct filed *f = filed_plan("w", "", "p", "");
	const char *path;

	at += sprintf(at, "w,p,a,b,c\n");
	for (size_t i = 0; i < 6600; i++)
		at += sprintf(at, "150000000000.7,0,%zu,%s,5\n", 3 + i % 3, i % 5 ? "4" : "");
	for (size_t i = 0; i < 70; i++)
		at += sprintf(at, "0.3,%zu,%zu,%s,5\n", 1 + i % 7, 3 + i % 3, i % 5 ? "4" : "");
	path = file_of("a.csv", bytes, (size_t)(at - bytes));
	for (size_t i = 0; i < 18; i++)
		filed_variable(f, VARIABLE_SHARE, i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c", "4,5");
	fast(f, path, 1, 1 << 20);
	cr_expect(f->tally.sums.shares);
	for (size_t slot = 0; slot < 8; slot++) {
		struct unit_sums all[18], one;

		tally_units(&f->tally, slot, 0, 18, all);
		for (size_t v = 0; v < 18; v++) {
			one = tally_unit(&f->tally, slot, v, 0);
			cr_expect(eq(int, memcmp(&one, &all[v], sizeof one), 0), "%zu %zu: %a %a",
				  slot, v, one.w, all[v].w);
		}
	}
}

/* Sums above 2^62 do not fit; doubles do. */
Test(reading, sums_that_do_not_fit)
{
	static const char bytes[] = "w,s,p,q\n60000000000000,a,1,4\n60000000000000.5,a,2,5\n"
				    "90000000000000,b,1,3\n90000000000000,b,2,4\n";
	struct filed *f = filed_plan("w", "s", "p", "");
	const char *path;
	char *many = arena_new(&arena, 40 << 16, 1), *at = many;

	f->plan.design.nest = true;
	filed_variable(f, VARIABLE_SHARE, "q", "4,5");
	at += sprintf(at, "%s", bytes);
	for (size_t i = 0; i < 1 << 16; i++)
		at += sprintf(at, "90000000000000,b,%zu,%d\n", 1 + i % 2, i % 2 ? 4 : 3);
	path = file_of("a.csv", many, (size_t)(at - many));
	cr_assert(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why));
	tally_finish(&f->tally);
	cr_expect(not(f->tally.sums.exact));
	check_close(f->answers.weight_sum, 12e13 + 18e13 + 65536 * 9e13, 1e-12, "weights");
	check_close(tally_moments(&f->tally, 0, 0, 0).wy, 12e13 + 9e13 + 32768 * 9e13, 1e-12,
		    "yes");
}

/* ---- problems: told as reading row by row does --------------------------------------------- */

/* Both ways fail with the same problems. */
static void same_problems(const char *bytes, const char *words, size_t line)
{
	struct filed *a = plan(false), *b = plan(false);
	const char *path = file_of("a.csv", bytes, strlen(bytes));

	filed_start(a);
	a->read =
		answers_read(&arena, &a->plan, path, &a->answers, tally_add, &a->tally, &a->why) &&
		answers_finish(&a->plan, &a->answers, &a->why);
	cr_expect(not(a->read));
	b->plan.reading = (struct reading){.threads = 3, .chunk = 100};
	cr_expect(not(reading_tally(&arena, &b->plan, &path, 1, &b->answers, &b->tally, &b->why)));
	cr_expect(eq(sz, a->why.errors, b->why.errors));
	cr_expect(eq(str, a->why.item[0].words, b->why.item[0].words));
	cr_expect(strstr(b->why.item[0].words, words) != NULL, "%s", b->why.item[0].words);
	cr_expect(eq(sz, b->why.item[0].line, line));
	cr_expect(eq(sz, a->why.item[0].line, line));
}

#define HEAD "id,note,s,p,w,sex,q1,q2,q3,income,hours\n"
#define ROW "1,t,s1,p1,2,f,4,5,a,10,5\n"

Test(reading, problems)
{
	same_problems(HEAD ROW "2,t,s1,p1,0,f,4,5,a,10,5\n", "is not above 0", 3);
	same_problems(HEAD ROW "2,t,s1,p1,-1,f,4,5,a,10,5\n", "is not above 0", 3);
	same_problems(HEAD ROW "2,t,s1,p1,,f,4,5,a,10,5\n", "the weight is missing", 3);
	same_problems(HEAD ROW "2,t,s1,p1,two,f,4,5,a,10,5\n", "weight: ", 3);
	same_problems(HEAD ROW "2,t,s1,p1,1.2.3,f,4,5,a,10,5\n", "weight: ", 3);
	same_problems(HEAD ROW "2,t,s1,p1,.,f,4,5,a,10,5\n", "the weight is missing", 3);
	same_problems(HEAD ROW "2,t,s1,p1, 2,f,4,5,a,10,5\n", "weight: ", 3);
	same_problems(HEAD ROW "2,t,s1,,2,f,4,5,a,10,5\n", "a column of the design is blank", 3);
	same_problems(HEAD ROW "2,t,s1,p1,2,f,4,5,a,ten,5\n", "is not a number", 3);
	same_problems(HEAD ROW "2,t,s1,p1,2,f,4,5,a,10\n", "the row has 10 fields", 3);
	same_problems(HEAD ROW "2,t,s1,p1,2,f,4,5,a,10,5,6\n", "the row has 12 fields", 3);
	same_problems(HEAD ROW "2,t,s1,\xff,2,f,4,5,a,10,5\n", "is not UTF-8", 3);
	same_problems(HEAD ROW "2,t,s1,\"p1,2,f,4,5,a,10,5\n", "this quote is not closed", 3);
	same_problems(HEAD ROW "2,t,s1,p\"1,2,f,4,5,a,10,5\n", "a quote that neither opens", 3);
	same_problems(HEAD, "there are no rows of answers", 0);
	same_problems("id,s\n1,2\n", "there is no column", 1);
}

/* Without nesting a unit lies in one stratum; the place is told. */
Test(reading, a_unit_in_two_strata)
{
	struct filed *f = filed_plan("w", "s", "p", "");
	const char *bytes = "w,s,p,q\n1,a,1,4\n1,b,2,4\n1,b,1,4\n";
	const char *path = file_of("a.csv", bytes, strlen(bytes));

	filed_variable(f, VARIABLE_SHARE, "q", "4");
	cr_expect(not(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why)));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 4, 1,
		      "sampling unit \"1\" is in stratum \"a\" and in \"b\"");
}

/* A population below the units drawn shows behind the last row; its place is that of the stratum.
 */
Test(reading, a_population_too_small)
{
	struct filed *f = filed_plan("w", "s", "p", "n");
	const char *bytes = "w,s,p,n,q\n1,a,1,5,4\n1,b,1,1,4\n1,b,2,1,4\n";
	const char *path = file_of("a.csv", bytes, strlen(bytes));

	f->plan.design.nest = true;
	filed_variable(f, VARIABLE_SHARE, "q", "4");
	cr_expect(not(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why)));
	check_problem(&f->why, 0, DIAG_DATA, "a.csv", 3, 1,
		      "stratum \"b\" has a population of 1 units, but 2 were drawn");
}

/* A level that nobody has is told as before. */
Test(reading, levels_that_nobody_has)
{
	struct filed *f = filed_plan("w", "", "p", "");
	const char *bytes = "w,p,q\n1,1,4\n1,2,3\n";
	const char *path = file_of("a.csv", bytes, strlen(bytes));

	filed_variable(f, VARIABLE_SHARE, "q", "4,6");
	cr_expect(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why));
	check_problem(&f->why, 0, DIAG_WARNING, "", 0, 0, "no row has \"6\" in column \"q\"");
}

/* Sixteen bytes a share and unit: 3,000 units of 40 shares do not go into a megabyte. */
Test(reading, memory)
{
	struct filed *f = filed_plan("w", "", "p", "");
	char *bytes = arena_new(&arena, 1 << 20, 1), *at = bytes;
	const char *path;

	for (size_t i = 0; i < 40; i++)
		filed_variable(f, VARIABLE_SHARE, "q", "4");
	at += sprintf(at, "w,p,q\n");
	for (size_t i = 0; i < 3000; i++)
		at += sprintf(at, "1,%zu,4\n", i);
	path = file_of("a.csv", bytes, (size_t)(at - bytes));
	f->plan.reading.max_memory = 1 << 20;
	cr_expect(not(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why)));
	cr_expect(strstr(f->why.item[0].words, "--max-memory") != NULL);
	f->why = (struct diag){0};
	f->plan.reading.max_memory = 64 << 20;
	cr_expect(reading_tally(&arena, &f->plan, &path, 1, &f->answers, &f->tally, &f->why));
}
