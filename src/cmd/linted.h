/* linted.h -- what `chart --lint` prints: the rules, or what they found in charts.
 *
 * Uses command, chart. */
#ifndef CMD_LINTED_H
#define CMD_LINTED_H

#include "cmd/command.h"
#include "output/chart.h"

/* linted_rules: the rules, and what each checks. */
void linted_rules(struct session *s);

/* linted_charts: a row for every chart and rule; in *why an error when a chart must not be written,
 * and a warning when one could look better. found: LINT_RULES for each chart */
void linted_charts(struct session *s, const struct chart *charts, size_t n,
		   const struct found *found, struct diag *why);

#endif
