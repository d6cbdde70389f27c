#include "cmd/gather.h"
#include "cmd/load.h"
#include "cmd/queried.h"
#include "cmd/tallied.h"
#include "cmd/weighting.h"
#include "output/process.h"
#include "output/table_estimate.h"

#include <math.h>
#include <string.h>

static void sheet_shares(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, true, out);
}

static void sheet_numbers(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, false, out);
}

/* How the numbers were made, under the table. */
static void say_method(struct session *s, const struct estimate_options *o, const struct result *r)
{
	static const char *const rules[] = {"word.df.domain", "word.df.design", "word.df.infinite",
					    "word.df.given"};
	static const char *const effects[] = {"word.deff.wr", "word.deff.wor"};
	struct field values[] = {
		{"method", r->row[0].method},
		{"level", number_shown(s->arena, o->level * 100,
				       o->level * 100 == floor(o->level * 100) ? 0 : 2, s->lang)},
		{"df", phrase(&s->phrases, rules[o->df])},
		{"deff", phrase(&s->phrases, effects[o->deff])},
	};
	size_t n;
	struct text *notes = table_estimate_notes(&s->phrases, r, &n);

	load_merged(s, r);
	if (statistic_is_share(o->statistic))
		load_sentence(s, phrase(&s->phrases, "note.share"));
	load_sentence(s, phrase_fill(&s->phrases, "note.method", values, 4));
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].flags & FLAG_SIMULATED) {
			load_sentence(s, phrase(&s->phrases, "note.simulated"));
			break;
		}
}

static bool show(struct session *s, const struct estimate_options *o, const struct result *r,
		 struct diag *why)
{
	struct narrative n = {.phrases = &s->phrases};
	bool said;

	if (!load_show(s, &n, r, statistic_is_share(o->statistic) ? sheet_shares : sheet_numbers,
		       &said, why))
		return false;
	if (said && r->n)
		say_method(s, o, r);
	return true;
}

/* From rows, where the options need them. */
static bool estimate_rows(struct session *s, const struct estimate_options *o,
			  const struct weighting *weighting, const struct columns *columns,
			  const struct answers *answers, struct result *out, struct diag *why)
{
	struct rowwise rows;

	if (!weighting_make(s, o, weighting, columns, answers, &rows, why))
		return false;
	rowwise_result(s->arena, &rows, o, out);
	return true;
}

/* Rows of CSV are written without a result in between: there may be very many. Nothing but writing
 * can fail from here on, so that standard output need not be held back. */
static bool show_tally(struct session *s, const struct estimate_options *o,
		       const struct tally *tally, struct diag *why)
{
	const char *format = s->options.value[OPT_FORMAT];
	struct estimates e = estimate_tally_rows(s->arena, tally, o);
	struct result r = {0};

	if (format && strcmp(format, "csv") == 0) {
		estimate_close(&e);
		return export_rows(&e, e.n, estimate_row, PART_ESTIMATE, FIELDS_CSV, o->threads,
				   s->options.value[OPT_OUT] ? s->out : stdout, why);
	}
	estimate_result(&e, &r);
	return show(s, o, &r, why);
}

/* Exact sums are the same in any order; others are said not to be. */
static void say_inexact(struct session *s, const struct tally *t)
{
	if (!t->sums.exact && s->talk)
		fputs(translation_of(s->translation,
				     N_("hailong: note: weights or answers have too many digits "
					"for exact sums: results hold to 1e-12, whatever the order "
					"of rows\n")),
		      s->talk);
}

/* Lone files: the design is told by options. */
static bool estimate_files(struct session *s, struct estimate_options *o, struct diag *why)
{
	bool rows = weighting_rows(s, o);
	struct weighting weighting;
	struct gathered g;
	struct result r = {0};

	if (s->options.value[OPT_PROVINCE] || s->options.value[OPT_YEAR] ||
	    s->options.value[OPT_SYSTEM] || s->options.value[OPT_POPULATION] ||
	    s->options.value[OPT_BASE_YEAR] || s->options.value[OPT_RENORMALISE])
		return diag_fail(
			why, DIAG_USAGE,
			"--province, --system and --year are for survey folders; a lone file "
			"takes --where and --by");
	if (!gather_plan(s, o, &g, why) ||
	    !weighting_columns(s, &g.heading, &g.plan, &weighting, why) ||
	    !gather_read(s, o, rows, &g, why))
		return false;
	o->survey = o->source;
	o->domain = where_words(s->arena, &g.plan.where);
	if (!rows) {
		say_inexact(s, &g.tally);
		return show_tally(s, o, &g.tally, why);
	}
	return estimate_rows(s, o, &weighting, &g.columns, &g.answers, &r, why) &&
	       show(s, o, &r, why);
}

/* What the rows of a year of a survey are called. */
static void name_rows(const struct wave_answers *w, const struct province *only,
		      const struct result *from, struct result *out, struct arena *a)
{
	out->parts = from->parts;
	for (size_t i = 0; i < from->n; i++) {
		struct result_row row = from->row[i];
		const struct item *item =
			structure_find(&w->survey->structure, w->wave->era, row.item);

		for (size_t l = 0; row.province.n && l < w->plan.factor[0].levels->n; l++)
			if (span_equal(w->plan.factor[0].levels->entry[l].name, row.province)) {
				row.province_name = w->province[l]->name;
				row.province = w->province[l]->code;
				break;
			}
		if (only && !span_equal(only->code, row.province))
			continue;
		row.year = w->wave->year;
		if (item)
			memcpy(row.item_name, item->name, sizeof row.item_name);
		if (w->wave->simulated)
			row.flags |= FLAG_SIMULATED;
		result_add(a, out, &row);
	}
}

/* A year of a survey folder: design and codebook are its own. */
static bool estimate_survey(struct session *s, struct estimate_options *o, struct diag *why)
{
	const struct province *province;
	struct result all = {0}, r = {0};
	struct loaded l;
	struct weighting weighting;
	struct heading heading;
	struct wave_answers w;
	bool rows = weighting_rows(s, o);
	long year;

	if (!load_answers(s, o, s->options.word[0], &l, &year, why) ||
	    !load_province(s, &l, year, &province, why) ||
	    !gather_wave(s, o, &l.survey, survey_wave(&l.survey, year), &w, why) ||
	    !heading_read_as(s->arena, waves_file(s->arena, &w), &s->reading.form, false, &heading,
			     why) ||
	    !weighting_columns(s, &heading, &w.plan, &weighting, why) ||
	    !waves_read(s->arena, &w, rows, why) || !gather_warn(s, o, &w.answers, why))
		return false;
	if (!rows)
		say_inexact(s, &w.tally);
	if (l.survey.mapping && rows)
		return diag_fail(why, DIAG_USAGE,
				 "--system rescales weights; it does not go with quantiles, "
				 "replicate or calibrated weights");
	o->survey = l.survey.id;
	o->source = w.wave->file;
	o->domain = where_words(s->arena, &w.plan.where);
	if (rows && !estimate_rows(s, o, &weighting, &w.columns, &w.answers, &all, why))
		return false;
	if (!rows)
		estimate_tally(s->arena, &w.tally, o, &all);
	name_rows(&w, province, &all, &r, s->arena);
	merge_answers(s->arena, w.plan.join, 0, &r);
	r.parts |= l.survey.mapping ? PART_MERGED : 0;
	return show(s, o, &r, why);
}

/* Answers in a database, which adds them up itself. */
static bool estimate_queried(struct session *s, struct estimate_options *o, struct queried *q,
			     struct diag *why)
{
	const struct province *province = NULL;
	struct result all = {0}, r = {0};
	bool survey;

	if (weighting_rows(s, o))
		return diag_fail(why, DIAG_USAGE,
				 "quantiles, replicate and calibrated weights need every row; a "
				 "database gives sums");
	if (!queried_open(s, o, q, why))
		return false;
	survey = q->plan == &q->w.plan;
	if ((survey && !load_province(s, &q->l, q->w.wave->year, &province, why)) ||
	    !queried_read(s, q, &q->w.answers, &q->w.tally, why))
		return false;
	tally_finish(&q->w.tally);
	say_inexact(s, &q->w.tally);
	if (process_interrupted(why) || (survey && !waves_provinces(s->arena, &q->w, why)) ||
	    !gather_warn(s, o, &q->w.answers, why))
		return false;
	o->source = q->about.source;
	o->survey = survey ? q->l.survey.id : o->source;
	o->domain = where_words(s->arena, &q->plan->where);
	if (!survey)
		return show_tally(s, o, &q->w.tally, why);
	estimate_tally(s->arena, &q->w.tally, o, &all);
	name_rows(&q->w, province, &all, &r, s->arena);
	return show(s, o, &r, why);
}

static bool estimate_database(struct session *s, struct estimate_options *o, struct diag *why)
{
	static const enum option folders[] = {OPT_PROVINCE,   OPT_YEAR,      OPT_SYSTEM,
					      OPT_POPULATION, OPT_BASE_YEAR, OPT_RENORMALISE,
					      OPT__COUNT};
	struct queried *q = arena_new(s->arena, 1, sizeof *q);
	bool ok = (s->options.words > 1 ||
		   asked_none(s, folders, N_("a table without a survey folder"), why)) &&
		  estimate_queried(s, o, q, why);

	postgres_close(q->database);
	return ok;
}

/* Tallies: sums that were made before, here or elsewhere. */
static bool estimate_tallies(struct session *s, struct diag *why)
{
	struct estimate_options o;
	struct result all = {0}, r = {0};
	struct tallied t;

	if (!tallied_open(s, &t, why))
		return false;
	tallied_statistic(s, &t);
	if (!asked_estimate(s, &o, why) || !tallied_check(s, &o, &t, why) ||
	    !tallied_read(s, &t, why))
		return false;
	gather_warn_words(s, &t.w.plan, why);
	tally_finish(&t.w.tally);
	say_inexact(s, &t.w.tally);
	if (!gather_warn(s, &o, &t.w.answers, why))
		return false;
	o.survey = t.w.survey ? t.w.survey->id : t.about.source;
	o.source = t.about.source;
	o.domain = where_words(s->arena, &t.w.plan.where);
	if (!t.w.survey)
		return show_tally(s, &o, &t.w.tally, why);
	estimate_tally(s->arena, &t.w.tally, &o, &all);
	name_rows(&t.w, t.province, &all, &r, s->arena);
	return show(s, &o, &r, why);
}

/* A lone file has no survey, whose words could be needed. */
static bool wordless(const struct options *o)
{
	const char *format = o->value[OPT_FORMAT];

	return o->words && gather_is_file(o->word[0]) && !postgres_is_uri(o->word[0]) && format &&
	       (strcmp(format, "csv") == 0 || strcmp(format, "tsv") == 0 ||
		strcmp(format, "json") == 0);
}

static bool run(struct session *s, struct diag *why)
{
	const char *name = s->options.word[0];
	static const enum option databases[] = {OPT_TABLE, OPT__COUNT};
	struct estimate_options o;

	if (!gather_pipes(s, why))
		return false;
	if (tallied_is(s->options.word[0]))
		return estimate_tallies(s, why);
	if (!asked_estimate(s, &o, why))
		return false;
	o.source = asked_file_name(name); /* a pipe's own */
	if (postgres_is_uri(s->options.word[0]))
		return estimate_database(s, &o, why);
	if (!asked_none(s, databases, N_("answers in files; a database has tables"), why))
		return false;
	return gather_is_file(s->options.word[0]) ? estimate_files(s, &o, why)
						  : estimate_survey(s, &o, why);
}

extern const struct command cmd_estimate;
const struct command cmd_estimate = {
	.name = "estimate",
	.words = "SURVEY|FILE...|URI [SURVEY]",
	.least_words = 1,
	.most_words = OPTION_WORDS,
	.summary = "rates, means, shares, totals, ratios and quantiles with their errors",
	.help = "  hailong estimate answers.csv --weight w --strata stratum --psu village "
		"--item q1-q9 --satisfied 4,5\n"
		"  hailong estimate answers.csv --weight w --psu village --item income --stat "
		"quantile --q 0.25,0.5,0.75\n"
		"  hailong estimate sipas-example --province NAME --by residence\n"
		"  hailong estimate sipas-example --item CODE --stat distribution\n"
		"  hailong estimate postgresql://HOST/DATABASE --table answers --weight w --psu "
		"village --item q1-q9 --satisfied 4,5\n\n"
		"One line for each estimate: value, standard error, confidence interval, answers "
		"(n), degrees\n"
		"of freedom, design effect. Several files are read as one. NA, \".\" and empty "
		"cells of a lone\n"
		"file are missing; a survey folder has its own codebook and design, and its "
		"questions with\n"
		"satisfied levels are estimated unless --item names others. Groups (--by, "
		"--where) keep the\n"
		"whole design. Every row its own unit where --psu is not given, weight 1 where "
		"--weight is not.\n"
		"Without --suppress an estimate too uncertain to publish is marked; with it, "
		"hidden. Tallies\n"
		"(hailong tally) may stand in the place of answers; --by= is everybody then.\n\n"
		"postgresql://USER@HOST:PORT/DATABASE reads --table of a PostgreSQL server (13 or "
		"later), which\n"
		"adds up itself (hailong tally --sql), in a read-only transaction; a survey folder "
		"behind it gives\n"
		"codebook and design. Passwords come from ~/.pgpass, PGPASSWORD or the URI.\n",
	.options = (const enum option[]){OPT_TABLE,       OPT_ITEM,         OPT_STAT,
					 OPT_CATEGORY,    OPT_SATISFIED,    OPT_OVER,
					 OPT_Q,           OPT_QRULE,        OPT_WHERE,
					 OPT_BY,          OPT_WEIGHT,       OPT_STRATA,
					 OPT_PSU,         OPT_SSU,          OPT_NEST,
					 OPT_FPC,         OPT_LONELY,       OPT_DOMAIN_LONELY,
					 OPT_CI,          OPT_LEVEL,        OPT_DF,
					 OPT_DEFF,        OPT_REPWEIGHTS,   OPT_REPTYPE,
					 OPT_REPSCALE,    OPT_RSCALES,      OPT_FAY_RHO,
					 OPT_REPLICATES,  OPT_DRAWS,        OPT_MSE,
					 OPT_SEED,        OPT_POSTSTRATIFY, OPT_RAKE,
					 OPT_CALIBRATE,   OPT_BOUNDS,       OPT_DISTANCE,
					 OPT_SUPPRESS,    OPT_YEAR,         OPT_PROVINCE,
					 OPT_SYSTEM,      OPT_POPULATION,   OPT_BASE_YEAR,
					 OPT_RENORMALISE, OPT_THREADS,      OPT_CHUNK,
					 OPT_MAX_MEMORY,  OPT_FORMAT,       OPT_OUT,
					 OPT_FORCE,       OPT_NO_CACHE,     OPTIONS_FORM,
					 OPT__COUNT},
	.wordless = wordless,
	.run = run,
};
