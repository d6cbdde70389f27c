#include "estimate/index_tree.h"

#include <math.h>

static const char *const names[INDEX__COUNT] = {
	[INDEX_STRUCTURE] = "structure",
	[INDEX_POOLED] = "pooled",
	[INDEX_ITEM_MEAN] = "item-mean",
	[INDEX_FACTOR_MEAN] = "factor-mean",
	[INDEX_ASPECT_MEAN] = "aspect-mean",
	[INDEX_WEIGHTED] = "weighted",
	[INDEX_SCORE] = "score",
	[INDEX_SCORE5] = "score5",
};

const char *index_name(enum index_method m)
{
	return names[m];
}

bool index_find(struct text name, enum index_method *out)
{
	size_t i = 0;

	while (i < INDEX__COUNT && !span_is(name, names[i]))
		i++;
	*out = (enum index_method)i;
	return i < INDEX__COUNT;
}

bool index_is_leaf(const struct structure *s, const struct item *item)
{
	return structure_child(s, item, NULL) == NULL;
}

/* All of its children are questions. */
static bool is_factor(const struct structure *s, const struct item *item)
{
	const struct item *child = NULL;
	bool any = false;

	while ((child = structure_child(s, item, child))) {
		any = true;
		if (!index_is_leaf(s, child))
			return false;
	}
	return any;
}

enum index_rule index_rule_of(const struct structure *s, const struct item *item,
			      enum index_method m)
{
	const struct item *child = structure_child(s, item, NULL);

	if (!child)
		return RULE_LEAF;
	switch (m) {
	case INDEX_POOLED:
	case INDEX_SCORE:
	case INDEX_SCORE5: return RULE_POOLED;
	case INDEX_ITEM_MEAN: return RULE_ITEM_MEAN;
	case INDEX_FACTOR_MEAN: return is_factor(s, item) ? RULE_POOLED : RULE_FACTOR_MEAN;
	case INDEX_ASPECT_MEAN: return item->depth == 0 ? RULE_MEAN : RULE_POOLED;
	case INDEX_WEIGHTED: return item->depth == 0 ? RULE_WEIGHTED : RULE_POOLED;
	case INDEX_STRUCTURE:
	case INDEX__COUNT: break;
	}
	switch (item->aggregation) {
	case AGGREGATE_SUM: return RULE_SUM;
	case AGGREGATE_MEAN: return RULE_MEAN;
	case AGGREGATE_WEIGHTED: return RULE_WEIGHTED;
	case AGGREGATE_GEOMETRIC: return RULE_GEOMETRIC;
	case AGGREGATE_HARMONIC: return RULE_HARMONIC;
	case AGGREGATE_POOLED:
	case AGGREGATE__COUNT: break;
	}
	return RULE_POOLED;
}

static bool is_below(const struct structure *s, const struct item *item, const struct item *of)
{
	while (item && item != of)
		item = item->parent.n ? structure_find(s, item->era, item->parent) : NULL;
	return item == of;
}

/* Is it one of the parts that make `item` by its rule? */
static bool is_part(const struct structure *s, enum index_rule rule, const struct item *part,
		    const struct item *item)
{
	const struct item *child = structure_child(s, part, NULL);

	switch (rule) {
	case RULE_ITEM_MEAN: return child == NULL;
	case RULE_FACTOR_MEAN: /* an item that stands beside factors counts as one */
		return child ? is_factor(s, part)
			     : !is_factor(s, structure_find(s, part->era, part->parent));
	case RULE_MEAN:
	case RULE_WEIGHTED:
	case RULE_GEOMETRIC:
	case RULE_HARMONIC:
	case RULE_SUM: return span_equal(part->parent, item->code);
	case RULE_LEAF:
	case RULE_POOLED: break;
	}
	return false;
}

/* Geometric and harmonic means weigh their parts where structure.csv has a weight for one. */
static double weight_of(enum index_rule rule, const struct structure *s, const struct item *item,
			const struct item *part)
{
	const struct item *child = NULL;
	bool weighted = rule == RULE_WEIGHTED;

	if (rule == RULE_GEOMETRIC || rule == RULE_HARMONIC)
		while ((child = structure_child(s, item, child)))
			weighted = weighted || !isnan(child->weight);
	return weighted ? part->weight : 1;
}

void index_formula_parts(struct arena *a, const struct structure *s, struct index_formula *f)
{
	double sum = 0;
	size_t v = 0;

	f->variable = arena_new(a, s->n, sizeof *f->variable);
	f->part = arena_new(a, s->n, sizeof *f->part);
	f->weight = arena_new(a, s->n, sizeof *f->weight);
	for (size_t i = 0; i < s->n; i++) {
		const struct item *part = &s->at[i];
		bool leaf;

		if (!span_equal(part->era, f->item->era))
			continue;
		leaf = index_is_leaf(s, part);
		if (is_below(s, part, f->item)) {
			if (leaf)
				f->variable[f->n_variables++] = v;
			if (part != f->item && is_part(s, f->rule, part, f->item)) {
				f->weight[f->n_parts] = weight_of(f->rule, s, f->item, part);
				sum += f->weight[f->n_parts];
				f->part[f->n_parts++] = i;
			}
		}
		v += leaf;
	}
	for (size_t i = 0; i < f->n_parts && f->rule != RULE_SUM; i++)
		f->weight[i] /= sum;
}
