#include "cmd/areas.h"

#include "base/dict.h"
#include "base/text.h"
#include "cmd/asked.h"
#include "cmd/gather.h"
#include "input/table.h"

#include <math.h>

#define MOST_NAMES 10 /* in a message */

/* The columns of a table of areas. */
struct columns_of {
	size_t province, name, area, estimate, se, variance, n, n_eff, deff, population;
	size_t *with; /* p - 1 */
};

/* The column that stands under one of two or three names. */
static bool find_one(const struct table *t, const char *const *names, size_t n, size_t *column,
		     struct diag *why)
{
	const char *first = NULL;

	*column = TABLE_NO_COLUMN;
	for (size_t i = 0; i < n; i++) {
		size_t at = table_find(t, names[i]);

		if (at == TABLE_NO_COLUMN)
			continue;
		if (first)
			return diag_at(why, (struct place){t->file, 1, at + 1}, DIAG_DATA,
				       "columns \"%s\" and \"%s\" mean the same; one is expected",
				       first, names[i]);
		first = names[i];
		*column = at;
	}
	return true;
}

static bool find_names(const struct table *t, struct columns_of *c, struct diag *why)
{
	static const char *const names[] = {"province_name", "name"};

	c->province = table_find(t, "province");
	c->area = table_find(t, "area");
	if (!find_one(t, names, 2, &c->name, why))
		return false;
	return c->province != TABLE_NO_COLUMN || c->area != TABLE_NO_COLUMN ||
	       c->name != TABLE_NO_COLUMN || table_column(t, "province", &c->province, why) ||
	       diag_hint(why, "areas stand under province, province_name, name or area");
}

static bool find_direct(const struct table *t, struct columns_of *c, struct diag *why)
{
	static const char *const estimates[] = {"estimate", "y", "direct"};
	static const char *const variances[] = {"variance", "vardir"};

	c->se = table_find(t, "se");
	c->n = table_find(t, "n");
	c->n_eff = table_find(t, "n_eff");
	c->deff = table_find(t, "deff");
	if (!find_one(t, estimates, 3, &c->estimate, why) ||
	    !find_one(t, variances, 2, &c->variance, why))
		return false;
	if (c->estimate == TABLE_NO_COLUMN) {
		table_column(t, "estimate", &c->estimate, why);
		return diag_hint(why, "direct estimates stand under estimate, y or direct");
	}
	if (c->se != TABLE_NO_COLUMN && c->variance != TABLE_NO_COLUMN)
		return diag_at(why, (struct place){t->file, 1, 1}, DIAG_DATA,
			       "both \"se\" and \"%.*s\": one of them is expected",
			       SPAN_ARG(t->name[c->variance]));
	return true;
}

/* --with, each a column of the table; the constant goes before them. */
static bool find_predictors(struct session *s, const struct table *t, struct columns_of *c,
			    struct areas *out, struct diag *why)
{
	const char *value = s->options.value[OPT_WITH];
	struct text rest = span_of(value), part;

	if (!value || !*value) {
		diag_fail(why, DIAG_USAGE,
			  "--with is missing: which columns explain the estimates?");
		return diag_hint(why, "--with urban,poverty");
	}
	out->column = arena_grow(s->arena, NULL, 0, sizeof *out->column);
	out->column[out->p++] = phrase(&s->phrases, "small.constant");
	while (span_split(&rest, ',', &part)) {
		size_t column;

		part = text_nfc(s->arena, part);
		if (part.n == 0)
			return diag_fail(why, DIAG_USAGE, "--with: a name is missing in \"%s\"",
					 value);
		for (size_t i = 1; i < out->p; i++)
			if (span_equal(out->column[i], part))
				return diag_fail(why, DIAG_USAGE, "--with: \"%.*s\" stands twice",
						 SPAN_ARG(part));
		if (!table_column(t, arena_string(s->arena, part), &column, why))
			return diag_hint(why, "--with names columns of that file");
		out->column = arena_grow(s->arena, out->column, out->p, sizeof *out->column);
		c->with = arena_grow(s->arena, c->with, out->p - 1, sizeof *c->with);
		c->with[out->p - 1] = column;
		out->column[out->p++] = part;
	}
	c->population = table_find(t, "population");
	return true;
}

static void make_room(struct arena *a, size_t m, struct areas *out)
{
	out->m = m;
	out->row = arena_new(a, m, sizeof *out->row);
	out->at = arena_new(a, m, sizeof *out->at);
	out->name = arena_new(a, m, sizeof *out->name);
	out->psi = arena_new(a, m, sizeof *out->psi);
	out->x = arena_new(a, m * out->p, sizeof *out->x);
	out->population = arena_new(a, m, sizeof *out->population);
	for (size_t d = 0; d < m; d++) {
		out->row[d] = result_row_init();
		out->psi[d] = out->population[d] = NAN;
	}
}

/* A number that is above 0 where it is given. */
static bool positive(struct session *s, const struct table *t, size_t row, size_t column,
		     double *out, struct diag *why)
{
	if (!table_number(s->arena, t, row, column, out, why))
		return false;
	return isnan(*out) || *out > 0 ||
	       diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "column \"%.*s\": %g is not above 0", SPAN_ARG(t->name[column]), *out);
}

/* Predictors and population of the area from a row of a table. */
static bool read_predictors(struct session *s, const struct table *t, const struct columns_of *c,
			    size_t row, size_t d, struct areas *out, struct diag *why)
{
	bool ok = positive(s, t, row, c->population, &out->population[d], why);

	out->x[d * out->p] = 1;
	for (size_t j = 1; j < out->p; j++) {
		size_t column = c->with[j - 1];
		double *x = &out->x[d * out->p + j];

		if (!table_number(s->arena, t, row, column, x, why))
			ok = false;
		else if (isnan(*x))
			ok = diag_at(why, table_place(t, row, column), DIAG_DATA,
				     "column \"%.*s\" is blank: every area needs every predictor",
				     SPAN_ARG(t->name[column]));
	}
	return ok;
}

/* ---- one table ----------------------------------------------------------------------------- */

static bool read_name(struct session *s, const struct table *t, const struct columns_of *c,
		      size_t d, struct dict *seen, struct areas *out, struct diag *why)
{
	struct result_row *row = &out->row[d];
	struct text all;
	bool fresh;

	row->province = table_cell(t, d, c->province);
	row->province_name = table_cell(t, d, c->name);
	row->domain = table_cell(t, d, c->area);
	out->name[d] = row->province_name.n ? row->province_name
		       : row->domain.n      ? row->domain
					    : row->province;
	if (out->name[d].n == 0)
		return diag_at(why, table_place(t, d, 0), DIAG_DATA, "the area has no name");
	all = arena_format(s->arena, "%.*s|%.*s|%.*s", SPAN_ARG(row->province),
			   SPAN_ARG(row->province_name), SPAN_ARG(row->domain));
	dict_add(seen, 0, all, &fresh);
	return fresh || diag_at(why, table_place(t, d, 0), DIAG_DATA,
				"area \"%.*s\" stands twice; one row each is expected",
				SPAN_ARG(out->name[d]));
}

static bool read_direct(struct session *s, const struct table *t, const struct columns_of *c,
			size_t d, struct areas *out, struct diag *why)
{
	size_t error = c->se != TABLE_NO_COLUMN ? c->se : c->variance;
	struct result_row *row = &out->row[d];
	double value;

	out->at[d] = table_place(t, d, error == TABLE_NO_COLUMN ? c->estimate : error);
	if (!table_number(s->arena, t, d, c->estimate, &row->estimate, why) ||
	    !table_number(s->arena, t, d, error, &value, why) ||
	    !positive(s, t, d, c->n, &row->n, why) ||
	    !positive(s, t, d, c->n_eff, &row->n_eff, why) ||
	    !positive(s, t, d, c->deff, &row->deff, why))
		return false;
	if (value < 0)
		return diag_at(why, out->at[d], DIAG_DATA, "column \"%.*s\": %g is negative",
			       SPAN_ARG(t->name[error]), value);
	if (isnan(row->estimate) && !isnan(value))
		return diag_at(why, out->at[d], DIAG_DATA,
			       "column \"%.*s\" has a number, but there is no direct estimate",
			       SPAN_ARG(t->name[error]));
	row->se = c->se != TABLE_NO_COLUMN ? value : sqrt(value);
	out->psi[d] = c->se != TABLE_NO_COLUMN ? value * value : value;
	return true;
}

/* --unit: what a whole is, where estimates are shares. */
static bool read_unit(const struct session *s, struct areas *out, struct diag *why)
{
	const char *unit = s->options.value[OPT_UNIT];

	out->low = out->range = NAN;
	if (!unit)
		return true;
	out->low = 0;
	out->range = span_is(span_of(unit), "percent") ? 100 : 1;
	return out->range == 100 || span_is(span_of(unit), "share") ||
	       diag_fail(why, DIAG_USAGE, "--unit: \"%s\" is neither share nor percent", unit);
}

bool areas_table(struct session *s, struct areas *out, struct diag *why)
{
	struct text file = span_of(s->options.word[0]);
	struct columns_of c = {0};
	struct dict *seen = dict_new(s->arena);
	struct table t;
	size_t errors = why->errors;

	*out = (struct areas){.national = NAN};
	for (size_t i = file.n; i-- > 0;)
		if (file.at[i] == '/') {
			file = (struct text){file.at + i + 1, file.n - i - 1};
			break;
		}
	if (!read_unit(s, out, why) ||
	    !table_read_as(s->arena, s->options.word[0], &s->reading.form, true, &t, why) ||
	    !find_names(&t, &c, why) || !find_direct(&t, &c, why) ||
	    !find_predictors(s, &t, &c, out, why))
		return false;
	make_room(s->arena, t.rows, out);
	for (size_t d = 0; d < t.rows; d++) {
		out->row[d].survey = out->row[d].source = file;
		read_name(s, &t, &c, d, seen, out, why);
		read_direct(s, &t, &c, d, out, why);
		read_predictors(s, &t, &c, d, d, out, why);
	}
	return why->errors == errors;
}

/* ---- a survey and a table beside it -------------------------------------------------------- */

/* Direct estimates of one item, of the provinces and of the country (the row without province). */
struct direct {
	struct result rows;
	double low, range;
};

static bool direct_index(struct session *s, const struct areas *from, const struct wave *wave,
			 const struct item *item, struct direct *out, struct diag *why)
{
	struct estimate_options o = {.interval = INTERVAL_LOGIT};
	const struct survey *survey = &from->loaded.survey;
	struct index_groups *g;
	struct wave_answers w;
	const size_t province = 0;

	if (!asked_variance(s, &o, why) || !waves_plan(s->arena, survey, wave, &w, why) ||
	    !index_variables(s->arena, &w, INDEX_STRUCTURE, why))
		return false;
	if (!w.plan.province_first)
		return diag_fail(why, DIAG_USAGE, "design.csv names no column of provinces");
	w.plan.collapse = asked_collapse(s);
	waves_margin(s->arena, &w, NULL, 0);
	waves_margin(s->arena, &w, &province, 1);
	if (!waves_read(s->arena, &w, false, why) || !gather_warn(s, &o, &w.answers, why))
		return false;
	g = index_start(s->arena, &w, INDEX_STRUCTURE, &o);
	for (size_t c = 0; c < w.answers.cells.index->n; c++)
		if (index_enter(g, c, 0) || index_enter(g, c, 1)) {
			struct result_row row = index_item(g, item->order);

			if (index_at(g, item->order)->share) {
				out->low = item->min;
				out->range = item->max - item->min;
			}
			result_add(s->arena, &out->rows, &row);
		}
	return true;
}

static bool direct_rate(struct session *s, const struct areas *from, const struct wave *wave,
			struct direct *out, struct diag *why)
{
	struct estimate_options o = {.statistic = STATISTIC_RATE, .interval = INTERVAL_LOGIT};
	struct session every = *s; /* gather_groups makes groups of provinces when they are asked */
	struct wave_answers w;

	every.options.value[OPT_PROVINCE] = "all";
	if (!asked_variance(s, &o, why) ||
	    !gather_wave(&every, &o, &from->loaded.survey, wave, &w, why))
		return false;
	waves_margin(s->arena, &w, NULL, 0);
	if (!waves_read(s->arena, &w, false, why) || !gather_warn(s, &o, &w.answers, why))
		return false;
	estimate_tally(s->arena, &w.tally, &o, &out->rows);
	for (size_t i = 0; i < out->rows.n; i++) {
		struct result_row *row = &out->rows.row[i];
		const struct dict *levels = w.plan.factor[0].levels;

		for (size_t l = 0; row->province.n && l < levels->n; l++)
			if (span_equal(levels->entry[l].name, row->province)) {
				row->province_name = w.province[l]->name;
				row->province = w.province[l]->code;
				break;
			}
		row->survey = from->loaded.survey.id;
		row->source = wave->file;
		row->year = wave->year;
		row->flags = wave->simulated ? FLAG_SIMULATED : 0;
	}
	out->low = 0;
	out->range = 1;
	return true;
}

static bool estimate_directly(struct session *s, struct areas *from, const struct wave *wave,
			      struct direct *out, struct diag *why)
{
	const char *given = s->options.value[OPT_ITEM];
	struct text code = span_of(given ? given : STRUCTURE_ROOT), rest = code, one;
	const struct survey *survey = &from->loaded.survey;
	const struct item *item;

	*out = (struct direct){.low = NAN, .range = NAN};
	span_split(&rest, ',', &one);
	if (rest.at)
		return diag_fail(why, DIAG_USAGE, "--item: one item at a time, not \"%s\"", given);
	item = structure_find(&survey->structure, wave->era, code);
	if (item && !s->options.value[OPT_SATISFIED])
		return direct_index(s, from, wave, item, out, why);
	if (!direct_rate(s, from, wave, out, why))
		return false;
	for (size_t i = 0; i < out->rows.n; i++)
		out->rows.row[i].item = code;
	return true;
}

/* The province of each row of the table. */
static const struct province **find_provinces(struct session *s, const struct areas *from,
					      const struct table *t, const struct columns_of *c,
					      long year, struct diag *why)
{
	size_t column = c->province != TABLE_NO_COLUMN ? c->province
			: c->name != TABLE_NO_COLUMN   ? c->name
						       : c->area;
	const struct province **found = arena_new(s->arena, t->rows, sizeof *found);
	size_t errors = why->errors;

	for (size_t i = 0; i < t->rows; i++) {
		struct diag own = {.translation = why->translation};

		if (!province_find(s->arena, &from->loaded.survey.provinces,
				   table_cell(t, i, column), year, &found[i], &own)) {
			diag_at(why, table_place(t, i, column), DIAG_DATA, "%s", own.item[0].words);
			if (own.item[0].hint[0])
				diag_hint(why, "%s", own.item[0].hint);
			continue;
		}
		for (size_t k = 0; k < i; k++)
			if (found[k] == found[i])
				diag_at(why, table_place(t, i, column), DIAG_DATA,
					"%.*s stands in line %zu already; one row each is expected",
					SPAN_ARG(found[i]->name), table_place(t, k, column).line);
	}
	return why->errors == errors ? found : NULL;
}

static void take_direct(const struct direct *from, size_t d, struct areas *out)
{
	for (size_t i = 0; i < from->rows.n; i++) {
		const struct result_row *row = &from->rows.row[i];

		if (row->province.n && span_equal(row->province, out->row[d].province)) {
			out->row[d] = *row;
			out->psi[d] = row->se * row->se;
			return;
		}
	}
}

/* Every province with answers needs a row. */
static bool check_covered(struct session *s, const struct direct *from, const struct table *t,
			  const struct areas *areas, struct diag *why)
{
	struct text names = {"", 0};
	size_t missing = 0;

	for (size_t i = 0; i < from->rows.n; i++) {
		const struct result_row *row = &from->rows.row[i];
		size_t d = 0;

		while (d < areas->m && !span_equal(areas->row[d].province, row->province))
			d++;
		if (d < areas->m || row->province.n == 0)
			continue;
		if (missing++ < MOST_NAMES)
			names = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(names),
					     names.n ? ", " : "", SPAN_ARG(row->province_name));
	}
	return missing == 0 ||
	       diag_at(why, (struct place){t->file, 0, 0}, DIAG_DATA,
		       "no row for %.*s%s, with answers in the survey (%zu provinces)",
		       SPAN_ARG(names), missing > MOST_NAMES ? ", ..." : "", missing);
}

/* Provinces by code, as other tables have them. */
static bool join(struct session *s, const struct direct *from, const struct table *t,
		 const struct columns_of *c, long year, struct areas *out, struct diag *why)
{
	const struct provinces *all = &out->loaded.survey.provinces;
	const struct province **found = find_provinces(s, out, t, c, year, why);
	const struct result_row *any = from->rows.row;
	size_t errors = why->errors, d = 0;

	if (!found)
		return false;
	make_room(s->arena, t->rows, out);
	for (size_t p = 0; p < all->n; p++)
		for (size_t i = 0; i < t->rows; i++) {
			if (found[i] != &all->at[p])
				continue;
			out->row[d].survey = out->loaded.survey.id;
			out->row[d].year = year;
			out->row[d].province = found[i]->code;
			out->row[d].province_name = found[i]->name;
			out->row[d].item = any->item;
			out->row[d].source = any->source;
			out->row[d].flags = any->flags & FLAG_SIMULATED;
			out->name[d] = found[i]->name;
			take_direct(from, d, out);
			read_predictors(s, t, c, i, d, out, why);
			d++;
		}
	return why->errors == errors && check_covered(s, from, t, out, why);
}

bool areas_survey(struct session *s, struct areas *out, struct diag *why)
{
	const char *file = s->options.value[OPT_AUXILIARY];
	struct columns_of c = {0};
	struct direct direct;
	struct table t;
	long year;

	*out = (struct areas){.national = NAN, .survey = true};
	if (!file) {
		diag_fail(why, DIAG_USAGE,
			  "--auxiliary is missing: which file has the predictors?");
		return diag_hint(why, "a CSV with a column province and those of --with");
	}
	if (!load_read(s, s->options.word[0], &out->loaded, why) ||
	    !load_year(s, &out->loaded, OPT_YEAR, survey_last_year(&out->loaded.survey), &year,
		       why) ||
	    !load_province(s, &out->loaded, year, &out->only, why) ||
	    !table_read(s->arena, file, true, &t, why) || !find_names(&t, &c, why) ||
	    !find_predictors(s, &t, &c, out, why) ||
	    !estimate_directly(s, out, survey_wave(&out->loaded.survey, year), &direct, why) ||
	    !join(s, &direct, &t, &c, year, out, why))
		return false;
	out->low = direct.low;
	out->range = direct.range;
	for (size_t i = 0; i < direct.rows.n; i++)
		if (direct.rows.row[i].province.n == 0)
			out->national = direct.rows.row[i].estimate;
	return true;
}
