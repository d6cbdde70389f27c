/* shape.h -- the polygons of a unit as they are drawn: parts that can be seen, and dots for the
 * rest.
 *
 * Lines are simplified to less than can be told. A part smaller than a dot becomes one, unless
 * something of the unit is so near that it would only blot it.
 *
 * Uses outline and below. */
#ifndef OUTPUT_SHAPE_H
#define OUTPUT_SHAPE_H

#include "output/outline.h"

struct shape {
	size_t n, n_dots;
	struct geo_part *part; /* on the page, mm */
	struct geo_point *dot;
};

struct shape shape_of(struct arena *a, const struct projection *p, const struct geo_part *part,
		      size_t n);

/* shape_size: the longer side, mm, of the box around a ring on the page. */
double shape_size(const struct geo_ring *ring);

/* shape_inside: a point well inside its largest part, else its first dot; NaN when it has neither.
 *   clear  mm from there to the border, at least */
struct geo_point shape_inside(struct arena *a, const struct shape *s, double *clear);

#endif
