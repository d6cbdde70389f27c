#include "cmd/weighting.h"

#include "estimate/greg.h"
#include "estimate/margins.h"
#include "input/table.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#define MOST_FAY_RHO (1 - 0.001) /* the scale of the variance has (1 - rho)^2 below it */

static bool given(const struct session *s, enum option option)
{
	return s->options.value[option] != NULL;
}

static bool makes_replicates(const struct session *s)
{
	return !given(s, OPT_REPWEIGHTS) && (given(s, OPT_REPTYPE) || given(s, OPT_REPLICATES));
}

static bool calibrates(const struct session *s)
{
	return given(s, OPT_POSTSTRATIFY) || given(s, OPT_RAKE) || given(s, OPT_CALIBRATE);
}

bool weighting_rows(const struct session *s, const struct estimate_options *o)
{
	return o->statistic == STATISTIC_QUANTILE || given(s, OPT_REPWEIGHTS) ||
	       makes_replicates(s) || calibrates(s);
}

/* ---- replicate weights --------------------------------------------------------------------- */

static bool replicate_type_of(const struct session *s, enum replicate_type *out, struct diag *why)
{
	const char *type = s->options.value[OPT_REPTYPE];

	if (!type && makes_replicates(s)) {
		*out = REPLICATE_BOOTSTRAP;
		return true;
	}
	if (!type)
		return diag_fail(why, DIAG_USAGE,
				 "--repweights needs --reptype: how were they made?");
	if (replicate_find(span_of(type), out))
		return true;
	diag_fail(why, DIAG_USAGE, "--reptype: \"%s\" is not known", type);
	return diag_hint(why, "%s", diag_word(why, option_specs[OPT_REPTYPE].help));
}

/* One scale for each replicate: the last column of the file. */
static bool read_scales(struct session *s, size_t n, double **out, struct diag *why)
{
	const char *file = s->options.value[OPT_RSCALES];
	struct table t;

	*out = NULL;
	if (!file)
		return true;
	if (!table_read(s->arena, file, true, &t, why))
		return false;
	if (t.rows != n)
		return diag_fail(why, DIAG_DATA, "%s has %zu scales for %zu replicates", file,
				 t.rows, n);
	*out = arena_new(s->arena, n, sizeof **out);
	for (size_t i = 0; i < n; i++)
		if (!table_number(s->arena, &t, i, t.columns - 1, &(*out)[i], why))
			return false;
	return true;
}

static bool given_replicates(struct session *s, size_t n, const struct columns *c,
			     struct replicates *out, const double **weights, struct diag *why)
{
	double rho, *w = arena_new(s->arena, c->n, n * sizeof(double));
	enum replicate_type type;

	*out = (struct replicates){.mse = given(s, OPT_MSE)};
	*weights = w;
	for (size_t i = 0; i < c->n; i++) /* other numbers stand behind them */
		memcpy(w + i * n, c->number + i * c->plan->n_numbers, n * sizeof *w);
	return replicate_type_of(s, &type, why) &&
	       asked_number(s, OPT_REPSCALE, 0, INFINITY, NAN, &out->scale, why) &&
	       (type != REPLICATE_FAY || given(s, OPT_FAY_RHO) || given(s, OPT_REPSCALE) ||
		diag_fail(why, DIAG_USAGE, "--reptype Fay needs --fay-rho, or --repscale")) &&
	       asked_number(s, OPT_FAY_RHO, 0, MOST_FAY_RHO, 0, &rho, why) &&
	       read_scales(s, n, &out->rscale, why) &&
	       replicate_defaults(s->arena, type, n, rho, out, why);
}

/* From the design: a factor for each first-stage unit and replicate. */
static bool make_replicates(struct session *s, const struct estimate_options *o,
			    const struct columns *c, const struct answers *answers,
			    struct replicates *out, const double **weights, struct diag *why)
{
	struct replicate_plan plan = {.lonely = o->lonely, .mse = given(s, OPT_MSE)};
	double *factor, *w;
	long n, seed, draws;
	bool ok;

	if (!replicate_type_of(s, &plan.type, why) ||
	    !asked_whole(s, OPT_REPLICATES, 2, 100000, 200, &n, why) ||
	    !asked_whole(s, OPT_SEED, 0, 2147483647, 1, &seed, why) ||
	    !asked_number(s, OPT_FAY_RHO, 0, MOST_FAY_RHO, 0.5, &plan.rho, why))
		return false;
	if (!asked_whole(s, OPT_DRAWS, 1, 100000, 0, &draws, why))
		return false;
	if (draws && plan.type != REPLICATE_RAOWU)
		return diag_fail(why, DIAG_USAGE, "--draws goes with --reptype raowu");
	plan.m = (double)draws;
	plan.bootstrap_n = (size_t)n;
	plan.rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!plan.rng)
		return diag_fail(why, DIAG_FAILED, "not enough memory");
	gsl_rng_set(plan.rng, (unsigned long)seed);
	ok = replicate_make(s->arena, &answers->frame, &plan, out, &factor, why);
	gsl_rng_free(plan.rng);
	if (!ok)
		return false;
	w = arena_new(s->arena, c->n, out->n * sizeof *w);
	for (size_t i = 0; i < c->n; i++) {
		size_t unit = frame_unit_of(&answers->frame, c->leaf[i], 0);

		for (size_t r = 0; r < out->n; r++)
			w[i * out->n + r] = c->weight[i] * factor[unit * out->n + r];
	}
	*weights = w;
	return true;
}

static bool replicate(struct session *s, const struct estimate_options *o,
		      const struct weighting *w, const struct columns *c,
		      const struct answers *answers, struct rowwise *out, struct diag *why)
{
	struct replicates *r;
	enum replicate_type type;

	if (!given(s, OPT_REPWEIGHTS) && !makes_replicates(s))
		return true;
	r = arena_new(s->arena, 1, sizeof *r);
	out->replicates = r;
	if (!replicate_type_of(s, &type, why) ||
	    (given(s, OPT_REPWEIGHTS)
		     ? !given_replicates(s, w->n_replicates, c, r, &out->replicate_weight, why)
		     : !make_replicates(s, o, c, answers, r, &out->replicate_weight, why)))
		return false;
	out->variance = replicate_name(type);
	return true;
}

/* ---- calibration --------------------------------------------------------------------------- */

enum source_kind { SOURCE_GROUPS, SOURCE_RAKE, SOURCE_TOTALS };

/* One option's knowledge of the population. */
struct calibrate_source {
	enum source_kind kind;
	size_t n_margins; /* SOURCE_GROUPS has one */
	struct margins *margin;
	size_t **factor; /* of the plan, for each variable of each margin */
	struct margins_totals totals;
	size_t *column; /* of each total: number of the plan, or TOTAL_FACTOR + factor */
};

#define TOTAL_CONSTANT ((size_t)-1)
#define TOTAL_FACTOR ((size_t)1 << 32)

static bool add_margins(struct session *s, enum option option, enum source_kind kind,
			struct plan *p, struct weighting *out, struct diag *why)
{
	struct calibrate_source c = {.kind = kind};
	struct text rest = span_of(s->options.value[option]), file;

	while (rest.at && span_split(&rest, ',', &file)) {
		struct margins *m;

		c.margin = arena_grow(s->arena, c.margin, c.n_margins, sizeof *c.margin);
		c.factor = arena_grow(s->arena, c.factor, c.n_margins, sizeof *c.factor);
		m = &c.margin[c.n_margins];
		if (!margins_read(s->arena, arena_string(s->arena, file), m, why))
			return false;
		c.factor[c.n_margins] = arena_new(s->arena, m->variables, sizeof **c.factor);
		for (size_t v = 0; v < m->variables; v++)
			c.factor[c.n_margins][v] = gather_factor(s, p, m->variable[v]);
		c.n_margins++;
	}
	out->source = arena_grow(s->arena, out->source, out->n_sources, sizeof *out->source);
	out->source[out->n_sources++] = c;
	return true;
}

static size_t add_number(struct session *s, struct plan *p, struct text name, size_t from)
{
	for (size_t i = from; i < p->n_numbers; i++)
		if (span_equal(p->number[i], name))
			return i;
	p->number = arena_grow(s->arena, p->number, p->n_numbers, sizeof *p->number);
	p->number[p->n_numbers] = name;
	return p->n_numbers++;
}

/* The columns a total may speak of: itself, or the longest that its name begins with. */
static bool add_total(struct session *s, const struct heading *columns, struct plan *p,
		      struct text name, size_t from, size_t *column)
{
	size_t longest = 0, best = 0;

	*column = TOTAL_CONSTANT;
	if (span_is(name, "(Intercept)"))
		return true;
	for (size_t i = 0; i < columns->n; i++) {
		struct text c = columns->name[i];

		if (span_equal(c, name)) {
			*column = add_number(s, p, c, from);
			return true;
		}
		if (c.n > longest && c.n < name.n && span_equal(c, (struct text){name.at, c.n})) {
			longest = c.n;
			best = i;
		}
	}
	if (longest)
		*column = TOTAL_FACTOR + gather_factor(s, p, columns->name[best]);
	return longest > 0;
}

static bool add_totals(struct session *s, const struct heading *columns, struct plan *p,
		       struct weighting *out, struct diag *why)
{
	struct calibrate_source c = {.kind = SOURCE_TOTALS};
	size_t errors = why->errors;

	if (!margins_totals_read(s->arena, s->options.value[OPT_CALIBRATE], &c.totals, why))
		return false;
	c.column = arena_new(s->arena, c.totals.n, sizeof *c.column);
	for (size_t i = 0; i < c.totals.n; i++)
		if (!add_total(s, columns, p, c.totals.name[i], out->n_replicates, &c.column[i]))
			diag_at(why, c.totals.at[i], DIAG_DATA,
				"\"%.*s\" is no column of %s, nor column and level",
				SPAN_ARG(c.totals.name[i]), columns->file);
	out->source = arena_grow(s->arena, out->source, out->n_sources, sizeof *out->source);
	out->source[out->n_sources++] = c;
	return why->errors == errors;
}

/* An option that nothing would look at is a misunderstanding. */
static bool check_idle(const struct session *s, struct diag *why)
{
	bool made = makes_replicates(s), columns = given(s, OPT_REPWEIGHTS);
	const struct {
		enum option option;
		bool used;
		const char *needs;
	} idle[] = {
		{OPT_BOUNDS, given(s, OPT_CALIBRATE), "--calibrate"},
		{OPT_DISTANCE, given(s, OPT_CALIBRATE), "--calibrate"},
		{OPT_REPSCALE, columns, "--repweights"},
		{OPT_RSCALES, columns, "--repweights"},
		{OPT_MSE, columns || made, N_("--repweights or --replicates")},
		{OPT_FAY_RHO, columns || made, N_("--repweights or --replicates")},
		{OPT_DRAWS, made, "--replicates"},
		{OPT_SEED, made, "--replicates"},
	};

	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
		if (given(s, idle[i].option) && !idle[i].used)
			return diag_fail(why, DIAG_USAGE, "--%s does nothing without %s",
					 option_specs[idle[i].option].name,
					 diag_word(why, idle[i].needs));
	return true;
}

bool weighting_columns(struct session *s, const struct heading *columns, struct plan *p,
		       struct weighting *out, struct diag *why)
{
	*out = (struct weighting){.n_replicates = p->n_numbers};
	return check_idle(s, why) &&
	       (!given(s, OPT_POSTSTRATIFY) ||
		add_margins(s, OPT_POSTSTRATIFY, SOURCE_GROUPS, p, out, why)) &&
	       (!given(s, OPT_RAKE) || add_margins(s, OPT_RAKE, SOURCE_RAKE, p, out, why)) &&
	       (!given(s, OPT_CALIBRATE) || add_totals(s, columns, p, out, why));
}

/* Groups of a margin, row by row. */
static bool row_groups(struct session *s, const struct columns *c, const struct margins *m,
		       const size_t *factor, struct calibrate_groups *out, struct diag *why)
{
	size_t *of = arena_new(s->arena, c->n, sizeof *of);
	struct text *level = arena_new(s->arena, m->variables, sizeof *level);

	*out = (struct calibrate_groups){m->name, m->n, of, m->population, m->label};
	for (size_t i = 0; i < c->n; i++) {
		struct text words = {"", 0};

		for (size_t v = 0; v < m->variables; v++) {
			const struct factor *f = &c->plan->factor[factor[v]];
			size_t l = c->factor[i * c->plan->n_factors + factor[v]];

			if (l == NO_LEVEL)
				return diag_fail(why, DIAG_DATA,
						 "a row has no \"%.*s\"; %s needs it of every row",
						 SPAN_ARG(f->column), m->file);
			level[v] = f->levels->entry[l].name;
			words = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(words), v ? ", " : "",
					     SPAN_ARG(level[v]));
		}
		of[i] = margins_group(m, level);
		if (of[i] == MARGINS_NONE)
			return diag_fail(why, DIAG_DATA, "%s has no population for %.*s", m->file,
					 SPAN_ARG(words));
	}
	return true;
}

/* The variables of the totals, row by row. */
static bool row_totals(struct session *s, const struct columns *c, const struct calibrate_source *t,
		       double *x, struct diag *why)
{
	for (size_t k = 0; k < t->totals.n; k++) {
		size_t column = t->column[k], f = column - TOTAL_FACTOR;
		const struct factor *factor = NULL;
		struct text level = t->totals.name[k];
		size_t l = NO_LEVEL;

		if (column != TOTAL_CONSTANT && column >= TOTAL_FACTOR) {
			factor = &c->plan->factor[f];
			level = (struct text){level.at + factor->column.n,
					      level.n - factor->column.n};
			l = dict_find(factor->levels, 0, level);
			if (l == DICT_NONE)
				return diag_at(why, t->totals.at[k], DIAG_DATA,
					       "column \"%.*s\" has no level \"%.*s\"",
					       SPAN_ARG(factor->column), SPAN_ARG(level));
		}
		for (size_t i = 0; i < c->n; i++)
			x[i * t->totals.n + k] =
				column == TOTAL_CONSTANT ? 1
				: factor ? c->factor[i * c->plan->n_factors + f] == l
					 : c->number[i * c->plan->n_numbers + column];
	}
	(void)s;
	return true;
}

/* One source, ready to be applied to any weights of the same rows. */
struct target {
	enum source_kind kind;
	struct calibrate_groups *groups;
	size_t n_groups;
	struct greg_model model;
};

static bool bounds_of(const struct session *s, struct greg_model *m, struct diag *why)
{
	static const char *const names[GREG__COUNT] = {
		[GREG_LINEAR] = "linear",
		[GREG_EXP] = "raking",
		[GREG_LOGIT] = "logit",
	};
	const char *value = s->options.value[OPT_BOUNDS], *name = s->options.value[OPT_DISTANCE];
	struct text rest = span_of(value), low;

	m->low = -INFINITY;
	m->high = INFINITY;
	m->distance = GREG_LINEAR;
	for (size_t i = 0; name && i <= GREG__COUNT; i++) {
		if (i == GREG__COUNT)
			return diag_fail(why, DIAG_USAGE, "--distance: \"%s\" is not known", name);
		m->distance = (enum greg_distance)i;
		if (strcmp(name, names[i]) == 0)
			break;
	}
	if (!value || (span_split(&rest, ',', &low) && number_parse(low, &m->low) &&
		       number_parse(rest, &m->high)))
		return true;
	return diag_fail(why, DIAG_USAGE, "--bounds: \"%s\" is not LOW,HIGH", value);
}

static bool make_target(struct session *s, const struct columns *c,
			const struct calibrate_source *from, struct target *t, struct diag *why)
{
	*t = (struct target){.kind = from->kind, .n_groups = from->n_margins};
	if (from->kind == SOURCE_TOTALS) {
		double *x = arena_new(s->arena, c->n, from->totals.n * sizeof *x);

		t->model = (struct greg_model){.n = c->n,
					       .k = from->totals.n,
					       .x = x,
					       .total = from->totals.total,
					       .name = from->totals.name};
		return bounds_of(s, &t->model, why) && row_totals(s, c, from, x, why);
	}
	t->groups = arena_new(s->arena, from->n_margins, sizeof *t->groups);
	for (size_t i = 0; i < from->n_margins; i++)
		if (!row_groups(s, c, &from->margin[i], from->factor[i], &t->groups[i], why))
			return false;
	return true;
}

static bool apply(struct session *s, const struct target *t, const struct calibrate_sample *from,
		  struct calibration *out, struct diag *why)
{
	const struct calibrate_raking raking = {.n = t->n_groups, .margin = t->groups};
	struct greg_model model = t->model;

	switch (t->kind) {
	case SOURCE_GROUPS: return calibrate_poststratify(s->arena, from, t->groups, out, why);
	case SOURCE_RAKE: return calibrate_rake(s->arena, from, &raking, out, why);
	case SOURCE_TOTALS: break;
	}
	model.w = from->w;
	return calibrate_linear(s->arena, &model, out, why);
}

/* All sources one after the other, from these weights. */
static bool apply_all(struct session *s, const struct target *t, size_t n, size_t rows,
		      const double *weight, struct calibration *out, struct diag *why)
{
	struct calibrate_sample from = {rows, weight};

	for (size_t i = 0; i < n; i++) {
		if (!apply(s, &t[i], &from, &out[i], why))
			return false;
		from.w = out[i].weight;
	}
	return true;
}

/* The replicates, each calibrated as the whole sample is. */
static bool calibrate_replicates(struct session *s, const struct target *t, size_t n, size_t rows,
				 struct rowwise *out, struct diag *why)
{
	size_t replicates = out->replicates->n;
	struct calibration *c = arena_new(s->arena, n, sizeof *c);
	double *all = arena_new(s->arena, rows, replicates * sizeof *all);
	double *one = arena_new(s->arena, rows, sizeof *one);

	for (size_t r = 0; r < replicates; r++) {
		for (size_t i = 0; i < rows; i++)
			one[i] = out->replicate_weight[i * replicates + r];
		if (!apply_all(s, t, n, rows, one, c, why))
			return diag_hint(why, "this is replicate %zu of %zu", r + 1, replicates);
		for (size_t i = 0; i < rows; i++)
			all[i * replicates + r] = c[n - 1].weight[i];
	}
	out->replicate_weight = all;
	return true;
}

static bool calibrate(struct session *s, const struct weighting *w, const struct columns *columns,
		      struct rowwise *out, struct diag *why)
{
	struct target *t = arena_new(s->arena, w->n_sources, sizeof *t);
	struct calibration *c = arena_new(s->arena, w->n_sources, sizeof *c);

	for (size_t i = 0; i < w->n_sources; i++)
		if (!make_target(s, columns, &w->source[i], &t[i], why))
			return false;
	if (w->n_sources == 0)
		return true;
	if (!apply_all(s, t, w->n_sources, columns->n, out->weight, c, why))
		return false;
	out->weight = c[w->n_sources - 1].weight;
	if (out->replicates)
		out->variance = arena_format(s->arena, "%s+calibration", out->variance).at;
	if (out->replicates)
		return calibrate_replicates(s, t, w->n_sources, columns->n, out, why);
	out->calibration = c;
	out->n_calibrations = w->n_sources;
	out->variance = "taylor+calibration";
	return true;
}

bool weighting_make(struct session *s, const struct estimate_options *o, const struct weighting *w,
		    const struct columns *columns, const struct answers *answers,
		    struct rowwise *out, struct diag *why)
{
	*out = (struct rowwise){.columns = columns,
				.answers = answers,
				.weight = columns->weight,
				.variance = "taylor"};
	return replicate(s, o, w, columns, answers, out, why) && calibrate(s, w, columns, out, why);
}
