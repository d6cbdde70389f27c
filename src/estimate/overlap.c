#include "estimate/overlap.h"

#include "base/dict.h"

#include <math.h>
#include <string.h>

/* The units of a stratum in both years. */
struct stratum {
	double n1, n2, both; /* units drawn */
};

struct overlap {
	struct arena *arena;
	const struct linear *from, *to;
	size_t n;        /* different units */
	size_t *unit[2]; /* of each frame's first-stage units, the number among all */
	size_t *stratum; /* of all units */
	bool *in[2];     /* drawn in that year */
	size_t strata;
	struct stratum *h;
	double *t[2];     /* totals */
	bool *member[2];  /* with people of the group */
	bool *answers[2]; /* with answers of theirs */
	double *sum[2];   /* room for sums by stratum */
};

static const char *const names[OVERLAP__COUNT] = {
	[OVERLAP_BERGER_PRIAM] = "berger-priam",
	[OVERLAP_INDEPENDENT] = "independent",
	[OVERLAP_STACKED] = "stacked",
	[OVERLAP_OWN] = "overlap",
};

const char *overlap_name(enum overlap_method m)
{
	return names[m];
}

bool overlap_find(struct text name, enum overlap_method *out)
{
	for (int m = 0; m < OVERLAP__COUNT; m++)
		if (span_is(name, names[m])) {
			*out = (enum overlap_method)m;
			return true;
		}
	return false;
}

/* ---- which units are the same -------------------------------------------------------------- */

/* Names met so far, and the numbers given to them. */
struct naming {
	struct dict *strata, *units;
	size_t *number; /* by position in `units` */
};

static size_t number_of(struct overlap *o, struct naming *known, size_t h, struct text unit)
{
	size_t at;
	bool fresh = true;

	if (unit.n == 0) /* rows: nobody's but this year's */
		return o->n++;
	at = dict_add(known->units, h, unit, &fresh);
	if (fresh)
		known->number[at] = o->n++;
	return known->number[at];
}

static void add_frame(struct overlap *o, struct naming *known, const struct frame *f, int year)
{
	const struct frame_stage *stage = &f->stage[0];

	o->unit[year] = arena_new(o->arena, stage->n_units, sizeof *o->unit[year]);
	for (size_t i = 0; i < stage->n_units; i++) {
		const struct frame_unit *unit = &stage->unit[i];
		size_t h = dict_add(known->strata, 0, stage->stratum[unit->stratum].name, NULL);
		size_t u = number_of(o, known, h, unit->name);

		o->unit[year][i] = u;
		o->stratum[u] = h;
		o->in[year][u] = true;
	}
}

static void count_units(struct overlap *o)
{
	for (size_t u = 0; u < o->n; u++) {
		struct stratum *h = &o->h[o->stratum[u]];

		h->n1 += o->in[0][u];
		h->n2 += o->in[1][u];
		h->both += o->in[0][u] && o->in[1][u];
	}
}

struct overlap *overlap_start(struct arena *a, const struct linear *from, const struct linear *to)
{
	const struct frame_stage *f = &from->frame->stage[0], *t = &to->frame->stage[0];
	size_t most = f->n_units + t->n_units;
	struct overlap *o = arena_new(a, 1, sizeof *o);
	struct naming known = {dict_new(a), dict_new(a), arena_new(a, most, sizeof *known.number)};

	*o = (struct overlap){.arena = a, .from = from, .to = to};
	o->stratum = arena_new(a, most, sizeof *o->stratum);
	for (int year = 0; year < 2; year++) {
		o->in[year] = arena_new(a, most, sizeof *o->in[year]);
		o->t[year] = arena_new(a, most, sizeof *o->t[year]);
		o->member[year] = arena_new(a, most, sizeof *o->member[year]);
		o->answers[year] = arena_new(a, most, sizeof *o->answers[year]);
	}
	add_frame(o, &known, from->frame, 0);
	add_frame(o, &known, to->frame, 1);
	o->strata = known.strata->n;
	o->h = arena_new(a, o->strata, sizeof *o->h);
	for (int year = 0; year < 2; year++)
		o->sum[year] = arena_new(a, 3 * o->strata, sizeof *o->sum[year]);
	count_units(o);
	return o;
}

/* ---- totals by unit ------------------------------------------------------------------------ */

static void add_totals(struct overlap *o, const struct frame *f, const struct overlap_side *side,
		       int year)
{
	memset(o->t[year], 0, o->n * sizeof *o->t[year]);
	memset(o->member[year], 0, o->n * sizeof *o->member[year]);
	memset(o->answers[year], 0, o->n * sizeof *o->answers[year]);
	for (size_t i = 0; i < side->leaves.n; i++) {
		size_t u = o->unit[year][frame_unit_of(f, side->leaves.leaf[i], 0)];

		o->t[year][u] += side->z[i];
		o->answers[year][u] = true;
	}
	for (size_t i = 0; i < side->present.n; i++)
		o->member[year][o->unit[year][frame_unit_of(f, side->present.leaf[i], 0)]] = true;
}

/* Units with members in both; and those of the union with answers less its strata. */
static void count_members(struct overlap *o, size_t *shared, double *df)
{
	bool *met = arena_new(o->arena, o->strata, sizeof *met);

	*shared = 0;
	*df = 0;
	for (size_t u = 0; u < o->n; u++) {
		*shared += o->member[0][u] && o->member[1][u];
		if (!o->answers[0][u] && !o->answers[1][u])
			continue;
		*df += 1 - (met[o->stratum[u]] ? 0 : 1);
		met[o->stratum[u]] = true;
	}
}

/* ---- covariances --------------------------------------------------------------------------- */

/* Which group of Berger and Priam: drawn in the first year only, the second only, both. */
static size_t group_of(const struct overlap *o, size_t u)
{
	return 3 * o->stratum[u] + (o->in[0][u] ? 0 : 1) + (o->in[0][u] && o->in[1][u] ? 2 : 0);
}

static double group_size(const struct overlap *o, size_t group)
{
	const struct stratum *h = &o->h[group / 3];

	return group % 3 == 2 ? h->both : group % 3 == 1 ? h->n2 - h->both : h->n1 - h->both;
}

static double berger_priam(struct overlap *o, double v1, double v2)
{
	double aa = 0, bb = 0, ab = 0;

	for (int year = 0; year < 2; year++) {
		memset(o->sum[year], 0, 3 * o->strata * sizeof *o->sum[year]);
		for (size_t u = 0; u < o->n; u++)
			o->sum[year][group_of(o, u)] += o->t[year][u];
	}
	for (size_t u = 0; u < o->n; u++) {
		size_t g = group_of(o, u);
		double a = o->in[0][u] ? o->t[0][u] - o->sum[0][g] / group_size(o, g) : 0;
		double b = o->in[1][u] ? o->t[1][u] - o->sum[1][g] / group_size(o, g) : 0;

		aa += a * a;
		bb += b * b;
		ab += a * b;
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) * sqrt(v1 * v2) : 0;
}

/* Sums of totals by stratum. */
static void sum_strata(struct overlap *o)
{
	for (int year = 0; year < 2; year++) {
		memset(o->sum[year], 0, o->strata * sizeof *o->sum[year]);
		for (size_t u = 0; u < o->n; u++)
			o->sum[year][o->stratum[u]] += o->t[year][u];
	}
}

static double own_units(struct overlap *o)
{
	double c = 0;

	sum_strata(o);
	for (size_t u = 0; u < o->n; u++) {
		size_t i = o->stratum[u];
		const struct stratum *h = &o->h[i];

		if (!o->in[0][u] || !o->in[1][u] || h->n1 < 2 || h->n2 < 2)
			continue;
		c += sqrt(h->n1 / (h->n1 - 1) * h->n2 / (h->n2 - 1)) *
		     (o->t[0][u] - o->sum[0][i] / h->n1) * (o->t[1][u] - o->sum[1][i] / h->n2);
	}
	return c;
}

static void stacked(struct overlap *o, struct overlap_pair *p)
{
	sum_strata(o);
	p->from = p->to = p->covariance = 0;
	for (size_t u = 0; u < o->n; u++) {
		size_t i = o->stratum[u];
		const struct stratum *h = &o->h[i];
		double n = h->n1 + h->n2 - h->both;
		double a = o->t[0][u] - o->sum[0][i] / n, b = o->t[1][u] - o->sum[1][i] / n;

		if (n < 2)
			continue;
		p->from += n / (n - 1) * a * a;
		p->to += n / (n - 1) * b * b;
		p->covariance += n / (n - 1) * a * b;
	}
}

/* Two groups of one sample: V(z_from, z_to) over the leaves of both. */
static double same_sample(struct overlap *o, const struct overlap_side *from,
			  const struct overlap_side *to)
{
	size_t n = from->leaves.n + to->leaves.n, i = 0, k = 0;
	size_t *leaf = arena_new(o->arena, n, sizeof *leaf), *place = o->from->frame->order;
	double *z = arena_new(o->arena, 2 * n, sizeof *z), v[4];
	struct leaves leaves = {0, leaf};

	while (i < from->leaves.n || k < to->leaves.n) {
		size_t a = i < from->leaves.n ? from->leaves.leaf[i] : FRAME_NONE;
		size_t b = k < to->leaves.n ? to->leaves.leaf[k] : FRAME_NONE;
		bool first = b == FRAME_NONE || (a != FRAME_NONE && place[a] <= place[b]);
		bool second = a == FRAME_NONE || (b != FRAME_NONE && place[b] <= place[a]);

		leaf[leaves.n] = first ? a : b;
		z[2 * leaves.n] = first ? from->z[i++] : 0;
		z[2 * leaves.n++ + 1] = second ? to->z[k++] : 0;
	}
	linear_covariance(o->from, &leaves, z, 2, v, NULL);
	return v[1];
}

/* ---- a pair -------------------------------------------------------------------------------- */

static double satterthwaite(const struct overlap_side *from, const struct overlap_side *to)
{
	double v = from->variance, w = to->variance;

	return (v + w) * (v + w) / (v * v / from->df + w * w / to->df);
}

struct overlap_pair overlap_pair(struct overlap *o, enum overlap_method m,
				 const struct overlap_side *from, const struct overlap_side *to)
{
	struct overlap_pair p = {.from = from->variance, .to = to->variance};
	bool same = o->from->frame == o->to->frame;
	double df;

	add_totals(o, o->from->frame, from, 0);
	add_totals(o, o->to->frame, to, 1);
	count_members(o, &p.shared, &df);
	p.df = satterthwaite(from, to);
	if (same)
		p.covariance = same_sample(o, from, to);
	else if (m == OVERLAP_BERGER_PRIAM)
		p.covariance = berger_priam(o, p.from, p.to);
	else if (m == OVERLAP_OWN)
		p.covariance = own_units(o);
	else if (m == OVERLAP_STACKED)
		stacked(o, &p);
	if (same || (m != OVERLAP_INDEPENDENT && p.shared))
		p.df = fmin(p.df, df);
	if (from->df_told && to->df_told)
		p.df = fmin(from->df, to->df);
	return p;
}

/* Nothing but rounding: a change that every unit shares. */
static double not_below_zero(double v, double of)
{
	return v < 1e-14 * of ? 0 : v;
}

double overlap_variance(const struct overlap_pair *p)
{
	return not_below_zero(p->from + p->to - 2 * p->covariance, p->from + p->to);
}

double overlap_relative(const struct overlap_pair *p, double x, double y)
{
	double r = y / x, v = p->to + r * r * p->from - 2 * r * p->covariance;

	return not_below_zero(v, p->to + r * r * p->from) / (x * x);
}
