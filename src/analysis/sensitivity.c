#include "analysis/sensitivity.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

/* Sums over draws for one output; y about its value in the first draw. */
struct sums {
	double about, y, yy; /* of A and B */
};

/* Likewise for one input and output. */
struct shifts {
	double product, difference, square; /* y_B (y_AB - y_A), y_AB - y_A, its square */
};

struct run {
	const struct sensitivity_plan *p;
	size_t numbers; /* of all inputs */
	double *a, *b, *mixed;
	double *y_a, *y_b, *y_mixed;
	struct sums *sums;
	struct shifts *shifts; /* inputs of outputs */
};

static void draw(struct run *r, gsl_rng *rng)
{
	for (size_t i = 0; i < r->numbers; i++)
		r->a[i] = gsl_rng_uniform(rng);
	for (size_t i = 0; i < r->numbers; i++)
		r->b[i] = gsl_rng_uniform(rng);
	r->p->model(r->p->context, r->a, r->y_a);
	r->p->model(r->p->context, r->b, r->y_b);
}

static void add_output(struct run *r, size_t k, bool first)
{
	struct sums *s = &r->sums[k];
	double a, b;

	if (first)
		s->about = r->y_a[k];
	a = r->y_a[k] - s->about;
	b = r->y_b[k] - s->about;
	s->y += a + b;
	s->yy += a * a + b * b;
}

/* AB of one input, whose numbers begin at `at`. */
static void add_input(struct run *r, size_t input, size_t at)
{
	memcpy(r->mixed, r->a, r->numbers * sizeof *r->mixed);
	memcpy(r->mixed + at, r->b + at, r->p->width[input] * sizeof *r->mixed);
	r->p->model(r->p->context, r->mixed, r->y_mixed);
	for (size_t k = 0; k < r->p->outputs; k++) {
		struct shifts *s = &r->shifts[input * r->p->outputs + k];
		double d = r->y_mixed[k] - r->y_a[k];

		if (isnan(d))
			r->sums[k].yy = NAN;
		s->product += (r->y_b[k] - r->sums[k].about) * d;
		s->difference += d;
		s->square += d * d;
	}
}

static void finish(const struct run *r, struct sensitivity *out)
{
	double n = (double)r->p->draws;

	for (size_t i = 0; i < r->p->n_inputs; i++)
		for (size_t k = 0; k < r->p->outputs; k++) {
			const struct sums *s = &r->sums[k];
			const struct shifts *d = &r->shifts[i * r->p->outputs + k];
			double mean = s->y / (2 * n), v = s->yy / (2 * n) - mean * mean;
			size_t at = i * r->p->outputs + k;

			v = s->yy > 0 && v > 1e-14 * s->yy / n ? v : NAN;
			out->first[at] = (d->product - mean * d->difference) / n / v;
			out->total[at] = d->square / (2 * n) / v;
		}
}

void sensitivity_run(struct arena *a, const struct sensitivity_plan *p, gsl_rng *rng,
		     struct sensitivity *out)
{
	struct run r = {.p = p};

	for (size_t i = 0; i < p->n_inputs; i++)
		r.numbers += p->width[i];
	r.a = arena_new(a, 3 * r.numbers, sizeof *r.a);
	r.b = r.a + r.numbers;
	r.mixed = r.b + r.numbers;
	r.y_a = arena_new(a, 3 * p->outputs, sizeof *r.y_a);
	r.y_b = r.y_a + p->outputs;
	r.y_mixed = r.y_b + p->outputs;
	r.sums = arena_new(a, p->outputs, sizeof *r.sums);
	r.shifts = arena_new(a, p->n_inputs * p->outputs, sizeof *r.shifts);
	out->sample = arena_new(a, p->draws, p->outputs * sizeof *out->sample);
	out->first = arena_new(a, p->n_inputs * p->outputs, sizeof *out->first);
	out->total = arena_new(a, p->n_inputs * p->outputs, sizeof *out->total);
	for (size_t i = 0; i < p->draws; i++) {
		draw(&r, rng);
		memcpy(out->sample + i * p->outputs, r.y_a, p->outputs * sizeof *r.y_a);
		for (size_t k = 0; k < p->outputs; k++)
			add_output(&r, k, i == 0);
		for (size_t j = 0, at = 0; j < p->n_inputs; at += p->width[j++])
			add_input(&r, j, at);
	}
	finish(&r, out);
}

double sensitivity_at(size_t n, double *x, double share)
{
	size_t there = 0, k;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]))
			x[there++] = x[i];
	if (there == 0)
		return NAN;
	gsl_sort(x, 1, there);
	k = (size_t)ceil(share * (double)there - 1e-9);
	return x[k > 0 ? k - 1 : 0];
}
