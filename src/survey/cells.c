#include "survey/cells.h"

struct text cell_value(const struct plan *p, const struct cell *c, size_t i)
{
	return p->factor[p->margin[c->margin].factor[i]].levels->entry[c->level[i]].name;
}

struct text cell_words(struct arena *a, const struct plan *p, const struct cell *c)
{
	const struct margin *m = &p->margin[c->margin];
	struct text s = {"", 0};

	for (size_t i = 0; i < m->n; i++)
		if (!p->province_first || m->factor[i] != 0)
			s = arena_format(a, "%.*s%s%.*s=%.*s", SPAN_ARG(s), s.n ? ";" : "",
					 SPAN_ARG(p->factor[m->factor[i]].column),
					 SPAN_ARG(cell_value(p, c, i)));
	return s;
}
