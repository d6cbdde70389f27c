#include "estimate/statistic.h"

#include <math.h>

static const char *const names[STATISTIC__COUNT] = {
	[STATISTIC_MEAN] = "mean",         [STATISTIC_PROPORTION] = "proportion",
	[STATISTIC_RATE] = "rate",         [STATISTIC_TOTAL] = "total",
	[STATISTIC_RATIO] = "ratio",       [STATISTIC_VARIANCE] = "variance",
	[STATISTIC_QUANTILE] = "quantile", [STATISTIC_DISTRIBUTION] = "distribution",
};

const char *statistic_name(enum statistic s)
{
	return names[s];
}

bool statistic_find(struct text name, enum statistic *out)
{
	for (size_t i = 0; i < STATISTIC__COUNT; i++)
		if (span_is(name, names[i])) {
			*out = (enum statistic)i;
			return true;
		}
	return false;
}

bool statistic_is_share(enum statistic s)
{
	return s == STATISTIC_PROPORTION || s == STATISTIC_RATE || s == STATISTIC_DISTRIBUTION;
}

static double mean(const struct moments *m)
{
	return m->wy / m->w; /* about the shift */
}

/* Of the values, about their mean; not below 0 by rounding. */
static double mean_square(const struct moments *m)
{
	double square = m->wyy / m->w - mean(m) * mean(m);

	return square > 0 ? square : 0;
}

double moments_variance(const struct moments *m)
{
	return m->n > 1 ? m->n / (m->n - 1) * mean_square(m) : NAN;
}

double moments_kish(const struct moments *m)
{
	return m->n > 0 ? m->n * m->ww / (m->w * m->w) : NAN;
}

double statistic_value(enum statistic s, const struct moments *m)
{
	if (m->n == 0)
		return NAN;
	switch (s) {
	case STATISTIC_MEAN:
	case STATISTIC_PROPORTION:
	case STATISTIC_RATE:
	case STATISTIC_DISTRIBUTION: return m->shift + mean(m);
	case STATISTIC_TOTAL: return m->wy + m->shift * m->w;
	case STATISTIC_RATIO: return m->wx != 0 ? m->wy / m->wx : NAN;
	case STATISTIC_VARIANCE: return moments_variance(m);
	case STATISTIC_QUANTILE:
	case STATISTIC__COUNT: break;
	}
	return NAN;
}

struct influence statistic_influence(enum statistic s, const struct moments *m)
{
	double k = m->n / (m->n - 1), y = mean(m);

	switch (s) {
	case STATISTIC_MEAN:
	case STATISTIC_PROPORTION:
	case STATISTIC_RATE:
	case STATISTIC_DISTRIBUTION: return (struct influence){.w = -y / m->w, .wy = 1 / m->w};
	case STATISTIC_TOTAL: return (struct influence){.w = m->shift, .wy = 1};
	case STATISTIC_RATIO:
		return (struct influence){.wy = 1 / m->wx, .wx = -m->wy / m->wx / m->wx};
	case STATISTIC_VARIANCE:
		return (struct influence){.w = k * (y * y - mean_square(m)) / m->w,
					  .wy = -2 * k * y / m->w,
					  .wyy = k / m->w};
	case STATISTIC_QUANTILE:
	case STATISTIC__COUNT: break;
	}
	return (struct influence){NAN, NAN, NAN, NAN};
}

/* S2 of the residuals y - R x of a ratio. */
static double ratio_variance(const struct moments *m)
{
	double r = m->wy / m->wx;
	double square = (m->wyy - 2 * r * m->wxy + r * r * m->wxx) / m->w;

	return m->n > 1 ? m->n / (m->n - 1) * square : NAN;
}

double statistic_srs_variance(enum statistic s, const struct moments *m, enum deff reference)
{
	double population = m->w, v;

	if (m->n < 2 || (reference == DEFF_WOR && population < m->n))
		return NAN;
	if (s == STATISTIC_VARIANCE || s == STATISTIC_QUANTILE)
		return NAN;
	v = (s == STATISTIC_RATIO ? ratio_variance(m) : moments_variance(m)) / m->n;
	if (reference == DEFF_WOR)
		v *= (population - m->n) / population;
	if (s == STATISTIC_TOTAL)
		v *= population * population;
	if (s == STATISTIC_RATIO)
		v *= population * population / m->wx / m->wx;
	return v;
}
