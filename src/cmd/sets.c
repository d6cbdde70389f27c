#include "cmd/sets.h"

#include "cmd/asked.h"

#include <math.h>

bool sets_rule(struct session *s, struct rank_rule *out, struct diag *why)
{
	const char *confidence = s->options.value[OPT_CONFIDENCE];
	long count, seed;

	*out = (struct rank_rule){.method = RANKSET_SIMULTANEOUS};
	if (confidence && !rankset_find(span_of(confidence), &out->method)) {
		diag_fail(why, DIAG_USAGE, "--confidence: \"%s\" is not known", confidence);
		return diag_hint(why, "%s", diag_word(why, option_specs[OPT_CONFIDENCE].help));
	}
	if (!asked_number(s, OPT_LEVEL, 0.5, 0.9999, 0.95, &out->level, why) ||
	    !asked_whole(s, OPT_SIMULATIONS, 1000, 10000000, 100000, &count, why) ||
	    !asked_whole(s, OPT_SEED, 0, 2147483647, 1, &seed, why))
		return false;
	out->count = (size_t)count;
	out->seed = (unsigned long)seed;
	return true;
}

bool sets_comparison(struct session *s, bool *out, struct diag *why)
{
	const char *kind = s->options.value[OPT_INTERVALS];

	*out = kind && span_is(span_of(kind), "goldstein-healy");
	if (!kind || *out || span_is(span_of(kind), "confidence"))
		return true;
	diag_fail(why, DIAG_USAGE, "--intervals: \"%s\" is not known", kind);
	return diag_hint(why, "%s", diag_word(why, option_specs[OPT_INTERVALS].help));
}

static void bound(struct session *s, struct loaded *l, struct result_row *row, size_t n,
		  gsl_rng *rng)
{
	rank_bounds(s->arena, row, n, &l->rule, rng);
	if (l->narrative.comparison)
		rank_whiskers(s->arena, row, n, l->rule.level);
}

bool sets_add(struct session *s, struct loaded *l, long year, const char *items, struct diag *why)
{
	gsl_rng *rng;

	if (!sets_rule(s, &l->rule, why) || !sets_comparison(s, &l->narrative.comparison, why))
		return false;
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!rng)
		arena_exhausted(1, sizeof *rng);
	for (size_t i = 0, n; i < l->all.n; i += n) {
		struct result_row *row =
			result_group(&l->all, l->all.row[i].year, l->all.row[i].item, &n);

		if ((year == 0 || row->year == year) && load_wanted(span_of(items), row->item))
			bound(s, l, row, n, rng);
	}
	gsl_rng_free(rng);
	l->narrative.sets = narrative_sets(&s->phrases, l->rule.method);
	return true;
}

const char *sets_items(const struct session *s, const char *otherwise)
{
	return s->options.value[OPT_ITEM] ? s->options.value[OPT_ITEM] : otherwise;
}

bool sets_any(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].rank_low))
			return true;
	return false;
}

/* May the row be among the best (or the last) so many? */
static bool reaches(const struct result_row *row, bool best, double count)
{
	return best ? row->rank_low <= count : row->rank_high > row->n_ranked - count;
}

bool sets_keep(struct session *s, const struct result *from, struct result *out, struct diag *why)
{
	bool best = s->options.value[OPT_BEST] != NULL, any = false;
	struct result kept = {.parts = from->parts};
	long count;

	if (best && s->options.value[OPT_WORST])
		return diag_fail(why, DIAG_USAGE, "--best and --worst are two questions; ask one");
	if (!asked_whole(s, best ? OPT_BEST : OPT_WORST, 1, 65535, 0, &count, why))
		return false;
	if (count == 0) {
		*out = *from;
		return true;
	}
	if (s->options.value[OPT_CONFIDENCE] &&
	    span_is(span_of(s->options.value[OPT_CONFIDENCE]), rankset_name(RANKSET_MARGINAL)))
		return diag_fail(why, DIAG_USAGE,
				 "--%s needs sets that hold together; marginal ones do not",
				 option_specs[best ? OPT_BEST : OPT_WORST].name);
	for (size_t i = 0; i < from->n; i++) {
		any = any || !isnan(from->row[i].rank_low);
		if (reaches(&from->row[i], best, (double)count))
			result_add(s->arena, &kept, &from->row[i]);
	}
	*out = kept;
	return any || diag_fail(why, DIAG_DATA,
				"--%s needs sets of ranks; these ranks are of values without error",
				option_specs[best ? OPT_BEST : OPT_WORST].name);
}

void sets_say(struct session *s, const struct rank_rule *rule)
{
	enum option kept = s->options.value[OPT_BEST] ? OPT_BEST : OPT_WORST;
	struct narrative n = {.phrases = &s->phrases};

	load_sentence(s, PHRASE_FILL(&s->phrases, "note.sets.method",
				     {"method", narrative_sets(&s->phrases, rule->method)},
				     {"level", narrative_level(&n, rule->level)}));
	if (rankset_is_drawn(rule->method))
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.sets.draws",
					     {"draws", number_shown(s->arena, (double)rule->count,
								    0, s->lang)},
					     {"seed", arena_format(s->arena, "%lu", rule->seed)}));
	if (s->options.value[OPT_INTERVALS] &&
	    span_is(span_of(s->options.value[OPT_INTERVALS]), "goldstein-healy"))
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.bars.comparison",
					     {"level", narrative_level(&n, rule->level)}));
	load_sentence(s, phrase(&s->phrases, "note.alike"));
	if (s->options.value[kept])
		load_sentence(s, PHRASE_FILL(&s->phrases,
					     kept == OPT_BEST ? "note.best" : "note.worst",
					     {"count", span_of(s->options.value[kept])}));
}
