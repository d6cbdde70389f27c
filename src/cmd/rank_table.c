#include "cmd/rank_table.h"

#include "input/table.h"

#include <math.h>
#include <string.h>

/* What the columns hold; TABLE_NO_COLUMN where absent. */
struct table_columns {
	size_t name, estimate, se, n, df;
};

static struct table_columns find_columns(const struct table *t)
{
	size_t name = table_find(t, "name");

	return (struct table_columns){
		name == TABLE_NO_COLUMN ? table_find(t, "province") : name,
		table_find(t, "estimate"),
		table_find(t, "se"),
		table_find(t, "n"),
		table_find(t, "df"),
	};
}

bool rank_table_is(struct session *s, const char *word)
{
	struct diag unread = {0};
	struct table t;

	return gather_is_file(word) &&
	       table_read_as(s->arena, word, &s->reading.form, false, &t, &unread) &&
	       table_find(&t, "estimate") != TABLE_NO_COLUMN &&
	       table_find(&t, "se") != TABLE_NO_COLUMN;
}

/* ---- the rows ------------------------------------------------------------------------------ */

static bool check_row(const struct table *t, size_t i, const struct table_columns *c,
		      const struct result_row *row, struct diag *why)
{
	if (isnan(row->estimate))
		return isnan(row->se) || diag_at(why, table_place(t, i, c->estimate), DIAG_DATA,
						 "there is a standard error but no estimate");
	if (!(row->se >= 0))
		return diag_at(why, table_place(t, i, c->se), DIAG_DATA,
			       "the standard error is missing or negative");
	return isnan(row->df) || row->df > 0 ||
	       diag_at(why, table_place(t, i, c->df), DIAG_DATA,
		       "degrees of freedom are not positive");
}

static bool read_row(struct session *s, const struct table *t, size_t i,
		     const struct table_columns *c, struct result_row *row, struct diag *why)
{
	bool ok;

	*row = result_row_init();
	row->survey = row->source = asked_file_name(t->file);
	row->province_name = table_cell(t, i, c->name);
	row->stat = span_of("estimate");
	row->complete = true;
	ok = table_number(s->arena, t, i, c->estimate, &row->estimate, why);
	ok = table_number(s->arena, t, i, c->se, &row->se, why) && ok;
	ok = table_number(s->arena, t, i, c->n, &row->n, why) && ok;
	ok = table_number(s->arena, t, i, c->df, &row->df, why) && ok;
	if (isnan(row->estimate))
		row->flags = FLAG_UNPUBLISHED;
	if (row->province_name.n == 0)
		return diag_at(why, table_place(t, i, c->name), DIAG_DATA, "the name is missing");
	return ok && check_row(t, i, c, row, why);
}

static bool check_names(const struct table *t, const struct table_columns *c,
			const struct result *r, struct diag *why)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < i; k++)
			if (span_equal(r->row[i].province_name, r->row[k].province_name))
				return diag_at(why, table_place(t, i, c->name), DIAG_DATA,
					       "\"%.*s\" stands twice",
					       SPAN_ARG(r->row[i].province_name));
	return true;
}

static bool read_rows(struct session *s, const struct table *t, struct result *out,
		      struct diag *why)
{
	struct table_columns c = find_columns(t);
	bool ok = true;

	*out = (struct result){.parts = PART_RANK};
	if (c.name == TABLE_NO_COLUMN)
		return table_column(t, "name", &c.name, why);
	for (size_t i = 0; i < t->rows; i++) {
		struct result_row row;

		ok = read_row(s, t, i, &c, &row, why) && ok;
		result_add(s->arena, out, &row);
	}
	return ok && check_names(t, &c, out, why);
}

/* ---- correlations -------------------------------------------------------------------------- */

/* The cell of two names: one row and one column of the table. */
static bool read_correlation(struct session *s, const struct table *t, struct text row,
			     struct text column, double *out, struct diag *why)
{
	size_t c = 1, i = 0;

	while (c < t->columns && !span_equal(t->name[c], column))
		c++;
	while (i < t->rows && !span_equal(table_cell(t, i, 0), row))
		i++;
	if (c == t->columns || i == t->rows)
		return diag_fail(why, DIAG_DATA,
				 i == t->rows ? N_("%s: there is no row \"%.*s\"")
					      : N_("%s: there is no column \"%.*s\""),
				 t->file, SPAN_ARG(i == t->rows ? row : column));
	if (!table_number(s->arena, t, i, c, out, why))
		return false;
	return fabs(*out) <= 1 ||
	       diag_at(why, table_place(t, i, c), DIAG_DATA, "a correlation lies between -1 and 1");
}

static bool read_correlations(struct session *s, const struct result *r, const size_t *at, size_t n,
			      double *out, struct diag *why)
{
	struct table t;

	if (!table_read(s->arena, s->options.value[OPT_CORRELATIONS], true, &t, why))
		return false;
	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < n; k++)
			if (!read_correlation(s, &t, r->row[at[j]].province_name,
					      r->row[at[k]].province_name, &out[j * n + k], why))
				return false;
	for (size_t j = 0; j < n; j++)
		for (size_t k = 0; k < n; k++)
			if (fabs(out[j * n + k] - out[k * n + j]) > 1e-9 ||
			    (j == k && fabs(out[j * n + j] - 1) > 1e-9))
				return diag_fail(why, DIAG_DATA,
						 "%s: correlations of \"%.*s\" and \"%.*s\" are "
						 "not symmetric, or not 1 with itself",
						 t.file, SPAN_ARG(r->row[at[j]].province_name),
						 SPAN_ARG(r->row[at[k]].province_name));
	return true;
}

/* ---- sets ---------------------------------------------------------------------------------- */

static bool draw(struct session *s, const struct rank_rule *rule, const struct rankset_units *u,
		 const struct rankset_draws **out, struct diag *why)
{
	gsl_rng *rng;

	*out = NULL;
	if (!rankset_is_drawn(rule->method))
		return true;
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!rng)
		arena_exhausted(1, sizeof *rng);
	*out = rankset_draw(s->arena, u->n, u->correlation, rule->count, rng, rule->seed);
	gsl_rng_free(rng);
	return *out || diag_fail(why, DIAG_DATA, "%s: no estimates can be correlated like this",
				 s->options.value[OPT_CORRELATIONS]);
}

/* Numbers of the rows that have an estimate, and where these stand. */
static struct rankset_units units_of(struct session *s, const struct result *r, size_t *at)
{
	double *estimate = arena_new(s->arena, r->n, sizeof *estimate);
	double *se = arena_new(s->arena, r->n, sizeof *se);
	double *df = arena_new(s->arena, r->n, sizeof *df);
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (isnan(r->row[i].estimate))
			continue;
		estimate[n] = r->row[i].estimate;
		se[n] = r->row[i].se;
		df[n] = isnan(r->row[i].df) ? INFINITY : r->row[i].df;
		at[n++] = i;
	}
	return (struct rankset_units){n, estimate, se, df, NULL};
}

static bool add_sets(struct session *s, const struct rank_rule *rule, struct result *r,
		     struct diag *why)
{
	size_t *at = arena_new(s->arena, r->n, sizeof *at);
	struct rankset_units u = units_of(s, r, at);
	struct rankset *set = arena_new(s->arena, u.n, sizeof *set);
	double *correlation = arena_new(s->arena, u.n * u.n, sizeof *correlation);
	const struct rankset_draws *draws;

	if (s->options.value[OPT_CORRELATIONS]) {
		if (!read_correlations(s, r, at, u.n, correlation, why))
			return false;
		u.correlation = correlation;
	}
	if (u.n == 0)
		return diag_fail(why, DIAG_DATA, "nobody has an estimate");
	if (!draw(s, rule, &u, &draws, why))
		return false;
	rankset_sets(s->arena, &u, rule->method, rule->level, draws, set, NULL);
	for (size_t i = 0; i < u.n; i++) {
		r->row[at[i]].rank_low = (double)set[i].low;
		r->row[at[i]].rank_high = (double)set[i].high;
		r->row[at[i]].level = rule->level;
		r->row[at[i]].method = span_of(rankset_name(rule->method));
	}
	return true;
}

/* ---- for people ---------------------------------------------------------------------------- */

static struct text shown(const struct narrative *n, double value)
{
	return isnan(value) ? span_of("–")
			    : number_shown(n->phrases->arena, value, 4, n->phrases->lang);
}

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	static const struct {
		const char *key;
		bool right;
	} heads[] = {{"head.rank.set", true},
		     {"head.unit", false},
		     {"head.estimate", true},
		     {"head.se", true},
		     {"head.alike", true}};
	struct arena *a = n->phrases->arena;

	*out = (struct sheet){.arena = a};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_column(out, phrase(n->phrases, heads[i].key), heads[i].right);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = tables_set(n, row);
		*cell++ = row->province_name;
		*cell++ = shown(n, row->estimate);
		*cell++ = shown(n, row->se);
		*cell = tables_alike(n, row);
	}
}

bool rank_table(struct session *s, struct diag *why)
{
	static const enum option of_survey[] = {OPT_PROVINCE,    OPT_REACH,      OPT_YEAR,
						OPT_ITEM,        OPT_METHOD,     OPT_LONELY,
						OPT_SYSTEM,      OPT_POPULATION, OPT_BASE_YEAR,
						OPT_RENORMALISE, OPT__COUNT};
	struct narrative words = {.phrases = &s->phrases};
	struct rank_rule rule;
	struct result r;
	struct table t;
	bool said, comparison;

	if (!asked_none(s, of_survey, N_("a table of estimates"), why) ||
	    !sets_rule(s, &rule, why) || !sets_comparison(s, &comparison, why) ||
	    !table_read_as(s->arena, s->options.word[0], &s->reading.form, true, &t, why) ||
	    !read_rows(s, &t, &r, why))
		return false;
	rank_compute(r.row, r.n);
	if (comparison)
		rank_whiskers(s->arena, r.row, r.n, rule.level);
	if (!add_sets(s, &rule, &r, why) || !sets_keep(s, &r, &r, why))
		return false;
	rank_sort(&r);
	if (!load_show(s, &words, &r, sheet, &said, why))
		return false;
	if (said)
		sets_say(s, &rule);
	return true;
}
