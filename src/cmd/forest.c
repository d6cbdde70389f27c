#include "cmd/forest.h"

#include "analysis/adjust.h"
#include "cmd/asked.h"
#include "cmd/contrast.h"
#include "estimate/conceal.h"
#include "survey/catalog.h"
#include "survey/cells.h"
#include "survey/traits.h"

#include <math.h>

#define MOST_VARIABLES 20

/* ---- which questions ----------------------------------------------------------------------- */

/* Can its levels be groups? */
static bool makes_groups(const struct question *q)
{
	return q->n_levels >= 2 && q->kind != QUESTION_TEXT;
}

/* "gender, age_group": those about the person, else every question with levels. */
static struct text columns_of(struct forest *f, const struct heading *file)
{
	const struct codebook *book = &f->l->survey.codebook;
	const struct question *const *personal;
	size_t n = traits_find(f->session->arena, book, f->wave->era, file, &personal);
	struct text all = {"", 0};

	for (size_t i = 0; i < (n ? n : book->n); i++) {
		const struct question *q = n ? personal[i] : &book->at[i];

		if (makes_groups(q) && traits_asked(book, f->wave->era, file, q))
			all = arena_format(f->session->arena, "%.*s%s%.*s", SPAN_ARG(all),
					   all.n ? ", " : "", SPAN_ARG(q->column));
	}
	return all;
}

static bool no_such(struct forest *f, const struct heading *file, struct text name,
		    struct diag *why)
{
	diag_fail(why, DIAG_USAGE, "--by: %.*s of %ld has no question \"%.*s\" that makes groups",
		  SPAN_ARG(f->l->survey.name), f->wave->year, SPAN_ARG(name));
	return diag_hint(why, "its answers can be taken by %.*s", SPAN_ARG(columns_of(f, file)));
}

static bool add_question(struct forest *f, const struct heading *file, struct text name,
			 const struct question **list, struct diag *why)
{
	const struct codebook *book = &f->l->survey.codebook;
	const struct question *q = codebook_column(book, f->wave->era, name);

	if (!q)
		q = codebook_code(book, f->wave->era, name);
	if (!q || !makes_groups(q) || !heading_has(file, q->column))
		return no_such(f, file, name, why);
	for (size_t i = 0; i < f->n; i++)
		if (list[i] == q)
			return diag_fail(why, DIAG_USAGE, "--by: \"%.*s\" stands twice",
					 SPAN_ARG(name));
	if (f->n == MOST_VARIABLES)
		return diag_fail(why, DIAG_USAGE, "--by: more than %d names", MOST_VARIABLES);
	list[f->n++] = q;
	return true;
}

static bool choose(struct forest *f, const struct heading *file, struct diag *why)
{
	const char *by = f->session->options.value[OPT_BY];
	struct text rest = span_of(by), name;
	const struct question **list = arena_new(f->session->arena, MOST_VARIABLES, sizeof *list);

	f->chosen = by != NULL;
	if (by) {
		f->question = list;
		while (span_split(&rest, ',', &name))
			if (!add_question(f, file, span_trim(name), list, why))
				return false;
		return true;
	}
	f->n = traits_find(f->session->arena, &f->l->survey.codebook, f->wave->era, file,
			   &f->question);
	if (f->n)
		return true;
	diag_fail(why, DIAG_USAGE,
		  "by which groups? the codebook of %ld has no questions about the person",
		  f->wave->year);
	return diag_hint(why, "--by takes %.*s", SPAN_ARG(columns_of(f, file)));
}

bool forest_open(struct session *s, const struct loaded *l, long year, struct text item,
		 struct forest *out, struct diag *why)
{
	const struct wave *wave = survey_wave(&l->survey, year);
	struct heading file;

	*out = (struct forest){
		.session = s,
		.l = l,
		.wave = wave,
		.item = structure_find(&l->survey.structure, wave->era, item),
		.o = {.interval = INTERVAL_LOGIT, .suppress.rule = SUPPRESS_NCHS, .hide = true}};
	if (!wave->answers)
		return diag_fail(why, DIAG_DATA,
				 "%.*s of %ld has published scores, which have no answers to take "
				 "by groups",
				 SPAN_ARG(l->survey.name), year);
	if (l->survey.mapping)
		return diag_fail(why, DIAG_USAGE,
				 "chart forest shows answers by the provinces of their year; it "
				 "takes no --system");
	if (!l->survey.design.province.n)
		return diag_fail(why, DIAG_USAGE, "%.*s: design.csv names no column of provinces",
				 SPAN_ARG(l->survey.name));
	return load_method(s, &out->method, why) && asked_variance(s, &out->o, why) &&
	       heading_read_as(
		       s->arena,
		       catalog_path(s->arena, l->survey.folder, arena_string(s->arena, wave->file)),
		       &s->reading.form, false, &file, why) &&
	       choose(out, &file, why);
}

/* ---- reading ------------------------------------------------------------------------------- */

/* As the file spells the province; "" when nobody of it answered. */
static struct text spelling_of(const struct forest *f, const struct province *self)
{
	const struct wave_answers *w = &f->l->wave[f->wave - f->l->survey.wave]->w;
	const struct dict *levels = w->plan.factor[0].levels;

	for (size_t i = 0; i < levels->n; i++)
		if (w->province[i] == self)
			return levels->entry[i].name;
	return (struct text){"", 0};
}

static bool plan(struct arena *a, const struct forest *f, struct wave_answers *w, struct diag *why)
{
	if (!waves_plan(a, &f->l->survey, f->wave, w, why) ||
	    !index_variables(a, w, f->method, why))
		return false;
	w->plan.collapse = asked_collapse(f->session);
	return true;
}

/* Margin 0 is the province, margin k + 1 its groups by question k. Rows of other provinces stay in
 * the design, and out of the sums. */
static bool read_own(const struct forest *f, struct text spelling, struct wave_answers *w,
		     struct diag *why)
{
	struct arena *a = f->session->arena;
	struct condition *own = arena_new(a, 1, sizeof *own);

	if (!plan(a, f, w, why))
		return false;
	*own = (struct condition){.column = w->plan.design.province,
				  .value = spelling,
				  .op = WHERE_EQUAL,
				  .number = NAN};
	w->plan.where = (struct where){.at = own, .n = 1};
	waves_margin(a, w, &(size_t){0}, 1);
	for (size_t k = 0; k < f->n; k++) {
		size_t both[] = {0, waves_factor(a, w, f->question[k]->column)};

		waves_margin(a, w, both, 2);
	}
	return waves_read(a, w, false, why);
}

/* The cell of a level, its factor being the `i`-th of the margin; false when nobody has it. */
static bool find_cell(const struct wave_answers *w, size_t margin, size_t i, struct text level,
		      size_t *out)
{
	const struct cells *cells = &w->answers.cells;

	for (*out = 0; *out < cells->index->n; ++*out)
		if (cells->at[*out].margin == margin &&
		    span_equal(cell_value(&w->plan, &cells->at[*out], i), level))
			return true;
	return false;
}

/* Estimates of the levels of a question, hidden where they must be; without people n is 0. */
static void estimate_groups(struct arena *a, const struct wave_answers *w, struct index_groups *g,
			    const struct item *item, size_t margin, struct breakdown_variable *v)
{
	struct result_row **row = arena_new(a, v->n, sizeof *row);
	size_t people = 0, cell;

	for (size_t l = 0; l < v->n; l++) {
		struct breakdown_group *group = &v->group[l];
		size_t i = w->plan.margin[margin].n - 1;

		group->level = &v->question->level[l];
		group->nation = NAN;
		group->row = result_row_init();
		group->row.year = w->wave->year;
		group->row.item = item->code;
		group->row.n = 0;
		group->row.reason[LANG_EN] = span_of("no answers");
		if (!find_cell(w, margin, i, group->level->value, &cell) ||
		    !index_enter(g, cell, margin))
			continue;
		group->row = index_item(g, item->order);
		row[people++] = &group->row;
	}
	conceal_rows(a, row, people);
}

/* The country's groups by one question: its sums are released again. */
static double *read_nation(const struct forest *f, const struct question *q, struct diag *why)
{
	double *value = arena_new(f->session->arena, q->n_levels, sizeof *value);
	struct arena scratch = {0};
	struct wave_answers w;
	struct breakdown_variable v = {.question = q,
				       .n = q->n_levels,
				       .group = arena_new(&scratch, q->n_levels, sizeof *v.group)};
	bool ok = plan(&scratch, f, &w, why);

	if (ok) {
		size_t factor = waves_factor(&scratch, &w, q->column);

		waves_margin(&scratch, &w, &factor, 1);
		ok = waves_read(&scratch, &w, false, why);
	}
	if (ok)
		estimate_groups(&scratch, &w, index_start(&scratch, &w, f->method, &f->o), f->item,
				0, &v);
	for (size_t l = 0; l < v.n; l++)
		value[l] = ok ? v.group[l].row.estimate : NAN;
	arena_release(&scratch);
	return ok ? value : NULL;
}

static bool know_nation(struct forest *f, struct diag *why)
{
	if (f->nation)
		return true;
	f->nation = arena_new(f->session->arena, f->n, sizeof *f->nation);
	for (size_t k = 0; k < f->n; k++) {
		f->nation[k] = read_nation(f, f->question[k], why);
		if (!f->nation[k])
			return false;
	}
	return true;
}

/* ---- differences --------------------------------------------------------------------------- */

/* Two ways into the groups of one sample. */
struct twins {
	const struct wave_answers *w;
	struct index_groups *from, *to;
	struct overlap *shared;
};

static bool is_shown(const struct breakdown_group *g)
{
	return !isnan(g->row.estimate) && !isnan(g->row.ci_low);
}

static void add_pair(struct forest *f, struct twins *t, size_t margin, struct breakdown_variable *v,
		     struct breakdown_pair pair, struct result *pairs)
{
	struct arena *a = f->session->arena;
	size_t first, second;
	struct result_row row;

	if (!find_cell(t->w, margin, 1, v->group[pair.first].level->value, &first) ||
	    !find_cell(t->w, margin, 1, v->group[pair.second].level->value, &second) ||
	    !index_enter(t->from, first, margin) || !index_enter(t->to, second, margin))
		return;
	row = v->group[pair.second].row;
	row.domain_from = v->group[pair.first].row.domain;
	row.covariance = span_of("same-sample");
	contrast_row(t->shared, t->from, t->to, f->item->order, &row);
	pair.row = pairs->n;
	result_add(a, pairs, &row);
	v->pair = arena_grow(a, v->pair, v->n_pairs, sizeof *v->pair);
	v->pair[v->n_pairs++] = pair;
}

static void find_pairs(struct forest *f, struct twins *t, size_t margin,
		       struct breakdown_variable *v, struct result *pairs)
{
	for (size_t i = 0; i < v->n; i++)
		for (size_t k = i + 1; k < v->n; k++)
			if (is_shown(&v->group[i]) && is_shown(&v->group[k]))
				add_pair(f, t, margin, v,
					 (struct breakdown_pair){.first = i, .second = k}, pairs);
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* Rows of a margin's cells. */
static double rows_of(const struct wave_answers *w, size_t margin)
{
	double n = 0;

	for (size_t c = 0; c < w->answers.cells.index->n; c++)
		n += w->answers.cells.at[c].margin == margin ? w->tally.rows[c] : 0;
	return n;
}

static struct text name_of(const struct forest *f)
{
	struct text all = {"", 0};

	for (size_t k = 0; k < f->n && f->chosen; k++)
		all = arena_format(f->session->arena, "%.*s%s%.*s", SPAN_ARG(all), k ? " " : "",
				   SPAN_ARG(f->question[k]->column));
	return all;
}

bool forest_find(struct forest *f, const struct province *self, struct breakdown *out,
		 struct diag *why)
{
	struct arena *a = f->session->arena;
	struct text spelling = spelling_of(f, self);
	struct wave_answers w;
	struct twins t = {.w = &w};

	*out = (struct breakdown){.n = f->n, .pairs.parts = PART_CHANGE, .name = name_of(f)};
	if (spelling.n == 0)
		return diag_fail(why, DIAG_DATA, "%.*s has no answers of %ld", SPAN_ARG(self->name),
				 f->wave->year);
	if (!know_nation(f, why) || !read_own(f, spelling, &w, why))
		return false;
	t.from = index_start(a, &w, f->method, &f->o);
	t.to = index_start(a, &w, f->method, &f->o);
	t.shared = overlap_start(a, index_linear(t.from), index_linear(t.to));
	out->variable = arena_new(a, f->n, sizeof *out->variable);
	for (size_t k = 0; k < f->n; k++) {
		struct breakdown_variable *v = &out->variable[k];

		v->question = f->question[k];
		v->n = v->question->n_levels;
		v->group = arena_new(a, v->n, sizeof *v->group);
		v->unstated = rows_of(&w, 0) - rows_of(&w, k + 1);
		estimate_groups(a, &w, t.from, f->item, k + 1, v);
		for (size_t l = 0; l < v->n; l++)
			v->group[l].nation = f->nation[k][l];
		find_pairs(f, &t, k + 1, v, &out->pairs);
	}
	adjust_result(a, ADJUST_HOLM, FAMILY_TABLE, &out->pairs);
	return true;
}
