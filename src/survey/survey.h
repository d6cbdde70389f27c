/* survey.h -- one survey as the program knows it: its years, structure, scores and agencies.
 *
 * Read from a folder of the format of ARCHITECTURE.md, or from a single scores
 * .csv, whose structure is then the codes it holds, with no ranges and no eras.
 *
 * Its units are the provinces, or those of its own units.csv.
 *
 * Not here: results (published).
 * Uses everything of survey/ below. */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "survey/agencies.h"
#include "survey/codebook.h"
#include "survey/design.h"
#include "survey/manner.h"
#include "survey/mapping.h"
#include "survey/scores.h"

struct survey {
	const char *folder; /* or the single file */
	struct text id;     /* last part of the path: "papi" */
	struct text name;   /* what people call it: "PAPI"; survey_speak chooses the language */
	struct text names[LANG__COUNT], parts[LANG__COUNT]; /* parts: what its parts are; "" */
	size_t n_waves, n_eras;
	struct wave *wave; /* ascending by year */
	struct text *era;  /* in order of time */
	struct provinces provinces;
	struct structure structure;
	struct scores scores;
	struct agencies agencies;
	struct design design;     /* of waves of answers */
	struct codebook codebook; /* likewise */
	const struct mapping
		*mapping;       /* NULL; else `provinces` are those of its map, for all years */
	struct reading reading; /* how its answers are read */
};

/* survey_read: reads everything of one survey.
 *   path   from catalog_find_survey; share for the provinces
 *   fails  as the readers of the parts; a year that is neither of kind `scores` nor `answers` */
bool survey_read(struct arena *a, const char *share, const char *path, struct survey *out,
		 struct diag *why);

/* survey_read_as: survey_read; what is given of the form of files counts for a lone file, and for
 *   answers; the files of a folder are taken by the evidence. The year is that of the scores of
 * a lone file that does not say it (layout), 0 when it is not given. */
bool survey_read_as(struct arena *a, const char *share, const char *path,
		    const struct form_asked *form, long year, struct survey *out, struct diag *why);

/* survey_speak: from here on `name` is in that language; before, in Vietnamese. */
void survey_speak(struct survey *s, enum lang lang);

/* survey_of_file: a survey of one year of which nothing is known but a file of another kind. */
bool survey_of_file(struct arena *a, const char *share, const char *path, long year,
		    struct survey *out, struct diag *why);

/* survey_wave: the wave of a year; NULL when there is none. */
const struct wave *survey_wave(const struct survey *s, long year);

/* survey_last_year: the latest year. */
long survey_last_year(const struct survey *s);

/* survey_compare: structure_compare between two years. */
enum verdict survey_compare(struct arena *a, const struct survey *s, struct text code, long year,
			    long other, enum lang lang, struct text *reason);

#endif
