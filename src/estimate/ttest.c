#include "estimate/ttest.h"

#include "estimate/tail.h"

#include <math.h>

static bool has(const struct rows *r, const struct ttest_side *s, size_t i)
{
	return (!s->in || s->in[i]) && r->weight[i] != 0 && !isnan(s->y[i]);
}

/* Adds sign * influence of the mean to z and its rows to use; NaN when the side has no rows. */
static double add_mean(const struct rows *r, const struct ttest_side *s, double sign, bool *use,
		       double *z)
{
	double w = 0, wy = 0, shift = NAN, mean;

	/* About the first value, so that large numbers do not drown their differences. */
	for (size_t i = 0; i < r->n; i++) {
		if (!has(r, s, i))
			continue;
		shift = isnan(shift) ? s->y[i] : shift;
		w += r->weight[i];
		wy += r->weight[i] * (s->y[i] - shift);
		use[i] = true;
	}
	mean = shift + wy / w;
	for (size_t i = 0; i < r->n; i++)
		if (has(r, s, i))
			z[i] += sign * r->weight[i] * (s->y[i] - shift - wy / w) / w;
	return mean;
}

/* The test of out->estimate, whose influence values are z. */
static bool finish(const struct linear *l, const struct rows *r, const bool *use, const double *z,
		   struct ttest_df df, struct ttest *out, struct diag *why)
{
	double v;

	if (isnan(out->estimate))
		return diag_fail(why, DIAG_DATA, "a t test needs rows with answers on every side");
	if (!rows_covariance(l, r, z, use, 1, &v, &out->lonely)) {
		diag_fail(why, DIAG_DATA,
			  "a stratum with answers has one sampling unit only: no variance");
		return diag_hint(why, "choose a rule for such strata");
	}
	for (size_t i = 0; i < r->n; i++)
		out->n += use[i];
	out->se = sqrt(v);
	out->df = (isnan(df.df) ? rows_df(l, r, use) : df.df) - (df.less_one ? 1 : 0);
	if (!(out->df > 0))
		diag_warn(why, "no t test: %g degrees of freedom", out->df);
	else if (!(out->se > 0))
		diag_warn(why, "no t test: the answers have no sampling variance");
	else
		out->t = out->estimate / out->se;
	out->p = tail_t(out->t, out->df);
	return true;
}

static bool test(const struct linear *l, const struct rows *r, const struct ttest_side *first,
		 const struct ttest_side *second, double against, struct ttest_df df,
		 struct ttest *out, struct diag *why)
{
	struct arena scratch = {0};
	bool *use = arena_new(&scratch, r->n, sizeof *use), ok;
	double *z = arena_new(&scratch, r->n, sizeof *z);
	double from = first ? add_mean(r, first, -1, use, z) : against;

	*out = (struct ttest){.se = NAN, .df = NAN, .t = NAN, .p = NAN};
	out->estimate = add_mean(r, second, 1, use, z) - from;
	ok = finish(l, r, use, z, df, out, why);
	arena_release(&scratch);
	return ok;
}

bool ttest_one(const struct linear *l, const struct rows *r, const struct ttest_side *side,
	       double against, struct ttest_df df, struct ttest *out, struct diag *why)
{
	return test(l, r, NULL, side, against, df, out, why);
}

bool ttest_two(const struct linear *l, const struct rows *r, const struct ttest_side *first,
	       const struct ttest_side *second, struct ttest_df df, struct ttest *out,
	       struct diag *why)
{
	return test(l, r, first, second, 0, df, out, why);
}
