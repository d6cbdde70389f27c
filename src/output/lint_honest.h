/* lint_honest.h -- rules about what a chart says: does it bear it?
 *
 * They look at what was recorded while the chart was made (facts) and work it out anew from the
 * survey; of the words, only those of the source and of missing errors and reasons are looked for.
 *
 * Uses lint_rule and below. */
#ifndef OUTPUT_LINT_HONEST_H
#define OUTPUT_LINT_HONEST_H

#include "output/lint_rule.h"

/* lint_bars: lengths that stand for values begin at 0. */
lint_check lint_bars;

/* lint_claims: of answers, nothing is said to lie above (below) a reference unless the whole
 * interval does, and no figure is told without an interval; of published scores, figures lie where
 * they are said to, and the words say that no error is known. What is not recorded is broken too.
 */
lint_check lint_claims;

/* lint_few: an estimate from fewer than 30 answers is flagged. */
lint_check lint_few;

/* lint_source: the words name survey, year and publisher; outside a document, in the picture. */
lint_check lint_source;

/* lint_joins: years that cannot be compared are not joined; where care is needed, lines are dashed
 *   and the reason for a difference stands in the words; a code is one unit in both years. */
lint_check lint_joins;

/* lint_units: every unit drawn is one of its year; of a map, every unit of the year is drawn once,
 *   and rows without a place are named in the words. */
lint_check lint_units;

#endif
