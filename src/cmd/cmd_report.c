#include "cmd/change_years.h"
#include "cmd/losses.h"
#include "cmd/survey_parts.h"
#include "output/report.h"
#include "survey/catalog.h"

#ifndef HAILONG_VERSION
#error "the Makefile gives HAILONG_VERSION"
#endif

static bool read_formats(struct session *s, struct report_place *p, struct diag *why)
{
	const char *value = s->options.value[OPT_FORMAT];
	struct text rest = span_of(value ? value : "md,docx,html"), one;

	while (span_split(&rest, ',', &one)) {
		size_t i = 0;

		while (i < REPORT_DOCUMENTS && !span_is(one, report_endings[i]))
			i++;
		if (i == REPORT_DOCUMENTS) {
			diag_fail(why, DIAG_USAGE, "--format: \"%.*s\" is no document",
				  SPAN_ARG(one));
			return diag_hint(why,
					 "documents are md, docx, html, pdf, or several: docx,pdf");
		}
		p->document[i] = true;
	}
	return true;
}

/* What the years up to this one share with those before them. */
static void pair_years(struct session *s, struct loaded *l, long year)
{
	for (size_t i = 1; i < l->survey.n_waves && l->survey.wave[i].year <= year; i++)
		changes_pair(s, l, l->survey.wave[i - 1].year, l->survey.wave[i].year,
			     OVERLAP_BERGER_PRIAM);
}

/* The province's changes; of the total also the set of its change of rank. */
static void find_changes(struct session *s, struct loaded *l, const struct report_order *o,
			 struct result *out)
{
	struct result total;

	change_province(s->arena, &l->survey, &l->all, o->self->code, o->from, o->year, out);
	total = (struct result){.n = out->n > 0, .row = out->row};
	if (o->from && o->answers)
		changes_ranks(s, l, &total);
}

/* Its results for the overview; answers are worked out only where the overview shows them. */
static bool load_other(struct session *s, struct text name, long year, struct loaded *l,
		       struct diag *why)
{
	const struct wave *wave;

	if (!load_read(s, name.at, l, why))
		return false;
	wave = survey_wave(&l->survey, year);
	if (!wave || wave->simulated || l->survey.provinces.own)
		return true;
	if (!wave->answers) {
		load_published(s, l, &l->all);
		return true;
	}
	if (!load_survey(s, name.at, l, why))
		return false;
	pair_years(s, l, year);
	return true;
}

/* The other shipped surveys, for the overview of all indices. Simulated data never stand beside
 * real ones, nor units of one survey beside those of another. */
static bool load_others(struct session *s, const struct loaded *own, struct report_order *o,
			struct diag *why)
{
	struct report_index *list;
	struct text *names;
	size_t n;

	if (report_simulated(o) || own->survey.provinces.own)
		return true;
	if (!catalog_surveys(s->arena, s->share, &names, &n, why))
		return false;
	list = arena_new(s->arena, n, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		struct loaded *l = arena_new(s->arena, 1, sizeof *l);
		const struct wave *wave;

		if (span_equal(names[i], own->survey.id))
			continue;
		if (!load_other(s, names[i], o->year, l, why))
			return false;
		wave = survey_wave(&l->survey, o->year);
		if (wave && !wave->simulated && !l->survey.provinces.own &&
		    !span_equal(l->survey.name, own->survey.name))
			list[o->n_others++] = (struct report_index){l->narrative, &l->all};
	}
	o->others = list;
	return true;
}

/* The province's lost points; none of a year of answers. */
static bool find_lost(struct session *s, const struct loaded *l, struct report_order *o,
		      struct diag *why)
{
	struct losses *x = arena_new(s->arena, 1, sizeof *x);
	struct report_lost *lost = arena_new(s->arena, 1, sizeof *lost);
	bool found;

	if (o->answers)
		return !s->options.value[OPT_CRITERIA] ||
		       diag_fail(why, DIAG_USAGE,
				 "--criteria has points; %.*s of %ld is made of answers",
				 SPAN_ARG(l->survey.name), o->year);
	if (!losses_find(s, l, o->self, o->year, x, &found, why))
		return false;
	if (!found)
		return true;
	*lost = (struct report_lost){.rows = &x->rows,
				     .agencies = &x->agencies,
				     .targets = losses_targets(s, x),
				     .total = x->total,
				     .split = x->order.split};
	o->lost = lost;
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	struct report_place place = {.gnuplot = {s->share, s->environment, s->png_quick},
				     .folder = s->options.value[OPT_OUT],
				     .audit = s->options.value[OPT_AUDIT],
				     .force = s->options.value[OPT_FORCE] != NULL};
	struct report_order o = {.maker = span_of("hailong " HAILONG_VERSION)};
	struct report_answers answers;
	const struct wave *wave;
	struct result changes;
	struct loaded l;
	struct peers peers;
	struct text name;

	if (!place.folder) {
		diag_fail(why, DIAG_USAGE, "where does the report go?");
		return diag_hint(why, "name a folder with --out");
	}
	if (!read_formats(s, &place, why) || !load_survey(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &o.year, why) ||
	    !load_province(s, &l, o.year, &o.self, why) ||
	    !sets_add(s, &l, 0, STRUCTURE_ROOT, why) || !sets_add(s, &l, o.year, "all", why))
		return false;
	if (!o.self) {
		diag_fail(why, DIAG_USAGE, "which province is the report about?");
		return diag_hint(why, "name it with --province");
	}
	wave = survey_wave(&l.survey, o.year);
	o.from = wave > l.survey.wave ? wave[-1].year : 0;
	o.narrative = l.narrative;
	o.all = &l.all;
	o.peers = &peers;
	o.changes = &changes;
	pair_years(s, &l, o.year);
	if (wave->answers) {
		if (!survey_parts(s, &l, o.year, o.self, &answers, why))
			return false;
		o.answers = &answers;
	}
	find_changes(s, &l, &o, &changes);
	if (!find_lost(s, &l, &o, why) || !load_peers(s, &l, o.year, o.self, &peers, why) ||
	    !load_others(s, &l, &o, why) || !report_write(s->arena, &o, &place, &name, why))
		return false;
	for (size_t i = 0; i < REPORT_DOCUMENTS; i++)
		if (place.document[i])
			fprintf(s->out, "%s/%.*s.%s\n", place.folder, SPAN_ARG(name),
				report_endings[i]);
	return true;
}

extern const struct command cmd_report;
const struct command cmd_report = {
	.name = "report",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "the annual report of a province: Markdown, Word, HTML, PDF",
	.help = "  hailong report papi --province NAME --year YEAR --out report\n\n"
		"Writes NAME.md, NAME.docx (Nghị định 30 page, real captions and references), "
		"NAME.html\n"
		"(one file) and figures/ into the folder; --format docx,pdf makes PDF of the Word "
		"document, by\n"
		"LibreOffice. What a clerk must fill in (letterhead, number, signature) is left "
		"dotted. Of a\n"
		"survey of answers it gives intervals, five-level distributions,\n"
		"groups of respondents and the sample; --method says how the index is made. Lost "
		"points come\n"
		"from the survey's criteria.csv, --criteria FILE, or the maxima of "
		"structure.csv.\n",
	.options = (const enum option[]){OPT_YEAR, OPT_PROVINCE, OPT_PEERS, OPT_METHOD, OPT_LEVEL,
					 OPT_DF, OPT_LONELY, OPT_DOMAIN_LONELY, SETS_OPTIONS,
					 OPT_CRITERIA, OPT_TARGETS, OPT_SHARED, OPT_FORMAT,
					 OPT_AUDIT, OPT_OUT, OPT_FORCE, OPT_PAD, OPT__COUNT},
	.makes_files = true,
	.run = run,
};
