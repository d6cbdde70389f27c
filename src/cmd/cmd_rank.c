#include "analysis/rank.h"
#include "analysis/reach.h"
#include "cmd/asked.h"
#include "cmd/rank_table.h"

#include <math.h>

static bool any_rank(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].rank))
			return true;
	return false;
}

/* ---- --reach ------------------------------------------------------------------------------- */

/* Of the two rows of add_reach. */
static void sheet_reach(const struct narrative *n, const struct result *r, struct sheet *out)
{
	static const char *const heads[] = {"head.score.now", "head.reach.score",
					    "head.reach.distance"};
	const struct result_row *score = &r->row[0], *distance = &r->row[1];
	struct text *cell;

	*out = (struct sheet){.arena = n->phrases->arena};
	sheet_column(out, phrase(n->phrases, "head.province"), false);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_column(out, phrase(n->phrases, heads[i]), true);
	cell = sheet_row(out);
	*cell++ = score->province_name;
	*cell++ = narrative_number(n, score->year, score->estimate - distance->estimate);
	*cell++ = narrative_number(n, score->year, score->estimate);
	*cell = narrative_signed(n, score->year, distance->estimate);
}

static void add_reach(struct session *s, const struct reach *r, size_t count, double level,
		      struct result *out)
{
	struct result_row score = *r->mark, distance = *r->self;

	score.province = distance.province;
	score.province_name = distance.province_name;
	score.stat = span_of("reach:score");
	distance.stat = span_of("reach:points");
	distance.estimate = r->distance;
	distance.se = r->se;
	distance.ci_low = r->low;
	distance.ci_high = r->high;
	distance.df = r->df;
	distance.level = isnan(r->se) ? NAN : level;
	distance.deff = distance.n_eff = NAN;
	score.rank = distance.rank = (double)count;
	score.rank_low = score.rank_high = distance.rank_low = distance.rank_high = NAN;
	*out = (struct result){.parts = PART_RANK};
	result_add(s->arena, out, &score);
	result_add(s->arena, out, &distance);
}

static void say_reach(struct session *s, const struct loaded *l, const struct reach *r,
		      size_t count, double level)
{
	const struct narrative *n = &l->narrative;
	long year = r->self->year;
	struct text interval = {"", 0};

	if (!isnan(r->se))
		interval = PHRASE_FILL(&s->phrases, "reach.interval",
				       {"level", narrative_level(n, level)},
				       {"low", narrative_signed(n, year, r->low)},
				       {"high", narrative_signed(n, year, r->high)});
	load_sentence(s, PHRASE_FILL(&s->phrases, r->distance > 0 ? "reach.lacks" : "reach.within",
				     {"count", arena_format(s->arena, "%zu", count)},
				     {"year", arena_format(s->arena, "%ld", year)},
				     {"province", r->self->province_name},
				     {"score", narrative_value(n, year, r->score)},
				     {"distance", narrative_gap(n, year, r->distance)},
				     {"interval", interval}));
	if (r->low <= 0 && r->high >= 0)
		load_sentence(s, phrase(&s->phrases, "reach.either"));
}

static bool run_reach(struct session *s, const struct loaded *l, long year,
		      const struct province *self, struct diag *why)
{
	const char *item = sets_items(s, STRUCTURE_ROOT);
	double level;
	struct reach reach;
	struct result_row *row;
	struct result r;
	size_t n;
	long count;
	bool said;

	if (!self)
		return diag_fail(why, DIAG_USAGE, "--reach needs --province: whose rank?");
	if (!asked_whole(s, OPT_REACH, 1, 65535, 1, &count, why) ||
	    !asked_number(s, OPT_LEVEL, 0.5, 0.9999, 0.95, &level, why))
		return false;
	row = result_group(&l->all, year, span_of(item), &n);
	if (!row)
		return diag_fail(why, DIAG_USAGE, "%.*s of %ld has no item \"%s\"",
				 SPAN_ARG(l->survey.name), year, item);
	if (!row->complete)
		return diag_fail(why, DIAG_DATA,
				 "the table of %ld does not list every province: who stands at "
				 "rank %ld is not known",
				 year, count);
	if (!reach_find(s->arena, row, n, self->code, (size_t)count, level, &reach))
		return diag_fail(why, DIAG_DATA,
				 "%.*s has no value in %ld, or fewer than %ld others have one",
				 SPAN_ARG(self->name), year, count);
	add_reach(s, &reach, (size_t)count, level, &r);
	if (!load_show(s, &l->narrative, &r, sheet_reach, &said, why))
		return false;
	if (said) {
		say_reach(s, l, &reach, (size_t)count, level);
		load_remark(s, &l->narrative, &r);
	}
	return true;
}

/* ---- which options go together ------------------------------------------------------------- */

/* Published scores have no error, so no sets; --reach lists nobody and makes none. */
static bool check_options(const struct session *s, bool answers, struct diag *why)
{
	static const enum option of_table[] = {OPT_CORRELATIONS, OPT__COUNT};
	static const enum option of_answers[] = {OPT_METHOD,    OPT_LONELY,   OPT_LEVEL,
						 OPT_INTERVALS, SETS_OPTIONS, OPT__COUNT};
	static const enum option of_list[] = {OPT_BEST, OPT_WORST, OPT_INTERVALS, SETS_OPTIONS,
					      OPT__COUNT};

	if (!asked_none(s, of_table, N_("a survey, which brings its own"), why) ||
	    (s->options.value[OPT_REACH] && !asked_none(s, of_list, "--reach", why)))
		return false;
	if (!answers)
		asked_no_error(s, of_answers, why);
	return true;
}

/* ---- the command --------------------------------------------------------------------------- */

static bool run(struct session *s, struct diag *why)
{
	const struct province *province;
	struct loaded l;
	struct result picked, r;
	bool said;
	long year;

	if (rank_table_is(s, s->options.word[0]))
		return rank_table(s, why);
	if (!load_survey(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &province, why) ||
	    !check_options(s, survey_wave(&l.survey, year)->answers, why))
		return false;
	if (s->options.value[OPT_REACH])
		return run_reach(s, &l, year, province, why);
	if (!sets_add(s, &l, year, sets_items(s, STRUCTURE_ROOT), why) ||
	    !load_pick(s, &l, year, STRUCTURE_ROOT, province, &l.all, &picked, why) ||
	    !sets_keep(s, &picked, &r, why))
		return false;
	rank_sort(&r);
	if (!load_show(s, &l.narrative, &r, tables_rank, &said, why))
		return false;
	if (!said)
		return true;
	if (r.n && !r.row[0].complete)
		load_sentence(s,
			      phrase(&s->phrases, any_rank(&r) ? "note.printed" : "note.sparse"));
	load_remark(s, &l.narrative, &r);
	if (sets_any(&r))
		sets_say(s, &l.rule);
	return true;
}

extern const struct command cmd_rank;
const struct command cmd_rank = {
	.name = "rank",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "ranks and groups of provinces in a year",
	.help = "  hailong rank papi --year YEAR\n"
		"  hailong rank papi --year YEAR --item all --province NAME --format "
		"csv\n"
		"  hailong rank estimates.csv --confidence holm\n"
		"  hailong rank papi --year YEAR --province NAME --reach 10\n\n"
		"Equal scores share the best rank. A rank is computed where the year's table "
		"lists\n"
		"every province; elsewhere the printed rank stands. Unpublished provinces have "
		"none.\n"
		"Estimates get confidence sets of their ranks; so does a table with the columns "
		"name,\n"
		"estimate, se (and df, n). --confidence says whether the sets hold together.\n",
	.options =
		(const enum option[]){
			OPT_YEAR,         OPT_ITEM,        OPT_PROVINCE, OPT_SYSTEM, OPT_POPULATION,
			OPT_BASE_YEAR,    OPT_RENORMALISE, OPT_METHOD,   OPT_LEVEL,  OPT_LONELY,
			SETS_OPTIONS,     OPT_INTERVALS,   OPT_BEST,     OPT_WORST,  OPT_REACH,
			OPT_CORRELATIONS, OPT_FORMAT,      OPT_OUT,      OPT_FORCE,  OPT_NO_CACHE,
			OPTIONS_FORM,     OPT__COUNT},
	.run = run,
};
