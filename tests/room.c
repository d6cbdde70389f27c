#include "help.h"
#include "output/room.h"

#include <math.h>

TestSuite(room, .fini = clean);

static struct geo_point corners[] = {{20, 20}, {40, 20}, {40, 40}, {20, 40}, {20, 20}};
static struct geo_ring ring = {5, corners};
static const struct geo_part square = {1, &ring};

static bool apart(struct box a, double left, double top, double right, double bottom)
{
	return a.right <= left || a.left >= right || a.bottom <= top || a.top >= bottom;
}

/* In the middle of a square of 20 mm: the nearest free 10 by 4 mm are just off its side, with the
 * margin. Cells are of half a millimetre. */
Test(room, nearest_free_place)
{
	struct room r = room_new(&arena, 60, 60);
	struct box b;

	room_take_part(&arena, &r, &square);
	cr_assert(room_find(&r, 10, 4, 2, (struct geo_point){39, 30}, &b));
	cr_expect(apart(b, 18, 18, 42, 42));
	cr_expect(b.left >= 42 && b.left <= 43, "%g", b.left);
	cr_expect(b.top <= 30 && b.bottom >= 30, "%g %g", b.top, b.bottom);
	cr_assert(room_find(&r, 10, 4, 2, (struct geo_point){30, 21}, &b));
	cr_expect(b.bottom <= 18 && b.bottom >= 17, "%g", b.bottom);
	cr_assert(room_find(&r, 10, 4, 0, (struct geo_point){10, 50}, &b)); /* of equals */
	cr_expect(eq(dbl, b.left, 0));
	cr_expect(eq(dbl, b.top, 46));
}

Test(room, what_is_taken_stays_free_of_the_next)
{
	struct room r = room_new(&arena, 60, 60);
	struct box a, b;

	cr_assert(room_find(&r, 10, 4, 0, (struct geo_point){60, 0}, &a));
	cr_expect(eq(dbl, a.right, 60));
	cr_expect(eq(dbl, a.top, 0));
	room_take_box(&r, a);
	cr_assert(room_find(&r, 10, 4, 1, (struct geo_point){60, 0}, &b));
	cr_expect(apart(b, a.left - 1, a.top - 1, a.right + 1, a.bottom + 1));
}

/* A bay of a polygon, and its hole, are free. */
Test(room, holes)
{
	struct room r = room_new(&arena, 60, 60);
	struct geo_point outer[] = {{0, 0}, {60, 0}, {60, 60}, {0, 60}, {0, 0}};
	struct geo_ring rings[] = {{5, outer}, ring};
	struct box b;

	room_take_part(&arena, &r, &(struct geo_part){2, rings});
	cr_assert(room_find(&r, 10, 4, 1, (struct geo_point){0, 0}, &b));
	cr_expect(b.left >= 20 && b.top >= 20 && b.right <= 40 && b.bottom <= 40);
}

Test(room, no_place)
{
	struct room r = room_new(&arena, 60, 60);
	struct box b;

	cr_expect(not(room_find(&r, 61, 4, 0, (struct geo_point){0, 0}, &b)));
	cr_expect(not(room_find(&r, 4, 61, 0, (struct geo_point){0, 0}, &b)));
	room_take_part(&arena, &r, &square);
	cr_expect(not(room_find(&r, 25, 25, 0, (struct geo_point){0, 0}, &b)));
	cr_expect(room_find(&r, 19, 19, 0, (struct geo_point){0, 0}, &b));
	cr_expect(not(room_find(&r, 19, 19, 2, (struct geo_point){30, 30}, &b)));
}

/* Thinner than a cell, it is taken all the same. */
Test(room, slivers)
{
	struct geo_point at[] = {{0, 30.02}, {60, 30.02}, {60, 30.03}, {0, 30.02}};
	struct geo_ring sliver = {4, at};
	struct room r = room_new(&arena, 60, 60);
	struct box b;

	room_take_part(&arena, &r, &(struct geo_part){1, &sliver});
	cr_expect(not(room_find(&r, 5, 31, 0, (struct geo_point){0, 0}, &b)));
}

/* Boxes over the edge of the page take what lies on it. */
Test(room, over_the_edge)
{
	struct room r = room_new(&arena, 10, 10);
	struct box b;

	room_take_box(&r, (struct box){-5, -5, 4, 20});
	room_take_box(&r, (struct box){50, 50, 60, 60});
	cr_assert(room_find(&r, 3, 3, 0, (struct geo_point){0, 0}, &b));
	cr_expect(b.left >= 4);
	cr_expect(not(room_find(&r, 7, 3, 0, (struct geo_point){0, 0}, &b)));
}
