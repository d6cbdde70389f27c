#include "estimate/quadratic.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#define SINGULAR 1e-12

/* NaN where the diagonal is not positive: no pivot below is then more than SINGULAR. */
static void scale(size_t n, double *y, double *v)
{
	for (size_t i = 0; i < n; i++) {
		double root = v[i * n + i] > 0 ? sqrt(v[i * n + i]) : NAN;

		y[i] /= root;
		for (size_t j = 0; j < n; j++) {
			v[i * n + j] /= root;
			v[j * n + i] /= root;
		}
	}
}

bool quadratic_form(size_t n, double *y, double *v, double *form)
{
	gsl_matrix_view m = gsl_matrix_view_array(v, n, n);
	gsl_vector_view x = gsl_vector_view_array(y, n);

	*form = NAN;
	scale(n, y, v);
	if (gsl_linalg_cholesky_decomp1(&m.matrix))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!(v[i * n + i] * v[i * n + i] > SINGULAR))
			return false;
	gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &m.matrix, &x.vector);
	gsl_blas_ddot(&x.vector, &x.vector, form);
	return isfinite(*form);
}
