#include "survey/draft.h"

#include "base/csvout.h"
#include "base/text.h"

#include <math.h>

struct pass {
	struct arena *arena;
	struct draft *draft;
	struct csvout out;
	struct dict *strata, *units; /* of the first stage */
	struct dict *populations, *populated;
	const struct csvin_row *row; /* NULL: of a statistical file */
	size_t *stratum;             /* of each unit */
	size_t *population;          /* of each stratum */
	size_t line;
	bool headed;
};

struct draft_column *draft_find(const struct draft *d, struct text name)
{
	for (size_t i = 0; i < d->n; i++)
		if (span_equal(d->column[i].name, name))
			return &d->column[i];
	return NULL;
}

struct draft_column *draft_role(const struct draft *d, enum guess_role role)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->column[i].role == role)
			return &d->column[i];
	return NULL;
}

struct draft_level *draft_level_of(const struct draft_column *c, struct text value)
{
	for (size_t i = 0; i < c->n_levels; i++)
		if (span_equal(c->level[i].value, value))
			return &c->level[i];
	return NULL;
}

/* ---- columns ------------------------------------------------------------------------------- */

static bool add_column(struct arena *a, struct draft *d, struct text name, struct diag *why)
{
	struct place where = {d->file, 1, d->n + 1};
	struct draft_column *c;

	if (name.n == 0)
		return diag_at(why, where, DIAG_DATA, "column %zu has no name", d->n + 1);
	if (draft_find(d, name))
		return diag_at(why, where, DIAG_DATA, "column \"%.*s\" stands twice",
			       SPAN_ARG(name));
	d->column = arena_grow(a, d->column, d->n, sizeof *d->column);
	c = &d->column[d->n++];
	*c = (struct draft_column){.name = text_nfc(a, arena_text(a, name)),
				   .seen = dict_new(a),
				   .absent = dict_new(a),
				   .numeric = true,
				   .low = INFINITY,
				   .high = -INFINITY};
	return true;
}

struct header {
	struct arena *arena;
	struct draft *draft;
	bool taken;
};

static bool take_header(void *context, const struct csvin_row *row, struct diag *why)
{
	struct header *h = context;

	h->taken = true;
	for (size_t i = 0; i < row->fields; i++)
		if (!add_column(h->arena, h->draft, row->field[i], why))
			return false;
	return false;
}

static bool open_csv(struct arena *a, struct draft *d, struct diag *why)
{
	struct header h = {.arena = a, .draft = d};
	size_t errors = why->errors;

	d->made_by = "CSV";
	csvin_read_as(d->file, &d->form, take_header, &h, why);
	return h.taken && why->errors == errors;
}

static bool open_statfile(struct arena *a, struct draft *d, struct diag *why)
{
	struct statfile_options o = {.codes = true};
	struct statfile f;

	if (!statfile_asked(d->file, &d->form, &o, why) ||
	    !statfile_describe(a, d->file, o, &f, why))
		return false;
	d->made_by = f.kind;
	d->title = f.title;
	for (size_t i = 0; i < f.n; i++) {
		if (!add_column(a, d, f.at[i].name, why))
			return false;
		d->column[i].variable = &f.at[i];
	}
	return true;
}

bool draft_open(struct arena *a, const struct guesses *guesses, const char *file,
		const struct form_asked *form, struct draft *out, struct diag *why)
{
	*out = (struct draft){.guesses = guesses, .file = file, .form = *form};
	return statfile_is(file) ? open_statfile(a, out, why) : open_csv(a, out, why);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool in_range(const struct statfile_variable *v, struct text cell)
{
	double x = NAN;

	if (!v->is_text)
		number_parse(cell, &x);
	for (size_t i = 0; i < v->n_missing; i++)
		if (v->is_text ? span_equal(v->missing[i].word, cell)
			       : x >= v->missing[i].low && x <= v->missing[i].high)
			return true;
	return false;
}

/* What the file itself declares missing; in CSV what `answers` takes for it too. */
static bool is_absent(const struct draft_column *c, struct text cell)
{
	const struct statfile_variable *v = c->variable;

	if (!v)
		return span_is(cell, "NA") || span_is(cell, ".");
	return (!v->is_text && cell.n == 2 && cell.at[0] == '.') || in_range(v, cell);
}

static struct place place_of(const struct pass *p, size_t i)
{
	return p->row ? csvin_place(p->row, i) : (struct place){p->draft->file, p->line, i + 1};
}

static void check_rule(const struct pass *p, size_t i, struct text cell, struct diag *why)
{
	const struct draft_column *c = &p->draft->column[i];
	double x;

	if (c->rule == DRAFT_NUMBER && !number_parse(cell, &x))
		diag_at(why, place_of(p, i), DIAG_DATA,
			"\"%.*s\" is no number, as the form asks for \"%.*s\"", SPAN_ARG(cell),
			SPAN_ARG(c->name));
	if (c->rule == DRAFT_LEVEL && !draft_level_of(c, cell))
		diag_at(why, place_of(p, i), DIAG_DATA,
			"\"%.*s\" is no choice that the form has for \"%.*s\"", SPAN_ARG(cell),
			SPAN_ARG(c->name));
}

static void see(struct pass *p, size_t i, struct text cell, struct diag *why)
{
	struct draft_column *c = &p->draft->column[i];
	double x;

	if (cell.n == 0)
		return;
	if (is_absent(c, cell)) {
		dict_add(c->absent, 0, cell, NULL);
		return;
	}
	c->filled++;
	if (c->seen->n < DRAFT_SEEN)
		dict_add(c->seen, 0, cell, NULL);
	else
		c->many = c->many || dict_find(c->seen, 0, cell) == DICT_NONE;
	if (!c->numeric || !number_parse(cell, &x)) {
		c->numeric = false;
	} else {
		c->low = fmin(c->low, x);
		c->high = fmax(c->high, x);
	}
	check_rule(p, i, cell, why);
}

/* The number of the row's stratum. */
static size_t stratum_of(struct pass *p, const struct text *field)
{
	const struct draft *d = p->draft;
	enum guess_role role = draft_role(d, GUESS_STRATUM) ? GUESS_STRATUM : GUESS_PROVINCE;
	size_t in = 0;

	for (size_t i = 0; i < d->n; i++)
		if (d->column[i].role == role)
			in = dict_add(p->strata, in, field[i], NULL) + 1;
	return in;
}

/* Does a value of the column stand with one value only of the other number?
 *   first  of each value: the number it came with first */
static bool stands_alone(struct pass *p, struct dict *values, size_t **first, size_t key,
			 struct text value, size_t other)
{
	bool fresh;
	size_t i = dict_add(values, key, value, &fresh);

	if (fresh) {
		*first = arena_grow(p->arena, *first, i, sizeof **first);
		(*first)[i] = other;
	}
	return (*first)[i] == other;
}

/* Does a unit of one name stand in two strata, a stratum with two populations? */
static void see_design(struct pass *p, const struct text *field)
{
	struct draft *d = p->draft;
	const struct draft_column *psu = draft_role(d, GUESS_PSU), *fpc = draft_role(d, GUESS_FPC);
	size_t in = psu || fpc ? stratum_of(p, field) : 0;

	if (psu && !stands_alone(p, p->units, &p->stratum, 0, field[psu - d->column], in))
		d->nest = true;
	if (fpc && !stands_alone(p, p->populated, &p->population, in, (struct text){"", 0},
				 dict_add(p->populations, 0, field[fpc - d->column], NULL)))
		d->uneven = true;
}

static bool take_fields(struct pass *p, const struct text *field, size_t n, struct diag *why)
{
	struct draft *d = p->draft;

	if (n != d->n)
		return diag_fail(why, DIAG_DATA, "%s has changed while it was read", d->file);
	for (size_t i = 0; i < n; i++) {
		struct text cell = p->headed ? text_nfc(p->arena, field[i]) : d->column[i].name;

		if (p->headed)
			see(p, i, cell, why);
		csvout_field(&p->out, cell);
	}
	if (d->unweighted)
		csvout_field(&p->out, p->headed ? span_of("1") : d->weight);
	csvout_row(&p->out);
	if (p->headed)
		see_design(p, field);
	d->rows += p->headed;
	p->headed = true;
	return true;
}

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct pass *p = context;

	p->row = row;
	return take_fields(p, row->field, row->fields, why);
}

static bool take_observation(void *context, size_t line, const struct text *field, size_t n,
			     struct diag *why)
{
	struct pass *p = context;

	p->line = line;
	return take_fields(p, field, n, why);
}

static void weigh(struct arena *a, struct draft *d)
{
	const struct draft_column *c = draft_role(d, GUESS_WEIGHT);

	d->unweighted = c == NULL;
	d->weight = c ? c->name : span_of("weight");
	while (!c && draft_find(d, d->weight))
		d->weight = arena_format(a, "%.*s_1", SPAN_ARG(d->weight));
}

bool draft_read(struct arena *a, struct draft *d, struct diag *why)
{
	size_t errors = why->errors;
	struct pass p = {.arena = a,
			 .draft = d,
			 .out = {.arena = a},
			 .units = dict_new(a),
			 .strata = dict_new(a),
			 .populations = dict_new(a),
			 .populated = dict_new(a)};
	struct statfile_options o = {.codes = true};
	bool ok;

	weigh(a, d);
	if (statfile_is(d->file))
		ok = statfile_asked(d->file, &d->form, &o, why) &&
		     statfile_read(d->file, o, take_observation, &p, why);
	else
		ok = csvin_read_as(d->file, &d->form, take_row, &p, why);
	if (!ok || why->errors != errors)
		return false;
	d->answers = csvout_bytes(&p.out);
	return d->rows || diag_fail(why, DIAG_DATA, "%s has no rows of answers", d->file);
}
