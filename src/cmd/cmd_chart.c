#include "cmd/change_years.h"
#include "cmd/chart_list.h"
#include "cmd/forest.h"
#include "cmd/linted.h"
#include "cmd/losses.h"
#include "cmd/pictures.h"
#include "cmd/asked.h"
#include "cmd/sets.h"
#include "cmd/survey_parts.h"
#include "output/chart.h"
#include "survey/catalog.h"

#include <string.h>

/* What the command line asks for. */
struct wish {
	bool kinds[CHART__COUNT], all_kinds;
	size_t n_kinds; /* that were named */
	struct pictures pictures;
	struct forest *groups; /* of the chart forest; NULL when it is not drawn */
};

/* Both names, unless only the kinds are listed. */
static bool read_words(const struct session *s, struct diag *why)
{
	if (s->options.words == 2)
		return true;
	diag_fail(why, DIAG_USAGE, "something is missing: hailong chart KIND[,KIND...]|all SURVEY");
	return diag_hint(why, "hailong chart --list names the kinds");
}

static bool no_kind(struct session *s, struct text word, struct diag *why)
{
	struct text names[CHART__COUNT], near, all = {"", 0};

	for (size_t i = 0; i < CHART__COUNT; i++) {
		names[i] = span_of(chart_kinds[i].name);
		all = arena_format(s->arena, "%.*s%.*s, ", SPAN_ARG(all), SPAN_ARG(names[i]));
	}
	near = catalog_nearest(s->arena, word, names, CHART__COUNT);
	diag_fail(why, DIAG_USAGE, "no chart is named \"%.*s\"", SPAN_ARG(word));
	if (near.n)
		return diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near));
	return diag_hint(why, "charts are %.*sand all", SPAN_ARG(all));
}

/* "rank", "rank,trend", "all" */
static bool read_kinds(struct session *s, struct wish *w, struct diag *why)
{
	struct text rest = span_of(s->options.word[0]), one;

	w->all_kinds = span_is(rest, "all");
	while (!w->all_kinds && span_split(&rest, ',', &one)) {
		size_t i = 0;

		while (i < CHART__COUNT && !span_is(one, chart_kinds[i].name))
			i++;
		if (i == CHART__COUNT)
			return no_kind(s, one, why);
		w->n_kinds += w->kinds[i] ? 0 : 1;
		w->kinds[i] = true;
	}
	for (size_t i = 0; i < CHART__COUNT && w->all_kinds; i++)
		w->kinds[i] = true;
	return true;
}

/* One of two words; the first when the option is not given. */
static bool read_choice(const struct session *s, enum option option, const char *first,
			const char *second, bool *is_second, struct diag *why)
{
	const char *value = s->options.value[option];

	*is_second = value && strcmp(value, second) == 0;
	if (!value || *is_second || strcmp(value, first) == 0)
		return true;
	return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is neither %s nor %s",
			 option_specs[option].name, value, first, second);
}

static bool read_theme(const struct session *s, struct chart_order *o, struct diag *why)
{
	const char *value = s->options.value[OPT_THEME];

	o->mono = value && strcmp(value, "mono") == 0;
	o->dark = value && strcmp(value, "dark") == 0;
	return !value || o->mono || o->dark || strcmp(value, "colour") == 0 ||
	       diag_fail(why, DIAG_USAGE, "--theme: \"%s\" is none of colour, mono, dark", value);
}

/* What only charts of losses, or of groups of people, take. */
static bool read_losses(struct session *s, const struct wish *w, struct diag *why)
{
	const char *by = s->options.value[OPT_BY], *province = s->options.value[OPT_PROVINCE];

	if (s->options.value[OPT_CRITERIA] &&
	    (!w->kinds[CHART_PARETO] || s->options.value[OPT_ITEM]))
		return diag_fail(why, DIAG_USAGE,
				 "--criteria is of the chart pareto, without --item");
	if (by && !w->kinds[CHART_PARETO] && !w->kinds[CHART_FOREST])
		return diag_fail(why, DIAG_USAGE, "--by is of the charts pareto and forest");
	return !s->options.value[OPT_CRITERIA] || !province || strcmp(province, "all") != 0 ||
	       diag_fail(why, DIAG_USAGE, "--criteria has the marks of one province, not of all");
}

/* What only a chart with boundaries takes. */
static bool check_boundaries(const struct session *s, const struct wish *w, struct diag *why)
{
	bool given = s->options.value[OPT_BOUNDARIES] != NULL;

	if (given && !w->kinds[CHART_MAP])
		return diag_fail(why, DIAG_USAGE, "--boundaries is for the chart map");
	if (given || w->all_kinds || !w->kinds[CHART_MAP])
		return true;
	diag_fail(why, DIAG_USAGE,
		  "the chart map needs a file with the boundaries of the provinces: --boundaries "
		  "FILE.geojson");
	return diag_hint(why, "the chart tilemap needs none");
}

/* The polygons of the year's units. */
static bool read_boundaries(struct session *s, const struct loaded *l, struct chart_order *o,
			    struct diag *why)
{
	const char *file = s->options.value[OPT_BOUNDARIES];
	const struct mapping *m = l->survey.mapping;
	struct boundaries *b = arena_new(s->arena, 1, sizeof *b);

	if (!file)
		return true;
	o->boundaries = b;
	return boundaries_read(s->arena, file, m ? m->dated : &l->survey.provinces,
			       m ? m->year : o->year, b, why);
}

/* Among all charts, those that the year's kind of figures cannot have are passed over. */
static bool is_possible(const struct loaded *l, const struct chart_order *o, size_t kind)
{
	if (kind == CHART_LIKERT)
		return o->shares != NULL;
	if (kind == CHART_FOREST)
		return o->breakdown != NULL;
	if (kind == CHART_MAP)
		return o->boundaries != NULL;
	if (kind == CHART_SAMPLES)
		return survey_wave(&l->survey, o->year)->answers;
	return kind != CHART_PARETO || !survey_wave(&l->survey, o->year)->answers;
}

/* For pareto: where the marks of the province are known, criterion by criterion, its losses are
 * those of `hailong gaps`; else the chart takes them from the scores. */
static bool find_losses(struct session *s, const struct loaded *l, const struct wish *w,
			struct chart_order *o, struct diag *why)
{
	struct losses *x = arena_new(s->arena, 1, sizeof *x);
	bool found;

	o->losses = NULL;
	if (!w->kinds[CHART_PARETO] || survey_wave(&l->survey, o->year)->answers ||
	    !span_is(o->item, STRUCTURE_ROOT))
		return true;
	if (!losses_find(s, l, o->self, o->year, x, &found, why))
		return false;
	if (found && x->criteria.file)
		o->losses = o->by == GAPS_AGENCY   ? &x->agencies
			    : o->by == GAPS_DOMAIN ? &x->domains
						   : &x->rows;
	return true;
}

/* For forest: the province by groups; without answers there is nothing to draw. */
static bool find_groups(struct session *s, struct wish *w, struct chart_order *o, struct diag *why)
{
	struct breakdown *b = arena_new(s->arena, 1, sizeof *b);

	o->breakdown = NULL;
	if (!w->groups)
		return true;
	o->breakdown = b;
	return forest_find(w->groups, o->self, b, why);
}

static bool add_charts(struct session *s, const struct loaded *l, struct wish *w,
		       struct chart_order *o, struct chart *charts, size_t *n, struct diag *why)
{
	struct peers *peers = arena_new(s->arena, 1, sizeof *peers);

	if (!load_peers(s, l, o->year, o->self, peers, why) || !find_losses(s, l, w, o, why) ||
	    !find_groups(s, w, o, why))
		return false;
	o->peers = peers;
	for (size_t k = 0; k < CHART__COUNT; k++) {
		struct diag no = {.translation = why->translation};

		if (!w->kinds[k] || (w->all_kinds && !is_possible(l, o, k)))
			continue;
		if (chart_make(s->arena, (enum chart_kind)k, o, &charts[*n], &no)) {
			++*n;
		} else if (w->all_kinds &&
			   no.worst == DIAG_DATA) { /* the others may still be drawn */
			diag_warn(why, "%.*s: no chart %s: %s", SPAN_ARG(o->self->name),
				  chart_kinds[k].name, no.item[0].words);
		} else {
			*why = no;
			return false;
		}
	}
	return true;
}

static bool wants_two_years(const struct wish *w)
{
	for (size_t k = 0; k < CHART__COUNT; k++)
		if (w->kinds[k] && chart_kinds[k].years == CHART_OF_TWO)
			return true;
	return false;
}

/* The kinds asked for take the item "all". */
static bool takes_every_item(const struct wish *w)
{
	for (size_t k = 0; k < CHART__COUNT; k++)
		if (w->kinds[k] && !chart_kinds[k].every_item)
			return false;
	return true;
}

/* The year before, for the charts of changes. */
static bool find_from(struct session *s, const struct loaded *l, struct chart_order *o,
		      const struct wish *w, struct diag *why)
{
	const struct wave *wave = survey_wave(&l->survey, o->year);

	o->from = wave == l->survey.wave ? o->year : wave[-1].year;
	if (!wants_two_years(w) || (w->all_kinds && !s->options.value[OPT_FROM]))
		return true;
	if (!load_year(s, l, OPT_FROM, o->from, &o->from, why))
		return false;
	return o->from < o->year ||
	       diag_fail(why, DIAG_USAGE, "there is no year before %ld to compare with", o->year);
}

static bool any_answers(const struct survey *s)
{
	for (size_t i = 0; i < s->n_waves; i++)
		if (s->wave[i].answers)
			return true;
	return false;
}

/* Options that only some kinds look at. Intervals for comparing units are named so by the chart of
 * ranks alone; under the words of the others they would be wrong. */
static bool check_options(const struct session *s, const struct loaded *l, const struct wish *w,
			  struct diag *why)
{
	static const enum option of_ranks[] = {SETS_OPTIONS, OPT__COUNT};
	static const enum option of_two[] = {OPT_FROM, OPT__COUNT};
	static const enum option of_bars[] = {OPT_INTERVALS, OPT__COUNT};
	static const enum option of_answers[] = {OPT_METHOD,   OPT_LONELY, OPT_DOMAIN_LONELY,
						 OPT_DF,       OPT_LEVEL,  OPT_INTERVALS,
						 SETS_OPTIONS, OPT__COUNT};
	bool rank = w->kinds[CHART_RANK] && w->n_kinds == 1;

	if ((!rank && !asked_none(s, of_bars, N_("charts other than rank"), why)) ||
	    (!w->kinds[CHART_RANK] && !w->kinds[CHART_BUMP] &&
	     !asked_none(s, of_ranks, N_("a chart without ranks"), why)) ||
	    (!wants_two_years(w) &&
	     !asked_none(s, of_two, N_("a chart that compares no years"), why)))
		return false;
	if (!any_answers(&l->survey))
		asked_no_error(s, of_answers, why);
	return true;
}

/* --by: whose losses the bars of pareto are. */
static bool read_parts(const struct session *s, struct chart_order *o, struct diag *why)
{
	static const char *const words[] = {
		[GAPS_CRITERION] = "criterion", [GAPS_DOMAIN] = "domain", [GAPS_AGENCY] = "agency"};
	const char *given = s->options.value[OPT_BY];

	for (size_t i = 0; given && i < sizeof words / sizeof *words; i++)
		if (strcmp(given, words[i]) == 0) {
			o->by = (enum gaps_by)i;
			return !s->options.value[OPT_ITEM] ||
			       diag_fail(why, DIAG_USAGE,
					 "--by of the chart pareto goes without --item");
		}
	return !given || diag_fail(why, DIAG_USAGE,
				   "--by: \"%s\" is none of criterion, domain, agency", given);
}

/* Of answers --by names variables that make groups; among all charts forest needs it. */
static bool read_by(struct session *s, const struct loaded *l, struct wish *w,
		    struct chart_order *o, struct diag *why)
{
	bool answers = survey_wave(&l->survey, o->year)->answers;

	if (!w->kinds[CHART_FOREST] || (w->all_kinds && !answers))
		return read_parts(s, o, why);
	if (w->all_kinds && !s->options.value[OPT_BY])
		return true;
	w->groups = arena_new(s->arena, 1, sizeof *w->groups);
	return forest_open(s, l, o->year, o->item, w->groups, why);
}

static bool read_order(struct session *s, struct loaded *l, struct chart_order *o, struct wish *w,
		       struct diag *why)
{
	const char *item = s->options.value[OPT_ITEM];

	*o = (struct chart_order){.narrative = &l->narrative,
				  .all = &l->all,
				  .national = &l->national,
				  .item = span_of(item ? item : STRUCTURE_ROOT),
				  .dpi = w->pictures.dpi};
	if (!check_options(s, l, w, why) ||
	    !load_year(s, l, OPT_YEAR, survey_last_year(&l->survey), &o->year, why) ||
	    !find_from(s, l, o, w, why) ||
	    !read_choice(s, OPT_PROFILE, "web", "report", &o->report, why) ||
	    !read_theme(s, o, why) || !load_province(s, l, o->year, &o->self, why))
		return false;
	changes_pair(s, l, o->from, o->year, OVERLAP_BERGER_PRIAM);
	if (structure_find(&l->survey.structure, survey_wave(&l->survey, o->year)->era, o->item) ||
	    (item && strcmp(item, "all") == 0 && takes_every_item(w)))
		return read_by(s, l, w, o, why);
	return diag_fail(why, DIAG_USAGE, "%.*s of %ld has no item \"%.*s\"",
			 SPAN_ARG(l->survey.name), o->year, SPAN_ARG(o->item));
}

/* What the chart of levels needs, for years of answers. */
static bool read_shares(struct session *s, const struct loaded *l, const struct wish *w,
			struct chart_order *o, struct diag *why)
{
	struct result *shares;

	if (!w->kinds[CHART_LIKERT] || !survey_wave(&l->survey, o->year)->answers ||
	    (l->survey.mapping && w->all_kinds))
		return true;
	if (l->survey.mapping)
		return diag_fail(why, DIAG_USAGE,
				 "chart likert shows answers by the provinces of their year; it "
				 "takes no --system");
	shares = arena_new(s->arena, 1, sizeof *shares);
	o->shares = shares;
	return survey_shares(s, l, o->year, shares, why);
}

/* The charts of one province, made in memory of its own beside those of others. */
struct turn {
	struct arena arena;
	struct session session;
	struct loaded loaded;
	struct chart_order order;
	size_t n;
	bool ok;
	struct diag why;
};

static void take_turn(const struct session *s, const struct loaded *l, struct wish *w,
		      const struct chart_order *o, const struct province *self, struct turn *t,
		      struct chart *charts)
{
	t->session = *s;
	t->why.translation = s->translation;
	t->session.arena = t->session.phrases.arena = &t->arena;
	t->loaded = *l;
	t->loaded.narrative.phrases = &t->session.phrases;
	t->loaded.narrative.survey = &t->loaded.survey;
	t->order = *o;
	t->order.narrative = &t->loaded.narrative;
	t->order.self = self;
	t->ok = add_charts(&t->session, &t->loaded, w, &t->order, charts, &t->n, &t->why);
}

/* In as many threads as there are cores; the answers of groups are counted in one. */
static bool make_every(struct session *s, const struct loaded *l, struct wish *w,
		       const struct chart_order *o, struct chart *charts, size_t *n,
		       struct diag *why)
{
	const struct provinces *all = &l->survey.provinces;
	struct turn *turn = arena_new(s->arena, all->n, sizeof *turn);
	bool ok = true;

#pragma omp parallel for schedule(dynamic) if (!w->groups)
	for (size_t i = 0; i < all->n; i++) {
		turn[i].ok = true;
		if (province_stands(&all->at[i], o->year))
			take_turn(s, l, w, o, &all->at[i], &turn[i], charts + i * CHART__COUNT);
	}
	for (size_t i = 0; i < all->n; i++) {
		struct turn *t = &turn[i];

		arena_adopt(s->arena, &t->arena);
		t->session.phrases.arena = s->arena;
		if (!ok)
			continue;
		diag_append(why, &t->why);
		memmove(charts + *n, charts + i * CHART__COUNT, t->n * sizeof *charts);
		*n += t->n;
		ok = t->ok;
	}
	return ok;
}

static bool make_all(struct session *s, const struct loaded *l, struct wish *w,
		     struct chart_order *o, struct chart **charts, size_t *n, struct diag *why)
{
	const char *province = s->options.value[OPT_PROVINCE];
	bool every = province && strcmp(province, "all") == 0;

	*n = 0;
	*charts = arena_new(s->arena, CHART__COUNT * (every ? l->survey.provinces.n : 1),
			    sizeof **charts);
	if (every)
		return make_every(s, l, w, o, *charts, n, why);
	if (o->self)
		return add_charts(s, l, w, o, *charts, n, why);
	diag_fail(why, DIAG_USAGE, "which province does the chart show?");
	return diag_hint(why, "name it with --province, or say --province all");
}

/* What a check that writes nothing does not look at. */
static bool read_lint(const struct session *s, struct diag *why)
{
	static const enum option of_files[] = {OPT_FORMAT, OPT_OUT,     OPT_FORCE,
					       OPT_DPI,    OPT_PREVIEW, OPT__COUNT};

	return !s->options.value[OPT_LINT] || asked_none(s, of_files, "--lint", why);
}

static bool check_charts(struct session *s, const struct chart *charts, size_t n,
			 const struct chart_order *o, struct diag *why)
{
	struct chart_place place = {
		.gnuplot = {s->share, s->environment, s->png_quick},
		.folder = ".",
		.face = o->face,
		.progress = s->talk_is_terminal ? s->talk : NULL,
		.found = arena_new(s->arena, n * LINT_RULES, sizeof *place.found)};

	if (!chart_draw(s->arena, charts, n, o->report, s->lang, &place, why))
		return false;
	linted_charts(s, charts, n, place.found, why);
	return true;
}

static bool make_and_draw(struct session *s, const struct loaded *l, struct wish *w,
			  struct chart_order *o, struct diag *why)
{
	struct chart *charts;
	size_t n;

	if (!make_all(s, l, w, o, &charts, &n, why))
		return false;
	if (n == 0)
		return diag_fail(why, DIAG_DATA, "the figures allow none of these charts");
	if (s->options.value[OPT_LINT])
		return check_charts(s, charts, n, o, why);
	if (w->pictures.file.n)
		charts[0].name = w->pictures.file;
	struct chart_place place = {.gnuplot = {s->share, s->environment, s->png_quick},
				    .folder = w->pictures.folder,
				    .face = o->face,
				    .preview = w->pictures.preview ? s->out : NULL,
				    .words = !w->pictures.preview,
				    .force = s->options.value[OPT_FORCE] != NULL,
				    .progress = s->talk_is_terminal ? s->talk : NULL};

	memcpy(place.picture, w->pictures.picture, sizeof place.picture);
	if (!chart_draw(s->arena, charts, n, o->report, s->lang, &place, why))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < CHART_PICTURES; k++)
			if (place.picture[k])
				fprintf(s->out, "%s/%.*s.%s\n", place.folder,
					SPAN_ARG(charts[i].name), chart_endings[k]);
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	struct wish w = {0};
	struct chart_order o;
	struct loaded l;
	struct typeface *face = NULL;
	bool ok;

	if (s->options.value[OPT_LIST] || s->options.value[OPT_FOR])
		return chart_list(s, why);
	if (s->options.words == 0 && s->options.value[OPT_LINT]) {
		linted_rules(s);
		return true;
	}
	ok = read_words(s, why) && read_lint(s, why) && read_kinds(s, &w, why) &&
	     pictures_read(s, w.n_kinds == 1, &w.pictures, why) && read_losses(s, &w, why) &&
	     check_boundaries(s, &w, why) && load_survey(s, s->options.word[1], &l, why) &&
	     read_order(s, &l, &o, &w, why) && read_boundaries(s, &l, &o, why) &&
	     read_shares(s, &l, &w, &o, why) &&
	     sets_add(s, &l, 0, sets_items(s, STRUCTURE_ROOT), why) &&
	     chart_face(s->arena, o.report, &face, why);
	if (!ok)
		return false;
	o.face = face;
	ok = make_and_draw(s, &l, &w, &o, why);
	typeface_close(face);
	return ok;
}

extern const struct command cmd_chart;
const struct command cmd_chart = {
	.name = "chart",
	.words = "[KIND[,KIND...]|all SURVEY]",
	.most_words = 2,
	.summary = "comparative charts with their data and alt text",
	.help = "  hailong chart rank papi --province NAME --year YEAR --out charts\n"
		"  hailong chart all papi --province all --year YEAR --out charts --format "
		"svg,png\n\n"
		"`hailong chart --list` names the kinds and the question each answers; --for "
		"QUESTION only\n"
		"those that answer it. Every picture comes with NAME.csv (what is drawn) and "
		"NAME.txt (for\n"
		"readers who do not see it, and how to cite). --preview draws in the terminal.\n"
		"Titles are computed from the numbers. --item names the item of rank, trend, "
		"tilemap,\n"
		"map, samples, delta, bump, slope, quadrant and forest, and whose parts the others "
		"show; "
		"`all`\n"
		"is every item of the province (change, delta, strip, gap). Where items "
		"have\n"
		"several ranges, strip, radar and panels draw percent of them. pareto shows the "
		"losses of\n"
		"`hailong gaps`, from criteria.csv or --criteria FILE where the province's marks "
		"are\n"
		"known; --by domain or agency. map draws the polygons of --boundaries "
		"FILE.geojson, a\n"
		"feature for each unit with its code or name. forest shows answers by groups of "
		"people:\n"
		"--by gender,age_group names questions, else those about the person.\n\n"
		"Every chart is checked before it is written: one that breaks a rule of honesty is "
		"not\n"
		"(status 1), one that could look better warns. --lint only checks and prints what "
		"each rule\n"
		"found; `hailong chart --lint` lists the rules.\n",
	.options =
		(const enum option[]){OPT_YEAR,   OPT_FROM,          OPT_ITEM,      OPT_PROVINCE,
				      OPT_SYSTEM, OPT_POPULATION,    OPT_BASE_YEAR, OPT_RENORMALISE,
				      OPT_PEERS,  OPT_METHOD,        OPT_LEVEL,     OPT_DF,
				      OPT_LONELY, OPT_DOMAIN_LONELY, SETS_OPTIONS,  OPT_INTERVALS,
				      OPT_FORMAT, OPT_OUT,           OPT_FORCE,     OPT_PROFILE,
				      OPT_THEME,  OPT_DPI,           OPT_PREVIEW,   OPT_LIST,
				      OPT_FOR,    OPT_LINT,          OPT_CRITERIA,  OPT_BOUNDARIES,
				      OPT_BY,     OPT_SHARED,        OPT_NO_CACHE,  OPTIONS_FORM,
				      OPT__COUNT},
	.makes_files = true,
	.run = run,
};
