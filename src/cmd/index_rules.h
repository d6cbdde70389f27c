/* index_rules.h -- how a composite index is made, as the command line asks for it.
 *
 * Uses asked, components, normalise. */
#ifndef CMD_INDEX_RULES_H
#define CMD_INDEX_RULES_H

#include "analysis/normalise.h"
#include "cmd/asked.h"
#include "survey/components.h"

struct index_rules {
	struct components components; /* n = 0: no --components */
	enum normalise normalise;
	double low, high; /* --range */
	bool copeland;
	double power;
	struct text aggregate; /* as asked: "mean", "power:2" */
	double threshold;
	bool equal, component, winsorise; /* --weights equal, --weights pca, --outliers winsorise */
};

/* index_rules: all of them, with what they are when not given: minmax on 0 to 100, mean, weights of
 *   the components, every part there, outlying values left alone.
 *   fails  DIAG_USAGE; as components_read */
bool index_rules(struct session *s, struct index_rules *out, struct diag *why);

/* index_rules_words: the method for people, as a sentence; index_rules_mean: of it the mean. */
struct text index_rules_mean(const struct session *s, const struct index_rules *r);
struct text index_rules_words(const struct session *s, const struct index_rules *r);

/* index_rules_weights: the weights of n parts as a sentence; index_rules_threshold: how much of
 * them must be there. */
struct text index_rules_weights(const struct session *s, const struct index_rules *r, size_t n,
				const struct text *name, const double *weight);
struct text index_rules_threshold(const struct session *s, const struct index_rules *r);

/* index_rules_listed: "a; b" */
struct text index_rules_listed(struct arena *a, struct text so_far, struct text more);

/* index_rules_positive: does the mean need scores above 0? */
bool index_rules_positive(const struct index_rules *r);

#endif
