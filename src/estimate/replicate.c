/* Strata become parts, each with the list of its units; a table of functions, one for each type
 * that can be made, fills the factors from the parts. */
#include "estimate/replicate.h"

#include "estimate/hadamard.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#define FACTORS_MOST ((size_t)100000000) /* 800 MB of them */

static const struct {
	const char *name;
	enum replicate_type type;
} names[] = {
	/* each type's first name, in the order of the types; then the others */
	{"JK1", REPLICATE_JK1},
	{"JKn", REPLICATE_JKN},
	{"BRR", REPLICATE_BRR},
	{"Fay", REPLICATE_FAY},
	{"bootstrap", REPLICATE_BOOTSTRAP},
	{"raowu", REPLICATE_RAOWU},
	{"canty", REPLICATE_CANTY},
	{"JK2", REPLICATE_JK2},
	{"SDR", REPLICATE_SDR},
	{"other", REPLICATE_GIVEN},
	{"subbootstrap", REPLICATE_BOOTSTRAP},
	{"ACS", REPLICATE_SDR},
	{"successive-difference", REPLICATE_SDR},
	{"mrbbootstrap", REPLICATE_GIVEN},
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(struct text a, struct text b)
{
	size_t i = 0;

	while (i < a.n && i < b.n && lower(a.at[i]) == lower(b.at[i]))
		i++;
	return i == a.n && i == b.n;
}

bool replicate_find(struct text name, enum replicate_type *out)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (same_name(name, span_of(names[i].name))) {
			*out = names[i].type;
			return true;
		}
	return false;
}

const char *replicate_name(enum replicate_type type)
{
	return names[type].name;
}

/* ---- variance -------------------------------------------------------------------------------- */

static double centre(const struct replicates *r, size_t k, const double *theta, size_t column)
{
	long double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->rscale[i] > 0) {
			sum += theta[i * k + column];
			n++;
		}
	return n ? (double)(sum / n) : NAN;
}

void replicate_covariance(const struct replicates *r, size_t k, const double *theta0,
			  const double *theta, double *v)
{
	struct arena scratch = {0};
	double *c = arena_new(&scratch, k, sizeof *c);

	for (size_t a = 0; a < k; a++)
		c[a] = r->mse ? theta0[a] : centre(r, k, theta, a);
	for (size_t a = 0; a < k; a++)
		for (size_t b = 0; b <= a; b++) {
			double sum = r->n ? 0 : NAN;

			for (size_t i = 0; i < r->n; i++)
				if (r->rscale[i] > 0)
					sum += r->rscale[i] * (theta[i * k + a] - c[a]) *
					       (theta[i * k + b] - c[b]);
			v[a * k + b] = v[b * k + a] = r->scale * sum;
		}
	arena_release(&scratch);
}

/* ---- what comes with given columns ------------------------------------------------------------
 */

static double default_scale(enum replicate_type type, double n, double rho)
{
	switch (type) {
	case REPLICATE_JK1: return (n - 1) / n;
	case REPLICATE_JKN:
	case REPLICATE_JK2: return 1;
	case REPLICATE_BRR: return 1 / n;
	case REPLICATE_FAY: return 1 / (n * (1 - rho) * (1 - rho));
	case REPLICATE_BOOTSTRAP:
	case REPLICATE_RAOWU:
	case REPLICATE_CANTY: return 1 / (n - 1);
	case REPLICATE_SDR: return 4 / n;
	case REPLICATE_GIVEN:
	case REPLICATE__COUNT: break;
	}
	return NAN;
}

static bool check_rho(enum replicate_type type, double rho, struct diag *why)
{
	return type != REPLICATE_FAY || (rho >= 0 && rho < 1) ||
	       diag_fail(why, DIAG_USAGE,
			 "rho of Fay's method is %g; it must be at least 0 and less than 1", rho);
}

static bool check_scale(double scale, struct diag *why)
{
	return (isfinite(scale) && scale >= 0) ||
	       diag_fail(why, DIAG_USAGE, "%g is no scale of replicate weights", scale);
}

bool replicate_defaults(struct arena *a, enum replicate_type type, size_t n, double rho,
			struct replicates *out, struct diag *why)
{
	if (n < 2)
		return diag_fail(why, DIAG_USAGE, "%zu columns of replicate weights; two at least",
				 n);
	if (!check_rho(type, rho, why))
		return false;
	if (isnan(out->scale) && type == REPLICATE_GIVEN)
		return diag_fail(why, DIAG_USAGE,
				 "replicate weights of type \"%s\" need their scale",
				 replicate_name(type));
	if (!out->rscale && type == REPLICATE_JKN)
		return diag_fail(why, DIAG_USAGE,
				 "replicate weights of type JKn need their rscales, one for each "
				 "column: (n-1)/n of its stratum");
	out->n = n;
	if (isnan(out->scale))
		out->scale = default_scale(type, (double)n, rho);
	if (!out->rscale) {
		out->rscale = arena_new(a, n, sizeof *out->rscale);
		for (size_t i = 0; i < n; i++)
			out->rscale[i] = 1;
	}
	for (size_t i = 0; i < n; i++)
		if (!check_scale(out->rscale[i], why))
			return false;
	return check_scale(out->scale, why);
}

/* ---- strata ---------------------------------------------------------------------------------- */

enum part_kind {
	PART_SAMPLED, /* has replicates */
	PART_WHOLE,   /* all units were drawn */
	PART_SILENT,  /* lonely, without a replicate */
	PART_ALONE    /* lonely, with the one replicate of LONELY_ADJUST */
};

struct part {
	const struct frame_stratum *stratum; /* for messages */
	size_t n, *unit;
	double population;
	enum part_kind kind;
	size_t *copy; /* of Canty and Davison: units, as many as the population */
};

struct making {
	struct arena *arena, scratch;
	const struct frame_stage *stage;
	const struct replicate_plan *plan;
	struct part *part;
	size_t parts, of_kind[PART_ALONE + 1];
	struct replicates *out;
	double *factor;
	size_t *drawn; /* room for one stratum's draws */
};

static bool is_whole(double n, double population)
{
	return 1 - n / population < 1e-7; /* as in linear, and in R */
}

/* Strata that were joined with another have no units left, and are no part. */
static void fill_parts(struct making *m)
{
	const struct frame_stage *s = m->stage;
	size_t *part = arena_new(&m->scratch, s->n_strata, sizeof *part);

	m->part = arena_new(&m->scratch, s->n_strata, sizeof *m->part);
	for (size_t h = 0; h < s->n_strata; h++) {
		const struct frame_stratum *stratum = &s->stratum[h];

		if (stratum->units == 0)
			continue;
		part[h] = m->parts;
		m->part[m->parts++] = (struct part){
			.stratum = stratum,
			.population = stratum->population,
			.unit = arena_new(&m->scratch, stratum->units, sizeof(size_t))};
	}
	for (size_t u = 0; u < s->n_units; u++) {
		struct part *p = &m->part[part[s->unit[u].stratum]];

		p->unit[p->n++] = u;
	}
}

/* An error about a stratum; always false. */
static bool refuse(const struct part *p, const char *words, struct diag *why)
{
	struct text name = p->stratum->name;

	if (!name.n)
		return diag_at(why, p->stratum->at, DIAG_DATA,
			       p->n == 1 ? N_("the sample has %zu unit; %s")
					 : N_("the sample has %zu units; %s"),
			       p->n, diag_word(why, words));
	return diag_at(why, p->stratum->at, DIAG_DATA,
		       p->n == 1 ? N_("stratum \"%.*s\" has %zu unit; %s")
				 : N_("stratum \"%.*s\" has %zu units; %s"),
		       SPAN_ARG(name), p->n, diag_word(why, words));
}

static bool classify_lonely(const struct making *m, struct part *p, struct diag *why)
{
	p->kind = PART_SILENT;
	switch (m->plan->lonely) {
	case LONELY_REMOVE:
	case LONELY_CERTAINTY:
	case LONELY_AVERAGE:
	case LONELY_COLLAPSE: return true; /* with no other stratum to join */
	case LONELY_ADJUST:
		p->kind = PART_ALONE;
		if (m->plan->type == REPLICATE_JKN && m->parts > 1)
			return true;
		refuse(p, N_("such a stratum cannot be adjusted for by these replicates"), why);
		return diag_hint(why, "JKn can, in a sample of several strata; or choose another "
				      "rule for lonely units");
	case LONELY_FAIL:
	case LONELY__COUNT: break;
	}
	return refuse(p, N_("no variance can be estimated from it"), why);
}

static bool read_strata(struct making *m, struct diag *why)
{
	fill_parts(m);
	for (size_t i = 0; i < m->parts; i++) {
		struct part *p = &m->part[i];

		p->kind = is_whole((double)p->n, p->population) ? PART_WHOLE : PART_SAMPLED;
		if (p->kind == PART_SAMPLED && p->n == 1 && !classify_lonely(m, p, why))
			return false;
		m->of_kind[p->kind]++;
	}
	if (m->of_kind[PART_SAMPLED] + m->of_kind[PART_ALONE] == 0)
		return diag_fail(why, DIAG_DATA,
				 "no stratum can have replicates: each has one unit only, or was "
				 "drawn whole");
	return true;
}

/* ---- factors --------------------------------------------------------------------------------- */

/* Room for n replicates, all factors and rscales 1. */
static bool start(struct making *m, size_t n, double scale, struct diag *why)
{
	size_t units = m->stage->n_units;

	if (n > FACTORS_MOST / units) {
		diag_fail(why, DIAG_DATA, "%zu replicates of %zu units are too many to keep", n,
			  units);
		return diag_hint(why, "a bootstrap needs fewer");
	}
	*m->out = (struct replicates){.n = n,
				      .scale = scale,
				      .rscale = arena_new(m->arena, n, sizeof(double)),
				      .mse = m->plan->mse};
	m->factor = arena_new(m->arena, n * units, sizeof *m->factor);
	for (size_t r = 0; r < n; r++)
		m->out->rscale[r] = 1;
	for (size_t i = 0; i < n * units; i++)
		m->factor[i] = 1;
	if (m->plan->lonely == LONELY_AVERAGE)
		m->out->scale *= (double)m->parts / (double)(m->parts - m->of_kind[PART_SILENT]);
	return true;
}

static double *factor_of(struct making *m, size_t unit, size_t replicate)
{
	return &m->factor[unit * m->out->n + replicate];
}

/* A replicate for each unit of the part, from number `first`, that leaves this unit out. */
static void leave_out_each(struct making *m, const struct part *p, size_t first)
{
	for (size_t r = 0; r < p->n; r++)
		for (size_t i = 0; i < p->n; i++)
			*factor_of(m, p->unit[i], first + r) =
				i == r ? 0 : (double)p->n / (double)(p->n - 1);
}

static bool make_jk1(struct making *m, struct diag *why)
{
	const struct part *p = m->part;
	double n = (double)p->n;

	if (m->parts > 1) {
		diag_fail(why, DIAG_DATA, "JK1 is for a sample without strata; this has %zu",
			  m->parts);
		return diag_hint(why, "JKn is the jackknife of a stratified sample");
	}
	if (!start(m, p->n, (n - 1) / n * (1 - n / p->population), why))
		return false;
	leave_out_each(m, p, 0);
	return true;
}

/* The one replicate of a lonely stratum: without it, the others the larger. */
static void leave_out_part(struct making *m, const struct part *p, size_t replicate)
{
	double strata = (double)m->parts;

	for (size_t u = 0; u < m->stage->n_units; u++)
		*factor_of(m, u, replicate) = strata / (strata - 1);
	for (size_t i = 0; i < p->n; i++)
		*factor_of(m, p->unit[i], replicate) = 0;
	m->out->rscale[replicate] = (strata - 1) / strata;
}

static bool make_jkn(struct making *m, struct diag *why)
{
	size_t n = m->of_kind[PART_ALONE], next = 0;

	for (size_t i = 0; i < m->parts; i++)
		n += m->part[i].kind == PART_SAMPLED ? m->part[i].n : 0;
	if (!start(m, n, 1, why))
		return false;
	for (size_t i = 0; i < m->parts; i++) {
		const struct part *p = &m->part[i];
		double units = (double)p->n;

		if (p->kind == PART_ALONE)
			leave_out_part(m, p, next++);
		if (p->kind != PART_SAMPLED)
			continue;
		leave_out_each(m, p, next);
		for (size_t r = 0; r < p->n; r++)
			m->out->rscale[next + r] =
				(units - 1) / units * (1 - units / p->population);
		next += p->n;
	}
	return true;
}

/* BRR is Fay's method with rho = 0. Rows of the matrix behind the first: each has as many 1 as -1.
 */
static bool make_brr(struct making *m, struct diag *why)
{
	double rho = m->plan->type == REPLICATE_FAY ? m->plan->rho : 0;
	size_t order = hadamard_order(m->of_kind[PART_SAMPLED] + 1), row = 1;
	bool left_out = false;

	for (size_t i = 0; i < m->parts; i++) {
		left_out = left_out ||
			   (m->part[i].kind == PART_SAMPLED && isfinite(m->part[i].population));
		if (m->part[i].kind == PART_SAMPLED && m->part[i].n != 2)
			return refuse(&m->part[i], N_("balanced replicates need two in each"), why);
	}
	if (left_out)
		diag_warn(why, "balanced replicates leave the finite population out");
	if (!start(m, order, 1 / ((double)order * (1 - rho) * (1 - rho)), why))
		return false;
	for (size_t i = 0; i < m->parts; i++) {
		if (m->part[i].kind != PART_SAMPLED)
			continue;
		for (size_t r = 0; r < order; r++) {
			bool first = hadamard_sign(order, row, r) > 0;

			*factor_of(m, m->part[i].unit[0], r) = first ? 2 - rho : rho;
			*factor_of(m, m->part[i].unit[1], r) = first ? rho : 2 - rho;
		}
		row++;
	}
	return true;
}

/* Adds 1 for each of `draws` draws of a unit of the part. */
static void draw(struct making *m, const struct part *p, size_t draws, double *times)
{
	memset(times, 0, p->n * sizeof *times);
	for (size_t d = 0; d < draws; d++)
		times[gsl_rng_uniform_int(m->plan->rng, p->n)]++;
}

/* Rao, Wu and Yue (1992), any number of draws. */
static bool make_raowu(struct making *m, struct diag *why)
{
	double given = m->plan->type == REPLICATE_RAOWU ? m->plan->m : 0;
	double *times = arena_new(&m->scratch, m->stage->n_units, sizeof *times);
	bool negative = false;

	if (given != 0 && !(given >= 1 && given == floor(given) && given <= 1e6))
		return diag_fail(why, DIAG_USAGE, "%g is no number of draws", given);
	if (!start(m, m->plan->bootstrap_n, 1 / ((double)m->plan->bootstrap_n - 1), why))
		return false;
	for (size_t r = 0; r < m->out->n; r++)
		for (size_t i = 0; i < m->parts; i++) {
			const struct part *p = &m->part[i];
			double n = (double)p->n, draws = given != 0 ? given : n - 1, lambda;

			if (p->kind != PART_SAMPLED)
				continue;
			lambda = sqrt(draws * (1 - n / p->population) / (n - 1));
			negative = negative || lambda > 1;
			draw(m, p, (size_t)draws, times);
			for (size_t u = 0; u < p->n; u++)
				*factor_of(m, p->unit[u], r) =
					1 - lambda + lambda * n / draws * times[u];
		}
	if (negative)
		diag_warn(why,
			  "%g draws are more than some stratum has units less one: replicate "
			  "weights may be negative",
			  given);
	return true;
}

/* The sample copied until it is as large as the population; which units are in the last, incomplete
 * copy is drawn. */
static size_t *copies_of(struct making *m, const struct part *p, size_t population)
{
	size_t *order = arena_new(&m->scratch, p->n, sizeof *order),
	       *copy = arena_new(&m->scratch, population, sizeof *copy);

	for (size_t i = 0; i < p->n; i++)
		order[i] = i;
	gsl_ran_shuffle(m->plan->rng, order, p->n, sizeof *order);
	for (size_t i = 0; i < population; i++)
		copy[i] = order[i % p->n];
	return copy;
}

/* Adds 1 for each draw without replacement from the copies, as many as there are units. */
static void draw_copies(struct making *m, const struct part *p, size_t population, double *times)
{
	memset(times, 0, p->n * sizeof *times);
	gsl_ran_choose(m->plan->rng, m->drawn, p->n, p->copy, population, sizeof *p->copy);
	for (size_t i = 0; i < p->n; i++)
		times[m->drawn[i]]++;
}

/* The scale's m: the harmonic mean of the numbers of units. Makes copies where they are needed. */
static double prepare_canty(struct making *m)
{
	double inverse = 0;

	m->drawn = arena_new(&m->scratch, m->stage->n_units, sizeof *m->drawn);
	for (size_t i = 0; i < m->parts; i++) {
		struct part *p = &m->part[i];

		if (p->kind != PART_SAMPLED)
			continue;
		inverse += 1 / (double)p->n;
		if (p->population < 100 * (double)p->n)
			p->copy = copies_of(m, p, (size_t)round(p->population));
	}
	return (double)m->of_kind[PART_SAMPLED] / inverse;
}

static bool make_canty(struct making *m, struct diag *why)
{
	double *times = arena_new(&m->scratch, m->stage->n_units, sizeof *times),
	       mean = prepare_canty(m), replicates = (double)m->plan->bootstrap_n;

	if (!start(m, m->plan->bootstrap_n, mean / ((mean - 1) * (replicates - 1)), why))
		return false;
	for (size_t r = 0; r < m->out->n; r++)
		for (size_t i = 0; i < m->parts; i++) {
			const struct part *p = &m->part[i];

			if (p->kind != PART_SAMPLED)
				continue;
			if (p->copy)
				draw_copies(m, p, (size_t)round(p->population), times);
			else
				draw(m, p, p->n, times);
			for (size_t u = 0; u < p->n; u++)
				*factor_of(m, p->unit[u], r) = times[u];
		}
	return true;
}

static bool (*const makers[REPLICATE__COUNT])(struct making *, struct diag *) = {
	[REPLICATE_JK1] = make_jk1,     [REPLICATE_JKN] = make_jkn,
	[REPLICATE_BRR] = make_brr,     [REPLICATE_FAY] = make_brr,
	[REPLICATE_RAOWU] = make_raowu, [REPLICATE_BOOTSTRAP] = make_raowu,
	[REPLICATE_CANTY] = make_canty,
};

static bool is_random(enum replicate_type type)
{
	return type == REPLICATE_BOOTSTRAP || type == REPLICATE_RAOWU || type == REPLICATE_CANTY;
}

bool replicate_make(struct arena *a, const struct frame *f, const struct replicate_plan *p,
		    struct replicates *out, double **factor, struct diag *why)
{
	struct making m = {.arena = a, .stage = &f->stage[0], .plan = p, .out = out};
	bool done;

	if (!makers[p->type])
		return diag_fail(why, DIAG_USAGE,
				 "replicates of type \"%s\" can be given, but not made",
				 replicate_name(p->type));
	if (is_random(p->type) && p->bootstrap_n < 2)
		return diag_fail(why, DIAG_USAGE, "%zu bootstrap replicates; two at least",
				 p->bootstrap_n);
	if (!check_rho(p->type, p->rho, why))
		return false;
	done = read_strata(&m, why) && makers[p->type](&m, why);
	*factor = m.factor;
	arena_release(&m.scratch);
	return done;
}
