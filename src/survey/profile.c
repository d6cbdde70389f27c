#include "survey/profile.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>

void profile_start(struct arena *a, struct text name, const struct question *q, bool codebook,
		   struct profile *out)
{
	*out = (struct profile){.arena = a,
				.name = name,
				.question = q,
				.codebook = codebook,
				.low = NAN,
				.high = NAN,
				.seen = dict_new(a)};
	if (q) {
		out->by_code = arena_new(a, q->n_missing, sizeof *out->by_code);
		out->by_level = arena_new(a, q->n_levels, sizeof *out->by_level);
	}
}

static bool is_blank(const struct profile *p, struct text cell)
{
	return cell.n == 0 || (!p->codebook && (span_is(cell, "NA") || span_is(cell, ".")));
}

/* A valid value, by the level or the range of a question. */
static bool is_valid(const struct question *q, struct text cell, struct profile_value *v)
{
	bool number = number_parse(cell, &v->number);

	if (!number)
		v->number = NAN;
	if (!q || q->kind == QUESTION_TEXT || (q->kind == QUESTION_CATEGORY && !q->n_levels))
		return true;
	if (q->n_levels) {
		const struct level *level = question_level(q, cell);

		if (level)
			v->level = (size_t)(level - q->level);
		return level != NULL;
	}
	return number && !(v->number < q->valid_min) && !(v->number > q->valid_max);
}

static struct profile_value meaning_of(const struct profile *p, struct text cell)
{
	struct profile_value v = {
		.number = NAN, .level = PROFILE_NO_LEVEL, .order = PROFILE_VALUES};
	const struct missing_code *code;

	if (is_blank(p, cell))
		return v;
	code = p->question ? question_missing(p->question, cell) : NULL;
	if (code) {
		v.state = PROFILE_CODED;
		v.code = (size_t)(code - p->question->missing);
	} else {
		v.state = is_valid(p->question, cell, &v) ? PROFILE_VALID : PROFILE_STRANGE;
	}
	return v;
}

static void take_number(struct profile *p, double x)
{
	if (isnan(x)) {
		p->words = true;
		return;
	}
	p->low = isnan(p->low) || x < p->low ? x : p->low;
	p->high = isnan(p->high) || x > p->high ? x : p->high;
	p->fractions = p->fractions || floor(x) != x;
}

static void count(struct profile *p, const struct profile_value *v)
{
	switch (v->state) {
	case PROFILE_BLANK: p->blank++; return;
	case PROFILE_CODED:
		p->coded++;
		p->by_code[v->code]++;
		return;
	case PROFILE_STRANGE: p->strange++; return;
	case PROFILE_VALID: p->valid++; break;
	}
	if (v->level != PROFILE_NO_LEVEL)
		p->by_level[v->level]++;
	take_number(p, v->number);
}

/* The value of a text, kept or not. */
static struct profile_value *value_of(struct profile *p, struct text cell,
				      struct profile_value *other)
{
	unsigned char byte = cell.n == 1 ? (unsigned char)*cell.at : 0;
	size_t i;
	bool fresh;

	if (byte && p->single[byte])
		return &p->value[p->single[byte] - 1];
	if (p->seen->n == PROFILE_VALUES) {
		i = dict_find(p->seen, 0, cell);
		if (i != DICT_NONE)
			return &p->value[i];
		p->many = true;
		*other = meaning_of(p, text_nfc(p->arena, cell));
		return other;
	}
	i = dict_add(p->seen, 0, cell, &fresh);
	if (fresh) {
		struct text nfc = text_nfc(p->arena, cell);

		p->value = arena_grow(p->arena, p->value, i, sizeof *p->value);
		p->value[i] = meaning_of(p, nfc);
		p->value[i].order = i;
	}
	if (byte)
		p->single[byte] = i + 1;
	return &p->value[i];
}

/* As profile_answer says; words count down from where numbers of answers do not reach. */
static double answer_of(const struct profile_value *v)
{
	if (v->state != PROFILE_VALID)
		return NAN;
	if (v->level != PROFILE_NO_LEVEL)
		return (double)v->level;
	return isnan(v->number) ? -1e9 - (double)v->order : v->number;
}

enum profile_state profile_take(struct profile *p, struct text cell, double *answer)
{
	struct profile_value other, *v = value_of(p, cell, &other);

	v->count++;
	count(p, v);
	*answer = answer_of(v);
	return v->state;
}

double profile_answer(struct profile *p, struct text cell)
{
	struct profile_value other, *v = value_of(p, cell, &other);

	return answer_of(v);
}

size_t profile_missing(const struct profile *p)
{
	return p->blank + p->coded;
}

size_t profile_rows(const struct profile *p)
{
	return p->blank + p->coded + p->strange + p->valid;
}

enum profile_content profile_content(const struct profile *p)
{
	if (p->valid == 0)
		return PROFILE_NOTHING;
	if (p->words)
		return PROFILE_TEXT;
	return p->fractions ? PROFILE_NUMBER : PROFILE_WHOLE;
}

const char *profile_content_name(enum profile_content c)
{
	static const char *const names[] = {"nothing", "whole", "number", "text"};

	return names[c];
}

size_t profile_different(const struct profile *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->seen->n; i++)
		n += p->value[i].state == PROFILE_VALID;
	return n;
}
