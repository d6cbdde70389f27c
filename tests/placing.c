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

/* Off boxes that may not be covered. */
static void place(const struct box *taken, size_t n_taken, struct tag *t, size_t n)
{
	const struct obstacles o = {.taken = taken, .n = n_taken};

	placing_tags(page, &o, t, n);
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

	place(NULL, 0, t, 2);
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
	place(taken, 2, &t, 1);
	cr_expect(t.placed);
	cr_expect(eq(int, t.align, -1));
	free.own = 0;
	place(taken, 1, &free, 1);
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
	place(NULL, 0, t, COUNT(t));
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
	place(&wall, 1, t, 2);
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

	place(strip, 3, t, 2);
	cr_expect(t[0].placed && t[0].left == 60);
	cr_expect(not(t[1].placed));
}

/* The small boxes leave the first 70 to 80, with a line from 50; the second would lie on that line.
 */
Test(placing, no_name_on_a_line)
{
	struct tag t[] = {at(50, 50), at(52, 50)};

	t[1].width = 5;
	place(strip, COUNT(strip), t, 2);
	cr_expect(t[0].placed && t[0].far);
	cr_expect(epsilon_eq(dbl, t[0].left, 70, 1e-9));
	cr_expect(not(t[1].placed));
}

Test(placing, no_room)
{
	const struct box all = {0, 0, 100, 100};
	struct tag t = at(50, 50), wide = at(50, 50);

	place(&all, 1, &t, 1);
	cr_expect(not(t.placed));
	wide.width = 101;
	place(NULL, 0, &wide, 1);
	cr_expect(not(wide.placed));
}

/* A line that lies on both sides near the point is crossed only when nothing else is near. */
Test(placing, thin_lines_are_avoided_where_that_is_near)
{
	const struct box line[] = {{55, 0, 55.5, 100}}, cross[] = {{0, 0, 100, 100}};
	struct obstacles o = {.avoided = line, .n_avoided = 1};
	struct tag t = at(50, 50);

	placing_tags(page, &o, &t, 1);
	cr_expect(t.placed && t.align == -1 && !t.far);
	o.avoided = cross;
	placing_tags(page, &o, &t, 1);
	cr_expect(t.placed && t.align == 1 && !t.far);
}

/* By hand: a line through, along, beside and before a box of 10 to 20. */
Test(placing, crossing)
{
	const struct box b = {10, 10, 20, 20};
	static const struct {
		struct stroke s;
		bool crosses;
	} cases[] = {
		{{0, 0, 30, 30, 1}, true},   {{15, 0, 15, 30, 1}, true},
		{{12, 12, 13, 13, 1}, true}, {{0, 15, 12, 15, 1}, true},
		{{15, 15, 15, 15, 1}, true}, {{0, 15, 9, 15, 1}, false},
		{{21, 0, 21, 30, 1}, false}, {{0, 0, 9, 9, 1}, false},
		{{0, 25, 30, 25, 1}, false}, {{0, 19, 19, 38, 1}, false},
		{{0, 9, 11, 20, 1}, true},   {{30, 30, 0, 0, 1}, true},
		{{10, 0, 10, 30, 1}, false}, /* along its edge */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(placing_crosses(&cases[i].s, b) == cases[i].crosses, "row %zu", i);
}

static struct value value_at(double x, double y)
{
	return (struct value){.x = x, .y = y, .clear = 4, .width = 10, .height = 3};
}

/* Above where nothing is in the way, or below where that is asked. */
Test(placing, values_above)
{
	struct value v[] = {value_at(20, 50), value_at(60, 50)};

	v[1].below = true;
	placing_values(page, NULL, 0, v, 2);
	cr_expect(epsilon_eq(dbl, v[0].middle, 46, 1e-9));
	cr_expect(epsilon_eq(dbl, v[1].middle, 54, 1e-9));
}

/* A line at 46 costs 4: to the other side, for 0.3. Lines at 46 and 54: a step of 2 further up, for
 * 0.9, covers 42.5 to 45.5. Lines everywhere but at a cost of 0.2: stay. */
Test(placing, values_off_lines)
{
	const struct stroke two[] = {{0, 46, 100, 46, 4}, {0, 54, 100, 54, 4}};
	struct stroke all[100];
	struct value v = value_at(50, 50);

	placing_values(page, two, 1, &v, 1);
	cr_expect(epsilon_eq(dbl, v.middle, 54, 1e-9));
	placing_values(page, two, 2, &v, 1);
	cr_expect(epsilon_eq(dbl, v.middle, 44, 1e-9));
	for (size_t i = 0; i < COUNT(all); i++)
		all[i] = (struct stroke){0, (double)i, 100, (double)i, 0.05};
	placing_values(page, all, COUNT(all), &v, 1);
	cr_expect(epsilon_eq(dbl, v.middle, 46, 1e-9));
}

/* A line up and down through the point at a cost of 3: beside it, for 0.5; the value's edge is 0.35
 * of the clear distance away. */
Test(placing, values_beside_a_line_through_their_point)
{
	const struct stroke s[] = {{50, 0, 50, 100, 3}, {56, 40, 60, 40, 9}, {56, 46, 60, 46, 9}};
	struct value v = value_at(50, 50);

	placing_values(page, s, 1, &v, 1);
	cr_expect(epsilon_eq(dbl, v.centre, 50 + 5 + 1.4, 1e-9));
	cr_expect(epsilon_eq(dbl, v.middle, 46, 1e-9));
	placing_values(page, s, COUNT(s), &v, 1); /* to the right another line: to the left */
	cr_expect(epsilon_eq(dbl, v.centre, 50 - 5 - 1.4, 1e-9));
	cr_expect(epsilon_eq(dbl, v.middle, 46, 1e-9));
}

/* Lines above and below, which cost less than to stand beside the point, or further away: it stays.
 */
Test(placing, values_straight_above_at_a_small_cost)
{
	const struct stroke s[] = {{49, 46, 51, 46, 0.4}, {49, 54, 51, 54, 0.4}};
	struct value v = value_at(50, 50);

	placing_values(page, s, 2, &v, 1);
	cr_expect(epsilon_eq(dbl, v.centre, 50, 1e-9));
	cr_expect(epsilon_eq(dbl, v.middle, 46, 1e-9));
}

/* At the top there is no room above; a second value does not cover the first. */
Test(placing, values_inside_and_apart)
{
	struct value v[] = {value_at(50, 3), value_at(52, 3)};

	placing_values(page, NULL, 0, v, 2);
	cr_expect(epsilon_eq(dbl, v[0].middle, 7, 1e-9));
	cr_expect(fabs(v[1].middle - v[0].middle) >= v[0].height - 1e-9 ||
		  fabs(v[1].centre - v[0].centre) >= v[0].width - 1e-9);
}
