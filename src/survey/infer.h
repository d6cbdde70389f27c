/* infer.h -- from what a file's columns hold to questions and a design, guessed by rule.
 *
 * A question with labels for all its values has levels: a scale when their words are one
 * (guess_scale), two levels of yes and no, else a category. Numbers that are labelled only here and
 * there are numbers. Without labels few different values, each three times and more on average, are
 * a category when they are words, or numbers as codes are: 0 to 10, or those that questionnaires
 * use for no answer (guess_missing_code); of these, four or more within 1 to 5 and no other are a
 * scale from 1, 0 and 1 yes and no. Other numbers are numbers, other words text. Which levels count
 * as satisfied is set only where every level's words speak of satisfaction. Missing is what the
 * file declares so.
 *
 * Not here: reading the file (draft), forms (xlsform), the survey folder (drafted).
 * Uses draft, province. */
#ifndef SURVEY_INFER_H
#define SURVEY_INFER_H

#include "survey/draft.h"
#include "survey/province.h"

/* infer_labels: levels and missing codes as the file's own labels have them; first of all. */
void infer_labels(struct arena *a, struct draft *d);

/* infer_roles: gives roles by names to columns; roles that stand already stay. */
void infer_roles(struct arena *a, struct draft *d);

/* infer_years: the years of the answers, ascending: those of the column with that role, else
 * `year`. fails  DIAG_USAGE: neither is there, or both; DIAG_DATA: something that is no year */
bool infer_years(struct arena *a, const struct draft *d, long year, long **years, size_t *n,
		 struct diag *why);

/* infer_design: takes back roles that the values do not bear out, with a warning.
 *   years  of which a province must stand in each
 *   fails  DIAG_DATA: a weight that is missing or not positive; a role of the command line that
 *          the values do not bear out */
bool infer_design(struct arena *a, struct draft *d, const struct provinces *provinces,
		  const long *years, size_t n_years, struct diag *why);

/* infer_questions: kind, levels and missing codes of every column.
 *   warns  of words that codebook.csv cannot hold as they are, and how they stand there; of levels
 *          whose words say that there is no answer, and which the file does not declare missing */
void infer_questions(struct arena *a, struct draft *d, struct diag *why);

#endif
