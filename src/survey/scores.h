/* scores.h -- published scores as they were printed, every row checked.
 *
 * Read from scores.csv: year, province, code, score, rank and where it is
 * printed. A blank score means unpublished; 0 is not a score. The item of a row
 * belongs to the era of its year. Optional group, group_rank and n_group are what
 * was printed of the unit's group (groups.csv) and its place in it.
 *
 * Not here: sums, computed ranks (analysis); which file (survey).
 * Uses province, structure and below. */
#ifndef SURVEY_SCORES_H
#define SURVEY_SCORES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "survey/province.h"
#include "survey/structure.h"

#include <stdbool.h>
#include <stddef.h>

struct table;

enum unit { UNIT_POINTS, UNIT_PERCENT };

/* A year of a survey, a row of survey.csv. */
struct wave {
	long year;
	struct text era;
	size_t era_order; /* position of the era among the survey's eras, by time */
	struct text kind, file, note;
	struct text publisher[LANG__COUNT];
	struct text title[LANG__COUNT];
	bool answers;        /* the file holds answers, not scores */
	bool simulated;      /* what it holds was made by a program */
	enum unit unit;      /* of its totals */
	bool shares;         /* the file has parts of 1 where percent is meant */
	int decimals;        /* totals are printed with */
	long ranked_printed; /* units in the printed ranking, 0 = not stated */
};

struct score {
	long year;
	const struct wave *wave;
	const struct province *province;
	const struct item *item;
	double value;              /* NaN = unpublished */
	double self, survey_part;  /* parts of a score, where printed; NaN */
	int decimals;              /* that the value is written with */
	long rank;                 /* as printed, 0 = not printed */
	const struct group *group; /* as printed; NULL */
	long group_rank, n_group;  /* place among the group, of how many; 0 = not printed */
	struct text basis, source;
	struct place at; /* its row in the file */
};

struct scores {
	size_t n;
	struct score *at; /* by year, item, province */
	int decimals;     /* the most that a score is written with */
};

/* scores_read: reads and checks one scores file against the years, units and items known.
 *   waves  ascending by year
 *   Parts of 1 (wave.shares) become percentages.
 *   fails  as table_read; unknown year, province or code; 0, or a score outside its item's range or
 * with more than nine decimals; a part of 1 above 1; a rank behind n_ranked_printed; an unknown
 * group, a place in it without group and n_group, or that the rank contradicts; a year, province
 * and code twice. All problems are added, up to DIAG_KEPT. */
bool scores_read(struct arena *a, const char *file, const struct wave *waves, size_t n_waves,
		 const struct provinces *provinces, const struct structure *structure,
		 struct scores *out, struct diag *why);

/* scores_of_table: the same of a table that has been read. */
bool scores_of_table(struct arena *a, const struct table *t, const struct wave *waves,
		     size_t n_waves, const struct provinces *provinces,
		     const struct structure *structure, struct scores *out, struct diag *why);

/* scores_of: the scores of one year and item, *n of them, by province code; NULL when none. */
const struct score *scores_of(const struct scores *s, long year, const struct item *item,
			      size_t *n);

#endif
