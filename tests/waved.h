/* waved.h -- a small survey with answers, written in the test: its folder and one year, read. */
#ifndef TESTS_WAVED_H
#define TESTS_WAVED_H

#include "help.h"

#include "survey/waves.h"

#include <gsl/gsl_errno.h>

#define WAVED_SURVEY                                                                               \
	"year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,unit,simulated\n"
#define WAVED_STRUCTURE "era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"
#define WAVED_CODEBOOK                                                                             \
	"column,code,question_vi,question_en,kind,levels,satisfied,missing,valid_min,valid_max\n"

static inline const char *waved_file(const char *name, const char *header, const char *rows)
{
	struct text s = arena_format(&arena, "%s%s", header, rows);

	return file_of(name, s.at, s.n);
}

/* The survey of the folder the files were written to; its provinces are those of FIXTURES. */
static inline const struct survey *waved_survey(void)
{
	struct survey *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	gsl_set_error_handler_off();
	cr_assert(survey_read(&arena, FIXTURES, work.path, s, &why), "%s %zu: %s", why.item[0].file,
		  why.item[0].line, why.item[0].words);
	return s;
}

/* The plan of a year. */
static inline struct wave_answers *waved_plan(const struct survey *s, long year)
{
	struct wave_answers *w = arena_new(&arena, 1, sizeof *w);
	struct diag why = {0};

	cr_assert(waves_plan(&arena, s, survey_wave(s, year), w, &why), "%s", why.item[0].words);
	return w;
}

#endif
