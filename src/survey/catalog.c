#include "survey/catalog.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool catalog_is_file(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && !S_ISDIR(s.st_mode);
}

bool catalog_is_folder(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

const char *catalog_path(struct arena *a, const char *folder, const char *name)
{
	return arena_format(a, "%s/%s", folder, name).at;
}

bool catalog_find_share(const char *const *candidates, size_t n, const char **share,
			struct diag *why)
{
	struct arena scratch = {0};
	bool found = false;

	for (size_t i = 0; i < n && !found; i++) {
		if (!candidates[i])
			continue;
		*share = candidates[i];
		found = catalog_is_folder(catalog_path(&scratch, *share, "surveys/provinces"));
	}
	arena_release(&scratch);
	if (found)
		return true;
	diag_fail(why, DIAG_FAILED,
		  "the program's own files (surveys/, plots/, reports/) are not found");
	return diag_hint(why, "name their folder with --share DIR or HAILONG_SHARE");
}

static int by_name(const void *a, const void *b)
{
	return span_compare(*(const struct text *)a, *(const struct text *)b);
}

bool catalog_surveys(struct arena *a, const char *share, struct text **names, size_t *n,
		     struct diag *why)
{
	const char *folder = catalog_path(a, share, "surveys");
	DIR *dir = opendir(folder);

	*names = NULL;
	*n = 0;
	if (!dir)
		return diag_fail(why, DIAG_FAILED, "%s: %s", folder, diag_system(why, errno));
	for (const struct dirent *e; (e = readdir(dir));) {
		const char *file = arena_format(a, "%s/%s/survey.csv", folder, e->d_name).at;

		if (e->d_name[0] == '.' || !catalog_is_file(file))
			continue;
		*names = arena_grow(a, *names, *n, sizeof **names);
		(*names)[(*n)++] = arena_text(a, span_of(e->d_name));
	}
	closedir(dir);
	if (*n)
		qsort(*names, *n, sizeof **names, by_name);
	return true;
}

struct text catalog_nearest(struct arena *a, struct text word, const struct text *names, size_t n)
{
	struct text folded = text_fold(a, word), best = {NULL, 0};
	size_t least = folded.n / 3 + 1; /* more edits than this is another word, not a typo */

	for (size_t i = 0; i < n; i++) {
		size_t d = text_distance(folded, text_fold(a, names[i]));

		if (d <= least && (!best.at || d < least)) {
			least = d;
			best = names[i];
		}
	}
	return best;
}

static bool ends_in_csv(const char *word)
{
	size_t n = strlen(word);

	return n > 4 && strcmp(word + n - 4, ".csv") == 0;
}

static bool not_a_survey(const char *path, struct diag *why)
{
	if (catalog_is_folder(path)) {
		diag_fail(why, DIAG_DATA, "%s: the folder has no survey.csv", path);
		return diag_hint(
			why, "it says which years and files there are; docs/tutorial.md makes one");
	}
	diag_fail(why, DIAG_DATA, "%s: a folder or a .csv file is expected", path);
	return diag_hint(why, "of a workbook, save the sheet as \"CSV UTF-8\" (File, Save As)");
}

bool catalog_find_survey(struct arena *a, const char *share, const char *word, const char **path,
			 struct diag *why)
{
	struct text *names, near;
	size_t n;

	*path = arena_string(a, span_of(word));
	if (catalog_is_folder(word) && catalog_is_file(catalog_path(a, word, "survey.csv")))
		return true;
	if (ends_in_csv(word)) /* whether it exists is said when it is read */
		return true;
	if (strchr(word, '/')) {
		if (catalog_is_folder(word) || catalog_is_file(word))
			return not_a_survey(word, why);
		return diag_fail(why, DIAG_DATA, "%s: no such survey folder", word);
	}
	*path = arena_format(a, "%s/surveys/%s", share, word).at;
	if (*word && catalog_is_file(catalog_path(a, *path, "survey.csv")))
		return true;
	if (*word && (catalog_is_folder(word) || catalog_is_file(word)))
		return not_a_survey(word, why);
	if (!catalog_surveys(a, share, &names, &n, why))
		return false;
	near = catalog_nearest(a, span_of(word), names, n);
	diag_fail(why, DIAG_USAGE, "no survey is named \"%s\"", word);
	if (near.n)
		return diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near));
	return diag_hint(why, "hailong list names those that are shipped; a path needs a \"/\"");
}
