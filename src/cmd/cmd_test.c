/* Tests on answers: two-way tables, differences of means, regression. All need the rows. */
#include "cmd/load.h"
#include "cmd/study.h"
#include "estimate/crosstab.h"
#include "estimate/regress.h"
#include "estimate/ttest.h"
#include "output/table_estimate.h"

#include <math.h>
#include <string.h>

#define MOST_TERMS 32

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
		row[i] = study_level(t, i, a);
		col[i] = study_level(t, i, b);
	}
	if (!crosstab_linear(s->arena, &t->linear, &t->rows, &in, &table, why))
		return false;
	for (size_t k = 0; k <= CROSSTAB_SADDLEPOINT; k++) {
		struct result_row out = new_row(s, t, item, names[k]);
		struct crosstab_test test;
		struct diag english = {0}; /* as its row is */

		if (!crosstab_test(&table, (enum crosstab_kind)k, &test, &english)) {
			if (k == CROSSTAB_F)
				return crosstab_test(&table, CROSSTAB_F, &test, why);
			out.reason[LANG_EN] = arena_text(s->arena, span_of(english.item[0].words));
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

	return study_factor(s, t, a, &fa, why) && study_factor(s, t, b, &fb, why) &&
	       study_read(s, t, why) &&
	       table_rows(s, t, arena_format(s->arena, "%.*s*%.*s", SPAN_ARG(a), SPAN_ARG(b)), fa,
			  fb, why);
}

/* ---- t tests ------------------------------------------------------------------------------- */

static double *values(struct session *s, const struct study *t, size_t variable)
{
	double *y = arena_new(s->arena, t->columns->n, sizeof *y);

	for (size_t i = 0; i < t->columns->n; i++)
		y[i] = study_value(t, i, variable);
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
	    !study_variable(s, t, item, true, &v, why) || !study_read(s, t, why))
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
		in[i] = t->selected[i] && study_level(t, i, factor) == wanted;
	return in;
}

static bool run_means(struct session *s, struct study *t, struct diag *why)
{
	struct text item = span_of(s->options.value[OPT_ITEM]);
	size_t v, f;

	if (!study_variable(s, t, item, true, &v, why) ||
	    !study_factor(s, t, span_of(s->options.value[OPT_BY]), &f, why) ||
	    !study_read(s, t, why))
		return false;
	const double *y = values(s, t, v);

	if (t->levels[f] < 2)
		return diag_fail(why, DIAG_DATA, "\"%s\" has only one group",
				 s->options.value[OPT_BY]);
	for (size_t a = 0; a < t->levels[f]; a++)
		for (size_t b = a + 1; b < t->levels[f]; b++) {
			struct ttest_side first = {y, level_rows(s, t, f, a)};
			struct ttest_side second = {y, level_rows(s, t, f, b)};
			struct text words =
				arena_format(s->arena, "%.*s: %.*s - %.*s", SPAN_ARG(item),
					     SPAN_ARG(study_level_name(t, f, b)),
					     SPAN_ARG(study_level_name(t, f, a)));
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
	if (!study_variable(s, t, span_trim(y), true, &f->y, why))
		return false;
	while (span_split(&rest, '+', &one)) {
		struct term *term = &f->term[f->n];
		struct text column;

		if (f->n == MOST_TERMS)
			return diag_fail(why, DIAG_USAGE, "--model: more than %d terms",
					 MOST_TERMS);
		term->name = span_trim(one);
		if (!study_column(t, term->name, &column, why))
			return false;
		term->number = study_is_number(t, column);
		if (term->number ? !study_variable(s, t, term->name, false, &term->at, why)
				 : !study_factor(s, t, term->name, &term->at, why))
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
	bool whole = !isnan(study_value(t, i, f->y));

	*x++ = 1;
	for (size_t k = 0; k < f->n; k++) {
		const struct term *term = &f->term[k];
		size_t l = term->number ? 0 : study_level(t, i, term->at);

		whole = whole &&
			(term->number ? !isnan(study_value(t, i, term->at)) : l != NO_LEVEL);
		for (size_t j = 0; j < width(t, term); j++)
			*x++ = term->number ? study_value(t, i, term->at) : l == j + 1;
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
			names[n++] = f->term[i].number
					     ? f->term[i].name
					     : arena_format(s->arena, "%.*s=%.*s",
							    SPAN_ARG(f->term[i].name),
							    SPAN_ARG(study_level_name(
								    t, f->term[i].at, j + 1)));
	return names;
}

/* Wald's F that all indicators of a factor are 0 at once. */
static bool add_joint(struct session *s, struct study *t, const struct formula *f,
		      const struct regress *fit, struct diag *why)
{
	size_t column = 1, *which = arena_new(s->arena, fit->k, sizeof *which);

	for (size_t i = 0; i < f->n; i++) {
		size_t n = width(t, &f->term[i]);
		struct result_row row = new_row(s, t, f->term[i].name, "wald-f");
		struct regress_joint joint;

		for (size_t j = 0; j < n; j++)
			which[j] = column + j;
		column += n;
		if (n < 2)
			continue;
		if (!regress_joint(fit, n, which, &joint, why))
			return false;
		row.statistic = joint.f;
		row.ndf = joint.ndf;
		row.df = isfinite(joint.ddf) ? joint.ddf : NAN;
		row.p_value = joint.p;
		row.n = (double)fit->n;
		result_add(s->arena, &t->result, &row);
	}
	return true;
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
	if (!parse_formula(s, t, &f, why) || !study_read(s, t, why))
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
	return add_joint(s, t, &f, &fit, why);
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
	if (!asked_variance(s, &t.o, why) || !study_open(s, &t, why) || !choose(s, &t, why) ||
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
		"  hailong test sipas-example --model \"CODE ~ residence + age_group\"\n\n"
		"--item and --by: Rao-Scott tests of a two-way table; with --stat mean, or "
		"--category for\n"
		"shares, differences between groups. --against: a mean or share against a "
		"constant.\n"
		"--model: linear or logistic regression; columns that are not numbers become "
		"indicators.\n",
	.options = (const enum option[]){OPT_ITEM,          OPT_BY,     OPT_STAT,     OPT_CATEGORY,
					 OPT_AGAINST,       OPT_MODEL,  OPT_FAMILY,   OPT_WHERE,
					 OPT_YEAR,          OPT_WEIGHT, OPT_STRATA,   OPT_PSU,
					 OPT_SSU,           OPT_NEST,   OPT_FPC,      OPT_LONELY,
					 OPT_DOMAIN_LONELY, OPT_LEVEL,  OPT_DF,       OPT_FORMAT,
					 OPT_OUT,           OPT_FORCE,  OPTIONS_FORM, OPT__COUNT},
	.run = run,
};
