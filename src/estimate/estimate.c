#include "estimate/estimate.h"

#include "survey/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the order of rows --------------------------------------------------------------------- */

struct place_of_cell {
	size_t margin, cell;
	size_t rank[MARGIN_FACTORS];
};

struct place_of_level {
	struct text name;
	double number; /* NaN sorts behind numbers */
	size_t level;
};

static int by_name(const void *a, const void *b)
{
	const struct place_of_level *l = a, *m = b;

	if (!isnan(l->number) && !isnan(m->number))
		return (l->number > m->number) - (l->number < m->number);
	if (isnan(l->number) != isnan(m->number))
		return isnan(l->number) ? 1 : -1;
	return span_compare(l->name, m->name);
}

size_t *estimate_order(struct arena *a, const struct dict *levels, const struct question *q)
{
	size_t *rank = arena_new(a, levels->n, sizeof *rank);
	struct place_of_level *at = arena_new(a, levels->n, sizeof *at);

	for (size_t i = 0; i < levels->n; i++) {
		const struct level *known = q ? question_level(q, levels->entry[i].name) : NULL;

		at[i] = (struct place_of_level){levels->entry[i].name, NAN, i};
		if (known)
			at[i].number = (double)(known - q->level);
		else if (!number_parse(at[i].name, &at[i].number))
			at[i].number = NAN;
	}
	qsort(at, levels->n, sizeof *at, by_name);
	for (size_t i = 0; i < levels->n; i++)
		rank[at[i].level] = i;
	return rank;
}

static int by_place(const void *a, const void *b)
{
	const struct place_of_cell *c = a, *d = b;

	if (c->margin != d->margin)
		return c->margin < d->margin ? -1 : 1;
	for (size_t i = 0; i < MARGIN_FACTORS; i++)
		if (c->rank[i] != d->rank[i])
			return c->rank[i] < d->rank[i] ? -1 : 1;
	return 0;
}

static struct place_of_cell *order_cells(struct arena *a, const struct plan *p,
					 const struct cells *cells)
{
	size_t n = cells->index->n, **rank = arena_new(a, p->n_factors, sizeof *rank);
	struct place_of_cell *order = arena_new(a, n, sizeof *order);

	for (size_t f = 0; f < p->n_factors; f++)
		rank[f] = estimate_order(a, p->factor[f].levels, p->factor[f].question);
	for (size_t c = 0; c < n; c++) {
		const struct cell *cell = &cells->at[c];
		const struct margin *m = &p->margin[cell->margin];

		order[c] = (struct place_of_cell){.margin = cell->margin, .cell = c};
		for (size_t i = 0; i < m->n; i++)
			order[c].rank[i] = rank[m->factor[i]][cell->level[i]];
	}
	qsort(order, n, sizeof *order, by_place);
	return order;
}

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

static struct text category_of(const struct estimates *e, const struct variable *v,
			       const struct subject *s)
{
	struct text words = {"", 0};

	if (e->options->statistic == STATISTIC_QUANTILE)
		return number_exact(e->arena, e->options->quantile[s->level]);
	if (v->kind == VARIABLE_LEVELS)
		return v->levels->entry[s->level].name;
	for (size_t i = 0; i < v->n_counting; i++)
		words = arena_format(e->arena, "%.*s%s%.*s", SPAN_ARG(words), i ? "|" : "",
				     SPAN_ARG(v->counting[i]));
	return words;
}

static void add_row(struct estimates *e, const struct plan *p, const struct cells *cells,
		    const struct subject *s, size_t family, subject_fn *make, void *context)
{
	const struct estimate_options *o = e->options;
	const struct variable *v = &p->variable[s->variable];
	struct estimated *row;

	e->at = arena_grow(e->arena, e->at, e->n, sizeof *e->at);
	row = &e->at[e->n++];
	*row = (struct estimated){.row = result_row_init(), .family = family};
	row->row.survey = o->survey;
	row->row.source = o->source;
	if (p->province_first && p->margin[cells->at[s->cell].margin].n &&
	    p->margin[cells->at[s->cell].margin].factor[0] == 0)
		row->row.province = cell_value(p, &cells->at[s->cell], 0);
	row->row.domain = join(e->arena, o->domain, cell_words(e->arena, p, &cells->at[s->cell]));
	row->row.item = item_of(e->arena, v);
	row->row.stat = span_of(statistic_name(o->statistic));
	row->row.category = category_of(e, v, s);
	row->row.level = o->level;
	make(context, s, row);
}

/* Families, whose members add up to a shown whole: the levels of one variable in one group; or
 * the groups that differ in the last factor only. */
static size_t family_of(const struct plan *p, const struct place_of_cell *order, size_t i,
			size_t family)
{
	const struct margin *m = &p->margin[order[i].margin];

	if (i == 0 || order[i].margin != order[i - 1].margin || m->n == 0 ||
	    memcmp(order[i].rank, order[i - 1].rank, (m->n - 1) * sizeof *order->rank) != 0)
		return i;
	return family;
}

void estimate_each(struct estimates *e, const struct plan *p, const struct cells *cells,
		   subject_fn *make, void *context)
{
	const struct place_of_cell *order = order_cells(e->arena, p, cells);
	size_t group = 0;

	for (size_t i = 0; i < cells->index->n; i++) {
		group = family_of(p, order, i, group);
		for (size_t v = 0; v < p->n_variables; v++) {
			struct subject s = {.cell = order[i].cell, .variable = v};
			bool levels = p->variable[v].kind == VARIABLE_LEVELS;
			size_t n = levels ? p->variable[v].levels->n : 1, *rank = NULL;
			size_t cell = levels ? i : group;

			if (levels)
				rank = estimate_order(e->arena, p->variable[v].levels,
						      p->variable[v].question);
			if (e->options->statistic == STATISTIC_QUANTILE)
				n = e->options->n_quantiles;
			for (size_t l = 0; l < n; l++) {
				s.level = l;
				for (size_t r = 0; rank && r < n; r++)
					if (rank[r] == l)
						s.level = r;
				add_row(e, p, cells, &s, cell * p->n_variables + v, make, context);
			}
		}
	}
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

static void judge(const struct estimates *e, bool count, const struct moments *m, double df,
		  struct estimated *out)
{
	const struct estimate_options *o = e->options;
	struct result_row *row = &out->row;
	bool share = statistic_is_share(o->statistic);
	struct suppress_input x = {.estimate = row->estimate,
				   .se = row->se,
				   .n = row->n,
				   .df = df,
				   .deff_kish = row->deff_kish,
				   .is_proportion = share,
				   .is_count = count && o->statistic == STATISTIC_TOTAL};
	const char *reason = NULL;

	if (share) {
		struct interval kg =
			interval_proportion(INTERVAL_KG, row->estimate, row->se, m->n, df, 0.95, 1);

		x.kg_low = kg.low;
		x.kg_high = kg.high;
		x.n_eff = interval_capped_n(row->estimate, row->se, m->n, df, 0.95, 1);
	} else {
		x.n = x.is_count ? m->ones : row->n;
		x.n_eff = x.is_count ? m->ones / row->deff_kish : row->n_eff;
	}
	if (m->n == 0)
		return; /* there is nothing to hide */
	out->verdict = suppress_decide(&o->suppress, &x, &reason);
	if (out->verdict == SUPPRESS_SHOW)
		return;
	row->flags |= FLAG_CAUTION;
	if (row->reason[LANG_EN].n == 0)
		row->reason[LANG_EN] = span_of(reason);
}

void estimate_finish(const struct estimates *e, bool count, const struct moments *m, double value,
		     double variance, double df, const char *name, struct estimated *out)
{
	const struct estimate_options *o = e->options;
	struct result_row *row = &out->row;
	struct interval i;

	row->estimate = value;
	row->se = variance >= 0 ? sqrt(variance) : NAN;
	row->n = m->n;
	row->df = df;
	row->deff_kish = moments_kish(m);
	row->deff = variance / statistic_srs_variance(o->statistic, m, o->deff);
	if (!isfinite(row->deff))
		row->deff = NAN;
	if (statistic_is_share(o->statistic)) {
		i = interval_proportion(o->interval, value, row->se, m->n, df, o->level, 1);
		row->n_eff = interval_effective_n(value, row->se);
	} else {
		i = interval_wald(value, row->se, df, o->level);
		row->n_eff = m->n * statistic_srs_variance(o->statistic, m, DEFF_WR) / variance;
	}
	if (!isfinite(row->n_eff))
		row->n_eff = NAN;
	row->ci_low = i.low;
	row->ci_high = i.high;
	row->method = arena_format(e->arena, "%s:%s", name, interval_name(i.used));
	if (i.reason && row->reason[LANG_EN].n == 0)
		row->reason[LANG_EN] = span_of(m->n == 0      ? "no answers"
					       : isnan(value) ? "not defined for these answers"
							      : i.reason);
	judge(e, count, m, df, out);
	if (!isfinite(df))
		row->df = NAN;
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
			n[end] = order[end]->row.n;
		}
		suppress_complement(end - i, n + i, verdict + i);
		for (size_t k = i; k < end; k++) {
			if (verdict[k] == order[k]->verdict)
				continue;
			order[k]->verdict = verdict[k];
			order[k]->row.reason[LANG_EN] = span_of(
				"hidden with another group, which could be computed from it");
		}
	}
}

static void hide(struct result_row *row)
{
	row->estimate = row->se = row->ci_low = row->ci_high = NAN;
	row->deff = row->n_eff = row->deff_kish = NAN;
	row->flags = (row->flags & ~(unsigned)FLAG_CAUTION) | FLAG_SUPPRESSED;
}

void estimate_result(struct estimates *e, struct result *out)
{
	if (e->options->hide)
		complement(e);
	for (size_t i = 0; i < e->n; i++) {
		if (e->options->hide && e->at[i].verdict == SUPPRESS_HIDE)
			hide(&e->at[i].row);
		result_add(e->arena, out, &e->at[i].row);
	}
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

struct from_tally {
	struct estimates *e;
	struct estimate_sides sides;
};

static void make_row(void *context, const struct subject *s, struct estimated *out)
{
	struct from_tally *c = context;
	const struct tally *t = c->sides.t;
	struct moments m = tally_moments(t, s->cell, s->variable, s->level);
	double value = statistic_value(c->e->options->statistic, &m);
	struct overlap_side side;
	size_t lonely;

	if (!estimate_side(&c->sides, s, &side, &lonely))
		out->row.reason[LANG_EN] = span_of("a stratum has one sampling unit only");
	if (lonely)
		out->row.flags |= FLAG_LONELY;
	if (m.n == 0)
		estimate_nobody(c->e, t->rows[s->cell], &value, &side.variance);
	estimate_finish(c->e, t->plan->variable[s->variable].kind == VARIABLE_SHARE, &m, value,
			side.variance, side.df, "taylor", out);
}

void estimate_tally(struct arena *a, const struct tally *t, const struct estimate_options *o,
		    struct result *out)
{
	struct estimates e = {.arena = a, .options = o};
	struct from_tally c = {.e = &e, .sides = estimate_sides(a, t, o)};

	estimate_each(&e, t->plan, &t->answers->cells, make_row, &c);
	estimate_result(&e, out);
}
