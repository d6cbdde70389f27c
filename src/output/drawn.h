/* drawn.h -- polygons of a unit as a page shows them: simplified, without specks, which are dots.
 *
 * Not here: projection and simplification (outline), where they stand (chart_map).
 * Uses outline, placing and below. */
#ifndef OUTPUT_DRAWN_H
#define OUTPUT_DRAWN_H

#include "output/outline.h"
#include "output/placing.h"

struct drawn {
	size_t n, n_dots;
	struct geo_part *part; /* on the page */
	struct geo_point *dot; /* for parts too small to be seen */
	double class;          /* the caller's */
};

/* drawn_of: the parts on the page; those too small to be seen as dots, unless something of the unit
 *   is near. */
struct drawn drawn_of(struct arena *a, const struct projection *p, const struct geo_part *part,
		      size_t n);

/* drawn_bounds: the box around a ring on the page; drawn_size: its longer side. */
struct box drawn_bounds(const struct geo_ring *r);
double drawn_size(struct box b);

/* drawn_inside: a point well inside the largest part, else the first dot, else NaN. */
struct geo_point drawn_inside(struct arena *a, const struct drawn *d);

/* drawn_around: the box around all parts, of which there must be one. */
struct box drawn_around(const struct drawn *d);

/* drawn_path: the rings as an SVG path from the corner of `from`, in mm to whole hundredths. */
struct text drawn_path(struct arena *a, const struct drawn *d, struct box from);

#endif
