#include "analysis/spread.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

struct spread spread_of(struct arena *a, const double *values, size_t n)
{
	double *x = arena_new(a, n, sizeof *x);
	struct spread s = {0, NAN, NAN, NAN, NAN, NAN, NAN};

	for (size_t i = 0; i < n; i++)
		if (!isnan(values[i]))
			x[s.n++] = values[i];
	if (s.n == 0)
		return s;
	gsl_sort(x, 1, s.n);
	s.mean = gsl_stats_mean(x, 1, s.n);
	s.min = x[0];
	s.max = x[s.n - 1];
	s.q1 = gsl_stats_quantile_from_sorted_data(x, 1, s.n, 0.25);
	s.median = gsl_stats_median_from_sorted_data(x, 1, s.n);
	s.q3 = gsl_stats_quantile_from_sorted_data(x, 1, s.n, 0.75);
	return s;
}

struct spread spread_national(struct arena *a, const struct result *r, long year, struct text item)
{
	size_t n;
	const struct result_row *row = result_group(r, year, item, &n);
	double *x = arena_new(a, n, sizeof *x);

	for (size_t i = 0; i < n; i++)
		x[i] = row[i].estimate;
	return spread_of(a, x, n);
}

double spread_percentile(double rank, double n)
{
	return n > 1 ? 100 * (n - rank) / (n - 1) : NAN;
}
