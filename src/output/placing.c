#include "output/placing.h"

#include <math.h>

#define SIDES 12
#define RINGS 9
#define NEAR_RINGS 4 /* that are worth more than a line crossed */
#define STEPS 4      /* of a value away from its point */
#define SAMPLES 16   /* of a line, to see what it runs through */

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

static bool is_free(const struct tag *t, struct box page, const struct obstacles *o,
		    const struct tag *others, size_t n)
{
	struct box own = placing_box(t);

	if (!inside(own, page))
		return false;
	for (size_t i = 0; i < o->n; i++)
		if (i != t->own && overlap(own, o->taken[i]))
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

static bool avoids(const struct tag *t, const struct obstacles *o)
{
	for (size_t i = 0; i < o->n_avoided; i++)
		if (overlap(placing_box(t), o->avoided[i]))
			return false;
	return true;
}

/* Tries that many rings around the point of tag i; those before it have their places. */
static bool find_place(struct box page, const struct obstacles *o, struct tag *tag, size_t i,
		       size_t rings, bool strict)
{
	struct tag *t = &tag[i];

	for (size_t ring = 0; ring < rings; ring++)
		for (size_t side = 0; side < SIDES; side++) {
			t->far = ring > 0;
			try_place(t, side, t->clear + (double)ring * 0.9 * t->height);
			if (is_free(t, page, o, tag, i) && (!strict || avoids(t, o)))
				return true;
		}
	return false;
}

void placing_tags(struct box page, const struct obstacles *o, struct tag *tag, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		tag[i].placed = false;
		tag[i].placed = find_place(page, o, tag, i, NEAR_RINGS, true) ||
				find_place(page, o, tag, i, RINGS, false);
	}
}

/* Liang and Barsky: the part of the line that lies in the band low..high of one coordinate. */
static bool clip(double from, double step, double low, double high, double *enter, double *leave)
{
	if (step == 0)
		return from > low && from < high;
	double a = (low - from) / step, b = (high - from) / step;

	*enter = fmax(*enter, fmin(a, b));
	*leave = fmin(*leave, fmax(a, b));
	return *enter < *leave;
}

bool placing_crosses(const struct stroke *s, struct box b)
{
	double enter = 0, leave = 1;

	return clip(s->x1, s->x2 - s->x1, b.left, b.right, &enter, &leave) &&
	       clip(s->y1, s->y2 - s->y1, b.top, b.bottom, &enter, &leave);
}

static struct box value_box(const struct value *v)
{
	return (struct box){v->centre - v->width / 2, v->middle - v->height / 2,
			    v->centre + v->width / 2, v->middle + v->height / 2};
}

#define OUTSIDE 1000
#define OVER_VALUE 100

/* What it costs to stand there, off the `n` values before it. */
static double cost_of(const struct value *v, struct box page, const struct stroke *stroke,
		      size_t n_strokes, size_t n)
{
	struct box b = value_box(v);
	double cost = inside(b, page) ? 0 : OUTSIDE;

	for (size_t i = 0; i < n_strokes; i++)
		cost += placing_crosses(&stroke[i], b) ? stroke[i].cost : 0;
	for (size_t i = 1; i <= n; i++)
		cost += overlap(b, value_box(v - i)) ? OVER_VALUE : 0;
	return cost;
}

void placing_values(struct box page, const struct stroke *stroke, size_t n_strokes,
		    struct value *value, size_t n)
{
	static const double beside[] = {0, 1, -1};

	for (size_t i = 0; i < n; i++) {
		struct value *v = &value[i], best = *v;
		double least = INFINITY;

		for (size_t k = 0; k < 6 * STEPS; k++) {
			double away = v->clear * (1 + 0.5 * (double)(k / 6));
			double way = beside[k / 2 % 3];

			v->centre = v->x + way * (v->width / 2 + 0.35 * v->clear);
			v->middle = v->y + (v->below == (k % 2 == 0) ? away : -away);
			double cost = 0.9 * (double)(k / 6) + 0.3 * (double)(k % 2) +
				      0.5 * fabs(way) + cost_of(v, page, stroke, n_strokes, i);

			if (cost < least) {
				least = cost;
				best = *v;
			}
		}
		*v = best;
	}
}
