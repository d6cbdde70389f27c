/* catalog.h -- where the program's own files lie, and which survey a word on the command line
 * means.
 *
 * The share folder holds surveys/, plots/ and reports/. A survey is a folder of
 * CSV files: a name under surveys/, or any path of the user's.
 *
 * Not here: the environment (cmd passes candidates), the files' content (survey).
 * Uses span, diag, arena, text. */
#ifndef SURVEY_CATALOG_H
#define SURVEY_CATALOG_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* catalog_find_share: the first of `candidates` (NULLs are passed over) that holds
 * surveys/provinces. fails  DIAG_FAILED, with the option that names one */
bool catalog_find_share(const char *const *candidates, size_t n, const char **share,
			struct diag *why);

/* catalog_path: folder/name in the arena. */
const char *catalog_path(struct arena *a, const char *folder, const char *name);

/* catalog_is_file, catalog_is_folder: it exists and is one. */
bool catalog_is_file(const char *path);
bool catalog_is_folder(const char *path);

/* catalog_surveys: names under share/surveys that have a survey.csv, sorted by name. */
bool catalog_surveys(struct arena *a, const char *share, struct text **names, size_t *n,
		     struct diag *why);

/* catalog_find_survey: the folder (or single .csv file) that `word` means: an existing folder or
 *   .csv file if it contains a "/" or ends in ".csv" or is a folder with a survey.csv, else
 *   share/surveys/word.
 *   fails  DIAG_USAGE for a name, suggesting the nearest; DIAG_DATA for a path that is no survey */
bool catalog_find_survey(struct arena *a, const char *share, const char *word, const char **path,
			 struct diag *why);

/* catalog_nearest: the name of `names` that `word` is nearest to, when near enough to be a typo;
 * else an empty span. Both are folded before they are compared. */
struct text catalog_nearest(struct arena *a, struct text word, const struct text *names, size_t n);

#endif
