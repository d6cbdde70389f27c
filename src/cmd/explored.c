#include "cmd/explored.h"

#include "cmd/merging.h"
#include "cmd/sets.h"

#include <math.h>

static bool is_bare(const struct loaded *l, const struct result_row *row)
{
	return narrative_estimated(&l->narrative, row) && !isnan(row->rank) && isnan(row->rank_low);
}

/* The rows as they are, but for bare ranks. */
static const struct result *without_bare(struct arena *a, const struct loaded *l)
{
	struct result *out = arena_new(a, 1, sizeof *out);
	bool any = false;

	for (size_t i = 0; i < l->all.n && !any; i++)
		any = is_bare(l, &l->all.row[i]);
	if (!any)
		return &l->all;
	*out = (struct result){.parts = l->all.parts};
	for (size_t i = 0; i < l->all.n; i++) {
		result_add(a, out, &l->all.row[i]);
		if (is_bare(l, &l->all.row[i]))
			out->row[i].rank = NAN;
	}
	return out;
}

/* Words that a command says under a table, in both languages. */
static void take_notes(struct session *s, const struct loaded *l, struct page_survey *out)
{
	enum lang lang = s->phrases.lang;

	for (int k = 0; k < LANG__COUNT; k++) {
		s->phrases.lang = (enum lang)k;
		out->notes[k] = merging_note(s, &l->all);
		if (sets_any(&l->all))
			out->sets[k] = narrative_sets(&s->phrases, l->rule.method);
	}
	s->phrases.lang = lang;
}

void explored_survey(struct session *s, const struct loaded *l, struct page_survey *out)
{
	struct phrases *words = arena_new(s->arena, 1, sizeof *words);

	take_notes(s, l, out);
	*words = s->phrases;
	out->narrative = l->narrative;
	out->narrative.phrases = words;
	out->all = without_bare(s->arena, l);
}
