#include "output/shape.h"

#include <math.h>

/* mm */
#define TOLERANCE 0.08 /* of simplified lines: a third of their width */
#define DOT 0.7        /* a part smaller than this is a dot ... */
#define CROWD 1.0      /* ... unless something larger of the unit, or a dot, is so near */

double shape_size(const struct geo_ring *ring)
{
	double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

	for (size_t i = 0; i < ring->n; i++) {
		left = fmin(left, ring->at[i].x);
		right = fmax(right, ring->at[i].x);
		top = fmin(top, ring->at[i].y);
		bottom = fmax(bottom, ring->at[i].y);
	}
	return fmax(right - left, bottom - top);
}

/* The part with its holes, of which specks are left out. */
static struct geo_part part_on(struct arena *a, const struct projection *p,
			       const struct geo_part *from)
{
	struct geo_part to = {0, arena_new(a, from->n, sizeof *to.ring)};

	for (size_t i = 0; i < from->n; i++) {
		struct geo_ring r = outline_ring(a, p, &from->ring[i], TOLERANCE);

		if (i == 0 || shape_size(&r) >= DOT)
			to.ring[to.n++] = r;
	}
	return to;
}

static bool is_near(struct geo_point p, const struct geo_point *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (hypot(at[i].x - p.x, at[i].y - p.y) < CROWD)
			return true;
	return false;
}

static bool is_crowded(const struct shape *s, struct geo_point p)
{
	for (size_t k = 0; k < s->n; k++)
		if (is_near(p, s->part[k].ring[0].at, s->part[k].ring[0].n))
			return true;
	return is_near(p, s->dot, s->n_dots);
}

struct shape shape_of(struct arena *a, const struct projection *p, const struct geo_part *part,
		      size_t n)
{
	struct shape s = {.part = arena_new(a, n, sizeof *s.part),
			  .dot = arena_new(a, n, sizeof *s.dot)};
	struct geo_point *small = arena_new(a, n, sizeof *small);
	size_t n_small = 0;

	for (size_t i = 0; i < n; i++) {
		struct geo_part on = part_on(a, p, &part[i]);

		if (shape_size(&on.ring[0]) >= DOT)
			s.part[s.n++] = on;
		else
			small[n_small++] = on.ring[0].at[0];
	}
	for (size_t i = 0; i < n_small; i++)
		if (!is_crowded(&s, small[i]))
			s.dot[s.n_dots++] = small[i];
	return s;
}

struct geo_point shape_inside(struct arena *a, const struct shape *s, double *clear)
{
	const struct geo_part *most = NULL;

	for (size_t i = 0; i < s->n; i++)
		if (!most || shape_size(&s->part[i].ring[0]) > shape_size(&most->ring[0]))
			most = &s->part[i];
	*clear = DOT / 2;
	return most        ? outline_inside(a, most, clear)
	       : s->n_dots ? s->dot[0]
			   : (struct geo_point){NAN, NAN};
}
