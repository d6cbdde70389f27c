/* The weighted rows, and the response as one more column, are reduced block by block to
 * the triangle of their QR: R'R are the normal equations, never formed. */
#include "estimate/regress.h"

#include "estimate/quadratic.h"
#include "estimate/tail.h"

#include <float.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#define BLOCK 256       /* rows reduced at a time */
#define COLLINEAR 1e-10 /* of a column's length, outside the columns before it */
#define SETTLED 1e-8    /* relative change of the deviance; R's glm */
#define STEADY 1e-4     /* what the next step may still move a linear predictor */
#define RUNNING 0.1     /* what it moves where there is no limit: about 1 */
#define MOST_STEPS 50
#define EXACT 1e-13 /* residuals of this relative size are rounding */

static const char no_variance[] =
	N_("a stratum with answers has one sampling unit only: no variance");

static bool used(const struct rows *r, const struct regress_model *m, size_t i)
{
	bool ok = (!m->in || m->in[i]) && r->weight[i] != 0 && !isnan(m->y[i]);

	for (size_t j = 0; ok && j < m->k; j++)
		ok = !isnan(m->x[i * m->k + j]);
	return ok;
}

static const char *column_name(struct arena *a, const struct regress_model *m, size_t j)
{
	struct text name = m->name ? m->name[j] : (struct text){0};

	return name.n ? arena_format(a, "\"%.*s\"", SPAN_ARG(name)).at
		      : arena_format(a, "%zu", j + 1).at;
}

/* The QR so far stands in the first k + 1 rows, new rows behind. */
struct triangle {
	size_t columns, filled;
	double *row; /* (columns + BLOCK) * columns */
	double *tau;
};

static void triangle_start(struct arena *a, size_t columns, struct triangle *t)
{
	*t = (struct triangle){.columns = columns,
			       .row = arena_new(a, columns + BLOCK, columns * sizeof *t->row),
			       .tau = arena_new(a, columns, sizeof *t->tau)};
}

static void triangle_reduce(struct triangle *t)
{
	size_t c = t->columns;
	gsl_matrix_view rows = gsl_matrix_view_array(t->row, c + t->filled, c);
	gsl_vector_view tau = gsl_vector_view_array(t->tau, c);

	/* A reflection leaves alone the rows that are 0 in its column: below the diagonal of the
	 * triangle there is 0 before and behind. */
	gsl_linalg_QR_decomp(&rows.matrix, &tau.vector);
	t->filled = 0;
}

/* Room for one more row. */
static double *triangle_row(struct triangle *t)
{
	if (t->filled == BLOCK)
		triangle_reduce(t);
	return &t->row[(t->columns + t->filled++) * t->columns];
}

/* The first column that is a combination of those before it; k when there is none. */
static size_t triangle_dependent(const struct triangle *t)
{
	size_t c = t->columns, k = c - 1;

	for (size_t j = 0; j < k; j++) {
		double length = 0;

		for (size_t i = 0; i <= j; i++)
			length = hypot(length, t->row[i * c + j]);
		if (!(fabs(t->row[j * c + j]) > COLLINEAR * length))
			return j;
	}
	return k;
}

/* One fit. */
struct work {
	struct arena *arena;
	const struct rows *r;
	const struct regress_model *m;
	bool *use;
	double mean_weight;
	struct triangle triangle;
	double *step; /* of beta */
	bool start;   /* before the first step there is no beta */
};

static double predictor(const struct regress_model *m, const double *beta, size_t i)
{
	double eta = 0;

	for (size_t j = 0; j < m->k; j++)
		eta += m->x[i * m->k + j] * beta[j];
	return eta;
}

/* y - mu at a linear predictor and, through *v, the slope of mu there. */
static double residual(enum regress_family family, double y, double eta, double *v)
{
	double e = exp(-fabs(eta)), mu = eta > 0 ? 1 / (1 + e) : e / (1 + e);

	*v = 1;
	if (family == REGRESS_LINEAR)
		return y - eta;
	*v = fmax(e / (1 + e) / (1 + e), DBL_EPSILON);
	return y - mu;
}

/* Where a logistic fit starts, as R's glm: each row near its own answer. */
static double first_predictor(const struct work *w, size_t i)
{
	double weight = w->r->weight[i] / w->mean_weight;
	double mu = (weight * w->m->y[i] + 0.5) / (weight + 1);

	return log(mu / (1 - mu));
}

static void back_substitute(struct work *w)
{
	size_t k = w->m->k;

	for (size_t j = k; j-- > 0;) {
		const double *row = w->triangle.row + j * (k + 1);
		double sum = row[k];

		for (size_t i = j + 1; i < k; i++)
			sum -= row[i] * w->step[i];
		w->step[j] = sum / row[j];
	}
}

/* The next step: least squares of (y - mu) / v on x with weights w v; from the start, of the
 * predictor too, which gives beta itself. */
static void score(struct work *w, const double *beta)
{
	size_t k = w->m->k;
	bool first = w->start && w->m->family == REGRESS_LOGISTIC;

	memset(w->triangle.row, 0, (k + 1) * (k + 1) * sizeof *w->triangle.row);
	for (size_t i = 0; i < w->r->n; i++) {
		double v, off, root, eta, *row;

		if (!w->use[i])
			continue;
		eta = first ? first_predictor(w, i) : predictor(w->m, beta, i);
		off = residual(w->m->family, w->m->y[i], eta, &v);
		root = sqrt(w->r->weight[i] * v);
		row = triangle_row(&w->triangle);
		for (size_t j = 0; j < k; j++)
			row[j] = root * w->m->x[i * k + j];
		row[k] = root * (off / v + (first ? eta : 0));
	}
	triangle_reduce(&w->triangle);
	back_substitute(w);
}

static double log_likelihood(double y, double eta)
{
	double tail = log1p(exp(-fabs(eta)));
	double most = (y > 0 ? y * log(y) : 0) + (y < 1 ? (1 - y) * log(1 - y) : 0);

	return -y * (fmax(-eta, 0) + tail) - (1 - y) * (fmax(eta, 0) + tail) - most;
}

static double deviance(const struct work *w, const double *beta)
{
	double sum = 0;

	for (size_t i = 0; i < w->r->n; i++) {
		double eta, v;

		if (!w->use[i])
			continue;
		eta = predictor(w->m, beta, i);
		sum += w->r->weight[i] / w->mean_weight *
		       (w->m->family == REGRESS_LINEAR
				? pow(residual(REGRESS_LINEAR, w->m->y[i], eta, &v), 2)
				: -2 * log_likelihood(w->m->y[i], eta));
	}
	return sum;
}

static bool collinear(struct work *w, struct diag *why)
{
	size_t j = triangle_dependent(&w->triangle);

	if (j == w->m->k)
		return false;
	diag_fail(why, DIAG_DATA,
		  "column %s of the model is a combination of those before it (or 0 everywhere)",
		  column_name(w->arena, w->m, j));
	diag_hint(why, "leave it out");
	return true;
}

/* The most that the step would move a row's predictor. */
static double moved(const struct work *w)
{
	double most = 0;

	for (size_t i = 0; i < w->r->n; i++) {
		double move = w->use[i] ? fabs(predictor(w->m, w->step, i)) : 0;

		if (!(move <= most))
			most = isnan(move) ? INFINITY : move;
	}
	return most;
}

/* Says why the fit has no limit: names the column along which rows still move apart. */
static bool separated(struct work *w, struct diag *why)
{
	size_t k = w->m->k, worst = k;
	double most = RUNNING;

	for (size_t j = 0; j < k; j++) {
		double low = INFINITY, high = -INFINITY, apart;

		for (size_t i = 0; i < w->r->n; i++)
			if (w->use[i]) {
				low = fmin(low, w->m->x[i * k + j]);
				high = fmax(high, w->m->x[i * k + j]);
			}
		apart = fabs(w->step[j]) * (high - low);
		worst = apart > most ? j : worst;
		most = fmax(most, apart);
	}
	if (worst == k)
		return diag_fail(why, DIAG_DATA, "no estimate: all rows have the same answer");
	diag_fail(why, DIAG_DATA,
		  "no estimate: column %s of the model tells 0 from 1 without exception in some or "
		  "all rows, so its coefficient has no limit",
		  column_name(w->arena, w->m, worst));
	return diag_hint(why, "leave the column out or join its categories");
}

/* Halves the step while it makes the fit worse. */
static double take_step(struct work *w, double *beta, double old)
{
	double now = INFINITY;

	for (int halving = 0; halving < 20; halving++) {
		for (size_t j = 0; j < w->m->k; j++)
			beta[j] += halving ? -w->step[j] : w->step[j];
		now = deviance(w, beta);
		if (now <= old * (1 + SETTLED) + DBL_MIN)
			break;
		for (size_t j = 0; j < w->m->k; j++)
			w->step[j] /= 2;
	}
	return now;
}

static void keep_root(const struct work *w, struct regress *out)
{
	size_t k = out->k;

	for (size_t i = 0; i < k; i++)
		memcpy(&out->root[i * k], &w->triangle.row[i * (k + 1)], k * sizeof *out->root);
}

static bool logistic(struct work *w, struct regress *out, struct diag *why)
{
	double old = INFINITY;

	score(w, out->beta);
	if (collinear(w, why))
		return false;
	w->start = false;
	for (out->steps = 1; out->steps <= MOST_STEPS; out->steps++) {
		bool settled;
		double next;

		keep_root(w, out);
		memcpy(out->before, out->beta, out->k * sizeof *out->beta);
		out->deviance = take_step(w, out->beta, old);
		settled = fabs(out->deviance - old) < SETTLED * (fabs(out->deviance) + 0.1);
		old = out->deviance;
		score(w, out->beta);
		next = settled ? moved(w) : 0;
		if (next > RUNNING)
			return separated(w, why);
		if (settled && next < STEADY)
			return true;
	}
	return diag_fail(why, DIAG_DATA, "no estimate: the fit did not settle in %d steps",
			 MOST_STEPS);
}

static bool linear(struct work *w, struct regress *out, struct diag *why)
{
	double size = 0;

	score(w, out->beta);
	if (collinear(w, why))
		return false;
	memcpy(out->beta, w->step, out->k * sizeof *out->beta);
	keep_root(w, out);
	out->steps = 1;
	out->deviance = deviance(w, out->beta);
	for (size_t i = 0; i < w->r->n; i++)
		size += w->use[i] ? w->r->weight[i] / w->mean_weight * pow(w->m->y[i], 2) : 0;
	if (out->deviance <= EXACT * EXACT * size)
		out->deviance = 0;
	return true;
}

/* Chooses the rows and looks at their answers. */
static bool prepare(struct work *w, struct regress *out, struct diag *why)
{
	double sum = 0;

	for (size_t i = 0; i < w->r->n; i++) {
		double y = w->m->y[i];

		w->use[i] = used(w->r, w->m, i);
		if (!w->use[i])
			continue;
		if (w->r->weight[i] < 0)
			return diag_fail(why, DIAG_DATA,
					 "a regression cannot use the negative weight %g",
					 w->r->weight[i]);
		if (w->m->family == REGRESS_LOGISTIC && !(y >= 0 && y <= 1))
			return diag_fail(why, DIAG_DATA,
					 "a logistic regression needs 0 or 1, not %g", y);
		sum += w->r->weight[i];
		out->n++;
	}
	w->mean_weight = sum / (double)out->n;
	return out->n > w->m->k ||
	       diag_fail(why, DIAG_DATA,
			 "%zu rows with all values are too few for a model of %zu columns", out->n,
			 w->m->k);
}

bool regress_fit(struct arena *a, const struct rows *r, const struct regress_model *m,
		 struct regress *out, struct diag *why)
{
	struct arena scratch = {0};
	struct work w = {.arena = &scratch,
			 .r = r,
			 .m = m,
			 .use = arena_new(&scratch, r->n, sizeof *w.use),
			 .step = arena_new(&scratch, m->k, sizeof *w.step),
			 .start = true};
	bool ok;

	*out = (struct regress){.k = m->k,
				.beta = arena_new(a, m->k, sizeof *out->beta),
				.before = arena_new(a, m->k, sizeof *out->before),
				.root = arena_new(a, m->k, m->k * sizeof *out->root),
				.df = NAN};
	triangle_start(&scratch, m->k + 1, &w.triangle);
	ok = prepare(&w, out, why) &&
	     (m->family == REGRESS_LINEAR ? linear(&w, out, why) : logistic(&w, out, why));
	arena_release(&scratch);
	return ok;
}

/* z = (R'R)^-1 x */
static void solve(size_t k, double *root, double *z)
{
	gsl_matrix_view m = gsl_matrix_view_array(root, k, k);
	gsl_vector_view x = gsl_vector_view_array(z, k);

	gsl_blas_dtrsv(CblasUpper, CblasTrans, CblasNonUnit, &m.matrix, &x.vector);
	gsl_blas_dtrsv(CblasUpper, CblasNoTrans, CblasNonUnit, &m.matrix, &x.vector);
}

void regress_influence(const struct rows *r, const struct regress_model *m,
		       const struct regress *fit, double *z)
{
	size_t k = m->k;

	memset(z, 0, r->n * k * sizeof *z);
	for (size_t i = 0; i < r->n; i++) {
		double v, last, off;

		if (!used(r, m, i) || fit->deviance == 0)
			continue;
		off = residual(m->family, m->y[i], predictor(m, fit->beta, i), &v);
		residual(m->family, m->y[i], predictor(m, fit->before, i), &last);
		off *= r->weight[i] * last / v;
		memcpy(&z[i * k], &m->x[i * k], k * sizeof *z);
		solve(k, fit->root, &z[i * k]);
		for (size_t j = 0; j < k; j++)
			z[i * k + j] *= off;
	}
}

void regress_infer(struct arena *a, struct regress *out, const double *v, double design_df)
{
	size_t k = out->k;

	out->v = arena_new(a, k, k * sizeof *out->v);
	out->se = arena_new(a, k, sizeof *out->se);
	out->t = arena_new(a, k, sizeof *out->t);
	out->p = arena_new(a, k, sizeof *out->p);
	out->df = design_df + 1 - (double)k;
	memcpy(out->v, v, k * k * sizeof *v);
	for (size_t j = 0; j < k; j++) {
		out->se[j] = sqrt(v[j * k + j]);
		out->t[j] = out->df > 0 && out->se[j] > 0 ? out->beta[j] / out->se[j] : NAN;
		out->p[j] = tail_t(out->t[j], out->df);
	}
}

bool regress_linear(struct arena *a, const struct linear *l, const struct rows *r,
		    const struct regress_model *m, struct regress *out, struct diag *why)
{
	struct arena scratch = {0};
	double *z = arena_new(&scratch, r->n, m->k * sizeof *z);
	double *v = arena_new(&scratch, m->k, m->k * sizeof *v);
	bool *use = arena_new(&scratch, r->n, sizeof *use);
	bool ok = regress_fit(a, r, m, out, why);

	if (ok) {
		regress_influence(r, m, out, z);
		for (size_t i = 0; i < r->n; i++)
			use[i] = used(r, m, i);
		ok = rows_covariance(l, r, z, use, m->k, v, &out->lonely);
		regress_infer(a, out, v, rows_df(l, r, use));
		if (!ok) {
			diag_fail(why, DIAG_DATA, "%s", diag_word(why, no_variance));
			diag_hint(why, "choose a rule for such strata");
		} else if (!(out->df > 0))
			diag_warn(why, "no tests: %g degrees of freedom are left", out->df);
	}
	arena_release(&scratch);
	return ok;
}

struct regress_contrast regress_contrast(const struct regress *fit, const double *c)
{
	struct regress_contrast out = {.df = fit->df, .t = NAN};
	double v = 0;

	for (size_t i = 0; i < fit->k; i++) {
		out.estimate += c[i] * fit->beta[i];
		for (size_t j = 0; j < fit->k; j++)
			v += c[i] * c[j] * fit->v[i * fit->k + j];
	}
	out.se = sqrt(fmax(v, 0));
	if (out.se > 0 && out.df > 0)
		out.t = out.estimate / out.se;
	out.p = tail_t(out.t, out.df);
	return out;
}

bool regress_joint(const struct regress *fit, size_t n, const size_t *which,
		   struct regress_joint *out, struct diag *why)
{
	struct arena scratch = {0};
	double *y = arena_new(&scratch, n, sizeof *y);
	double *v = arena_new(&scratch, n, n * sizeof *v);
	bool ok;

	*out = (struct regress_joint){NAN, (double)n, fit->df, NAN};
	for (size_t i = 0; i < n; i++) {
		y[i] = fit->beta[which[i]];
		for (size_t j = 0; j < n; j++)
			v[i * n + j] = fit->v[which[i] * fit->k + which[j]];
	}
	ok = n > 0 && quadratic_form(n, y, v, &out->f);
	arena_release(&scratch);
	if (!(fit->df > 0))
		return diag_fail(why, DIAG_DATA, "no joint test: %g degrees of freedom are left",
				 fit->df);
	if (!ok)
		return diag_fail(
			why, DIAG_DATA,
			"no joint test: the covariance of the %zu coefficients is singular", n);
	out->f /= (double)n;
	out->p = tail_f(out->f, out->ndf, out->ddf);
	return true;
}
