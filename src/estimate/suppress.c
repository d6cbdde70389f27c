#include "estimate/suppress.h"

#include "base/number.h"
#include "estimate/interval.h"

#include <limits.h>
#include <math.h>

/* A reason, and what it leads to; `words` is NULL while nothing speaks against showing. */
struct finding {
	enum suppress_verdict verdict;
	const char *words;
};

static struct finding hide(const char *words)
{
	return (struct finding){SUPPRESS_HIDE, words};
}

static struct finding caution(const char *words)
{
	return (struct finding){SUPPRESS_CAUTION, words};
}

static const struct finding show = {SUPPRESS_SHOW, NULL};

static struct finding by_none(const struct suppress_rules *r, const struct suppress_input *x)
{
	(void)r;
	(void)x;
	return show;
}

static struct finding few_degrees(const struct suppress_input *x)
{
	return x->df < 8 ? caution("fewer than 8 degrees of freedom") : show;
}

static struct finding nchs_proportion(const struct suppress_input *x)
{
	double p = x->estimate, width = x->kg_high - x->kg_low;
	struct finding few = few_degrees(x);

	if (!(x->n >= 30))
		return hide("fewer than 30 answers");
	if (!(x->df > 0))
		return hide("no degrees of freedom");
	if (fabs(p) <= 1e-12 || fabs(p - 1) <= 1e-12) /* as interval: no width to judge by */
		return caution("all answers are the same");
	if (!(x->n_eff >= 30))
		return hide("effective sample size below 30");
	if (isnan(width))
		return hide("no interval");
	if (width <= 0.05)
		return few;
	if (width >= 0.30)
		return hide("interval width of 30 percentage points or more");
	if (width / p > 1.30)
		return hide("relative interval width above 130 %");
	if (few.words)
		return few;
	if (width / (1 - p) > 1.30)
		return caution("relative interval width of the complement above 130 %");
	return show;
}

static struct finding nchs_count(const struct suppress_input *x)
{
	double n_eff = x->n / x->deff_kish, width;

	if (!(n_eff >= 10))
		return hide("effective sample size below 10");
	if (!(x->df > 0))
		return hide("no degrees of freedom");
	if (!(x->se >= 0))
		return hide("no variance");
	/* exp(h) - exp(-h) of a positive count; a count of 0 has no relative width */
	width = x->estimate > 0 ? 2 * sinh(interval_t(0.95, n_eff - 1) * x->se / x->estimate) : NAN;
	if (!(width <= 1.60))
		return hide("relative interval width above 160 %");
	return few_degrees(x);
}

static struct finding nchs_other(const struct suppress_input *x)
{
	if (!(x->n >= 30))
		return hide("fewer than 30 answers");
	if (!(x->df > 0))
		return hide("no degrees of freedom");
	if (!(x->se >= 0))
		return hide("no variance");
	if (x->n_eff < 30)
		return hide("effective sample size below 30");
	return few_degrees(x);
}

static struct finding by_nchs(const struct suppress_rules *r, const struct suppress_input *x)
{
	(void)r;
	if (x->is_proportion)
		return nchs_proportion(x);
	return x->is_count ? nchs_count(x) : nchs_other(x);
}

static struct finding by_rse30(const struct suppress_rules *r, const struct suppress_input *x)
{
	(void)r;
	if (!(x->n >= 30))
		return hide("fewer than 30 answers");
	if (!(x->se >= 0))
		return hide("no variance");
	if (!(x->se / fabs(x->estimate) < 0.30)) /* an estimate of 0 has no relative error */
		return hide("relative standard error of 30 % or more");
	return show;
}

static struct finding by_min_n(const struct suppress_rules *r, const struct suppress_input *x)
{
	return x->n >= r->min_n ? show : hide("fewer answers than the minimum");
}

static const struct {
	const char *name;
	struct finding (*decide)(const struct suppress_rules *r, const struct suppress_input *x);
} rules[] = {
	[SUPPRESS_NONE] = {"none", by_none},
	[SUPPRESS_NCHS] = {"nchs", by_nchs},
	[SUPPRESS_RSE30] = {"rse30", by_rse30},
	[SUPPRESS_MIN_N] = {"n=", by_min_n},
};

enum suppress_verdict suppress_decide(const struct suppress_rules *r,
				      const struct suppress_input *x, const char **reason)
{
	bool missing = isnan(x->estimate) && r->rule != SUPPRESS_NONE;
	struct finding f = missing ? hide("no answers") : rules[r->rule].decide(r, x);

	*reason = f.words;
	return f.verdict;
}

bool suppress_find(struct text name, struct suppress_rules *out)
{
	long n;

	if (span_starts(name, "n=")) {
		if (!number_whole((struct text){name.at + 2, name.n - 2}, 1, LONG_MAX, &n))
			return false;
		*out = (struct suppress_rules){SUPPRESS_MIN_N, (double)n};
		return true;
	}
	for (unsigned i = 0; i < SUPPRESS__COUNT; i++)
		if (i != SUPPRESS_MIN_N && span_is(name, rules[i].name)) {
			*out = (struct suppress_rules){.rule = (enum suppress_rule)i};
			return true;
		}
	return false;
}

void suppress_complement(size_t cells, const double *n, enum suppress_verdict *verdict)
{
	size_t hidden = 0, second = cells;

	for (size_t i = 0; i < cells; i++) {
		if (verdict[i] == SUPPRESS_HIDE)
			hidden += !(n[i] <= 0);
		else if (n[i] > 0 && (second == cells || n[i] < n[second]))
			second = i;
	}
	if (hidden == 1 && second < cells)
		verdict[second] = SUPPRESS_HIDE;
}
