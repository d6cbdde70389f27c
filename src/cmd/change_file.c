/* A side is a reading of the file: the rows of one year, or those that meet one side's
 * conditions. A row of the result is a group and item of the last side. */
#include "cmd/change_file.h"

#include "analysis/trend.h"
#include "cmd/asked.h"
#include "cmd/gather.h"
#include "cmd/sets.h"
#include "output/table_difference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct side {
	struct text value; /* of the year column; or words of the conditions */
	struct gathered g;
	struct result rows;
	struct estimates estimates; /* the same rows */
	struct estimate_sides sides;
};

struct differences {
	struct estimate_options o;
	struct change_options change;
	bool years; /* sides are years, not groups */
	bool apart; /* every side is a sample; else they are groups of one */
	size_t n;
	struct side *side; /* in order; the last is compared with the first */
};

/* ---- reading a side ------------------------------------------------------------------------ */

static void estimate_rows(struct session *s, const struct estimate_options *o, struct side *side)
{
	side->sides = estimate_sides(s->arena, &side->g.tally, o);
	side->estimates = estimate_tally_rows(s->arena, &side->g.tally, o);
	estimate_result(&side->estimates, &side->rows);
}

/* The conditions of --where and those of the side. */
static bool add_conditions(struct session *s, const struct differences *c, struct side *side,
			   struct diag *why)
{
	struct where own;
	struct condition year = {.column = span_of(s->options.value[OPT_YEAR_COLUMN]),
				 .value = side->value,
				 .number = NAN};

	if (c->years) {
		number_parse(year.value, &year.number);
		own = (struct where){1, &year};
	} else if (!where_parse(s->arena, side->value, &own, why)) {
		return false;
	}
	where_join(s->arena, &side->g.plan.where, &own);
	if (!c->years)
		side->value = where_words(s->arena, &own);
	return true;
}

static bool read_side(struct session *s, struct differences *c, struct side *side, struct diag *why)
{
	struct plan *p = &side->g.plan;

	if (!gather_plan(s, &c->o, &side->g, why))
		return false;
	c->o.domain = where_words(s->arena, &p->where);
	if (c->apart) {
		p->only_column = span_of(s->options.value[OPT_YEAR_COLUMN]);
		p->only_value = side->value;
	} else if (side->value.n && !add_conditions(s, c, side, why)) {
		return false;
	}
	for (size_t v = 0; v < p->n_variables; v++)
		if (p->variable[v].kind == VARIABLE_LEVELS)
			return diag_fail(why, DIAG_USAGE,
					 "the change of which level? --category names it");
	if (!gather_read(s, &c->o, false, &side->g, why)) {
		if (c->years)
			diag_hint(why, "of the rows with %s = %.*s",
				  s->options.value[OPT_YEAR_COLUMN], SPAN_ARG(side->value));
		return false;
	}
	if (!c->years && side->value.n && side->g.answers.selected == 0)
		return diag_fail(why, DIAG_DATA, "a group is empty: %.*s", SPAN_ARG(side->value));
	estimate_rows(s, &c->o, side);
	return true;
}

/* ---- which sides --------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
	const struct side *p = a, *q = b;
	double x = NAN, y = NAN;

	number_parse(p->value, &x);
	number_parse(q->value, &y);
	return (x > y) - (x < y);
}

/* For a trend: every year of the file from the first to the last. */
static bool find_years(struct session *s, struct differences *c, struct diag *why)
{
	struct text column = span_of(s->options.value[OPT_YEAR_COLUMN]);
	struct gathered g = {0};
	double first, last;
	size_t factor;

	if (!number_parse(c->side[0].value, &first) || !number_parse(c->side[1].value, &last))
		return diag_fail(why, DIAG_USAGE, "--trend needs years that are numbers");
	g.plan.margin = arena_new(s->arena, 1, sizeof *g.plan.margin);
	g.plan.n_margins = 1;
	factor = gather_factor(s, &g.plan, column);
	g.plan.margin->factor[g.plan.margin->n++] = factor;
	if (!gather_read(s, &c->o, false, &g, why))
		return false;
	c->n = 0;
	c->side = arena_new(s->arena, g.plan.factor[factor].levels->n + 1, sizeof *c->side);
	for (size_t i = 0; i < g.plan.factor[factor].levels->n; i++) {
		struct text value = g.plan.factor[factor].levels->entry[i].name;
		double year;

		if (!number_parse(value, &year))
			return diag_fail(why, DIAG_DATA, "column \"%.*s\": \"%.*s\" is no year",
					 SPAN_ARG(column), SPAN_ARG(value));
		if (year >= first && year <= last)
			c->side[c->n++].value = value;
	}
	if (c->n < 3)
		return diag_fail(why, DIAG_DATA, "a trend needs three years; there are %zu", c->n);
	qsort(c->side, c->n, sizeof *c->side, by_number);
	return true;
}

static bool find_sides(struct session *s, struct differences *c, struct diag *why)
{
	const char *from = s->options.value[OPT_FROM], *to = s->options.value[OPT_TO];
	bool trend = s->options.value[OPT_TREND] != NULL;
	double first, last;

	c->years = s->options.value[OPT_YEAR_COLUMN] != NULL;
	c->apart = c->years && c->change.covariance != OVERLAP_STACKED;
	c->side = arena_new(s->arena, 2, sizeof *c->side);
	if (c->change.constant) {
		if (c->years != (to != NULL))
			return diag_fail(why, DIAG_USAGE,
					 "--constant takes --year-column and --to together");
		c->n = 1;
		c->side[0].value = span_of(to);
		return true;
	}
	if (!from || !to)
		return diag_fail(why, DIAG_USAGE,
				 "what is compared? --year-column with --from and --to, or two "
				 "groups as --from sex=1 --to sex=2");
	if (trend && !c->years)
		return diag_fail(why, DIAG_USAGE, "--trend needs --year-column");
	if (c->years && number_parse(span_of(from), &first) && number_parse(span_of(to), &last) &&
	    first >= last)
		return diag_fail(why, DIAG_USAGE, "--from %s is not before --to %s", from, to);
	c->n = 2;
	c->side[0].value = span_of(from);
	c->side[1].value = span_of(to);
	return !trend || find_years(s, c, why);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool is_same(const struct result_row *a, const struct result_row *b)
{
	return span_equal(a->domain, b->domain) && span_equal(a->item, b->item) &&
	       span_equal(a->category, b->category);
}

/* The number of the side's row about the same; rows.n when there is none. */
static size_t find_row(const struct side *side, const struct result_row *row)
{
	size_t i = 0;

	while (i < side->rows.n && !is_same(&side->rows.row[i], row))
		i++;
	return i;
}

static struct overlap_side side_of(const struct side *side, size_t row)
{
	struct overlap_side out;
	size_t lonely;

	estimate_side(&side->sides, &side->estimates.at[row].about, &out, &lonely);
	return out;
}

static long year_of(const struct differences *c, const struct side *side)
{
	long year = 0;

	if (c->years)
		number_whole(side->value, 1, 9999, &year);
	return year;
}

/* How the row is called: years, or the two groups. */
static void name_row(struct session *s, const struct differences *c, struct result_row *row)
{
	const struct side *from = &c->side[0], *to = &c->side[c->n - 1];

	row->comparable = span_of("ok");
	if (c->years) {
		row->year = year_of(c, to);
		row->year_from = c->n > 1 ? year_of(c, from) : 0;
	} else if (c->n > 1) {
		row->domain_from = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(row->domain),
						row->domain.n ? ";" : "", SPAN_ARG(from->value));
		row->domain = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(row->domain),
					   row->domain.n ? ";" : "", SPAN_ARG(to->value));
	}
}

static void add_pair(struct session *s, const struct differences *c, struct overlap *shared,
		     size_t at, struct result_row *row)
{
	const struct side *from = &c->side[0], *to = &c->side[1];
	size_t was = find_row(from, row);
	struct overlap_side a, b;
	struct overlap_pair pair;

	name_row(s, c, row);
	row->covariance = span_of(c->years ? overlap_name(c->change.covariance) : "same-sample");
	if (was == from->rows.n)
		return;
	row->estimate_from = from->rows.row[was].estimate;
	row->delta = row->estimate - row->estimate_from;
	a = side_of(from, was);
	b = side_of(to, at);
	pair = overlap_pair(shared, c->change.covariance, &a, &b);
	row->units_shared = (double)pair.shared;
	change_certain(&pair, &from->rows.row[was], row);
	change_error(row, &pair);
}

static void add_pairs(struct session *s, const struct differences *c, struct result *out)
{
	const struct side *from = &c->side[0], *to = &c->side[1];
	/* groups of one sample: all readings number the same units alike */
	struct overlap *shared = overlap_start(s->arena, &from->sides.linear,
					       c->apart ? &to->sides.linear : &from->sides.linear);

	for (size_t i = 0; i < to->rows.n; i++) {
		struct result_row row = to->rows.row[i];

		add_pair(s, c, shared, i, &row);
		result_add(s->arena, out, &row);
	}
}

static void add_constant(struct session *s, const struct differences *c, struct result *out)
{
	for (size_t i = 0; i < c->side->rows.n; i++) {
		struct result_row row = c->side->rows.row[i];

		name_row(s, c, &row);
		change_constant(&row, c->change.value);
		result_add(s->arena, out, &row);
	}
}

/* ---- trend --------------------------------------------------------------------------------- */

static double covariance(struct session *s, const struct differences *c, const size_t *row,
			 size_t i, size_t k)
{
	const struct side *a = &c->side[i], *b = &c->side[k];
	struct overlap *shared = overlap_start(s->arena, &a->sides.linear,
					       c->apart ? &b->sides.linear : &a->sides.linear);
	struct overlap_side from = side_of(a, row[i]), to = side_of(b, row[k]);

	return overlap_pair(shared, c->change.covariance, &from, &to).covariance;
}

/* The rows of every year about the same; false when a year has none. */
static bool find_rows(const struct differences *c, const struct result_row *last, size_t *row)
{
	for (size_t i = 0; i < c->n; i++) {
		row[i] = find_row(&c->side[i], last);
		if (row[i] == c->side[i].rows.n)
			return false;
	}
	return true;
}

static void add_slope(struct session *s, const struct differences *c, const size_t *at,
		      struct result_row *row)
{
	double *year = arena_new(s->arena, c->n, sizeof *year);
	double *value = arena_new(s->arena, c->n, sizeof *value);
	double *v = arena_new(s->arena, c->n * c->n, sizeof *v), df = INFINITY;
	struct trend t;

	for (size_t i = 0; i < c->n; i++) {
		const struct result_row *of = &c->side[i].rows.row[at[i]];

		number_parse(c->side[i].value, &year[i]);
		value[i] = of->estimate;
		df = isnan(result_df(of)) ? NAN
					  : fmin(df, result_df(of)); /* fmin passes over NaN */
		for (size_t k = 0; k < i; k++)
			v[i * c->n + k] = v[k * c->n + i] = covariance(s, c, at, k, i);
		v[i * c->n + i] = of->se * of->se;
	}
	t = trend_find(year, value, v, c->n);
	row->estimate_from = value[0];
	change_slope(row, t.slope, t.variance, df);
}

static void add_trends(struct session *s, const struct differences *c, struct result *out)
{
	const struct side *last = &c->side[c->n - 1];
	size_t *at = arena_new(s->arena, c->n, sizeof *at);

	for (size_t i = 0; i < last->rows.n; i++) {
		struct result_row row = last->rows.row[i];

		name_row(s, c, &row);
		row.covariance = span_of(overlap_name(c->change.covariance));
		if (find_rows(c, &row, at))
			add_slope(s, c, at, &row);
		row.stat = span_of("trend");
		result_add(s->arena, out, &row);
	}
}

/* ---- the command --------------------------------------------------------------------------- */

static bool check_options(const struct session *s, struct diag *why)
{
	static const enum option of_survey[] = {OPT_PROVINCE,   OPT_YEAR,        OPT_CONTRIBUTIONS,
						OPT_METHOD,     OPT_PAD,         OPT_RANK_WORD,
						OPT_DELTA_UNIT, OPT_SYSTEM,      OPT_POPULATION,
						OPT_BASE_YEAR,  OPT_RENORMALISE, OPT__COUNT};
	static const enum option of_ranks[] = {SETS_OPTIONS, OPT__COUNT};
	static const enum option of_sides[] = {OPT_TREND, OPT_COVARIANCE, OPT__COUNT};
	static const enum option of_years[] = {OPT_COVARIANCE, OPT__COUNT};
	const char *const *value = s->options.value;

	return asked_none(s, of_survey, N_("a lone file of answers"), why) &&
	       asked_none(s, of_ranks, N_("a table without ranks"), why) &&
	       (!value[OPT_CONSTANT] || asked_none(s, of_sides, "--constant", why)) &&
	       (value[OPT_YEAR_COLUMN] ||
		asked_none(s, of_years, N_("two groups of one sample"), why));
}

static bool check_statistic(const struct estimate_options *o, struct diag *why)
{
	if (o->statistic != STATISTIC_QUANTILE && o->statistic != STATISTIC_DISTRIBUTION)
		return true;
	return diag_fail(why, DIAG_USAGE,
			 "--stat %s has no difference here; its shares do: --category",
			 statistic_name(o->statistic));
}

static void sheet_shares(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_difference(n->phrases, r, DIFFERENCE_OF_SHARES, -1, out);
}

static void sheet_numbers(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_difference(n->phrases, r, DIFFERENCE_OF_VALUES, -1, out);
}

bool change_file(struct session *s, struct diag *why)
{
	struct narrative words = {.phrases = &s->phrases};
	struct differences c = {0};
	struct result r = {.parts = PART_CHANGE};
	bool said;

	if (!check_options(s, why) || !asked_estimate(s, &c.o, why) ||
	    !changes_options(s, &c.change, why) || !check_statistic(&c.o, why) ||
	    !find_sides(s, &c, why))
		return false;
	c.o.survey = c.o.source = asked_file_name(s->options.word[0]);
	for (size_t i = 0; i < c.n; i++)
		if (!read_side(s, &c, &c.side[i], why))
			return false;
	if (c.change.constant)
		add_constant(s, &c, &r);
	else if (s->options.value[OPT_TREND])
		add_trends(s, &c, &r);
	else
		add_pairs(s, &c, &r);
	changes_adjust(s, &c.change, &r);
	if (!load_show(s, &words, &r,
		       statistic_is_share(c.o.statistic) ? sheet_shares : sheet_numbers, &said,
		       why))
		return false;
	if (said && statistic_is_share(c.o.statistic))
		load_sentence(s, phrase(&s->phrases, "note.share"));
	if (said)
		changes_say(s, &c.change, &r);
	if (said && s->options.value[OPT_TREND])
		load_sentence(s, phrase(&s->phrases, "note.trend"));
	return true;
}
