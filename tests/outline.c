#include "help.h"
#include "output/outline.h"

#include <math.h>

TestSuite(outline, .fini = clean);

#define RING(...)                                                                                  \
	((struct geo_ring){sizeof((struct geo_point[]){__VA_ARGS__}) / sizeof(struct geo_point),   \
			   (struct geo_point[]){__VA_ARGS__}})

static void check_near(double got, double want)
{
	cr_expect(fabs(got - want) < 1e-9, "%.12g is not %.12g", got, want);
}

/* cos 16 degrees = 0.961261695938 (R). A box of 4 by 10 degrees about 16 north in 100 by 100 mm:
 * the height decides, 10 mm a degree; it is 4 * 9.61261695938 wide. */
Test(outline, fit)
{
	struct extent e = {104, 11, 108, 21};
	struct projection p = outline_fit(&e, 5, 7, 100, 100);

	check_near(p.scale, 10);
	check_near(outline_height(&p, &e), 100);
	check_near(outline_width(&p, &e), 38.45046783752);
	p = outline_fit(&e, 5, 7, 38.45046783752 / 2, 100); /* now the width */
	check_near(p.scale, 5);
	check_near(outline_height(&p, &e), 50);
}

Test(outline, extent_of_outer_rings)
{
	struct geo_ring rings[] = {RING({1, 2}, {5, 2}, {5, 9}, {1, 2}),
				   RING({0, 0}, {9, 9}, {9, 0}, {0, 0})};
	struct geo_part parts[] = {{2, rings}, {1, rings}};
	struct extent e = {NAN, NAN, NAN, NAN};

	outline_extent(&e, parts, 2);
	check_near(e.west, 1);
	check_near(e.east, 5);
	check_near(e.south, 2);
	check_near(e.north, 9);
}

/* What has no size is a point at the corner, not lost. */
Test(outline, fit_of_a_point)
{
	struct extent e = {104, 11, 104, 11};
	struct projection p = outline_fit(&e, 5, 7, 100, 100);
	struct geo_ring ring = RING({104, 11}, {104, 11}, {104, 11}, {104, 11});
	struct geo_ring r = outline_ring(&arena, &p, &ring, 0.1);

	cr_expect(isfinite(p.scale));
	check_near(r.at[0].x, 5);
	check_near(r.at[0].y, 7);
}

/* At 10 mm a degree: of the lower side's points, 0.05 mm and 0.2 mm off it, the second stays at a
 * tolerance of 0.1 mm. The first and the last are always there. */
Test(outline, simplification)
{
	struct projection p = {10, 1, 0, 10, 0, 0};
	struct geo_ring ring =
		RING({0, 0}, {2, 0.005}, {5, 0.02}, {8, 0.012}, {10, 0}, {10, 10}, {0, 10}, {0, 0});
	struct geo_ring r = outline_ring(&arena, &p, &ring, 0.1);

	cr_assert(eq(sz, r.n, 6));
	check_near(r.at[1].x, 50);
	check_near(r.at[1].y, 99.8); /* y downwards */
	check_near(r.at[2].x, 100);
	check_near(r.at[5].x, 0);
	check_near(r.at[5].y, 100);
	cr_expect(eq(sz, outline_ring(&arena, &p, &ring, 0.01).n, 8));
	cr_expect(eq(sz, outline_ring(&arena, &p, &ring, 1000).n, 2)); /* nothing to be seen */
}

/* A point beyond the ends of the line is as far from it as from the end: a hook is kept. */
Test(outline, hooks)
{
	struct projection p = {1, 1, 0, 0, 0, 0};
	struct geo_ring ring = RING({0, 0}, {-3, 0}, {10, 0}, {10, -10}, {0, 0});

	cr_expect(eq(sz, outline_ring(&arena, &p, &ring, 1).n, 5));
}

/* The square runs one way, its hole is turned to the other. */
Test(outline, joined)
{
	struct geo_ring rings[] = {RING({0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}),
				   RING({1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}),
				   RING({4, 4}, {4, 5}, {5, 5}, {5, 4}, {4, 4})};
	struct geo_part part = {3, rings};
	struct geo_ring r = outline_joined(&arena, &part);

	cr_assert(eq(sz, r.n, 5 + 6 + 6));
	check_near(r.at[5].x, 1);
	check_near(r.at[6].x, 1); /* (1, 2): turned */
	check_near(r.at[6].y, 2);
	check_near(r.at[10].x, 0); /* back at the first point */
	check_near(r.at[10].y, 0);
	check_near(r.at[12].x, 4); /* (4, 5): already the other way */
	check_near(r.at[12].y, 5);
	check_near(r.at[16].x, 0);
}

static bool is_in(struct geo_point p, double left, double top, double right, double bottom)
{
	return left < p.x && p.x < right && top < p.y && p.y < bottom;
}

/* Of an L the wider arm; of a ring with a hole not the hole; of a thin U none of the bay. */
Test(outline, inside)
{
	struct geo_ring l = RING({0, 0}, {1, 0}, {1, 6}, {10, 6}, {10, 10}, {0, 10}, {0, 0});
	struct geo_ring ring[] = {RING({0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}),
				  RING({1, 1}, {7, 1}, {7, 9}, {1, 9}, {1, 1})};
	struct geo_ring u =
		RING({0, 0}, {1, 0}, {1, 9}, {9, 9}, {9, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0});
	struct geo_ring point = RING({3, 3}, {3, 3}, {3, 3}, {3, 3});
	struct geo_ring square = RING({0, 0}, {24, 0}, {24, 24}, {0, 24}, {0, 0});
	struct geo_point p;

	p = outline_inside(&arena, &(struct geo_part){1, &square});
	cr_expect(is_in(p, 11, 11, 13, 13), "%g %g", p.x, p.y); /* 24 lines are tried */
	p = outline_inside(&arena, &(struct geo_part){1, &l});
	cr_expect(is_in(p, 0, 6, 10, 10), "%g %g", p.x, p.y);
	p = outline_inside(&arena, &(struct geo_part){2, ring});
	cr_expect(is_in(p, 7, 0, 10, 10), "%g %g", p.x, p.y);
	p = outline_inside(&arena, &(struct geo_part){1, &u});
	cr_expect(not(is_in(p, 1, 0, 9, 9)), "%g %g", p.x, p.y);
	p = outline_inside(&arena, &(struct geo_part){1, &point});
	check_near(p.x, 3);
}

Test(outline, crossings)
{
	struct geo_ring ring[] = {RING({0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}),
				  RING({2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2})};
	struct geo_part part = {2, ring};
	double x[10];

	cr_assert(eq(sz, outline_crossings(&part, 3, x), 4));
	check_near(x[1], 2);
	check_near(x[2], 4);
	check_near(x[3], 10);
	cr_expect(eq(sz, outline_crossings(&part, 4, x), 2)); /* the lower edge is not in it */
	cr_expect(eq(sz, outline_crossings(&part, 11, x), 0));
}
