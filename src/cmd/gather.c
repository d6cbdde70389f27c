#include "cmd/gather.h"

#include "base/text.h"
#include "input/spool.h"
#include "input/statkind.h"
#include "survey/catalog.h"
#include "survey/reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool gather_is_file(const char *word)
{
	return !catalog_is_folder(word) && (catalog_is_file(word) || strchr(word, '/') ||
					    statkind_of_name(word) != STATKIND_NONE);
}

/* The parts of an option, at most `most` of them. */
static bool split(const struct session *s, enum option option, char separator, size_t most,
		  struct text *out, size_t *n, struct diag *why)
{
	const char *value = s->options.value[option];
	struct text rest = span_of(value), part;

	*n = 0;
	while (value && span_split(&rest, separator, &part)) {
		if (part.n == 0)
			return diag_fail(why, DIAG_USAGE, "--%s: a name is missing in \"%s\"",
					 option_specs[option].name, value);
		if (*n == most)
			return diag_fail(why, DIAG_USAGE, "--%s: more than %zu names",
					 option_specs[option].name, most);
		out[(*n)++] = text_nfc(s->arena, part);
	}
	return true;
}

bool gather_design(struct session *s, struct design *out, struct diag *why)
{
	const char *weight = s->options.value[OPT_WEIGHT];
	struct text later[FRAME_STAGES];
	size_t n_later;

	if (weight && !*weight)
		return diag_fail(why, DIAG_USAGE, "--weight: the name of a column is missing");
	*out = (struct design){.weight = span_of(s->options.value[OPT_WEIGHT]),
			       .nest = s->options.value[OPT_NEST] != NULL};
	if (!split(s, OPT_STRATA, '*', DESIGN_STRATA, out->stratum, &out->n_strata, why) ||
	    !split(s, OPT_PSU, ',', 1, out->unit, &out->n_units, why) ||
	    !split(s, OPT_SSU, ',', FRAME_STAGES - 2, later, &n_later, why) ||
	    !split(s, OPT_FPC, ',', FRAME_STAGES, out->fpc, &out->n_fpc, why))
		return false;
	if (n_later && !out->n_units)
		return diag_fail(why, DIAG_USAGE, "--ssu needs --psu: units inside what?");
	for (size_t i = 0; i < n_later; i++)
		out->unit[out->n_units++] = later[i];
	if (out->n_fpc > out->n_units + 1)
		return diag_fail(why, DIAG_USAGE,
				 "--fpc names %zu columns, but there are at most %zu stages",
				 out->n_fpc, out->n_units + 1);
	if (out->nest && !out->n_units)
		return diag_fail(why, DIAG_USAGE, "--nest says how --psu is named; there is none");
	return true;
}

size_t gather_factor(struct session *s, struct plan *p, struct text column)
{
	for (size_t i = 0; i < p->n_factors; i++)
		if (span_equal(p->factor[i].column, column))
			return i;
	p->factor = arena_grow(s->arena, p->factor, p->n_factors, sizeof *p->factor);
	p->factor[p->n_factors] = (struct factor){.column = column};
	return p->n_factors++;
}

static bool add_groups(struct session *s, struct plan *p, struct diag *why)
{
	struct text by[MARGIN_FACTORS];
	size_t n;

	if (!split(s, OPT_BY, ',', MARGIN_FACTORS, by, &n, why))
		return false;
	p->margin = arena_new(s->arena, 1, sizeof *p->margin);
	p->n_margins = 1;
	for (size_t i = 0; i < n; i++)
		p->margin->factor[p->margin->n++] = gather_factor(s, p, by[i]);
	return true;
}

/* Columns that `--item all` leaves out. */
static size_t used_columns(const struct plan *p, const struct text *replicates, size_t n,
			   struct text *used)
{
	const struct design *d = &p->design;
	size_t k = 0;

	used[k++] = d->weight;
	for (size_t i = 0; i < d->n_strata; i++)
		used[k++] = d->stratum[i];
	for (size_t i = 0; i < d->n_units; i++)
		used[k++] = d->unit[i];
	for (size_t i = 0; i < d->n_fpc; i++)
		used[k++] = d->fpc[i];
	for (size_t i = 0; i < n; i++)
		used[k++] = replicates[i];
	return k;
}

/* --category or --satisfied as a list of levels. */
static bool counting(struct session *s, enum option option, const struct text **out, size_t *n,
		     struct diag *why)
{
	struct text *list = arena_new(s->arena, 64, sizeof *list);

	*out = list;
	return split(s, option, ',', 64, list, n, why);
}

static bool shape_variable(struct session *s, const struct estimate_options *o, struct variable *v,
			   struct diag *why)
{
	enum option option = o->statistic == STATISTIC_RATE ? OPT_SATISFIED : OPT_CATEGORY;
	bool levels = s->options.value[option] != NULL;

	switch (o->statistic) {
	case STATISTIC_RATE:
		if (!levels)
			return diag_fail(why, DIAG_USAGE,
					 "a rate needs --satisfied: the levels that count, as in "
					 "--satisfied 4,5");
		break;
	case STATISTIC_RATIO:
		v->kind = VARIABLE_PAIR;
		v->over = span_of(s->options.value[OPT_OVER]);
		return v->over.n ||
		       diag_fail(why, DIAG_USAGE, "a ratio needs --over: the denominator");
	case STATISTIC_PROPORTION:
	case STATISTIC_DISTRIBUTION:
		if (levels && o->statistic == STATISTIC_PROPORTION)
			break;
		v->kind = VARIABLE_LEVELS;
		return true;
	case STATISTIC_TOTAL:
		if (levels)
			break;
		v->kind = VARIABLE_NUMBER;
		return true;
	case STATISTIC_MEAN:
	case STATISTIC_VARIANCE:
	case STATISTIC_QUANTILE:
	case STATISTIC__COUNT: v->kind = VARIABLE_NUMBER; return true;
	}
	v->kind = VARIABLE_SHARE;
	return counting(s, option, &v->counting, &v->n_counting, why);
}

/* An option the statistic would pass over is a misunderstanding. */
static bool check_options(const struct session *s, const struct estimate_options *o,
			  struct diag *why)
{
	static const struct {
		enum option option;
		unsigned statistics;
	} uses[] = {
		{OPT_CATEGORY, 1u << STATISTIC_PROPORTION | 1u << STATISTIC_TOTAL},
		{OPT_SATISFIED, 1u << STATISTIC_RATE},
		{OPT_OVER, 1u << STATISTIC_RATIO},
		{OPT_Q, 1u << STATISTIC_QUANTILE},
		{OPT_QRULE, 1u << STATISTIC_QUANTILE},
	};

	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
		if (s->options.value[uses[i].option] && !(uses[i].statistics & 1u << o->statistic))
			return diag_fail(why, DIAG_USAGE, "--%s does not go with --stat %s",
					 option_specs[uses[i].option].name,
					 statistic_name(o->statistic));
	return true;
}

static bool which_columns(struct session *s, const struct heading *h, struct diag *why)
{
	struct text list = {"", 0};

	diag_fail(why, DIAG_USAGE, "--item is missing: which columns?");
	for (size_t i = 0; i < h->n && list.n < 200; i++)
		list = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(list), i ? ", " : "",
				    SPAN_ARG(h->name[i]));
	return list.n == 0 ? false
			   : diag_hint(why, "the file has %.*s%s; several by commas, or as q01-q60",
				       SPAN_ARG(list), list.n < 200 ? "" : " ...");
}

static bool add_variables(struct session *s, const struct estimate_options *o, struct gathered *out,
			  struct diag *why)
{
	const char *items = s->options.value[OPT_ITEM];
	struct plan *p = &out->plan;
	struct text *column, *used;

	if (!items)
		return which_columns(s, &out->heading, why);
	if (!asked_interval_fits(s, o, why))
		return false;
	used = arena_new(s->arena, 2 + DESIGN_STRATA + 2 * FRAME_STAGES + p->n_numbers,
			 sizeof *used);
	if (!heading_expand(s->arena, &out->heading, span_of(items), used,
			    used_columns(p, p->number, p->n_numbers, used), &column,
			    &p->n_variables, why))
		return false;
	p->variable = arena_new(s->arena, p->n_variables, sizeof *p->variable);
	for (size_t i = 0; i < p->n_variables; i++) {
		p->variable[i].column = column[i];
		if (!shape_variable(s, o, &p->variable[i], why))
			return false;
	}
	return true;
}

bool gather_pipes(struct session *s, struct diag *why)
{
	for (size_t i = 0; i < s->options.words; i++)
		if (!spool_path(s->arena, s->options.word[i], &s->options.word[i], why))
			return false;
	return true;
}

/* Before the heading is read, and behind it. */
static bool begin_plan(struct session *s, const struct estimate_options *o, struct gathered *out,
		       struct diag *why)
{
	const char *where = s->options.value[OPT_WHERE];

	*out = (struct gathered){.plan.reading = s->reading};
	return asked_reading(s, &out->plan.reading, why) &&
	       gather_design(s, &out->plan.design, why) && check_options(s, o, why) &&
	       (!where || where_parse(s->arena, span_of(where), &out->plan.where, why));
}

static bool end_plan(struct session *s, const struct estimate_options *o, struct gathered *out,
		     struct diag *why)
{
	const char *replicates = s->options.value[OPT_REPWEIGHTS];
	struct plan *p = &out->plan;

	return (!replicates || heading_expand(s->arena, &out->heading, span_of(replicates), NULL, 0,
					      &p->number, &p->n_numbers, why)) &&
	       add_groups(s, p, why) && add_variables(s, o, out, why);
}

bool gather_plan(struct session *s, const struct estimate_options *o, struct gathered *out,
		 struct diag *why)
{
	const char *items = s->options.value[OPT_ITEM];
	bool all = items && strstr(items, "all") != NULL;

	return gather_pipes(s, why) && begin_plan(s, o, out, why) &&
	       heading_read_as(s->arena, s->options.word[0], &s->reading.form, all, &out->heading,
			       why) &&
	       end_plan(s, o, out, why);
}

bool gather_plan_of(struct session *s, const struct estimate_options *o,
		    const struct heading *heading, struct gathered *out, struct diag *why)
{
	if (!begin_plan(s, o, out, why))
		return false;
	out->heading = *heading;
	return end_plan(s, o, out, why);
}

/* ---- a year of a survey -------------------------------------------------------------------- */

static const struct question *find_question(const struct wave_answers *w, struct text name)
{
	const struct codebook *book = &w->survey->codebook;
	const struct question *q = codebook_code(book, w->wave->era, name);

	return q ? q : codebook_column(book, w->wave->era, name);
}

static bool wave_question(const struct wave_answers *w, struct text name,
			  const struct question **out, struct diag *why)
{
	const struct codebook *book = &w->survey->codebook;

	*out = find_question(w, name);
	if (*out && (*out)->kind != QUESTION_TEXT)
		return true;
	diag_fail(why, DIAG_USAGE, "%.*s of %ld has no question \"%.*s\" that can be counted",
		  SPAN_ARG(w->survey->name), w->wave->year, SPAN_ARG(name));
	return diag_hint(why, "%s lists the questions", book->file);
}

/* Levels given on the command line are levels of the question. */
static bool check_levels(const struct variable *v, struct diag *why)
{
	for (size_t i = 0; i < v->n_counting && v->question->n_levels; i++)
		if (!question_level(v->question, v->counting[i]))
			return diag_fail(why, DIAG_USAGE, "\"%.*s\" has no level \"%.*s\"",
					 SPAN_ARG(v->question->code), SPAN_ARG(v->counting[i]));
	return true;
}

static bool add_question(struct session *s, const struct estimate_options *o,
			 const struct question *q, struct wave_answers *w, struct diag *why)
{
	struct variable v = {.column = q->column, .question = q};
	struct text *satisfied;

	if (o->statistic == STATISTIC_RATE && !s->options.value[OPT_SATISFIED]) {
		if (q->n_satisfied == 0)
			return diag_fail(
				why, DIAG_USAGE,
				"the codebook does not say which levels of \"%.*s\" count; "
				"--satisfied does",
				SPAN_ARG(q->code));
		satisfied = arena_new(s->arena, q->n_satisfied, sizeof *satisfied);
		for (size_t i = 0; i < q->n_levels; i++)
			if (q->level[i].satisfied)
				satisfied[v.n_counting++] = q->level[i].value;
		v.kind = VARIABLE_SHARE;
		v.counting = satisfied;
	} else if (!shape_variable(s, o, &v, why) || !check_levels(&v, why)) {
		return false;
	}
	if (v.kind == VARIABLE_PAIR) {
		if (!wave_question(w, v.over, &v.over_question, why))
			return false;
		v.over = v.over_question->column;
	}
	w->plan.variable = arena_grow(s->arena, w->plan.variable, w->plan.n_variables,
				      sizeof *w->plan.variable);
	w->plan.variable[w->plan.n_variables++] = v;
	return true;
}

/* "Q10.1-Q10.9": the questions of the year from one to another, as the codebook lists them. */
static bool find_range(const struct wave_answers *w, struct text name,
		       const struct question **first, const struct question **last)
{
	for (size_t i = 0; i < name.n; i++) {
		if (name.at[i] != '-')
			continue;
		*first = find_question(w, (struct text){name.at, i});
		*last = find_question(w, (struct text){name.at + i + 1, name.n - i - 1});
		if (*first && *last && *first <= *last)
			return true;
	}
	return false;
}

static bool add_items(struct session *s, const struct estimate_options *o, struct text name,
		      struct wave_answers *w, struct diag *why)
{
	const struct question *q, *last;

	if (find_question(w, name) || !find_range(w, name, &q, &last))
		return wave_question(w, name, &q, why) && add_question(s, o, q, w, why);
	for (; q <= last; q++)
		if ((q->era.n == 0 || span_equal(q->era, w->wave->era)) &&
		    !add_question(s, o, q, w, why))
			return false;
	return true;
}

static bool add_questions(struct session *s, const struct estimate_options *o,
			  struct wave_answers *w, struct diag *why)
{
	const char *items = s->options.value[OPT_ITEM];
	struct text rest = span_of(items), one;
	const struct codebook *book = &w->survey->codebook;

	while (items && !span_is(rest, "all") && span_split(&rest, ',', &one))
		if (!add_items(s, o, one, w, why))
			return false;
	if (items && !span_is(span_of(items), "all"))
		return true;
	for (size_t i = 0; i < book->n; i++)
		if (span_equal(book->at[i].era, w->wave->era) && book->at[i].n_satisfied &&
		    book->at[i].kind == QUESTION_LIKERT &&
		    !add_question(s, o, &book->at[i], w, why))
			return false;
	return w->plan.n_variables ||
	       diag_fail(why, DIAG_USAGE,
			 "no question of %ld has satisfied levels; --item names some",
			 w->wave->year);
}

bool gather_groups(struct session *s, const struct survey *survey, const struct wave *wave,
		   struct wave_answers *out, struct diag *why)
{
	const char *where = s->options.value[OPT_WHERE];
	struct text by[MARGIN_FACTORS];
	size_t factor[MARGIN_FACTORS], n = 0, n_by;

	if (!waves_plan(s->arena, survey, wave, out, why) ||
	    !asked_reading(s, &out->plan.reading, why) ||
	    (where && !where_parse(s->arena, span_of(where), &out->plan.where, why)) ||
	    !split(s, OPT_BY, ',', MARGIN_FACTORS - 1, by, &n_by, why))
		return false;
	if (s->options.value[OPT_PROVINCE] && !out->plan.province_first)
		return diag_fail(why, DIAG_USAGE,
				 "--province: design.csv names no column of provinces");
	if (survey->mapping && !s->options.value[OPT_PROVINCE])
		return diag_fail(why, DIAG_USAGE,
				 "--system brings provinces together: name one with --province, or "
				 "say --province all");
	if (s->options.value[OPT_PROVINCE])
		factor[n++] = 0;
	for (size_t i = 0; i < n_by; i++)
		factor[n++] = waves_factor(s->arena, out, by[i]);
	waves_margin(s->arena, out, factor, n);
	out->plan.collapse = asked_collapse(s);
	return true;
}

bool gather_wave(struct session *s, const struct estimate_options *o, const struct survey *survey,
		 const struct wave *wave, struct wave_answers *out, struct diag *why)
{
	return check_options(s, o, why) && gather_groups(s, survey, wave, out, why) &&
	       add_questions(s, o, out, why);
}

/* ---- reading ------------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	return span_compare(*x, *y);
}

/* The first ten names, in order. */
static struct text first_names(struct arena *a, struct text *name, size_t n)
{
	struct text s = {"", 0};

	qsort(name, n, sizeof *name, by_bytes);
	for (size_t i = 0; i < n && i < 10; i++)
		s = arena_format(a, "%.*s%s%.*s", SPAN_ARG(s), i ? ", " : "", SPAN_ARG(name[i]));
	return n > 10 ? arena_format(a, "%.*s, ...", SPAN_ARG(s)) : s;
}

static bool tell_lonely(struct session *s, const struct frame *f, bool fail, struct diag *why)
{
	struct text *lonely = NULL, names;
	size_t n = 0, strata = 0;

	for (size_t stage = 0; stage < f->stages; stage++)
		for (size_t i = 0; i < f->stage[stage].n_strata; i++) {
			const struct frame_stratum *h = &f->stage[stage].stratum[i];

			/* later stages count only under a population at the stage before */
			if (stage && isinf(f->stage[0].stratum[0].population))
				continue;
			strata++;
			if (h->units != 1 || h->population == 1)
				continue;
			lonely = arena_grow(s->arena, lonely, n, sizeof *lonely);
			lonely[n++] = h->above == FRAME_NONE
					      ? h->name
					      : f->stage[stage - 1].unit[h->above].name;
		}
	if (n == 0)
		return true;
	names = first_names(s->arena, lonely, n);
	if (fail)
		return diag_fail(why, DIAG_DATA, "%zu of %zu strata have one sampling unit (%.*s)",
				 n, strata, SPAN_ARG(names));
	diag_warn(why, "%zu of %zu strata have one sampling unit (%.*s); treated as --lonely %s", n,
		  strata, SPAN_ARG(names),
		  s->options.value[OPT_LONELY] ? s->options.value[OPT_LONELY] : "adjust");
	return true;
}

bool gather_warn(struct session *s, const struct estimate_options *o, const struct answers *answers,
		 struct diag *why)
{
	double n = (double)answers->rows;

	if (!tell_lonely(s, &answers->frame, o->lonely == LONELY_FAIL, why))
		return false;
	if (o->statistic == STATISTIC_TOTAL && fabs(answers->weight_sum - n) < 1e-6 * n)
		diag_warn(why,
			  "the weights sum to the number of rows: totals are of the sample, not of "
			  "the population");
	return true;
}

/* Words in a column whose levels are numbers are likely codes of missing answers: told, for they
 * count as answers. */
static void warn_words(struct session *s, const struct variable *v, struct diag *why)
{
	const struct dict *seen = v->spellings.seen;
	struct text words = {"", 0}, *word = arena_new(s->arena, seen->n, sizeof *word);
	size_t n = 0;
	double number;

	for (size_t i = 0; i < v->n_counting; i++)
		if (!number_parse(v->counting[i], &number))
			return;
	for (size_t i = 0; i < seen->n; i++)
		if (!number_parse(seen->entry[i].name, &number))
			word[n++] = seen->entry[i].name;
	if (n)
		qsort(word, n, sizeof *word, by_bytes);
	for (size_t i = 0; i < n && words.n < 120; i++)
		words = arena_format(s->arena, "%.*s%s\"%.*s\"", SPAN_ARG(words),
				     words.n ? ", " : "", SPAN_ARG(word[i]));
	if (words.n == 0)
		return;
	diag_warn(why,
		  "column \"%.*s\" also has %.*s, counted as answers that are not among the levels",
		  SPAN_ARG(v->column), SPAN_ARG(words));
	diag_hint(why, "only empty cells, NA and \".\" are missing; --where can leave rows out");
}

void gather_warn_words(struct session *s, const struct plan *p, struct diag *why)
{
	for (size_t i = 0; i < p->n_variables; i++)
		if (p->variable[i].kind == VARIABLE_SHARE)
			warn_words(s, &p->variable[i], why);
}

static bool read_columns(struct session *s, struct gathered *out, struct diag *why)
{
	answers_start(s->arena, &out->plan, &out->answers);
	columns_start(s->arena, &out->plan, &out->columns);
	for (size_t i = 0; i < s->options.words; i++)
		if (!answers_read(s->arena, &out->plan, s->options.word[i], &out->answers,
				  columns_add, &out->columns, why))
			return false;
	return answers_finish(&out->plan, &out->answers, why);
}

bool gather_read(struct session *s, const struct estimate_options *o, bool rows,
		 struct gathered *out, struct diag *why)
{
	struct plan *p = &out->plan;

	p->collapse = asked_collapse(s);
	if (rows ? !read_columns(s, out, why)
		 : !reading_tally(s->arena, p, s->options.word, s->options.words, &out->answers,
				  &out->tally, why))
		return false;
	gather_warn_words(s, p, why);
	if (!rows)
		tally_finish(&out->tally);
	return gather_warn(s, o, &out->answers, why);
}
