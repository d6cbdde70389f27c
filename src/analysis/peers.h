/* peers.h -- the provinces one province is set against.
 *
 * Chosen by rule: `region` (the others of its region), `nearest:K` (the K whose
 * total is nearest that year), `nearest:K:profile` (the K whose dimension scores
 * are nearest, by Euclidean distance; every dimension must be there), or an
 * explicit list of names separated by commas. The province itself is never its
 * own peer. Ties in distance break by province code.
 *
 * Uses published and below. */
#ifndef ANALYSIS_PEERS_H
#define ANALYSIS_PEERS_H

#include "base/diag.h"
#include "result/result.h"
#include "survey/survey.h"

struct peers {
	size_t n;
	const struct province **at;     /* by code */
	struct text rule[LANG__COUNT];  /* in words, such as "vùng Đồng bằng sông Hồng" */
	struct text label[LANG__COUNT]; /* shorter, for a chart's legend */
};

/* peers_choose: by the rule `spec`.
 *   fails  DIAG_USAGE: not a rule, unknown name; DIAG_DATA: nearest asked where the province has
 *          no score that year */
bool peers_choose(struct arena *a, const struct survey *s, const struct result *all, long year,
		  const struct province *self, struct text spec, struct peers *out,
		  struct diag *why);

/* peers_has: the province with that code is one of them. */
bool peers_has(const struct peers *p, struct text code);

#endif
