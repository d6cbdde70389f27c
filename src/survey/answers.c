#include "survey/answers.h"

#include "survey/respondent.h"

/* What a pass over a file goes through with. */
struct pass {
	struct respondent r;
	answer_fn *take;
	void *sink;
	size_t *cell;
	bool header_read;
};

void answers_cells(struct arena *a, const struct plan *p, struct answers *out, const size_t *level,
		   bool selected, size_t *cell)
{
	struct cells *cells = &out->cells;

	for (size_t m = 0; m < p->n_margins; m++) {
		const struct margin *margin = &p->margin[m];
		struct cell c = {.margin = m};
		bool fresh, in = selected;

		for (size_t i = 0; i < margin->n; i++) {
			c.level[i] = level[margin->factor[i]];
			in = in && c.level[i] != NO_LEVEL;
		}
		cell[m] = NO_LEVEL;
		if (!in)
			continue;
		cell[m] = dict_add(
			cells->index, m,
			(struct text){(const char *)c.level, margin->n * sizeof *c.level}, &fresh);
		if (!fresh)
			continue;
		cells->at = arena_grow(a, cells->at, cell[m], sizeof *cells->at);
		cells->at[cell[m]] = c;
	}
}

#define MOST_LEVELS 1000

/* A distribution over thousands of values is that of an identifier, or of a quantity. */
static bool few_levels(const struct plan *p, const struct csvin_row *row, struct diag *why)
{
	for (size_t i = 0; i < p->n_variables; i++)
		if (p->variable[i].levels && p->variable[i].levels->n > MOST_LEVELS)
			return diag_at(
				why, (struct place){row->file, row->line, 1}, DIAG_DATA,
				"column \"%.*s\" has more than %d different values, too many "
				"for levels",
				SPAN_ARG(p->variable[i].column), MOST_LEVELS);
	return true;
}

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct pass *pass = context;
	struct respondent *r = &pass->r;
	struct frame_name names[FRAME_STAGES];
	struct answer answer = {
		.y = r->y, .x = r->x, .factor = r->level, .cell = pass->cell, .number = r->numbers};

	if (!pass->header_read) {
		pass->header_read = true;
		return respondent_header(r, row, why);
	}
	if (respondent_elsewhere(r, row, why))
		return true;
	r->out->rows++;
	respondent_factors(r, row);
	respondent_variables(r, row);
	respondent_numbers(r, row, why);
	if (!few_levels(r->plan, row, why))
		return false;
	/* A wrong row is told, and reading goes on to tell the others. */
	if (!respondent_weight(r, row, &answer.weight, why) ||
	    !respondent_names(r, row, names, why) ||
	    !frame_add(&r->out->frame, names, (struct place){r->file, row->line, 1}, &answer.leaf,
		       why))
		return true;
	if (r->plan->join && r->level[0] != NO_LEVEL)
		answer.weight = join_weight(r->plan->join, r->spelling, answer.weight);
	r->out->weight_sum += answer.weight;
	r->out->weight_square_sum += answer.weight * answer.weight;
	answer.selected = respondent_selected(r, row);
	r->out->selected += answer.selected;
	answers_cells(r->arena, r->plan, r->out, r->level, answer.selected, pass->cell);
	pass->take(pass->sink, &answer);
	return true;
}

/* ---- files --------------------------------------------------------------------------------- */

static void start_spellings(struct arena *a, struct spellings *s)
{
	if (!s->seen)
		s->seen = dict_new(a);
}

/* The group of everybody is there even when nobody is in it. */
static void add_everybody(struct arena *a, const struct plan *p, struct answers *out)
{
	for (size_t m = 0; m < p->n_margins; m++)
		if (p->margin[m].n == 0) {
			size_t cell = dict_add(out->cells.index, m, (struct text){"", 0}, NULL);

			out->cells.at = arena_grow(a, out->cells.at, cell, sizeof *out->cells.at);
			out->cells.at[cell] = (struct cell){.margin = m};
		}
}

void answers_start(struct arena *a, const struct plan *p, struct answers *out)
{
	bool rows_are_units;
	size_t stages = design_stages(&p->design, &rows_are_units);

	*out = (struct answers){.cells.index = dict_new(a)};
	frame_start(a, stages, p->design.nest, rows_are_units, &out->frame);
	for (size_t i = 0; i < p->n_variables; i++) {
		struct variable *v = &p->variable[i];

		start_spellings(a, &v->spellings);
		if (v->kind == VARIABLE_SHARE && !v->met)
			v->met = arena_new(a, v->n_counting, sizeof *v->met);
		if (v->kind == VARIABLE_LEVELS && !v->levels) {
			v->levels = dict_new(a);
			for (size_t l = 0; v->question && l < v->question->n_levels; l++)
				dict_add(v->levels, 0, v->question->level[l].value, NULL);
		}
	}
	for (size_t i = 0; i < p->n_factors; i++) {
		start_spellings(a, &p->factor[i].spellings);
		if (!p->factor[i].levels)
			p->factor[i].levels = dict_new(a);
	}
	add_everybody(a, p, out);
}

bool answers_read(struct arena *a, struct plan *p, const char *file, struct answers *out,
		  answer_fn *take, void *sink, struct diag *why)
{
	size_t errors = why->errors;
	struct pass pass = {
		.take = take, .sink = sink, .cell = arena_new(a, p->n_margins, sizeof *pass.cell)};

	respondent_start(a, p, file, out, &pass.r);
	if (!csvin_read_as(file, &p->reading.form, take_row, &pass, why))
		return false;
	respondent_tell(&pass.r, why);
	return why->errors == errors;
}

/* The level occurs in some column that it is counted in. */
static bool met_anywhere(const struct plan *p, struct text level)
{
	for (size_t v = 0; v < p->n_variables; v++)
		for (size_t i = 0; i < p->variable[v].n_counting; i++)
			if (p->variable[v].met && p->variable[v].met[i] &&
			    where_same(p->variable[v].counting[i], level))
				return true;
	return false;
}

/* Without a codebook a level that nobody has may be a slip: told; and refused when nobody has any
 * of those that count. */
static bool check_counting(const struct plan *p, struct diag *why)
{
	const struct variable *v = p->n_variables ? &p->variable[0] : NULL;
	struct text s = {"", 0};
	size_t missed = 0;

	if (!v || v->kind != VARIABLE_SHARE || v->question)
		return true;
	for (size_t i = 0; i < v->n_counting; i++)
		missed += !met_anywhere(p, v->counting[i]);
	for (size_t i = 0; i < v->n_counting && missed < v->n_counting; i++)
		if (!met_anywhere(p, v->counting[i]))
			diag_warn(why, "no row has \"%.*s\" in column \"%.*s\"",
				  SPAN_ARG(v->counting[i]), SPAN_ARG(v->column));
	if (missed < v->n_counting || missed == 0)
		return true;
	if (p->partial) {
		diag_warn(why, "nobody has any of the levels that count");
		return true;
	}
	diag_fail(why, DIAG_DATA, "no row has \"%.*s\" in column \"%.*s\"",
		  SPAN_ARG(v->counting[0]), SPAN_ARG(v->column));
	for (size_t l = 0; l < v->spellings.seen->n && s.n < 120; l++)
		s = arena_format(v->spellings.seen->arena, "%.*s%s%.*s", SPAN_ARG(s), l ? ", " : "",
				 SPAN_ARG(v->spellings.seen->entry[l].name));
	return s.n ? diag_hint(why, "it has %.*s", SPAN_ARG(s)) : false;
}

/* Dictionaries find the names that levels have in the end (meaning_level). */
static void find_levels(struct dict **levels)
{
	struct dict *named = dict_new((*levels)->arena);

	for (size_t l = 0; l < (*levels)->n; l++)
		dict_add(named, (*levels)->entry[l].number, (*levels)->entry[l].name, NULL);
	*levels = named;
}

static void find_all_levels(struct plan *p)
{
	for (size_t i = 0; i < p->n_factors; i++)
		find_levels(&p->factor[i].levels);
	for (size_t i = 0; i < p->n_variables; i++)
		if (p->variable[i].levels)
			find_levels(&p->variable[i].levels);
}

bool answers_finish(struct plan *p, struct answers *out, struct diag *why)
{
	if (out->rows == 0)
		return diag_fail(why, DIAG_DATA, "there are no rows of answers");
	if (!check_counting(p, why))
		return false;
	find_all_levels(p);
	if (out->selected == 0)
		diag_warn(why, "no row meets the conditions of --where");
	if (p->collapse)
		frame_collapse(&out->frame);
	return frame_finish(&out->frame, why);
}
