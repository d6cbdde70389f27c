/* Frames by hand and replicates made from them. */
#ifndef TESTS_FRAMES_H
#define TESTS_FRAMES_H

#include "help.h"

#include "estimate/replicate.h"

#include <math.h>

/* Strata of so many units out of so many (INFINITY: not known). */
static inline struct frame frame_of(size_t strata, const size_t *units, const double *population)
{
	struct frame f = {.stages = 1};
	struct frame_stage *s = &f.stage[0];

	s->stratum = arena_new(&arena, strata, sizeof *s->stratum);
	s->unit = arena_new(&arena, 1000, sizeof *s->unit);
	s->n_strata = strata;
	for (size_t h = 0; h < strata; h++) {
		s->stratum[h] = (struct frame_stratum){
			.above = FRAME_NONE,
			.name = arena_format(&arena, "h%zu", h + 1),
			.population = population ? population[h] : INFINITY,
			.units = units[h],
			.at = {.file = "answers.csv", .line = h + 2, .column = 1}};
		for (size_t i = 0; i < units[h]; i++)
			s->unit[s->n_units++].stratum = h;
	}
	return f;
}

struct made {
	struct replicates r;
	double *factor;
};

static inline struct made make(const struct frame *f, struct replicate_plan plan)
{
	struct made m;
	struct diag why = {0};

	cr_assert(replicate_make(&arena, f, &plan, &m.r, &m.factor, &why), "%s", why.item[0].words);
	cr_assert(eq(sz, why.errors, 0));
	return m;
}

#endif
