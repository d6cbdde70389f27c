/* guesses.h -- what names and words mean, as shipped, for tests of what goes by it. */
#ifndef TESTS_GUESSES_H
#define TESTS_GUESSES_H

#include "help.h"
#include "survey/guess.h"

static inline const struct guesses *shipped_guesses(void)
{
	struct guesses *g = arena_new(&arena, 1, sizeof *g);
	struct diag why = {0};

	cr_assert(guesses_read(&arena, SHIPPED, g, &why), "%s", why.item[0].words);
	return g;
}

#endif
