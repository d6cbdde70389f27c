#include "survey/where.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* Longer ones first: "<=" begins with "<". */
static const struct {
	const char *words;
	enum where_operator op;
} operators[] = {
	{"!=", WHERE_NOT_EQUAL}, {"<=", WHERE_AT_MOST}, {">=", WHERE_AT_LEAST}, {"==", WHERE_EQUAL},
	{"=", WHERE_EQUAL},      {"<", WHERE_LESS},     {">", WHERE_MORE},
};

#define N_OPERATORS (sizeof operators / sizeof *operators)

/* The next part, up to a comma outside quotes. */
static bool next_part(struct text *rest, struct text *part)
{
	bool quoted = false;
	size_t i = 0;

	if (!rest->at)
		return false;
	while (i < rest->n && (quoted || rest->at[i] != ',')) {
		if (rest->at[i] == '"')
			quoted = !quoted;
		i++;
	}
	*part = (struct text){rest->at, i};
	*rest = i < rest->n ? (struct text){rest->at + i + 1, rest->n - i - 1}
			    : (struct text){NULL, 0};
	return true;
}

static struct text unquoted(struct text s)
{
	if (s.n >= 2 && s.at[0] == '"' && s.at[s.n - 1] == '"')
		return (struct text){s.at + 1, s.n - 2};
	return s;
}

/* The first operator outside quotes; false also when a quote does not end. */
static bool parse_part(struct text part, struct condition *out)
{
	bool quoted = false;

	for (size_t i = 0; i < part.n; i++) {
		quoted = part.at[i] == '"' ? !quoted : quoted;
		for (size_t o = 0; !quoted && o < N_OPERATORS && !out->column.n; o++) {
			struct text tail = {part.at + i, part.n - i};
			size_t n = strlen(operators[o].words);

			if (!span_starts(tail, operators[o].words))
				continue;
			out->column = unquoted(span_trim((struct text){part.at, i}));
			out->value = unquoted(span_trim((struct text){tail.at + n, tail.n - n}));
			out->op = operators[o].op;
			if (out->column.n == 0)
				return false;
		}
	}
	return out->column.n > 0 && !quoted;
}

static bool needs_number(enum where_operator op)
{
	return op != WHERE_EQUAL && op != WHERE_NOT_EQUAL;
}

bool where_parse(struct arena *a, struct text s, struct where *out, struct diag *why)
{
	struct text rest = s, part;

	*out = (struct where){0};
	while (next_part(&rest, &part)) {
		struct condition c = {.number = NAN};

		if (!parse_part(part, &c)) {
			diag_fail(why, DIAG_USAGE,
				  "--where: \"%.*s\" is not column, operator, value",
				  SPAN_ARG(part));
			return diag_hint(why, "such as --where \"sex=1,age>=18\"");
		}
		c.column = text_nfc(a, arena_text(a, c.column));
		c.value = text_nfc(a, arena_text(a, c.value));
		if (!number_parse(c.value, &c.number))
			c.number = NAN;
		if (needs_number(c.op) && isnan(c.number))
			return diag_fail(
				why, DIAG_USAGE,
				"--where: \"%.*s\" compares sizes, so \"%.*s\" must be a number",
				SPAN_ARG(part), SPAN_ARG(c.value));
		out->at = arena_grow(a, out->at, out->n, sizeof *out->at);
		out->at[out->n++] = c;
	}
	return true;
}

bool where_same(struct text a, struct text b)
{
	double x, y;

	return span_equal(a, b) || (number_parse(a, &x) && number_parse(b, &y) && x == y);
}

void where_join(struct arena *a, struct where *to, const struct where *more)
{
	struct condition *at = arena_new(a, to->n + more->n, sizeof *at);

	if (to->n)
		memcpy(at, to->at, to->n * sizeof *at);
	if (more->n)
		memcpy(at + to->n, more->at, more->n * sizeof *at);
	*to = (struct where){to->n + more->n, at};
}

bool where_holds(const struct condition *c, struct text cell)
{
	double x;

	if (!needs_number(c->op))
		return where_same(cell, c->value) == (c->op == WHERE_EQUAL);
	if (!number_parse(cell, &x))
		return false;
	switch (c->op) {
	case WHERE_LESS: return x < c->number;
	case WHERE_AT_MOST: return x <= c->number;
	case WHERE_MORE: return x > c->number;
	case WHERE_AT_LEAST: return x >= c->number;
	case WHERE_EQUAL:
	case WHERE_NOT_EQUAL:
	case WHERE__COUNT: break;
	}
	return false;
}

struct text where_words(struct arena *a, const struct where *w)
{
	static const char *const words[WHERE__COUNT] = {"=", "!=", "<", "<=", ">", ">="};
	struct text s = {"", 0};

	for (size_t i = 0; i < w->n; i++)
		s = arena_format(a, "%.*s%s%.*s%s%.*s", SPAN_ARG(s), i ? ";" : "",
				 SPAN_ARG(w->at[i].column), words[w->at[i].op],
				 SPAN_ARG(w->at[i].value));
	return s;
}
