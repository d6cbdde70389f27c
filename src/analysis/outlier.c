#include "analysis/outlier.h"

#include <math.h>

struct outlier outlier_of(size_t n, size_t step, const double *x)
{
	double k = 0, sum = 0, s2 = 0, s3 = 0, s4 = 0;
	struct outlier o = {NAN, NAN, false};

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i * step])) {
			sum += x[i * step];
			k++;
		}
	for (size_t i = 0; i < n; i++) {
		double d = x[i * step] - sum / k;

		if (isnan(d))
			continue;
		s2 += d * d;
		s3 += d * d * d;
		s4 += d * d * d * d;
	}
	if (s2 > 0 && k > 2)
		o.skew = sqrt(k) * s3 / pow(s2, 1.5) * sqrt(k * (k - 1)) / (k - 2);
	if (s2 > 0 && k > 3)
		o.kurtosis =
			((k + 1) * (k * s4 / (s2 * s2) - 3) + 6) * (k - 1) / ((k - 2) * (k - 3));
	o.outlying = fabs(o.skew) >= 2 && o.kurtosis >= 3.5;
	return o;
}

/* The end of the values on one side, and the next value inside it (NaN: there is none). */
static void find_end(size_t n, size_t step, const double *x, double side, double *end, double *next)
{
	*end = *next = NAN;
	for (size_t i = 0; i < n; i++)
		*end = fmax(*end, side * x[i * step]);
	for (size_t i = 0; i < n; i++)
		if (side * x[i * step] < *end)
			*next = fmax(*next, side * x[i * step]);
}

size_t outlier_winsorise(struct arena *a, size_t n, size_t step, double *x, bool *changed)
{
	bool *set = changed ? changed : arena_new(a, n, sizeof *set);
	size_t done = 0;
	struct outlier o;

	for (size_t i = 0; i < n; i++)
		set[i] = false;
	while (o = outlier_of(n, step, x), o.outlying) {
		double side = o.skew >= 0 ? 1 : -1, end, next;
		size_t more = 0;

		find_end(n, step, x, side, &end, &next);
		for (size_t i = 0; i < n; i++)
			more += side * x[i * step] == end && !set[i];
		if (isnan(next) || done + more > OUTLIER_MOST)
			break;
		for (size_t i = 0; i < n; i++)
			if (side * x[i * step] == end) {
				x[i * step] = side * next;
				set[i] = true;
			}
		done += more;
	}
	return done;
}
