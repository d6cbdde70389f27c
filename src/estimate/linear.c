/* Leaves come in frame order, so the members of a stratum, and inside it of a unit,
 * stand together at every stage: one pass over ranges, no tables. */
#include "estimate/linear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One call of linear_covariance. */
struct pass {
	const struct linear *l;
	const struct leaves *leaves;
	const double *z;
	size_t k;
	bool alone;    /* each with itself only: k variances, not k * k */
	size_t lonely; /* first-stage or later strata of one unit with members */
	bool failed;
};

/* Leaves from .. to of one stage, inside one unit of the stage before. */
struct range {
	size_t stage, from, to;
};

static size_t stratum_at(const struct pass *p, size_t i, size_t stage)
{
	size_t unit = frame_unit_of(p->l->frame, p->leaves->leaf[i], stage);

	return p->l->frame->stage[stage].unit[unit].stratum;
}

static size_t stratum_end(const struct pass *p, struct range r)
{
	size_t h = stratum_at(p, r.from, r.stage), i = r.from + 1;

	while (i < r.to && stratum_at(p, i, r.stage) == h)
		i++;
	return i;
}

static size_t unit_end(const struct pass *p, struct range r)
{
	const struct frame *f = p->l->frame;
	size_t u = frame_unit_of(f, p->leaves->leaf[r.from], r.stage), i = r.from + 1;

	while (i < r.to && frame_unit_of(f, p->leaves->leaf[i], r.stage) == u)
		i++;
	return i;
}

static void add_totals(const struct pass *p, size_t from, size_t to, double *t)
{
	for (size_t i = from; i < to; i++)
		for (size_t j = 0; j < p->k; j++)
			t[j] += p->z[i * p->k + j];
}

static size_t values(const struct pass *p)
{
	return p->alone ? p->k : p->k * p->k;
}

/* v += scale * (t - centre)(t - centre)' */
static void add_square(const struct pass *p, double *v, const double *t, const double *centre,
		       double scale)
{
	size_t k = p->k;

	for (size_t a = 0; p->alone && a < k; a++)
		v[a] += scale * (t[a] - centre[a]) * (t[a] - centre[a]);
	for (size_t a = 0; !p->alone && a < k; a++)
		for (size_t b = 0; b <= a; b++) {
			double product = scale * (t[a] - centre[a]) * (t[b] - centre[b]);

			v[a * k + b] += product;
			if (b < a)
				v[b * k + a] += product;
		}
}

/* A stratum: its units n (drawn), population, and how many of them have members. */
struct stratum_sums {
	double n, population, scale;
	size_t members;
	double *mean; /* of totals over all n units */
};

static void stratum_mean(const struct pass *p, struct range r, struct stratum_sums *s)
{
	memset(s->mean, 0, p->k * sizeof *s->mean);
	for (size_t i = r.from; i < r.to; i = unit_end(p, (struct range){r.stage, i, r.to}))
		s->members++;
	add_totals(p, r.from, r.to, s->mean);
	for (size_t j = 0; j < p->k; j++)
		s->mean[j] /= s->n;
}

/* Where the totals of a stratum are centred; NULL = the stratum says nothing. */
static const double *centre_of(struct pass *p, const struct stratum_sums *s, const double *grand,
			       bool *missing)
{
	*missing = false;
	if (s->n == 1) {
		p->lonely++;
		switch (p->l->lonely) {
		case LONELY_FAIL: p->failed = true; return NULL;
		case LONELY_ADJUST: return grand;
		case LONELY_AVERAGE: *missing = true; return NULL;
		case LONELY_REMOVE:
		case LONELY_CERTAINTY:
		case LONELY_COLLAPSE:
		case LONELY__COUNT: return NULL;
		}
	}
	if (s->members == 1) {
		switch (p->l->domain_lonely) {
		case DOMAIN_LONELY_ADJUST: return grand;
		case DOMAIN_LONELY_AVERAGE: *missing = true; return NULL;
		case DOMAIN_LONELY_NONE:
		case DOMAIN_LONELY__COUNT: break;
		}
	}
	return s->mean;
}

/* The squares of one stratum. Units without members have the total 0. */
static bool stratum_variance(struct pass *p, struct range r, const double *grand,
			     struct stratum_sums *s, double *t, double *v)
{
	const double *centre;
	bool missing;

	stratum_mean(p, r, s);
	centre = centre_of(p, s, grand, &missing);
	if (!centre)
		return !missing;
	for (size_t i = r.from, end; i < r.to; i = end) {
		end = unit_end(p, (struct range){r.stage, i, r.to});
		memset(t, 0, p->k * sizeof *t);
		add_totals(p, i, end, t);
		add_square(p, v, t, centre, s->scale);
	}
	memset(t, 0, p->k * sizeof *t);
	add_square(p, v, t, centre, s->scale * (s->n - (double)s->members));
	return true;
}

static void stage_variance(struct pass *p, struct range r, double factor, double *v);

/* What the later stages add, unit by unit. */
static void inner_stages(struct pass *p, struct range r, double factor, double *v)
{
	for (size_t i = r.from, end; i < r.to; i = end) {
		end = unit_end(p, (struct range){r.stage, i, r.to});
		stage_variance(p, (struct range){r.stage + 1, i, end}, factor, v);
	}
}

/* The mean of the unit totals, over all units of the strata that have members. */
static void grand_mean(const struct pass *p, struct range r, double *grand)
{
	const struct frame_stage *stage = &p->l->frame->stage[r.stage];
	double units = 0;

	memset(grand, 0, p->k * sizeof *grand);
	for (size_t i = r.from; i < r.to; i = stratum_end(p, (struct range){r.stage, i, r.to}))
		units += (double)stage->stratum[stratum_at(p, i, r.stage)].units;
	add_totals(p, r.from, r.to, grand);
	for (size_t j = 0; j < p->k; j++)
		grand[j] /= units;
}

/* v += factor * V of the leaves of the range, from this stage inwards. */
static void stage_variance(struct pass *p, struct range r, double factor, double *v)
{
	const struct frame *f = p->l->frame;
	size_t k = p->k, strata = 0, counted = 0;
	double *grand = calloc(3 * k + values(p), sizeof *grand), *mean, *t, *own;

	if (!grand)
		arena_exhausted(3 * k + values(p), sizeof *grand);
	mean = grand + k;
	t = mean + k;
	own = t + k;
	grand_mean(p, r, grand);
	for (size_t i = r.from, end; i < r.to; i = end) {
		struct range h = {r.stage, i,
				  end = stratum_end(p, (struct range){r.stage, i, r.to})};
		const struct frame_stratum *fs =
			&f->stage[r.stage].stratum[stratum_at(p, i, r.stage)];
		struct stratum_sums s = {
			.n = (double)fs->units, .population = fs->population, .mean = mean};
		double share = isinf(s.population) ? 0 : s.n / s.population;

		strata++;
		s.scale = (1 - share) * (s.n > 1 ? s.n / (s.n - 1) : 1);
		/* Every unit was drawn: no variance from this stage (as R: below 1e-7). */
		counted += 1 - share < 1e-7 || stratum_variance(p, h, grand, &s, t, own);
		if (share > 0 && r.stage + 1 < f->stages)
			inner_stages(p, h, factor * share, v);
	}
	/* Strata that said nothing contribute the mean of those that did. */
	if (counted == 0)
		p->failed = p->failed || strata > 0;
	else
		for (size_t i = 0; i < values(p); i++)
			v[i] += factor * own[i] * (double)strata / (double)counted;
	free(grand);
}

static bool all_stages(struct pass *p, double *v, size_t *lonely)
{
	memset(v, 0, values(p) * sizeof *v);
	if (p->leaves->n)
		stage_variance(p, (struct range){0, 0, p->leaves->n}, 1, v);
	if (lonely)
		*lonely = p->lonely;
	for (size_t i = 0; p->failed && i < values(p); i++)
		v[i] = NAN;
	return !p->failed;
}

bool linear_covariance(const struct linear *l, const struct leaves *leaves, const double *z,
		       size_t k, double *v, size_t *lonely)
{
	return all_stages(&(struct pass){.l = l, .leaves = leaves, .z = z, .k = k}, v, lonely);
}

bool linear_variances(const struct linear *l, const struct leaves *leaves, const double *z,
		      size_t k, double *v, size_t *lonely)
{
	return all_stages(&(struct pass){.l = l, .leaves = leaves, .z = z, .k = k, .alone = true},
			  v, lonely);
}

double linear_df(const struct frame *f, const struct leaves *leaves)
{
	size_t units = 0, strata = 0, last_unit = FRAME_NONE, last_stratum = FRAME_NONE;

	for (size_t i = 0; i < leaves->n; i++) {
		size_t u = frame_unit_of(f, leaves->leaf[i], 0), h = f->stage[0].unit[u].stratum;

		units += u != last_unit;
		strata += h != last_stratum;
		last_unit = u;
		last_stratum = h;
	}
	return (double)units - (double)strata;
}

double linear_design_df(const struct frame *f)
{
	size_t strata = 0;

	for (size_t i = 0; i < f->stage[0].n_strata; i++)
		strata += f->stage[0].stratum[i].units > 0; /* none: joined with another */
	return (double)f->stage[0].n_units - (double)strata;
}
