#include "cmd/index_table.h"

#include "cmd/asked.h"

#include <math.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------------- */

/* Options that would be passed over are a misunderstanding. */
static bool check_options(const struct session *s, struct diag *why)
{
	static const enum option others[] = {
		OPT_YEAR,      OPT_PROVINCE,      OPT_BY,         OPT_WHERE,        OPT_METHOD,
		OPT_GAPS,      OPT_EXPECTING,     OPT_CI,         OPT_LEVEL,        OPT_DF,
		OPT_LONELY,    OPT_DOMAIN_LONELY, OPT_SUPPRESS,   OPT_NEST,         OPT_SSU,
		OPT_FPC,       OPT_REPTYPE,       OPT_REPLICATES, OPT_REPSCALE,     OPT_RSCALES,
		OPT_FAY_RHO,   OPT_DRAWS,         OPT_MSE,        OPT_POSTSTRATIFY, OPT_RAKE,
		OPT_CALIBRATE, OPT_BOUNDS,        OPT_DISTANCE,   OPT_SYSTEM,       OPT_POPULATION,
		OPT_BASE_YEAR, OPT_RENORMALISE,   OPT__COUNT};

	return asked_none(s, others, N_("a table of indicators"), why);
}

static bool read_table(struct session *s, struct composite *c, struct diag *why)
{
	const struct components *parts = &c->rules.components;
	struct text *name = arena_new(s->arena, parts->n, sizeof *name);
	struct place *at = arena_new(s->arena, parts->n, sizeof *at);

	for (size_t i = 0; i < parts->n; i++) {
		name[i] = parts->at[i].name;
		at[i] = parts->at[i].at;
	}
	return indicators_read(s->arena, s->options.word[0], &s->reading.form,
			       parts->n ? name : NULL, at, parts->n, &c->table, why);
}

/* Weights and rules of the indicators, which stand in the order of the components. */
static void set_rules(struct session *s, struct composite *c)
{
	const struct index_rules *r = &c->rules;
	double *weight = arena_new(s->arena, c->table.items, sizeof *weight);

	c->rule = arena_new(s->arena, c->table.items, sizeof *c->rule);
	for (size_t j = 0; j < c->table.items; j++) {
		struct component one = {.weight = 1, .min = NAN, .max = NAN, .target = NAN};

		if (r->components.n)
			one = r->components.at[j];
		weight[j] = r->equal ? 1 : one.weight;
		c->rule[j] = (struct normalise_rule){r->normalise, one.down, r->low,    r->high,
						     one.min,      one.max,  one.target};
	}
	c->mean = (struct compound_rule){r->copeland, r->power, r->threshold, weight};
}

static void treat_outliers(struct session *s, struct composite *c)
{
	const struct indicators *t = &c->table;
	bool *changed = arena_new(s->arena, t->rows, sizeof *changed);

	c->outlier = arena_new(s->arena, t->items, sizeof *c->outlier);
	c->changed = arena_new(s->arena, t->rows * t->items, sizeof *c->changed);
	for (size_t j = 0; j < t->items; j++) {
		c->outlier[j] = outlier_of(t->rows, t->items, t->value + j);
		if (!c->rules.winsorise)
			continue;
		outlier_winsorise(s->arena, t->rows, t->items, t->value + j, changed);
		for (size_t i = 0; i < t->rows; i++)
			c->changed[i * t->items + j] = changed[i];
	}
}

/* Bounds that are given are bounds: what lies outside was measured otherwise, or they are wrong. */
static bool check_bounds(const struct composite *c, struct diag *why)
{
	const struct indicators *t = &c->table;
	size_t errors = why->errors;

	for (size_t i = 0; i < t->rows * t->items && c->rules.normalise == NORMALISE_MINMAX; i++) {
		const struct normalise_rule *r = &c->rule[i % t->items];

		if (!(t->value[i] < r->min || t->value[i] > r->max))
			continue;
		diag_at(why, t->at[i], DIAG_DATA,
			"%g is outside the bounds of \"%.*s\" in %s, from %g to %g", t->value[i],
			SPAN_ARG(t->item[i % t->items]), c->rules.components.file, r->min, r->max);
		diag_hint(why, "--normalise goalpost sets such values to the bound");
	}
	return why->errors == errors;
}

/* Means that need scores above 0 have none where a score is 0. */
static void warn_scores(const struct composite *c, struct diag *why)
{
	size_t n = 0;

	for (size_t i = 0; i < c->table.rows; i++)
		n += isnan(c->index[i]) && span_starts(span_of(c->reason[i]), "a score is not");
	if (n == 0)
		return;
	diag_warn(why, "%zu of %zu rows have no index: %.*s needs scores above 0", n, c->table.rows,
		  SPAN_ARG(c->rules.aggregate));
	diag_hint(why, "minmax and goalpost scores are above 0 with --range 1,100");
}

static bool compute(struct session *s, struct composite *c, struct diag *why)
{
	const struct indicators *t = &c->table;
	size_t all = t->rows * t->items;

	c->made = arena_new(s->arena, t->items, sizeof *c->made);
	c->score = arena_new(s->arena, all, sizeof *c->score);
	c->index = arena_new(s->arena, t->rows, sizeof *c->index);
	c->reason = arena_new(s->arena, t->rows, sizeof *c->reason);
	treat_outliers(s, c);
	if (!check_bounds(c, why) || !compound_scores(t, c->rule, c->score, c->made, why))
		return false;
	compound_index(t, c->score, &c->mean, c->index, c->reason);
	warn_scores(c, why);
	return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

struct result_row index_table_row(const struct composite *c, size_t row)
{
	struct result_row out = result_row_init();
	const struct indicators_year *y = c->table.year;

	while (row >= y->first + y->n)
		y++;
	out.survey = out.source = asked_file_name(c->table.file);
	out.year = y->year;
	out.province_name = c->table.unit[row];
	out.stat = span_of("index");
	return out;
}

const char *index_table_treated(const struct composite *c, size_t row, size_t item)
{
	double x = c->table.value[row * c->table.items + item];
	const struct normalise_rule *r = &c->rule[item];

	if (c->changed[row * c->table.items + item])
		return INDEX_TABLE_OUTLYING;
	if (r->method == NORMALISE_GOALPOST && (x < r->min || x > r->max))
		return INDEX_TABLE_BEYOND;
	return isnan(x) ? "no value in the table" : NULL;
}

/* Item 0 is the index, the others are indicators. */
static void add_rows(struct session *s, const struct composite *c, size_t item, size_t first,
		     size_t n, struct result *out)
{
	const struct indicators *t = &c->table;
	double *x = arena_new(s->arena, t->rows, sizeof *x);
	double *rank = arena_new(s->arena, t->rows, sizeof *rank), ranked = 0;

	for (size_t i = 0; i < t->rows; i++)
		x[i] = item ? c->score[i * t->items + item - 1] : c->index[i];
	compound_ranks(t, x, rank);
	for (size_t i = first; i < first + n; i++)
		ranked += !isnan(rank[i]);
	for (size_t i = first; i < first + n; i++) {
		struct result_row row = index_table_row(c, i);
		const char *reason = item ? index_table_treated(c, i, item - 1) : c->reason[i];

		row.item = item ? t->item[item - 1] : span_of("total");
		row.item_order = item;
		row.estimate = x[i];
		row.rank = rank[i];
		row.n_ranked = ranked;
		row.method = arena_format(s->arena, "composite:%s:%.*s",
					  normalise_name(c->rules.normalise),
					  SPAN_ARG(c->rules.aggregate));
		row.reason[LANG_EN] = span_of(reason ? reason : "");
		row.flags = reason && !isnan(x[i]) ? FLAG_CAUTION : 0;
		result_add(s->arena, out, &row);
	}
}

/* Rows of the first principal component, which are no part of any index. */
static void add_component(struct session *s, const struct composite *c,
			  const struct component_first *p, struct result *out)
{
	static const char *const stats[] = {"pca_loading", "pca_share"};
	struct result_row row = index_table_row(c, 0);

	row.year = 0;
	row.province_name = span_of("");
	row.method = span_of("pca:correlation");
	row.item = span_of("total");
	row.stat = span_of("pca_explained");
	row.estimate = p->explained;
	row.n = (double)p->n;
	result_add(s->arena, out, &row);
	for (size_t k = 0; k < 2; k++)
		for (size_t j = 0; j < c->table.items; j++) {
			row.item = c->table.item[j];
			row.item_order = j + 1;
			row.stat = span_of(stats[k]);
			row.estimate = k ? p->share[j] : p->loading[j];
			result_add(s->arena, out, &row);
		}
}

bool index_table_read(struct session *s, struct composite *out, struct diag *why)
{
	*out = (struct composite){0};
	if (!check_options(s, why) || !index_rules(s, &out->rules, why) || !read_table(s, out, why))
		return false;
	set_rules(s, out);
	if (!compute(s, out, why))
		return false;
	if (!out->rules.component ||
	    consistency_component(s->arena, out->table.rows, out->table.items, out->score,
				  &out->first))
		return true;
	return diag_fail(why, DIAG_DATA,
			 "--weights pca: %s has no three complete rows with scores that differ in "
			 "every indicator",
			 out->table.file);
}

void index_table_result(struct session *s, const struct composite *c, struct result *out)
{
	out->parts = PART_RANK | PART_ESTIMATE;
	for (size_t y = 0; y < c->table.years; y++)
		for (size_t j = 0; j <= c->table.items; j++)
			add_rows(s, c, j, c->table.year[y].first, c->table.year[y].n, out);
	if (c->rules.component)
		add_component(s, c, &c->first, out);
}
