#include "survey/refused.h"

#include "base/number.h"

#include <string.h>

bool refused_takes(struct refused *r, const struct csvin_row *header, size_t column)
{
	struct text name = header->field[column];
	bool words = span_starts(name, "words");

	if (!words && !span_starts(name, "bad"))
		return false;
	r->at = arena_grow(r->arena, r->at, r->n, sizeof *r->at);
	r->at[r->n++] = (struct refused_column){
		.column = column, .name = arena_text(r->arena, name), .words = words};
	return true;
}

bool refused_row(struct refused *r, const struct csvin_row *row, bool *any, struct diag *why)
{
	*any = false;
	for (size_t i = 0; i < r->n; i++) {
		struct refused_column *c = &r->at[i];
		long rows;

		if (!number_whole(row->field[c->column], 0, 1000000000000000, &rows))
			return diag_at(why, csvin_place(row, c->column), DIAG_DATA,
				       "\"%.*s\" is not a number of rows",
				       SPAN_ARG(row->field[c->column]));
		if (rows && !c->rows)
			c->at = csvin_place(row, c->column);
		c->rows += (uint64_t)rows;
		*any = *any || (rows && !c->words);
	}
	return true;
}

static size_t number_behind(struct text column, const char *head, size_t most)
{
	size_t n = strlen(head);
	long i;

	if (!span_starts(column, head) ||
	    !number_whole((struct text){column.at + n, column.n - n}, 1, (long)most, &i))
		return 0;
	return (size_t)i;
}

static bool refuse(struct place at, struct text column, const char *what, uint64_t rows,
		   struct diag *why)
{
	return diag_at(why, at, DIAG_DATA,
		       rows == 1 ? N_("column \"%.*s\" of the answers has %llu row %s")
				 : N_("column \"%.*s\" of the answers has %llu rows %s"),
		       SPAN_ARG(column), (unsigned long long)rows, diag_word(why, what));
}

static bool complain(const struct plan *p, bool codebook, struct text column, uint64_t rows,
		     struct place at, struct diag *why)
{
	static const char *const blank = N_("that do not name their stratum or unit");
	const struct design *d = &p->design;
	size_t i;

	if (span_is(column, "bad_weight"))
		return refuse(
			at, d->weight,
			N_("whose weight is missing, no number, not above 0, or has more digits "
			   "than the statement takes"),
			rows, why);
	if (span_is(column, "bad_year"))
		return diag_at(why, at, DIAG_DATA,
			       rows == 1 ? N_("%llu row is of no year of the survey")
					 : N_("%llu rows are of no year of the survey"),
			       (unsigned long long)rows);
	if ((i = number_behind(column, "bad_h", d->n_strata)))
		return refuse(at, d->stratum[i - 1], blank, rows, why);
	if ((i = number_behind(column, "bad_u", d->n_units)))
		return refuse(at, d->unit[i - 1], blank, rows, why);
	if ((i = number_behind(column, "bad_f", d->n_fpc)))
		return refuse(at, d->fpc[i - 1],
			      N_("without the number of units in the population"), rows, why);
	if ((i = number_behind(column, "bad_g", p->n_factors)))
		return refuse(at, p->factor[i - 1].column,
			      N_("with a value that the codebook does not know"), rows, why);
	if ((i = number_behind(column, "bad", p->n_variables)))
		return refuse(at, p->variable[i - 1].column,
			      codebook ? N_("with a value that the codebook does not know")
				       : N_("with a value that is no number"),
			      rows, why);
	return diag_at(why, at, DIAG_DATA, "column \"%.*s\" counts rows for an unknown reason",
		       SPAN_ARG(column));
}

static void warn_words(const struct plan *p, struct text column, uint64_t rows, struct diag *why)
{
	size_t i = number_behind(column, "words", p->n_variables);

	if (!i)
		return;
	diag_warn(why,
		  rows == 1
			  ? N_("column \"%.*s\" also has words (%llu row), counted as answers that "
			       "are not among the levels")
			  : N_("column \"%.*s\" also has words (%llu rows), counted as answers "
			       "that are not among the levels"),
		  SPAN_ARG(p->variable[i - 1].column), (unsigned long long)rows);
	diag_hint(why, "only empty cells, NA and \".\" are missing; --where can leave rows out");
}

bool refused_values(const struct refused *r, size_t variable)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].rows &&
		    number_behind(r->at[i].name, "bad", variable + 1) == variable + 1)
			return true;
	return false;
}

bool refused_tell(const struct refused *r, const struct plan *p, bool codebook, struct diag *why)
{
	bool ok = true;

	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].rows && !r->at[i].words)
			ok = complain(p, codebook, r->at[i].name, r->at[i].rows, r->at[i].at, why);
	for (size_t i = 0; i < r->n && ok; i++)
		if (r->at[i].rows && r->at[i].words)
			warn_words(p, r->at[i].name, r->at[i].rows, why);
	return ok;
}
