#include "estimate/quantile.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>

static const char *const names[QUANTILE__COUNT] = {
	[QUANTILE_MATH] = "math", [QUANTILE_SCHOOL] = "school", [QUANTILE_HF1] = "hf1",
	[QUANTILE_HF2] = "hf2",   [QUANTILE_HF3] = "hf3",       [QUANTILE_HF4] = "hf4",
	[QUANTILE_HF5] = "hf5",   [QUANTILE_HF6] = "hf6",       [QUANTILE_HF7] = "hf7",
	[QUANTILE_HF8] = "hf8",   [QUANTILE_HF9] = "hf9",       [QUANTILE_SHAHVAISH] = "shahvaish",
};

bool quantile_find(struct text name, enum quantile_rule *out)
{
	for (size_t i = 0; i < QUANTILE__COUNT; i++)
		if (span_is(name, names[i])) {
			*out = (enum quantile_rule)i;
			return true;
		}
	return false;
}

const char *quantile_name(enum quantile_rule rule)
{
	return names[rule];
}

struct pair {
	double y, w;
	size_t row; /* makes qsort stable */
};

static int by_answer(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

void quantile_sort(size_t n, double *y, double *w)
{
	struct arena scratch = {0};
	struct pair *pair = arena_new(&scratch, n, sizeof *pair);

	for (size_t i = 0; i < n; i++)
		pair[i] = (struct pair){y[i], w[i], i};
	qsort(pair, n, sizeof *pair, by_answer);
	for (size_t i = 0; i < n; i++) {
		y[i] = pair[i].y;
		w[i] = pair[i].w;
	}
	arena_release(&scratch);
}

/* What the rules need of the pairs that weigh something. */
struct sums {
	size_t n;
	double all, last, but_last; /* weight: of all, of the last pair, of all but the last */
};

static struct sums sums_of(const struct quantile_sample *s)
{
	long double all = 0, but_last = 0;
	struct sums out = {0};

	for (size_t i = 0; i < s->n; i++) {
		if (!(s->w[i] > 0))
			continue;
		but_last = all;
		all += s->w[i];
		out.last = s->w[i];
		out.n++;
	}
	out.all = (double)all;
	out.but_last = (double)but_last;
	return out;
}

/* The last answer whose cumulative weight does not exceed pW (or the first), and the next one. */
struct neighbours {
	double low, high; /* equal at the end */
	size_t number;    /* of the low one, from 1 */
	bool reached;     /* low alone reaches p */
	bool below;       /* p lies below the share of the first answer */
};

static struct neighbours neighbours_at(const struct quantile_sample *s, double p, bool merge_ties)
{
	const double all = sums_of(s).all;
	struct neighbours at = {.number = 0};
	long double sum = 0;

	for (size_t i = 0, end; i < s->n; i = end) {
		double w = s->w[i];

		for (end = i + 1; merge_ties && end < s->n && s->y[end] == s->y[i]; end++)
			w += s->w[end];
		if (!(w > 0))
			continue;
		sum += w;
		at.high = s->y[i];
		at.below = at.number == 0 && (double)sum > p * all;
		if (at.number > 0 && (double)sum > p * all)
			break;
		at.low = s->y[i];
		at.number++;
		at.reached = (double)sum / all >= p;
		if (at.below)
			break;
	}
	return at;
}

/* Hyndman and Fan's types 1 to 3: an answer, or the middle of two. */
static double step_quantile(const struct quantile_sample *s, double p, enum quantile_rule rule)
{
	const struct neighbours at = neighbours_at(s, p, rule == QUANTILE_HF3);

	if (at.below)
		return at.low;
	if (!at.reached)
		return at.high;
	if (rule == QUANTILE_HF3)
		return at.number % 2 == 0 ? at.low : at.high;
	if (rule == QUANTILE_SCHOOL || rule == QUANTILE_HF2)
		return (at.low + at.high) / 2;
	return at.low;
}

/* The share at which a continuous rule puts answer i: before and upto are the cumulative weights
 * without and with its own. */
static double knot(enum quantile_rule rule, const struct sums *all, long double before,
		   long double upto)
{
	switch (rule) {
	case QUANTILE_HF4: return (double)(upto / all->all);
	case QUANTILE_HF5: return (double)((before + upto) / 2 / all->all);
	case QUANTILE_HF6: return (double)(upto / (all->all + all->last));
	case QUANTILE_HF7: return (double)(before / all->but_last);
	case QUANTILE_HF8: return (double)((before + 2 * upto) / 3 / (all->all + all->last / 3));
	case QUANTILE_HF9:
		return (double)((3 * before + 5 * upto) / 8 / (all->all + all->last / 4));
	case QUANTILE_MATH:
	case QUANTILE_SCHOOL:
	case QUANTILE_HF1:
	case QUANTILE_HF2:
	case QUANTILE_HF3:
	case QUANTILE_SHAHVAISH:
	case QUANTILE__COUNT: break;
	}
	return NAN;
}

static double linear_quantile(const struct quantile_sample *s, double p, enum quantile_rule rule)
{
	const struct sums all = sums_of(s);
	double y = NAN, share = 0;
	long double sum = 0;
	size_t number = 0;

	for (size_t i = 0; i < s->n; i++) {
		double here;

		if (!(s->w[i] > 0))
			continue;
		if (all.n == 1)
			return s->y[i];
		here = knot(rule, &all, sum, sum + s->w[i]);
		if (here >= p)
			return number == 0 ? s->y[i]
					   : y + (s->y[i] - y) * ((p - share) / (here - share));
		sum += s->w[i];
		y = s->y[i];
		share = here;
		number++;
	}
	return y;
}

/* The answer at the last knot up to p; the knots of unequal weights are not in order. */
static double shah_vaish(const struct quantile_sample *s, double p)
{
	const struct sums all = sums_of(s);
	const double n = (double)all.n, mean = all.all / n;
	double y = NAN, share = -INFINITY, first = NAN, lowest = INFINITY;
	long double sum = 0;

	for (size_t i = 0; i < s->n; i++) {
		double here;

		if (!(s->w[i] > 0))
			continue;
		if (all.n == 1)
			return s->y[i];
		sum += s->w[i] / mean;
		here = ((double)sum + 0.5 - s->w[i] / 2) / (n + 1);
		if (here <= p && here > share) {
			share = here;
			y = s->y[i];
		}
		if (here < lowest) {
			lowest = here;
			first = s->y[i];
		}
	}
	return isnan(y) ? first : y;
}

double quantile_at(const struct quantile_sample *s, double p, enum quantile_rule rule)
{
	if (!(p >= 0 && p <= 1) || !(sums_of(s).all > 0))
		return NAN;
	switch (rule) {
	case QUANTILE_MATH:
	case QUANTILE_SCHOOL:
	case QUANTILE_HF1:
	case QUANTILE_HF2:
	case QUANTILE_HF3: return step_quantile(s, p, rule);
	case QUANTILE_HF4:
	case QUANTILE_HF5:
	case QUANTILE_HF6:
	case QUANTILE_HF7:
	case QUANTILE_HF8:
	case QUANTILE_HF9: return linear_quantile(s, p, rule);
	case QUANTILE_SHAHVAISH: return shah_vaish(s, p);
	case QUANTILE__COUNT: break;
	}
	return NAN;
}

double quantile_share_below(const struct quantile_sample *s, double y)
{
	long double below = 0, all = 0;

	for (size_t i = 0; i < s->n; i++) {
		all += s->w[i];
		below += s->y[i] <= y ? s->w[i] : 0;
	}
	return all > 0 && !isnan(y) ? (double)(below / all) : NAN;
}

struct quantile_interval quantile_woodruff(const struct quantile_sample *s, double p_low,
					   double p_high, double t, enum quantile_rule rule)
{
	struct quantile_interval out = {quantile_at(s, p_low, rule), quantile_at(s, p_high, rule),
					NAN};

	out.se = (out.high - out.low) / (2 * t);
	return out;
}

/* Where level i begins, and behind the last one ends. */
static double edge(size_t levels, const double *value, size_t i)
{
	if (i == 0)
		return value[0] - (value[1] - value[0]) / 2;
	if (i == levels)
		return value[i - 1] + (value[i - 1] - value[i - 2]) / 2;
	return (value[i - 1] + value[i]) / 2;
}

double quantile_grouped(size_t levels, const double *value, const double *weight, double p)
{
	long double all = 0, sum = 0;
	double reached = NAN; /* upper edge of the level that reached p exactly */

	for (size_t i = 0; i < levels; i++)
		all += weight[i];
	if (!(all > 0) || !(p >= 0 && p <= 1))
		return NAN;
	for (size_t i = 0; i < levels; i++) {
		double inside, low;

		if (!(weight[i] > 0))
			continue;
		if (levels == 1)
			return value[0];
		inside = (double)((p * all - sum) / weight[i]);
		low = edge(levels, value, i);
		if (!isnan(reached))
			return (reached + low) / 2;
		if (inside < 1 - 1e-12)
			return low + inside * (edge(levels, value, i + 1) - low);
		sum += weight[i];
		if (inside <= 1 + 1e-12)
			reached = edge(levels, value, i + 1);
	}
	return reached;
}

double quantile_below(size_t levels, const double *value, size_t i, double q)
{
	double low, high;

	if (levels == 1)
		return q >= value[0];
	low = edge(levels, value, i);
	high = edge(levels, value, i + 1);
	return q <= low ? 0 : q >= high ? 1 : (q - low) / (high - low);
}
