#include "cmd/tallied.h"

#include "base/digest.h"
#include "base/text.h"
#include "survey/catalog.h"
#include "survey/tally_csv.h"
#include "survey/tally_file.h"

#include <string.h>

void tallied_about(struct session *s, const struct estimate_options *o, const struct plan *p,
		   struct tally_about *out)
{
	const struct margin *m = p->margin;
	struct text *by = arena_new(s->arena, m->n, sizeof *by);

	for (size_t i = 0; i < m->n; i++)
		by[i] = p->factor[m->factor[i]].column;
	out->by = by;
	out->n_by = m->n;
	out->statistic = span_of(statistic_name(o->statistic));
}

bool tallied_about_wave(struct session *s, const struct estimate_options *o, const char *survey,
			const struct wave_answers *w, struct tally_about *out, struct diag *why)
{
	const char *design = catalog_path(s->arena, w->survey->folder, "design.csv");

	tallied_about(s, o, &w->plan, out);
	out->survey = w->survey->id;
	out->folder = span_of(survey);
	out->year = w->wave->year;
	out->simulated = w->wave->simulated;
	return digest_file(s->arena, w->survey->codebook.file, &out->codebook, why) &&
	       digest_file(s->arena, design, &out->design, why);
}

/* By its first bytes; one that is called a tally and is none is refused when it is read. */
bool tallied_is(const char *file)
{
	static const char end[] = ".tally";
	size_t n = strlen(file);

	return tally_file_is(file) || tally_csv_is(file) ||
	       (catalog_is_file(file) && n > strlen(end) &&
		strcmp(file + n - strlen(end), end) == 0);
}

/* ---- files and their survey ---------------------------------------------------------------- */

static bool read_head(struct session *s, const char *file, struct tally_head *out, struct diag *why)
{
	if (tally_file_is(file) && !tally_file_head(s->arena, file, out, why))
		return false;
	if (tally_file_is(file) && out->about.cache.n)
		return diag_at(why, (struct place){file, 0, 0}, DIAG_DATA,
			       "this is a file that the program keeps for itself, no tally");
	if (tally_file_is(file))
		return true;
	if (tally_csv_is(file))
		return tally_csv_head(s->arena, file, out, why);
	diag_at(why, (struct place){file, 0, 0}, DIAG_DATA, "this is no tally");
	return diag_hint(why, "hailong tally makes tallies of answers");
}

/* What holds for all files, in whatever order they are named. */
static void add_about(struct tally_about *to, const struct tally_about *from)
{
	if (span_compare(from->source, to->source) < 0)
		to->source = from->source;
	if (span_compare(from->folder, to->folder) < 0)
		to->folder = from->folder;
	to->inexact = to->inexact || from->inexact;
}

static bool same_file(struct session *s, const char *path, struct text digest,
		      const struct tally_head *h, struct diag *why)
{
	struct text now;

	if (!digest_file(s->arena, path, &now, why))
		return false;
	if (span_equal(now, digest))
		return true;
	diag_at(why, h->at, DIAG_DATA, "%s is not what it was when the tally was made", path);
	return diag_hint(why, "make the tally again");
}

static bool find_survey(struct session *s, struct tallied *t, struct diag *why)
{
	const char *words[] = {arena_string(s->arena, t->about.folder),
			       arena_string(s->arena, t->about.survey)};

	for (size_t i = 0; i < 2; i++) {
		struct diag own = {.translation = why->translation};
		const char *path;

		if (!catalog_find_survey(s->arena, s->share, words[i], &path, &own))
			continue;
		s->options.word[0] = words[i]; /* what the command is about */
		return load_read(s, words[i], &t->l, why);
	}
	diag_at(why, t->head->at, DIAG_DATA,
		"the survey \"%s\" that the tally was made from is not found at \"%s\"", words[1],
		words[0]);
	return diag_hint(why,
			 "run where that path leads to the folder, or name its place as %s "
			 "under surveys/ of --share",
			 words[1]);
}

static bool open_survey(struct session *s, struct tallied *t, struct diag *why)
{
	const struct tally_about *about = &t->about;
	const char *design;

	if (!find_survey(s, t, why))
		return false;
	design = catalog_path(s->arena, t->l.survey.folder, "design.csv");
	t->w.survey = &t->l.survey;
	t->w.wave = survey_wave(&t->l.survey, about->year);
	if (!t->w.wave || !t->w.wave->answers || !span_equal(t->w.wave->era, t->head->plan.era) ||
	    !t->l.survey.codebook.file)
		return diag_at(why, t->head->at, DIAG_DATA,
			       "%s has no answers of %ld as the tally has them", t->l.survey.folder,
			       about->year);
	if (!same_file(s, t->l.survey.codebook.file, about->codebook, t->head, why) ||
	    !same_file(s, design, about->design, t->head, why))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (!tally_head_bind(&t->head[i], &t->l.survey.codebook, why))
			return false;
	return true;
}

bool tallied_open(struct session *s, struct tallied *out, struct diag *why)
{
	*out = (struct tallied){.n = s->options.words};
	out->head = arena_new(s->arena, out->n, sizeof *out->head);
	for (size_t i = 0; i < out->n; i++) {
		if (!read_head(s, s->options.word[i], &out->head[i], why))
			return false;
		if (i == 0)
			out->about = out->head[0].about;
		else if (!tally_head_same(s->arena, &out->head[0], &out->head[i], why))
			return false;
		add_about(&out->about, &out->head[i].about);
	}
	return out->about.survey.n == 0 || open_survey(s, out, why);
}

/* ---- options ------------------------------------------------------------------------------- */

void tallied_statistic(struct session *s, const struct tallied *t)
{
	const char **value = s->options.value;

	if (!value[OPT_STAT] && !value[OPT_SATISFIED] && !value[OPT_CATEGORY] && !value[OPT_OVER])
		value[OPT_STAT] = arena_string(s->arena, t->about.statistic);
}

static bool differs(const struct session *s, enum option option, struct text has, struct diag *why)
{
	return diag_fail(why, DIAG_USAGE, "--%s %s: the tally was made with %s%.*s",
			 option_specs[option].name, s->options.value[option],
			 has.n ? "" : diag_word(why, "none"), SPAN_ARG(has));
}

static bool same_names(struct session *s, enum option option, char separator,
		       const struct text *name, size_t n, struct diag *why)
{
	struct text rest = span_of(s->options.value[option]), part;
	char joint[] = {separator, '\0'};
	struct text has = {"", 0};
	size_t i = 0;
	bool same = true;

	if (!rest.at)
		return true;
	for (; span_split(&rest, separator, &part); i++)
		same = same && i < n && span_equal(text_nfc(s->arena, part), name[i]);
	if (same && i == n)
		return true;
	for (size_t k = 0; k < n; k++)
		has = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(has), k ? joint : "",
				   SPAN_ARG(name[k]));
	return differs(s, option, has, why);
}

static bool check_design(struct session *s, const struct design *d, struct diag *why)
{
	size_t later = d->n_units > 1 ? d->n_units - 1 : 0;

	if (s->options.value[OPT_NEST] && !d->nest)
		return diag_fail(why, DIAG_USAGE, "--nest: the tally was made without it");
	return same_names(s, OPT_WEIGHT, '\0', &d->weight, d->weight.n > 0, why) &&
	       same_names(s, OPT_STRATA, '*', d->stratum, d->n_strata, why) &&
	       same_names(s, OPT_PSU, ',', d->unit, d->n_units > 0, why) &&
	       same_names(s, OPT_SSU, ',', d->unit + 1, later, why) &&
	       same_names(s, OPT_FPC, ',', d->fpc, d->n_fpc, why);
}

static bool check_where(struct session *s, const struct where *has, struct diag *why)
{
	const char *value = s->options.value[OPT_WHERE];
	struct where asked;
	bool same;

	if (!value)
		return true;
	if (!where_parse(s->arena, span_of(value), &asked, why))
		return false;
	same = asked.n == has->n;
	for (size_t i = 0; i < asked.n && same; i++)
		same = asked.at[i].op == has->at[i].op &&
		       span_equal(asked.at[i].column, has->at[i].column) &&
		       span_equal(asked.at[i].value, has->at[i].value);
	return same || differs(s, OPT_WHERE, where_words(s->arena, has), why);
}

/* The levels that count, the denominator: of every variable. */
static bool check_variables(struct session *s, const struct plan *p, struct diag *why)
{
	const char *over = s->options.value[OPT_OVER];

	for (size_t i = 0; i < p->n_variables; i++) {
		const struct variable *v = &p->variable[i];

		if (!same_names(s, OPT_SATISFIED, ',', v->counting, v->n_counting, why) ||
		    !same_names(s, OPT_CATEGORY, ',', v->counting, v->n_counting, why))
			return false;
		if (over && !span_is(v->over, over) &&
		    !(v->over_question && span_is(v->over_question->code, over)))
			return differs(s, OPT_OVER, v->over, why);
	}
	return true;
}

static bool check_fixed(struct session *s, const struct estimate_options *o,
			const struct tallied *t, struct diag *why)
{
	static const enum option rows[] = {
		OPT_Q,        OPT_QRULE,   OPT_REPWEIGHTS, OPT_REPTYPE,      OPT_REPSCALE,
		OPT_RSCALES,  OPT_FAY_RHO, OPT_REPLICATES, OPT_DRAWS,        OPT_MSE,
		OPT_SEED,     OPT_RAKE,    OPT_CALIBRATE,  OPT_POSTSTRATIFY, OPT_BOUNDS,
		OPT_DISTANCE, OPT_SYSTEM,  OPT_POPULATION, OPT_BASE_YEAR,    OPT_RENORMALISE,
		OPT__COUNT};
	static const enum option folders[] = {OPT_PROVINCE, OPT_YEAR, OPT__COUNT};
	const char *year = s->options.value[OPT_YEAR];
	struct text has = t->about.statistic;

	if (!asked_none(s, rows, N_("a tally, which holds sums, not rows"), why) ||
	    (!t->w.survey && !asked_none(s, folders, N_("a tally of a lone file"), why)))
		return false;
	if (!span_is(has, statistic_name(o->statistic)))
		return diag_fail(why, DIAG_USAGE, "the tally was made for --stat %.*s, not %s",
				 SPAN_ARG(has), statistic_name(o->statistic));
	if (year && !span_is(arena_format(s->arena, "%ld", t->about.year), year))
		return differs(s, OPT_YEAR, arena_format(s->arena, "%ld", t->about.year), why);
	return check_design(s, &t->head->plan.design, why) &&
	       check_where(s, &t->head->plan.where, why) && check_variables(s, &t->head->plan, why);
}

/* ---- items --------------------------------------------------------------------------------- */

static bool want(struct session *s, struct tallied *t, size_t variable)
{
	for (size_t i = 0; i < t->n_want; i++)
		if (t->want[i] == variable)
			return true;
	t->want = arena_grow(s->arena, t->want, t->n_want, sizeof *t->want);
	t->want[t->n_want++] = variable;
	return true;
}

/* A variable by its column, or the code of its question. */
static bool find(const struct tallied *t, struct text name, size_t *variable)
{
	const struct plan *p = &t->head->plan;

	for (*variable = 0; *variable < p->n_variables; ++*variable)
		if (p->variable[*variable].question &&
		    span_equal(p->variable[*variable].question->code, name))
			return true;
	for (*variable = 0; *variable < p->n_variables; ++*variable)
		if (span_equal(p->variable[*variable].column, name))
			return true;
	return false;
}

/* "q1-q9": from one to another, as the tally has them. */
static bool find_range(const struct tallied *t, struct text name, size_t *first, size_t *last)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.at[i] == '-' && find(t, (struct text){name.at, i}, first) &&
		    find(t, (struct text){name.at + i + 1, name.n - i - 1}, last) &&
		    *first <= *last)
			return true;
	return false;
}

static bool choose_items(struct session *s, struct tallied *t, struct diag *why)
{
	const struct plan *p = &t->head->plan;
	const char *items = s->options.value[OPT_ITEM];
	struct text rest = span_of(items ? items : "all"), name;
	size_t first, last;

	while (span_split(&rest, ',', &name)) {
		name = text_nfc(s->arena, name);
		if (span_is(name, "all") && !find(t, name, &first)) {
			first = 0;
			last = p->n_variables - 1;
		} else if (find(t, name, &first)) {
			last = first;
		} else if (!find_range(t, name, &first, &last)) {
			struct text *has = arena_new(s->arena, p->n_variables, sizeof *has);

			for (size_t i = 0; i < p->n_variables; i++)
				has[i] = p->variable[i].column;
			diag_fail(why, DIAG_USAGE, "--item: the tally has no \"%.*s\"",
				  SPAN_ARG(name));
			return diag_hint(why, "it has %.*s",
					 SPAN_ARG(tally_plan_list(s->arena, has, p->n_variables)));
		}
		for (; first <= last; first++)
			want(s, t, first);
	}
	return true;
}

/* ---- groups -------------------------------------------------------------------------------- */

static bool find_factor(struct session *s, const struct tallied *t, struct text name,
			size_t *factor, struct diag *why)
{
	const struct plan *p = &t->head->plan;
	const struct question *q =
		t->w.survey ? codebook_code(&t->l.survey.codebook, p->era, name) : NULL;
	struct text has[MARGIN_FACTORS], all;

	for (*factor = 0; *factor < p->n_factors; ++*factor) {
		has[*factor] = p->factor[*factor].column;
		if (span_equal(has[*factor], name) || (q && span_equal(has[*factor], q->column)))
			return true;
	}
	all = p->n_factors ? tally_plan_list(s->arena, has, p->n_factors) : span_of("nothing");
	return diag_fail(why, DIAG_USAGE, "--by: the tally is not by \"%.*s\"; it is by %.*s",
			 SPAN_ARG(name), SPAN_ARG(all));
}

/* --by; without it the groups that the tally was made for; "" is everybody. */
static bool choose_groups(struct session *s, struct tallied *t, struct margin *m, struct diag *why)
{
	const char *value = s->options.value[OPT_BY];
	struct text rest = span_of(value), part;
	bool ok = true;

	if (s->options.value[OPT_PROVINCE])
		m->factor[m->n++] = 0;
	for (size_t i = 0; i < t->about.n_by && !value && ok; i++)
		ok = m->n < MARGIN_FACTORS &&
		     find_factor(s, t, t->about.by[i], &m->factor[m->n++], why);
	while (ok && value && *value && span_split(&rest, ',', &part)) {
		if (m->n == MARGIN_FACTORS)
			return diag_fail(why, DIAG_USAGE, "--by: too many columns");
		ok = find_factor(s, t, text_nfc(s->arena, part), &m->factor[m->n++], why);
	}
	return ok;
}

static void plan(struct session *s, struct tallied *t)
{
	tally_load_plan(s->arena, t->head, t->want, t->n_want, &t->w.plan);
}

bool tallied_check(struct session *s, const struct estimate_options *o, struct tallied *t,
		   struct diag *why)
{
	struct margin *m = arena_new(s->arena, 1, sizeof *m);

	if (!check_fixed(s, o, t, why) || !choose_items(s, t, why) ||
	    !choose_groups(s, t, m, why) ||
	    (t->w.survey && !load_province(s, &t->l, t->about.year, &t->province, why)))
		return false;
	plan(s, t);
	t->w.plan.margin = m;
	t->w.plan.n_margins = 1;
	t->w.plan.collapse = asked_collapse(s);
	return true;
}

void tallied_all(struct session *s, struct tallied *t)
{
	for (size_t i = 0; i < t->head->plan.n_variables; i++)
		want(s, t, i);
	plan(s, t);
	t->w.plan.by_part = t->w.plan.partial = true;
}

/* ---- sums ---------------------------------------------------------------------------------- */

bool tallied_read(struct session *s, struct tallied *t, struct diag *why)
{
	struct tally_load load;
	int threads;

	if (!asked_threads(s, &threads, why))
		return false;
	tally_load_start(s->arena, &t->w.plan, t->want, &t->w.answers, &t->w.tally, &load);
	load.threads = (size_t)threads;
	t->w.plan.reading.threads = threads;
	for (size_t i = 0; i < t->n; i++) {
		const char *file = t->head[i].file;

		if (!tally_load_open(&load, &t->head[i], why) ||
		    !(tally_file_is(file) ? tally_file_read(&load, file, why)
					  : tally_csv_read(&load, file, why)))
			return false;
	}
	return tally_load_finish(&load, why) &&
	       (!t->w.survey || waves_provinces(s->arena, &t->w, why));
}
