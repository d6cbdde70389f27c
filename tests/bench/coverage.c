/* coverage.c -- do 95 % intervals of a rate cover the truth 95 % of the time?
 *
 * Clusters of a province: 12 villages in two strata, the rate of a village from a beta
 * distribution about the true rate (intra-cluster correlation icc), answers binomial
 * in it, unequal weights inside the strata. Each sample is estimated by linearisation and
 * gets the interval of every method on t with PSUs minus strata degrees of freedom.
 * Prints Markdown: coverage in percent by true rate, and how much lies below and above.
 *
 *   coverage [SAMPLES [SEED]] */
#include "estimate/interval.h"
#include "estimate/linear.h"
#include "estimate/statistic.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define STRATA 2
#define PSUS 12
#define RATES 9

static const double rates[RATES] = {0.02, 0.05, 0.10, 0.20, 0.50, 0.80, 0.90, 0.95, 0.98};

struct setting {
	size_t size; /* respondents in a cluster */
	double icc;
};

/* One sample: sums of every cluster. */
static void draw(gsl_rng *rng, const struct setting *s, double p, struct unit_sums *u,
		 struct moments *m)
{
	double spread = (1 - s->icc) / s->icc;

	*m = (struct moments){0};
	for (size_t i = 0; i < PSUS; i++) {
		double own = s->icc > 0 ? gsl_ran_beta(rng, p * spread, (1 - p) * spread) : p;

		u[i] = (struct unit_sums){0};
		for (size_t k = 0; k < s->size; k++) {
			double y = gsl_rng_uniform(rng) < own, w = k % 2 ? 1.5 : 1;

			u[i].w += w;
			u[i].wy += w * y;
			m->n++;
			m->ww += w * w;
		}
		m->w += u[i].w;
		m->wy += u[i].wy;
	}
	m->wyy = m->wy;
}

static struct interval interval_of(const struct linear *l, enum interval_method method,
				   const struct unit_sums *u, const struct moments *m)
{
	struct influence f = statistic_influence(STATISTIC_RATE, m);
	size_t leaf[PSUS];
	double z[PSUS], v;
	struct leaves leaves = {PSUS, leaf};

	for (size_t i = 0; i < PSUS; i++) {
		leaf[i] = i;
		z[i] = influence_total(&f, &u[i]);
	}
	linear_covariance(l, &leaves, z, 1, &v, NULL);
	return interval_proportion(method, statistic_value(STATISTIC_RATE, m), sqrt(v), m->n,
				   linear_df(l->frame, &leaves), 0.95, 1);
}

static void line(gsl_rng *rng, const struct linear *l, enum interval_method method,
		 const struct setting *s, size_t samples)
{
	printf("| %s | %zu | %.2f |", interval_name(method), s->size, s->icc);
	for (size_t r = 0; r < RATES; r++) {
		size_t covered = 0;

		for (size_t i = 0; i < samples; i++) {
			struct unit_sums u[PSUS];
			struct moments m;
			struct interval ci;

			draw(rng, s, rates[r], u, &m);
			ci = interval_of(l, method, u, &m);
			covered += ci.low <= rates[r] && rates[r] <= ci.high;
		}
		printf(" %.1f |", 100 * (double)covered / (double)samples);
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	static const struct setting settings[] = {{20, 0}, {20, 0.02}, {20, 0.05}, {30, 0.05}};
	static const enum interval_method methods[] = {INTERVAL_LOGIT, INTERVAL_KG, INTERVAL_WILSON,
						       INTERVAL_WALD};
	size_t samples = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct arena arena = {0};
	struct frame frame;
	struct diag why = {0};
	struct linear l = {&frame, LONELY_ADJUST, DOMAIN_LONELY_NONE};

	gsl_set_error_handler_off();
	frame_start(&arena, 1, true, true, &frame);
	for (size_t i = 0; i < PSUS; i++) {
		struct frame_name name = {
			span_of(i < PSUS / STRATA ? "a" : "b"), {"", 0}, INFINITY};
		size_t leaf;

		if (!rng || !frame_add(&frame, &name, (struct place){0}, &leaf, &why))
			return 1;
	}
	if (!frame_finish(&frame, &why))
		return 1;
	printf("| method | people in a cluster | icc |");
	for (size_t r = 0; r < RATES; r++)
		printf(" %g %% |", 100 * rates[r]);
	printf("\n|---|---:|---:|");
	for (size_t r = 0; r < RATES; r++)
		printf("---:|");
	putchar('\n');
	for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
		for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
			gsl_rng_set(rng, seed); /* the same samples for every method */
			line(rng, &l, methods[m], &settings[i], samples);
		}
	gsl_rng_free(rng);
	arena_release(&arena);
	return 0;
}
