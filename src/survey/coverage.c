#include "survey/coverage.h"

#include "base/text.h"

void coverage_start(struct arena *a, const struct provinces *list, long year, struct coverage *out)
{
	*out = (struct coverage){
		.arena = a, .list = list, .year = year, .seen = dict_new(a), .folded = dict_new(a)};
}

/* The place that a spelling not met before belongs to; new ones are added. */
static size_t place_of(struct coverage *c, struct text words)
{
	const struct province *p = NULL;
	struct diag ignored = {0};
	struct text key;
	bool fresh;
	size_t i;

	if (c->list && words.n && province_find(c->arena, c->list, words, c->year, &p, &ignored))
		key = p->code;
	else
		key = text_fold(c->arena, words);
	if (!p && key.n == 0)
		key = words;
	i = dict_add(c->folded, p != NULL, key, &fresh);
	if (fresh) {
		c->place = arena_grow(c->arena, c->place, i, sizeof *c->place);
		c->place[i] = (struct coverage_place){.province = p, .name = p ? p->name : words};
		c->n++;
	}
	return i;
}

size_t coverage_take(struct coverage *c, struct text cell, size_t line)
{
	bool fresh;
	size_t i = dict_add(c->seen, 0, cell, &fresh);
	struct coverage_spelling *s;

	if (fresh) {
		struct text words = text_nfc(c->arena, arena_text(c->arena, cell));
		size_t place = place_of(c, words);

		c->spelling = arena_grow(c->arena, c->spelling, i, sizeof *c->spelling);
		c->spelling[i] = (struct coverage_spelling){words, place, 0, line};
		c->n_spellings++;
		c->place[place].spellings++;
	}
	s = &c->spelling[i];
	s->rows++;
	c->place[s->place].rows++;
	return s->place;
}

static bool is_there(const struct coverage *c, const struct province *p)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->place[i].province == p)
			return true;
	return false;
}

void coverage_finish(struct coverage *c)
{
	for (size_t i = 0; c->list && i < c->list->n; i++) {
		const struct province *p = &c->list->at[i];

		if (!province_stands(p, c->year) || is_there(c, p))
			continue;
		c->absent = arena_grow(c->arena, (void *)c->absent, c->n_absent, sizeof *c->absent);
		c->absent[c->n_absent++] = p;
	}
}

struct text coverage_code(const struct coverage *c, size_t place)
{
	const struct coverage_place *p = &c->place[place];

	return p->province ? p->province->code : p->name;
}
