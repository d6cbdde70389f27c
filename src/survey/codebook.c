#include "survey/codebook.h"

#include "input/table.h"

#include <math.h>
#include <string.h>

static const char *const kinds[QUESTION__COUNT] = {
	[QUESTION_LIKERT] = "likert", [QUESTION_YESNO] = "yesno",       [QUESTION_SCORE] = "score",
	[QUESTION_NUMBER] = "number", [QUESTION_CATEGORY] = "category", [QUESTION_TEXT] = "text",
};

/* Only those that are a list of levels; a number may have labels, but they are not all it can be.
 */
static const bool needs_levels[QUESTION__COUNT] = {
	[QUESTION_LIKERT] = true,
	[QUESTION_YESNO] = true,
};

struct reader {
	struct arena *arena;
	struct table table;
	size_t era, column, code, words[LANG__COUNT], kind, levels, english, satisfied, missing,
		min, max;
	struct diag *why;
};

static bool find_columns(struct reader *r)
{
	const struct {
		const char *name;
		size_t *column;
	} wanted[] = {
		{"column", &r->column},
		{"code", &r->code},
		{"question_vi", &r->words[LANG_VI]},
		{"question_en", &r->words[LANG_EN]},
		{"kind", &r->kind},
		{"levels", &r->levels},
		{"satisfied", &r->satisfied},
		{"missing", &r->missing},
		{"valid_min", &r->min},
		{"valid_max", &r->max},
	};
	bool all = true;

	r->era = table_find(&r->table, "era");
	r->english = table_find(&r->table, "levels_en");
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		all &= table_column(&r->table, wanted[i].name, wanted[i].column, r->why);
	return all;
}

static double number_of(struct text s)
{
	double x;

	return number_parse(s, &x) ? x : NAN;
}

/* Two spellings of one value: the same text, or the same number (which NaN never is). */
static bool same_value(struct text a, struct text b)
{
	return span_equal(a, b) || number_of(a) == number_of(b);
}

static struct place place_of(const struct reader *r, size_t row, size_t column)
{
	return table_place(&r->table, row, column);
}

/* A cell for span_split; an empty cell has no parts. */
static struct text list_in(const struct reader *r, size_t row, size_t column)
{
	struct text s = table_cell(&r->table, row, column);

	return s.n ? s : (struct text){NULL, 0};
}

/* "1=label" in two; a value without "=" is its own label. */
static void split_pair(struct text pair, struct text *value, struct text *label)
{
	const char *sign = pair.n ? memchr(pair.at, '=', pair.n) : NULL;
	size_t n = sign ? (size_t)(sign - pair.at) : pair.n;

	*value = span_trim((struct text){pair.at, n});
	*label = sign ? span_trim((struct text){sign + 1, pair.n - n - 1}) : *value;
	if (label->n == 0)
		*label = *value;
}

static bool read_kind(struct reader *r, size_t row, struct question *q)
{
	size_t kind;

	if (!table_choice(&r->table, row, r->kind, kinds, QUESTION__COUNT, &kind, r->why))
		return false;
	q->kind = (enum question_kind)kind;
	return true;
}

static bool read_level(struct reader *r, size_t row, struct text pair, struct question *q)
{
	struct place where = place_of(r, row, r->levels);
	struct level l = {.number = NAN};

	split_pair(pair, &l.value, &l.label[LANG_VI]);
	l.label[LANG_EN] = l.label[LANG_VI];
	if (l.value.n == 0)
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"levels\": \"%.*s\" has no value; 1=label|2=label is "
			       "expected",
			       SPAN_ARG(pair));
	if (question_level(q, l.value))
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"levels\": level \"%.*s\" stands twice", SPAN_ARG(l.value));
	l.number = number_of(l.value);
	q->level = arena_grow(r->arena, q->level, q->n_levels, sizeof *q->level);
	q->level[q->n_levels++] = l;
	return true;
}

static bool read_levels(struct reader *r, size_t row, struct question *q)
{
	struct text rest = list_in(r, row, r->levels), part;
	struct place where = place_of(r, row, r->levels);
	bool fine = true;

	while (span_split(&rest, '|', &part))
		fine &= read_level(r, row, part, q);
	if (!fine)
		return false;
	if (needs_levels[q->kind] && q->n_levels == 0)
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"levels\": a %s question needs its levels, such as "
			       "1=label|2=label",
			       kinds[q->kind]);
	if (q->kind == QUESTION_YESNO && q->n_levels != 2)
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"levels\": a yesno question has two levels, not %zu",
			       q->n_levels);
	return true;
}

/* English labels, each of a level that `levels` has. */
static bool read_english(struct reader *r, size_t row, struct question *q)
{
	struct text rest = r->english == TABLE_NO_COLUMN ? (struct text){NULL, 0}
							 : list_in(r, row, r->english),
		    part;
	bool fine = true;

	while (span_split(&rest, '|', &part)) {
		struct text value, label;
		const struct level *l;

		split_pair(part, &value, &label);
		l = question_level(q, value);
		if (l)
			q->level[l - q->level].label[LANG_EN] = label;
		else
			fine = diag_at(r->why, place_of(r, row, r->english), DIAG_DATA,
				       "column \"levels_en\": \"%.*s\" is not a level of \"%.*s\"",
				       SPAN_ARG(value), SPAN_ARG(q->code));
	}
	return fine;
}

static bool read_satisfied(struct reader *r, size_t row, struct question *q)
{
	struct text rest = list_in(r, row, r->satisfied), part;
	struct place where = place_of(r, row, r->satisfied);
	bool fine = true;

	while (span_split(&rest, '|', &part)) {
		struct text value = span_trim(part);
		const struct level *l = question_level(q, value);

		if (!l)
			fine = diag_at(r->why, where, DIAG_DATA,
				       "column \"satisfied\": \"%.*s\" is not a level of \"%.*s\"",
				       SPAN_ARG(value), SPAN_ARG(q->code));
		else if (l->satisfied)
			fine = diag_at(r->why, where, DIAG_DATA,
				       "column \"satisfied\": \"%.*s\" stands twice",
				       SPAN_ARG(value));
		else {
			q->level[l - q->level].satisfied = true;
			q->n_satisfied++;
		}
	}
	return fine;
}

static bool read_bounds(struct reader *r, size_t row, struct question *q)
{
	const struct table *t = &r->table;
	bool fine = table_number(r->arena, t, row, r->min, &q->valid_min, r->why);

	fine &= table_number(r->arena, t, row, r->max, &q->valid_max, r->why);
	if (!fine)
		return false;
	if (q->valid_min > q->valid_max)
		return diag_at(r->why, place_of(r, row, r->min), DIAG_DATA,
			       "valid_min %.*s is above valid_max %.*s",
			       SPAN_ARG(table_cell(t, row, r->min)),
			       SPAN_ARG(table_cell(t, row, r->max)));
	for (size_t i = 0; i < q->n_levels; i++)
		if (q->level[i].number < q->valid_min || q->level[i].number > q->valid_max)
			fine = diag_at(r->why, place_of(r, row, r->levels), DIAG_DATA,
				       "column \"levels\": level \"%.*s\" is outside valid_min to "
				       "valid_max",
				       SPAN_ARG(q->level[i].value));
	return fine;
}

/* A number inside both bounds is an answer, so it cannot also mean that there is none. */
static bool is_answer(const struct question *q, struct text value)
{
	double x = number_of(value);

	if (question_level(q, value))
		return true;
	return (q->kind == QUESTION_NUMBER || q->kind == QUESTION_SCORE) && x >= q->valid_min &&
	       x <= q->valid_max;
}

static bool read_missing_code(struct reader *r, size_t row, struct text pair, struct question *q)
{
	struct place where = place_of(r, row, r->missing);
	struct missing_code m;

	split_pair(pair, &m.value, &m.reason);
	if (m.value.n == 0)
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"missing\": \"%.*s\" has no code; code=reason is expected",
			       SPAN_ARG(pair));
	if (question_missing(q, m.value))
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"missing\": code \"%.*s\" stands twice", SPAN_ARG(m.value));
	if (is_answer(q, m.value))
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"missing\": \"%.*s\" is a valid answer of \"%.*s\" too",
			       SPAN_ARG(m.value), SPAN_ARG(q->code));
	q->missing = arena_grow(r->arena, q->missing, q->n_missing, sizeof *q->missing);
	q->missing[q->n_missing++] = m;
	return true;
}

static bool read_missing(struct reader *r, size_t row, struct question *q)
{
	struct text rest = list_in(r, row, r->missing), part;
	bool fine = true;

	while (span_split(&rest, '|', &part))
		fine &= read_missing_code(r, row, part, q);
	return fine;
}

static bool read_names(struct reader *r, size_t row, struct question *q)
{
	const struct table *t = &r->table;
	bool fine = true;

	q->era = table_cell(t, row, r->era);
	q->column = table_cell(t, row, r->column);
	q->code = table_cell(t, row, r->code);
	for (int l = 0; l < LANG__COUNT; l++) { /* one language may be blank */
		q->words[l] = table_cell(t, row, r->words[l]);
		if (q->words[l].n == 0)
			q->words[l] = table_cell(t, row, r->words[!l]);
		if (q->words[l].n == 0)
			q->words[l] = q->code;
	}
	if (q->column.n == 0)
		fine = diag_at(r->why, place_of(r, row, r->column), DIAG_DATA,
			       "a question needs the column that its answers stand in");
	if (q->code.n == 0)
		fine = diag_at(r->why, place_of(r, row, r->code), DIAG_DATA,
			       "a question needs a code");
	return fine;
}

/* A column and a code each mean one question of an era. */
static bool check_alone(struct reader *r, size_t row, const struct codebook *c,
			const struct question *q)
{
	bool fine = true;

	for (size_t i = 0; i < c->n; i++) {
		const struct question *p = &c->at[i];
		size_t line = place_of(r, p->order, r->kind).line;

		if (!span_equal(p->era, q->era))
			continue;
		if (span_equal(p->column, q->column))
			fine = diag_at(r->why, place_of(r, row, r->column), DIAG_DATA,
				       "column \"%.*s\" stands twice in era \"%.*s\" (line %zu)",
				       SPAN_ARG(q->column), SPAN_ARG(q->era), line);
		if (span_equal(p->code, q->code))
			fine = diag_at(r->why, place_of(r, row, r->code), DIAG_DATA,
				       "code \"%.*s\" stands twice in era \"%.*s\" (line %zu)",
				       SPAN_ARG(q->code), SPAN_ARG(q->era), line);
	}
	return fine;
}

/* What a kind or a level decides is asked only when it could be read: one mistake, one problem. */
static bool read_question(struct reader *r, size_t row, const struct codebook *c,
			  struct question *q)
{
	bool fine = read_names(r, row, q) && check_alone(r, row, c, q);

	if (!read_kind(r, row, q) || !read_levels(r, row, q))
		return false;
	fine &= read_english(r, row, q);
	fine &= read_satisfied(r, row, q);
	fine &= read_bounds(r, row, q);
	fine &= read_missing(r, row, q);
	return fine;
}

bool codebook_read(struct arena *a, const char *file, struct codebook *out, struct diag *why)
{
	struct reader r = {.arena = a, .why = why};
	bool fine = true;

	*out = (struct codebook){.file = arena_string(a, span_of(file))};
	if (!table_read(a, file, true, &r.table, why) || !find_columns(&r))
		return false;
	out->at = arena_new(a, r.table.rows, sizeof *out->at);
	for (size_t row = 0; row < r.table.rows; row++, out->n++) {
		struct question *q = &out->at[row];

		q->order = row;
		fine &= read_question(&r, row, out, q);
	}
	return fine;
}

/* The era's own row is the answer; a row of every era only without one. */
static bool better(const struct question *q, struct text era, const struct question *sofar)
{
	return span_equal(q->era, era) || (q->era.n == 0 && !sofar);
}

const struct question *codebook_column(const struct codebook *c, struct text era,
				       struct text column)
{
	const struct question *found = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (span_equal(c->at[i].column, column) && better(&c->at[i], era, found))
			found = &c->at[i];
	return found;
}

const struct question *codebook_code(const struct codebook *c, struct text era, struct text code)
{
	const struct question *found = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (span_equal(c->at[i].code, code) && better(&c->at[i], era, found))
			found = &c->at[i];
	return found;
}

const char *codebook_kind_name(enum question_kind k)
{
	return kinds[k];
}

const struct level *question_level(const struct question *q, struct text value)
{
	double x;

	for (size_t i = 0; i < q->n_levels; i++)
		if (span_equal(q->level[i].value, value))
			return &q->level[i];
	x = number_of(value);
	for (size_t i = 0; i < q->n_levels; i++)
		if (q->level[i].number == x)
			return &q->level[i];
	return NULL;
}

const struct missing_code *question_missing(const struct question *q, struct text value)
{
	for (size_t i = 0; i < q->n_missing; i++)
		if (same_value(q->missing[i].value, value))
			return &q->missing[i];
	return NULL;
}
