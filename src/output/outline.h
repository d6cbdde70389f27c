/* outline.h -- polygons in degrees as lines on a page: projection, simplification, a point inside.
 *
 * The projection is equirectangular, true to scale along the middle latitude of what is shown:
 * x = s (lon - west) cos(middle), y = s (north - lat). Lines are simplified after Douglas and
 * Peucker (1973).
 *
 * Not here: which unit has which polygon (boundaries), free places on the page (room).
 * Uses geojson and below. */
#ifndef OUTPUT_OUTLINE_H
#define OUTPUT_OUTLINE_H

#include "input/geojson.h"

/* Degrees; all NaN = nothing yet. */
struct extent {
	double west, south, east, north;
};

struct projection {
	double scale;       /* mm for a degree of latitude */
	double across;      /* cosine of the middle latitude */
	double west, north; /* degrees at `left` and `top` */
	double left, top;   /* mm */
};

/* outline_extent: widens `e` until it holds the outer rings of the parts. */
void outline_extent(struct extent *e, const struct geo_part *part, size_t n);

/* outline_fit: the largest scale at which `e` is at most `width` by `height` mm, its north-west
 *   corner at (left, top). The size it has then: */
struct projection outline_fit(const struct extent *e, double left, double top, double width,
			      double height);
double outline_width(const struct projection *p, const struct extent *e);
double outline_height(const struct projection *p, const struct extent *e);

/* outline_ring: a ring on the page, without the points that lie within `tolerance` mm of the line
 *   through those that are kept. Closed; n is below 4 when too little is left to be seen. */
struct geo_ring outline_ring(struct arena *a, const struct projection *p,
			     const struct geo_ring *ring, double tolerance);

/* outline_joined: rings on the page as one closed line that can be filled: from the first point to
 *   each hole and back, holes running the other way round. */
struct geo_ring outline_joined(struct arena *a, const struct geo_part *part);

/* outline_inside: a point of the page well inside the part: far from its edges to all four sides.
 */
struct geo_point outline_inside(struct arena *a, const struct geo_part *part);

/* outline_crossings: where the line at height y crosses the rings of the part, sorted; `x` has
 *   room for as many numbers as the rings have points. */
size_t outline_crossings(const struct geo_part *part, double y, double *x);

#endif
