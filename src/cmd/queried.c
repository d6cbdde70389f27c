#include "cmd/queried.h"

#include "base/text.h"
#include "cmd/tallied.h"
#include "cmd/weighting.h"
#include "input/csvin.h"
#include "input/postgres.h"
#include "output/process.h"
#include "survey/meaning.h"
#include "survey/tally_csv.h"
#include "survey/tally_load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- plans --------------------------------------------------------------------------------- */

bool queried_survey(struct session *s, struct estimate_options *o, const char *survey,
		    struct queried *q, struct diag *why)
{
	long year;

	q->plan = &q->w.plan;
	return load_answers(s, o, survey, &q->l, &year, why) &&
	       gather_wave(s, o, &q->l.survey, survey_wave(&q->l.survey, year), &q->w, why) &&
	       tallied_about_wave(s, o, survey, &q->w, &q->about, why);
}

bool queried_columns(struct session *s, const struct estimate_options *o,
		     const struct heading *columns, struct queried *q, struct diag *why)
{
	if (s->options.value[OPT_YEAR])
		return diag_fail(why, DIAG_USAGE, "--year is for survey folders");
	if (!gather_plan_of(s, o, columns, &q->g, why))
		return false;
	q->plan = &q->g.plan;
	tallied_about(s, o, q->plan, &q->about);
	return true;
}

/* The levels of a codebook are known before any answer is. */
static void list_levels(struct session *s, struct plan *p)
{
	for (size_t i = 0; i < p->n_variables; i++) {
		struct variable *v = &p->variable[i];

		if (v->kind != VARIABLE_LEVELS || v->levels || !v->question ||
		    !v->question->n_levels)
			continue;
		v->levels = dict_new(s->arena);
		for (size_t l = 0; l < v->question->n_levels; l++)
			dict_add(v->levels, 0, v->question->level[l].value, NULL);
	}
}

bool queried_make(struct session *s, enum dialect d, const struct queried *q,
		  struct statement **out, size_t *n, struct diag *why)
{
	list_levels(s, q->plan);
	return statement_make(s->arena, d, q->plan, &q->table,
			      tally_plan_text(s->arena, q->plan, &q->about), out, n, why);
}

/* ---- columns ------------------------------------------------------------------------------- */

static void add_column(struct session *s, struct heading *h, struct text name)
{
	h->name = arena_grow(s->arena, h->name, h->n, sizeof *h->name);
	h->name[h->n++] = text_nfc(s->arena, name);
}

static size_t digits_at_end(struct text s)
{
	size_t n = 0;

	while (n < s.n && s.at[s.n - 1 - n] >= '0' && s.at[s.n - 1 - n] <= '9')
		n++;
	return n;
}

/* "q01-q60": nobody tells the columns between, but their numbers do. */
static bool add_range(struct session *s, struct heading *h, struct text part)
{
	struct text first, last, rest = part;
	size_t n, m;
	long from, to;

	if (!span_split(&rest, '-', &first) || !span_split(&rest, '-', &last) || rest.at)
		return false;
	n = digits_at_end(first);
	m = digits_at_end(last);
	if (first.n - n != last.n - m ||
	    !span_equal((struct text){first.at, first.n - n}, (struct text){last.at, last.n - m}) ||
	    !number_whole((struct text){first.at + first.n - n, n}, 0, 99999, &from) ||
	    !number_whole((struct text){last.at + last.n - m, m}, from, 99999, &to))
		return false;
	for (; from <= to; from++)
		add_column(s, h,
			   arena_format(s->arena, "%.*s%0*ld", (int)(first.n - n), first.at,
					n == m ? (int)n : 0, from));
	return true;
}

/* Nothing tells which columns the table has: those that are named. */
static bool named_columns(struct session *s, struct heading *h, struct diag *why)
{
	const char *items = s->options.value[OPT_ITEM];
	struct text rest = span_of(items), part;

	*h = (struct heading){.file = "the table"};
	while (items && span_split(&rest, ',', &part)) {
		if (span_is(part, "all"))
			return diag_fail(why, DIAG_USAGE,
					 "--item all needs a file, whose header names the columns");
		if (!add_range(s, h, part))
			add_column(s, h, part);
	}
	return true;
}

/* ---- PostgreSQL ---------------------------------------------------------------------------- */

static const struct {
	const char *type;
	enum column_kind kind;
	int digits;
} types[] = {
	{"int2", COLUMN_WHOLE, 5},      {"int4", COLUMN_WHOLE, 10}, {"int8", COLUMN_WHOLE, 19},
	{"numeric", COLUMN_DECIMAL, 0}, {"text", COLUMN_TEXT, 0},   {"varchar", COLUMN_TEXT, 0},
	{"bool", COLUMN_TRUTH, 0},
};

#define N_TYPES (sizeof types / sizeof *types)
#define MOST_LEVELS 1000 /* as in answers */

static bool find_table(struct session *s, struct queried *q, struct heading *columns,
		       struct diag *why)
{
	struct postgres_table t;
	struct table_column *c;

	if (!postgres_find(q->database, span_of(s->options.value[OPT_TABLE]), &t, why))
		return false;
	c = arena_new(s->arena, t.n, sizeof *c);
	*columns = (struct heading){.file = arena_string(s->arena, t.name),
				    .n = t.n,
				    .name = arena_new(s->arena, t.n, sizeof *columns->name),
				    .numeric = arena_new(s->arena, t.n, sizeof(bool))};
	for (size_t i = 0; i < t.n; i++) {
		const struct postgres_column *from = &t.column[i];

		c[i] = (struct table_column){from->name, COLUMN_ANY, from->digits, from->places};
		for (size_t k = 0; k < N_TYPES; k++)
			if (span_is(from->type, types[k].type)) {
				c[i].kind = types[k].kind;
				c[i].digits = types[k].digits ? types[k].digits : from->digits;
			}
		columns->name[i] = text_nfc(s->arena, from->name);
		columns->numeric[i] = c[i].kind == COLUMN_WHOLE || c[i].kind == COLUMN_DECIMAL ||
				      span_starts(from->type, "float");
	}
	q->table = (struct answers_table){t.schema, t.name, t.n, c};
	q->about.source = t.name;
	return true;
}

struct copying {
	struct postgres *database;
	struct text sql;
};

static bool copy(void *from, csvin_bytes_fn *give, void *context, struct diag *why)
{
	const struct copying *c = from;

	return postgres_copy(c->database, c->sql, give, context, why);
}

struct levels {
	const struct plan *plan;
	struct variable *variable;
	bool header_read;
};

static bool take_level(void *context, const struct csvin_row *row, struct diag *why)
{
	struct levels *l = context;
	struct variable *v = l->variable;
	struct text cell = text_nfc(v->levels->arena, row->field[0]);

	if (l->header_read && cell.n)
		meaning_level(v->question, v->levels, cell);
	l->header_read = true;
	return v->levels->n <= MOST_LEVELS ||
	       diag_fail(why, DIAG_DATA,
			 "column \"%.*s\" has more than %d different values, too many for levels",
			 SPAN_ARG(v->column), MOST_LEVELS);
}

/* What no codebook lists, the table is asked for. */
static bool ask_levels(struct session *s, struct queried *q, struct diag *why)
{
	for (size_t i = 0; i < q->plan->n_variables; i++) {
		struct variable *v = &q->plan->variable[i];
		struct copying from = {.database = q->database};
		struct levels to = {.plan = q->plan, .variable = v};

		if (v->kind != VARIABLE_LEVELS || v->levels)
			continue;
		v->levels = dict_new(s->arena);
		if (!statement_levels(s->arena, DIALECT_POSTGRES, q->plan, &q->table, v,
				      2 * MOST_LEVELS, &from.sql, why) ||
		    !csvin_pull(arena_string(s->arena, q->table.name), copy, &from, take_level, &to,
				why))
			return false;
		if (v->levels->n == 0) /* nobody answered: one level that nobody has */
			dict_add(v->levels, 0, (struct text)TEXT("1"), NULL);
	}
	return true;
}

bool queried_open(struct session *s, struct estimate_options *o, struct queried *q,
		  struct diag *why)
{
	const char *survey = s->options.words > 1 ? s->options.word[1] : NULL;
	struct heading columns;

	if (s->options.words > 2)
		return diag_fail(why, DIAG_USAGE, "\"%s\" is one name too many",
				 s->options.word[2]);
	if (!s->options.value[OPT_TABLE]) {
		diag_fail(why, DIAG_USAGE, "--table is missing: where are the answers?");
		return diag_hint(why, "hailong estimate postgresql://HOST/DATABASE --table NAME");
	}
	if (survey && gather_is_file(survey))
		return diag_fail(why, DIAG_USAGE,
				 "behind the database a survey folder may stand, no file");
	process_watch_signals();
	q->database = postgres_open(s->arena, s->options.word[0], process_interrupted, why);
	return q->database && find_table(s, q, &columns, why) &&
	       (survey ? queried_survey(s, o, survey, q, why)
		       : queried_columns(s, o, &columns, q, why));
}

struct examples {
	struct arena *arena;
	struct text words;
	bool header_read;
};

static bool take_example(void *context, const struct csvin_row *row, struct diag *why)
{
	struct examples *e = context;

	(void)why;
	if (e->header_read)
		e->words = arena_format(e->arena, "%.*s%s\"%.*s\" (%.*s)", SPAN_ARG(e->words),
					e->words.n ? ", " : "", SPAN_ARG(row->field[0]),
					SPAN_ARG(row->field[1]));
	e->header_read = true;
	return true;
}

/* Which values are refused: of the first column that has some. */
static bool tell_values(struct session *s, struct queried *q, const struct tally_csv *reader,
			struct diag *why)
{
	struct copying from = {.database = q->database};
	struct examples e = {.arena = s->arena};
	struct diag own = {.translation = why->translation};
	size_t i = 0;

	while (i < q->plan->n_variables && !tally_csv_refused(reader, i))
		i++;
	if (i == q->plan->n_variables ||
	    !statement_strange(s->arena, DIALECT_POSTGRES, q->plan, &q->table,
			       &q->plan->variable[i], 3, &from.sql, &own) ||
	    !csvin_pull("", copy, &from, take_example, &e, &own) || e.words.n == 0)
		return false;
	return diag_hint(why, "in \"%.*s\" stand %.*s", SPAN_ARG(q->plan->variable[i].column),
			 SPAN_ARG(e.words));
}

static bool read_parts(struct session *s, struct queried *q, struct tally_load *load,
		       struct diag *why)
{
	const char *name = arena_string(s->arena, q->table.name);
	struct statement *at;
	size_t n;

	if (!queried_make(s, DIALECT_POSTGRES, q, &at, &n, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct copying from = {q->database, at[i].sql};
		struct tally_csv *reader = tally_csv_start(load);

		if (!csvin_pull(name, copy, &from, tally_csv_row, reader, why))
			return false;
		if (!tally_csv_end(reader, why))
			return tell_values(s, q, reader, why);
	}
	return true;
}

bool queried_read(struct session *s, struct queried *q, struct answers *answers,
		  struct tally *tally, struct diag *why)
{
	size_t *all = arena_new(s->arena, q->plan->n_variables, sizeof *all);
	struct place at = {arena_string(s->arena, q->table.name), 0, 0};
	struct tally_load load;
	struct tally_head head;

	for (size_t i = 0; i < q->plan->n_variables; i++)
		all[i] = i;
	list_levels(s, q->plan);
	if (!ask_levels(s, q, why) ||
	    !tally_head_read(s->arena, tally_plan_text(s->arena, q->plan, &q->about), at, &head,
			     why))
		return false;
	q->plan->collapse = asked_collapse(s);
	tally_load_start(s->arena, q->plan, all, answers, tally, &load);
	return tally_load_open(&load, &head, why) && read_parts(s, q, &load, why) &&
	       tally_load_finish(&load, why);
}

/* ---- printing ------------------------------------------------------------------------------ */

/* --table; else what the file, or the survey's file, is called without ".csv". */
static bool name_table(struct session *s, struct text file, struct queried *q, struct diag *why)
{
	const char *table = s->options.value[OPT_TABLE];

	if (table) {
		if (!postgres_name(s->arena, span_of(table), &q->table.schema, &q->table.name, why))
			return false;
		q->about.source = q->table.name;
		return true;
	}
	if (file.n == 0)
		return diag_fail(why, DIAG_USAGE, "--table is missing: where are the answers?");
	q->about.source = file;
	if (file.n > 4 && span_equal((struct text){file.at + file.n - 4, 4}, span_of(".csv")))
		file.n -= 4;
	q->table.name = file;
	return true;
}

static bool plan_for_print(struct session *s, struct estimate_options *o, struct queried *q,
			   struct diag *why)
{
	const char *word = s->options.words ? s->options.word[0] : NULL;
	const char *items = s->options.value[OPT_ITEM];
	bool all = items && strstr(items, "all") != NULL;
	struct heading columns;

	if (word && postgres_is_uri(word))
		return diag_fail(why, DIAG_USAGE,
				 "--sql only prints; hailong estimate runs it in PostgreSQL");
	if (word && !gather_is_file(word))
		return queried_survey(s, o, word, q, why) && name_table(s, q->w.wave->file, q, why);
	if (word && s->options.words > 1)
		return diag_fail(why, DIAG_USAGE, "--sql reads the header of one file");
	if (!(word ? heading_read_as(s->arena, word, &s->reading.form, all, &columns, why)
		   : named_columns(s, &columns, why)))
		return false;
	return queried_columns(s, o, &columns, q, why) &&
	       name_table(s, word ? asked_file_name(word) : (struct text){"", 0}, q, why);
}

bool queried_print(struct session *s, struct diag *why)
{
	struct queried *q = arena_new(s->arena, 1, sizeof *q);
	struct estimate_options o;
	struct statement *at;
	size_t dialect, n;

	if (!asked_estimate(s, &o, why) ||
	    !asked_word(s, OPT_DIALECT, dialect_words, DIALECT__COUNT, DIALECT_POSTGRES, &dialect,
			why))
		return false;
	if (weighting_rows(s, &o))
		return diag_fail(why, DIAG_USAGE, "--stat %s needs every row; a tally holds sums",
				 statistic_name(o.statistic));
	if (!plan_for_print(s, &o, q, why) ||
	    !queried_make(s, (enum dialect)dialect, q, &at, &n, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (n > 1)
			fprintf(s->out, "%s-- %zu of %zu\n", i ? "\n" : "", i + 1, n);
		fprintf(s->out, "%.*s;\n", SPAN_ARG(at[i].sql));
	}
	return true;
}
