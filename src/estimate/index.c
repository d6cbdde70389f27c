#include "estimate/index.h"

#include "estimate/conceal.h"
#include "estimate/powermean.h"
#include "survey/cells.h"

#include <math.h>
#include <string.h>

/* ---- what is counted ----------------------------------------------------------------------- */

/* The scale of a question's answers, as they are counted. */
struct scale {
	double low, high;
};

static bool is_score(enum index_method m)
{
	return m == INDEX_SCORE || m == INDEX_SCORE5;
}

static bool counts_shares(const struct question *q, enum index_method m)
{
	return !is_score(m) && q->n_satisfied > 0;
}

static struct scale scale_of(const struct question *q, enum index_method m)
{
	struct scale s = {q->valid_min, q->valid_max};

	if (counts_shares(q, m))
		return (struct scale){0, 1};
	for (size_t i = 0; i < q->n_levels && isnan(q->valid_min); i++) {
		s.low = fmin(s.low, q->level[i].number); /* fmin passes over NaN */
		s.high = fmax(s.high, q->level[i].number);
	}
	if (m == INDEX_SCORE5)
		s.low = 0;
	return s;
}

static bool add_leaf(struct arena *a, struct wave_answers *w, const struct item *item,
		     enum index_method m, struct diag *why)
{
	const struct question *q = codebook_code(&w->survey->codebook, w->wave->era, item->code);
	struct plan *p = &w->plan;
	struct variable v = {.kind = VARIABLE_NUMBER, .question = q};
	struct scale scale;

	if (!q)
		return diag_fail(why, DIAG_DATA, "%s: era \"%.*s\" has no question \"%.*s\"",
				 w->survey->codebook.file, SPAN_ARG(w->wave->era),
				 SPAN_ARG(item->code));
	if (!is_score(m) && q->n_satisfied == 0 &&
	    (q->kind == QUESTION_LIKERT || q->kind == QUESTION_YESNO ||
	     q->kind == QUESTION_CATEGORY)) {
		diag_fail(why, DIAG_DATA,
			  "%s: which levels of \"%.*s\" count as satisfied is not known",
			  w->survey->codebook.file, SPAN_ARG(item->code));
		return diag_hint(why,
				 "the column `satisfied` lists them; --method score needs none");
	}
	scale = scale_of(q, m);
	if (!(scale.high > scale.low))
		return diag_fail(why, DIAG_DATA,
				 "%s: \"%.*s\" needs satisfied levels, or the range of its answers",
				 w->survey->codebook.file, SPAN_ARG(item->code));
	v.column = q->column;
	if (counts_shares(q, m)) {
		struct text *counting = arena_new(a, q->n_satisfied, sizeof *counting);

		v.kind = VARIABLE_SHARE;
		v.counting = counting;
		for (size_t l = 0; l < q->n_levels; l++)
			if (q->level[l].satisfied)
				counting[v.n_counting++] = q->level[l].value;
	}
	p->variable = arena_grow(a, p->variable, p->n_variables, sizeof *p->variable);
	p->variable[p->n_variables++] = v;
	return true;
}

/* Answers that are pooled count on one scale: shares with shares, marks with marks of one range. */
static bool check_scales(struct arena *a, const struct wave_answers *w, enum index_method m,
			 const struct item *item, struct diag *why)
{
	const struct structure *s = &w->survey->structure;
	struct index_formula f = {.item = item, .rule = index_rule_of(s, item, m)};

	if (f.rule != RULE_POOLED)
		return true;
	index_formula_parts(a, s, &f);
	for (size_t i = 1; i < f.n_variables; i++) {
		const struct question *p = w->plan.variable[f.variable[0]].question;
		const struct question *q = w->plan.variable[f.variable[i]].question;
		struct scale x = scale_of(p, m), y = scale_of(q, m);

		if (counts_shares(p, m) == counts_shares(q, m) && x.low == y.low &&
		    x.high == y.high)
			continue;
		diag_fail(why, DIAG_DATA,
			  "\"%.*s\" pools \"%.*s\" and \"%.*s\", which have different scales",
			  SPAN_ARG(item->code), SPAN_ARG(p->code), SPAN_ARG(q->code));
		return diag_hint(why,
				 "aggregation `mean`, or --method item-mean, brings each to the "
				 "range of its item first");
	}
	return true;
}

bool index_variables(struct arena *a, struct wave_answers *w, enum index_method m, struct diag *why)
{
	const struct structure *s = &w->survey->structure;
	size_t errors = why->errors;

	for (size_t i = 0; i < s->n; i++)
		if (span_equal(s->at[i].era, w->wave->era) && index_is_leaf(s, &s->at[i]))
			add_leaf(a, w, &s->at[i], m, why);
	for (size_t i = 0; i < s->n && why->errors == errors; i++)
		if (span_equal(s->at[i].era, w->wave->era))
			check_scales(a, w, m, &s->at[i], why);
	return why->errors == errors;
}

/* ---- one group of people ------------------------------------------------------------------- */

struct index_groups {
	struct arena *arena;
	const struct wave_answers *w;
	const struct estimate_options *o;
	enum index_method method;
	size_t cell;
	struct moments *m; /* by variable */
	struct scale *scale;
	struct index_formula *formula; /* by item order */
	struct index_node *node;       /* likewise */
	struct linear linear;
	double *part, *slope; /* room for the parts of an item: values, slopes */
	size_t *leaf;         /* room for all units of a group */
	double *z;
};

/* The ratio of sums over the leaves below, brought to the item's range. */
static void pool(struct index_groups *g, const struct index_formula *f, struct index_node *node)
{
	bool free = isnan(f->item->min) || isnan(f->item->max);
	const struct scale scale = g->scale[f->variable[0]];
	double w = 0, wy = 0, stretch;

	for (size_t i = 0; i < f->n_variables; i++) {
		const struct moments *m = &g->m[f->variable[i]];

		w += m->w;
		wy += m->wy + m->shift * m->w;
	}
	if (w == 0) {
		node->reason = "no answers";
		return;
	}
	stretch = free ? 1 : (f->item->max - f->item->min) / (scale.high - scale.low);
	node->value = (free ? scale.low : f->item->min) + stretch * (wy / w - scale.low);
	for (size_t i = 0; i < f->n_variables; i++) {
		size_t v = f->variable[i];

		node->slope[v] = stretch / w;
		node->level[v] = stretch * (g->m[v].shift - wy / w) / w;
	}
}

/* By how much an item answers to each of its parts; the value of a mean that is not linear. */
static void slopes_of(struct index_groups *g, const struct index_formula *f,
		      struct index_node *node, double *slope)
{
	double p = f->rule == RULE_GEOMETRIC ? 0 : f->rule == RULE_HARMONIC ? -1 : 1;

	node->value = 0;
	for (size_t i = 0; i < f->n_parts; i++) {
		const struct index_node *part = &g->node[f->part[i]];

		g->part[i] = part->value;
		node->value += f->weight[i] * part->value;
		if (isnan(part->value))
			node->reason = part->reason && strcmp(part->reason, "no answers") != 0
					       ? part->reason
					       : "a part has no answers";
	}
	memcpy(slope, f->weight, f->n_parts * sizeof *slope);
	if (p == 1 || isnan(node->value))
		return;
	node->value = powermean(p, f->n_parts, g->part, f->weight, 1, &node->reason);
	powermean_slopes(p, f->n_parts, g->part, f->weight, node->value, slope);
}

static void combine(struct index_groups *g, const struct index_formula *f, struct index_node *node)
{
	slopes_of(g, f, node, g->slope);
	for (size_t i = 0; i < f->n_parts; i++) {
		const struct index_node *part = &g->node[f->part[i]];

		for (size_t v = 0; v < g->w->plan.n_variables; v++) {
			node->level[v] += g->slope[i] * part->level[v];
			node->slope[v] += g->slope[i] * part->slope[v];
		}
	}
	if (isnan(node->value) && !node->reason)
		node->reason = "a weight is missing in the structure";
}

static void make_nodes(struct index_groups *g)
{
	const struct structure *s = &g->w->survey->structure;
	size_t n = g->w->plan.n_variables;

	for (size_t i = s->n; i-- > 0;) { /* children stand behind their parent */
		struct index_node *node = &g->node[i];
		const struct index_formula *f = &g->formula[i];

		if (!f->item)
			continue;
		memset(node->level, 0, n * sizeof *node->level);
		memset(node->slope, 0, n * sizeof *node->slope);
		node->value = NAN;
		node->reason = NULL;
		if (f->rule == RULE_LEAF || f->rule == RULE_POOLED)
			pool(g, f, node);
		else
			combine(g, f, node);
	}
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* The influence of a sampling unit on an item; adds the weight of its answers to `members`. */
static double unit_influence(const struct tally *t, size_t slot, const struct index_part *part,
			     double *members)
{
	double z = 0;

	for (size_t v = 0; v < t->plan->n_variables; v++) {
		struct unit_sums u;

		if (part->node->slope[v] == 0 && part->node->level[v] == 0)
			continue;
		u = tally_unit(t, slot, v, 0);
		z += part->node->level[v] * u.w + part->node->slope[v] * u.wy;
		*members += u.w;
	}
	return part->factor * z;
}

struct overlap_side index_side(struct index_groups *g, const struct index_part *part,
			       size_t n_parts, size_t *lonely)
{
	const struct tally *t = &g->w->tally;
	struct overlap_side side = {.leaves.leaf = g->leaf, .z = g->z};
	size_t n;
	const size_t *slot = tally_slots(t, g->cell, &n);

	for (size_t i = 0; i < n; i++) {
		double z = 0, members = 0;

		g->leaf[n + i] = t->slot[slot[i]].leaf;
		for (size_t k = 0; k < n_parts; k++)
			z += unit_influence(t, slot[i], &part[k], &members);
		if (members == 0)
			continue;
		g->leaf[side.leaves.n] = t->slot[slot[i]].leaf;
		g->z[side.leaves.n++] = z;
	}
	side.present = (struct leaves){n, g->leaf + n};
	side.df = estimate_df(g->o, g->linear.frame, &side.leaves);
	side.df_told = estimate_df_told(g->o);
	linear_covariance(&g->linear, &side.leaves, g->z, 1, &side.variance, lonely);
	return side;
}

double index_variance(struct index_groups *g, const struct index_part *part, size_t n_parts,
		      double *df, size_t *lonely)
{
	struct overlap_side side = index_side(g, part, n_parts, lonely);

	*df = side.df;
	return side.variance;
}

const struct linear *index_linear(const struct index_groups *g)
{
	return &g->linear;
}

/* A share of answers between the ends of its range takes the interval of a share. */
static struct interval interval_of(const struct index_groups *g, const struct index_node *node,
				   double se, double n, double df)
{
	double range = node->item->max - node->item->min, low = node->item->min;
	struct interval i;

	if (!node->share)
		return interval_wald(node->value, se, df, g->o->level);
	i = interval_proportion(g->o->interval, (node->value - low) / range, se / range, n, df,
				g->o->level, 1);
	i.low = low + range * i.low;
	i.high = low + range * i.high;
	return i;
}

static struct text method_of(struct arena *a, enum index_method m, struct interval i)
{
	return arena_format(a, "taylor:%s:%s", interval_name(i.used), index_name(m));
}

void index_judge(const struct index_groups *g, bool share, double low, double range, double n,
		 struct result_row *row)
{
	double p = (row->estimate - low) / range;
	struct interval kg =
		interval_proportion(INTERVAL_KG, p, row->se / range, n, row->df, 0.95, 1);
	struct suppress_input x = {.estimate = share ? p : row->estimate,
				   .se = share ? row->se / range : row->se,
				   .n = n,
				   .df = row->df,
				   .deff_kish = NAN,
				   .is_proportion = share,
				   .kg_low = kg.low,
				   .kg_high = kg.high};
	const char *reason = NULL;
	enum suppress_verdict verdict;

	x.n_eff = share ? interval_capped_n(p, x.se, n, row->df, 0.95, 1) : n;
	verdict = suppress_decide(&g->o->suppress, &x, &reason);
	if (verdict == SUPPRESS_SHOW)
		return;
	row->flags |= FLAG_CAUTION;
	if (row->reason[LANG_EN].n == 0)
		row->reason[LANG_EN] = span_of(reason);
	if (verdict != SUPPRESS_HIDE || !g->o->hide)
		return;
	row->flags = (row->flags & ~(unsigned)FLAG_CAUTION) | FLAG_SUPPRESSED;
	row->estimate = row->se = row->ci_low = row->ci_high = row->n_eff = NAN;
}

/* Of the share of one question; several answers of a person have no simple random sample. */
static double effective_n(const struct index_groups *g, const struct index_node *node, double se)
{
	const struct index_formula *f = &g->formula[node->item->order];
	double range = node->item->max - node->item->min, n;

	if (!node->share || f->rule != RULE_LEAF ||
	    !counts_shares(g->w->plan.variable[f->variable[0]].question, g->method))
		return NAN;
	n = interval_effective_n((node->value - node->item->min) / range, se / range);
	return isfinite(n) ? n : NAN;
}

/* Answers to the item's question; above, to the most answered of its questions. */
static double answered(const struct index_groups *g, const struct item *item)
{
	const struct index_formula *f = &g->formula[item->order];
	double n = 0;
	for (size_t i = 0; i < f->n_variables; i++)
		n = fmax(n, g->m[f->variable[i]].n);
	return n;
}

struct result_row index_row(const struct index_groups *g, const struct item *item)
{
	const struct wave_answers *from = g->w;
	const struct cell *cell = &from->answers.cells.at[g->cell];
	const struct margin *m = &from->plan.margin[cell->margin];
	struct result_row row = result_row_init();

	row.survey = from->survey->id;
	row.year = from->wave->year;
	if (m->n && m->factor[0] == 0 && from->province) {
		row.province = from->province[cell->level[0]]->code;
		row.province_name = from->province[cell->level[0]]->name;
	}
	for (size_t i = row.province.n ? 1 : 0; i < m->n; i++)
		row.domain = arena_format(g->arena, "%.*s%s%.*s=%.*s", SPAN_ARG(row.domain),
					  row.domain.n ? ";" : "",
					  SPAN_ARG(from->plan.factor[m->factor[i]].column),
					  SPAN_ARG(cell_value(&from->plan, cell, i)));
	row.item = item->code;
	memcpy(row.item_name, item->name, sizeof row.item_name);
	row.item_order = item->order;
	row.item_depth = item->depth;
	row.stat = span_of("index");
	row.level = g->o->level;
	row.n = answered(g, item);
	row.source = from->wave->file;
	row.flags = from->wave->simulated ? FLAG_SIMULATED : 0;
	return row;
}

const struct index_node *index_at(const struct index_groups *g, size_t order)
{
	return g->node[order].item ? &g->node[order] : NULL;
}

struct result_row index_item(struct index_groups *g, size_t order)
{
	const struct index_node *node = &g->node[order];
	const struct item *item = node->item;
	struct result_row row = index_row(g, item);
	struct interval i;
	size_t lonely = 0;
	double df = NAN;

	row.estimate = node->value;
	if (isnan(node->value)) {
		row.reason[LANG_EN] = span_of(node->reason);
		row.method = span_of(index_name(g->method));
		return row;
	}
	row.se = sqrt(index_variance(g, &(struct index_part){node, 1}, 1, &df, &lonely));
	row.flags |= lonely ? FLAG_LONELY : 0;
	row.df = df;
	i = interval_of(g, node, row.se, row.n, df);
	row.ci_low = i.low;
	row.ci_high = i.high;
	if (i.reason)
		row.reason[LANG_EN] = span_of(i.reason);
	row.method = method_of(g->arena, g->method, i);
	row.n_eff = effective_n(g, node, row.se);
	index_judge(g, node->share, item->min, item->max - item->min, row.n, &row);
	if (!isfinite(df))
		row.df = NAN;
	return row;
}

struct index_groups *index_start(struct arena *a, const struct wave_answers *w, enum index_method m,
				 const struct estimate_options *o)
{
	size_t n = w->plan.n_variables, items = w->survey->structure.n, units = w->tally.n_slots;
	struct index_groups *g = arena_new(a, 1, sizeof *g);

	*g = (struct index_groups){.arena = a,
				   .w = w,
				   .o = o,
				   .method = m,
				   .m = arena_new(a, n, sizeof *g->m),
				   .scale = arena_new(a, n, sizeof *g->scale),
				   .formula = arena_new(a, items, sizeof *g->formula),
				   .node = arena_new(a, items, sizeof *g->node),
				   .linear = {&w->answers.frame, o->lonely, o->domain_lonely},
				   .part = arena_new(a, items, sizeof *g->part),
				   .slope = arena_new(a, items, sizeof *g->slope),
				   .leaf = arena_new(a, 2 * units, sizeof *g->leaf),
				   .z = arena_new(a, units, sizeof *g->z)};
	for (size_t v = 0; v < n; v++)
		g->scale[v] = scale_of(w->plan.variable[v].question, m);
	for (size_t i = 0; i < items; i++) {
		const struct item *item = &w->survey->structure.at[i];
		struct index_formula *f = &g->formula[i];

		if (!span_equal(item->era, w->wave->era))
			continue;
		*f = (struct index_formula){.item = item,
					    .rule = index_rule_of(&w->survey->structure, item, m)};
		index_formula_parts(a, &w->survey->structure, f);
		g->node[i] = (struct index_node){.item = item,
						 .share = f->rule != RULE_SUM &&
							  !isnan(item->max - item->min),
						 .level = arena_new(a, n, sizeof(double)),
						 .slope = arena_new(a, n, sizeof(double))};
	}
	return g;
}

bool index_enter(struct index_groups *g, size_t cell, size_t margin)
{
	if (g->w->answers.cells.at[cell].margin != margin)
		return false;
	g->cell = cell;
	for (size_t v = 0; v < g->w->plan.n_variables; v++)
		g->m[v] = tally_moments(&g->w->tally, cell, v, 0);
	make_nodes(g);
	return true;
}

const struct index_formula *index_formula_at(const struct index_groups *g, size_t order)
{
	return &g->formula[order];
}

const struct structure *index_structure(const struct index_groups *g)
{
	return &g->w->survey->structure;
}

size_t index_variable_count(const struct index_groups *g)
{
	return g->w->plan.n_variables;
}

struct moments index_moments(const struct index_groups *g, size_t variable)
{
	return g->m[variable];
}

void index_result(struct arena *a, const struct wave_answers *w, enum index_method m,
		  const struct estimate_options *o, size_t margin, struct result *out)
{
	struct index_groups *g = index_start(a, w, m, o);
	size_t first = out->n;

	for (size_t c = 0; c < w->answers.cells.index->n; c++) {
		if (!index_enter(g, c, margin))
			continue;
		for (size_t i = 0; i < w->survey->structure.n; i++)
			if (index_at(g, i)) {
				struct result_row row = index_item(g, i);

				result_add(a, out, &row);
			}
	}
	if (o->hide)
		conceal_partners(a, &w->plan, &w->answers.cells, margin, first, out);
}
