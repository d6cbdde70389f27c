/* Shares added at once are those that are added one by one, and refused alike. */
#include "tallies.h"

#include <math.h>

TestSuite(tally_load, .fini = clean);

#define HEADER "h1,u1,g1,selected,rows,w,ww,n1,w1,ww1,k1,wy1"

/* Two parts, of 3 rows of weight 2.5 and of 1 row, and a load to which they were added without
 * answers. */
static struct tallied_file *started(struct tally_load *load, size_t part[2])
{
	struct tallied_file *t = arena_new(&arena, 1, sizeof *t);
	const char *file = tally_csv(PLAN_OF(SHARE), HEADER, "s,p,f,1,1,1,1,1,1,1,0,0\n");
	static const size_t want[] = {0};
	size_t *level = arena_new(&arena, 1, sizeof *level);
	struct frame_name names[] = {{span_of("s"), span_of("p"), INFINITY}};

	cr_assert(tally_csv_head(&arena, file, &t->head, &t->why));
	tally_load_plan(&arena, &t->head, want, 1, &t->plan);
	t->plan.by_part = true;
	tally_load_start(&arena, &t->plan, want, &t->answers, &t->tally, load);
	cr_assert(tally_load_open(load, &t->head, &t->why));
	for (size_t i = 0; i < 2; i++) {
		struct tally_part p = {
			.level = level, .selected = true, .rows = i ? 1 : 3, .exact = true};

		names[0].unit = span_of(i ? "p" : "q");
		p.w.exact = (struct decimal){i ? 25 : 75, 1};
		p.ww.exact = (struct decimal){i ? 625 : 1875, 2};
		cr_assert(frame_add(&t->answers.frame, names, (struct place){"t", 1, 1}, &p.leaf,
				    &t->why) &&
			  tally_load_part(load, &p, (struct place){"t", 1, 1}, &part[i], &t->why));
	}
	return t;
}

static const struct {
	int64_t n, ones, w, ww, wy; /* w and wy in tenths, ww in hundredths */
	const char *fragment;       /* NULL: it is well */
} first[] = {
	{3, 2, 75, 1875, 50, NULL},        {0, 0, 0, 0, 0, NULL},
	{2, 0, 50, 1250, 0, NULL},         {4, 2, 75, 1875, 50, "counts"},
	{-1, 0, 0, 0, 0, "counts"},        {3, 4, 75, 1875, 50, "counts"},
	{3, -1, 75, 1875, 50, "counts"},   {3, 2, 76, 1875, 50, "weights"},
	{3, 2, 75, 1875, 76, "weights"},   {3, 2, 0, 1875, 0, "weights"},
	{3, 2, 75, 0, 50, "weights"},      {0, 0, 75, 1875, 0, "weights"},
	{3, 0, 75, 1875, 50, "weights"},   {3, 2, 75, 1875, 0, "weights"},
	{3, 2, -75, 1875, -75, "weights"}, {3, 2, 75, -1, 50, "weights"},
};

Test(tally_load, shares_at_once)
{
	for (size_t i = 0; i < COUNT(first); i++) {
		static const unsigned char selected[] = {1, 1};
		static const int64_t rows[] = {3, 1}, weight[] = {75, 25};
		int64_t n[] = {first[i].n, 1}, ones[] = {first[i].ones, 1};
		int64_t w[] = {first[i].w, 25}, ww[] = {first[i].ww, 625}, wy[] = {first[i].wy, 25};
		struct tally_load load;
		size_t part[2], from;
		struct tallied_file *t = started(&load, part);
		struct tally_shares x = {2, part, selected, rows, weight, n, ones,
					 w, ww,   wy,       1,    1,      2, 1};
		bool ok =
			tally_load_shares(&load, 0, &x, (struct place){"t", 1, 1}, &from, &t->why);
		struct part_sums s;

		cr_expect(eq(int, ok, first[i].fragment == NULL), "%zu", i);
		if (!ok) {
			check_problem(&t->why, 0, DIAG_DATA, "t", 1, 1, first[i].fragment);
			continue;
		}
		cr_expect(eq(sz, from, 2));
		s = tally_part_sums(&t->tally, part[0], 0, 0);
		cr_expect(eq(sz, s.n, (size_t)first[i].n));
		cr_expect(eq(sz, s.ones, (size_t)first[i].ones));
		cr_expect(eq(dbl, decimal_double(s.w.exact), (double)first[i].w / 10));
		cr_expect(eq(dbl, decimal_double(s.wy.exact), (double)first[i].wy / 10));
		cr_expect(eq(dbl, decimal_double(s.ww.exact), (double)first[i].ww / 100));
		s = tally_part_sums(&t->tally, part[1], 0, 0);
		cr_expect(eq(dbl, decimal_double(s.wy.exact), 2.5));
	}
}

/* Sums with more digits than the tally has room for are left to the slower way. */
Test(tally_load, shares_that_do_not_fit)
{
	static const unsigned char selected[] = {1, 1};
	static const int64_t rows[] = {3, 1}, weight[] = {75, 25}, one[] = {1, 1};
	struct tally_load load;
	size_t part[2], from;
	struct tallied_file *t = started(&load, part);
	struct tally_shares x = {2,   part, selected, rows, weight, one, one,
				 one, one,  one,      1,    3,      2,   1};

	cr_expect(tally_load_shares(&load, 0, &x, (struct place){"t", 1, 1}, &from, &t->why));
	cr_expect(eq(sz, from, 0));
	cr_expect(eq(sz, tally_part_sums(&t->tally, part[0], 0, 0).n, 0));
}

/* Weights with fewer places than the tally are multiplied; what does not fit is no weight. */
static const struct {
	int64_t w, wy, weight; /* tenths; the sums have hundredths */
	bool fits;
} wide[] = {
	{75, 50, 75, true},
	{1844674407370955221, 50, 75, false}, /* times ten: 594 more than 2^64 */
	{75, 1844674407370955169, 75, false},
	{75, 50, -75, false},
};

Test(tally_load, shares_of_fewer_places)
{
	for (size_t i = 0; i < COUNT(wide); i++) {
		static const unsigned char selected[] = {1};
		static const int64_t rows[] = {3}, n[] = {3}, ones[] = {2}, ww[] = {1875};
		struct tally_load load;
		size_t part[2], from, level[] = {0};
		struct tallied_file *t = started(&load, part);
		struct tally_part p = {.level = level, .selected = true, .rows = 1, .exact = true};
		struct tally_shares x = {1, part, selected,   rows, &wide[i].weight,
					 n, ones, &wide[i].w, ww,   &wide[i].wy,
					 1, 1,    2,          1};
		struct part_sums s;

		p.w.exact = (struct decimal){25, 2};
		p.ww.exact = (struct decimal){625, 4};
		cr_assert(tally_load_part(&load, &p, (struct place){"t", 1, 1}, &part[1], &t->why));
		cr_assert(eq(int, t->tally.sums.places, 2));
		cr_expect(eq(int, wide[i].fits,
			     tally_load_shares(&load, 0, &x, (struct place){"t", 1, 1}, &from,
					       &t->why)),
			  "row %zu", i);
		s = tally_part_sums(&t->tally, part[0], 0, 0);
		cr_expect(eq(sz, s.n, wide[i].fits ? 3 : 0));
		cr_expect(eq(dbl, decimal_double(s.w.exact), wide[i].fits ? 7.5 : 0));
		if (!wide[i].fits)
			check_problem(&t->why, 0, DIAG_DATA, "t", 1, 1, "weights");
	}
}

/* One part that cannot be: none is added. */
Test(tally_load, all_shares_or_none)
{
	static const unsigned char selected[] = {1, 1}, one_selected[] = {1, 0};
	static const int64_t rows[] = {3, 1}, weight[] = {75, 25}, n[] = {3, 2}, ones[] = {2, 1},
			     w[] = {75, 25}, ww[] = {1875, 625}, wy[] = {50, 25};
	struct tally_load load;
	size_t part[2], from;
	struct tallied_file *t = started(&load, part);
	struct tally_shares x = {2, part, selected, rows, weight, n, ones, w, ww, wy, 1, 1, 2, 1};

	cr_expect(not(tally_load_shares(&load, 0, &x, (struct place){"t", 1, 1}, &from, &t->why)));
	check_problem(&t->why, 0, DIAG_DATA, "t", 1, 1, "counts");
	cr_expect(eq(sz, tally_part_sums(&t->tally, part[0], 0, 0).n, 0));
	x.selected = one_selected; /* what the other has is not looked at */
	cr_expect(tally_load_shares(&load, 0, &x, (struct place){"t", 1, 1}, &from, &t->why));
	cr_expect(eq(sz, from, 2));
	cr_expect(eq(sz, tally_part_sums(&t->tally, part[0], 0, 0).n, 3));
	cr_expect(eq(sz, tally_part_sums(&t->tally, part[1], 0, 0).n, 0));
}
