/* placing.h -- names and values beside points, so that they cover neither points nor one another.
 *
 * Greedy, in the order given: a name tries the places around its point, the nearest first, and
 * takes the first that is free and inside the page. One that finds none is not placed: it is for
 * the caller to say so. A value stands above or below its point, where it covers the least.
 *
 * Not here: labels along one axis (plotfile_spread). */
#ifndef OUTPUT_PLACING_H
#define OUTPUT_PLACING_H

#include <stdbool.h>
#include <stddef.h>

struct box {
	double left, top, right, bottom; /* top < bottom */
};

#define PLACING_NONE ((size_t)-1)

struct tag {
	double x, y;  /* its point */
	double clear; /* least distance from the point's centre */
	size_t own;   /* the point's box among the taken, which does not count; or PLACING_NONE */
	double width, height; /* of the name */
	bool placed;
	double left, middle; /* where it begins, and its height; when placed */
	int align; /* which end is at the point: 1 its beginning, -1 its end, 0 its middle */
	bool far;  /* so far from its point that a line should join them */
};

/* What no name may cover (points, words), and what it does only when there is no other place near
 * (thin lines). */
struct obstacles {
	const struct box *taken;
	size_t n;
	const struct box *avoided;
	size_t n_avoided;
};

/* placing_tags: places `tag`s inside `page`. */
void placing_tags(struct box page, const struct obstacles *o, struct tag *tag, size_t n);

/* placing_box: where a placed name stands. */
struct box placing_box(const struct tag *t);

/* A line that a value had better not lie on. */
struct stroke {
	double x1, y1, x2, y2;
	double cost; /* of covering it; a step away from the point costs 0.9, the other side 0.3,
			not straight above or below 0.5 */
};

/* placing_crosses: does the line touch the box? */
bool placing_crosses(const struct stroke *s, struct box b);

struct value {
	double x, y;           /* its point */
	double clear;          /* from the point to the value's middle, at least */
	double width, height;  /* of the value */
	bool below;            /* which side is tried first */
	double centre, middle; /* across and down, when placed */
};

/* placing_values: gives every value the place that costs the least, inside the page and off the
 *   values before it where that can be. */
void placing_values(struct box page, const struct stroke *stroke, size_t n_strokes,
		    struct value *value, size_t n);

#endif
