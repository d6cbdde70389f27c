/* Expected spellings follow the engines' manuals: PostgreSQL 4.1.1 and 4.1.2 (quotes doubled, E''
 * with backslashes), DuckDB "Keywords and Identifiers" and "Literal Types" (doubled, no escapes),
 * Spark SQL "Identifiers" (backquotes doubled) and "Literals" (backslashes), ClickHouse "Syntax"
 * (backslashes in both). */
#include "help.h"

#include "survey/dialect.h"

TestSuite(dialect, .fini = clean);

static void expect(struct text got, const char *want)
{
	cr_expect(span_is(got, want), "%.*s, not %s", SPAN_ARG(got), want);
}

Test(dialect, names)
{
	static const struct {
		const char *name, *want[DIALECT__COUNT];
	} cases[] = {
		{"q1", {"\"q1\"", "\"q1\"", "`q1`", "`q1`"}},
		{"a\"b", {"\"a\"\"b\"", "\"a\"\"b\"", "`a\"b`", "`a\"b`"}},
		{"a`b", {"\"a`b\"", "\"a`b\"", "`a``b`", "`a\\`b`"}},
		{"a\\b", {"\"a\\b\"", "\"a\\b\"", "`a\\b`", "`a\\\\b`"}},
		{"x; DROP TABLE y; --",
		 {"\"x; DROP TABLE y; --\"", "\"x; DROP TABLE y; --\"", "`x; DROP TABLE y; --`",
		  "`x; DROP TABLE y; --`"}},
		{"\\`", {"\"\\`\"", "\"\\`\"", "`\\```", "`\\\\\\``"}},
		{"một\nhai", {"\"một\nhai\"", "\"một\nhai\"", "`một\nhai`", "`một\nhai`"}},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t d = 0; d < DIALECT__COUNT; d++)
			expect(dialect_name(&arena, d, span_of(cases[i].name)), cases[i].want[d]);
}

Test(dialect, texts)
{
	static const struct {
		const char *text, *want[DIALECT__COUNT];
	} cases[] = {
		{"", {"''", "''", "''", "''"}},
		{"it's", {"'it''s'", "'it''s'", "'it\\'s'", "'it\\'s'"}},
		{"a\\b", {"E'a\\\\b'", "'a\\b'", "'a\\\\b'", "'a\\\\b'"}},
		{"\\'; DROP TABLE x; --",
		 {"E'\\\\''; DROP TABLE x; --'", "'\\''; DROP TABLE x; --'",
		  "'\\\\\\'; DROP TABLE x; --'", "'\\\\\\'; DROP TABLE x; --'"}},
		{"a\"`b", {"'a\"`b'", "'a\"`b'", "'a\"`b'", "'a\"`b'"}},
		{"${env:HOME} ${x}",
		 {"'${env:HOME} ${x}'", "'${env:HOME} ${x}'", "'$\\u007Benv:HOME} $\\u007Bx}'",
		  "'${env:HOME} ${x}'"}},
		{"một\nhai", {"'một\nhai'", "'một\nhai'", "'một\nhai'", "'một\nhai'"}},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t d = 0; d < DIALECT__COUNT; d++)
			expect(dialect_text(&arena, d, span_of(cases[i].text)), cases[i].want[d]);
}

/* NUL ends a text in every engine; Spark's shell fills in "${...}" inside backquotes too. */
Test(dialect, names_that_cannot_be_told)
{
	for (size_t d = 0; d < DIALECT__COUNT; d++) {
		cr_expect(dialect_can_name(d, (struct text){"a\0b", 3}) == false);
		cr_expect(dialect_can_name(d, (struct text){"", 0}) == false);
		cr_expect(dialect_can_name(d, span_of("a\"`'\\;--\n$")));
		cr_expect(dialect_can_name(d, span_of("a${b}")) == (d != DIALECT_SPARK));
	}
}

/* Products must not need more than 38 digits, of which Spark wants one more for each product. */
Test(dialect, digits_fit)
{
	for (size_t d = DIALECT_DUCKDB; d < DIALECT__COUNT; d++) {
		int extra = d == DIALECT_SPARK, all[DIGITS__COUNT];

		for (size_t i = 0; i < DIGITS__COUNT; i++) {
			int before, behind;

			dialect_digits(d, i, &before, &behind);
			all[i] = before + behind;
		}
		cr_expect(2 * all[DIGITS_WEIGHT] + extra <= 38);
		cr_expect(all[DIGITS_NUMBER_WEIGHT] + 2 * all[DIGITS_NUMBER] + 2 * extra <= 38);
	}
}

Test(dialect, no_cast_rounds)
{
	/* a number with more decimals than the type holds matches no pattern, so that it is counted
	 */
	expect(dialect_exact(&arena, DIALECT_DUCKDB, DIGITS_NUMBER_WEIGHT, span_of("c1")),
	       "CASE WHEN regexp_matches(c1, '^[+-]?0*[0-9]{0,10}([.][0-9]{0,4}0*)?$') THEN "
	       "TRY_CAST(c1 AS DECIMAL(14, 4)) END");
	expect(dialect_exact(&arena, DIALECT_POSTGRES, DIGITS_WEIGHT, span_of("c1")),
	       "CAST(c1 AS numeric)");
}
