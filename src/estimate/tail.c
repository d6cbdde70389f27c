#include "estimate/tail.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double tail_t(double t, double df)
{
	if (isnan(t) || !(df > 0))
		return NAN;
	return 2 * (isinf(df) ? gsl_cdf_ugaussian_Q(fabs(t)) : gsl_cdf_tdist_Q(fabs(t), df));
}

double tail_chisq(double x, double df)
{
	return isnan(x) || !(df > 0) ? NAN : gsl_cdf_chisq_Q(x, df);
}

double tail_f(double f, double ndf, double ddf)
{
	if (isnan(f) || !(ndf > 0) || !(ddf > 0))
		return NAN;
	return isinf(ddf) ? gsl_cdf_chisq_Q(f * ndf, ndf) : gsl_cdf_fdist_Q(f, ndf, ddf);
}

/* Q = sum lambda_i chi2_1 - weight chi2_times and its tail above x: without a denominator weight
 * is 0 and x the statistic, else x is 0. Everything is divided by the largest lambda. */
struct form {
	const double *lambda;
	size_t n;
	double most; /* the largest lambda */
	double weight, times, x;
};

/* Derivatives 0, 1, 2 of the cumulant generating function of Q at s. */
struct cumulant {
	double k0, k1, k2;
};

static void add_term(struct cumulant *c, double s, double lambda, double times)
{
	double d = 1 - 2 * s * lambda;

	c->k0 -= times * log(d) / 2;
	c->k1 += times * lambda / d;
	c->k2 += 2 * times * lambda * lambda / (d * d);
}

static struct cumulant cumulant_at(const struct form *q, double s)
{
	struct cumulant c = {0, 0, 0};

	for (size_t i = 0; i < q->n; i++)
		add_term(&c, s, q->lambda[i] / q->most, 1);
	if (q->weight > 0)
		add_term(&c, s, -q->weight, q->times);
	return c;
}

/* k1 rises over the whole interval where Q has a moment generating function. */
static double saddlepoint(const struct form *q)
{
	double low = q->weight > 0 ? -0.5 / q->weight : -(double)q->n / (2 * q->x), high = 0.5;

	for (int step = 0; step < 200; step++) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			break;
		if (cumulant_at(q, middle).k1 < q->x)
			low = middle;
		else
			high = middle;
	}
	return low + (high - low) / 2;
}

/* F with the first two moments of the sum. */
static double satterthwaite(double x, const double *lambda, size_t n, double ddf)
{
	double sum = 0, squares = 0;

	for (size_t i = 0; i < n; i++) {
		sum += lambda[i];
		squares += lambda[i] * lambda[i];
	}
	return tail_f(x / sum, sum * sum / squares, ddf);
}

double tail_sum(double x, const double *lambda, size_t n, double ddf)
{
	/* 1.9999999999999998 times 199 is 398 */
	struct form q = {.lambda = lambda, .n = n, .times = floor(ddf * (1 + 1e-12))};
	struct cumulant c;
	double s, w, v;

	for (size_t i = 0; i < n; i++)
		q.most = fmax(q.most, lambda[i]);
	if (isnan(x) || !(ddf > 0) || !(q.most > 0))
		return NAN;
	if (!(x > 0))
		return 1;
	if (isinf(ddf))
		q.x = x / q.most;
	else
		q.weight = x / ddf / q.most;
	s = q.times >= 1 ? saddlepoint(&q) : 0;
	/* Below this the formula is 0/0; the bound is R's. */
	if (fabs(s) < 1e-4)
		return satterthwaite(x, lambda, n, ddf);
	c = cumulant_at(&q, s);
	w = copysign(sqrt(2 * (s * q.x - c.k0)), s);
	v = s * sqrt(c.k2);
	return gsl_cdf_ugaussian_Q(w + log(v / w) / w);
}
