#include "survey/answers.h"

#include "base/number.h"
#include "base/text.h"
#include "input/csvin.h"
#include "survey/meaning.h"

#include <math.h>
#include <string.h>

#define NO_COLUMN ((size_t)-1)

/* A value no question knows: how often, and where first. */
struct strange {
	size_t count;
	struct place at;
	const struct question *question;
};

/* Where a variable lies in the file. */
struct variable_at {
	size_t y, x;
};

struct reader {
	struct arena *arena;
	struct plan *plan;
	struct answers *out;
	answer_fn *take;
	void *sink;
	bool header_read;
	size_t weight, only;
	size_t stratum[DESIGN_STRATA], unit[FRAME_STAGES], fpc[FRAME_STAGES];
	size_t *where, *factor, *number;
	const struct question **where_question;
	struct variable_at *variable;
	double *y, *x, *numbers;
	size_t *level, *cell, spelling; /* of factor 0 */
	struct dict *strange_index;     /* by column and value */
	struct strange *strange;
	char *joined; /* name of a combined stratum */
	size_t joined_n, joined_size;
	const char *file; /* in the arena, for places that stay */
};

/* ---- the header ---------------------------------------------------------------------------- */

static bool find_column(struct arena *a, const struct csvin_row *header, struct text name,
			size_t *column, struct diag *why)
{
	*column = NO_COLUMN;
	name = text_nfc(a, name);
	if (name.n == 0)
		return true;
	for (size_t i = 0; i < header->fields; i++)
		if (span_equal(text_nfc(a, header->field[i]), name)) {
			if (*column != NO_COLUMN)
				return diag_at(why, csvin_place(header, i), DIAG_DATA,
					       "column \"%.*s\" stands twice", SPAN_ARG(name));
			*column = i;
		}
	if (*column != NO_COLUMN)
		return true;
	diag_at(why, (struct place){header->file, header->line, 1}, DIAG_DATA,
		"there is no column \"%.*s\"", SPAN_ARG(name));
	return false;
}

static void list_columns(struct arena *a, const struct csvin_row *header, struct diag *why)
{
	struct text s = {"", 0};

	for (size_t i = 0; i < header->fields && s.n < 200; i++)
		s = arena_format(a, "%.*s%s%.*s", SPAN_ARG(s), i ? ", " : "",
				 SPAN_ARG(header->field[i]));
	diag_hint(why, "the columns are %.*s%s", SPAN_ARG(s), s.n < 200 ? "" : " ...");
}

static bool find_design(struct reader *r, const struct csvin_row *header, struct diag *why)
{
	const struct design *d = &r->plan->design;
	bool ok = find_column(r->arena, header, d->weight, &r->weight, why) &&
		  find_column(r->arena, header, r->plan->only_column, &r->only, why);

	for (size_t i = 0; ok && i < d->n_strata; i++)
		ok = find_column(r->arena, header, d->stratum[i], &r->stratum[i], why);
	for (size_t i = 0; ok && i < d->n_units; i++)
		ok = find_column(r->arena, header, d->unit[i], &r->unit[i], why);
	for (size_t i = 0; ok && i < d->n_fpc; i++)
		ok = find_column(r->arena, header, d->fpc[i], &r->fpc[i], why);
	return ok;
}

/* What the column of a condition asks: its missing codes meet no condition. */
static const struct question *question_of(const struct plan *p, struct text column)
{
	const struct question *q = p->book ? codebook_column(p->book, p->era, column) : NULL;

	for (size_t i = 0; !q && i < p->n_variables; i++)
		if (span_equal(p->variable[i].column, column))
			q = p->variable[i].question;
	for (size_t i = 0; !q && i < p->n_factors; i++)
		if (span_equal(p->factor[i].column, column))
			q = p->factor[i].question;
	return q;
}

static bool take_header(struct reader *r, const struct csvin_row *header, struct diag *why)
{
	const struct plan *p = r->plan;
	bool ok = find_design(r, header, why);

	r->header_read = true;
	for (size_t i = 0; i < p->where.n; i++)
		r->where_question[i] = question_of(p, p->where.at[i].column);
	for (size_t i = 0; ok && i < p->where.n; i++)
		ok = find_column(r->arena, header, p->where.at[i].column, &r->where[i], why);
	for (size_t i = 0; ok && i < p->n_factors; i++)
		ok = find_column(r->arena, header, p->factor[i].column, &r->factor[i], why);
	for (size_t i = 0; ok && i < p->n_numbers; i++)
		ok = find_column(r->arena, header, p->number[i], &r->number[i], why);
	for (size_t i = 0; ok && i < p->n_variables; i++)
		ok = find_column(r->arena, header, p->variable[i].column, &r->variable[i].y, why) &&
		     find_column(r->arena, header, p->variable[i].over, &r->variable[i].x, why);
	if (!ok)
		list_columns(r->arena, header, why);
	return ok;
}

/* ---- values -------------------------------------------------------------------------------- */

static bool blank(const struct plan *p, struct text cell)
{
	return cell.n == 0 || (!p->codebook && (span_is(cell, "NA") || span_is(cell, ".")));
}

static void remember_strange(struct reader *r, const struct csvin_row *row, size_t column,
			     const struct question *q)
{
	bool fresh;
	size_t i = dict_add(r->strange_index, column, row->field[column], &fresh);

	if (fresh) {
		r->strange = arena_grow(r->arena, r->strange, i, sizeof *r->strange);
		r->strange[i] = (struct strange){.at = csvin_place(row, column), .question = q};
		r->strange[i].at.file = r->file;
	}
	r->strange[i].count++;
}

/* The cached meaning of a value; *fresh values are still to be filled in. */
static double *spelling(struct arena *a, struct spellings *s, struct text cell, bool *fresh)
{
	size_t i = dict_add(s->seen, 0, cell, fresh);

	if (*fresh)
		s->value = arena_grow(a, s->value, i, sizeof *s->value);
	return &s->value[i];
}

static double value_of(struct reader *r, struct variable *v, struct text cell)
{
	bool fresh;
	double *value;

	if (v->kind <= VARIABLE_PAIR && !v->question) /* may be all different: no cache */
		return meaning_number(NULL, cell);
	value = spelling(r->arena, &v->spellings, cell, &fresh);
	if (!fresh)
		return *value;
	cell = text_nfc(r->arena, cell);
	switch (v->kind) {
	case VARIABLE_NUMBER:
	case VARIABLE_PAIR: *value = meaning_number(v->question, cell); break;
	case VARIABLE_SHARE:
		*value = meaning_share(v->question, v->counting, v->n_counting, v->met, cell);
		break;
	case VARIABLE_LEVELS: *value = meaning_level(v->question, v->levels, cell); break;
	case VARIABLE_UNANSWERED: *value = meaning_unanswered(v->question, cell); break;
	}
	return *value;
}

static double checked(struct reader *r, const struct csvin_row *row, size_t column, double value,
		      const struct question *q)
{
	if (!isinf(value))
		return value;
	remember_strange(r, row, column, q);
	return NAN;
}

static void take_variables(struct reader *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->n_variables; i++) {
		struct variable *v = &r->plan->variable[i];
		size_t at = r->variable[i].y, over = r->variable[i].x;

		r->y[i] = r->x[i] = NAN;
		if (!blank(r->plan, row->field[at]))
			r->y[i] = checked(r, row, at, value_of(r, v, row->field[at]), v->question);
		if (v->kind != VARIABLE_PAIR)
			continue;
		if (!blank(r->plan, row->field[over]))
			r->x[i] = checked(r, row, over,
					  meaning_number(v->over_question, row->field[over]),
					  v->over_question);
		if (isnan(r->x[i]) || isnan(r->y[i])) /* the pair is there or it is not */
			r->x[i] = r->y[i] = NAN;
	}
}

/* ---- groups -------------------------------------------------------------------------------- */

static void take_factors(struct reader *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->n_factors; i++) {
		struct factor *f = &r->plan->factor[i];
		struct text cell = row->field[r->factor[i]];
		size_t before = f->levels->n;
		double *value;
		bool fresh;

		r->level[i] = NO_LEVEL;
		if (blank(r->plan, cell))
			continue;
		value = spelling(r->arena, &f->spellings, cell, &fresh);
		if (i == 0)
			r->spelling = (size_t)(value - f->spellings.value);
		if (fresh && i == 0 && r->plan->join)
			*value = join_level(r->plan->join, f->levels, r->spelling,
					    text_nfc(r->arena, cell));
		else if (fresh)
			*value = meaning_level(f->question, f->levels, text_nfc(r->arena, cell));
		if (f->levels->n > before) {
			f->at = arena_grow(r->arena, f->at, before, sizeof *f->at);
			f->at[before] = csvin_place(row, r->factor[i]);
			f->at[before].file = r->file;
		}
		if (!isnan(checked(r, row, r->factor[i], *value, f->question)))
			r->level[i] = (size_t)*value;
	}
}

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

/* ---- rows ---------------------------------------------------------------------------------- */

static bool take_weight(struct reader *r, const struct csvin_row *row, double *weight,
			struct diag *why)
{
	*weight = 1;
	if (r->weight == NO_COLUMN)
		return true;
	struct text cell = row->field[r->weight];

	if (blank(r->plan, cell))
		return diag_at(why, csvin_place(row, r->weight), DIAG_DATA,
			       "the weight is missing; every row needs one above 0");
	if (!number_parse(cell, weight))
		return diag_at(why, csvin_place(row, r->weight), DIAG_DATA, "weight: %.*s",
			       SPAN_ARG(number_complaint(r->arena, cell)));
	if (*weight > 0)
		return true;
	return diag_at(why, csvin_place(row, r->weight), DIAG_DATA,
		       "weight \"%.*s\" is not above 0", SPAN_ARG(cell));
}

/* A column of the design; blank is an error. */
static bool design_cell(const struct reader *r, const struct csvin_row *row, size_t column,
			struct text *cell, struct diag *why)
{
	*cell = text_nfc(r->arena, row->field[column]);
	return !blank(r->plan, *cell) ||
	       diag_at(why, csvin_place(row, column), DIAG_DATA,
		       "a column of the design is blank; every row must name its stratum and unit");
}

static bool take_fpc(struct reader *r, const struct csvin_row *row, size_t column, double *count,
		     struct diag *why)
{
	struct text cell;

	if (!design_cell(r, row, column, &cell, why))
		return false;
	if (number_parse(cell, count) && *count > 0)
		return true;
	return diag_at(why, csvin_place(row, column), DIAG_DATA,
		       "\"%.*s\" is not the number of units in the population", SPAN_ARG(cell));
}

/* Adds a part to the name of a combined stratum: "north*urban". A star or backslash of a part gets
 * a backslash, so that different parts never make one name. */
static void join_stratum(struct reader *r, bool first, struct text part)
{
	struct text so_far = {r->joined, first ? 0 : r->joined_n};

	if (so_far.n + 2 * part.n + 1 > r->joined_size) { /* rarely: one buffer serves all rows */
		r->joined_size = 2 * (so_far.n + 2 * part.n + 1);
		r->joined = arena_new(r->arena, r->joined_size, 1);
		if (so_far.n)
			memcpy(r->joined, so_far.at, so_far.n);
	}
	r->joined_n = so_far.n;
	if (!first)
		r->joined[r->joined_n++] = '*';
	for (size_t i = 0; i < part.n; i++) {
		if (part.at[i] == '*' || part.at[i] == '\\')
			r->joined[r->joined_n++] = '\\';
		r->joined[r->joined_n++] = part.at[i];
	}
}

static bool take_names(struct reader *r, const struct csvin_row *row, struct frame_name *names,
		       struct diag *why)
{
	const struct design *d = &r->plan->design;
	struct text cell;

	for (size_t i = 0; i < r->out->frame.stages; i++)
		names[i] = (struct frame_name){{"", 0}, {"", 0}, INFINITY};
	for (size_t i = 0; i < d->n_strata; i++) {
		if (!design_cell(r, row, r->stratum[i], &cell, why))
			return false;
		if (d->n_strata == 1)
			names[0].stratum = cell;
		else
			join_stratum(r, i == 0, cell);
	}
	if (d->n_strata > 1)
		names[0].stratum = (struct text){r->joined, r->joined_n};
	for (size_t i = 0; i < d->n_units; i++)
		if (!design_cell(r, row, r->unit[i], &names[i].unit, why))
			return false;
	for (size_t i = 0; i < d->n_fpc; i++)
		if (!take_fpc(r, row, r->fpc[i], &names[i].population, why))
			return false;
	return true;
}

static bool selected(struct reader *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->where.n; i++) {
		struct text cell = text_nfc(r->arena, row->field[r->where[i]]);
		const struct question *q = r->where_question[i];

		if (blank(r->plan, cell) || (q && question_missing(q, cell)) ||
		    !where_holds(&r->plan->where.at[i], cell))
			return false;
	}
	return true;
}

static void take_numbers(struct reader *r, const struct csvin_row *row, struct diag *why)
{
	for (size_t i = 0; i < r->plan->n_numbers; i++) {
		struct text cell = row->field[r->number[i]];

		if (!number_parse(cell, &r->numbers[i]))
			diag_at(why, csvin_place(row, r->number[i]), DIAG_DATA, "%.*s",
				SPAN_ARG(number_complaint(r->arena, cell)));
	}
}

/* A row of another year that the survey knows is read with that year. */
static bool other_year(const struct reader *r, const struct csvin_row *row, struct diag *why)
{
	struct text cell = row->field[r->only];

	if (r->plan->n_known == 0 && span_trim(cell).n)
		return true;
	for (size_t i = 0; i < r->plan->n_known; i++)
		if (where_same(cell, r->plan->known[i]))
			return true;
	diag_at(why, csvin_place(row, r->only), DIAG_DATA, "\"%.*s\" is no year of the survey",
		SPAN_ARG(cell));
	return true; /* told; reading goes on to tell the others */
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
	struct reader *r = context;
	struct frame_name names[FRAME_STAGES];
	struct answer answer = {
		.y = r->y, .x = r->x, .factor = r->level, .cell = r->cell, .number = r->numbers};

	if (!r->header_read)
		return take_header(r, row, why);
	if (r->only != NO_COLUMN && !where_same(row->field[r->only], r->plan->only_value))
		return other_year(r, row, why);
	r->out->rows++;
	take_factors(r, row);
	take_variables(r, row);
	take_numbers(r, row, why);
	if (!few_levels(r->plan, row, why))
		return false;
	/* A wrong row is told, and reading goes on to tell the others. */
	if (!take_weight(r, row, &answer.weight, why) || !take_names(r, row, names, why) ||
	    !frame_add(&r->out->frame, names, (struct place){r->file, row->line, 1}, &answer.leaf,
		       why))
		return true;
	if (r->plan->join && r->level[0] != NO_LEVEL)
		answer.weight = join_weight(r->plan->join, r->spelling, answer.weight);
	r->out->weight_sum += answer.weight;
	r->out->weight_square_sum += answer.weight * answer.weight;
	answer.selected = selected(r, row);
	r->out->selected += answer.selected;
	answers_cells(r->arena, r->plan, r->out, r->level, answer.selected, r->cell);
	r->take(r->sink, &answer);
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

static void tell_strange(struct reader *r, struct diag *why)
{
	for (size_t i = 0; i < r->strange_index->n; i++) {
		const struct strange *s = &r->strange[i];
		struct text value = r->strange_index->entry[i].name;
		const char *rows = s->count == 1 ? "row" : "rows";

		if (!s->question)
			diag_at(why, s->at, DIAG_DATA, "%.*s (%zu %s)",
				SPAN_ARG(number_complaint(r->arena, value)), s->count, rows);
		else
			diag_at(why, s->at, DIAG_DATA,
				"\"%.*s\" is no answer to \"%.*s\" in the codebook (%zu %s)",
				SPAN_ARG(value), SPAN_ARG(s->question->code), s->count, rows);
	}
}

bool answers_read(struct arena *a, struct plan *p, const char *file, struct answers *out,
		  answer_fn *take, void *sink, struct diag *why)
{
	size_t errors = why->errors;
	struct reader r = {.arena = a,
			   .plan = p,
			   .out = out,
			   .take = take,
			   .sink = sink,
			   .file = arena_string(a, span_of(file)),
			   .strange_index = dict_new(a),
			   .where = arena_new(a, p->where.n, sizeof *r.where),
			   .where_question = arena_new(a, p->where.n, sizeof(void *)),
			   .factor = arena_new(a, p->n_factors, sizeof *r.factor),
			   .number = arena_new(a, p->n_numbers, sizeof *r.number),
			   .variable = arena_new(a, p->n_variables, sizeof *r.variable),
			   .y = arena_new(a, p->n_variables, sizeof *r.y),
			   .x = arena_new(a, p->n_variables, sizeof *r.x),
			   .numbers = arena_new(a, p->n_numbers, sizeof *r.numbers),
			   .level = arena_new(a, p->n_factors, sizeof *r.level),
			   .cell = arena_new(a, p->n_margins, sizeof *r.cell)};

	if (!csvin_read(file, take_row, &r, why))
		return false;
	tell_strange(&r, why);
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
	diag_fail(why, DIAG_DATA, "no row has \"%.*s\" in column \"%.*s\"",
		  SPAN_ARG(v->counting[0]), SPAN_ARG(v->column));
	for (size_t l = 0; l < v->spellings.seen->n && s.n < 120; l++)
		s = arena_format(v->spellings.seen->arena, "%.*s%s%.*s", SPAN_ARG(s), l ? ", " : "",
				 SPAN_ARG(v->spellings.seen->entry[l].name));
	return diag_hint(why, "it has %.*s", SPAN_ARG(s));
}

bool answers_finish(struct plan *p, struct answers *out, struct diag *why)
{
	if (out->rows == 0)
		return diag_fail(why, DIAG_DATA, "there are no rows of answers");
	if (!check_counting(p, why))
		return false;
	if (out->selected == 0)
		diag_warn(why, "no row meets the conditions of --where");
	if (p->collapse)
		frame_collapse(&out->frame);
	return frame_finish(&out->frame, why);
}
