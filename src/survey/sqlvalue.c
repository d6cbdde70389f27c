#include "survey/sqlvalue.h"

#include "base/number.h"
#include "base/text.h"
#include "survey/respondent.h"
#include "survey/sqlcase.h"
#include "survey/where.h"

#include <math.h>

static const struct text null = TEXT("NULL"), no = TEXT("0"), yes = TEXT("1"), bad = TEXT("-1");

/* ---- columns ------------------------------------------------------------------------------- */

static bool find_column(struct sql_values *v, struct text name, struct table_column *out,
			struct diag *why)
{
	const struct answers_table *t = v->table;
	struct text list = {"", 0};

	*out = (struct table_column){.name = name};
	if (!dialect_can_name(v->dialect, name))
		return diag_fail(why, DIAG_USAGE, "%s cannot be told the name \"%.*s\"",
				 dialect_words[v->dialect], SPAN_ARG(name));
	if (t->n == 0)
		return true;
	for (size_t i = 0; i < t->n; i++)
		if (span_equal(text_nfc(v->arena, t->column[i].name), text_nfc(v->arena, name))) {
			*out = t->column[i];
			return true;
		}
	for (size_t i = 0; i < t->n && list.n < 200; i++)
		list = arena_format(v->arena, "%.*s%s%.*s", SPAN_ARG(list), i ? ", " : "",
				    SPAN_ARG(t->column[i].name));
	diag_fail(why, DIAG_DATA, "table \"%.*s\" has no column \"%.*s\"", SPAN_ARG(t->name),
		  SPAN_ARG(name));
	return diag_hint(why, "the columns are %.*s%s", SPAN_ARG(list), list.n < 200 ? "" : " ...");
}

static bool beyond_ascii(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return true;
	return false;
}

/* The number of the column among the sources. Text beyond ASCII has several spellings, so that the
 * column is brought to the one of the values it is compared with. */
static bool find_source(struct sql_values *v, struct text name, bool nfc, size_t *out,
			struct diag *why)
{
	struct table_column column;
	struct sql_source source = {.name = name, .nfc = nfc};
	struct text raw;

	for (*out = 0; *out < v->n_sources; ++*out)
		if (span_equal(v->source[*out].name, name) && v->source[*out].nfc == nfc)
			return true;
	if (!find_column(v, name, &column, why))
		return false;
	raw = arena_format(v->arena, "t.%.*s",
			   SPAN_ARG(dialect_name(v->arena, v->dialect, column.name)));
	source.kind = column.kind;
	source.sql = raw;
	if (column.kind == COLUMN_TRUTH)
		source.sql =
			arena_format(v->arena, "CASE WHEN %.*s THEN 't' WHEN NOT %.*s THEN 'f' END",
				     SPAN_ARG(raw), SPAN_ARG(raw));
	if (column.kind != COLUMN_WHOLE && column.kind != COLUMN_DECIMAL)
		source.sql = dialect_column(v->arena, v->dialect, source.sql,
					    column.kind == COLUMN_TEXT, nfc);
	v->source = arena_grow(v->arena, v->source, v->n_sources, sizeof *v->source);
	v->source[v->n_sources++] = source;
	return true;
}

/* A column and what is to be made of it: `arm` are the values compared with. */
static bool start(struct sql_values *v, struct text name, const struct sql_arm *arm, size_t n,
		  struct sql_case *out, struct diag *why)
{
	struct sql_column of;
	bool nfc = false;
	size_t i;

	for (size_t k = 0; k < n; k++)
		nfc = nfc || beyond_ascii(arm[k].value);
	if (!find_source(v, name, nfc, &i, why))
		return false;
	of = (struct sql_column){.raw = arena_format(v->arena, "c%zu", i + 1),
				 .number = v->source[i].kind == COLUMN_WHOLE ||
					   v->source[i].kind == COLUMN_DECIMAL,
				 .always = v->source[i].kind == COLUMN_WHOLE};
	of.text = of.number ? dialect_column(v->arena, v->dialect, of.raw, false, false) : of.raw;
	*out = (struct sql_case){.arena = v->arena,
				 .dialect = v->dialect,
				 .of = of,
				 .codebook = v->plan->codebook,
				 .n = n,
				 .arm = arm,
				 .blank = null,
				 .number = null,
				 .other = null};
	return true;
}

/* ---- values -------------------------------------------------------------------------------- */

struct arms {
	struct arena *arena;
	size_t n;
	struct sql_arm *at;
};

/* The first arm of a value counts. */
static void arm(struct arms *s, struct text value, struct text then)
{
	for (size_t i = 0; i < s->n; i++)
		if (span_equal(s->at[i].value, value))
			return;
	s->at = arena_grow(s->arena, s->at, s->n, sizeof *s->at);
	s->at[s->n++] = (struct sql_arm){value, then};
}

static void arm_missing(struct arms *s, const struct question *q, struct text then)
{
	for (size_t i = 0; q && i < q->n_missing; i++)
		arm(s, q->missing[i].value, then);
}

static bool in_levels(const struct question *q)
{
	return q && q->n_levels;
}

/* ---- the design ---------------------------------------------------------------------------- */

/* Whole numbers are the fastest to add; a declared number of places makes them. */
static bool whole_weight(struct sql_values *v, const struct table_column *column, struct text raw,
			 struct sql_case *c, int *scale)
{
	*scale = 0;
	if (v->dialect != DIALECT_POSTGRES || column->digits == 0 || column->digits > 18)
		return false;
	*scale = column->places;
	c->number = *scale ? arena_format(v->arena, "CAST(%.*s * 1e%d AS bigint)", SPAN_ARG(raw),
					  *scale)
			   : arena_format(v->arena, "CAST(%.*s AS bigint)", SPAN_ARG(raw));
	return true;
}

bool sqlvalue_weight(struct sql_values *v, struct text *weight, struct text *square, int *scale,
		     int *square_scale, struct diag *why)
{
	struct text name = v->plan->design.weight;
	struct table_column column;
	struct sql_case c;

	*weight = *square = yes;
	*scale = *square_scale = 0;
	if (name.n == 0)
		return true;
	if (!find_column(v, name, &column, why) || !start(v, name, NULL, 0, &c, why))
		return false;
	c.number = sqlcase_exact(&c, v->numbers ? DIGITS_NUMBER_WEIGHT : DIGITS_WEIGHT);
	*weight = sqlcase(&c);
	*square = arena_format(v->arena, "(%.*s) * (%.*s)", SPAN_ARG(*weight), SPAN_ARG(*weight));
	if (!c.of.number || !whole_weight(v, &column, c.of.raw, &c, scale))
		return true;
	*weight = sqlcase(&c);
	if (column.digits > 9)
		return true;
	*square = arena_format(v->arena, "(%.*s) * (%.*s)", SPAN_ARG(*weight), SPAN_ARG(*weight));
	*square_scale = 2 * *scale;
	return true;
}

bool sqlvalue_key(struct sql_values *v, struct text column, struct text *out, struct diag *why)
{
	struct sql_case c;

	if (!start(v, column, NULL, 0, &c, why))
		return false;
	c.blank = span_of("''");
	c.number = c.other = c.of.text;
	*out = sqlcase(&c);
	return true;
}

bool sqlvalue_no_count(struct sql_values *v, struct text column, struct text *out, struct diag *why)
{
	struct sql_case c;

	if (!start(v, column, NULL, 0, &c, why))
		return false;
	c.blank = c.other = yes;
	c.number = arena_format(v->arena, "CASE WHEN %.*s > 0 THEN NULL ELSE 1 END",
				SPAN_ARG(sqlcase_real(&c)));
	*out = sqlcase(&c);
	return true;
}

/* ---- groups and conditions ----------------------------------------------------------------- */

bool sqlvalue_factor(struct sql_values *v, const struct factor *f, struct text *out,
		     struct text *strange, struct diag *why)
{
	const struct question *q = f->question;
	struct arms names = {.arena = v->arena}, known = {.arena = v->arena};
	struct sql_case c;

	*strange = (struct text){"", 0};
	arm_missing(&names, q, span_of("''"));
	arm_missing(&known, q, null);
	for (size_t i = 0; q && i < q->n_levels; i++) {
		struct text value = q->level[i].value;

		arm(&names, value, dialect_text(v->arena, v->dialect, value));
		arm(&known, value, null);
	}
	if (!start(v, f->column, names.at, names.n, &c, why))
		return false;
	c.blank = span_of("''");
	c.number = c.other = c.of.text;
	*out = sqlcase(&c);
	if (!in_levels(q))
		return true;
	c.arm = known.at;
	c.blank = null;
	c.number = c.other = yes;
	*strange = sqlcase(&c);
	return true;
}

static bool holds(struct sql_values *v, const struct condition *condition, struct text *out,
		  struct diag *why)
{
	static const char *const signs[WHERE__COUNT] = {[WHERE_LESS] = "<",
							[WHERE_AT_MOST] = "<=",
							[WHERE_MORE] = ">",
							[WHERE_AT_LEAST] = ">="};
	struct arms arms = {.arena = v->arena};
	bool equal = condition->op == WHERE_EQUAL, unequal = condition->op == WHERE_NOT_EQUAL;
	struct sql_case c;

	arm_missing(&arms, respondent_question(v->plan, condition->column), no);
	if (equal || unequal)
		arm(&arms, condition->value, equal ? yes : no);
	if (!start(v, condition->column, arms.at, arms.n, &c, why))
		return false;
	c.blank = no;
	c.number = c.other = unequal ? yes : no;
	if (!equal && !unequal)
		c.number = arena_format(v->arena, "CASE WHEN %.*s %s %.*s THEN 1 ELSE 0 END",
					SPAN_ARG(sqlcase_real(&c)), signs[condition->op],
					SPAN_ARG(number_exact(v->arena, condition->number)));
	*out = sqlcase(&c);
	return true;
}

bool sqlvalue_selected(struct sql_values *v, struct text *out, struct diag *why)
{
	const struct where *w = &v->plan->where;
	struct text all = {"", 0}, one;

	*out = yes;
	for (size_t i = 0; i < w->n; i++) {
		if (!holds(v, &w->at[i], &one, why))
			return false;
		all = arena_format(v->arena, "%.*s%s%.*s = 1", SPAN_ARG(all), i ? " AND " : "",
				   SPAN_ARG(one));
	}
	if (w->n)
		*out = arena_format(v->arena, "CASE WHEN %.*s THEN 1 ELSE 0 END", SPAN_ARG(all));
	return true;
}

bool sqlvalue_year(struct sql_values *v, struct text *out, struct diag *why)
{
	const struct plan *p = v->plan;
	struct arms arms = {.arena = v->arena};
	struct sql_case c;

	*out = (struct text){"", 0};
	if (p->only_column.n == 0)
		return true;
	arm(&arms, p->only_value, yes);
	for (size_t i = 0; i < p->n_known; i++)
		arm(&arms, p->known[i], no);
	if (!start(v, p->only_column, arms.at, arms.n, &c, why))
		return false;
	c.blank = bad;
	c.number = c.other = p->n_known ? bad : no;
	*out = sqlcase(&c);
	return true;
}

/* ---- variables ----------------------------------------------------------------------------- */

size_t sqlvalue_levels(const struct variable *of)
{
	if (of->kind != VARIABLE_LEVELS)
		return 0;
	return of->levels ? of->levels->n : of->question ? of->question->n_levels : 0;
}

/* Only numbers inside the question's range. */
static struct text in_range(const struct sql_case *c, const struct question *q, struct text then,
			    struct text otherwise)
{
	struct text x = sqlcase_real(c), s = {"", 0};

	if (q && !isnan(q->valid_min))
		s = arena_format(c->arena, "%.*s >= %.*s", SPAN_ARG(x),
				 SPAN_ARG(number_exact(c->arena, q->valid_min)));
	if (q && !isnan(q->valid_max))
		s = arena_format(c->arena, "%.*s%s%.*s <= %.*s", SPAN_ARG(s), s.n ? " AND " : "",
				 SPAN_ARG(x), SPAN_ARG(number_exact(c->arena, q->valid_max)));
	if (s.n == 0)
		return then;
	return arena_format(c->arena, "CASE WHEN %.*s THEN %.*s ELSE %.*s END", SPAN_ARG(s),
			    SPAN_ARG(then), SPAN_ARG(otherwise));
}

static bool number_of(struct sql_values *v, struct text column, const struct question *q,
		      struct text *y, struct text *found, struct diag *why)
{
	struct arms arms = {.arena = v->arena}, missing = {.arena = v->arena};
	struct sql_case c;

	arm_missing(&arms, q, null);
	arm_missing(&missing, q, null);
	for (size_t i = 0; q && i < q->n_levels; i++)
		arm(&arms, q->level[i].value,
		    isnan(q->level[i].number) ? null : number_exact(v->arena, q->level[i].number));
	if (!start(v, column, arms.at, arms.n, &c, why))
		return false;
	if (!in_levels(q))
		c.number = in_range(&c, q, sqlcase_exact(&c, DIGITS_NUMBER), null);
	*y = sqlcase(&c);
	c.arm = missing.at;
	c.n = missing.n;
	c.number = c.other = yes;
	*found = sqlcase(&c);
	return true;
}

static bool counts(const struct variable *of, struct text value)
{
	for (size_t i = 0; i < of->n_counting; i++)
		if (where_same(of->counting[i], value))
			return true;
	return false;
}

static void arm_levels(struct arms *arms, const struct variable *of)
{
	const struct question *q = of->question;

	for (size_t i = 0; of->kind == VARIABLE_SHARE && i < of->n_counting; i++)
		arm(arms, of->counting[i], yes);
	for (size_t i = 0; i < sqlvalue_levels(of); i++)
		arm(arms, of->levels ? of->levels->entry[i].name : q->level[i].value,
		    arena_format(arms->arena, "%zu", i + 1));
	for (size_t i = 0; q && i < q->n_levels && of->kind != VARIABLE_LEVELS; i++)
		arm(arms, q->level[i].value, counts(of, q->level[i].value) ? yes : no);
}

/* Without a codebook words among numbers are likely codes of missing answers, and worth a word. */
static bool arm_digits(struct arms *arms, const struct variable *of)
{
	static const char digits[] = "0123456789";
	double number;

	if (of->question || of->kind != VARIABLE_SHARE)
		return false;
	for (size_t i = 0; i < of->n_counting; i++)
		if (!number_parse(of->counting[i], &number))
			return false;
	for (size_t i = 0; i < 10; i++)
		if (!counts(of, (struct text){digits + i, 1}))
			arm(arms, (struct text){digits + i, 1}, no);
	return true;
}

bool sqlvalue_variable(struct sql_values *v, const struct variable *of, struct sql_variable *out,
		       struct diag *why)
{
	bool unanswered = of->kind == VARIABLE_UNANSWERED;
	struct arms arms = {.arena = v->arena};
	struct sql_case c;

	*out = (struct sql_variable){.strange =
					     of->kind != VARIABLE_SHARE || in_levels(of->question)};
	if (of->kind == VARIABLE_NUMBER || of->kind == VARIABLE_PAIR)
		return number_of(v, of->column, of->question, &out->y, &out->found_y, why) &&
		       (of->kind == VARIABLE_NUMBER ||
			number_of(v, of->over, of->over_question, &out->x, &out->found_x, why));
	arm_missing(&arms, of->question, unanswered ? yes : null);
	arm_levels(&arms, of);
	out->words = arm_digits(&arms, of);
	if (!start(v, of->column, arms.at, arms.n, &c, why))
		return false;
	out->words = out->words && !c.of.always;
	c.number = c.other = out->strange ? bad : no;
	if (out->words)
		c.other = span_of("2");
	if (unanswered && !in_levels(of->question))
		c.number = in_range(&c, of->question, no, bad);
	out->y = sqlcase(&c);
	return true;
}
