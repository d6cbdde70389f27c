#include "estimate/greg.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#define ITERATIONS 50
#define HALVINGS 30

struct fit {
	const struct greg_model *m;
	size_t k;
	double *basis, *total, *side; /* side: sqrt(w) sigma of each row */
	double *u, *g, *slope;        /* of each row: argument, g(u), g'(u) */
	double *b, *off;              /* coefficients; what the totals still lack */
};

static double dot(const double *x, const double *y, size_t n)
{
	long double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (long double)x[i] * y[i];
	return (double)sum;
}

static double sigma_of(const struct greg_model *m, size_t row)
{
	return m->variance ? sqrt(m->variance[row]) : 1;
}

/* Adds variable j to the basis (Gram-Schmidt, twice for accuracy), if it adds anything. */
static bool add_variable(struct fit *f, size_t j, struct diag *why)
{
	size_t n = f->m->n;
	double *v = &f->basis[f->k * n], total = f->m->total[j], scale = fabs(total), length, rest;

	for (size_t i = 0; i < n; i++)
		v[i] = f->m->x[i * f->m->k + j] * sqrt(f->m->w[i]) / sigma_of(f->m, i);
	length = sqrt(dot(v, v, n));
	for (int pass = 0; pass < 2; pass++)
		for (size_t c = 0; c < f->k; c++) {
			const double *q = &f->basis[c * n];
			double r = dot(q, v, n);

			for (size_t i = 0; i < n; i++)
				v[i] -= r * q[i];
			total -= r * f->total[c];
			scale = fmax(scale, fabs(r * f->total[c]));
		}
	rest = sqrt(dot(v, v, n));
	if (rest > 1e-8 * length) {
		for (size_t i = 0; i < n; i++)
			v[i] /= rest;
		f->total[f->k++] = total / rest;
		return true;
	}
	if (fabs(total) <= 1e-8 * scale)
		return true;
	if (length > 0)
		return diag_fail(why, DIAG_DATA,
				 "the total of \"%.*s\" contradicts those before it",
				 SPAN_ARG(f->m->name[j]));
	return diag_fail(why, DIAG_DATA, "\"%.*s\" is 0 in the whole sample; its total is %.10g",
			 SPAN_ARG(f->m->name[j]), f->m->total[j]);
}

/* g and g' at u. */
static void distance_at(const struct greg_model *m, double u, double *g, double *slope)
{
	double l = m->low, h = m->high, a, e, below;

	switch (m->distance) {
	case GREG_LINEAR:
		*g = 1 + u;
		*slope = 1;
		break;
	case GREG_EXP: *g = *slope = exp(u); break;
	case GREG_LOGIT: /* in e = exp(-|a u|), which cannot overflow */
		a = (h - l) / ((h - 1) * (1 - l));
		e = exp(-fabs(a * u));
		below = u > 0 ? (h - 1) * e + (1 - l) : (h - 1) + (1 - l) * e;
		*g = u > 0 ? (l * (h - 1) * e + h * (1 - l)) / below
			   : (l * (h - 1) + h * (1 - l) * e) / below;
		*slope = a * e * (1 - l) * (h - 1) * (h - l) / (below * below);
		return;
	case GREG__COUNT: break;
	}
	if (*g < l || *g > h) {
		*g = *g < l ? l : h;
		*slope = 0;
	}
}

/* g at the coefficients, and what the totals lack; the length of that. */
static double evaluate(struct fit *f)
{
	size_t n = f->m->n;

	for (size_t i = 0; i < n; i++) {
		f->u[i] = 0;
		for (size_t c = 0; c < f->k; c++)
			f->u[i] += f->b[c] * f->basis[c * n + i];
		f->u[i] = f->m->w[i] > 0 ? f->u[i] / f->side[i] : 0;
		distance_at(f->m, f->u[i], &f->g[i], &f->slope[i]);
	}
	for (size_t c = 0; c < f->k; c++) {
		long double sum = 0;

		for (size_t i = 0; i < n; i++)
			sum += (long double)f->side[i] * f->basis[c * n + i] * f->g[i];
		f->off[c] = (double)(f->total[c] - sum);
	}
	return sqrt(dot(f->off, f->off, f->k));
}

/* Newton's direction: the matrix of sum slope q q', against what is lacking. */
static bool newton(const struct fit *f, double *matrix, double *direction)
{
	gsl_matrix_view a = gsl_matrix_view_array(matrix, f->k, f->k);
	gsl_vector_const_view right = gsl_vector_const_view_array(f->off, f->k);
	gsl_vector_view x = gsl_vector_view_array(direction, f->k);
	size_t n = f->m->n;

	for (size_t c = 0; c < f->k; c++)
		for (size_t d = 0; d <= c; d++) {
			double sum = 0;

			for (size_t i = 0; i < n; i++)
				sum += f->slope[i] * f->basis[c * n + i] * f->basis[d * n + i];
			matrix[c * f->k + d] = matrix[d * f->k + c] = sum;
		}
	return gsl_linalg_cholesky_decomp1(&a.matrix) == 0 &&
	       gsl_linalg_cholesky_solve(&a.matrix, &right.vector, &x.vector) == 0;
}

/* Steps that lessen what is lacking, until it cannot be lessened. */
static size_t solve(struct arena *scratch, struct fit *f)
{
	double *matrix = arena_new(scratch, f->k * f->k, sizeof *matrix),
	       *direction = arena_new(scratch, f->k, sizeof *direction), lack = evaluate(f);
	const double enough = 1e-14 * sqrt(dot(f->side, f->side, f->m->n));

	for (size_t round = 1; round <= ITERATIONS; round++) {
		double step = 1, now = lack;

		if (!(lack > enough) || !newton(f, matrix, direction))
			return round;
		for (int halving = 0; halving < HALVINGS; halving++, step /= 2) {
			for (size_t c = 0; c < f->k; c++)
				f->b[c] += step * direction[c];
			now = evaluate(f);
			if (now < lack)
				break;
			for (size_t c = 0; c < f->k; c++)
				f->b[c] -= step * direction[c];
		}
		if (!(now < lack)) {
			evaluate(f);
			return round;
		}
		lack = now;
	}
	return ITERATIONS;
}

static bool check_totals(const struct fit *f, struct diag *why)
{
	const struct greg_model *m = f->m;

	for (size_t j = 0; j < m->k; j++) {
		long double sum = 0, size = fabs(m->total[j]);

		for (size_t i = 0; i < f->m->n; i++) {
			long double x = (long double)f->m->w[i] * f->g[i] * m->x[i * m->k + j];

			sum += x;
			size = fmaxl(size, fabsl(x));
		}
		if (fabsl(sum - m->total[j]) <= 1e-9L * size)
			continue;
		diag_fail(why, DIAG_DATA,
			  "no weights from %g to %g times the old ones meet the totals; \"%.*s\" "
			  "comes to %.10Lg, not %.10g",
			  m->low, m->high, SPAN_ARG(m->name[j]), sum, m->total[j]);
		return diag_hint(why, "widen the bounds, or use fewer variables");
	}
	return true;
}

static bool check_model(const struct greg_model *m, struct diag *why)
{
	for (size_t i = 0; i < m->n; i++)
		if (!(m->w[i] >= 0))
			return diag_fail(why, DIAG_DATA,
					 "row %zu has weight %g; only weights of at least 0 can be "
					 "calibrated",
					 i + 1, m->w[i]);
	if (!(m->low < 1 && m->high > 1))
		return diag_fail(why, DIAG_USAGE, "bounds %g to %g of the weights do not hold 1",
				 m->low, m->high);
	if (m->distance == GREG_LOGIT && !isfinite(m->high - m->low))
		return diag_fail(why, DIAG_USAGE, "logit calibration needs two bounds");
	return true;
}

static void take_room(struct arena *a, struct arena *scratch, struct fit *f)
{
	const struct greg_model *m = f->m;

	f->basis = arena_new(a, m->k * m->n, sizeof *f->basis);
	f->g = arena_new(a, m->n, sizeof *f->g);
	f->total = arena_new(scratch, m->k, sizeof *f->total);
	f->b = arena_new(scratch, m->k, sizeof *f->b);
	f->off = arena_new(scratch, m->k, sizeof *f->off);
	f->u = arena_new(scratch, m->n, sizeof *f->u);
	f->slope = arena_new(scratch, m->n, sizeof *f->slope);
	f->side = arena_new(scratch, m->n, sizeof *f->side);
	for (size_t i = 0; i < m->n; i++)
		f->side[i] = sqrt(m->w[i]) * sigma_of(m, i);
}

bool greg_fit(struct arena *a, const struct greg_model *m, struct greg *out, struct diag *why)
{
	struct arena scratch = {0};
	struct fit f = {.m = m};
	bool done = check_model(m, why);

	take_room(a, &scratch, &f);
	for (size_t j = 0; done && j < m->k; j++)
		done = add_variable(&f, j, why);
	*out = (struct greg){.n = m->n,
			     .k = f.k,
			     .g = f.g,
			     .basis = f.basis,
			     .root = arena_new(a, m->n, sizeof(double))};
	if (done)
		out->rounds = solve(&scratch, &f);
	done = done && check_totals(&f, why);
	for (size_t i = 0; done && i < m->n; i++)
		out->root[i] = f.g[i] * f.side[i];
	arena_release(&scratch);
	return done;
}

void greg_residuals(const struct greg *r, size_t k, double *z)
{
	struct arena scratch = {0};
	double *y = arena_new(&scratch, r->n, sizeof *y);

	for (size_t j = 0; j < k; j++) {
		for (size_t i = 0; i < r->n; i++)
			y[i] = r->root[i] != 0 ? z[i * k + j] / r->root[i] : 0;
		for (size_t c = 0; c < r->k; c++) {
			const double *q = &r->basis[c * r->n];
			double size = dot(q, y, r->n);

			for (size_t i = 0; i < r->n; i++)
				y[i] -= size * q[i];
		}
		for (size_t i = 0; i < r->n; i++)
			z[i * k + j] = y[i] * r->root[i];
	}
	arena_release(&scratch);
}
