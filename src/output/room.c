#include "output/room.h"

#include <math.h>
#include <string.h>

#define CELL 0.5 /* mm */

struct room room_new(struct arena *a, double width, double height)
{
	struct room r = {.cell = CELL,
			 .columns = (size_t)ceil(width / CELL),
			 .rows = (size_t)ceil(height / CELL)};

	r.taken = arena_new(a, r.columns * r.rows, sizeof *r.taken);
	r.sum = arena_new(a, (r.columns + 1) * (r.rows + 1), sizeof *r.sum);
	return r;
}

/* The cell that x lies in, kept inside [0, n]. */
static size_t cell_of(const struct room *r, double x, size_t n)
{
	double cell = floor(x / r->cell);

	return cell < 0 ? 0 : cell > (double)n ? n : (size_t)cell;
}

void room_take_box(struct room *r, struct box box)
{
	size_t left = cell_of(r, box.left, r->columns), top = cell_of(r, box.top, r->rows);
	size_t right = cell_of(r, box.right + r->cell, r->columns),
	       bottom = cell_of(r, box.bottom + r->cell, r->rows);

	for (size_t y = top; y < bottom; y++)
		for (size_t x = left; x < right; x++)
			r->taken[y * r->columns + x] = true;
}

static void take_edge(struct room *r, struct geo_point p, struct geo_point q)
{
	size_t steps = (size_t)(hypot(q.x - p.x, q.y - p.y) / r->cell) + 1;

	for (size_t i = 0; i <= steps; i++) {
		double t = (double)i / (double)steps;
		double x = p.x + t * (q.x - p.x), y = p.y + t * (q.y - p.y);

		if (x >= 0 && y >= 0 && x < (double)r->columns * r->cell &&
		    y < (double)r->rows * r->cell)
			r->taken[cell_of(r, y, r->rows) * r->columns + cell_of(r, x, r->columns)] =
				true;
	}
}

void room_take_part(struct arena *a, struct room *r, const struct geo_part *part)
{
	size_t points = 0;
	double *x;

	for (size_t k = 0; k < part->n; k++) {
		points += part->ring[k].n;
		for (size_t i = 0; i + 1 < part->ring[k].n; i++)
			take_edge(r, part->ring[k].at[i], part->ring[k].at[i + 1]);
	}
	x = arena_new(a, points, sizeof *x);
	for (size_t row = 0; row < r->rows; row++) {
		double y = ((double)row + 0.5) * r->cell;

		size_t n = outline_crossings(part, y, x);

		for (size_t i = 0; i + 1 < n; i += 2)
			room_take_box(r, (struct box){x[i], y, x[i + 1], y});
	}
}

static void add_up(struct room *r)
{
	size_t wide = r->columns + 1;

	for (size_t y = 0; y < r->rows; y++)
		for (size_t x = 0; x < r->columns; x++)
			r->sum[(y + 1) * wide + x + 1] =
				r->sum[y * wide + x + 1] + r->sum[(y + 1) * wide + x] -
				r->sum[y * wide + x] + r->taken[y * r->columns + x];
}

/* Cells taken in a rectangle that may reach over the page. */
static bool is_free(const struct room *r, size_t left, size_t top, size_t right, size_t bottom)
{
	size_t wide = r->columns + 1;

	return r->sum[bottom * wide + right] + r->sum[top * wide + left] ==
	       r->sum[top * wide + right] + r->sum[bottom * wide + left];
}

static double beyond(double at, double low, double high)
{
	return fmax(0, fmax(low - at, at - high));
}

bool room_find(struct room *r, double width, double height, double margin, struct geo_point near,
	       struct box *out)
{
	size_t wide = (size_t)ceil(width / r->cell), high = (size_t)ceil(height / r->cell),
	       off = (size_t)ceil(margin / r->cell);
	double least = INFINITY;

	add_up(r);
	for (size_t y = 0; y + high <= r->rows; y++)
		for (size_t x = 0; x + wide <= r->columns; x++) {
			struct box b = {(double)x * r->cell, (double)y * r->cell,
					(double)x * r->cell + width, (double)y * r->cell + height};
			double far = hypot(beyond(near.x, b.left, b.right),
					   beyond(near.y, b.top, b.bottom));

			if (far >= least ||
			    !is_free(r, x > off ? x - off : 0, y > off ? y - off : 0,
				     x + wide + off < r->columns ? x + wide + off : r->columns,
				     y + high + off < r->rows ? y + high + off : r->rows))
				continue;
			least = far;
			*out = b;
		}
	return isfinite(least);
}
