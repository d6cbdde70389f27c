#include "cmd/asked.h"
#include "cmd/gather.h"
#include "cmd/index_answers.h"
#include "cmd/index_robust.h"
#include "cmd/index_table.h"
#include "cmd/index_words.h"
#include "cmd/load.h"
#include "estimate/gap.h"
#include "output/table_estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, false, out);
}

/* By year, province, group and item. */
static int by_group(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;
	int order = span_compare(p->province, q->province);

	if (order == 0)
		order = span_compare(p->domain, q->domain);
	if (order == 0)
		order = (p->item_order > q->item_order) - (p->item_order < q->item_order);
	return order;
}

/* The index of the year's answers, for the groups asked for. */
static bool from_answers(struct session *s, const struct loaded *l, const struct wave *wave,
			 struct result *out, struct diag *why)
{
	struct estimate_options o = {.interval = INTERVAL_LOGIT};
	enum index_method method;
	struct wave_answers w;

	if (!asked_interval(s, &o, why) || !load_method(s, &method, why) ||
	    !gather_groups(s, &l->survey, wave, &w, why) ||
	    !index_variables(s->arena, &w, method, why) || !waves_read(s->arena, &w, false, why))
		return false;
	if (!gather_warn(s, &o, &w.answers, why))
		return false;
	index_result(s->arena, &w, method, &o, 0, out);
	merge_answers(s->arena, w.plan.join, 0, out);
	qsort(out->row, out->n, sizeof *out->row, by_group);
	out->parts |= PART_ESTIMATE;
	return true;
}

/* How the index was made, under the table; the method is always said. */
static void say_method(struct session *s, const struct result *r, enum index_method method,
		       bool answers)
{
	static const char *const keys[INDEX__COUNT] = {
		[INDEX_STRUCTURE] = "index.structure",
		[INDEX_POOLED] = "index.pooled",
		[INDEX_ITEM_MEAN] = "index.item-mean",
		[INDEX_FACTOR_MEAN] = "index.factor-mean",
		[INDEX_ASPECT_MEAN] = "index.aspect-mean",
		[INDEX_WEIGHTED] = "index.weighted",
		[INDEX_SCORE] = "index.score",
		[INDEX_SCORE5] = "index.score5",
	};
	size_t n;
	struct text *notes = table_estimate_notes(&s->phrases, r, &n);

	load_merged(s, r);
	if (answers)
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.index",
					     {"method", phrase(&s->phrases, keys[method])}));
	else
		load_sentence(s, phrase(&s->phrases, "note.noerror"));
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	if (r->n && r->row[0].flags & FLAG_SIMULATED)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
}

/* ---- --gaps -------------------------------------------------------------------------------- */

/* The three rows of gap_result: what they say of one item in one group. */
struct priority {
	const struct result_row *satisfaction, *expectation, *gap;
};

/* By province and group; the most urgent first, what is not known last. */
static int by_urgency(const void *a, const void *b)
{
	const struct result_row *p = ((const struct priority *)a)->gap;
	const struct result_row *q = ((const struct priority *)b)->gap;
	int order = span_compare(p->province, q->province);

	if (order == 0)
		order = span_compare(p->domain, q->domain);
	if (order == 0)
		order = isnan(p->estimate) - isnan(q->estimate);
	if (order == 0)
		order = (p->estimate < q->estimate) - (p->estimate > q->estimate);
	if (order == 0)
		order = (p->item_order > q->item_order) - (p->item_order < q->item_order);
	return order;
}

/* "76,40 (74,91–77,83)": a number of a survey does not stand without its interval. */
static struct text with_range(const struct narrative *n, const struct result_row *row)
{
	struct text value = tables_estimate(n, row), range = tables_range(n, row);

	if (isnan(row->ci_low))
		return value;
	if (row->ci_low < 0) /* a minus and a dash would stand together */
		range = PHRASE_FILL(n->phrases, "range.signed",
				    {"low", narrative_number(n, row->year, row->ci_low)},
				    {"high", narrative_number(n, row->year, row->ci_high)});
	return arena_format(n->phrases->arena, "%.*s (%.*s)", SPAN_ARG(value), SPAN_ARG(range));
}

/* "II.E. Phản ánh, kiến nghị": names of questions are too long for a table. */
static struct text brief(const struct narrative *n, const struct result_row *row)
{
	const struct item *item = structure_find(&n->survey->structure,
						 survey_wave(n->survey, row->year)->era, row->item);

	return arena_format(n->phrases->arena, "%.*s. %.*s", SPAN_ARG(row->item),
			    SPAN_ARG(item->brief[n->phrases->lang]));
}

static void gap_cells(const struct narrative *n, const struct priority *p, bool provinces,
		      bool domains, struct text *at)
{
	const struct result_row *gap = p->gap;

	if (provinces)
		*at++ = gap->province_name;
	if (domains)
		*at++ = gap->domain;
	*at++ = brief(n, gap);
	*at++ = with_range(n, p->expectation);
	*at++ = with_range(n, p->satisfaction);
	*at++ = with_range(n, gap);
	*at++ = isnan(gap->se) ? span_of("–") : narrative_number(n, gap->year, gap->se);
	*at++ = isnan(gap->df) ? span_of("–")
			       : number_shown(n->phrases->arena, gap->df, 0, n->phrases->lang);
	*at++ = number_shown(n->phrases->arena, gap->n, 0, n->phrases->lang);
	*at = span_of(gap->reason[LANG_EN].n ? "*" : "");
}

static void gap_sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	static const struct {
		const char *key;
		bool right;
	} heads[] = {
		{"head.province", false},   {"head.domain", false},      {"head.item", false},
		{"head.expectation", true}, {"head.satisfaction", true}, {"head.priority", true},
		{"head.se", true},          {"head.df", true},           {"head.n", true},
		{"head.mark", false}};
	struct arena *a = n->phrases->arena;
	struct priority *p = arena_new(a, r->n / 3, sizeof *p);
	bool wanted[sizeof heads / sizeof *heads];

	*out = (struct sheet){.arena = a};
	memset(wanted, true, sizeof wanted);
	wanted[0] = wanted[1] = false;
	for (size_t i = 0; i < r->n / 3; i++) {
		p[i] = (struct priority){&r->row[3 * i], &r->row[3 * i + 1], &r->row[3 * i + 2]};
		wanted[0] = wanted[0] || p[i].gap->province.n;
		wanted[1] = wanted[1] || p[i].gap->domain.n;
	}
	qsort(p, r->n / 3, sizeof *p, by_urgency);
	for (size_t c = 0; c < sizeof heads / sizeof *heads; c++)
		if (wanted[c])
			sheet_column(out, phrase(n->phrases, heads[c].key), heads[c].right);
	for (size_t i = 0; i < r->n / 3; i++)
		gap_cells(n, &p[i], wanted[0], wanted[1], sheet_row(out));
}

/* By year, province, group and item; the three of an item as gap_result has them. */
static int by_group_gap(const void *a, const void *b)
{
	static const char *const stats[] = {"satisfaction", "expectation"};
	const struct result_row *p = a, *q = b;
	int order = by_group(a, b);

	for (size_t i = 0; order == 0 && i < sizeof stats / sizeof *stats; i++)
		order = span_is(q->stat, stats[i]) - span_is(p->stat, stats[i]);
	return order;
}

/* "3 = Mong muốn, 4 = Rất mong muốn", in the words of the codebook. */
static struct text level_words(struct arena *a, const struct variable *v, enum lang lang)
{
	struct text words = {"", 0};

	for (size_t i = 0; i < v->n_counting; i++)
		words = arena_format(
			a, "%.*s%s%.*s = %.*s", SPAN_ARG(words), i ? ", " : "",
			SPAN_ARG(v->counting[i]),
			SPAN_ARG(question_level(v->question, v->counting[i])->label[lang]));
	return words;
}

/* Of each item shown: its question, and which levels count. */
static void say_levels(struct session *s, const struct result *r, const struct wave_answers *w,
		       const struct gaps *gaps)
{
	bool chosen = false;

	for (size_t i = 0; i < gaps->n; i++) {
		const struct gap_pair *pair = &gaps->pair[i];
		const struct variable *v = &w->plan.variable[pair->variable];
		size_t k = 0;

		while (k < r->n && !span_equal(r->row[k].item, pair->item->code))
			k++;
		if (k == r->n)
			continue;
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.gap.levels",
					     {"item", pair->item->code},
					     {"question", v->question->code},
					     {"words", v->question->words[s->lang]},
					     {"levels", level_words(s->arena, v, s->lang)}));
		chosen = chosen || pair->chosen;
	}
	load_sentence(s, phrase(&s->phrases, chosen ? "note.gap.chosen" : "note.gap.codebook"));
}

static bool run_gaps(struct session *s, const struct loaded *l, const struct wave *wave,
		     const struct province *province, enum index_method method, struct diag *why)
{
	struct estimate_options o = {.interval = INTERVAL_LOGIT};
	struct result made = {.parts = PART_ESTIMATE}, r;
	struct wave_answers w;
	struct gaps gaps;
	bool said;

	if (!asked_interval(s, &o, why) || !gather_groups(s, &l->survey, wave, &w, why) ||
	    !index_variables(s->arena, &w, method, why) ||
	    !gap_variables(s->arena, &w, span_of(s->options.value[OPT_EXPECTING]), &gaps, why) ||
	    !waves_read(s->arena, &w, false, why) || !gather_warn(s, &o, &w.answers, why))
		return false;
	gap_result(s->arena, &w, method, &o, 0, &gaps, &made);
	merge_answers(s->arena, w.plan.join, 0, &made);
	qsort(made.row, made.n, sizeof *made.row, by_group_gap);
	if (!load_pick(s, l, wave->year, "all", province, &made, &r, why) ||
	    !load_show(s, &l->narrative, &r, gap_sheet, &said, why))
		return false;
	if (!said)
		return true;
	load_sentence(s, phrase(&s->phrases, "note.gap"));
	say_levels(s, &r, &w, &gaps);
	say_method(s, &r, method, true);
	return true;
}

/* ---- a table of indicators ------------------------------------------------------------------ */

static bool run_table(struct session *s, struct diag *why)
{
	struct narrative n = {.phrases = &s->phrases};
	struct result r = {0};
	struct composite c;
	struct text robust;
	bool said;

	if (!index_table_read(s, &c, why))
		return false;
	index_table_result(s, &c, &r);
	if (!index_robust(s, &c, &r, &robust, why) ||
	    !load_show(s, &n, &r, index_words_sheet, &said, why))
		return false;
	if (said)
		index_words_say(s, &c, &r, robust);
	return true;
}

/* ---- the command --------------------------------------------------------------------------- */

/* A survey takes none of the options of tables and lone files. */
static bool check_survey(const struct session *s, struct diag *why)
{
	static const enum option others[] = {
		OPT_COMPONENTS,   OPT_NORMALISE, OPT_RANGE,      OPT_AGGREGATE, OPT_WEIGHTS,
		OPT_THRESHOLD,    OPT_OUTLIERS,  OPT_ROBUSTNESS, OPT_VARY,      OPT_WEIGHT,
		OPT_STRATA,       OPT_PSU,       OPT_SSU,        OPT_NEST,      OPT_FPC,
		OPT_REPWEIGHTS,   OPT_REPTYPE,   OPT_REPLICATES, OPT_RAKE,      OPT_CALIBRATE,
		OPT_POSTSTRATIFY, OPT_REPSCALE,  OPT_RSCALES,    OPT_FAY_RHO,   OPT_DRAWS,
		OPT_MSE,          OPT_SEED,      OPT_BOUNDS,     OPT_DISTANCE};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (s->options.value[others[i]])
			return diag_fail(why, DIAG_USAGE,
					 "--%s is for tables of indicators and lone files of "
					 "answers; a survey has its own structure and design",
					 option_specs[others[i]].name);
	return true;
}

/* Published scores have no respondents and no error. */
static bool check_published(const struct session *s, struct diag *why)
{
	static const enum option of_answers[] = {
		OPT_METHOD, OPT_WHERE, OPT_BY, OPT_LONELY,   OPT_DOMAIN_LONELY,
		OPT_CI,     OPT_LEVEL, OPT_DF, OPT_SUPPRESS, OPT__COUNT};

	return asked_none(s, of_answers, N_("published scores"), why);
}

static bool run_survey(struct session *s, struct diag *why)
{
	const struct province *province;
	struct result made = {0}, r;
	const struct wave *wave;
	enum index_method method;
	struct loaded l;
	bool said;
	long year;

	if (s->options.value[OPT_EXPECTING] && !s->options.value[OPT_GAPS])
		return diag_fail(why, DIAG_USAGE, "--expecting goes with --gaps");
	if (!check_survey(s, why))
		return false;
	if (!load_read(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &province, why) || !load_method(s, &method, why))
		return false;
	wave = survey_wave(&l.survey, year);
	if (s->options.value[OPT_GAPS])
		return run_gaps(s, &l, wave, province, method, why);
	if (!wave->answers && !check_published(s, why))
		return false;
	if (!wave->answers)
		load_published(s, &l, &made);
	else if (!from_answers(s, &l, wave, &made, why))
		return false;
	if (!load_pick(s, &l, year, "all", province, &made, &r, why) ||
	    !load_show(s, &l.narrative, &r, sheet, &said, why))
		return false;
	if (said)
		say_method(s, &r, method, wave->answers);
	return true;
}

/* A file that is no table of indicators is one of published scores. */
static bool check_scores(struct session *s, const char *file, struct diag *why)
{
	struct heading h;

	if (!heading_read_as(s->arena, file, &s->reading.form, false, &h, why))
		return false;
	if (heading_has(&h, span_of("code")) && heading_has(&h, span_of("score")))
		return true;
	diag_fail(why, DIAG_DATA,
		  "%s has no column of units (unit, province, name), nor `code` and `score`", file);
	return diag_hint(why,
			 "a file of answers takes --weight, --psu or --item, and --components");
}

/* A survey, a table of indicators, or a lone file of answers, which options tell apart. */
static bool run(struct session *s, struct diag *why)
{
	const char *word = s->options.word[0];
	bool file = gather_is_file(word);
	bool table = file && indicators_is_table(s->arena, word, &s->reading.form);

	if (file && index_answers_asked(s, table))
		return index_answers(s, why);
	if (table)
		return run_table(s, why);
	return (!file || check_scores(s, word, why)) && run_survey(s, why);
}

extern const struct command cmd_index;
const struct command cmd_index = {
	.name = "index",
	.words = "SURVEY|FILE.csv",
	.least_words = 1,
	.most_words = 1,
	.summary = "composite indices and their parts, with their errors",
	.help = "  hailong index sipas-example --province NAME --year YEAR\n"
		"  hailong index sipas-example --by residence --method item-mean\n"
		"  hailong index sipas-example --gaps --expecting 3,4\n"
		"  hailong index indicators.csv --components parts.csv --range 1,10 --aggregate "
		"geometric\n"
		"  hailong index answers.csv --weight w --psu village --components scales.csv --by "
		"sex\n\n"
		"From answers: items, factors, aspects and the index, for the country, or with "
		"--province\n"
		"for one or all provinces, and by groups of people. The error carries the "
		"correlation of the\n"
		"items. The method is always said. From published scores: the sums that the "
		"structure tells.\n"
		"--gaps ranks the items that have an expectation question: priority = share that "
		"wants it\n"
		"x (1 - share satisfied), with its error. Which levels count as wanting it is "
		"never assumed.\n\n"
		"From a table of indicators (a column unit, province or name, perhaps year, and "
		"one "
		"for each\n"
		"indicator): scores, their mean and ranks. --components gives weights, directions "
		"and bounds;\n"
		"bounds that are not given are those of all rows of all years. How it was made is "
		"said below\n"
		"the table: outlying values, Cronbach's alpha, what was set to a bound.\n\n"
		"From a lone file of answers (--weight, --strata, --psu or --item): the mean "
		"answers of "
		"--item,\n"
		"brought from the min and max of --components to --range, and their mean with its "
		"error. --where\n"
		"keeps the whole design: units of rows left out still count, as they should not "
		"for a year of a\n"
		"file of several years; give such a year as a file of its own.\n",
	.options =
		(const enum option[]){
			OPT_YEAR,       OPT_PROVINCE,     OPT_SYSTEM,   OPT_POPULATION,
			OPT_BASE_YEAR,  OPT_RENORMALISE,  OPT_ITEM,     OPT_BY,
			OPT_WHERE,      OPT_METHOD,       OPT_GAPS,     OPT_EXPECTING,
			OPT_COMPONENTS, OPT_NORMALISE,    OPT_RANGE,    OPT_AGGREGATE,
			OPT_WEIGHTS,    OPT_THRESHOLD,    OPT_OUTLIERS, OPT_ROBUSTNESS,
			OPT_VARY,       OPT_WEIGHT,       OPT_STRATA,   OPT_PSU,
			OPT_SSU,        OPT_NEST,         OPT_FPC,      OPT_CI,
			OPT_LEVEL,      OPT_DF,           OPT_LONELY,   OPT_DOMAIN_LONELY,
			OPT_REPWEIGHTS, OPT_REPTYPE,      OPT_REPSCALE, OPT_RSCALES,
			OPT_FAY_RHO,    OPT_REPLICATES,   OPT_DRAWS,    OPT_MSE,
			OPT_SEED,       OPT_POSTSTRATIFY, OPT_RAKE,     OPT_CALIBRATE,
			OPT_BOUNDS,     OPT_DISTANCE,     OPT_SUPPRESS, OPT_FORMAT,
			OPT_OUT,        OPT_FORCE,        OPT_NO_CACHE, OPTIONS_FORM,
			OPT__COUNT},
	.run = run,
};
