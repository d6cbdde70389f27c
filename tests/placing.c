/* Names beside points. */
#include "help.h"
#include "output/placing.h"

#include <math.h>

TestSuite(placing, .fini = clean);

static const struct box page = {0, 0, 100, 100};

static struct tag at(double x, double y)
{
	return (struct tag){
		.x = x, .y = y, .clear = 2, .own = PLACING_NONE, .width = 10, .height = 4};
}

static void check_box(struct box b, double left, double top, double right, double bottom)
{
	cr_expect(epsilon_eq(dbl, b.left, left, 1e-9));
	cr_expect(epsilon_eq(dbl, b.top, top, 1e-9));
	cr_expect(epsilon_eq(dbl, b.right, right, 1e-9));
	cr_expect(epsilon_eq(dbl, b.bottom, bottom, 1e-9));
}

/* To the right where it is free: it begins 2 from the point. At the right edge: to the left. */
Test(placing, right_then_left)
{
	struct tag t[] = {at(50, 50), at(95, 20)};

	placing_tags(page, NULL, 0, t, 2);
	cr_expect(t[0].placed && t[0].align == 1 && !t[0].far);
	check_box(placing_box(&t[0]), 52, 48, 62, 52);
	cr_expect(t[1].placed && t[1].align == -1 && !t[1].far);
	check_box(placing_box(&t[1]), 83, 18, 93, 22);
}

/* A point's own box does not hinder its name, another's does. */
Test(placing, off_other_points)
{
	const struct box taken[] = {{48, 48, 53, 52}, {53, 48, 60, 52}};
	struct tag t = at(50, 50), free = at(50, 50);

	t.own = 0;
	placing_tags(page, taken, 2, &t, 1);
	cr_expect(t.placed);
	cr_expect(eq(int, t.align, -1));
	free.own = 0;
	placing_tags(page, taken, 1, &free, 1);
	cr_expect(eq(int, free.align, 1));
}

static bool apart(struct box a, struct box b)
{
	return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

/* Thirty points in a heap: whatever is placed lies apart and inside. */
Test(placing, never_over_one_another)
{
	struct tag t[30];
	size_t placed = 0;

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = at(45 + (double)(i * 7 % 11), 45 + (double)(i * 5 % 13));
	placing_tags(page, NULL, 0, t, COUNT(t));
	for (size_t i = 0; i < COUNT(t); i++) {
		struct box b = placing_box(&t[i]);

		placed += t[i].placed;
		if (!t[i].placed)
			continue;
		cr_expect(b.left >= 0 && b.top >= 0 && b.right <= 100 && b.bottom <= 100);
		for (size_t k = 0; k < i; k++)
			cr_expect(t[k].placed == false || apart(b, placing_box(&t[k])),
				  "%zu and %zu", i, k);
	}
	cr_expect(placed >= 8);
}

/* The line of a far name runs through no other name. */
Test(placing, lines_run_through_no_name)
{
	const struct box wall = {0, 47, 100, 53}; /* nothing fits near the point */
	struct tag t[] = {at(50, 45), at(50, 50)};

	t[0].clear = 1;
	placing_tags(page, &wall, 1, t, 2);
	cr_assert(t[0].placed && t[1].placed);
	cr_expect(t[1].far);
	struct box b = placing_box(&t[0]);
	double x = fmin(fmax(50, t[1].left), t[1].left + t[1].width);

	cr_expect(t[1].middle > 53 || x < b.left || x > b.right);
}

/* All but a strip of the page is taken: names fit to the right of x = 49 only, at the height of 50.
 */
static const struct box strip[] = {{0, 0, 100, 47.9},
				   {0, 52.1, 100, 100},
				   {0, 47.9, 49, 52.1},
				   {60, 48, 61, 48.2},
				   {66.5, 48, 69.5, 48.2}};

/* The first stands at 60 to 70; the second finds room at 70 to 80 only, behind it: not placed. */
Test(placing, no_line_through_a_name)
{
	struct tag t[] = {at(58, 50), at(50, 50)};

	placing_tags(page, strip, 3, t, 2);
	cr_expect(t[0].placed && t[0].left == 60);
	cr_expect(not(t[1].placed));
}

/* The small boxes leave the first 70 to 80, with a line from 50; the second would lie on that line.
 */
Test(placing, no_name_on_a_line)
{
	struct tag t[] = {at(50, 50), at(52, 50)};

	t[1].width = 5;
	placing_tags(page, strip, COUNT(strip), t, 2);
	cr_expect(t[0].placed && t[0].far);
	cr_expect(epsilon_eq(dbl, t[0].left, 70, 1e-9));
	cr_expect(not(t[1].placed));
}

Test(placing, no_room)
{
	const struct box all = {0, 0, 100, 100};
	struct tag t = at(50, 50), wide = at(50, 50);

	placing_tags(page, &all, 1, &t, 1);
	cr_expect(not(t.placed));
	wide.width = 101;
	placing_tags(page, NULL, 0, &wide, 1);
	cr_expect(not(wide.placed));
}
