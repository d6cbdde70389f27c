/* tally_load.h -- parts of tally files on their way into one tally, and the order in which they are
 * written.
 *
 * A file has levels of its own; here they become those of the plan. Parts of a sampling unit that
 * several files have are added.
 *
 * Not here: bytes (tally_csv, tally_file).
 * Uses tally, tally_head. */
#ifndef SURVEY_TALLY_LOAD_H
#define SURVEY_TALLY_LOAD_H

#include "survey/tally.h"
#include "survey/tally_head.h"

/* What files hold of a variable, by part. */
enum tally_sum {
	TALLY_N, /* rows */
	TALLY_W, /* weights */
	TALLY_WW,
	TALLY_ONES, /* rows with y = 1 */
	TALLY_WY,
	TALLY_WYY,
	TALLY_WX,
	TALLY_WXX,
	TALLY_WXY,
	TALLY__COUNT
};

/* tally_holds: has that kind of variable such a sum? Of VARIABLE_LEVELS n, w and ww; n and w of
 * each level stand beside them. */
bool tally_holds(enum variable_kind kind, enum tally_sum sum);

/* tally_total: the sum in its record; not for rows. */
struct total *tally_total(struct part_sums *s, enum tally_sum sum);

struct tally_load {
	struct arena *arena;
	struct plan *plan;
	struct answers *answers;
	struct tally *tally;
	const size_t *want;            /* the file's variable, by variable of the plan */
	const struct tally_head *head; /* of the file at work */
	size_t **level; /* by variable of VARIABLE_LEVELS: the plan's by the file's */
	double *most;   /* by variable: of its parts, the largest mean of squared numbers */
	bool *placed;   /* by variable: there is room for the digits of its numbers */
	bool met_known;
	bool ones;      /* somebody counts */
	bool trusted;   /* a file of our own: sums are added without a look at what they mean */
	size_t threads; /* that share the variables of a file; at least 1 */
	bool partial;   /* a file has some of the variables: SQL came in several statements */
	size_t whole, *holds; /* files with rows; by variable, files that have it */
};

/* tally_load_plan: the plan of a file, or of some of its variables; margins are left to the caller.
 *   want  which; lives as long as the load */
void tally_load_plan(struct arena *a, const struct tally_head *h, const size_t *want, size_t n,
		     struct plan *out);

/* tally_load_start: an empty tally; behind tally_load_plan and the margins. */
void tally_load_start(struct arena *a, struct plan *p, const size_t *want, struct answers *answers,
		      struct tally *t, struct tally_load *out);

/* tally_load_open: from here on parts are those of this file, whose plan is the same
 *   (tally_head_same).
 *   fails  DIAG_DATA: a level that the codebook does not know */
bool tally_load_open(struct tally_load *l, const struct tally_head *h, struct diag *why);

/* tally_load_level: of a factor, from the text of a cell; NO_LEVEL when it is missing.
 *   fails  DIAG_DATA: a text that the codebook does not know */
bool tally_load_level(const struct tally_load *l, size_t factor, struct text cell, struct place at,
		      size_t *level, struct diag *why);

/* tally_load_part: adds a part: counts and weights as they should be.
 *   fails  DIAG_DATA at `at`: no rows, no weight, unless the load is partial */
bool tally_load_part(struct tally_load *l, const struct tally_part *p, struct place at,
		     size_t *part, struct diag *why);

/* tally_load_sums: adds what a part holds of a variable; of VARIABLE_LEVELS `level_n` and `level_w`
 *   by the file's levels.
 *   fails  DIAG_DATA at `at`: counts or weights that cannot be, such as more rows than the part has
 */
bool tally_load_sums(struct tally_load *l, size_t part, const struct tally_part *p, size_t variable,
		     const struct part_sums *s, const uint64_t *level_n,
		     const struct total *level_w, struct place at, struct diag *why);

/* tally_load_finish: behind the last part.
 *   fails  DIAG_DATA: the result of one of several statements is lacking, or is there twice; as
 *          tally_count, answers_finish */
bool tally_load_finish(struct tally_load *l, struct diag *why);

/* What parts hold of a share, by part: exact, each to be divided by 10^places. */
struct tally_shares {
	size_t parts;
	const size_t *part; /* of the tally */
	const unsigned char *selected;
	const int64_t *rows, *weight; /* of all rows */
	const int64_t *n, *ones, *w, *ww, *wy;
	int weight_places, w_places, ww_places, wy_places;
};

/* tally_load_shares: tally_load_sums for all parts at once, but for what it leaves to that.
 *   *from    where to go on, part by part: all or none are added, when all is well */
bool tally_load_shares(struct tally_load *l, size_t variable, const struct tally_shares *x,
		       struct place at, size_t *from, struct diag *why);

/* tally_load_read: tally_part_sums as files have them: of numbers themselves, not about a shift. */
struct part_sums tally_load_read(const struct tally *t, size_t part, size_t variable, size_t level);

/* tally_load_told: tally_plan_text, with what the tally knows besides: are its sums exact? How many
 * digits have its numbers? */
struct text tally_load_told(struct arena *a, const struct tally *t,
			    const struct tally_about *about);

#endif
