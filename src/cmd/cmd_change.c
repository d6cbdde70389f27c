#include "cmd/asked.h"
#include "cmd/change_file.h"
#include "cmd/change_groups.h"
#include "cmd/change_parts.h"
#include "cmd/gather.h"
#include "output/table_difference.h"

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
			  SPAN_ARG(r->row[0].flags & FLAG_INCOMPARABLE
					   ? r->row[0].reason[s->lang]
					   : span_of(diag_word(why, "see the table"))));
}

/* A lone file of answers, not of published scores: its design, or what is counted, is told. */
static bool answers_file(const struct session *s)
{
	static const enum option tell[] = {OPT_WEIGHT, OPT_STRATA, OPT_PSU,
					   OPT_STAT,   OPT_WHERE,  OPT_YEAR_COLUMN};

	for (size_t i = 0; i < sizeof tell / sizeof *tell; i++)
		if (s->options.value[tell[i]])
			return true;
	return false;
}

/* Published scores show the decimals of their year. */
static void sheet_of(const struct narrative *n, const struct result *r, enum difference_of of,
		     struct sheet *out)
{
	table_difference(n->phrases, r, of,
			 r->n ? survey_wave(n->survey, r->row[0].year)->decimals : -1, out);
}

static void sheet_constant(const struct narrative *n, const struct result *r, struct sheet *out)
{
	sheet_of(n, r, DIFFERENCE_OF_VALUES, out);
}

static void sheet_trend(const struct narrative *n, const struct result *r, struct sheet *out)
{
	sheet_of(n, r, DIFFERENCE_OF_SLOPES, out);
}

static void sheet_parts(const struct narrative *n, const struct result *r, struct sheet *out)
{
	sheet_of(n, r, DIFFERENCE_OF_PARTS, out);
}

/* Against a constant, or the slope over the years: rows of the later year. */
static bool run_other(struct session *s, struct loaded *l, const struct change_options *o,
		      long from, long to, const struct province *province, struct diag *why)
{
	bool trend = s->options.value[OPT_TREND] != NULL, said;
	struct result r;

	if (!load_pick(s, l, to, province ? "all" : STRUCTURE_ROOT, province, &l->all, &r, why))
		return false;
	r.parts = PART_CHANGE;
	for (size_t i = 0; i < r.n && !trend; i++)
		change_constant(&r.row[i], o->value);
	if (trend)
		changes_trend(s, l, from, o->covariance, &r);
	changes_adjust(s, o, &r);
	if (!load_show(s, &l->narrative, &r, trend ? sheet_trend : sheet_constant, &said, why))
		return false;
	if (!said)
		return true;
	changes_say(s, o, &r);
	if (trend)
		load_sentence(s, phrase(&s->phrases, "note.trend"));
	for (size_t i = 0; i < r.n && trend; i++)
		if (r.row[i].reason[s->lang].n)
			load_sentence(s, arena_format(s->arena, "%.*s, %.*s: %.*s.",
						      SPAN_ARG(r.row[i].province_name),
						      SPAN_ARG(r.row[i].item),
						      SPAN_ARG(r.row[i].reason[s->lang])));
	load_remark(s, &l->narrative, &r);
	return true;
}

static bool run_years(struct session *s, struct loaded *l, const struct change_options *o,
		      long from, long to, const struct province *province, struct diag *why)
{
	const char *items = sets_items(s, province ? "all" : STRUCTURE_ROOT);
	struct result changes, r;
	bool said;

	changes_pair(s, l, from, to, o->covariance);
	if (!sets_add(s, l, from, items, why) || !sets_add(s, l, to, items, why))
		return false;
	change_result(s->arena, &l->survey, &l->all, from, to, &changes);
	if (!load_pick(s, l, to, items, province, &changes, &r, why))
		return false;
	changes_ranks(s, l, &r);
	changes_adjust(s, o, &r);
	if (!load_show(s, &l->narrative, &r, tables_change, &said, why))
		return false;
	if (!said) {
		warn_incomparable(s, &r, why);
		return true;
	}
	say(s, l, &r, province);
	changes_say(s, o, &r);
	if (sets_any(&r))
		sets_say(s, &l->rule);
	return true;
}

static const char *contributions_note(const struct result *r)
{
	const char *key = "note.contributions";

	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].flags & FLAG_SUPPRESSED)
			return "note.contributions.hidden";
		if (isnan(r->row[i].delta))
			key = "note.contributions.some";
	}
	return key;
}

/* What the parts of the item gave to its change; the sum of the parts is told with it. */
static bool run_parts(struct session *s, struct loaded *l, const struct change_options *o,
		      long from, long to, const struct province *province, struct diag *why)
{
	struct result changes, whole, r;
	bool said;

	changes_pair(s, l, from, to, o->covariance);
	change_result(s->arena, &l->survey, &l->all, from, to, &changes);
	if (!load_pick(s, l, to, STRUCTURE_ROOT, province, &changes, &whole, why) ||
	    !changes_contributions(s, l, o->covariance, &whole, &r, why))
		return false;
	changes_adjust(s, o, &r);
	if (!load_show(s, &l->narrative, &r, sheet_parts, &said, why))
		return false;
	if (!said)
		return true;
	for (size_t i = 0; i < whole.n && province; i++)
		load_sentence(s,
			      PHRASE_FILL(&s->phrases, contributions_note(&r),
					  {"item", tables_item(&l->narrative, &whole.row[i])},
					  {"delta", tables_delta(&l->narrative, &whole.row[i])}));
	changes_say(s, o, &r);
	load_remark(s, &l->narrative, &r);
	return true;
}

/* ---- which options go together ------------------------------------------------------------- */

static const enum option of_file[] = {OPT_YEAR_COLUMN, OPT_STAT, OPT_CATEGORY, OPT_SATISFIED,
				      OPT_OVER,        OPT_SSU,  OPT_NEST,     OPT_FPC,
				      OPT_WEIGHT,      OPT_PSU,  OPT_STRATA,   OPT__COUNT};

/* Of two groups of one year: no rows of other years, one sample, no ranks. */
static bool check_groups(const struct session *s, struct diag *why)
{
	static const enum option of_years[] = {OPT_CONSTANT,   OPT_TREND,      OPT_CONTRIBUTIONS,
					       OPT_COVARIANCE, SETS_OPTIONS,   OPT_PAD,
					       OPT_RANK_WORD,  OPT_DELTA_UNIT, OPT__COUNT};

	return asked_none(s, of_file, N_("a survey, which has its own design"), why) &&
	       asked_none(s, of_years, N_("two groups of one year"), why);
}

static bool check_years(const struct session *s, struct diag *why)
{
	static const enum option of_groups[] = {OPT_WHERE, OPT_BY, OPT_YEAR, OPT__COUNT};
	static const enum option of_ranks[] = {SETS_OPTIONS, OPT_PAD, OPT_RANK_WORD, OPT_DELTA_UNIT,
					       OPT__COUNT};
	static const enum option of_sides[] = {OPT_TREND, OPT_CONTRIBUTIONS, OPT_COVARIANCE,
					       OPT__COUNT};
	static const enum option parts[] = {OPT_CONTRIBUTIONS, OPT__COUNT};
	const char *const *value = s->options.value;

	return asked_none(s, of_file, N_("a survey, which has its own design"), why) &&
	       asked_none(s, of_groups, N_("two years (--from, --to)"), why) &&
	       (!value[OPT_CONSTANT] || asked_none(s, of_sides, "--constant", why)) &&
	       (!value[OPT_TREND] || asked_none(s, parts, "--trend", why)) &&
	       ((!value[OPT_CONSTANT] && !value[OPT_TREND] && !value[OPT_CONTRIBUTIONS]) ||
		asked_none(s, of_ranks, N_("a table without ranks"), why));
}

/* Published scores have no error: nothing to test. */
static void warn_published(const struct session *s, const struct loaded *l, long from, long to,
			   struct diag *why)
{
	static const enum option of_answers[] = {
		OPT_METHOD, OPT_COVARIANCE, OPT_ADJUST,        OPT_FAMILY_OF, OPT_LEVEL,
		OPT_DF,     OPT_LONELY,     OPT_DOMAIN_LONELY, SETS_OPTIONS,  OPT__COUNT};

	for (size_t i = 0; i < l->survey.n_waves; i++) {
		const struct wave *w = &l->survey.wave[i];

		if (w->answers && w->year <= to && (w->year >= from || w->year == to))
			return;
	}
	asked_no_error(s, of_answers, why);
}

/* ---- the command --------------------------------------------------------------------------- */

static bool check_trend(const struct loaded *l, long from, long to, struct diag *why)
{
	size_t n = 0;

	for (size_t i = 0; i < l->survey.n_waves; i++)
		n += l->survey.wave[i].year >= from && l->survey.wave[i].year <= to;
	if (n >= 3)
		return true;
	diag_fail(why, DIAG_USAGE, "a trend needs three years; from %ld to %ld there are %zu", from,
		  to, n);
	return diag_hint(why, "--from names the first of them");
}

/* Which years: the one before and the last, unless they are named. */
static bool read_years(struct session *s, const struct loaded *l, const struct change_options *o,
		       long *from, long *to, struct diag *why)
{
	*from = 0;
	if (!load_year(s, l, OPT_TO, survey_last_year(&l->survey), to, why))
		return false;
	if (o->constant)
		return true;
	if ((!s->options.value[OPT_FROM] && !year_before(&l->survey, *to, from, why)) ||
	    !load_year(s, l, OPT_FROM, *from, from, why))
		return false;
	if (*from >= *to)
		return diag_fail(why, DIAG_USAGE, "--from %ld is not before --to %ld", *from, *to);
	return !s->options.value[OPT_TREND] || check_trend(l, *from, *to, why);
}

static bool run(struct session *s, struct diag *why)
{
	const struct province *province;
	struct change_options o;
	struct loaded l;
	long from, to;

	if (gather_is_file(s->options.word[0]) && answers_file(s))
		return change_file(s, why);
	if (!changes_options(s, &o, why))
		return false;
	if (change_groups_asked(s))
		return check_groups(s, why) && change_groups(s, &o, why);
	if (!check_years(s, why) || !load_survey(s, s->options.word[0], &l, why) ||
	    !read_years(s, &l, &o, &from, &to, why) || !load_province(s, &l, to, &province, why))
		return false;
	warn_published(s, &l, o.constant ? to : from, to, why);
	if (o.constant || s->options.value[OPT_TREND])
		return run_other(s, &l, &o, from, to, province, why);
	if (s->options.value[OPT_CONTRIBUTIONS])
		return run_parts(s, &l, &o, from, to, province, why);
	return run_years(s, &l, &o, from, to, province, why);
}

extern const struct command cmd_change;
const struct command cmd_change = {
	.name = "change",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "what rose and what fell between two years",
	.help = "  hailong change papi --province NAME --from YEAR --to YEAR\n"
		"  hailong change papi --system 34 --province NAME --population "
		"people.csv\n"
		"  hailong change sipas-example --province NAME --contributions\n"
		"  hailong change sipas-example --from residence=urban --to residence=rural\n"
		"  hailong change answers.csv --weight w --strata stratum --psu village "
		"--year-column "
		"year\n"
		"      --from YEAR --to YEAR --item q1 --stat mean\n\n"
		"rank_change is positive when the rank rose. Where the survey's comparability.csv "
		"says\n"
		"that two years cannot be compared, no difference is given and the reason is.\n"
		"Estimates have errors: years that go back to the same villages are correlated "
		"(--covariance),\n"
		"and verdicts are those of adjusted p-values (--adjust, --comparisons). A lone "
		"file of answers\n"
		"is told apart by its design (--weight, --strata, --psu) or --year-column.\n",
	.options = (const enum option[]){OPT_YEAR,
					 OPT_FROM,
					 OPT_TO,
					 OPT_YEAR_COLUMN,
					 OPT_CONSTANT,
					 OPT_TREND,
					 OPT_CONTRIBUTIONS,
					 OPT_ITEM,
					 OPT_STAT,
					 OPT_CATEGORY,
					 OPT_SATISFIED,
					 OPT_OVER,
					 OPT_WHERE,
					 OPT_BY,
					 OPT_WEIGHT,
					 OPT_STRATA,
					 OPT_PSU,
					 OPT_SSU,
					 OPT_NEST,
					 OPT_FPC,
					 OPT_PROVINCE,
					 OPT_SYSTEM,
					 OPT_POPULATION,
					 OPT_BASE_YEAR,
					 OPT_RENORMALISE,
					 OPT_METHOD,
					 OPT_COVARIANCE,
					 OPT_ADJUST,
					 OPT_FAMILY_OF,
					 OPT_LEVEL,
					 OPT_DF,
					 OPT_LONELY,
					 OPT_DOMAIN_LONELY,
					 SETS_OPTIONS,
					 OPT_FORMAT,
					 OPT_OUT,
					 OPT_FORCE,
					 OPT_PAD,
					 OPT_RANK_WORD,
					 OPT_DELTA_UNIT,
					 OPT_NO_CACHE,
					 OPTIONS_FORM,
					 OPT__COUNT},
	.run = run,
};
