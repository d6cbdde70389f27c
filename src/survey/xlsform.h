/* xlsform.h -- the form of KoboToolbox or ODK that answers were collected with: the sheets `survey`
 * and `choices` of an XLSForm, saved as CSV.
 *
 * survey: type, name, label or label::Vietnamese (vi), label::English (en); choices: list_name,
 * name and the same labels. A question's column is called by its name, alone or behind those of its
 * groups, joined by "/", "-" or "."; select_multiple also has a column of 0 and 1 for each choice
 * ("q/choice"). Columns that the form does not know, such as _id, are text.
 *
 * Not here: the answers (draft, which checks them against this).
 * Uses draft, table. */
#ifndef SURVEY_XLSFORM_H
#define SURVEY_XLSFORM_H

#include "survey/draft.h"

/* xlsform_apply: words, kinds, levels and rules of the draft's columns from the form; before
 *   draft_read.
 *   choices  NULL: a form without lists
 *   fails    as table_read; a list that choices lacks; a choice twice in a list; an end of a group
 *            without its beginning
 *   warns    of a question that has no column */
bool xlsform_apply(struct arena *a, const char *form, const char *choices, struct draft *d,
		   struct diag *why);

#endif
