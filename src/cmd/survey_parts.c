#include "cmd/survey_parts.h"

#include "cmd/asked.h"
#include "estimate/conceal.h"
#include "output/chart.h"
#include "survey/catalog.h"
#include "survey/cells.h"
#include "survey/heading.h"
#include "survey/traits.h"

#include <math.h>
#include <string.h>

/* What every part of the work needs. */
struct parts {
	struct session *s;
	const struct loaded *l;
	const struct wave *wave;
	const struct province *self;
	struct estimate_options o;
	enum index_method method;
	struct text spelling; /* of the province, as the file has it */
	struct heading heading;
	struct diag *why;
};

static bool plan(struct parts *p, struct wave_answers *w)
{
	if (!waves_plan(p->s->arena, &p->l->survey, p->wave, w, p->why))
		return false;
	w->plan.collapse = asked_collapse(p->s);
	return true;
}

/* Rows of other provinces stay in the design, and out of the sums. */
static bool plan_own(struct parts *p, struct wave_answers *w)
{
	if (!plan(p, w))
		return false;
	w->plan.where.at = arena_new(p->s->arena, 1, sizeof *w->plan.where.at);
	w->plan.where.at[0] = (struct condition){.column = w->plan.design.province,
						 .value = p->spelling,
						 .op = WHERE_EQUAL,
						 .number = NAN};
	w->plan.where.n = 1;
	return true;
}

/* ---- the sample ---------------------------------------------------------------------------- */

static size_t different(bool *seen, size_t at)
{
	bool fresh = !seen[at];

	seen[at] = true;
	return fresh;
}

/* Units and strata of the first stage with people of the group. */
static void count_units(struct arena *a, const struct wave_answers *w, size_t cell,
			struct report_sample *out)
{
	const struct frame *f = &w->answers.frame;
	const struct frame_stage *first = &f->stage[0];
	bool *unit = arena_new(a, first->n_units, sizeof *unit),
	     *stratum = arena_new(a, first->n_strata, sizeof *stratum);
	size_t n, units = 0, strata = 0, lonely = 0;
	const size_t *slot = tally_slots(&w->tally, cell, &n);

	for (size_t i = 0; i < n; i++) {
		size_t u = frame_unit_of(f, w->tally.slot[slot[i]].leaf, 0);
		const struct frame_stratum *h = &first->stratum[first->unit[u].stratum];

		units += different(unit, u);
		if (!different(stratum, first->unit[u].stratum))
			continue;
		strata++;
		lonely += h->units == 1 && h->population != 1;
	}
	out->units = (double)units;
	out->strata = (double)strata;
	out->lonely = (double)lonely;
}

/* The column of provinces, which every row has, gives the respondents and their weights. */
static bool read_sample(struct parts *p, struct report_answers *out)
{
	struct arena *a = p->s->arena;
	struct wave_answers w;
	const size_t province = 0;
	struct variable *v;

	if (!plan(p, &w))
		return false;
	if (!w.plan.province_first)
		return diag_fail(p->why, DIAG_DATA, "%s: design.csv names no column of provinces",
				 p->l->survey.folder);
	v = arena_new(a, 1, sizeof *v);
	*v = (struct variable){.kind = VARIABLE_LEVELS, .column = w.plan.design.province};
	w.plan.variable = v;
	w.plan.n_variables = 1;
	waves_margin(a, &w, NULL, 0);
	waves_margin(a, &w, &province, 1);
	if (!waves_read(a, &w, false, p->why))
		return false;
	for (size_t c = 0; c < w.answers.cells.index->n; c++) {
		const struct cell *cell = &w.answers.cells.at[c];
		bool own = cell->margin == 1 && w.province[cell->level[0]] == p->self;
		struct report_sample *sample = own ? &out->own : &out->country;
		struct moments m = tally_moments(&w.tally, c, 0, 0);

		if (cell->margin == 1 && !own)
			continue;
		sample->respondents = w.tally.rows[c];
		sample->kish = moments_kish(&m);
		count_units(a, &w, c, sample);
		if (own)
			p->spelling = cell_value(&w.plan, cell, 0);
	}
	return p->spelling.n || diag_fail(p->why, DIAG_DATA, "%s has no answers of %.*s",
					  arena_string(a, p->wave->file), SPAN_ARG(p->self->name));
}

/* ---- groups of people ---------------------------------------------------------------------- */

/* Valid answers to each item of the index, by its position in the structure. */
static void count_answers(struct parts *p, const struct wave_answers *w, size_t cell,
			  struct report_answers *out)
{
	const struct structure *s = &p->l->survey.structure;
	double *answered = arena_new(p->s->arena, s->n, sizeof *answered);

	out->own.least = INFINITY;
	for (size_t i = 0; i < s->n; i++)
		answered[i] = NAN;
	for (size_t v = 0; v < w->plan.n_variables; v++) {
		const struct item *item =
			structure_find(s, p->wave->era, w->plan.variable[v].question->code);
		double n = tally_moments(&w->tally, cell, v, 0).n;

		answered[item->order] = n;
		out->own.least = fmin(out->own.least, n);
		out->own.most = fmax(out->own.most, n);
	}
	out->answered = answered;
}

/* Of the rows from `from` on, those that lie `stride` apart add up to a whole: a single hidden one
 * could be computed from the others. */
static void complement(struct arena *a, struct result *r, size_t from, size_t stride)
{
	size_t n = stride ? (r->n - from) / stride : 0;
	struct result_row **part = arena_new(a, n, sizeof *part);

	for (size_t k = from; n && k < from + stride; k++) {
		for (size_t i = 0; i < n; i++)
			part[i] = &r->row[k + i * stride];
		conceal_rows(a, part, n);
	}
}

static size_t count_items(const struct parts *p)
{
	const struct structure *s = &p->l->survey.structure;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += span_equal(s->at[i].era, p->wave->era);
	return n;
}

static bool read_groups(struct parts *p, struct report_answers *out)
{
	struct arena *a = p->s->arena;
	struct wave_answers w;

	if (!plan_own(p, &w) || !index_variables(a, &w, p->method, p->why))
		return false;
	waves_margin(a, &w, &(size_t){0}, 1);
	for (size_t f = 0; f < out->n_factors; f++) {
		size_t both[] = {0, waves_factor(a, &w, out->factor[f]->column)};

		waves_margin(a, &w, both, 2);
	}
	if (!waves_read(a, &w, false, p->why))
		return false;
	for (size_t c = 0; c < w.answers.cells.index->n; c++)
		if (w.answers.cells.at[c].margin == 0)
			count_answers(p, &w, c, out);
	for (size_t f = 0; f < out->n_factors; f++) {
		size_t from = out->groups.n;

		index_result(a, &w, p->method, &p->o, f + 1, &out->groups);
		complement(a, &out->groups, from, count_items(p));
	}
	return true;
}

/* ---- levels -------------------------------------------------------------------------------- */

static void scale(struct result_row *row, double low, double high)
{
	double *x[] = {&row->estimate, &row->ci_low, &row->ci_high};

	for (size_t i = 0; i < 3; i++)
		*x[i] = 100 * (*x[i] - low) / (high - low);
	row->se *= 100 / (high - low);
}

static bool same_levels(const struct question *q, const struct question *other)
{
	bool same = q->n_levels == other->n_levels;

	for (size_t i = 0; i < q->n_levels && same; i++)
		same = span_equal(q->level[i].value, other->level[i].value) &&
		       span_equal(q->level[i].label[LANG_VI], other->level[i].label[LANG_VI]) &&
		       q->level[i].satisfied == other->level[i].satisfied;
	return same;
}

/* The question whose levels all items share; NULL when they have no such levels. */
static const struct question *common_scale(const struct wave_answers *w)
{
	const struct question *first = w->plan.variable[0].question;

	for (size_t v = 0; v < w->plan.n_variables; v++) {
		const struct variable *x = &w->plan.variable[v];

		if (x->kind != VARIABLE_SHARE || !same_levels(first, x->question))
			return NULL;
	}
	return first->n_levels > 2 ? first : NULL;
}

/* What is counted of every question: some of its levels, or that it was left unanswered. */
struct counted {
	enum variable_kind kind;
	size_t n;
	const struct text *value; /* levels of VARIABLE_SHARE */
	struct text category;     /* as the rows name it */
	const char *stat;
};

/* The share of what is counted among the valid answers to the items below every item, of those left
 * unanswered among all that were asked; of the country and every province. */
static bool read_counted(struct parts *p, const struct counted *counted, struct result *out)
{
	struct arena *a = p->s->arena;
	const struct structure *s = &p->l->survey.structure;
	struct wave_answers w;
	size_t from = out->n;

	if (!plan(p, &w) || !index_variables(a, &w, INDEX_POOLED, p->why))
		return false;
	for (size_t v = 0; v < w.plan.n_variables; v++) {
		w.plan.variable[v].kind = counted->kind;
		w.plan.variable[v].n_counting = counted->n;
		w.plan.variable[v].counting = counted->value;
	}
	waves_margin(a, &w, NULL, 0);
	waves_margin(a, &w, &(size_t){0}, 1);
	if (!waves_read(a, &w, false, p->why))
		return false;
	index_result(a, &w, INDEX_POOLED, &p->o, 0, out);
	index_result(a, &w, INDEX_POOLED, &p->o, 1, out);
	for (size_t i = from; i < out->n; i++) {
		struct result_row *row = &out->row[i];
		const struct item *item = structure_find(s, p->wave->era, row->item);
		bool free = isnan(item->min) || isnan(item->max);

		scale(row, free ? 0 : item->min, free ? 1 : item->max);
		row->category = counted->category;
		row->stat = span_of(counted->stat);
	}
	return true;
}

/* The scale that all items share (NULL, and true, when they have none), and whether any of them has
 * codes for no answer. */
static bool find_scale(struct parts *p, const struct question **out, bool *unanswered)
{
	struct wave_answers w;

	*unanswered = false;

	if (!plan(p, &w) || !index_variables(p->s->arena, &w, INDEX_POOLED, p->why))
		return false;
	*out = common_scale(&w);
	for (size_t v = 0; v < w.plan.n_variables; v++)
		*unanswered |= w.plan.variable[v].question->n_missing > 0;
	return true;
}

static bool read_shares(struct parts *p, struct result *out)
{
	const struct question *asked;
	bool unanswered;

	if (!find_scale(p, &asked, &unanswered))
		return false;
	for (size_t l = 0; asked && l < asked->n_levels; l++) {
		const struct text *value = &asked->level[l].value;

		if (!read_counted(p, &(struct counted){VARIABLE_SHARE, 1, value, *value, "share"},
				  out))
			return false;
	}
	complement(p->s->arena, out, 0, asked ? out->n / asked->n_levels : 0);
	return true;
}

/* All satisfied levels together; and what was asked and left unanswered, where the codebook has
 * codes for that. */
static bool read_sums(struct parts *p, struct result *out)
{
	const struct question *asked;
	const struct text none = {"", 0};
	struct text *value;
	size_t n = 0;
	bool unanswered;

	if (!find_scale(p, &asked, &unanswered))
		return false;
	if (!asked)
		return true;
	value = arena_new(p->s->arena, asked->n_levels, sizeof *value);
	for (size_t l = 0; l < asked->n_levels; l++)
		if (asked->level[l].satisfied)
			value[n++] = asked->level[l].value;
	return read_counted(p, &(struct counted){VARIABLE_SHARE, n, value, none, CHART_SATISFIED},
			    out) &&
	       (!unanswered ||
		read_counted(
			p, &(struct counted){VARIABLE_UNANSWERED, 0, NULL, none, CHART_UNANSWERED},
			out));
}

/* Of the province and of the country. */
static void own_shares(struct parts *p, const struct result *all, struct result *out)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->row[i].province.n == 0 || span_equal(all->row[i].province, p->self->code))
			result_add(p->s->arena, out, &all->row[i]);
}

/* Every question with levels that makes no groups. */
static bool read_questions(struct parts *p, const struct report_answers *parts, struct result *out)
{
	const struct codebook *book = &p->l->survey.codebook;
	struct estimate_options o = p->o;
	struct arena *a = p->s->arena;
	struct wave_answers w;

	if (!plan_own(p, &w))
		return false;
	for (size_t i = 0; i < book->n; i++) {
		const struct question *q = &book->at[i];
		bool group = false;

		for (size_t f = 0; f < parts->n_factors; f++)
			group |= parts->factor[f] == q;
		if (group || q->n_levels < 2 || q->kind == QUESTION_TEXT ||
		    !traits_asked(book, p->wave->era, &p->heading, q))
			continue;
		w.plan.variable =
			arena_grow(a, w.plan.variable, w.plan.n_variables, sizeof *w.plan.variable);
		w.plan.variable[w.plan.n_variables++] = (struct variable){
			.kind = VARIABLE_LEVELS, .question = q, .column = q->column};
	}
	waves_margin(a, &w, &(size_t){0}, 1);
	if (!waves_read(a, &w, false, p->why))
		return false;
	o.statistic = STATISTIC_DISTRIBUTION;
	estimate_tally(a, &w.tally, &o, out);
	for (size_t i = 0; i < out->n; i++) {
		out->row[i].year = p->wave->year;
		out->row[i].flags |= p->wave->simulated ? FLAG_SIMULATED : 0;
		scale(&out->row[i], 0, 1);
	}
	return true;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static bool begin(struct session *s, const struct loaded *l, long year, const struct province *self,
		  struct parts *p, struct diag *why)
{
	const char *file;

	*p = (struct parts){
		.s = s,
		.l = l,
		.wave = survey_wave(&l->survey, year),
		.self = self,
		.o = {.interval = INTERVAL_LOGIT, .suppress.rule = SUPPRESS_NCHS, .hide = true},
		.why = why};
	file = catalog_path(s->arena, l->survey.folder, arena_string(s->arena, p->wave->file));
	return load_method(s, &p->method, why) && asked_variance(s, &p->o, why) &&
	       heading_read_as(s->arena, file, &s->reading.form, false, &p->heading, why);
}

bool survey_parts(struct session *s, const struct loaded *l, long year, const struct province *self,
		  const struct result *shares, struct report_answers *out, struct diag *why)
{
	struct parts p;

	*out = (struct report_answers){.national = &l->national};
	if (!begin(s, l, year, self, &p, why) || !read_sample(&p, out))
		return false;
	out->method = index_name(p.method);
	out->lonely = s->options.value[OPT_LONELY];
	if (!out->lonely)
		out->lonely = "adjust";
	out->n_factors =
		traits_find(s->arena, &l->survey.codebook, p.wave->era, &p.heading, &out->factor);
	own_shares(&p, shares, &out->shares);
	return read_groups(&p, out) && read_questions(&p, out, &out->levels);
}

bool survey_shares(struct session *s, const struct loaded *l, long year, struct result *out,
		   struct diag *why)
{
	struct parts p;

	*out = (struct result){0};
	return begin(s, l, year, NULL, &p, why) && read_shares(&p, out) && read_sums(&p, out);
}
