#include "output/lint_rule.h"

void found_add(struct found *f, struct text words)
{
	f->at = arena_grow(f->arena, f->at, f->n, sizeof *f->at);
	f->at[f->n++] = words;
}
