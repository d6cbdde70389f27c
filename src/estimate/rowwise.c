#include "estimate/rowwise.h"

#include "estimate/rows.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct context {
	struct arena *arena;
	const struct rowwise *r;
	struct estimates *e;
	struct linear linear;
	struct rows rows;
	size_t *first, *row; /* rows of each cell: row[first[c]] .. row[first[c + 1]] */
	bool *in;            /* rows of the group with an answer, for the subject at hand */
	double *z;           /* influence values by row */
	size_t n;            /* rows of the subject */
	bool shifted;        /* its answers are numbers, summed about one of them */
	size_t *member;
	double *y, *x;        /* of the members */
	double *replicate_df; /* by cell; NaN = not computed yet */
};

/* ---- the subject --------------------------------------------------------------------------- */

static void choose_members(struct context *c, const struct subject *s)
{
	const struct columns *k = c->r->columns;
	bool levels = k->plan->variable[s->variable].kind == VARIABLE_LEVELS;

	c->n = 0;
	for (size_t i = c->first[s->cell]; i < c->first[s->cell + 1]; i++) {
		size_t row = c->row[i];
		double y = columns_value(k, row, s->variable);
		double x = columns_over(k, row, s->variable);

		if (isnan(y))
			continue;
		c->member[c->n] = row;
		c->y[c->n] = levels ? (size_t)y == s->level : y;
		c->x[c->n++] = isnan(x) ? 0 : x;
	}
}

/* Sums; of numbers about a value near them. */
static struct moments sum_up(const struct context *c)
{
	struct moments m = {.shift = c->n && c->shifted ? c->y[0] : 0};

	for (size_t i = 0; i < c->n; i++) {
		double weight = c->r->weight[c->member[i]], y = c->y[i] - m.shift;

		if (weight == 0)
			continue;
		m.n++;
		m.ones += c->y[i] == 1;
		m.w += weight;
		m.ww += weight * weight;
		m.wy += weight * y;
		m.wyy += weight * y * y;
		m.wx += weight * c->x[i];
		m.wxx += weight * c->x[i] * c->x[i];
		m.wxy += weight * c->x[i] * y;
	}
	return m;
}

/* ---- variances ----------------------------------------------------------------------------- */

/* Of a statistic with these sums, by linearisation. */
static double taylor(struct context *c, enum statistic statistic, const struct moments *m,
		     size_t *lonely, bool *known)
{
	const struct rowwise *r = c->r;
	struct influence f = statistic_influence(statistic, m);
	bool *in = r->n_calibrations ? NULL : c->in;
	double variance;

	memset(c->z, 0, r->columns->n * sizeof *c->z);
	for (size_t i = 0; i < c->n; i++) {
		double y = c->y[i] - m->shift;

		c->z[c->member[i]] =
			r->weight[c->member[i]] * (f.w + f.wy * y + f.wyy * y * y + f.wx * c->x[i]);
	}
	for (size_t i = 0; i < r->n_calibrations; i++)
		calibrate_residuals(&r->calibration[i], 1, c->z);
	*known = rows_covariance(&c->linear, &c->rows, c->z, in, 1, &variance, lonely);
	return variance;
}

#define BESIDE 32 /* replicates summed side by side */

/* What statistic_value needs of `k` replicates, row by row: the weights of a row stand together. */
static void sum_replicates(const struct context *c, size_t from, size_t k, struct moments *m)
{
	double n[BESIDE] = {0}, w[BESIDE] = {0}, wy[BESIDE] = {0}, wyy[BESIDE] = {0},
	       wx[BESIDE] = {0}, shift = c->n && c->shifted ? c->y[0] : 0;

	for (size_t i = 0; i < c->n; i++) {
		const double *weight =
			c->r->replicate_weight + c->member[i] * c->r->replicates->n + from;
		double y = c->y[i] - shift, x = c->x[i];

		for (size_t j = 0; j < k; j++) {
			n[j] += weight[j] != 0; /* a row may be left out */
			w[j] += weight[j];
			wy[j] += weight[j] * y;
			wyy[j] += weight[j] * y * y;
			wx[j] += weight[j] * x;
		}
	}
	for (size_t j = 0; j < k; j++)
		m[j] = (struct moments){.n = n[j],
					.w = w[j],
					.wy = wy[j],
					.wyy = wyy[j],
					.wx = wx[j],
					.shift = shift};
}

/* Of a statistic, or of the logit of one, by replicates. */
static double spread(struct context *c, enum statistic statistic, bool logit)
{
	const struct replicates *r = c->r->replicates;
	double *theta = arena_new(c->arena, r->n + 1, sizeof *theta), variance;
	struct moments all = sum_up(c);
	/* cppcheck-suppress unreadVariable; it does not read the pragma */
	int threads = c->e->options->threads > 1 ? c->e->options->threads : 1;

	theta[0] = statistic_value(statistic, &all);
	/* Each replicate has its own place: the order of threads does not show. */
#pragma omp parallel for num_threads(threads) if (c->n * r->n > 4000000)
	for (size_t from = 0; from < r->n; from += BESIDE) {
		size_t k = r->n - from < BESIDE ? r->n - from : BESIDE;
		struct moments m[BESIDE];

		sum_replicates(c, from, k, m);
		/* cppcheck-suppress knownConditionTrueFalse; it takes k for 0 */
		for (size_t j = 0; j < k; j++)
			theta[1 + from + j] = statistic_value(statistic, &m[j]);
	}
	for (size_t i = 0; logit && i <= r->n; i++)
		theta[i] = log(theta[i] / (1 - theta[i]));
	replicate_covariance(r, 1, theta, theta + 1, &variance);
	return variance;
}

static double variance_of(struct context *c, enum statistic statistic, const struct moments *m,
			  struct estimated *out)
{
	size_t lonely = 0;
	double variance;
	bool known;

	if (m->n == 0)
		return NAN;
	if (c->r->replicates)
		return spread(c, statistic, false);
	variance = taylor(c, statistic, m, &lonely, &known);
	if (lonely)
		out->flags |= FLAG_LONELY;
	if (!known)
		out->reason = span_of("a stratum has one sampling unit only");
	return variance;
}

double rowwise_replicate_df(const struct rowwise *r, size_t n, const size_t *member)
{
	size_t k = r->replicates->n, rank = 0;
	gsl_matrix *products = gsl_matrix_calloc(k, k);
	gsl_permutation *order = gsl_permutation_alloc(k);
	double *norm = calloc(k, sizeof *norm);

	if (!products || !order || !norm)
		arena_exhausted(k, k * sizeof *norm);
	for (size_t i = 0; i < n; i++) {
		const double *w = r->replicate_weight + member[i] * k;

		for (size_t a = 0; a < k; a++)
			for (size_t b = 0; b <= a; b++)
				*gsl_matrix_ptr(products, a, b) += w[a] * w[b];
	}
	for (size_t a = 0; a < k; a++)
		norm[a] = sqrt(gsl_matrix_get(products, a, a));
	for (size_t a = 0; a < k; a++)
		for (size_t b = 0; b <= a; b++) {
			double scale = norm[a] * norm[b];
			double v = scale > 0 ? gsl_matrix_get(products, a, b) / scale : 0;

			gsl_matrix_set(products, a, b, v);
			gsl_matrix_set(products, b, a, v);
		}
	if (gsl_linalg_pcholesky_decomp(products, order) == 0)
		for (size_t a = 0; a < k; a++)
			rank += gsl_matrix_get(products, a, a) > 1e-10; /* (1e-5)^2, as R */
	gsl_matrix_free(products);
	gsl_permutation_free(order);
	free(norm);
	return (double)rank - 1;
}

bool rowwise_design_known(const struct rowwise *r)
{
	const struct design *d = &r->columns->plan->design;

	return d->n_units || d->n_strata || !r->replicates;
}

static double degrees(struct context *c, size_t cell)
{
	const struct estimate_options *o = c->e->options;
	bool known = rowwise_design_known(c->r);

	if (o->df == DF_INFINITE || o->df == DF_GIVEN)
		return estimate_df(o, c->linear.frame, &(struct leaves){0});
	if (known && o->df == DF_DESIGN)
		return linear_design_df(c->linear.frame);
	if (known)
		return rows_df(&c->linear, &c->rows, c->in);
	if (isnan(c->replicate_df[cell]))
		c->replicate_df[cell] = rowwise_replicate_df(c->r, c->n, c->member);
	return c->replicate_df[cell];
}

/* ---- rows of the result -------------------------------------------------------------------- */

/* With replicates the logit itself is replicated, as R's glm does. */
static void logit_interval(struct context *c, double df, struct estimated *row)
{
	double p = row->estimate, t = interval_t(c->e->options->level, df);
	double eta = log(p / (1 - p)), se;

	if (!(p > 0 && p < 1) || !(df > 0))
		return;
	se = sqrt(spread(c, c->e->options->statistic, true));
	row->ci_low = 1 / (1 + exp(-(eta - t * se)));
	row->ci_high = 1 / (1 + exp(-(eta + t * se)));
}

/* The different answers and their weights, of sorted pairs. */
struct scale {
	size_t n;
	double *value, *weight;
};

static struct scale scale_of(struct arena *a, const struct quantile_sample *s)
{
	struct scale to = {0, arena_new(a, s->n, sizeof *to.value),
			   arena_new(a, s->n, sizeof *to.weight)};

	for (size_t i = 0; i < s->n; i++) {
		if (i == 0 || s->y[i] != s->y[i - 1])
			to.value[to.n++] = s->y[i];
		to.weight[to.n - 1] += s->w[i];
	}
	return to;
}

/* A quantile and what it needs for Woodruff's interval: the share below, and each member's part of
 * it (left in c->y). */
struct quantile {
	struct quantile_sample sample;
	struct scale scale;
	double value, share;
};

static struct quantile find_quantile(struct context *c, double p)
{
	const struct estimate_options *o = c->e->options;
	double *y = arena_new(c->arena, c->n, sizeof *y), *w = arena_new(c->arena, c->n, sizeof *w);
	struct quantile q = {.sample = {c->n, y, w}};

	for (size_t k = 0; k < c->n; k++) {
		y[k] = c->y[k];
		w[k] = c->r->weight[c->member[k]];
	}
	quantile_sort(c->n, y, w);
	if (o->grouped) {
		q.scale = scale_of(c->arena, &q.sample);
		q.value = quantile_grouped(q.scale.n, q.scale.value, q.scale.weight, p);
	} else {
		q.value = quantile_at(&q.sample, p, o->rule);
	}
	for (size_t k = 0, i = 0; k < c->n; k++) {
		for (i = 0; i + 1 < q.scale.n && q.scale.value[i] != c->y[k];)
			i++;
		c->y[k] = o->grouped ? quantile_below(q.scale.n, q.scale.value, i, q.value)
				     : c->y[k] <= q.value;
	}
	q.share = o->grouped ? p : quantile_share_below(&q.sample, q.value);
	return q;
}

static struct quantile_interval invert(const struct quantile *q, const struct interval *i, double t,
				       const struct estimate_options *o)
{
	struct quantile_interval out;

	if (!o->grouped)
		return quantile_woodruff(&q->sample, i->low, i->high, t, o->rule);
	out.low = quantile_grouped(q->scale.n, q->scale.value, q->scale.weight, i->low);
	out.high = quantile_grouped(q->scale.n, q->scale.value, q->scale.weight, i->high);
	out.se = (out.high - out.low) / (2 * t);
	return out;
}

static void quantile_row(struct context *c, double p, double df, struct moments *m,
			 struct estimated *out)
{
	const struct estimate_options *o = c->e->options;
	double t = interval_t(o->level, df), variance;
	struct quantile q = find_quantile(c, p);
	struct quantile_interval woodruff;
	struct interval i;

	*m = sum_up(c);
	variance = variance_of(c, STATISTIC_PROPORTION, m, out);
	i = interval_proportion(o->interval, q.share, sqrt(variance), m->n, df, o->level, 1);
	woodruff = invert(&q, &i, t, o);
	estimate_finish(c->e, false, m, q.value, woodruff.se * woodruff.se, df, c->r->variance,
			out);
	out->ci_low = woodruff.low;
	out->ci_high = woodruff.high;
	out->method =
		arena_format(c->arena, "%s:woodruff-%s:%s", c->r->variance, interval_name(i.used),
			     o->grouped ? "grouped" : quantile_name(o->rule));
	if (isnan(woodruff.low) || isnan(woodruff.high))
		out->reason = span_of(i.reason ? i.reason
					       : "the interval of the share below leaves 0 to 1");
}

static void make_row(struct context *c, struct estimated *out)
{
	const struct subject *s = &out->about;
	const struct estimate_options *o = c->e->options;
	struct moments m;
	double df;

	c->shifted = o->statistic == STATISTIC_MEAN || o->statistic == STATISTIC_TOTAL ||
		     o->statistic == STATISTIC_VARIANCE;
	choose_members(c, s);
	for (size_t i = 0; i < c->n; i++)
		c->in[c->member[i]] = true;
	m = sum_up(c);
	df = degrees(c, s->cell);
	if (o->statistic == STATISTIC_QUANTILE) {
		quantile_row(c, o->quantile[s->level], df, &m, out);
	} else {
		double variance = variance_of(c, o->statistic, &m, out);
		double value = statistic_value(o->statistic, &m);

		if (m.n == 0)
			estimate_nobody(c->e, (double)(c->first[s->cell + 1] - c->first[s->cell]),
					&value, &variance);
		estimate_finish(c->e,
				c->r->columns->plan->variable[s->variable].kind == VARIABLE_SHARE,
				&m, value, variance, df, c->r->variance, out);
		if (c->r->replicates && statistic_is_share(o->statistic) &&
		    o->interval == INTERVAL_LOGIT)
			logit_interval(c, df, out);
	}
	for (size_t i = 0; i < c->n; i++)
		c->in[c->member[i]] = false;
}

void rowwise_result(struct arena *a, const struct rowwise *r, const struct estimate_options *o,
		    struct result *out)
{
	struct estimates e = {.arena = a, .options = o};
	size_t n = r->columns->n;
	struct context c = {
		.arena = a,
		.r = r,
		.e = &e,
		.linear = {&r->answers->frame, o->lonely, o->domain_lonely},
		.rows = {n, r->weight, r->columns->leaf},
		.in = arena_new(a, n, sizeof *c.in),
		.z = arena_new(a, n, sizeof *c.z),
		.member = arena_new(a, n, sizeof *c.member),
		.y = arena_new(a, n, sizeof *c.y),
		.x = arena_new(a, n, sizeof *c.x),
		.replicate_df = arena_new(a, r->answers->cells.index->n, sizeof *c.replicate_df)};

	for (size_t i = 0; i < r->answers->cells.index->n; i++)
		c.replicate_df[i] = NAN;
	columns_by_cell(a, r->columns, r->answers->cells.index->n, &c.first, &c.row);
	estimate_list(&e, r->columns->plan, &r->answers->cells);
	for (size_t i = 0; i < e.n; i++)
		make_row(&c, &e.at[i]);
	estimate_result(&e, out);
}
