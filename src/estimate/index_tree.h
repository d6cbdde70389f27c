/* index_tree.h -- how each item of an index follows from others: by structure.csv, or by a method
 * for all of them.
 *
 * Not here: answers, values (index).
 * Uses structure and below. */
#ifndef ESTIMATE_INDEX_TREE_H
#define ESTIMATE_INDEX_TREE_H

#include "survey/structure.h"

enum index_method {
	INDEX_STRUCTURE,   /* as structure.csv aggregates */
	INDEX_POOLED,      /* all items pooled at every level */
	INDEX_ITEM_MEAN,   /* mean of the items' shares */
	INDEX_FACTOR_MEAN, /* mean of factors; a factor pools its items */
	INDEX_ASPECT_MEAN, /* the index is the mean of its aspects; they pool */
	INDEX_WEIGHTED,    /* the index weighs its aspects by structure.csv; they pool */
	INDEX_SCORE,       /* 100 (mean - lowest) / (highest - lowest) of pooled answers */
	INDEX_SCORE5,      /* 100 mean / highest */
	INDEX__COUNT
};

/* index_name, index_find: as on the command line: "pooled", "item-mean". */
const char *index_name(enum index_method m);
bool index_find(struct text name, enum index_method *out);

enum index_rule {
	RULE_LEAF,
	RULE_POOLED,
	RULE_MEAN,
	RULE_ITEM_MEAN,
	RULE_FACTOR_MEAN,
	RULE_WEIGHTED,
	RULE_GEOMETRIC,
	RULE_HARMONIC,
	RULE_SUM
};

/* How an item follows from others, the same in every group. */
struct index_formula {
	const struct item *item;
	enum index_rule rule;
	size_t n_variables, *variable; /* of the leaves below, for leaf and pooled */
	size_t n_parts, *part;         /* positions of items, for the others */
	double *weight;                /* of the parts */
};

/* index_is_leaf: an item that no other has as parent: a question. */
bool index_is_leaf(const struct structure *s, const struct item *item);

/* index_rule_of: the rule of an item. */
enum index_rule index_rule_of(const struct structure *s, const struct item *item,
			      enum index_method m);

/* index_formula_parts: fills in variables, parts and weights of a formula whose item and rule are
 *   set. Weights are shares, but of a sum; NaN where one that is needed is missing. */
void index_formula_parts(struct arena *a, const struct structure *s, struct index_formula *f);

#endif
