#include "help.h"
#include "output/shape.h"

#include <math.h>

TestSuite(shape, .fini = clean);

static const struct projection ten = {10, 1, 0, 10, 0, 0}; /* 10 mm a degree */

/* A square of `side` mm whose upper left corner is at (x, y) mm. */
static struct geo_ring square(double x, double y, double side)
{
	struct geo_point *at = arena_new(&arena, 5, sizeof *at);
	double w = x / 10, n = 10 - y / 10, s = side / 10;

	at[0] = at[4] = (struct geo_point){w, n};
	at[1] = (struct geo_point){w + s, n};
	at[2] = (struct geo_point){w + s, n - s};
	at[3] = (struct geo_point){w, n - s};
	return (struct geo_ring){5, at};
}

/* Below 0.7 mm a part is a dot; within 1 mm of what is larger, or of another dot, it is nothing. */
Test(shape, parts_and_dots)
{
	struct geo_ring ring[] = {square(0, 0, 20),     square(30, 0, 0.75),  square(40, 0, 0.65),
				  square(40.5, 0, 0.2), square(20.9, 0, 0.2), square(21.1, 0, 0.2)};
	struct geo_part part[] = {{1, &ring[0]}, {1, &ring[1]}, {1, &ring[2]},
				  {1, &ring[3]}, {1, &ring[4]}, {1, &ring[5]}};
	struct shape s = shape_of(&arena, &ten, part, 6);

	cr_expect(eq(sz, s.n, 2));
	cr_assert(eq(sz, s.n_dots, 2));
	cr_expect(fabs(s.dot[0].x - 40) < 1e-9);
	cr_expect(fabs(s.dot[1].x - 21.1) < 1e-9);
}

Test(shape, holes_that_can_be_seen)
{
	struct geo_ring ring[] = {square(0, 0, 20), square(2, 2, 5), square(10, 10, 0.5)};
	struct geo_part part = {3, ring};
	struct shape s = shape_of(&arena, &ten, &part, 1);

	cr_expect(eq(sz, s.part[0].n, 2));
	cr_expect(fabs(shape_size(&s.part[0].ring[1]) - 5) < 1e-9);
}

/* In the largest part; of a unit of dots on the first; of nothing nowhere. */
Test(shape, inside)
{
	struct geo_ring ring[] = {square(50, 0, 4), square(0, 0, 20), square(40, 0, 0.5)};
	struct geo_part part[] = {{1, &ring[0]}, {1, &ring[1]}, {1, &ring[2]}};
	struct shape s = shape_of(&arena, &ten, part, 3),
		     dots = shape_of(&arena, &ten, &part[2], 1),
		     none = shape_of(&arena, &ten, part, 0);
	double clear;
	struct geo_point p = shape_inside(&arena, &s, &clear);

	cr_expect(p.x > 9 && p.x < 11 && p.y > 9 && p.y < 11, "%g %g", p.x, p.y);
	cr_expect(clear > 9 && clear <= 10, "%g", clear);
	p = shape_inside(&arena, &dots, &clear);
	cr_expect(fabs(p.x - 40) < 1e-9);
	cr_expect(isnan(shape_inside(&arena, &none, &clear).x));
}
