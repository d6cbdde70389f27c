/* criteria.h -- one unit's marks of one year, criterion by criterion.
 *
 * Read from a criteria file: `code`, `criterion`, `max_points`, `self_score`, `appraised_score`,
 * `survey_score`, `agency`, `note`; optional `criterion_en`, `kind`, `survey_percent`, `year`,
 * `province` (only rows of the year and province asked for are taken) and `simulated` (`yes`: made
 * by a program). Codes are a tree by their points: 1, 1.1, 1.1.2; `total` is above all. A code
 * with others below it is a subtotal: it is checked against its parts and never counted.
 *
 * The final points of a leaf are those appraised, or, of a survey criterion, those of the survey;
 * `survey_percent` gives max_points * percent / 100. Nothing is guessed: with nothing given the
 * points are NaN, and so is every sum over them. Points are exact in nine decimals, sums too.
 *
 * Not here: lost points, ranks (gaps), targets (targets).
 * Uses table, province and below. */
#ifndef SURVEY_CRITERIA_H
#define SURVEY_CRITERIA_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"
#include "survey/province.h"

enum criterion_kind {
	CRITERION_UNKNOWN, /* nothing is given that would tell */
	CRITERION_ASSESSED,
	CRITERION_SOCIOECONOMIC,
	CRITERION_SURVEY,
	CRITERION_SIPAS, /* a survey too */
	CRITERION_SCORE, /* an item of an index that prints its points only */
	CRITERION__COUNT
};

struct criterion {
	struct text code, domain; /* domain: the code of its topmost ancestor, or its own */
	struct text name[LANG__COUNT], agency, note;
	enum criterion_kind kind;
	bool subtotal;
	double max, self, appraised, survey, final; /* points; NaN = not given, not known */
	double gap; /* appraised minus self, of those with a self score of their own to give */
	/* leaves (a leaf is its own); without final points; of a survey; with a self score, or
	 * without one that they should have */
	size_t parts, missing, surveyed, claimed;
	struct place at;
};

struct criteria {
	const char *file; /* NULL when not read from one */
	bool simulated;
	size_t n;
	struct criterion *at;   /* in file order */
	struct criterion total; /* of all leaves */
};

/* criteria_is_file: the file has a header with `max_points`: marks, not scores. */
bool criteria_is_file(struct arena *a, const char *path);

/* Which marks are wanted. */
struct criteria_wanted {
	const struct provinces *provinces;
	const struct province *self;
	long year;
	bool stated; /* the file itself must say of whom and when they are */
};

/* criteria_read: the marks of a unit and year.
 *   fails  as table_read; no row of that unit and year; a code without criterion or twice; points
 *          below 0 or above the maximum; a leaf without a maximum; both an appraised score and
 *          one of a survey; a subtotal that its parts contradict. All problems are added.
 *   warns  of a subtotal within rounding, or one that cannot be checked */
bool criteria_read(struct arena *a, const char *file, const struct criteria_wanted *wanted,
		   struct criteria *out, struct diag *why);

/* criteria_marked: the units and years that the file has marks of, *n of them; for criteria_read.
 *   fails  as table_read; no columns `year` and `province`; an unknown year or unit */
bool criteria_marked(struct arena *a, const char *file, const struct provinces *provinces,
		     struct criteria_wanted **out, size_t *n, struct diag *why);

/* criteria_sum: fills `total` and every subtotal from the leaves of `c`. */
void criteria_sum(struct criteria *c);

/* criteria_find: the criterion of that code; `total` too; NULL when there is none. */
const struct criterion *criteria_find(const struct criteria *c, struct text code);

/* criterion_kind_word: "assessed", "socioeconomic", "survey", "sipas", "score", "". */
const char *criterion_kind_word(enum criterion_kind kind);

/* criterion_add: adds a part (of 1) of a leaf's points to a sum, which starts as zeros;
 * criterion_round: takes the noise of binary fractions off it, at the ninth decimal. */
void criterion_add(struct criterion *sum, const struct criterion *leaf, double part);
void criterion_round(struct criterion *sum);

/* criterion_difference: a - b, without that noise. */
double criterion_difference(double a, double b);

#endif
