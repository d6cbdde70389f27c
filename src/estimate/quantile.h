/* quantile.h -- weighted quantiles: where in the sorted answers a share p of the weight lies below.
 *
 * A sample is n pairs of answer and weight, sorted by answer. Answers are finite
 * (missing ones are left out by the caller), weights are not negative; a pair of
 * weight 0 is passed over. n = 0, or no weight at all, gives NaN, and so does a p
 * that is NaN or outside [0, 1].
 *
 * With C_i the cumulative weight, W all of it: MATH and HF1 take the first answer
 * whose share reaches p, SCHOOL and HF2 the middle of two where C_i = pW, HF3 the one
 * with an even number there; HF4 to HF9 interpolate between the shares given to the
 * answers, and are flat outside them (Hyndman and Fan 1996, with weights as R survey
 * 4.5). SHAHVAISH is R's form of Shah and Vaish (2006), kept to compare with: it
 * depends on the scale of the weights. C_i = pW is decided as R does: sums in extended
 * precision, rounded to double before they are compared. So p = 0.1, which no double
 * holds, may or may not count as reached by exactly a tenth of the weight.
 *
 * A p below the share of the smallest answer gives that answer under every rule (R's
 * hf4 runs on below it, and its rules with steps give the second answer there).
 *
 * Not here: the variance of a share, and the limits [p_low, p_high] it gives
 * (linear, interval).
 * Uses span, arena. */
#ifndef ESTIMATE_QUANTILE_H
#define ESTIMATE_QUANTILE_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum quantile_rule {
	QUANTILE_MATH, /* the default */
	QUANTILE_SCHOOL,
	QUANTILE_HF1,
	QUANTILE_HF2,
	QUANTILE_HF3,
	QUANTILE_HF4,
	QUANTILE_HF5,
	QUANTILE_HF6,
	QUANTILE_HF7,
	QUANTILE_HF8,
	QUANTILE_HF9,
	QUANTILE_SHAHVAISH,
	QUANTILE__COUNT
};

/* quantile_find: the rule of that name ("math", "school", "hf1" to "hf9", "shahvaish"). */
bool quantile_find(struct text name, enum quantile_rule *out);

/* quantile_name: its name, as quantile_find reads it. */
const char *quantile_name(enum quantile_rule rule);

struct quantile_sample {
	size_t n;
	const double *y, *w; /* by y, ascending */
};

/* quantile_sort: sorts the pairs by y, in place; equal y keep their order. */
void quantile_sort(size_t n, double *y, double *w);

/* quantile_at: the p quantile. */
double quantile_at(const struct quantile_sample *s, double p, enum quantile_rule rule);

/* quantile_share_below: the share of the weight on answers <= y; NaN without weight.
 *   Woodruff's interval is centred here, at y = quantile_at(p): not at p itself. */
double quantile_share_below(const struct quantile_sample *s, double y);

struct quantile_interval {
	double low, high, se;
};

/* quantile_woodruff: the interval of a quantile from limits of the share below it (Woodruff 1952).
 *   p_low, p_high  confidence limits of quantile_share_below at the quantile
 *   t              the t (or normal) quantile these limits were made with
 *   gives          [Q(p_low), Q(p_high)], NaN where a limit is NaN or left [0, 1];
 *                  se = (high - low) / (2 t) */
struct quantile_interval quantile_woodruff(const struct quantile_sample *s, double p_low,
					   double p_high, double t, enum quantile_rule rule);

/* quantile_grouped: the quantile of answers on a scale of few levels, each level standing for
 * everything from halfway to the level below to halfway to the level above (the outer ones as far
 * out as in); inside a level the weight is spread evenly. With levels 1 to 5 the result lies in
 * [0.5, 5.5].
 *   value   ascending, none twice
 *   weight  of each level, not negative
 *   gives   the value itself for a single level; the middle of the gap when p is reached at its
 *           edge and levels without weight follow; NaN without weight */
double quantile_grouped(size_t levels, const double *value, const double *weight, double p);

/* quantile_below: the part of an answer at value[i] that lies below q, in the same sense: 1, 0, or
 *   something between for the level that q lies in. Its weighted mean at quantile_grouped(p) is p.
 */
double quantile_below(size_t levels, const double *value, size_t i, double q);

#endif
