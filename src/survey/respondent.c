#include "survey/respondent.h"

#include "base/number.h"
#include "base/text.h"
#include "input/figure.h"
#include "survey/meaning.h"

#include <math.h>
#include <string.h>

void respondent_start(struct arena *a, struct plan *p, const char *file, struct answers *out,
		      struct respondent *r)
{
	*r = (struct respondent){.arena = a,
				 .plan = p,
				 .out = out,
				 .file = arena_string(a, span_of(file)),
				 .strange_index = dict_new(a),
				 .where = arena_new(a, p->where.n, sizeof *r->where),
				 .where_question = arena_new(a, p->where.n, sizeof(void *)),
				 .factor = arena_new(a, p->n_factors, sizeof *r->factor),
				 .number = arena_new(a, p->n_numbers, sizeof *r->number),
				 .variable = arena_new(a, p->n_variables, sizeof *r->variable),
				 .y = arena_new(a, p->n_variables, sizeof *r->y),
				 .x = arena_new(a, p->n_variables, sizeof *r->x),
				 .numbers = arena_new(a, p->n_numbers, sizeof *r->numbers),
				 .level = arena_new(a, p->n_factors, sizeof *r->level)};
}

/* ---- the header ---------------------------------------------------------------------------- */

static bool find_column(struct arena *a, const struct csvin_row *header, struct text name,
			size_t *column, struct diag *why)
{
	*column = RESPONDENT_NONE;
	name = text_nfc(a, name);
	if (name.n == 0)
		return true;
	for (size_t i = 0; i < header->fields; i++)
		if (span_equal(text_nfc(a, header->field[i]), name)) {
			if (*column != RESPONDENT_NONE)
				return diag_at(why, csvin_place(header, i), DIAG_DATA,
					       "column \"%.*s\" stands twice", SPAN_ARG(name));
			*column = i;
		}
	if (*column != RESPONDENT_NONE)
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

static bool find_design(struct respondent *r, const struct csvin_row *header, struct diag *why)
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

const struct question *respondent_question(const struct plan *p, struct text column)
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

bool respondent_header(struct respondent *r, const struct csvin_row *header, struct diag *why)
{
	const struct plan *p = r->plan;
	bool ok = find_design(r, header, why);

	for (size_t i = 0; i < p->where.n; i++)
		r->where_question[i] = respondent_question(p, p->where.at[i].column);
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

bool respondent_blank(const struct plan *p, struct text cell)
{
	return cell.n == 0 || (!p->codebook && (span_is(cell, "NA") || span_is(cell, ".")));
}

static void remember_strange(struct respondent *r, const struct csvin_row *row, size_t column,
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

double respondent_value(struct respondent *r, struct variable *v, struct text cell)
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

static double checked(struct respondent *r, const struct csvin_row *row, size_t column,
		      double value, const struct question *q)
{
	if (!isinf(value))
		return value;
	remember_strange(r, row, column, q);
	return NAN;
}

void respondent_variables(struct respondent *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->n_variables; i++) {
		struct variable *v = &r->plan->variable[i];
		size_t at = r->variable[i].y, over = r->variable[i].x;

		r->y[i] = r->x[i] = NAN;
		if (!respondent_blank(r->plan, row->field[at]))
			r->y[i] = checked(r, row, at, respondent_value(r, v, row->field[at]),
					  v->question);
		if (v->kind != VARIABLE_PAIR)
			continue;
		if (!respondent_blank(r->plan, row->field[over]))
			r->x[i] = checked(r, row, over,
					  meaning_number(v->over_question, row->field[over]),
					  v->over_question);
		if (isnan(r->x[i]) || isnan(r->y[i])) /* the pair is there or it is not */
			r->x[i] = r->y[i] = NAN;
	}
}

/* ---- groups -------------------------------------------------------------------------------- */

void respondent_factors(struct respondent *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->n_factors; i++) {
		struct factor *f = &r->plan->factor[i];
		struct text cell = row->field[r->factor[i]];
		size_t before = f->levels->n;
		double *value;
		bool fresh;

		r->level[i] = NO_LEVEL;
		if (respondent_blank(r->plan, cell))
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

/* What to do about a cell that is no number. */
static bool hint_of(struct text cell, struct diag *why)
{
	bool spaced;

	return figure_look(cell, &spaced) == FIGURE_COMMA &&
	       diag_hint(why, "--decimal comma reads such numbers");
}

/* ---- rows ---------------------------------------------------------------------------------- */

bool respondent_weight(struct respondent *r, const struct csvin_row *row, double *weight,
		       struct diag *why)
{
	*weight = 1;
	if (r->weight == RESPONDENT_NONE)
		return true;
	struct text cell = row->field[r->weight];

	if (respondent_blank(r->plan, cell))
		return diag_at(why, csvin_place(row, r->weight), DIAG_DATA,
			       "the weight is missing; every row needs one above 0");
	if (!number_parse(cell, weight)) {
		diag_at(why, csvin_place(row, r->weight), DIAG_DATA, "weight: %.*s",
			SPAN_ARG(number_complaint(r->arena, cell, why)));
		return hint_of(cell, why);
	}
	if (*weight > 0)
		return true;
	return diag_at(why, csvin_place(row, r->weight), DIAG_DATA,
		       "weight \"%.*s\" is not above 0", SPAN_ARG(cell));
}

/* A column of the design; blank is an error. */
static bool design_cell(const struct respondent *r, const struct csvin_row *row, size_t column,
			struct text *cell, struct diag *why)
{
	*cell = text_nfc(r->arena, row->field[column]);
	return !respondent_blank(r->plan, *cell) ||
	       diag_at(why, csvin_place(row, column), DIAG_DATA,
		       "a column of the design is blank; every row must name its stratum and unit");
}

static bool take_fpc(struct respondent *r, const struct csvin_row *row, size_t column,
		     double *count, struct diag *why)
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
static void join_stratum(struct respondent *r, bool first, struct text part)
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

bool respondent_names(struct respondent *r, const struct csvin_row *row, struct frame_name *names,
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

bool respondent_meets(const struct respondent *r, size_t i, struct text cell)
{
	const struct question *q = r->where_question[i];

	return !respondent_blank(r->plan, cell) && !(q && question_missing(q, cell)) &&
	       where_holds(&r->plan->where.at[i], cell);
}

bool respondent_selected(struct respondent *r, const struct csvin_row *row)
{
	for (size_t i = 0; i < r->plan->where.n; i++)
		if (!respondent_meets(r, i, text_nfc(r->arena, row->field[r->where[i]])))
			return false;
	return true;
}

void respondent_numbers(struct respondent *r, const struct csvin_row *row, struct diag *why)
{
	for (size_t i = 0; i < r->plan->n_numbers; i++) {
		struct text cell = row->field[r->number[i]];

		if (!number_parse(cell, &r->numbers[i]))
			diag_at(why, csvin_place(row, r->number[i]), DIAG_DATA, "%.*s",
				SPAN_ARG(number_complaint(r->arena, cell, why)));
	}
}

/* A row of another year that the survey knows is read with that year. */
bool respondent_elsewhere(const struct respondent *r, const struct csvin_row *row, struct diag *why)
{
	struct text cell;

	if (r->only == RESPONDENT_NONE)
		return false;
	cell = row->field[r->only];
	if (where_same(cell, r->plan->only_value))
		return false;
	if (r->plan->n_known == 0 && span_trim(cell).n)
		return true;
	for (size_t i = 0; i < r->plan->n_known; i++)
		if (where_same(cell, r->plan->known[i]))
			return true;
	diag_at(why, csvin_place(row, r->only), DIAG_DATA, "\"%.*s\" is no year of the survey",
		SPAN_ARG(cell));
	return true; /* told; reading goes on to tell the others */
}

void respondent_tell(const struct respondent *r, struct diag *why)
{
	for (size_t i = 0; i < r->strange_index->n; i++) {
		const struct strange *s = &r->strange[i];
		struct text value = r->strange_index->entry[i].name;
		bool one = s->count == 1;

		if (!s->question) {
			diag_at(why, s->at, DIAG_DATA,
				one ? N_("%.*s (%zu row)") : N_("%.*s (%zu rows)"),
				SPAN_ARG(number_complaint(r->arena, value, why)), s->count);
			hint_of(value, why);
		} else
			diag_at(why, s->at, DIAG_DATA,
				one ? N_("\"%.*s\" is no answer to \"%.*s\" in the codebook (%zu "
					 "row)")
				    : N_("\"%.*s\" is no answer to \"%.*s\" in the codebook (%zu "
					 "rows)"),
				SPAN_ARG(value), SPAN_ARG(s->question->code), s->count);
		if (s->question && number_is_date(value))
			diag_hint(why, "a spreadsheet makes dates of codes such as 1-2: give the "
				       "column the format Text, and type them again");
		else if (s->question && i + 1 == r->strange_index->n)
			diag_hint(why,
				  "mend the cells, or tell the codebook: in \"levels\" it is an "
				  "answer, in \"missing\" none");
	}
}
