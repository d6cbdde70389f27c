#include "analysis/consistency.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

static bool complete_row(size_t k, const double *x)
{
	for (size_t i = 0; i < k; i++)
		if (isnan(x[i]))
			return false;
	return true;
}

/* Sample variance over the complete rows of the sum of items first .. last - 1. */
static double variance_of(size_t n, size_t k, const double *x, size_t first, size_t last)
{
	double rows = 0, mean = 0, squares = 0;

	for (size_t i = 0; i < n; i++) {
		double y = 0, d;

		if (!complete_row(k, x + i * k))
			continue;
		for (size_t j = first; j < last; j++)
			y += x[i * k + j];
		d = y - mean;
		mean += d / ++rows; /* Welford 1962 */
		squares += d * (y - mean);
	}
	return rows > 1 ? squares / (rows - 1) : NAN;
}

double consistency_alpha(size_t n, size_t k, const double *x, size_t *complete)
{
	double items = 0, sum = variance_of(n, k, x, 0, k);

	*complete = 0;
	for (size_t i = 0; i < n; i++)
		*complete += complete_row(k, x + i * k);
	for (size_t j = 0; j < k; j++)
		items += variance_of(n, k, x, j, j + 1);
	return k > 1 && sum > 0 ? (double)k / (double)(k - 1) * (1 - items / sum) : NAN;
}

/* The complete rows, item by item. */
static double *columns_of(struct arena *a, size_t n, size_t k, const double *x, size_t *rows)
{
	double *column = arena_new(a, n * k, sizeof *column);

	*rows = 0;
	for (size_t i = 0; i < n; i++) {
		if (!complete_row(k, x + i * k))
			continue;
		for (size_t j = 0; j < k; j++)
			column[j * n + *rows] = x[i * k + j];
		++*rows;
	}
	return column;
}

static bool solve(size_t n, size_t k, const double *column, gsl_matrix *m, gsl_vector *value,
		  struct component_first *out)
{
	gsl_matrix *vector = gsl_matrix_alloc(k, k);
	gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc(k);
	double sum = 0;
	bool ok;

	if (!vector || !room)
		arena_exhausted(k, k * sizeof sum);
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			gsl_matrix_set(m, i, j,
				       gsl_stats_correlation(column + i * n, 1, column + j * n, 1,
							     out->n));
	ok = gsl_eigen_symmv(m, value, vector, room) == 0 &&
	     gsl_eigen_symmv_sort(value, vector, GSL_EIGEN_SORT_VAL_DESC) == 0;
	for (size_t i = 0; ok && i < k; i++)
		sum += gsl_matrix_get(vector, i, 0);
	for (size_t i = 0; ok && i < k; i++) {
		double e = gsl_matrix_get(vector, i, 0);

		out->share[i] = e * e;
		out->loading[i] = (sum < 0 ? -e : e) * sqrt(gsl_vector_get(value, 0));
	}
	if (ok)
		out->explained = gsl_vector_get(value, 0) / (double)k;
	gsl_matrix_free(vector);
	gsl_eigen_symmv_free(room);
	return ok;
}

bool consistency_component(struct arena *a, size_t n, size_t k, const double *x,
			   struct component_first *out)
{
	const double *column = columns_of(a, n, k, x, &out->n);
	gsl_matrix *m;
	gsl_vector *value;
	bool ok = k > 1 && out->n > 2;

	for (size_t j = 0; j < k; j++)
		ok = ok && variance_of(n, k, x, j, j + 1) > 0;
	if (!ok)
		return false;
	out->loading = arena_new(a, k, sizeof *out->loading);
	out->share = arena_new(a, k, sizeof *out->share);
	m = gsl_matrix_alloc(k, k);
	value = gsl_vector_alloc(k);
	if (!m || !value)
		arena_exhausted(k, k * sizeof *x);
	ok = solve(n, k, column, m, value, out);
	gsl_matrix_free(m);
	gsl_vector_free(value);
	return ok;
}
