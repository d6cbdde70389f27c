#include "survey/criteria.h"

#include "base/dict.h"
#include "base/text.h"
#include "input/table.h"

#include <math.h>
#include <string.h>

#define EXACT_DECIMALS 9
#define MOST_POINTS 1e6 /* so that whole numbers of 1e-9 points stay exact */
#define ROOT "total"

enum column {
	COLUMN_CODE,
	COLUMN_NAME,
	COLUMN_MAX,
	COLUMN_SELF,
	COLUMN_APPRAISED,
	COLUMN_SURVEY,
	COLUMN_AGENCY,
	COLUMN_NOTE,
	COLUMN_OPTIONAL, /* from here on: may be absent */
	COLUMN_NAME_EN = COLUMN_OPTIONAL,
	COLUMN_KIND,
	COLUMN_PERCENT,
	COLUMN_YEAR,
	COLUMN_PROVINCE,
	COLUMN_SIMULATED,
	COLUMN__COUNT
};

static const char *const column_names[COLUMN__COUNT] = {
	[COLUMN_CODE] = "code",
	[COLUMN_NAME] = "criterion",
	[COLUMN_MAX] = "max_points",
	[COLUMN_SELF] = "self_score",
	[COLUMN_APPRAISED] = "appraised_score",
	[COLUMN_SURVEY] = "survey_score",
	[COLUMN_AGENCY] = "agency",
	[COLUMN_NOTE] = "note",
	[COLUMN_NAME_EN] = "criterion_en",
	[COLUMN_KIND] = "kind",
	[COLUMN_PERCENT] = "survey_percent",
	[COLUMN_YEAR] = "year",
	[COLUMN_PROVINCE] = "province",
	[COLUMN_SIMULATED] = "simulated",
};

static const char *const kind_words[CRITERION__COUNT] = {
	[CRITERION_UNKNOWN] = "",      [CRITERION_ASSESSED] = "assessed",
	[CRITERION_SIPAS] = "sipas",   [CRITERION_SOCIOECONOMIC] = "socioeconomic",
	[CRITERION_SURVEY] = "survey", [CRITERION_SCORE] = "score",
};

struct reader {
	struct arena *arena;
	struct table t;
	size_t column[COLUMN__COUNT];
	struct criteria *out;
	size_t *row;        /* of the file, by criterion */
	struct dict *codes; /* by criterion */
	double unit;        /* last digit that a score is written with, at most 0.01 */
	struct diag *why;
};

const char *criterion_kind_word(enum criterion_kind kind)
{
	return kind_words[kind];
}

/* Asked of people, so that nobody scores himself. */
static bool is_surveyed(enum criterion_kind kind)
{
	return kind == CRITERION_SURVEY || kind == CRITERION_SIPAS;
}

double criterion_difference(double a, double b)
{
	return number_round(a - b, EXACT_DECIMALS);
}

static struct text cell(const struct reader *r, size_t k, enum column c)
{
	return table_cell(&r->t, r->row[k], r->column[c]);
}

static struct place place_of(const struct reader *r, size_t k, enum column c)
{
	return table_place(&r->t, r->row[k], r->column[c]);
}

/* ---- cells --------------------------------------------------------------------------------- */

static bool read_points(struct reader *r, size_t k, enum column c, double *value)
{
	struct text s = cell(r, k, c);

	if (!table_number(r->arena, &r->t, r->row[k], r->column[c], value, r->why))
		return false;
	if (*value < 0)
		return diag_at(r->why, place_of(r, k, c), DIAG_DATA,
			       "column \"%s\": %.*s is below 0", column_names[c], SPAN_ARG(s));
	if (s.n && number_decimals(s) > EXACT_DECIMALS)
		return diag_at(r->why, place_of(r, k, c), DIAG_DATA,
			       "column \"%s\": %zu decimals; at most 9 are added exactly",
			       column_names[c], number_decimals(s));
	if (s.n && c != COLUMN_MAX && c != COLUMN_PERCENT)
		r->unit = fmin(r->unit, pow(10, -(double)number_decimals(s)));
	return true;
}

/* No score is above the most there is. */
static bool within(struct reader *r, size_t k, enum column c, double value, double most)
{
	return !(value > most) ||
	       diag_at(r->why, place_of(r, k, c), DIAG_DATA,
		       "column \"%s\": %.*s is above the maximum, %.*s", column_names[c],
		       SPAN_ARG(cell(r, k, c)), SPAN_ARG(number_exact(r->arena, most)));
}

/* "survey_percent" of the maximum; points of the survey are then not given too. */
static bool read_percent(struct reader *r, size_t k, struct criterion *c)
{
	double percent;

	if (!read_points(r, k, COLUMN_PERCENT, &percent) ||
	    !within(r, k, COLUMN_PERCENT, percent, 100))
		return false;
	if (isnan(percent))
		return true;
	if (!isnan(c->survey))
		return diag_at(r->why, place_of(r, k, COLUMN_PERCENT), DIAG_DATA,
			       "criterion \"%.*s\" has both a survey_score and a survey_percent; "
			       "one is expected",
			       SPAN_ARG(c->code));
	if (isnan(c->max))
		return diag_at(r->why, place_of(r, k, COLUMN_PERCENT), DIAG_DATA,
			       "criterion \"%.*s\" has a survey_percent, but no max_points",
			       SPAN_ARG(c->code));
	c->survey = number_round(c->max * percent / 100, EXACT_DECIMALS);
	return true;
}

static bool read_scores(struct reader *r, size_t k, struct criterion *c)
{
	if (!read_points(r, k, COLUMN_MAX, &c->max) || !read_points(r, k, COLUMN_SELF, &c->self) ||
	    !read_points(r, k, COLUMN_APPRAISED, &c->appraised) ||
	    !read_points(r, k, COLUMN_SURVEY, &c->survey) || !read_percent(r, k, c))
		return false;
	if (c->max == 0 || c->max > MOST_POINTS)
		return diag_at(r->why, place_of(r, k, COLUMN_MAX), DIAG_DATA,
			       "column \"max_points\": %.*s is not above 0 and at most 1000000",
			       SPAN_ARG(cell(r, k, COLUMN_MAX)));
	return within(r, k, COLUMN_SELF, c->self, c->max) &&
	       within(r, k, COLUMN_APPRAISED, c->appraised, c->max) &&
	       within(r, k, COLUMN_SURVEY, c->survey, c->max);
}

static bool read_kind(struct reader *r, size_t k, struct criterion *c)
{
	size_t kind;

	if (!table_choice(&r->t, r->row[k], r->column[COLUMN_KIND], kind_words, CRITERION_SCORE,
			  &kind, r->why))
		return false;
	c->kind = (enum criterion_kind)kind;
	return true;
}

/* "1.10.2": numbers or letters between single points. */
static bool is_code(struct text code)
{
	struct text part;

	if (code.n == 0)
		return false;
	while (span_split(&code, '.', &part))
		if (part.n == 0)
			return false;
	return true;
}

static bool read_row(struct reader *r, size_t k)
{
	struct criterion *c = &r->out->at[k];
	struct text domain = cell(r, k, COLUMN_CODE), simulated = cell(r, k, COLUMN_SIMULATED);
	bool fresh;

	c->code = domain;
	c->at = place_of(r, k, COLUMN_CODE);
	span_split(&domain, '.', &c->domain);
	c->name[LANG_VI] = cell(r, k, COLUMN_NAME);
	c->name[LANG_EN] = cell(r, k, COLUMN_NAME_EN);
	if (c->name[LANG_EN].n == 0)
		c->name[LANG_EN] = c->name[LANG_VI];
	c->agency = cell(r, k, COLUMN_AGENCY);
	c->note = cell(r, k, COLUMN_NOTE);
	if (simulated.n && !span_is(simulated, "yes"))
		return diag_at(r->why, place_of(r, k, COLUMN_SIMULATED), DIAG_DATA,
			       "column \"simulated\": \"%.*s\" is neither \"yes\" nor blank",
			       SPAN_ARG(simulated));
	r->out->simulated |= simulated.n > 0;
	if (!is_code(c->code))
		return diag_at(r->why, c->at, DIAG_DATA,
			       "column \"code\": \"%.*s\" is not a code such as 1 or 1.2.1",
			       SPAN_ARG(c->code));
	dict_add(r->codes, 0, c->code, &fresh);
	if (!fresh)
		return diag_at(r->why, c->at, DIAG_DATA, "code \"%.*s\" stands twice",
			       SPAN_ARG(c->code));
	if (c->name[LANG_VI].n == 0)
		return diag_at(r->why, place_of(r, k, COLUMN_NAME), DIAG_DATA,
			       "criterion \"%.*s\" has no name", SPAN_ARG(c->code));
	return read_scores(r, k, c) && read_kind(r, k, c);
}

/* Agencies stand between semicolons; none is empty, none stands twice. */
static bool check_agencies(struct reader *r, size_t k)
{
	struct text rest = cell(r, k, COLUMN_AGENCY), one;

	while (rest.n && span_split(&rest, ';', &one)) {
		struct text others = rest, other;

		one = span_trim(one);
		if (one.n == 0)
			return diag_at(r->why, place_of(r, k, COLUMN_AGENCY), DIAG_DATA,
				       "column \"agency\": an agency without a name in \"%.*s\"",
				       SPAN_ARG(cell(r, k, COLUMN_AGENCY)));
		while (others.at && span_split(&others, ';', &other))
			if (span_equal(span_trim(other), one))
				return diag_at(r->why, place_of(r, k, COLUMN_AGENCY), DIAG_DATA,
					       "column \"agency\": \"%.*s\" stands twice",
					       SPAN_ARG(one));
	}
	return true;
}

/* ---- the tree ------------------------------------------------------------------------------ */

/* The nearest criterion above that the file has; DICT_NONE. */
static size_t parent_of(const struct reader *r, struct text code)
{
	bool root = span_is(code, ROOT);

	for (size_t n = code.n; n-- > 0;) {
		size_t found;

		if (code.at[n] != '.')
			continue;
		found = dict_find(r->codes, 0, (struct text){code.at, n});
		if (found != DICT_NONE)
			return found;
	}
	return root ? DICT_NONE : dict_find(r->codes, 0, span_of(ROOT));
}

/* What kind a leaf is follows from what is given, unless the file says it. */
static void settle_kind(struct criterion *c)
{
	if (c->kind != CRITERION_UNKNOWN)
		return;
	if (!isnan(c->survey))
		c->kind = CRITERION_SURVEY;
	else if (!isnan(c->self) || !isnan(c->appraised))
		c->kind = CRITERION_ASSESSED;
}

static bool settle_leaf(struct reader *r, size_t k)
{
	struct criterion *c = &r->out->at[k];
	bool surveyed;

	if (span_is(c->code, ROOT))
		return diag_at(r->why, c->at, DIAG_DATA, "\"%s\" has no criteria below it", ROOT);
	if (isnan(c->max))
		return diag_at(r->why, place_of(r, k, COLUMN_MAX), DIAG_DATA,
			       "criterion \"%.*s\" has no max_points", SPAN_ARG(c->code));
	settle_kind(c);
	surveyed = is_surveyed(c->kind);
	if (!isnan(c->survey) && !isnan(c->appraised))
		return diag_at(r->why, c->at, DIAG_DATA,
			       "criterion \"%.*s\" has an appraised score and one of a survey; "
			       "which of them counts is not known",
			       SPAN_ARG(c->code));
	if (surveyed ? !isnan(c->self) || !isnan(c->appraised) : !isnan(c->survey))
		return diag_at(
			r->why, c->at, DIAG_DATA,
			surveyed ? N_("criterion \"%.*s\" is of a survey, but has a self or an "
				      "appraised score")
				 : N_("criterion \"%.*s\" is not of a survey, but has a score "
				      "of one"),
			SPAN_ARG(c->code));
	c->final = surveyed ? c->survey : c->appraised;
	return true;
}

const struct criterion *criteria_find(const struct criteria *c, struct text code)
{
	if (span_is(code, ROOT))
		return &c->total;
	for (size_t k = 0; k < c->n; k++)
		if (span_equal(c->at[k].code, code))
			return &c->at[k];
	return NULL;
}

static bool is_below(struct text code, struct text above)
{
	return span_is(above, ROOT) ? !span_is(code, ROOT)
				    : code.n > above.n && code.at[above.n] == '.' &&
					      memcmp(code.at, above.at, above.n) == 0;
}

void criterion_add(struct criterion *sum, const struct criterion *leaf, double part)
{
	sum->parts++;
	sum->missing += isnan(leaf->final) ? 1 : 0;
	sum->max += leaf->max * part;
	sum->final += leaf->final * part;
	if (is_surveyed(leaf->kind)) {
		sum->surveyed++;
		sum->survey += leaf->survey * part;
	} else {
		sum->appraised += leaf->appraised * part;
	}
	if (leaf->claimed) {
		sum->claimed++;
		sum->self += leaf->self * part;
		sum->gap += leaf->gap * part;
	}
}

/* A leaf as a sum of itself. Nobody scores himself on what a survey or statistics say. */
static void settle_counts(struct criterion *leaf)
{
	leaf->parts = 1;
	leaf->missing = (size_t) !!isnan(leaf->final);
	leaf->surveyed = is_surveyed(leaf->kind);
	leaf->claimed =
		!leaf->surveyed && !(leaf->kind == CRITERION_SOCIOECONOMIC && isnan(leaf->self));
	leaf->gap = criterion_difference(leaf->appraised, leaf->self);
}

void criterion_round(struct criterion *sum)
{
	double *const points[] = {&sum->max,    &sum->self,  &sum->appraised,
				  &sum->survey, &sum->final, &sum->gap};

	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		*points[i] = number_round(*points[i], EXACT_DECIMALS);
}

static void sum_below(const struct criteria *c, struct criterion *sum)
{
	sum->subtotal = true;
	sum->parts = sum->missing = sum->surveyed = sum->claimed = 0;
	sum->max = sum->self = sum->appraised = sum->survey = sum->final = sum->gap = 0;
	for (size_t k = 0; k < c->n; k++)
		if (!c->at[k].subtotal && is_below(c->at[k].code, sum->code))
			criterion_add(sum, &c->at[k], 1);
	criterion_round(sum);
}

void criteria_sum(struct criteria *c)
{
	c->total.code = span_of(ROOT);
	for (size_t k = 0; k < c->n; k++)
		if (!c->at[k].subtotal)
			settle_counts(&c->at[k]);
	for (size_t k = 0; k < c->n; k++)
		if (c->at[k].subtotal)
			sum_below(c, &c->at[k]);
	sum_below(c, &c->total);
}

/* ---- subtotals against their parts --------------------------------------------------------- */

/* A figure of a subtotal beside the sum of its parts: equal, or off by what rounding of the parts
 * allows, (parts + 1) / 2 last digits. */
static void check_figure(struct reader *r, size_t k, enum column c, double printed, double sum)
{
	const struct criterion *s = &r->out->at[k];
	double off = fabs(criterion_difference(printed, sum)),
	       allowed = c == COLUMN_MAX ? 0 : r->unit * (double)(s->parts + 1) / 2;

	if (isnan(printed) || off == 0)
		return;
	if (isnan(sum))
		diag_at(r->why, place_of(r, k, c), DIAG_WARNING,
			"column \"%s\": %.*s of \"%.*s\" cannot be checked: a part of it has no "
			"score",
			column_names[c], SPAN_ARG(cell(r, k, c)), SPAN_ARG(s->code));
	else
		diag_at(r->why, place_of(r, k, c), off > allowed + 1e-9 ? DIAG_DATA : DIAG_WARNING,
			"column \"%s\": \"%.*s\" has %.*s, its parts sum to %.*s", column_names[c],
			SPAN_ARG(s->code), SPAN_ARG(cell(r, k, c)),
			SPAN_ARG(number_exact(r->arena, sum)));
}

/* A subtotal that gives one figure for appraisal and survey means both together. */
static double one_figure(const struct criterion *sum, const struct criterion *printed)
{
	bool whole_sum = isnan(printed->survey) &&
			 criterion_difference(printed->appraised, sum->appraised) != 0;

	return whole_sum ? sum->final : sum->appraised;
}

static void check_subtotals(struct reader *r, const struct criterion *printed)
{
	for (size_t k = 0; k < r->out->n; k++) {
		const struct criterion *sum = &r->out->at[k], *p = &printed[k];

		if (!sum->subtotal)
			continue;
		check_figure(r, k, COLUMN_MAX, p->max, sum->max);
		check_figure(r, k, COLUMN_SELF, p->self, sum->self);
		check_figure(r, k, COLUMN_APPRAISED, p->appraised, one_figure(sum, p));
		if (cell(r, k, COLUMN_PERCENT).n == 0)
			check_figure(r, k, COLUMN_SURVEY, p->survey, sum->survey);
	}
}

/* ---- the file ------------------------------------------------------------------------------ */

static bool find_columns(struct reader *r)
{
	for (size_t c = 0; c < COLUMN__COUNT; c++) {
		if (c >= COLUMN_OPTIONAL)
			r->column[c] = table_find(&r->t, column_names[c]);
		else if (!table_column(&r->t, column_names[c], &r->column[c], r->why))
			return false;
	}
	return true;
}

/* The row is of the unit and year asked for; without these columns every row is. */
static bool is_wanted(struct reader *r, size_t row, const struct criteria_wanted *w)
{
	size_t year = r->column[COLUMN_YEAR], province = r->column[COLUMN_PROVINCE];
	struct text code = table_cell(&r->t, row, province);
	const struct province *p;
	long of = w->year;

	if (year != TABLE_NO_COLUMN && !table_whole(&r->t, row, year, 1900, 2999, &of, r->why))
		return false;
	if (of != w->year)
		return false;
	if (province == TABLE_NO_COLUMN)
		return true;
	p = province_by_code(w->provinces, code, of);
	if (!p)
		return diag_at(r->why, table_place(&r->t, row, province), DIAG_DATA,
			       "column \"province\": no unit of %ld has the code \"%.*s\"", of,
			       SPAN_ARG(code));
	return p == w->self;
}

static bool take_rows(struct reader *r, const struct criteria_wanted *w)
{
	size_t errors = r->why->errors;

	r->row = arena_new(r->arena, r->t.rows, sizeof *r->row);
	for (size_t i = 0; i < r->t.rows; i++)
		if (is_wanted(r, i, w))
			r->row[r->out->n++] = i;
	if (r->out->n || r->why->errors > errors)
		return r->why->errors == errors;
	return diag_at(r->why, (struct place){r->t.file, 1, 1}, DIAG_DATA,
		       "no row is of %.*s in %ld", SPAN_ARG(w->self->name), w->year);
}

/* A file that nobody named for this unit says itself whose marks they are. */
static bool check_stated(struct reader *r, const struct criteria_wanted *w)
{
	size_t found;

	return !w->stated ||
	       (table_column(&r->t, column_names[COLUMN_YEAR], &found, r->why) &&
		table_column(&r->t, column_names[COLUMN_PROVINCE], &found, r->why)) ||
	       diag_hint(r->why, "whose marks these are must stand in the file; or name it with "
				 "--criteria");
}

static void mark_subtotals(struct reader *r)
{
	for (size_t k = 0; k < r->out->n; k++) {
		size_t parent = parent_of(r, r->out->at[k].code);

		if (parent != DICT_NONE)
			r->out->at[parent].subtotal = true;
	}
}

static bool settle(struct reader *r)
{
	struct criteria *c = r->out;
	struct criterion *printed = arena_new(r->arena, c->n, sizeof *printed);
	size_t errors = r->why->errors;

	mark_subtotals(r);
	for (size_t k = 0; k < c->n; k++)
		if (!c->at[k].subtotal) {
			check_agencies(r, k);
			settle_leaf(r, k);
		}
	if (r->why->errors > errors)
		return false;
	memcpy(printed, c->at, c->n * sizeof *printed);
	criteria_sum(c);
	check_subtotals(r, printed);
	return r->why->errors == errors;
}

bool criteria_read(struct arena *a, const char *file, const struct criteria_wanted *wanted,
		   struct criteria *out, struct diag *why)
{
	struct reader r = {.arena = a, .out = out, .codes = dict_new(a), .unit = 0.01, .why = why};
	size_t errors = why->errors;

	*out = (struct criteria){.file = file};
	if (!table_read(a, file, true, &r.t, why) || !find_columns(&r) ||
	    !check_stated(&r, wanted) || !take_rows(&r, wanted))
		return false;
	out->at = arena_new(a, out->n, sizeof *out->at);
	for (size_t k = 0; k < out->n; k++)
		read_row(&r, k);
	return why->errors == errors && settle(&r);
}

bool criteria_marked(struct arena *a, const char *file, const struct provinces *provinces,
		     struct criteria_wanted **out, size_t *n, struct diag *why)
{
	size_t year, province, errors = why->errors;
	struct table t;

	*out = NULL;
	*n = 0;
	if (!table_read(a, file, true, &t, why) ||
	    !table_column(&t, column_names[COLUMN_YEAR], &year, why) ||
	    !table_column(&t, column_names[COLUMN_PROVINCE], &province, why))
		return false;
	for (size_t r = 0; r < t.rows; r++) {
		struct criteria_wanted w = {.provinces = provinces, .stated = true};
		size_t k = 0;

		if (!table_whole(&t, r, year, 1900, 2999, &w.year, why))
			continue;
		w.self = province_by_code(provinces, table_cell(&t, r, province), w.year);
		if (!w.self)
			diag_at(why, table_place(&t, r, province), DIAG_DATA,
				"column \"province\": no unit of %ld has the code \"%.*s\"", w.year,
				SPAN_ARG(table_cell(&t, r, province)));
		while (k < *n && ((*out)[k].year != w.year || (*out)[k].self != w.self))
			k++;
		if (k < *n || !w.self)
			continue;
		*out = arena_grow(a, *out, *n, sizeof **out);
		(*out)[(*n)++] = w;
	}
	return why->errors == errors;
}

bool criteria_is_file(struct arena *a, const char *path)
{
	struct diag ignored = {0};
	struct table t;

	return table_read(a, path, false, &t, &ignored) &&
	       table_find(&t, column_names[COLUMN_MAX]) != TABLE_NO_COLUMN;
}
