/* survey_parts.h -- what a report or chart of a survey of answers shows beside the index.
 *
 * Of one province and year: the index by groups of people, how the answers spread over the
 * levels of every question and, pooled, of every item of the index, and the sample. A
 * category question that has neighbours of its kind under one code ("A.gender", "A.age") is
 * about the person and makes groups; the other questions outside the index are opinions.
 *
 * Numbers are hidden by the same standard as the index's; of the groups by one question,
 * and of the levels of one question, a single hidden number takes a second one with it.
 * Shares are in percent.
 *
 * Not here: the index of all provinces (load), words and tables (output).
 * Uses load, asked and below. */
#ifndef CMD_SURVEY_PARTS_H
#define CMD_SURVEY_PARTS_H

#include "cmd/load.h"
#include "output/report_parts.h"

/* survey_parts: everything; for a report.
 *   shares  of every province (survey_shares)
 *   fails  DIAG_USAGE when the year has no answers; as waves_read */
bool survey_parts(struct session *s, const struct loaded *l, long year, const struct province *self,
		  const struct result *shares, struct report_answers *out, struct diag *why);

/* survey_shares: the pooled shares alone, of the country and every province, with those
 *   of all satisfied levels together and of what was left unanswered (chart.h); none when
 * the items are not answered on one scale of levels. fails  as survey_parts */
bool survey_shares(struct session *s, const struct loaded *l, long year, struct result *out,
		   struct diag *why);

#endif
