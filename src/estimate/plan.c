#include "estimate/plan.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define MOST_CLUSTERS 1e7 /* beyond, the question is not serious */

double plan_deff(double size, double icc)
{
	return 1 + (size - 1) * icc;
}

/* Up to a whole number; 400.0000000001 is 400. */
static double whole(double x)
{
	return ceil(x - 1e-9 * x);
}

static bool is_share(double x)
{
	return x > 0 && x < 1;
}

static double z_of(double level)
{
	return gsl_cdf_ugaussian_Pinv((1 + level) / 2);
}

static double t_of(double probability, double df)
{
	return df > 0 ? gsl_cdf_tdist_Pinv(probability, df) : NAN;
}

double plan_people(const struct plan_goal *g, double half_width, double deff, double population)
{
	double z = z_of(g->level), n;

	if (!is_share(g->p) || !is_share(g->level) || !(half_width > 0) || !(deff > 0))
		return NAN;
	n = z * z * g->p * (1 - g->p) / (half_width * half_width);
	n = deff * n / (1 + (n - 1) / population);
	return fmin(whole(n), population);
}

double plan_yamane(double population, double e)
{
	return population > 0 && e > 0 ? whole(population / (1 + population * e * e)) : NAN;
}

/* The variance of the change from p to q, times n / deff. */
static double change_variance(double p, double q, double rho)
{
	double v = p * (1 - p), w = q * (1 - q);

	return v + w - 2 * rho * sqrt(v * w);
}

double plan_people_change(const struct plan_goal *g, double change, double deff)
{
	double q = g->p + change, z = z_of(g->level) + gsl_cdf_ugaussian_Pinv(g->power);

	if (!is_share(g->p) || !is_share(g->level) || !is_share(g->power) || change == 0 ||
	    !(q >= 0 && q <= 1) || !(deff > 0))
		return NAN;
	return whole(z * z * deff * change_variance(g->p, q, g->rho) / (change * change));
}

double plan_df(const struct plan_sample *s)
{
	return s->clusters - s->strata;
}

/* The variance of a share of variance 1 among people. */
static double unit_variance(const struct plan_sample *s)
{
	double n = s->clusters * s->size;

	return plan_deff(s->size, s->icc) / n * fmax(0, 1 - n / s->population);
}

double plan_error(const struct plan_sample *s, double p)
{
	return is_share(p) ? sqrt(unit_variance(s) * p * (1 - p)) : NAN;
}

double plan_half_width(const struct plan_sample *s, const struct plan_goal *g)
{
	return t_of((1 + g->level) / 2, plan_df(s)) * plan_error(s, g->p);
}

/* How far the change lies beyond what is found with the power asked for. */
static double surplus(const struct plan_sample *s, const struct plan_goal *g, double change)
{
	double df = plan_df(s);
	double t = t_of((1 + g->level) / 2, df) + t_of(g->power, df);

	return fabs(change) -
	       t * sqrt(unit_variance(s) * change_variance(g->p, g->p + change, g->rho));
}

/* The fewest clusters for which `enough`; more clusters are never worse. */
static double fewest(struct plan_sample s,
		     bool (*enough)(const struct plan_sample *, const struct plan_goal *, double),
		     const struct plan_goal *g, double wanted)
{
	double low = s.strata, high = s.strata + 1;

	for (;; low = high, high *= 2) {
		s.clusters = high;
		if (enough(&s, g, wanted))
			break;
		if (high > MOST_CLUSTERS)
			return NAN;
	}
	while (high - low > 1) {
		s.clusters = floor((low + high) / 2);
		*(enough(&s, g, wanted) ? &high : &low) = s.clusters;
	}
	return high;
}

static bool narrow(const struct plan_sample *s, const struct plan_goal *g, double half_width)
{
	return plan_half_width(s, g) <= half_width * (1 + 1e-12);
}

static bool found(const struct plan_sample *s, const struct plan_goal *g, double change)
{
	return surplus(s, g, change) >= -1e-12;
}

double plan_clusters(const struct plan_sample *s, const struct plan_goal *g, double half_width)
{
	return half_width > 0 ? fewest(*s, narrow, g, half_width) : NAN;
}

double plan_clusters_change(const struct plan_sample *s, const struct plan_goal *g, double change)
{
	double q = g->p + change;

	return change != 0 && is_share(g->p) && q >= 0 && q <= 1 ? fewest(*s, found, g, change)
								 : NAN;
}

double plan_detectable(const struct plan_sample *s, const struct plan_goal *g, bool rise)
{
	double low = 0, high = rise ? 1 - g->p : g->p, sign = rise ? 1 : -1;

	if (!is_share(g->p) || !(surplus(s, g, sign * high) >= 0))
		return NAN;
	while (high - low > 1e-12) {
		double middle = (low + high) / 2;

		*(surplus(s, g, sign * middle) < 0 ? &low : &high) = middle;
	}
	return high;
}
