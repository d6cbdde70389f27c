#include "output/outline.h"

#include <math.h>
#include <stdlib.h>

#define SCANS 24    /* lines that are tried for a point inside */
#define LARGEST 1e8 /* mm a degree: what has no size stays a point */

static const double degree = 3.14159265358979323846 / 180;

void outline_extent(struct extent *e, const struct geo_part *part, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < part[k].ring[0].n; i++) {
			struct geo_point p = part[k].ring[0].at[i];

			e->west = fmin(e->west, p.x); /* fmin passes over NaN */
			e->east = fmax(e->east, p.x);
			e->south = fmin(e->south, p.y);
			e->north = fmax(e->north, p.y);
		}
}

struct projection outline_fit(const struct extent *e, double left, double top, double width,
			      double height)
{
	struct projection p = {.across = cos((e->south + e->north) / 2 * degree),
			       .west = e->west,
			       .north = e->north,
			       .left = left,
			       .top = top};

	p.scale = fmin(width / ((e->east - e->west) * p.across), height / (e->north - e->south));
	p.scale = fmin(p.scale, LARGEST);
	return p;
}

double outline_width(const struct projection *p, const struct extent *e)
{
	return (e->east - e->west) * p->across * p->scale;
}

double outline_height(const struct projection *p, const struct extent *e)
{
	return (e->north - e->south) * p->scale;
}

static struct geo_point project(const struct projection *p, struct geo_point at)
{
	return (struct geo_point){p->left + (at.x - p->west) * p->across * p->scale,
				  p->top + (p->north - at.y) * p->scale};
}

/* ---- simplification ------------------------------------------------------------------------ */

static double from_line(struct geo_point p, struct geo_point a, struct geo_point b)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
	double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;

	t = fmax(0, fmin(1, t));
	return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static size_t farthest(const struct geo_point *at, size_t from, size_t to, double *distance)
{
	size_t most = from;

	*distance = 0;
	for (size_t i = from + 1; i < to; i++) {
		double d = from_line(at[i], at[from], at[to]);

		if (d > *distance) {
			*distance = d;
			most = i;
		}
	}
	return most;
}

/* Marks the points to be kept between two that are; `open` has room for n pairs. */
static void keep_between(const struct geo_point *at, size_t n, double tolerance, bool *keep,
			 size_t (*open)[2])
{
	size_t depth = 0;

	open[depth][0] = 0;
	open[depth++][1] = n - 1;
	while (depth) {
		size_t from = open[--depth][0], to = open[depth][1];
		double distance;
		size_t most = farthest(at, from, to, &distance);

		if (distance <= tolerance)
			continue;
		keep[most] = true;
		open[depth][0] = from;
		open[depth++][1] = most;
		open[depth][0] = most;
		open[depth++][1] = to;
	}
}

struct geo_ring outline_ring(struct arena *a, const struct projection *p,
			     const struct geo_ring *ring, double tolerance)
{
	struct geo_point *at = arena_new(a, ring->n, sizeof *at);
	bool *keep = arena_new(a, ring->n, sizeof *keep);
	size_t(*open)[2] = arena_new(a, ring->n, sizeof *open), n = 0;

	for (size_t i = 0; i < ring->n; i++)
		at[i] = project(p, ring->at[i]);
	keep[0] = keep[ring->n - 1] = true;
	keep_between(at, ring->n, tolerance, keep, open);
	for (size_t i = 0; i < ring->n; i++)
		if (keep[i])
			at[n++] = at[i];
	return (struct geo_ring){n, at};
}

/* ---- filling ------------------------------------------------------------------------------- */

static double signed_area(const struct geo_ring *r)
{
	double twice = 0;

	for (size_t i = 0; i + 1 < r->n; i++)
		twice += (r->at[i].x - r->at[0].x) * (r->at[i + 1].y - r->at[0].y) -
			 (r->at[i + 1].x - r->at[0].x) * (r->at[i].y - r->at[0].y);
	return twice / 2;
}

struct geo_ring outline_joined(struct arena *a, const struct geo_part *part)
{
	const struct geo_ring *outer = &part->ring[0];
	bool way = signed_area(outer) > 0;
	struct geo_point *at;
	size_t n = 0;

	for (size_t k = 0; k < part->n; k++)
		n += part->ring[k].n + 1;
	at = arena_new(a, n, sizeof *at);
	n = 0;
	for (size_t k = 0; k < part->n; k++) {
		const struct geo_ring *r = &part->ring[k];
		bool back = k > 0 && (signed_area(r) > 0) == way;

		for (size_t i = 0; i < r->n; i++)
			at[n++] = r->at[back ? r->n - 1 - i : i];
		if (k > 0)
			at[n++] = outer->at[0];
	}
	return (struct geo_ring){n, at};
}

/* ---- inside -------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

static size_t crossings(const struct geo_part *part, bool upright, double level, double *out)
{
	size_t n = 0;

	for (size_t k = 0; k < part->n; k++)
		for (size_t i = 0; i + 1 < part->ring[k].n; i++) {
			struct geo_point p = part->ring[k].at[i], q = part->ring[k].at[i + 1];
			double u = upright ? p.x : p.y, v = upright ? q.x : q.y;
			double s = upright ? p.y : p.x, t = upright ? q.y : q.x;

			if ((u <= level) != (v <= level))
				out[n++] = s + (level - u) / (v - u) * (t - s);
		}
	qsort(out, n, sizeof *out, by_size);
	return n;
}

size_t outline_crossings(const struct geo_part *part, double y, double *x)
{
	return crossings(part, false, y, x);
}

/* How far it is from `at` to the nearer of the crossings around it; 0 when none are. */
static double clearance(const double *crossing, size_t n, double at)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		if (crossing[i] <= at && at <= crossing[i + 1])
			return fmin(at - crossing[i], crossing[i + 1] - at);
	return 0;
}

static size_t count_points(const struct geo_part *part)
{
	size_t n = 0;

	for (size_t k = 0; k < part->n; k++)
		n += part->ring[k].n;
	return n;
}

struct geo_point outline_inside(struct arena *a, const struct geo_part *part)
{
	const struct geo_ring *outer = &part->ring[0];
	double top = outer->at[0].y, bottom = top, most = 0;
	double *x = arena_new(a, count_points(part), sizeof *x),
	       *y = arena_new(a, count_points(part), sizeof *y);
	struct geo_point best = outer->at[0];

	for (size_t i = 0; i < outer->n; i++) {
		top = fmin(top, outer->at[i].y);
		bottom = fmax(bottom, outer->at[i].y);
	}
	for (size_t s = 0; s < SCANS; s++) {
		double level = top + (bottom - top) * ((double)s + 0.5) / SCANS;
		size_t n = crossings(part, false, level, x);

		for (size_t i = 0; i + 1 < n; i += 2) {
			double middle = (x[i] + x[i + 1]) / 2;
			double clear = clearance(y, crossings(part, true, middle, y), level);

			clear = fmin(clear, (x[i + 1] - x[i]) / 2);
			if (clear <= most)
				continue;
			most = clear;
			best = (struct geo_point){middle, level};
		}
	}
	return best;
}
