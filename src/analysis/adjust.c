#include "analysis/adjust.h"

#include <math.h>
#include <stdlib.h>

static const char *const methods[ADJUST__COUNT] = {
	[ADJUST_HOLM] = "holm",
	[ADJUST_NONE] = "none",
	[ADJUST_BONFERRONI] = "bonferroni",
	[ADJUST_SIDAK] = "sidak",
	[ADJUST_HOCHBERG] = "hochberg",
	[ADJUST_HOMMEL] = "hommel",
	[ADJUST_BH] = "bh",
	[ADJUST_BY] = "by",
};

static const char *const families[FAMILY__COUNT] = {
	[FAMILY_ITEM] = "item", [FAMILY_PROVINCE] = "province", [FAMILY_TABLE] = "table"};

static bool find(struct text name, const char *const *words, int n, int *out)
{
	for (*out = 0; *out < n; ++*out)
		if (span_is(name, words[*out]))
			return true;
	return false;
}

const char *adjust_name(enum adjust_method m)
{
	return methods[m];
}

bool adjust_find(struct text name, enum adjust_method *out)
{
	int at;
	bool found = find(name, methods, ADJUST__COUNT, &at);

	if (found)
		*out = (enum adjust_method)at;
	return found;
}

const char *family_name(enum adjust_family f)
{
	return families[f];
}

bool family_find(struct text name, enum adjust_family *out)
{
	int at;
	bool found = find(name, families, FAMILY__COUNT, &at);

	if (found)
		*out = (enum adjust_family)at;
	return found;
}

/* ---- p-values ------------------------------------------------------------------------------ */

struct ordered {
	double p, adjusted;
	size_t at;
};

static int by_p(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* The factor of the i-th smallest of m, counted from 1. */
static double factor(enum adjust_method m, size_t i, size_t n)
{
	double sum = 1;

	switch (m) {
	case ADJUST_HOLM:
	case ADJUST_HOCHBERG: return (double)(n - i + 1);
	case ADJUST_BY:
		for (size_t k = 2; k <= n; k++)
			sum += 1 / (double)k;
		return sum * (double)n / (double)i;
	case ADJUST_BH: return (double)n / (double)i;
	case ADJUST_BONFERRONI: return (double)n;
	default: return 1;
	}
}

/* The smallest level at which Hommel's closed test rejects: for every size k of a set of
 * hypotheses, k p_(j) / j over its largest ones (as p.adjust in R). */
static void hommel(struct ordered *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		o[i].adjusted = o[i].p;
	for (size_t k = 2; k <= n; k++) {
		double least = INFINITY, size = (double)k;

		for (size_t j = 1; j <= k; j++)
			least = fmin(least, size * o[n - k + j - 1].p / (double)j);
		for (size_t i = 0; i < n; i++) {
			/* the set of size k that is hardest to reject holds i and the largest */
			double own = i >= n - k ? least : fmin(least, size * o[i].p);

			o[i].adjusted = fmax(o[i].adjusted, own);
		}
	}
}

static void adjust_ordered(enum adjust_method m, struct ordered *o, size_t n)
{
	double running;

	for (size_t i = 0; i < n; i++)
		o[i].adjusted = m == ADJUST_SIDAK ? -expm1((double)n * log1p(-o[i].p))
						  : o[i].p * factor(m, i + 1, n);
	if (m == ADJUST_HOMMEL)
		hommel(o, n);
	running = 0;
	for (size_t i = 0; m == ADJUST_HOLM && i < n; i++)
		running = o[i].adjusted = fmax(running, o[i].adjusted);
	running = 1;
	for (size_t i = n; (m == ADJUST_HOCHBERG || m == ADJUST_BH || m == ADJUST_BY) && i-- > 0;)
		running = o[i].adjusted = fmin(running, o[i].adjusted);
}

void adjust_p(struct arena *a, enum adjust_method m, const double *p, size_t n, double *out)
{
	struct ordered *o = arena_new(a, n, sizeof *o);
	size_t known = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] = NAN;
		if (!isnan(p[i]))
			o[known++] = (struct ordered){.p = p[i], .at = i};
	}
	if (known == 0)
		return;
	qsort(o, known, sizeof *o, by_p);
	adjust_ordered(m, o, known);
	for (size_t i = 0; i < known; i++)
		out[o[i].at] = fmin(1, o[i].adjusted);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool is_family(const struct result_row *a, const struct result_row *b,
		      enum adjust_family family)
{
	if (family == FAMILY_TABLE)
		return true;
	if (family == FAMILY_ITEM)
		return span_equal(a->item, b->item) && span_equal(a->stat, b->stat) &&
		       span_equal(a->category, b->category);
	return span_equal(a->province, b->province) && span_equal(a->domain, b->domain);
}

static void decide(struct result_row *row)
{
	if (isnan(row->p_adjusted))
		return;
	row->verdict = span_of(row->p_adjusted >= 1 - row->level ? "not_distinguishable"
			       : row->delta > 0                  ? "increase"
								 : "decrease");
}

void adjust_result(struct arena *a, enum adjust_method m, enum adjust_family family,
		   struct result *r)
{
	bool *done = arena_new(a, r->n, sizeof *done);
	size_t *at = arena_new(a, r->n, sizeof *at);
	double *p = arena_new(a, r->n, sizeof *p), *adjusted = arena_new(a, r->n, sizeof *p);

	for (size_t i = 0; i < r->n; i++) {
		size_t n = 0;

		if (done[i])
			continue;
		for (size_t k = i; k < r->n; k++) {
			if (done[k] || !is_family(&r->row[i], &r->row[k], family))
				continue;
			done[k] = true;
			p[n] = r->row[k].p_value;
			at[n++] = k;
		}
		adjust_p(a, m, p, n, adjusted);
		for (size_t k = 0; k < n; k++) {
			r->row[at[k]].p_adjusted = adjusted[k];
			decide(&r->row[at[k]]);
		}
	}
}
