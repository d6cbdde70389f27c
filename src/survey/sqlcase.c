#include "survey/sqlcase.h"

#include "base/number.h"

#include <math.h>

struct text sqlcase_real(const struct sql_case *c)
{
	return c->of.number ? c->of.raw : dialect_real(c->arena, c->dialect, c->of.text);
}

struct text sqlcase_exact(const struct sql_case *c, enum digits digits)
{
	if (!c->of.number)
		return dialect_exact(c->arena, c->dialect, digits, c->of.text);
	return arena_format(c->arena, "CAST(%.*s AS numeric)", SPAN_ARG(c->of.raw));
}

static struct text add(const struct sql_case *c, struct text to, struct text value,
		       struct text then)
{
	return arena_format(c->arena, "%.*s WHEN %.*s THEN %.*s", SPAN_ARG(to), SPAN_ARG(value),
			    SPAN_ARG(then));
}

/* Blank before anything else, so no arm is for it. */
static bool blank(const struct sql_case *c, struct text value)
{
	return value.n == 0 || (!c->codebook && (span_is(value, "NA") || span_is(value, ".")));
}

static struct text literal(const struct sql_case *c, struct text s)
{
	return dialect_text(c->arena, c->dialect, s);
}

/* The arms whose values are numbers. */
static struct text number_arms(const struct sql_case *c)
{
	struct text s = {"", 0};
	double value;

	for (size_t i = 0; i < c->n; i++)
		if (number_parse(c->arm[i].value, &value) && !span_equal(c->arm[i].then, c->number))
			s = add(c, s, number_exact(c->arena, value), c->arm[i].then);
	return s;
}

/* What the number in the column stands for. */
static struct text by_number(const struct sql_case *c, struct text arms)
{
	struct text x = sqlcase_real(c);

	if (arms.n == 0)
		return c->number;
	return arena_format(c->arena, "CASE %.*s%.*s ELSE %.*s END", SPAN_ARG(x), SPAN_ARG(arms),
			    SPAN_ARG(c->number));
}

/* A column of numbers: what is no number there is no value, or NaN. */
static struct text case_of_numbers(const struct sql_case *c)
{
	struct text number = by_number(c, number_arms(c)), x = c->of.raw;

	if (c->of.always)
		return arena_format(c->arena, "CASE WHEN %.*s IS NULL THEN %.*s ELSE %.*s END",
				    SPAN_ARG(x), SPAN_ARG(c->blank), SPAN_ARG(number));
	return arena_format(c->arena,
			    "CASE WHEN %.*s IS NULL THEN %.*s WHEN %.*s > -1e300 AND %.*s < 1e300 "
			    "THEN %.*s ELSE %.*s END",
			    SPAN_ARG(x), SPAN_ARG(c->blank), SPAN_ARG(x), SPAN_ARG(x),
			    SPAN_ARG(number), SPAN_ARG(c->other));
}

/* The values as they stand, and the digits that are another spelling of them, so that one digit
 * never needs to be read as a number. */
static struct text text_arms(const struct sql_case *c)
{
	static const char digits[] = "0123456789";
	struct text s = {"", 0};
	double value;

	for (size_t i = 0; i < c->n; i++)
		if (!blank(c, c->arm[i].value))
			s = add(c, s, literal(c, c->arm[i].value), c->arm[i].then);
	for (size_t i = 0; i < c->n; i++)
		if (number_parse(c->arm[i].value, &value) && c->arm[i].value.n > 1 && value >= 0 &&
		    value <= 9 && value == floor(value))
			s = add(c, s, literal(c, (struct text){digits + (int)value, 1}),
				c->arm[i].then);
	s = add(c, s, literal(c, (struct text){"", 0}), c->blank);
	if (!c->codebook) {
		s = add(c, s, literal(c, span_of("NA")), c->blank);
		s = add(c, s, literal(c, span_of(".")), c->blank);
	}
	return s;
}

/* Texts first; as numbers only what may be one, for that is slow. ":" stands behind the digits,
 * signs and the point. */
static struct text case_of_texts(const struct sql_case *c)
{
	struct text numbers = number_arms(c), x = c->of.text, rest = {"", 0}, longer = {"", 0};
	bool alike = span_equal(c->number, c->other);

	if (c->n == 0 && alike)
		return arena_format(
			c->arena, "CASE WHEN %.*s IS NULL OR %.*s IN (%s) THEN %.*s ELSE %.*s END",
			SPAN_ARG(x), SPAN_ARG(x), c->codebook ? "''" : "'', 'NA', '.'",
			SPAN_ARG(c->blank), SPAN_ARG(c->other));
	if (alike)
		longer = arena_format(c->arena, "length(%.*s) > 1 AND ", SPAN_ARG(x));
	if (numbers.n || !alike)
		rest = arena_format(c->arena, " WHEN %.*s%.*s < ':' AND %.*s THEN %.*s",
				    SPAN_ARG(longer), SPAN_ARG(x),
				    SPAN_ARG(dialect_is_number(c->arena, c->dialect, x)),
				    SPAN_ARG(by_number(c, numbers)));
	return arena_format(c->arena,
			    "CASE %.*s%.*s ELSE CASE WHEN %.*s IS NULL THEN %.*s%.*s ELSE %.*s END "
			    "END",
			    SPAN_ARG(x), SPAN_ARG(text_arms(c)), SPAN_ARG(x), SPAN_ARG(c->blank),
			    SPAN_ARG(rest), SPAN_ARG(c->other));
}

struct text sqlcase(const struct sql_case *c)
{
	return c->of.number ? case_of_numbers(c) : case_of_texts(c);
}
