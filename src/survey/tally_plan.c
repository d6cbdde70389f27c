#include "survey/tally_plan.h"

#include "base/number.h"
#include "base/text.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const tally_kinds[TALLY_KINDS] = {
	[VARIABLE_NUMBER] = "number",         [VARIABLE_PAIR] = "pair",
	[VARIABLE_SHARE] = "share",           [VARIABLE_LEVELS] = "levels",
	[VARIABLE_UNANSWERED] = "unanswered",
};

const char *const tally_operators[WHERE__COUNT] = {"=", "!=", "<", "<=", ">", ">="};

/* ---- writing ------------------------------------------------------------------------------- */

static void put_text(struct arena *a, cJSON *object, const char *name, struct text s)
{
	cJSON_AddStringToObject(object, name, arena_string(a, s));
}

static void put_list(struct arena *a, cJSON *object, const char *name, const struct text *at,
		     size_t n)
{
	cJSON *list = cJSON_AddArrayToObject(object, name);

	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(arena_string(a, at[i])));
}

static void put_design(struct arena *a, cJSON *root, const struct design *d)
{
	cJSON *object = cJSON_AddObjectToObject(root, "design");

	put_text(a, object, "weight", d->weight);
	put_text(a, object, "province", d->province);
	put_list(a, object, "strata", d->stratum, d->n_strata);
	put_list(a, object, "units", d->unit, d->n_units);
	put_list(a, object, "fpc", d->fpc, d->n_fpc);
	cJSON_AddBoolToObject(object, "nest", d->nest);
}

static void put_where(struct arena *a, cJSON *root, const struct where *w)
{
	cJSON *list = cJSON_AddArrayToObject(root, "where");

	for (size_t i = 0; i < w->n; i++) {
		cJSON *object = cJSON_CreateObject();

		put_text(a, object, "column", w->at[i].column);
		cJSON_AddStringToObject(object, "is", tally_operators[w->at[i].op]);
		put_text(a, object, "value", w->at[i].value);
		cJSON_AddItemToArray(list, object);
	}
}

static bool same_list(const struct text *a, size_t n, const struct text *b, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!span_equal(a[i], b[i]))
			return false;
	return true;
}

static bool same_levels(const struct dict *a, const struct dict *b)
{
	size_t n = a ? a->n : 0;

	if (n != (b ? b->n : 0))
		return false;
	for (size_t i = 0; i < n; i++)
		if (dict_find(a, 0, b->entry[i].name) == DICT_NONE)
			return false;
	return true;
}

bool tally_plan_alike(const struct variable *a, const struct variable *b)
{
	return a->kind == b->kind && span_equal(a->over, b->over) &&
	       same_list(a->counting, a->n_counting, b->counting, b->n_counting);
}

static int by_number(const void *a, const void *b)
{
	const struct dict_entry *const *l = a, *const *m = b;
	double x, y;
	bool x_is = number_parse((*l)->name, &x), y_is = number_parse((*m)->name, &y);

	if (x_is != y_is)
		return x_is ? -1 : 1;
	if (x_is && x != y)
		return x < y ? -1 : 1;
	return span_compare((*l)->name, (*m)->name);
}

size_t *tally_plan_levels(struct arena *a, const struct variable *v, size_t *n)
{
	const struct dict_entry **order;
	size_t *level;

	*n = v->levels ? v->levels->n : 0;
	order = arena_new(a, *n, sizeof *order);
	level = arena_new(a, *n, sizeof *level);
	for (size_t i = 0; i < *n; i++)
		order[i] = &v->levels->entry[i];
	if (!v->question || v->question->n_levels == 0)
		qsort(order, *n, sizeof *order, by_number);
	for (size_t i = 0; i < *n; i++)
		level[i] = (size_t)(order[i] - v->levels->entry);
	return level;
}

static void put_levels(struct arena *a, cJSON *object, const struct variable *v)
{
	size_t n, *level = tally_plan_levels(a, v, &n);
	struct text *name = arena_new(a, n, sizeof *name);

	for (size_t i = 0; i < n; i++)
		name[i] = v->levels->entry[level[i]].name;
	put_list(a, object, "levels", name, n);
}

static bool same_places(const struct tally_about *about, size_t i)
{
	return !about->y_places || (about->y_places[i] == about->y_places[i - 1] &&
				    about->x_places[i] == about->x_places[i - 1]);
}

static void put_places(cJSON *object, const struct tally_about *about, size_t i)
{
	cJSON *list = cJSON_AddArrayToObject(object, "places");

	cJSON_AddItemToArray(list, cJSON_CreateNumber(about->y_places[i]));
	cJSON_AddItemToArray(list, cJSON_CreateNumber(about->x_places[i]));
}

/* Columns that are counted alike stand together. */
static void put_variables(struct arena *a, cJSON *root, const struct plan *p,
			  const struct tally_about *about)
{
	cJSON *list = cJSON_AddArrayToObject(root, "variables"), *columns = NULL;

	for (size_t i = 0; i < p->n_variables; i++) {
		const struct variable *v = &p->variable[i], *before = i ? v - 1 : NULL;

		if (!before || !tally_plan_alike(before, v) ||
		    !same_levels(before->levels, v->levels) || !same_places(about, i)) {
			cJSON *object = cJSON_CreateObject();

			cJSON_AddItemToArray(list, object);
			columns = cJSON_AddArrayToObject(object, "columns");
			cJSON_AddStringToObject(object, "kind", tally_kinds[v->kind]);
			if (v->kind == VARIABLE_SHARE)
				put_list(a, object, "counting", v->counting, v->n_counting);
			if (v->kind == VARIABLE_LEVELS)
				put_levels(a, object, v);
			if (v->kind == VARIABLE_PAIR)
				put_text(a, object, "over", v->over);
			if (v->kind <= VARIABLE_PAIR && about->y_places)
				put_places(object, about, i);
		}
		cJSON_AddItemToArray(columns, cJSON_CreateString(arena_string(a, v->column)));
	}
}

/* Levels that count and occur, in any column. */
static void put_met(struct arena *a, cJSON *root, const struct plan *p)
{
	cJSON *list = cJSON_AddArrayToObject(root, "met");
	struct dict *seen = dict_new(a);

	for (size_t i = 0; i < p->n_variables; i++)
		for (size_t l = 0; l < p->variable[i].n_counting && p->variable[i].met; l++) {
			struct text level = p->variable[i].counting[l];
			bool fresh = false;

			if (p->variable[i].met[l])
				dict_add(seen, 0, level, &fresh);
			if (fresh)
				cJSON_AddItemToArray(list,
						     cJSON_CreateString(arena_string(a, level)));
		}
}

static int by_bytes(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	return span_compare(*x, *y);
}

/* Texts of a column that are no numbers, sorted; at most TALLY_WORDS of them. */
static struct text *words_of(struct arena *a, const struct variable *v, size_t *n)
{
	const struct dict *seen = v->spellings.seen;
	size_t most = seen && v->kind == VARIABLE_SHARE && !v->question ? seen->n : 0;
	struct text *word = arena_new(a, most, sizeof *word);
	double number;

	*n = 0;
	for (size_t i = 0; i < most; i++)
		if (!number_parse(seen->entry[i].name, &number))
			word[(*n)++] = seen->entry[i].name;
	qsort(word, *n, sizeof *word, by_bytes);
	if (*n > TALLY_WORDS)
		*n = TALLY_WORDS;
	return word;
}

static void put_words(struct arena *a, cJSON *root, const struct plan *p)
{
	cJSON *list = cJSON_AddArrayToObject(root, "words"), *columns = NULL;
	struct text *before = NULL;
	size_t n_before = 0;

	for (size_t i = 0; i < p->n_variables; i++) {
		size_t n;
		struct text *word = words_of(a, &p->variable[i], &n);

		if (n && !same_list(before, n_before, word, n)) {
			cJSON *object = cJSON_CreateObject();

			cJSON_AddItemToArray(list, object);
			columns = cJSON_AddArrayToObject(object, "columns");
			put_list(a, object, "words", word, n);
		}
		if (n)
			cJSON_AddItemToArray(columns, cJSON_CreateString(arena_string(
							      a, p->variable[i].column)));
		before = word;
		n_before = n;
	}
}

struct text tally_plan_text(struct arena *a, const struct plan *p, const struct tally_about *about)
{
	cJSON *root = cJSON_CreateObject(), *factors;
	struct text text = {"", 0};
	char *bytes;

	cJSON_AddStringToObject(root, "format", TALLY_FORMAT);
	cJSON_AddNumberToObject(root, "version", TALLY_VERSION);
	put_text(a, root, "survey", about->survey);
	put_text(a, root, "folder", about->folder);
	put_text(a, root, "source", about->source);
	cJSON_AddNumberToObject(root, "year", (double)about->year);
	put_text(a, root, "era", p->era);
	cJSON_AddBoolToObject(root, "simulated", about->simulated);
	put_text(a, root, "statistic", about->statistic);
	put_design(a, root, &p->design);
	put_where(a, root, &p->where);
	factors = cJSON_AddArrayToObject(root, "factors");
	for (size_t i = 0; i < p->n_factors; i++)
		cJSON_AddItemToArray(factors,
				     cJSON_CreateString(arena_string(a, p->factor[i].column)));
	put_list(a, root, "by", about->by, about->n_by);
	put_variables(a, root, p, about);
	put_text(a, root, "codebook", about->codebook);
	put_text(a, root, "design_file", about->design);
	cJSON_AddBoolToObject(root, "exact", !about->inexact);
	if (about->cache.n)
		put_text(a, root, "cache", about->cache);
	if (about->found) {
		put_met(a, root, p);
		put_words(a, root, p);
	}
	bytes = cJSON_PrintUnformatted(root);
	if (bytes)
		text = arena_text(a, span_of(bytes));
	free(bytes);
	cJSON_Delete(root);
	return text;
}

/* ---- in words -------------------------------------------------------------------------------- */

struct text tally_plan_list(struct arena *a, const struct text *name, size_t n)
{
	struct text s = {"", 0};

	for (size_t i = 0; i < n && s.n < 200; i++)
		s = arena_format(a, "%.*s%s%.*s", SPAN_ARG(s), i ? "," : "", SPAN_ARG(name[i]));
	return s.n < 200 ? s : arena_format(a, "%.*s ...", SPAN_ARG(s));
}

static struct text option(struct arena *a, struct text so_far, const char *name, struct text value)
{
	return value.n == 0 ? so_far
			    : arena_format(a, "%.*s%s--%s %.*s", SPAN_ARG(so_far),
					   so_far.n ? " " : "", name, SPAN_ARG(value));
}

struct text tally_plan_design(struct arena *a, const struct design *d)
{
	struct text s = {"", 0}, strata = {"", 0};

	for (size_t i = 0; i < d->n_strata; i++)
		strata = arena_format(a, "%.*s%s%.*s", SPAN_ARG(strata), i ? "*" : "",
				      SPAN_ARG(d->stratum[i]));
	s = option(a, s, "weight", d->weight);
	s = option(a, s, "strata", strata);
	s = option(a, s, "psu", d->n_units ? d->unit[0] : s.n ? (struct text){"", 0} : s);
	if (d->n_units > 1)
		s = option(a, s, "ssu", tally_plan_list(a, d->unit + 1, d->n_units - 1));
	s = option(a, s, "fpc", tally_plan_list(a, d->fpc, d->n_fpc));
	if (d->nest)
		s = arena_format(a, "%.*s --nest", SPAN_ARG(s));
	return s.n ? s : span_of("no design: every row alike");
}
