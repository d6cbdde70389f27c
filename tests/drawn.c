/* A projection of 10 mm a degree from (0° E, 10° N): x = 10 lon, y = 10 (10 - lat), by hand. */
#include "help.h"
#include "output/drawn.h"

#include <math.h>

TestSuite(drawn, .fini = clean);

static const struct projection plain = {.scale = 10, .across = 1, .west = 0, .north = 10};

/* A square with its south-west corner there, `side` degrees long. */
static struct geo_ring square(double west, double south, double side)
{
	const double x[] = {0, 1, 1, 0, 0}, y[] = {0, 0, 1, 1, 0};
	struct geo_ring r = {5, arena_new(&arena, 5, sizeof *r.at)};

	for (size_t i = 0; i < 5; i++)
		r.at[i] = (struct geo_point){west + side * x[i], south + side * y[i]};
	return r;
}

static struct geo_part part_of(struct geo_ring outer, struct geo_ring hole)
{
	struct geo_part p = {hole.n ? 2 : 1, arena_new(&arena, 2, sizeof *p.ring)};

	p.ring[0] = outer;
	p.ring[1] = hole;
	return p;
}

Test(drawn, shapes_and_dots)
{
	const struct geo_ring none = {0, NULL};
	const struct geo_part part[] = {
		part_of(square(1, 1, 2), square(1.5, 1.5, 0.5)),
		part_of(square(5, 5, 1), square(5.1, 5.1, 0.01)), /* the hole is a speck */
		part_of(square(8, 8, 0.01), none),                /* a dot */
		part_of(square(8.05, 8, 0.01), none),             /* near it: none */
		part_of(square(3.05, 2, 0.01),
			none), /* 0.5 mm from an edge, far from its corners */
		part_of(square(3.01, 1, 0.01), none), /* 0.1 mm from a corner of the first: none */
	};
	struct drawn d = drawn_of(&arena, &plain, part, COUNT(part));
	struct box b = drawn_around(&d);
	struct geo_point in = drawn_inside(&arena, &d);

	cr_expect(eq(sz, d.n, 2));
	cr_expect(eq(sz, d.part[0].n, 2));
	cr_expect(eq(sz, d.part[1].n, 1));
	cr_expect(eq(sz, d.n_dots, 2));
	cr_expect(epsilon_eq(dbl, d.dot[0].x, 80.05, 1e-9));
	cr_expect(fabs(b.left - 10) < 1e-9 && fabs(b.right - 60) < 1e-9);
	cr_expect(fabs(b.top - 40) < 1e-9 && fabs(b.bottom - 90) < 1e-9);
	cr_expect(in.x > 10 && in.x < 30 && in.y > 70 && in.y < 90); /* the largest */
}

Test(drawn, paths)
{
	const struct geo_ring none = {0, NULL};
	const struct geo_part part[] = {part_of(square(1, 1, 2), square(1.5, 1.5, 0.5)),
					part_of(square(5, 1, 1), none)};
	struct drawn d = drawn_of(&arena, &plain, part, COUNT(part));
	struct text path = drawn_path(&arena, &d, drawn_around(&d)), rest = path, one;
	size_t closed = 0;

	for (size_t i = 0; i < path.n; i++)
		closed += path.at[i] == 'z' ? 1 : 0;
	cr_expect(eq(sz, closed, 3)); /* two rings and one */
	cr_assert(span_split(&rest, 'z', &one));
	check_text(one, "M0.00,20.00 20.00,20.00 20.00,0.00 0.00,0.00 0.00,20.00");
}

/* Without parts: nothing to draw, no point, no path. */
Test(drawn, nothing)
{
	struct drawn d = drawn_of(&arena, &plain, NULL, 0);

	cr_expect(zero(sz, d.n + d.n_dots));
	cr_expect(isnan(drawn_inside(&arena, &d).x));
	cr_expect(zero(sz, drawn_path(&arena, &d, (struct box){0, 0, 0, 0}).n));
}
