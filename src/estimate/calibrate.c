#include "estimate/calibrate.h"

#include "base/dict.h"

#include <math.h>
#include <string.h>

#define RAKING_ROUNDS 10 /* of the residuals; as R */

/* What the residuals of one margin need. */
struct calibrate_step {
	const size_t *group; /* of each row */
	size_t groups;
	const double *old;    /* of each row: weights of the means; NULL = unweighted (raking) */
	const double *weight; /* of each row: the new ones */
};

/* Extremes of g, over rows that weigh something. */
static void describe(const struct calibrate_sample *s, double low, double high,
		     struct calibration *out)
{
	double near = isfinite(high - low) ? 1e-6 * (high - low) : 0;

	out->g_low = out->g_high = NAN;
	for (size_t i = 0; i < s->n; i++) {
		double g = out->weight[i] / s->w[i];

		if (!(s->w[i] > 0))
			continue;
		out->g_low = fmin(g, out->g_low);
		out->g_high = fmax(g, out->g_high);
		out->at_bound += g <= low + near || g >= high - near;
	}
}

static void start(struct arena *a, const struct calibrate_sample *s, size_t steps,
		  struct calibration *out)
{
	*out = (struct calibration){.n = s->n,
				    .weight = arena_new(a, s->n, sizeof(double)),
				    .steps = steps,
				    .step = arena_new(a, steps, sizeof(struct calibrate_step))};
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* The factor that brings the group's weight to its population. */
static bool ratio_of(const struct calibrate_groups *g, size_t group, double weight, double *ratio,
		     struct diag *why)
{
	double population = g->population[group];

	*ratio = 1;
	if (!(population >= 0) || !isfinite(population))
		return diag_fail(why, DIAG_DATA,
				 "population %g of group \"%.*s\" of %.*s is no count", population,
				 SPAN_ARG(g->label[group]), SPAN_ARG(g->name));
	if ((weight > 0) != (population > 0)) {
		diag_fail(why, DIAG_DATA,
			  weight > 0 ? N_("group \"%.*s\" of %.*s is in the sample, but its "
					  "population is 0")
				     : N_("group \"%.*s\" of %.*s has a population, but is not in "
					  "the sample"),
			  SPAN_ARG(g->label[group]), SPAN_ARG(g->name));
		return diag_hint(why, "join it with another group, in both");
	}
	if (weight > 0)
		*ratio = population / weight;
	return true;
}

static bool check_groups(const struct calibrate_sample *s, const struct calibrate_groups *g,
			 struct diag *why)
{
	for (size_t i = 0; i < s->n; i++)
		if (g->of[i] >= g->n)
			return diag_fail(why, DIAG_DATA, "row %zu is in no group of %.*s", i + 1,
					 SPAN_ARG(g->name));
	return true;
}

bool calibrate_poststratify(struct arena *a, const struct calibrate_sample *s,
			    const struct calibrate_groups *groups, struct calibration *out,
			    struct diag *why)
{
	long double *sum = arena_new(a, groups->n, sizeof *sum);
	double *ratio = arena_new(a, groups->n, sizeof *ratio);

	if (!check_groups(s, groups, why))
		return false;
	start(a, s, 1, out);
	for (size_t i = 0; i < s->n; i++)
		sum[groups->of[i]] += s->w[i];
	for (size_t g = 0; g < groups->n; g++)
		if (!ratio_of(groups, g, (double)sum[g], &ratio[g], why))
			return false;
	for (size_t i = 0; i < s->n; i++)
		out->weight[i] = s->w[i] * ratio[groups->of[i]];
	out->step[0] = (struct calibrate_step){
		.group = groups->of, .groups = groups->n, .old = s->w, .weight = out->weight};
	out->residual_rounds = 1;
	out->rounds = 1;
	describe(s, -INFINITY, INFINITY, out);
	return true;
}

/* ---- raking ---------------------------------------------------------------------------------- */

/* Rows that share their groups in all margins share their factor: a cell. Margins are numbered m,
 * cells i; arrays of both are margin by margin. */
struct raking {
	const struct calibrate_raking *r;
	size_t cells, *of; /* cell of each row */
	size_t *group;     /* of each margin and cell */
	double *weight;    /* of each cell, so far */
	double *factor;    /* of each cell: new over old weight, so far */
	double *behind;    /* of each margin and cell: the factor behind it in the last sweep */
	double *before;    /* of each cell: its weight before the last sweep */
	long double *sum;  /* of each group of the margin at hand */
	size_t worst;      /* the margin that the last sweep found worst met, and by how much */
	double off;
};

static void make_cells(struct arena *a, const struct calibrate_sample *s, struct raking *k)
{
	const struct calibrate_raking *r = k->r;
	size_t most = 0;

	k->of = arena_new(a, s->n, sizeof *k->of);
	for (size_t m = 0; m < r->n; m++) {
		struct dict *cell = dict_new(a);

		for (size_t i = 0; i < s->n; i++)
			k->of[i] = dict_add(cell, k->of[i] * r->margin[m].n + r->margin[m].of[i],
					    (struct text){"", 0}, NULL);
		k->cells = cell->n;
		most = r->margin[m].n > most ? r->margin[m].n : most;
	}
	k->group = arena_new(a, r->n * k->cells, sizeof *k->group);
	k->behind = arena_new(a, r->n * k->cells, sizeof *k->behind);
	k->weight = arena_new(a, k->cells, sizeof *k->weight);
	k->before = arena_new(a, k->cells, sizeof *k->before);
	k->factor = arena_new(a, k->cells, sizeof *k->factor);
	k->sum = arena_new(a, most, sizeof *k->sum);
	for (size_t i = 0; i < k->cells; i++)
		k->factor[i] = 1;
	for (size_t i = 0; i < s->n; i++) {
		k->weight[k->of[i]] += s->w[i];
		for (size_t m = 0; m < r->n; m++)
			k->group[m * k->cells + k->of[i]] = r->margin[m].of[i];
	}
}

static double population_of(const struct calibrate_groups *g)
{
	double sum = 0;

	for (size_t i = 0; i < g->n; i++)
		sum += g->population[i];
	return sum;
}

static bool check_margins(const struct calibrate_sample *s, const struct calibrate_raking *r,
			  struct diag *why)
{
	double first = r->n ? population_of(&r->margin[0]) : 0;

	for (size_t m = 0; m < r->n; m++) {
		const struct calibrate_groups *g = &r->margin[m];

		if (!check_groups(s, g, why))
			return false;
		if (!(fabs(population_of(g) - first) <= 1e-9 * first)) {
			diag_fail(why, DIAG_DATA,
				  "the groups of %.*s add up to %.10g, those of %.*s to %.10g",
				  SPAN_ARG(g->name), population_of(g), SPAN_ARG(r->margin[0].name),
				  first);
			return diag_hint(why, "scale the populations to one total");
		}
	}
	return true;
}

static bool fit_margin(struct raking *k, size_t m, struct diag *why)
{
	const struct calibrate_groups *g = &k->r->margin[m];
	const size_t *group = &k->group[m * k->cells];

	memset(k->sum, 0, g->n * sizeof *k->sum);
	for (size_t i = 0; i < k->cells; i++)
		k->sum[group[i]] += k->weight[i];
	for (size_t i = 0; i < g->n; i++) {
		double ratio;

		if (!ratio_of(g, i, (double)k->sum[i], &ratio, why))
			return false;
		if (fabs(ratio - 1) >= k->off) {
			k->off = fabs(ratio - 1);
			k->worst = m;
		}
		k->sum[i] = ratio;
	}
	for (size_t i = 0; i < k->cells; i++) {
		k->factor[i] *= (double)k->sum[group[i]];
		k->weight[i] *= (double)k->sum[group[i]];
		k->behind[m * k->cells + i] = k->factor[i];
	}
	return true;
}

/* The largest change of a cell in one sweep over the margins. */
static bool sweep(struct raking *k, double *change, struct diag *why)
{
	memcpy(k->before, k->weight, k->cells * sizeof *k->before);
	k->off = 0;
	for (size_t m = 0; m < k->r->n; m++)
		if (!fit_margin(k, m, why))
			return false;
	*change = 0;
	for (size_t i = 0; i < k->cells; i++)
		*change = fmax(*change, fabs(k->weight[i] - k->before[i]));
	return true;
}

static bool rake_cells(struct raking *k, size_t *rounds, struct diag *why)
{
	bool strict = !(k->r->eps > 0);
	double eps = strict ? 1e-9 * population_of(&k->r->margin[0]) : k->r->eps, change;
	size_t most = k->r->sweeps ? k->r->sweeps : 200;

	for (*rounds = 1; *rounds <= most; ++*rounds) {
		if (!sweep(k, &change, why))
			return false;
		if (change >= eps || (strict && k->off > 1e-9))
			continue;
		if (k->off > 1e-3)
			diag_warn(why, "raking ended while %.*s was off by %.2g %%",
				  SPAN_ARG(k->r->margin[k->worst].name), 100 * k->off);
		return true;
	}
	diag_fail(why, DIAG_DATA, "raking found no end in %zu sweeps; %.*s was off by %.2g %%",
		  most, SPAN_ARG(k->r->margin[k->worst].name), 100 * k->off);
	return diag_hint(why, "join small groups; combinations that are not in the sample may make "
			      "the margins impossible to meet together");
}

bool calibrate_rake(struct arena *a, const struct calibrate_sample *s,
		    const struct calibrate_raking *r, struct calibration *out, struct diag *why)
{
	struct raking k = {.r = r};

	if (r->n == 0)
		return diag_fail(why, DIAG_USAGE, "no margin to rake to");
	if (!check_margins(s, r, why))
		return false;
	make_cells(a, s, &k);
	start(a, s, r->n, out);
	if (!rake_cells(&k, &out->rounds, why))
		return false;
	for (size_t m = 0; m < r->n; m++) {
		double *weight = m + 1 < r->n ? arena_new(a, s->n, sizeof *weight) : out->weight;

		for (size_t i = 0; i < s->n; i++)
			weight[i] = s->w[i] * k.behind[m * k.cells + k.of[i]];
		out->step[m] = (struct calibrate_step){
			.group = r->margin[m].of, .groups = r->margin[m].n, .weight = weight};
	}
	out->residual_rounds = RAKING_ROUNDS;
	describe(s, -INFINITY, INFINITY, out);
	return true;
}

/* ---- models ---------------------------------------------------------------------------------- */

static void warn_negative(const struct calibration *c, struct diag *why)
{
	size_t negative = 0;

	for (size_t i = 0; i < c->n; i++)
		negative += c->weight[i] < 0;
	if (negative) {
		diag_warn(why,
			  negative == 1 ? N_("%zu weight becomes negative by calibration")
					: N_("%zu weights become negative by calibration"),
			  negative);
		diag_hint(why, "set bounds, or calibrate by raking");
	}
}

bool calibrate_linear(struct arena *a, const struct greg_model *m, struct calibration *out,
		      struct diag *why)
{
	const struct calibrate_sample s = {m->n, m->w};
	struct greg *model = arena_new(a, 1, sizeof *model);

	start(a, &s, 0, out);
	if (!greg_fit(a, m, model, why))
		return false;
	for (size_t i = 0; i < m->n; i++)
		out->weight[i] = m->w[i] * model->g[i];
	out->rounds = model->rounds;
	out->model = model;
	describe(&s, m->low, m->high, out);
	warn_negative(out, why);
	return true;
}

/* ---- residuals ------------------------------------------------------------------------------- */

/* z less w' times the mean of z/w' (weighted by old weights, or not at all) in the group. */
static void less_group_means(const struct calibrate_step *step, size_t n, size_t k, double *z)
{
	struct arena scratch = {0};
	double *sum = arena_new(&scratch, step->groups * k, sizeof *sum),
	       *weight = arena_new(&scratch, step->groups, sizeof *weight);

	for (size_t i = 0; i < n; i++) {
		double v = step->old ? step->old[i] : 1;

		if (!(step->weight[i] > 0))
			continue;
		weight[step->group[i]] += v;
		for (size_t j = 0; j < k; j++)
			sum[step->group[i] * k + j] += v * z[i * k + j] / step->weight[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; step->weight[i] > 0 && j < k; j++)
			z[i * k + j] -= step->weight[i] * sum[step->group[i] * k + j] /
					weight[step->group[i]];
	arena_release(&scratch);
}

void calibrate_residuals(const struct calibration *c, size_t k, double *z)
{
	if (c->model)
		greg_residuals(c->model, k, z);
	for (size_t round = 0; round < c->residual_rounds; round++)
		for (size_t i = 0; i < c->steps; i++)
			less_group_means(&c->step[i], c->n, k, z);
}
