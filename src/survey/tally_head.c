#include "survey/tally_head.h"

#include "base/number.h"
#include "base/text.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------------- */

struct reader {
	struct arena *arena;
	struct tally_head *out;
	struct diag *why;
	bool ok;
};

static bool wrong(struct reader *r, const char *what)
{
	r->ok = false;
	return diag_at(r->why, r->out->at, DIAG_DATA, "the plan of the tally: %s",
		       diag_word(r->why, what));
}

static bool wrong_member(struct reader *r, const char *name, const char *expected)
{
	return wrong(r, arena_format(r->arena, diag_word(r->why, "\"%s\" is not %s"), name,
				     diag_word(r->why, expected))
				.at);
}

/* Members that an object may have, and no other, each once. */
static bool check_members(struct reader *r, const cJSON *object, const char *const *names)
{
	if (!cJSON_IsObject(object))
		return wrong(r, N_("an object is expected"));
	for (const cJSON *i = object->child; i; i = i->next) {
		size_t n = 0;

		while (names[n] && strcmp(names[n], i->string) != 0)
			n++;
		if (!names[n])
			return wrong(r, arena_format(r->arena,
						     diag_word(r->why, "\"%s\" is not known"),
						     i->string)
						.at);
		for (const cJSON *k = object->child; k != i; k = k->next)
			if (strcmp(k->string, i->string) == 0)
				return wrong(r,
					     arena_format(r->arena,
							  diag_word(r->why, "\"%s\" stands twice"),
							  i->string)
						     .at);
	}
	return true;
}

static struct text get_text(struct reader *r, const cJSON *object, const char *name)
{
	const cJSON *s = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!cJSON_IsString(s)) {
		wrong_member(r, name, N_("a text"));
		return (struct text){"", 0};
	}
	return text_nfc(r->arena, arena_text(r->arena, span_of(s->valuestring)));
}

static bool get_bool(struct reader *r, const cJSON *object, const char *name)
{
	const cJSON *b = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!cJSON_IsBool(b))
		wrong_member(r, name, N_("true or false"));
	return cJSON_IsTrue(b);
}

static long get_whole(struct reader *r, const cJSON *object, const char *name, long most)
{
	const cJSON *x = cJSON_GetObjectItemCaseSensitive(object, name);

	if (cJSON_IsNumber(x) && x->valuedouble >= 0 && x->valuedouble <= (double)most &&
	    floor(x->valuedouble) == x->valuedouble)
		return (long)x->valuedouble;
	wrong_member(r, name, N_("a whole number"));
	return 0;
}

/* A list of texts, each once. */
static struct text *get_list(struct reader *r, const cJSON *object, const char *name, size_t most,
			     size_t *n)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, name);
	struct dict *seen = dict_new(r->arena);
	struct text *out = NULL;
	bool fresh = true;

	*n = 0;
	if (!cJSON_IsArray(list)) {
		wrong_member(r, name, N_("a list"));
		return NULL;
	}
	for (const cJSON *i = list->child; i; i = i->next) {
		if (cJSON_IsString(i) && *n < most) {
			out = arena_grow(r->arena, out, *n, sizeof *out);
			out[*n] = text_nfc(r->arena, arena_text(r->arena, span_of(i->valuestring)));
			dict_add(seen, 0, out[(*n)++], &fresh);
		}
		if (!cJSON_IsString(i) || !fresh || (*n == most && i->next)) {
			wrong_member(r, name, N_("a list of different texts, not too many"));
			return out;
		}
	}
	return out;
}

static void get_few(struct reader *r, const cJSON *object, const char *name, struct text *out,
		    size_t most, size_t *n)
{
	struct text *list = get_list(r, object, name, most, n);

	for (size_t i = 0; list && i < *n; i++)
		out[i] = list[i];
}

static void get_design(struct reader *r, const cJSON *root, struct design *d)
{
	static const char *const names[] = {"weight", "province", "strata", "units",
					    "fpc",    "nest",     NULL};
	const cJSON *object = cJSON_GetObjectItemCaseSensitive(root, "design");

	if (!check_members(r, object, names))
		return;
	d->weight = get_text(r, object, "weight");
	d->province = get_text(r, object, "province");
	get_few(r, object, "strata", d->stratum, DESIGN_STRATA, &d->n_strata);
	get_few(r, object, "units", d->unit, FRAME_STAGES - 1, &d->n_units);
	get_few(r, object, "fpc", d->fpc, FRAME_STAGES, &d->n_fpc);
	d->nest = get_bool(r, object, "nest");
	if (d->n_fpc > d->n_units + 1 || (d->nest && !d->n_units))
		wrong(r,
		      N_("a design with populations or \"nest\" for stages that it does not have"));
}

static void get_condition(struct reader *r, const cJSON *object, struct where *w)
{
	static const char *const names[] = {"column", "is", "value", NULL};
	struct condition c = {.op = WHERE_EQUAL};
	struct text is;

	if (!check_members(r, object, names))
		return;
	c.column = get_text(r, object, "column");
	c.value = get_text(r, object, "value");
	is = get_text(r, object, "is");
	if (!number_parse(c.value, &c.number))
		c.number = NAN;
	while (c.op < WHERE__COUNT && !span_is(is, tally_operators[c.op]))
		c.op++;
	if (c.op == WHERE__COUNT || c.column.n == 0 || (c.op >= WHERE_LESS && isnan(c.number))) {
		wrong_member(r, "where", N_("a list of conditions"));
		return;
	}
	w->at = arena_grow(r->arena, w->at, w->n, sizeof *w->at);
	w->at[w->n++] = c;
}

static void get_where(struct reader *r, const cJSON *root, struct where *w)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "where");

	if (!cJSON_IsArray(list))
		wrong_member(r, "where", N_("a list"));
	else
		for (const cJSON *i = list->child; i && r->ok; i = i->next)
			get_condition(r, i, w);
}

static struct dict *as_dict(struct arena *a, const struct text *at, size_t n)
{
	struct dict *d = dict_new(a);

	for (size_t i = 0; i < n; i++)
		dict_add(d, 0, at[i], NULL);
	return d;
}

#define MOST_COLUMNS 100000
#define MOST_LEVELS 1001 /* few_levels of answers lets these pass */

#define MOST_PLACES 12

/* The two numbers of places; not known when they are absent. */
static void get_places(struct reader *r, const cJSON *object, int *y, int *x)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "places");
	const cJSON *at[] = {cJSON_GetArrayItem(list, 0), cJSON_GetArrayItem(list, 1)};
	int *const out[] = {y, x};

	*y = *x = 0;
	for (size_t i = 0; i < 2 && list; i++) {
		if (!cJSON_IsNumber(at[i]) || cJSON_GetArraySize(list) != 2 ||
		    at[i]->valuedouble < 0 || at[i]->valuedouble > MOST_PLACES) {
			wrong_member(r, "places", N_("two numbers of digits"));
			return;
		}
		*out[i] = (int)at[i]->valuedouble;
	}
}

/* Columns that are counted alike. */
static void get_group(struct reader *r, const cJSON *object, struct plan *p)
{
	static const char *const names[] = {"columns", "kind",   "counting", "levels",
					    "over",    "places", NULL};
	int y, x;
	struct variable v = {.kind = VARIABLE_NUMBER};
	struct text kind, *column;
	size_t n, n_levels;

	if (!check_members(r, object, names))
		return;
	column = get_list(r, object, "columns", MOST_COLUMNS, &n);
	kind = get_text(r, object, "kind");
	while (v.kind < TALLY_KINDS && !span_is(kind, tally_kinds[v.kind]))
		v.kind++;
	if (v.kind == TALLY_KINDS) {
		wrong_member(r, "kind", N_("known"));
		return;
	}
	if (v.kind == VARIABLE_SHARE)
		v.counting = get_list(r, object, "counting", MOST_LEVELS, &v.n_counting);
	if (v.kind == VARIABLE_PAIR)
		v.over = get_text(r, object, "over");
	if (v.kind == VARIABLE_LEVELS) {
		struct text *levels = get_list(r, object, "levels", MOST_LEVELS, &n_levels);

		v.levels = as_dict(r->arena, levels, n_levels);
	}
	get_places(r, object, &y, &x);
	for (size_t i = 0; i < n && r->ok; i++) {
		p->variable =
			arena_grow(r->arena, p->variable, p->n_variables, sizeof *p->variable);
		r->out->y_places = arena_grow(r->arena, r->out->y_places, p->n_variables,
					      sizeof *r->out->y_places);
		r->out->x_places = arena_grow(r->arena, r->out->x_places, p->n_variables,
					      sizeof *r->out->x_places);
		r->out->y_places[p->n_variables] = y;
		r->out->x_places[p->n_variables] = x;
		v.column = column[i];
		p->variable[p->n_variables++] = v;
	}
}

static void get_variables(struct reader *r, const cJSON *root, struct plan *p)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "variables");

	if (!cJSON_IsArray(list))
		wrong_member(r, "variables", N_("a list"));
	else
		for (const cJSON *i = list->child; i && r->ok; i = i->next)
			get_group(r, i, p);
	if (r->ok && p->n_variables == 0)
		wrong(r, N_("nothing is counted"));
}

static bool is_factor(const struct plan *p, struct text column)
{
	for (size_t i = 0; i < p->n_factors; i++)
		if (span_equal(p->factor[i].column, column))
			return true;
	return false;
}

static void get_factors(struct reader *r, const cJSON *root, struct tally_head *out)
{
	struct plan *p = &out->plan;
	size_t n;
	struct text *column = get_list(r, root, "factors", MARGIN_FACTORS, &n);

	p->factor = arena_new(r->arena, n, sizeof *p->factor);
	p->n_factors = n;
	for (size_t i = 0; i < n; i++)
		p->factor[i].column = column[i];
	out->about.by = get_list(r, root, "by", MARGIN_FACTORS, &out->about.n_by);
	for (size_t i = 0; i < out->about.n_by; i++)
		if (!is_factor(p, out->about.by[i]))
			wrong(r, N_("\"by\" names a column that is not among \"factors\""));
	if (p->design.province.n && (n == 0 || !span_equal(column[0], p->design.province)))
		wrong(r, N_("the province is not the first of \"factors\""));
	p->province_first = p->design.province.n > 0;
}

/* ---- what reading met ---------------------------------------------------------------------- */

static struct variable *find_column(struct plan *p, struct text column)
{
	for (size_t i = 0; i < p->n_variables; i++)
		if (span_equal(p->variable[i].column, column))
			return &p->variable[i];
	return NULL;
}

static void get_words(struct reader *r, const cJSON *object, struct plan *p)
{
	static const char *const names[] = {"columns", "words", NULL};
	struct text *column, *word;
	size_t n, n_words;

	if (!check_members(r, object, names))
		return;
	column = get_list(r, object, "columns", MOST_COLUMNS, &n);
	word = get_list(r, object, "words", TALLY_WORDS, &n_words);
	for (size_t i = 0; i < n; i++) {
		struct variable *v = find_column(p, column[i]);

		if (!v) {
			wrong(r, N_("\"words\" names a column that is not counted"));
			return;
		}
		v->spellings.seen = as_dict(r->arena, word, n_words);
		v->spellings.value = arena_reserve(r->arena, n_words, sizeof(double));
	}
}

static void get_found(struct reader *r, const cJSON *root, struct tally_head *out)
{
	const cJSON *words = cJSON_GetObjectItemCaseSensitive(root, "words");
	struct plan *p = &out->plan;
	struct text *met;
	size_t n;

	if (!words && !cJSON_GetObjectItemCaseSensitive(root, "met"))
		return;
	out->met_known = true;
	met = get_list(r, root, "met", MOST_COLUMNS, &n);
	for (size_t v = 0; v < p->n_variables; v++) {
		p->variable[v].met = arena_new(r->arena, p->variable[v].n_counting, sizeof(bool));
		for (size_t l = 0; l < p->variable[v].n_counting; l++)
			for (size_t i = 0; i < n && !p->variable[v].met[l]; i++)
				p->variable[v].met[l] =
					span_equal(p->variable[v].counting[l], met[i]);
	}
	if (!cJSON_IsArray(words))
		wrong_member(r, "words", N_("a list"));
	else
		for (const cJSON *i = words->child; i && r->ok; i = i->next)
			get_words(r, i, p);
}

static bool check_format(struct reader *r, const cJSON *root)
{
	const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
	const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "version");

	if (!cJSON_IsObject(root))
		return wrong(r, N_("it is no JSON object"));
	if (!cJSON_IsString(format) || strcmp(format->valuestring, TALLY_FORMAT) != 0)
		return wrong(r,
			     arena_format(r->arena, diag_word(r->why, "\"format\" is not \"%s\""),
					  TALLY_FORMAT)
				     .at);
	if (!cJSON_IsNumber(version) || version->valuedouble != TALLY_VERSION) {
		wrong(r, arena_format(r->arena,
				      diag_word(r->why, "version %.17g; this program knows %d"),
				      cJSON_IsNumber(version) ? version->valuedouble : 0,
				      TALLY_VERSION)
				 .at);
		return diag_hint(r->why, "make the tally again, or read it with the program that "
					 "made it");
	}
	return true;
}

static bool take_root(struct reader *r, const cJSON *root)
{
	static const char *const names[] = {
		"format",    "version",     "survey", "folder", "source",  "year",  "era",
		"simulated", "statistic",   "design", "where",  "factors", "by",    "variables",
		"codebook",  "design_file", "exact",  "cache",  "met",     "words", NULL};
	struct tally_head *out = r->out;

	if (!check_format(r, root) || !check_members(r, root, names))
		return false;
	out->about.survey = get_text(r, root, "survey");
	out->about.folder = get_text(r, root, "folder");
	out->about.source = get_text(r, root, "source");
	out->about.year = get_whole(r, root, "year", 9999);
	out->plan.era = get_text(r, root, "era");
	out->about.simulated = get_bool(r, root, "simulated");
	out->about.statistic = get_text(r, root, "statistic");
	out->about.codebook = get_text(r, root, "codebook");
	out->about.design = get_text(r, root, "design_file");
	out->about.inexact = !get_bool(r, root, "exact");
	out->about.found = true;
	if (cJSON_HasObjectItem(root, "cache"))
		out->about.cache = get_text(r, root, "cache");
	get_design(r, root, &out->plan.design);
	get_where(r, root, &out->plan.where);
	get_factors(r, root, out);
	get_variables(r, root, &out->plan);
	if (r->ok)
		get_found(r, root, out);
	if (out->about.source.n == 0 || (out->about.survey.n > 0) != (out->about.year > 0))
		wrong(r, N_("it does not say of what survey or file"));
	return r->ok;
}

bool tally_head_read(struct arena *a, struct text json, struct place at, struct tally_head *out,
		     struct diag *why)
{
	struct reader r = {.arena = a, .out = out, .why = why, .ok = true};
	cJSON *root;
	size_t bad;
	bool ok;

	*out = (struct tally_head){.file = at.file, .at = at};
	if (!text_check(json, &bad))
		return wrong(&r, N_("it is not UTF-8"));
	root = cJSON_ParseWithOpts(arena_string(a, json), NULL, true);
	ok = take_root(&r, root);
	cJSON_Delete(root);
	return ok;
}

/* ---- two of them --------------------------------------------------------------------------- */

bool tally_head_bind(struct tally_head *h, const struct codebook *book, struct diag *why)
{
	struct plan *p = &h->plan;

	p->codebook = true;
	p->book = book;
	for (size_t i = 0; i < p->n_factors; i++)
		p->factor[i].question = codebook_column(book, p->era, p->factor[i].column);
	for (size_t i = 0; i < p->n_variables; i++) {
		struct variable *v = &p->variable[i];

		v->question = codebook_column(book, p->era, v->column);
		v->over_question = v->over.n ? codebook_column(book, p->era, v->over) : NULL;
		if (!v->question || (v->over.n && !v->over_question))
			return diag_at(why, h->at, DIAG_DATA,
				       "the tally counts column \"%.*s\", which %s does not ask",
				       SPAN_ARG(v->question ? v->over : v->column), book->file);
	}
	return true;
}

struct pair {
	struct arena *arena;
	const struct tally_head *first, *second;
	struct diag *why;
};

static bool differ(const struct pair *p, const char *what, struct text second, struct text first)
{
	return diag_at(p->why, p->second->at, DIAG_DATA,
		       "another %s than %s: \"%.*s\", not \"%.*s\"", diag_word(p->why, what),
		       p->first->file, SPAN_ARG(second), SPAN_ARG(first));
}

static struct text number(struct arena *a, double x)
{
	return number_exact(a, x);
}

static struct text factors_of(struct arena *a, const struct plan *p)
{
	struct text column[MARGIN_FACTORS];

	for (size_t i = 0; i < p->n_factors; i++)
		column[i] = p->factor[i].column;
	return tally_plan_list(a, column, p->n_factors);
}

static struct text counting_of(struct arena *a, const struct variable *v)
{
	return arena_format(a, "%.*s: %s %.*s%.*s", SPAN_ARG(v->column), tally_kinds[v->kind],
			    SPAN_ARG(tally_plan_list(a, v->counting, v->n_counting)),
			    SPAN_ARG(v->over));
}

static bool same_variables(const struct pair *x)
{
	const struct plan *p = &x->first->plan, *q = &x->second->plan;

	if (p->n_variables != q->n_variables)
		return differ(x, N_("number of columns counted"),
			      number(x->arena, (double)q->n_variables),
			      number(x->arena, (double)p->n_variables));
	for (size_t i = 0; i < p->n_variables; i++)
		if (!span_equal(p->variable[i].column, q->variable[i].column) ||
		    !tally_plan_alike(&p->variable[i], &q->variable[i]))
			return differ(x, N_("column counted"),
				      counting_of(x->arena, &q->variable[i]),
				      counting_of(x->arena, &p->variable[i]));
	return true;
}

bool tally_head_same(struct arena *a, const struct tally_head *first,
		     const struct tally_head *second, struct diag *why)
{
	struct pair x = {a, first, second, why};
	const struct tally_about *p = &first->about, *q = &second->about;
	const struct {
		const char *what;
		struct text second, first;
	} texts[] = {
		{N_("survey"), q->survey, p->survey},
		{N_("year"), number(a, (double)q->year), number(a, (double)p->year)},
		{N_("era"), second->plan.era, first->plan.era},
		{N_("statistic"), q->statistic, p->statistic},
		{N_("design"), tally_plan_design(a, &second->plan.design),
		 tally_plan_design(a, &first->plan.design)},
		{N_("province column"), second->plan.design.province, first->plan.design.province},
		{N_("condition"), where_words(a, &second->plan.where),
		 where_words(a, &first->plan.where)},
		{N_("set of groups"), factors_of(a, &second->plan), factors_of(a, &first->plan)},
		{N_("set of groups asked for"), tally_plan_list(a, q->by, q->n_by),
		 tally_plan_list(a, p->by, p->n_by)},
		{N_("codebook"), q->codebook, p->codebook},
		{"design.csv", q->design, p->design},
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!span_equal(texts[i].second, texts[i].first))
			return differ(&x, texts[i].what, texts[i].second, texts[i].first);
	if (p->simulated != q->simulated)
		return diag_at(why, second->at, DIAG_DATA,
			       q->simulated ? N_("answers that are simulated, unlike %s")
					    : N_("answers that are not simulated, unlike %s"),
			       first->file);
	return same_variables(&x);
}
