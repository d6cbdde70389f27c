#include "analysis/compare.h"
#include "cmd/sets.h"

static struct text names(struct session *s, const struct peers *p)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < p->n; i++)
		all = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all), i ? ", " : "",
				   SPAN_ARG(p->at[i]->name));
	return all;
}

static bool run(struct session *s, struct diag *why)
{
	const struct province *self;
	struct loaded l;
	struct result all, r;
	struct peers peers;
	bool said;
	long year;

	if (!load_survey(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &self, why))
		return false;
	if (!self) {
		diag_fail(why, DIAG_USAGE, "which province is compared?");
		return diag_hint(why, "name it with --province");
	}
	if (!load_peers(s, &l, year, self, &peers, why) ||
	    !sets_add(s, &l, year, sets_items(s, "all"), why))
		return false;
	compare_result(s->arena, &l.all, year, self, &peers, l.survey.scores.decimals, &all);
	if (!load_pick(s, &l, year, "all", self, &all, &r, why) ||
	    !load_show(s, &l.narrative, &r, tables_compare, &said, why))
		return false;
	if (said) {
		load_sentence(s,
			      PHRASE_FILL(&s->phrases, "note.peers", {"rule", peers.rule[s->lang]},
					  {"names", names(s, &peers)}));
		load_remark(s, &l.narrative, &r);
	}
	return true;
}

extern const struct command cmd_compare;
const struct command cmd_compare = {
	.name = "compare",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "one province against its peers, item by item",
	.help = "  hailong compare papi --province NAME --year YEAR --peers nearest:5\n\n"
		"Gaps are the province minus the median, or the best, of its peers: negative is "
		"behind.\n",
	.options =
		(const enum option[]){OPT_YEAR, OPT_ITEM, OPT_PROVINCE, OPT_SYSTEM, OPT_POPULATION,
				      OPT_BASE_YEAR, OPT_RENORMALISE, OPT_PEERS, OPT_METHOD,
				      OPT_LEVEL, OPT_LONELY, SETS_OPTIONS, OPT_FORMAT, OPT_OUT,
				      OPT_FORCE, OPT_NO_CACHE, OPTIONS_FORM, OPT__COUNT},
	.run = run,
};
