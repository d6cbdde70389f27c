/* sensitivity.h -- how far outputs of a model hang on each of its uncertain inputs.
 *
 * An input is one or several numbers between 0 and 1, drawn together. Of N draws A and N
 * draws B of all inputs, and for each input i of A with i taken from B (AB_i), N (d + 2) runs:
 *   first order  S_i  = mean(y_B (y_ABi - y_A)) / V
 *   total        S_Ti = mean((y_A - y_ABi)^2) / (2 V)
 * with V the variance of y over A and B, and y_B taken from the mean of A and B (which
 * changes nothing in expectation, and much in noise).
 * (Saltelli and others 2010, Computer Physics Communications 181; Jansen 1999.)
 *
 * Not here: what the inputs mean.
 * Uses arena. */
#ifndef ANALYSIS_SENSITIVITY_H
#define ANALYSIS_SENSITIVITY_H

#include "base/arena.h"

#include <gsl/gsl_rng.h>
#include <stddef.h>

/* A model: from the numbers of all inputs, one input after the other, to the outputs. */
typedef void sensitivity_model(void *context, const double *u, double *y);

struct sensitivity_plan {
	size_t n_inputs;
	const size_t *width; /* numbers of each input */
	size_t draws, outputs;
	sensitivity_model *model;
	void *context;
};

struct sensitivity {
	double *sample;        /* draws of outputs: y_A */
	double *first, *total; /* inputs of outputs; NaN for an output that never varies, or is NaN
				  in any run */
};

/* sensitivity_run: at least one draw. */
void sensitivity_run(struct arena *a, const struct sensitivity_plan *p, gsl_rng *rng,
		     struct sensitivity *out);

/* sensitivity_at: the smallest of n values that at least `share` of them do not exceed. NaN is
 *   passed over; NaN when there is no value. Sorts x. */
double sensitivity_at(size_t n, double *x, double share);

#endif
