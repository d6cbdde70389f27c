/* index_answers.h -- `hailong index FILE.csv --weight ... --item ... --components FILE`: a
 * composite index of questions from a lone file of answers, with its error.
 *
 * Uses weighting, index_rules, composite, load. */
#ifndef CMD_INDEX_ANSWERS_H
#define CMD_INDEX_ANSWERS_H

#include "cmd/command.h"

#include <stdbool.h>

/* index_answers_asked: do the options ask for it?
 *   table  the file could be a table of indicators */
bool index_answers_asked(const struct session *s, bool table);

/* index_answers: reads, computes and shows. Without --item all components are items.
 *   fails  DIAG_USAGE: an option for tables or survey folders; no --components, or one without the
 *          bounds of an item. DIAG_DATA: an answer outside its bounds; as gather, weighting */
bool index_answers(struct session *s, struct diag *why);

#endif
