/* The critical value is a quantile of the largest |difference| over pairs, draw by draw. Of
 * independent variables e, the difference of a pair is at most sqrt(e_j^2 + e_k^2): with the
 * units of a draw ordered by |e|, only a few pairs can reach the upper tail, and only the tail
 * is wanted. Correlations above 0 loosen the bound by the factor `reach`. */
#include "analysis/rankset.h"

#include "estimate/interval.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct rankset_draws {
	size_t n, count;
	float *e;        /* count rows of n standard normal values */
	uint16_t *order; /* of each row: the units by |e|, largest first */
};

static const char *const names[RANKSET__COUNT] = {
	[RANKSET_SIMULTANEOUS] = "simultaneous",
	[RANKSET_SINGLE] = "single",
	[RANKSET_MARGINAL] = "marginal",
	[RANKSET_HOLM] = "holm",
	[RANKSET_BONFERRONI] = "bonferroni",
	[RANKSET_SIDAK] = "sidak",
	[RANKSET_KWW] = "kww",
};

const char *rankset_name(enum rankset_method m)
{
	return names[m];
}

bool rankset_find(struct text name, enum rankset_method *out)
{
	for (int m = 0; m < RANKSET__COUNT; m++) {
		if (!span_is(name, names[m]))
			continue;
		*out = (enum rankset_method)m;
		return true;
	}
	return false;
}

bool rankset_is_drawn(enum rankset_method m)
{
	return m == RANKSET_SIMULTANEOUS || m == RANKSET_SINGLE || m == RANKSET_MARGINAL;
}

/* ---- draws --------------------------------------------------------------------------------- */

static void sort_row(const float *e, uint16_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		float size = fabsf(e[i]);
		size_t at = i;

		for (; at > 0 && fabsf(e[order[at - 1]]) < size; at--)
			order[at] = order[at - 1];
		order[at] = (uint16_t)i;
	}
}

#define FEW_UNITS 100 /* units that are sorted as fast by moving them */

/* What sorting many units needs. */
struct sorting {
	uint32_t *key;
	uint16_t *spare;
};

/* The same order for many units: byte by byte, the lowest first, each pass keeping the order of the
 * one before. */
static void sort_long_row(const struct sorting *s, const float *e, uint16_t *order, size_t n)
{
	uint16_t *from = order, *to = s->spare, *other;

	for (size_t i = 0; i < n; i++) {
		float size = fabsf(e[i]);

		memcpy(&s->key[i], &size, sizeof size); /* grows with it */
		s->key[i] = ~s->key[i];
		order[i] = (uint16_t)i;
	}
	for (int shift = 0; shift < 32; shift += 8) {
		size_t start[257] = {0};

		for (size_t i = 0; i < n; i++)
			start[(s->key[i] >> shift & 255) + 1]++;
		for (size_t b = 0; b < 256; b++)
			start[b + 1] += start[b];
		for (size_t i = 0; i < n; i++)
			to[start[s->key[from[i]] >> shift & 255]++] = from[i];
		other = from; /* after four passes in `order` again */
		from = to;
		to = other;
	}
}

/* The lower triangle of Cholesky's factor; NULL when there is none. Singular correlations (a unit
 * twice) have one after a hair is added to the diagonal. */
static const double *factor_of(struct arena *a, const double *correlation, size_t n)
{
	double *l = arena_new(a, n * n, sizeof *l);
	gsl_matrix_view m = gsl_matrix_view_array(l, n, n);

	memcpy(l, correlation, n * n * sizeof *l);
	for (size_t i = 0; i < n; i++)
		l[i * n + i] += 1e-10;
	return gsl_linalg_cholesky_decomp1(&m.matrix) ? NULL : l;
}

const struct rankset_draws *rankset_draw(struct arena *a, size_t n, const double *correlation,
					 size_t count, gsl_rng *rng, unsigned long seed)
{
	struct rankset_draws *d = arena_new(a, 1, sizeof *d);
	const double *factor = correlation ? factor_of(a, correlation, n) : NULL;
	double *row = arena_new(a, n, sizeof *row);
	struct sorting s = {arena_new(a, n, sizeof *s.key), arena_new(a, n, sizeof *s.spare)};

	if (correlation && !factor)
		return NULL;
	*d = (struct rankset_draws){n, count, arena_new(a, n * count, sizeof *d->e),
				    arena_new(a, n * count, sizeof *d->order)};
	gsl_rng_set(rng, seed);
	for (size_t r = 0; r < count; r++) {
		float *e = d->e + r * n;

		for (size_t i = 0; i < n; i++)
			row[i] = gsl_ran_gaussian_ziggurat(rng, 1);
		for (size_t i = 0; i < n; i++) {
			double sum = factor ? 0 : row[i];

			for (size_t k = 0; factor && k <= i; k++)
				sum += factor[i * n + k] * row[k];
			e[i] = (float)sum;
		}
		if (n > FEW_UNITS)
			sort_long_row(&s, e, d->order + r * n, n);
		else
			sort_row(e, d->order + r * n, n);
	}
	return d;
}

/* ---- critical values ----------------------------------------------------------------------- */

#define NO_UNIT ((size_t)-1)

/* Ordered pairs whose order is still open. */
struct problem {
	size_t n, kept;
	bool *keep;      /* n x n: j against k */
	double *t;       /* n x n: T_jk */
	float *inverse;  /* n x n: 1/s_jk; 0 where s_jk = 0 */
	float *scale;    /* s_j */
	double reach;    /* no difference is larger than reach * sqrt(e_j^2 + e_k^2) */
	size_t only;     /* pairs of this unit, or NO_UNIT */
	double *largest; /* room for one number a draw */
};

/* The larger of `best` and the pair's differences that are still open. */
static float pair_best(const struct problem *p, size_t u, size_t v, const float *e, float best)
{
	float d = (p->scale[u] * e[u] - p->scale[v] * e[v]) * p->inverse[u * p->n + v];

	if (d > best && p->keep[u * p->n + v])
		best = d;
	if (-d > best && p->keep[v * p->n + u])
		best = -d; /* both, while the best is below 0 */
	return best;
}

/* The largest open difference of a draw, when it is above `least`; else `least`. */
static float draw_best(const struct problem *p, const float *e, const uint16_t *order, float least)
{
	float best = least, reach2 = (float)(p->reach * p->reach);
	size_t n = p->n, first = p->only == NO_UNIT ? n : 1;

	for (size_t a = 0; a < first; a++) {
		size_t u = p->only == NO_UNIT ? order[a] : p->only;
		size_t b = p->only == NO_UNIT ? a + 1 : 0;

		for (; b < n; b++) {
			size_t v = order[b];
			float most2 = reach2 * (e[u] * e[u] + e[v] * e[v]);

			if (best > 0 && most2 < best * best)
				break;
			if (v != u)
				best = pair_best(p, u, v, e, best);
		}
		if (best > 0 && b == a + 1)
			break; /* the next have smaller e still */
	}
	return best;
}

/* The (1 - alpha) quantile (type 7) of the largest open difference: as R's default. Only draws
 * above a floor are needed; where too few are, the floor was too high. */
static double critical_value(const struct problem *p, const struct rankset_draws *d, double level)
{
	double at = (double)(d->count - 1) * level, low = floor(at);
	size_t wanted = d->count - (size_t)low; /* from the top */
	double guess = gsl_cdf_ugaussian_Qinv((1 - level) / (double)p->kept) - 0.8;

	for (;; guess -= 0.5) {
		float least = guess > 0 ? (float)guess : -INFINITY;
		size_t m = 0;
		double x, y;

		for (size_t r = 0; r < d->count; r++) {
			float best = draw_best(p, d->e + r * d->n, d->order + r * d->n, least);

			if (best > least)
				p->largest[m++] = (double)best;
		}
		if (m < wanted && guess > 0)
			continue;
		if (m < wanted) /* errors that no float holds: nothing is told apart */
			return INFINITY;
		x = gsl_stats_select(p->largest, 1, m, m - wanted);
		y = gsl_stats_select(p->largest, 1, m, m - wanted + 1);
		return x + (at - low) * (y - x);
	}
}

static double pair_se(const struct rankset_units *u, size_t j, size_t k)
{
	double r = u->correlation ? u->correlation[j * u->n + k] : 0;

	return sqrt(
		fmax(0, u->se[j] * u->se[j] + u->se[k] * u->se[k] - 2 * r * u->se[j] * u->se[k]));
}

/* Below so many, Satterthwaite's are too many: his weights are variances that are hardly known. */
#define FEW 4

/* Infinite where one unit's are not known to be finite. */
static double pair_df(const struct rankset_units *u, size_t j, size_t k)
{
	double v = u->se[j] * u->se[j], w = u->se[k] * u->se[k], least, each;

	if (!u->df || v + w == 0)
		return INFINITY;
	least = fmin(v > 0 ? u->df[j] : INFINITY, w > 0 ? u->df[k] : INFINITY);
	if (least < FEW)
		return least;
	each = v * v / u->df[j] + w * w / u->df[k];
	return each > 0 ? (v + w) * (v + w) / each : INFINITY;
}

/* How much wider t is than the normal at this tail probability. */
static double t_over_z(double df, double tail)
{
	return isinf(df) ? 1 : gsl_cdf_tdist_Qinv(tail, df) / gsl_cdf_ugaussian_Qinv(tail);
}

static double standardised(double difference, double se)
{
	if (se > 0)
		return difference / se;
	return difference == 0 ? 0 : copysign(INFINITY, difference);
}

static void add_pair(struct problem *p, const struct rankset_units *u, size_t j, size_t k,
		     double tail)
{
	double sj = u->se[j], sk = u->se[k], se = pair_se(u, j, k);
	size_t at = j * p->n + k;

	p->t[at] = standardised(u->estimate[j] - u->estimate[k], se) /
		   t_over_z(pair_df(u, j, k), tail);
	p->inverse[at] = se > 0 ? (float)(1 / se) : 0;
	p->keep[at] = true;
	p->kept++;
	if (se > 0)
		p->reach = fmax(p->reach, sqrt(sj * sj + sk * sk) / se * (1 + 1e-6));
}

static struct problem *problem_new(struct arena *a, size_t n, size_t count)
{
	struct problem *p = arena_new(a, 1, sizeof *p);

	p->n = n;
	p->keep = arena_new(a, n * n, sizeof *p->keep);
	p->t = arena_new(a, n * n, sizeof *p->t);
	p->inverse = arena_new(a, n * n, sizeof *p->inverse);
	p->scale = arena_new(a, n, sizeof *p->scale);
	p->largest = arena_new(a, count, sizeof *p->largest);
	return p;
}

/* Every pair open: of all units, or of one. */
static void problem_open(struct problem *p, const struct rankset_units *u, size_t only,
			 double level)
{
	size_t n = p->n, pairs = only == NO_UNIT ? n * (n - 1) : 2 * (n - 1);
	double tail = (1 - level) / (double)pairs;

	memset(p->keep, 0, n * n * sizeof *p->keep);
	p->kept = 0;
	p->only = only;
	p->reach = u->correlation ? 1 : 1 + 1e-6;
	for (size_t j = 0; j < n; j++) {
		p->scale[j] = (float)u->se[j];
		for (size_t k = 0; k < n; k++)
			if (only == NO_UNIT ? k != j : (k == only) != (j == only))
				add_pair(p, u, j, k, tail);
	}
}

static size_t reject(struct problem *p, double critical)
{
	size_t rejected = 0;

	for (size_t i = 0; i < p->n * p->n; i++)
		if (p->keep[i] && p->t[i] > critical) {
			p->keep[i] = false;
			rejected++;
		}
	p->kept -= rejected;
	return rejected;
}

/* The last critical value; NaN when there was no pair. */
static double step_down(struct problem *p, const struct rankset_draws *d, double level, bool steps)
{
	double critical = NAN;

	while (p->kept) {
		critical = critical_value(p, d, level);
		if (reject(p, critical) == 0 || !steps)
			break;
	}
	return critical;
}

/* Pairs no longer open were told apart. */
static struct rankset set_of(const struct problem *p, size_t j)
{
	struct rankset set = {1, p->n};

	for (size_t k = 0; k < p->n; k++) {
		if (k == j)
			continue;
		set.low += !p->keep[k * p->n + j];
		set.high -= !p->keep[j * p->n + k];
	}
	return set;
}

/* ---- without draws ------------------------------------------------------------------------- */

/* P(T > t_jk) when both are equal. */
static double tail_of(const struct rankset_units *u, size_t j, size_t k)
{
	double t = standardised(u->estimate[j] - u->estimate[k], pair_se(u, j, k));
	double df = pair_df(u, j, k);

	if (isinf(t))
		return t > 0 ? 0 : 1;
	return isinf(df) ? gsl_cdf_ugaussian_Q(t) : gsl_cdf_tdist_Q(t, df);
}

struct pair {
	double tail;
	size_t at; /* j * n + k */
};

static int by_tail(const void *a, const void *b)
{
	const struct pair *p = a, *q = b;

	if (p->tail != q->tail)
		return p->tail < q->tail ? -1 : 1;
	return p->at < q->at ? -1 : 1;
}

static void reject_by_tail(struct arena *a, struct problem *p, const struct rankset_units *u,
			   enum rankset_method m, double level)
{
	size_t n = p->n, pairs = n * (n - 1), i = 0;
	struct pair *pair = arena_new(a, pairs, sizeof *pair);
	double alpha = 1 - level;

	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < n; k++)
			if (j != k)
				pair[i++] = (struct pair){tail_of(u, j, k), j * n + k};
	qsort(pair, pairs, sizeof *pair, by_tail);
	for (i = 0; i < pairs; i++) {
		double most = alpha / (double)pairs;

		if (m == RANKSET_HOLM)
			most = alpha / (double)(pairs - i);
		else if (m == RANKSET_SIDAK)
			most = -expm1(2 * log1p(-alpha) / (double)pairs) / 2;
		if (!(pair[i].tail <= most))
			break;
		p->keep[pair[i].at] = false;
	}
}

static void reject_by_overlap(struct problem *p, const struct rankset_units *u, double level)
{
	double each = pow(level, 1 / (double)p->n);

	for (size_t j = 0; j < p->n; j++)
		for (size_t k = 0; k < p->n; k++) {
			double a = interval_t(each, u->df ? u->df[j] : INFINITY) * u->se[j];
			double b = interval_t(each, u->df ? u->df[k] : INFINITY) * u->se[k];

			if (j != k && u->estimate[j] - a > u->estimate[k] + b)
				p->keep[j * p->n + k] = false;
		}
}

/* ---- the sets ------------------------------------------------------------------------------ */

static double find_simultaneous(struct arena *a, struct problem *p, const struct rankset_units *u,
				enum rankset_method m, double level,
				const struct rankset_draws *draws)
{
	problem_open(p, u, NO_UNIT, level);
	switch (m) {
	case RANKSET_SIMULTANEOUS:
	case RANKSET_SINGLE: return step_down(p, draws, level, m == RANKSET_SIMULTANEOUS);
	case RANKSET_KWW: reject_by_overlap(p, u, level); break;
	default: reject_by_tail(a, p, u, m, level); break;
	}
	return NAN;
}

void rankset_sets(struct arena *a, const struct rankset_units *u, enum rankset_method m,
		  double level, const struct rankset_draws *draws, struct rankset *out,
		  double *critical)
{
	struct problem *p = problem_new(a, u->n, draws ? draws->count : 0);
	double c = NAN;

	if (m != RANKSET_MARGINAL && u->n > 1)
		c = find_simultaneous(a, p, u, m, level, draws);
	for (size_t j = 0; j < u->n; j++) {
		if (m == RANKSET_MARGINAL && u->n > 1) {
			problem_open(p, u, j, level);
			step_down(p, draws, level, true);
		}
		out[j] = u->n > 1 ? set_of(p, j) : (struct rankset){1, 1};
	}
	if (critical)
		*critical = c;
}

double rankset_whisker(const double *se, size_t n, double level)
{
	double sum = 0, pairs = 0;

	for (size_t j = 0; j < n; j++)
		for (size_t k = j + 1; k < n; k++, pairs++)
			sum += se[j] + se[k] > 0
				       ? (se[j] + se[k]) / sqrt(se[j] * se[j] + se[k] * se[k])
				       : 1;
	return pairs > 0 ? interval_t(level, INFINITY) / (sum / pairs) : NAN;
}
