#include "cmd/study.h"

#include "cmd/load.h"
#include "survey/cells.h"

bool study_open(struct session *s, struct study *t, struct diag *why)
{
	const char *where = s->options.value[OPT_WHERE];
	struct loaded *l;
	long year;

	t->plan = gather_is_file(s->options.word[0]) ? &t->file.plan : &t->year.plan;
	if (t->plan == &t->file.plan)
		return gather_design(s, &t->plan->design, why) &&
		       (!where || where_parse(s->arena, span_of(where), &t->plan->where, why)) &&
		       heading_read_as(s->arena, s->options.word[0], &s->reading.form, true,
				       &t->heading, why);
	l = arena_new(s->arena, 1, sizeof *l);
	if (!load_read(s, s->options.word[0], l, why) ||
	    !load_year(s, l, OPT_YEAR, survey_last_year(&l->survey), &year, why))
		return false;
	t->survey = &l->survey;
	t->wave = survey_wave(&l->survey, year);
	return waves_plan(s->arena, t->survey, t->wave, &t->year, why) &&
	       (!where || where_parse(s->arena, span_of(where), &t->plan->where, why)) &&
	       heading_read_as(s->arena, waves_file(s->arena, &t->year), &s->reading.form, true,
			       &t->heading, why);
}

static const struct question *study_question(const struct study *t, struct text name)
{
	const struct question *q = NULL;

	if (t->survey)
		q = codebook_column(&t->survey->codebook, t->wave->era, name);
	if (t->survey && !q)
		q = codebook_code(&t->survey->codebook, t->wave->era, name);
	return q;
}

/* The column of a name, which may be the code of a question. */
bool study_column(const struct study *t, struct text name, struct text *out, struct diag *why)
{
	const struct question *q = study_question(t, name);

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
bool study_is_number(const struct study *t, struct text column)
{
	const struct question *q = study_question(t, column);

	return t->heading.numeric[position(&t->heading, column)] &&
	       !(q && (q->kind == QUESTION_CATEGORY || q->kind == QUESTION_YESNO));
}

/* A number; with --category or --satisfied a share. */
bool study_variable(struct session *s, struct study *t, struct text name, bool share, size_t *out,
		    struct diag *why)
{
	const char *levels = s->options.value[OPT_CATEGORY];
	struct plan *p = t->plan;
	struct variable v = {.question = study_question(t, name)};
	struct text rest = span_of(levels), one, *counting;

	if (!study_column(t, name, &v.column, why))
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

bool study_factor(struct session *s, struct study *t, struct text name, size_t *out,
		  struct diag *why)
{
	struct text column;

	if (!study_column(t, name, &column, why))
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
	size_t *order = cells_rank_levels(a, factor->levels, factor->question);
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

bool study_read(struct session *s, struct study *t, struct diag *why)
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

double study_value(const struct study *t, size_t row, size_t variable)
{
	return columns_value(t->columns, row, variable);
}

/* The rank of the row's level. */
size_t study_level(const struct study *t, size_t row, size_t factor)
{
	size_t l = t->columns->factor[row * t->plan->n_factors + factor];

	return l == NO_LEVEL ? NO_LEVEL : t->rank[factor][l];
}

/* The name of the level with a rank. */
struct text study_level_name(const struct study *t, size_t factor, size_t rank)
{
	const struct dict *levels = t->plan->factor[factor].levels;

	for (size_t i = 0; i < levels->n; i++)
		if (t->rank[factor][i] == rank)
			return levels->entry[i].name;
	return (struct text){"", 0};
}
