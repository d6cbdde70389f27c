#include "estimate/gap.h"

#include "survey/catalog.h"

#include <math.h>

/* ---- what is counted ----------------------------------------------------------------------- */

/* The levels of the codebook, in its order. */
static void known_levels(struct arena *a, const struct question *q, struct variable *v)
{
	struct text *counting = arena_new(a, q->n_levels, sizeof *counting);

	v->counting = counting;
	for (size_t i = 0; i < q->n_levels; i++)
		if (q->level[i].satisfied)
			counting[v->n_counting++] = q->level[i].value;
}

/* The levels asked for, in the order of the codebook. */
static bool chosen_levels(struct arena *a, const struct question *q, struct text expecting,
			  struct variable *v, struct diag *why)
{
	struct text *counting = arena_new(a, q->n_levels, sizeof *counting), rest = expecting, one;
	bool *chosen = arena_new(a, q->n_levels, sizeof *chosen);

	while (span_split(&rest, ',', &one)) {
		const struct level *level = question_level(q, span_trim(one));

		if (!level)
			return diag_fail(why, DIAG_USAGE, "\"%.*s\" has no level \"%.*s\"",
					 SPAN_ARG(q->code), SPAN_ARG(one));
		if (chosen[level - q->level])
			return diag_fail(why, DIAG_USAGE, "level \"%.*s\" is given twice",
					 SPAN_ARG(one));
		chosen[level - q->level] = true;
	}
	v->counting = counting;
	for (size_t i = 0; i < q->n_levels; i++)
		if (chosen[i])
			counting[v->n_counting++] = q->level[i].value;
	return true;
}

/* No example of levels here: on a reversed scale it would mislead. */
static bool levels_unknown(struct arena *a, const struct question *q, struct diag *why)
{
	struct text levels = {"", 0};

	for (size_t i = 0; i < q->n_levels; i++)
		levels = arena_format(a, "%.*s%s%.*s = %.*s", SPAN_ARG(levels), i ? ", " : "",
				      SPAN_ARG(q->level[i].value),
				      SPAN_ARG(q->level[i].label[LANG_EN]));
	diag_fail(
		why, DIAG_USAGE,
		"which levels of \"%.*s\" count as wanting it is not known: the codebook does not "
		"say, and no official rule was found",
		SPAN_ARG(q->code));
	return diag_hint(why, "--expecting chooses among %.*s", SPAN_ARG(levels));
}

/* The variable of a question, added when no item before has asked for it. */
static bool find_variable(struct arena *a, struct wave_answers *w, const struct question *q,
			  struct text expecting, size_t first, size_t *out, struct diag *why)
{
	struct plan *p = &w->plan;
	struct variable v = {.kind = VARIABLE_SHARE, .column = q->column, .question = q};

	for (*out = first; *out < p->n_variables; ++*out)
		if (p->variable[*out].question == q)
			return true;
	if (q->n_satisfied)
		known_levels(a, q, &v);
	else if (expecting.n == 0)
		return levels_unknown(a, q, why);
	else if (!chosen_levels(a, q, expecting, &v, why))
		return false;
	p->variable = arena_grow(a, p->variable, p->n_variables, sizeof *p->variable);
	p->variable[p->n_variables++] = v;
	return true;
}

static bool add_pair(struct arena *a, struct wave_answers *w, const struct item *item,
		     struct text expecting, size_t first, struct gaps *out, struct diag *why)
{
	const struct question *q =
		codebook_code(&w->survey->codebook, item->era, item->expectation);
	struct gap_pair pair = {.item = item};

	if (!q)
		return diag_fail(why, DIAG_DATA,
				 "%s: era \"%.*s\" has no question \"%.*s\", the expectation of "
				 "\"%.*s\"",
				 w->survey->codebook.file, SPAN_ARG(item->era),
				 SPAN_ARG(item->expectation), SPAN_ARG(item->code));
	if (!(item->max > item->min))
		return diag_fail(why, DIAG_DATA,
				 "\"%.*s\" needs min and max in structure.csv: its priority is "
				 "about a share",
				 SPAN_ARG(item->code));
	if (!find_variable(a, w, q, expecting, first, &pair.variable, why))
		return false;
	pair.chosen = q->n_satisfied == 0;
	out->pair = arena_grow(a, out->pair, out->n, sizeof *out->pair);
	out->pair[out->n++] = pair;
	return true;
}

bool gap_variables(struct arena *a, struct wave_answers *w, struct text expecting, struct gaps *out,
		   struct diag *why)
{
	const struct structure *s = &w->survey->structure;
	size_t errors = why->errors, first = w->plan.n_variables;
	bool chosen = false;

	*out = (struct gaps){0};
	for (size_t i = 0; i < s->n && why->errors == errors; i++)
		if (s->at[i].expectation.n && span_equal(s->at[i].era, w->wave->era))
			add_pair(a, w, &s->at[i], expecting, first, out, why);
	if (why->errors > errors)
		return false;
	if (out->n == 0) {
		diag_fail(why, DIAG_DATA, "%.*s of %ld has no item with an expectation question",
			  SPAN_ARG(w->survey->name), w->wave->year);
		return diag_hint(why, "the column `expectation` of %s names the question",
				 catalog_path(a, w->survey->folder, "structure.csv"));
	}
	for (size_t i = 0; i < out->n; i++)
		chosen = chosen || out->pair[i].chosen;
	return chosen || expecting.n == 0 ||
	       diag_fail(why, DIAG_USAGE,
			 "--expecting is not needed: the codebook says which levels count");
}

struct text gap_levels(struct arena *a, const struct wave_answers *w, const struct gap_pair *pair)
{
	const struct variable *v = &w->plan.variable[pair->variable];
	struct text words = {"", 0};

	for (size_t i = 0; i < v->n_counting; i++)
		words = arena_format(a, "%.*s%s%.*s", SPAN_ARG(words), i ? "|" : "",
				     SPAN_ARG(v->counting[i]));
	return words;
}

/* ---- one group ----------------------------------------------------------------------------- */

/* 100 E, in the shape of an item. */
static void wish(const struct index_groups *g, size_t n_variables, size_t v, struct index_node *out)
{
	const struct moments m = index_moments(g, v);
	const struct influence i = statistic_influence(STATISTIC_PROPORTION, &m);

	for (size_t k = 0; k < n_variables; k++)
		out->level[k] = out->slope[k] = 0;
	out->value = 100 * statistic_value(STATISTIC_PROPORTION, &m);
	out->level[v] = 100 * i.w;
	out->slope[v] = 100 * i.wy;
}

/* Standard error and degrees of freedom of a combination, into the row. */
static void add_error(struct index_groups *g, const struct index_part *part, size_t n,
		      struct result_row *row)
{
	size_t lonely = 0;

	row->se = sqrt(index_variance(g, part, n, &row->df, &lonely));
	row->flags |= lonely ? FLAG_LONELY : 0;
}

static void finish(struct arena *a, struct interval i, struct text name, struct result_row *row)
{
	row->ci_low = i.low;
	row->ci_high = i.high;
	if (i.reason)
		row->reason[LANG_EN] = span_of(i.reason);
	row->method = arena_format(a, "taylor:%s%s%.*s", interval_name(i.used), name.n ? ":" : "",
				   SPAN_ARG(name));
}

static void no_answers(struct result_row *row)
{
	row->estimate = NAN;
	row->reason[LANG_EN] = span_of("no answers");
}

static struct result_row expectation_row(struct arena *a, struct index_groups *g,
					 const struct estimate_options *o,
					 const struct gap_pair *pair, const struct index_node *wish)
{
	struct result_row row = index_row(g, pair->item);
	double n = index_moments(g, pair->variable).n;
	struct interval i;

	row.stat = span_of("expectation");
	row.estimate = wish->value;
	if (isnan(wish->value)) {
		no_answers(&row);
		return row;
	}
	add_error(g, &(struct index_part){wish, 1}, 1, &row);
	i = interval_proportion(o->interval, row.estimate / 100, row.se / 100, n, row.df, o->level,
				1);
	i.low *= 100;
	i.high *= 100;
	finish(a, i, (struct text){"", 0}, &row);
	index_judge(g, true, 0, 100, n, &row);
	return row;
}

/* What is hidden could be computed from the other two; what is doubtful makes the product so. */
static void inherit(const struct result_row *part, struct result_row *row)
{
	bool hides = (part->flags & FLAG_SUPPRESSED) && !(row->flags & FLAG_SUPPRESSED);

	row->flags |= part->flags & (FLAG_CAUTION | FLAG_LONELY | FLAG_SUPPRESSED);
	if (row->reason[LANG_EN].n == 0 || hides)
		row->reason[LANG_EN] = part->reason[LANG_EN];
	if (row->flags & FLAG_SUPPRESSED) {
		row->flags &= ~(unsigned)FLAG_CAUTION;
		row->estimate = row->se = row->ci_low = row->ci_high = NAN;
	}
}

static struct result_row gap_row(struct arena *a, struct index_groups *g,
				 const struct estimate_options *o, enum index_method m,
				 const struct gap_pair *pair, const struct index_node *wish)
{
	const struct index_node *item = index_at(g, pair->item->order);
	double range = pair->item->max - pair->item->min;
	double lack = 1 - (item->value - pair->item->min) / range;
	const struct index_part part[] = {{wish, lack}, {item, -wish->value / range}};
	struct result_row row = index_row(g, pair->item);
	struct interval i;

	row.stat = span_of("gap");
	row.estimate = wish->value * lack;
	if (isnan(row.estimate)) {
		no_answers(&row);
		return row;
	}
	add_error(g, part, 2, &row);
	i = interval_wald(row.estimate, row.se, row.df, o->level);
	if (row.se < 1e-10) { /* of 100: dust of rounding */
		row.se = 0;
		i.low = i.high = NAN;
		i.reason = "all answers are the same";
	}
	finish(a, i, span_of(index_name(m)), &row);
	index_judge(g, false, 0, 1, row.n, &row);
	return row;
}

static void write_pair(struct arena *a, struct index_groups *g, const struct wave_answers *w,
		       enum index_method m, const struct estimate_options *o,
		       const struct gap_pair *pair, struct index_node *room, struct result *out)
{
	struct result_row row[3];

	wish(g, w->plan.n_variables, pair->variable, room);
	row[0] = index_item(g, pair->item->order);
	row[0].stat = span_of("satisfaction");
	row[1] = expectation_row(a, g, o, pair, room);
	row[2] = gap_row(a, g, o, m, pair, room);
	row[1].category = row[2].category = gap_levels(a, w, pair);
	inherit(&row[0], &row[2]);
	inherit(&row[1], &row[2]);
	for (size_t i = 0; i < 3; i++) {
		if (!isfinite(row[i].df))
			row[i].df = NAN;
		result_add(a, out, &row[i]);
	}
}

void gap_result(struct arena *a, const struct wave_answers *w, enum index_method m,
		const struct estimate_options *o, size_t margin, const struct gaps *gaps,
		struct result *out)
{
	struct index_groups *g = index_start(a, w, m, o);
	size_t n = w->plan.n_variables;
	struct index_node room = {.level = arena_new(a, n, sizeof(double)),
				  .slope = arena_new(a, n, sizeof(double))};

	for (size_t c = 0; c < w->answers.cells.index->n; c++) {
		if (!index_enter(g, c, margin))
			continue;
		for (size_t i = 0; i < gaps->n; i++)
			write_pair(a, g, w, m, o, &gaps->pair[i], &room, out);
	}
}
