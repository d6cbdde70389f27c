#include "analysis/change.h"
#include "cmd/load.h"

#include <math.h>

/* Under a table: the sentence of one province's total, and every reason not to compare, once. */
static void say(struct session *s, const struct loaded *l, const struct result *r,
		const struct province *province)
{
	struct text last = {"", 0};
	bool any = false;

	for (size_t i = 0; i < r->n && province; i++)
		if (r->row[i].item_depth == 0)
			load_sentence(s, arena_format(s->arena, "%.*s.",
						      SPAN_ARG(narrative_standing(&l->narrative,
										  &r->row[i]))));
	for (size_t i = 0; i < r->n; i++) {
		struct text reason = narrative_reason(&l->narrative, &r->row[i]);

		if (reason.n == 0 || span_equal(reason, last))
			continue;
		load_sentence(s, arena_format(s->arena, "%.*s%.*s — %.*s.",
					      r->row[i].flags & FLAG_CAUTION ? 2 : 0, "* ",
					      SPAN_ARG(tables_item(&l->narrative, &r->row[i])),
					      SPAN_ARG(reason)));
		last = reason;
	}
	for (size_t i = 0; i < r->n; i++)
		any |= !isnan(r->row[i].delta);
	if (any)
		load_sentence(s, phrase(&s->phrases, "note.rounding"));
	load_remark(s, &l->narrative, r);
}

static bool year_before(const struct survey *s, long to, long *from, struct diag *why)
{
	const struct wave *w = survey_wave(s, to);

	if (w == s->wave)
		return diag_fail(why, DIAG_USAGE, "%.*s has no year before %ld", SPAN_ARG(s->name),
				 to);
	*from = w[-1].year;
	return true;
}

static void warn_incomparable(struct session *s, const struct result *r, struct diag *why)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->row[i].flags & FLAG_INCOMPARABLE ? 1 : 0;
	if (n)
		diag_warn(why, "%zu of %zu comparisons are refused: %.*s", n, r->n,
			  SPAN_ARG(r->row[0].flags & FLAG_INCOMPARABLE ? r->row[0].reason[s->lang]
								       : span_of("see the table")));
}

static bool run(struct session *s, struct diag *why)
{
	const struct province *province;
	struct loaded l;
	struct result changes, r;
	long from = 0, to;
	bool said;

	if (!load_survey(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_TO, survey_last_year(&l.survey), &to, why) ||
	    (!s->options.value[OPT_FROM] && !year_before(&l.survey, to, &from, why)) ||
	    !load_year(s, &l, OPT_FROM, from, &from, why) ||
	    !load_province(s, &l, to, &province, why))
		return false;
	if (from >= to)
		return diag_fail(why, DIAG_USAGE, "--from %ld is not before --to %ld", from, to);
	change_result(s->arena, &l.survey, &l.all, from, to, &changes);
	if (!load_pick(s, &l, to, province ? "all" : STRUCTURE_ROOT, province, &changes, &r, why) ||
	    !load_show(s, &l.narrative, &r, tables_change, &said, why))
		return false;
	if (said)
		say(s, &l, &r, province);
	else
		warn_incomparable(s, &r, why);
	return true;
}

extern const struct command cmd_change;
const struct command cmd_change = {
	.name = "change",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "what rose and what fell between two years",
	.help = "  hailong change papi --province \"Hưng Yên\" --from 2023 --to 2024\n"
		"  hailong change par-index --province \"Lai Châu\" --from 2012 --to 2013\n"
		"  hailong change papi --system 34 --province \"Hưng Yên\" --population "
		"people.csv\n\n"
		"rank_change is positive when the rank rose. Where the survey's comparability.csv "
		"says\n"
		"that two years cannot be compared, no difference is given and the reason is.\n",
	.options = (const enum option[]){OPT_FROM, OPT_TO, OPT_ITEM, OPT_PROVINCE, OPT_SYSTEM,
					 OPT_POPULATION, OPT_BASE_YEAR, OPT_RENORMALISE, OPT_METHOD,
					 OPT_LEVEL, OPT_LONELY, OPT_FORMAT, OPT_OUT, OPT_FORCE,
					 OPT_PAD, OPT__COUNT},
	.run = run,
};
