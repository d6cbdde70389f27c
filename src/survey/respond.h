/* respond.h -- simulated people of sampled villages, and what they answer.
 *
 * Every province has the blueprint's strata, each with its part of `clusters` villages and
 * `size` people in each. A village stays in the sample of the next year with probability
 * VILLAGE_STAYS; people are new. The weight of a person is the number of people he or she
 * stands for; it does not depend on the answers, so a weighted share has the true rate as
 * its expectation.
 *
 * An answer follows from a normal variable: a part of the village, a part of the person
 * (shared by all items), a part of its own. The part of the village is such that being
 * satisfied has the intra-cluster correlation `icc` inside a stratum (Pearson's of the 0/1
 * variable; the latent one is larger, and is found by Plackett's formula for the bivariate
 * normal, Biometrika 1954). The cuts between levels give the true rate of the stratum
 * exactly; the strata's rates differ and add to the province's.
 *
 * Not here: the true rates (truth), files (simulate).
 * Uses truth and below, csvout. */
#ifndef SURVEY_RESPOND_H
#define SURVEY_RESPOND_H

#include "base/csvout.h"
#include "survey/truth.h"

#define VILLAGE_STAYS 0.85 /* probability of being in the next year's sample */

struct sampling {
	size_t clusters;    /* villages in a province, all strata together */
	size_t size;        /* people in a village */
	double icc;         /* 0 to below 1 */
	double nonresponse; /* share of answers to an item that are missing, 0 to below 1 */
};

struct village {
	size_t number;           /* unique in its province's code, over the years; 0 = none yet */
	double satisfied, other; /* standard normal parts of its people's answers */
};

/* What persists from one year to the next. */
struct villages {
	struct village *at; /* by province and village */
	size_t *last;       /* by province: the last number given to a village of its code */
	double *share;      /* by province and stratum: of the people */
	double *shift;      /* by province and stratum: of the rate, logit */
};

/* villages_start: no village yet; the strata of each province drawn. */
void villages_start(struct arena *a, const struct blueprint *b, const struct sampling *s,
		    gsl_rng *random, struct villages *out);

/* respond_year: appends the file of answers of a year, with its header. Years in order. */
void respond_year(struct arena *a, const struct truth *t, size_t wave, const struct sampling *s,
		  struct villages *v, gsl_rng *random, struct csvout *out);

/* respond_villages: villages of a stratum: an equal part, the rest in the last strata. */
size_t respond_villages(const struct blueprint *b, const struct sampling *s, size_t stratum);

/* respond_latent_icc: the correlation of two standard normal variables of which the events "above
 *   the same cut", with probability `p`, have the correlation `icc`. */
double respond_latent_icc(double p, double icc);

#endif
