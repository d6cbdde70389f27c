#include "estimate/interval.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Below this a proportion is 0 and a standard error is none: both are sums of weights that round.
 */
static const double dust = 1e-12;

/* ---- quantiles ------------------------------------------------------------------------------ */

double interval_t(double level, double df)
{
	double t;

	if (!(level > 0 && level < 1) || !(df > 0))
		return NAN;
	t = isinf(df) ? gsl_cdf_ugaussian_Qinv((1 - level) / 2)
		      : gsl_cdf_tdist_Qinv((1 - level) / 2, df);
	return isfinite(t) ? t : NAN;
}

double interval_level_t(const struct interval_level *l, double df)
{
	struct interval_known *at;

	if (!l->known || !(df > 0))
		return interval_t(l->level, df);
	at = &l->known[df < 1e9 ? (size_t)df % INTERVAL_KNOWN : 0];
	if (at->df != df) /* none has 0 */
		*at = (struct interval_known){df, interval_t(l->level, df)};
	return at->t;
}

static double off_zero(double x)
{
	return fabs(x) < 1e-300 ? 1e-300 : x;
}

/* beta_fraction: the continued fraction of the incomplete beta function (DLMF 8.17.22, by Lentz's
 * method); needs x < (a+1)/(a+b+2), and then about sqrt(a+b) steps. */
static double beta_fraction(double a, double b, double x)
{
	double ratio[2] = {1, 1 / off_zero(1 - (a + b) * x / (a + 1))}, all = ratio[1];

	for (int i = 1; i < 200000; i++) {
		double m = i, even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
		       odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

		ratio[0] = off_zero(1 + even / ratio[0]);
		ratio[1] = 1 / off_zero(1 + even * ratio[1]);
		all *= ratio[0] * ratio[1];
		ratio[0] = off_zero(1 + odd / ratio[0]);
		ratio[1] = 1 / off_zero(1 + odd * ratio[1]);
		all *= ratio[0] * ratio[1];
		if (fabs(ratio[0] * ratio[1] - 1) < 1e-15)
			return all;
	}
	return NAN;
}

/* 1/(1 + e^-y), and its logarithm */
static double from_logit(double y)
{
	return 1 / (1 + exp(-y));
}

static double from_logit_log(double y)
{
	return y > 0 ? -log1p(exp(-y)) : y - log1p(exp(y));
}

/* A point of the beta distribution on the scale y = ln(x/(1-x)), where it is log-concave. */
struct beta_point {
	double log_density, log_below; /* of y; ln P(Y <= y) */
};

static struct beta_point beta_at(double a, double b, double log_b, double y)
{
	double log_x = from_logit_log(y), log_1_x = from_logit_log(-y), x = exp(log_x);
	struct beta_point at = {.log_density = a * log_x + b * log_1_x - log_b};

	if (x < (a + 1) / (a + b + 2))
		at.log_below = at.log_density + log(beta_fraction(a, b, x) / a);
	else
		at.log_below =
			log1p(-exp(at.log_density + log(beta_fraction(b, a, exp(log_1_x)) / b)));
	return at;
}

/* beta_start: somewhere near the quantile on the scale y: by the normal limit, or by the tail. */
static double beta_start(double a, double b, double log_b, double q)
{
	if (a <= 1 || b <= 1)
		return fmin((log(q) + log(a) + log_b) / a, 0);
	return log(a / b) - gsl_cdf_ugaussian_Qinv(q) * sqrt(1 / a + 1 / b);
}

/* beta_quantile: x with P(X <= x) = q <= 1/2. gsl_cdf_beta_Pinv gives NaN or loops for many a and b
 * met here (n* of 2, of 10 000). Newton's method on ln P(Y <= y) ends from any start, as that is
 * concave: the first step at the latest leads to the left of the quantile, and none crosses it. */
static double beta_quantile(double q, double a, double b)
{
	gsl_sf_result log_b;
	double y;

	if (gsl_sf_lnbeta_e(a, b, &log_b) != GSL_SUCCESS)
		return NAN;
	y = beta_start(a, b, log_b.val, q);
	for (int i = 0; i < 200; i++) {
		struct beta_point at = beta_at(a, b, log_b.val, y);
		double off = log(q) - at.log_below;

		y += off * exp(at.log_below - at.log_density);
		if (fabs(off) < 1e-7 + 4e-16 * (a + b)) /* what is left is its square */
			return from_logit(y);
		if (!isfinite(y))
			break;
	}
	return NAN;
}

/* ---- proportions inside (0, 1) -------------------------------------------------------------- */

/* A proportion and what every method may need; all of it is fit for use, 0 < p < 1. */
struct sample {
	double p, se, n, t, n_eff; /* t at the level */
	const struct interval_level *level;
};

struct limits {
	double low, high;
};

static double unit(double x)
{
	return fmin(fmax(x, 0), 1);
}

/* Beta(x + below, n - x + above) from below, mirrored from above: below + above = 1. */
static struct limits beta_limits(double x, double n, double below, double level)
{
	double q = (1 - level) / 2, above = 1 - below, p = x / n;

	if (n > 1e9) { /* the continued fraction would be long; the normal limit is as good */
		double half = gsl_cdf_ugaussian_Qinv(q) * sqrt(p * (1 - p) / n);

		return (struct limits){unit(p - half), unit(p + half)};
	}
	return (struct limits){
		x > 0 ? beta_quantile(q, x + below, n - x + above) : 0,
		x < n ? 1 - beta_quantile(q, n - x + below, x + above) : 1,
	};
}

/* The square of t[n-1]/t[df], t the latter. */
static double df_factor(double n, double t, const struct interval_level *level)
{
	double ratio = interval_level_t(level, n - 1) / t;

	return ratio * ratio;
}

static struct limits logit(const struct sample *s)
{
	double y = log(s->p / (1 - s->p)), half = s->t * s->se / (s->p * (1 - s->p));

	return (struct limits){from_logit(y - half), from_logit(y + half)};
}

static struct limits arcsine(const struct sample *s)
{
	double angle = asin(sqrt(s->p)), half = s->t * s->se / (2 * sqrt(s->p * (1 - s->p)));
	double low = sin(fmax(angle - half, 0)), high = sin(fmin(angle + half, acos(0)));

	return (struct limits){low * low, high * high};
}

static struct limits beta(const struct sample *s)
{
	double n = s->n_eff * df_factor(s->n, s->t, s->level);

	return beta_limits(n * s->p, n, 0, s->level->level);
}

static struct limits korn_graubard(const struct sample *s)
{
	double n = fmin(s->n, s->n_eff * df_factor(s->n, s->t, s->level));

	return beta_limits(n * s->p, n, 0, s->level->level);
}

static struct limits clopper_pearson(const struct sample *s)
{
	double n = fmin(s->n, s->n_eff);

	return beta_limits(n * s->p, n, 0, s->level->level);
}

static struct limits jeffreys(const struct sample *s)
{
	double n = s->n_eff * df_factor(s->n, s->t, s->level);

	struct limits l = beta_limits(n * s->p, n, 0.5, s->level->level);

	/* far less than one effective answer yes (or no): the added halves would leave p outside */
	return (struct limits){fmin(l.low, s->p), fmax(l.high, s->p)};
}

static struct limits wilson(const struct sample *s)
{
	double t2 = s->t * s->t, n = s->n_eff, middle = s->p + t2 / (2 * n),
	       half = s->t / (2 * n) * sqrt(4 * n * s->p * (1 - s->p) + t2), by = 1 + t2 / n;

	return (struct limits){unit((middle - half) / by), unit((middle + half) / by)};
}

static struct limits agresti_coull(const struct sample *s)
{
	double t2 = s->t * s->t, n = s->n_eff + t2, p = (s->n_eff * s->p + t2 / 2) / n,
	       half = s->t * sqrt(p * (1 - p) / n);

	return (struct limits){unit(p - half), unit(p + half)};
}

/* likelihood_limit: the root on one side of p <= 1/2, by Newton's method in y = ln(q/(1-q)), where
 * the divergence is convex: the first step leads to the root or beyond it, and none comes back. */
static double likelihood_limit(double p, double divergence, double y)
{
	for (int i = 0; i < 200; i++) {
		double log_q = from_logit_log(y), log_1_q = from_logit_log(-y),
		       off = p * (log(p) - log_q) + (1 - p) * (log1p(-p) - log_1_q) - divergence,
		       step = off / (exp(log_q) - p);

		y -= step;
		if (fabs(step) < 1e-13 * (1 + fabs(y)))
			break;
	}
	return from_logit(y);
}

static struct limits likelihood(const struct sample *s)
{
	bool mirrored = s->p > 0.5; /* q - p needs the digits of the smaller side */
	double p = mirrored ? 1 - s->p : s->p, y = log(p / (1 - p)),
	       half = s->t * s->se / (p * (1 - p)),
	       divergence = s->t * s->t * s->n / (2 * s->n_eff * (s->n - 1));
	struct limits l;

	if (half < 1e-5) /* the divergence is rounding by then, and its third order is nothing */
		return logit(s);
	l.low = likelihood_limit(p, divergence, y - half);
	l.high = likelihood_limit(p, divergence, y + half);
	return mirrored ? (struct limits){1 - l.high, 1 - l.low} : l;
}

static const struct {
	const char *name;
	struct limits (*limits)(const struct sample *s);
	bool capped; /* n rows bound it: no standard error is too small for it */
} methods[] = {
	[INTERVAL_WALD] = {"wald", NULL, false}, /* as of any estimate */
	[INTERVAL_LOGIT] = {"logit", logit, false},
	[INTERVAL_XLOGIT] = {"xlogit", logit, false},
	[INTERVAL_ASIN] = {"asin", arcsine, false},
	[INTERVAL_BETA] = {"beta", beta, false},
	[INTERVAL_KG] = {"kg", korn_graubard, true},
	[INTERVAL_WILSON] = {"wilson", wilson, false},
	[INTERVAL_AC] = {"ac", agresti_coull, false},
	[INTERVAL_JEFFREYS] = {"jeffreys", jeffreys, false},
	[INTERVAL_LIKELIHOOD] = {"likelihood", likelihood, false},
	[INTERVAL_CP] = {"clopper-pearson", clopper_pearson, true},
};

/* ---- what others call ----------------------------------------------------------------------- */

const char *interval_name(enum interval_method m)
{
	return methods[m].name;
}

bool interval_find(struct text name, enum interval_method *out)
{
	for (unsigned i = 0; i < INTERVAL__COUNT; i++)
		if (span_is(name, methods[i].name)) {
			*out = (enum interval_method)i;
			return true;
		}
	return false;
}

static struct interval none(enum interval_method m, const char *reason)
{
	return (struct interval){.low = NAN, .high = NAN, .reason = reason, .used = m};
}

static struct interval given(enum interval_method m, struct limits l)
{
	if (isnan(l.low) || isnan(l.high))
		return none(m, "the limits cannot be computed");
	return (struct interval){.low = l.low, .high = l.high, .used = m};
}

/* Why there can be no interval of any method; NULL when there can. t is interval_t's answer. */
static const char *unfit(double estimate, double t, double level)
{
	if (isnan(estimate))
		return "no answers";
	if (!(level > 0 && level < 1))
		return "the level is not between 0 and 1";
	if (isnan(t))
		return "no degrees of freedom";
	return NULL;
}

struct interval interval_level_wald(const struct interval_level *l, double estimate, double se,
				    double df)
{
	double t = interval_level_t(l, df), half = t * se;
	const char *reason = unfit(estimate, t, l->level);

	if (reason)
		return none(INTERVAL_WALD, reason);
	if (!(se >= 0))
		return none(INTERVAL_WALD, "no variance");
	return given(INTERVAL_WALD, (struct limits){estimate - half, estimate + half});
}

struct interval interval_wald(double estimate, double se, double df, double level)
{
	return interval_level_wald(&(struct interval_level){.level = level}, estimate, se, df);
}

static bool at_edge(double p)
{
	return fabs(p) <= dust || fabs(p - 1) <= dust;
}

double interval_effective_n(double p, double se)
{
	if (!(p > 0 && p < 1) || at_edge(p) || !(se >= 0))
		return NAN;
	return se < dust ? INFINITY : p * (1 - p) / (se * se);
}

double interval_adjusted_n(double p, double se, double n, double df, double level)
{
	const struct interval_level l = {.level = level};

	return interval_effective_n(p, se) * df_factor(n, interval_t(level, df), &l);
}

/* The n* of kg, at most n; t[0] has no end, so that one answer counts as one. */
static double capped_n(double p, double se, double n, double t, const struct interval_level *level,
		       double deff0)
{
	double n_eff = at_edge(p) ? n / (deff0 > 0 ? deff0 : 1) : interval_effective_n(p, se);

	if (n <= 1 && at_edge(p))
		return n;
	n_eff *= df_factor(n, t, level);
	return isnan(n_eff) ? NAN : fmin(n, n_eff);
}

double interval_level_capped_n(const struct interval_level *l, double p, double se, double n,
			       double df, double deff0)
{
	double t = interval_level_t(l, df);

	return n > 0 && !unfit(p, t, l->level) ? capped_n(p, se, n, t, l, deff0) : NAN;
}

double interval_capped_n(double p, double se, double n, double df, double level, double deff0)
{
	return interval_level_capped_n(&(struct interval_level){.level = level}, p, se, n, df,
				       deff0);
}

/* One limit of wilson, of x answers of n that need not be whole. */
static double wilson_limit(double x, double n, double t, double side)
{
	return (x + t * t / 2 + side * t * sqrt(x * (n - x) / n + t * t / 4)) / (n + t * t);
}

/* Wilson's limits with a continuity correction have 0.979 to 1.063 of the width that counts here:
 * tests/interval.c looks at all sizes. */
void interval_kg_width(double p, double n, double *least, double *most)
{
	const double t = 1.959963984540054; /* at 0.95 */
	double x = n * p, width;

	*least = 0;
	*most = 1;
	if (!(n >= 30 && n <= 1e9 && x >= 4 && n - x >= 4))
		return;
	width = wilson_limit(x + 0.5, n, t, 1) - wilson_limit(x - 0.5, n, t, -1);
	*least = width * 0.92;
	*most = width * 1.04;
}

/* edge: the one-sided bound at 0 and 1, where B^-1(1-q; 1, n) = 1 - q^(1/n). */
static struct interval edge(double p, double n, double level)
{
	double beyond = -expm1(log((1 - level) / 2) / n);

	return given(INTERVAL_KG,
		     p < 0.5 ? (struct limits){0, beyond} : (struct limits){1 - beyond, 1});
}

struct interval interval_level_proportion(const struct interval_level *l, enum interval_method m,
					  double p, double se, double n, double df, double deff0)
{
	struct sample s = {.p = p, .se = se, .n = n, .t = interval_level_t(l, df), .level = l};
	const char *reason = n > 0 ? unfit(p, s.t, l->level) : "no answers";

	if (reason)
		return none(m, reason);
	if (at_edge(p))
		return edge(p, capped_n(p, se, n, s.t, l, deff0), l->level);
	if (m == INTERVAL_WALD)
		return interval_level_wald(l, p, se, df);
	if (p < 0 || p > 1)
		return none(m, "the proportion is not between 0 and 1");
	if (n <= 1)
		return none(m, "too few answers");
	if (!(se >= 0))
		return none(m, "no variance");
	if (se < dust && !methods[m].capped)
		return given(m, (struct limits){p, p});
	s.n_eff = interval_effective_n(p, se);
	return given(m, methods[m].limits(&s));
}

struct interval interval_proportion(enum interval_method m, double p, double se, double n,
				    double df, double level, double deff0)
{
	return interval_level_proportion(&(struct interval_level){.level = level}, m, p, se, n, df,
					 deff0);
}

struct interval interval_counts(double x, double n, enum interval_method m, double level)
{
	struct sample s = {.p = x / n, .n = n, .n_eff = n, .t = interval_t(level, INFINITY)};
	const char *reason = n > 0 ? unfit(x, s.t, level) : "no answers";

	if (reason)
		return none(m, reason);
	if (!(x >= 0 && x <= n))
		return none(m, "the count is not between 0 and n");
	switch (m) {
	case INTERVAL_CP: return given(m, beta_limits(x, n, 0, level));
	case INTERVAL_JEFFREYS: return given(m, beta_limits(x, n, 0.5, level));
	case INTERVAL_WILSON: return given(m, wilson(&s));
	case INTERVAL_AC: return given(m, agresti_coull(&s));
	case INTERVAL_WALD:
	case INTERVAL_LOGIT:
	case INTERVAL_XLOGIT:
	case INTERVAL_ASIN:
	case INTERVAL_BETA:
	case INTERVAL_KG:
	case INTERVAL_LIKELIHOOD:
	case INTERVAL__COUNT: break;
	}
	return none(m, "no such interval from counts");
}
