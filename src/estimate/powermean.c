#include "estimate/powermean.h"

#include "base/number.h"

#include <math.h>

bool powermean_find(struct text name, double *p)
{
	static const struct {
		const char *name;
		double p;
	} known[] = {{"mean", 1}, {"geometric", 0}, {"harmonic", -1}};
	struct text head;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_is(name, known[i].name)) {
			*p = known[i].p;
			return true;
		}
	return span_starts(name, "power:") && span_split(&name, ':', &head) &&
	       number_parse(name, p) && *p != 0;
}

/* Has x a power p whose mean makes sense? */
static bool defined(double p, double x)
{
	return p == 1 || x > 0 || (p > 0 && x == 0);
}

/* The mean of x^p, or of ln x, brought back. */
static double mean_of(double p, size_t n, const double *x, const double *w, double weight)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]))
			sum += w[i] * (p == 0 ? log(x[i]) : p == 1 ? x[i] : pow(x[i], p));
	sum /= weight;
	return p == 0 ? exp(sum) : p == 1 ? sum : pow(sum, 1 / p);
}

double powermean(double p, size_t n, const double *x, const double *w, double threshold,
		 const char **reason)
{
	double all = 0, there = 0;

	*reason = NULL;
	for (size_t i = 0; i < n; i++) {
		all += w[i];
		if (isnan(x[i]))
			continue;
		there += w[i];
		if (!defined(p, x[i]))
			*reason = "a score is not above 0, as this mean needs";
	}
	if (there == 0)
		*reason = "no part has a value";
	else if (there < threshold * all * (1 - 1e-12)) /* sums of weights are rounded */
		*reason = "parts are missing";
	return *reason ? NAN : mean_of(p, n, x, w, there);
}

void powermean_slopes(double p, size_t n, const double *x, const double *w, double value,
		      double *slope)
{
	double there = 0;

	for (size_t i = 0; i < n; i++)
		there += isnan(x[i]) ? 0 : w[i];
	for (size_t i = 0; i < n; i++)
		slope[i] = isnan(x[i]) ? 0 : w[i] / there * pow(value / x[i], 1 - p);
}
