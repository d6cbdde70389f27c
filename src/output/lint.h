/* lint.h -- every chart is checked before it is written, by rules with names.
 *
 * A rule of honesty that is broken keeps the chart from being written; one about looks warns. What
 * is found is said in the language of the chart.
 *
 * Not here: what charts record (chart_base), when they are checked (chart).
 * Uses lint_honest, lint_looks and below. */
#ifndef OUTPUT_LINT_H
#define OUTPUT_LINT_H

#include "output/lint_rule.h"

#define LINT_RULES 12

enum lint_severity { LINT_REFUSE, LINT_WARN };

struct lint_rule {
	const char *name;
	enum lint_severity severity;
	const char *words; /* key of the phrase that says what is checked */
	lint_check *check;
};

extern const struct lint_rule lint_rules[LINT_RULES];

/* lint_run: what breaks each rule, in their order; kept in the arena. */
void lint_run(struct arena *a, const struct lint_chart *c, struct found out[LINT_RULES]);

/* lint_words: the first places where the rule is broken, and how many more there are; "" for none.
 */
struct text lint_words(const struct phrases *p, const struct found *f);

/* lint_tell: adds what was found to `why`: an error for each rule of honesty broken, then a warning
 *   for each rule about looks, with the chart's name.
 *   returns  false when a rule of honesty is broken */
bool lint_tell(const struct phrases *p, struct text chart, const struct found found[LINT_RULES],
	       struct diag *why);

#endif
