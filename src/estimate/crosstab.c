#include "estimate/crosstab.h"

#include "estimate/quadratic.h"
#include "estimate/tail.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

/* Where pivots count as zero: far above rounding (1e-16 times the size of a table), far below
 * what tables of answers show. */
#define SINGULAR 1e-12

static size_t cell_of(const struct crosstab_input *in, const struct rows *r, size_t i)
{
	if ((in->in && !in->in[i]) || r->weight[i] == 0 || in->row[i] == CROSSTAB_MISSING ||
	    in->column[i] == CROSSTAB_MISSING)
		return CROSSTAB_MISSING;
	return in->row[i] * in->columns + in->column[i];
}

static void margins(struct arena *a, const struct crosstab *t, double **row, double **column)
{
	*row = arena_new(a, t->rows, sizeof **row);
	*column = arena_new(a, t->columns, sizeof **column);
	for (size_t i = 0; i < t->rows; i++)
		for (size_t j = 0; j < t->columns; j++) {
			(*row)[i] += t->weight[i * t->columns + j] / t->total;
			(*column)[j] += t->weight[i * t->columns + j] / t->total;
		}
}

static double pearson(struct arena *a, const struct crosstab *t)
{
	double *row, *column, sum = 0;

	margins(a, t, &row, &column);
	for (size_t i = 0; i < t->rows; i++)
		for (size_t j = 0; j < t->columns; j++) {
			double expected = row[i] * column[j];
			double off = t->weight[i * t->columns + j] / t->total - expected;

			sum += expected > 0 ? off * off / expected : 0;
		}
	return t->n ? (double)t->n * sum : NAN;
}

void crosstab_count(struct arena *a, const struct rows *r, const struct crosstab_input *in,
		    struct crosstab *out)
{
	size_t k = in->rows * in->columns;

	*out = (struct crosstab){.rows = in->rows,
				 .columns = in->columns,
				 .weight = arena_new(a, k, sizeof *out->weight),
				 .count = arena_new(a, k, sizeof *out->count),
				 .df = NAN};
	for (size_t i = 0; i < r->n; i++) {
		size_t cell = cell_of(in, r, i);

		if (cell == CROSSTAB_MISSING)
			continue;
		out->weight[cell] += r->weight[i];
		out->count[cell]++;
		out->total += r->weight[i];
		out->n++;
	}
	out->x2 = pearson(a, out);
}

/* Influence of a leaf on a share is (t_cell - p_cell t) / total, t its sums of weights. */
static void to_shares(const struct crosstab *t, size_t leaves, size_t k, double *z)
{
	for (size_t i = 0; i < leaves; i++) {
		double *leaf = &z[i * k], sum = 0;

		for (size_t j = 0; j < k; j++)
			sum += leaf[j];
		for (size_t j = 0; j < k; j++)
			leaf[j] = (leaf[j] - t->weight[j] / t->total * sum) / t->total;
	}
}

bool crosstab_linear(struct arena *a, const struct linear *l, const struct rows *r,
		     const struct crosstab_input *in, struct crosstab *out, struct diag *why)
{
	size_t k = in->rows * in->columns;
	struct arena scratch = {0};
	double *share_v = arena_new(a, k, k * sizeof *share_v);
	double *total_v = arena_new(a, k, k * sizeof *total_v);
	bool *use = arena_new(&scratch, r->n, sizeof *use), ok;
	struct rows_leaves to;
	double *z;

	crosstab_count(a, r, in, out);
	for (size_t i = 0; i < r->n; i++)
		use[i] = cell_of(in, r, i) != CROSSTAB_MISSING;
	rows_leaves(&scratch, l->frame, r, use, &to);
	z = arena_new(&scratch, to.leaves.n, k * sizeof *z);
	for (size_t i = 0; i < r->n; i++)
		if (use[i])
			z[to.slot[i] * k + cell_of(in, r, i)] += r->weight[i];
	ok = linear_covariance(l, &to.leaves, z, k, total_v, &out->lonely);
	to_shares(out, to.leaves.n, k, z);
	ok = ok && linear_covariance(l, &to.leaves, z, k, share_v, NULL);
	out->share_v = share_v;
	out->total_v = total_v;
	out->df = linear_df(l->frame, &to.leaves);
	arena_release(&scratch);
	if (ok)
		return true;
	diag_fail(why, DIAG_DATA, "a stratum with answers has one sampling unit only: no variance");
	return diag_hint(why, "choose a rule for such strata");
}

/* The table without categories that nobody has: m cells, q contrasts of independence. */
struct full {
	size_t rows, columns, m, q;
	size_t *cell;         /* index in the table as given */
	double *p;            /* share */
	double *row, *column; /* margins of p */
	gsl_matrix *contrast; /* m x q, orthonormal, sums over rows and columns are 0 */
};

static gsl_matrix *matrix(struct arena *a, size_t rows, size_t columns)
{
	gsl_matrix *m = arena_new(a, 1, sizeof *m);

	*m = gsl_matrix_view_array(arena_new(a, rows, columns * sizeof(double)), rows, columns)
		     .matrix;
	return m;
}

/* Helmert's contrasts: number j of category i sets the mean of 0..j against j + 1. */
static double helmert(size_t j, size_t i)
{
	double size = sqrt((double)(j + 1) * (double)(j + 2));

	if (i <= j)
		return 1 / size;
	return i == j + 1 ? -(double)(j + 1) / size : 0;
}

static void contrasts(struct arena *a, struct full *f)
{
	f->contrast = matrix(a, f->m, f->q);
	for (size_t i = 0; i < f->m; i++)
		for (size_t j = 0; j < f->q; j++)
			gsl_matrix_set(f->contrast, i, j,
				       helmert(j / (f->columns - 1), i / f->columns) *
					       helmert(j % (f->columns - 1), i % f->columns));
}

static size_t positive(const double *x, size_t n, double *kept)
{
	size_t used = 0;

	for (size_t i = 0; i < n; i++)
		if (x[i] > 0)
			kept[used++] = x[i];
	return used;
}

static bool fill(struct arena *a, const struct crosstab *t, struct full *f, struct diag *why)
{
	double *row, *column;
	size_t at = 0;

	margins(a, t, &row, &column);
	f->row = arena_new(a, t->rows, sizeof *f->row);
	f->column = arena_new(a, t->columns, sizeof *f->column);
	f->rows = positive(row, t->rows, f->row);
	f->columns = positive(column, t->columns, f->column);
	if (f->rows < 2 || f->columns < 2)
		return diag_fail(why, DIAG_DATA,
				 "a test of a two-way table needs answers in at least two rows and "
				 "two columns, and %zu and %zu have any",
				 f->rows, f->columns);
	f->m = f->rows * f->columns;
	f->q = (f->rows - 1) * (f->columns - 1);
	f->cell = arena_new(a, f->m, sizeof *f->cell);
	f->p = arena_new(a, f->m, sizeof *f->p);
	for (size_t i = 0; i < t->rows * t->columns; i++)
		if (row[i / t->columns] > 0 && column[i % t->columns] > 0) {
			f->cell[at] = i;
			f->p[at++] = t->weight[i] / t->total;
		}
	contrasts(a, f);
	return true;
}

/* Covariance of the cells of f, from one of all cells, times a factor for each cell. */
static gsl_matrix *covariance(struct arena *a, const struct crosstab *t, const struct full *f,
			      const double *v, const double *factor)
{
	size_t k = t->rows * t->columns;
	gsl_matrix *out = matrix(a, f->m, f->m);

	for (size_t i = 0; i < f->m; i++)
		for (size_t j = 0; j < f->m; j++)
			gsl_matrix_set(out, i, j,
				       v[f->cell[i] * k + f->cell[j]] * factor[i] * factor[j]);
	return out;
}

/* The generalised design effects and their sums. */
struct effects {
	double *lambda;
	size_t n;
	double sum, squares;
};

/* With C the contrasts and D the shares, lambda are the eigenvalues of
 * (C' D^-1 C / n)^-1 C' D^-1 V D^-1 C. Where D^-1/2 C = Q R they are those of
 * n Q' D^-1/2 V D^-1/2 Q, which is symmetric. 1 / p of an empty cell is 0. */
static bool project(struct arena *a, const struct crosstab *t, const struct full *f,
		    gsl_matrix **out, struct diag *why)
{
	gsl_matrix *w = matrix(a, f->m, f->q), *s, *turned = matrix(a, f->m, f->m);
	gsl_vector_view tau = gsl_vector_view_array(arena_new(a, f->q, sizeof(double)), f->q);
	gsl_vector_view norm = gsl_vector_view_array(arena_new(a, f->q, sizeof(double)), f->q);
	gsl_permutation order = {f->q, arena_new(a, f->q, sizeof(size_t))};
	double *root = arena_new(a, f->m, sizeof *root);
	int sign, bad;
	size_t last = f->q - 1;

	for (size_t i = 0; i < f->m; i++) {
		root[i] = f->p[i] > 0 ? 1 / sqrt(f->p[i]) : 0;
		for (size_t j = 0; j < f->q; j++)
			gsl_matrix_set(w, i, j, root[i] * gsl_matrix_get(f->contrast, i, j));
	}
	s = covariance(a, t, f, t->share_v, root);
	bad = gsl_linalg_QRPT_decomp(w, &tau.vector, &order, &sign, &norm.vector);
	if (bad ||
	    !(fabs(gsl_matrix_get(w, last, last)) > SINGULAR * fabs(gsl_matrix_get(w, 0, 0))))
		return diag_fail(why, DIAG_DATA,
				 "too many cells of the table are empty for a test of its "
				 "independence");
	bad = gsl_linalg_QR_QTmat(w, &tau.vector, s) || gsl_matrix_transpose_memcpy(turned, s) ||
	      gsl_linalg_QR_QTmat(w, &tau.vector, turned);
	*out = turned;
	return !bad || diag_fail(why, DIAG_DATA, "the covariance of the table is not finite");
}

static bool eigenvalues(gsl_matrix *s, struct effects *e, struct diag *why)
{
	gsl_matrix_view top = gsl_matrix_submatrix(s, 0, 0, e->n, e->n);
	gsl_vector_view lambda = gsl_vector_view_array(e->lambda, e->n);
	gsl_eigen_symm_workspace *work;
	int bad;

	/* Above all, gsl_eigen_symm does not end on NaN. */
	for (size_t i = 0; i < e->n * e->n; i++)
		if (!isfinite(gsl_matrix_get(&top.matrix, i / e->n, i % e->n)))
			return diag_fail(why, DIAG_DATA, "the table has no covariance");
	work = gsl_eigen_symm_alloc(e->n);
	bad = !work || gsl_eigen_symm(&top.matrix, &lambda.vector, work);
	gsl_eigen_symm_free(work);
	return !bad || diag_fail(why, DIAG_FAILED, "the design effects could not be computed");
}

static bool effects(struct arena *a, const struct crosstab *t, const struct full *f,
		    struct effects *e, struct diag *why)
{
	gsl_matrix *s = NULL;

	*e = (struct effects){.n = f->q, .lambda = arena_new(a, f->q, sizeof *e->lambda)};
	if (!project(a, t, f, &s, why) || !eigenvalues(s, e, why))
		return false;
	for (size_t i = 0; i < e->n; i++) {
		e->lambda[i] = fmax(e->lambda[i] * (double)t->n, 0); /* rounding */
		e->sum += e->lambda[i];
		e->squares += e->lambda[i] * e->lambda[i];
	}
	return e->sum > SINGULAR ||
	       diag_fail(why, DIAG_DATA, "the table has no sampling variance, so there is no test");
}

static bool rao_scott(struct arena *a, const struct crosstab *t, const struct full *f,
		      enum crosstab_kind kind, struct crosstab_test *out, struct diag *why)
{
	struct effects e;
	double d;

	if (!effects(a, t, f, &e, why))
		return false;
	d = e.sum * e.sum / e.squares;
	out->statistic = t->x2;
	out->effect = e.sum / (double)e.n;
	if (kind == CROSSTAB_CHISQ) {
		out->ndf = (double)e.n;
		out->p = tail_chisq(t->x2 / out->effect, out->ndf);
	} else if (kind == CROSSTAB_F) {
		out->statistic = t->x2 / e.sum;
		out->ndf = d;
		out->ddf = d * t->df;
		out->p = tail_f(out->statistic, d, out->ddf);
	} else {
		bool infinite = kind == CROSSTAB_SADDLEPOINT_INF;

		out->p = tail_sum(t->x2, e.lambda, e.n, infinite ? INFINITY : d * t->df);
	}
	return true;
}

/* Derivative of p_ij - p_i. p_.j, cell `a`, by the total of cell `b`, times the sum of totals. */
static double slope(const struct full *f, size_t a, size_t b)
{
	size_t i = a / f->columns, j = a % f->columns;

	return (double)(a == b) - (b / f->columns == i ? f->column[j] : 0) -
	       (b % f->columns == j ? f->row[i] : 0) + f->row[i] * f->column[j];
}

/* y = contrasts of T_ij - T_i. T_.j / T and their covariance, both in shares of T. */
static void wald_parts(struct arena *a, const struct crosstab *t, const struct full *f,
		       gsl_vector *y, gsl_matrix *v)
{
	gsl_matrix *slopes = matrix(a, f->m, f->m), *turned = matrix(a, f->q, f->m);
	gsl_matrix *half = matrix(a, f->q, f->m), *totals;
	double *scale = arena_new(a, f->m, sizeof *scale);
	double *off = arena_new(a, f->m, sizeof *off);
	gsl_vector_view from = gsl_vector_view_array(off, f->m);

	for (size_t i = 0; i < f->m; i++) {
		scale[i] = 1 / t->total;
		off[i] = f->p[i] - f->row[i / f->columns] * f->column[i % f->columns];
		for (size_t j = 0; j < f->m; j++)
			gsl_matrix_set(slopes, i, j, slope(f, i, j));
	}
	totals = covariance(a, t, f, t->total_v, scale);
	gsl_blas_dgemv(CblasTrans, 1, f->contrast, &from.vector, 0, y);
	gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, f->contrast, slopes, 0, turned);
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, turned, totals, 0, half);
	gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, half, turned, 0, v);
}

static bool wald(struct arena *a, const struct crosstab *t, const struct full *f,
		 enum crosstab_kind kind, struct crosstab_test *out, struct diag *why)
{
	gsl_vector_view y = gsl_vector_view_array(arena_new(a, f->q, sizeof(double)), f->q);
	gsl_matrix *v = matrix(a, f->q, f->q);
	double q = (double)f->q, form;

	wald_parts(a, t, f, &y.vector, v);
	out->ndf = q;
	out->ddf = kind == CROSSTAB_ADJWALD ? t->df - q + 1 : t->df;
	if (!(out->ddf > 0)) {
		diag_fail(
			why, DIAG_DATA,
			"the Wald test of a table with %zu contrasts needs more than %g degrees of "
			"freedom",
			f->q, t->df);
		return diag_hint(why, "the F test needs fewer");
	}
	if (!quadratic_form(f->q, y.vector.data, v->data, &form)) {
		diag_fail(why, DIAG_DATA,
			  "the covariance of the table is singular (%zu contrasts, %g degrees of "
			  "freedom), so there is no Wald test",
			  f->q, t->df);
		return diag_hint(why, "the F test does not need its inverse");
	}
	out->statistic = form / q;
	if (kind == CROSSTAB_ADJWALD && isfinite(t->df))
		out->statistic *= out->ddf / t->df;
	out->p = tail_f(out->statistic, out->ndf, out->ddf);
	return true;
}

bool crosstab_test(const struct crosstab *t, enum crosstab_kind kind, struct crosstab_test *out,
		   struct diag *why)
{
	struct arena scratch = {0};
	struct full f = {0};
	bool ok = fill(&scratch, t, &f, why);

	*out = (struct crosstab_test){NAN, NAN, NAN, NAN, NAN};
	if (ok && !(t->df > 0) && kind != CROSSTAB_CHISQ && kind != CROSSTAB_SADDLEPOINT_INF)
		ok = diag_fail(why, DIAG_DATA,
			       "a test needs more first-stage units than strata with answers "
			       "(%g degrees of freedom)",
			       t->df);
	switch (kind) {
	case CROSSTAB_F:
	case CROSSTAB_CHISQ:
	case CROSSTAB_SADDLEPOINT:
	case CROSSTAB_SADDLEPOINT_INF: ok = ok && rao_scott(&scratch, t, &f, kind, out, why); break;
	case CROSSTAB_WALD:
	case CROSSTAB_ADJWALD: ok = ok && wald(&scratch, t, &f, kind, out, why); break;
	case CROSSTAB__COUNT: ok = false;
	}
	arena_release(&scratch);
	return ok;
}
