/* chart_list.h -- the kinds of charts, by the question that each answers.
 *
 * Uses options, output/chart, output/sheet. */
#ifndef CMD_CHART_LIST_H
#define CMD_CHART_LIST_H

#include "cmd/command.h"

/* chart_list: prints them; with --for those of one question.
 *   fails  DIAG_USAGE: no such question */
bool chart_list(struct session *s, struct diag *why);

#endif
