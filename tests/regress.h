/* regress.h -- what the two test files of regress share: models of data, invented rows. */
#ifndef TESTS_REGRESS_H
#define TESTS_REGRESS_H

#include "api.h"

#include "estimate/regress.h"

/* Rows with columns 1 and these of the data; names of columns for messages. */
static inline struct regress_model model_of(const struct api *d, size_t k,
					    const char *const *columns)
{
	double *x = arena_new(&arena, d->rows.n, (k + 1) * sizeof *x);
	struct text *name = arena_new(&arena, k + 1, sizeof *name);

	name[0] = span_of("(1)");
	for (size_t j = 0; j <= k; j++) {
		const double *from = j ? api_column(d, columns[j - 1]) : NULL;

		name[j] = span_of(j ? columns[j - 1] : "(1)");
		for (size_t i = 0; i < d->rows.n; i++)
			x[i * (k + 1) + j] = j ? from[i] : 1;
	}
	return (struct regress_model){.k = k + 1, .x = x, .name = name};
}

static inline double *indicator(const struct api *d, const char *column, const char *value)
{
	const bool *in = api_rows_with(d, column, value);
	double *y = arena_new(&arena, d->rows.n, sizeof *y);

	for (size_t i = 0; i < d->rows.n; i++)
		y[i] = in[i];
	return y;
}

static inline struct regress fit(const struct api *d, const struct regress_model *m)
{
	struct diag why = {0};
	struct regress out;

	cr_assert(regress_linear(&arena, &d->linear, &d->rows, m, &out, &why), "%s",
		  why.item[0].words);
	cr_expect(zero(sz, why.warnings));
	return out;
}

/* sum w x (y - mu) = 0 defines the coefficients. */
static inline void check_equations(const struct rows *r, const struct regress_model *m,
				   const struct regress *got, double tolerance)
{
	for (size_t j = 0; j < m->k; j++) {
		double sum = 0, size = 0;

		for (size_t i = 0; i < r->n; i++) {
			double eta = 0, term;

			for (size_t c = 0; c < m->k; c++)
				eta += m->x[m->k * i + c] * got->beta[c];
			term = r->weight[i] * m->x[m->k * i + j] * (m->y[i] - 1 / (1 + exp(-eta)));
			sum += term;
			size += fabs(term);
		}
		cr_expect(fabs(sum) <= tolerance * size, "column %zu: %g of %g", j, sum, size);
	}
}

/* Invented rows; units as api_made. */
struct data {
	struct made *made;
	double *x, *y;
	struct regress_model model;
};

static inline struct data *make(size_t n, size_t k, const double *x, const double *y,
				enum regress_family family)
{
	struct data *m = arena_new(&arena, 1, sizeof *m);

	m->made = api_made(n, 0);
	m->x = arena_new(&arena, n, k * sizeof *m->x);
	m->y = arena_new(&arena, n, sizeof *m->y);
	memcpy(m->x, x, n * k * sizeof *x);
	memcpy(m->y, y, n * sizeof *y);
	m->model = (struct regress_model){.family = family, .k = k, .x = m->x, .y = m->y};
	return m;
}

static inline bool fit_made(const struct data *m, struct regress *out, struct diag *why)
{
	return regress_linear(&arena, &m->made->linear, &m->made->rows, &m->model, out, why);
}

static inline void refused(const struct data *m, const char *fragment)
{
	struct diag why = {0};
	struct regress out;

	cr_assert(not(fit_made(m, &out, &why)), "wanted \"%s\"", fragment);
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, fragment);
}

/* Group 0: 3 of 10 say yes, group 1: 6 of 8. The slope is the log odds ratio; the influence of a
 * row on the log odds of its group is (y - p) / (n_g p q), so that the variance is
 * n/(n-1) (1 / n_0 p_0 q_0 + 1 / n_1 p_1 q_1). */
static inline struct data *yes_and_no(void)
{
	double x[36], y[18];

	for (size_t i = 0; i < 18; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = i >= 10;
		y[i] = i < 10 ? i < 3 : i < 16;
	}
	return make(18, 2, x, y, REGRESS_LOGISTIC);
}

#endif
