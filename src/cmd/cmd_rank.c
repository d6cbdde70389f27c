#include "analysis/rank.h"
#include "cmd/load.h"

#include <math.h>

static bool any_rank(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].rank))
			return true;
	return false;
}

static bool run(struct session *s, struct diag *why)
{
	const struct province *province;
	struct loaded l;
	struct result r;
	bool said;
	long year;

	if (!load_survey(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &province, why) ||
	    !load_pick(s, &l, year, STRUCTURE_ROOT, province, &l.all, &r, why))
		return false;
	rank_sort(&r);
	if (!load_show(s, &l.narrative, &r, tables_rank, &said, why))
		return false;
	if (!said)
		return true;
	if (!r.row[0].complete)
		load_sentence(s,
			      phrase(&s->phrases, any_rank(&r) ? "note.printed" : "note.sparse"));
	load_remark(s, &l.narrative, &r);
	return true;
}

extern const struct command cmd_rank;
const struct command cmd_rank = {
	.name = "rank",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "ranks and groups of provinces in a year",
	.help = "  hailong rank papi --year 2024\n"
		"  hailong rank papi --year 2024 --item all --province \"Hưng Yên\" --format "
		"csv\n\n"
		"Equal scores share the best rank. A rank is computed where the year's table "
		"lists\n"
		"every province; elsewhere the printed rank stands. Unpublished provinces have "
		"none.\n",
	.options =
		(const enum option[]){OPT_YEAR, OPT_ITEM, OPT_PROVINCE, OPT_SYSTEM, OPT_POPULATION,
				      OPT_BASE_YEAR, OPT_RENORMALISE, OPT_METHOD, OPT_LEVEL,
				      OPT_LONELY, OPT_FORMAT, OPT_OUT, OPT_FORCE, OPT__COUNT},
	.run = run,
};
