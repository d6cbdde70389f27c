/* explored.h -- what a page to explore shows of a loaded survey.
 *
 * Uses load, merging, sets and below. */
#ifndef CMD_EXPLORED_H
#define CMD_EXPLORED_H

#include "cmd/load.h"
#include "output/page.h"

/* explored_survey: the survey with words of its own, those of the session as they are now.
 *   A rank of an estimate whose confidence set was not worked out is left out: it would stand bare.
 */
void explored_survey(struct session *s, const struct loaded *l, struct page_survey *out);

#endif
