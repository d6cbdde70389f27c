#include "survey/statement.h"

#include "base/number.h"

#include <string.h>

#define MOST_COLUMNS 1600 /* PostgreSQL has 1,664 */

/* An expression and what its column is called. */
struct item {
	struct text sql, name;
};

struct list {
	size_t n;
	struct item *at;
};

/* A statement in the making: rows are made by the inner select "r", sums by the outer. */
struct maker {
	struct sql_values values;
	struct text plan_row;
	bool rows_are_units;
	int scale, square_scale; /* of weights and their squares (sqlvalue_weight) */
	size_t first, end;       /* variables of this statement */
	struct list rows, sums;
	size_t n_keys; /* in front of both */
};

static void put(struct maker *m, struct list *l, struct text sql, const char *name, size_t number)
{
	struct arena *a = m->values.arena;

	l->at = arena_grow(a, l->at, l->n, sizeof *l->at);
	l->at[l->n++] =
		(struct item){sql, number ? arena_format(a, "%s%zu", name, number) : span_of(name)};
}

/* ---- sums ---------------------------------------------------------------------------------- */

static void put_count(struct maker *m, const char *condition, size_t i, const char *name)
{
	struct arena *a = m->values.arena;
	const char *before = m->rows_are_units ? "CASE WHEN " : "COUNT(CASE WHEN ",
		   *behind = m->rows_are_units ? " THEN 1 ELSE 0 END" : " THEN 1 END)";

	put(m, &m->sums, arena_format(a, "%s%s%s", before, condition, behind), name, i);
}

static void put_sum(struct maker *m, const char *condition, const char *product, int scale,
		    size_t i, const char *name)
{
	const char *before = m->rows_are_units ? "CASE WHEN " : "COALESCE(SUM(CASE WHEN ",
		   *behind = m->rows_are_units ? " ELSE 0 END" : " END), 0)";
	struct text s =
		arena_format(m->values.arena, "%s%s THEN %s%s", before, condition, product, behind);

	if (scale)
		s = arena_format(m->values.arena, "%.*s * 1e-%d", SPAN_ARG(s), scale);
	put(m, &m->sums, s, name, i);
}

/* Counts of what a file would be refused for. */
static void put_bad(struct maker *m, const char *condition, const char *name, size_t i)
{
	put_count(m, condition, i, arena_format(m->values.arena, "bad%s", name).at);
}

static const char *words(struct maker *m, const char *format, size_t i)
{
	struct arena *a = m->values.arena;
	struct text s = {"", 0};

	for (; *format; format++)
		s = *format == '#' ? arena_format(a, "%.*s%zu", SPAN_ARG(s), i)
				   : arena_format(a, "%.*s%c", SPAN_ARG(s), *format);
	return s.at;
}

static void sum_numbers(struct maker *m, const struct variable *v, size_t i)
{
	bool pair = v->kind == VARIABLE_PAIR;
	const char *there =
		words(m, pair ? "r.y# IS NOT NULL AND r.x# IS NOT NULL" : "r.y# IS NOT NULL", i);

	put_count(m, there, i, "n");
	put_sum(m, there, "r.wt", m->scale, i, "w");
	put_sum(m, there, "r.wt2", m->square_scale, i, "ww");
	put_sum(m, there, words(m, "r.wt * r.y#", i), m->scale, i, "wy");
	put_sum(m, there, words(m, "r.wt * r.y# * r.y#", i), m->scale, i, "wyy");
	if (pair) {
		put_sum(m, there, words(m, "r.wt * r.x#", i), m->scale, i, "wx");
		put_sum(m, there, words(m, "r.wt * r.x# * r.x#", i), m->scale, i, "wxx");
		put_sum(m, there, words(m, "r.wt * r.x# * r.y#", i), m->scale, i, "wxy");
	}
	put_bad(m,
		words(m,
		      pair ? "r.y# IS NULL AND r.a# = 1 OR r.x# IS NULL AND r.b# = 1"
			   : "r.y# IS NULL AND r.a# = 1",
		      i),
		"", i);
}

static void sum_levels(struct maker *m, const struct variable *v, const struct sql_variable *sql,
		       size_t i)
{
	const char *there = words(m, "r.y# IS NOT NULL", i);

	put_count(m, there, i, "n");
	put_sum(m, there, "r.wt", m->scale, i, "w");
	put_sum(m, there, "r.wt2", m->square_scale, i, "ww");
	if (v->kind != VARIABLE_LEVELS) {
		put_count(m, words(m, "r.y# = 1", i), i, "k");
		put_sum(m, words(m, "r.y# = 1", i), "r.wt", m->scale, i, "wy");
	}
	for (size_t j = 1; j <= sqlvalue_levels(v); j++) {
		const char *at = arena_format(m->values.arena, "r.y%zu = %zu", i, j).at;

		put_count(m, at, j, words(m, "n#_", i));
		put_sum(m, at, "r.wt", m->scale, j, words(m, "w#_", i));
	}
	if (sql->strange)
		put_bad(m, words(m, "r.y# = -1", i), "", i);
	if (sql->words)
		put_count(m, words(m, "r.y# = 2", i), i, "words");
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool put_key(struct maker *m, struct text column, const char *name, size_t i,
		    struct diag *why)
{
	struct text key;

	if (!sqlvalue_key(&m->values, column, &key, why))
		return false;
	put(m, &m->rows, key, name, i);
	put(m, &m->sums, span_of(words(m, arena_format(m->values.arena, "r.%s#", name).at, i)),
	    name, i);
	return true;
}

static bool put_keys(struct maker *m, struct diag *why)
{
	const struct plan *p = m->values.plan;
	struct text sql, strange;

	for (size_t i = 0; i < p->design.n_strata; i++)
		if (!put_key(m, p->design.stratum[i], "h", i + 1, why))
			return false;
	for (size_t i = 0; i < p->design.n_units; i++)
		if (!put_key(m, p->design.unit[i], "u", i + 1, why))
			return false;
	for (size_t i = 0; i < p->design.n_fpc; i++)
		if (!put_key(m, p->design.fpc[i], "f", i + 1, why))
			return false;
	for (size_t i = 0; i < p->n_factors; i++) {
		if (!sqlvalue_factor(&m->values, &p->factor[i], &sql, &strange, why))
			return false;
		put(m, &m->rows, sql, "g", i + 1);
		put(m, &m->sums, span_of(words(m, "r.g#", i + 1)), "g", i + 1);
	}
	if (!sqlvalue_selected(&m->values, &sql, why))
		return false;
	put(m, &m->rows, sql, "selected", 0);
	put(m, &m->sums, span_of("r.selected"), "selected", 0);
	m->n_keys = m->sums.n;
	return true;
}

/* What all statements refuse: weights, the design, years, groups. */
static bool put_checks(struct maker *m, struct diag *why)
{
	const struct plan *p = m->values.plan;
	const struct design *d = &p->design;
	struct text sql, strange;

	put_bad(m, "r.wt IS NULL OR r.wt <= 0", "_weight", 0);
	for (size_t i = 1; i <= d->n_strata; i++)
		put_bad(m, words(m, "r.h# = ''", i), "_h", i);
	for (size_t i = 1; i <= d->n_units; i++)
		put_bad(m, words(m, "r.u# = ''", i), "_u", i);
	for (size_t i = 1; i <= d->n_fpc; i++) {
		if (!sqlvalue_no_count(&m->values, d->fpc[i - 1], &sql, why))
			return false;
		put(m, &m->rows, sql, "bf", i);
		put_bad(m, words(m, "r.bf# = 1", i), "_f", i);
	}
	for (size_t i = 1; i <= p->n_factors; i++) {
		if (!sqlvalue_factor(&m->values, &p->factor[i - 1], &sql, &strange, why))
			return false;
		if (strange.n == 0)
			continue;
		put(m, &m->rows, strange, "bg", i);
		put_bad(m, words(m, "r.bg# = 1", i), "_g", i);
	}
	if (!sqlvalue_year(&m->values, &sql, why))
		return false;
	if (sql.n) {
		put(m, &m->rows, sql, "yr", 0);
		put_bad(m, "r.yr = -1", "_year", 0);
	}
	return true;
}

static bool put_variable(struct maker *m, size_t i, struct diag *why)
{
	const struct variable *v = &m->values.plan->variable[i];
	struct sql_variable sql;

	if (!sqlvalue_variable(&m->values, v, &sql, why))
		return false;
	put(m, &m->rows, sql.y, "y", i + 1);
	if (sql.x.n)
		put(m, &m->rows, sql.x, "x", i + 1);
	if (sql.found_y.n)
		put(m, &m->rows, sql.found_y, "a", i + 1);
	if (sql.found_x.n)
		put(m, &m->rows, sql.found_x, "b", i + 1);
	if (v->kind == VARIABLE_NUMBER || v->kind == VARIABLE_PAIR)
		sum_numbers(m, v, i + 1);
	else
		sum_levels(m, v, &sql, i + 1);
	return true;
}

static bool put_weights(struct maker *m, struct diag *why)
{
	struct text weight, square;

	if (!sqlvalue_weight(&m->values, &weight, &square, &m->scale, &m->square_scale, why))
		return false;
	put(m, &m->rows, weight, "wt", 0);
	put(m, &m->rows, square, "wt2", 0);
	if (m->first == 0) {
		put(m, &m->sums, span_of(m->rows_are_units ? "1" : "COUNT(*)"), "rows", 0);
		put_sum(m, "r.wt > 0", "r.wt", m->scale, 0, "w");
		put_sum(m, "r.wt > 0", "r.wt2", m->square_scale, 0, "ww");
		return true;
	}
	for (size_t i = 0; i < 3; i++) /* they are in the first statement */
		put(m, &m->sums, span_of("0"), i == 0 ? "rows" : i == 1 ? "w" : "ww", 0);
	return true;
}

/* ---- writing ------------------------------------------------------------------------------- */

struct bytes {
	struct arena *arena;
	char *at;
	size_t n;
};

static void add(struct bytes *b, struct text s)
{
	for (size_t i = 0; i < s.n; i++) {
		b->at = arena_grow(b->arena, b->at, b->n, 1);
		b->at[b->n++] = s.at[i];
	}
}

static void add_items(struct bytes *b, const struct maker *m, const struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		add(b, arena_format(
			       b->arena, "%s\n  %.*s AS %.*s", i ? "," : "", SPAN_ARG(l->at[i].sql),
			       SPAN_ARG(dialect_name(b->arena, m->values.dialect, l->at[i].name))));
}

/* The row that says what the columns are; names of columns come from it. */
static void add_plan_row(struct bytes *b, const struct maker *m)
{
	add(b, arena_format(b->arena, "SELECT\n  %.*s AS %.*s",
			    SPAN_ARG(dialect_text(b->arena, m->values.dialect, m->plan_row)),
			    SPAN_ARG(dialect_name(b->arena, m->values.dialect, span_of("tally")))));
	for (size_t i = 0; i < m->sums.n; i++)
		add(b, arena_format(b->arena, ",%s NULL AS %.*s", i % 8 ? "" : "\n ",
				    SPAN_ARG(dialect_name(b->arena, m->values.dialect,
							  m->sums.at[i].name))));
	add(b, span_of("\nUNION ALL\nSELECT\n  NULL AS "));
	add(b, dialect_name(b->arena, m->values.dialect, span_of("tally")));
	add(b, span_of(","));
}

static struct text table_of(const struct maker *m)
{
	const struct answers_table *t = m->values.table;
	struct arena *a = m->values.arena;
	struct text schema = {"", 0};

	if (t->schema.n)
		schema = arena_format(a, "%.*s.",
				      SPAN_ARG(dialect_name(a, m->values.dialect, t->schema)));
	return arena_format(a, "%.*s%.*s AS t", SPAN_ARG(schema),
			    SPAN_ARG(dialect_name(a, m->values.dialect, t->name)));
}

/* What a row means is worked out once: PostgreSQL would otherwise put the expressions into each of
 * their sums; OFFSET 0 keeps it from that, and workers may still share the rows. */
static void add_rows(struct bytes *b, const struct maker *m)
{
	struct text year = {"", 0};

	add(b, span_of("\nFROM (\nSELECT"));
	add_items(b, m, &m->rows);
	add(b, span_of("\nFROM (\nSELECT"));
	for (size_t i = 0; i < m->values.n_sources; i++)
		add(b, arena_format(b->arena, "%s\n  %.*s AS c%zu", i ? "," : "",
				    SPAN_ARG(m->values.source[i].sql), i + 1));
	add(b, arena_format(b->arena, "\nFROM %.*s\n) AS c", SPAN_ARG(table_of(m))));
	for (size_t i = 0; i < m->rows.n; i++)
		if (span_is(m->rows.at[i].name, "yr"))
			year = m->rows.at[i].sql;
	if (year.n)
		add(b, arena_format(b->arena, "\nWHERE %.*s <> 0", SPAN_ARG(year)));
	add(b, span_of(m->values.dialect == DIALECT_POSTGRES ? "\nOFFSET 0\n) AS r" : "\n) AS r"));
}

static struct text written(struct maker *m)
{
	struct bytes b = {.arena = m->values.arena};

	if (m->plan_row.n)
		add_plan_row(&b, m);
	else
		add(&b, span_of("SELECT"));
	add_items(&b, m, &m->sums);
	add_rows(&b, m);
	for (size_t i = 0; i < m->n_keys && !m->rows_are_units; i++)
		add(&b, arena_format(b.arena, "%s%.*s", i ? ", " : "\nGROUP BY ",
				     SPAN_ARG(m->sums.at[i].sql)));
	return (struct text){b.at, b.n};
}

/* ---- statements ---------------------------------------------------------------------------- */

/* At most so many columns a variable has. */
static size_t columns_of(const struct variable *v)
{
	switch (v->kind) {
	case VARIABLE_NUMBER: return 6;
	case VARIABLE_PAIR: return 9;
	case VARIABLE_LEVELS: return 4 + 2 * sqlvalue_levels(v);
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED: break;
	}
	return 6; /* unknown values, or words: never both */
}

static bool check(const struct maker *m, struct diag *why)
{
	const struct plan *p = m->values.plan;
	const struct answers_table *t = m->values.table;

	if (p->join)
		return diag_fail(why, DIAG_USAGE,
				 "--system rescales weights; SQL has them as they are");
	if (!dialect_can_name(m->values.dialect, t->name) ||
	    (t->schema.n && !dialect_can_name(m->values.dialect, t->schema)))
		return diag_fail(why, DIAG_USAGE, "\"%.*s\" is no name of a table",
				 SPAN_ARG(t->name));
	for (size_t i = 0; i < p->n_variables; i++) {
		const struct variable *v = &p->variable[i];

		if (v->kind != VARIABLE_LEVELS || sqlvalue_levels(v))
			continue;
		diag_fail(why, DIAG_USAGE, "the levels of \"%.*s\" are not known",
			  SPAN_ARG(v->column));
		return diag_hint(why, "a codebook lists them; or --category names those that "
				      "count");
	}
	return true;
}

static bool make_one(struct maker *m, struct statement *out, struct diag *why)
{
	size_t columns;

	m->rows = m->sums = (struct list){0, NULL};
	m->values.n_sources = 0;
	m->values.source = NULL;
	if (!put_keys(m, why) || !put_weights(m, why) || !put_checks(m, why))
		return false;
	columns = m->sums.n + 1;
	for (m->end = m->first; m->end < m->values.plan->n_variables; m->end++) {
		columns += columns_of(&m->values.plan->variable[m->end]);
		if (columns > MOST_COLUMNS && m->end > m->first)
			break;
		if (columns > MOST_COLUMNS)
			return diag_fail(why, DIAG_USAGE, "\"%.*s\" has too many levels for SQL",
					 SPAN_ARG(m->values.plan->variable[m->end].column));
		if (!put_variable(m, m->end, why))
			return false;
	}
	if (m->rows_are_units && m->end < m->values.plan->n_variables)
		return diag_fail(why, DIAG_USAGE,
				 "too many items at once where every row is a sampling unit; "
				 "--item names fewer");
	*out = (struct statement){written(m), m->first, m->end - m->first};
	m->first = m->end;
	return true;
}

bool statement_make(struct arena *a, enum dialect d, const struct plan *p,
		    const struct answers_table *table, struct text plan_row, struct statement **out,
		    size_t *n, struct diag *why)
{
	struct maker m = {.values = {.arena = a, .dialect = d, .plan = p, .table = table},
			  .plan_row = plan_row};

	design_stages(&p->design, &m.rows_are_units);
	for (size_t i = 0; i < p->n_variables; i++)
		m.values.numbers = m.values.numbers || p->variable[i].kind <= VARIABLE_PAIR;
	*out = NULL;
	*n = 0;
	if (!check(&m, why))
		return false;
	do {
		*out = arena_grow(a, *out, *n, sizeof **out);
		if (!make_one(&m, &(*out)[*n], why))
			return false;
		(*n)++;
	} while (m.first < p->n_variables);
	return true;
}

bool statement_levels(struct arena *a, enum dialect d, const struct plan *p,
		      const struct answers_table *table, const struct variable *v, size_t most,
		      struct text *out, struct diag *why)
{
	struct maker m = {.values = {.arena = a, .dialect = d, .plan = p, .table = table}};
	struct bytes b = {.arena = a};
	struct text value, year;

	if (!sqlvalue_key(&m.values, v->column, &value, why) ||
	    !sqlvalue_year(&m.values, &year, why))
		return false;
	put(&m, &m.rows, value, "value", 0);
	if (year.n)
		put(&m, &m.rows, year, "yr", 0);
	add(&b, span_of("SELECT DISTINCT r.value"));
	add_rows(&b, &m);
	add(&b, arena_format(a, "\nORDER BY 1\nLIMIT %zu", most));
	*out = (struct text){b.at, b.n};
	return true;
}

bool statement_strange(struct arena *a, enum dialect d, const struct plan *p,
		       const struct answers_table *table, const struct variable *v, size_t most,
		       struct text *out, struct diag *why)
{
	struct maker m = {.values = {.arena = a, .dialect = d, .plan = p, .table = table}};
	struct bytes b = {.arena = a};
	struct sql_variable sql;
	struct text value, year;

	if (!sqlvalue_key(&m.values, v->column, &value, why) ||
	    !sqlvalue_variable(&m.values, v, &sql, why) || !sqlvalue_year(&m.values, &year, why))
		return false;
	put(&m, &m.rows, value, "value", 0);
	put(&m, &m.rows, sql.y, "y", 0);
	if (sql.found_y.n)
		put(&m, &m.rows, sql.found_y, "a", 0);
	if (year.n)
		put(&m, &m.rows, year, "yr", 0);
	add(&b, arena_format(a, "SELECT r.value, COUNT(*) AS %.*s",
			     SPAN_ARG(dialect_name(a, d, span_of("rows")))));
	add_rows(&b, &m);
	add(&b, arena_format(a, "\nWHERE %s\nGROUP BY r.value\nORDER BY 2 DESC, 1\nLIMIT %zu",
			     sql.found_y.n ? "r.y IS NULL AND r.a = 1" : "r.y = -1", most));
	*out = (struct text){b.at, b.n};
	return true;
}
