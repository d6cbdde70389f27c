#include "estimate/smallarea.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#define LEAST_GVF 3 /* areas for a line and its scatter */

static struct text name_of(struct arena *a, const struct fh_areas *areas, size_t d)
{
	return areas->area && areas->area[d].n
		       ? arena_format(a, "\"%.*s\"", SPAN_ARG(areas->area[d]))
		       : arena_format(a, "%zu", d + 1);
}

static bool check_n(struct arena *a, const struct fh_areas *areas, const double *n,
		    struct diag *why)
{
	size_t errors = why->errors;

	for (size_t d = 0; d < areas->m; d++)
		if (!isnan(areas->y[d]) && !(n[d] > 0))
			diag_fail(why, DIAG_DATA,
				  "area %.*s has no number of answers (n), which smoothing needs",
				  SPAN_ARG(name_of(a, areas, d)));
	return why->errors == errors;
}

/* ---- design effects ------------------------------------------------------------------------ */

static double mean_effect(const struct fh_areas *areas, const double *n, size_t *used)
{
	double sum = 0;

	*used = 0;
	for (size_t d = 0; d < areas->m; d++) {
		double y = areas->y[d];

		if (!(areas->psi[d] > 0 && y > 0 && y < 1))
			continue;
		sum += areas->psi[d] * n[d] / (y * (1 - y));
		++*used;
	}
	return sum / (double)*used;
}

/* y on x with weights n: beta, p values. */
static bool regress(struct arena *a, const struct fh_areas *areas, const double *n, double *beta,
		    struct diag *why)
{
	size_t m = areas->m, p = areas->p, k = 0, rank;
	double *x = arena_new(a, m * p, sizeof *x), *y = arena_new(a, m, sizeof *y);
	double *w = arena_new(a, m, sizeof *w), *v = arena_new(a, p * p, sizeof *v), chisq;

	for (size_t d = 0; d < m; d++)
		if (!isnan(areas->y[d])) {
			memcpy(x + k * p, areas->x + d * p, p * sizeof *x);
			y[k] = areas->y[d];
			w[k++] = n[d];
		}
	if (k <= p)
		return diag_fail(why, DIAG_DATA,
				 "%zu areas have a direct estimate, and the regression of "
				 "smoothing has %zu terms",
				 k, p);
	gsl_matrix_view xs = gsl_matrix_view_array(x, k, p);
	gsl_matrix_view vs = gsl_matrix_view_array(v, p, p);
	gsl_vector_view ys = gsl_vector_view_array(y, k), ws = gsl_vector_view_array(w, k);
	gsl_vector_view b = gsl_vector_view_array(beta, p);
	gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(k, p);

	if (!work)
		return diag_fail(why, DIAG_FAILED, "not enough memory for a regression");
	gsl_multifit_wlinear_tsvd(&xs.matrix, &ws.vector, &ys.vector, 1e-10, &b.vector, &vs.matrix,
				  &chisq, &rank, work);
	gsl_multifit_linear_free(work);
	return rank == p ||
	       diag_fail(why, DIAG_DATA, "the columns of the regression follow from each other");
}

bool smallarea_deff(struct arena *a, const struct fh_areas *areas, const double *n, double *psi,
		    struct smoothing *out, struct diag *why)
{
	double *beta = arena_new(a, areas->p, sizeof *beta);
	size_t errors = why->errors;

	*out = (struct smoothing){.a = NAN, .b = NAN, .f = NAN};
	if (!check_n(a, areas, n, why))
		return false;
	out->deff = mean_effect(areas, n, &out->used);
	if (out->used == 0)
		return diag_fail(
			why, DIAG_DATA,
			"no area has a share inside 0 to 1 with a sampling variance: there "
			"is no design effect to take the mean of");
	if (!regress(a, areas, n, beta, why))
		return false;
	for (size_t d = 0; d < areas->m; d++) {
		double p = 0;

		psi[d] = NAN;
		if (isnan(areas->y[d]))
			continue;
		for (size_t j = 0; j < areas->p; j++)
			p += beta[j] * areas->x[d * areas->p + j];
		if (!(p > 0 && p < 1))
			diag_fail(why, DIAG_DATA,
				  "area %.*s: the regression gives a share of %.4g, from which "
				  "no variance follows",
				  SPAN_ARG(name_of(a, areas, d)), p);
		psi[d] = out->deff * p * (1 - p) / n[d];
	}
	return why->errors == errors;
}

/* ---- a generalised variance function ------------------------------------------------------- */

bool smallarea_gvf(struct arena *a, const struct fh_areas *areas, const double *n, double *psi,
		   struct smoothing *out, struct diag *why)
{
	double *x = arena_new(a, areas->m, sizeof *x), *y = arena_new(a, areas->m, sizeof *y);
	double c00, c01, c11, rest, seen = 0, fitted = 0;
	size_t k = 0;
	bool differ = false;

	*out = (struct smoothing){.deff = NAN};
	if (!check_n(a, areas, n, why))
		return false;
	for (size_t d = 0; d < areas->m; d++)
		if (!isnan(areas->y[d]) && areas->psi[d] > 0) {
			x[k] = log(n[d]);
			y[k] = log(areas->psi[d]);
			differ = differ || x[k] != x[0];
			k++;
		}
	out->used = k;
	if (k < LEAST_GVF || !differ)
		return diag_fail(why, DIAG_DATA,
				 "a variance function needs %d areas with a sampling variance and "
				 "different numbers of answers",
				 LEAST_GVF);
	gsl_fit_linear(x, 1, y, 1, k, &out->a, &out->b, &c00, &c01, &c11, &rest);
	for (size_t i = 0; i < k; i++) {
		seen += exp(y[i]);
		fitted += exp(out->a + out->b * x[i]);
	}
	out->f = seen / fitted;
	for (size_t d = 0; d < areas->m; d++)
		psi[d] = isnan(areas->y[d]) ? NAN : out->f * exp(out->a + out->b * log(n[d]));
	return true;
}

/* ---- arcsine ------------------------------------------------------------------------------- */

void smallarea_arcsine(struct arena *a, const struct fh_areas *areas, const double *n_eff,
		       struct fh_areas *out)
{
	double *y = arena_new(a, areas->m, sizeof *y), *psi = arena_new(a, areas->m, sizeof *psi);

	for (size_t d = 0; d < areas->m; d++) {
		y[d] = asin(sqrt(areas->y[d]));
		psi[d] = 1 / (4 * n_eff[d]);
	}
	*out = *areas;
	out->y = y;
	out->psi = psi;
}

static double inside(double theta)
{
	return fmin(fmax(theta, 0), M_PI_2);
}

/* E sin^2 of a normal. */
static double mean_square_sine(double theta, double variance)
{
	return (1 - exp(-2 * variance) * cos(2 * theta)) / 2;
}

static double back(const struct fh_area *area)
{
	return mean_square_sine(inside(area->estimate), area->g1);
}

struct arcsine_area smallarea_back(const struct fh_fit *fit, const double *x, double y, double psi,
				   double z)
{
	struct fh_area area = fh_area(fit, x, y, psi);
	double half = z * sqrt(area.mse);

	return (struct arcsine_area){.estimate = back(&area),
				     .synthetic = mean_square_sine(inside(area.synthetic), fit->A),
				     .gamma = area.gamma,
				     .low = pow(sin(inside(area.estimate - half)), 2),
				     .high = pow(sin(inside(area.estimate + half)), 2),
				     .mse = NAN,
				     .at_end = area.estimate != inside(area.estimate)};
}

/* One replicate: adds squared errors to mse. */
static bool replicate(struct arena *a, const struct fh_areas *areas, const struct fh_fit *fit,
		      gsl_rng *rng, double *y, double *truth, double *mse, struct diag *why)
{
	struct fh_areas drawn = *areas;
	struct fh_fit again;

	for (size_t d = 0; d < areas->m; d++) {
		const double *x = areas->x + d * areas->p;
		double theta =
			fh_area(fit, x, NAN, NAN).synthetic + gsl_ran_gaussian(rng, sqrt(fit->A));

		truth[d] = pow(sin(theta), 2);
		y[d] = isnan(areas->y[d]) ? NAN
					  : theta + gsl_ran_gaussian(rng, sqrt(areas->psi[d]));
	}
	drawn.y = y;
	if (!fh_fit(a, &drawn, fit->method, &again, why))
		return false;
	for (size_t d = 0; d < areas->m; d++) {
		struct fh_area area = fh_area(&again, areas->x + d * areas->p, y[d], areas->psi[d]);

		mse[d] += pow(back(&area) - truth[d], 2);
	}
	return true;
}

bool smallarea_bootstrap(struct arena *a, const struct fh_areas *areas, const struct fh_fit *fit,
			 size_t replicates, gsl_rng *rng, double *mse, struct diag *why)
{
	double *y = arena_new(a, areas->m, sizeof *y), *truth = arena_new(a, areas->m, sizeof *y);

	memset(mse, 0, areas->m * sizeof *mse);
	for (size_t r = 0; r < replicates; r++)
		if (!replicate(a, areas, fit, rng, y, truth, mse, why))
			return diag_hint(why,
					 "this was replicate %zu of the bootstrap; another "
					 "--method may do",
					 r + 1);
	for (size_t d = 0; d < areas->m; d++)
		mse[d] /= (double)replicates;
	return true;
}

/* ---- benchmark ----------------------------------------------------------------------------- */

bool smallarea_benchmark(enum benchmark kind, size_t m, const double *population, double national,
			 double *estimate, double *moved, struct diag *why)
{
	double people = 0, sum = 0;

	for (size_t d = 0; d < m; d++) {
		people += population[d];
		sum += population[d] * estimate[d];
	}
	if (kind == BENCHMARK_RATIO && !(sum > 0))
		return diag_fail(why, DIAG_DATA,
				 "--benchmark ratio: the mean of the estimates is %g, not above 0",
				 sum / people);
	*moved = kind == BENCHMARK_RATIO ? national * people / sum : national - sum / people;
	for (size_t d = 0; d < m; d++)
		estimate[d] = kind == BENCHMARK_RATIO ? estimate[d] * *moved : estimate[d] + *moved;
	return true;
}
