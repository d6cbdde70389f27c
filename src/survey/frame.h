/* frame.h -- the sampling units of a design, as the rows of a file name them.
 *
 * Stage by stage: strata, and the units drawn inside each; strata of a later stage
 * lie inside one unit of the stage before. A unit of the last stage is a leaf: what
 * totals are kept for. Every row of the file counts, whether or not it is in a
 * domain, so that a domain keeps the whole design. Frames of parts of a file merge.
 *
 * Not here: weights, answers, variances (linear).
 * Uses span, diag, arena, dict. */
#ifndef SURVEY_FRAME_H
#define SURVEY_FRAME_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/dict.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define FRAME_STAGES 4
#define FRAME_NONE ((size_t)-1)

struct frame_stratum {
	size_t above; /* the unit of the stage before; FRAME_NONE at the first */
	struct text name;
	double population; /* units in the population; infinite without a correction */
	size_t units;      /* drawn: different units among the rows; 0 = joined with another */
	struct place at;   /* of the row that named it first; without file when merged */
};

struct frame_unit {
	size_t stratum; /* of the same stage */
	struct text name;
};

struct frame_stage {
	size_t n_strata, n_units;
	struct frame_stratum *stratum;
	struct frame_unit *unit;
	struct dict *strata; /* by the unit above and the name; empty while each came behind the one
				before in that order: then it is the last, or new */
	struct dict *units;  /* likewise; by the stratum when names repeat between strata, else by
				the unit above; NULL when every row is a unit */
};

struct frame {
	struct arena *arena;
	size_t stages;
	bool nest;           /* names of units repeat between strata */
	bool rows_are_units; /* the last stage has no names: every row is a unit */
	bool lasting;        /* names that are added stay where they are: no copies needed */
	struct frame_stage stage[FRAME_STAGES];
	size_t *rank[FRAME_STAGES]; /* of the units of a stage, after frame_finish */
	size_t *order; /* rank of leaves, after frame_finish: leaves of one unit, then of one
	     stratum, stand together at every stage, sorted by name; units without
	     names as they came */
};

/* What a row says of one stage. */
struct frame_name {
	struct text stratum, unit; /* empty stratum: one stratum */
	double population;         /* infinite = no correction */
};

/* frame_start: an empty design of `stages` stages (at least 1). */
void frame_start(struct arena *a, size_t stages, bool nest, bool rows_are_units, struct frame *out);

/* frame_add: the leaf that a row belongs to; new when no row named it before.
 *   names  one for each stage
 *   fails  DIAG_DATA at `at`: a unit in two strata without nesting, a population that differs
 *          inside a stratum */
bool frame_add(struct frame *f, const struct frame_name *names, struct place at, size_t *leaf,
	       struct diag *why);

/* frame_collapse: joins every first-stage stratum of one unit (of several in the population) with
 *   its neighbour by name, of two the one whose name begins more alike. Before frame_finish. */
void frame_collapse(struct frame *f);

/* frame_finish: to be called once behind the last row.
 *   fails  DIAG_DATA: a population smaller than the units drawn from it */
bool frame_finish(struct frame *f, struct diag *why);

/* frame_renumber: numbers units by their rank, so that equal rows in any order number them alike.
 *   After frame_finish; takes no more rows. returns  the new number of every leaf */
size_t *frame_renumber(struct frame *f);

/* frame_names: the names a leaf was added with, one for each stage. */
void frame_names(const struct frame *f, size_t leaf, struct frame_name *names);

/* frame_leaves: number of leaves. */
size_t frame_leaves(const struct frame *f);

/* frame_unit_of: the unit of stage `stage` that a leaf lies in. */
size_t frame_unit_of(const struct frame *f, size_t leaf, size_t stage);

#endif
