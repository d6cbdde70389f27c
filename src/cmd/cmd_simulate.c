#define _XOPEN_SOURCE 700 /* realpath */
#include "cmd/asked.h"
#include "cmd/filing.h"
#include "survey/catalog.h"
#include "survey/simulate.h"

#include <stdlib.h>
#include <string.h>

#define MOST_YEARS 100

static bool read_years(const struct session *s, long *years, size_t *n, struct diag *why)
{
	const char *value = s->options.value[OPT_YEAR];
	struct text rest = span_of(value), one;

	*n = 0;
	while (span_split(&rest, ',', &one)) {
		if (*n == MOST_YEARS || !number_whole(one, 1900, 2999, &years[*n])) {
			diag_fail(why, DIAG_USAGE, "--year: \"%.*s\" is not a year", SPAN_ARG(one));
			return diag_hint(why, "several years are separated by commas");
		}
		++*n;
	}
	return true;
}

static bool read_sampling(const struct session *s, struct sampling *out, struct diag *why)
{
	long clusters, size;

	if (!asked_whole(s, OPT_CLUSTERS, 1, 1000, 12, &clusters, why) ||
	    !asked_whole(s, OPT_SIZE, 1, 1000, 5, &size, why) ||
	    !asked_number(s, OPT_ICC, 0, 0.9, 0.05, &out->icc, why) ||
	    !asked_number(s, OPT_NONRESPONSE, 0, 0.9, 0.06, &out->nonresponse, why))
		return false;
	out->clusters = (size_t)clusters;
	out->size = (size_t)size;
	return true;
}

/* Real answers or scores are never replaced by simulated ones, not even with --force. */
static bool check_target(const char *out, const char *survey, struct diag *why)
{
	char *a, *b;
	bool same;

	if (!out) {
		diag_fail(why, DIAG_USAGE, "where does the simulated survey go?");
		return diag_hint(why, "name a folder with --out");
	}
	a = realpath(out, NULL);
	b = realpath(survey, NULL);
	same = a && b && strcmp(a, b) == 0;
	free(a);
	free(b);
	return !same || diag_fail(why, DIAG_USAGE,
				  "%s is the survey itself; name another folder with --out", out);
}

static bool run(struct session *s, struct diag *why)
{
	const char *out = s->options.value[OPT_OUT];
	struct filing f;
	struct simulation m = {.share = s->share, .rates = s->options.value[OPT_RATES]};
	bool force = s->options.value[OPT_FORCE] != NULL, fine;
	long years[MOST_YEARS], seed;
	gsl_rng *random;

	if (!read_years(s, years, &m.n_years, why) || !read_sampling(s, &m.sampling, why) ||
	    !asked_whole(s, OPT_SEED, 0, 2147483647, 1, &seed, why) ||
	    !catalog_find_survey(s->arena, s->share, s->options.word[0], &m.folder, why) ||
	    !check_target(out, m.folder, why))
		return false;
	if (m.rates && !catalog_is_file(m.rates))
		return diag_fail(why, DIAG_DATA, "%s: no such file", m.rates);
	m.year = years;
	m.seed = (unsigned long)seed;
	if (!filing_open(s->arena, out, &f, why))
		return false;
	random = gsl_rng_alloc(gsl_rng_mt19937);
	if (random) {
		gsl_rng_set(random, m.seed);
		fine = simulate_survey(s->arena, &m, random, filing_take, &f, why);
		gsl_rng_free(random);
	} else
		fine = diag_fail(why, DIAG_FAILED, "out of memory");
	fine = filing_close(&f, fine, force, why);
	for (size_t i = 0; i < f.n && fine; i++)
		fprintf(s->out, "%s/%s\n", f.path, f.name[i]);
	return fine;
}

extern const struct command cmd_simulate;
const struct command cmd_simulate = {
	.name = "simulate",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "simulated answers with known truth, in the form of a survey",
	.help = "  hailong simulate sipas --year YEAR,YEAR --seed 7 --out example\n\n"
		"Writes a survey folder with answers of invented people to the questions of "
		"SURVEY, and\n"
		"truth.csv with the rates they were drawn from. Defaults: every year that has a\n"
		"questionnaire, 12 clusters in a province, 5 people in each, an intra-cluster "
		"correlation\n"
		"of 0.05, 0.06 of the answers missing, seed 1. The same seed gives the same "
		"files.\n",
	.options = (const enum option[]){OPT_YEAR, OPT_CLUSTERS, OPT_SIZE, OPT_ICC, OPT_NONRESPONSE,
					 OPT_RATES, OPT_SEED, OPT_OUT, OPT_FORCE, OPT__COUNT},
	.makes_files = true,
	.run = run,
};
