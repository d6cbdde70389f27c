#include "cmd/asked.h"
#include "cmd/gather.h"
#include "cmd/modelled.h"
#include "estimate/interval.h"
#include "output/table_estimate.h"
#include "output/table_smallarea.h"

#include <math.h>
#include <string.h>

static const char *const smooth_words[] = {"none", "deff", "gvf"};
static const char *const benchmark_words[] = {"none", "ratio", "difference"};

/* ---- the command line ---------------------------------------------------------------------- */

static bool check_method(const struct session *s, struct model *m, struct diag *why)
{
	const char *value = s->options.value[OPT_FITTING];

	m->method = FH_REML;
	if (!value || fh_find(span_of(value), &m->method))
		return true;
	diag_fail(why, DIAG_USAGE, "--fitting: \"%s\" is not known here", value);
	return diag_hint(why,
			 "reml (default), ml, fh (moments), areml (adjusted REML: the variance "
			 "between areas is always above 0)");
}

/* An option that nothing would look at is a misunderstanding. */
static bool check_together(const struct session *s, bool table, struct diag *why)
{
	static const enum option of_survey[] = {OPT_YEAR,      OPT_ITEM,   OPT_AUXILIARY,
						OPT_SATISFIED, OPT_LONELY, OPT_DOMAIN_LONELY,
						OPT_PROVINCE};
	const char *const *value = s->options.value;
	const char *format = value[OPT_FORMAT];

	for (size_t i = 0; table && i < sizeof of_survey / sizeof *of_survey; i++)
		if (value[of_survey[i]])
			return diag_fail(why, DIAG_USAGE,
					 "--%s goes with a survey, not with a table",
					 option_specs[of_survey[i]].name);
	if (!table && value[OPT_UNIT])
		return diag_fail(why, DIAG_USAGE,
				 "--unit goes with a table; a survey knows its own");
	if (value[OPT_NATIONAL] && !value[OPT_BENCHMARK])
		return diag_fail(why, DIAG_USAGE, "--national goes with --benchmark");
	if (value[OPT_SEED] && !value[OPT_TRANSFORM])
		return diag_fail(why, DIAG_USAGE, "--seed goes with --transform arcsine");
	if (value[OPT_FIT] &&
	    (!format || strcmp(format, "table") == 0 || strcmp(format, "md") == 0))
		return diag_fail(why, DIAG_USAGE,
				 "--fit goes with --format csv, tsv or json; a table has the fit "
				 "below it");
	return true;
}

static bool asked(struct session *s, bool table, struct model *m, struct diag *why)
{
	static const char *const transforms[] = {"none", "arcsine"};
	size_t smooth, transform, benchmark;

	if (!check_together(s, table, why) || !check_method(s, m, why) ||
	    !asked_word(s, OPT_SMOOTH, smooth_words, 3, 0, &smooth, why) ||
	    !asked_word(s, OPT_TRANSFORM, transforms, 2, 0, &transform, why) ||
	    !asked_word(s, OPT_BENCHMARK, benchmark_words, 3, 0, &benchmark, why) ||
	    !asked_number(s, OPT_LEVEL, 0.5, 0.9999, 0.95, &m->level, why) ||
	    !asked_number(s, OPT_NATIONAL, -1e300, 1e300, NAN, &m->national, why) ||
	    !asked_whole(s, OPT_SEED, 0, 2147483647, 1, &m->seed, why))
		return false;
	m->z = interval_t(m->level, INFINITY);
	m->smooth = (enum smooth)smooth;
	m->arcsine = transform == 1;
	m->benchmark = (enum benchmark)benchmark;
	m->fit_rows = s->options.value[OPT_FIT] != NULL;
	if (m->arcsine && m->smooth == SMOOTH_GVF)
		return diag_fail(
			why, DIAG_USAGE,
			"--smooth gvf does not go with --transform arcsine, whose variances "
			"are 1 / (4 n_eff); deff does");
	m->words = arena_format(s->arena, "fay-herriot:%s%s%s%s%s%s", fh_name(m->method),
				m->smooth ? ":" : "", m->smooth ? smooth_words[m->smooth] : "",
				m->arcsine ? ":arcsine:bootstrap" : "",
				m->benchmark ? ":benchmark-" : "",
				m->benchmark ? benchmark_words[m->benchmark] : "");
	return true;
}

/* ---- what stands under the table ----------------------------------------------------------- */

/* Four digits that count. */
static struct text digits(struct session *s, double x)
{
	int decimals = x == 0 ? 0 : 3 - (int)floor(log10(fabs(x)));

	return number_shown(s->arena, x, decimals < 0 ? 0 : decimals > 15 ? 15 : decimals, s->lang);
}

/* "constant 0.1141 (0.0560); urban −0.0093 (0.1168)"; the columns alone in *columns. */
static struct text terms(struct session *s, const struct model *m, double scale,
			 struct text *columns)
{
	struct text all = {"", 0};

	*columns = span_of("");
	for (size_t j = 0; j < m->fit.p; j++) {
		all = arena_format(s->arena, "%.*s%s%.*s %.*s (%.*s)", SPAN_ARG(all), j ? "; " : "",
				   SPAN_ARG(m->areas.column[j]),
				   SPAN_ARG(digits(s, m->fit.beta[j] * scale)),
				   SPAN_ARG(digits(s, m->fit.se[j] * scale)));
		if (j)
			*columns = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(*columns),
						j > 1 ? ", " : "", SPAN_ARG(m->areas.column[j]));
	}
	return all;
}

static void say_model(struct session *s, const struct model *m, double scale)
{
	struct text columns, all;
	double loglik;

	scale = m->arcsine ? 1 : scale; /* its coefficients are no shares */
	loglik = m->fit.loglik - (double)m->fit.used * log(scale);
	all = terms(s, m, scale, &columns);
	load_sentence(s, PHRASE_FILL(&s->phrases, "note.small", {"method", m->words},
				     {"columns", columns},
				     {"m", number_shown(s->arena, (double)m->fit.used, 0, s->lang)},
				     {"level", number_written(s->arena, m->level * 100, s->lang)}));
	load_sentence(
		s, PHRASE_FILL(&s->phrases, "note.small.fit",
			       {"A", digits(s, m->fit.A * scale * scale)},
			       {"loglik", number_shown(s->arena, loglik, 2, s->lang)},
			       {"steps", number_shown(s->arena, (double)m->fit.steps, 0, s->lang)},
			       {"terms", all}));
}

static void say_options(struct session *s, const struct model *m, double scale)
{
	const struct smoothing *w = &m->smoothing;
	const char *moved =
		m->benchmark == BENCHMARK_RATIO ? "note.small.ratio" : "note.small.difference";

	if (m->smooth == SMOOTH_DEFF)
		load_sentence(s,
			      PHRASE_FILL(&s->phrases, "note.small.deff",
					  {"deff", number_shown(s->arena, w->deff, 2, s->lang)}));
	if (m->smooth == SMOOTH_GVF)
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.small.gvf",
					     {"a", digits(s, w->a + 2 * log(scale))},
					     {"b", digits(s, w->b)}, {"f", digits(s, w->f)}));
	if (m->arcsine)
		load_sentence(s,
			      PHRASE_FILL(&s->phrases, "note.small.arcsine",
					  {"replicates",
					   number_shown(s->arena, MODELLED_BOOTSTRAP, 0, s->lang)},
					  {"seed", arena_format(s->arena, "%ld", m->seed)}));
	if (m->benchmark)
		load_sentence(s, PHRASE_FILL(&s->phrases, moved,
					     {"national", digits(s, m->national * scale)},
					     {"moved", digits(s, m->benchmark == BENCHMARK_RATIO
									 ? m->moved
									 : m->moved * scale)}));
}

static void say(struct session *s, const struct model *m, const struct result *r, double scale)
{
	size_t n;
	struct text *notes = table_estimate_notes(&s->phrases, r, &n);

	if (scale != 1)
		load_sentence(s, phrase(&s->phrases, "note.share"));
	say_model(s, m, scale);
	say_options(s, m, scale);
	if (m->fit.A == 0)
		load_sentence(s, phrase(&s->phrases, "note.small.zero"));
	if (modelled_few(m))
		load_sentence(s, phrase(&s->phrases, "note.small.few"));
	load_sentence(s, phrase(&s->phrases, "note.small.care"));
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	if (r->n && r->row[0].flags & FLAG_SIMULATED)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
}

/* ---- the command --------------------------------------------------------------------------- */

static void sheet_plain(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_smallarea(n->phrases, r, TABLE_NO_PERCENT, out);
}

static void sheet_percent(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_smallarea(n->phrases, r, TABLE_PERCENT, out);
}

static void sheet_shares(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_smallarea(n->phrases, r, TABLE_SHARES, out);
}

static bool show(struct session *s, const struct model *m, const struct result *all,
		 struct diag *why)
{
	struct narrative n = {.phrases = &s->phrases};
	struct result r = {.parts = PART_SMALLAREA};
	load_sheet_fn *sheet = m->areas.range == 1     ? sheet_shares
			       : m->areas.range == 100 ? sheet_percent
						       : sheet_plain;
	bool said;

	for (size_t i = 0; i < all->n; i++)
		if (!m->areas.only || span_equal(m->areas.only->code, all->row[i].province))
			result_add(s->arena, &r, &all->row[i]);
	if (r.n == 0)
		return diag_fail(why, DIAG_DATA, "the table of predictors has no row for %.*s",
				 SPAN_ARG(m->areas.only->name));
	if (m->fit_rows)
		modelled_terms(s->arena, m, &r);
	if (!load_show(s, &n, &r, sheet, &said, why))
		return false;
	if (said)
		say(s, m, &r, m->areas.range == 1 ? 100 : 1);
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	bool table = gather_is_file(s->options.word[0]);
	struct result all = {0};
	struct model m = {0};

	if (!asked(s, table, &m, why) ||
	    !(table ? areas_table(s, &m.areas, why) : areas_survey(s, &m.areas, why)) ||
	    !modelled_rows(s->arena, &m, &all, why))
		return false;
	return show(s, &m, &all, why);
}

extern const struct command cmd_smallarea;
const struct command cmd_smallarea = {
	.name = "smallarea",
	.words = "TABLE.csv|SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "provinces with few answers: direct estimates joined with a regression over all",
	.help = "  hailong smallarea provinces.csv --with urban,poverty --format csv\n"
		"  hailong smallarea sipas-example --item total --auxiliary provinces.csv --with "
		"urban\n"
		"  hailong smallarea provinces.csv --with urban --unit percent --smooth deff "
		"--benchmark ratio --national 84.2\n\n"
		"The model of Fay and Herriot: every area gets a mean of its direct estimate and "
		"of "
		"what a\n"
		"regression on the columns of --with says; the less certain the direct estimate, "
		"the "
		"more it\n"
		"borrows. A table has one row for each area: name, province or area; estimate "
		"(blank: "
		"none);\n"
		"se or variance; n, n_eff, deff, population where known; and the predictors. Of a "
		"survey, the\n"
		"provinces are estimated from the answers, and --auxiliary has the predictors by "
		"province.\n"
		"A direct estimate without sampling variance (0 or 100 %) is refused: --smooth "
		"gives "
		"it one.\n"
		"Model estimates are flagged `model`, and the direct ones stand beside them.\n",
	.options =
		(const enum option[]){OPT_WITH,          OPT_AUXILIARY, OPT_YEAR,    OPT_ITEM,
				      OPT_SATISFIED,     OPT_PROVINCE,  OPT_FITTING, OPT_UNIT,
				      OPT_SMOOTH,        OPT_TRANSFORM, OPT_SEED,    OPT_BENCHMARK,
				      OPT_NATIONAL,      OPT_FIT,       OPT_LEVEL,   OPT_LONELY,
				      OPT_DOMAIN_LONELY, OPT_FORMAT,    OPT_OUT,     OPT_FORCE,
				      OPT_NO_CACHE,      OPTIONS_FORM,  OPT__COUNT},
	.run = run,
};
