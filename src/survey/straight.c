#include "survey/straight.h"

#include <math.h>

void straight_start(struct arena *a, size_t n, struct straight *out)
{
	*out = (struct straight){.arena = a, .n = n};
}

static void add(struct straight_count *c, bool straight)
{
	c->rows++;
	c->straight += straight;
}

void straight_take(struct straight *s, const double *answer, size_t place)
{
	size_t valid = 0, run = 0, longest = 0;
	double last = NAN;

	for (size_t i = 0; i < s->n; i++) {
		if (isnan(answer[i]))
			continue;
		run = answer[i] == last ? run + 1 : 1;
		longest = run > longest ? run : longest;
		last = answer[i];
		valid++;
	}
	if (valid < STRAIGHT_LEAST)
		return;
	for (; s->n_places <= place; s->n_places++)
		s->in = arena_grow(s->arena, s->in, s->n_places, sizeof *s->in);
	add(&s->all, longest == valid);
	add(&s->in[place], longest == valid);
	s->runs += (double)longest;
	s->longest = longest > s->longest ? longest : s->longest;
}

double straight_share(const struct straight_count *c)
{
	return c->rows ? (double)c->straight / (double)c->rows : NAN;
}
