#include "survey/respond.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#define VILLAGE_LASTS 0.8   /* correlation of a village's part from year to year */
#define PERSON 0.5          /* of the variance inside a village: the person's, shared by items */
#define PERSON_OTHER 0.09   /* likewise for other questions */
#define STRATUM_SPREAD 0.15 /* of the strata's rates in a province, logit */
#define SHARE_SPREAD 0.4    /* of the strata's part of the people, logarithm */
#define PLACE_SPREAD 0.2    /* of the shares of levels in a province, logarithm */
#define VILLAGE_WEIGHT 0.3  /* of weights, logarithm */
#define PERSON_WEIGHT 0.25
#define DISSATISFIED 2.4 /* a level below the cut is that much more common than the one before */
#define DELIGHTED 0.6    /* likewise above the cut */
#define CODED 0.5        /* of missing answers, where a question has codes of its own */

/* One question in one province and stratum: cuts of a standard normal variable. */
struct scale {
	const struct question *question;
	size_t *level;  /* from low to high */
	double *cut;    /* between them, ascending */
	double village; /* part of the variance between villages */
};

struct year {
	struct arena *arena;
	const struct blueprint *blueprint;
	const struct blueprint_wave *wave;
	const struct truth_wave *truth;
	const struct sampling *sampling;
	struct villages *villages;
	gsl_rng *random;
	struct csvout *out;
	struct scale *rated, *asked; /* by question; of the stratum at work */
	double *weight;              /* by person; likewise */
	bool *skipped;               /* by row of national.csv: not asked of the person */
	int digits;                  /* of a person's number in the village */
};

/* ---- the intra-cluster correlation ---------------------------------------------------------- */

/* P(both above the cut) grows with the correlation r by the bivariate normal density at
 * (cut, cut) (Plackett 1954); r = sin(angle) leaves a smooth integrand, here by Simpson's rule. */
static double joint_excess(double r, double cut)
{
	const int steps = 32;
	double angle = asin(r), sum = 0;

	for (int i = 0; i <= steps; i++) {
		double f = exp(-cut * cut / (1 + sin(angle * i / steps)));

		sum += (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2) * f;
	}
	return sum * angle / (3 * steps) / (2 * M_PI);
}

double respond_latent_icc(double p, double icc)
{
	double low = 0, high = 1, cut;

	if (icc <= 0 || p <= 0 || p >= 1)
		return 0;
	cut = gsl_cdf_ugaussian_Qinv(p);
	while (high - low > 1e-9) {
		double middle = (low + high) / 2;

		*(joint_excess(middle, cut) < icc * p * (1 - p) ? &low : &high) = middle;
	}
	return (low + high) / 2;
}

/* ---- strata and villages -------------------------------------------------------------------- */

size_t respond_villages(const struct blueprint *b, const struct sampling *s, size_t stratum)
{
	return (s->clusters + stratum) / b->n_strata;
}

void villages_start(struct arena *a, const struct blueprint *b, const struct sampling *s,
		    gsl_rng *random, struct villages *out)
{
	size_t n = b->provinces.n * b->n_strata;

	*out = (struct villages){.at = arena_new(a, b->provinces.n * s->clusters, sizeof *out->at),
				 .last = arena_new(a, b->provinces.n, sizeof *out->last),
				 .share = arena_new(a, n, sizeof *out->share),
				 .shift = arena_new(a, n, sizeof *out->shift)};
	for (size_t k = 0; k < n; k++) {
		out->share[k] = b->stratum_share[k % b->n_strata] *
				gsl_ran_lognormal(random, 0, SHARE_SPREAD);
		out->shift[k] = gsl_ran_gaussian(random, STRATUM_SPREAD);
	}
	for (size_t p = 0; p < b->provinces.n; p++) {
		double *share = &out->share[p * b->n_strata], sum = 0;

		for (size_t h = 0; h < b->n_strata; h++)
			sum += share[h];
		for (size_t h = 0; h < b->n_strata; h++)
			share[h] /= sum;
	}
}

/* A unit that took over a code goes on counting, so that a number means one village. */
static size_t *last_number(struct year *y, size_t province)
{
	const struct provinces *all = &y->blueprint->provinces;
	size_t first = 0;

	while (!span_equal(all->at[first].code, all->at[province].code))
		first++;
	return &y->villages->last[first];
}

static double later(double before, gsl_rng *random)
{
	return VILLAGE_LASTS * before +
	       sqrt(1 - VILLAGE_LASTS * VILLAGE_LASTS) * gsl_ran_ugaussian(random);
}

static void choose_village(struct year *y, size_t province, struct village *v)
{
	if (v->number && gsl_rng_uniform(y->random) < VILLAGE_STAYS) {
		v->satisfied = later(v->satisfied, y->random);
		v->other = later(v->other, y->random);
		return;
	}
	v->number = ++*last_number(y, province);
	v->satisfied = gsl_ran_ugaussian(y->random);
	v->other = gsl_ran_ugaussian(y->random);
}

/* Unequal, and adding to the people of the stratum. */
static void draw_weights(struct year *y, size_t villages, double people)
{
	size_t size = y->sampling->size;
	double sum = 0;

	for (size_t k = 0; k < villages; k++) {
		double village = gsl_ran_lognormal(y->random, 0, VILLAGE_WEIGHT);

		for (size_t i = k * size; i < (k + 1) * size; i++) {
			y->weight[i] = village * gsl_ran_lognormal(y->random, 0, PERSON_WEIGHT);
			sum += y->weight[i];
		}
	}
	for (size_t i = 0; i < villages * size; i++) {
		double w = number_round(y->weight[i] * people / sum, 2);

		y->weight[i] = w > 0 ? w : 0.01;
	}
}

/* ---- cuts ----------------------------------------------------------------------------------- */

/* The rate of a stratum, so that all strata together give the province's. */
static double stratum_rate(const struct year *y, size_t province, size_t stratum, double rate)
{
	size_t n = y->blueprint->n_strata;
	const double *share = &y->villages->share[province * n];
	const double *shift = &y->villages->shift[province * n];
	double low = -40, high = 40;

	if (rate <= 0 || rate >= 1)
		return rate;
	while (high - low > 1e-12) {
		double middle = (low + high) / 2, sum = 0;

		for (size_t h = 0; h < n; h++)
			sum += share[h] / (1 + exp(-middle - shift[h]));
		*(sum < rate ? &low : &high) = middle;
	}
	return 1 / (1 + exp(-low - shift[stratum]));
}

static struct scale *new_scales(struct arena *a, size_t n)
{
	return arena_new(a, n, sizeof(struct scale));
}

/* Levels that do not count below those that do; each part in the direction of the scale. */
static void start_scale(struct arena *a, const struct question *q, bool rated, struct scale *out)
{
	size_t n = q->n_levels, used = 0;
	bool falling = rated && q->level[0].satisfied && !q->level[n - 1].satisfied;

	*out = (struct scale){.question = q,
			      .level = arena_new(a, n, sizeof *out->level),
			      .cut = arena_new(a, n, sizeof *out->cut)};
	for (int part = 0; part < (rated ? 2 : 1); part++)
		for (size_t i = 0; i < n; i++) {
			size_t k = falling ? n - 1 - i : i;

			if (!rated || q->level[k].satisfied == (part == 1))
				out->level[used++] = k;
		}
}

/* `n` masses that add to `mass`, each `ratio` (not 1) times the one before, as cuts behind `below`.
 */
static void spread_mass(double *cut, size_t n, double below, double mass, double ratio)
{
	double part = (ratio - 1) / (pow(ratio, (double)n) - 1);
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += part * pow(ratio, (double)i);
		cut[i] = gsl_cdf_ugaussian_Pinv(fmin(1, below + mass * (i + 1 < n ? sum : 1)));
	}
}

static void cut_rated(const struct year *y, size_t province, size_t stratum)
{
	const struct blueprint_wave *w = y->wave;

	for (size_t i = 0; i < w->n_rated; i++) {
		struct scale *s = &y->rated[i];
		size_t n = s->question->n_levels - s->question->n_satisfied;
		double rate = stratum_rate(y, province, stratum,
					   y->truth->rate[province * w->n_rated + i]);

		s->village = respond_latent_icc(rate, y->sampling->icc);
		spread_mass(s->cut, n, 0, 1 - rate, DISSATISFIED);
		spread_mass(s->cut + n, s->question->n_satisfied, 1 - rate, rate, DELIGHTED);
	}
}

static void cut_asked(const struct year *y, size_t stratum)
{
	for (size_t i = 0; i < y->wave->n_asked; i++) {
		struct scale *s = &y->asked[i];
		size_t n = s->question->n_levels;
		const double *share = y->wave->asked[i].share + stratum * n;
		double sum = 0, below = 0;

		s->village = y->sampling->icc;
		for (size_t k = 0; k < n; k++)
			sum += s->cut[k] = share[k] * gsl_ran_lognormal(y->random, 0, PLACE_SPREAD);
		for (size_t k = 0; k < n; k++) {
			below += s->cut[k] / sum;
			s->cut[k] = gsl_cdf_ugaussian_Pinv(fmin(1, below));
		}
	}
}

/* ---- answers -------------------------------------------------------------------------------- */

/* A code of the question, else one that all questions share, else nothing. */
static struct text missing_answer(const struct year *y, const struct question *q)
{
	const struct blueprint *b = y->blueprint;
	double u = gsl_rng_uniform(y->random);

	if (q->n_missing)
		return u < CODED ? q->missing[(size_t)(u / CODED * (double)q->n_missing)].value
				 : span_of("");
	for (size_t i = 0; i < b->n_missing; i++) {
		if (u < b->missing[i].share)
			return question_level(q, b->missing[i].value) ? span_of("")
								      : b->missing[i].value;
		u -= b->missing[i].share;
	}
	return span_of("");
}

static struct text answer(const struct year *y, const struct scale *s, double village,
			  double person, double shared, double nonresponse)
{
	double inside = sqrt(shared) * person + sqrt(1 - shared) * gsl_ran_ugaussian(y->random);
	double x = sqrt(s->village) * village + sqrt(1 - s->village) * inside;
	size_t k = 0;

	if (gsl_rng_uniform(y->random) < nonresponse)
		return missing_answer(y, s->question);
	while (k + 1 < s->question->n_levels && x >= s->cut[k])
		k++;
	return s->question->level[s->level[k]].value;
}

static void write_answers(const struct year *y, const struct village *v)
{
	const struct blueprint *b = y->blueprint;
	const struct blueprint_wave *w = y->wave;
	double person = gsl_ran_ugaussian(y->random);

	for (size_t i = 0; i < w->n_asked; i++)
		csvout_field(y->out, answer(y, &y->asked[i], v->other, person, PERSON_OTHER,
					    y->sampling->nonresponse / 2));
	for (size_t i = 0; i < b->n_national; i++)
		y->skipped[i] = gsl_rng_uniform(y->random) < b->national[i].skip;
	for (size_t i = 0; i < w->n_rated; i++) {
		const struct national *skip = w->rated[i].skip;
		struct text word = answer(y, &y->rated[i], v->satisfied, person, PERSON,
					  y->sampling->nonresponse);

		csvout_field(y->out, skip && y->skipped[skip - b->national] ? span_of("") : word);
	}
}

static void write_village(const struct year *y, const struct province *p, size_t stratum,
			  const struct village *v, const double *weight)
{
	struct text unit = arena_format(y->arena, "%.*s%03zu", SPAN_ARG(p->code), v->number);

	for (size_t i = 0; i < y->sampling->size; i++) {
		csvout_field(y->out,
			     arena_format(y->arena, "%.*s%0*zu", SPAN_ARG(unit), y->digits, i + 1));
		csvout_field(y->out, p->code);
		csvout_field(y->out, y->blueprint->stratum[stratum]);
		csvout_field(y->out, unit);
		csvout_field(y->out, number_exact(y->arena, weight[i]));
		write_answers(y, v);
		csvout_row(y->out);
	}
}

static void respond_province(struct year *y, size_t p)
{
	const struct blueprint *b = y->blueprint;
	struct village *v = &y->villages->at[p * y->sampling->clusters];

	for (size_t h = 0; h < b->n_strata; h++) {
		size_t n = respond_villages(b, y->sampling, h);
		double share = y->villages->share[p * b->n_strata + h];

		draw_weights(y, n, y->truth->people[p] * share);
		cut_rated(y, p, h);
		cut_asked(y, h);
		for (size_t k = 0; k < n; k++, v++) {
			choose_village(y, p, v);
			write_village(y, &b->provinces.at[p], h, v,
				      &y->weight[k * y->sampling->size]);
		}
	}
}

static void write_header(const struct year *y)
{
	static const char *const first[] = {"respondent", "province"};

	for (size_t i = 0; i < 2; i++)
		csvout_field(y->out, span_of(first[i]));
	csvout_field(y->out, y->blueprint->stratum_column);
	csvout_field(y->out, span_of("psu"));
	csvout_field(y->out, span_of("weight"));
	for (size_t i = 0; i < y->wave->n_asked; i++)
		csvout_field(y->out, y->asked[i].question->column);
	for (size_t i = 0; i < y->wave->n_rated; i++)
		csvout_field(y->out, y->rated[i].question->column);
	csvout_row(y->out);
}

void respond_year(struct arena *a, const struct truth *t, size_t wave, const struct sampling *s,
		  struct villages *v, gsl_rng *random, struct csvout *out)
{
	const struct blueprint *b = t->blueprint;
	const struct blueprint_wave *w = &b->wave[wave];
	struct year y = {.arena = a,
			 .blueprint = b,
			 .wave = w,
			 .truth = &t->wave[wave],
			 .sampling = s,
			 .villages = v,
			 .random = random,
			 .out = out,
			 .rated = new_scales(a, w->n_rated),
			 .asked = new_scales(a, w->n_asked),
			 .weight = arena_new(a, s->clusters * s->size, sizeof *y.weight),
			 .skipped = arena_new(a, b->n_national, sizeof *y.skipped),
			 .digits = 1};

	for (size_t n = s->size; n >= 10; n /= 10)
		y.digits++;
	for (size_t i = 0; i < w->n_rated; i++)
		start_scale(a, w->rated[i].question, true, &y.rated[i]);
	for (size_t i = 0; i < w->n_asked; i++)
		start_scale(a, w->asked[i].question, false, &y.asked[i]);
	write_header(&y);
	for (size_t p = 0; p < b->provinces.n; p++)
		if (t->wave[wave].people[p] > 0)
			respond_province(&y, p);
}
