#include "analysis/places.h"

#include <math.h>

void places_rank(size_t n, const double *x, double *rank)
{
	for (size_t i = 0; i < n; i++) {
		rank[i] = isnan(x[i]) ? NAN : 1;
		for (size_t k = 0; k < n; k++)
			rank[i] += x[k] > x[i];
	}
}

/* Weight where the first is better, less weight where the second is, as a share of both. */
static double advantage(size_t k, const double *x, const double *y, const double *w)
{
	double balance = 0, all = 0;

	for (size_t i = 0; i < k; i++) {
		if (isnan(x[i]) || isnan(y[i]))
			continue;
		balance += w[i] * ((x[i] > y[i]) - (x[i] < y[i]));
		all += w[i];
	}
	return all > 0 ? balance / all : 0;
}

void places_copeland(size_t n, size_t k, const double *x, const double *w, double *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = isnan(out[i]) ? NAN : 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			double a = advantage(k, x + i * k, x + j * k, w);

			if (isnan(out[i]) || isnan(out[j]) || fabs(a) < 1e-12)
				continue; /* sums of weights are rounded: this is a draw */
			out[i] += a > 0 ? 1 : -1;
			out[j] -= a > 0 ? 1 : -1;
		}
}
