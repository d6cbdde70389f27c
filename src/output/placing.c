#include "output/placing.h"

#include <math.h>

#define SIDES 12
#define RINGS 9
#define SAMPLES 16 /* of a line, to see what it runs through */

static bool overlap(struct box a, struct box b)
{
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static bool inside(struct box a, struct box page)
{
	return a.left >= page.left && a.right <= page.right && a.top >= page.top &&
	       a.bottom <= page.bottom;
}

struct box placing_box(const struct tag *t)
{
	return (struct box){t->left, t->middle - t->height / 2, t->left + t->width,
			    t->middle + t->height / 2};
}

/* Does the line from the tag's point to its name run through the box? */
static bool runs_through(const struct tag *t, struct box b)
{
	struct box own = placing_box(t);
	double x = fmin(fmax(t->x, own.left), own.right), y = fmin(fmax(t->y, own.top), own.bottom);

	for (int i = 0; i <= SAMPLES; i++) {
		double u = t->x + (x - t->x) * i / SAMPLES, v = t->y + (y - t->y) * i / SAMPLES;

		if (u > b.left && u < b.right && v > b.top && v < b.bottom)
			return true;
	}
	return false;
}

static bool is_free(const struct tag *t, struct box page, const struct box *taken, size_t n_taken,
		    const struct tag *others, size_t n)
{
	struct box own = placing_box(t);

	if (!inside(own, page))
		return false;
	for (size_t i = 0; i < n_taken; i++)
		if (i != t->own && overlap(own, taken[i]))
			return false;
	for (size_t i = 0; i < n; i++)
		if (others[i].placed && (overlap(own, placing_box(&others[i])) ||
					 (t->far && runs_through(t, placing_box(&others[i]))) ||
					 (others[i].far && runs_through(&others[i], own))))
			return false;
	return true;
}

/* Side 0 is to the right, then to the left, above, below and between them; the name's nearest edge
 * or corner is `distance` away. */
static void try_place(struct tag *t, size_t side, double distance)
{
	static const double turn[SIDES] = {0, 6, 11, 1, 5, 7, 9, 3, 10, 2, 4, 8}; /* of 12 */
	double angle = turn[side] * acos(-1) / 6, dx = cos(angle), dy = sin(angle);

	t->align = fabs(dx) < 0.01 ? 0 : dx > 0 ? 1 : -1;
	t->left = t->x + dx * distance - 0.5 * (1 - t->align) * t->width;
	t->middle = t->y + dy * (distance + (fabs(dy) < 0.01 ? 0 : t->height / 2));
}

void placing_tags(struct box page, const struct box *taken, size_t n_taken, struct tag *tag,
		  size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tag *t = &tag[i];

		t->placed = false;
		for (size_t ring = 0; ring < RINGS && !t->placed; ring++)
			for (size_t side = 0; side < SIDES && !t->placed; side++) {
				t->far = ring > 0;
				try_place(t, side, t->clear + (double)ring * 0.9 * t->height);
				t->placed = is_free(t, page, taken, n_taken, tag, i);
			}
	}
}
