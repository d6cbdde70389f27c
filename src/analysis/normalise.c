#include "analysis/normalise.h"

#include "base/translation.h"

#include <math.h>

static const char *const names[NORMALISE__COUNT] = {
	[NORMALISE_MINMAX] = "minmax",
	[NORMALISE_GOALPOST] = "goalpost",
	[NORMALISE_Z] = "z",
	[NORMALISE_RANK] = "rank",
	[NORMALISE_BORDA] = "borda",
	[NORMALISE_PERCENTILE] = "percentile",
	[NORMALISE_DISTANCE] = "distance",
	[NORMALISE_FRACTION] = "fraction",
	[NORMALISE_NONE] = "none",
};

const char *normalise_name(enum normalise m)
{
	return names[m];
}

bool normalise_find(struct text name, enum normalise *out)
{
	size_t i = 0;

	while (i < NORMALISE__COUNT && !span_is(name, names[i]))
		i++;
	*out = (enum normalise)i;
	return i < NORMALISE__COUNT;
}

/* Of the values, each turned so that more is better. */
struct sample {
	size_t n, step, all;
	const double *x;
	double sign, lo, hi, mean, sd;
};

static double turned(const struct sample *s, size_t i)
{
	return s->sign * s->x[i * s->step];
}

static void describe(struct sample *s)
{
	double sum = 0, squares = 0;

	s->lo = s->hi = NAN;
	for (size_t i = 0; i < s->all; i++) {
		double v = turned(s, i);

		if (isnan(v))
			continue;
		s->n++;
		sum += v;
		s->lo = fmin(s->lo, v); /* fmin passes over NaN */
		s->hi = fmax(s->hi, v);
	}
	s->mean = sum / (double)s->n;
	for (size_t i = 0; i < s->all; i++)
		if (!isnan(turned(s, i)))
			squares += (turned(s, i) - s->mean) * (turned(s, i) - s->mean);
	s->sd = s->n > 1 && s->hi > s->lo ? sqrt(squares / (double)(s->n - 1)) : 0;
}

static double rank_of(const struct sample *s, double v)
{
	double rank = 1;

	for (size_t i = 0; i < s->all; i++)
		rank += turned(s, i) < v;
	return rank;
}

/* lo and hi as given, else of the sample. */
static void bound(const struct normalise_rule *r, struct sample *s)
{
	double lo = r->down ? -r->max : r->min, hi = r->down ? -r->min : r->max;

	s->lo = isnan(lo) ? s->lo : lo;
	s->hi = isnan(hi) ? s->hi : hi;
}

static const char *obstacle(const struct normalise_rule *r, const struct sample *s, double target)
{
	bool bounded = r->method == NORMALISE_MINMAX || r->method == NORMALISE_GOALPOST;

	if (s->n == 0)
		return N_("it has no value");
	if (r->down && (r->method == NORMALISE_FRACTION || r->method == NORMALISE_NONE))
		return N_("this method cannot turn an indicator whose direction is down");
	if (r->method == NORMALISE_GOALPOST && (isnan(r->min) || isnan(r->max)))
		return N_("goalposts are a given min and max");
	if ((bounded && !(s->hi > s->lo)) || (r->method == NORMALISE_Z && s->sd == 0))
		return N_("every value is the same");
	if (r->method == NORMALISE_PERCENTILE && s->n < 2)
		return N_("one value has no percentile");
	if (r->method == NORMALISE_DISTANCE && !(target > s->lo))
		return N_("its target is not better than its worst value");
	if (r->method == NORMALISE_FRACTION && !(s->hi > 0))
		return N_("its highest value is not above 0");
	return NULL;
}

static double score(const struct normalise_rule *r, const struct sample *s, double target, double v)
{
	switch (r->method) {
	case NORMALISE_GOALPOST: v = fmin(fmax(v, s->lo), s->hi); /* fallthrough */
	case NORMALISE_MINMAX: return r->low + (r->high - r->low) * (v - s->lo) / (s->hi - s->lo);
	case NORMALISE_Z: return (v - s->mean) / s->sd;
	case NORMALISE_RANK: return rank_of(s, v);
	case NORMALISE_BORDA: return rank_of(s, v) - 1;
	case NORMALISE_PERCENTILE: return (rank_of(s, v) - 1) / (double)(s->n - 1);
	case NORMALISE_DISTANCE: return (v - s->lo) / (target - s->lo);
	case NORMALISE_FRACTION: return v / s->hi;
	case NORMALISE_NONE:
	case NORMALISE__COUNT: break;
	}
	return v;
}

/* The bounds that the method looked at, of the values as they stand. */
static void report(const struct normalise_rule *r, const struct sample *s, double target,
		   struct normalised *out)
{
	double lo = s->lo, hi = r->method == NORMALISE_DISTANCE ? target : s->hi;
	bool used = r->method == NORMALISE_MINMAX || r->method == NORMALISE_GOALPOST ||
		    r->method == NORMALISE_DISTANCE;

	*out = (struct normalised){.n = s->n, .min = NAN, .max = NAN};
	if (!used)
		return;
	out->min = r->down ? -hi : lo;
	out->max = r->down ? -lo : hi;
}

const char *normalise(const struct normalise_rule *r, size_t n, size_t step, const double *x,
		      double *y, struct normalised *out)
{
	struct sample s = {.all = n, .step = step, .x = x, .sign = r->down ? -1 : 1};
	double target = s.sign * r->target;
	const char *reason;
	size_t clipped = 0;

	describe(&s);
	if (r->method == NORMALISE_MINMAX || r->method == NORMALISE_GOALPOST ||
	    r->method == NORMALISE_DISTANCE)
		bound(r, &s);
	if (isnan(target))
		target = s.hi;
	report(r, &s, target, out);
	reason = obstacle(r, &s, target);
	for (size_t i = 0; i < n; i++) {
		double v = turned(&s, i);

		y[i * step] = reason || isnan(v) ? NAN : score(r, &s, target, v);
		clipped += r->method == NORMALISE_GOALPOST && (v < s.lo || v > s.hi);
	}
	out->clipped = clipped;
	return reason;
}
