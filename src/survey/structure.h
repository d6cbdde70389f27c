/* structure.h -- an index's tree of items by era, and whether eras can be compared.
 *
 * structure.csv gives every era its own tree: a code means something only
 * together with its era. The root is `total`. comparability.csv says, for a code
 * and two neighbouring eras, whether values may be compared; over several eras
 * the worst verdict counts and the reasons add up. What is not stated is `warn`.
 * Which question of the era asks how much people want an item stands in the optional
 * column `expectation`; whether it is asked is for its user to see.
 * groups.csv names the groups a total falls into; a survey without one takes
 * share/surveys/groups.csv, the four quartiles.
 *
 * Not here: scores; which year belongs to which era (survey).
 * Uses catalog, table and below. */
#ifndef SURVEY_STRUCTURE_H
#define SURVEY_STRUCTURE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define STRUCTURE_ROOT "total"

/* How a parent follows from its children; only AGGREGATE_SUM can be computed from published scores.
 */
enum aggregation {
	AGGREGATE_SUM,
	AGGREGATE_MEAN,
	AGGREGATE_POOLED,
	AGGREGATE_WEIGHTED,
	AGGREGATE_GEOMETRIC,
	AGGREGATE_HARMONIC,
	AGGREGATE__COUNT
};

struct item {
	struct text era, code, parent; /* parent is empty at the root */
	struct text name[LANG__COUNT];
	struct text
		brief[LANG__COUNT]; /* at most a few words, for charts; the name when not given */
	struct text
		expectation; /* code of the question that asks how much people want it; "" = none */
	double min, max;     /* of the score, NaN = not known */
	double weight;       /* NaN = not given */
	enum aggregation aggregation;
	size_t depth; /* 0 at the root, 1 dimension, 2 sub-dimension */
	size_t order; /* position among all items; parents stand before their children */
};

enum verdict { VERDICT_OK, VERDICT_WARN, VERDICT_NO };

struct comparison { /* one row of comparability.csv */
	struct text code, from_era, to_era;
	enum verdict verdict;
	struct text reason[LANG__COUNT];
};

/* Groups of the ranked units: quartiles by rank, or score at least `bound`; best first. */
struct group {
	struct text code;
	bool quartile;
	double bound;
	struct text name[LANG__COUNT];
};

struct structure {
	size_t n, n_comparisons, n_groups;
	struct item *at; /* era by era in file order, a parent before its children */
	struct comparison *comparison;
	struct group *group;
};

/* structure_read: structure.csv of a survey folder, and comparability.csv and groups.csv when
 * there. fails  as table_read; an unknown parent, an era without `total`, a code twice, a bad word
 */
bool structure_read(struct arena *a, const char *share, const char *folder, struct structure *out,
		    struct diag *why);

/* structure_default_groups: the groups of share/surveys/groups.csv. */
bool structure_default_groups(struct arena *a, const char *share, struct structure *out,
			      struct diag *why);

/* structure_find: the item of that era and code; NULL when there is none. */
const struct item *structure_find(const struct structure *s, struct text era, struct text code);

/* structure_child: the first item after `after` (NULL = from the start) whose parent is `parent`.
 */
const struct item *structure_child(const struct structure *s, const struct item *parent,
				   const struct item *after);

/* structure_compare: may a value of `code` in one era be set against one in a later era?
 *   eras    all eras in order of time; from and to are positions in it
 *   reason  (may be NULL) gets the reasons in one language joined by "; ", "" when ok */
enum verdict structure_compare(struct arena *a, const struct structure *s, struct text code,
			       const struct text *eras, size_t from, size_t to, enum lang lang,
			       struct text *reason);

#endif
