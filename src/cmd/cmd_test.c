/* Tests on answers: two-way tables, differences of means, regression. All need the rows. */
#include "cmd/gather.h"
#include "cmd/load.h"
#include "estimate/crosstab.h"
#include "estimate/regress.h"
#include "estimate/ttest.h"
#include "output/table_estimate.h"
#include "survey/catalog.h"

#include <math.h>
#include <string.h>

#define MOST_TERMS 32

/* Answers in memory, from a lone file or from a year of a survey. */
struct study {
	struct estimate_options o;
	const struct survey *survey; /* NULL: a lone file */
	const struct wave *wave;
	struct heading heading;
	struct gathered file;
	struct wave_answers year;
	struct plan *plan;
	const struct columns *columns;
	const struct answers *answers;
	struct linear linear;
	struct rows rows;
	bool *selected;
	size_t **rank;  /* of the levels of each factor, by their order */
	size_t *levels; /* of each factor, that are in use */
	struct result result;
};

/* ---- planning ------------------------------------------------------------------------------ */

static bool open_subject(struct session *s, struct study *t, struct diag *why)
{
	const char *where = s->options.value[OPT_WHERE], *path;
	long year;

	if (gather_is_file(s->options.word[0])) {
		t->plan = &t->file.plan;
		return gather_design(s, &t->plan->design, why) &&
		       (!where || where_parse(s->arena, span_of(where), &t->plan->where, why)) &&
		       heading_read(s->arena, s->options.word[0], true, &t->heading, why);
	}
	struct survey *survey = arena_new(s->arena, 1, sizeof *survey);

	if (!catalog_find_survey(s->arena, s->share, s->options.word[0], &path, why) ||
	    !survey_read(s->arena, s->share, path, survey, why) ||
	    !asked_whole(s, OPT_YEAR, 1900, 2999, survey_last_year(survey), &year, why))
		return false;
	t->survey = survey;
	t->wave = survey_wave(survey, year);
	t->plan = &t->year.plan;
	if (!t->wave)
		return diag_fail(why, DIAG_USAGE, "%.*s has no year %ld", SPAN_ARG(survey->name),
				 year);
	return waves_plan(s->arena, survey, t->wave, &t->year, why) &&
	       (!where || where_parse(s->arena, span_of(where), &t->plan->where, why)) &&
	       heading_read(s->arena,
			    catalog_path(s->arena, path, arena_string(s->arena, t->wave->file)),
			    true, &t->heading, why);
}

static const struct question *question_of(const struct study *t, struct text name)
{
	const struct question *q = NULL;

	if (t->survey)
		q = codebook_column(&t->survey->codebook, t->wave->era, name);
	if (t->survey && !q)
		q = codebook_code(&t->survey->codebook, t->wave->era, name);
	return q;
}

/* The column of a name, which may be the code of a question. */
static bool column_of(const struct study *t, struct text name, struct text *out, struct diag *why)
{
	const struct question *q = question_of(t, name);

	*out = q ? q->column : name;
	if (heading_has(&t->heading, *out))
		return true;
	return diag_fail(why, DIAG_USAGE, "%s has no column \"%.*s\"", t->heading.file,
			 SPAN_ARG(name));
}

static size_t position(const struct heading *h, struct text column)
{
	size_t i = 0;

	while (!span_equal(h->name[i], column))
		i++;
	return i;
}

/* Numbers that are no codes of categories. */
static bool is_number(const struct study *t, struct text column)
{
	const struct question *q = question_of(t, column);

	return t->heading.numeric[position(&t->heading, column)] &&
	       !(q && (q->kind == QUESTION_CATEGORY || q->kind == QUESTION_YESNO));
}

/* A number; with --category or --satisfied a share. */
static bool add_variable(struct session *s, struct study *t, struct text name, bool share,
			 size_t *out, struct diag *why)
{
	const char *levels = s->options.value[OPT_CATEGORY];
	struct plan *p = t->plan;
	struct variable v = {.question = question_of(t, name)};
	struct text rest = span_of(levels), one, *counting;

	if (!column_of(t, name, &v.column, why))
		return false;
	if (share && levels) {
		counting = arena_new(s->arena, rest.n + 1, sizeof *counting);
		while (span_split(&rest, ',', &one))
			counting[v.n_counting++] = one;
		v.kind = VARIABLE_SHARE;
		v.counting = counting;
	}
	p->variable = arena_grow(s->arena, p->variable, p->n_variables, sizeof *p->variable);
	p->variable[p->n_variables] = v;
	*out = p->n_variables++;
	return true;
}

static bool add_factor(struct session *s, struct study *t, struct text name, size_t *out,
		       struct diag *why)
{
	struct text column;

	if (!column_of(t, name, &column, why))
		return false;
	*out = t->survey ? waves_factor(s->arena, &t->year, column)
			 : gather_factor(s, t->plan, column);
	return true;
}

/* Ranks of the levels that a selected row has; the others are no part of the test. */
static void rank_levels(struct arena *a, struct study *t, size_t f)
{
	const struct factor *factor = &t->plan->factor[f];
	size_t n = factor->levels->n;
	size_t *order = estimate_order(a, factor->levels, factor->question);
	bool *used = arena_new(a, n, sizeof *used);

	for (size_t i = 0; i < t->columns->n; i++) {
		size_t l = t->columns->factor[i * t->plan->n_factors + f];

		if (t->selected[i] && l != NO_LEVEL)
			used[l] = true;
	}
	t->rank[f] = arena_new(a, n, sizeof **t->rank);
	for (size_t l = 0; l < n; l++) {
		t->levels[f] += used[l];
		t->rank[f][l] = used[l] ? 0 : NO_LEVEL;
		for (size_t k = 0; k < n && used[l]; k++)
			t->rank[f][l] += used[k] && order[k] < order[l];
	}
}

static bool read_subject(struct session *s, struct study *t, struct diag *why)
{
	t->plan->margin = arena_new(s->arena, 1, sizeof *t->plan->margin);
	t->plan->n_margins = 1;
	t->plan->collapse = asked_collapse(s);
	if (t->survey ? !waves_read(s->arena, &t->year, true, why)
		      : !gather_read(s, &t->o, true, &t->file, why))
		return false;
	t->columns = t->survey ? &t->year.columns : &t->file.columns;
	t->answers = t->survey ? &t->year.answers : &t->file.answers;
	t->linear = (struct linear){&t->answers->frame, t->o.lonely, t->o.domain_lonely};
	t->rows = (struct rows){t->columns->n, t->columns->weight, t->columns->leaf};
	t->selected = t->columns->selected;
	t->rank = arena_new(s->arena, t->plan->n_factors, sizeof *t->rank);
	t->levels = arena_new(s->arena, t->plan->n_factors, sizeof *t->levels);
	for (size_t f = 0; f < t->plan->n_factors; f++)
		rank_levels(s->arena, t, f);
	return true;
}

static double value(const struct study *t, size_t row, size_t variable)
{
	return columns_value(t->columns, row, variable);
}

/* The rank of the row's level. */
static size_t level(const struct study *t, size_t row, size_t factor)
{
	size_t l = t->columns->factor[row * t->plan->n_factors + factor];

	return l == NO_LEVEL ? NO_LEVEL : t->rank[factor][l];
}

/* The name of the level with a rank. */
static struct text level_name(const struct study *t, size_t factor, size_t rank)
{
	const struct dict *levels = t->plan->factor[factor].levels;

	for (size_t i = 0; i < levels->n; i++)
		if (t->rank[factor][i] == rank)
			return levels->entry[i].name;
	return (struct text){"", 0};
}

/* ---- results ------------------------------------------------------------------------------- */

static struct result_row new_row(struct session *s, const struct study *t, struct text item,
				 const char *stat)
{
	struct result_row row = result_row_init();

	row.survey = t->survey ? t->survey->id : span_of(s->options.word[0]);
	row.source = t->survey ? t->wave->file : span_of(s->options.word[0]);
	row.year = t->wave ? t->wave->year : 0;
	row.domain = where_words(s->arena, &t->plan->where);
	row.item = item;
	row.stat = span_of(stat);
	row.method = span_of("taylor");
	row.flags = t->wave && t->wave->simulated ? FLAG_SIMULATED : 0;
	return row;
}

/* An estimate with its t test. */
static void add_estimate(struct session *s, struct study *t, struct result_row row, double df)
{
	struct interval i = interval_wald(row.estimate, row.se, df, t->o.level);

	row.level = t->o.level;
	row.ci_low = i.low;
	row.ci_high = i.high;
	row.df = isfinite(df) ? df : NAN;
	result_add(s->arena, &t->result, &row);
}

/* ---- two-way tables ------------------------------------------------------------------------ */

static bool table_rows(struct session *s, struct study *t, struct text item, size_t a, size_t b,
		       struct diag *why)
{
	static const char *const names[CROSSTAB__COUNT] = {
		[CROSSTAB_F] = "rao-scott-f",
		[CROSSTAB_CHISQ] = "rao-scott-chisq",
		[CROSSTAB_WALD] = "wald",
		[CROSSTAB_ADJWALD] = "adjusted-wald",
		[CROSSTAB_SADDLEPOINT] = "saddlepoint",
	};
	size_t n = t->columns->n;
	size_t *row = arena_new(s->arena, n, sizeof *row),
	       *col = arena_new(s->arena, n, sizeof *col);
	struct crosstab_input in = {t->levels[a], t->levels[b], row, col, t->selected};
	struct crosstab table;

	for (size_t i = 0; i < n; i++) {
		row[i] = level(t, i, a);
		col[i] = level(t, i, b);
	}
	if (!crosstab_linear(s->arena, &t->linear, &t->rows, &in, &table, why))
		return false;
	for (size_t k = 0; k <= CROSSTAB_SADDLEPOINT; k++) {
		struct result_row out = new_row(s, t, item, names[k]);
		struct crosstab_test test;
		struct diag own = {0};

		if (!crosstab_test(&table, (enum crosstab_kind)k, &test, &own)) {
			if (k == CROSSTAB_F) {
				*why = own;
				return false;
			}
			out.reason[LANG_EN] = arena_text(s->arena, span_of(own.item[0].words));
		} else {
			out.statistic = test.statistic;
			out.ndf = test.ndf;
			out.df = isfinite(test.ddf) ? test.ddf : NAN;
			out.p_value = test.p;
		}
		out.n = (double)table.n;
		result_add(s->arena, &t->result, &out);
	}
	return true;
}

static bool run_table(struct session *s, struct study *t, struct diag *why)
{
	struct text a = span_of(s->options.value[OPT_ITEM]), b = span_of(s->options.value[OPT_BY]);
	size_t fa, fb;

	return add_factor(s, t, a, &fa, why) && add_factor(s, t, b, &fb, why) &&
	       read_subject(s, t, why) &&
	       table_rows(s, t, arena_format(s->arena, "%.*s*%.*s", SPAN_ARG(a), SPAN_ARG(b)), fa,
			  fb, why);
}

/* ---- t tests ------------------------------------------------------------------------------- */

static double *values(struct session *s, const struct study *t, size_t variable)
{
	double *y = arena_new(s->arena, t->columns->n, sizeof *y);

	for (size_t i = 0; i < t->columns->n; i++)
		y[i] = value(t, i, variable);
	return y;
}

static struct ttest_df degrees(const struct study *t)
{
	switch (t->o.df) {
	case DF_DESIGN: return (struct ttest_df){linear_design_df(t->linear.frame), false};
	case DF_INFINITE: return (struct ttest_df){INFINITY, false};
	case DF_GIVEN: return (struct ttest_df){t->o.df_given, false};
	case DF_DOMAIN: break;
	}
	return (struct ttest_df){NAN, false};
}

static void add_ttest(struct session *s, struct study *t, struct text item, const char *stat,
		      const struct ttest *test)
{
	struct result_row row = new_row(s, t, item, stat);

	row.estimate = test->estimate;
	row.se = test->se;
	row.statistic = test->t;
	row.p_value = test->p;
	row.n = (double)test->n;
	row.flags |= test->lonely ? FLAG_LONELY : 0;
	add_estimate(s, t, row, test->df);
}

static bool run_against(struct session *s, struct study *t, struct diag *why)
{
	struct text item = span_of(s->options.value[OPT_ITEM]);
	struct ttest test;
	double against;
	size_t v;

	if (!asked_number(s, OPT_AGAINST, -1e300, 1e300, 0, &against, why) ||
	    !add_variable(s, t, item, true, &v, why) || !read_subject(s, t, why))
		return false;
	struct ttest_side side = {values(s, t, v), t->selected};

	if (!ttest_one(&t->linear, &t->rows, &side, against, degrees(t), &test, why))
		return false;
	add_ttest(s, t, item, "mean-against", &test);
	return true;
}

/* Rows of one level of a factor, inside the conditions. */
static bool *level_rows(struct session *s, const struct study *t, size_t factor, size_t wanted)
{
	bool *in = arena_new(s->arena, t->columns->n, sizeof *in);

	for (size_t i = 0; i < t->columns->n; i++)
		in[i] = t->selected[i] && level(t, i, factor) == wanted;
	return in;
}

static bool run_means(struct session *s, struct study *t, struct diag *why)
{
	struct text item = span_of(s->options.value[OPT_ITEM]);
	size_t v, f;

	if (!add_variable(s, t, item, true, &v, why) ||
	    !add_factor(s, t, span_of(s->options.value[OPT_BY]), &f, why) ||
	    !read_subject(s, t, why))
		return false;
	const double *y = values(s, t, v);

	if (t->levels[f] < 2)
		return diag_fail(why, DIAG_DATA, "\"%s\" has only one group",
				 s->options.value[OPT_BY]);
	for (size_t a = 0; a < t->levels[f]; a++)
		for (size_t b = a + 1; b < t->levels[f]; b++) {
			struct ttest_side first = {y, level_rows(s, t, f, a)};
			struct ttest_side second = {y, level_rows(s, t, f, b)};
			struct text words = arena_format(
				s->arena, "%.*s: %.*s - %.*s", SPAN_ARG(item),
				SPAN_ARG(level_name(t, f, b)), SPAN_ARG(level_name(t, f, a)));
			struct ttest test;

			if (!ttest_two(&t->linear, &t->rows, &first, &second, degrees(t), &test,
				       why))
				return false;
			add_ttest(s, t, words, "difference", &test);
		}
	return true;
}

/* ---- regression ---------------------------------------------------------------------------- */

/* "y ~ a + b": a number is itself, another column an indicator for each level but the first. */
struct term {
	struct text name;
	bool number;
	size_t at; /* variable or factor */
};

struct formula {
	size_t y, n;
	struct term term[MOST_TERMS];
};

static bool parse_formula(struct session *s, struct study *t, struct formula *f, struct diag *why)
{
	struct text rest = span_of(s->options.value[OPT_MODEL]), y, one;

	*f = (struct formula){0};
	span_split(&rest, '~', &y);
	if (!rest.at || span_trim(rest).n == 0) {
		diag_fail(why, DIAG_USAGE, "--model: \"%s\" is no formula",
			  s->options.value[OPT_MODEL]);
		return diag_hint(why, "such as --model \"satisfied ~ age + residence\"");
	}
	if (!add_variable(s, t, span_trim(y), true, &f->y, why))
		return false;
	while (span_split(&rest, '+', &one)) {
		struct term *term = &f->term[f->n];
		struct text column;

		if (f->n == MOST_TERMS)
			return diag_fail(why, DIAG_USAGE, "--model: more than %d terms",
					 MOST_TERMS);
		term->name = span_trim(one);
		if (!column_of(t, term->name, &column, why))
			return false;
		term->number = is_number(t, column);
		if (term->number ? !add_variable(s, t, term->name, false, &term->at, why)
				 : !add_factor(s, t, term->name, &term->at, why))
			return false;
		f->n++;
	}
	return true;
}

static size_t width(const struct study *t, const struct term *term)
{
	return term->number ? 1 : (t->levels[term->at] ? t->levels[term->at] - 1 : 0);
}

/* A row of the model matrix; false when something in it is missing. */
static bool fill_row(const struct study *t, const struct formula *f, size_t i, double *x)
{
	bool whole = !isnan(value(t, i, f->y));

	*x++ = 1;
	for (size_t k = 0; k < f->n; k++) {
		const struct term *term = &f->term[k];
		size_t l = term->number ? 0 : level(t, i, term->at);

		whole = whole && (term->number ? !isnan(value(t, i, term->at)) : l != NO_LEVEL);
		for (size_t j = 0; j < width(t, term); j++)
			*x++ = term->number ? value(t, i, term->at) : l == j + 1;
	}
	return whole;
}

static struct text *name_columns(struct session *s, const struct study *t, const struct formula *f,
				 size_t k)
{
	struct text *names = arena_new(s->arena, k, sizeof *names);
	size_t n = 0;

	names[n++] = span_of("(Intercept)");
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = 0; j < width(t, &f->term[i]); j++)
			names[n++] =
				f->term[i].number
					? f->term[i].name
					: arena_format(
						  s->arena, "%.*s=%.*s", SPAN_ARG(f->term[i].name),
						  SPAN_ARG(level_name(t, f->term[i].at, j + 1)));
	return names;
}

static bool run_model(struct session *s, struct study *t, struct diag *why)
{
	const char *family = s->options.value[OPT_FAMILY];
	struct formula f;
	struct regress_model m = {.k = 1};
	struct regress fit;
	bool *in;
	double *x;

	if (family && strcmp(family, "linear") != 0 && strcmp(family, "logistic") != 0)
		return diag_fail(why, DIAG_USAGE, "--family: \"%s\" is neither linear nor logistic",
				 family);
	m.family = family && strcmp(family, "logistic") == 0 ? REGRESS_LOGISTIC : REGRESS_LINEAR;
	if (!parse_formula(s, t, &f, why) || !read_subject(s, t, why))
		return false;
	for (size_t i = 0; i < f.n; i++)
		m.k += width(t, &f.term[i]);
	x = arena_new(s->arena, t->columns->n, m.k * sizeof *x);
	in = arena_new(s->arena, t->columns->n, sizeof *in);
	for (size_t i = 0; i < t->columns->n; i++)
		in[i] = fill_row(t, &f, i, x + i * m.k) && t->selected[i];
	m.x = x;
	m.y = values(s, t, f.y);
	m.in = in;
	m.name = name_columns(s, t, &f, m.k);
	if (!regress_linear(s->arena, &t->linear, &t->rows, &m, &fit, why))
		return false;
	for (size_t j = 0; j < m.k; j++) {
		struct result_row row = new_row(s, t, m.name[j], "coefficient");

		row.estimate = fit.beta[j];
		row.se = fit.se[j];
		row.statistic = fit.t[j];
		row.p_value = fit.p[j];
		row.n = (double)fit.n;
		add_estimate(s, t, row, fit.df);
	}
	return true;
}

/* ---- the command --------------------------------------------------------------------------- */

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, false, out);
}

static bool choose(struct session *s, struct study *t, struct diag *why)
{
	const char *item = s->options.value[OPT_ITEM], *stat = s->options.value[OPT_STAT];
	bool means = stat && strcmp(stat, "mean") == 0;

	if (stat && !means && strcmp(stat, "table") != 0)
		return diag_fail(why, DIAG_USAGE, "--stat: \"%s\" is neither table nor mean", stat);
	if (s->options.value[OPT_MODEL])
		return run_model(s, t, why);
	if (item && s->options.value[OPT_AGAINST])
		return run_against(s, t, why);
	if (item && s->options.value[OPT_BY])
		return means || s->options.value[OPT_CATEGORY] ? run_means(s, t, why)
							       : run_table(s, t, why);
	diag_fail(why, DIAG_USAGE, "what is to be tested?");
	return diag_hint(why, "--item A --by B, --item A --against NUMBER, or --model FORMULA");
}

static bool run(struct session *s, struct diag *why)
{
	struct study t = {.o.statistic = STATISTIC_MEAN};
	struct narrative n = {.phrases = &s->phrases};
	bool said;

	t.result.parts = PART_TEST | PART_ESTIMATE;
	if (!asked_variance(s, &t.o, why) || !open_subject(s, &t, why) || !choose(s, &t, why) ||
	    !load_show(s, &n, &t.result, sheet, &said, why))
		return false;
	if (said && t.wave && t.wave->simulated)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
	return true;
}

extern const struct command cmd_test;
const struct command cmd_test = {
	.name = "test",
	.words = "SURVEY|FILE",
	.least_words = 1,
	.most_words = 1,
	.summary = "two-way tables, differences of means, regression, under the design",
	.help = "  hailong test answers.csv --weight w --strata s --psu v --item q5 --by sex\n"
		"  hailong test answers.csv --weight w --psu v --item q5 --stat mean --by sex\n"
		"  hailong test answers.csv --weight w --psu v --item q5 --category 4,5 --against "
		"0.8\n"
		"  hailong test sipas-example --model \"I.A.1 ~ residence + age_group\"\n\n"
		"--item and --by: Rao-Scott tests of a two-way table; with --stat mean, or "
		"--category for\n"
		"shares, differences between groups. --against: a mean or share against a "
		"constant.\n"
		"--model: linear or logistic regression; columns that are not numbers become "
		"indicators.\n",
	.options = (const enum option[]){OPT_ITEM,          OPT_BY,     OPT_STAT,   OPT_CATEGORY,
					 OPT_AGAINST,       OPT_MODEL,  OPT_FAMILY, OPT_WHERE,
					 OPT_YEAR,          OPT_WEIGHT, OPT_STRATA, OPT_PSU,
					 OPT_SSU,           OPT_NEST,   OPT_FPC,    OPT_LONELY,
					 OPT_DOMAIN_LONELY, OPT_LEVEL,  OPT_DF,     OPT_FORMAT,
					 OPT_OUT,           OPT_FORCE,  OPT__COUNT},
	.run = run,
};
