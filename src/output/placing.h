/* placing.h -- names beside points in a plane, so that they cover neither points nor one another.
 *
 * Greedy, in the order given: a name tries the places around its point, the nearest first, and
 * takes the first that is free and inside the page. One that finds none is not placed: it is for
 * the caller to say so.
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

/* placing_tags: places `tag`s inside `page`, off the `taken` boxes (points, words). */
void placing_tags(struct box page, const struct box *taken, size_t n_taken, struct tag *tag,
		  size_t n);

/* placing_box: where a placed name stands. */
struct box placing_box(const struct tag *t);

#endif
