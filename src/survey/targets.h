/* targets.h -- points that are wanted next, for criteria, domains and the total.
 *
 * Read from a file with `code`, `target` and optional `deadline`, `agency`.
 *
 * Not here: how far they are (gaps).
 * Uses criteria and below. */
#ifndef SURVEY_TARGETS_H
#define SURVEY_TARGETS_H

#include "survey/criteria.h"

struct target {
	struct text code;
	double points;
	struct text deadline, agency;
	struct place at;
};

struct targets {
	size_t n;
	const struct target *at;
};

/* targets_read: targets for criteria, domains and `total`.
 *   fails  as table_read; an unknown code, one twice, a subtotal below a domain; no target, one
 *          below 0 or above the maximum
 *   warns  of a target that is already reached */
bool targets_read(struct arena *a, const char *file, const struct criteria *c, struct targets *out,
		  struct diag *why);

/* targets_find: the target of that code; NULL when there is none (or no targets). */
const struct target *targets_find(const struct targets *t, struct text code);

#endif
