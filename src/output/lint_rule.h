/* lint_rule.h -- what a rule of the lint is given, and where it writes what it found.
 *
 * Uses facts, svg_boxes and below. */
#ifndef OUTPUT_LINT_RULE_H
#define OUTPUT_LINT_RULE_H

#include "output/facts.h"
#include "output/svg_boxes.h"

/* A chart to be checked. */
struct lint_chart {
	const struct facts *facts;
	const struct svg_boxes *picture;
	struct text footer;
	bool report; /* its footer is told by the document, not drawn */
};

/* What breaks one rule, in the language of the phrases. */
struct found {
	struct arena *arena;
	size_t n;
	struct text *at;
};

/* found_add: one place where the rule is broken. */
void found_add(struct found *f, struct text words);

typedef void lint_check(const struct lint_chart *c, struct found *out);

#endif
