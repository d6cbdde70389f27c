#include "analysis/trend.h"

#include <math.h>

struct trend trend_find(const double *year, const double *value, const double *covariance, size_t n)
{
	struct trend t = {0, 0};
	double mean = 0, square = 0;

	for (size_t i = 0; i < n; i++)
		mean += year[i] / (double)n;
	for (size_t i = 0; i < n; i++)
		square += (year[i] - mean) * (year[i] - mean);
	if (!(square > 0))
		return (struct trend){NAN, NAN};
	for (size_t i = 0; i < n; i++) {
		double c = (year[i] - mean) / square;

		t.slope += c * value[i];
		for (size_t k = 0; k < n; k++)
			t.variance += c * (year[k] - mean) / square *
				      (covariance ? covariance[i * n + k] : (double)NAN);
	}
	return t;
}
