/* tally_plan.h -- what a tally file says of itself: what was counted, by whom, under which design.
 *
 * One JSON object, "format" "hailong tally" and "version" 1:
 *   survey, folder, source, year, era, simulated, statistic
 *   design       weight, province, strata, units, fpc, nest: names of columns
 *   where        conditions: column, is, value
 *   factors, by  columns that parts are told by, and those of the groups asked for
 *   variables    columns, kind, and counting, levels or over; columns counted alike stand together;
 *                (optional) places: digits behind the point of numbers, y and x
 *   codebook, design_file   SHA-256 of a survey's files; "" for lone files of answers
 *   exact        sums are exact decimals
 *   cache        (in files of tally_cache alone) its key
 *   met, words   (optional) levels of `counting` that occur; texts beside numbers, by columns
 *
 * Not here: reading it (tally_head), the sums (tally_csv, tally_file).
 * Uses answers. */
#ifndef SURVEY_TALLY_PLAN_H
#define SURVEY_TALLY_PLAN_H

#include "survey/answers.h"

#define TALLY_FORMAT "hailong tally"
#define TALLY_VERSION 1
#define TALLY_WORDS 40 /* texts told of a column; more than a message names */
#define TALLY_KINDS (VARIABLE_UNANSWERED + 1)

extern const char *const tally_kinds[TALLY_KINDS];
extern const char *const tally_operators[WHERE__COUNT];

/* What estimates need besides the plan: how rows of a result are called. */
struct tally_about {
	struct text survey;           /* id of a survey folder; "" = lone files of answers */
	struct text folder;           /* as the command line named it */
	struct text source;           /* the (first) file of answers */
	long year;                    /* of the survey folder; 0 = none */
	bool simulated;               /* as survey.csv has it */
	struct text statistic;        /* its name */
	struct text codebook, design; /* SHA-256 of the folder's files */
	size_t n_by;
	const struct text *by;          /* columns of the groups asked for */
	bool inexact;                   /* sums hold to 1e-12 only */
	bool found;                     /* tell also what reading met */
	struct text cache;              /* of a file of tally_cache: its key */
	const int *y_places, *x_places; /* of numbers, by variable: digits behind the point; NULL =
					   not known */
};

/* tally_plan_text: the object, in one line; "" when memory is short. `levels` of a variable may be
 *   NULL before answers are read. */
struct text tally_plan_text(struct arena *a, const struct plan *p, const struct tally_about *about);

/* tally_plan_levels: of a variable of VARIABLE_LEVELS, in the order of files: as the codebook has
 * them, else numbers by size, then words; positions in v->levels. */
size_t *tally_plan_levels(struct arena *a, const struct variable *v, size_t *n);

/* tally_plan_alike: are two variables counted alike, whatever their column and levels? */
bool tally_plan_alike(const struct variable *a, const struct variable *b);

/* tally_plan_design: a design in words, for messages: "--weight w --strata s --psu p". */
struct text tally_plan_design(struct arena *a, const struct design *d);

/* tally_plan_list: names joined by commas; a long list is cut. */
struct text tally_plan_list(struct arena *a, const struct text *name, size_t n);

#endif
