#include "estimate/estimate.h"

#include "survey/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- every row ----------------------------------------------------------------------------- */

static struct text join(struct arena *a, struct text x, struct text y)
{
	if (x.n == 0 || y.n == 0)
		return x.n ? x : y;
	return arena_format(a, "%.*s;%.*s", SPAN_ARG(x), SPAN_ARG(y));
}

static struct text item_of(struct arena *a, const struct variable *v)
{
	struct text y = v->question ? v->question->code : v->column;

	if (v->kind != VARIABLE_PAIR)
		return y;
	return arena_format(a, "%.*s/%.*s", SPAN_ARG(y),
			    SPAN_ARG(v->over_question ? v->over_question->code : v->over));
}

/* The levels counted: "4|5". */
static struct text counted(struct arena *a, const struct variable *v)
{
	struct text words = {"", 0};

	for (size_t i = 0; i < v->n_counting; i++)
		words = arena_format(a, "%.*s%s%.*s", SPAN_ARG(words), i ? "|" : "",
				     SPAN_ARG(v->counting[i]));
	return words;
}

/* Nothing is known of t yet. */
static void find_quantiles(struct estimates *e)
{
	e->asked = (struct interval_level){
		e->options->level, arena_new(e->arena, INTERVAL_KNOWN, sizeof *e->asked.known)};
	e->standard = (struct interval_level){
		0.95, arena_new(e->arena, INTERVAL_KNOWN, sizeof *e->standard.known)};
}

/* What rows have in common, each found once. */
static void find_words(struct estimates *e, const struct plan *p, const struct cells *cells)
{
	const struct estimate_options *o = e->options;
	struct arena *a = e->arena;

	e->plan = p;
	e->cells = cells;
	e->domain = arena_new(a, cells->index->n, sizeof *e->domain);
	for (size_t c = 0; c < cells->index->n; c++)
		e->domain[c] = join(a, o->domain, cell_words(a, p, &cells->at[c]));
	e->item = arena_new(a, p->n_variables, sizeof *e->item);
	e->counted = arena_new(a, p->n_variables, sizeof *e->counted);
	for (size_t v = 0; v < p->n_variables; v++) {
		e->item[v] = item_of(a, &p->variable[v]);
		e->counted[v] = counted(a, &p->variable[v]);
	}
	e->quantile = arena_new(a, o->n_quantiles, sizeof *e->quantile);
	for (size_t q = 0; q < o->n_quantiles; q++)
		e->quantile[q] = number_exact(a, o->quantile[q]);
	find_quantiles(e);
}

static struct text category_of(const struct estimates *e, const struct subject *s)
{
	const struct variable *v = &e->plan->variable[s->variable];

	if (e->options->statistic == STATISTIC_QUANTILE)
		return e->quantile[s->level];
	return v->kind == VARIABLE_LEVELS ? v->levels->entry[s->level].name
					  : e->counted[s->variable];
}

/* The levels of a variable in the order of their rows; NULL where it has none. */
static size_t *order_levels(struct arena *a, const struct variable *v)
{
	size_t *rank, *order;

	if (v->kind != VARIABLE_LEVELS)
		return NULL;
	rank = cells_rank_levels(a, v->levels, v->question);
	order = arena_new(a, v->levels->n, sizeof *order);
	for (size_t l = 0; l < v->levels->n; l++)
		order[rank[l]] = l;
	return order;
}

/* Families, whose members add up to a shown whole: the levels of one variable in one group; or
 * the groups that differ in the last factor only. */
static size_t family_of(const struct plan *p, const struct placed_cell *order, size_t i,
			size_t family)
{
	const struct margin *m = &p->margin[order[i].margin];

	if (i == 0 || order[i].margin != order[i - 1].margin || m->n == 0 ||
	    memcmp(order[i].rank, order[i - 1].rank, (m->n - 1) * sizeof *order->rank) != 0)
		return i;
	return family;
}

/* Rows of a variable in every group. */
static size_t rows_of(const struct estimates *e, const struct variable *v)
{
	if (e->options->statistic == STATISTIC_QUANTILE)
		return e->options->n_quantiles;
	return v->kind == VARIABLE_LEVELS ? v->levels->n : 1;
}

/* Finds out which rows there are. */
static void list(struct estimates *e, const struct plan *p, const struct cells *cells)
{
	size_t n = cells->index->n;

	find_words(e, p, cells);
	e->order = cells_in_order(e->arena, p, cells);
	e->level = arena_new(e->arena, p->n_variables, sizeof *e->level);
	for (size_t v = 0; v < p->n_variables; v++) {
		e->level[v] = order_levels(e->arena, &p->variable[v]);
		e->n += n * rows_of(e, &p->variable[v]);
	}
	e->family = arena_new(e->arena, n, sizeof *e->family);
	for (size_t i = 0; i < n; i++)
		e->family[i] = family_of(p, e->order, i, i ? e->family[i - 1] : 0);
	e->at = arena_new(e->arena, e->n, sizeof *e->at);
}

static void list_group(const struct estimates *e, size_t group)
{
	const struct plan *p = e->plan;
	struct estimated *at = e->at + e->n / e->cells->index->n * group;

	for (size_t v = 0; v < p->n_variables; v++) {
		const size_t *level = e->level[v];
		size_t n = rows_of(e, &p->variable[v]), cell = level ? group : e->family[group];

		for (size_t l = 0; l < n; l++)
			*at++ = (struct estimated){
				.about = {e->order[group].cell, v, level ? level[l] : l},
				.family = cell * p->n_variables + v,
			};
	}
}

void estimate_list(struct estimates *e, const struct plan *p, const struct cells *cells)
{
	list(e, p, cells);
	for (size_t i = 0; i < cells->index->n; i++)
		list_group(e, i);
}

/* ---- one row ------------------------------------------------------------------------------- */

double estimate_df(const struct estimate_options *o, const struct frame *f,
		   const struct leaves *domain)
{
	switch (o->df) {
	case DF_DOMAIN: return linear_df(f, domain);
	case DF_DESIGN: return linear_design_df(f);
	case DF_INFINITE: return INFINITY;
	case DF_GIVEN: break;
	}
	return o->df_given;
}

bool estimate_df_told(const struct estimate_options *o)
{
	return o->df == DF_INFINITE || o->df == DF_GIVEN;
}

/* The verdict on a share by the width of kg, which is only found where its bounds leave the
 * verdict open: from narrow to wide a share is shown, warned of, hidden. */
static enum suppress_verdict judge_share(const struct estimates *e, struct suppress_input *x,
					 const char **reason)
{
	const struct suppress_rules *rules = &e->options->suppress;
	enum suppress_verdict narrow, wide;
	const char *other;
	double least, most;
	struct interval kg;

	x->n_eff = interval_level_capped_n(&e->standard, x->estimate, x->se, x->n, x->df, 1);
	interval_kg_width(x->estimate, x->n_eff, &least, &most);
	x->kg_low = 0;
	x->kg_high = least;
	narrow = suppress_decide(rules, x, reason);
	x->kg_high = most;
	wide = suppress_decide(rules, x, &other);
	if (narrow == wide && *reason == other)
		return wide;
	kg = interval_level_proportion(&e->standard, INTERVAL_KG, x->estimate, x->se, x->n, x->df,
				       1);
	x->kg_low = kg.low;
	x->kg_high = kg.high;
	return suppress_decide(rules, x, reason);
}

static void judge(const struct estimates *e, bool count, const struct moments *m, double df,
		  struct estimated *out)
{
	const struct estimate_options *o = e->options;
	struct suppress_input x = {.estimate = out->estimate,
				   .se = out->se,
				   .n = m->n,
				   .df = df,
				   .deff_kish = out->deff_kish,
				   .is_proportion = statistic_is_share(o->statistic),
				   .is_count = count && o->statistic == STATISTIC_TOTAL};
	const char *reason = NULL;

	if (m->n == 0)
		return; /* there is nothing to hide */
	if (x.is_proportion) {
		out->verdict = judge_share(e, &x, &reason);
	} else {
		x.n = x.is_count ? m->ones : out->n;
		x.n_eff = x.is_count ? m->ones / out->deff_kish : out->n_eff;
		out->verdict = suppress_decide(&o->suppress, &x, &reason);
	}
	if (out->verdict == SUPPRESS_SHOW)
		return;
	out->flags |= FLAG_CAUTION;
	if (out->reason.n == 0)
		out->reason = span_of(reason);
}

/* "taylor:logit" */
static struct text method_of(struct estimates *e, const char *variance, enum interval_method used)
{
	if (e->method[used].n == 0)
		e->method[used] = arena_format(e->arena, "%s:%s", variance, interval_name(used));
	return e->method[used];
}

void estimate_finish(struct estimates *e, bool count, const struct moments *m, double value,
		     double variance, double df, const char *name, struct estimated *out)
{
	const struct estimate_options *o = e->options;
	struct interval i;

	out->estimate = value;
	out->se = variance >= 0 ? sqrt(variance) : NAN;
	out->n = m->n;
	out->df = df;
	out->deff_kish = moments_kish(m);
	out->deff = variance / statistic_srs_variance(o->statistic, m, o->deff);
	if (!isfinite(out->deff))
		out->deff = NAN;
	if (statistic_is_share(o->statistic)) {
		i = interval_level_proportion(&e->asked, o->interval, value, out->se, m->n, df, 1);
		out->n_eff = interval_effective_n(value, out->se);
	} else {
		i = interval_level_wald(&e->asked, value, out->se, df);
		out->n_eff = m->n * statistic_srs_variance(o->statistic, m, DEFF_WR) / variance;
	}
	if (!isfinite(out->n_eff))
		out->n_eff = NAN;
	out->ci_low = i.low;
	out->ci_high = i.high;
	out->method = method_of(e, name, i.used);
	if (i.reason && out->reason.n == 0)
		out->reason = span_of(m->n == 0      ? "no answers"
				      : isnan(value) ? "not defined for these answers"
						     : i.reason);
	judge(e, count, m, df, out);
	if (!isfinite(df))
		out->df = NAN;
}

void estimate_nobody(const struct estimates *e, double people, double *value, double *variance)
{
	bool nothing = e->options->statistic == STATISTIC_TOTAL && people == 0;

	*value = *variance = nothing ? 0 : NAN;
}

/* ---- the result ---------------------------------------------------------------------------- */

static int by_family(const void *a, const void *b)
{
	const struct estimated *const *x = a, *const *y = b;

	return ((*x)->family > (*y)->family) - ((*x)->family < (*y)->family);
}

/* A single hidden row of a family could be found by subtraction: another goes with it. */
static void complement(struct estimates *e)
{
	struct estimated **order = arena_new(e->arena, e->n, sizeof *order);
	enum suppress_verdict *verdict = arena_new(e->arena, e->n, sizeof *verdict);
	double *n = arena_new(e->arena, e->n, sizeof *n);

	for (size_t i = 0; i < e->n; i++)
		order[i] = &e->at[i];
	qsort(order, e->n, sizeof *order, by_family);
	for (size_t i = 0, end; i < e->n; i = end) {
		for (end = i; end < e->n && order[end]->family == order[i]->family; end++) {
			verdict[end] = order[end]->verdict;
			n[end] = order[end]->n;
		}
		suppress_complement(end - i, n + i, verdict + i);
		for (size_t k = i; k < end; k++) {
			if (verdict[k] == order[k]->verdict)
				continue;
			order[k]->verdict = verdict[k];
			order[k]->reason = span_of(
				"hidden with another group, which could be computed from it");
		}
	}
}

static void hide(struct estimated *x)
{
	x->estimate = x->se = x->ci_low = x->ci_high = NAN;
	x->deff = x->n_eff = x->deff_kish = NAN;
	x->flags = (x->flags & ~(unsigned)FLAG_CAUTION) | FLAG_SUPPRESSED;
}

void estimate_close(struct estimates *e)
{
	if (!e->options->hide)
		return;
	complement(e);
	for (size_t i = 0; i < e->n; i++)
		if (e->at[i].verdict == SUPPRESS_HIDE)
			hide(&e->at[i]);
}

void estimate_row(const void *estimates, size_t i, struct result_row *row)
{
	const struct estimates *e = estimates;
	const struct estimate_options *o = e->options;
	const struct estimated *x = &e->at[i];
	const struct cell *cell = &e->cells->at[x->about.cell];
	const struct margin *m = &e->plan->margin[cell->margin];

	row->survey = o->survey;
	row->source = o->source;
	row->stat = e->stat.n ? e->stat : span_of(statistic_name(o->statistic));
	row->level = o->level;
	if (e->plan->province_first && m->n && m->factor[0] == 0)
		row->province = cell_value(e->plan, cell, 0);
	row->domain = e->domain[x->about.cell];
	row->item = e->item[x->about.variable];
	row->category = category_of(e, &x->about);
	row->estimate = x->estimate;
	row->se = x->se;
	row->ci_low = x->ci_low;
	row->ci_high = x->ci_high;
	row->df = x->df;
	row->deff = x->deff;
	row->n = x->n;
	row->n_eff = x->n_eff;
	row->deff_kish = x->deff_kish;
	row->flags = x->flags;
	row->method = x->method;
	row->reason[LANG_EN] = x->reason;
}

void estimate_result(struct estimates *e, struct result *out)
{
	estimate_close(e);
	result_reserve(e->arena, out, e->n);
	for (size_t i = 0; i < e->n; i++) {
		out->row[i] = result_row_init();
		estimate_row(e, i, &out->row[i]);
	}
	out->n = e->n;
	out->parts |= PART_ESTIMATE;
}

/* ---- from a tally -------------------------------------------------------------------------- */

struct estimate_sides estimate_sides(struct arena *a, const struct tally *t,
				     const struct estimate_options *o)
{
	size_t n = t->n_slots;

	return (struct estimate_sides){
		.t = t,
		.o = o,
		.linear = {&t->answers->frame, o->lonely, o->domain_lonely},
		.leaf = arena_new(a, 2 * n, sizeof(size_t)),
		.z = arena_new(a, n, sizeof(double)),
	};
}

bool estimate_side(const struct estimate_sides *x, const struct subject *s,
		   struct overlap_side *out, size_t *lonely)
{
	struct moments m = tally_moments(x->t, s->cell, s->variable, s->level);
	struct influence influence = statistic_influence(x->o->statistic, &m);
	size_t slots;
	const size_t *slot = tally_slots(x->t, s->cell, &slots);

	*out = (struct overlap_side){
		.leaves.leaf = x->leaf, .z = x->z, .present = {slots, x->leaf + slots}};
	for (size_t i = 0; i < slots; i++) {
		struct unit_sums u = tally_unit(x->t, slot[i], s->variable, s->level);

		x->leaf[slots + i] = x->t->slot[slot[i]].leaf;
		if (u.w == 0)
			continue;
		x->leaf[out->leaves.n] = x->t->slot[slot[i]].leaf;
		x->z[out->leaves.n++] = influence_total(&influence, &u);
	}
	out->df = estimate_df(x->o, x->linear.frame, &out->leaves);
	out->df_told = estimate_df_told(x->o);
	return linear_covariance(&x->linear, &out->leaves, x->z, 1, &out->variance, lonely);
}

#define BLOCK 16 /* variances worked out side by side */

/* The variances of a group's rows, found when its first row is made. */
struct from_tally {
	struct estimates *e;
	struct estimate_sides sides;
	size_t n; /* rows of a group */
	struct subject *row;
	size_t *first;   /* row of each variable */
	bool a_row_each; /* variables have one row, not one for each level */
	double *z;       /* influence totals of a block, unit by unit */
	size_t cell;     /* the group that the rest is of */
	struct moments *moments;
	double *variance; /* by row, where every unit with people has answers, */
	bool *apart;      /* where not: such rows are worked out one by one */
	double df;
	size_t lonely;
	bool known; /* no stratum has one unit only, or this is no obstacle */
};

static struct from_tally start_tally(struct estimates *e, const struct tally *t)
{
	const struct plan *p = t->plan;
	struct from_tally c = {.e = e,
			       .sides = estimate_sides(e->arena, t, e->options),
			       .cell = NO_LEVEL,
			       .a_row_each = true,
			       .first = arena_new(e->arena, p->n_variables, sizeof *c.first)};
	size_t most = 0;

	for (size_t i = 0, slots; i < t->answers->cells.index->n; i++) {
		tally_slots(t, i, &slots);
		most = slots > most ? slots : most;
	}
	c.z = arena_new(e->arena, most * BLOCK, sizeof *c.z);
	for (size_t v = 0; v < p->n_variables; v++) {
		size_t levels = rows_of(e, &p->variable[v]);

		c.first[v] = c.n;
		c.a_row_each &= levels == 1;
		for (size_t l = 0; l < levels; l++) {
			c.row = arena_grow(e->arena, c.row, c.n, sizeof *c.row);
			c.row[c.n++] = (struct subject){.variable = v, .level = l};
		}
	}
	c.moments = arena_new(e->arena, c.n, sizeof *c.moments);
	c.variance = arena_new(e->arena, c.n, sizeof *c.variance);
	c.apart = arena_new(e->arena, c.n, sizeof *c.apart);
	return c;
}

/* Up to BLOCK rows: the strata and units of the group are gone through once for all of them. */
static void vary(struct from_tally *c, size_t from, size_t k, const size_t *slot,
		 const struct leaves *leaves)
{
	const struct tally *t = c->sides.t;
	struct influence influence[BLOCK];

	for (size_t j = 0; j < k; j++) {
		struct subject s = c->row[from + j];
		struct moments *m = &c->moments[from + j];

		*m = tally_moments(t, c->cell, s.variable, s.level);
		influence[j] = statistic_influence(c->e->options->statistic, m);
		c->apart[from + j] = false;
	}
	for (size_t i = 0; i < leaves->n; i++) {
		struct unit_sums u[BLOCK];

		if (c->a_row_each)
			tally_units(t, slot[i], from, k, u);
		for (size_t j = 0; j < k; j++) {
			struct subject s = c->row[from + j];

			if (!c->a_row_each)
				u[j] = tally_unit(t, slot[i], s.variable, s.level);
			c->z[i * k + j] = influence_total(&influence[j], &u[j]);
			c->apart[from + j] |= u[j].w == 0;
		}
	}
	c->known =
		linear_variances(&c->sides.linear, leaves, c->z, k, c->variance + from, &c->lonely);
}

static void enter_cell(struct from_tally *c, size_t cell)
{
	const struct tally *t = c->sides.t;
	size_t slots;
	const size_t *slot = tally_slots(t, cell, &slots);
	struct leaves leaves = {slots, c->sides.leaf};

	c->cell = cell;
	for (size_t i = 0; i < slots; i++)
		c->sides.leaf[i] = t->slot[slot[i]].leaf;
	c->df = estimate_df(c->e->options, c->sides.linear.frame, &leaves);
	for (size_t from = 0; from < c->n; from += BLOCK)
		vary(c, from, c->n - from < BLOCK ? c->n - from : BLOCK, slot, &leaves);
}

static void make_row(struct from_tally *c, struct estimated *out)
{
	const struct subject *s = &out->about;
	const struct tally *t = c->sides.t;
	const struct variable *v = &t->plan->variable[s->variable];
	size_t row = c->first[s->variable] + s->level, lonely;
	const struct moments *m = &c->moments[row];
	double value, variance, df;
	bool known;

	if (s->cell != c->cell)
		enter_cell(c, s->cell);
	value = statistic_value(c->e->options->statistic, m);
	known = c->known;
	lonely = c->lonely;
	variance = c->variance[row];
	df = c->df;
	if (c->apart[row]) {
		struct overlap_side side;

		known = estimate_side(&c->sides, s, &side, &lonely);
		variance = side.variance;
		df = side.df;
	}
	if (!known)
		out->reason = span_of("a stratum has one sampling unit only");
	if (lonely)
		out->flags |= FLAG_LONELY;
	if (m->n == 0)
		estimate_nobody(c->e, t->rows[s->cell], &value, &variance);
	estimate_finish(c->e, v->kind == VARIABLE_SHARE, m, value, variance, df, "taylor", out);
}

#define FEW_ROWS 5000 /* for which another thread is not worth its start */

/* Every lane has room of its own; lane k takes the groups k, k + lanes, ... */
static void make_groups(struct estimates *e, const struct tally *t, size_t lane, size_t lanes)
{
	size_t groups = t->answers->cells.index->n, each = groups ? e->n / groups : 0;
	struct from_tally c = start_tally(e, t);

	for (size_t g = lane; g < groups; g += lanes) {
		list_group(e, g);
		for (size_t i = g * each; i < (g + 1) * each; i++)
			make_row(&c, &e->at[i]);
	}
}

struct estimates estimate_tally_rows(struct arena *a, const struct tally *t,
				     const struct estimate_options *o)
{
	struct estimates e = {.arena = a, .options = o};
	size_t lanes;
	struct arena *own;

	list(&e, t->plan, &t->answers->cells);
	lanes = e.n < FEW_ROWS || o->threads < 1 ? 1 : (size_t)o->threads;
	own = arena_new(a, lanes, sizeof *own);
#pragma omp parallel for num_threads((int)lanes) schedule(static, 1)
	for (size_t lane = 0; lane < lanes; lane++) {
		struct estimates part = e;

		part.arena = &own[lane];
		find_quantiles(&part);
		make_groups(&part, t, lane, lanes);
	}
	for (size_t lane = 0; lane < lanes; lane++)
		arena_adopt(a, &own[lane]);
	return e;
}

void estimate_tally(struct arena *a, const struct tally *t, const struct estimate_options *o,
		    struct result *out)
{
	struct estimates e = estimate_tally_rows(a, t, o);

	estimate_result(&e, out);
}
