/* drafted.h -- the files of a survey folder drafted from one file of answers.
 *
 * survey.csv, structure.csv (the index: its root and the questions whose satisfied levels are
 * known), codebook.csv, design.csv (its column `note` says which roles were guessed), answers.csv
 * and SOURCE.md, which says what was done, in the language of problems.
 *
 * Not here: what is concluded (infer), writing to disk (cmd).
 * Uses infer, structure. */
#ifndef SURVEY_DRAFTED_H
#define SURVEY_DRAFTED_H

#include "survey/infer.h"

struct drafted {
	const struct draft *draft;
	const long *year; /* ascending */
	size_t n_years;
	struct text name; /* of the survey, where the file has no title */
	const char *form; /* name of the form, or NULL */
};

/* drafted_write_fn: takes a finished file; its bytes live in the arena. */
typedef bool drafted_write_fn(void *context, const char *name, struct text bytes, struct diag *why);

/* drafted_write: every file of the folder goes to `write`. */
bool drafted_write(struct arena *a, const struct drafted *d, drafted_write_fn *write, void *context,
		   struct diag *why);

/* drafted_in_codebook: has the column a row there? Columns that only say how people were drawn have
 * none. */
bool drafted_in_codebook(const struct draft_column *c);

/* drafted_levels, drafted_missing: as codebook.csv lists them. */
struct text drafted_levels(struct arena *a, const struct draft_column *c, enum lang lang);
struct text drafted_missing(struct arena *a, const struct draft_column *c);

/* drafted_kind: its kind, as codebook.csv calls it. */
const char *drafted_kind(const struct draft_column *c);

/* drafted_in_index: do its levels say who is satisfied? */
bool drafted_in_index(const struct draft_column *c);

#endif
