#include "survey/dialect.h"

#include <string.h>

const char *const dialect_words[DIALECT__COUNT] = {"postgres", "duckdb", "spark", "clickhouse"};

/* Patterns do without backslashes, which engines read in different ways. Java's "$" also holds
 * before a last line end, so that nothing may follow it there. */
#define NUMBER "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"
#define ALONE "(?!.|[^.])"

#define LONGEST 64 /* bytes that are no number any more (number_parse) */

/* What stands before and behind x. */
struct around {
	const char *before, *behind;
};

struct rules {
	char name_quote;
	bool name_escapes, text_escapes;             /* by backslashes; else a quote is doubled */
	struct around text, bytes, nfc, real, match; /* match ends with the quote of a pattern */
	const char *match_end;
	struct {
		int before, behind;
	} digits[DIGITS__COUNT];
};

/* Products of decimals hold 38 digits: of a weight (10 + 4) and twice a number (9 + 3), or of two
 * weights; Spark wants one more for each product. */
static const struct rules rules[DIALECT__COUNT] = {
	[DIALECT_POSTGRES] = {.name_quote = '"',
			      .text = {"CAST(", " AS text)"},
			      .bytes = {"", " COLLATE \"C\""},
			      .nfc = {"normalize(", ")"},
			      .real = {"CAST(", " AS double precision)"},
			      .match = {"", " ~ '"},
			      .match_end = "'"},
	[DIALECT_DUCKDB] = {.name_quote = '"',
			    .text = {"CAST(", " AS VARCHAR)"},
			    .bytes = {"", ""},
			    .nfc = {"nfc_normalize(", ")"},
			    .real = {"TRY_CAST(", " AS DOUBLE)"},
			    .match = {"regexp_matches(", ", '"},
			    .match_end = "')",
			    .digits = {{8, 10}, {10, 4}, {9, 3}}},
	[DIALECT_SPARK] = {.name_quote = '`',
			   .text_escapes = true,
			   .text = {"CAST(", " AS STRING)"},
			   .bytes = {"", ""},
			   .nfc = {"", ""},
			   .real = {"CAST(", " AS DOUBLE)"},
			   .match = {"", " RLIKE '"},
			   .match_end = ALONE "'",
			   .digits = {{8, 10}, {10, 4}, {9, 2}}},
	[DIALECT_CLICKHOUSE] = {.name_quote = '`',
				.name_escapes = true,
				.text_escapes = true,
				.text = {"toString(", ")"},
				.bytes = {"", ""},
				.nfc = {"normalizeUTF8NFC(", ")"},
				.real = {"toFloat64OrNull(", ")"},
				.match = {"match(", ", '"},
				.match_end = "')",
				.digits = {{8, 10}, {10, 4}, {9, 3}}},
};

static struct text put(struct arena *a, struct around around, struct text x)
{
	return arena_format(a, "%s%.*s%s", around.before, SPAN_ARG(x), around.behind);
}

/* ---- names and texts ----------------------------------------------------------------------- */

bool dialect_can_name(enum dialect d, struct text s)
{
	return s.n && !memchr(s.at, '\0', s.n) &&
	       !(d == DIALECT_SPARK && span_holds(s, span_of("${")));
}

/* In quotes; what would end them, or begin something else, is escaped or doubled. */
static struct text quoted(struct arena *a, struct text s, char quote, bool escapes)
{
	char *at = arena_new(a, 2 * s.n + 3, 1);
	size_t n = 0;

	at[n++] = quote;
	for (size_t i = 0; i < s.n; i++) {
		if (escapes && (s.at[i] == quote || s.at[i] == '\\'))
			at[n++] = '\\';
		else if (s.at[i] == quote)
			at[n++] = quote;
		at[n++] = s.at[i];
	}
	at[n++] = quote;
	return (struct text){at, n};
}

struct text dialect_name(struct arena *a, enum dialect d, struct text s)
{
	return quoted(a, s, rules[d].name_quote, rules[d].name_escapes);
}

/* Spark's shell fills in "${...}" before it reads quotes: the brace comes by its number. */
static struct text spark_text(struct arena *a, struct text s)
{
	struct text rest = quoted(a, s, '\'', true), out = {"", 0};
	size_t at;

	while ((at = span_find(rest, span_of("${"))) != SPAN_NOWHERE) {
		out = arena_format(a, "%.*s%.*s\\u007B", SPAN_ARG(out), (int)at + 1, rest.at);
		rest = (struct text){rest.at + at + 2, rest.n - at - 2};
	}
	return arena_format(a, "%.*s%.*s", SPAN_ARG(out), SPAN_ARG(rest));
}

struct text dialect_text(struct arena *a, enum dialect d, struct text s)
{
	struct text doubled;

	if (d == DIALECT_SPARK)
		return spark_text(a, s);
	if (d != DIALECT_POSTGRES || !span_holds(s, span_of("\\")))
		return quoted(a, s, '\'', rules[d].text_escapes);
	/* the same whatever standard_conforming_strings is */
	doubled = quoted(a, s, '\'', false);
	doubled = quoted(a, (struct text){doubled.at + 1, doubled.n - 2}, '\\', false);
	return arena_format(a, "E'%.*s'", (int)doubled.n - 2, doubled.at + 1);
}

/* ---- tests and casts ----------------------------------------------------------------------- */

struct text dialect_column(struct arena *a, enum dialect d, struct text x, bool is_text, bool nfc)
{
	if (!is_text)
		x = put(a, rules[d].text, x);
	if (nfc)
		x = put(a, rules[d].nfc, x);
	return put(a, rules[d].bytes, x);
}

static struct text matches(struct arena *a, enum dialect d, struct text x, struct text pattern)
{
	return arena_format(a, "%s%.*s%s%.*s%s", rules[d].match.before, SPAN_ARG(x),
			    rules[d].match.behind, SPAN_ARG(pattern), rules[d].match_end);
}

struct text dialect_is_number(struct arena *a, enum dialect d, struct text x)
{
	return arena_format(a, "length(%.*s) < %d AND %.*s", SPAN_ARG(x), LONGEST,
			    SPAN_ARG(matches(a, d, x, span_of(NUMBER))));
}

struct text dialect_real(struct arena *a, enum dialect d, struct text x)
{
	return put(a, rules[d].real, x);
}

void dialect_digits(enum dialect d, enum digits digits, int *before, int *behind)
{
	*before = rules[d].digits[digits].before;
	*behind = rules[d].digits[digits].behind;
}

static struct text cast(struct arena *a, enum dialect d, struct text x, int before, int behind)
{
	switch (d) {
	case DIALECT_DUCKDB:
		return arena_format(a, "TRY_CAST(%.*s AS DECIMAL(%d, %d))", SPAN_ARG(x),
				    before + behind, behind);
	case DIALECT_SPARK:
		return arena_format(a, "CAST(%.*s AS DECIMAL(%d, %d))", SPAN_ARG(x),
				    before + behind, behind);
	case DIALECT_CLICKHOUSE:
		return arena_format(a, "toDecimal128OrNull(%.*s, %d)", SPAN_ARG(x), behind);
	case DIALECT_POSTGRES:
	case DIALECT__COUNT: break;
	}
	return arena_format(a, "CAST(%.*s AS numeric)", SPAN_ARG(x));
}

/* Casts would round what is behind the last digit: tested before. */
struct text dialect_exact(struct arena *a, enum dialect d, enum digits digits, struct text x)
{
	int before, behind;
	struct text pattern;

	dialect_digits(d, digits, &before, &behind);
	if (!before)
		return cast(a, d, x, before, behind);
	pattern = arena_format(a, "^[+-]?0*[0-9]{0,%d}([.][0-9]{0,%d}0*)?$", before, behind);
	return arena_format(a, "CASE WHEN %.*s THEN %.*s END", SPAN_ARG(matches(a, d, x, pattern)),
			    SPAN_ARG(cast(a, d, x, before, behind)));
}
