/* composites.h -- ten invented units and five indicators with missing values, and what R's COINr
 * 1.1.14 makes of them: scores by each method, means, skew and kurtosis. i5 is better when it is
 * less; the weights are 2, 1, 1, 1 and 3. */
#ifndef TESTS_COMPOSITES_H
#define TESTS_COMPOSITES_H

#include "help.h"

#include <gsl/gsl_errno.h>
#include <math.h>

#define UNITS 10
#define ITEMS 5

static const double weights[ITEMS] = {2, 1, 1, 1, 3};

static const double values[UNITS][ITEMS] = {
	{72.4, 3.2, 0.12, 10, 5},  {81.3, 4.1, 0.3, 14, 4},  {65, 2.9, 0.22, 9, 7},
	{90.1, 4.6, 0.55, 25, 2},  {77.7, 3.8, 0.41, 60, 3}, {NAN, 3.5, 0.18, 12, 6},
	{84.2, NAN, 0.36, 11, 4},  {69.9, 3.1, NAN, 8, 8},   {88, 4.4, 0.61, 13, 1},
	{75.5, 3.3, 0.27, NAN, 5},
};

/* Min-max over the units on 1 to 10. */
static const double scores[UNITS][ITEMS] = {
	{3.65338645418327, 2.58823529411765, 1, 1.34615384615385, 4.85714285714286},
	{6.84462151394422, 7.35294117647059, 4.30612244897959, 2.03846153846154, 6.14285714285714},
	{1, 1, 2.83673469387755, 1.17307692307692, 2.28571428571429},
	{10, 10, 8.89795918367347, 3.94230769230769, 8.71428571428571},
	{5.55378486055777, 5.76470588235294, 6.3265306122449, 10, 7.42857142857143},
	{NAN, 4.1764705882353, 2.10204081632653, 1.69230769230769, 3.57142857142857},
	{7.88446215139443, NAN, 5.40816326530612, 1.51923076923077, 6.14285714285714},
	{2.75697211155379, 2.05882352941177, NAN, 1, 1},
	{9.24701195219124, 8.94117647058824, 10, 1.86538461538462, 10},
	{4.76494023904383, 3.11764705882353, 3.75510204081633, NAN, 4.85714285714286},
};

static inline void check_number(double got, double want, const char *what)
{
	if (isnan(want))
		cr_expect(isnan(got), "%s: %.17g, there is none", what, got);
	else
		cr_expect(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)), "%s: %.17g, not %.17g",
			  what, got, want);
}

#endif
