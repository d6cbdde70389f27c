#include "cmd/load.h"

#include "analysis/published.h"
#include "analysis/rank.h"
#include "base/text.h"
#include "cmd/asked.h"
#include "estimate/index.h"
#include "survey/catalog.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;

	if (p->year != q->year)
		return p->year < q->year ? -1 : 1;
	if (p->item_order != q->item_order)
		return p->item_order < q->item_order ? -1 : 1;
	return span_compare(p->province, q->province);
}

bool load_method(const struct session *s, enum index_method *out, struct diag *why)
{
	const char *method = s->options.value[OPT_METHOD];

	*out = INDEX_STRUCTURE;
	if (!method || index_find(span_of(method), out))
		return true;
	diag_fail(why, DIAG_USAGE, "--method: \"%s\" is not known", method);
	return diag_hint(why, "%s", diag_word(why, option_specs[OPT_METHOD].help));
}

/* The survey with the provinces of each year. */
static struct survey as_published(const struct survey *s)
{
	struct survey plain = *s;

	if (s->mapping)
		plain.provinces = *s->mapping->dated;
	plain.mapping = NULL;
	return plain;
}

/* The country, with the weights as they are, while provinces are brought together. */
static bool estimate_nation(struct session *s, struct loaded *out, const struct wave *wave,
			    enum index_method method, const struct estimate_options *o,
			    struct diag *why)
{
	struct survey plain = as_published(&out->survey);
	struct wave_answers w;

	if (!waves_plan(s->arena, &plain, wave, &w, why) ||
	    !index_variables(s->arena, &w, method, why))
		return false;
	w.plan.collapse = asked_collapse(s);
	waves_margin(s->arena, &w, NULL, 0);
	if (!waves_read(s->arena, &w, false, why))
		return false;
	index_result(s->arena, &w, method, o, 0, &out->national);
	return true;
}

/* A year of answers: its index for every province and for the country. */
static bool estimate_wave(struct session *s, struct loaded *out, const struct wave *wave,
			  struct loaded_wave *to, struct diag *why)
{
	struct wave_answers *w = &to->w;
	const size_t province = 0;
	size_t first = out->all.n;

	if (!load_method(s, &to->method, why) ||
	    !waves_plan(s->arena, &out->survey, wave, w, why) ||
	    !index_variables(s->arena, w, to->method, why))
		return false;
	w->plan.collapse = asked_collapse(s);
	waves_margin(s->arena, w, NULL, 0);
	if (w->plan.design.province.n)
		waves_margin(s->arena, w, &province, 1);
	if (!waves_read(s->arena, w, false, why))
		return false;
	if (w->plan.design.province.n)
		index_result(s->arena, w, to->method, &to->o, 1, &out->all);
	merge_answers(s->arena, w->plan.join, first, &out->all);
	if (w->plan.join)
		return estimate_nation(s, out, wave, to->method, &to->o, why);
	index_result(s->arena, w, to->method, &to->o, 0, &out->national);
	return true;
}

static bool reached(const struct loaded *l, long year)
{
	return !l->survey.mapping || mapping_reaches(l->survey.mapping, year);
}

static bool estimate_waves(struct session *s, struct loaded *out, struct diag *why)
{
	struct estimate_options o = {
		.interval = INTERVAL_LOGIT, .suppress.rule = SUPPRESS_NCHS, .hide = true};

	if (!asked_variance(s, &o, why))
		return false;
	out->wave = arena_new(s->arena, out->survey.n_waves, sizeof(struct loaded_wave *));
	for (size_t i = 0; i < out->survey.n_waves; i++) {
		if (!out->survey.wave[i].answers || !reached(out, out->survey.wave[i].year))
			continue;
		out->wave[i] = arena_new(s->arena, 1, sizeof *out->wave[i]);
		out->wave[i]->o = o;
		if (!estimate_wave(s, out, &out->survey.wave[i], out->wave[i], why))
			return false;
	}
	if (out->all.n)
		qsort(out->all.row, out->all.n, sizeof *out->all.row, by_place);
	if (out->national.n)
		qsort(out->national.row, out->national.n, sizeof *out->national.row, by_place);
	return true;
}

/* The survey that the command is about, not one beside it. */
static bool is_asked(const struct session *s, const char *word)
{
	for (size_t i = 0; i < s->options.words; i++)
		if (s->options.word[i] == word)
			return true;
	return false;
}

/* --system: from here on the provinces are those of its map. */
static bool take_mapping(struct session *s, struct loaded *l, struct diag *why)
{
	struct provinces *dated = arena_new(s->arena, 1, sizeof *dated);
	struct survey *survey = &l->survey;

	*dated = survey->provinces;
	if (!merging_asked(s, dated, &survey->mapping, why))
		return false;
	if (!survey->mapping)
		return true;
	survey->provinces = survey->mapping->map;
	survey->scores.decimals = 9; /* means have more digits than what is printed */
	for (size_t i = 0; i < survey->n_waves; i++)
		if (!reached(l, survey->wave[i].year))
			diag_warn(why,
				  "%ld is left out: its provinces are not split into those of "
				  "--system %zu",
				  survey->wave[i].year, survey->mapping->map.n);
	return true;
}

/* Its files, with what the language of the session calls it. */
static bool read_survey(struct session *s, const char *path, struct survey *out, struct diag *why)
{
	const char *value = s->options.value[OPT_YEAR];
	long year;

	if (!value || !number_whole(span_of(value), 1900, 2999, &year))
		year = 0; /* load_year tells what it is if it is none */
	if (!survey_read_as(s->arena, s->share, path, &s->reading.form, year, out, why))
		return false;
	out->reading = s->reading;
	survey_speak(out, s->lang);
	return true;
}

/* One of `n` words, accents or not; the first when the option is not given. */
static bool choose(const struct session *s, enum option option, const char *const *words, size_t n,
		   size_t *out, struct diag *why)
{
	const char *value = s->options.value[option];
	struct text folded = text_fold(s->arena, span_of(value ? value : words[0]));

	for (*out = 0; *out < n; ++*out)
		if (span_is(folded, words[*out]))
			return true;
	diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not known", option_specs[option].name, value);
	return diag_hint(why, "%s", diag_word(why, option_specs[option].help));
}

/* --rank-word and --delta-unit: the words of differences. */
static bool read_words(const struct session *s, struct narrative *n, struct diag *why)
{
	static const char *const steps[] = {"hang", "bac"};
	static const char *const units[] = {"point", "percent"};
	size_t step, unit;

	if (!choose(s, OPT_RANK_WORD, steps, 2, &step, why) ||
	    !choose(s, OPT_DELTA_UNIT, units, 2, &unit, why))
		return false;
	n->bac = step == 1;
	n->percent = unit == 1;
	return true;
}

bool load_read(struct session *s, const char *word, struct loaded *out, struct diag *why)
{
	const char *path;

	*out = (struct loaded){0};
	out->narrative = (struct narrative){.phrases = &s->phrases,
					    .survey = &out->survey,
					    .pad = s->options.value[OPT_PAD] != NULL};
	return read_words(s, &out->narrative, why) &&
	       catalog_find_survey(s->arena, s->share, word, &path, why) &&
	       read_survey(s, path, &out->survey, why) && take_mapping(s, out, why) &&
	       (!out->survey.provinces.own || !is_asked(s, word) ||
		phrases_units(s->arena, s->share, &s->phrases, why));
}

/* Published scores, by the units of the map when there is one. */
static void published(struct session *s, const struct loaded *l, struct result *out)
{
	struct survey plain = as_published(&l->survey);
	struct result stated;

	published_result(s->arena, &plain, l->survey.mapping ? &stated : out);
	if (l->survey.mapping)
		merge_published(s->arena, &l->survey, l->survey.mapping, &stated, out);
}

static void rank(struct session *s, const struct loaded *l, struct result *out)
{
	rank_result(&l->survey, out);
	merge_mark(s->arena, out);
}

void load_published(struct session *s, const struct loaded *l, struct result *out)
{
	published(s, l, out);
	rank(s, l, out);
}

bool load_survey(struct session *s, const char *word, struct loaded *out, struct diag *why)
{
	if (!load_read(s, word, out, why))
		return false;
	published(s, out, &out->all);
	if (!estimate_waves(s, out, why))
		return false;
	rank(s, out, &out->all);
	return true;
}

bool load_year(const struct session *s, const struct loaded *l, enum option option, long otherwise,
	       long *year, struct diag *why)
{
	const char *value = s->options.value[option];
	const struct wave *wave = l->survey.wave;

	*year = otherwise;
	if (value && !number_whole(span_of(value), 1900, 2999, year))
		return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not a year",
				 option_specs[option].name, value);
	if (survey_wave(&l->survey, *year))
		return !l->survey.mapping || merging_reached(l->survey.mapping, *year, why);
	diag_fail(why, DIAG_USAGE, "%.*s has no year %ld", SPAN_ARG(l->survey.name), *year);
	return diag_hint(why, "it has years from %ld to %ld; see hailong list", wave->year,
			 survey_last_year(&l->survey));
}

bool load_answers(struct session *s, struct estimate_options *o, const char *survey,
		  struct loaded *out, long *year, struct diag *why)
{
	if (survey == s->options.word[0] && s->options.words > 1)
		return diag_fail(why, DIAG_USAGE,
				 "one survey at a time; several files may be given");
	if (!s->options.value[OPT_STAT] && o->statistic == STATISTIC_MEAN)
		o->statistic = STATISTIC_RATE;
	return load_read(s, survey, out, why) &&
	       load_year(s, out, OPT_YEAR, survey_last_year(&out->survey), year, why);
}

bool load_province(struct session *s, const struct loaded *l, long year,
		   const struct province **out, struct diag *why)
{
	const char *word = s->options.value[OPT_PROVINCE];

	*out = NULL;
	if (l->survey.mapping && word && strcmp(word, "all") != 0)
		return merging_province(s, l->survey.mapping, span_of(word), out, why);
	return !word || strcmp(word, "all") == 0 ||
	       province_find(s->arena, &l->survey.provinces, span_of(word), year, out, why);
}

bool load_peers(struct session *s, const struct loaded *l, long year, const struct province *self,
		struct peers *out, struct diag *why)
{
	const char *spec = s->options.value[OPT_PEERS];

	return peers_choose(s->arena, &l->survey, &l->all, year, self,
			    span_of(spec ? spec : "region"), out, why);
}

bool load_wanted(struct text items, struct text code)
{
	struct text one;

	if (span_is(items, "all"))
		return true;
	while (span_split(&items, ',', &one))
		if (span_equal(one, code))
			return true;
	return false;
}

static bool check_items(const struct loaded *l, long year, struct text items, struct diag *why)
{
	struct text era = survey_wave(&l->survey, year)->era, one;

	if (span_is(items, "all"))
		return true;
	while (span_split(&items, ',', &one)) {
		if (structure_find(&l->survey.structure, era, one))
			continue;
		diag_fail(why, DIAG_USAGE, "%.*s of %ld has no item \"%.*s\"",
			  SPAN_ARG(l->survey.name), year, SPAN_ARG(one));
		return diag_hint(why, "hailong list items %.*s --year %ld names them",
				 SPAN_ARG(l->survey.id), year);
	}
	return true;
}

bool load_pick(struct session *s, const struct loaded *l, long year, const char *otherwise,
	       const struct province *province, const struct result *from, struct result *out,
	       struct diag *why)
{
	const char *given = s->options.value[OPT_ITEM];
	struct text items = span_of(given ? given : otherwise);

	*out = (struct result){.parts = from->parts | (l->survey.mapping ? PART_MERGED : 0)};
	if (!check_items(l, year, items, why))
		return false;
	for (size_t i = 0; i < from->n; i++) {
		const struct result_row *row = &from->row[i];

		if (row->year == year && load_wanted(items, row->item) &&
		    (!province || span_equal(province->code, row->province)))
			result_add(s->arena, out, row);
	}
	if (out->n)
		return true;
	diag_fail(why, DIAG_DATA, "%.*s of %ld lists nothing for %.*s", SPAN_ARG(l->survey.name),
		  year, SPAN_ARG(province ? province->name : span_of(given ? given : otherwise)));
	return diag_hint(why,
			 "hailong check %.*s tells what each year holds; --item names other items",
			 SPAN_ARG(l->survey.id));
}

bool load_show(struct session *s, const struct narrative *n, const struct result *r,
	       load_sheet_fn *sheet, bool *said, struct diag *why)
{
	const char *format = s->options.value[OPT_FORMAT];
	enum fields_format machine;
	struct sheet table;

	*said = !format || strcmp(format, "table") == 0 || strcmp(format, "md") == 0;
	if (!*said && fields_format_find(format, &machine))
		return export_result(r, machine, s->out, why);
	if (!*said) {
		diag_fail(why, DIAG_USAGE, "--format: \"%s\" is not known here", format);
		return diag_hint(why, "formats are table, csv, tsv, json, md");
	}
	sheet(n, r, &table);
	if (format && strcmp(format, "md") == 0)
		sheet_markdown(&table, s->out);
	else
		sheet_print(&table, s->out);
	return true;
}

void load_merged(struct session *s, const struct result *r)
{
	struct text note = merging_note(s, r);

	if (note.n)
		load_sentence(s, note);
}

/* Of estimates the level of their intervals, if they have any. */
static void say_error(struct session *s, const struct narrative *n, const struct result *r)
{
	if (!tables_estimated(n, r)) {
		load_sentence(s, phrase(&s->phrases, "note.noerror"));
		return;
	}
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].level)) {
			load_sentence(s,
				      PHRASE_FILL(&s->phrases, "note.error",
						  {"level", narrative_level(n, r->row[i].level)}));
			return;
		}
}

void load_remark(struct session *s, const struct narrative *n, const struct result *r)
{
	load_merged(s, r);
	say_error(s, n, r);
	if (r->n && r->row[0].flags & FLAG_SIMULATED)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
}

void load_sentence(struct session *s, struct text sentence)
{
	const char *format = s->options.value[OPT_FORMAT];

	if (format && strcmp(format, "md") == 0)
		sentence = markdown_text(s->arena, sentence);
	sentence = text_visible(s->arena, sentence);
	fprintf(s->out, "%s%.*s\n", ftell(s->out) > 0 ? "\n" : "", SPAN_ARG(sentence));
}
