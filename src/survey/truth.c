#include "survey/truth.h"

#include "base/number.h"

#include <gsl/gsl_randist.h>
#include <math.h>

#define DEFAULT_RATE 0.83
#define DEFAULT_SPREAD 0.03
#define PERSISTS 0.8      /* correlation of a province's level from year to year */
#define BLOCK 0.3         /* part of the spread that differs between blocks of items */
#define ITEM_SPREAD 0.25  /* of items around their code, logit */
#define LOCAL_SPREAD 0.12 /* of an item in a province and year, logit */
#define PEOPLE 900000.0   /* of the middle province */
#define PEOPLE_SPREAD 0.6 /* logarithm */
#define LOWEST 0.02
#define HIGHEST 0.995

/* What is drawn once for all years. */
struct drawn {
	double *level; /* by province, standard normal in every year */
	double *item;  /* by item of the structure */
	double *people;
};

static double expit(double x)
{
	return 1 / (1 + exp(-x));
}

static const struct rated *rated_of(const struct truth *t, size_t wave, size_t i)
{
	return &t->blueprint->wave[wave].rated[i];
}

static double rate_of(const struct rated *r)
{
	return r->rate ? r->rate->rate : DEFAULT_RATE;
}

/* The spread on the logit scale that gives the stated one near the rate. */
static double spread_of(const struct rated *r)
{
	double p = rate_of(r);
	double spread = r->rate && !isnan(r->rate->spread) ? r->rate->spread : DEFAULT_SPREAD;

	return p > 0 && p < 1 ? spread / (p * (1 - p)) : 0;
}

/* The item's ancestor right below the root (itself when it is there). */
static size_t block_of(const struct blueprint *b, const struct item *item)
{
	while (item->depth > 1)
		item = structure_find(&b->structure, item->era, item->parent);
	return item->order;
}

/* Moves the logits `x` of all provinces and of items with one stated rate so that their mean over
 * people is that rate, and turns them into rates. */
static void fit(struct truth *t, size_t wave, size_t first)
{
	const struct blueprint *b = t->blueprint;
	const struct blueprint_wave *w = &b->wave[wave];
	struct truth_wave *o = &t->wave[wave];
	double low = -40, high = 40, wanted = rate_of(&w->rated[first]);

	while (high - low > 1e-12) {
		double middle = (low + high) / 2, sum = 0, all = 0;

		for (size_t p = 0; p < b->provinces.n; p++)
			for (size_t i = first; i < w->n_rated && o->people[p] > 0; i++) {
				if (w->rated[i].rate != w->rated[first].rate)
					continue;
				sum += o->people[p] * expit(o->rate[p * w->n_rated + i] + middle);
				all += o->people[p];
			}
		*(sum < wanted * all ? &low : &high) = middle;
	}
	for (size_t p = 0; p < b->provinces.n; p++)
		for (size_t i = first; i < w->n_rated; i++)
			if (w->rated[i].rate == w->rated[first].rate) {
				double *x = &o->rate[p * w->n_rated + i];

				*x = expit(*x + low);
			}
}

/* Before the first item of its stated rate, none of that rate has been met. */
static bool is_first(const struct blueprint_wave *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->rated[k].rate == w->rated[i].rate)
			return false;
	return true;
}

/* Rates of people and laws are never quite 0 or 1, unless a file says so. */
static double settle(double rate)
{
	double x = rate < LOWEST ? LOWEST : rate > HIGHEST ? HIGHEST : rate;

	return number_round(x, 4);
}

static void draw_province(struct arena *a, struct truth *t, size_t wave, size_t p,
			  const struct drawn *d, gsl_rng *random)
{
	const struct blueprint *b = t->blueprint;
	const struct blueprint_wave *w = &b->wave[wave];
	double *block = arena_new(a, b->structure.n, sizeof *block);

	for (size_t i = 0; i < b->structure.n; i++)
		block[i] = gsl_ran_ugaussian(random);
	for (size_t i = 0; i < w->n_rated; i++) {
		const struct rated *r = &w->rated[i];
		double level =
			sqrt(1 - BLOCK * BLOCK) * d->level[p] + BLOCK * block[block_of(b, r->item)];

		t->wave[wave].rate[p * w->n_rated + i] = d->item[r->item->order] +
							 spread_of(r) * level +
							 LOCAL_SPREAD * gsl_ran_ugaussian(random);
	}
}

static void draw_wave(struct arena *a, struct truth *t, size_t wave, struct drawn *d,
		      gsl_rng *random)
{
	const struct blueprint *b = t->blueprint;
	const struct blueprint_wave *w = &b->wave[wave];
	struct truth_wave *o = &t->wave[wave];
	size_t n = b->provinces.n * w->n_rated;

	o->rate = arena_new(a, n, sizeof *o->rate);
	o->people = arena_new(a, b->provinces.n, sizeof *o->people);
	for (size_t p = 0; p < b->provinces.n; p++) {
		double fresh = gsl_ran_ugaussian(random);

		d->level[p] = wave ? PERSISTS * d->level[p] + sqrt(1 - PERSISTS * PERSISTS) * fresh
				   : fresh;
		draw_province(a, t, wave, p, d, random);
		if (province_stands(&b->provinces.at[p], w->year))
			o->people[p] = d->people[p];
	}
	for (size_t i = 0; i < w->n_rated; i++)
		if (is_first(w, i))
			fit(t, wave, i);
	for (size_t k = 0; k < n; k++)
		o->rate[k] = o->people[k / w->n_rated] > 0 ? settle(o->rate[k]) : NAN;
}

/* ---- rates of a file ------------------------------------------------------------------------ */

struct rate_columns {
	size_t year, province, code, rate;
};

/* Where a row's rate belongs; *at is NULL when it is to be passed over. */
static bool find_rate(struct truth *t, const struct table *file, size_t r,
		      const struct rate_columns *c, double **at, struct diag *why)
{
	const struct blueprint *b = t->blueprint;
	struct text province = table_cell(file, r, c->province), code;
	const struct province *p;
	size_t wave = 0;
	long year;

	*at = NULL;
	code = table_cell(file, r, c->code);
	if (!table_whole(file, r, c->year, 1900, 2999, &year, why))
		return false;
	while (wave < b->n_waves && b->wave[wave].year != year)
		wave++;
	if (wave == b->n_waves || province.n == 0)
		return true;
	p = province_by_code(&b->provinces, province, year);
	if (!p || !province_stands(p, year))
		return diag_at(why, table_place(file, r, c->province), DIAG_DATA,
			       "column \"province\": no province of that year has code \"%.*s\"",
			       SPAN_ARG(province));
	if (!structure_find(&b->structure, b->wave[wave].era, code))
		return diag_at(why, table_place(file, r, c->code), DIAG_DATA,
			       "column \"code\": \"%.*s\" is not a code of era \"%.*s\"",
			       SPAN_ARG(code), SPAN_ARG(b->wave[wave].era));
	for (size_t i = 0; i < b->wave[wave].n_rated; i++)
		if (span_equal(rated_of(t, wave, i)->item->code, code))
			*at = &t->wave[wave]
				       .rate[(size_t)(p - b->provinces.at) * b->wave[wave].n_rated +
					     i];
	return true;
}

static bool read_rate(struct arena *a, struct truth *t, const struct table *file, size_t r,
		      const struct rate_columns *c, struct diag *why)
{
	double *at, value;

	if (!find_rate(t, file, r, c, &at, why) || !table_number(a, file, r, c->rate, &value, why))
		return false;
	if (!at)
		return true;
	if (!(value >= 0 && value <= 1)) {
		diag_at(why, table_place(file, r, c->rate), DIAG_DATA,
			"column \"rate\": \"%.*s\" is not between 0 and 1",
			SPAN_ARG(table_cell(file, r, c->rate)));
		return diag_hint(why, "a rate of 85 %% is written 0.85");
	}
	if (signbit(*at)) /* marked below: given already */
		return diag_at(why, table_place(file, r, c->code), DIAG_DATA,
			       "year, province and code stand twice");
	*at = -value;
	return true;
}

static bool read_rates(struct arena *a, struct truth *t, const char *name, struct diag *why)
{
	const struct blueprint *b = t->blueprint;
	struct rate_columns c;
	struct table file;
	bool fine = true;

	if (!table_read(a, name, true, &file, why) || !table_column(&file, "year", &c.year, why) ||
	    !table_column(&file, "province", &c.province, why) ||
	    !table_column(&file, "code", &c.code, why) ||
	    !table_column(&file, "rate", &c.rate, why))
		return false;
	for (size_t r = 0; r < file.rows; r++)
		fine &= read_rate(a, t, &file, r, &c, why);
	for (size_t w = 0; w < b->n_waves; w++)
		for (size_t k = 0; k < b->provinces.n * b->wave[w].n_rated; k++)
			t->wave[w].rate[k] = fabs(t->wave[w].rate[k]);
	return fine;
}

/* ---- whole ---------------------------------------------------------------------------------- */

bool truth_draw(struct arena *a, const struct blueprint *b, const char *rates, gsl_rng *random,
		struct truth *out, struct diag *why)
{
	struct drawn d = {.level = arena_new(a, b->provinces.n, sizeof(double)),
			  .item = arena_new(a, b->structure.n, sizeof(double)),
			  .people = arena_new(a, b->provinces.n, sizeof(double))};

	*out = (struct truth){b, arena_new(a, b->n_waves, sizeof *out->wave)};
	for (size_t p = 0; p < b->provinces.n; p++)
		d.people[p] =
			number_round(gsl_ran_lognormal(random, log(PEOPLE), PEOPLE_SPREAD), 0);
	for (size_t i = 0; i < b->structure.n; i++)
		d.item[i] = gsl_ran_gaussian(random, ITEM_SPREAD);
	for (size_t w = 0; w < b->n_waves; w++)
		draw_wave(a, out, w, &d, random);
	return !rates || read_rates(a, out, rates, why);
}

static bool below(const struct structure *s, const struct item *item, const struct item *top)
{
	while (item && item != top)
		item = item->parent.n ? structure_find(s, item->era, item->parent) : NULL;
	return item != NULL;
}

double truth_rate(const struct truth *t, size_t wave, size_t province, const struct item *item)
{
	const struct blueprint *b = t->blueprint;
	const struct blueprint_wave *w = &b->wave[wave];
	size_t first = province == TRUTH_NATION ? 0 : province;
	size_t end = province == TRUTH_NATION ? b->provinces.n : province + 1;
	double sum = 0, all = 0;

	for (size_t i = 0; i < w->n_rated; i++) {
		double asked = w->rated[i].skip ? 1 - w->rated[i].skip->skip : 1;

		if (!below(&b->structure, w->rated[i].item, item))
			continue;
		for (size_t p = first; p < end; p++)
			if (t->wave[wave].people[p] > 0) {
				double weight = t->wave[wave].people[p] * asked;

				sum += weight * t->wave[wave].rate[p * w->n_rated + i];
				all += weight;
			}
	}
	return sum / all;
}
