#include "cmd/modelled.h"

#include <math.h>

#define FEW 10 /* areas more than terms */

/* ---- before the model ---------------------------------------------------------------------- */

static bool check_range(const struct areas *a, struct diag *why)
{
	size_t errors = why->errors;

	for (size_t d = 0; d < a->m && !isnan(a->range); d++) {
		double y = a->row[d].estimate;

		if (isnan(y) || (y >= a->low && y <= a->low + a->range))
			continue;
		diag_at(why, a->at[d], DIAG_DATA, "\"%.*s\": %g is outside %g to %g",
			SPAN_ARG(a->name[d]), y, a->low, a->low + a->range);
		if (a->range == 1)
			diag_hint(why, "--unit percent when shares are of 100");
	}
	return why->errors == errors;
}

/* A variance of 0 from answers is no knowledge (everybody answered alike); one that a table states
 * is taken at its word, and told. */
static bool check_variances(const struct areas *a, const double *psi, struct diag *why)
{
	size_t errors = why->errors;

	for (size_t d = 0; d < a->m; d++) {
		if (isnan(a->row[d].estimate) || psi[d] > 0)
			continue;
		if (psi[d] == 0 && !a->survey) {
			diag_warn(why,
				  "\"%.*s\": a sampling variance of 0 is taken as known without "
				  "error; if it comes from a sample, --smooth makes another",
				  SPAN_ARG(a->name[d]));
			continue;
		}
		diag_at(why, a->at[d], DIAG_DATA, "\"%.*s\": the direct estimate %g has %s",
			SPAN_ARG(a->name[d]), a->row[d].estimate,
			psi[d] == 0 ? diag_word(why, "a sampling variance of 0")
				    : diag_word(why, "no standard error"));
		diag_hint(why, "--smooth deff or --smooth gvf makes sampling variances from all "
			       "areas; they need n");
	}
	return why->errors == errors;
}

/* Effective numbers of answers: given, or from n and the design effect, or from the error. */
static bool effective(const struct model *m, const double *y, const double *psi, double *n_eff,
		      struct diag *why)
{
	size_t errors = why->errors;

	for (size_t d = 0; d < m->areas.m; d++) {
		const struct result_row *row = &m->areas.row[d];

		if (isnan(y[d]))
			continue;
		if (m->smooth == SMOOTH_DEFF)
			n_eff[d] = row->n / m->smoothing.deff;
		else if (!isnan(row->n_eff))
			n_eff[d] = row->n_eff;
		else if (!isnan(row->deff))
			n_eff[d] = row->n / row->deff;
		else
			n_eff[d] = y[d] * (1 - y[d]) / psi[d];
		if (n_eff[d] > 0 && isfinite(n_eff[d]))
			continue;
		diag_at(why, m->areas.at[d], DIAG_DATA,
			"\"%.*s\": no effective number of answers follows from an estimate of %g",
			SPAN_ARG(m->areas.name[d]), row->estimate);
		diag_hint(why, "--smooth deff takes n and the mean design effect; or give n_eff");
	}
	return why->errors == errors;
}

static bool smooth_shares(struct arena *arena, struct model *m, double *psi, struct diag *why)
{
	double *n = arena_new(arena, m->areas.m, sizeof *n);

	for (size_t d = 0; d < m->areas.m; d++)
		n[d] = m->areas.row[d].n;
	return m->smooth == SMOOTH_NONE ||
	       (m->smooth == SMOOTH_DEFF
			? smallarea_deff(arena, &m->fh, n, psi, &m->smoothing, why)
			: smallarea_gvf(arena, &m->fh, n, psi, &m->smoothing, why));
}

static bool check_shares(const struct model *m, struct diag *why)
{
	if (!isnan(m->areas.range) || (!m->arcsine && m->smooth != SMOOTH_DEFF))
		return true;
	if (m->areas.survey)
		return diag_fail(
			why, DIAG_USAGE,
			"--smooth deff and --transform arcsine are for shares; \"%.*s\" is "
			"none",
			SPAN_ARG(m->areas.row[0].item));
	diag_fail(why, DIAG_USAGE,
		  "--smooth deff and --transform arcsine are for shares: of what?");
	return diag_hint(why, "--unit share when they are parts of 1, --unit percent when of 100");
}

/* Direct estimates and sampling variances as they go into the model. */
static bool prepare(struct arena *arena, struct model *m, struct diag *why)
{
	const struct areas *from = &m->areas;
	bool shares = m->arcsine || m->smooth == SMOOTH_DEFF;
	double low = shares ? from->low : 0, range = shares ? from->range : 1;
	double *y = arena_new(arena, from->m, sizeof *y);
	double *psi = arena_new(arena, from->m, sizeof *psi);
	double *used = arena_new(arena, from->m, sizeof *used);

	if (!check_shares(m, why) || !check_range(from, why))
		return false;
	for (size_t d = 0; d < from->m; d++) {
		y[d] = (from->row[d].estimate - low) / range;
		used[d] = psi[d] = from->psi[d] / (range * range);
	}
	m->fh = (struct fh_areas){from->m, from->p, y, psi, from->x, from->name, from->column};
	if (!smooth_shares(arena, m, used, why))
		return false;
	m->fh.psi = used;
	if (m->arcsine) {
		double *n_eff = arena_new(arena, from->m, sizeof *n_eff);

		if (!effective(m, y, psi, n_eff, why))
			return false;
		smallarea_arcsine(arena, &m->fh, n_eff, &m->fh);
		return true;
	}
	for (size_t d = 0; d < from->m; d++) {
		y[d] = from->row[d].estimate;
		used[d] *= range * range;
	}
	return check_variances(from, used, why);
}

/* ---- behind the model ---------------------------------------------------------------------- */

/* The row of an area without the model's numbers. */
static struct result_row row_of(const struct model *m, size_t d)
{
	struct result_row row = m->areas.row[d];

	row.ci_low = row.ci_high = NAN;
	row.direct = row.estimate;
	row.direct_se = row.se;
	row.stat = span_of("eblup");
	row.level = m->level;
	row.df = NAN;
	row.flags = (row.flags & (FLAG_SIMULATED | FLAG_LONELY)) | FLAG_MODEL;
	row.method = m->words;
	row.reason[LANG_EN] = row.reason[LANG_VI] = span_of("");
	if (m->fh.psi[d] == 0) {
		row.flags |= FLAG_CAUTION;
		row.reason[LANG_EN] = span_of("a sampling variance of 0: taken as without error");
	}
	if (isnan(row.direct))
		row.reason[LANG_EN] = span_of("no direct estimate: the regression's value alone");
	return row;
}

static struct result_row model_row(const struct model *m, size_t d)
{
	struct fh_area area = fh_area(&m->fit, m->fh.x + d * m->fh.p, m->fh.y[d], m->fh.psi[d]);
	struct result_row row = row_of(m, d);

	row.estimate = area.estimate;
	row.synthetic = area.synthetic;
	row.gamma = area.gamma;
	row.mse = area.mse;
	row.se = sqrt(area.mse);
	if (row.se > 0) { /* an interval of width 0 would claim too much */
		row.ci_low = row.estimate - m->z * row.se;
		row.ci_high = row.estimate + m->z * row.se;
	}
	if (isnan(row.mse))
		row.reason[LANG_EN] = span_of("the bias correction leaves no mean squared error");
	return row;
}

static struct result_row arcsine_row(const struct model *m, size_t d, double mse)
{
	struct arcsine_area area =
		smallarea_back(&m->fit, m->fh.x + d * m->fh.p, m->fh.y[d], m->fh.psi[d], m->z);
	double low = m->areas.low, range = m->areas.range;
	struct result_row row = row_of(m, d);

	row.estimate = low + range * area.estimate;
	row.synthetic = low + range * area.synthetic;
	row.gamma = area.gamma;
	row.mse = range * range * mse;
	row.se = range * sqrt(mse);
	row.ci_low = low + range * area.low;
	row.ci_high = low + range * area.high;
	if (area.at_end)
		row.reason[LANG_EN] =
			span_of("the model left the range of a share: its end is taken");
	return row;
}

static bool fill_rows(struct arena *arena, struct model *m, struct result *out, struct diag *why)
{
	double *mse = arena_new(arena, m->fh.m, sizeof *mse);

	if (m->arcsine) {
		gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
		bool ok;

		if (!rng)
			return diag_fail(why, DIAG_FAILED, "not enough memory for random numbers");
		gsl_rng_set(rng, (unsigned long)m->seed);
		ok = smallarea_bootstrap(arena, &m->fh, &m->fit, MODELLED_BOOTSTRAP, rng, mse, why);
		gsl_rng_free(rng);
		if (!ok)
			return false;
	}
	for (size_t d = 0; d < m->fh.m; d++) {
		struct result_row row = m->arcsine ? arcsine_row(m, d, mse[d]) : model_row(m, d);

		result_add(arena, out, &row);
	}
	return true;
}

/* Limits move with the estimate, those of arcsine no further than the range. */
static bool move(const struct model *m, size_t d, double to, struct result_row *row,
		 struct diag *why)
{
	double by = to - row->estimate, low = m->areas.low, high = low + m->areas.range;

	row->estimate = to;
	row->ci_low += by;
	row->ci_high += by;
	if (m->arcsine) {
		row->ci_low = fmax(row->ci_low, low);
		row->ci_high = fmin(row->ci_high, high);
	}
	if (isnan(high) || (to >= low && to <= high))
		return true;
	return diag_fail(why, DIAG_DATA, "--benchmark would put \"%.*s\" at %g, outside %g to %g",
			 SPAN_ARG(m->areas.name[d]), to, low, high);
}

static bool benchmark(struct arena *arena, struct model *m, struct result *r, struct diag *why)
{
	double *to = arena_new(arena, r->n, sizeof *to);
	size_t errors = why->errors;

	if (m->benchmark == BENCHMARK_NONE)
		return true;
	if (isnan(m->national))
		m->national = m->areas.national;
	if (isnan(m->national))
		return diag_fail(why, DIAG_USAGE,
				 "--benchmark needs --national: the value of the country");
	for (size_t d = 0; d < r->n; d++) {
		to[d] = r->row[d].estimate;
		if (isnan(m->areas.population[d]))
			diag_at(why, m->areas.at[d], DIAG_DATA,
				"\"%.*s\" has no population, which --benchmark weighs by",
				SPAN_ARG(m->areas.name[d]));
	}
	if (why->errors > errors || !smallarea_benchmark(m->benchmark, r->n, m->areas.population,
							 m->national, to, &m->moved, why))
		return false;
	for (size_t d = 0; d < r->n; d++)
		move(m, d, to[d], &r->row[d], why);
	return why->errors == errors;
}

static void warn(struct arena *arena, const struct model *m, struct diag *why)
{
	double higher = fh_higher(arena, &m->fh, &m->fit);

	if (!isnan(higher)) {
		diag_warn(
			why,
			"the likelihood has a higher top at a variance between areas of %g than at "
			"%g, where the fit ended",
			higher, m->fit.A);
		diag_hint(why, "see what --fitting fh, ml, areml give before any is published");
	}
	if (m->smooth == SMOOTH_GVF && m->smoothing.b >= 0)
		diag_warn(why,
			  "sampling variances do not fall with the number of answers (n^%.2f): a "
			  "function of n does not describe them",
			  m->smoothing.b);
	if (m->fit.A == 0) {
		diag_warn(why,
			  "the variance between areas is estimated as 0: the model gives every "
			  "area the regression's value, whatever its direct estimate");
		diag_hint(why, "--fitting areml keeps it above 0");
	}
	if (modelled_few(m))
		diag_warn(why,
			  "%zu areas for %zu coefficients are few: the variance between areas, and "
			  "with it every error here, is itself uncertain",
			  m->fit.used, m->fit.p);
}

bool modelled_few(const struct model *m)
{
	return m->fit.used - m->fit.p < FEW;
}

bool modelled_rows(struct arena *arena, struct model *m, struct result *out, struct diag *why)
{
	if (!prepare(arena, m, why) || !fh_fit(arena, &m->fh, m->method, &m->fit, why) ||
	    !fill_rows(arena, m, out, why) || !benchmark(arena, m, out, why))
		return false;
	warn(arena, m, why);
	return true;
}

/* ---- --fit --------------------------------------------------------------------------------- */

static void add_term(struct arena *arena, const struct model *m, const char *stat, struct text item,
		     double value, double se, struct result *out)
{
	struct result_row row = result_row_init();

	row.survey = m->areas.row[0].survey;
	row.year = m->areas.row[0].year;
	row.source = m->areas.row[0].source;
	row.flags = m->areas.row[0].flags & FLAG_SIMULATED;
	row.method = m->words;
	row.item = item;
	row.stat = span_of(stat);
	row.estimate = value;
	row.n = (double)m->fit.used;
	row.se = se;
	if (!isnan(se) && item.n) {
		row.level = m->level;
		row.ci_low = value - m->z * se;
		row.ci_high = value + m->z * se;
	}
	result_add(arena, out, &row);
}

void modelled_terms(struct arena *arena, const struct model *m, struct result *out)
{
	const struct text none = {"", 0};

	add_term(arena, m, "refvar", none, m->fit.A, sqrt(m->fit.var_A), out);
	add_term(arena, m, "loglik", none, m->fit.loglik, NAN, out);
	add_term(arena, m, "iterations", none, (double)m->fit.steps, NAN, out);
	for (size_t j = 0; j < m->fit.p; j++)
		add_term(arena, m, "coefficient", j ? m->areas.column[j] : span_of("(constant)"),
			 m->fit.beta[j], m->fit.se[j], out);
	if (m->smooth == SMOOTH_DEFF)
		add_term(arena, m, "mean-deff", none, m->smoothing.deff, NAN, out);
	if (m->smooth == SMOOTH_GVF) {
		add_term(arena, m, "gvf-a", none, m->smoothing.a, NAN, out);
		add_term(arena, m, "gvf-b", none, m->smoothing.b, NAN, out);
		add_term(arena, m, "gvf-factor", none, m->smoothing.f, NAN, out);
	}
	if (m->benchmark)
		add_term(arena, m, "benchmark", none, m->moved, NAN, out);
}
