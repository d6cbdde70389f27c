/* What a statement says of a plan. That engines understand it as files are understood: postgres.sh,
 * duckdb.sh. */
#include "help.h"

#include "survey/statement.h"

TestSuite(statement, .fini = clean);

static struct plan plan;
static struct variable variable[2];
static struct answers_table table;
static struct diag why;

/* One share, q1 with 4 and 5, of a table "t". */
static void start(void)
{
	static const struct text counting[] = {TEXT("4"), TEXT("5")};

	variable[0] = (struct variable){.kind = VARIABLE_SHARE,
					.column = TEXT("q1"),
					.n_counting = 2,
					.counting = counting};
	plan = (struct plan){.design = {.weight = TEXT("w"),
					.n_strata = 1,
					.stratum = {TEXT("s")},
					.n_units = 1,
					.unit = {TEXT("u")}},
			     .n_variables = 1,
			     .variable = variable};
	table = (struct answers_table){.name = TEXT("t")};
	why = (struct diag){0};
}

static struct text made(enum dialect d)
{
	struct statement *at;
	size_t n;

	cr_assert(statement_make(&arena, d, &plan, &table, (struct text){"", 0}, &at, &n, &why),
		  "%s", why.item[0].words);
	cr_assert(n == 1);
	return at->sql;
}

static void expect_holds(struct text s, const char *part, bool holds)
{
	cr_expect(span_holds(s, span_of(part)) == holds, "%s\nin\n%.*s", part, SPAN_ARG(s));
}

static void refused(enum diag_code code, const char *words)
{
	struct statement *at;
	size_t n;

	cr_assert(statement_make(&arena, DIALECT_SPARK, &plan, &table, (struct text){"", 0}, &at,
				 &n, &why) == false);
	cr_expect(why.worst == code);
	cr_expect(strstr(why.item[0].words, words) != NULL, "%s", why.item[0].words);
}

/* Every row counts for the frame: nothing is left out. */
Test(statement, no_row_is_left_out, .init = start)
{
	cr_assert(where_parse(&arena, span_of("sex=1"), &plan.where, &why));
	struct text s = made(DIALECT_DUCKDB);

	expect_holds(s, "WHERE", false);
	expect_holds(s, "HAVING", false);
	expect_holds(s, "r.selected AS \"selected\"", true);
	expect_holds(s, "GROUP BY r.h1, r.u1, r.selected", true);
}

Test(statement, rows_of_other_years_are, .init = start)
{
	static const struct text known[] = {TEXT("2023"), TEXT("2024")};

	plan.codebook = true;
	plan.only_column = span_of("year");
	plan.only_value = known[1];
	plan.known = known;
	plan.n_known = 2;
	struct text s = made(DIALECT_POSTGRES);

	expect_holds(s, "WHERE CASE c4 WHEN '2024' THEN 1 WHEN '2023' THEN 0 WHEN '' THEN -1 ",
		     true);
	expect_holds(s, "COUNT(CASE WHEN r.yr = -1 THEN 1 END) AS \"bad_year\"", true);
}

/* Numbers may be spelled in several ways: text first, and as numbers what may be one. */
Test(statement, values_as_text_and_as_numbers, .init = start)
{
	static const struct text other[] = {TEXT("4.0"), TEXT("yes")};

	variable[0].counting = other;
	struct text s = made(DIALECT_CLICKHOUSE);

	expect_holds(
		s,
		"CASE c4 WHEN '4.0' THEN 1 WHEN 'yes' THEN 1 WHEN '4' THEN 1 WHEN '' THEN NULL "
		"WHEN 'NA' THEN NULL WHEN '.' THEN NULL ELSE",
		true);
	expect_holds(s, "CASE toFloat64OrNull(c4) WHEN 4 THEN 1 ELSE 0 END", true);
	expect_holds(s, "words1", false); /* "yes" is a level: words are to be expected */
}

/* A declared type spares tests, and makes sums of whole numbers. */
Test(statement, types_that_are_known, .init = start)
{
	static const struct table_column columns[] = {
		{TEXT("q1"), COLUMN_WHOLE, 5, 0},
		{TEXT("w"), COLUMN_DECIMAL, 8, 3},
		{TEXT("s"), COLUMN_TEXT, 0, 0},
		{TEXT("u"), COLUMN_TRUTH, 0, 0},
	};

	table.column = columns;
	table.n = 4;
	struct text s = made(DIALECT_POSTGRES);

	expect_holds(s, "t.\"q1\" AS c4", true);
	expect_holds(s,
		     "CASE WHEN c4 IS NULL THEN NULL ELSE CASE c4 WHEN 4 THEN 1 WHEN 5 THEN 1 ELSE "
		     "0 END END AS \"y1\"",
		     true);
	expect_holds(s, "CAST(c3 * 1e3 AS bigint)", true);
	expect_holds(s, "COALESCE(SUM(CASE WHEN r.y1 = 1 THEN r.wt END), 0) * 1e-3 AS \"wy1\"",
		     true);
	expect_holds(s,
		     "COALESCE(SUM(CASE WHEN r.y1 IS NOT NULL THEN r.wt2 END), 0) * 1e-6 AS "
		     "\"ww1\"",
		     true);
	expect_holds(s, "CASE WHEN t.\"u\" THEN 't' WHEN NOT t.\"u\" THEN 'f' END", true);
}

/* Letters beyond ASCII may be composed or not. */
Test(statement, one_form_of_letters, .init = start)
{
	static const struct text other[] = {TEXT("hài lòng"), TEXT("yes")};

	variable[0].counting = other;
	expect_holds(made(DIALECT_POSTGRES), "normalize(CAST(t.\"q1\" AS text)) COLLATE \"C\"",
		     true);
	expect_holds(made(DIALECT_DUCKDB), "nfc_normalize(CAST(t.\"q1\" AS VARCHAR))", true);
}

/* Every row its own unit: nothing to group. */
Test(statement, rows_that_are_units, .init = start)
{
	plan.design.n_units = 0;
	struct text s = made(DIALECT_POSTGRES);

	expect_holds(s, "GROUP BY", false);
	expect_holds(s, "SUM(", false);
	expect_holds(s, "COUNT(", false);
	expect_holds(s, "CASE WHEN r.y1 = 1 THEN r.wt ELSE 0 END AS \"wy1\"", true);
}

Test(statement, what_cannot_be_said, .init = start)
{
	variable[0].kind = VARIABLE_LEVELS;
	refused(DIAG_USAGE, "the levels of \"q1\" are not known");
	start();
	plan.design.weight = span_of("w${x}");
	refused(DIAG_USAGE, "spark cannot be told the name");
	start();
	table.name = (struct text){"a\0b", 3};
	refused(DIAG_USAGE, "no name of a table");
	start();
	table.n = 1;
	table.column = &(struct table_column){.name = TEXT("x")};
	refused(DIAG_DATA, "table \"t\" has no column \"s\"");
	cr_expect(strstr(why.item[0].hint, "x") != NULL);
}

/* 1,600 columns a statement, 9 of a share at most: 200 shares take two, the rows are in the first.
 */
Test(statement, several, .init = start)
{
	struct variable *many = arena_new(&arena, 300, sizeof *many);
	struct statement *at;
	size_t n;

	for (size_t i = 0; i < 300; i++) {
		many[i] = variable[0];
		many[i].column = arena_format(&arena, "q%zu", i + 1);
	}
	plan.variable = many;
	plan.n_variables = 300;
	cr_assert(statement_make(&arena, DIALECT_POSTGRES, &plan, &table, (struct text)TEXT("{}"),
				 &at, &n, &why));
	cr_assert(eq(sz, n, 2));
	cr_expect(eq(sz, at[0].n + at[1].n, 300));
	cr_expect(eq(sz, at[1].first, at[0].n));
	expect_holds(at[0].sql, "COUNT(*) AS \"rows\"", true);
	expect_holds(at[1].sql, "0 AS \"rows\"", true);
	expect_holds(at[1].sql, "'{}' AS \"tally\"", true);
	plan.design.n_units = 0;
	cr_expect(statement_make(&arena, DIALECT_POSTGRES, &plan, &table, (struct text)TEXT("{}"),
				 &at, &n, &why) == false);
}
