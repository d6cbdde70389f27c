#include "estimate/contribution.h"

#include <math.h>

/* A part of the item in one year. */
struct share {
	const struct index_node *node;
	double weight;
	struct index_node moving; /* the weight as a node; without influence where it is fixed */
};

struct shares {
	const struct index_node *whole;
	size_t n;
	struct share *at;
};

static bool is_pooled(const struct index_formula *f)
{
	return f->rule == RULE_POOLED || f->rule == RULE_LEAF;
}

static double weight_of(const struct index_groups *g, const struct index_formula *f)
{
	double w = 0;

	for (size_t i = 0; i < f->n_variables; i++)
		w += index_moments(g, f->variable[i]).w;
	return w;
}

/* d(w_j) of a row: its weight where it answers j, less w_j times its weight wherever it answers,
 * over the weight of all answers. */
static struct index_node moving_weight(struct arena *a, const struct index_groups *g,
				       const struct index_formula *whole,
				       const struct index_formula *part, double all)
{
	size_t n = index_variable_count(g);
	struct index_node node = {.value = weight_of(g, part) / all,
				  .level = arena_new(a, n, sizeof *node.level),
				  .slope = arena_new(a, n, sizeof *node.slope)};

	for (size_t i = 0; i < whole->n_variables; i++)
		node.level[whole->variable[i]] -= node.value / all;
	for (size_t i = 0; i < part->n_variables; i++)
		node.level[part->variable[i]] += 1 / all;
	return node;
}

static void add_share(struct arena *a, struct shares *s, const struct index_groups *g, size_t order,
		      double weight, struct index_node moving)
{
	s->at = arena_grow(a, s->at, s->n, sizeof *s->at);
	s->at[s->n++] = (struct share){index_at(g, order), weight, moving};
}

/* The children, each weighing as much as it is answered; false when one is no pool itself. */
static bool pooled_shares(struct arena *a, const struct index_groups *g,
			  const struct index_formula *whole, struct shares *s)
{
	const struct structure *tree = index_structure(g);
	double all = weight_of(g, whole);

	for (const struct item *k = NULL; (k = structure_child(tree, whole->item, k));) {
		const struct index_formula *part = index_formula_at(g, k->order);
		struct index_node moving;

		if (!is_pooled(part) || k->min != whole->item->min || k->max != whole->item->max)
			return false;
		moving = moving_weight(a, g, whole, part, all);
		add_share(a, s, g, k->order, moving.value, moving);
	}
	return true;
}

static bool find_shares(struct arena *a, const struct index_groups *g, size_t order,
			struct shares *s, const char **reason)
{
	const struct index_formula *f = index_formula_at(g, order);
	struct index_node fixed = {.level = arena_new(a, index_variable_count(g), sizeof(double)),
				   .slope = arena_new(a, index_variable_count(g), sizeof(double))};

	*s = (struct shares){.whole = index_at(g, order)};
	*reason = "the item has no parts";
	if (f->rule == RULE_LEAF)
		return false;
	*reason = "the item is no sum of its parts";
	if (f->rule == RULE_GEOMETRIC || f->rule == RULE_HARMONIC)
		return false;
	if (f->rule == RULE_POOLED)
		return pooled_shares(a, g, f, s);
	for (size_t i = 0; i < f->n_parts; i++)
		add_share(a, s, g, f->part[i], f->weight[i], fixed);
	return true;
}

static bool same_parts(const struct shares *a, const struct shares *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!span_equal(a->at[i].node->item->code, b->at[i].node->item->code))
			return false;
	return true;
}

/* One side of c_j: `half` of the change of the weight stands against the index. */
static struct overlap_side side_of(struct index_groups *g, const struct shares *s, size_t j,
				   double middle, double half)
{
	const struct share *x = &s->at[j];
	struct index_part parts[] = {
		{x->node, x->weight}, {&x->moving, x->node->value - middle}, {s->whole, half}};
	size_t lonely;

	return index_side(g, parts, sizeof parts / sizeof *parts, &lonely);
}

static struct contribution contribution(const struct contribution_years *y,
					const struct shares *was, const struct shares *now,
					size_t j)
{
	const struct share *from = &was->at[j], *to = &now->at[j];
	double middle = (was->whole->value + now->whole->value) / 2;
	double moved = to->weight - from->weight;
	struct contribution c = {.part = to->node->item,
				 .from = from->node->value,
				 .to = to->node->value,
				 .weight_from = from->weight,
				 .weight_to = to->weight};
	struct overlap_side before, after;

	c.amount = c.weight_to * c.to - c.weight_from * c.from - middle * moved;
	if (isnan(c.amount))
		return c;
	before = side_of(y->from, was, j, middle, moved / 2);
	after = side_of(y->to, now, j, middle, -moved / 2);
	c.pair = overlap_pair(y->shared, y->method, &before, &after);
	return c;
}

struct contribution *contribution_find(struct arena *a, const struct contribution_years *y,
				       size_t from, size_t to, size_t *n, const char **reason)
{
	struct shares was, now;
	struct contribution *c;

	*n = 0;
	if (!find_shares(a, y->from, from, &was, reason) ||
	    !find_shares(a, y->to, to, &now, reason))
		return NULL;
	*reason = N_("the parts of the item are not the same in the two years");
	if (!same_parts(&was, &now))
		return NULL;
	*reason = NULL;
	c = arena_new(a, now.n, sizeof *c);
	for (size_t j = 0; j < now.n; j++)
		c[(*n)++] = contribution(y, &was, &now, j);
	return c;
}
