/* Rows are divided by the root of A + psi and reduced to QR: X'V^-1 X is never formed. */
#include "estimate/fayherriot.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#define SETTLED 1e-12   /* relative change of A */
#define ROUNDING 1e-15  /* of the median of psi: what A cannot be known to, however small */
#define MOST_STEPS 200  /* a fit takes some ten */
#define COLLINEAR 1e-10 /* of a column's length, outside the columns before it */
#define CLEARLY 1e-6    /* higher, of a log-likelihood */
#define DECADES 12      /* searched below and above the median of psi */

static const char *const names[FH__COUNT] = {
	[FH_REML] = "reml", [FH_ML] = "ml", [FH_MOMENTS] = "fh", [FH_ADJUSTED] = "areml"};

const char *fh_name(enum fh_method method)
{
	return names[method];
}

bool fh_find(struct text name, enum fh_method *out)
{
	for (size_t i = 0; i < FH__COUNT; i++)
		if (span_is(name, names[i])) {
			*out = (enum fh_method)i;
			return true;
		}
	return false;
}

/* The areas with a direct estimate, and what follows from a value of A. */
struct work {
	size_t m, p;
	enum fh_method method;
	double *y, *psi, *x;  /* x: m rows of p, columns of length 1 */
	double *length;       /* of the columns as given */
	double *qr, *tau, *q; /* QR of x / sqrt(A + psi): m * p, p; Q by columns, p * m */
	double *vi, *z;       /* m: 1 / (A + psi); residual of y / sqrt(A + psi) outside Q */
	double *c;            /* p: Q'y */
	bool all_vary;        /* no psi is 0, so that A may be */
	/* sums of vi, vi^2, psi vi^2; tr P, tr PP; y'Py, y'PPy */
	double v1, v2, spread, p1, p2, ypy, yppy;
};

static const char *name_of(struct arena *a, const struct text *name, size_t i)
{
	return name && name[i].n ? arena_format(a, "\"%.*s\"", SPAN_ARG(name[i])).at
				 : arena_format(a, "%zu", i + 1).at;
}

static bool check_areas(struct arena *a, const struct fh_areas *areas, size_t *used,
			struct diag *why)
{
	size_t errors = why->errors;

	*used = 0;
	for (size_t d = 0; d < areas->m; d++) {
		if (isnan(areas->y[d]))
			continue;
		++*used;
		if (isnan(areas->psi[d]))
			diag_fail(why, DIAG_DATA, "area %s has no sampling variance",
				  name_of(a, areas->area, d));
		else if (!(areas->psi[d] >= 0))
			diag_fail(why, DIAG_DATA, "area %s: the sampling variance %g is negative",
				  name_of(a, areas->area, d), areas->psi[d]);
	}
	if (why->errors > errors)
		return false;
	if (*used > areas->p)
		return true;
	diag_fail(why, DIAG_DATA, "%zu areas have a direct estimate, and the model has %zu terms",
		  *used, areas->p);
	return diag_hint(why, "there must be more areas than terms (the constant is one of them); "
			      "far more are better");
}

static void copy_areas(const struct fh_areas *areas, struct work *w)
{
	size_t k = 0;

	for (size_t d = 0; d < areas->m; d++) {
		if (isnan(areas->y[d]))
			continue;
		w->y[k] = areas->y[d];
		w->psi[k] = areas->psi[d];
		w->all_vary = w->all_vary && areas->psi[d] > 0;
		memcpy(w->x + k * w->p, areas->x + d * w->p, w->p * sizeof *w->x);
		k++;
	}
	for (size_t j = 0; j < w->p; j++) {
		for (size_t d = 0; d < w->m; d++)
			w->length[j] = hypot(w->length[j], w->x[d * w->p + j]);
		for (size_t d = 0; d < w->m && w->length[j] > 0; d++)
			w->x[d * w->p + j] /= w->length[j];
	}
}

static void reduce(struct work *w)
{
	gsl_matrix_view qr = gsl_matrix_view_array(w->qr, w->m, w->p);
	gsl_vector_view tau = gsl_vector_view_array(w->tau, w->p);

	gsl_linalg_QR_decomp(&qr.matrix, &tau.vector);
}

/* Of the columns as they are, before any A. */
static bool check_columns(struct arena *a, const struct fh_areas *areas, struct work *w,
			  struct diag *why)
{
	memcpy(w->qr, w->x, w->m * w->p * sizeof *w->x);
	reduce(w);
	for (size_t j = 0; j < w->p; j++)
		if (!(fabs(w->qr[j * w->p + j]) > COLLINEAR))
			return diag_fail(
				why, DIAG_DATA,
				"column %s follows from the columns before it (or from the "
				"constant), so that it has no coefficient of its own",
				name_of(a, areas->column, j));
	return true;
}

static bool start(struct arena *a, const struct fh_areas *areas, enum fh_method method,
		  struct work *w, struct diag *why)
{
	size_t m, p = areas->p;

	if (!check_areas(a, areas, &m, why))
		return false;
	*w = (struct work){.m = m,
			   .p = p,
			   .method = method,
			   .all_vary = true,
			   .y = arena_new(a, m, sizeof(double)),
			   .psi = arena_new(a, m, sizeof(double)),
			   .x = arena_new(a, m * p, sizeof(double)),
			   .length = arena_new(a, p, sizeof(double)),
			   .qr = arena_new(a, m * p, sizeof(double)),
			   .tau = arena_new(a, p, sizeof(double)),
			   .q = arena_new(a, p * m, sizeof(double)),
			   .vi = arena_new(a, m, sizeof(double)),
			   .z = arena_new(a, m, sizeof(double)),
			   .c = arena_new(a, p, sizeof(double))};
	copy_areas(areas, w);
	return check_columns(a, areas, w, why);
}

/* tr(Q'DQ Q'DQ), D = V^-1. */
static double squared_leverage(const struct work *w)
{
	double sum = 0;

	for (size_t i = 0; i < w->p; i++)
		for (size_t j = 0; j < w->p; j++) {
			double cell = 0;

			for (size_t d = 0; d < w->m; d++)
				cell += w->q[i * w->m + d] * w->vi[d] * w->q[j * w->m + d];
			sum += cell * cell;
		}
	return sum;
}

/* Q'y and what y leaves outside Q. */
static void project(struct work *w)
{
	for (size_t d = 0; d < w->m; d++)
		w->z[d] = w->y[d] * sqrt(w->vi[d]);
	for (size_t j = 0; j < w->p; j++) {
		const double *q = w->q + j * w->m;

		w->c[j] = 0;
		for (size_t d = 0; d < w->m; d++)
			w->c[j] += q[d] * w->z[d];
		for (size_t d = 0; d < w->m; d++)
			w->z[d] -= q[d] * w->c[j];
	}
}

static double leverage(const struct work *w, size_t d)
{
	double sum = 0;

	for (size_t j = 0; j < w->p; j++)
		sum += w->q[j * w->m + d] * w->q[j * w->m + d];
	return sum;
}

static void unpack(struct work *w)
{
	gsl_matrix_const_view qr = gsl_matrix_const_view_array(w->qr, w->m, w->p);
	gsl_vector_const_view tau = gsl_vector_const_view_array(w->tau, w->p);

	memset(w->q, 0, w->p * w->m * sizeof *w->q);
	for (size_t j = 0; j < w->p; j++) {
		gsl_vector_view column = gsl_vector_view_array(w->q + j * w->m, w->m);

		w->q[j * w->m + j] = 1;
		gsl_linalg_QR_Qvec(&qr.matrix, &tau.vector, &column.vector);
	}
}

/* Everything that depends on A. */
static void enter(struct work *w, double A)
{
	for (size_t d = 0; d < w->m; d++) {
		w->vi[d] = 1 / (A + w->psi[d]);
		for (size_t j = 0; j < w->p; j++)
			w->qr[d * w->p + j] = w->x[d * w->p + j] * sqrt(w->vi[d]);
	}
	reduce(w);
	unpack(w);
	project(w);
	w->v1 = w->v2 = w->spread = w->p1 = w->p2 = w->ypy = w->yppy = 0;
	for (size_t d = 0; d < w->m; d++) {
		double vi = w->vi[d], h = leverage(w, d), z2 = w->z[d] * w->z[d];

		w->v1 += vi;
		w->v2 += vi * vi;
		w->spread += w->psi[d] * vi * vi;
		w->p1 += vi * (1 - h);
		w->p2 += vi * vi * (1 - 2 * h);
		w->ypy += z2;
		w->yppy += vi * z2;
	}
	w->p2 += squared_leverage(w);
}

/* How far scoring moves A. */
static double step(const struct work *w)
{
	switch (w->method) {
	case FH_REML: return (w->yppy - w->p1) / w->p2;
	case FH_ML: return (w->yppy - w->v1) / w->v2;
	case FH_MOMENTS: return w->yppy > 0 ? (w->ypy - (double)(w->m - w->p)) / w->yppy : 0;
	case FH_ADJUSTED:
	case FH__COUNT: break;
	}
	return 0;
}

/* false when scoring goes to and fro. */
static bool score(struct work *w, double median, struct fh_fit *out)
{
	double A = median;

	for (out->steps = 1; out->steps <= MOST_STEPS; out->steps++) {
		double last = A;

		enter(w, A);
		A = fmax(A + step(w), 0);
		if (A == 0 && !w->all_vary)
			return false;
		if (fabs(A - last) <= SETTLED * A + ROUNDING * median) {
			out->A = A;
			return true;
		}
	}
	return false;
}

/* ---- search for the highest likelihood ------------------------------------------------------ */

static double sum_of_gammas(const struct work *w, double A)
{
	return A * w->v1;
}

/* Derivative by log A of the log-likelihood. */
static double slope(double log_A, void *context)
{
	struct work *w = context;
	double A = exp(log_A), gammas;

	enter(w, A);
	gammas = sum_of_gammas(w, A);
	if (w->method == FH_ML)
		return A * (w->yppy - w->v1) / 2;
	if (w->method == FH_REML)
		return A * (w->yppy - w->p1) / 2;
	return A * ((w->yppy - w->p1) / 2 +
		    w->spread / (1 + gammas * gammas) / atan(gammas) / (double)w->m);
}

/* The log-likelihood, but for a constant. */
static double height(struct work *w, double A)
{
	double sum = 0;

	enter(w, A);
	for (size_t d = 0; d < w->m; d++)
		sum += log(w->vi[d]) / 2;
	for (size_t j = 0; j < w->p && w->method != FH_ML; j++)
		sum -= log(fabs(w->qr[j * w->p + j]));
	if (w->method == FH_ADJUSTED)
		sum += log(atan(sum_of_gammas(w, A))) / (double)w->m;
	return sum - w->ypy / 2;
}

/* The top between two values of log A where the slope goes from above 0 to below. */
static double top(struct work *w, double low, double high, size_t *steps)
{
	gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	gsl_function f = {slope, w};
	double at = low;

	if (!solver)
		arena_exhausted(1, sizeof *solver);
	gsl_root_fsolver_set(solver, &f, low, high);
	for (size_t i = 0; i < MOST_STEPS; i++) {
		gsl_root_fsolver_iterate(solver);
		++*steps;
		at = gsl_root_fsolver_root(solver);
		low = gsl_root_fsolver_x_lower(solver);
		high = gsl_root_fsolver_x_upper(solver);
		if (high - low <= SETTLED)
			break;
	}
	gsl_root_fsolver_free(solver);
	return exp(at);
}

static void consider(struct work *w, double A, double *best, struct fh_fit *out)
{
	double high = height(w, A);

	if (high > *best) {
		*best = high;
		out->A = A;
	}
}

/* There may be several tops: all are looked at, four steps to a decade; so is the end at 0. */
static bool search(struct work *w, double median, struct fh_fit *out, struct diag *why)
{
	const double width = M_LN10 / 4;
	double best = -INFINITY, from = log(median) - DECADES * M_LN10;
	double before = slope(from, w);

	out->A = NAN;
	if (before <= 0 && w->all_vary)
		consider(w, 0, &best, out);
	for (size_t i = 0; i < 8 * DECADES; i++, from += width) {
		double after = slope(from + width, w);

		if (before > 0 && after <= 0)
			consider(w, top(w, from, from + width, &out->steps), &best, out);
		before = after;
	}
	return !isnan(out->A) ||
	       diag_fail(why, DIAG_DATA,
			 "the likelihood has no highest point between 1e-%d and 1e%d times the "
			 "median sampling variance%s",
			 DECADES, DECADES,
			 w->all_vary ? ""
				     : diag_word(why, ": an area has a sampling variance of 0"));
}

/* ---- the end ------------------------------------------------------------------------------- */

static void coefficients(struct arena *a, struct work *w, struct fh_fit *out)
{
	size_t p = w->p;
	double *inverse = arena_new(a, p * p, sizeof *inverse);
	gsl_matrix_const_view r = gsl_matrix_const_view_array_with_tda(w->qr, p, p, p);

	out->beta = arena_new(a, p, sizeof *out->beta);
	out->se = arena_new(a, p, sizeof *out->se);
	out->v = arena_new(a, p * p, sizeof *out->v);
	for (size_t j = 0; j < p; j++) { /* column j of R^-1 */
		gsl_vector_view column = gsl_vector_view_array_with_stride(inverse + j, p, p);

		inverse[j * p + j] = 1;
		gsl_blas_dtrsv(CblasUpper, CblasNoTrans, CblasNonUnit, &r.matrix, &column.vector);
	}
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++) {
			out->beta[i] += inverse[i * p + j] * w->c[j] / w->length[i];
			for (size_t k = 0; k < p; k++)
				out->v[i * p + j] += inverse[i * p + k] * inverse[j * p + k] /
						     w->length[i] / w->length[j];
		}
	for (size_t i = 0; i < p; i++)
		out->se[i] = sqrt(out->v[i * p + i]);
}

/* Variance and bias of A, likelihood, beta. */
static void finish(struct arena *a, struct work *w, struct fh_fit *out)
{
	double m = (double)w->m, weighed = 0;

	enter(w, out->A);
	out->var_A = 2 / w->v2;
	out->loglik = -w->ypy / 2;
	for (size_t d = 0; d < w->m; d++) {
		weighed += w->vi[d] * leverage(w, d);
		out->loglik += log(w->vi[d] / (2 * M_PI)) / 2;
	}
	if (w->method == FH_ML)
		out->bias_A = -weighed / w->v2;
	if (w->method == FH_MOMENTS) {
		out->var_A = 2 * m / (w->v1 * w->v1);
		out->bias_A = 2 * (m * w->v2 - w->v1 * w->v1) / (w->v1 * w->v1 * w->v1);
	}
	coefficients(a, w, out);
}

static bool median_of(struct arena *a, const struct work *w, double *median, struct diag *why)
{
	double *sorted = arena_new(a, w->m, sizeof *sorted);

	memcpy(sorted, w->psi, w->m * sizeof *sorted);
	*median = gsl_stats_median(sorted, 1, w->m);
	return *median > 0 ||
	       diag_fail(why, DIAG_DATA, "half of the areas or more have a sampling variance of 0");
}

/* Where scoring gives no A. */
static bool fall_back(struct work *w, double median, struct fh_fit *out, struct diag *why)
{
	if (w->method != FH_MOMENTS)
		return search(w, median, out, why);
	return diag_fail(why, DIAG_DATA, "the moments of fh give no variance between areas%s",
			 w->all_vary ? ""
				     : diag_word(why, ": it would be 0, and an area has a sampling "
						      "variance of 0"));
}

bool fh_fit(struct arena *a, const struct fh_areas *areas, enum fh_method method,
	    struct fh_fit *out, struct diag *why)
{
	struct work w;
	double median;

	if (!start(a, areas, method, &w, why))
		return false;
	*out = (struct fh_fit){.method = method, .used = w.m, .p = w.p};
	if (!median_of(a, &w, &median, why))
		return false;
	if ((method == FH_ADJUSTED || !score(&w, median, out)) && !fall_back(&w, median, out, why))
		return false;
	finish(a, &w, out);
	return (isfinite(out->A) && isfinite(out->beta[0])) ||
	       diag_fail(why, DIAG_DATA,
			 "the variance between areas has no value: the numbers are too large, or "
			 "too far apart");
}

double fh_higher(struct arena *a, const struct fh_areas *areas, const struct fh_fit *fit)
{
	struct fh_fit other = {0};
	struct diag ignored = {0};
	struct work w;
	double median;

	if ((fit->method != FH_REML && fit->method != FH_ML) ||
	    !start(a, areas, fit->method, &w, &ignored) || !median_of(a, &w, &median, &ignored) ||
	    !search(&w, median, &other, &ignored))
		return NAN;
	return height(&w, other.A) > height(&w, fit->A) + CLEARLY ? other.A : NAN;
}

struct fh_area fh_area(const struct fh_fit *fit, const double *x, double y, double psi)
{
	struct fh_area out = {.g3 = NAN, .g1 = fit->A};
	double b = 1;

	for (size_t i = 0; i < fit->p; i++) {
		out.synthetic += x[i] * fit->beta[i];
		for (size_t j = 0; j < fit->p; j++)
			out.g2 += x[i] * fit->v[i * fit->p + j] * x[j];
	}
	out.estimate = out.synthetic;
	out.mse = out.g1 + out.g2;
	if (isnan(y))
		return out;
	b = psi / (fit->A + psi);
	out.gamma = 1 - b;
	out.estimate += out.gamma * (y - out.synthetic);
	out.g1 = out.gamma * psi;
	out.g2 *= b * b;
	out.g3 = b * b * fit->var_A / (fit->A + psi);
	out.mse = out.g1 + out.g2 + 2 * out.g3 - fit->bias_A * b * b;
	if (out.mse < 0)
		out.mse = NAN;
	return out;
}
