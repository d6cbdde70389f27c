#include "output/drawn.h"

#include <math.h>
#include <stdio.h>

/* mm */
#define TOLERANCE 0.08 /* of simplified lines: a third of their width */
#define DOT 0.7        /* a part smaller than this is a dot ... */
#define CROWD 1.0      /* ... unless something larger of the unit, or a dot, is so near */

struct box drawn_bounds(const struct geo_ring *r)
{
	struct box b = {r->at[0].x, r->at[0].y, r->at[0].x, r->at[0].y};

	for (size_t i = 1; i < r->n; i++) {
		b.left = fmin(b.left, r->at[i].x);
		b.right = fmax(b.right, r->at[i].x);
		b.top = fmin(b.top, r->at[i].y);
		b.bottom = fmax(b.bottom, r->at[i].y);
	}
	return b;
}

double drawn_size(struct box b)
{
	return fmax(b.right - b.left, b.bottom - b.top);
}

/* The part with its holes, of which specks are left out. */
static struct geo_part part_on(struct arena *a, const struct projection *p,
			       const struct geo_part *from)
{
	struct geo_part to = {0, arena_new(a, from->n, sizeof *to.ring)};

	for (size_t i = 0; i < from->n; i++) {
		struct geo_ring r = outline_ring(a, p, &from->ring[i], TOLERANCE);

		if (i == 0 || drawn_size(drawn_bounds(&r)) >= DOT)
			to.ring[to.n++] = r;
	}
	return to;
}

static bool is_crowded(const struct drawn *d, struct geo_point p)
{
	for (size_t i = 0; i < d->n_dots; i++)
		if (hypot(d->dot[i].x - p.x, d->dot[i].y - p.y) < CROWD)
			return true;
	for (size_t k = 0; k < d->n; k++)
		for (size_t i = 0; i < d->part[k].ring[0].n; i++)
			if (hypot(d->part[k].ring[0].at[i].x - p.x,
				  d->part[k].ring[0].at[i].y - p.y) < CROWD)
				return true;
	return false;
}

struct drawn drawn_of(struct arena *a, const struct projection *p, const struct geo_part *part,
		      size_t n)
{
	struct drawn d = {.part = arena_new(a, n, sizeof *d.part),
			  .dot = arena_new(a, n, sizeof *d.dot)};
	struct geo_point *small = arena_new(a, n, sizeof *small);
	size_t n_small = 0;

	for (size_t i = 0; i < n; i++) {
		struct geo_part on = part_on(a, p, &part[i]);
		struct box b = drawn_bounds(&on.ring[0]);

		if (drawn_size(b) >= DOT)
			d.part[d.n++] = on;
		else
			small[n_small++] =
				(struct geo_point){(b.left + b.right) / 2, (b.top + b.bottom) / 2};
	}
	for (size_t i = 0; i < n_small; i++)
		if (!is_crowded(&d, small[i]))
			d.dot[d.n_dots++] = small[i];
	return d;
}

static const struct geo_part *largest(const struct drawn *d)
{
	const struct geo_part *most = NULL;

	for (size_t i = 0; i < d->n; i++)
		if (!most || drawn_size(drawn_bounds(&d->part[i].ring[0])) >
				     drawn_size(drawn_bounds(&most->ring[0])))
			most = &d->part[i];
	return most;
}

struct geo_point drawn_inside(struct arena *a, const struct drawn *d)
{
	const struct geo_part *part = largest(d);

	return part        ? outline_inside(a, part)
	       : d->n_dots ? d->dot[0]
			   : (struct geo_point){NAN, NAN};
}

struct box drawn_around(const struct drawn *d)
{
	struct box all = drawn_bounds(&d->part[0].ring[0]);

	for (size_t i = 1; i < d->n; i++) {
		struct box b = drawn_bounds(&d->part[i].ring[0]);

		all = (struct box){fmin(all.left, b.left), fmin(all.top, b.top),
				   fmax(all.right, b.right), fmax(all.bottom, b.bottom)};
	}
	return all;
}

struct text drawn_path(struct arena *a, const struct drawn *d, struct box from)
{
	size_t points = 0, n = 0;
	char *out;

	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->part[i].n; k++)
			points += d->part[i].ring[k].n;
	out = arena_new(a, points, 32);
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->part[i].n; k++) {
			const struct geo_ring *r = &d->part[i].ring[k];

			for (size_t j = 0; j < r->n; j++)
				n += (size_t)snprintf(out + n, 32, "%s%.2f,%.2f%s", j ? " " : "M",
						      r->at[j].x - from.left, r->at[j].y - from.top,
						      j + 1 < r->n ? "" : "z");
		}
	return (struct text){out, n};
}
